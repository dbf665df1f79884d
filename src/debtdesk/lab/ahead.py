"""An extension of IPython: a kernel that is kept ready loads what notebooks need before one asks, see `lab.spare`."""

from __future__ import annotations

import contextlib
import os
import pkgutil
from importlib import import_module
from typing import Any

SPARE = "DEBTDESK_SPARE"  # set in the environment of a kernel that is started ahead
STAGES = "debtdesk.panels"


def load_ipython_extension(shell: Any) -> None:
    """Load the stages with all libraries of theirs; the cell that needs them says it if one is missing."""
    if os.environ.get(SPARE):
        with contextlib.suppress(Exception):
            stages = import_module(STAGES)
            for found in pkgutil.iter_modules(stages.__path__, f"{STAGES}."):
                import_module(found.name)
