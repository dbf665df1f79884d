"""Claim: what a creditor asks beyond the principal, measured over the principal outstanding and the actual days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from debtdesk.core.debt import Debt
from debtdesk.core.entries import EntryKind
from debtdesk.core.money import Rounding, round_fen
from debtdesk.core.projection import balances_on
from debtdesk.core.terms import Part

DAYS_A_YEAR = 365


@dataclass(frozen=True, slots=True)
class Claim:
    """All charges of a debt over a span, and the principal that was outstanding meanwhile.

    `charges` are interest, penalty interest and fees, those already paid out of later payments included [fen];
    `principal_days` the outstanding principal times the days it stood [fen days]; `first` the first overdue day, `last`
    the day up to which is claimed. `paid_before` says that payments before the balance's day are known, whose share in
    principal and charges is not: the yearly cost is rough then.
    """

    first: date
    last: date
    charges: int
    principal_days: int
    paid_before: bool = False
    interest_before: bool = False

    @property
    def days(self) -> int:
        """The days claimed for. [days]"""
        return max(0, (self.last - self.first).days + 1)

    @property
    def yearly(self) -> Fraction | None:
        """Charges over principal outstanding and actual days; None where none was outstanding. [1/year]"""
        return Fraction(self.charges * DAYS_A_YEAR, self.principal_days) if self.principal_days else None

    def at(self, rate: Fraction) -> int:
        """Return the charges at a yearly rate over the same principal and days, rounded half up. [fen]"""
        return round_fen(self.principal_days * rate / DAYS_A_YEAR, Rounding.HALF_UP)


def claim_of(debt: Debt, *, on: date) -> Claim:
    """Return what is claimed beyond the principal up to a day.

    Notes
    -----
    Unpaid principal times actual period, as courts measure it under 法发〔2017〕22号; a year has 365 days. Before the
    balance's day its principal counts for all days, for nothing is known of an earlier one; afterwards each payment
    reduces it under the debt's terms.

    Raises
    ------
    ValueError
        If the day lies before the balance's.
    """
    start, as_of = debt.default_date, debt.balance.as_of
    if on < as_of:
        raise ValueError(f"day {on} lies before the balance of {as_of}")
    paid = [p for p in debt.later_payments if p.day <= on]
    entries = [e for e in debt.entries if as_of < e.day <= on]
    marks = sorted({as_of, *(p.day for p in paid), *(e.day for e in entries), on})
    balances = balances_on(debt, marks)
    reached, principal_days = start - timedelta(days=1), 0
    for n, day in enumerate(marks):
        principal = balances[max(0, n - 1)].principal
        principal_days += principal * max(0, (day - reached).days)
        reached = max(reached, day)
    first, last = balances[0], balances[-1]
    given_up = sum(e.amount for e in entries if e.kind is EntryKind.WAIVER and e.part is Part.PRINCIPAL)
    grown = (last.total - last.credit) - (first.total - first.credit) + sum(p.amount for p in paid) + given_up
    before = any(start <= p.day <= as_of for p in debt.payments)
    return Claim(start, on, first.charges + grown, principal_days, before, debt.balance.interest > 0)
