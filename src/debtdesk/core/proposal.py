"""Proposal: what is offered on a debt or on all debts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from debtdesk.core.rates import Rate
from debtdesk.core.terms import Part


class Role(StrEnum):
    """What a proposal is for: the ladder of our own offers, the creditor's offer, or another."""

    OPENING = "opening"
    TARGET = "target"
    WALK_AWAY = "walk_away"
    CREDITOR = "creditor"
    OTHER = "other"


class Remainder(StrEnum):
    """Which installment takes the fen that do not divide evenly."""

    LAST = "last"
    FIRST = "first"


class WaiverTime(StrEnum):
    """When a waiver holds: at once, or only once everything agreed has been paid."""

    ON_SIGNING = "on_signing"
    ON_FULL_PERFORMANCE = "on_full_performance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiver:
    """The share of each part that is waived, 0 to 1, and when."""

    principal: Fraction = Fraction(0)
    interest: Fraction = Fraction(0)
    penalty_interest: Fraction = Fraction(0)
    fees: Fraction = Fraction(0)
    time: WaiverTime = WaiverTime.ON_FULL_PERFORMANCE

    def __post_init__(self) -> None:
        for part in Part:
            if not 0 <= self.share(part) <= 1:
                raise ValueError(f"waiver of {part.value} {self.share(part)} must lie between 0 and 1")

    def share(self, part: Part) -> Fraction:
        """Return the waived share of a part. [1]"""
        return Fraction(getattr(self, part.value))


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is offered: waivers, a down payment, equal installments, and what is charged meanwhile.

    Parameters
    ----------
    name : str
        As counselor and client call it.
    role : Role
    accounts : tuple of str
        The debts it is for; empty for all debts of the case.
    waiver : Waiver
    down_payment : int
        Paid on `start`, for all debts together. [fen]
    start : date
        The day it begins: charges stop growing under the old terms, the down payment is due.
    first_due : date
        Day of the first installment; the others follow monthly on the same day of the month.
    installments : int
        How many, at least 1; one makes a lump sum.
    rate : Rate or None
        Interest on the declining balance, a twelfth of a year a month; None for none.
    period_fee : Fraction
        Fee of each installment as a share of the amount to be paid in installments. [1/month]
    remainder : Remainder
        With a rate the last installment always takes the remainder.
    note : str
        Why.
    """

    name: str
    role: Role = Role.OTHER
    accounts: tuple[str, ...] = ()
    waiver: Waiver = Waiver()
    down_payment: int = 0
    start: date
    first_due: date
    installments: int
    rate: Rate | None = None
    period_fee: Fraction = Fraction(0)
    remainder: Remainder = Remainder.LAST
    note: str = ""

    def __post_init__(self) -> None:
        if self.installments < 1:
            raise ValueError(f"installments {self.installments} must be at least 1")
        if self.first_due < self.start:
            raise ValueError(f"first_due {self.first_due} lies before start {self.start}")
        if self.down_payment < 0 or not 0 <= self.period_fee <= 1:
            raise ValueError(f"down_payment {self.down_payment} and period_fee {self.period_fee} must not be negative")
        if self.rate is not None and self.remainder is Remainder.FIRST:
            raise ValueError("with a rate the last installment takes the remainder, not the first")

    def covers(self, account: str) -> bool:
        """Return whether the proposal is for a debt."""
        return not self.accounts or account in self.accounts
