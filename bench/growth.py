"""Growth of debts over three years: one under each convention, and a hundred thousand at once."""

from __future__ import annotations

import importlib.util
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

import debtdesk
from bench.race import Peer, Race
from debtdesk.core.debt import Balance, Debt, Payment
from debtdesk.core.kernel import State
from debtdesk.core.lanes import run_amounts
from debtdesk.core.projection import monthly_days, project_many
from debtdesk.core.rates import Period, Rate
from debtdesk.core.steps import compile_history
from debtdesk.core.terms import (
    Base,
    Compounding,
    DatedRate,
    LateFee,
    Order,
    PaymentDay,
    Rhythm,
    Terms,
    YearBasis,
)

DAYS = 1095
MANY = 100_000
START = date(2023, 11, 25)
UNTIL = START + timedelta(days=DAYS)
FIVE = Rate(Fraction(5, 10_000), Period.DAY)
YEARLY = Rate(Fraction(1825, 10_000), Period.YEAR)
SIMPLE = Terms(rates=(DatedRate(None, FIVE),))
CARD = replace(SIMPLE, compounding=Compounding.MONTHLY, order=Order.CARD, late_fee=LateFee(Fraction(1, 20)))
DAILY = replace(SIMPLE, compounding=Compounding.DAILY, rhythm=Rhythm.DAY)

CONVENTIONS = {
    "simple": SIMPLE,
    "360": replace(SIMPLE.at(YEARLY), year=YearBasis.DAYS_360),
    "actual": replace(SIMPLE.at(YEARLY), year=YearBasis.ACTUAL),
    "30/360": replace(SIMPLE.at(YEARLY), year=YearBasis.DAYS_30_360),
    "first day counts": replace(SIMPLE, first_day_counts=True),
    "last day does not": replace(SIMPLE, last_day_counts=False),
    "payment day free": replace(SIMPLE, payment_day=PaymentDay.BEARS_NOT),
    "whole bill": replace(SIMPLE, base=Base.WHOLE_BILL),
    "per statement": replace(SIMPLE, rhythm=Rhythm.STATEMENT),
    "per day": replace(SIMPLE, rhythm=Rhythm.DAY),
    "carried": replace(SIMPLE, rhythm=Rhythm.CARRIED),
    "card, monthly": CARD,
    "daily": DAILY,
}


def debt(terms: Terms, principal: int = 1_000_000, *payments: Payment) -> Debt:
    balance = Balance(principal=principal, interest=12_345, as_of=START)
    return Debt(
        account="1",
        creditor="",
        lender="",
        product="",
        balance=balance,
        terms=terms,
        default_date=START,
        payments=payments,
    )


PAID = tuple(Payment(START + timedelta(days=n), 20_000) for n in (100, 300, 301, 800))
DEBTS = {name: debt(terms, 1_000_000, *PAID) for name, terms in CONVENTIONS.items()}


