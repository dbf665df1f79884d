"""Alternatives: what a debt would come to under each other plausible choice of one convention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from debtdesk.core.debt import Debt
from debtdesk.core.money import Rounding
from debtdesk.core.presets import presets
from debtdesk.core.projection import balances_on
from debtdesk.core.rates import Period
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.core.terms import Base, Compounding, LateFee, Order, PaymentDay, Rhythm, Terms, YearBasis

USUAL_LATE_FEE = LateFee(share=Fraction(5, 100))


@dataclass(frozen=True, slots=True)
class Alternative:
    """One convention chosen otherwise: its attribute on Terms, the choice made, the other one, and what that makes.

    `total` is what is owed on the last day under the other choice, `difference` how much more that is. [fen]
    """

    name: str
    own: Any
    other: Any
    total: int
    difference: int


@dataclass(frozen=True, slots=True)
class Alternatives(Tabular):
    """What a debt comes to on a day under its own terms, and under each other choice, largest effect first. [fen]"""

    debt: Debt
    until: date
    total: int
    rows: tuple[Alternative, ...]

    def columns(self) -> dict[str, list[object]]:
        """Return a row an alternative: convention, own choice, other choice, total, difference. [yuan]"""
        return {
            "convention": [r.name for r in self.rows],
            "own": [str(r.own) for r in self.rows],
            "other": [str(r.other) for r in self.rows],
            "total": [in_yuan(r.total) for r in self.rows],
            "difference": [in_yuan(r.difference) for r in self.rows],
        }


def alternatives(debt: Debt, *, until: date) -> Alternatives:
    """Return what is owed on a day under each other plausible choice of one convention, one at a time.

    Parameters
    ----------
    debt : Debt
        Its product says which conventions are known to differ between contracts.
    until : date
        Not before the balance's day.

    Notes
    -----
    Choices that make no difference for this debt and this span are left out.
    """
    own = _owed(debt, until)
    found = []
    for name, other in plausible(debt, until):
        total = _owed(replace(debt, terms=_with(debt.terms, name, other)), until)
        if total != own:
            found.append(Alternative(name, getattr(debt.terms, name), other, total, total - own))
    return Alternatives(debt, until, own, tuple(sorted(found, key=lambda a: -abs(a.difference))))


def plausible(debt: Debt, until: date) -> Iterator[tuple[str, Any]]:
    """Yield each other choice that contracts of the product are known to make."""
    terms, known = debt.terms, presets()
    varies = known[debt.product if debt.product in known else "other"].varies
    if any(r.rate.period is not Period.DAY for r in terms.rates):
        yield from _others("year", YearBasis, terms)
    for name in ("first_day_counts", "last_day_counts"):
        yield name, not getattr(terms, name)
    yield from _others("rhythm", Rhythm, terms) if terms.compounding is not Compounding.DAILY else ()
    yield from _others("rounding", Rounding, terms)
    if any(debt.balance.as_of < p.day <= until for p in debt.payments):
        yield from _others("payment_day", PaymentDay, terms)
        yield from _others("order", [o for o in Order if o is not Order.CONTRACT], terms)
    if "compounding" in varies:
        yield from _others("compounding", (Compounding.SIMPLE, Compounding.MONTHLY), terms)
    if "base" in varies:
        yield from _others("base", Base, terms)
    if "late_fee" in varies:
        yield "late_fee", USUAL_LATE_FEE if terms.late_fee is None else None


def _others(name: str, choices: Iterable[Any], terms: Terms) -> Iterator[tuple[str, Any]]:
    return ((name, choice) for choice in choices if choice != getattr(terms, name))


def _with(terms: Terms, name: str, value: Any) -> Terms:
    return replace(terms, **{name: value})


def _owed(debt: Debt, until: date) -> int:
    balance = balances_on(debt, (until,))[0]
    return balance.total - balance.credit
