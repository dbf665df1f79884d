"""The next step of a case: what is still missing, in words, and the notebook in which it is done."""

from __future__ import annotations

from dataclasses import dataclass

from debtdesk.core.case import Answer, Case
from debtdesk.locale import Message
from debtdesk.store.lines import State, state_of


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next, and where."""

    text: Message
    stage: str


_AFTER_ANSWER = {
    Answer.PENDING: NextStep(Message("record the answer"), "06_outcome"),
    Answer.COUNTERED: NextStep(Message("weigh the counter-offer"), "04_proposals"),
    Answer.REFUSED: NextStep(Message("make another offer"), "04_proposals"),
    Answer.ACCEPTED: NextStep(Message("settle the other debts"), "04_proposals"),
}


def next_step(state: State, *, has_budget: bool, last: Answer | None) -> NextStep:
    """Return the next step of a case of a state; `last` is the answer recorded last."""
    if state is State.NEW:
        return NextStep(Message("enter the debts"), "01_debts")
    if state is State.AGREED:
        return NextStep(Message("check the agreement, pay as agreed"), "06_outcome")
    if state is State.NEGOTIATING and last is not None:
        return _AFTER_ANSWER[last]
    if not has_budget:
        return NextStep(Message("enter the budget"), "02_budget")
    if state is State.OFFERS:
        return NextStep(Message("choose an offer"), "04_proposals")
    return NextStep(Message("make offers"), "04_proposals")


def next_step_of(case: Case) -> NextStep:
    """Return the next step of a case at hand."""
    last = case.outcomes[-1].answer if case.outcomes else None
    return next_step(state_of(case), has_budget=bool(case.budget.items), last=last)
