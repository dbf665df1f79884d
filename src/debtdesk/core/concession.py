"""Concession: what a creditor gives up, adds to the principal, or sets aside, part by part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from debtdesk.core.problems import Refused
from debtdesk.core.terms import Part
from debtdesk.locale import Message

PART_NAMES: Mapping[Part, Message] = {
    Part.PRINCIPAL: Message("principal"),
    Part.INTEREST: Message("interest"),
    Part.PENALTY_INTEREST: Message("penalty interest"),
    Part.FEES: Message("fees"),
}


class WaiverTime(StrEnum):
    """When a waiver holds: at once, or only once everything agreed has been paid."""

    ON_SIGNING = "on_signing"
    ON_FULL_PERFORMANCE = "on_full_performance"


class CarriedEnd(StrEnum):
    """What becomes of a part that is set aside: owed at the end, or waived once everything else has been paid."""

    OWED = "owed"
    WAIVED = "waived"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amounts:
    """An amount of each part, not negative. [fen]"""

    principal: int = 0
    interest: int = 0
    penalty_interest: int = 0
    fees: int = 0

    def __post_init__(self) -> None:
        for part in Part:
            if self.part(part) < 0:
                raise ValueError(f"amount of {part.value} {self.part(part)} must not be negative")

    def part(self, part: Part) -> int:
        """Return the amount of a part. [fen]"""
        return int(getattr(self, part.value))

    @property
    def total(self) -> int:
        """All four. [fen]"""
        return self.principal + self.interest + self.penalty_interest + self.fees


NO_AMOUNTS = Amounts()


@dataclass(frozen=True, slots=True, kw_only=True)
class Portion:
    """Something of each part: a share of it, 0 to 1, or an amount, not both. `amounts` is for all debts together."""

    principal: Fraction = Fraction(0)
    interest: Fraction = Fraction(0)
    penalty_interest: Fraction = Fraction(0)
    fees: Fraction = Fraction(0)
    amounts: Amounts = NO_AMOUNTS

    def __post_init__(self) -> None:
        for part in Part:
            share, name = self.share(part), PART_NAMES[part]
            if not 0 <= share <= 1:
                raise Refused(
                    Message(
                        "{percent} % of the {part} must lie between 0 and 100 %.", percent=_percent(share), part=name
                    ),
                    Message("Write a share from 0 to 100."),
                )
            if share and self.amounts.part(part):
                raise Refused(
                    Message("For the {part} there is a share and an amount as well.", part=name),
                    Message("Keep one of the two and set the other to 0."),
                )

    def share(self, part: Part) -> Fraction:
        """Return the share of a part. [1]"""
        return Fraction(getattr(self, part.value))

    def of(self, part: Part, amount: int) -> int:
        """Return how much of a part this is, a share rounded down to the fen. [fen]

        An amount is given as it stands, even where the part is smaller: who asks must compare.
        """
        share: Fraction = getattr(self, part.value)
        return amount * share.numerator // share.denominator + int(getattr(self.amounts, part.value))

    @property
    def is_none(self) -> bool:
        """Whether it is nothing of any part."""
        shares = self.principal or self.interest or self.penalty_interest or self.fees
        return not shares and not (self.amounts is not NO_AMOUNTS and self.amounts.total)


def _percent(share: Fraction) -> str:
    return f"{float(share * 100):g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver(Portion):
    """What of each part is waived, and when the waiver holds."""

    time: WaiverTime = WaiverTime.ON_FULL_PERFORMANCE


def waived_of_part(waiver: Waiver, part: Part, share: Fraction) -> Waiver:
    """Return a waiver with another share of one part."""
    changes: dict[str, Any] = {part.value: share}
    return replace(waiver, **changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried(Portion):
    """What of each part is set aside without interest: owed at the end, or waived once all else has been paid.

    `due` is the day on which it is owed; None for the day of the last installment.
    """

    end: CarriedEnd = CarriedEnd.OWED
    due: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discount:
    """What is taken off the whole of what the waivers leave, charges first: a share, 0 to 1, or an amount. [fen]"""

    share: Fraction = Fraction(0)
    amount: int = 0

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(f"amount {self.amount} must not be negative")
        if not 0 <= self.share <= 1:
            raise Refused(
                Message("A discount of {percent} % must lie between 0 and 100 %.", percent=_percent(self.share)),
                Message("Write a share from 0 to 100."),
            )
        if self.share and self.amount:
            raise Refused(
                Message("The discount is a share and an amount as well."),
                Message("Keep one of the two and set the other to 0."),
            )

    def of(self, amount: int) -> int:
        """Return what is taken off an amount, a share rounded down to the fen. [fen]"""
        return amount * self.share.numerator // self.share.denominator + self.amount
