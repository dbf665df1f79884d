"""Course: the months of a plan, what each bears and asks for, and the amounts that follow, in whole fen.

The months of a proposal do not depend on amounts, so they are worked out once and used for all its debts. Interest is
rounded half up to the fen month by month and does not itself bear interest: what an installment does not cover waits
and is paid first out of the next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from enum import IntEnum
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from debtdesk.core.days import add_months
from debtdesk.core.debt import Freeze, union
from debtdesk.core.installing import Basis, Grace, GraceKind, InterestOn, Remainder, StepUp
from debtdesk.core.money import Rounding, divide, round_fen
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import MOST_INSTALLMENTS, Proposal
from debtdesk.core.rates import Rate
from debtdesk.locale import Message

LONGEST_COURSE = MOST_INSTALLMENTS  # a plan that takes longer never ends for anybody [months]


class Asks(IntEnum):
    """What a month asks for: nothing, the interest alone, or an installment."""

    NOTHING = 0
    INTEREST = 1
    INSTALLMENT = 2


class Month(NamedTuple):
    """One month of a plan.

    `weight` is the multiple of the ordinary installment [1], `extra` what is added to it [fen], `accrual` what one fen
    bears since the month before [1], `open` the share of the period in which charges run [1].
    """

    due: date
    asks: Asks
    weight: Fraction
    extra: Fraction
    accrual: Fraction
    open: Fraction


class Paid(NamedTuple):
    """What one month brings. [fen]"""

    due: date
    principal: int
    interest: int
    fee: int


class Shape(NamedTuple):
    """What of a proposal decides on its months; amounts do not."""

    start: date
    first_due: date
    due_day: int | None
    step_up: StepUp | None
    season: tuple[Fraction, ...]
    grace: Grace | None
    freezes: tuple[Freeze, ...]
    rate: Rate | None
    basis: Basis
    year_days: int
    on_left: bool


def shape_of(proposal: Proposal) -> Shape:
    """Return what of a proposal decides on its months."""
    p = proposal
    on_left = p.interest_on is InterestOn.LEFT
    return Shape(
        p.start,
        p.first_due,
        p.due_day,
        p.step_up,
        p.season,
        p.grace,
        p.freezes,
        p.rate,
        p.basis,
        p.year_days,
        on_left,
    )


def months_of(shape: Shape) -> Iterator[Month]:
    """Yield the months of a plan, as far as anybody looks: the grace, then the installments."""
    grace, up, season = shape.grace, shape.step_up, shape.season
    waits = grace.months if grace else 0
    anchor = shape.due_day or shape.first_due.day
    frozen = [(f.first.toordinal() - 1, f.last.toordinal()) for f in union(shape.freezes)]
    per_month = per_day = Fraction(0)
    if shape.rate is not None:
        per_month = shape.rate.per_month(shape.year_days)
        per_day = shape.rate.per_day(shape.year_days)
    daily = shape.basis is Basis.DAILY
    before = shape.start.toordinal()
    weight, one = Fraction(1), Fraction(1)
    for n in range(LONGEST_COURSE + waits):
        due = add_months(shape.first_due, n, anchor=anchor) if n else shape.first_due
        at = due.toordinal()
        closed = sum(max(0, min(b, at) - max(a, before)) for a, b in frozen)
        share = one if not closed else 1 - Fraction(closed, at - before)
        runs = n >= waits or (grace is not None and grace.interest_runs)
        accrual = (per_day * (at - before - closed) if daily else per_month * share) if runs else Fraction(0)
        before = at
        if n < waits:
            assert grace is not None
            asks = Asks.INTEREST if grace.kind is GraceKind.INTEREST_ONLY else Asks.NOTHING
            yield Month(due, asks, Fraction(0), Fraction(0), accrual, share)
            continue
        extra = Fraction(0)
        if up is not None:
            if up.share and n > waits and (n - waits) % up.every == 0:
                weight *= 1 + up.share
            extra = Fraction(up.amount * ((n - waits) // up.every))
        if season:
            here = season[due.month - 1]
            yield Month(due, Asks.INSTALLMENT, weight * here, extra * here, accrual, share)
        else:
            yield Month(due, Asks.INSTALLMENT, weight, extra, accrual, share)


class Course(NamedTuple):
    """The months of a plan with a given number of installments, and what their ordinary installment is worked out from.

    An ordinary installment of one fen is worth `worth` on the first day, the extra amounts `extras`, each as numerator
    and denominator. `accruals` are numerators and denominators too.
    """

    months: tuple[Month, ...]
    waits: int
    accruals: tuple[tuple[int, int], ...]
    worth: tuple[int, int]
    extras: tuple[int, int]
    bears: bool


@lru_cache(maxsize=256)
def first_months(shape: Shape, n: int) -> tuple[tuple[Month, ...], tuple[tuple[int, int], ...]]:
    """Return the first n months of a plan and their accruals as numerators and denominators."""
    months = tuple(islice(months_of(shape), n))
    return months, tuple((m.accrual.numerator, m.accrual.denominator) for m in months)


@lru_cache(maxsize=256)
def course_of(shape: Shape, installments: int) -> Course:
    """Return the months of a plan with so many full installments."""
    waits = shape.grace.months if shape.grace else 0
    months, accruals = first_months(shape, waits + installments)
    bears = shape.on_left and any(n for n, _ in accruals[waits:])
    weights = [m.weight for m in months[waits:]]
    if not any(weights):
        raise ValueError("in none of the months of the plan an installment is due")
    growing = accruals[waits:] if bears else ((0, 1),) * installments
    worth = _worth(weights, growing)
    extras = _worth([m.extra for m in months[waits:]], growing) if shape.step_up else (0, 1)
    return Course(months, waits, accruals, worth, extras, bears)


def _worth(amounts: Sequence[Fraction], accruals: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Return what amounts are worth before the first period, as numerator and denominator, not reduced."""
    top, bottom = 0, 1
    for amount, (up, down) in zip(reversed(amounts), reversed(accruals), strict=True):
        x, y = amount.numerator, amount.denominator
        if y == 1:
            top += x * bottom
        else:
            top, bottom = top * y + x * bottom, bottom * y
        if up:
            top, bottom = top * down, bottom * (down + up)
    return top, bottom


