"""Seeing: whether the texts of a figure stay inside it and keep apart."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from matplotlib.figure import Figure
from matplotlib.text import Text


def texts(figure: Figure) -> list[Text]:
    """Return every text that shows."""
    figure.canvas.draw()
    return [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]  # type: ignore[attr-defined]


def said(figure: Figure) -> str:
    """Return all that a figure says, a line a text."""
    return "\n".join(t.get_text() for t in texts(figure))


def faults(figure: Figure) -> list[str]:
    """Return the texts that leave the figure, and the pairs that overlap."""
    shown = texts(figure)
    boxes: list[Any] = [t.get_window_extent() for t in shown]
    width, height = figure.get_size_inches() * figure.dpi
    found = [
        f"outside: {t.get_text()!r}"
        for t, b in zip(shown, boxes, strict=True)
        if b.x0 < 0 or b.y0 < 0 or b.x1 > width or b.y1 > height
    ]
    pairs = combinations(zip(shown, boxes, strict=True), 2)
    found += [
        f"overlap: {a.get_text()!r} and {b.get_text()!r}"
        for (a, p), (b, q) in pairs
        if min(p.x1, q.x1) - max(p.x0, q.x0) > 1 and min(p.y1, q.y1) - max(p.y0, q.y0) > 3
    ]
    found += [f"parsed as mathematics: {t.get_text()!r}" for t in shown if t.get_parse_math()]  # type: ignore[attr-defined]
    return found
