"""Budget: the household's income and outgoings, by the eight categories of the National Bureau of Statistics."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from debtdesk.core.money import Rounding, round_fen
from debtdesk.core.terms import Known


class Kind(StrEnum):
    """Whether an item brings money in or takes it out."""

    INCOME = "income"
    EXPENSE = "expense"


class Category(StrEnum):
    """The eight categories of the National Bureau of Statistics, and two that are not consumption."""

    FOOD = "food"
    CLOTHING = "clothing"
    HOUSING = "housing"
    HOUSEHOLD_GOODS = "household_goods"
    TRANSPORT = "transport"
    EDUCATION = "education"
    HEALTH = "health"
    OTHER = "other"
    DEBT_SERVICE = "debt_service"
    INCOME = "income"


CONSUMPTION = tuple(c for c in Category if c not in (Category.DEBT_SERVICE, Category.INCOME))


class Frequency(StrEnum):
    """How often an item comes; `months` means in the months named, `once` in the month of its first day."""

    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    MONTHS = "months"
    ONCE = "once"


_PER_MONTH = {
    Frequency.WEEKLY: Fraction(52, 12),
    Frequency.MONTHLY: Fraction(1),
    Frequency.QUARTERLY: Fraction(1, 3),
    Frequency.YEARLY: Fraction(1, 12),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetItem:
    """One income or expense.

    `amount` is what comes each time [fen]; `months` the months of the year it comes in, for Frequency.MONTHS;
    `start` and `end` the first and last day it holds, None for open.
    """

    name: str
    kind: Kind
    category: Category
    amount: int
    frequency: Frequency = Frequency.MONTHLY
    months: tuple[int, ...] = ()
    essential: bool = False
    start: date | None = None
    end: date | None = None
    note: str = ""
    known: Known = Known.TOLD

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(f"amount {self.amount} of {self.name!r} is below zero")
        if self.start and self.end and self.end < self.start:
            raise ValueError(f"end {self.end} of {self.name!r} lies before start {self.start}")
        if self.frequency is Frequency.MONTHS and not self.months:
            raise ValueError(f"{self.name!r} comes in given months, but none is named")
        if any(not 1 <= m <= 12 for m in self.months):
            raise ValueError(f"months {self.months} of {self.name!r} must be 1 to 12")
        if self.frequency is Frequency.ONCE and self.start is None:
            raise ValueError(f"{self.name!r} comes once, but its day is not given")

    def in_month(self, month: date) -> int:
        """Return what comes in a month, given by any of its days; weekly is 52/12 a month. [fen]

        Quarterly and yearly amounts are laid aside evenly. Rounded half up, item by item.
        """
        first = month.replace(day=1)
        if (self.start and (self.start.year, self.start.month) > (first.year, first.month)) or (
            self.end and self.end < first
        ):
            return 0
        if self.frequency is Frequency.ONCE:
            assert self.start is not None
            return self.amount if (self.start.year, self.start.month) == (first.year, first.month) else 0
        if self.frequency is Frequency.MONTHS:
            return self.amount if first.month in self.months else 0
        return round_fen(self.amount * _PER_MONTH[self.frequency], Rounding.HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The household's month: its items, who lives from it, what is protected and what is laid aside.

    Parameters
    ----------
    items : tuple of BudgetItem
    persons : int
        People who live from this budget.
    protected_minimum : int
        Living costs a person and month that nothing may touch, usually the local 低保 standard. [fen]
    protected_source : str
        The document it was taken from.
    savings : int
        Money at hand today. [fen]
    reserve_target : int
        What the reserve shall grow to before it rests. [fen]
    reserve_monthly : int
        What is laid aside each month until then. [fen]
    step : int
        The capacity is rounded down to whole steps. [fen]
    """

    items: tuple[BudgetItem, ...] = field(default=())
    persons: int = 1
    protected_minimum: int = 0
    protected_source: str = ""
    savings: int = 0
    reserve_target: int = 0
    reserve_monthly: int = 0
    step: int = 1000

    def __post_init__(self) -> None:
        for name in ("protected_minimum", "savings", "reserve_target", "reserve_monthly"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} {getattr(self, name)} is below zero")
        if self.persons < 1 or self.step < 1:
            raise ValueError(f"persons {self.persons} and step {self.step} must be at least 1")
