"""Lanes that share terms and days: float64 gives the fen of one debt alone, and int64 takes over where it cannot."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest

from debtdesk.core.debt import Balance, Debt
from debtdesk.core.kernel import State
from debtdesk.core.lanes import BLOCK, run_amounts
from debtdesk.core.money import Rounding
from debtdesk.core.projection import balances_on
from debtdesk.core.rates import parse_rate
from debtdesk.core.steps import compile_history
from debtdesk.core.terms import Compounding, DatedRate, LateFee, Rhythm, Terms

START, END = date(2023, 11, 25), date(2024, 11, 25)
CARD = Terms(
    rates=(DatedRate(None, parse_rate("18.25%/年")),),
    compounding=Compounding.MONTHLY,
    late_fee=LateFee(Fraction(1, 20), floor=1_000, ceiling=50_000),
)


def debt(principal: int, terms: Terms) -> Debt:
    balance = Balance(principal=principal, as_of=START)
    return Debt(account="1", creditor="", lender="", product="", balance=balance, terms=terms, default_date=START)


def played(principals: list[int], terms: Terms) -> list[list[int]]:
    history = compile_history(debt(0, terms), END)
    amounts, zero = np.array(principals, dtype=np.int64), np.zeros(len(principals), dtype=np.int64)
    minimum = np.array([compile_history(debt(p, terms), END).state.minimum for p in principals], dtype=np.int64)
    state = State([amounts, zero, zero, zero], zero, zero, minimum, history.state.denominator)
    day, ended = run_amounts(history, state)
    assert day == END and amounts.tolist() == principals  # the state given is not changed
    return [[int(part[n]) for part in ended.parts] for n in range(len(principals))]


@pytest.mark.parametrize("rounding", Rounding)
@pytest.mark.parametrize("rhythm", [Rhythm.SEGMENT, Rhythm.STATEMENT, Rhythm.DAY, Rhythm.CARRIED])
@pytest.mark.parametrize("fee", [CARD.late_fee, None])
def test_many_lanes_say_what_one_debt_alone_says(rounding: Rounding, rhythm: Rhythm, fee: LateFee | None) -> None:
    terms = replace(CARD, rounding=rounding, rhythm=rhythm, late_fee=fee)
    principals = [0, 1, 2, 99, 365, 20_000, 1_000_000, 1_234_567, 19_999_999, 10**10, 10**13]  # the last need int64
    for principal, parts in zip(principals, played(principals, terms), strict=True):
        alone = balances_on(debt(principal, terms), (END,))[0]
        assert parts == [alone.principal, alone.interest, alone.penalty_interest, alone.fees], principal


def test_lanes_of_several_blocks_keep_their_places() -> None:
    principals = [100 * n for n in range(BLOCK + 3)]
    found = played(principals, replace(CARD, late_fee=None))
    assert [parts[0] for parts in found] == principals


def test_what_even_64_bits_cannot_hold_is_refused() -> None:
    with pytest.raises(OverflowError):
        played([2**60], CARD)
