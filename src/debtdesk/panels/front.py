"""Coming to the front: a page that is looked at again catches up with what was done on the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget


class Front(anywidget.AnyWidget):
    """Something without a picture of its own that calls `seen` whenever its page comes to the front again."""

    _esm = Path(__file__).parent / "front.js"

    def __init__(self, seen: Callable[[], None]) -> None:
        super().__init__()
        self._seen = seen
        self.on_msg(self._told)

    def _told(self, _: Any, content: Any, __: Any) -> None:
        if isinstance(content, dict) and content.get("seen"):
            self._seen()
