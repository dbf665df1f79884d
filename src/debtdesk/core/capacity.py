"""Capacity: what the household can pay each month and keep paying."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from debtdesk.core.budget import Budget, BudgetItem, Category, Kind, Regularity
from debtdesk.core.days import add_months
from debtdesk.core.money import Rounding, round_fen
from debtdesk.core.tabular import Tabular, in_yuan


@dataclass(frozen=True, slots=True)
class Breach:
    """A month in which an installment reaches below what is protected for living. [fen]

    `installment` is what is to be paid, `available` what income and earlier months leave above the protected living
    costs and other debts, `by` how much is too much.
    """

    month: date
    installment: int
    available: int

    @property
    def by(self) -> int:
        """How much is too much. [fen]"""
        return self.installment - self.available


@dataclass(frozen=True, slots=True)
class Fit:
    """Whether installments leave the household what is protected.

    `breaches` are the months in which they do not: such installments are refused, or need an override with its reason.
    `carried` are the months in which an installment is more than the month's own income leaves and is paid from what
    earlier months left, or from savings.
    """

    breaches: tuple[Breach, ...]
    carried: tuple[date, ...]

    @property
    def ok(self) -> bool:
        """Whether nothing reaches below what is protected."""
        return not self.breaches

    @property
    def worst(self) -> Breach | None:
        """The month in which it reaches furthest below."""
        return max(self.breaches, key=lambda b: b.by, default=None)


@dataclass(frozen=True, slots=True)
class Capacity(Tabular):
    """What is left month by month, and the equal installment it carries. Tuples have one place a month. [fen]

    `income` is what counts: uncertain income only as far as the counselor says so, the rest stands in `uncertain`;
    `living` is what the household keeps for living: its essentials, or the protected minimum where that is higher,
    and its other spending as far as it is kept; `reserve` what is laid aside; `left` income less all of these,
    below zero where the month falls short; `level` the largest equal monthly installment, in whole steps of the
    budget, that never leaves the household without cash when good months carry the bad ones; `lowest` the least that
    is at hand at any month's end when that installment is paid; `savings` what is at hand at the start; `step` what
    amounts are rounded down to.
    """

    months: tuple[date, ...]
    income: tuple[int, ...]
    essentials: tuple[int, ...]
    flexible: tuple[int, ...]
    debt_service: tuple[int, ...]
    floor: int
    living: tuple[int, ...]
    reserve: tuple[int, ...]
    left: tuple[int, ...]
    savings: int
    level: int
    lowest: int
    uncertain: tuple[int, ...] = ()
    step: int = 1

    @property
    def protected(self) -> tuple[int, ...]:
        """What nothing may touch: the essentials, or the protected minimum where that is higher. [fen]"""
        return tuple(max(e, self.floor) for e in self.essentials)

    @property
    def available(self) -> tuple[int, ...]:
        """What each month's income leaves above what is protected and other debts; below zero where it falls short.

        Neither reserve nor other spending is taken off: no installment may ever be more than this. [fen]
        """
        return tuple(i - p - s for i, p, s in zip(self.income, self.protected, self.debt_service, strict=True))

    @property
    def by_month(self) -> tuple[int, ...]:
        """What each month can pay from its own income alone, in whole steps; 0 where nothing is left. [fen]"""
        return tuple(max(0, x // self.step * self.step) for x in self.left)

    def fits(self, installments: Sequence[int] | int) -> Fit:
        """Return whether installments leave what is protected for living and other debts in every month.

        What earlier months left above it, and savings, count; what is missing is not carried on as a debt.

        Parameters
        ----------
        installments : int or sequence of int
            What is paid each month, or in each of the months. [fen]
        """
        at_hand, breaches, carried = self.savings, list[Breach](), list[date]()
        for month, own, paid in zip(self.months, self.available, self._each(installments), strict=True):
            at_hand += own
            if paid > max(0, at_hand):
                breaches.append(Breach(month, paid, max(0, at_hand)))
            elif paid > max(0, own):
                carried.append(month)
            at_hand = max(0, at_hand - paid)
        return Fit(tuple(breaches), tuple(carried))

    def cash(self, installments: Sequence[int] | int) -> tuple[int, ...]:
        """Return what is at hand at each month's end, the reserve left aside, when installments are paid. [fen]"""
        at_hand, found = self.savings, []
        for left, installment in zip(self.left, self._each(installments), strict=True):
            at_hand += left - installment
            found.append(at_hand)
        return tuple(found)

    def months_short(self, installments: Sequence[int] | int) -> int:
        """Return in how many months the household is out of cash when installments are paid."""
        return sum(c < 0 for c in self.cash(installments))

    def _each(self, installments: Sequence[int] | int) -> Sequence[int]:
        return [installments] * len(self.months) if isinstance(installments, int) else installments

    def columns(self) -> dict[str, list[object]]:
        """Return month by month: income, living, debt service, reserve, left, and what can be paid. [yuan]"""
        names = ("income", "essentials", "flexible", "living", "debt_service", "reserve", "left", "by_month")
        first: dict[str, list[object]] = {"month": list(self.months)}
        return first | {n: [in_yuan(x) for x in getattr(self, n)] for n in names}


