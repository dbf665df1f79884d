"""The kernel: accrual, booking and allocation over lanes, exact in whole fen.

A lane is one debt. Its history is compiled into *steps*: between two events a constant amount bears a constant rate,
so the days between them count as one multiplication. `run` plays the steps; what it plays them on is either whole
Python numbers (one lane, any size) or int64 arrays (many lanes at once): the code is the same, only the four
operations of `Whole` or `Lanes` differ.

Interest not yet booked is kept as a whole numerator over the lane's own denominator, so nothing is rounded before
the terms say so.

On one day things happen in this order: statement (where the day itself does not count), change of rate, entries that
stop the day's interest, interest of the day, entries that do not, statement. Entries are fees, then waivers, then the
payment.
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from fractions import Fraction
from functools import cache
from math import lcm
from typing import Any, NamedTuple, Protocol

from debtdesk.core.debt import Balance, Debt, Freeze, Payment, union
from debtdesk.core.entries import fees_by_day, waived_by_day
from debtdesk.core.money import DIVIDERS, Rounding, divide
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import (
    CARD_SWITCH_DAY,
    PARTS,
    Base,
    Compounding,
    Known,
    Part,
    PaymentDay,
    Rhythm,
    Terms,
    YearBasis,
)

Number = Any  # a whole number, or an int64 array with one place a lane
NO_DAYS = 0

_INTEREST, _PENALTY, _FEES = (PARTS.index(p) for p in (Part.INTEREST, Part.PENALTY_INTEREST, Part.FEES))

Orders = tuple[tuple[Any, tuple[int, ...]], ...]  # which lanes (True for all), and the places of the parts in order


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
_PER_DAY, _CARRIED, _MONTHLY, _DAILY = Rhythm.DAY, Rhythm.CARRIED, Compounding.MONTHLY, Compounding.DAILY
_HEARSAY, _COMPUTED = (Known.ASSUMED, Known.TOLD), Known.COMPUTED


class Operations(Protocol):
    """What a kind of number must offer beside + - *; `unbounded` says that it cannot overflow, `limit` from where."""

    unbounded: bool
    limit: int
    dividers: Mapping[Rounding, Callable[[Number, Number], Number]]

    def minimum(self, a: Number, b: Number, /) -> Number: ...
    def maximum(self, a: Number, b: Number, /) -> Number: ...
    def where(self, condition: Any, yes: Number, no: Number, /) -> Number: ...
    def largest(self, number: Number, /) -> int: ...


class Whole:
    """Whole Python numbers: one lane, any size."""

    unbounded = True
    limit = 0
    dividers = DIVIDERS
    minimum = staticmethod(min)
    maximum = staticmethod(max)

    @staticmethod
    def where(condition: Any, yes: Number, no: Number) -> Number:
        """Return `yes` where the condition holds, else `no`."""
        return yes if condition else no

    @staticmethod
    def largest(number: Number) -> int:
        """Return the absolute value."""
        return abs(int(number))


WHOLE = Whole()


class Step(NamedTuple):
    """What happens up to and at one event of a lane; every field may be an array over lanes.

    `units` counted days since the step before, at `weight` over the lane's denominator each; then, in this order:
    book, charge and waive (by part), receive `amount`, make a statement (with a late fee if `fee`), look. A look that
    comes before what happens on its own day shows `entered` and `unseen` as if done.
    """

    units: Number
    weight: Number
    books: Any = False
    amount: Number | None = None
    statement: Any = False
    fee: Any = False
    orders: Orders = ()
    look: date | None = None
    unseen: Number | None = None
    charged: Number | None = None
    waived: tuple[Number, ...] | None = None
    entered: Step | None = None


class Rule(NamedTuple):
    """The conventions that all lanes of one run share."""

    rhythm: Rhythm
    rounding: Rounding
    compounding: Compounding
    target: int
    bears: tuple[bool, bool, bool, bool]
    late_fee: Any
    fee_share: tuple[int, int] = (0, 1)
    minimum_share: tuple[int, int] = (0, 1)

    @classmethod
    def of(cls, terms: Terms) -> Rule:
        """Return the shared conventions of a debt's terms."""
        fees_bear = terms.late_fee is not None and terms.late_fee.bears_interest
        bears = (False, True, True, fees_bear)
        target = PARTS.index(terms.accrues_to)
        late = terms.late_fee
        shares = () if late is None else (late.share.as_integer_ratio(), late.minimum_share.as_integer_ratio())
        return cls(terms.rhythm, terms.rounding, terms.compounding, target, bears, late, *shares)


