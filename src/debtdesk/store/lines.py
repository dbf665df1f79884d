"""What the list of cases shows of each: kept in columns, so that listing opens no case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from debtdesk.core.case import Answer, Case
from debtdesk.locale import Message


class State(StrEnum):
    """How far a case has come, as its content shows."""

    NEW = "new"
    DEBTS = "debts"
    OFFERS = "offers"
    NEGOTIATING = "negotiating"
    AGREED = "agreed"

    @property
    def text(self) -> Message:
        """How it is said on screen."""
        return _STATES[self]


_STATES = {
    State.NEW: Message("new case"),
    State.DEBTS: Message("debts entered"),
    State.OFFERS: Message("proposals made"),
    State.NEGOTIATING: Message("in negotiation"),
    State.AGREED: Message("agreement reached"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case in the list.

    `client` is masked as in the case; `total` what the entered balances come to [fen]; `last_outcome` the answer
    recorded last and its day, None where there is none.
    """

    reference: str
    client: str
    state: State
    version: int
    created: datetime
    updated: datetime
    debts: int
    total: int
    last_outcome: Answer | None
    last_outcome_day: date | None


def state_of(case: Case) -> State:
    """Return how far a case has come: agreed once the last answer for each debt is an acceptance."""
    if case.debts and case.outcomes:
        last = {account: outcome.answer for outcome in case.outcomes for account in outcome.accounts}
        agreed = all(last.get(debt.account) is Answer.ACCEPTED for debt in case.debts)
        return State.AGREED if agreed else State.NEGOTIATING
    if case.outcomes:
        return State.NEGOTIATING
    if case.proposals:
        return State.OFFERS
    return State.DEBTS if case.debts else State.NEW


def columns_of(case: Case | None) -> dict[str, Any]:
    """Return the columns of the list that follow from a case; blank for a removed one."""
    if case is None:
        return {"client": "", "state": "", "debts": 0, "total": 0, "last_outcome": None, "last_outcome_day": None}
    last = case.outcomes[-1] if case.outcomes else None
    return {
        "client": case.client,
        "state": state_of(case).value,
        "debts": len(case.debts),
        "total": sum(debt.balance.total for debt in case.debts),
        "last_outcome": last.answer.value if last else None,
        "last_outcome_day": last.day if last else None,
    }
