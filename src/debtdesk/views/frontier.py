"""Frontier: all plans from the smallest concession on, as sentence, tables and chart."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

from debtdesk.core.concession import Waiver
from debtdesk.core.effects import Effects
from debtdesk.core.frontier import Point, Solution
from debtdesk.core.terms import Part
from debtdesk.locale import Message
from debtdesk.views.canvas import TICK
from debtdesk.views.colours import LINES, PAPER, QUIET, shade
from debtdesk.views.placing import Box
from debtdesk.views.plot import FOOT, STRIP, Plot
from debtdesk.views.words import MINUS, NONE, money, months, name_of, percent

if TYPE_CHECKING:
    import pandas as pd

TERMS = (12, 24, 36, 48, 60, 84, 120)  # months, the columns of the table and the lines of the chart


def waiver_words(waiver: Waiver, language: str, *, freeze_months: int = 0) -> str:
    """Return what a plan asks for: "fees 100%, penalty interest 40%, no interest for 6 months"."""
    found = [
        Message("{part} {share}", part=name_of(part), share=percent(share, language, 0)).in_language(language)
        for part in ("fees", "penalty_interest", "interest", "principal")
        if (share := getattr(waiver, part))
    ]
    if freeze_months:
        found.append(Message("no interest for {n} months", n=freeze_months).in_language(language))
    if not found:
        return Message("nothing").in_language(language)
    return ("，" if language == "zh" else ", ").join(found)


def point_words(point: Point, language: str) -> str:
    """Return a plan in one line, to choose it by."""
    text = Message(
        "{amount} a month, {months}; given up: {given}",
        amount=money(point.monthly, language),
        months=months(point.term, language),
        given=money(point.concession, language),
    )
    return text.in_language(language)


def frontier_table(points: Iterable[Point], language: str) -> pd.DataFrame:
    """Return a row a plan: what is waived and rests, installments, monthly figure, total, what is given up."""
    heads = (
        Message("what is waived"),
        Message("the creditor gives up"),
        Message("installments"),
        Message("each month at most"),
        Message("in all"),
    )
    rows = [
        (
            waiver_words(p.waiver, language, freeze_months=p.freeze_months),
            money(p.concession, language),
            months(p.term, language),
            money(p.monthly, language),
            money(p.total, language),
        )
        for p in points
    ]
    return _frame(rows, heads, language)


def found_sentence(found: Solution, language: str) -> str:
    """Return which plan fits with the smallest concession, and what makes it shorter; nothing where none fits."""
    best = found.best
    if best is None:
        return ""
    able = _able(found, language)
    values = {
        "able": able,
        "months": months(best.term, language),
        "monthly": money(best.monthly, language),
        "given": money(best.concession, language),
        "what": waiver_words(best.waiver, language, freeze_months=best.freeze_months),
    }
    if not best.concession:
        text = Message("{able}: it fits without any concession, in {months} of at most {monthly}.", **values)
    else:
        text = Message(
            "{able}: the smallest concession that fits is {given} ({what}), in {months} of at most {monthly}.", **values
        )
    last = found.fitting[-1]
    if last is best:
        return text.in_language(language)
    more = Message(
        "If {given} are given up, {months} are enough.",
        given=money(last.concession, language),
        months=months(last.term, language),
    )
    return (" " if language == "en" else "").join(m.in_language(language) for m in (text, more))


def _able(found: Solution, language: str) -> Message:
    if found.room is not None:
        return Message("Month by month as the budget goes")
    return Message("For {amount} a month", amount=money(found.monthly, language, whole=True))


def missed_sentence(found: Solution, lightest: Point, short: tuple[int, int], language: str) -> str:
    """Return that nothing fits, and by how much the lightest plan misses.

    `short` is in how many months cash runs short under it and by how much in the worst, where months decide. [fen]
    """
    values = {
        "able": _able(found, language),
        "monthly": money(lightest.monthly, language),
        "months": months(lightest.term, language),
        "given": money(lightest.concession, language),
    }
    if found.room is None:
        text = Message(
            "{able}: no plan within these limits fits. The lightest takes {monthly} a month for {months}, {miss} too "
            "much, though {given} are given up.",
            miss=money(lightest.monthly - found.monthly, language),
            **values,
        )
    else:
        text = Message(
            "{able}: no plan within these limits fits. The lightest takes {monthly} a month for {months}; in {n} of "
            "its months cash runs short, by {miss} in the worst, though {given} are given up.",
            n=short[0],
            miss=money(short[1], language),
            **values,
        )
    return text.in_language(language)


def grid_table(found: Solution, language: str) -> pd.DataFrame:
    """Return the least monthly figure by what is given up at most and how long it takes at most."""
    terms = terms_of(found)
    heads = (Message("given up at most"), *(Message("{text}", text=months(n, language)) for n in terms))
    rows = []
    for waiver, concession in _levels(found):
        name = f"{waiver_words(waiver, language)} · {money(concession, language)}"
        rows.append((name, *(_least(found, concession, n, language) for n in terms)))
    return _frame(rows, heads, language)


def terms_of(found: Solution) -> tuple[int, ...]:
    """Return the terms to show, up to the longest. [months]"""
    longest = found.limits.longest
    return (*(n for n in TERMS if n < longest), longest)


def _levels(found: Solution) -> Iterator[tuple[Waiver, int]]:
    """Yield the waivers at which a part is waived as far as may be, none first, with what they give up. [fen]"""
    given: dict[Waiver, int] = {}
    for p in found.points:
        if not p.freeze_months:
            given.setdefault(p.waiver, p.concession)
    seen = [w for w in found.limits.waivers(found.points[0].waiver.time) if w in given]
    ends: list[Waiver] = []
    for part in (None, *found.limits.order):
        of_part = [w for w in seen if all(not getattr(w, later.value) for later in _after(found, part))]
        if of_part and of_part[-1] not in ends:
            ends.append(of_part[-1])
    yield from ((w, given[w]) for w in ends)


def _after(found: Solution, part: Part | None) -> Sequence[Part]:
    order = found.limits.order
    return order if part is None else order[order.index(part) + 1 :]


def _least(found: Solution, concession: int, term: int, language: str) -> str:
    near = [p for p in found.points if p.concession <= concession and p.term <= term]
    best = min(near, key=lambda p: (p.monthly, p.term), default=None)
    if best is None:
        return NONE
    text = money(best.monthly, language, unit=False)
    return f"{text} · {Message('fits').in_language(language)}" if best.fits else text


def effects_table(found: Effects, language: str) -> pd.DataFrame:
    """Return a row a change that makes a difference: to the month, to the total, to what is given up."""
    heads = (
        Message("if this alone is changed"),
        Message("each month"),
        Message("in all"),
        Message("the creditor gives up"),
    )
    rows = [
        (
            r.what.in_language(language),
            *(_change(x, language) for x in (r.monthly, r.total, r.given_up)),
        )
        for r in found.rows
        if r.monthly or r.total or r.given_up
    ]
    return _frame(rows, heads, language)


def _change(fen: int, language: str) -> str:
    if not fen:
        return Message("as before").in_language(language)
    return f"{'+' if fen > 0 else MINUS}{money(abs(fen), language)}"


def _frame(rows: Iterable[Sequence[str]], heads: Sequence[Message], language: str) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([list(r) for r in rows], columns=[h.in_language(language) for h in heads], dtype="object")


def frontier_chart(
    found: Solution, language: str, *, title: str = "", source: str = "", width_px: int = 760, height_px: int = 400
) -> Figure:
    """Return a line a term: what it takes a month to the right, what is given up for that upwards; plans that fit."""
    title = title or _message(found, language)
    plot = Plot(language, title, source, width_px, height_px)
    lines = {n: sorted((p.monthly, p.concession) for p in found.points if p.term == n) for n in terms_of(found)}
    wide = _reach(found)
    across = plot.amounts([0, wide], most=5)
    up = plot.amounts([0, max((p.concession for p in found.points), default=0) * 11 // 10], most=4)
    room = plot.room
    box = Box(room.left + up.width + 8, room.lower + FOOT + 22, room.right - 34, room.upper - STRIP - 8)
    axes = plot.axes(box, grid="both")
    named = plot.up(axes, up, box, name=Message("what is given up").in_language(language))
    axes.set_xlim(across.ticks[0], across.ticks[-1])
    axes.set_xticks(across.ticks, across.labels)
    plot.style(axes.get_xticklabels())
    name = f"{Message('each month').in_language(language)} ({across.unit})"
    plot.write(box.right, room.lower + 8, name, size=TICK, color=QUIET, ha="right")
    if found.room is None and found.monthly:
        text = Message("can pay {amount}", amount=money(found.monthly, language, short=True)).in_language(language)
        plot.mark(axes, box, found.monthly, text, after=named)
    for i, line in enumerate(lines.values()):
        xs, ys = [x for x, _ in line], [y for _, y in line]
        axes.plot(xs, ys, color=LINES[i % len(LINES)], linewidth=1.8, zorder=3)
    for p in found.fitting:
        size, colour = 11 if p is found.best else 7, shade("paid").fill
        axes.plot([p.monthly], [p.concession], "o", markersize=size, color=colour, markeredgecolor=PAPER, zorder=4)
    _name_lines(plot, axes, box, lines)
    return plot.figure


def _name_lines(plot: Plot, axes: Any, box: Box, lines: Mapping[int, Sequence[tuple[int, int]]]) -> None:
    """Write above the upper end of each line how many months it is for, the unit behind the last one on the right."""
    ends = []
    for i, (term, line) in enumerate(lines.items()):
        if line:
            x, y = (float(v) for v in axes.transData.transform(line[0]))
            if x <= box.right:
                ends.append((x, y, term, LINES[i % len(LINES)]))
    free = box.left
    for n, (x, y, term, colour) in enumerate(sorted(ends), start=1):
        text = months(term, plot.language) if n == len(ends) else str(term)
        left = x - plot.width_of(str(term), size=TICK) / 2
        if left >= free:
            plot.write(left, y + 6, text, size=TICK, color=colour)
            free = left + plot.width_of(text, size=TICK) + 4


def _reach(found: Solution) -> int:
    """Return how far to the right the chart goes. [fen]"""
    least = min((p.monthly for p in found.points), default=0)
    most = max((p.monthly for p in found.points), default=0)
    return min(most, max(found.monthly * 5 // 2, least * 3))


def _message(found: Solution, language: str) -> str:
    best = found.best
    if best is None and not found.monthly:
        text = Message("What each plan takes a month")
    elif best is None:
        text = Message("No plan within these limits fits")
    elif not best.concession:
        text = Message("It fits without any concession, in {months}", months=months(best.term, language))
    else:
        given = money(best.concession, language, short=True)
        text = Message("A plan fits if {given} are given up", given=given)
    return text.in_language(language)
