"""Offers: what a month costs against what all of it costs, and what is paid and left over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from matplotlib.figure import Figure

from debtdesk.core.comparison import Comparison, Offer
from debtdesk.locale import Message
from debtdesk.views.canvas import TICK
from debtdesk.views.colours import DOMINATED, LINES, PAPER, QUIET, shade
from debtdesk.views.placing import Box
from debtdesk.views.plot import FOOT, STRIP, Amounts, Plot
from debtdesk.views.sentences import cheapest, fits, has_budget
from debtdesk.views.words import day as day_text
from debtdesk.views.words import money

PANELS = 6
MARKERS = ("o", "s", "^", "D", "v", "P")


def dominated(offers: Sequence[Offer]) -> list[bool]:
    """Return for each offer whether another asks for no more a month and no more in all, and for less in one."""

    def better(a: Offer, b: Offer) -> bool:
        return a.monthly <= b.monthly and a.total <= b.total and (a.monthly, a.total) != (b.monthly, b.total)

    return [any(better(a, b) for a in offers) for b in offers]


def burden_cost_chart(
    comparison: Comparison,
    language: str,
    *,
    title: str = "",
    source: str = "",
    width_px: int = 760,
    height_px: int = 420,
) -> Figure:
    """Return a point an offer: its monthly installment to the right, all that is paid upwards.

    An offer that another beats in one and equals in the other is grey; a dashed line stands at the capacity.
    """
    offers = comparison.offers
    plot = Plot(language, title or _message(comparison, language), source, width_px, height_px)
    level = min((o.capacity.level for o in offers), default=0)
    across = _across(plot, [0, level, *(o.monthly * 11 // 10 for o in offers)], width_px)
    up = plot.amounts([0, *(o.total * 11 // 10 for o in offers)], most=4)
    room = plot.room
    box = Box(
        room.left + up.width + 8, room.lower + FOOT + 22, room.right - max(24, across.width / 2), room.upper - STRIP - 8
    )
    axes = plot.axes(box, grid="both")
    named = plot.up(axes, up, box, name=Message("paid in all").in_language(language))
    axes.set_xlim(across.ticks[0], across.ticks[-1])
    axes.set_xticks(across.ticks, across.labels)
    plot.style(axes.get_xticklabels())
    name = f"{Message('paid each month').in_language(language)} ({across.unit})"
    plot.write(box.right, room.lower + 8, name, size=TICK, color=QUIET, ha="right")
    if level:
        text = Message("capacity {amount}", amount=money(level, language, short=True)).in_language(language)
        plot.mark(axes, box, level, text, after=named)
    grey = dominated(offers)
    colours = [DOMINATED if g else LINES[i % len(LINES)] for i, g in enumerate(grey)]
    for i, (o, colour) in enumerate(zip(offers, colours, strict=True)):
        axes.plot(
            [o.monthly],
            [o.total],
            MARKERS[i % len(MARKERS)],
            markersize=12,
            color=colour,
            markeredgecolor=PAPER,
            clip_on=False,
            zorder=4,
        )
    labels = [
        (o.monthly, o.total, _label(o, language), QUIET if c == DOMINATED else c)
        for o, c in zip(offers, colours, strict=True)
    ]
    at = float(axes.transData.transform((level, 0))[0])
    plot.near(axes, box, labels, taken=[Box(at - 3, box.lower, at + 3, box.upper)] if level else [])
    return plot.figure


def _across(plot: Plot, values: Sequence[int], width_px: int) -> Amounts:
    """Return the axis of monthly amounts with as many ticks as have room."""
    axes = [plot.amounts(values, most=n) for n in (5, 4, 3, 2)]
    return next((a for a in axes if (a.width + 24) * len(a.ticks) < width_px - 100), axes[-1])


def _label(offer: Offer, language: str) -> str:
    if has_budget(offer) and not fits(offer):
        return Message("{name} (too much)", name=offer.proposal.name).in_language(language)
    return offer.proposal.name


def _message(comparison: Comparison, language: str) -> str:
    fitting = [o for o in comparison.offers if fits(o)]
    if len(fitting) > 1 and (least := cheapest(fitting)):
        text = Message("Of the offers that fit, {name} costs the least in all", name=least.proposal.name)
    elif len(comparison.offers) > 1 and len(fitting) == 1:
        text = Message("Only {name} fits what the household can pay", name=fitting[0].proposal.name)
    elif comparison.offers and not fitting and has_budget(comparison.offers[0]):
        text = Message("No offer fits what the household can pay")
    else:
        text = Message("What a month costs, and what all of it costs")
    return text.in_language(language)


def paid_left_chart(
    comparison: Comparison,
    language: str,
    *,
    title: str = "",
    source: str = "",
    width_px: int = 760,
    height_px: int = 420,
) -> Figure:
    """Return a small picture an offer: what has been paid and what is left over time, on the same scales."""
    shown = comparison.offers[:PANELS]
    title = title or Message("What is paid and what is left, month by month").in_language(language)
    more = len(comparison.offers) - len(shown)
    if more > 0:
        title += " " + Message("({n} more not shown)", n=more).in_language(language)
    plot = Plot(language, title, source, width_px, height_px)
    up = plot.amounts([0, *(o.total for o in shown)], most=3)
    columns = {0: 1, 1: 1, 2: 2, 4: 2}.get(len(shown), 3)
    rows = -(-len(shown) // columns) or 1
    room, left = plot.room, plot.room.left + up.width + 8
    paid, rest = Message("paid"), Message("still to be paid")
    entries = [(shade(n).fill, m.in_language(language)) for n, m in (("paid", paid), ("left", rest))]
    plot.key(room.upper - 16, entries)
    plot.write(room.left, room.upper - 16, up.unit, size=TICK, color=QUIET)
    room = Box(room.left, room.lower, room.right, room.upper - 22)
    wide, high = (room.right - left) / columns, (room.upper - room.lower) / rows
    for n, offer in enumerate(shown):
        row, column = divmod(n, columns)
        x, y = left + column * wide, room.upper - (row + 1) * high
        box = Box(x, y + FOOT, x + wide - 18, y + high - 52)
        _panel(plot, box, offer, comparison, up, first=column == 0)
    return plot.figure


def _panel(plot: Plot, box: Box, offer: Offer, comparison: Comparison, up: Any, *, first: bool) -> None:
    language = plot.language
    axes = plot.axes(box)
    plot.days(axes, comparison.day, comparison.horizon, box)
    axes.set_ylim(up.ticks[0], up.ticks[-1])
    axes.set_yticks(up.ticks, up.labels if first else [""] * len(up.ticks))
    plot.style(axes.get_yticklabels())
    line = left_over_time(offer)
    days, left = [d.toordinal() for d, _ in line], [v for _, v in line]
    paid = [offer.total - v for v in left]
    axes.fill_between(days, paid, [offer.total] * len(days), color=shade("left").fill, linewidth=0, step="post")
    axes.fill_between(days, 0, paid, color=shade("paid").fill, linewidth=0, step="post")
    name = plot.wrapped(offer.proposal.name, box.right - box.left, lines=1)
    plot.write(box.left, box.upper + 28, name, bold=True)
    text = Message(
        "{amount} by {day}", amount=money(offer.total, language, short=True), day=day_text(offer.end, language)[:7]
    ).in_language(language)
    plot.write(box.left, box.upper + 8, text, size=TICK, color=QUIET)


def left_over_time(offer: Offer) -> list[tuple[date, int]]:
    """Return what is still to be paid after each day of payment, the start first. [fen]"""
    left = offer.total
    found = [(offer.proposal.start, left)]
    for day, paid in offer.payments:
        left -= paid
        found.append((day, left))
    return found
