"""Allocation: what the order in which a payment reduces the parts makes of a debt, in yuan."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from debtdesk.core.days import add_months
from debtdesk.core.debt import Balance, Debt, Payment
from debtdesk.core.projection import balances_on
from debtdesk.core.rates import Period, Rate
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.core.terms import COSTS_FIRST, INTEREST_FIRST, PRINCIPAL_FIRST, DatedRate, Order, Part, Terms

MONTHS = 12


class OrderName(StrEnum):
    """The orders compared: Civil Code 561; the card rule up to day 90 overdue, and from day 91; the contract's own."""

    CIVIL_CODE_561 = "civil_code_561"
    CARD_TO_DAY_90 = "card_to_day_90"
    CARD_FROM_DAY_91 = "card_from_day_91"
    CONTRACT = "contract"


@dataclass(frozen=True, slots=True)
class Ordered:
    """One order: what is owed at the end under it, and how much more or less than under the debt's own. [fen]"""

    order: OrderName
    balance: Balance
    difference: int


@dataclass(frozen=True, slots=True)
class Allocations(Tabular):
    """A span with payments, played under each order; `own` is what is owed at the end under the debt's own terms."""

    first: date
    last: date
    payments: tuple[Payment, ...]
    own: Balance
    rows: tuple[Ordered, ...]

    @property
    def spread(self) -> int:
        """The most that the choice of order makes. [fen]"""
        totals = [_owed(r.balance) for r in self.rows]
        return max(totals) - min(totals)

    def columns(self) -> dict[str, list[object]]:
        """Return a row an order: its parts at the end, their total, the difference to the debt's own. [yuan]"""
        found: dict[str, list[object]] = {"order": [r.order.value for r in self.rows]}
        for name in (*(p.value for p in Part), "total"):
            found[name] = [in_yuan(getattr(r.balance, name)) for r in self.rows]
        return found | {"difference": [in_yuan(r.difference) for r in self.rows]}


def applied(balance: Balance, amount: int, order: Iterable[Part]) -> dict[Part, int]:
    """Return how much of each part one payment reduces in an order, on the day of the balance. [fen]"""
    day = balance.as_of + timedelta(days=1)
    nothing = Terms(
        rates=(DatedRate(None, Rate(Fraction(0), Period.DAY)),), order=Order.CONTRACT, contract_order=tuple(order)
    )
    still = Debt(
        account="", creditor="", lender="", product="", balance=balance, terms=nothing, default_date=balance.as_of
    )
    after = balances_on(still, (day,), (Payment(day, amount),))[0]
    return {p: balance.part(p) - after.part(p) for p in Part}


def orders_of(debt: Debt) -> dict[OrderName, tuple[Part, ...]]:
    """Return the orders to compare for a debt; the contract's own where it has one."""
    found = {
        OrderName.CIVIL_CODE_561: COSTS_FIRST,
        OrderName.CARD_TO_DAY_90: INTEREST_FIRST,
        OrderName.CARD_FROM_DAY_91: PRINCIPAL_FIRST,
    }
    return found | ({OrderName.CONTRACT: debt.terms.contract_order} if debt.terms.order is Order.CONTRACT else {})


def past_payments(debt: Debt, *, on: date) -> Allocations | None:
    """Return what the orders make of the payments between the balance's day and `on`; None where there is none."""
    paid = tuple(p for p in debt.later_payments if p.day <= on)
    return _compared(replace(debt, payments=paid), on, paid) if paid else None


def coming_payments(debt: Debt, monthly: int, *, on: date, months: int = MONTHS) -> Allocations:
    """Return what the orders make of a monthly payment over the next months.

    Parameters
    ----------
    debt : Debt
        Taken to `on` under its own terms first.
    monthly : int
        Paid a month after `on` and each month after that, above zero. [fen]
    on : date
    months : int
        How many payments.
    """
    start = max(on, debt.balance.as_of)
    balance = balances_on(debt, (start,))[0]
    paid = tuple(Payment(add_months(start, n), monthly) for n in range(1, months + 1))
    return _compared(replace(debt, balance=balance, payments=paid), paid[-1].day, paid)


def _compared(debt: Debt, last: date, paid: tuple[Payment, ...]) -> Allocations:
    own = balances_on(debt, (last,))[0]
    rows = []
    for name, order in orders_of(debt).items():
        terms = replace(debt.terms, order=Order.CONTRACT, contract_order=order)
        balance = balances_on(replace(debt, terms=terms), (last,))[0]
        rows.append(Ordered(name, balance, _owed(balance) - _owed(own)))
    return Allocations(debt.balance.as_of, last, paid, own, tuple(rows))


def _owed(balance: Balance) -> int:
    return balance.total - balance.credit
