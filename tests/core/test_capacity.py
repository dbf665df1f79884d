"""What the household can pay; the expected values are worked by hand in the comments."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debtdesk.core.budget import Budget, BudgetItem, Category, Frequency, Kind
from debtdesk.core.capacity import capacity, level_installment

START = date(2026, 12, 1)


def income(amount: int, **more: object) -> BudgetItem:
    return BudgetItem(name="wage", kind=Kind.INCOME, category=Category.INCOME, amount=amount, **more)  # type: ignore[arg-type]


def expense(amount: int, category: Category = Category.FOOD, **more: object) -> BudgetItem:
    return BudgetItem(name="item", kind=Kind.EXPENSE, category=category, amount=amount, **more)  # type: ignore[arg-type]


def test_steady_household() -> None:
    # 6,000 - 3,000 essentials - 500 other - 400 other debt = 2,100 a month
    items = (
        income(600_000),
        expense(300_000, essential=True),
        expense(50_000),
        expense(40_000, Category.DEBT_SERVICE),
    )
    room = capacity(Budget(items=items), start=START, months=12)
    assert room.left == (210_000,) * 12
    assert (room.level, room.lowest) == (210_000, 0)


def test_protected_minimum_replaces_lower_essentials() -> None:
    # 3 persons x 1,100 = 3,300 is more than the 3,000 entered: 6,000 - 3,300 = 2,700
    budget = Budget(items=(income(600_000), expense(300_000, essential=True)), persons=3, protected_minimum=110_000)
    assert capacity(budget, start=START, months=1).level == 270_000


def test_reserve_grows_first_and_then_rests() -> None:
    # 1,000 left; 300 a month aside until 700 are there: 300, 300, 100, 0
    budget = Budget(
        items=(income(400_000), expense(300_000, essential=True)), reserve_target=70_000, reserve_monthly=30_000
    )
    room = capacity(budget, start=START, months=4)
    assert room.reserve == (30_000, 30_000, 10_000, 0)
    assert room.left == (70_000, 70_000, 90_000, 100_000)
    assert room.level == 70_000


def test_seasonal_income_is_carried_but_never_borrowed_ahead() -> None:
    # Dec and Jan 500 left each, Feb 2,000: a bad month first binds at 500, good months first allow the mean of 1,000
    seasonal = income(150_000, frequency=Frequency.MONTHS, months=(2,))
    budget = Budget(items=(income(350_000), seasonal, expense(300_000, essential=True)))
    assert capacity(budget, start=date(2026, 12, 1), months=3).level == 50_000
    assert capacity(budget, start=date(2027, 2, 1), months=3).level == 100_000


def test_savings_help_over_the_first_months() -> None:
    # (600 savings + 500) / 1 = 1,100; (600 + 1,000) / 2 = 800 binds
    budget = Budget(items=(income(350_000), expense(300_000, essential=True)), savings=60_000)
    assert capacity(budget, start=START, months=2).level == 80_000


def test_nothing_is_left_in_a_household_that_falls_short() -> None:
    room = capacity(Budget(items=(income(200_000), expense(300_000, essential=True))), start=START, months=6)
    assert room.level == 0
    assert room.months_short(0) == 6


def test_level_is_rounded_down_to_the_step() -> None:
    budget = Budget(items=(income(123_456),), step=5_000)
    assert capacity(budget, start=START, months=12).level == 120_000


def test_flexible_spending_can_be_cut() -> None:
    budget = Budget(items=(income(100_000), expense(40_000)), step=1)
    assert capacity(budget, start=START, months=1, flexible_kept=Fraction(1, 2)).level == 80_000


def test_weekly_is_52_twelfths_and_quarterly_a_third() -> None:
    # 300 x 52 / 12 = 1,300; 1,000 / 3 = 333.33
    assert income(30_000, frequency=Frequency.WEEKLY).in_month(START) == 130_000
    assert income(100_000, frequency=Frequency.QUARTERLY).in_month(START) == 33_333


def test_an_item_holds_from_its_start_to_its_end() -> None:
    item = income(1_000, start=date(2027, 1, 20), end=date(2027, 2, 5))
    assert [item.in_month(date(2026 + (m > 12), (m - 1) % 12 + 1, 1)) for m in (12, 13, 14, 15)] == [0, 1_000, 1_000, 0]
    once = income(1_000, frequency=Frequency.ONCE, start=date(2027, 1, 20))
    assert [once.in_month(date(2027, m, 1)) for m in (1, 2)] == [1_000, 0]


@given(st.lists(st.integers(-(10**7), 10**7), min_size=1, max_size=60), st.integers(0, 10**6), st.integers(1, 10**5))
def test_level_is_the_largest_that_never_runs_out(left: list[int], savings: int, step: int) -> None:
    def lowest(installment: int) -> int:
        at_hand, found = savings, []
        for x in left:
            at_hand += x - installment
            found.append(at_hand)
        return min(found)

    level = level_installment(left, savings, step)
    assert level % step == 0
    assert level == 0 or lowest(level) >= 0
    assert lowest(level + step) < 0


@pytest.mark.parametrize("months", [0, -1])
def test_capacity_refuses_no_months(months: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        capacity(Budget(), start=START, months=months)
