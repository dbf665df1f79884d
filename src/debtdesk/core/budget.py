"""Budget: the household's income and outgoings, by the eight categories of the National Bureau of Statistics."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from debtdesk.core.money import Rounding, round_fen
from debtdesk.core.shock import Shock
from debtdesk.core.terms import Known
from debtdesk.locale import Message


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
CATEGORY_NAMES = {
    Category.FOOD: Message("food, tobacco and drink"),
    Category.CLOTHING: Message("clothing"),
    Category.HOUSING: Message("housing"),
    Category.HOUSEHOLD_GOODS: Message("household goods and services"),
    Category.TRANSPORT: Message("transport and phone"),
    Category.EDUCATION: Message("education, culture and leisure"),
    Category.HEALTH: Message("health care"),
    Category.OTHER: Message("other goods and services"),
}


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


class Regularity(StrEnum):
    """How surely an income comes: always, in its season, or not to be relied on."""

    REGULAR = "regular"
    SEASONAL = "seasonal"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetItem:
    """One income or expense.

    `amount` is what comes each time [fen]; `months` the months of the year it comes in, for Frequency.MONTHS;
    `start` and `end` the first and last day it holds, None for open; `regularity` how surely an income comes.
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
    regularity: Regularity = Regularity.REGULAR

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
        if self.frequency is Frequency.MONTHLY:
            return self.amount
        return round_fen(self.amount * _PER_MONTH[self.frequency], Rounding.HALF_UP)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideReason:
    """Why a household spends more on a category than the guide figure: one line in the client's words."""

    category: Category
    text: str


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
    dependants : int
        How many of the persons have no income of their own; at least one person is no dependant.
    uncertain_share : Fraction
        How much of uncertain income counts, 0 to 1; none unless the counselor says so.
    reasons : tuple of GuideReason
        Why spending lies above a guide figure, at most one a category.
    shocks : tuple of Shock
        What the household is tested against; empty for the usual ones.
    """

    items: tuple[BudgetItem, ...] = field(default=())
    persons: int = 1
    protected_minimum: int = 0
    protected_source: str = ""
    savings: int = 0
    reserve_target: int = 0
    reserve_monthly: int = 0
    step: int = 1000
    dependants: int = 0
    uncertain_share: Fraction = Fraction(0)
    reasons: tuple[GuideReason, ...] = ()
    shocks: tuple[Shock, ...] = ()

    def __post_init__(self) -> None:
        for name in ("protected_minimum", "savings", "reserve_target", "reserve_monthly"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} {getattr(self, name)} is below zero")
        if self.persons < 1 or self.step < 1:
            raise ValueError(f"persons {self.persons} and step {self.step} must be at least 1")
        if not 0 <= self.dependants < self.persons:
            raise ValueError(f"dependants {self.dependants} must lie below persons {self.persons}")
        if not 0 <= self.uncertain_share <= 1:
            raise ValueError(f"uncertain_share {self.uncertain_share} must lie between 0 and 1")
        if len({r.category for r in self.reasons}) < len(self.reasons):
            raise ValueError("a category has at most one reason")

    def reason(self, category: Category) -> str:
        """Return why a category lies above its guide figure; empty where nothing is said."""
        return next((r.text for r in self.reasons if r.category is category), "")

    def with_reason(self, category: Category, text: str) -> Budget:
        """Return the budget with another reason for a category; an empty text takes it away."""
        kept = tuple(r for r in self.reasons if r.category is not category)
        said = (GuideReason(category=category, text=text.strip()),) if text.strip() else ()
        return replace(self, reasons=(*kept, *said))
