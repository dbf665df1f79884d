"""What the household can pay; the expected values are worked by hand in the comments."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debtdesk.core.budget import Budget, BudgetItem, Category, Frequency, Kind, Regularity
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


def test_uncertain_income_counts_only_by_the_share_the_counselor_says() -> None:
    # 4,000 wage - 3,000 essentials = 1,000; 40 % of 1,000 odd jobs = 400 more, 600 stay uncounted
    items = (
        income(400_000),
        income(100_000, regularity=Regularity.UNCERTAIN),
        expense(300_000, essential=True),
    )
    plain = capacity(Budget(items=items), start=START, months=3)
    assert (plain.level, plain.income[0], plain.uncertain[0]) == (100_000, 400_000, 100_000)
    some = capacity(Budget(items=items, uncertain_share=Fraction(2, 5)), start=START, months=3)
    assert (some.level, some.income[0], some.uncertain[0]) == (140_000, 440_000, 60_000)


def test_seasonal_income_counts_in_its_months() -> None:
    # 4,000 - 3,000 = 1,000 in December, 1,500 more in January
    season = income(150_000, frequency=Frequency.MONTHS, months=(1,), regularity=Regularity.SEASONAL)
    room = capacity(Budget(items=(income(400_000), season, expense(300_000, essential=True))), start=START, months=2)
    assert room.by_month == (100_000, 250_000)


FLOORED = Budget(
    items=(income(500_000), expense(300_000, essential=True), expense(40_000, Category.DEBT_SERVICE)),
    persons=3,
    protected_minimum=110_000,
)


def test_an_installment_above_income_less_floor_is_named_by_month_and_amount() -> None:
    # 5,000 - max(3,000, 3 x 1,100) - 400 other debts = 1,300 a month
    room = capacity(FLOORED, start=START, months=3)
    assert room.available == (130_000,) * 3
    assert room.fits(130_000).ok and room.fits(130_000).carried == ()
    fit = room.fits([130_000, 135_000, 0])
    assert [(b.month, b.by) for b in fit.breaches] == [(date(2027, 1, 1), 5_000)]
    assert fit.worst == fit.breaches[0]


def test_savings_carry_an_installment_until_they_are_gone() -> None:
    # 1,300 a month and 100 saved: 1,350 leaves 50, then 0, and in the third month 50 are missing
    fit = capacity(replace(FLOORED, savings=10_000), start=START, months=3).fits(135_000)
    assert fit.carried == (date(2026, 12, 1), date(2027, 1, 1))
    assert [(b.month, b.available, b.by) for b in fit.breaches] == [(date(2027, 2, 1), 130_000, 5_000)]


def test_reserve_and_other_spending_may_be_given_up_for_an_installment_but_not_living() -> None:
    # left is 1,300 - 200 reserve - 100 other = 1,000; an installment of 1,300 eats both but is not refused
    budget = replace(FLOORED, items=(*FLOORED.items, expense(10_000)), reserve_monthly=20_000, reserve_target=90_000)
    room = capacity(budget, start=START, months=2)
    assert room.by_month == (100_000, 100_000)
    assert room.fits(130_000).ok and not room.fits(130_001).ok
    assert room.months_short(130_000) == 2


MONEY = st.integers(0, 900_000)
ITEMS = st.lists(
    st.builds(
        lambda amount, kind, essential, regularity, frequency: BudgetItem(
            name="x",
            kind=kind,
            category=Category.INCOME if kind is Kind.INCOME else Category.FOOD,
            amount=amount,
            essential=essential,
            regularity=regularity,
            frequency=frequency,
            months=(2, 9) if frequency is Frequency.MONTHS else (),
        ),
        MONEY,
        st.sampled_from(Kind),
        st.booleans(),
        st.sampled_from(Regularity),
        st.sampled_from([Frequency.MONTHLY, Frequency.WEEKLY, Frequency.MONTHS]),
    ),
    max_size=6,
)
BUDGETS = st.builds(
    lambda items, persons, floor, savings, reserve, target, step, share, debts: Budget(
        items=(*items, expense(debts, Category.DEBT_SERVICE)),
        persons=persons,
        protected_minimum=floor,
        savings=savings,
        reserve_monthly=reserve,
        reserve_target=target,
        step=step,
        uncertain_share=share,
    ),
    ITEMS,
    st.integers(1, 5),
    st.integers(0, 120_000),
    st.integers(0, 300_000),
    st.integers(0, 50_000),
    st.integers(0, 200_000),
    st.sampled_from([1, 1_000, 5_000]),
    st.fractions(0, 1, max_denominator=20),
    st.integers(0, 90_000),
)


@given(BUDGETS, st.integers(1, 30))
def test_capacity_never_exceeds_income_less_floor_less_debts(budget: Budget, months: int) -> None:
    room = capacity(budget, start=START, months=months)
    floor = budget.protected_minimum * budget.persons
    own = [i - max(e, floor) - d for i, e, d in zip(room.income, room.essentials, room.debt_service, strict=True)]
    assert all(0 <= x <= max(0, o) and x % budget.step == 0 for x, o in zip(room.by_month, own, strict=True))
    assert room.level % budget.step == 0
    if room.level:
        assert room.level * months <= budget.savings + sum(own)
        assert room.fits(room.level).ok


@given(BUDGETS, st.integers(1, 24), st.integers(0, 50_000))
def test_a_higher_floor_never_raises_the_capacity(budget: Budget, months: int, more: int) -> None:
    higher = replace(budget, protected_minimum=budget.protected_minimum + more)
    one, other = (capacity(b, start=START, months=months) for b in (budget, higher))
    assert other.level <= one.level
    assert all(b <= a for a, b in zip(one.by_month, other.by_month, strict=True))


@given(BUDGETS, st.integers(1, 24))
def test_the_reserve_grows_first_and_to_its_target(budget: Budget, months: int) -> None:
    room = capacity(budget, start=START, months=months)
    without = capacity(replace(budget, reserve_monthly=0), start=START, months=months)
    assert sum(room.reserve) == min(budget.reserve_target, budget.reserve_monthly * months)
    assert all(a - r == b for a, r, b in zip(without.left, room.reserve, room.left, strict=True))
    assert list(room.reserve) == sorted(room.reserve, reverse=True)


@given(BUDGETS, st.integers(1, 24), st.integers(0, 400_000))
def test_what_fits_leaves_what_is_protected(budget: Budget, months: int, installment: int) -> None:
    room = capacity(budget, start=START, months=months)
    fit = room.fits(installment)
    assert all(b.by > 0 and b.available >= 0 for b in fit.breaches)
    assert not set(fit.carried) & {b.month for b in fit.breaches}
    if fit.ok and all(x >= 0 for x in room.available):
        assert installment * months <= budget.savings + sum(room.available)


@pytest.mark.parametrize(
    "wrong",
    [{"dependants": 1}, {"dependants": -1}, {"uncertain_share": Fraction(3, 2)}, {"persons": 0}],
)
def test_budget_refuses_what_cannot_be(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Budget(**wrong)


def test_one_reason_a_category() -> None:
    budget = Budget().with_reason(Category.HEALTH, " 高血压 ").with_reason(Category.FOOD, "x")
    assert budget.reason(Category.HEALTH) == "高血压" and budget.reason(Category.HOUSING) == ""
    assert budget.with_reason(Category.FOOD, " ").reasons == budget.reasons[:1]
