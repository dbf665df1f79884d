"""Chain of creditors: who lent, who holds the claim today, and how that can be seen.

Notes
-----
Civil Code 545-547: a claim may be assigned; without notice the assignment has no effect against the debtor. A guarantor
or insurer who paid the lender claims on a ground of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from debtdesk.core.debt import Debt
from debtdesk.core.entries import Entry, EntryKind
from debtdesk.core.links import Link, LinkKind, LinkProof, NoticeState
from debtdesk.core.problems import Problem, Severity
from debtdesk.core.terms import Known
from debtdesk.locale import Message

LONG_OVERDUE = 730  # days after which loans are often sold in packages

ASK_FOR_NOTICE = Message(
    "Ask the one who claims for the notice of assignment, and ask the former creditor to confirm it."
)
ASK_FOR_PAYMENT_PROOF = Message(
    "Ask for proof of what was paid to the lender and when, and for the contract of guarantee."
)
ASK_FOR_CONTRACT = Message("Ask for the contract, a statement or the app page that names the lender.")
ASK_FOR_REPORT = Message("Get the credit report (two a year are free): it names who reports the debt today.")


class Standing(StrEnum):
    """Whether the one who claims is shown to be entitled."""

    PROVEN = "proven"
    UNPROVEN = "unproven"
    CONTESTED = "contested"


@dataclass(frozen=True, slots=True)
class Entitlement:
    """Who faces the debtor today by what is entered, whether that is shown, why, and what to ask for.

    `holder` is the last one in the chain whose claim has effect against the debtor; `ask` what would mend it.
    """

    standing: Standing
    holder: str
    reason: Message
    ask: tuple[Message, ...] = ()


def entitlement(debt: Debt) -> Entitlement:
    """Return whether the creditor of a debt is shown to be entitled, by the chain entered."""
    found = Entitlement(
        Standing.PROVEN if _lender_shown(debt) else Standing.UNPROVEN,
        debt.lender or debt.creditor,
        _first_reason(debt),
        () if _lender_shown(debt) else (ASK_FOR_CONTRACT,),
    )
    unheard = None
    for link in debt.chain:
        if takes_effect(link):
            found = _after(link)
        else:
            unheard = link
    if unheard is not None and debt.creditor in (unheard.holder, found.holder):
        standing = Standing.UNPROVEN if debt.creditor == unheard.holder else Standing.CONTESTED
        reason = Message(
            "An assignment to {who} is said, but no notice of it is shown. Without notice it has no effect against the "
            "debtor (Civil Code 546).",
            who=unheard.holder,
        )
        return Entitlement(standing, found.holder, reason, (ASK_FOR_NOTICE, ASK_FOR_REPORT))
    if debt.creditor != found.holder:
        reason = Message(
            "{creditor} claims, but nothing entered leads from {holder} to it.",
            creditor=debt.creditor,
            holder=found.holder,
        )
        return Entitlement(Standing.UNPROVEN, found.holder, reason, (ASK_FOR_NOTICE, ASK_FOR_REPORT))
    return found


def takes_effect(link: Link) -> bool:
    """Return whether a link binds the debtor: an assignment only once its notice came and can be shown."""
    if link.kind is LinkKind.ASSIGNED:
        return link.notice is NoticeState.REACHED and link.proof is not LinkProof.NONE
    return True


def _after(link: Link) -> Entitlement:
    """Return how the claim stands after a link that binds the debtor."""
    if link.kind is LinkKind.ASSIGNED:
        text = Message("{who} holds the claim by an assignment of which a notice came.", who=link.holder)
        return Entitlement(Standing.PROVEN, link.holder, text)
    if link.kind is LinkKind.GUARANTOR_PAID:
        text = Message(
            "{who} is said to have paid the lender and claims on a ground of its own: its sum, interest and days are "
            "not those of the loan.",
            who=link.holder,
        )
        shown, ask = link.proof in (LinkProof.PAYMENT, LinkProof.NOTICE), ASK_FOR_PAYMENT_PROOF
    else:
        text = Message("The money came from {who}; the contract is with it.", who=link.holder)
        shown, ask = link.proof is not LinkProof.NONE, ASK_FOR_CONTRACT
    return Entitlement(Standing.PROVEN if shown else Standing.UNPROVEN, link.holder, text, () if shown else (ask,))


def _lender_shown(debt: Debt) -> bool:
    return Known.SEEN in (debt.terms.known, debt.balance.known)


def _first_reason(debt: Debt) -> Message:
    if _lender_shown(debt):
        return Message("{who} is the lender, as seen on a document.", who=debt.lender or debt.creditor)
    return Message("Nothing seen so far shows that {who} is the lender.", who=debt.lender or debt.creditor)


def asked_after(debt: Debt, *, on: date) -> bool:
    """Return whether a debt is so long overdue with its lender that somebody else may claim it today."""
    return not debt.chain and debt.creditor == debt.lender and (on - debt.default_date).days > LONG_OVERDUE


def _told(debt: Debt, entry: Entry) -> bool:
    return any(link.holder == entry.creditor and takes_effect(link) for link in debt.chain)


def _silent_transfer(debt: Debt, entry: Entry) -> Problem:
    text = Message(
        "The ledger has a transfer to {who}, but the chain shows no notice of it to the debtor.", who=entry.creditor
    )
    return Problem(debt.account, None, "notice", text, ASK_FOR_NOTICE, Severity.WARNING)


def chain_problems(debt: Debt) -> tuple[Problem, ...]:
    """Return what is wrong in the chain of a debt: a transfer without notice, days out of order."""
    found = [_silent_transfer(debt, e) for e in debt.entries if e.kind is EntryKind.TRANSFER and not _told(debt, e)]
    for n, link in enumerate(debt.chain, start=1):
        if link.kind is LinkKind.ASSIGNED and link.notice is not NoticeState.REACHED:
            found.append(
                Problem(
                    debt.account,
                    n,
                    "notice",
                    Message("A transfer to {who} is entered without notice to the debtor.", who=link.holder),
                    ASK_FOR_NOTICE,
                    Severity.WARNING,
                )
            )
    days = [(n, link.day) for n, link in enumerate(debt.chain, start=1) if link.day is not None]
    for (_, earlier), (n, later) in pairwise(days):
        if later < earlier:
            found.append(
                Problem(
                    debt.account,
                    n,
                    "day",
                    Message(
                        "The day {later} lies before the one above it, {earlier}.",
                        later=later.isoformat(),
                        earlier=earlier.isoformat(),
                    ),
                    Message("Put the links in order of their days, or mend the day."),
                    Severity.WARNING,
                )
            )
    return tuple(found)
