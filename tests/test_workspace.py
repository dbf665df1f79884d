"""The command of the README: what it finds, says and does, without installing anything."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOCK = """\
alpha==1.0 \\
    --hash=sha256:00
# --- tests, checks and speed: not needed at the desk ---
beta==2.0 \\
    --hash=sha256:11
"""


@pytest.fixture
def workspace(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The command as a module, in English, with no `uv`."""
    spec = importlib.util.spec_from_file_location("workspace_under_test", ROOT / "workspace.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    monkeypatch.setenv("DEBTDESK_LANGUAGE", "en")
    monkeypatch.setattr(module, "find_uv", lambda: None)
    return module


class Machine:
    """What subprocess would do: answers for the interpreter, and a record of what was run."""

    def __init__(self, answer: str = "3 12 True\n", works: bool = True, output: str = "", code: int = 0) -> None:
        self.answer, self.works, self.output, self.code = answer, works, output, code
        self.ran: list[list[str]] = []

    def run(self, command: Sequence[str], **_: Any) -> subprocess.CompletedProcess[str]:
        self.ran.append(list(command))
        if "-I" in command:
            if not self.works:
                raise OSError("Exec format error")
            return subprocess.CompletedProcess(list(command), 0, self.answer, "")
        if command[1:3] == ["-m", "venv"]:
            folder = Path(command[3])
            folder.mkdir()
            (folder / "pyvenv.cfg").write_text("home = somewhere\n")
        return subprocess.CompletedProcess(list(command), 0, "", "")

    def follow(self, command: Sequence[str], folder: Path, log: Path, count: int) -> int:
        self.ran.append(list(command))
        if "-r" in command:
            self.installed = Path(command[list(command).index("-r") + 1]).read_text("utf-8")
        log.write_text(self.output, "utf-8")
        return self.code

    @property
    def installs(self) -> list[list[str]]:
        return [command for command in self.ran if "install" in command]


@pytest.fixture
def machine(workspace: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    monkeypatch.setattr(workspace.subprocess, "run", made.run)
    monkeypatch.setattr(workspace, "follow", made.follow)
    return made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the project, as far as the command looks at it."""
    (tmp_path / "requirements.lock").write_text(LOCK, "utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\n", "utf-8")
    (tmp_path / "src/debtdesk/lab/start").mkdir(parents=True)
    (tmp_path / "src/debtdesk/lab/start/settings.py").write_text("one = 1\n", "utf-8")
    return tmp_path


def test_the_first_run_makes_the_environment(
    workspace: ModuleType, machine: Machine, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = workspace.Environment(folder)
    environment.prepare(everything=False)
    locked, ours = machine.installs
    assert "--require-hashes" in locked
    assert "--no-build-isolation" in ours
    assert "--no-deps" in ours
    assert machine.installed.startswith("alpha==1.0")
    assert "beta" not in machine.installed
    assert environment.written()["state"] == "complete"
    assert "The environment is ready" in capsys.readouterr().out


def test_the_second_run_does_nothing(
    workspace: ModuleType, machine: Machine, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = workspace.Environment(folder)
    environment.prepare(everything=False)
    capsys.readouterr()
    machine.ran.clear()
    environment.prepare(everything=False)
    assert machine.installs == []
    assert capsys.readouterr().out == ""


def test_tests_bring_the_rest_and_the_desk_then_has_enough(
    workspace: ModuleType, machine: Machine, folder: Path
) -> None:
    environment = workspace.Environment(folder)
    environment.prepare(everything=False)
    environment.prepare(everything=True)
    assert "beta==2.0" in machine.installed
    machine.ran.clear()
    environment.prepare(everything=False)
    assert machine.installs == []


@pytest.mark.parametrize("name", ["requirements.lock", "pyproject.toml", "src/debtdesk/lab/start/settings.py"])
def test_a_changed_file_updates_the_environment(
    workspace: ModuleType, machine: Machine, folder: Path, name: str
) -> None:
    environment = workspace.Environment(folder)
    environment.prepare(everything=False)
    machine.ran.clear()
    (folder / name).write_text((folder / name).read_text("utf-8") + "\n", "utf-8")
    environment.prepare(everything=False)
    assert len(machine.installs) == 2
    assert not any(command[1:3] == ["-m", "venv"] for command in machine.ran)


def test_an_environment_that_was_moved_is_updated(
    workspace: ModuleType, machine: Machine, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    workspace.Environment(folder).prepare(everything=False)
    moved = tmp_path_factory.mktemp("elsewhere") / "desk"
    folder.rename(moved)
    machine.ran.clear()
    workspace.Environment(moved).prepare(everything=False)
    assert len(machine.installs) == 2


@pytest.mark.parametrize(
    ("answer", "works", "said"),
    [
        ("3 12 True\n", False, "does not start"),
        ("", True, "does not start"),
        ("3 12 False\n", True, "does not start"),
        ("3 10 True\n", True, "3.10 is too old"),
    ],
)
def test_a_broken_environment_is_said_and_made_anew(
    workspace: ModuleType,
    machine: Machine,
    folder: Path,
    capsys: pytest.CaptureFixture[str],
    answer: str,
    works: bool,
    said: str,
) -> None:
    environment = workspace.Environment(folder)
    environment.prepare(everything=False)
    (environment.folder / "old").write_text("")
    machine.answer, machine.works = answer, works
    environment.prepare(everything=False)
    assert said in capsys.readouterr().out
    assert not (environment.folder / "old").exists()
    assert environment.written()["state"] == "complete"


def test_a_half_finished_installation_is_made_anew(
    workspace: ModuleType, machine: Machine, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = workspace.Environment(folder)
    environment.prepare(everything=False)
    environment.write_stamp("installing", False)
    environment.prepare(everything=False)
    assert "was not finished" in capsys.readouterr().out
    assert environment.written()["state"] == "complete"


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_no_environment_is_moved_aside_and_kept(
    workspace: ModuleType, machine: Machine, folder: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    strange = folder / ".venv"
    if kind == "folder":
        strange.mkdir()
        (strange / "letters.txt").write_text("dear")
    else:
        strange.write_text("dear")
    workspace.Environment(folder).prepare(everything=False)
    (kept,) = folder.glob(".venv-kept-*")
    assert (kept / "letters.txt" if kind == "folder" else kept).read_text() == "dear"
    assert "nothing was deleted" in capsys.readouterr().out


def test_a_stamp_that_cannot_be_read_leads_to_an_update(workspace: ModuleType, machine: Machine, folder: Path) -> None:
    environment = workspace.Environment(folder)
    environment.prepare(everything=False)
    environment.stamp.write_text("{")
    machine.ran.clear()
    environment.prepare(everything=False)
    assert len(machine.installs) == 2


def test_no_network_is_a_plain_sentence(workspace: ModuleType, machine: Machine, folder: Path) -> None:
    machine.code = 1
    machine.output = "WARNING: Retrying ... NewConnectionError: Temporary failure in name resolution"
    with pytest.raises(workspace.Unreachable, match="package server cannot be reached"):
        workspace.Environment(folder).prepare(everything=False)


def test_without_network_the_desk_opens_with_the_environment_it_has(
    workspace: ModuleType, machine: Machine, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    environment = workspace.Environment(folder)
    environment.prepare(everything=False)
    (folder / "requirements.lock").write_text(LOCK + "\n", "utf-8")
    machine.code, machine.output = 1, "Network is unreachable"
    environment.prepare(everything=False)
    assert "as it is" in capsys.readouterr().out
    assert environment.fault() is None
    with pytest.raises(workspace.Unreachable):
        environment.prepare(everything=True)


def test_another_failure_shows_its_last_lines(workspace: ModuleType, machine: Machine, folder: Path) -> None:
    machine.code, machine.output = 1, "ERROR: No space left on device"
    with pytest.raises(workspace.Trouble, match="No space left"):
        workspace.Environment(folder).prepare(everything=False)


def test_an_old_python_is_told_so(
    workspace: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(workspace.sys, "version_info", (3, 9, 2))
    assert workspace.main(["lab"]) == 1
    assert "Python 3.11 or newer is needed; this is 3.9" in capsys.readouterr().out


def test_an_old_python_can_read_the_file() -> None:
    ast.parse((ROOT / "workspace.py").read_text("utf-8"), feature_version=(3, 7))


def test_only_the_standard_library_is_imported() -> None:
    tree = ast.parse((ROOT / "workspace.py").read_text("utf-8"))
    named = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    named += [str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    assert {name.split(".")[0] for name in named} <= sys.stdlib_module_names


def test_words_follow_the_system(workspace: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEBTDESK_LANGUAGE")
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert workspace.words("中", "en") == "中"
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert workspace.words("中", "en") == "en"


def test_an_unknown_command_shows_how_it_is_used(workspace: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert workspace.main([]) == 2
    assert "lab | test | check | bench" in capsys.readouterr().out
    assert workspace.main(["--help"]) == 0


def test_ctrl_c_ends_without_a_traceback(
    workspace: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(workspace.COMMANDS, "test", stop)
    assert workspace.main(["test"]) == 130
    assert "Stopped" in capsys.readouterr().out


def test_further_arguments_reach_pytest(
    workspace: ModuleType, machine: Machine, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(workspace, "run", lambda command, root: ran.append(command) or 0)
    environment = workspace.Environment(folder)
    assert workspace.test(environment, ["tests/lab", "-x"]) == 0
    assert workspace.nightly(environment, []) == 0
    assert ran[0][1:5] == ["-m", "pytest", "-m", "not nightly"]
    assert ran[0][5] == "-n" and 1 <= int(ran[0][6]) <= 4 and ran[0][7:9] == ["--dist", "loadfile"]
    assert ran[0][9:] == ["tests/lab", "-x"]
    assert ran[1][1:] == ["-m", "pytest", "-m", "nightly"]


def test_every_check_runs_though_one_fails(
    workspace: ModuleType,
    machine: Machine,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(workspace, "run", lambda command, root: ran.append(command) or len(ran) == 1)
    assert workspace.check(workspace.Environment(folder), []) == 1
    assert len(ran) == 4
    assert "Failed: style" in capsys.readouterr().out


@pytest.mark.parametrize(
    "line",
    [
        "--index-url " + "https" + "://packages.example/simple",
        "alpha @ file:///home/someone/alpha.whl --hash=sha256:00",
        "alpha==1.0",
    ],
)
def test_a_lock_that_names_a_host_or_lacks_a_hash_is_refused(workspace: ModuleType, line: str) -> None:
    assert workspace.faults_in_lock(LOCK) == []
    assert workspace.faults_in_lock(line + "\n" + LOCK) != []


def test_the_stamp_says_what_it_was_made_from(workspace: ModuleType, machine: Machine, folder: Path) -> None:
    environment = workspace.Environment(folder)
    environment.prepare(everything=True)
    stamp = json.loads(environment.stamp.read_text("utf-8"))
    assert stamp["everything"] is True
    assert len(stamp["lock"]) == 64


def test_progress_counts_packages(workspace: ModuleType, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = "\n".join(f"print('Collecting package{i}')" for i in range(20))
    log = folder / "install.log"
    assert workspace.follow([sys.executable, "-c", lines], folder, log, 20) == 0
    assert "20/20" in capsys.readouterr().out
    assert "package19" in log.read_text("utf-8")


def test_a_second_window_waits(
    workspace: ModuleType, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    waited: list[bool] = []
    monkeypatch.setattr(workspace, "lock_file", lambda number, *, wait: waited.append(wait) or wait)
    with workspace.one_at_a_time(folder):
        pass
    assert waited == [False, True]
    assert "Another window" in capsys.readouterr().out
