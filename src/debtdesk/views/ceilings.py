"""Ceilings in words: what a claim costs a year, and the three limits beside it, each by itself."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from debtdesk.core.ceilings import Ceiling, Ceilings, Limit
from debtdesk.core.terms import Known
from debtdesk.locale import Message
from debtdesk.views.markup import html_table
from debtdesk.views.names import APPLIES as _APPLIES
from debtdesk.views.names import LENDER_TYPES as LENDER_TYPES
from debtdesk.views.names import LIMITS as _LIMITS
from debtdesk.views.rules import confidence_words, rules_html
from debtdesk.views.words import NONE, day, money, percent

if TYPE_CHECKING:
    import pandas as pd


def cost_sentence(found: Ceilings, language: str) -> Message:
    """Return what is claimed beyond the principal, and what that is a year."""
    claim = found.claim
    if claim.yearly is None:
        return Message("No principal was outstanding over these days: there is no yearly cost.")
    return Message(
        "By {day}, {charges} are claimed beyond the principal for {days} days: {yearly} a year of the principal "
        "outstanding.",
        day=day(claim.last, language),
        charges=money(claim.charges, language),
        days=f"{claim.days:,}",
        yearly=percent(claim.yearly, language, places=2),
    )


def cost_notes(found: Ceilings, language: str) -> list[Message]:
    """Return what makes the figures weak, and what the three limits are not."""
    notes = []
    if found.by_name:
        notes.append(
            Message(
                "The kind of lender is taken from the name of the company: confirm it in the contract and choose it."
            )
        )
    if found.debt.balance.known in (Known.TOLD, Known.ASSUMED):
        notes.append(
            Message("The figures of the claim were not seen on a document: what follows is as weak as they are.")
        )
    if found.claim.paid_before:
        notes.append(
            Message(
                "Payments before {day} are known, but not how they were booked: the yearly cost is rough.",
                day=day(found.debt.balance.as_of, language),
            )
        )
    if found.claim.interest_before:
        notes.append(
            Message(
                "The interest may be for days before the first overdue day too; the yearly cost is then lower "
                "than shown."
            )
        )
    notes.append(
        Message(
            "Counted as courts have done: unpaid principal times the actual days from the first overdue day, 365 days "
            "a year. The three limits are separate; what follows from each is for the court or the regulator."
        )
    )
    return notes


def ceilings_table(found: Ceilings, language: str) -> pd.DataFrame:
    """Return a row a limit: whether it is for this debt, what it comes to, what is above, and why."""
    import pandas as pd

    heads = (
        Message("limit"),
        Message("for this debt?"),
        Message("limit a year"),
        Message("comes to"),
        Message("above it"),
        Message("what it says"),
        Message("how sure"),
    )
    rows = [
        [
            _LIMITS[c.limit].in_language(language),
            _APPLIES[c.applies].in_language(language),
            percent(c.rate, language),
            NONE if c.amount is None else money(c.amount, language),
            _excess(c, language),
            c.reason.in_language(language),
            confidence_words(c.rule.confidence, short=True).in_language(language),
        ]
        for c in found.limits
    ]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def _excess(ceiling: Ceiling, language: str) -> str:
    if ceiling.excess is None:
        return NONE
    if not ceiling.excess:
        return Message("nothing").in_language(language)
    amount = money(ceiling.excess, language)
    if ceiling.limit is Limit.NEW_LOANS:
        return amount
    return Message("{amount} may be asked to be reduced", amount=amount).in_language(language)


def ceilings_html(found: Ceilings, language: str) -> str:
    """Return sentence, table, notes and the rules behind them, everything escaped."""
    notes = "".join(
        f"<p class='debtdesk-note'>{escape(n.in_language(language))}</p>" for n in cost_notes(found, language)
    )
    lead = escape(cost_sentence(found, language).in_language(language))
    table = html_table(ceilings_table(found, language), numeric=())
    behind = rules_html((*(c.rule.id for c in found.limits), "private_loan_scope"), language)
    return f"<p class='debtdesk-lead'>{lead}</p>{table}{notes}{behind}"
