"""What makes JupyterLab the counselor's room: settings, a save hook, and a small extension."""

from __future__ import annotations

import contextlib
import json
import os
import warnings
from pathlib import Path
from typing import Any

import platformdirs

from debtdesk.lab.language import language
from debtdesk.lab.saving import without_results

HERE = Path(__file__).parent
FIRST_SCREEN = Path("notebooks") / "00_start.ipynb"
ALL_MESSAGES = 0  # the "high water mark" of ZeroMQ from which nothing is dropped
MENUS = {"zh": "zh_CN", "en": "en"}


def start_folder() -> Path:
    """Return the folder of the settings file that JupyterLab reads first."""
    return HERE / "start"


def config_folder() -> Path:
    """Return the folder whose `labconfig` holds our defaults; a person's own settings win over them."""
    return HERE


def extensions_folder() -> Path:
    """Return the folder that holds the extension."""
    return HERE / "labextensions"


def menu_folder() -> Path:
    """Write the language of the menus into the user's cache and return that folder."""
    folder = platformdirs.user_cache_path("debtdesk", appauthor=False) / "lab" / language()
    file = folder / "labconfig" / "default_setting_overrides.json"
    chosen = {"@jupyterlab/translation-extension:plugin": {"locale": MENUS[language()]}}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(chosen), "utf-8")
    return folder


def prepend(variable: str, *folders: Path) -> None:
    """Put folders in front of a path variable of this process, each once."""
    given = os.environ.get(variable, "").split(os.pathsep)
    ours = [str(folder) for folder in folders]
    os.environ[variable] = os.pathsep.join([*ours, *(folder for folder in given if folder and folder not in ours)])


def configure(config: Any) -> None:
    """Set JupyterLab up as the room; called by its settings file, once or twice to the same effect.

    Parameters
    ----------
    config : traitlets.config.Config
        Settings of the server, changed in place.
    """
    import zmq

    prepend("JUPYTER_CONFIG_PATH", config_folder())
    with contextlib.suppress(OSError):  # without a cache the menus follow JupyterLab's own guess
        prepend("JUPYTER_CONFIG_PATH", menu_folder())
    config.LabApp.extra_labextensions_path = [str(extensions_folder())]
    config.LabApp.extension_manager = "readonly"
    config.LabApp.news_url = None
    config.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
    # JupyterLab reads its settings twice and would warn that the hook replaces itself.
    warnings.filterwarnings("ignore", message="Overriding existing pre_save_hook")
    config.FileContentsManager.pre_save_hook = without_results
    config.ServerApp.kernel_manager_class = "debtdesk.lab.kernels.Kernels"
    if zmq.has("curve"):
        config.KernelManager.transport_encryption = "auto"
    if FIRST_SCREEN.is_file():
        config.LabApp.default_url = f"/lab/tree/{FIRST_SCREEN.as_posix()}"