@dataclass(slots=True)
class State:
    """Where the lanes stand: the four parts, and what has not become part of them yet. [fen]

    `unbooked` is a numerator over `denominator`; `bearing` the charges that themselves bear interest; `minimum` and
    `received` the last minimum payment and what was paid since.
    """

    parts: list[Number]
    credit: Number
    bearing: Number
    minimum: Number
    denominator: Number
    unbooked: Number = 0
    received: Number = 0

    def copy(self) -> State:
        """Return a state that can go on by itself."""
        return State(
            list(self.parts), self.credit, self.bearing, self.minimum, self.denominator, self.unbooked, self.received
        )


class History(NamedTuple):
    """One lane, ready to run; the last of each of `events` is the day of the step at its place."""

    rule: Rule
    state: State
    steps: list[Step]
    events: Sequence[tuple[int, int, IntEnum, date]] = ()


# -- compiling a debt into steps ------------------------------------------------------------------------------------


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
        kind = _Kind.STATEMENT if last else _Kind.EARLY_STATEMENT
        events += [(d.toordinal() - (not last), d, kind) for d in statement_days(terms.statement_day, as_of, until)]
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
                return Step(units, weight, False, None, False, False, orders, day, paid[day])
            return Step(units, weight, False, None, False, False, (), day)
        at = day.toordinal()
        orders = after if at >= switch else before
        if kind is _PAYMENT:
            return Step(units, weight, books, paid[day], False, False, orders)
        if kind in _STATEMENTS:
            fee = day <= last_fee and not (frozen and any(a < at <= b for a, b in frozen))
            return Step(units, weight, True, None, True, fee, orders)
        return Step(units, weight, books and kind in _BOOKED)

    return step


def statement_days(day_of_month: int, after: date, until: date) -> list[date]:
    """Return the statement days after a day, up to and including another; short months use their last day."""
    found, month = [], after.year * 12 + after.month - 1
    for m in range(month, until.year * 12 + until.month):
        year, place = divmod(m, 12)
        last = day_of_month if day_of_month <= 28 else min(day_of_month, calendar.monthrange(year, place + 1)[1])
        found.append(date(year, place + 1, last))
    return [day for day in found if after < day <= until]


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


# -- playing the steps ------------------------------------------------------------------------------------------------


def run(
    rule: Rule,
    state: State,
    steps: Iterable[Step],
    ops: Operations,
    seen: Callable[[date, State], None],
) -> None:
    """Play the steps on a state, which is changed; `seen` is called with each look and the state it would book."""
    accrue = _accrue_daily if rule.compounding is _DAILY else _accrue
    for step in steps:
        if step.units is not NO_DAYS:
            accrue(rule, state, step, ops)
        if step.books is not False:
            _book(rule, state, step.books, ops)
        if step.charged is not None or step.waived is not None:
            _enter(rule, state, step, ops)
        if step.amount is not None:
            for mask, order in step.orders:
                amount = step.amount if mask is True else ops.where(mask, step.amount, 0)
                state.credit = state.credit + _allocate(rule, state, amount, order, ops)
            state.received = state.received + step.amount
        if step.statement is not False:
            _state_account(rule, state, step, ops)
        if step.look is not None:
            shown = state.copy()
            _book(rule, shown, True, ops)
            if step.entered is not None:
                _enter(rule, shown, step.entered, ops)
            for mask, order in step.orders if step.unseen is not None else ():
                amount = step.unseen if mask is True else ops.where(mask, step.unseen, 0)
                shown.credit = shown.credit + _allocate(rule, shown, amount, order, ops)
            seen(step.look, shown)


def _accrue(rule: Rule, state: State, step: Step, ops: Operations) -> None:
    parts, target = state.parts, rule.target
    base = parts[0] + state.bearing
    if rule.rhythm is _PER_DAY:
        _guard(ops, base, step.weight)
        rounded = ops.dividers[rule.rounding]
        parts[target] = parts[target] + step.units * rounded(base * step.weight, state.denominator)
    else:
        weight = step.units * step.weight
        if not ops.unbounded:
            _guard(ops, base, weight)
        state.unbooked = state.unbooked + base * weight
        if not ops.unbounded:
            _guard(ops, state.unbooked, 1)


def _accrue_daily(rule: Rule, state: State, step: Step, ops: Operations) -> None:
    start = base = state.parts[0] + state.bearing
    weight, denominator, rounded = step.weight, state.denominator, ops.dividers[rule.rounding]
    if ops.unbounded and rule.rounding is not Rounding.HALF_EVEN:
        # the dividers of DOWN and HALF_UP written out: a thousand days are a thousand calls otherwise
        twice, whole = 2 * weight, 2 * denominator
        half = denominator if rule.rounding is Rounding.HALF_UP else 0
        for _ in range(step.units):
            base += (base * twice + half) // whole
    elif ops.unbounded:
        for _ in range(step.units):
            base += rounded(base * weight, denominator)
    else:
        for n in range(ops.largest(step.units)):
            _guard(ops, base, weight)
            base = base + ops.where(step.units > n, rounded(base * weight, denominator), 0)
    grown = base - start
    state.parts[rule.target] = state.parts[rule.target] + grown
    state.bearing = state.bearing + grown


