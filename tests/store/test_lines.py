"""How far a case has come, as its content shows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from debtdesk.core.case import Answer, Case
from debtdesk.store.lines import State, state_of

ALL = ("HB-01", "JB-02", "6222****0001")


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ([], State.OFFERS),
        ([(Answer.PENDING, ALL)], State.NEGOTIATING),
        ([(Answer.REFUSED, ALL)], State.NEGOTIATING),
        ([(Answer.ACCEPTED, ALL)], State.AGREED),
        ([(Answer.ACCEPTED, ALL[:2])], State.NEGOTIATING),
        ([(Answer.ACCEPTED, ALL[:2]), (Answer.ACCEPTED, ALL[2:])], State.AGREED),
        ([(Answer.ACCEPTED, ALL), (Answer.COUNTERED, ALL[:1])], State.NEGOTIATING),
    ],
)
def test_state_follows_the_last_answer_of_each_debt(
    case: Case, answers: list[tuple[Answer, tuple[str, ...]]], expected: State
) -> None:
    outcomes = tuple(replace(case.outcomes[0], answer=answer, accounts=accounts) for answer, accounts in answers)
    assert state_of(replace(case, outcomes=outcomes)) is expected


def test_state_before_there_are_proposals(case: Case) -> None:
    assert state_of(Case(reference="a", client="b")) is State.NEW
    assert state_of(replace(case, proposals=(), outcomes=())) is State.DEBTS


def test_every_state_can_be_said() -> None:
    assert len({state.text.in_language("zh") for state in State}) == len(State)
