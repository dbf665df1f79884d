"""Growth: the parts of what is owed, stacked over time, drawn fast enough to follow a slider."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text

from debtdesk.core.portfolio import CaseGrowth
from debtdesk.core.projection import Growth
from debtdesk.core.terms import PARTS, Part
from debtdesk.locale import Message
from debtdesk.views import canvas
from debtdesk.views.canvas import LABEL, MARGIN, SMALL, TICK, TITLE, font
from debtdesk.views.colours import AXIS, GRID, INK, PAPER, QUIET, UNCERTAIN_HATCH, shade
from debtdesk.views.convention import hatched_parts
from debtdesk.views.scales import amount_labels, amount_ticks, month_ticks, spread
from debtdesk.views.words import day as day_text
from debtdesk.views.words import money, name_of

GAP = 21.0  # pixels between two labels
STRIP = 26.0  # pixels above the axes, for the unit and the day of overtaking
WIDEST_LABEL = 330.0


class GrowthChart:
    """One figure that is drawn again and again: its fills, lines and labels are kept and only their data change.

    The frame (axes, ticks, source) is kept as a picture and drawn anew only when it changes.

    Parameters
    ----------
    language : str
        "zh" or "en"; may be set later.
    width_px, height_px : int
        Size of the picture. [pixels]
    """

    def __init__(self, language: str, width_px: int = 1100, height_px: int = 420) -> None:
        self.language = language
        self.width, self.height = width_px, height_px
        self.redraws = 0
        self._drawn: tuple[Any, ...] = ()
        self._label_width = 0.0
        self._build()

    def resize(self, width_px: int, height_px: int) -> None:
        """Take another size. [pixels]"""
        if (width_px, height_px) != (self.width, self.height):
            self.width, self.height = width_px, height_px
            self._build()

    def _build(self) -> None:
        self.figure = canvas.new_figure(self.width, self.height)
        self._axes = self.figure.add_axes((0.1, 0.1, 0.6, 0.7))
        for side in ("top", "right", "left"):
            self._axes.spines[side].set_visible(False)
        self._axes.spines["bottom"].set_color(AXIS)
        self._axes.tick_params(length=0, labelcolor=QUIET, pad=6)
        self._axes.set_axisbelow(True)
        self._axes.grid(True, axis="y", color=GRID, linewidth=1)
        bold, label = font(LABEL, bold=True), font(LABEL)
        self._fills: dict[str, PolyCollection] = {}
        self._casing = self._line(color=PAPER, linewidth=6)
        self._paying = self._line(color=INK, linewidth=3)
        self._mark = self._line(color=INK, linewidth=1.4, linestyle=(0, (4, 3)))
        self._title = self._text(font(TITLE, bold=True), va="top")
        self._overtake = self._text(font(TICK))
        self._labels: dict[str, Text] = {}
        self._leaders: dict[str, Line2D] = {}
        self._total, self._paying_label = self._text(bold), self._text(label)
        self._source = canvas.write(self.figure, MARGIN, 7, "", font(SMALL), color=QUIET, va="bottom")
        self._unit = canvas.write(self.figure, 0, 0, "", font(TICK), color=QUIET, ha="right")
        self._drawn, self._label_width = (), 0.0

    def _line(self, **options: Any) -> Line2D:
        line = Line2D([], [], animated=True, solid_capstyle="butt", zorder=5, **options)
        self._axes.add_line(line)
        return line

    def _text(self, style: Any, **options: Any) -> Text:
        return canvas.write(self.figure, 0, 0, "", style, animated=True, **options)

    # -- drawing ------------------------------------------------------------------------------------------------------

    def draw(
        self,
        days: Sequence[date],
        parts: Mapping[str, Sequence[int]],
        *,
        with_payment: Sequence[int] | None = None,
        payment_label: str = "",
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
        payment_label : str
            What that line is, for instance "with 600 yuan a month".
        overtake : date, optional
            The day on which the charges exceed the principal; marked where it lies within the days.
        title, source : str
            The message above, and where the figures come from below.
        hatched : collection of str
            The parts that are uncertain.
        """
        self._set(days, parts, with_payment, payment_label, overtake, title, source, frozenset(hatched))
        renderer_canvas: Any = self.figure.canvas
        renderer_canvas.restore_region(self._background)
        for artist in self._dynamic():
            self.figure.draw_artist(artist)
        return canvas.picture(self.figure)

    def still(self) -> Figure:
        """Return the figure as last drawn, whole, for saving as PNG or SVG; drawing again goes on with a new one."""
        figure = self.figure
        for artist in self._dynamic():
            artist.set_animated(False)
        self._build()
        return figure

    def _dynamic(self) -> list[Any]:
        fills = list(self._fills.values())
        lines = [self._mark, self._casing, self._paying, *self._leaders.values()]
        return [*fills, *lines, self._title, self._overtake, *self._labels.values(), self._total, self._paying_label]

    def _set(
        self,
        days: Sequence[date],
        parts: Mapping[str, Sequence[int]],
        with_payment: Sequence[int] | None,
        payment_label: str,
        overtake: date | None,
        title: str,
        source: str,
        hatched: frozenset[str],
    ) -> None:
        stack = np.cumsum([np.zeros(len(days)), *(np.asarray(v, dtype=float) for v in parts.values())], axis=0)
        top = max(float(stack[-1].max()), float(max(with_payment or (0,))))
        ends = {p: int(v[-1]) for p, v in parts.items() if v[-1] > 0}
        texts = {p: f"{name_of(p).in_language(self.language)}  {self._amount(v)}" for p, v in ends.items()}
        total = f"{Message('in all').in_language(self.language)}  {self._amount(sum(ends.values()))}"
        paying = ""
        if with_payment is not None:
            paying = canvas.wrapped(
                self.figure, f"{payment_label}  {self._amount(with_payment[-1])}", font(LABEL), WIDEST_LABEL
            )
        wide = max(
            canvas.width_of(self.figure, total, font(LABEL, bold=True)),
            *(canvas.width_of(self.figure, t, font(LABEL)) for t in (*texts.values(), paying)),
        )
        self._label_width = max(self._label_width, wide)
        title = canvas.wrapped(self.figure, title, font(TITLE, bold=True), self.width - 2 * MARGIN)
        self._frame(days, amount_ticks(round(top)), title.count("\n") + 1, source)
        self._title.set_text(title)
        canvas.move(self.figure, self._title, MARGIN, self.height - 10)
        x = self._x(days)
        self._set_fills(x, parts, stack, hatched)
        for line in (self._casing, self._paying):
            line.set_data(x, self._two(with_payment) if with_payment is not None else [np.nan] * len(x))
        self._set_overtake(overtake, days)
        self._set_labels(parts, texts, stack, total, paying, with_payment)

    def _amount(self, fen: int) -> str:
        return money(fen, self.language, short=True)

    def _x(self, days: Sequence[date]) -> Any:
        if len(days) == 1:
            return np.array([days[0].toordinal() - 0.5, days[0].toordinal() + 0.5])
        return np.array([d.toordinal() for d in days], dtype=float)

    def _two(self, values: Any) -> Any:
        """Return the values, a single one twice, so that it has a width."""
        return np.repeat(np.asarray(values, dtype=float), 2 if len(values) == 1 else 1)

    def _set_fills(self, x: Any, parts: Mapping[str, Any], stack: Any, hatched: frozenset[str]) -> None:
        for name in [n for n in self._fills if n not in parts]:
            self._fills.pop(name).remove()
        for i, name in enumerate(parts):
            if name not in self._fills:
                fill = PolyCollection([], facecolor=shade(name).fill, edgecolor=PAPER, linewidth=1.2, animated=True)
                self._fills[name] = fill
                self._axes.add_collection(fill, autolim=False)
            low, high = self._two(stack[i]), self._two(stack[i + 1])
            corners = np.column_stack([np.concatenate([x, x[::-1]]), np.concatenate([low, high[::-1]])])
            self._fills[name].set_verts([corners] if stack[i + 1].any() and len(x) else [])
            self._fills[name].set_hatch(UNCERTAIN_HATCH if name in hatched else None)

    def _set_overtake(self, overtake: date | None, days: Sequence[date]) -> None:
        shown = overtake is not None and days[0] <= overtake <= days[-1]
        self._mark.set_data(
            [overtake.toordinal()] * 2 if shown and overtake else [], list(self._limits) if shown else []
        )
        self._overtake.set_text(day_text(overtake, self.language) if shown and overtake else "")
        if shown and overtake:
            width = canvas.width_of(self.figure, self._overtake.get_text(), font(TICK))
            at = self._pixel(overtake.toordinal(), 0)[0] - width / 2
            left, _, right, upper = self._box
            canvas.move(self.figure, self._overtake, min(max(at, left + 4), right - width), upper + 8)

    def _set_labels(
        self,
        parts: Mapping[str, Any],
        texts: Mapping[str, str],
        stack: Any,
        total: str,
        paying: str,
        with_payment: Sequence[int] | None,
    ) -> None:
        middles = {n: (stack[i][-1] + stack[i + 1][-1]) / 2 for i, n in enumerate(parts) if n in texts}
        for name in [n for n in self._labels if n not in texts]:
            self._labels.pop(name).remove()
            self._leaders.pop(name).remove()
        for name in texts:
            if name not in self._labels:
                self._labels[name] = self._text(font(LABEL), color=shade(name).ink, va="center")
                self._leaders[name] = Line2D([], [], animated=True, color=shade(name).ink, linewidth=1)
                self.figure.add_artist(self._leaders[name])
        wanted = [*middles.values(), stack[-1][-1]] + ([float(with_payment[-1])] if with_payment is not None else [])
        _, lower, right, upper = self._box
        pixels = [self._pixel(0, v)[1] for v in wanted]
        pixels[len(middles)] += 14
        places = spread(pixels, GAP, lower + 8, upper + 12)
        at = right + 22
        for name, wish, place in zip(middles, pixels, places, strict=False):
            self._labels[name].set_text(texts[name])
            canvas.move(self.figure, self._labels[name], at, place)
            ends = np.array([[right + 3, right + 9, at - 4], [wish, wish, place]])
            self._leaders[name].set_data(ends[0] / self.width, ends[1] / self.height)
        self._total.set_text(total)
        self._total.set_va("center")
        canvas.move(self.figure, self._total, at, places[len(middles)])
        self._paying_label.set_text(paying)
        self._paying_label.set_va("center")
        if paying:
            canvas.move(self.figure, self._paying_label, at, places[-1])

    # -- the frame ----------------------------------------------------------------------------------------------------

    def _pixel(self, x: float, y: float) -> tuple[float, float]:
        left, lower, right, upper = self._box
        (x0, x1), (y0, y1) = self._axes.get_xlim(), self._limits
        return left + (x - x0) / (x1 - x0) * (right - left), lower + (y - y0) / (y1 - y0) * (upper - lower)

    def _frame(self, days: Sequence[date], ticks: list[int], title_lines: int, source: str) -> None:
        """Draw axes, ticks and source where they differ from what was drawn, and keep them as a picture."""
        asked = (days[0], days[-1], tuple(ticks), title_lines, source, self.language, self._label_width)
        if asked == self._drawn:
            return
        labels, unit = amount_labels(ticks, self.language)
        source = canvas.wrapped(self.figure, source, font(SMALL), self.width - 2 * MARGIN)
        self._source.set_text(source)
        tick = font(TICK)
        left = MARGIN + max(canvas.width_of(self.figure, t, tick) for t in (*labels, unit)) + 8
        right = self.width - MARGIN - self._label_width - 22
        lower = 7 + canvas.line_height(font(SMALL)) * (source.count("\n") + 1) + 30
        upper = self.height - 10 - canvas.line_height(font(TITLE)) * title_lines - STRIP
        self._box = (left, lower, right, upper)
        self._limits = (float(ticks[0]), float(ticks[-1]))
        w, h = self.width, self.height
        self._axes.set_position((left / w, lower / h, (right - left) / w, (upper - lower) / h))
        x = self._x(days)
        if len(days) > 1 and days[0] == days[-1]:
            x = self._x(days[:1])
        self._axes.set_xlim(x[0], x[-1])
        self._axes.set_ylim(*self._limits)
        self._axes.set_yticks(ticks, labels)
        marks = month_ticks(days[0], days[-1], most=int((right - left) // 90))
        self._axes.set_xticks([d.toordinal() for d, _ in marks], [t for _, t in marks])
        for text in (*self._axes.get_xticklabels(), *self._axes.get_yticklabels()):
            text.set_fontproperties(tick)
            text.set_parse_math(False)
        self._unit.set_text(unit)
        canvas.move(self.figure, self._unit, left - 6, upper + 8)
        drawing: Any = self.figure.canvas
        drawing.draw()
        self._background = drawing.copy_from_bbox(self.figure.bbox)
        self._drawn = asked
        self.redraws += 1


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
        parts = {p.value: tuple(sum(g.balances[i].part(p) for g in several) for i in range(len(days))) for p in PARTS}
    chart.draw(days, parts, title=title, source=source, hatched=hatched_parts(debts), **options)
    return chart.still()
