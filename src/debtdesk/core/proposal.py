"""Proposal: what is offered on a debt or on all debts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from debtdesk.core.concession import PART_NAMES, Carried, Discount, Portion
from debtdesk.core.concession import Waiver as Waiver
from debtdesk.core.concession import WaiverTime as WaiverTime
from debtdesk.core.debt import Freeze
from debtdesk.core.installing import Basis, Bearing, Grace, InterestOn, StepUp
from debtdesk.core.installing import Remainder as Remainder
from debtdesk.core.problems import Refused
from debtdesk.core.rates import Rate
from debtdesk.locale import Message

MOST_INSTALLMENTS = 1200
NO_WAIVER, NOTHING, NOT_CARRIED, NO_DISCOUNT = Waiver(), Portion(), Carried(), Discount()


class Role(StrEnum):
    """What a proposal is for: the ladder of our own offers, the creditor's offer, or another."""

    OPENING = "opening"
    TARGET = "target"
    WALK_AWAY = "walk_away"
    CREDITOR = "creditor"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What is offered: what becomes of each part, a down payment, installments, and what is charged meanwhile.

    Parameters
    ----------
    name : str
        As counselor and client call it.
    role : Role
    accounts : tuple of str
        The debts it is for; empty for all debts of the case.
    waiver, capitalise, carry : Waiver, Portion, Carried
        What of each part is given up, added to the principal, or set aside; the rest is put into installments.
        Amounts in them are for all debts together.
    discount : Discount
        Taken off the whole of what is then left, charges first; with one installment this makes a settlement in a
        lump sum.
    deadline : date or None
        The last day on which the first payment may be made for waiver and discount to hold.
    down_payment : int
        Paid on `start`, for all debts together. [fen]
    start : date
        The day it begins: charges stop growing under the old terms, the down payment is due.
    first_due : date
        Day of the first installment, or of the first month of grace; the others follow monthly.
    due_day : int or None
        Day of the month of the later ones; None for that of the first. A short month uses its last day.
    installments : int
        How many full installments, at least 1; one makes a lump sum. 0 where `size` says how much instead.
    size : int or None
        What is paid each month for all debts together, as long as it takes; the last is smaller. [fen]
    step_up : StepUp or None
        How installments rise.
    season : tuple of Fraction
        Twelve multiples of the ordinary installment, January first; empty for none. [1]
    grace : Grace or None
        Months before the first full installment.
    freezes : tuple of Freeze
        Days of the plan in which neither rate nor fee is charged; installments go on.
    rate : Rate or None
        Interest of the plan; None for none.
    interest_on, basis, year_days, bearing
        What the rate is charged on, whether a period counts as a twelfth of a year or by its days, how many days make
        a year (360 or 365), and which parts bear it.
    period_fee : Fraction
        Fee of each installment as a share of the amount to be paid in installments. [1/month]
    remainder : Remainder
        With interest on what is left, or with a size, the last installment always takes the remainder.
    rounding_step : int
        Installments are whole multiples of it, but for the one that takes the remainder. [fen]
    note : str
        Why.
    """

    name: str
    role: Role = Role.OTHER
    accounts: tuple[str, ...] = ()
    waiver: Waiver = NO_WAIVER
    capitalise: Portion = NOTHING
    carry: Carried = NOT_CARRIED
    discount: Discount = NO_DISCOUNT
    deadline: date | None = None
    down_payment: int = 0
    start: date
    first_due: date
    due_day: int | None = None
    installments: int = 0
    size: int | None = None
    step_up: StepUp | None = None
    season: tuple[Fraction, ...] = ()
    grace: Grace | None = None
    freezes: tuple[Freeze, ...] = ()
    rate: Rate | None = None
    interest_on: InterestOn = InterestOn.LEFT
    basis: Basis = Basis.MONTHLY
    year_days: int = 365
    bearing: Bearing = Bearing.ALL
    period_fee: Fraction = Fraction(0)
    remainder: Remainder = Remainder.LAST
    rounding_step: int = 1
    note: str = ""

    def __post_init__(self) -> None:
        if self.size is None and self.installments < 1:
            raise ValueError(f"installments {self.installments} must be at least 1")
        if self.size is not None and (self.size < 1 or self.installments):
            raise ValueError(f"size {self.size} must be above zero, and installments {self.installments} 0 beside it")
        if self.installments > MOST_INSTALLMENTS:
            raise Refused(
                Message("{n} installments take more than a hundred years.", n=self.installments),
                Message("Write {most} or fewer.", most=MOST_INSTALLMENTS),
            )
        if self.first_due < self.start:
            raise ValueError(f"first_due {self.first_due} lies before start {self.start}")
        if self.down_payment < 0 or not 0 <= self.period_fee <= 1:
            raise ValueError(f"down_payment {self.down_payment} and period_fee {self.period_fee} must not be negative")
        if self.remainder is Remainder.FIRST and (
            self.size is not None or (self.rate is not None and self.interest_on is InterestOn.LEFT)
        ):
            raise ValueError("with a rate or a size the last installment takes the remainder, not the first")
        if self.rounding_step < 1 or self.year_days not in (360, 365):
            raise ValueError(
                f"rounding_step {self.rounding_step} must be at least 1, year_days {self.year_days} 360 or 365"
            )
        if self.due_day is not None and not 1 <= self.due_day <= 31:
            raise ValueError(f"due_day {self.due_day} must be 1 to 31")
        if self.season:
            _check_season(self.season)
        _check_shares(self)

    @property
    def is_even(self) -> bool:
        """Whether all installments are equal and follow month by month, with a twelfth of a year's interest each."""
        return (
            self.size is None
            and self.step_up is None
            and not self.season
            and self.grace is None
            and not self.freezes
            and self.rounding_step == 1
            and (self.rate is None or (self.interest_on is InterestOn.LEFT and self.basis is Basis.MONTHLY))
            and self.bearing is Bearing.ALL
        )

    @property
    def gives_shares_alone(self) -> bool:
        """Whether waivers are shares, and nothing is added to the principal, set aside or discounted."""
        plain = self.capitalise.is_none and self.carry.is_none and not self.waiver.amounts.total
        return plain and self.discount == NO_DISCOUNT

    def covers(self, account: str) -> bool:
        """Return whether the proposal is for a debt."""
        return not self.accounts or account in self.accounts


def _check_season(season: tuple[Fraction, ...]) -> None:
    if len(season) != 12 or any(x < 0 for x in season) or not any(season):
        raise ValueError(f"season must have twelve multiples, none negative and not all zero, not {len(season)}")


def _check_shares(proposal: Proposal) -> None:
    if proposal.capitalise is NOTHING and proposal.carry is NOT_CARRIED:
        return
    if proposal.capitalise.principal or proposal.capitalise.amounts.principal:
        raise ValueError("principal is principal already: it cannot be added to it")
    for part, name in PART_NAMES.items():
        share = sum(x.share(part) for x in (proposal.waiver, proposal.capitalise, proposal.carry))
        if share > 1:
            raise Refused(
                Message("More than the whole of the {part} is waived, added to principal or set aside.", part=name),
                Message("Let the three shares add up to 100 % at most."),
            )
