"""Whole plans against published, independently computed and hand-worked schedules (tests/statements/plans.csv)."""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from debtdesk.core.breach import respread
from debtdesk.core.concession import Discount, Portion
from debtdesk.core.debt import Balance, Payment
from debtdesk.core.installing import Basis, Grace, GraceKind, InterestOn, Remainder
from debtdesk.core.money import parse_amount
from debtdesk.core.proposal import Proposal
from debtdesk.core.rates import Period, Rate
from debtdesk.core.schedule import schedule, schedules_of

TABLE = Path(__file__).parents[1] / "statements" / "plans.csv"
START, DUE = date(2026, 11, 24), date(2026, 12, 24)


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8") as stream:
        return list(csv.DictReader(stream))


def percent(text: str) -> Fraction:
    share, _, parts = text.replace("%", "").partition("/")
    return Fraction(share) / 100 / (int(parts) if parts else 1)


def grace(text: str) -> Grace:
    months, kind, *free = text.split(":")
    return Grace(months=int(months), kind=GraceKind(kind), interest_runs=not free)


def rate(text: str) -> Rate:
    share, period = text.split("%/")
    return Rate(Fraction(share) / 100, Period(period))


READ: dict[str, tuple[str, Any]] = {
    "rate": ("rate", rate),
    "installments": ("installments", int),
    "fee": ("period_fee", percent),
    "remainder": ("remainder", Remainder),
    "on": ("interest_on", InterestOn),
    "basis": ("basis", Basis),
    "year": ("year_days", int),
    "start": ("start", date.fromisoformat),
    "first": ("first_due", date.fromisoformat),
    "grace": ("grace", grace),
    "size": ("size", parse_amount),
    "step": ("rounding_step", parse_amount),
    "down": ("down_payment", parse_amount),
    "capitalise": ("capitalise", lambda part: Portion(**{part: Fraction(1)})),
    "discount": (
        "discount",
        lambda t: Discount(share=percent(t)) if t.endswith("%") else Discount(amount=parse_amount(t)),
    ),
}


def proposal(terms: str) -> tuple[Proposal, dict[str, int]]:
    """Return what is proposed, and of a plan that was not kept: how many are past, and what was paid of them. [fen]"""
    given: dict[str, Any] = {"name": "", "start": START, "first_due": DUE}
    happened = {"missed": 0, "paid": 0}
    for name, _, text in (term.partition("=") for term in terms.split()):
        if name in happened:
            happened[name] = int(text) if name == "missed" else parse_amount(text)
        else:
            field, read = READ[name]
            given[field] = read(text)
    return Proposal(**given), happened


def balance(text: str, day: date) -> Balance:
    """Return what is owed: principal, or principal+interest."""
    principal, _, interest = text.partition("+")
    return Balance(principal=parse_amount(principal), interest=parse_amount(interest or "0"), as_of=day)


def amounts(text: str) -> list[int]:
    found: list[int] = []
    for amount, _, times in (part.partition("*") for part in text.split()):
        found += [parse_amount(amount)] * int(times or 1)
    return found


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["example"])
def test_plan_is_as_published(row: dict[str, str]) -> None:
    plan, happened = proposal(row["terms"])
    owed = [balance(text, plan.start) for text in row["owed"].split()]
    assert row["source"]
    if row["kind"] == "pro_rata":
        found = [p.installments[0].payment for p in schedules_of(plan, owed)]
    elif row["kind"] == "respread":
        whole = schedule(plan, owed[0])
        day = whole.installments[happened["missed"] - 1].due
        paid = [Payment(day, happened["paid"])] if happened["paid"] else []
        found = [i.payment for i in respread(whole, paid, on=day).installments]
    else:
        found = [i.payment for i in schedule(plan, owed[0]).installments]
    assert found == amounts(row["expected"])


def test_interest_of_the_documentation() -> None:
    """numpy-financial, ipmt and ppmt: 2,500 at 8.24 % over 12 months: 17.17 and 200.58 first, 112.98 of interest."""
    plan, _ = proposal("rate=8.24%/year installments=12")
    found = schedule(plan, Balance(principal=250_000, as_of=START))
    assert found.installments[0][2:4] == (20_058, 1_717)
    assert abs(found.cost - 11_298) <= 6  # half a fen of rounding each month
