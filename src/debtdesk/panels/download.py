"""A button that hands a file over to the person's own computer, through the browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anywidget
import traitlets as t

from debtdesk.locale import Message

TYPES = {
    ".json": "application/json",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".html": "text/html;charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Handed:
    """A file to hand over: its name and its content."""

    name: str
    content: bytes


class Download(anywidget.AnyWidget):
    """A button; when it is pressed, `make` gives the file, and the browser saves it. `make` may give None.

    `guard` wraps the making, so that what goes wrong in it is said on the screen; one that `prints` asks the browser to
    print the page instead of saving it.
    """

    _esm = Path(__file__).parent / "download.js"

    description = t.Unicode("").tag(sync=True)
    tooltip = t.Unicode("").tag(sync=True)

    def __init__(
        self,
        text: Message,
        make: Callable[[], Handed | None],
        *,
        tooltip: Message | str = "",
        guard: Callable[[Callable[[], None]], Callable[[], None]] = lambda handler: handler,
        prints: bool = False,
    ) -> None:
        super().__init__(description=str(text), tooltip=str(tooltip))
        self._make, self._prints = make, prints
        self._wanted = guard(self.hand_over)
        self.on_msg(self._told)

    def _told(self, _: Any, content: Any, __: Any) -> None:
        if isinstance(content, dict) and content.get("wanted"):
            self._wanted()

    def hand_over(self) -> None:
        """Make the file and send it to the browser."""
        handed = self._make()
        if handed is not None:
            kind = TYPES.get(Path(handed.name).suffix, "application/octet-stream")
            self.send({"name": handed.name, "type": kind, "print": self._prints}, buffers=[handed.content])
