"""The kernel: accrual, booking and allocation over lanes, exact in whole fen.

A lane is one debt. Its history is compiled into steps (module `steps`): between two events a constant amount bears a
constant rate, so the days between them count as one multiplication. `run` plays the steps; what it plays them on is
either whole Python numbers (one lane, any size) or int64 arrays (many lanes at once): the code is the same, only the
four operations of `Whole` or `Lanes` differ.

Interest not yet booked is kept as a whole numerator over the lane's own denominator, so nothing is rounded before
the terms say so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import repeat
from typing import Any, NamedTuple, Protocol

from debtdesk.core.balance import Balance, balance_of_parts
from debtdesk.core.money import DIVIDERS, Rounding
from debtdesk.core.terms import PARTS, Compounding, Known, Part, Rhythm, Terms

Number = Any  # a whole number, or an int64 array with one place a lane
NO_DAYS = 0

_INTEREST, _PENALTY, _FEES = (PARTS.index(p) for p in (Part.INTEREST, Part.PENALTY_INTEREST, Part.FEES))

Orders = tuple[tuple[Any, tuple[int, ...]], ...]  # which lanes (True for all), and the places of the parts in order

# names of their own: looking a member up in its class takes Python longer than most of what is done with it
_PER_DAY, _CARRIED, _MONTHLY, _DAILY = Rhythm.DAY, Rhythm.CARRIED, Compounding.MONTHLY, Compounding.DAILY
_HALF_UP, _HALF_EVEN = Rounding.HALF_UP, Rounding.HALF_EVEN
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


def run(
    rule: Rule,
    state: State,
    steps: Iterable[Step],
    ops: Operations,
    seen: Callable[[date, State], None],
) -> None:
    """Play the steps on a state, which is changed; `seen` is called with each look and the state it would book.

    What is seen may be played on after that: take from it what is to be kept, unless the look is the last step.
    """
    booked = rule.rhythm is _PER_DAY  # always: nothing is left to book at a look
    accrue = _accrue_daily if rule.compounding is _DAILY else _accrue
    # taken apart at once: reading the fields of a step one by one takes as long as half of what they ask for
    for units, weight, books, amount, statement, fee, orders, look, unseen, charged, waived, entered in steps:
        if units is not NO_DAYS:
            accrue(rule, state, units, weight, ops)
        if books is not False:
            _book(rule, state, books, ops)
        if charged is not None or waived is not None:
            _enter(rule, state, charged, waived, ops)
        if amount is not None:
            state.credit = state.credit + _receive(rule, state, amount, orders, ops)
            state.received = state.received + amount
        if statement is not False:
            _state_account(rule, state, statement, fee, orders, ops)
        if look is not None:
            shown = state
            if not booked or entered is not None or unseen is not None:
                shown = state.copy()
                _book(rule, shown, True, ops)
            if entered is not None:
                _enter(rule, shown, entered.charged, entered.waived, ops)
            if unseen is not None:
                shown.credit = shown.credit + _receive(rule, shown, unseen, orders, ops)
            seen(look, shown)


def _accrue(rule: Rule, state: State, units: Number, weight: Number, ops: Operations) -> None:
    parts, target = state.parts, rule.target
    base = parts[0] + state.bearing
    if rule.rhythm is _PER_DAY:
        _guard(ops, base, weight)
        rounded = ops.dividers[rule.rounding]
        parts[target] = parts[target] + units * rounded(base * weight, state.denominator)
    else:
        weight = units * weight
        if not ops.unbounded:
            _guard(ops, base, weight)
        state.unbooked = state.unbooked + base * weight
        if not ops.unbounded:
            _guard(ops, state.unbooked, 1)


def _accrue_daily(rule: Rule, state: State, units: Number, weight: Number, ops: Operations) -> None:
    start = base = state.parts[0] + state.bearing
    denominator, rounded = state.denominator, ops.dividers[rule.rounding]
    if ops.unbounded and rule.rounding is not _HALF_EVEN:
        # the dividers of DOWN and HALF_UP written out: a thousand days are a thousand calls otherwise
        if denominator % 2:
            weight, denominator = 2 * weight, 2 * denominator
        half = denominator // 2 if rule.rounding is _HALF_UP else 0
        for _ in repeat(None, units):
            base += (base * weight + half) // denominator
    elif ops.unbounded:
        for _ in range(units):
            base += rounded(base * weight, denominator)
    else:
        for n in range(ops.largest(units)):
            _guard(ops, base, weight)
            base = base + ops.where(units > n, rounded(base * weight, denominator), 0)
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


def _enter(
    rule: Rule, state: State, charged: Number | None, waived: tuple[Number, ...] | None, ops: Operations
) -> None:
    """Charge fees, then waive by part."""
    if charged is not None:
        state.parts[_FEES] = state.parts[_FEES] + charged
        state.bearing = state.bearing + charged if rule.bears[_FEES] else state.bearing
    for i, amount in enumerate(waived or ()):
        _allocate(rule, state, amount, (i,), ops)


def _receive(rule: Rule, state: State, amount: Number, orders: Orders, ops: Operations) -> Number:
    """Reduce the parts of each lane in its order and return what is left of the amounts."""
    over = 0
    for mask, order in orders:
        over = over + _allocate(rule, state, amount if mask is True else ops.where(mask, amount, 0), order, ops)
    return over


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


def _state_account(rule: Rule, state: State, here: Any, fees: Any, orders: Orders, ops: Operations) -> None:
    """Make a statement: use up credit, book a late fee, let charges bear interest, ask for a minimum."""
    parts, late = state.parts, rule.late_fee
    if ops.largest(state.credit):
        usable = ops.where(here, state.credit, 0)
        state.credit = state.credit - usable + _receive(rule, state, usable, orders, ops)
    if late is not None and fees is not False:
        unpaid, (top, bottom) = state.minimum - state.received, rule.fee_share
        fee = ops.dividers[rule.rounding](ops.maximum(unpaid, 0) * top, bottom)
        fee = fee if late.ceiling is None else ops.minimum(fee, late.ceiling)
        if late.floor:
            fee = ops.where(unpaid > 0, ops.maximum(fee, late.floor), 0)
        if fees is not True or here is not True:
            fee = ops.where(fees & here, fee, 0)
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
    known = like.known if like.known in _HEARSAY else _COMPUTED
    if lane is None:
        return balance_of_parts(state.parts, state.credit, day, like.source, known)
    return balance_of_parts([int(x[lane]) for x in state.parts], int(state.credit[lane]), day, like.source, known)
