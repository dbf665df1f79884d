"""Bars: rows of amounts side by side, as a scene that is painted fast or built as a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from debtdesk.views.canvas import LABEL, MARGIN, SMALL, TICK, TITLE, line_height, text_width, wrapped
from debtdesk.views.colours import INK, QUIET, Shade
from debtdesk.views.scene import Fill, Scene

WIDEST_NAME = 0.42  # of the width
BAR = 0.62  # share of a row that is bar
ROW, HEAD = 34, 126  # pixels a row, and for what stands above and below
HALF_CAPITAL = 0.5  # of the size in points: what puts a text's middle on a line, in pixels


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar: its amount [fen], its colour, and whether it is uncertain, which hatches it."""

    amount: int
    shade: Shade
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A row: its name, the pieces of its bar, and what stands behind it."""

    name: str
    pieces: tuple[Piece, ...]
    text: str
    bold: bool = True

    @property
    def total(self) -> int:
        """All its pieces. [fen]"""
        return sum(p.amount for p in self.pieces)


def bars_scene(
    bars: Sequence[Bar],
    title: str,
    source: str,
    width: int,
    height: int = 0,
    *,
    key: Sequence[tuple[str, str]] = (),
    widest: float = WIDEST_NAME,
) -> Scene:
    """Return rows of bars under a title.

    `key` says which colour stands for what; height 0 gives each row the same; `widest` is the share of the width that a
    name may take.
    """
    scene = Scene(width, height or HEAD + ROW * len(bars))
    lower, upper = head_and_foot(scene, title, source)
    if key:
        upper -= 22
        _key(scene, upper + 4, key)
    names = [wrapped(b.name, LABEL, width * widest, lines=1) for b in bars]
    left = MARGIN + max((text_width(n, LABEL) for n in names), default=0) + 10
    scale = _scale(bars, width - MARGIN - 10 - left)
    step = (upper - lower - 6) / max(1, len(bars))
    for n, (bar, name) in enumerate(zip(bars, names, strict=True)):
        middle = upper - (n + 0.5) * step
        x = left
        for piece in bar.pieces:
            end = x + piece.amount * scale
            scene.fills.append(rectangle(x, middle - BAR * step / 2, end, middle + BAR * step / 2, piece))
            x = end
        base = middle - HALF_CAPITAL * LABEL
        scene.text(name, left - 10 - text_width(name, LABEL), base)
        scene.text(bar.text, x + 6, base, bold=bar.bold)
    return scene


def _scale(bars: Sequence[Bar], room: float) -> float:
    """Return how long a fen is drawn so that every bar has room for its text behind it. [pixels/fen]"""
    fitting = [(room - text_width(b.text, LABEL, bold=b.bold)) / b.total for b in bars if b.total]
    return max(0.0, min(fitting, default=0.0))


def rectangle(left: float, lower: float, right: float, upper: float, piece: Piece) -> Fill:
    """Return the shape of a piece between two corners. [pixels]"""
    corners = np.array([(left, lower), (right, lower), (right, upper), (left, upper)])
    return Fill(corners, piece.shade.fill, piece.shade.on_fill if piece.uncertain else None)


def head_and_foot(scene: Scene, title: str, source: str) -> tuple[float, float]:
    """Write title and source into a scene; return the lower and the upper edge of what they leave. [pixels]"""
    room = scene.width - 2 * MARGIN
    title, source = wrapped(title, TITLE, room, bold=True), wrapped(source, SMALL, room)
    high, low = line_height(TITLE), line_height(SMALL)
    lines, notes = title.count("\n") + 1, (source.count("\n") + 1 if source else 0)
    scene.text(title, MARGIN, scene.height - 8 - 0.72 * high, size=TITLE, bold=True)
    scene.text(source, MARGIN, 10 + (notes - 1) * low, size=SMALL, colour=QUIET)
    return 8 + notes * low, scene.height - 8 - lines * high


def _key(scene: Scene, y: float, entries: Sequence[tuple[str, str]]) -> None:
    """Write which colour stands for what at the right end of a line."""
    x = scene.width - MARGIN - sum(text_width(t, TICK) + 36 for _, t in entries) + 16
    for colour, text in entries:
        scene.fills.append(rectangle(x, y, x + 13, y + 13, Piece(0, Shade(colour, INK, INK))))
        scene.text(text, x + 19, y + 1, size=TICK, colour=QUIET)
        x += text_width(text, TICK) + 36
