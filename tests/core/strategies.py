"""Debts of every kind, drawn by hypothesis.

A day is drawn as a place, a whole number, and put into the span of the question afterwards: strategies that do not
depend on what was drawn before are several times faster, and shrink better.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from hypothesis import strategies as st

from debtdesk.core.debt import Balance, Debt, Freeze, Payment
from debtdesk.core.entries import Entry, EntryKind
from debtdesk.core.money import Rounding
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import (
    Base,
    Compounding,
    DatedRate,
    LateFee,
    Order,
    Part,
    PaymentDay,
    Rhythm,
    Terms,
    YearBasis,
)

YUAN = 100
HOUSEHOLD = 200_000 * YUAN


@dataclass(frozen=True)
class Question:
    """What is owed on a day, with payments and freezes on top of the debt's own."""

    debt: Debt
    until: date
    payments: tuple[Payment, ...] = ()
    freezes: tuple[Freeze, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where in a span a day lies: by share of it, or by one of the days on which something else happens."""

    share: int
    marked: bool

    def among(self, span: Span) -> date:
        if self.marked:
            return span.marked[self.share % len(span.marked)]
        return span.first + timedelta(days=self.share * (span.length + 6) // 1000 - 3)


@dataclass(frozen=True)
class Span:
    """The days from the balance to the day looked at, and those among them on which something happens."""

    first: date
    length: int
    marked: tuple[date, ...] = ()

    @property
    def last(self) -> date:
        return self.first + timedelta(days=self.length)

    def with_events(self, statement_day: int, rates: Sequence[DatedRate]) -> Span:
        days = [self.first + timedelta(days=n) for n in range(1, self.length + 1)]
        made = [d for d in days if d.day == min(statement_day, calendar.monthrange(d.year, d.month)[1])]
        changes = [rate.start for rate in rates if rate.start is not None]
        return replace(self, marked=(self.first, self.last, *made, *changes))


# --- what does not depend on the span -----------------------------------------------------------------------

CHANCE = st.booleans()
PLACE = st.builds(Place, st.integers(0, 999), CHANCE)
RATE = st.one_of(
    st.builds(Rate, st.sampled_from([Fraction(n, 100_000) for n in (50, 0, 15, 60, 75, 90)]), st.just(Period.DAY)),
    st.builds(lambda n, m: Rate(Fraction(n, m), Period.DAY), st.integers(0, 200), st.integers(100_000, 100_200)),
    st.builds(lambda n: Rate(Fraction(n, 10_000), Period.MONTH), st.integers(0, 300)),
    st.builds(lambda n: Rate(Fraction(n, 10_000), Period.YEAR), st.integers(0, 3600)),
)
DATE = st.builds(
    lambda n, edge: edge or date(2022, 1, 1) + timedelta(days=n),
    st.integers(0, 1800),
    st.sampled_from([None, None, None, date(2023, 12, 31), date(2024, 2, 28), date(2024, 2, 29), date(2025, 2, 28)]),
)
LENGTH = st.one_of(st.sampled_from([0, 1, 31]), st.integers(0, 1500), st.integers(32, 1500))
LATE_FEE = st.tuples(
    st.sampled_from([Fraction(1, 20), Fraction(0), Fraction(1, 3), Fraction(1)]),
    st.sampled_from([0, 1, 10 * YUAN]),
    st.sampled_from([None, 0, 1, 500 * YUAN]),
    st.sampled_from([Fraction(1, 10), Fraction(1, 20), Fraction(1, 3), Fraction(1)]),
    CHANCE,
    st.none() | PLACE,
    CHANCE,
)
CONVENTIONS = st.fixed_dictionaries(
    {
        "year": st.sampled_from(YearBasis),
        "first_day_counts": CHANCE,
        "last_day_counts": CHANCE,
        "payment_day": st.sampled_from(PaymentDay),
        "compounding": st.sampled_from(Compounding),
        "base": st.sampled_from(Base),
        "rhythm": st.sampled_from(Rhythm),
        "rounding": st.sampled_from(Rounding),
        "statement_day": st.integers(1, 31) | st.integers(28, 31),
        "accrues_to": st.sampled_from([Part.INTEREST, Part.PENALTY_INTEREST]),
        "order": st.sampled_from(Order),
        "contract_order": st.permutations(list(Part)).map(tuple),
    }
)
PAID = st.tuples(PLACE, st.integers(1, 5_000 * YUAN) | st.sampled_from([1, 300_000 * YUAN]), CHANCE)
STOPPED = st.tuples(PLACE, st.integers(0, 60))
ENTERED = st.tuples(
    PLACE, st.sampled_from(EntryKind), st.integers(1, 2_000 * YUAN) | st.sampled_from([1, 300_000 * YUAN]),
    st.sampled_from(Part), RATE,
)  # fmt: skip


def amounts(largest: int) -> st.SearchStrategy[int]:
    """Amounts from nothing; whole thousands of fen make exact halves at 0.05 % a day. [fen]"""
    return st.one_of(st.integers(0, 200).map(lambda n: 1000 * n), st.integers(0, largest))


def parts(largest: int) -> st.SearchStrategy[tuple[int, ...]]:
    """Principal, interest, penalty interest, fees, credit. [fen]"""
    few = amounts(largest // 20)
    seldom = st.just(0) | few
    return st.tuples(amounts(largest), seldom, seldom, seldom, st.just(0) | seldom)


# --- put into a span ----------------------------------------------------------------------------------------


def late_fee_in(span: Span, drawn: tuple[Fraction, int, int | None, Fraction, bool, Place | None, bool]) -> LateFee:
    share, floor, above, minimum_share, bears_interest, until, on_fees = drawn
    return LateFee(
        share=share,
        floor=floor,
        ceiling=None if above is None else floor + above,
        minimum_share=minimum_share,
        bears_interest=bears_interest,
        until=until.among(span) if until else None,
        on_fees=on_fees,
    )


def rates_in(span: Span, drawn: Sequence[tuple[Place, Rate]], first: Rate) -> tuple[DatedRate, ...]:
    dated = {place.among(span): rate for place, rate in drawn}
    return (DatedRate(None, first), *(DatedRate(day, dated[day]) for day in sorted(dated)))


def payments_in(span: Span, drawn: Sequence[tuple[Place, int, bool]]) -> tuple[Payment, ...]:
    """Payments around a span, some of them in two pieces on one day."""
    found = [Payment(place.among(span), amount) for place, amount, _ in drawn]
    found += [Payment(place.among(span), 1 + amount // 2) for place, amount, twice in drawn if twice]
    return tuple(found)


def entries_in(span: Span, drawn: Sequence[tuple[Place, EntryKind, int, Part, Rate]]) -> tuple[Entry, ...]:
    """Entries around a span; all changes of rate on one day give the same rate."""
    found, rates = [], {}
    for place, kind, amount, part, rate in drawn:
        day = place.among(span)
        if kind is EntryKind.FEE:
            found.append(Entry(day=day, kind=kind, amount=amount))
        elif kind is EntryKind.WAIVER:
            found.append(Entry(day=day, kind=kind, amount=amount, part=part))
        elif kind is EntryKind.RATE:
            found.append(Entry(day=day, kind=kind, rate=rates.setdefault(day, rate)))
        else:
            found.append(Entry(day=day, kind=kind, creditor="某某资产管理"))
    return tuple(found)


def freezes_in(span: Span, drawn: Sequence[tuple[Place, int]]) -> tuple[Freeze, ...]:
    """Freezes, also of one day, overlapping, touching, and beyond the span."""
    starts = [(place.among(span), length) for place, length in drawn]
    return tuple(Freeze(day, day + timedelta(days=length)) for day, length in starts)


def questions(*, horizon: int = 420, largest: int = HOUSEHOLD) -> st.SearchStrategy[Question]:
    """A debt, a day to look at it, and what is paid and frozen until then."""

    def put(first, length, conventions, rate, changes, fee, default, owed, own, own_stops, more, more_stops, entered):  # type: ignore[no-untyped-def]
        span = Span(first, min(length, horizon) if length < 32 else length % (horizon + 1), (first,))
        if conventions["compounding"] is Compounding.DAILY:
            conventions = conventions | {"rhythm": Rhythm.DAY}
        rates = rates_in(span, changes, rate)
        span = span.with_events(conventions["statement_day"], rates)
        terms = Terms(rates=rates, late_fee=late_fee_in(span, fee) if fee else None, **conventions)
        payments = payments_in(span, own)
        switch = payments[0].day if payments else first  # day 90 or 91 falls on a payment
        debt = Debt(
            account="1",
            creditor="",
            lender="",
            product="",
            balance=balance(owed, first),
            terms=terms,
            default_date=switch - timedelta(days=89 + default % 2) if default > 0 else first + timedelta(days=default),
            payments=payments,
            freezes=freezes_in(span, own_stops),
            entries=entries_in(span, entered),
        )
        return Question(debt, span.last, payments_in(span, more), freezes_in(span, more_stops))

    return st.builds(
        put,
        DATE,
        LENGTH,
        CONVENTIONS,
        RATE,
        st.lists(st.tuples(PLACE, RATE), max_size=3),
        st.none() | LATE_FEE,
        st.integers(-200, 100),
        parts(largest),
        st.lists(PAID, max_size=3),
        st.lists(STOPPED, max_size=2),
        st.lists(PAID, max_size=6),
        st.lists(STOPPED, max_size=3),
        st.just([]) | st.lists(ENTERED, max_size=5),
    )


def balance(owed: tuple[int, ...], as_of: date) -> Balance:
    principal, interest, penalty_interest, fees, credit = owed
    return Balance(
        principal=principal,
        interest=interest,
        penalty_interest=penalty_interest,
        fees=fees,
        credit=credit,
        as_of=as_of,
    )


def batches(*, horizon: int = 200) -> st.SearchStrategy[tuple[list[Debt], date]]:
    """Debts that share terms or not, from the same day or not, and one day to look at them."""
    sibling = st.tuples(parts(HOUSEHOLD), st.just(0) | st.integers(-40, 40), st.lists(PAID, max_size=2))

    def put(
        asked: list[tuple[Question, list[tuple[tuple[int, ...], int, list[tuple[Place, int, bool]]]]]],
    ) -> tuple[list[Debt], date]:
        until = max(question.until for question, _ in asked)
        debts = []
        for question, siblings in asked:
            debts.append(question.debt)
            for owed, later, paid in siblings:
                first = min(question.debt.balance.as_of + timedelta(days=later), until)
                span = Span(first, (until - first).days).with_events(
                    question.debt.terms.statement_day, question.debt.terms.rates
                )
                debts.append(replace(question.debt, balance=balance(owed, first), payments=payments_in(span, paid)))
        return debts[::2] + debts[1::2], until

    return st.lists(st.tuples(questions(horizon=horizon), st.lists(sibling, max_size=4)), min_size=1, max_size=3).map(
        put
    )
