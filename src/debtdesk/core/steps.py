"""Steps: a debt's way from its balance to a day, compiled into the steps that the kernel plays.

On one day things happen in this order: statement (where the day itself does not count), change of rate, entries that
stop the day's interest, interest of the day, entries that do not, statement. Entries are fees, then waivers, then the
payment.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import IntEnum
from fractions import Fraction
from functools import cache, lru_cache
from math import lcm
from typing import NamedTuple

from debtdesk.core.debt import Debt, Freeze, Payment, union
from debtdesk.core.entries import fees_by_day, waived_by_day
from debtdesk.core.kernel import NO_DAYS, Orders, Rule, State, Step
from debtdesk.core.money import divide
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import CARD_SWITCH_DAY, PARTS, Base, Part, PaymentDay, Rhythm, Terms, YearBasis

_FEES = PARTS.index(Part.FEES)


class _Kind(IntEnum):
    """What happens on a day, in the order in which it happens."""

    YEAR = 0
    EARLY_STATEMENT = 1
    RATE = 2
    ENTRY = 3
    PAYMENT = 4
    STATEMENT = 5
    LOOK = 6


# names of their own: looking a member up in its class takes Python longer than most of what is done with it
_LOOK, _PAYMENT, _STATEMENTS = _Kind.LOOK, _Kind.PAYMENT, (_Kind.EARLY_STATEMENT, _Kind.STATEMENT)
_ENDS_RATE, _BOOKED = (_Kind.RATE, _Kind.YEAR), (_Kind.RATE, _Kind.ENTRY)


class History(NamedTuple):
    """One lane, ready to run; the last of each of `events` is the day of the step at its place."""

    rule: Rule
    state: State
    steps: list[Step]
    events: Sequence[tuple[int, int, IntEnum, date]] = ()


def compile_history(
    debt: Debt,
    until: date,
    payments: Iterable[Payment] = (),
    freezes: Iterable[Freeze] = (),
    looks: Sequence[date] = (),
) -> History:
    """Return a debt's way from its balance to a day as steps, with a look on each of `looks` and on `until`."""
    terms, as_of = debt.played_terms, debt.balance.as_of
    if until < as_of:
        raise ValueError(f"until {until} lies before the balance of {as_of}")
    paid: dict[date, int] = {}
    for p in (*debt.payments, *payments):
        if as_of < p.day <= until:
            paid[p.day] = paid.get(p.day, 0) + p.amount
    entered = _entered(debt, until) if debt.entries else {}
    frozen = [(f.first.toordinal() - 1, f.last.toordinal()) for f in union((*debt.freezes, *freezes))]
    events = _events(terms, as_of, until, paid, entered, looks)
    steps: list[tuple[int, int, _Kind, date]] = []
    weights: list[Fraction] = []
    count = _plain
    at, rate = as_of.toordinal() - terms.first_day_counts, None
    for reached, day, kind in events:
        if rate is None:
            first = date.fromordinal(at + 1)
            rate = terms.rate_on(first)
            count = _thirty_days if _counts_thirty(terms, rate) else _plain
            weights.append(_unit_rate(terms, first))
        if reached <= at:
            units = NO_DAYS
        else:
            units = _units(count, at, reached, frozen) if frozen else count(at, reached)
            at = reached
        steps.append((units, len(weights) - 1, kind, day))
        if kind in _ENDS_RATE:
            rate = None
    denominator = lcm(*(w.denominator for w in weights))
    whole = [w.numerator * (denominator // w.denominator) for w in weights]
    step = _step_maker(debt, paid, until, frozen)
    ready = [step(u, whole[w], kind, day) for u, w, kind, day in steps]
    if entered:
        late = terms.payment_day is PaymentDay.BEARS and not terms.last_day_counts
        ready = [
            _with_entries(s, k, d, entered, late and d < until) for s, (_, _, k, d) in zip(ready, steps, strict=True)
        ]
    return History(Rule.of(terms), _opening(debt, denominator), ready, steps)


def _entered(debt: Debt, until: date) -> dict[date, Step]:
    """Return the fees and waivers of each day."""
    after = debt.balance.as_of
    fees, waived = fees_by_day(debt.entries, after, until), waived_by_day(debt.entries, after, until)
    return {d: Step(NO_DAYS, 0, charged=fees.get(d), waived=waived.get(d)) for d in {*fees, *waived}}


def _with_entries(step: Step, kind: _Kind, day: date, entered: Mapping[date, Step], late: bool) -> Step:
    if kind is _Kind.ENTRY:
        return step._replace(charged=entered[day].charged, waived=entered[day].waived)
    return step._replace(entered=entered[day]) if kind is _Kind.LOOK and late and day in entered else step


def _events(
    terms: Terms, as_of: date, until: date, paid: Iterable[date], entered: Iterable[date], looks: Iterable[date]
) -> list[tuple[int, date, _Kind]]:
    """Return what happens, in order: the last day whose interest has accrued by then, the day, the kind."""
    last, bears = terms.last_day_counts, terms.payment_day is PaymentDay.BEARS
    events = [(d.toordinal() - (not last), d, _Kind.LOOK) for d in {*looks, until} if as_of <= d <= until]
    for kind, days in ((_Kind.PAYMENT, paid), (_Kind.ENTRY, entered)):
        # the last day looked at bears no interest where it does not count, whatever is paid on it
        events += [(d.toordinal() - (not (bears and (last or d < until))), d, kind) for d in days]
    if terms.makes_statements:
        events += _statements(terms.statement_day, last, as_of, until)
    for dated in terms.rates[1:]:
        if dated.start is not None and as_of < dated.start <= until:
            events.append((dated.start.toordinal() - 1, dated.start, _Kind.RATE))
    if terms.year is YearBasis.ACTUAL:
        new_years = (date(y, 1, 1) for y in range(as_of.year, until.year + 1))
        events += [(d.toordinal() - 1, d, _Kind.YEAR) for d in new_years if as_of <= d <= until]
    return sorted(events)


def _step_maker(
    debt: Debt, paid: Mapping[date, int], until: date, frozen: list[tuple[int, int]]
) -> Callable[[int, int, _Kind, date], Step]:
    """Return what makes a step of an event; all that is the same for every step is looked up once."""
    terms, late_fee = debt.terms, debt.terms.late_fee
    books = terms.rhythm is Rhythm.SEGMENT or terms.rhythm is Rhythm.CARRIED
    shows_unseen = not terms.last_day_counts and terms.payment_day is PaymentDay.BEARS
    last_fee = date.min if late_fee is None else late_fee.until or date.max
    before, after = _places(terms.order_on(1)), _places(terms.order_on(CARD_SWITCH_DAY))
    switch = debt.default_date.toordinal() + CARD_SWITCH_DAY - 1

    def step(units: int, weight: int, kind: _Kind, day: date) -> Step:
        if kind is _LOOK:
            if shows_unseen and day < until and day in paid:
                orders = after if day.toordinal() >= switch else before
                return Step(units, weight, orders=orders, look=day, unseen=paid[day])
            return _made(Step, (units, weight, False, None, False, False, (), day, None, None, None, None))
        at = day.toordinal()
        orders = after if at >= switch else before
        if kind is _PAYMENT:
            return Step(units, weight, books, paid[day], orders=orders)
        if kind in _STATEMENTS:
            fee = day <= last_fee and not (frozen and any(a < at <= b for a, b in frozen))
            return _made(Step, (units, weight, True, None, True, fee, orders, None, None, None, None, None))
        return Step(units, weight, books and kind in _BOOKED)

    return step


_made = tuple.__new__  # a step of all its fields in their order: looks and statements are most of all steps


@lru_cache(maxsize=128)  # a debt is played to the same day at every move of a slider
def _statements(
    day_of_month: int, last_day_counts: bool, after: date, until: date
) -> tuple[tuple[int, date, _Kind], ...]:
    kind = _Kind.STATEMENT if last_day_counts else _Kind.EARLY_STATEMENT
    days = statement_days(day_of_month, after, until)
    return tuple([(d.toordinal() - (not last_day_counts), d, kind) for d in days])


def statement_days(day_of_month: int, after: date, until: date) -> tuple[date, ...]:
    """Return the statement days after a day, up to and including another; short months use their last day."""
    found, month = [], after.year * 12 + after.month - 1
    for m in range(month, until.year * 12 + until.month):
        year, place = divmod(m, 12)
        last = day_of_month if day_of_month <= 28 else min(day_of_month, calendar.monthrange(year, place + 1)[1])
        found.append(date(year, place + 1, last))
    return tuple([day for day in found if after < day <= until])


@cache
def _places(order: tuple[Part, ...]) -> Orders:
    return ((True, tuple(PARTS.index(p) for p in order)),)


def _plain(after: int, through: int) -> int:
    return through - after


def _thirty_days(after: int, through: int) -> int:
    a, b = date.fromordinal(after), date.fromordinal(through)
    return 360 * (b.year - a.year) + 30 * (b.month - a.month) + min(b.day, 30) - min(a.day, 30)


def _counts_thirty(terms: Terms, rate: Rate) -> bool:
    return terms.year is YearBasis.DAYS_30_360 and rate.period is not Period.DAY


def _unit_rate(terms: Terms, day: date) -> Fraction:
    if terms.year is YearBasis.ACTUAL:
        return terms.rate_on(day).per_day(366 if calendar.isleap(day.year) else 365)
    return terms.rate_on(day).per_day(365 if terms.year is YearBasis.DAYS_365 else 360)


def _units(count: Callable[[int, int], int], after: int, through: int, frozen: list[tuple[int, int]]) -> int:
    """Return the counted days after one day through another, frozen ones left out."""
    units = count(after, through)
    for a, b in frozen:
        if (low := max(a, after)) < (high := min(b, through)):
            units -= count(low, high)
    return units


def _opening(debt: Debt, denominator: int) -> State:
    b, terms = debt.balance, debt.terms
    parts = [b.part(p) for p in PARTS]
    minimum = 0
    if terms.late_fee is not None:
        share = terms.late_fee.minimum_share
        billed = sum(parts if terms.late_fee.on_fees else parts[:_FEES])
        minimum = divide(share.numerator * billed, share.denominator, terms.rounding)
    bearing = b.interest + b.penalty_interest if terms.base is Base.WHOLE_BILL else 0
    return State(parts=parts, credit=b.credit, bearing=bearing, minimum=minimum, denominator=denominator)
