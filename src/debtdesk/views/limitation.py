"""Limitation as a picture and in words: what happened, from when the three years count, and about when they end."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from debtdesk.core.days import add_years
from debtdesk.core.debt import Debt
from debtdesk.core.limitation import YEARS, Effect, Event, Limitation
from debtdesk.locale import Message
from debtdesk.views.claims import claim_word
from debtdesk.views.colours import ALARM, INK, PAPER, QUIET, UNCERTAIN_HATCH, shade
from debtdesk.views.placing import Box
from debtdesk.views.plot import FOOT, STRIP, Plot
from debtdesk.views.words import NONE, debt_name

LABELLED = 3  # acts with a label in the picture; the table names all of them
BAND = 0.34  # height of the band of the running period, in units of the axis
_MARKS = {
    Effect.INTERRUPTS: ("o", True),
    Effect.WAIVER_QUESTION: ("D", False),
    Effect.BEFORE_START: ("|", True),
    Effect.CONTESTED: ("o", False),
    Effect.UNPROVEN: ("o", False),
}


def limitation_sentence(found: Limitation) -> Message:
    """Return about when the three years end, in one sentence that concludes nothing."""
    day = found.end.isoformat()
    if found.judged:
        return Message("A judgment stands: the time to apply for enforcement counts, not these three years.")
    if found.past:
        return Message(
            "By what is entered, the three years would have run by about {day}; what follows is for a lawyer.", day=day
        )
    if found.provisional:
        return Message("By what is entered, the three years run until about {day} (provisional).", day=day)
    return Message("By what is entered, the three years run until about {day}.", day=day)


def convention_sentence(found: Limitation) -> Message:
    """Return how the end was counted: raw, from the next day, and moved behind a holiday."""
    return Message(
        "Counted from {start}: the corresponding day is {raw}, counted from the day after {next}; moved to the next "
        "working day {end} (Civil Code 188, 201-203).",
        start=found.start.isoformat(),
        raw=found.raw_end.isoformat(),
        next=found.raw_end_next_day.isoformat(),
        end=found.end.isoformat(),
    )


def limitation_rules(found: Limitation) -> tuple[str, ...]:
    """Return the rules that stand behind a timeline."""
    rules = ("limitation_years", "limitation_interruption", "limitation_waiver")
    return (*rules, "enforcement_years") if found.judged else rules


def acts_table(found: Limitation, language: str) -> pd.DataFrame:
    """Return every act in order: day, act, proof, what it means, and about until when the period runs after it."""
    heads = (
        Message("day"),
        Message("act"),
        Message("proof"),
        Message("what it means for the three years"),
        Message("corresponding day"),
    )
    rows = [(found.due.isoformat(), Message("due day").in_language(language), NONE, NONE, _end_of_due(found))]
    rows += [
        (
            e.act.day.isoformat(),
            claim_word(e.act.kind).in_language(language),
            " · ".join(x for x in (e.act.proof, e.act.note) if x) or NONE,
            claim_word(e.effect).in_language(language),
            e.raw_end.isoformat() if e.effect is Effect.INTERRUPTS else NONE,
        )
        for e in found.all_events()
    ]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads])


def _end_of_due(found: Limitation) -> str:
    return add_years(found.due, YEARS).isoformat()


def timeline_chart(
    debt: Debt, found: Limitation, language: str, *, on: date, width_px: int = 1000, height_px: int = 300
) -> Figure:
    """Return the timeline of a debt: the due day, each act, the running period as a band, today, and the end."""
    name = debt_name(debt, language)
    title = limitation_sentence(found).in_language(language)
    source = Message("{debt}. {how}", debt=name, how=convention_sentence(found)).in_language(language)
    plot = Plot(language, title, source, width_px, height_px)
    room = plot.room
    box = Box(room.left + 12, room.lower + FOOT, room.right - 12, room.upper - STRIP)
    axes = plot.axes(box, grid="x")
    events = found.all_events()
    days = [found.due, found.end, found.end_if_all, on, *(e.act.day for e in events)]
    span = max(days) - min(days)
    # room to the right, so that the label of the end finds a place beside the line of today
    plot.days(axes, min(days) - span / 30, max(days) + span / 4, box)
    axes.set_ylim(-1, 1)
    _band(axes, found)
    axes.axhline(0, color=QUIET, linewidth=1.2, zorder=2)
    for event in events:
        mark, filled = _MARKS[event.effect]
        colour = _colour(event.effect)
        axes.plot(
            [event.act.day.toordinal()],
            [0],
            mark,
            markersize=11,
            markeredgewidth=1.8,
            markeredgecolor=colour,
            markerfacecolor=colour if filled else PAPER,
            zorder=4,
        )
    for day in (found.due, found.end):
        axes.plot([day.toordinal()], [0], "s", markersize=9, color=INK, zorder=4)
    today = Message("today {day}", day=on.isoformat()).in_language(language)
    plot.mark(axes, box, on.toordinal(), today, colour=ALARM)
    plot.near(axes, box, _labels(found, events, language), taken=_kept_clear(axes, box, on))
    return plot.figure


def _labels(found: Limitation, events: tuple[Event, ...], language: str) -> list[tuple[float, float, str, str]]:
    due = Message("due {day}", day=found.due.isoformat())
    end = Message("end about {day}", day=found.end.isoformat())
    labels = [(found.due, due, INK), (found.end, end, INK)]
    shown = events[-LABELLED:]
    labels += [
        (
            e.act.day,
            Message("{day} {act}", act=claim_word(e.act.kind), day=e.act.day.isoformat()),
            _colour(e.effect),
        )
        for e in shown
    ]
    return [(float(d.toordinal()), 0.0, m.in_language(language), c) for d, m, c in labels]


def _colour(effect: Effect) -> str:
    if effect is Effect.INTERRUPTS:
        return shade("principal").ink
    return ALARM if effect is Effect.WAIVER_QUESTION else QUIET


def _kept_clear(axes: Any, box: Box, on: date) -> list[Box]:
    """Return where no label may stand: the line of today, and the band."""
    x, upper = (float(v) for v in axes.transData.transform((on.toordinal(), BAND / 2)))
    lower = float(axes.transData.transform((on.toordinal(), -BAND / 2))[1])
    return [Box(x - 3, box.lower, x + 3, box.upper), Box(box.left, lower, box.right, upper)]


def _band(axes: Any, found: Limitation) -> None:
    """Draw the running period; hatched where its end is provisional or nothing entered is known since the due day."""
    first, last = found.start.toordinal(), max(found.end, found.start + timedelta(days=1)).toordinal()
    weak = found.provisional or found.nothing_entered
    band = Rectangle(
        (first, -BAND / 2),
        last - first,
        BAND,
        facecolor=shade("interest").fill,
        edgecolor=PAPER if weak else "none",
        hatch=UNCERTAIN_HATCH if weak else None,
        linewidth=0,
        alpha=0.55,
        zorder=1,
    )
    axes.add_patch(band)
