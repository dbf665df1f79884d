"""The panels: the only code that knows widgets. One function a notebook, each returning what the cell shows."""

from __future__ import annotations

from importlib import import_module
from typing import Any

_HOMES = {
    "start": "debtdesk.panels.start",
    "debts": "debtdesk.panels.debts",
    "budget": "debtdesk.panels.budget",
    "growth": "debtdesk.panels.growth",
    "offers": "debtdesk.panels.offers",
    "outcome": "debtdesk.panels.outcome",
    "method": "debtdesk.panels.method",
}

__all__ = sorted(_HOMES)


def __getattr__(name: str) -> Any:
    """Return the function of a stage; it opens the case and returns the panel to show."""
    if name not in _HOMES:
        raise AttributeError(f"module 'debtdesk.panels' has no attribute {name!r}")
    module = import_module(_HOMES[name])
    return module.panel