def _guard(ops: Operations, number: Number, factor: Number) -> None:
    if not ops.unbounded and ops.largest(number) * ops.largest(factor) >= ops.limit:
        raise OverflowError("amounts are too large for these lanes")


def _book(rule: Rule, state: State, where: Any, ops: Operations) -> None:
    """Round the unbooked interest of some lanes and make it part of the balance."""
    if rule.rhythm is _PER_DAY:
        return
    booked = ops.dividers[rule.rounding](state.unbooked, state.denominator)
    rest = state.unbooked - booked * state.denominator if rule.rhythm is _CARRIED else 0
    if where is not True:
        booked, rest = ops.where(where, booked, 0), ops.where(where, rest, state.unbooked)
    state.parts[rule.target] = state.parts[rule.target] + booked
    state.unbooked = rest


def _enter(rule: Rule, state: State, step: Step, ops: Operations) -> None:
    """Charge fees, then waive by part."""
    if step.charged is not None:
        state.parts[_FEES] = state.parts[_FEES] + step.charged
        state.bearing = state.bearing + step.charged if rule.bears[_FEES] else state.bearing
    for i, amount in enumerate(step.waived or ()):
        _allocate(rule, state, amount, (i,), ops)


def _allocate(rule: Rule, state: State, amount: Number, order: tuple[int, ...], ops: Operations) -> Number:
    """Reduce the parts in order and return what is left of the amount."""
    bearing = 0
    for i in order:
        taken = ops.minimum(state.parts[i], amount)
        state.parts[i] = state.parts[i] - taken
        amount = amount - taken
        if rule.bears[i]:
            bearing = bearing + taken
    state.bearing = ops.maximum(state.bearing - bearing, 0)
    return amount


def _state_account(rule: Rule, state: State, step: Step, ops: Operations) -> None:
    """Make a statement: use up credit, book a late fee, let charges bear interest, ask for a minimum."""
    parts, here, late = state.parts, step.statement, rule.late_fee
    if ops.largest(state.credit):
        for mask, order in step.orders:
            usable = ops.where(here, state.credit, 0)
            usable = usable if mask is True else ops.where(mask, usable, 0)
            state.credit = state.credit - usable + _allocate(rule, state, usable, order, ops)
    if late is not None and step.fee is not False:
        unpaid, (top, bottom) = state.minimum - state.received, rule.fee_share
        fee = ops.dividers[rule.rounding](ops.maximum(unpaid, 0) * top, bottom)
        fee = fee if late.ceiling is None else ops.minimum(fee, late.ceiling)
        if late.floor:
            fee = ops.where(unpaid > 0, ops.maximum(fee, late.floor), 0)
        if step.fee is not True or here is not True:
            fee = ops.where(step.fee & here, fee, 0)
        parts[_FEES] = parts[_FEES] + fee
        state.bearing = state.bearing + fee if late.bears_interest else state.bearing
    if rule.compounding is _MONTHLY:
        charges = parts[_INTEREST] + parts[_PENALTY] + (parts[_FEES] if rule.bears[_FEES] else 0)
        state.bearing = charges if here is True else ops.where(here, charges, state.bearing)
    if late is not None:
        top, bottom = rule.minimum_share
        billed = parts[0] + parts[_INTEREST] + parts[_PENALTY] + (parts[_FEES] if late.on_fees else 0)
        _guard(ops, billed, max(top, rule.fee_share[0]))
        minimum = ops.dividers[rule.rounding](billed * top, bottom)
        state.minimum = minimum if here is True else ops.where(here, minimum, state.minimum)
        state.received = 0 if here is True else ops.where(here, 0, state.received)


def balance_of(state: State, day: date, like: Balance, lane: int | None = None) -> Balance:
    """Return a lane of a state as a balance."""
    p = [*state.parts, state.credit] if lane is None else [int(x[lane]) for x in (*state.parts, state.credit)]
    known = like.known if like.known in _HEARSAY else _COMPUTED
    return Balance(
        principal=p[0],
        interest=p[1],
        penalty_interest=p[2],
        fees=p[3],
        credit=p[4],
        as_of=day,
        source=like.source,
        known=known,
    )
