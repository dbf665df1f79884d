"""Where cases are kept: a folder of the user's own, never below the notebook server's root."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

from platformdirs import user_data_dir

FILE = "cases.sqlite3"


def data_folder() -> Path:
    """Return the folder of the data: DEBTDESK_DATA, else the user's data folder of this system."""
    given = os.environ.get("DEBTDESK_DATA")
    return Path(given).expanduser().absolute() if given else Path(user_data_dir("debtdesk", appauthor=False))


def database() -> Path | str:
    """Return where the cases are: the address in DEBTDESK_DATABASE, else the file in the data folder."""
    return os.environ.get("DEBTDESK_DATABASE") or data_folder() / FILE


def person() -> str:
    """Return who is working: the name at the hub, else the user of this machine, else nothing."""
    try:
        return os.environ.get("JUPYTERHUB_USER") or getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
