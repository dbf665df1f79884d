"""The settings that make the room, without starting it."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest
from traitlets.config import Config

from debtdesk import lab
from debtdesk.lab.__main__ import arguments_for_lab
from debtdesk.lab.saving import without_results


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's own folders, and a working folder without notebooks."""
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "")
    monkeypatch.setenv("DEBTDESK_DATA", str(tmp_path / "data"))
    monkeypatch.setattr(lab.platformdirs, "user_cache_path", lambda *_, **__: tmp_path / "cache")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("spoken", "menus"), [("zh", "zh_CN"), ("en", "en")])
def test_menus_speak_the_language_of_the_room(
    spoken: str, menus: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEBTDESK_LANGUAGE", spoken)
    lab.configure(Config())
    first = os.environ["JUPYTER_CONFIG_PATH"].split(os.pathsep)[0]
    written = json.loads((Path(first) / "labconfig" / "default_setting_overrides.json").read_text("utf-8"))
    assert written["@jupyterlab/translation-extension:plugin"]["locale"] == menus


def test_configuring_twice_changes_nothing(home: Path) -> None:
    config = Config()
    lab.configure(config)
    path, once = os.environ["JUPYTER_CONFIG_PATH"], str(config)
    lab.configure(config)
    assert os.environ["JUPYTER_CONFIG_PATH"] == path
    assert str(config) == once


def test_nothing_is_asked_of_other_hosts_and_no_result_is_saved(home: Path) -> None:
    config = Config()
    lab.configure(config)
    assert config.LabApp.news_url is None
    assert config.LabApp.extension_manager == "readonly"
    assert config.FileContentsManager.pre_save_hook is without_results
    assert config.KernelManager.transport_encryption == "auto"


def test_the_first_screen_opens_only_where_it_is(home: Path) -> None:
    config = Config()
    lab.configure(config)
    assert "default_url" not in config.LabApp
    (home / "notebooks").mkdir()
    (home / "notebooks" / "00_start.ipynb").write_text("{}")
    lab.configure(config)
    assert config.LabApp.default_url == "/lab/tree/notebooks/00_start.ipynb"


def test_a_cache_that_cannot_be_written_stops_nothing(home: Path) -> None:
    (home / "cache").write_text("a file where a folder should be")
    lab.configure(Config())


def test_every_setting_names_a_plugin_and_a_property_of_this_jupyterlab() -> None:
    schemas = Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas"
    defaults = json.loads((lab.config_folder() / "labconfig" / "default_setting_overrides.json").read_text())
    for plugin, values in defaults.items():
        package, _, name = plugin.partition(":")
        schema = json.loads((schemas / package / f"{name}.json").read_text("utf-8"))
        assert set(values) <= set(schema["properties"]), plugin


def test_commands_cannot_be_linked_from_what_a_notebook_shows() -> None:
    defaults = json.loads((lab.config_folder() / "labconfig" / "default_setting_overrides.json").read_text())
    assert defaults["@jupyterlab/apputils-extension:sanitizer"]["allowCommandLinker"] is False


def test_the_extension_is_whole() -> None:
    folder = lab.extensions_folder() / "debtdesk-lab"
    package = json.loads((folder / "package.json").read_text("utf-8"))
    assert (folder / package["jupyterlab"]["_build"]["load"]).is_file()
    assert (folder / "static" / "style.css").is_file()


def test_arguments_of_the_person_win(tmp_path: Path) -> None:
    given = ["--no-browser", "--ServerApp.port=9999"]
    arguments = arguments_for_lab(tmp_path, tmp_path / "rooms", given)
    assert arguments[-2:] == given
    assert f"--ServerApp.root_dir={tmp_path}" in arguments


def test_what_the_environment_reads_is_installed() -> None:
    for name, place in (
        ("jupyter_lab_config.py", "jupyter/jupyter_lab_config.py"),
        ("ipython_kernel_config.py", "ipython/ipython_kernel_config.py"),
        ("jupyter_server_config.json", "jupyter/jupyter_server_config.d/debtdesk.json"),
    ):
        installed = Path(sys.prefix) / "etc" / place
        assert installed.read_text("utf-8") == (lab.start_folder() / name).read_text("utf-8")
