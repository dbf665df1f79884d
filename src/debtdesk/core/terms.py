"""Terms: how a debt grows, every convention a choice with a plain name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from debtdesk.core.money import Rounding
from debtdesk.core.rates import Rate


class Known(StrEnum):
    """How a figure is known."""

    SEEN = "seen"
    TOLD = "told"
    COMPUTED = "computed"
    ASSUMED = "assumed"


class Part(StrEnum):
    """The parts of a balance."""

    PRINCIPAL = "principal"
    INTEREST = "interest"
    PENALTY_INTEREST = "penalty_interest"
    FEES = "fees"


PARTS = tuple(Part)


class YearBasis(StrEnum):
    """How many days make a year of interest; not used for a rate quoted per day."""

    DAYS_365 = "365"
    DAYS_360 = "360"
    ACTUAL = "actual"
    DAYS_30_360 = "30/360"


class Compounding(StrEnum):
    """Whether booked interest itself bears interest: never, from each statement day on, or from each day on."""

    SIMPLE = "simple"
    MONTHLY = "monthly"
    DAILY = "daily"


class Base(StrEnum):
    """What bears interest at the start: the principal alone, or all parts already billed except fees."""

    PRINCIPAL = "principal"
    WHOLE_BILL = "whole_bill"


class Rhythm(StrEnum):
    """When interest is rounded to a fen and booked.

    Per segment: at every payment, rate change, statement and at the end. Per statement: on statement days and at the
    end only. Per day: each counted day. Carried: as per segment, with the rest below a fen carried into the next.
    """

    SEGMENT = "segment"
    STATEMENT = "statement"
    DAY = "day"
    CARRIED = "carried"


class PaymentDay(StrEnum):
    """What a payment does to its own day: that day still bears interest on the amount, or no longer does."""

    BEARS = "bears"
    BEARS_NOT = "bears_not"


class Order(StrEnum):
    """Which part a payment reduces first.

    Civil Code 561: costs, interest, principal. Card: charges first up to day 90 overdue, principal first from day 91
    (银监会令2011年第2号 art. 57). Contract: as written in the contract.
    """

    CIVIL_CODE_561 = "civil_code_561"
    CARD = "card"
    CONTRACT = "contract"


COSTS_FIRST = (Part.FEES, Part.INTEREST, Part.PENALTY_INTEREST, Part.PRINCIPAL)
INTEREST_FIRST = (Part.INTEREST, Part.PENALTY_INTEREST, Part.FEES, Part.PRINCIPAL)
PRINCIPAL_FIRST = (Part.PRINCIPAL, Part.INTEREST, Part.PENALTY_INTEREST, Part.FEES)
CARD_SWITCH_DAY = 91


@dataclass(frozen=True, slots=True)
class DatedRate:
    """A rate and the first day it holds for; None for the beginning."""

    start: date | None
    rate: Rate


@dataclass(frozen=True, slots=True)
class LateFee:
    """A late fee booked on each statement day: a share of the unpaid part of the minimum payment.

    `minimum_share` is the share of the billed balance that is the minimum payment; payments since the last statement
    count towards it. `floor` and `ceiling` hold when a minimum is unpaid. [fen] `until` is the last day on which one
    is booked; `on_fees` whether earlier fees are part of the billed balance, so that a fee is charged on fees.
    """

    share: Fraction
    floor: int = 0
    ceiling: int | None = None
    minimum_share: Fraction = Fraction(1, 10)
    bears_interest: bool = False
    until: date | None = None
    on_fees: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.share <= 1 or not 0 < self.minimum_share <= 1:
            raise ValueError(f"share {self.share} and minimum_share {self.minimum_share} must lie between 0 and 1")
        if self.floor < 0 or (self.ceiling is not None and self.ceiling < self.floor):
            raise ValueError(f"floor {self.floor} and ceiling {self.ceiling} must be in order and not negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a debt grows.

    Parameters
    ----------
    rates : tuple of DatedRate
        At least one; the first without a start, the others in order of day.
    year : YearBasis
        Days of an interest year.
    first_day_counts : bool
        Whether the as-of day of the balance itself bears interest.
    last_day_counts : bool
        Whether a statement day, and the last day looked at, bears interest before it is booked.
    payment_day : PaymentDay
        Whether the day of a payment still bears interest on the amount paid.
    compounding, base, rhythm, rounding
        See the classes of these names. Daily compounding books each day.
    statement_day : int
        Day of the month on which a statement is made; a short month uses its last day.
    accrues_to : Part
        The part that accruing interest is booked to.
    late_fee : LateFee or None
    order, contract_order
        Order of allocation; `contract_order` names all four parts and is used with Order.CONTRACT.
    known : Known
        How the terms are known; a figure goes into a letter only when they were seen.
    """

    rates: tuple[DatedRate, ...]
    year: YearBasis = YearBasis.DAYS_365
    first_day_counts: bool = False
    last_day_counts: bool = True
    payment_day: PaymentDay = PaymentDay.BEARS
    compounding: Compounding = Compounding.SIMPLE
    base: Base = Base.PRINCIPAL
    rhythm: Rhythm = Rhythm.SEGMENT
    rounding: Rounding = Rounding.HALF_UP
    statement_day: int = 25
    accrues_to: Part = Part.PENALTY_INTEREST
    late_fee: LateFee | None = None
    order: Order = Order.CIVIL_CODE_561
    contract_order: tuple[Part, ...] = COSTS_FIRST
    known: Known = Known.ASSUMED

    def __post_init__(self) -> None:
        if not self.rates or self.rates[0].start is not None:
            raise ValueError("rates must begin with one that holds from the beginning (start None)")
        starts = [r.start for r in self.rates[1:]]
        if None in starts or any(a >= b for a, b in pairwise(starts)):  # type: ignore[operator]
            raise ValueError(f"rates must stand in order of their first day, not {starts}")
        if not 1 <= self.statement_day <= 31:
            raise ValueError(f"statement_day {self.statement_day} must be 1 to 31")
        if self.compounding is Compounding.DAILY and self.rhythm is not Rhythm.DAY:
            raise ValueError(f"daily compounding books each day: rhythm must be day, not {self.rhythm}")
        if self.accrues_to not in (Part.INTEREST, Part.PENALTY_INTEREST):
            raise ValueError(f"accrues_to {self.accrues_to} must be interest or penalty_interest")
        if set(self.contract_order) != set(Part) or len(self.contract_order) != len(Part):
            raise ValueError(f"contract_order {self.contract_order} must name each of the four parts once")

    @property
    def makes_statements(self) -> bool:
        """Whether statement days matter: for compounding, for rounding, or for a late fee."""
        return self.compounding is Compounding.MONTHLY or self.rhythm is Rhythm.STATEMENT or self.late_fee is not None

    def rate_on(self, day: date) -> Rate:
        """Return the rate that holds on a day."""
        return [r.rate for r in self.rates if r.start is None or r.start <= day][-1]

    def order_on(self, overdue_days: int) -> tuple[Part, ...]:
        """Return the order of allocation for a payment made on the n-th overdue day."""
        if self.order is Order.CONTRACT:
            return self.contract_order
        if self.order is Order.CARD:
            return PRINCIPAL_FIRST if overdue_days >= CARD_SWITCH_DAY else INTEREST_FIRST
        return COSTS_FIRST

    def at(self, rate: Rate, *, start: date | None = None) -> Terms:
        """Return the terms with another rate from a day on; without a day, with this rate alone."""
        if start is None:
            return replace(self, rates=(DatedRate(None, rate),))
        kept = tuple(r for r in self.rates if r.start is None or r.start < start)
        return replace(self, rates=(*kept, DatedRate(start, rate)))
