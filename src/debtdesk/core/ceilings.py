"""Ceilings: what a creditor's claim costs a year, beside three separate limits that are never merged.

A court may on request reduce the total cost of a financial loan (法发〔2017〕22号); private lending has a ceiling of
its own (民间借贷司法解释 art. 25, 29), which does not reach licensed lenders (法释〔2020〕27号); regulators limit newly
made loans. None of them makes a claim void here: what lies above may be asked to be reduced.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from debtdesk.core.claim import Claim, claim_of
from debtdesk.core.debt import Debt, LenderType
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.data import rules
from debtdesk.data.lpr import LprQuote, lpr_on
from debtdesk.locale import Message

FINANCIAL = (LenderType.BANK, LenderType.CONSUMER_FINANCE, LenderType.MICRO_LOAN)
LICENSED = (*FINANCIAL, LenderType.LOCAL_FINANCIAL, LenderType.ASSET_MANAGER)
_IN_A_NAME = (
    ("消费金融", LenderType.CONSUMER_FINANCE),
    ("小额贷款", LenderType.MICRO_LOAN),
    ("资产管理", LenderType.ASSET_MANAGER),
    ("银行", LenderType.BANK),
)
_NEW_LOAN_RULES = {
    LenderType.MICRO_LOAN: "micro_loan_cost",
    LenderType.CONSUMER_FINANCE: "consumer_finance_guidance",
}


class Limit(StrEnum):
    """Which of the three limits."""

    COURT_REVIEW = "court_review"
    PRIVATE_LENDING = "private_lending"
    NEW_LOANS = "new_loans"


class Applies(StrEnum):
    """Whether a limit is for this debt: yes, only if something holds that nobody has told, no, or for a lawyer."""

    YES = "yes"
    IF = "if"
    NO = "no"
    LAWYER = "lawyer"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """One limit beside one claim; without a number where it does not apply or a lawyer has to look.

    `rate` is the limit [1/year], `amount` what it allows over the claim's principal and days [fen], `excess` what is
    claimed above it [fen].
    """

    limit: Limit
    rule: rules.Rule
    applies: Applies
    reason: Message
    rate: Fraction | None = None
    amount: int | None = None
    excess: int | None = None
    quote: LprQuote | None = None


@dataclass(frozen=True, slots=True)
class Ceilings(Tabular):
    """What a claim costs a year, and the three limits beside it; `by_name` says that a kind of lender is assumed."""

    debt: Debt
    claim: Claim
    limits: tuple[Ceiling, ...]
    by_name: bool

    def columns(self) -> dict[str, list[object]]:
        """Return a row a limit. [1/year, yuan]"""
        shown = self.limits
        return {
            "limit": [c.limit.value for c in shown],
            "rule": [c.rule.id for c in shown],
            "applies": [c.applies.value for c in shown],
            "rate": [None if c.rate is None else float(c.rate) for c in shown],
            "amount": [None if c.amount is None else in_yuan(c.amount) for c in shown],
            "excess": [None if c.excess is None else in_yuan(c.excess) for c in shown],
            "source": [c.rule.source for c in shown],
            "confidence": [c.rule.confidence for c in shown],
        }


def kind_by_name(name: str) -> LenderType:
    """Return the kind of lender that a company's name says, to be confirmed; unknown where it says none."""
    return next((kind for word, kind in _IN_A_NAME if word in name), LenderType.UNKNOWN)


def ceilings(debt: Debt, *, on: date | None = None) -> Ceilings:
    """Return a claim's yearly cost and the three limits beside it.

    Parameters
    ----------
    debt : Debt
        Its lender's kind and contract day decide which limit is for it; a kind not entered is taken from the name.
    on : date, optional
        The day up to which is claimed, the balance's own if left out.
    """
    claim = claim_of(debt, on=on or debt.balance.as_of)
    lender, creditor = _kind(debt.lender_type, debt.lender), _kind(debt.creditor_type, debt.creditor)
    assigned = debt.creditor != debt.lender
    by_name = debt.lender_type is not lender or (assigned and debt.creditor_type is not creditor)
    limits = (
        _court(claim, lender, creditor if assigned else None),
        _private(claim, lender, debt.contract_date),
        _new_loans(claim, lender, debt.contract_date),
    )
    return Ceilings(debt, claim, limits, by_name)


def _kind(entered: LenderType, name: str) -> LenderType:
    return kind_by_name(name) if entered is LenderType.UNKNOWN else entered


def _rule(rule_id: str) -> rules.Rule:
    return next(r for r in rules.rules() if r.id == rule_id)


def _measured(
    limit: Limit, rule: rules.Rule, applies: Applies, reason: Message, claim: Claim, rate: Fraction
) -> Ceiling:
    amount = claim.at(rate)
    return Ceiling(limit, rule, applies, reason, rate, amount, max(0, claim.charges - amount))


