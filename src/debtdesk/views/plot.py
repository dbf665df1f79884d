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
from debtdesk.views.scales import amount_labels, amount_ticks, month_ticks, spread

STRIP = 30.0  # pixels above the axes, for the unit
FOOT = 28.0  # pixels below the axes, for the ticks


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels from the lower left corner."""

    left: float
    lower: float
    right: float
    upper: float

    def meets(self, other: Box) -> bool:
        """Return whether two rectangles overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.lower < other.upper
            and other.lower < self.upper
        )

    def holds(self, other: Box) -> bool:
        """Return whether another lies inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.lower <= other.lower
            and other.upper <= self.upper
        )


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
        at = [tuple(map(float, axes.transData.transform((x, y)))) for x, y, _, _ in points]
        full = [*taken, *(Box(x - radius, y - radius, x + radius, y + radius) for x, y in at)]
        labels: list[Box] = []
        width, height = canvas.size_of(self.figure)
        # from right to left, so that leaders going down or up pass to the left of the labels that stand already
        for (x, y), (_, _, text, colour) in sorted(zip(at, points, strict=True), key=lambda p: -p[0][0]):
            text = self.wrapped(text, 200)
            wide, high = self.width_of(text) + 6, canvas.line_height(LABEL) * (text.count("\n") + 1)
            spot = _spot(x, y, wide, high, radius, full, labels, box)
            self.write(spot.left + 3, (spot.lower + spot.upper) / 2, text, color=colour, va="center")
            labels.append(spot)
            full.append(spot)
            if leader := _leader(spot, x, y, radius):
                full.append(leader)
                end, edge = _end(spot, x, y)
                self.stroke([x / width, end / width], [y / height, edge / height], colour)


@dataclass(frozen=True, slots=True)
class Amounts:
    """The ticks of an axis of amounts [fen], their labels, the unit, and the width of the widest in pixels."""

    ticks: list[int]
    labels: list[str]
    unit: str
    width: float


def _spot(
    x: float, y: float, wide: float, high: float, radius: float, full: Sequence[Box], labels: Sequence[Box], box: Box
) -> Box:
    """Return the first free rectangle around a point whose leader crosses no label.

    Tried are beside it, above, below, then farther away.
    """
    near = radius + 4
    tries = [
        (x + near, y - high / 2),
        (x - near - wide, y - high / 2),
        (x - wide / 2, y + near),
        (x - wide / 2, y - near - high),
    ]
    for away in range(1, 14):
        step = near + away * high * 0.75
        for side in (x - 8, x - wide / 2, x - wide + 8):
            tries += [(side, y + step), (side, y - step - high)]
    spots = [_pushed(Box(a, b, a + wide, b + high), box) for a, b in tries]
    free = [s for s in spots if not any(s.meets(t) for t in full)]
    leaders = ((s, _leader(s, x, y, radius)) for s in free)
    clear = (s for s, leader in leaders if leader is None or not any(leader.meets(t) for t in labels))
    return next(clear, (free or spots)[0])


def _end(spot: Box, x: float, y: float) -> tuple[float, float]:
    """Return where a leader from a point meets its label."""
    return min(max(x, spot.left + 8), spot.right - 8), spot.lower if spot.lower > y else spot.upper


def _leader(spot: Box, x: float, y: float, radius: float) -> Box | None:
    """Return the rectangle of the leader from a point to its label; None where the label stands close."""
    high = spot.upper - spot.lower
    if abs((spot.lower + spot.upper) / 2 - y) <= high + radius:
        return None
    end, edge = _end(spot, x, y)
    return Box(min(x, end) - 1, min(y, edge) + 1, max(x, end) + 1, max(y, edge) - 1)


def _pushed(spot: Box, box: Box) -> Box:
    """Return a rectangle moved into a box."""
    dx = max(box.left - spot.left, 0) + min(box.right - spot.right, 0)
    dy = max(box.lower - spot.lower, 0) + min(box.upper - spot.upper, 0)
    return Box(spot.left + dx, spot.lower + dy, spot.right + dx, spot.upper + dy)
