"""The plain way of a debt: simple interest at one rate, charges paid first, month by month in a few whole numbers.

Most debts of a household are of this kind. What it gives is the kernel's answer, to the fen; a test compares them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import gcd
from typing import NamedTuple

from debtdesk.core.debt import Debt
from debtdesk.core.money import Rounding
from debtdesk.core.rates import Period
from debtdesk.core.terms import Base, Compounding, Order, Part, PaymentDay, Rhythm, Terms, YearBasis

_MONTHS = (28, 29, 30, 31)  # [days]


class PlainWay(NamedTuple):
    """Where a debt stands before the first payment, and how it goes on.

    `principal` bears interest; `left` is owed without interest not booked yet, which is `unbooked` over twice the
    `denominator` (twice, so that half up needs one division); `growth` is what a fen of principal adds to that each
    day from the first payment on; `opening` is owed at the start; `factors` are what a fen of principal becomes in a
    month of so many days, over the same. [fen]
    """

    principal: int
    left: int
    opening: int
    denominator: int
    unbooked: int
    growth: int
    factors: Mapping[int, int]


def plain_way(debt: Debt, start: date, days: Sequence[date], stands_still: bool) -> PlainWay | None:
    """Return the plain way of a debt to each day of payment, or None where its terms or events are not plain.

    Parameters
    ----------
    debt : Debt
    start : date
        Not before the balance's day; a debt that stands still does so from the day after it.
    days : sequence of date
        Days of payment, the same of each month, after the start.
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
    factors = {gap: 2 * denominator + growth * gap for gap in _MONTHS}
    return PlainWay(principal, total, total + grown, denominator, 2 * principal * numerator * first, growth, factors)


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
    """A plain debt on its way, paid the same each month for as long as that goes. [fen]

    `lefts` holds what was left without interest not booked yet, before the first payment and after each.
    """

    __slots__ = ("due", "gaps", "left", "lefts", "month", "paid", "principal", "unbooked", "way")

    def __init__(self, way: PlainWay, gaps: Sequence[int]) -> None:
        self.way, self.gaps, self.month, self.due = way, gaps, 0, 0
        self.principal, self.left, self.unbooked = way.principal, way.left, way.unbooked
        self.paid: list[int] = []
        self.lefts = [way.left]

    def owed(self) -> int:
        """Return what is owed on the day of the next payment. [fen]"""
        half = self.way.denominator
        unbooked = self.unbooked + self.principal * self.way.growth * self.gaps[self.month]
        self.due = self.left + (unbooked + half) // (2 * half)
        return self.due

    @property
    def shown(self) -> int:
        """What is owed on the day of the last payment, after it. [fen]"""
        return self.left + (self.unbooked + self.way.denominator) // (2 * self.way.denominator)

    def advance(self, until: int, amount: int) -> bool:
        """Pay an amount each month up to one, not included; stop before a month in which it would clear the debt.

        Returns whether it stopped so.
        """
        begin, lefts, left, gaps = self.month, self.lefts, self.left, self.gaps
        _, _, _, half, _, growth, factors = self.way
        if not amount:
            self.unbooked += self.principal * growth * sum(gaps[begin:until])
            self.paid += [0] * (until - begin)
            lefts += [left] * (until - begin)
            self.month = until
            return False
        principal, twice, whole = self.principal, 2 * half, half + self.unbooked
        bears, enough = principal * growth, twice * amount - half
        clears = False
        for gap in gaps[begin:until]:
            after = left + (bears * gap + whole) // twice - amount
            if after <= 0:
                clears = True
                break
            left, whole = after, half
            lefts.append(left)
            if left < principal:
                principal, bears = left, left * growth
                if bears * _MONTHS[-1] < enough:  # from here on the principal alone is left, and less each month
                    break
        if left == principal and not clears:
            for gap in gaps[len(lefts) - 1 : until]:
                after = (left * factors[gap] - enough) // twice  # grown, rounded half up, less the amount
                if after <= 0:
                    clears = True
                    break
                left = after
                lefts.append(left)
            principal = left
        self.month = month = len(lefts) - 1
        if month > begin:
            self.principal, self.left, self.unbooked = principal, left, 0
            self.paid += [amount] * (month - begin)
        return clears

    def pay(self, amount: int) -> None:
        """Pay an amount, no more than is owed, in the next month; ask what is owed before."""
        if amount:
            self.left = left = self.due - amount
            self.unbooked = 0
            if left < self.principal:
                self.principal = left
        else:
            self.unbooked += self.principal * self.way.growth * self.gaps[self.month]
        self.paid.append(amount)
        self.lefts.append(self.left)
        self.month += 1

    def branch(self, month: int) -> PlainRun:
        """Return a run that stands where this one stood after so many payments, each the same from the first on."""
        run = PlainRun(self.way, self.gaps)
        if month:
            run.month, run.paid, run.lefts = month, self.paid[:month], self.lefts[: month + 1]
            run.left = run.lefts[-1]
            if self.paid[0]:
                run.principal, run.unbooked = min(run.principal, *run.lefts), 0
            else:
                run.unbooked += run.principal * run.way.growth * sum(self.gaps[:month])
        return run


class LeastWays:
    """Where each of several plain debts stands that gets its least amount month after month.

    It is played as far as asked, once for all the orders in which the debts may be cleared.
    """

    __slots__ = ("gaps", "least", "runs")

    def __init__(self, ways: Sequence[PlainWay], gaps: Sequence[int], least: Sequence[int]) -> None:
        self.gaps, self.least, self.runs = gaps, least, [PlainRun(w, gaps) for w in ways]

    def last(self, place: int, months: int) -> bool:
        """Return whether the least amount does not clear a debt within so many months."""
        run = self.runs[place]
        return run.month >= months or not run.advance(months, self.least[place])

    def pay_in_order(self, amount: int, order: Sequence[int]) -> tuple[list[list[int]], list[int], int] | None:
        """Return who gets what when a level amount clears one debt after the other, each getting its least meanwhile.

        Parameters
        ----------
        amount : int
            Paid each month. [fen/month]
        order : sequence of int
            The places of the debts, in the order in which they are cleared; others get nothing.

        Returns
        -------
        tuple or None
            A row of payments a debt [fen], what is left of each [fen], and how many months were paid; None where it
            has to be played month by month: a debt is cleared by its least amount before its turn, or none is owed.
        """
        least, most, month, rest, done = self.least, len(self.gaps), 0, -1, {}
        if not any(self.runs[i].way.left for i in order):
            return None
        level = amount - sum([least[i] for i in order])
        for i in order:
            if not self.last(i, month):
                return None
            done[i] = run = self.runs[i].branch(month)
            level += least[i]
            if rest >= 0:  # what the month leaves in which the debt before was cleared
                rest += least[i]
                if run.owed() <= rest:
                    rest -= run.due
                    run.pay(run.due)
                    continue
                run.pay(rest)
            clears = run.advance(most, level)
            month = run.month
            if not clears:
                break
            rest = level - run.owed()
            run.pay(run.due)
        else:
            month += rest >= 0
        for i, own in enumerate(self.runs):
            if i not in done:
                if not self.last(i, month):
                    return None
                done[i] = own.branch(month)
        runs = [done[i] for i in range(len(self.runs))]
        return [r.paid + [0] * (month - r.month) for r in runs], [r.shown for r in runs], month


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
