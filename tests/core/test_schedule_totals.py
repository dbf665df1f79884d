"""Installments of many debts added up: the sum of the single schedules, to the fen."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core import schedule_lanes
from debtdesk.core.proposal import Remainder
from debtdesk.core.schedule import installment_parts
from debtdesk.core.schedule_lanes import schedule_totals


def test_two_debts_by_hand() -> None:
    # 100 yuan without a rate in 3: 33.33, 33.33, 33.34. 100 yuan at 12 %: 34.00 a month (34.0022);
    # interest 1.00, principal 33.00, 67.00 left; 0.67, 33.33, 33.67 left; 0.34, 33.67
    found = schedule_totals(np.array([10_000, 10_000]), 3, np.array([0, 120_000]))
    assert found.interest == (100, 67, 34)
    assert found.principal == (6_633, 6_666, 6_701)
    assert found.payment == (6_733, 6_733, 6_735) and found.left == (13_367, 6_701, 0)
    assert found.table()["left"].tolist() == [133.67, 67.01, 0.0]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, 10**9), st.integers(0, 360_000)), min_size=1, max_size=12),
    st.integers(1, 40),
    st.integers(1, 5),
)
def test_totals_are_the_sums_of_the_schedules(lanes, months, block):  # type: ignore[no-untyped-def]
    before = schedule_lanes.BLOCK
    schedule_lanes.BLOCK = block
    try:
        found = schedule_totals(np.array([f for f, _ in lanes]), months, np.array([r for _, r in lanes]))
    finally:
        schedule_lanes.BLOCK = before
    plans = [installment_parts(f, months, Fraction(r, 12_000_000), Remainder.LAST) for f, r in lanes]
    assert found.principal == tuple(sum(p[k][0] for p in plans) for k in range(months))
    assert found.interest == tuple(sum(p[k][1] for p in plans) for k in range(months))
    assert found.left[-1] == 0


def test_amounts_beyond_float64_are_exact_too() -> None:
    found = schedule_totals(np.array([10**13, 10**13]), 2, np.array([182_500, 0]))
    first, second = installment_parts(10**13, 2, Fraction(182_500, 12_000_000), Remainder.LAST)
    assert found.interest == (first[1], second[1]) and sum(found.principal) == 2 * 10**13


def test_misuse_is_refused() -> None:
    with pytest.raises(ValueError, match="months"):
        schedule_totals(np.array([1]), 0, np.array([0]))
    with pytest.raises(ValueError, match="place a lane"):
        schedule_totals(np.array([1]), 1, np.array([0, 0]))
