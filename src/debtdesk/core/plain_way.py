"""The plain way of a debt: simple interest at one rate, charges paid first, month by month in a few whole numbers.

Most debts of a household are of this kind. What it gives is the kernel's answer, to the fen; a test compares them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import gcd
from typing import NamedTuple

from debtdesk.core.debt import Debt
from debtdesk.core.money import Rounding
from debtdesk.core.rates import Period
from debtdesk.core.terms import Base, Compounding, Order, Part, PaymentDay, Rhythm, Terms, YearBasis

_LONGEST_MONTH = 31


class PlainWay(NamedTuple):
    """Where a debt stands before the first payment, and how it goes on.

    `principal` bears interest; `left` is owed without interest not booked yet, which is `unbooked` over twice the
    `denominator` (twice, so that half up needs one division); `growth` is what a fen of principal adds to that each
    day from the first payment on; `opening` is owed at the start. [fen]
    """

    principal: int
    left: int
    opening: int
    denominator: int
    unbooked: int
    growth: int


def plain_way(debt: Debt, start: date, days: Sequence[date], stands_still: bool) -> PlainWay | None:
    """Return the plain way of a debt to each day of payment, or None where its terms or events are not plain.

    Parameters
    ----------
    debt : Debt
    start : date
        Not before the balance's day; a debt that stands still does so from the day after it.
    days : sequence of date
        Days of payment, after the start.
    stands_still : bool
    """
    terms, balance = debt.terms, debt.balance
    rate = terms.rates[0].rate
    plain = (
        len(terms.rates) == 1
        and not debt.entries
        and not debt.freezes
        and not balance.credit
        and terms.compounding is Compounding.SIMPLE
        and terms.base is Base.PRINCIPAL
        and terms.rhythm is Rhythm.SEGMENT
        and terms.rounding is Rounding.HALF_UP
        and terms.late_fee is None
        and (terms.order is Order.CIVIL_CODE_561 or _principal_last(terms))
        and (rate.period is Period.DAY or terms.year in (YearBasis.DAYS_365, YearBasis.DAYS_360))
        and not any(p.day > balance.as_of for p in debt.payments)
    )
    if not plain:
        return None
    numerator, denominator = _daily(rate.value, rate.period, terms.year)
    begin = balance.as_of.toordinal() - terms.first_day_counts
    # a day of payment still bears interest, or no longer does
    free = terms.payment_day is PaymentDay.BEARS_NOT
    seen = start.toordinal() - (not terms.last_day_counts)
    first = max(0, (start.toordinal() if stands_still else days[0].toordinal() - free) - begin)
    total, principal = balance.total, balance.principal
    grown = (2 * principal * numerator * max(0, seen - begin) + denominator) // (2 * denominator)
    growth = 0 if stands_still else 2 * numerator
    return PlainWay(principal, total, total + grown, denominator, 2 * principal * numerator * first, growth)


def _principal_last(terms: Terms) -> bool:
    return terms.order is Order.CONTRACT and terms.contract_order[-1] is Part.PRINCIPAL


def _daily(value: Fraction, period: Period, year: YearBasis) -> tuple[int, int]:
    """Return the rate of a day as numerator and denominator, as small as they go: small numbers are played faster."""
    if period is Period.DAY:
        return value.numerator, value.denominator
    basis = 365 if year is YearBasis.DAYS_365 else 360
    numerator, denominator = value.numerator * (12 if period is Period.MONTH else 1), value.denominator * basis
    common = gcd(numerator, denominator)
    return numerator // common, denominator // common


def days_between(days: tuple[date, ...]) -> tuple[int, ...]:
    """Return how many days lie between each day of payment and the one before, 0 for the first. [days]"""
    numbers = [d.toordinal() for d in days]
    return (0, *(b - a for a, b in pairwise(numbers)))


class PlainRun:
    """A plain debt on its way, paid the same each month for as long as that goes. [fen]"""

    __slots__ = ("denominator", "due", "gaps", "growth", "left", "month", "paid", "principal", "unbooked")

    def __init__(self, way: PlainWay, gaps: Sequence[int]) -> None:
        self.principal, self.left, _, self.denominator, self.unbooked, self.growth = way
        self.gaps, self.month, self.due = gaps, 0, 0
        self.paid: list[int] = []

    def owed(self) -> int:
        """Return what is owed on the day of the next payment. [fen]"""
        unbooked = self.unbooked + self.principal * self.growth * self.gaps[self.month]
        self.due = self.left + (unbooked + self.denominator) // (2 * self.denominator)
        return self.due

    @property
    def shown(self) -> int:
        """What is owed on the day of the last payment, after it. [fen]"""
        return self.left + (self.unbooked + self.denominator) // (2 * self.denominator)

    def advance(self, until: int, amount: int) -> bool:
        """Pay an amount each month up to one, not included; stop before a month in which it would clear the debt.

        Returns whether it stopped so.
        """
        begin, growth, asked = self.month, self.growth, until
        if not amount:
            self.unbooked += self.principal * growth * sum(self.gaps[begin:until])
            self.paid += [0] * (until - begin)
            self.month = until
            return False
        principal, left, half = self.principal, self.left, self.denominator
        twice, whole, month, bears = 2 * half, half + self.unbooked, begin, self.principal * growth
        enough = twice * amount - half
        for gap in self.gaps[begin:until]:
            after = left + (bears * gap + whole) // twice - amount
            if after <= 0:
                until = month
                break
            left, whole, month = after, half, month + 1
            if left < principal:
                principal, bears = left, left * growth
                if bears * _LONGEST_MONTH < enough:  # from here on the principal alone is left, and less each month
                    break
        if left == principal:
            for gap in self.gaps[month:until]:
                after = left + (left * growth * gap + half) // twice - amount
                if after <= 0:
                    break
                left = after
                month += 1
            principal = left
        if month > begin:
            self.unbooked = 0
        self.principal, self.left, self.month = principal, left, month
        self.paid += [amount] * (month - begin)
        return month < asked

    def pay(self, amount: int) -> None:
        """Pay an amount, no more than is owed, in the next month; ask what is owed before."""
        if amount:
            self.left = left = self.due - amount
            self.unbooked = 0
            if left < self.principal:
                self.principal = left
        else:
            self.unbooked += self.principal * self.growth * self.gaps[self.month]
        self.paid.append(amount)
        self.month += 1


def pay_in_order(
    ways: Sequence[PlainWay], gaps: Sequence[int], amount: int, least: Sequence[int], order: Sequence[int]
) -> tuple[list[list[int]], list[int], int] | None:
    """Return who gets what when a level amount clears one debt after the other, each getting its least meanwhile.

    Parameters
    ----------
    ways : sequence of PlainWay
    gaps : sequence of int
        As by `days_between`.
    amount : int
        Paid each month. [fen/month]
    least : sequence of int
        What each debt gets each month until it is cleared. [fen/month]
    order : sequence of int
        The places of the debts, in the order in which they are cleared; others get nothing.

    Returns
    -------
    tuple or None
        A row of payments a debt [fen], what is left of each [fen], and how many months were paid; None where a debt is
        cleared by its least amount before its turn, which has to be played month by month.
    """
    runs, months, waiting = [PlainRun(w, gaps) for w in ways], len(gaps), list(order)
    while waiting:
        first, behind = runs[waiting[0]], waiting[1:]
        clears = first.advance(months, amount - sum([least[i] for i in behind]))
        for i in behind:
            if runs[i].month < first.month and runs[i].advance(first.month, least[i]):
                return None
        if not clears:
            break
        waiting = _turn(runs, waiting, least, amount)
        if first.month == months:
            break
    reached = max([len(r.paid) for r in runs])
    for run in runs:
        if run.month < reached:
            run.advance(reached, 0)
    return [r.paid for r in runs], [r.shown for r in runs], reached


def _turn(runs: Sequence[PlainRun], waiting: Sequence[int], least: Sequence[int], amount: int) -> list[int]:
    """Pay the month in which the first debt is cleared; return the places of those that are still owed."""
    first = runs[waiting[0]]
    rest = amount - first.owed()
    first.pay(first.due)
    floors = []
    for i in waiting[1:]:
        owed = runs[i].owed()
        floors.append(least[i] if least[i] < owed else owed)
    rest -= sum(floors)
    still = []
    for i, paid in zip(waiting[1:], floors, strict=True):
        run = runs[i]
        more = min(rest, run.due - paid)
        rest -= more
        if paid + more < run.due:
            still.append(i)
        run.pay(paid + more)
    return still


def in_order(owed: Sequence[int], least: Sequence[int], amount: int) -> list[int]:
    """Return who gets what of an amount: first what each gets at least, the rest to one debt after the other. [fen]"""
    found = list(least)
    rest = amount - sum(found)
    for i, room in enumerate(map(int.__sub__, owed, found)):
        if room >= rest:
            found[i] += rest
            break
        found[i] += room
        rest -= room
    return found
