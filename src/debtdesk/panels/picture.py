"""Picture: a chart on the screen."""

from __future__ import annotations

from typing import Any

import ipywidgets as w
from matplotlib.figure import Figure

from debtdesk.views.canvas import to_png


class Picture(w.Image):
    """A chart that takes no room on the screen while there is none, at most so many pixels wide."""

    def __init__(self, width_px: int, *, width: str = "100%", **options: Any) -> None:
        layout = w.Layout(width=width, max_width=f"{width_px}px", display="none")
        super().__init__(format="png", layout=layout, **options)

    def draw(self, figure: Figure, words: str) -> None:
        """Show a figure; the words that say the same are its tooltip, and what a reader for the blind reads."""
        self.value, self.tooltip = to_png(figure, scale=1), words
        self.layout.display = ""

    def clear(self) -> None:
        """Take the chart away."""
        self.value, self.tooltip = b"", ""
        self.layout.display = "none"
