"""Installments: how they follow each other, what they bear meanwhile, and to which steps they are rounded."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


class Remainder(StrEnum):
    """Which installment takes the fen that do not divide evenly."""

    LAST = "last"
    FIRST = "first"


class InterestOn(StrEnum):
    """What the plan's rate is charged on: what is left, or the amount put into installments at the start (flat)."""

    LEFT = "left"
    ORIGINAL = "original"


class Basis(StrEnum):
    """How the interest of a period is counted: a twelfth of a year each, or by its days."""

    MONTHLY = "monthly"
    DAILY = "daily"


class Bearing(StrEnum):
    """What bears the plan's rate: all that is put into installments, or principal and what was added to it alone."""

    ALL = "all"
    PRINCIPAL = "principal"


class GraceKind(StrEnum):
    """What the months of grace ask for: the interest alone, or nothing."""

    INTEREST_ONLY = "interest_only"
    NO_PAYMENT = "no_payment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grace:
    """Months before the first full installment. [months]

    `interest_runs` says whether the plan's rate is charged meanwhile. Interest of months without any payment does not
    itself bear interest; it is spread over the installments.
    """

    months: int
    kind: GraceKind = GraceKind.INTEREST_ONLY
    interest_runs: bool = True

    def __post_init__(self) -> None:
        if self.months < 1:
            raise ValueError(f"months {self.months} of grace must be at least 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUp:
    """Installments rise after every so many: by a share of what they were, or by an amount. [months, 1, fen]"""

    every: int = 12
    share: Fraction = Fraction(0)
    amount: int = 0

    def __post_init__(self) -> None:
        if self.every < 1:
            raise ValueError(f"every {self.every} must be at least 1")
        if self.share < 0 or self.amount < 0 or bool(self.share) == bool(self.amount):
            raise ValueError(f"either share {self.share} or amount {self.amount} must be above zero")
