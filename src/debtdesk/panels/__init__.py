"""The panels: the only code that knows widgets. One function a notebook, each returning what the cell shows.

`panels.debts()` shows the panel of `debtdesk.panels.debts`: the package holds the function under the module's name.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_STAGES = ("start", "debts", "budget", "growth", "offers", "outcome", "method")

__all__ = sorted(_STAGES)


class _Panels(ModuleType):
    """The package, in which the name of a stage stays its function even when its module is imported."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _STAGES and isinstance(value, ModuleType):
            value = value.panel
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Panels


def __getattr__(name: str) -> Any:
    """Return the function of a stage; it opens the case and returns the panel to show."""
    if name not in _STAGES:
        raise AttributeError(f"module 'debtdesk.panels' has no attribute {name!r}")
    return import_module(f"{__name__}.{name}").panel