def capacity(budget: Budget, *, start: date, months: int, flexible_kept: Fraction = Fraction(1)) -> Capacity:
    """Return what the household can pay over the months from the one of `start` on.

    Parameters
    ----------
    budget : Budget
    start : date
        Any day of the first month.
    months : int
        How many, at least 1.
    flexible_kept : Fraction
        Share of spending that is not essential which the household keeps, 0 to 1.
    """
    if months < 1:
        raise ValueError(f"months {months} must be at least 1")
    if not 0 <= flexible_kept <= 1:
        raise ValueError(f"flexible_kept {flexible_kept} must lie between 0 and 1")
    days = tuple(add_months(start.replace(day=1), n) for n in range(months))
    doubtful = _monthly(_incomes(budget, uncertain=True), days)
    counted = tuple(round_fen(x * budget.uncertain_share, Rounding.DOWN) for x in doubtful)
    sure = _monthly(_incomes(budget, uncertain=False), days)
    income = tuple(a + b for a, b in zip(sure, counted, strict=True))
    service = _monthly(_spending(budget, debts=True), days)
    essentials = _monthly([i for i in _spending(budget, debts=False) if i.essential], days)
    other = _monthly([i for i in _spending(budget, debts=False) if not i.essential], days)
    flexible = tuple(round_fen(x * flexible_kept, Rounding.HALF_UP) for x in other)
    floor = budget.protected_minimum * budget.persons
    living = tuple(max(e, floor) + f for e, f in zip(essentials, flexible, strict=True))
    reserve = tuple(_laid_aside(budget, months))
    left = tuple(i - v - s - r for i, v, s, r in zip(income, living, service, reserve, strict=True))
    level = level_installment(left, budget.savings, budget.step)
    return Capacity(
        days,
        income,
        essentials,
        flexible,
        service,
        floor,
        living,
        reserve,
        left,
        budget.savings,
        level,
        _lowest(left, budget.savings, level),
        tuple(d - c for d, c in zip(doubtful, counted, strict=True)),
        budget.step,
    )


def level_installment(left: Sequence[int], savings: int, step: int) -> int:
    """Return the largest equal monthly payment, in whole steps, that never drives the cash at hand below zero. [fen]"""
    at_hand, least = savings, None
    for n, x in enumerate(left, start=1):
        at_hand += x
        bound = at_hand // n
        least = bound if least is None else min(least, bound)
    return max(0, (least or 0) // step * step)


def largest_income(budget: Budget, days: Sequence[date]) -> tuple[int, ...]:
    """Return what the income that brings most over some months comes to in each, uncertain income by its share. [fen]

    The earlier item where two bring the same; nothing where there is no income.
    """
    each = [counted_income(budget, i, days) for i in budget.items if i.kind is Kind.INCOME]
    return max(each, key=sum, default=(0,) * len(days))


def counted_income(budget: Budget, item: BudgetItem, days: Sequence[date]) -> tuple[int, ...]:
    """Return what counts of an income in each month, uncertain income by its share. [fen]"""
    return tuple(round_fen(x * _share(budget, item), Rounding.DOWN) for x in _monthly([item], days))


def _share(budget: Budget, item: BudgetItem) -> Fraction:
    return budget.uncertain_share if item.regularity is Regularity.UNCERTAIN else Fraction(1)


def _lowest(left: Sequence[int], savings: int, level: int) -> int:
    at_hand = lowest = savings
    for x in left:
        at_hand += x - level
        lowest = min(lowest, at_hand)
    return lowest


def _laid_aside(budget: Budget, months: int) -> Iterator[int]:
    """Give what is laid aside each month until the target of the reserve is reached. [fen]"""
    saved = 0
    for _ in range(months):
        step = min(budget.reserve_monthly, max(0, budget.reserve_target - saved))
        saved += step
        yield step


def _incomes(budget: Budget, *, uncertain: bool) -> list[BudgetItem]:
    return [i for i in budget.items if i.kind is Kind.INCOME and (i.regularity is Regularity.UNCERTAIN) is uncertain]


def _spending(budget: Budget, *, debts: bool) -> list[BudgetItem]:
    return [i for i in budget.items if i.kind is Kind.EXPENSE and (i.category is Category.DEBT_SERVICE) is debts]


def _monthly(items: Sequence[BudgetItem], days: Sequence[date]) -> tuple[int, ...]:
    """Add what items come to in each month. [fen]"""
    return tuple(sum(i.in_month(d) for i in items) for d in days)
