"""What a household survives; the expected values are worked by hand in the comments."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debtdesk.core.budget import Budget, BudgetItem, Category, Kind
from debtdesk.core.capacity import capacity
from debtdesk.core.shock import USUAL, Hit, Shock, ShockKind
from debtdesk.core.stress import Stressed, shocks_of, under_shock

START = date(2026, 12, 1)


def item(kind: Kind, amount: int, *, essential: bool = False) -> BudgetItem:
    category = Category.INCOME if kind is Kind.INCOME else Category.FOOD
    return BudgetItem(name=f"{amount}", kind=kind, category=category, amount=amount, essential=essential)


# 5,000 + 2,000 income, 4,000 essentials, 500 other, 300 a month aside to 3,600, 1,000 saved, over 24 months.
# Left: 7,000 - 4,500 - 300 = 2,200 in the first twelve months, 2,500 then.
# Level: least of (1,000 + 2,200 n) / n at n = 12: 27,400 / 12 = 2,283.33 -> 2,280.
HOUSEHOLD = Budget(
    items=(
        item(Kind.INCOME, 200_000),
        item(Kind.INCOME, 500_000),
        item(Kind.EXPENSE, 400_000, essential=True),
        item(Kind.EXPENSE, 50_000),
    ),
    savings=100_000,
    reserve_monthly=30_000,
    reserve_target=360_000,
)


def stressed(shock: Shock, installment: int | None = None) -> Stressed:
    return under_shock(HOUSEHOLD, shock, start=START, months=24, installment=installment)


def usual(kind: ShockKind) -> Shock:
    return next(s for s in USUAL if s.kind is kind)


def test_without_a_shock() -> None:
    assert capacity(HOUSEHOLD, start=START, months=24).level == 228_000


def test_a_fifth_less_income_for_good() -> None:
    # 20 % of 7,000 = 1,400: 2,200 - 1,400 = 800; (1,000 + 12 x 800) / 12 = 883.33 -> 880; no reserve is spent on it
    found = stressed(usual(ShockKind.LESS_INCOME))
    assert found.lost == (140_000,) * 24
    assert found.level == 88_000


def test_a_month_of_illness_is_met_from_the_reserve() -> None:
    # month 7: 5,000 lost and 2,000 spent, 7 x 300 = 2,100 reserve: 1,000 + 7 x 2,200 - 7,000 + 2,100 = 11,500;
    # 11,500 / 7 = 1,642.86 -> 1,640. Month 8: (1,000 + 17,600 - 7,000 + 2,400) / 8 = 1,750
    found = stressed(usual(ShockKind.ILLNESS))
    assert (sum(found.lost), sum(found.cost), found.lost[6]) == (500_000, 200_000, 500_000)
    assert found.level == 164_000


def test_three_months_without_the_largest_income() -> None:
    # month 9: 1,000 + 9 x 2,200 - 15,000 + 2,700 = 8,500; 8,500 / 9 = 944.44 -> 940
    found = stressed(usual(ShockKind.JOB_LOSS))
    assert found.lost[5:10] == (0, 500_000, 500_000, 500_000, 0)
    assert found.level == 94_000


def test_how_long_the_reserve_lasts_and_when_least_is_at_hand() -> None:
    # paying 1,000: month 7: 13,500 - 7,000 = 6,500; month 8: 11,000 - 8,000 = 3,000; month 9: 8,500 - 9,000 = -500
    found = stressed(usual(ShockKind.JOB_LOSS), 100_000)
    assert found.cash[6:9] == (650_000, 300_000, -50_000)
    assert (found.lasts, found.out, found.lowest) == (2, date(2027, 8, 1), (date(2027, 8, 1), -50_000))
    assert not found.survived
    lasting = stressed(usual(ShockKind.JOB_LOSS), 94_000)
    assert lasting.survived and lasting.out is None


def test_spring_festival_every_year() -> None:
    # February is month 3: (1,000 + 3 x 2,200 - 1,500) / 3 = 2,033.33 -> 2,030
    found = stressed(usual(ShockKind.SPRING_FESTIVAL))
    assert [m.month for m, c in zip(found.months, found.cost, strict=True) if c] == [2, 2]
    assert found.level == 203_000


def test_school_start_every_year() -> None:
    # September is month 10: (1,000 + 22,000 - 1,000) / 10 = 2,200
    assert stressed(usual(ShockKind.SCHOOL_START)).level == 220_000


def test_a_household_may_have_shocks_of_its_own() -> None:
    own = Shock(kind=ShockKind.LESS_INCOME, lost=Fraction(1, 10))
    assert shocks_of(HOUSEHOLD) == USUAL
    assert shocks_of(replace(HOUSEHOLD, shocks=(own,))) == (own,)


SHOCKS = st.builds(
    lambda lost, hit, cost, begins, lasts, yearly: Shock(
        kind=ShockKind.ILLNESS, lost=lost, hit=hit, cost=cost, begins=begins, lasts=lasts, yearly=yearly
    ),
    st.fractions(0, 1, max_denominator=10),
    st.sampled_from(Hit),
    st.integers(0, 500_000),
    st.integers(0, 30),
    st.integers(0, 6),
    st.sampled_from([(), (2,), (2, 9)]),
)


@given(SHOCKS, st.integers(1, 24))
def test_the_level_under_a_shock_is_survived_and_no_step_more(shock: Shock, months: int) -> None:
    found = under_shock(HOUSEHOLD, shock, start=START, months=months)
    at_level = under_shock(HOUSEHOLD, shock, start=START, months=months, installment=found.level)
    more = under_shock(HOUSEHOLD, shock, start=START, months=months, installment=found.level + HOUSEHOLD.step)
    assert found.level == 0 or min(at_level.cash) >= 0
    assert min(more.cash) < 0


@given(SHOCKS, st.integers(1, 24))
def test_a_shock_that_lasts_never_raises_the_level(shock: Shock, months: int) -> None:
    lasting = replace(shock, lasts=0)
    plain = capacity(HOUSEHOLD, start=START, months=months).level
    assert under_shock(HOUSEHOLD, lasting, start=START, months=months).level <= plain


@pytest.mark.parametrize("wrong", [{"lost": Fraction(2)}, {"cost": -1}, {"begins": -1}, {"yearly": (13,)}])
def test_a_shock_refuses_what_cannot_be(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"illness|negative"):
        Shock(kind=ShockKind.ILLNESS, **wrong)  # type: ignore[arg-type]
