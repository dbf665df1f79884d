"""Growth: the parts of what is owed, stacked over time, drawn fast enough to follow a slider."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from debtdesk.core.portfolio import CaseGrowth
from debtdesk.core.projection import Growth
from debtdesk.core.terms import Part
from debtdesk.locale import Message
from debtdesk.views.canvas import LABEL, MARGIN, SMALL, TICK, TITLE, line_height, text_width, wrapped
from debtdesk.views.colours import AXIS, GRID, INK, PAPER, QUIET, shade
from debtdesk.views.convention import hatched_parts
from debtdesk.views.scales import amount_labels, amount_ticks, month_ticks, spread
from debtdesk.views.scene import Fill, Painter, Scene, Stroke, still
from debtdesk.views.words import day as day_text
from debtdesk.views.words import money, name_of

GAP = 21.0  # pixels between two labels
STRIP = 33.0  # pixels above the stack, for the unit and the day of overtaking
FOOT = 28.0  # pixels below it, for the days
BESIDE = 24.0  # pixels between the stack and its labels
WIDEST_LABEL = 0.34  # of the width, for the payment's label
HALF_CAPITAL = 0.5  # of the size in points: what puts a text's middle on a line, in pixels


class GrowthChart:
    """A chart that is drawn again and again while a slider moves.

    Parameters
    ----------
    language : str
        "zh" or "en"; may be set later.
    width_px, height_px : int
        Size of the picture. [pixels]
    """

    def __init__(self, language: str, width_px: int = 1100, height_px: int = 420) -> None:
        self.language = language
        self.resize(width_px, height_px)

    def resize(self, width_px: int, height_px: int) -> None:
        """Take another size. [pixels]"""
        self.width, self.height = width_px, height_px
        self._painter = Painter(width_px, height_px)
        self._scene = Scene(width_px, height_px)
        self._beside, self._spoken = 0.0, self.language

    def draw(
        self,
        days: Sequence[date],
        parts: Mapping[str, Sequence[int]],
        *,
        with_payment: Sequence[int] | None = None,
        payment_label: str | None = None,
        overtake: date | None = None,
        title: str = "",
        source: str = "",
        hatched: Collection[str] = (),
    ) -> bytes:
        """Return the chart as PNG.

        Parameters
        ----------
        days : sequence of date
            At least one, in order.
        parts : mapping
            What is owed of each part on each day, stacked in this order. [fen]
        with_payment : sequence of int, optional
            What is left on each day when a sum is paid each month. [fen]
        payment_label : str, optional
            What that line is, for instance "with 600 yuan a month".
        overtake : date, optional
            The day on which the charges exceed the principal; marked where it lies within the days.
        title, source : str
            The message above, and where the figures come from below.
        hatched : collection of str
            The parts that are uncertain.
        """
        scene = self._scene = Scene(self.width, self.height)
        stack = np.cumsum([np.zeros(len(days)), *(np.asarray(v, dtype=float) for v in parts.values())], axis=0)
        ends = [*stack[-1], *(with_payment or ())]
        beside = self._beside_texts(parts, with_payment, payment_label)
        lower, upper = self._head_and_foot(title, source)
        view = self._axes(days, amount_ticks(round(max(ends))), lower, upper, beside)
        for i, name in enumerate(parts):
            if stack[-1].any() and any(parts[name]):
                tone = shade(name)
                hatch = tone.on_fill if name in hatched else None
                scene.fills.append(Fill(view.band(stack[i], stack[i + 1]), tone.fill, hatch))
        if overtake is not None and days[0] <= overtake <= days[-1]:
            self._mark(view, overtake)
        if with_payment is not None:
            xs, ys = view.line(with_payment)
            scene.above += [Stroke(xs, ys, PAPER, 6), Stroke(xs, ys, INK, 3)]
        self._write_beside(view, beside, parts, stack, with_payment)
        return self._painter.paint(scene)

    def still(self) -> Figure:
        """Return what was last drawn as a figure, for saving as PNG or SVG."""
        return still(self._scene)

    # -- layout -------------------------------------------------------------------------------------------------------

    def _beside_texts(
        self, parts: Mapping[str, Sequence[int]], with_payment: Sequence[int] | None, payment_label: str | None
    ) -> dict[str, tuple[str, str]]:
        """Return name and amount for each part that is owed at the end, for all of them, and for the payment."""
        found = {p: (name_of(p).in_language(self.language), self._amount(v[-1])) for p, v in parts.items() if v[-1]}
        everything = sum(int(v[-1]) for v in parts.values())
        found["total"] = (Message("in all").in_language(self.language), self._amount(everything))
        if with_payment is not None:
            amount = self._amount(with_payment[-1])
            room = self.width * WIDEST_LABEL - text_width(amount, LABEL) - 10
            label = payment_label or Message("with the payment").in_language(self.language)
            name = wrapped(label, LABEL, room, lines=1)
            found["payment"] = (name, amount)
        wide = max(text_width(a, LABEL, bold=p == "total") + 10 for p, (a, _) in found.items())
        numbers = max(text_width(b, LABEL, bold=p == "total") for p, (_, b) in found.items())
        if self._spoken != self.language:
            self._beside, self._spoken = 0.0, self.language
        self._beside = max(self._beside, wide + numbers)  # never narrower than before: the stack shall not jump
        return found

    def _amount(self, fen: int) -> str:
        return money(int(fen), self.language, short=True)

    def _head_and_foot(self, title: str, source: str) -> tuple[float, float]:
        """Write title and source, and return the lower and the upper edge of what they leave. [pixels]"""
        room = self.width - 2 * MARGIN
        title = wrapped(title, TITLE, room, bold=True)
        source = wrapped(source, SMALL, room)
        high, low = line_height(TITLE), line_height(SMALL)
        lines, notes = title.count("\n") + 1, source.count("\n") + 1
        self._scene.text(title, MARGIN, self.height - 8 - 0.72 * high, size=TITLE, bold=True)
        self._scene.text(source, MARGIN, 10 + (notes - 1) * low, size=SMALL, colour=QUIET)
        return 8 + notes * low + FOOT, self.height - 8 - lines * high - STRIP

    def _axes(
        self, days: Sequence[date], ticks: list[int], lower: float, upper: float, beside: Mapping[str, object]
    ) -> View:
        """Draw the frame and return where days and amounts stand in it."""
        scene = self._scene
        labels, unit = amount_labels(ticks, self.language)
        left = MARGIN + max(text_width(t, TICK) for t in (*labels, unit)) + 8
        right = self.width - MARGIN - self._beside - BESIDE
        view = View(left, lower, right, upper, days, ticks)
        for tick, text in zip(ticks, labels, strict=True):
            y = view.y(tick)
            scene.below.append(Stroke((left, right), (y, y), GRID if tick else AXIS, 1))
            scene.text(text, left - 8 - text_width(text, TICK), y - HALF_CAPITAL * TICK, size=TICK, colour=QUIET)
        scene.text(unit, left - 8 - text_width(unit, TICK), upper + 17, size=TICK, colour=QUIET)
        for day, text in month_ticks(days[0], days[-1], most=int((right - left) // 90)):
            wide, x = text_width(text, TICK), view.x(day)
            scene.below.append(Stroke((x, x), (lower - 5, lower), AXIS, 1))
            at = min(max(x - wide / 2, left - 4), self.width - MARGIN - wide)
            scene.text(text, at, lower - 20, size=TICK, colour=QUIET)
        return view

    def _mark(self, view: View, overtake: date) -> None:
        text, x = day_text(overtake, self.language), view.x(overtake)
        wide = text_width(text, TICK)
        self._scene.above += [Stroke((x, x), (view.lower, view.upper + 9), PAPER, 3.4)]
        self._scene.above += [Stroke((x, x), (view.lower, view.upper + 9), INK, 1.6, dashed=True)]
        at = min(max(x - wide / 2, view.left + 6), view.right - wide)
        self._scene.text(text, at, view.upper + 17, size=TICK)

    def _write_beside(
        self,
        view: View,
        texts: Mapping[str, tuple[str, str]],
        parts: Mapping[str, Sequence[int]],
        stack: Any,
        with_payment: Sequence[int] | None,
    ) -> None:
        """Write names and amounts to the right of the stack, kept apart, with a leader from where they belong."""
        tops = dict(zip(parts, zip(stack[:-1, -1], stack[1:, -1], strict=True), strict=True))
        wished = {p: view.y(sum(tops[p]) / 2) for p in texts if p in tops}
        wished["total"] = view.y(float(stack[-1, -1])) + 13
        if with_payment is not None:
            wished["payment"] = view.y(with_payment[-1])
        names = [p for p in texts if p in wished]
        places = spread([wished[p] for p in names], GAP, view.lower + 8, view.upper + 16)
        numbers = max(text_width(b, LABEL, bold=p == "total") for p, (_, b) in texts.items())
        for name, place in zip(names, places, strict=True):
            self._write_one(view, name, texts[name], wished[name], place, numbers)

    def _write_one(
        self, view: View, name: str, text: tuple[str, str], wish: float, place: float, numbers: float
    ) -> None:
        bold, colour = name == "total", INK if name in ("total", "payment") else shade(name).ink
        y, left = place - HALF_CAPITAL * LABEL, view.right + BESIDE
        self._scene.text(text[0], left, y, bold=bold, colour=colour)
        end = self.width - MARGIN - text_width(text[1], LABEL, bold=bold)
        self._scene.text(text[1], end, y, bold=bold, colour=colour)
        if not bold:
            xs = (view.right + 3, view.right + 8, left - 9, left - 4)
            self._scene.above.append(Stroke(xs, (wish, wish, place, place), colour, 1.2 if name != "payment" else 2.4))


class View:
    """Where days and amounts stand: the edges of the stack in pixels, and what they mean."""

    def __init__(
        self, left: float, lower: float, right: float, upper: float, days: Sequence[date], ticks: Sequence[int]
    ) -> None:
        self.left, self.lower, self.right, self.upper = left, lower, right, upper
        self._low, self._high = ticks[0], ticks[-1]
        self._first, self._last = days[0].toordinal(), days[-1].toordinal()
        self._xs = np.array([self.x(d) for d in days])

    def x(self, day: date) -> float:
        """Return where a day stands; where there is only one, in the middle. [pixels]"""
        if self._first == self._last:
            return (self.left + self.right) / 2
        return self.left + (day.toordinal() - self._first) / (self._last - self._first) * (self.right - self.left)

    def y(self, fen: Any) -> Any:
        """Return where an amount stands, or several. [pixels]"""
        return self.lower + (fen - self._low) / (self._high - self._low) * (self.upper - self.lower)

    def line(self, amounts: Sequence[int]) -> tuple[Any, Any]:
        """Return the points of a line over all days; over the whole width where there is one day. [pixels]"""
        ys = self.y(np.asarray(amounts, dtype=float))
        if self._first == self._last:
            return np.array([self.left, self.right]), np.array([ys[-1], ys[-1]])
        return self._xs, ys

    def band(self, low: Sequence[float], high: Sequence[float]) -> Any:
        """Return the corners of what lies between two lines. [pixels]"""
        (xs, bottom), (_, top) = self.line(low), self.line(high)  # type: ignore[arg-type]
        return np.column_stack([np.concatenate([xs, xs[::-1]]), np.concatenate([bottom, top[::-1]])])


def balance_chart(
    growths: Growth | CaseGrowth | Iterable[Growth],
    language: str,
    *,
    title: str = "",
    source: str = "",
    width_px: int = 1100,
    height_px: int = 420,
    **options: Any,
) -> Figure:
    """Return a still figure of how debts grow, all of them together, for saving as PNG or SVG.

    `options` are those of `GrowthChart.draw`: with_payment, payment_label, overtake.

    Raises
    ------
    ValueError
        If several growths are not looked at on the same days.
    """
    chart = GrowthChart(language, width_px, height_px)
    if isinstance(growths, CaseGrowth):
        days, debts = growths.days, growths.debts
        parts = {p.value: growths.parts[p] for p in Part}
    else:
        several = [growths] if isinstance(growths, Growth) else list(growths)
        days, debts = several[0].days, tuple(g.debt for g in several)
        if any(g.days != days for g in several):
            raise ValueError("growths must be looked at on the same days")
        parts = {p.value: tuple(sum(g.balances[i].part(p) for g in several) for i in range(len(days))) for p in Part}
    chart.draw(days, parts, title=title, source=source, hatched=hatched_parts(debts), **options)
    return chart.still()
