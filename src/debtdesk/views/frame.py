"""Frame: what charts that follow a control share: head and foot, axes and words, put into a scene in pixels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from debtdesk.views.canvas import LABEL, MARGIN, SMALL, TICK, TITLE, line_height, text_width, wrapped
from debtdesk.views.colours import AXIS, GRID, INK, QUIET
from debtdesk.views.placing import Box
from debtdesk.views.scales import amount_labels, amount_ticks, month_ticks
from debtdesk.views.scene import Scene, Stroke

HALF_CAPITAL = 0.5  # of the size in points: what puts a text's middle on a line, in pixels


class Frame:
    """A scene with a title above and a source below; `room` is what they leave. [pixels]"""

    def __init__(self, language: str, title: str, source: str, width: int, height: int) -> None:
        self.language, self.scene = language, Scene(width, height)
        title = wrapped(title, TITLE, width - 2 * MARGIN, bold=True)
        source = wrapped(source, SMALL, width - 2 * MARGIN, lines=3)
        high, low = line_height(TITLE), line_height(SMALL)
        self.scene.text(title, MARGIN, height - 8 - 0.72 * high, size=TITLE, bold=True)
        notes = source.count("\n") + 1 if source else 0
        self.scene.text(source, MARGIN, 10 + (notes - 1) * low, size=SMALL, colour=QUIET)
        upper = height - 8 - high * (title.count("\n") + 1)
        self.room = Box(MARGIN, 7 + notes * low, width - MARGIN, upper)

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = LABEL,
        bold: bool = False,
        colour: str = INK,
        at: float = 0.0,
    ) -> None:
        """Write a line whose base line passes y; `at` is which share of its width lies left of x."""
        self.scene.text(text, x - at * text_width(text, size, bold=bold), y, size=size, bold=bold, colour=colour)

    def line(self, xs: Sequence[float], ys: Sequence[float], colour: str, width: float = 1, *, below: bool) -> None:
        """Draw a line under or over what is filled."""
        (self.scene.below if below else self.scene.above).append(Stroke(xs, ys, colour, width))


class Scale:
    """An axis of amounts: its ticks [fen], their labels, the unit, and the width of the widest in pixels.

    It begins at nothing, or with `near` close to the least of the values.
    """

    def __init__(self, values: Sequence[int], language: str, *, most: int = 5, near: bool = False) -> None:
        least, largest = min(values, default=0), max(values, default=0)
        self.ticks = amount_ticks(largest, least, most=most)
        if near and 0 < least < largest:
            step = amount_ticks(largest - least, most=most)[1]
            self.ticks = list(range(least // step * step, -(-largest // step) * step + 1, step))
        self.labels, self.unit = amount_labels(self.ticks, language)
        self.width = max(text_width(t, TICK) for t in (*self.labels, self.unit))

    def place(self, fen: float, low: float, high: float) -> float:
        """Return where an amount stands between two pixels."""
        return low + (fen - self.ticks[0]) / (self.ticks[-1] - self.ticks[0]) * (high - low)

    def up(self, frame: Frame, box: Box, *, labelled: bool = True) -> None:
        """Draw its lines from the left to the right of a box, and its labels beside them."""
        for tick, text in zip(self.ticks, self.labels, strict=True):
            y = self.place(tick, box.lower, box.upper)
            frame.line((box.left, box.right), (y, y), GRID if tick not in (0, self.ticks[0]) else AXIS, below=True)
            if labelled:
                frame.write(box.left - 8, y - HALF_CAPITAL * TICK, text, size=TICK, colour=QUIET, at=1)

    def across(self, frame: Frame, box: Box) -> None:
        """Draw its lines from the foot to the head of a box, and its labels below them."""
        for tick, text in zip(self.ticks, self.labels, strict=True):
            x = self.place(tick, box.left, box.right)
            frame.line((x, x), (box.lower, box.upper), GRID, below=True)
            frame.write(x, box.lower - 20, text, size=TICK, colour=QUIET, at=0.5)


class Days:
    """An axis of days between the left and the right of a box. [pixels]"""

    def __init__(self, first: date, last: date, box: Box) -> None:
        self._first, self._span = first.toordinal(), max(1, (last - first).days)
        self._box, self._ends = box, (first, last)

    def place(self, day: date) -> float:
        """Return where a day stands."""
        share = (day.toordinal() - self._first) / self._span
        return self._box.left + share * (self._box.right - self._box.left)

    def write(self, frame: Frame) -> None:
        """Write the days below the box, as many as have room."""
        box, end = self._box, float("-inf")
        for day, text in month_ticks(*self._ends, most=max(2, int((box.right - box.left) // 80))):
            x, wide = self.place(day), text_width(text, TICK)
            begin = x - wide if x + wide / 2 > box.right + 16 else max(x - wide / 2, box.left - 4)
            if begin > end + 6:
                frame.write(begin, box.lower - 20, text, size=TICK, colour=QUIET)
                end = begin + wide
