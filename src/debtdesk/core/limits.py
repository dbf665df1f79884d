"""Limits: how far a creditor of a product can be expected to go, each with where it is written, to be adjusted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction

from debtdesk.core.case import Case
from debtdesk.core.concession import Waiver, WaiverTime, waived_of_part
from debtdesk.core.days import add_months
from debtdesk.core.installing import Remainder
from debtdesk.core.legal_notes import CARD, card_months
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Proposal, Role
from debtdesk.core.terms import Part
from debtdesk.data.rules import Rule
from debtdesk.locale import Message

LONGEST_MONTHS = 120
EASIEST_FIRST = (Part.FEES, Part.PENALTY_INTEREST, Part.INTEREST, Part.PRINCIPAL)
CHARGES_ALONE: Mapping[Part, Fraction] = {
    Part.FEES: Fraction(1),
    Part.PENALTY_INTEREST: Fraction(1),
    Part.INTEREST: Fraction(1),
    Part.PRINCIPAL: Fraction(0),
}


@dataclass(frozen=True, slots=True)
class LimitSource:
    """Why a limit is as it is: in words, and the rule where there is one; None where it is practice or a choice.

    `of` says which limit: "longest", "principal", "charges", "step" or "freezes".
    """

    text: Message
    rule: Rule | None = None
    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far the search for a plan goes.

    Parameters
    ----------
    longest : int
        Longest term. [months]
    waived : mapping of Part to Fraction
        The most that may be asked for of each part. [1]
    order : tuple of Part
        In which parts are waived, what is given up most easily first.
    step : Fraction
        Steps of the share that is waived. [1]
    freezes : tuple of int
        For how many months from the start the plan's interest may rest. [months]
    sources : tuple of LimitSource
    """

    longest: int = LONGEST_MONTHS
    waived: Mapping[Part, Fraction] = field(default_factory=lambda: dict(CHARGES_ALONE))
    order: tuple[Part, ...] = EASIEST_FIRST
    step: Fraction = Fraction(1, 10)
    freezes: tuple[int, ...] = (0,)
    sources: tuple[LimitSource, ...] = ()

    def __post_init__(self) -> None:
        if self.longest < 1 or not 0 < self.step <= 1:
            raise ValueError(f"longest {self.longest} must be at least 1, and step {self.step} above 0 up to 1")
        if any(not 0 <= x <= 1 for x in self.waived.values()) or any(f < 0 for f in self.freezes) or not self.freezes:
            raise ValueError("shares must lie between 0 and 1, and freezes must not be negative nor empty")

    def beside(self, proposal: Proposal) -> Limits:
        """Return the limits with no more waived of a part than a proposal leaves that adds or sets aside some of it."""
        others = (proposal.capitalise, proposal.carry)
        if all(x.is_none for x in others):
            return self
        waived = {
            part: Fraction(0)
            if any(x.amounts.part(part) for x in others)
            else min(most, 1 - sum((x.share(part) for x in others), Fraction(0)))
            for part, most in self.waived.items()
        }
        return replace(self, waived=waived)

    def waivers(self, time: WaiverTime) -> Iterator[Waiver]:
        """Yield the waivers to try, none first, each giving up a step more than the one before."""
        waiver = Waiver(time=time)
        yield waiver
        for part in self.order:
            most, share = self.waived.get(part, Fraction(0)), Fraction(0)
            while share < most:
                share = min(most, share + self.step)
                waiver = waived_of_part(waiver, part, share)
                yield waiver


def limits_of(case: Case, proposal: Proposal | None = None, *, on: date) -> Limits:
    """Return the limits that hold for the debts of a proposal on a day: a card's term by its rule, charges only."""
    debts = case.covered(proposal) if proposal else case.debts
    longest, term = LONGEST_MONTHS, None
    found = card_months(on) if any(d.product == CARD for d in debts) else None
    if found is not None:
        longest, term = found
        text = Message("An individual plan for a card lasts {months} months at most.", months=longest)
    else:
        text = Message("No rule limits the term here; {months} months are looked at.", months=longest)
    bears = proposal is not None and proposal.rate is not None
    freezes, resting = ((0, 3, 6, 12), _MAY_REST) if bears else ((0,), _NOTHING_TO_REST)
    sources = (
        LimitSource(
            Message("Principal is hardly ever waived; the search asks for charges alone. Practice, no rule."),
            of="principal",
        ),
        LimitSource(
            Message(
                "Charges may be asked for whole; whether they are waived is up to the creditor. Practice, no rule."
            ),
            of="charges",
        ),
        LimitSource(text, term, of="longest"),
        LimitSource(
            Message("How finely shares are tried, the fees first, then penalty interest and interest. Our own choice."),
            of="step",
        ),
        LimitSource(resting, of="freezes"),
    )
    return Limits(longest=longest, freezes=freezes, sources=sources)


_MAY_REST = Message("For how many months the plan may bear no interest at first; each is tried. Our own choice.")
_NOTHING_TO_REST = Message("The plan bears no interest, so nothing can rest.")


def bank_standard(case: Case, *, on: date, name: str, first_due: date | None = None) -> Proposal:
    """Return what art. 70 lets a bank agree to for the cards of a case: as many installments as the rule allows.

    Nothing is waived and nothing is charged meanwhile; both are the bank's to decide and stand here to be changed.

    Raises
    ------
    Refused
        If the case has no card, or no rule holds on the day.
    """
    cards = tuple(d.account for d in case.debts if d.product == CARD)
    found = card_months(on)
    if not cards or found is None:
        raise Refused(
            Message("The individual plan of art. 70 is for bank cards, and this case has none."),
            Message("Choose another kind of proposal."),
        )
    return Proposal(
        name=name,
        role=Role.OTHER,
        accounts=cards,
        start=on,
        first_due=first_due or add_months(on, 1),
        installments=found[0],
        remainder=Remainder.LAST,
        note=found[1].source,
    )


def first_due_after_pay_day(start: date, pay_day: int, *, days_after: int = 2, least_days: int = 7) -> date:
    """Return the first installment's day: some days after a pay day, at least some days after the start.

    Parameters
    ----------
    start : date
    pay_day : int
        Day of the month on which wages come, 1 to 31; a short month pays on its last day.
    days_after : int
        How long the money may need to arrive. [days]
    least_days : int
        How long after the start the first installment may fall at the earliest. [days]
    """
    if not 1 <= pay_day <= 31 or days_after < 0 or least_days < 0:
        raise ValueError(f"pay_day {pay_day} must be 1 to 31, days_after and least_days not negative")
    month = start.replace(day=1)
    for n in range(-1, 36):
        paid = add_months(month, n, anchor=pay_day)
        due = date.fromordinal(paid.toordinal() + days_after)
        if due.toordinal() - start.toordinal() >= least_days:
            return due
    raise ValueError(f"no pay day within three years of {start}")
