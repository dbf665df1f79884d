"""The list of cases on the screen: a table of ready texts, each row of which can be opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

from debtdesk.locale import Message

_HERE = Path(__file__).parent

COLUMNS = (
    ("open", Message("case"), False),
    ("number", Message("case number"), False),
    ("client", Message("client"), False),
    ("debts", Message("debts"), True),
    ("owed", Message("owed, yuan"), True),
    ("state", Message("state"), False),
    ("last", Message("last answer"), False),
    ("updated", Message("last changed"), False),
    ("next", Message("next"), False),
)


class CaseList(anywidget.AnyWidget):
    """A table of cases. `rows` are dictionaries of texts by column, with `here` for the one that is open.

    `on_open` is called with the reference of the row a person opens.
    """

    _esm = _HERE / "caselist.js"
    _css = _HERE / "caselist.css"

    columns: t.List[Any] = t.List().tag(sync=True)
    labels = t.Dict().tag(sync=True)
    rows: t.List[Any] = t.List().tag(sync=True)

    def __init__(self, on_open: Callable[[str], None]) -> None:
        super().__init__()
        self._on_open = on_open
        self.speak()
        self.on_msg(self._told)

    def speak(self) -> None:
        """Take headers and labels in the language in use."""
        self.columns = [{"key": key, "label": str(label), "number": number} for key, label, number in COLUMNS]
        self.labels = {
            "open": str(Message("open")),
            "here": str(Message("is open")),
            "search": str(Message("search number, client, next step")),
            "none": str(Message("No case fits the search.")),
            "caption": str(Message("Click a row to open its case; every other page then shows it.")),
        }

    def _told(self, _: Any, content: Any, __: Any) -> None:
        reference = content.get("open") if isinstance(content, dict) else None
        if isinstance(reference, str):
            self._on_open(reference)
