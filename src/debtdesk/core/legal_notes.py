"""Legal notes: what the law says about a proposal, each with the rule behind it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

from debtdesk.core.case import Case
from debtdesk.core.concession import WaiverTime
from debtdesk.core.debt import LenderType
from debtdesk.core.proposal import Proposal
from debtdesk.data import rules
from debtdesk.locale import Message

CARD = "credit_card"
_NO_INSTITUTION = (LenderType.PRIVATE, LenderType.UNLICENSED)


@dataclass(frozen=True, slots=True)
class LegalNote:
    """What the law says about a proposal, and the rule, with its dates, scope, source and confidence."""

    text: Message
    rule: rules.Rule


class Costed(Protocol):
    """What of an offer the notes look at."""

    @property
    def months(self) -> int: ...
    @property
    def stated_cost(self) -> float | None: ...


def legal_notes(case: Case, proposal: Proposal, offer: Costed, *, on: date) -> tuple[LegalNote, ...]:
    """Return what the law says about a proposal on a day; rules that do not hold on that day are left out."""
    found = []
    for text, rule_id in _said(case, proposal, offer, on):
        rule = rules.on(on, rule_id)
        if rule is not None:
            found.append(LegalNote(text, rule))
    return tuple(found)


def _said(case: Case, proposal: Proposal, offer: Costed, on: date) -> Iterator[tuple[Message, str]]:
    cards = any(d.product == CARD for d in case.covered(proposal))
    if cards:
        longest = card_months(on)
        text = Message("A card: the bank may agree to it, for {months} months here; it need not.", months=offer.months)
        if longest is not None and offer.months > longest[0]:
            text = Message("An individual plan for a card lasts {months} months at most.", months=longest[0])
        yield text, "card_plan_months"
    if cards and (proposal.capitalise.fees or proposal.capitalise.amounts.fees) and proposal.rate is not None:
        text = Message("Late fees of a card must not bear interest, so they should not be added to the principal.")
        yield text, "card_late_fee_bears_no_interest"
    text = Message("Asking for installments or paying a part makes the limitation period run anew.")
    yield text, "limitation_interruption"
    if proposal.rate is not None or proposal.period_fee:
        yield Message("Ask for the table of the total cost before signing, and keep it."), "cost_disclosure"
    # the 24 % are simple interest on what is outstanding, so the cost is taken without compounding
    cost = offer.stated_cost
    lent = any(d.lender_type not in _NO_INSTITUTION for d in case.covered(proposal))
    if lent and cost is not None and cost > 0.24:
        text = Message(
            "It costs more than 24 % a year; with a loan of a financial institution the court may be asked to "
            "reduce it and decides itself."
        )
        yield text, "court_total_cost_review"
    if proposal.waiver.time is WaiverTime.ON_FULL_PERFORMANCE and not proposal.waiver.is_none:
        text = Message(
            "Ask what happens to the waiver if an installment is missed, and for a cure period. Agreed damages far "
            "above the loss can be reduced on request; the court decides."
        )
        yield text, "damages_excess"
    yield (
        Message("The record ends five years after the last payment; a plan alone removes nothing."),
        "credit_record_years",
    )


def card_months(on: date) -> tuple[int, rules.Rule] | None:
    """Return the longest term of an individual plan for a card on a day and its rule, or None where none holds."""
    rule = rules.on(on, "card_plan_months")
    return None if rule is None else (int(Fraction(rule.value)), rule)
