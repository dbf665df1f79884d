"""The yearly cost of dated payments."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq

from debtdesk.core.returns import xirr


def test_xirr_agrees_with_the_spreadsheet_manual() -> None:
    # The example in Microsoft's documentation of XIRR: 37.336 %.
    flows = [
        (date(2008, 1, 1), -1_000_000),
        (date(2008, 3, 1), 275_000),
        (date(2008, 10, 30), 425_000),
        (date(2009, 2, 15), 325_000),
        (date(2009, 4, 1), 275_000),
    ]
    assert xirr(flows) == pytest.approx(0.373362535, abs=1e-8)


def test_xirr_of_a_year_is_the_interest_of_that_year() -> None:
    # 10,000 now, 11,825 after 365 days: 18.25 % by hand.
    assert xirr([(date(2025, 1, 1), 1_000_000), (date(2026, 1, 1), -1_182_500)]) == pytest.approx(0.1825, abs=1e-12)


def test_xirr_of_an_interest_free_plan_is_exactly_zero() -> None:
    flows = [(date(2026, 1, 1), 36_000), *((date(2026, 1 + k, 1), -12_000) for k in (1, 2, 3))]
    assert xirr(flows) == 0.0


def test_xirr_is_below_zero_when_less_is_paid_than_received() -> None:
    # half of it back after a year: -50 %
    assert xirr([(date(2025, 1, 1), 100), (date(2026, 1, 1), -50)]) == pytest.approx(-0.5, abs=1e-12)


@pytest.mark.parametrize(
    "flows",
    [[], [(date(2026, 1, 1), 100)], [(date(2026, 1, 1), 100), (date(2027, 1, 1), 100)], [(date(2026, 1, 1), 0)] * 2],
)
def test_xirr_does_not_exist_without_a_change_of_sign(flows: list[tuple[date, int]]) -> None:
    assert xirr(flows) is None


def test_flows_of_one_day_count_together() -> None:
    day = date(2026, 1, 1)
    assert xirr([(day, 100), (day, -100), (date(2027, 1, 1), -5)]) is None


@given(
    st.integers(10_000, 10**9),
    st.lists(st.tuples(st.integers(1, 3650), st.integers(1, 10**8)), min_size=1, max_size=60),
)
def test_xirr_agrees_with_an_independent_root_finder(received: int, paid: list[tuple[int, int]]) -> None:
    start = date(2020, 1, 1)
    found = xirr([(start, received), *((start + timedelta(days=n), -a) for n, a in paid)])

    def worth(rate: float) -> float:
        return received - sum(a * (1 + rate) ** (-n / 365) for n, a in paid)

    if worth(1e9) * worth(-0.999999) > 0:
        return  # no rate in the range that either looks at
    assert found is not None
    expected = brentq(worth, -0.999999, 1e9, xtol=1e-14, rtol=1e-14, maxiter=1000)
    assert found == pytest.approx(expected, rel=1e-6, abs=1e-9)
