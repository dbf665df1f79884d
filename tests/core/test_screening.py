"""Offers screened over lanes: by hand, and against the schedule and the capacity of each one by itself."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.concession import Waiver
from debtdesk.core.debt import Balance
from debtdesk.core.installing import StepUp
from debtdesk.core.portfolio import frozen_months
from debtdesk.core.proposal import Proposal
from debtdesk.core.rates import Period, Rate
from debtdesk.core.schedule import Schedule, schedule
from debtdesk.core.screening import Asked, screen

START, DUE = date(2026, 11, 24), date(2026, 12, 24)


def test_by_hand() -> None:
    """10,000.00 and 5,000.00 of penalty interest, half of it waived, 500.00 down: 12,000.00 in 12 are 1,000.00.

    900.00 are left a month and 1,000.00 saved: 1,000 + 900 - 500 = 1,400, then 100 less each month: the 12 installments
    leave 200 at the end, and cash is never short; in 11 they are 1,090.91.
    """
    owed = Balance(principal=1_000_000, penalty_interest=500_000, as_of=START)
    asked = Asked(months=np.array([12, 11]), penalty_interest=500_000, down=50_000)
    found = screen(owed, asked, [90_000] * 13, savings=100_000)
    assert list(found.waived) == [250_000, 250_000]
    assert list(found.first) == [100_000, 109_091]
    assert list(found.total) == [1_250_000, 1_250_000]
    assert list(found.lowest) == [20_000, 140_000 + 11 * 90_000 - 1_200_000]
    assert list(found.short) == [0, 4]  # 1,400 - 8 x 190.91 is below zero: short in the last four of eleven


ROW = st.tuples(
    st.integers(1, 72),
    st.sampled_from([0, 250_000, 333_333, 1_000_000]),
    st.sampled_from([0, 0, 100_000, 5_000_000]),
    st.integers(0, 24),
    st.sampled_from([0, 0, 50_000, 100_000]),
    st.sampled_from([0, 0, 60_000, 182_500, 360_000]),
)


def single(row: tuple[int, ...], owed: Balance, size: int) -> Schedule | None:
    """The offer as a proposal with a given size; None if it takes longer than its months."""
    months, waived, down, frozen, raised, rate = row
    proposal = Proposal(
        name="",
        start=START,
        first_due=DUE,
        size=size,
        waiver=Waiver(penalty_interest=Fraction(waived, 10**6)),
        down_payment=down,
        freezes=frozen_months(START, frozen),
        step_up=StepUp(every=12, share=Fraction(raised, 10**6)) if raised else None,
        rate=Rate(Fraction(rate, 10**6), Period.YEAR) if rate else None,
    )
    try:
        found = schedule(proposal, owed)
    except ValueError:
        return None
    return found if found.count <= months else None


@settings(max_examples=100, deadline=None, derandomize=True)
@given(
    st.lists(ROW, min_size=1, max_size=8),
    st.integers(0, 20_000_000),
    st.integers(0, 5_000_000),
    st.lists(st.integers(-50_000, 300_000), min_size=73, max_size=73),
    st.integers(0, 1_000_000),
)
def test_each_offer_equals_its_own_schedule(
    offers: list[tuple[int, ...]], principal: int, penalty: int, left: list[int], savings: int
) -> None:
    owed = Balance(principal=principal, penalty_interest=penalty, as_of=START)
    columns = [np.array(c) for c in zip(*offers, strict=True)]
    months, waived, down, frozen, raised, rate = columns
    asked = Asked(months=months, penalty_interest=waived, down=down, frozen=frozen, raised=raised, rate=rate)
    found = screen(owed, asked, left, savings)
    for i, row in enumerate(offers):
        first = int(found.first[i])
        plan = single(row, owed, max(1, first))
        assert plan is not None
        assert first <= 1 or single(row, owed, first - 1) is None
        assert (plan.waived.total, plan.settlement.down.total) == (int(found.waived[i]), int(found.down[i]))
        assert plan.total == int(found.total[i])
        cash, short, lowest = savings, 0, None
        paid = [plan.settlement.down.total, *(x.payment for x in plan.monthly_installments)]
        for k in range(row[0] + 1):
            cash += left[k] - (paid[k] if k < len(paid) else 0)
            short += cash < 0
            lowest = cash if lowest is None else min(lowest, cash)
        assert (short, lowest) == (int(found.short[i]), int(found.lowest[i]))


def test_misuse_is_refused() -> None:
    owed = Balance(principal=10**9, as_of=START)
    with pytest.raises(ValueError, match="one more than their months"):
        screen(owed, Asked(months=12), [0] * 12)
    with pytest.raises(ValueError, match="too large"):
        screen(Balance(principal=10**12, as_of=START), Asked(months=1), [0] * 2)


def test_a_raise_counts_for_one_offer_alone() -> None:
    """1.18 over 13 months, a tenth more after a year: 9 fen x 12 and 9 are 117; 10 fen do."""
    found = screen(Balance(principal=118, as_of=START), Asked(months=13, raised=100_000), [0] * 14)
    assert list(found.first) == [10]
