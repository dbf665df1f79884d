"""Risk of running out of cash: exact without shocks, fair in its draws, monotone in installment and reserve."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.budget import Budget, BudgetItem, Category, Frequency, Kind, Regularity
from debtdesk.core.capacity import Capacity, capacity
from debtdesk.core.case import Case
from debtdesk.core.comparison import compare
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.draws import Chances, Draws, _deviations, chance_problems, draw
from debtdesk.core.proposal import Proposal
from debtdesk.core.rates import Period, Rate
from debtdesk.core.risk import (
    QUANTILES,
    Measure,
    Reserve,
    Risk,
    fan,
    largest_installment,
    least_reserve,
    risk,
    risks,
)
from debtdesk.core.terms import DatedRate, Terms

DAY = date(2026, 11, 24)
SAME_EACH_RUN = settings(max_examples=40, deadline=None, derandomize=True)
ONLY = Chances.none()


def item(name: str, amount: int, kind: Kind = Kind.INCOME, **options: object) -> BudgetItem:
    category = Category.INCOME if kind is Kind.INCOME else Category.FOOD
    return BudgetItem(name=name, kind=kind, category=category, amount=amount, **options)  # type: ignore[arg-type]


BUDGET = Budget(
    items=(
        item("wage", 500_000),
        item("harvest", 300_000, frequency=Frequency.MONTHS, months=(6, 9)),
        item("living", 400_000, Kind.EXPENSE, essential=True),
    ),
    savings=100_000,
    reserve_monthly=20_000,
    reserve_target=60_000,
)
DRAWS = draw(BUDGET, start=DAY, months=36, paths=2_000)


def by_hand(left: list[list[int]], savings: int = 0) -> Draws:
    """Draws given path by path. [yuan]"""
    months = len(left[0])
    room = replace(
        capacity(Budget(savings=savings), start=DAY, months=months), reserve=(0,) * months, savings=100 * savings
    )
    return Draws(room, ONLY, 0, np.array(left, dtype=np.float64).T * 100)


def test_four_ways_by_hand() -> None:
    # 10 yuan at hand, 10 paid a month: at hand after each month, in yuan
    #   20 20 20: 20 30 40          0 0 0:  0 −10 −20   fails in month 2
    #   10 −5 30: 10 −5 15 fails in month 2            0 15 0: 0 5 −5   fails in month 3
    found = risk(by_hand([[20, 20, 20], [0, 0, 0], [10, -5, 30], [0, 15, 0]], 10), 1_000)
    assert found.failed == 3 and found.share == Fraction(3, 4)
    assert found.standard_error == pytest.approx(sqrt(0.75 * 0.25 / 4))
    assert found.when == (2, 2, 2, 3, 3)  # of 2, 2, 3: the least that 5, 25, 50, 75, 95 of 100 do not exceed
    assert found.lowest == (-2_000, -2_000, -500, -500, 2_000)
    assert found.years == 4 and found.yearly == Fraction(3, 4)


def test_months_that_are_tolerated_do_not_count() -> None:
    draws = by_hand([[20, 20, 20], [0, 0, 0], [10, -5, 30], [0, 15, 0]], 10)
    assert risk(draws, 1_000, tolerated=1).failed == 1  # only the second is short twice, in months 2 and 3
    assert risk(draws, 1_000, tolerated=1).when == (3,) * 5
    assert risk(draws, 1_000, tolerated=2).failed == 0 and risk(draws, 1_000, tolerated=2).when == ()


def test_years_end_with_the_failure() -> None:
    # 30 months: three years begun, or up to the failure in month 13, in the second: 3 + 2
    fine, bad = [1] * 30, [1] * 12 + [-100] + [1] * 17
    found = risk(by_hand([fine, bad]), 0)
    assert found.when[0] == 13 and found.years == 5 and found.yearly == Fraction(1, 5)
    assert found.yearly_error == pytest.approx(sqrt(0.2 * 0.8 / 5))


def test_fan_is_the_spread_of_cash() -> None:
    found = fan(by_hand([[n] * 2 for n in range(1, 21)]), 0)  # 1 to 20 yuan a month, twenty ways
    assert [row[0] for row in found.rows] == [100, 500, 1_000, 1_500, 1_900]
    assert [row[1] for row in found.rows] == [200, 1_000, 2_000, 3_000, 3_800]
    assert found.months == (date(2026, 11, 1), date(2026, 12, 1))


def still(budget: Budget, months: int = 36) -> tuple[Draws, Capacity]:
    room = capacity(budget, start=DAY, months=months)
    return draw(budget, start=DAY, months=months, chances=ONLY, paths=3), room


@SAME_EACH_RUN
@given(st.lists(st.integers(0, 200_000), min_size=36, max_size=36))
def test_without_shocks_the_answer_is_that_of_the_capacity(paid: list[int]) -> None:
    draws, room = still(BUDGET)
    left_alone = risk(draws, paid, reserve=Reserve.LEFT_ALONE)
    assert left_alone.failed == (3 if room.months_short(paid) else 0)
    assert left_alone.lowest == (min(room.cash(paid)),) * 5
    # with the reserve, what was laid aside by then is at hand too
    laid = np.cumsum(room.reserve)
    assert risk(draws, paid).lowest[0] == min(c + r for c, r in zip(room.cash(paid), laid, strict=True))
    for n in (1, 3):
        assert risk(draws, paid, tolerated=n, reserve=Reserve.LEFT_ALONE).failed == (
            3 if room.months_short(paid) > n else 0
        )


def test_without_shocks_the_largest_installment_is_the_level_of_the_capacity() -> None:
    draws, room = still(replace(BUDGET, step=100))
    assert largest_installment(draws, 36, Fraction(0), reserve=Reserve.LEFT_ALONE) == room.level


def test_higher_installments_never_lower_the_risk() -> None:
    found = [risk(DRAWS, x) for x in range(0, 200_001, 10_000)]
    for measure in Measure:
        shares = [r.of(measure) for r in found]
        assert shares == sorted(shares) and shares[0] < shares[-1]


@SAME_EACH_RUN
@given(st.integers(0, 150_000), st.integers(0, 30_000), st.integers(0, 3), st.sampled_from(Reserve))
def test_more_never_makes_it_better_and_a_reserve_never_worse(
    level: int, more: int, tolerated: int, reserve: Reserve
) -> None:
    plain = risk(DRAWS, level, tolerated=tolerated, reserve=reserve)
    dearer = risk(DRAWS, level + more, tolerated=tolerated, reserve=reserve)
    richer = risk(DRAWS, level, tolerated=tolerated, reserve=reserve, extra=more)
    assert richer.failed <= plain.failed <= dearer.failed
    assert richer.yearly <= plain.yearly <= dearer.yearly
    assert all(a <= b for a, b in zip(plain.lowest, richer.lowest, strict=True))


def test_reserve_and_installment_reach_the_level_and_no_further() -> None:
    for measure in Measure:
        level = risk(DRAWS, 60_000).of(measure)
        reserve = least_reserve(DRAWS, 100_000, level, measure=measure)
        assert reserve is not None and reserve % 100 == 0 and reserve > 0
        assert risk(DRAWS, 100_000, extra=reserve).of(measure) <= level
        assert risk(DRAWS, 100_000, extra=reserve - 100).of(measure) > level
        most = largest_installment(DRAWS, 36, level, measure=measure)
        assert most is not None and most % 100 == 0
        assert risk(DRAWS, most).of(measure) <= level < risk(DRAWS, most + 100).of(measure)
    assert least_reserve(DRAWS, 0, Fraction(1)) == 0
    assert least_reserve(DRAWS, 10**9, Fraction(1, 10)) is None
    poor = draw(replace(BUDGET, items=BUDGET.items[2:], savings=0), start=DAY, months=12, paths=50)
    assert largest_installment(poor, 12, Fraction(1, 10)) is None
    assert largest_installment(DRAWS, 36, Fraction(1)) is None  # no installment is too large for a level of 1


def test_same_seed_same_draws_and_a_longer_draw_begins_alike() -> None:
    again = draw(BUDGET, start=DAY, months=36, paths=2_000)
    assert (again.left == DRAWS.left).all()
    longer = draw(BUDGET, start=DAY, months=60, paths=2_000)
    assert (longer.left[:36] == DRAWS.left).all()
    assert (draw(BUDGET, start=DAY, months=36, paths=2_000, seed=1).left != DRAWS.left).any()


def test_draws_are_whole_fen() -> None:
    assert (DRAWS.left == np.floor(DRAWS.left)).all()


MANY = 20_000


def only(**chances: object) -> np.ndarray:  # type: ignore[type-arg]
    """What one kind of shock changes of each month. [fen]"""
    draws = draw(BUDGET, start=DAY, months=24, chances=replace(ONLY, **chances), paths=MANY)  # type: ignore[arg-type]
    return draws.left - np.array(draws.room.left, dtype=float)[:, None]


def test_income_varies_by_its_kind() -> None:
    # November: the wage alone, 5 % of 5,000 = 250 yuan; June: also the harvest, 25 % of 3,000: √(250² + 750²) = 790.57
    # what lies beyond three spreads is put there: the variance is 0.9950, see below
    change = only(steady_spread=Fraction(5, 100), irregular_spread=Fraction(25, 100))
    assert change[0].std() == pytest.approx(25_000 * sqrt(0.9950), rel=0.03)
    assert change[7].std() == pytest.approx(79_057 * sqrt(0.9950), rel=0.03)
    assert abs(change[0].mean()) < 4 * 25_000 / sqrt(MANY)
    assert np.abs(change[0]).max() <= 75_000


def test_costs_come_as_often_as_told() -> None:
    # 12 % a year: 1 − 0.88^(1/12) = 1.0596 % a month; 300 to 500 yuan, 400 on average
    change = only(one_off=Fraction(12, 100), one_off_cost=(30_000, 50_000))
    hit = change < 0
    assert hit.mean() == pytest.approx(0.010596, rel=0.06)
    assert -change[hit].max() >= 30_000 and -change[hit].min() <= 50_000
    assert -change[hit].mean() == pytest.approx(40_000, rel=0.01)
    assert (change[hit] % 100 == 0).all()


def test_income_that_does_not_count_cannot_be_lost() -> None:
    """Of 1,000 a month that are not sure half is counted: 500 are left, and gone where the income stops for good."""
    doubtful = item("gig", 100_000, regularity=Regularity.UNCERTAIN)
    stops = replace(ONLY, job_loss=Fraction(1), job_loss_months=(24, 24))
    for share, left in ((Fraction(0), 0), (Fraction(1, 2), 50_000)):
        budget = Budget(items=(doubtful,), uncertain_share=share)
        assert set(draw(budget, start=DAY, months=12, chances=ONLY, paths=20).left.flat) == {left}
        assert set(draw(budget, start=DAY, months=12, chances=stops, paths=20).left.flat) == {0}


def test_an_income_stops_for_some_months() -> None:
    # certain in each month, two months long: from the first month on, always out of work, half of it kept
    change = only(job_loss=Fraction(1), job_loss_months=(2, 2), income_kept=Fraction(1, 2))
    assert (change == -250_000).all()
    # once in a while: as many months out as spells times their length, but for overlaps and the end
    rare = only(job_loss=Fraction(1, 100), job_loss_months=(3, 3))
    assert set(np.unique(rare)) == {-500_000.0, 0.0}
    assert (rare[3:] < 0).mean() == pytest.approx(3 * (1 - 0.99 ** (1 / 12)), rel=0.1)


def test_illness_costs_money_and_part_of_the_wage() -> None:
    change = only(illness=Fraction(1), illness_cost=(10_000, 10_000), illness_lost=Fraction(1, 4))
    assert (change == -10_000 - 125_000).all()


RATE = Terms(rates=(DatedRate(None, Rate(Fraction(5, 10_000), Period.DAY)),))
CASE = Case(
    reference="r",
    client="张**",
    debts=(
        Debt(
            account="1",
            creditor="",
            lender="",
            product="",
            balance=Balance(principal=2_000_000, as_of=DAY),
            terms=RATE,
            default_date=date(2023, 11, 24),
        ),
    ),
    budget=BUDGET,
    day=DAY,
)


def test_proposals_are_judged_on_the_same_draws() -> None:
    asked = [Proposal(name=str(n), start=DAY, first_due=date(2026, 12, 25), installments=n) for n in (18, 36)]
    found = risks(BUDGET, compare(CASE, asked, on=DAY).offers, paths=500)
    assert [r.name for r in found.rows] == ["18", "36"] and [r.months for r in found.rows] == [19, 37]
    draws = draw(BUDGET, start=DAY, months=19, paths=500)
    alone = risk(draws, [0] + [111_111] * 17 + [111_113], name="18")
    assert found.rows[0] == alone
    table = found.table()
    assert table["share"].tolist() == [float(r.share) for r in found.rows]
    assert risks(BUDGET, ()).rows == ()


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("steady_spread", Fraction(1, 2)),
        ("expense_spread", Fraction(-1)),
        ("job_loss", Fraction(2)),
        ("illness_lost", Fraction(-1, 2)),
        ("job_loss_months", (0, 3)),
        ("one_off_cost", (500, 400)),
        ("illness_cost", (-1, 400)),
    ],
)
def test_chances_that_cannot_be_are_told_and_refused(name: str, given: object) -> None:
    assert [p.field for p in chance_problems({name: given})] == [name]
    with pytest.raises(ValueError, match=name):
        Chances(**{name: given})  # type: ignore[arg-type]


def test_misuse_is_refused() -> None:
    for paid in ([], [0] * 37, [-1]):
        with pytest.raises(ValueError, match="installments"):
            risk(DRAWS, paid)
    with pytest.raises(ValueError, match="tolerated"):
        risk(DRAWS, 0, tolerated=-1)
    with pytest.raises(ValueError, match="level"):
        least_reserve(DRAWS, 0, Fraction(2))
    with pytest.raises(ValueError, match="paths"):
        draw(BUDGET, start=DAY, months=1, paths=0)
    with pytest.raises(ValueError, match="months"):
        draw(BUDGET, start=DAY, months=0)


def test_no_failure_has_no_month() -> None:
    found = risk(still(BUDGET)[0], 0)
    assert isinstance(found, Risk) and found.when == () and found.share == 0 and found.standard_error == 0.0
    assert len(found.lowest) == len(QUANTILES)


def test_months_vary_as_the_normal_distribution_cut_at_three_spreads() -> None:
    # variance: (2 Phi(3) - 1) - 6 phi(3) + 9 x 2 (1 - Phi(3)) = 0.9973002 - 0.0265911 + 0.0242982 = 0.9950073
    deviations = _deviations()
    assert float(deviations.mean()) == pytest.approx(0.0, abs=1e-12)
    assert float((deviations**2).mean()) == pytest.approx(0.9950073, abs=1e-4)
    assert float(deviations.max()) == 3.0 and float(deviations.min()) == -3.0
    within = float((abs(deviations) < 1).mean())
    assert within == pytest.approx(0.6826895, abs=1e-3)
