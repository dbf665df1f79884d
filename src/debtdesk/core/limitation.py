"""Limitation of actions: the timeline of a debt, with every act that may have started the three years anew.

It informs and never concludes: whether a defence exists, and whether it was given up, is for a lawyer and a court.

Notes
-----
Civil Code 188 (three years), 189 (one debt in installments: from the last one), 192 and 195, 201-203 (how days count);
诉讼时效规定 (2020) 8, 9, 14, 17 and 19; 银行卡规定 3 for cards.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from debtdesk.core.acts import Act, ActKind
from debtdesk.core.days import add_years, is_working_day
from debtdesk.core.debt import Debt
from debtdesk.data.calendar import PUBLISHED_THROUGH
from debtdesk.locale import Message

YEARS = 3
CLOSE_MONTHS = 6


class Effect(StrEnum):
    """What an act means for limitation: it starts the period, or may be a question of having waived the defence."""

    INTERRUPTS = "interrupts"
    WAIVER_QUESTION = "waiver_question"


@dataclass(frozen=True, slots=True)
class Event:
    """An act on the timeline, its effect, and the raw end of the period that follows from it."""

    act: Act
    effect: Effect
    raw_end: date


@dataclass(frozen=True, slots=True)
class Limitation:
    """The timeline of a debt. Days are "about": the start is counted in two ways, and both stand here.

    `start` is the day the period counts from; `raw_end` the corresponding day three years later; `raw_end_next_day` the
    same counted from the day after; `end` the raw end moved to the next working day (Civil Code 203); `provisional`
    whether that day lies in a year whose holidays are not published. `events` are the acts in order; `unproven` those
    without proof, which the timeline leaves out; `end_if_all` the end if those counted too. `past` says only that the
    day looked at lies after the end: what follows from that is for a lawyer.
    """

    start: date
    raw_end: date
    raw_end_next_day: date
    end: date
    provisional: bool
    events: tuple[Event, ...]
    unproven: tuple[Act, ...]
    end_if_all: date
    past: bool
    cautions: tuple[Message, ...]


def shifted_end(day: date) -> tuple[date, bool]:
    """Return the day after the holiday a day falls into (Civil Code 203), and whether that is provisional."""
    end = day
    while not is_working_day(end):
        end += timedelta(days=1)
    return end, end > PUBLISHED_THROUGH


def limitation(debt: Debt, *, on: date, acts: Iterable[Act] | None = None) -> Limitation:
    """Return the limitation timeline of a debt as seen on a day.

    Parameters
    ----------
    debt : Debt
        Its due day is the day before its first overdue day; its payments count as part payments, proven where they
        carry a note.
    on : date
        Later acts are left out.
    acts : iterable of Act, optional
        Instead of the debt's own.
    """
    known = [a for a in (debt.acts if acts is None else acts) if a.day <= on]
    known += [Act(p.day, ActKind.PART_PAYMENT, p.note) for p in debt.payments if p.day <= on]
    known.sort(key=lambda a: (a.day, a.kind))
    due = debt.default_date - timedelta(days=1)
    start, events = _timeline(due, [a for a in known if a.proven])
    start_if_all, _ = _timeline(due, known)
    raw_end = add_years(start, YEARS)
    end, provisional = shifted_end(raw_end)
    unproven = tuple(a for a in known if not a.proven)
    found = Limitation(
        start=start,
        raw_end=raw_end,
        raw_end_next_day=add_years(start + timedelta(days=1), YEARS),
        end=end,
        provisional=provisional,
        events=tuple(events),
        unproven=unproven,
        end_if_all=shifted_end(add_years(start_if_all, YEARS))[0],
        past=on > end,
        cautions=(),
    )
    return replace(found, cautions=_cautions(found, on))


def _timeline(due: date, acts: list[Act]) -> tuple[date, list[Event]]:
    """Return the day the running period counts from, and each act with its effect."""
    start, events = due, []
    for act in acts:
        if act.day < due:
            continue
        effect = Effect.INTERRUPTS if act.day <= shifted_end(add_years(start, YEARS))[0] else Effect.WAIVER_QUESTION
        if effect is Effect.INTERRUPTS:
            start = act.day
        events.append(Event(act, effect, add_years(start, YEARS)))
    return start, events


def _cautions(found: Limitation, on: date) -> tuple[Message, ...]:
    said = [
        Message(
            "Asking for instalments or a deferral, paying a part, making a plan or signing a notice starts the three "
            "years anew; done after they have run, it may count as giving up the defence."
        )
    ]
    if found.past:
        said.append(
            Message(
                "By the acts entered, the three years would have run by about {day}. Whether that is so, and what "
                "follows, only a lawyer or court can say: ask a lawyer or call 12348 before any step.",
                day=found.end,
            )
        )
    elif (found.end - on).days <= CLOSE_MONTHS * 31:
        said.append(
            Message(
                "By the acts entered, the three years run until about {day}: "
                "ask a lawyer or call 12348 before any step.",
                day=found.end,
            )
        )
    if any(e.effect is Effect.WAIVER_QUESTION for e in found.events):
        said.append(Message("An act after the three years is a question of waiver, not an interruption."))
    if found.unproven:
        said.append(
            Message(
                "{n} acts have no proof and are left out; if they count, the end would be about {day}.",
                n=len(found.unproven),
                day=found.end_if_all,
            )
        )
    if found.provisional:
        said.append(Message("The holidays of that year are not published yet: the day is provisional."))
    return tuple(said)
