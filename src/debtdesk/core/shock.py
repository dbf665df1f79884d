"""Shock: something that may happen to a household, as figures that can be changed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction


class ShockKind(StrEnum):
    """What happens."""

    LESS_INCOME = "less_income"
    ILLNESS = "illness"
    SPRING_FESTIVAL = "spring_festival"
    SCHOOL_START = "school_start"
    JOB_LOSS = "job_loss"


class Hit(StrEnum):
    """Which income a shock takes from: all that counts, or only the largest one."""

    ALL = "all"
    LARGEST = "largest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shock:
    """Something that may happen: income lost, a cost, when, and for how long. All of it is assumed.

    Parameters
    ----------
    kind : ShockKind
        Its name.
    lost : Fraction
        Share of the income hit that is lost, 0 to 1.
    hit : Hit
        Which income is hit.
    cost : int
        What it costs in each month it lasts. [fen]
    begins : int
        How many months after the first it begins, 0 or more. [months]
    lasts : int
        How long it lasts; 0 for ever. [months]
    yearly : tuple of int
        Months of the year it comes in, for what comes every year; `begins` and `lasts` do not count then.
    """

    kind: ShockKind
    lost: Fraction = Fraction(0)
    hit: Hit = Hit.ALL
    cost: int = 0
    begins: int = 0
    lasts: int = 0
    yearly: tuple[int, ...] = field(default=())

    def __post_init__(self) -> None:
        if not 0 <= self.lost <= 1:
            raise ValueError(f"lost {self.lost} of {self.kind.value} must lie between 0 and 1")
        if self.cost < 0 or self.begins < 0 or self.lasts < 0:
            raise ValueError(f"cost {self.cost}, begins {self.begins} and lasts {self.lasts} must not be negative")
        if any(not 1 <= m <= 12 for m in self.yearly):
            raise ValueError(f"months {self.yearly} of {self.kind.value} must be 1 to 12")

    def strikes(self, n: int, month: int) -> bool:
        """Return whether it is felt n months after the first, in a month of the year 1 to 12."""
        if self.yearly:
            return month in self.yearly
        return n >= self.begins and (not self.lasts or n < self.begins + self.lasts)

    @property
    def passing(self) -> bool:
        """Whether it comes once and passes: what a reserve is for."""
        return bool(self.lasts) and not self.yearly


USUAL = (
    Shock(kind=ShockKind.LESS_INCOME, lost=Fraction(1, 5)),
    Shock(kind=ShockKind.ILLNESS, lost=Fraction(1), hit=Hit.LARGEST, cost=200_000, begins=6, lasts=1),
    Shock(kind=ShockKind.SPRING_FESTIVAL, cost=150_000, yearly=(2,)),
    Shock(kind=ShockKind.SCHOOL_START, cost=100_000, yearly=(9,)),
    Shock(kind=ShockKind.JOB_LOSS, lost=Fraction(1), hit=Hit.LARGEST, begins=6, lasts=3),
)