def reference() -> Any:
    """The day-by-day reference of the tests."""
    path = Path(__file__).parents[1] / "tests" / "core" / "reference.py"
    spec = importlib.util.spec_from_file_location("reference", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def fen(balance: Balance) -> tuple[int, ...]:
    return (balance.principal, balance.interest, balance.penalty_interest, balance.fees, balance.credit)


def check_one() -> None:
    balance_on = reference().balance_on
    for name, each in DEBTS.items():
        assert fen(debtdesk.project(each, until=UNTIL).end) == fen(balance_on(each, UNTIL)), name


def repaykit() -> object:
    """Simple daily charges with the same payments, seen on the same days."""
    from repaykit import Loan, LoanAccount
    from repaykit.ledger import Payment as Paid
    from repaykit.policies import LateChargePolicy

    loan = Loan.create(
        amount=Decimal("10000.00"),
        annual_rate=Decimal(0),
        term="1 months",
        payment_frequency="monthly",
        method="flat_rate",
        start_date=START - timedelta(days=30),
    )
    loan.late_charge_policy = LateChargePolicy(rate=Decimal("0.0005"), basis="daily")
    account = LoanAccount(loan, [Paid(amount=Decimal(p.amount) / 100, paid_at=p.day) for p in PAID])
    return [account.statement(as_of=day) for day in monthly_days(START, UNTIL)]


def pandas_loop(each: Debt) -> object:
    """What one would write first: a frame of days, filled from top to bottom, in floats, under the same convention."""
    import pandas as pd

    terms, paid = each.terms, {pd.Timestamp(p.day): p.amount / 100 for p in each.payments}
    columns = ["principal", "charges"] if terms.late_fee is None else ["principal", "charges", "fees"]
    frame = pd.DataFrame(0.0, columns=columns, index=pd.date_range(START, UNTIL, freq="D"), dtype="float64")
    principal, charges, fees = each.balance.principal / 100, each.balance.interest / 100, 0.0
    bearing, unbooked, minimum, received = 0.0, 0.0, (principal + charges) / 10, 0.0
    for day in frame.index:
        if day > frame.index[0] and (terms.year is not YearBasis.DAYS_30_360 or day.day < 31):
            unbooked += (principal + bearing) * 0.0005
        if terms.rhythm is not Rhythm.STATEMENT and terms.compounding is not Compounding.MONTHLY:
            charges, unbooked = charges + round(unbooked, 2), 0.0
        if terms.compounding is Compounding.DAILY:
            bearing = charges
        if day in paid:
            to_charges = min(charges, paid[day])
            charges, principal = charges - to_charges, principal - (paid[day] - to_charges)
            received += paid[day]
        if terms.makes_statements and day.day == terms.statement_day:
            charges, unbooked = charges + round(unbooked, 2), 0.0
            if terms.compounding is Compounding.MONTHLY:
                bearing = charges
            if terms.late_fee is not None:
                fees += round(max(0.0, minimum - received) * 0.05, 2)
                minimum, received = round((principal + charges) * 0.1, 2), 0.0
        frame.at[day, "principal"] = principal
        frame.at[day, "charges"] = charges
        if terms.late_fee is not None:
            frame.at[day, "fees"] = fees
    return frame


# --- a hundred thousand ------------------------------------------------------------------------------------

PRINCIPALS = np.random.default_rng(2).integers(10_000, 20_000_000, MANY)


def lanes(terms: Terms) -> State:
    """Play one history over arrays: terms and days are shared, amounts are not."""
    history = compile_history(replace(debt(terms), balance=Balance(principal=0, as_of=START)), UNTIL)
    state, zero = history.state.copy(), np.zeros(MANY, dtype=np.int64)
    state.parts = [PRINCIPALS.copy(), zero.copy(), zero.copy(), zero.copy()]
    state.credit, state.bearing = zero.copy(), zero.copy()
    fee = terms.late_fee
    state.minimum = zero.copy() if fee is None else (PRINCIPALS + 5) // 10  # a tenth, half up
    return run_amounts(history, state)[1]


def float_days_simple() -> object:
    principal, charges = PRINCIPALS / 100, np.zeros(MANY)
    for _ in range(DAYS):
        charges += principal * 0.0005
    return charges


STATEMENTS = {n for n in range(1, DAYS + 1) if (START + timedelta(days=n)).day == 25}


def float_days_card() -> object:
    principal, charges, month = PRINCIPALS / 100, np.zeros(MANY), np.zeros(MANY)
    fees, minimum = np.zeros(MANY), PRINCIPALS / 1000
    for n in range(1, DAYS + 1):
        month += (principal + charges) * 0.0005
        if n in STATEMENTS:
            charges += np.round(month, 2)
            fees += np.round(minimum * 0.05, 2)
            minimum = np.round((principal + charges) * 0.1, 2)
            month[:] = 0
    return charges + np.round(month, 2), fees


def check_lanes(terms: Terms) -> None:
    state, balance_on = lanes(terms), reference().balance_on
    for lane in range(0, MANY, 9973):
        each = replace(debt(terms), balance=Balance(principal=int(PRINCIPALS[lane]), as_of=START))
        assert [int(part[lane]) for part in state.parts] == list(fen(balance_on(each, UNTIL)))[:4]


RECORDS = [
    replace(debt(SIMPLE), account=str(n), balance=Balance(principal=int(p), as_of=START))
    for n, p in enumerate(PRINCIPALS[: MANY // 10])
]


def check_records() -> None:
    found, balance_on = project_many(RECORDS, UNTIL), reference().balance_on
    for n in range(0, len(RECORDS), 997):
        assert fen(found[n]) == fen(balance_on(RECORDS[n], UNTIL))


CASE = [replace(each, account=str(n)) for n, each in enumerate((*DEBTS.values(),) * 24)][:300]


def races() -> Iterator[Race]:
    yield Race(
        "a case of 300 debts, 1,095 days, each shown monthly",
        lambda: [debtdesk.project(each, until=UNTIL) for each in CASE],
        [Peer("to be under 0.3 s", lambda: time.sleep(0.3), (), 1)],
        check_one,
        rounds=3,
    )
    for name, each in DEBTS.items():
        peers = [
            Peer("repaykit (simple only)", repaykit, ("repaykit",), 6),
            Peer("pandas loop, floats", partial(pandas_loop, each), ("pandas",), 200),
        ]
        yield Race(
            f"one debt, 1,095 days: {name}",
            partial(debtdesk.project, each, until=UNTIL),
            peers,
            check_one if name == "simple" else lambda: None,
            rounds=5,
        )
    yield Race(
        "100,000 debts x 1,095 days, simple",
        lambda: lanes(SIMPLE),
        [Peer("float NumPy day by day", float_days_simple, ("numpy",), 5)],
        lambda: check_lanes(SIMPLE),
    )
    yield Race(
        "100,000 cards x 1,095 days, monthly, late fee",
        lambda: lanes(CARD),
        [Peer("float NumPy day by day", float_days_card, ("numpy",), 5)],
        lambda: check_lanes(CARD),
    )
    yield Race(
        "10,000 Debt records x 1,095 days, project_many",
        lambda: project_many(RECORDS, UNTIL),
        [Peer("the same one by one", lambda: [debtdesk.project(each, until=UNTIL).end for each in RECORDS])],
        check_records,
        rounds=3,
    )
