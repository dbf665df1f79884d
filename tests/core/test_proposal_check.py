"""What is wrong with a proposal, by the field it is about."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from debtdesk.core.case import Case
from debtdesk.core.comparison import compare
from debtdesk.core.concession import Amounts, Carried, Discount, Waiver
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.installing import Grace, StepUp
from debtdesk.core.problems import Severity
from debtdesk.core.proposal import Proposal
from debtdesk.core.proposal_check import least_monthly, problems_of
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import DatedRate, Terms

DAY = date(2026, 11, 24)
TWELVE = Rate(Fraction(12, 100), Period.YEAR)
PLAN = Proposal(name="plan", start=DAY, first_due=date(2026, 12, 24), installments=12)
CARD = Debt(
    account="1",
    creditor="",
    lender="",
    product="credit_card",
    balance=Balance(principal=1_000_000, interest=20_000, penalty_interest=500_000, fees=10_000, as_of=DAY),
    terms=Terms(rates=(DatedRate(None, Rate(Fraction(5, 10_000), Period.DAY)),)),
    default_date=date(2023, 11, 25),
)
CASE = Case(reference="t", client="t", debts=(CARD, replace(CARD, account="2", product="huabei")))


def test_a_good_proposal_has_no_problem() -> None:
    assert problems_of(CASE, PLAN, on=DAY) == []


@pytest.mark.parametrize(
    ("changes", "field", "severity", "said"),
    [
        ({"start": date(2026, 11, 23)}, "start", Severity.ERROR, "has passed"),
        ({"accounts": ("9",)}, "accounts", Severity.ERROR, "no debt"),
        ({"deadline": date(2026, 12, 23)}, "first_due", Severity.ERROR, "until which the offer holds"),
        ({"deadline": DAY, "start": date(2026, 11, 25), "down_payment": 1}, "start", Severity.ERROR, "until which"),
        ({"deadline": date(2026, 11, 23), "down_payment": 1}, "deadline", Severity.ERROR, "has passed"),
        ({"start": date(2300, 1, 1), "first_due": date(2300, 2, 1)}, "start", Severity.ERROR, "beyond the year 2226"),
        ({"first_due": date(9999, 12, 1)}, "first_due", Severity.ERROR, "beyond the year 2226"),
        ({"carry": Carried(fees=Fraction(1), due=date.max)}, "carry", Severity.ERROR, "beyond the year 2226"),
        ({"grace": Grace(months=100_000)}, "grace", Severity.ERROR, "beyond the year 2226"),
        ({"down_payment": 3_060_001}, "down_payment", Severity.WARNING, "more than the 30,600.00"),
        ({"rate": Rate(Fraction(10), Period.DAY)}, "rate", Severity.WARNING, "out of all proportion"),
        ({"waiver": Waiver(amounts=Amounts(fees=20_001))}, "waiver.fees", Severity.ERROR, "more than the 200.00"),
        (
            {"carry": Carried(amounts=Amounts(interest=40_001))},
            "carry.interest",
            Severity.ERROR,
            "more than the 400.00",
        ),
        ({"discount": Discount(amount=3_060_001)}, "discount", Severity.ERROR, "discount is more"),
        ({"carry": Carried(fees=Fraction(1), due=date(2027, 1, 1))}, "carry", Severity.ERROR, "before the last"),
        ({"size": 10_000, "installments": 0, "rate": TWELVE}, "size", Severity.ERROR, "never ends"),
        ({"size": 20_000, "installments": 0}, "size", Severity.WARNING, "153 months"),
        ({"installments": 61}, "installments", Severity.WARNING, "more than the 60"),
        ({"waiver": Waiver(principal=Fraction(1, 10))}, "waiver.principal", Severity.WARNING, "hardly ever"),
        ({"step_up": StepUp(every=1, amount=100_000)}, "step_up", Severity.ERROR, "raises alone"),
        (
            {"step_up": StepUp(every=6, share=Fraction(1)), "rate": TWELVE, "installments": 60},
            "step_up",
            Severity.WARNING,
            "no more than interest",
        ),
        (
            {"installments": 1, "first_due": DAY},
            "first_due",
            Severity.WARNING,
            "no yearly cost",
        ),
    ],
)
def test_each_slip_is_said_at_its_field(changes: dict[str, Any], field: str, severity: Severity, said: str) -> None:
    found = problems_of(CASE, replace(PLAN, **changes), on=DAY)
    hits = [p for p in found if p.field == field and said in p.text.in_language("en")]
    assert [p.severity for p in hits] == [severity], found
    assert all(p.remedy.in_language("zh") for p in found)


def test_what_has_no_error_can_be_compared() -> None:
    for changes in (
        {"installments": 61},
        {"waiver": Waiver(principal=Fraction(1, 10))},
        {"deadline": date(2027, 1, 1)},
    ):
        proposal = replace(PLAN, **changes)
        if not any(p.severity is Severity.ERROR for p in problems_of(CASE, proposal, on=DAY)):
            assert compare(CASE, [proposal], on=DAY).offers


def test_the_least_that_ends() -> None:
    """30,600.00 at 1 % bear 306.00 a month."""
    sized = replace(PLAN, size=1, installments=0, rate=TWELVE)
    least = least_monthly(CASE, sized, on=DAY)
    assert 30_600 < least <= 30_602
    assert not [p for p in problems_of(CASE, replace(sized, size=least + 2), on=DAY) if p.severity is Severity.ERROR]
