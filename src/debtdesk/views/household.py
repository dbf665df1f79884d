"""Household: where the money goes, and whether it reaches in every month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from matplotlib.figure import Figure

from debtdesk.core.budget import Budget, Category, Kind
from debtdesk.core.capacity import Capacity, capacity
from debtdesk.core.days import add_months
from debtdesk.locale import Message
from debtdesk.views.colours import ALARM, AXIS, INK, PAPER, shade
from debtdesk.views.placing import Box
from debtdesk.views.plot import FOOT, STRIP, Plot
from debtdesk.views.words import day, money, name_of

WIDEST_NAME = 280.0
BAR = 0.62  # share of a row that is bar


class Row(NamedTuple):
    """A bar: its name, its dark and its light part [fen], and the words for their shades."""

    name: str
    dark: int
    light: int
    shade: str
    light_shade: str = "flexible"


def spending_chart(
    budget: Budget,
    language: str,
    *,
    month: date,
    title: str = "",
    source: str = "",
    width_px: int = 760,
    height_px: int = 0,
) -> Figure:
    """Return where the money of a month goes: a bar a category, its essential share dark, the rest light.

    `height_px` 0 gives each bar the same room. [pixels]
    """
    room = capacity(budget, start=month, months=1)
    rows = _rows(budget, month, room, language)
    plot = Plot(language, title or _message(room, language), source, width_px, height_px or 126 + 34 * len(rows))
    names = [plot.wrapped(r.name, WIDEST_NAME, lines=1) for r in rows]
    texts = [money(r.dark + r.light, language, short=True) for r in rows]
    left = plot.room.left + max(plot.width_of(n) for n in names) + 10
    right = plot.room.right - max(plot.width_of(t, bold=True) for t in texts) - 10
    entries = [(shade(n).fill, name_of(n).in_language(language)) for n in ("essentials", "flexible")]
    plot.key(plot.room.upper - 18, entries)
    box = Box(left, plot.room.lower + 6, right, plot.room.upper - 28)
    axes = plot.axes(box, grid=None)
    axes.spines["bottom"].set_visible(False)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    longest = max((r.dark + r.light for r in rows), default=0) or 1
    axes.set_xlim(0, longest)
    for i, (row, name, text) in enumerate(zip(rows, names, texts, strict=True)):
        colour = ALARM if row.shade == "missing" else shade(row.shade).fill
        axes.barh(i, row.dark, BAR, color=colour, linewidth=0)
        axes.barh(i, row.light, BAR, row.dark, color=shade(row.light_shade).fill, linewidth=0)
        x, y = map(float, axes.transData.transform((row.dark + row.light, i)))
        plot.write(left - 10, y, name, ha="right", va="center")
        plot.write(x + 6, y, text, bold=True, va="center")
    return plot.figure


def _rows(budget: Budget, month: date, room: Capacity, language: str) -> list[Row]:
    def said(text: Message) -> str:
        return text.in_language(language)

    spent = {c: _spent(budget, month, c) for c in Category if c not in (Category.INCOME, Category.DEBT_SERVICE)}
    rows = [Row(said(name_of(c)), e, f, "essentials") for c, (e, f) in spent.items() if e + f]
    rows.sort(key=lambda r: -(r.dark + r.light))
    more = room.living[0] - room.essentials[0] - room.flexible[0]
    if more > 0:
        rows.append(Row(said(Message("up to the protected minimum")), more, 0, "essentials"))
    if room.debt_service[0]:
        rows.append(Row(said(name_of(Category.DEBT_SERVICE)), room.debt_service[0], 0, "debt_service"))
    if room.reserve[0]:
        rows.append(Row(said(name_of("reserve")), room.reserve[0], 0, "reserve"))
    rest, missing = room.left[0], Message("missing")
    left = Row(said(Message("left for installments")), rest, 0, "paid")
    rows.append(left if rest >= 0 else Row(said(missing), -rest, 0, "missing"))
    return [Row(said(name_of("income")), room.income[0], 0, "income"), *rows]


def _spent(budget: Budget, month: date, category: Category) -> tuple[int, int]:
    """Return what is spent on a category in a month: essential, and other. [fen]"""
    items = [i for i in budget.items if i.kind is Kind.EXPENSE and i.category is category]
    return (
        sum(i.in_month(month) for i in items if i.essential),
        sum(i.in_month(month) for i in items if not i.essential),
    )


def _message(room: Capacity, language: str) -> str:
    rest = room.left[0]
    month = day(room.months[0], language, long=True)
    if rest >= 0:
        text = Message(
            "In {month}, {amount} are left for installments", month=month, amount=money(rest, language, whole=True)
        )
    else:
        text = Message("In {month}, {amount} are missing", month=month, amount=money(-rest, language, whole=True))
    return text.in_language(language)


def cash_flow_chart(
    room: Capacity,
    language: str,
    *,
    installments: Sequence[int] | int | None = None,
    months: int = 24,
    title: str = "",
    source: str = "",
    width_px: int = 1100,
    height_px: int = 420,
) -> Figure:
    """Return month by month what is left before an installment (bars) and the cash at hand after it (line).

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
    plot = Plot(language, title or _cash_message(room, cash, each, language), source, width_px, height_px)
    up = plot.amounts([0, *room.left[:n], *cash, *each])
    labels = [
        (cash[-1], Message("cash at hand after it").in_language(language), shade("paid").ink),
        (room.left[n - 1], Message("left before it").in_language(language), shade("flexible").ink),
    ]
    if any(each):
        amount = money(each[-1], language, short=True)
        labels.append((each[-1], Message("installment {amount}", amount=amount).in_language(language), INK))
    right = plot.room.right - max(plot.width_of(t) for _, t, _ in labels) - 24
    box = Box(plot.room.left + up.width + 8, plot.room.lower + FOOT, right, plot.room.upper - STRIP)
    axes = plot.axes(box)
    plot.up(axes, up, box)
    first, last = room.months[0], add_months(room.months[n - 1], 1)
    plot.days(axes, first, last, box)
    _bars(axes, room, n)
    middles = [m.toordinal() + 14 for m in room.months[:n]]
    axes.axhline(0, color=AXIS, linewidth=1)
    if any(each):
        edges = [m.toordinal() for m in (*room.months[:n], last)]
        axes.stairs(each, edges, color=INK, linewidth=2.4, baseline=None)
    axes.plot(middles, cash, color=PAPER, linewidth=5)
    axes.plot(middles, cash, color=shade("paid").fill, linewidth=3, marker="o", markersize=5)
    low = min(range(n), key=lambda i: cash[i])
    axes.plot(
        [middles[low]], [cash[low]], "o", markersize=11, markerfacecolor=PAPER, markeredgecolor=ALARM, markeredgewidth=3
    )
    at_hand = money(cash[low], language, short=True)
    text = Message("{month}: {amount} at hand", month=day(room.months[low], language)[:7], amount=at_hand)
    plot.mark(axes, box, middles[low], text.in_language(language), colour=ALARM)
    plot.beside(axes, box, labels)
    return plot.figure


def _bars(axes: Any, room: Capacity, n: int) -> None:
    for m, left in zip(room.months[:n], room.left[:n], strict=True):
        colour = shade("flexible").fill if left >= 0 else ALARM
        axes.bar(m.toordinal() + 2, left, add_months(m, 1).toordinal() - m.toordinal() - 4, align="edge", color=colour)


def _cash_message(room: Capacity, cash: Sequence[int], each: Sequence[int], language: str) -> str:
    low = min(range(len(cash)), key=lambda i: cash[i])
    month, amount = day(room.months[low], language, long=True), money(max(each), language, whole=True)
    if max(each) == 0:
        text = Message("Nothing is left for a regular installment")
    elif cash[low] < 0:
        text = Message("With {amount} a month the money does not reach in {month}", amount=amount, month=month)
    else:
        text = Message("With {amount} a month the money reaches; {month} is tightest", amount=amount, month=month)
    return text.in_language(language)
