"""Overrides: a rule that protects the household was set aside, by whom it was decided and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Overridden(StrEnum):
    """What was set aside: living costs that an installment would reach into."""

    FLOOR = "floor"


@dataclass(frozen=True, slots=True, kw_only=True)
class Override:
    """A rule set aside for one proposal, with the reason; never changed, followed by another.

    `month` is the first month in which the installment reaches below what is protected, `by` how far in the worst
    month [fen], `months` in how many months.
    """

    day: date
    what: Overridden = Overridden.FLOOR
    proposal: str
    month: date
    by: int
    months: int = 1
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("an override needs its reason")
