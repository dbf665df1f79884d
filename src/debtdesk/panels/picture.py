"""Picture: a chart on the screen."""

from __future__ import annotations

from typing import Any

import ipywidgets as w
import traitlets as t
from matplotlib.figure import Figure

from debtdesk.views.canvas import to_png


class Picture(w.Image):
    """A chart that takes no room on the screen while there is none, at most so many pixels wide.

    The words that say the same are its tooltip, and what a reader for the blind reads.
    """

    # The page shows a tooltip only where this is empty, and breaks where it is missing, as it is in an Image.
    description = t.Unicode("").tag(sync=True)

    def __init__(self, width_px: int, *, width: str = "100%", **layout: Any) -> None:
        super().__init__(
            format="png", layout=w.Layout(width=width, max_width=f"{width_px}px", display="none", **layout)
        )

    def draw(self, figure: Figure, words: str, *, scale: float = 1) -> None:
        """Show a figure and say it in words."""
        self.show(to_png(figure, scale=scale), words)

    def show(self, png: bytes, words: str) -> None:
        """Show what is painted already and say it in words."""
        with self.hold_sync():
            self.value, self.tooltip = png, words
        self.layout.display = ""

    def clear(self) -> None:
        """Take the chart away."""
        self.value, self.tooltip = b"", ""
        self.layout.display = "none"
