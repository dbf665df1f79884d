"""The least number of installments: by hand, and against every smaller number tried through the comparison."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.case import Case
from debtdesk.core.comparison import compare
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.installing import StepUp
from debtdesk.core.proposal import Proposal, Remainder, Waiver
from debtdesk.core.rates import Period, Rate
from debtdesk.core.solver import financed_by_debt, least_installments, with_installments
from debtdesk.core.terms import DatedRate, Terms

DAY = date(2026, 11, 24)
TERMS = Terms(rates=(DatedRate(None, Rate(Fraction(5, 10_000), Period.DAY)),))
PLAN = Proposal(name="plan", start=DAY, first_due=date(2026, 12, 24), installments=12)


def case_of(*owed: tuple[int, int]) -> Case:
    debts = tuple(
        Debt(
            account=str(n),
            creditor="",
            lender="",
            product="huabei",
            balance=Balance(principal=principal, penalty_interest=penalty, as_of=DAY),
            terms=TERMS,
            default_date=date(2023, 11, 25),
        )
        for n, (principal, penalty) in enumerate(owed)
    )
    return Case(reference="t", client="t", debts=debts)


CASE = case_of((1_000_000, 500_000), (400_000, 100_000))


def test_least_number_by_hand():
    # 20,000 yuan, 1,050 a month: 20000 / 1050 = 19.05, so 20 installments of 1,000
    assert least_installments(CASE, PLAN, 105_000) == 20
    # without the penalty interest 14,000 are left: 13.33, so 14 of 1,000
    assert least_installments(CASE, replace(PLAN, waiver=Waiver(penalty_interest=Fraction(1))), 105_000) == 14
    # 2,000 down leave 18,000: 17.14, so 18
    assert least_installments(CASE, replace(PLAN, down_payment=200_000), 105_000) == 18


def test_remainder_of_the_last_installment_counts():
    # 100 fen in 6 months are 16 each and 20 at last; in 7 they are 14 and 16; in 9 they are 11 and 12
    small = case_of((100, 0))
    assert least_installments(small, PLAN, 17) == 7
    assert least_installments(small, PLAN, 15) == 9


def test_fee_of_each_installment_counts():
    # 0.5 % of 20,000 is 100 a month: 950 are left of 1,050, 21.05, so 22
    assert least_installments(CASE, replace(PLAN, period_fee=Fraction(5, 1000)), 105_000) == 22
    assert least_installments(CASE, replace(PLAN, period_fee=Fraction(1, 10)), 105_000) is None


def test_none_where_the_term_would_be_too_long():
    assert least_installments(CASE, PLAN, 0) is None
    assert least_installments(CASE, PLAN, 10_000) is None  # 200 months
    assert least_installments(CASE, PLAN, 10_000, longest=200) == 200


def test_one_where_nothing_is_left_to_pay():
    assert least_installments(CASE, replace(PLAN, down_payment=10_000_000), 100) == 1


def test_misuse_is_refused():
    with pytest.raises(ValueError, match="covers no debt"):
        least_installments(CASE, replace(PLAN, accounts=("none",)), 100)
    with pytest.raises(ValueError, match="monthly"):
        least_installments(CASE, PLAN, -1)


RATES = st.none() | st.integers(1, 2400).map(lambda n: Rate(Fraction(n, 10_000), Period.YEAR))


@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(1, 500_000), st.integers(0, 200_000)), min_size=1, max_size=3),
    RATES,
    st.integers(0, 300_000),
    st.integers(1, 120_000),
    st.integers(0, 20),
    st.sampled_from(Remainder),
)
def test_no_smaller_number_fits(owed, rate, down, monthly, fee, remainder):
    case = case_of(*owed)
    plan = replace(
        PLAN,
        rate=rate,
        down_payment=down,
        period_fee=Fraction(fee, 1000),
        remainder=Remainder.LAST if rate else remainder,
    )
    found = least_installments(case, plan, monthly, longest=40)

    def asked(n: int) -> int:
        (offer,) = compare(case, [with_installments(plan, n)], on=DAY).offers
        return max((sum(plan.installments[k - n].payment for _, plan in offer.schedules) for k in range(n)), default=0)

    assert found == next((n for n in range(1, 41) if asked(n) <= monthly), None)
    offer = compare(case, [plan], on=DAY).offers[0]
    assert sum(financed_by_debt(case, plan)) == offer.settled - sum(
        s.installments[0].payment for _, s in offer.schedules if len(s.installments) > plan.installments
    )


def test_numbers_with_which_there_is_no_plan_are_left_out():
    # nothing is due in December, so one installment, due then, is no plan; in two all of it is paid in January
    rests = replace(PLAN, season=(*(Fraction(1),) * 11, Fraction(0)))
    assert least_installments(CASE, rests, 2_000_000) == 2
    # 20,000 in one are more than 19,000, and a raise of 100,000 a month is more than all there is
    assert least_installments(CASE, replace(PLAN, step_up=StepUp(every=1, amount=10_000_000)), 1_900_000) is None
