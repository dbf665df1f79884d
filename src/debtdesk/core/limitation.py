"""Limitation of actions: the timeline of a debt, with every act that may have started the three years anew.

It informs and never concludes: whether a defence exists, and whether it was given up, is for a lawyer and a court.

Notes
-----
Civil Code 188 (three years), 189 (one debt in installments: from the last one), 192 and 195, 194 (what hinders the
creditor in the last six months), 201-203 (how days count); 诉讼时效规定 (2020) 8, 9, 14, 17 and 19; for cards
银行卡规定 3.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from debtdesk.core.acts import PROCEEDINGS, Act, ActKind
from debtdesk.core.days import add_months, add_years, is_working_day
from debtdesk.core.debt import Debt
from debtdesk.data.calendar import PUBLISHED_THROUGH
from debtdesk.locale import Message

YEARS = 3
CLOSE_MONTHS = 6
CARDS = ("credit_card",)


class Effect(StrEnum):
    """What an act means for limitation.

    It starts the period anew; or lies after it, so that giving up the defence is in question; or lies before it began;
    or is contested, since what is proven is that something was sent, not that it reached the debtor; or has no proof.
    """

    INTERRUPTS = "interrupts"
    WAIVER_QUESTION = "waiver_question"
    BEFORE_START = "before_start"
    CONTESTED = "contested"
    UNPROVEN = "unproven"


COUNTED = (Effect.INTERRUPTS, Effect.WAIVER_QUESTION)


@dataclass(frozen=True, slots=True)
class Event:
    """An act on the timeline, its effect, and the raw end of the period as it stands after it."""

    act: Act
    effect: Effect
    raw_end: date


@dataclass(frozen=True, slots=True)
class Limitation:
    """The timeline of a debt. Days are "about": the start is counted in two ways, and both stand here.

    `due` is the day the period first counts from, `start` the day it counts from after the last interruption; `raw_end`
    the corresponding day three years later; `raw_end_next_day` the same counted from the day after; `end` the raw end
    moved to the next working day (Civil Code 203); `provisional` whether that day lies in a year whose holidays are not
    published. `events` are the proven acts in order; `unproven` those without proof and `contested` those of which only
    the sending is proven, both left out; `end_if_all` the end if they counted too. `past` says only that the day looked
    at lies after the end, `close` that less than six months are left: what follows is for a lawyer. `judged` says that
    a judgment stands, so that the period for its enforcement counts and not this one.
    """

    due: date
    start: date
    raw_end: date
    raw_end_next_day: date
    end: date
    provisional: bool
    events: tuple[Event, ...]
    unproven: tuple[Act, ...]
    contested: tuple[Act, ...]
    end_if_all: date
    past: bool
    close: bool
    judged: bool
    cautions: tuple[Message, ...]

    @property
    def nothing_entered(self) -> bool:
        """Whether no act after the due day is entered at all, proven or not."""
        return not (self.unproven or self.contested or any(e.effect in COUNTED for e in self.events))

    def all_events(self) -> tuple[Event, ...]:
        """Return every act in order of day, those that are left out with their own effect."""
        out = [Event(a, Effect.UNPROVEN, self.raw_end) for a in self.unproven]
        out += [Event(a, Effect.CONTESTED, self.raw_end) for a in self.contested]
        return tuple(sorted((*self.events, *out), key=lambda e: _place(e.act)))


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
        Its due day is the day before its first overdue day, or the last installment's where the contract is in
        installments (Civil Code 189); its payments count as part payments, proven where they carry a note.
    on : date
        Later acts are left out.
    acts : iterable of Act, optional
        Instead of the debt's own.
    """
    known = [a for a in (debt.acts if acts is None else acts) if a.day <= on]
    known += [Act(p.day, ActKind.PART_PAYMENT, p.note) for p in debt.payments if p.day <= on]
    known = sorted(set(known), key=_place)
    due = debt.default_date - timedelta(days=1)
    if debt.last_due is not None:
        due = max(due, debt.last_due)
    unproven = tuple(a for a in known if not a.proven)
    contested = tuple(a for a in known if a.proven and only_sent(a, debt))
    start, events = _timeline(due, [a for a in known if a.proven and not only_sent(a, debt)])
    start_if_all, _ = _timeline(due, known)
    raw_end = add_years(start, YEARS)
    end, provisional = shifted_end(raw_end)
    found = Limitation(
        due=due,
        start=start,
        raw_end=raw_end,
        raw_end_next_day=add_years(start + timedelta(days=1), YEARS),
        end=end,
        provisional=provisional,
        events=tuple(events),
        unproven=unproven,
        contested=contested,
        end_if_all=shifted_end(add_years(start_if_all, YEARS))[0],
        past=on > end,
        close=on <= end < add_months(on, CLOSE_MONTHS),
        judged=debt.stage.judged,
        cautions=(),
    )
    return replace(found, cautions=_cautions(found, debt, on))


