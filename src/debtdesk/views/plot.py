"""Plot: the frame that the still charts share: message, axes of amounts and days, labels that keep apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle

from debtdesk.views import canvas
from debtdesk.views.canvas import LABEL, MARGIN, TICK, font
from debtdesk.views.colours import AXIS, GRID, INK, QUIET
from debtdesk.views.placing import Box, leader_end, leader_of, placed
from debtdesk.views.scales import amount_labels, amount_ticks, month_ticks, spread

STRIP = 30.0  # pixels above the axes, for the unit
FOOT = 28.0  # pixels below the axes, for the ticks


class Plot:
    """A figure with a title and a source, and the room between them for axes."""

    def __init__(self, language: str, title: str, source: str, width_px: int, height_px: int) -> None:
        self.language = language
        self.figure: Figure = canvas.new_figure(width_px, height_px)
        upper, lower = canvas.head_and_foot(self.figure, title, source)
        self.room = Box(MARGIN, lower, width_px - MARGIN, upper)

    def write(self, x: float, y: float, text: str, *, size: float = LABEL, bold: bool = False, **options: Any) -> Any:
        """Write a text at a place in pixels."""
        return canvas.write(self.figure, x, y, text, font(size, bold=bold), **options)

    def width_of(self, text: str, *, size: float = LABEL, bold: bool = False) -> float:
        """Return the width of a text in pixels."""
        return canvas.text_width(text, size, bold=bold)

    def wrapped(self, text: str, width: float, *, size: float = LABEL, lines: int = 2) -> str:
        """Return a text broken into lines no wider than a width in pixels."""
        return canvas.wrapped(text, size, width, lines=lines)

    def axes(self, box: Box, *, grid: Literal["x", "y", "both"] | None = "y") -> Any:
        """Return axes in a box, with ticks of ours."""
        width, height = canvas.size_of(self.figure)
        place = (box.left / width, box.lower / height, (box.right - box.left) / width, (box.upper - box.lower) / height)
        axes = self.figure.add_axes(place)
        for side in ("top", "right", "left"):
            axes.spines[side].set_visible(False)
        axes.spines["bottom"].set_color(AXIS)
        axes.tick_params(length=0, labelcolor=QUIET, pad=6)
        axes.set_axisbelow(True)
        axes.set_xticks([])
        axes.set_yticks([])
        if grid:
            axes.grid(True, axis=grid, color=GRID, linewidth=1)
        return axes

    def amounts(self, values: Sequence[int], *, most: int = 5) -> Amounts:
        """Return an axis of amounts that holds all values. [fen]"""
        ticks = amount_ticks(max(values, default=0), min(values, default=0), most=most)
        labels, unit = amount_labels(ticks, self.language)
        wide = max(self.width_of(t, size=TICK) for t in (*labels, unit))
        return Amounts(ticks, labels, unit, wide)

    def up(self, axes: Any, amounts: Amounts, box: Box, *, name: str = "") -> float:
        """Give axes their amounts upwards; the unit stands above, behind the name of what is shown.

        Returns where that ends. [pixels]
        """
        axes.set_ylim(amounts.ticks[0], amounts.ticks[-1])
        axes.set_yticks(amounts.ticks, amounts.labels)
        self.style(axes.get_yticklabels())
        if not name:
            self.write(box.left - 6, box.upper + 13, amounts.unit, size=TICK, color=QUIET, ha="right")
            return box.left - 6
        text = f"{name} ({amounts.unit})"
        self.write(MARGIN, box.upper + 13, text, size=TICK, color=QUIET)
        return MARGIN + self.width_of(text, size=TICK)

    def days(self, axes: Any, first: date, last: date, box: Box) -> None:
        """Give axes their days to the right."""
        axes.set_xlim(first.toordinal(), max(last.toordinal(), first.toordinal() + 1))
        room = box.right - box.left
        places: list[tuple[date, str, str]] = []
        end = -1.0
        for day, text in month_ticks(first, last, most=max(2, int(room // 80))):
            x = box.left + (day.toordinal() - first.toordinal()) / max(1, (last - first).days) * room
            wide = self.width_of(text, size=TICK)
            side = "right" if x + wide / 2 > box.right + 16 else "center"
            side = "left" if x - wide / 2 < box.left - 24 else side
            begin = x - {"right": wide, "center": wide / 2, "left": 0.0}[side]
            if begin > end + 6:
                places.append((day, text, side))
                end = begin + wide
        axes.set_xticks([d.toordinal() for d, _, _ in places], [t for _, t, _ in places])
        self.style(axes.get_xticklabels())
        for label, (_, _, side) in zip(axes.get_xticklabels(), places, strict=True):
            label.set_ha(side)

    def style(self, texts: Sequence[Any]) -> None:
        """Give tick labels our font."""
        for text in texts:
            text.set_fontproperties(font(TICK))
            text.set_parse_math(False)

    def key(self, y: float, entries: Sequence[tuple[str, str]]) -> None:
        """Write which colour stands for what, (colour, text) each, at the right end of a line above the axes."""
        x = self.room.right - sum(self.width_of(t, size=TICK) + 36 for _, t in entries) + 16
        width, height = canvas.size_of(self.figure)
        for colour, text in entries:
            patch = Rectangle((x / width, (y - 1) / height), 13 / width, 13 / height, facecolor=colour, linewidth=0)
            self.figure.add_artist(patch)
            self.write(x + 19, y, text, size=TICK, color=QUIET)
            x += self.width_of(text, size=TICK) + 36

    def mark(self, axes: Any, box: Box, value: float, text: str, *, colour: str = INK, after: float = 0) -> None:
        """Draw a dashed line at a value of the lower axis, with its label above the axes, to the right of `after`."""
        axes.axvline(value, color=colour, linewidth=1.4, linestyle=(0, (4, 3)), zorder=3)
        wide, middle = self.width_of(text, size=TICK), float(axes.transData.transform((value, 0))[0])
        at = min(max(middle - wide / 2, box.left + 6, after + 16), self.room.right - wide)
        self.write(at, box.upper + 13, text, size=TICK, color=colour)

    def beside(self, axes: Any, box: Box, labels: Sequence[tuple[float, str, str]], *, gap: float = 21.0) -> None:
        """Write labels to the right of axes at their amounts, kept apart, with a leader where one had to move."""
        width, height = canvas.size_of(self.figure)
        wished = [float(axes.transData.transform((0, value))[1]) for value, _, _ in labels]
        for wish, place, (_, text, colour) in zip(
            wished, spread(wished, gap, box.lower + 8, box.upper), labels, strict=True
        ):
            self.write(box.right + 22, place, text, color=colour, va="center")
            xs = [box.right + 3, box.right + 9, box.right + 18]
            self.stroke([x / width for x in xs], [y / height for y in (wish, wish, place)], colour)

    def stroke(self, xs: Sequence[float], ys: Sequence[float], colour: str) -> None:
        """Draw a thin line in fractions of the figure."""
        self.figure.add_artist(Line2D(list(xs), list(ys), color=colour, linewidth=1))

    def near(
        self,
        axes: Any,
        box: Box,
        points: Sequence[tuple[float, float, str, str]],
        *,
        radius: float = 9,
        taken: Sequence[Box] = (),
    ) -> None:
        """Write a label near each point (x, y, text, colour) so that labels overlap neither points nor each other.

        `taken` are rectangles to keep clear of too. [pixels]
        """
        transform = axes.transData.transform
        at = [(float(a), float(b)) for a, b in (transform((x, y)) for x, y, _, _ in points)]
        texts = [self.wrapped(text, 200) for _, _, text, _ in points]
        sizes = [(self.width_of(t) + 6, canvas.line_height(LABEL) * (t.count("\n") + 1)) for t in texts]
        spots = placed(at, sizes, taken, box, radius)
        width, height = canvas.size_of(self.figure)
        for (x, y), text, spot, (_, _, _, colour) in zip(at, texts, spots, points, strict=True):
            self.write(spot.left + 3, (spot.lower + spot.upper) / 2, text, color=colour, va="center")
            if leader_of(spot, x, y, radius):
                end, edge = leader_end(spot, x, y)
                self.stroke([x / width, end / width], [y / height, edge / height], colour)


@dataclass(frozen=True, slots=True)
class Amounts:
    """The ticks of an axis of amounts [fen], their labels, the unit, and the width of the widest in pixels."""

    ticks: list[int]
    labels: list[str]
    unit: str
    width: float
