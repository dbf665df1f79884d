"""Prepare this folder and work in it: `python workspace.py lab | test | check | bench`.

Only the standard library is needed. The first run makes `.venv` beside this file and installs into it what
requirements.lock lists, each file checked against its hash; later runs start at once.

    lab      open JupyterLab on the first screen (further arguments go to it, for instance --no-browser)
    test     run the tests (further arguments go to pytest)
    nightly  run the tests that take long
    check    style, types, imports, notebooks, lock
    bench    print speed, against peers and against the machine
    lock     renew requirements.lock from pyproject.toml (needs uv)
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import locale
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

SETTINGS = "src/debtdesk/lab/start/*.*"
ROOT = Path(__file__).resolve().parent
OLDEST = (3, 11)
TESTS_BEGIN = "# --- tests, checks and speed: not needed at the desk ---"
NOTEBOOK_RULES = ["--keep-id", "--extra-keys", "metadata.language_info metadata.widgets"]
UNREACHABLE = re.compile(
    r"dns error|error sending request|failed to fetch|name resolution|name or service not known|getaddrinfo|"
    r"newconnectionerror|connection (refused|error|broken|reset)|network is unreachable|timed out|proxyerror|"
    r"no matching distribution found|no solution found|not found in the package registry",
    re.IGNORECASE,
)


class Trouble(Exception):
    """Something that the person at the keyboard can mend; the text says how."""


class Unreachable(Trouble):
    """The package server does not answer."""


# --- words ------------------------------------------------------------------------------------------------


def speaks_chinese() -> bool:
    """Tell whether the system's language is Chinese."""
    for name in ("DEBTDESK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return value.lower().startswith("zh")
    return (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese"))


def words(chinese: str, english: str) -> str:
    """Return the text in the system's language."""
    return chinese if speaks_chinese() else english


def say(chinese: str, english: str) -> None:
    """Print a line in the system's language, also where the terminal cannot show every character."""
    line = words(chinese, english)
    encoding = sys.stdout.encoding or "utf-8"
    print(line.encode(encoding, "replace").decode(encoding), flush=True)


# --- the environment --------------------------------------------------------------------------------------


class Environment:
    """The folder `.venv`: whether it can be used, and how it is made."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.folder = root / ".venv"
        self.stamp = self.folder / "debtdesk.json"
        self.log = self.folder / "install.log"

    def program(self, name: str) -> Path:
        """Return the path of a program inside the environment."""
        if os.name == "nt":
            return self.folder / "Scripts" / f"{name}.exe"
        return self.folder / "bin" / name

    @property
    def python(self) -> Path:
        """The interpreter of the environment."""
        return self.program("python")

    def wanted(self) -> dict[str, str]:
        """Return what the environment must have been made from."""
        lock = (self.root / "requirements.lock").read_bytes()
        project = hashlib.sha256((self.root / "pyproject.toml").read_bytes())
        for settings in sorted(self.root.glob(SETTINGS)):  # copied into the environment when the package is installed
            project.update(settings.read_bytes())
        return {
            "lock": hashlib.sha256(lock).hexdigest(),
            "project": project.hexdigest(),
            "folder": str(self.root),
        }

    def written(self) -> dict[str, object]:
        """Return what the stamp says; empty when there is none or it cannot be read."""
        try:
            found = json.loads(self.stamp.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def is_current(self, everything: bool) -> bool:
        """Tell whether the last installation was finished and was made from the present lock."""
        found = self.written()
        complete = found.get("state") == "complete" and (found.get("everything") or not everything)
        return bool(complete) and all(found.get(key) == value for key, value in self.wanted().items())

    def fault(self) -> str | None:
        """Say what makes the folder unusable as it stands; None when nothing does."""
        if not (self.folder / "pyvenv.cfg").is_file():
            return words("不是 Python 环境", "it is not a Python environment")
        if self.written().get("state") == "installing":
            return words("上次安装没有完成", "its last installation was not finished")
        asked = "import sys; print(sys.version_info[0], sys.version_info[1], sys.prefix != sys.base_prefix)"
        try:
            answer = subprocess.run([str(self.python), "-I", "-c", asked], capture_output=True, text=True, timeout=60)
        except (OSError, subprocess.TimeoutExpired):
            return words("里面的 Python 无法启动", "its Python does not start")
        said = answer.stdout.split()
        if answer.returncode != 0 or len(said) != 3 or said[2] != "True":
            return words("里面的 Python 无法启动", "its Python does not start")
        if (int(said[0]), int(said[1])) < OLDEST:
            version = f"{said[0]}.{said[1]}"
            return words(f"里面的 Python {version} 太旧", f"its Python {version} is too old")
        return None

    def prepare(self, everything: bool) -> None:
        """Make the environment usable and current; do nothing when it is."""
        with one_at_a_time(self.root):
            there = self.folder.exists() or self.folder.is_symlink()
            fault = self.fault() if there else None
            if there and fault is None and self.is_current(everything):
                return
            begun = time.monotonic()
            before = self.written() if there and fault is None else {}
            if fault is not None:
                self.put_away(fault)
                there = False
            if not there:
                self.make()
            try:
                self.install(everything)
            except Unreachable as trouble:
                if not before or everything:
                    raise
                self.stamp.write_text(json.dumps(before, indent=1), "utf-8")
                say(f"{trouble}\n先用现有环境打开。", f"{trouble}\nOpening with the environment as it is.")
                return
            seconds = time.monotonic() - begun
            say(f"环境已就绪（{seconds:.0f} 秒）。", f"The environment is ready ({seconds:.0f} seconds).")

    def put_away(self, fault: str) -> None:
        """Clear the place: an environment is removed, anything else is moved aside and kept."""
        if (self.folder / "pyvenv.cfg").is_file() and not self.folder.is_symlink():
            say(
                f".venv 不能使用：{fault}。现在重新建立。",
                f".venv cannot be used: {fault}. It is made anew.",
            )
            try:
                shutil.rmtree(self.folder)
            except OSError as error:
                raise Trouble(
                    words(
                        f"无法删除 {self.folder}：{error}。请关闭正在运行的 JupyterLab 后再试。",
                        f"{self.folder} cannot be removed: {error}. Close JupyterLab and try again.",
                    )
                ) from error
            return
        aside = self.folder.with_name(f".venv-kept-{time.strftime('%Y%m%d-%H%M%S')}")
        say(
            f".venv 不能使用：{fault}。已改名为 {aside.name}，没有删除。",
            f".venv cannot be used: {fault}. It was renamed to {aside.name}; nothing was deleted.",
        )
        self.folder.rename(aside)

    def make(self) -> None:
        """Make an empty environment with the Python that runs this file."""
        say("正在建立 Python 环境 .venv ……", "Making the Python environment .venv ...")
        uv = find_uv()
        place = str(self.folder)
        if uv and run([uv, "venv", "--quiet", "--python", sys.executable, place], self.root) == 0:
            return
        made = subprocess.run([sys.executable, "-m", "venv", place], capture_output=True, text=True)
        if made.returncode != 0:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise Trouble(
                words(
                    "无法建立 Python 环境。在 Debian 或 Ubuntu 上请先运行：sudo apt-get install python3-venv",
                    "The Python environment cannot be made. On Debian or Ubuntu run first: "
                    "sudo apt-get install python3-venv",
                )
                + "\n"
                + (made.stdout + made.stderr).strip()[-600:]
            )

    def install(self, everything: bool) -> None:
        """Install what the lock lists, then this folder itself, and write the stamp."""
        self.write_stamp("installing", everything)
        lock = (self.root / "requirements.lock").read_text("utf-8")
        text = lock if everything else lock.split(TESTS_BEGIN)[0]
        count = len(re.findall(r"^[A-Za-z0-9]", text, re.MULTILINE))
        say(
            f"正在安装约 {count} 个软件包（只有第一次需要，视网速要几十秒到几分钟）……",
            f"Installing about {count} packages (only the first time; half a minute to a few minutes) ...",
        )
        with tempfile.TemporaryDirectory() as folder:
            listed = Path(folder) / "requirements.txt"
            listed.write_text(text, "utf-8")
            self.pip(["--no-deps", "--require-hashes", "-r", str(listed)], count)
        self.pip(["--no-deps", "--no-build-isolation", "-e", str(self.root)], 0)
        self.write_stamp("complete", everything)

    def pip(self, arguments: list[str], count: int) -> None:
        """Install with uv where it works, else with pip, and say in plain words what went wrong."""
        uv = find_uv()
        if uv:
            command = [uv, "pip", "install", "--python", str(self.python), *arguments]
            if follow(command, self.root, self.log, 0) == 0:
                return
            say("uv 没有成功，改用 pip 再试。", "uv did not succeed; trying again with pip.")
        if subprocess.run([str(self.python), "-m", "pip", "--version"], capture_output=True).returncode != 0:
            subprocess.run([str(self.python), "-m", "ensurepip"], capture_output=True)
        quick = ["--disable-pip-version-check", "--no-compile"]  # as uv does: what is used gets compiled
        command = [str(self.python), "-m", "pip", "install", *quick, *arguments]
        if follow(command, self.root, self.log, count) == 0:
            return
        told = self.log.read_text("utf-8", "replace")
        if UNREACHABLE.search(told):
            raise Unreachable(
                words(
                    "无法从软件包服务器下载。请检查网络连接（或 pip 的镜像、代理设置）后再运行一次。",
                    "The package server cannot be reached. Check the network connection (or the mirror and "
                    "proxy settings of pip), then run this again.",
                )
            )
        raise Trouble(words("安装失败，最后几行是：", "The installation failed; its last lines:") + "\n" + told[-1200:])

    def write_stamp(self, state: str, everything: bool) -> None:
        """Note what the environment is being made from, and whether that is finished."""
        found = {"state": state, "everything": everything, **self.wanted()}
        self.stamp.write_text(json.dumps(found, indent=1), "utf-8")


def find_uv() -> str | None:
    """Return the installer `uv` when it is on the path and starts."""
    uv = shutil.which("uv")
    if uv is None:
        return None
    try:
        works = subprocess.run([uv, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return None
    return uv if works else None


def follow(command: Sequence[str], folder: Path, log: Path, count: int) -> int:
    """Run a command, keep what it prints in a file, and show how many packages it has come to."""
    seen = 0
    settings: dict[str, Any] = {"text": True, "encoding": "utf-8", "errors": "replace"}
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with log.open("w", encoding="utf-8") as kept, subprocess.Popen(command, cwd=folder, **pipes, **settings) as process:
        assert process.stdout is not None
        try:
            for line in process.stdout:
                kept.write(line)
                if count and line.startswith(("Collecting ", "Processing ", "Requirement already ")):
                    seen += 1
                    if seen % 10 == 0 or sys.stdout.isatty():
                        end = "\r" if sys.stdout.isatty() else "\n"
                        print(f"  {min(seen, count)}/{count}", end=end, flush=True)
            return process.wait()
        except KeyboardInterrupt:
            process.terminate()
            raise


@contextlib.contextmanager
def one_at_a_time(root: Path) -> Iterator[None]:
    """Let a second window wait while the first one prepares the environment."""
    name = "debtdesk-" + hashlib.sha256(str(root).encode()).hexdigest()[:12] + ".lock"
    with (Path(tempfile.gettempdir()) / name).open("a+") as file:
        if not lock_file(file.fileno(), wait=False):
            say("另一个窗口正在准备环境，请稍候……", "Another window is preparing it; waiting ...")
            lock_file(file.fileno(), wait=True)
        yield


def lock_file(number: int, *, wait: bool) -> bool:
    """Lock an open file until it is closed; False when another process holds it and we do not wait."""
    while True:
        try:
            if sys.platform == "win32":
                import msvcrt

                msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            if not wait:
                return False
            time.sleep(0.2)


# --- the commands -----------------------------------------------------------------------------------------


def run(command: Sequence[str], root: Path = ROOT) -> int:
    """Run a command to its end; Ctrl-C reaches it too, and we wait until it has closed."""
    process = subprocess.Popen(command, cwd=root)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


def lab(environment: Environment, arguments: list[str]) -> int:
    """Open JupyterLab on the first screen."""
    environment.prepare(everything=False)
    command = [str(environment.python), "-m", "debtdesk.lab", "--root", str(environment.root), *arguments]
    say(
        "正在打开 JupyterLab。结束时在此窗口按 Ctrl-C。",
        "Opening JupyterLab. To end, press Ctrl-C in this window.",
    )
    if os.name == "posix":  # one process less, and a signal sent to it reaches JupyterLab
        os.chdir(environment.root)
        os.execv(command[0], command)
    return run(command, environment.root)


def test(environment: Environment, arguments: list[str]) -> int:
    """Run the tests, without those that take long."""
    environment.prepare(everything=True)
    together = ["-n", str(min(os.cpu_count() or 1, 4)), "--dist", "loadfile"]  # a file is one server of JupyterLab
    return run([str(environment.python), "-m", "pytest", "-m", "not nightly", *together, *arguments], environment.root)


def nightly(environment: Environment, arguments: list[str]) -> int:
    """Run the tests that take long."""
    environment.prepare(everything=True)
    return run([str(environment.python), "-m", "pytest", "-m", "nightly", *arguments], environment.root)


def bench(environment: Environment, arguments: list[str]) -> int:
    """Print speed, against peers and against the machine."""
    environment.prepare(everything=True)
    return run([str(environment.python), "-m", "bench", *arguments], environment.root)


def check(environment: Environment, arguments: list[str]) -> int:
    """Check style, types, imports, notebooks and the lock; all of them, whatever fails."""
    environment.prepare(everything=True)
    python = str(environment.python)
    notebooks = [str(path) for path in sorted((environment.root / "notebooks").glob("*.ipynb"))]
    steps = [
        ("style", [python, "-m", "ruff", "check", "."]),
        ("layout", [python, "-m", "ruff", "format", "--check", "."]),
        ("types", [python, "-m", "mypy"]),
        ("imports", [str(environment.program("lint-imports"))]),
    ]
    if notebooks:
        steps.append(("notebooks", [python, "-m", "nbstripout", "--verify", *NOTEBOOK_RULES, *notebooks]))
    failed = []
    for name, command in steps:
        print(f"== {name}", flush=True)
        if run([*command, *arguments], environment.root) != 0:
            failed.append(name)
    print("== lock", flush=True)
    for line in faults_in_lock((environment.root / "requirements.lock").read_text("utf-8")):
        print(line)
        failed.append("lock")
    if failed:
        say(f"没有通过：{', '.join(failed)}", f"Failed: {', '.join(failed)}")
        return 1
    say("全部通过。", "All passed.")
    return 0


def faults_in_lock(text: str) -> list[str]:
    """Return the lines of a lock that name a host or a path of a machine, or lack a hash."""
    bad = [line for line in text.splitlines() if re.search(r"://|index-url|file:| @ ", line)]
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    return bad + [entry.splitlines()[0] for entry in entries if "--hash=" not in entry]


def lock(environment: Environment, arguments: list[str]) -> int:
    """Renew requirements.lock: first what the desk needs, then what tests and checks need beyond it."""
    import tomllib

    uv = find_uv()
    if uv is None:
        raise Trouble(words("请先安装 uv。", "Install uv first."))
    project = tomllib.loads((environment.root / "pyproject.toml").read_text("utf-8"))
    flags = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
    flags += ["--no-header", "--no-annotate", "--quiet", *arguments]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        building = folder / "build.in"
        building.write_text("\n".join(project["build-system"]["requires"]), "utf-8")
        desk, all_of_it = folder / "desk.txt", folder / "all.txt"
        sources = ["pyproject.toml", str(building)]
        for target, more in ((desk, []), (all_of_it, ["--all-extras", "-c", str(desk)])):
            command = [uv, "pip", "compile", *flags, *more, *sources, "-o", str(target)]
            if run(command, environment.root) != 0:
                return 1
        first = desk.read_text("utf-8")
        whole = re.split(r"^(?=[A-Za-z0-9])", all_of_it.read_text("utf-8"), flags=re.MULTILINE)
        known = set(re.findall(r"^([A-Za-z0-9._-]+)==", first, re.MULTILINE))
        rest = "".join(entry for entry in whole if entry.split("==")[0] not in known)
    (environment.root / "requirements.lock").write_text(f"{first}{TESTS_BEGIN}\n{rest}", "utf-8")
    return 0


COMMANDS: dict[str, Callable[[Environment, list[str]], int]] = {
    "lab": lab,
    "test": test,
    "nightly": nightly,
    "check": check,
    "bench": bench,
    "lock": lock,
}


def newer_pythons() -> list[str]:
    """Return the names of newer Pythons on the path."""
    names = [f"python3.{minor}" for minor in range(20, OLDEST[1] - 1, -1)]
    return [name for name in names if shutil.which(name)]


def main(arguments: list[str]) -> int:
    """Do what the first argument names."""
    if sys.version_info < OLDEST:
        version = f"{sys.version_info[0]}.{sys.version_info[1]}"
        better = newer_pythons()
        hint = f" {better[0]} workspace.py {' '.join(arguments)}" if better else ""
        say(
            f"需要 Python 3.11 或更新，这里是 {version}。请安装新的 Python 后再试。{hint}",
            f"Python 3.11 or newer is needed; this is {version}. Install a newer Python and try again.{hint}",
        )
        return 1
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 0 if arguments and arguments[0] in ("-h", "--help", "help") else 2
    try:
        return COMMANDS[arguments[0]](Environment(), arguments[1:])
    except Trouble as trouble:
        say(str(trouble), str(trouble))
        return 1
    except KeyboardInterrupt:
        say("\n已停止。", "\nStopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