def _court(claim: Claim, lender: LenderType, assignee: LenderType | None) -> Ceiling:
    limit, rule = Limit.COURT_REVIEW, _rule("court_total_cost_review")
    if lender is LenderType.PRIVATE:
        return Ceiling(
            limit, rule, Applies.NO, Message("This is for loans of financial institutions, not private lending.")
        )
    if lender not in FINANCIAL:
        return Ceiling(limit, rule, Applies.LAWYER, _ask(lender))
    if assignee is not None and assignee not in (*FINANCIAL, LenderType.ASSET_MANAGER):
        return Ceiling(
            limit,
            rule,
            Applies.LAWYER,
            Message(
                "The claim is held today by somebody who is not known to be a financial institution. Whether the same "
                "standard holds is a question for a lawyer; no figure is given."
            ),
        )
    reason = Message(
        "On the borrower's request a court may reduce what is above 24% a year (法发〔2017〕22号); whether it does is "
        "for the court to decide."
    )
    return _measured(limit, rule, Applies.YES, reason, claim, Fraction(rule.value))


def _private(claim: Claim, lender: LenderType, signed: date | None) -> Ceiling:
    limit, rule = Limit.PRIVATE_LENDING, _rule("private_loan_ceiling")
    if lender in LICENSED:
        return Ceiling(
            limit,
            rule,
            Applies.NO,
            Message("Four times the LPR is for private lending only, not for licensed lenders (法释〔2020〕27号)."),
        )
    if lender is not LenderType.PRIVATE:
        return Ceiling(limit, rule, Applies.LAWYER, _ask(lender))
    if signed is None:
        return Ceiling(
            limit,
            rule,
            Applies.LAWYER,
            Message("It depends on the LPR of the day of the contract: enter that day."),
        )
    if rule.start is not None and signed < rule.start:
        return Ceiling(
            limit,
            rule,
            Applies.LAWYER,
            Message(
                "The contract is older than {day}; older rules hold for a part of the time (民间借贷司法解释 art. 31). "
                "This is a question for a lawyer; no figure is given.",
                day=rule.start.isoformat(),
            ),
        )
    quote = lpr_on(signed)
    if quote.percent is None:
        reason = Message(
            "The LPR of {day} is not verified here: data to {last}. No figure is given.",
            day=signed.isoformat(),
            last=quote.data_to.isoformat(),
        )
        return Ceiling(limit, rule, Applies.LAWYER, reason, quote=quote)
    rate = Fraction(rule.value) * Fraction(quote.percent) / 100
    reason = Message(
        "Private lending: interest, damages and fees together may come to four times the one-year LPR of the day of "
        "the contract ({percent}%, published {day}); whether a part is not supported is for the court to decide.",
        percent=str(quote.percent),
        day=quote.published.isoformat() if quote.published else "",
    )
    found = _measured(limit, rule, Applies.YES, reason, claim, rate)
    return Ceiling(limit, rule, Applies.YES, reason, found.rate, found.amount, found.excess, quote)


def _new_loans(claim: Claim, lender: LenderType, signed: date | None) -> Ceiling:
    limit = Limit.NEW_LOANS
    rule = _rule(_NEW_LOAN_RULES.get(lender, "bank_partner_loan_cost"))
    assert rule.start is not None
    if lender is LenderType.PRIVATE:
        return Ceiling(
            limit, rule, Applies.NO, Message("This is for loans of financial institutions, not private lending.")
        )
    if lender is LenderType.CONSUMER_FINANCE:
        return Ceiling(
            limit,
            rule,
            Applies.NO,
            Message(
                "For consumer finance companies only unpublished guidance on new loans is reported (20% on average); "
                "no figure follows from it."
            ),
        )
    if lender not in FINANCIAL:
        return Ceiling(limit, rule, Applies.LAWYER, _ask(lender))
    if signed is None:
        return Ceiling(
            limit,
            rule,
            Applies.LAWYER,
            Message("It depends on the day of the contract: enter that day. No figure yet."),
        )
    if signed < rule.start:
        return Ceiling(
            limit,
            rule,
            Applies.NO,
            Message(
                "This limit is for loans newly made from {start} on; it does not rewrite a contract of {signed}.",
                start=rule.start.isoformat(),
                signed=signed.isoformat(),
            ),
        )
    if lender is LenderType.MICRO_LOAN and signed < date(2026, 1, 1):
        return Ceiling(
            limit,
            rule,
            Applies.LAWYER,
            Message("The guide reached the companies during December 2025; the day is not known. Ask a lawyer."),
        )
    if lender is LenderType.MICRO_LOAN:
        reason = Message(
            "New micro-loans may not cost more than 24% a year in all; a regulator's limit, which the "
            "complaint can name."
        )
        return _measured(limit, rule, Applies.YES, reason, claim, Fraction(rule.value))
    reason = Message(
        "Only if the bank made the loan through an internet partner: then its total cost, guarantee fees included, is "
        "to stay within 24% a year; a regulator's limit, which the complaint can name."
    )
    return _measured(limit, rule, Applies.IF, reason, claim, Fraction(rule.value))


def _ask(lender: LenderType) -> Message:
    if lender is LenderType.UNKNOWN:
        return Message(
            "The kind of lender is not known: look for it in the contract. A question for a lawyer till then."
        )
    return Message("For this kind of lender it is a question for a lawyer; no figure is given.")
