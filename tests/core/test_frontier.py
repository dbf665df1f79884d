"""All plans worth asking for: each against the comparison, the whole against every plan tried one by one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.budget import Budget, BudgetItem, Category, Kind
from debtdesk.core.case import Case
from debtdesk.core.comparison import compare
from debtdesk.core.concession import Amounts, Carried, Portion, Waiver
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.effects import effects
from debtdesk.core.frontier import Point, solve
from debtdesk.core.limits import Limits, bank_standard, first_due_after_pay_day, limits_of
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Proposal
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import DatedRate, Part, Terms

DAY = date(2026, 11, 24)
TERMS = Terms(rates=(DatedRate(None, Rate(Fraction(5, 10_000), Period.DAY)),))
PLAN = Proposal(name="plan", start=DAY, first_due=date(2026, 12, 24), installments=12)
SIX = Rate(Fraction(6, 100), Period.YEAR)


def case_of(*owed: tuple[int, int, int], product: str = "huabei", wage: int = 0, savings: int = 0) -> Case:
    debts = tuple(
        Debt(
            account=str(n),
            creditor="",
            lender="",
            product=product,
            balance=Balance(principal=principal, penalty_interest=penalty, fees=fees, as_of=DAY),
            terms=TERMS,
            default_date=date(2023, 11, 25),
        )
        for n, (principal, penalty, fees) in enumerate(owed)
    )
    items = (BudgetItem(name="wage", kind=Kind.INCOME, category=Category.INCOME, amount=wage),) if wage else ()
    return Case(reference="t", client="t", debts=debts, budget=Budget(items=items, savings=savings))


CASE = case_of((1_000_000, 500_000, 10_000), (400_000, 100_000, 0))


def test_the_smallest_concession_by_hand() -> None:
    """20,100.00 in at most 20 months for 900.00 a month: 18,000.00 can be paid, so 2,100.00 must go.

    In steps of a tenth: the fees of 100.00, then four tenths of the penalty interest of 6,000.00 (2,400.00); three
    tenths (1,800.00) leave 18,200.00, which is 910.00 a month. 17,600.00 in 20 months are 880.00.
    """
    found = solve(CASE, PLAN, on=DAY, monthly=90_000, limits=Limits(longest=20))
    assert found.best is not None
    assert (found.best.concession, found.best.term, found.best.monthly) == (250_000, 20, 88_000)
    assert found.best.waiver == Waiver(fees=Fraction(1), penalty_interest=Fraction(4, 10))


def test_giving_up_more_makes_it_shorter() -> None:
    """Without fees and penalty interest 14,000.00 remain: 15.56, so 16 months at 875.00."""
    found = solve(CASE, PLAN, on=DAY, monthly=90_000, limits=Limits(longest=60)).fitting
    assert (found[0].concession, found[0].term) == (0, 23)  # 20,100 / 900 = 22.3
    assert (found[-1].concession, found[-1].term, found[-1].monthly) == (610_000, 16, 87_500)
    assert [p.concession for p in found] == sorted(p.concession for p in found)
    assert [p.term for p in found] == sorted((p.term for p in found), reverse=True)


def test_nothing_fits_a_household_without_capacity() -> None:
    found = solve(CASE, PLAN, on=DAY, limits=Limits(longest=12))
    assert (found.monthly, found.best) == (0, None)
    assert found.points


def test_month_by_month_the_down_payment_counts() -> None:
    """1,000.00 a month and 3,000.00 saved; 2,000.00 down and 18,100.00 in installments."""
    case = case_of((2_010_000, 0, 0), wage=100_000, savings=300_000)
    plan = replace(PLAN, down_payment=200_000)
    found = solve(case, plan, on=DAY, by_month=True, limits=Limits(longest=30)).best
    # 3,000 + 1,000 - 2,000 = 2,000 at the start; n (18,100 / n - 1,000) <= 2,000, so n >= 16.1
    assert found is not None and (found.term, found.concession) == (17, 0)


def agrees(case: Case, point: Point) -> None:
    offer = compare(case, [point.proposal], on=DAY).offers[0]
    assert (offer.monthly, offer.total) == (point.monthly, point.total)
    assert offer.months == point.term


PARTS = st.tuples(st.integers(0, 3_000_000), st.integers(0, 1_000_000), st.integers(0, 50_000))
SMALL = Limits(longest=7, step=Fraction(1, 2), freezes=(0, 3))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(PARTS, min_size=1, max_size=3), st.none() | st.just(SIX), st.integers(0, 600_000))
def test_every_plan_is_found_that_no_other_beats(
    owed: list[tuple[int, int, int]], rate: Rate | None, monthly: int
) -> None:
    case, plan = case_of(*owed), replace(PLAN, rate=rate)
    found = solve(case, plan, on=DAY, monthly=monthly, limits=SMALL)
    for point in found.points:
        agrees(case, point)
        assert point.fits == (point.monthly <= monthly)
    # every plan tried by itself is beaten or equalled by one of those found
    for waiver in SMALL.waivers(plan.waiver.time):
        for n in range(1, 8):
            offer = compare(case, [replace(plan, waiver=waiver, installments=n)], on=DAY).offers[0]
            tried = (offer.waived, n, offer.monthly)
            assert any(
                all(a <= b for a, b in zip((p.concession, p.term, p.monthly), tried, strict=True)) for p in found.points
            )
    for p in found.points:
        for q in found.points:
            same = (p.concession, p.term, p.monthly) == (q.concession, q.term, q.monthly)
            better = p.concession <= q.concession and p.term <= q.term and p.monthly <= q.monthly
            assert same or not better


def test_limits_of_a_card_carry_their_rule() -> None:
    limits = limits_of(case_of((1, 0, 0), product="credit_card"), on=DAY)
    assert limits.longest == 60
    assert [s.rule.id for s in limits.sources if s.rule] == ["card_plan_months"]
    assert limits.waived[Part.PRINCIPAL] == 0
    other = limits_of(case_of((1, 0, 0)), on=DAY)
    assert other.longest == 120 and not [s for s in other.sources if s.rule]


def test_what_is_added_to_the_principal_is_not_waived() -> None:
    """3/10 of 6,000.00 penalty interest become principal: 4,200.00 and the fees of 100.00 can be waived at most.

    20,100.00 less 4,300.00 are 15,800.00, in 20 months 790.00. Of fees set aside by amount nothing is waived.
    """
    added = replace(PLAN, capitalise=Portion(penalty_interest=Fraction(3, 10)))
    found = solve(CASE, added, on=DAY, monthly=0, limits=Limits(longest=20)).points
    assert max(p.concession for p in found) == 430_000
    assert min(p.monthly for p in found) == 79_000
    aside = replace(PLAN, carry=Carried(amounts=Amounts(fees=10_000)))
    assert max(p.concession for p in solve(CASE, aside, on=DAY, monthly=0, limits=Limits(longest=20)).points) == 600_000


def test_nothing_is_asked_for_of_a_part_that_is_not_owed() -> None:
    found = solve(case_of((1_000_000, 500_000, 0)), PLAN, on=DAY, monthly=0, limits=Limits(longest=3))
    assert {p.waiver.fees for p in found.points} == {0} and max(p.concession for p in found.points) == 500_000


def test_every_limit_says_where_it_comes_from() -> None:
    limits = limits_of(CASE, replace(PLAN, rate=SIX), on=DAY)
    assert {s.of for s in limits.sources} == {"principal", "charges", "longest", "step", "freezes"}
    assert limits.freezes == (0, 3, 6, 12)


def test_the_banks_standard_is_for_cards() -> None:
    standard = bank_standard(case_of((1_200_000, 0, 0), product="credit_card"), on=DAY, name="bank")
    assert (standard.installments, standard.accounts, standard.rate) == (60, ("0",), None)
    with pytest.raises(Refused, match="bank cards"):
        bank_standard(CASE, on=DAY, name="bank")


@pytest.mark.parametrize(
    ("pay_day", "due"),
    [(10, date(2026, 12, 12)), (24, date(2026, 12, 26)), (30, date(2026, 12, 2)), (31, date(2026, 12, 2))],
)
def test_the_first_installment_follows_pay_day(pay_day: int, due: date) -> None:
    """From 24 November, two days after pay day and at least a week ahead; the 31st is the 30th in November."""
    assert first_due_after_pay_day(DAY, pay_day) == due


def test_what_each_concession_changes() -> None:
    """20,100.00 over 12: 1,675.00. Without the penalty interest 14,100.00: 1,175.00, so 500.00 a month."""
    found = {str(e.what.in_language("en")): e for e in effects(CASE, PLAN, on=DAY).rows}
    penalty = found["penalty interest: all of it waived"]
    assert (penalty.monthly, penalty.total, penalty.given_up) == (-50_000, -600_000, 600_000)
    longer = found["12 installments more"]
    # dearest is the last: 1,258.37 + 416.74 = 1,675.11 before, 629.32 + 208.41 = 837.73 after
    assert (longer.monthly, longer.total, longer.given_up) == (-83_738, 0, 0)
    down = found["1000 yuan more paid down"]
    assert down.total == 0 and down.monthly < 0


def test_misuse_is_refused() -> None:
    with pytest.raises(ValueError, match="covers no debt"):
        solve(CASE, replace(PLAN, accounts=("9",)), on=DAY)
    with pytest.raises(ValueError, match="longest"):
        Limits(longest=0)