def shared_out(amount: int, weights: Sequence[Fraction | int], remainder: Remainder) -> list[int]:
    """Return an amount over weights, each rounded down, the first or last weight taking what is left. [fen]"""
    whole = sum(weights)
    if not whole:
        return [0] * len(weights)
    n = len(weights)
    if all(w == weights[0] for w in weights):
        found = [amount // n] * n
    else:
        found = [int(amount * w / whole) if w else 0 for w in map(Fraction, weights)]
    taking = [i for i, w in enumerate(weights) if w]
    found[taking[0] if remainder is Remainder.FIRST else taking[-1]] += amount - sum(found)
    return found


def numbered(proposal: Proposal, installments: int, bearing: int, quiet: int) -> list[Paid]:
    """Return what each month of a plan with so many installments brings.

    Parameters
    ----------
    proposal : Proposal
    installments : int
        Full installments, the grace left aside.
    bearing, quiet : int
        What bears the plan's rate, and what is paid in installments without. [fen]
    """
    c = course_of(shape_of(proposal), installments)
    months, waits, remainder = c.months[c.waits :], c.waits, proposal.remainder
    flats = _flat(proposal, c, bearing)
    fees = _fees(proposal, months, bearing + quiet)
    found, waiting = _grace(proposal, c, bearing, flats)
    weights = [m.weight for m in months]
    quiets = shared_out(quiet, weights, remainder) if quiet else [0] * installments
    late = shared_out(waiting, weights, remainder) if waiting else [0] * installments
    beside = [sum(x) for x in zip(quiets, late, flats[waits:], fees, strict=True)]
    levels = _levels(proposal, c, bearing, beside, fees)
    left, rest, arrears, last = bearing, quiet, 0, installments - 1
    for n, month in enumerate(months):
        if flats[waits + n] or not c.bears:
            interest = flats[waits + n]
        else:
            up, down = c.accruals[waits + n]
            interest = (2 * left * up + down) // (2 * down)
        due = arrears + interest + late[n]
        if n == last:
            found.append(Paid(month.due, left + rest, due, fees[n]))
            break
        room = levels[n] - fees[n]
        paid = min(due, room)
        takes_all = n == 0 and remainder is Remainder.FIRST
        other = min(rest if takes_all else quiets[n], rest, room - paid)
        principal = min(left, room - paid - other)
        arrears, left, rest = due - paid, left - principal, rest - other
        found.append(Paid(month.due, principal + other, paid, fees[n]))
    return found


def _levels(proposal: Proposal, c: Course, bearing: int, beside: Sequence[int], fees: Sequence[int]) -> list[int]:
    """Return what each installment comes to in all, the last one's left aside; `beside` is what goes with it. [fen]"""
    step = proposal.rounding_step
    if bearing * c.extras[1] < c.extras[0]:
        raise Refused(
            Message("The raises alone come to more than what is to be paid."),
            Message("Write a smaller raise, or fewer installments."),
        )
    mode = Rounding.HALF_UP if c.bears and step == 1 else Rounding.DOWN
    found, level = [], 0
    last: tuple[Fraction, Fraction] | None = None
    for month, other in zip(c.months[c.waits :], beside, strict=True):
        if last is None or last[0] != month.weight or last[1] != month.extra:
            last = (month.weight, month.extra)
            level = level_of(c, bearing, month, mode)
        found.append((level + other) // step * step if step > 1 else level + other)
    found = [max(x, fee) for x, fee in zip(found, fees, strict=True)]
    if proposal.remainder is Remainder.FIRST and not c.bears:
        found[0] = bearing + sum(beside) - sum(found[1:])
    return found


def level_of(c: Course, bearing: int, month: Month, mode: Rounding) -> int:
    """Return what the installment of a month comes to by itself: (bearing - extras) / worth, times its weight. [fen]"""
    (top, bottom), (more, under), w, e = c.worth, c.extras, month.weight, month.extra
    numerator, denominator = (bearing * under - more) * bottom, under * top
    exact = numerator * w.numerator * e.denominator + e.numerator * denominator * w.denominator
    return divide(exact, denominator * w.denominator * e.denominator, mode)


def _flat(proposal: Proposal, c: Course, bearing: int) -> list[int]:
    """Return the interest of each month where it is charged on the original amount, else zeros. [fen]"""
    if proposal.interest_on is InterestOn.LEFT or proposal.rate is None:
        return [0] * len(c.months)
    shares = [m.accrual for m in c.months]
    return shared_out(round_fen(bearing * sum(shares), Rounding.HALF_UP), shares, proposal.remainder)


def _fees(proposal: Proposal, months: Sequence[Month], financed: int) -> list[int]:
    if not proposal.period_fee:
        return [0] * len(months)
    shares = [m.open for m in months]
    return shared_out(
        round_fen(financed * proposal.period_fee * sum(shares), Rounding.HALF_UP), shares, proposal.remainder
    )


def _grace(proposal: Proposal, c: Course, bearing: int, flats: Sequence[int]) -> tuple[list[Paid], int]:
    """Return what the months of grace bring, and the interest that waits for the installments. [fen]"""
    found, waiting = [], 0
    for month, (up, down), flat in zip(c.months[: c.waits], c.accruals, flats, strict=False):
        on_left = proposal.interest_on is InterestOn.LEFT
        interest = (2 * bearing * up + down) // (2 * down) if on_left else flat
        if month.asks is Asks.NOTHING:
            waiting += interest
        elif interest:
            found.append(Paid(month.due, 0, interest, 0))
    return found, waiting
