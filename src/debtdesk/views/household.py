"""Household: where the money goes, and whether it reaches in every month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import numpy as np
from matplotlib.figure import Figure

from debtdesk.core.budget import CONSUMPTION, Budget, Category, Kind
from debtdesk.core.capacity import Capacity, capacity
from debtdesk.core.money import Rounding, divide
from debtdesk.core.terms import Known
from debtdesk.locale import Message
from debtdesk.views.bars import HALF_CAPITAL, Bar, Piece, bars_scene, head_and_foot
from debtdesk.views.canvas import LABEL, MARGIN, TICK, text_width
from debtdesk.views.colours import ALARM, AXIS, GRID, INK, PAPER, QUIET, Shade, shade
from debtdesk.views.scales import amount_labels, amount_ticks, spread
from debtdesk.views.scene import Fill, Scene, Stroke, still
from debtdesk.views.words import money, month, name_of, percent

MISSING = Shade(ALARM, ALARM, PAPER)
YEAR = 12
STRIP, FOOT = 33.0, 28.0  # pixels above the months, for the low points; below them, for their names
BESIDE = 24.0  # pixels between the months and their labels


# -- where the money goes ---------------------------------------------------------------------------------------------


def spending_scene(
    budget: Budget,
    language: str,
    *,
    month: date,
    months: int = 1,
    title: str = "",
    source: str = "",
    width_px: int = 760,
    height_px: int = 0,
) -> Scene:
    """Return where the money goes: a bar a category, its essential share dark, the rest light, the assumed hatched.

    Parameters
    ----------
    budget : Budget
    language : str
    month : date
        Any day of the month, the first one of several.
    months : int
        How many; of several the average is shown. [months]
    title, source : str
    width_px, height_px : int
        Size; height 0 gives each bar the same room. [pixels]
    """
    room = capacity(budget, start=month, months=months)
    bars = _bars(budget, room, language)
    entries = [(shade(n).fill, name_of(n).in_language(language)) for n in ("essentials", "flexible")]
    return bars_scene(bars, title or _message(room, language), source, width_px, height_px, key=entries)


def spending_chart(budget: Budget, language: str, *, month: date, **options: object) -> Figure:
    """Return where the money goes as a figure; `options` are those of `spending_scene`."""
    return still(spending_scene(budget, language, month=month, **options))  # type: ignore[arg-type]


def _mean(amounts: Sequence[int]) -> int:
    return divide(sum(amounts), len(amounts), Rounding.HALF_UP)


def _bars(budget: Budget, room: Capacity, language: str) -> list[Bar]:
    income, rest = _mean(room.income), _mean(room.left)

    def text(amount: int) -> str:
        shown = money(amount, language, short=True)
        share = percent(Fraction(amount, income), language, 0) if income else ""
        return f"{shown} · {share}" if share and 0 < amount < income else shown

    def bar(name: Message, tone: Shade, *pieces: Piece, amount: int = 0) -> Bar:
        found = pieces or (Piece(amount, tone),)
        return Bar(name.in_language(language), found, text(sum(p.amount for p in found)))

    spent = [bar(name_of(c), shade("essentials"), *p) for c in CONSUMPTION if (p := _spent(budget, room, c))]
    spent.sort(key=lambda b: -b.total)
    kept = zip(room.living, room.essentials, room.flexible, strict=True)
    more = _mean([v - e - f for v, e, f in kept])
    names = {"debt_service": _mean(room.debt_service), "reserve": _mean(room.reserve)}
    if more > 0:
        spent.append(bar(Message("up to the protected minimum"), shade("essentials"), amount=more))
    spent += [bar(name_of(n), shade(n), amount=amount) for n, amount in names.items() if amount]
    left = bar(Message("left for installments"), shade("paid"), amount=rest)
    spent.append(left if rest >= 0 else bar(Message("missing"), MISSING, amount=-rest))
    return [bar(name_of("income"), shade("income"), amount=income), *spent]


def _spent(budget: Budget, room: Capacity, category: Category) -> tuple[Piece, ...]:
    """Return what is spent on a category: essential and other, what is assumed behind what is not."""
    items = [i for i in budget.items if i.kind is Kind.EXPENSE and i.category is category]
    pieces = []
    for essential in (True, False):
        tone = shade("essentials" if essential else "flexible")
        for assumed in (False, True):
            fitting = [i for i in items if i.essential is essential and (i.known is Known.ASSUMED) is assumed]
            if amount := _mean([sum(i.in_month(m) for i in fitting) for m in room.months]):
                pieces.append(Piece(amount, tone, assumed))
    return tuple(pieces)


def _message(room: Capacity, language: str) -> str:
    rest = _mean(room.left)
    amount, when = money(abs(rest), language, whole=True), month(room.months[0], language)
    if len(room.months) > 1:
        income = money(_mean(room.income), language, whole=True)
        if rest >= 0:
            text = Message(
                "Of {income} in an average month, {amount} are left for installments", income=income, amount=amount
            )
        else:
            text = Message("In an average month the money does not reach: {amount} are missing", amount=amount)
    elif rest >= 0:
        text = Message("In {month}, {amount} are left for installments", month=when, amount=amount)
    else:
        text = Message("In {month}, {amount} are missing", month=when, amount=amount)
    return text.in_language(language)


# -- whether it reaches -----------------------------------------------------------------------------------------------


def cash_flow_scene(
    room: Capacity,
    language: str,
    *,
    installments: Sequence[int] | int | None = None,
    months: int = 24,
    title: str = "",
    source: str = "",
    width_px: int = 1100,
    height_px: int = 420,
) -> Scene:
    """Return month by month what is left before an installment (bars) and the cash at hand after it (line).

    The lowest month of each twelve is marked.

    Parameters
    ----------
    room : Capacity
    language : str
    installments : int or sequence of int, optional
        What is paid each month; the level installment if left out. [fen]
    months : int
        At most so many are shown. [months]
    title, source : str
    width_px, height_px : int
        Size. [pixels]
    """
    n = min(months, len(room.months))
    paid = room.level if installments is None else installments
    cash = room.cash(paid)[:n]
    each = [paid] * n if isinstance(paid, int) else list(paid[:n])
    scene = Scene(width_px, height_px)
    lower, upper = head_and_foot(scene, title or _cash_message(room, cash, each, language), source)
    labels = _labels(room, cash, each, language)
    right = width_px - MARGIN - max(text_width(t, LABEL) for _, t, _ in labels) - BESIDE
    ticks = amount_ticks(max(0, *room.left[:n], *cash, *each), min(0, *room.left[:n], *cash))
    frame = _Frame(scene, ticks, language, lower + FOOT, right, upper - STRIP, n)
    frame.months(room.months[:n])
    frame.bars([max(0, x) for x in room.left[:n]], shade("flexible"))
    frame.bars([min(0, x) for x in room.left[:n]], MISSING)
    if any(each):
        frame.steps(each)
    frame.line(cash, shade("paid").fill)
    for low in lows(cash):
        frame.mark(low, cash[low], _low(room.months[low], cash[low], language))
    frame.beside(labels)
    return scene


def cash_flow_chart(room: Capacity, language: str, **options: object) -> Figure:
    """Return the cash flow as a figure; `options` are those of `cash_flow_scene`."""
    return still(cash_flow_scene(room, language, **options))  # type: ignore[arg-type]


def lows(cash: Sequence[int]) -> list[int]:
    """Return the places of the lowest month of each twelve, the first of several; a rest of under six has none."""
    starts = [s for s in range(0, len(cash), YEAR) if s == 0 or len(cash) - s >= YEAR // 2]
    found = []
    for start in starts:
        places = range(start, min(start + YEAR, len(cash)))
        found.append(min(places, key=lambda i: cash[i]))
    return found


def _low(when: date, amount: int, language: str) -> str:
    shown = money(amount, language, short=True)
    return Message("{month}: {amount} at hand", month=when.isoformat()[:7], amount=shown).in_language(language)


def _labels(room: Capacity, cash: Sequence[int], each: Sequence[int], language: str) -> list[tuple[int, str, str]]:
    """Return what stands beside the last month: amount, text, colour."""
    found = [
        (cash[-1], Message("cash at hand after it").in_language(language), shade("paid").ink),
        (room.left[len(cash) - 1], Message("left before it").in_language(language), shade("flexible").ink),
    ]
    if any(each):
        amount = money(each[-1], language, short=True)
        found.append((each[-1], Message("installment {amount}", amount=amount).in_language(language), INK))
    return found


def _cash_message(room: Capacity, cash: Sequence[int], each: Sequence[int], language: str) -> str:
    low = min(range(len(cash)), key=lambda i: cash[i])
    when, amount = month(room.months[low], language), money(max(each), language, whole=True)
    if max(each) == 0:
        text = Message("Nothing is left for a regular installment")
    elif cash[low] < 0:
        text = Message("With {amount} a month the money does not reach in {month}", amount=amount, month=when)
    else:
        text = Message("With {amount} a month the money reaches; {month} is tightest", amount=amount, month=when)
    return text.in_language(language)


class _Frame:
    """Months to the right, amounts upwards, and what is drawn between them."""

    def __init__(
        self, scene: Scene, ticks: list[int], language: str, lower: float, right: float, upper: float, months: int
    ) -> None:
        self.scene, self.n = scene, months
        self._low, self._high = ticks[0], ticks[-1]
        self.lower, self.right, self.upper = lower, right, upper
        labels, unit = amount_labels(ticks, language)
        self.left = MARGIN + max(text_width(t, TICK) for t in (*labels, unit)) + 8
        self._marked = self.left
        for tick, text in zip(ticks, labels, strict=True):
            y = self.y(tick)
            scene.below.append(Stroke((self.left, right), (y, y), GRID if tick else AXIS, 1))
            scene.text(text, self.left - 8 - text_width(text, TICK), y - HALF_CAPITAL * TICK, size=TICK, colour=QUIET)
        scene.text(unit, self.left - 8 - text_width(unit, TICK), upper + 17, size=TICK, colour=QUIET)

    def y(self, fen: float) -> float:
        """Return where an amount stands. [pixels]"""
        return self.lower + (fen - self._low) / (self._high - self._low) * (self.upper - self.lower)

    def edge(self, i: int) -> float:
        """Return where a month begins. [pixels]"""
        return self.left + i / self.n * (self.right - self.left)

    def middle(self, i: int) -> float:
        """Return the middle of a month. [pixels]"""
        return (self.edge(i) + self.edge(i + 1)) / 2

    def months(self, days: Sequence[date]) -> None:
        """Write the months below, every one, every third or every January, as there is room."""
        wide = text_width("2026-12", TICK) + 14
        fitting = max(1, int((self.right - self.left) // wide))
        every = next((k for k in (1, 2, 3, 6, 12, 24, 60) if -(-self.n // k) <= fitting), YEAR * 10)
        end = 0.0
        for i, d in enumerate(days):
            text = d.isoformat()[:7]
            half = text_width(text, TICK) / 2
            at = min(max(self.middle(i) - half, self.left - 6), self.right + 16 - 2 * half)
            if (every == 1 or (d.month - 1) % every == 0 or self.n < every) and at > end:
                self.scene.text(text, at, self.lower - 20, size=TICK, colour=QUIET)
                end = at + text_width(text, TICK) + 8

    def bars(self, amounts: Sequence[int], tone: Shade) -> None:
        """Draw a bar a month as one shape, which is painted faster than many."""
        if not any(amounts):
            return
        ground, corners = self.y(0), list[tuple[float, float]]()
        for i, amount in enumerate(amounts):
            x0, x1, top = self.edge(i) + 2, self.edge(i + 1) - 2, self.y(amount)
            corners += [(x0, ground), (x0, top), (x1, top), (x1, ground)]
        self.scene.fills.append(Fill(np.array(corners), tone.fill))
        self.scene.above.append(Stroke((self.left, self.right), (ground, ground), AXIS, 1))

    def steps(self, amounts: Sequence[int]) -> None:
        """Draw amounts as steps."""
        xs = [x for i in range(self.n) for x in (self.edge(i), self.edge(i + 1))]
        ys = [self.y(a) for a in amounts for _ in (0, 1)]
        self.scene.above.append(Stroke(xs, ys, INK, 2.4))

    def line(self, amounts: Sequence[int], colour: str) -> None:
        """Draw amounts as a line over the middles of the months; a single one as a dash."""
        xs, ys = [self.middle(i) for i in range(self.n)], [self.y(a) for a in amounts]
        if self.n == 1:
            xs, ys = [self.edge(0) + 4, self.edge(1) - 4], ys * 2
        self.scene.above += [Stroke(xs, ys, PAPER, 5), Stroke(xs, ys, colour, 3)]

    def mark(self, i: int, amount: int, text: str) -> None:
        """Mark a month with a dashed line, a ring at its amount, and a label above."""
        x, y = self.middle(i), self.y(amount)
        self.scene.above.append(Stroke((x, x), (self.lower, self.upper + 9), ALARM, 1.4, dashed=True))
        ring = [(x + 5 * a, y + 5 * b) for a, b in ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))]
        self.scene.above.append(Stroke([a for a, _ in ring], [b for _, b in ring], ALARM, 3))
        wide = text_width(text, TICK)
        at = min(max(x - wide / 2, self._marked + 10), self.scene.width - MARGIN - wide)
        if at >= self._marked + 10 or self._marked == self.left:
            self.scene.text(text, at, self.upper + 17, size=TICK, colour=ALARM)
            self._marked = at + wide

    def beside(self, labels: Sequence[tuple[int, str, str]]) -> None:
        """Write labels to the right at their amounts, kept apart, each with a leader."""
        wished = [self.y(amount) for amount, _, _ in labels]
        places = spread(wished, 21.0, self.lower + 8, self.upper)
        for wish, place, (_, text, colour) in zip(wished, places, labels, strict=True):
            self.scene.text(text, self.right + BESIDE - 2, place - HALF_CAPITAL * LABEL, colour=colour)
            xs = [self.right + x for x in (3, 8, 15, 19)]
            self.scene.above.append(Stroke(xs, (wish, wish, place, place), colour, 1.2))
