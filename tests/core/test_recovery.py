"""The creditor's side: present values by hand, and shares at which another way would be worth as much."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.recovery import (
    Assumptions,
    Way,
    Worth,
    assumption_problems,
    latest_worth,
    recovery,
)

DAY = date(2025, 1, 1)
YEAR = date(2026, 1, 1)  # 365 days later
TEN = Fraction(10, 100)
SAME_EACH_RUN = settings(max_examples=60, deadline=None, derandomize=True)


def test_plan_and_suit_by_hand() -> None:
    # Plan: 11,000 yuan after a year, at 10 % worth 10,000. Owed 20,000; court fee: 50 + 2.5 % of 10,000 = 300.
    # Suit: half of 20,300 after a year is 10,150, worth 9,227.27; less 300 and 500 of costs: 8,427.27.
    # Break-even: (10,000 + 800) x 1.1 / 20,300 = 11,880 / 20,300 = 58.52 %.
    assumed = Assumptions(rate=TEN, suit_share=Fraction(1, 2), suit_months=12, suit_costs=50_000)
    found = recovery([(YEAR, 1_100_000)], 2_000_000, on=DAY, assumptions=assumed)
    assert found.plan == Worth(Way.PLAN, 1_000_000, 1_100_000, 0, YEAR, None)
    (suit,) = found.others
    assert (suit.value, suit.comes, suit.costs, suit.until) == (842_727, 1_015_000, 80_000, YEAR)
    assert suit.break_even == Fraction(11_880, 20_300)
    assert found.advantage(suit) == 1_000_000 - 842_727


def test_waiting_and_selling_by_hand() -> None:
    # 30 % of 20,000 after two years (730 days): 6,000 / 1.21 = 4,958.68; sold for 8 % at once: 1,600
    assumed = Assumptions(
        rate=TEN, wait_share=Fraction(3, 10), wait_months=24, sale_share=Fraction(8, 100), sale_months=0
    )
    found = recovery([(YEAR, 1_100_000)], 2_000_000, on=DAY, assumptions=assumed)
    wait, sale = found.others
    assert (wait.way, wait.value, wait.costs) == (Way.WAIT, 495_868, 0)
    assert wait.break_even is not None and float(wait.break_even) == pytest.approx(10_000 * 1.21 / 20_000, abs=1e-12)
    assert (sale.way, sale.value, sale.break_even) == (Way.SELL, 160_000, Fraction(1, 2))


def test_half_the_fee_and_a_plan_counted_in_part() -> None:
    # half the fee: 150; 80 % of the plan's 10,000 is 8,000
    assumed = Assumptions(rate=TEN, plan_paid=Fraction(8, 10), suit_share=Fraction(0), suit_months=12, half_fee=True)
    found = recovery([(YEAR, 1_100_000)], 2_000_000, on=DAY, assumptions=assumed)
    assert (found.plan.value, found.plan.comes) == (800_000, 880_000)
    assert (found.others[0].value, found.others[0].costs) == (-15_000, 15_000)


def test_how_late_it_may_come_by_hand() -> None:
    # plan worth 10,000; half of 24,200 is 12,100 = 10,000 x 1.1 x 1.1: worth as much up to two years
    assumed = Assumptions(rate=TEN, wait_share=Fraction(1, 2), sale_share=Fraction(1, 10))
    found = recovery([(YEAR, 1_100_000)], 2_420_000, on=DAY, assumptions=assumed)
    assert latest_worth(found, Way.WAIT) == 24
    assert latest_worth(found, Way.SELL) is None  # 2,420 yuan never are
    assert latest_worth(found, Way.SUE) is None  # not looked at


def test_a_claim_above_the_scale_that_was_read_has_no_value() -> None:
    found = recovery([(YEAR, 100)], 10**12, on=DAY, assumptions=Assumptions(suit_share=Fraction(1, 2)))
    suit = found.others[0]
    assert (suit.value, suit.costs, suit.break_even) == (None, None, None)
    assert found.advantage(suit) is None and latest_worth(found, Way.SUE) is None


def test_table_is_in_yuan() -> None:
    assumed = Assumptions(rate=TEN, suit_share=Fraction(1, 2), suit_months=12, suit_costs=50_000)
    table = recovery([(YEAR, 1_100_000)], 2_000_000, on=DAY, assumptions=assumed).table()
    assert table["way"].tolist() == ["plan", "sue"] and table["value"].tolist() == [10_000.0, 8_427.27]


@SAME_EACH_RUN
@given(
    st.lists(st.tuples(st.integers(0, 1800), st.integers(1, 10**6)), min_size=1, max_size=20),
    st.integers(10_000, 10**7),
    st.integers(0, 60),
    st.integers(0, 20),
)
def test_at_the_break_even_share_a_way_is_worth_the_plan(payments, owed, months, percent):  # type: ignore[no-untyped-def]
    flows = [(date.fromordinal(DAY.toordinal() + n), amount) for n, amount in payments]

    def asked(share: Fraction) -> Worth:
        assumed = Assumptions(rate=Fraction(percent, 100), suit_share=share, suit_months=months)
        found = recovery(flows, owed, on=DAY, assumptions=assumed)
        # without a rate the plan is worth its payments
        assert percent or found.plan.value == sum(amount for _, amount in flows)
        assert found.plan.value is not None and found.plan.value <= sum(amount for _, amount in flows)
        return found.others[0]

    share = asked(Fraction(0)).break_even
    assert share is not None
    if share <= 1:
        found = recovery(
            flows,
            owed,
            on=DAY,
            assumptions=Assumptions(rate=Fraction(percent, 100), suit_share=share, suit_months=months),
        )
        difference = found.advantage(found.others[0])
        assert difference is not None and abs(difference) <= 1


@pytest.mark.parametrize(
    ("name", "given_value"),
    [
        ("rate", Fraction(-1)),
        ("plan_paid", Fraction(2)),
        ("suit_share", Fraction(3)),
        ("suit_months", -1),
        ("wait_months", 241),
        ("suit_costs", -1),
    ],
)
def test_assumptions_that_cannot_be_are_told_and_refused(name: str, given_value: object) -> None:
    assert [p.field for p in assumption_problems({name: given_value})] == [name]
    with pytest.raises(ValueError, match=name):
        Assumptions(**{name: given_value})  # type: ignore[arg-type]


def test_misuse_is_refused() -> None:
    for flows, owed, word in (([(YEAR, 1)], 0, "owed"), ([], 1, "payments"), ([(date(2024, 1, 1), 1)], 1, "payments")):
        with pytest.raises(ValueError, match=word):
            recovery(flows, owed, on=DAY, assumptions=Assumptions())
