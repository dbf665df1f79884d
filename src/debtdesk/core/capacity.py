"""Capacity: what the household can pay each month and keep paying."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from debtdesk.core.budget import Budget, Category, Kind
from debtdesk.core.days import add_months
from debtdesk.core.money import Rounding, round_fen
from debtdesk.core.tabular import Tabular, in_yuan


@dataclass(frozen=True, slots=True)
class Capacity(Tabular):
    """What is left month by month, and the equal installment it carries. Tuples have one place a month. [fen]

    `living` is what the household keeps for living: its essentials, or the protected minimum where that is higher,
    and its other spending as far as it is kept; `reserve` what is laid aside; `left` income less all of these,
    below zero where the month falls short; `level` the largest equal monthly installment, in whole steps of the
    budget, that never leaves the household without cash when good months carry the bad ones; `lowest` the least that
    is at hand at any month's end when that installment is paid; `savings` what is at hand at the start.
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

    def cash(self, installments: Sequence[int] | int) -> tuple[int, ...]:
        """Return what is at hand at each month's end, the reserve left aside, when installments are paid. [fen]"""
        paid = [installments] * len(self.months) if isinstance(installments, int) else installments
        at_hand, found = self.savings, []
        for left, installment in zip(self.left, paid, strict=True):
            at_hand += left - installment
            found.append(at_hand)
        return tuple(found)

    def months_short(self, installments: Sequence[int] | int) -> int:
        """Return in how many months the household is out of cash when installments are paid."""
        return sum(c < 0 for c in self.cash(installments))

    def columns(self) -> dict[str, list[object]]:
        """Return month by month: income, living, debt service, reserve, left. [yuan]"""
        names = ("income", "essentials", "flexible", "living", "debt_service", "reserve", "left")
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
    income = tuple(_sum(budget, d, Kind.INCOME) for d in days)
    service = tuple(_sum(budget, d, Kind.EXPENSE, Category.DEBT_SERVICE) for d in days)
    essentials = tuple(_sum(budget, d, Kind.EXPENSE, essential=True) for d in days)
    flexible = tuple(
        round_fen(_sum(budget, d, Kind.EXPENSE, essential=False) * flexible_kept, Rounding.HALF_UP) for d in days
    )
    floor = budget.protected_minimum * budget.persons
    living = tuple(max(e, floor) + f for e, f in zip(essentials, flexible, strict=True))
    reserve, saved = [], 0
    for _ in days:
        step = min(budget.reserve_monthly, budget.reserve_target - saved) if budget.reserve_target > saved else 0
        saved += step
        reserve.append(step)
    left = tuple(i - v - s - r for i, v, s, r in zip(income, living, service, reserve, strict=True))
    level = level_installment(left, budget.savings, budget.step)
    at_hand, lowest = budget.savings, budget.savings
    for x in left:
        at_hand += x - level
        lowest = min(lowest, at_hand)
    return Capacity(
        days,
        income,
        essentials,
        flexible,
        service,
        floor,
        living,
        tuple(reserve),
        left,
        budget.savings,
        level,
        lowest,
    )


def level_installment(left: Sequence[int], savings: int, step: int) -> int:
    """Return the largest equal monthly payment, in whole steps, that never drives the cash at hand below zero. [fen]"""
    at_hand, least = savings, None
    for n, x in enumerate(left, start=1):
        at_hand += x
        bound = at_hand // n
        least = bound if least is None else min(least, bound)
    return max(0, (least or 0) // step * step)


def _sum(
    budget: Budget, month: date, kind: Kind, category: Category | None = None, essential: bool | None = None
) -> int:
    """Add the items of a kind in a month; debt service is apart from other spending unless asked for. [fen]"""
    return sum(
        i.in_month(month)
        for i in budget.items
        if i.kind is kind
        and (i.category is category if category else kind is Kind.INCOME or i.category is not Category.DEBT_SERVICE)
        and (essential is None or i.essential is essential)
    )
