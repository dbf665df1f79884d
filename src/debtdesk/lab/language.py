"""The language in which the room comes up."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import platformdirs

from debtdesk import locale


def data_folder() -> Path:
    """Return the folder in which the desk keeps its data: DEBTDESK_DATA, else the user's own data folder."""
    given = os.environ.get("DEBTDESK_DATA")
    return Path(given).expanduser() if given else platformdirs.user_data_path("debtdesk", appauthor=False)


def language() -> str:
    """Return "zh" or "en": the one chosen on the first screen last time, else the system's."""
    try:
        kept = (data_folder() / "language").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        kept = ""
    return kept if kept in locale.LANGUAGES else locale.language()


def keep(chosen: str) -> None:
    """Let the room's menus come up in a language next time; where that cannot be written, they follow the system."""
    with contextlib.suppress(OSError):
        data_folder().mkdir(parents=True, exist_ok=True)
        (data_folder() / "language").write_text(chosen, "utf-8")