def only_sent(act: Act, debt: Debt) -> bool:
    """Return whether an act shows only that something was sent, where it would have to reach the debtor.

    For bank cards sending to the reserved number or address is enough (银行卡规定 3); for other debts a letter or
    message must reach the debtor or be such that it should (诉讼时效规定 8). Calls and app notices are contested.
    """
    return act.kind is ActKind.CALL or (act.kind is ActKind.MESSAGE_SENT and debt.product not in CARDS)


def _place(act: Act) -> tuple[date, str, str, str]:
    return act.day, act.kind.value, act.proof, act.note


def _timeline(due: date, acts: list[Act]) -> tuple[date, list[Event]]:
    """Return the day the running period counts from, and each act with its effect."""
    start, events = due, []
    for act in acts:
        if act.day < due:
            effect = Effect.BEFORE_START
        elif act.day <= shifted_end(add_years(start, YEARS))[0]:
            effect, start = Effect.INTERRUPTS, act.day
        else:
            effect = Effect.WAIVER_QUESTION
        events.append(Event(act, effect, add_years(start, YEARS)))
    return start, events


def _cautions(found: Limitation, debt: Debt, on: date) -> tuple[Message, ...]:
    if found.judged:
        return (
            Message(
                "A judgment stands: what counts now is the time to apply for its enforcement, two years "
                "(民事诉讼法 art. 250), not these three years. Ask a lawyer or call 12348."
            ),
        )
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
    elif found.close:
        said.append(
            Message(
                "By the acts entered, the three years run until about {day}: "
                "ask a lawyer or call 12348 before any step.",
                day=found.end,
            )
        )
    said += _of_the_acts(found, debt)
    if found.provisional:
        said.append(Message("The holidays of that year are not published yet: the day is provisional."))
    if found.past or found.close:
        said.append(
            Message(
                "If something hindered the creditor from claiming in the last six months, the end moves (Civil Code "
                "194); that is not computed here."
            )
        )
    return tuple(said)


def _of_the_acts(found: Limitation, debt: Debt) -> list[Message]:
    said = []
    if debt.last_due is not None and found.due == debt.last_due:
        said.append(
            Message(
                "The contract is in installments: the three years count from the last one, {day} (Civil Code 189). If "
                "the creditor called the whole debt due earlier, ask a lawyer from when it counts.",
                day=found.due,
            )
        )
    if any(e.effect is Effect.WAIVER_QUESTION for e in found.events):
        said.append(Message("An act after the three years is a question of waiver, not an interruption."))
    if any(e.act.kind in PROCEEDINGS and e.effect is Effect.INTERRUPTS for e in found.events):
        said.append(
            Message(
                "After a suit, mediation or report the three years begin anew only when that procedure ends (Civil "
                "Code 195): the end may lie later than shown."
            )
        )
    if found.contested:
        said.append(
            Message(
                "Proven as sent, not as received: {n}. They are left out; whether they count is contested. If they do, "
                "the end would be about {day}.",
                n=len(found.contested),
                day=found.end_if_all,
            )
        )
    if found.unproven:
        said.append(
            Message(
                "{n} acts have no proof and are left out; if they count, the end would be about {day}.",
                n=len(found.unproven),
                day=found.end_if_all,
            )
        )
    return said
