"""The terms of a debt as plain choices, and what the choice comes to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from itertools import permutations
from typing import Any

from debtdesk.core.days import add_months
from debtdesk.core.debt import Debt
from debtdesk.core.money import Rounding
from debtdesk.core.projection import project
from debtdesk.core.terms import (
    Base,
    Compounding,
    Known,
    LateFee,
    Order,
    Part,
    PaymentDay,
    Rhythm,
    Terms,
    YearBasis,
)
from debtdesk.locale import Message
from debtdesk.views.words import name_of

LATE_FEE = LateFee(share=Fraction(5, 100))


@dataclass(frozen=True, slots=True)
class Choice:
    """A convention to choose: the attribute of Terms, its plain name, and its options."""

    name: str
    label: Message
    options: tuple[tuple[Any, Message], ...]

    def shown(self) -> list[tuple[str, Any]]:
        """Return the options for a dropdown, in the language in use."""
        return [(str(text), value) for value, text in self.options]


def _named(*members: Any) -> tuple[tuple[Any, Message], ...]:
    return tuple((m, name_of(m)) for m in members)


def _in_order(parts: tuple[Part, ...]) -> Message:
    a, b, c, d = (name_of(p) for p in parts)
    return Message("{a} → {b} → {c} → {d}", a=a, b=b, c=c, d=d)


CHOICES = (
    Choice("year", Message("days in a year of interest"), _named(*YearBasis)),
    Choice("compounding", Message("interest on interest"), _named(*Compounding)),
    Choice("base", Message("what bears interest"), _named(*Base)),
    Choice("rhythm", Message("when interest is rounded and booked"), _named(*Rhythm)),
    Choice("rounding", Message("how a fraction of a fen is rounded"), _named(*Rounding)),
    Choice("payment_day", Message("the day of a payment"), _named(*PaymentDay)),
    Choice(
        "first_day_counts",
        Message("the day of the balance"),
        (
            (False, Message("already inside: interest runs from the next day")),
            (True, Message("still bears interest")),
        ),
    ),
    Choice(
        "last_day_counts",
        Message("statement day and last day"),
        ((True, Message("bear interest")), (False, Message("no longer bear interest"))),
    ),
    Choice("accrues_to", Message("running interest is booked as"), _named(Part.INTEREST, Part.PENALTY_INTEREST)),
    Choice("order", Message("a payment goes first to"), _named(*Order)),
    Choice("contract_order", Message("order in the contract"), tuple((p, _in_order(p)) for p in permutations(Part))),
    Choice(
        "statement_day",
        Message("statement day of the month"),
        tuple((n, Message("{n}", n=n)) for n in range(1, 32)),
    ),
    Choice(
        "late_fee",
        Message("late fee"),
        ((False, Message("none")), (True, Message("a share of the unpaid minimum payment"))),
    ),
    Choice(
        "bears_interest",
        Message("late fees and interest"),
        (
            (False, Message("bear no interest (银发〔2016〕111号)")),
            (True, Message("bear interest")),
        ),
    ),
    Choice(
        "on_fees",
        Message("the bill on which a late fee is counted"),
        ((False, Message("without earlier fees")), (True, Message("with earlier fees: a fee on fees"))),
    ),
)
OF_THE_LATE_FEE = ("bears_interest", "on_fees")


def chosen(terms: Terms, name: str) -> Any:
    """Return what the terms say on a convention."""
    if name in OF_THE_LATE_FEE:
        return getattr(terms.late_fee or LATE_FEE, name)
    return terms.late_fee is not None if name == "late_fee" else getattr(terms, name)


def matters(terms: Terms, name: str) -> bool:
    """Return whether a convention has any effect under the other ones."""
    if name == "contract_order":
        return terms.order is Order.CONTRACT
    if name in OF_THE_LATE_FEE:
        return terms.late_fee is not None
    if name == "statement_day":
        return terms.makes_statements
    return not (name == "rhythm" and terms.compounding is Compounding.DAILY)


def choose(terms: Terms, name: str, value: Any) -> Terms:
    """Return the terms with one convention changed; they need to be confirmed again.

    Interest on interest day by day books every day, so it brings that rhythm with it.
    """
    if name == "late_fee" and isinstance(value, bool):
        value = (terms.late_fee or LATE_FEE) if value else None
    if name in OF_THE_LATE_FEE:
        name, value = "late_fee", replace(terms.late_fee or LATE_FEE, **{name: value})
    if name == "compounding" and value is Compounding.DAILY:
        terms = replace(terms, rhythm=Rhythm.DAY)
    return replace(terms, **{name: value}, known=Known.ASSUMED)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a debt comes to on a day, and what it would come to under the terms kept so far. [fen]"""

    day: date
    now: int
    then: int
    before: int | None


def outlook(debt: Debt, kept: Debt | None, *, on: date, months: int = 12) -> Outlook:
    """Return what a debt comes to some months on, beside the same under the terms kept so far."""
    until = add_months(max(on, debt.balance.as_of), months)
    total: Callable[[Debt], int] = lambda d: project(d, until=until).end.total  # noqa: E731
    before = None if kept is None or kept.terms == debt.terms else total(replace(debt, terms=kept.terms))
    return Outlook(until, debt.balance.total, total(debt), before)
