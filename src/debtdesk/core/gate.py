"""The gate: what an act of the client does to each debt before it is done, and what is still to be asked before it.

It states and asks; it decides nothing for the client. Every document and payment passes it.

Notes
-----
Civil Code 192, 195; 诉讼时效规定 (2020) 14, 19: asking for installments or a deferral, paying a part, making a plan and
signing a notice are agreeing to perform.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from debtdesk.core.case import Case, Consultation
from debtdesk.core.chain import Entitlement, Standing, entitlement
from debtdesk.core.days import add_months
from debtdesk.core.debt import Debt
from debtdesk.core.limitation import Limitation, limitation
from debtdesk.core.problems import Problem
from debtdesk.locale import Message

LONG_SILENT_MONTHS = 30  # two years and six months since the last proven interruption


class GateAct(StrEnum):
    """What the client is about to do."""

    ASK_FOR_INSTALLMENTS = "ask_for_installments"
    ASK_FOR_DEFERRAL = "ask_for_deferral"
    PAY_A_PART = "pay_a_part"
    SIGN = "sign"
    ACKNOWLEDGE = "acknowledge"


class Consequence(StrEnum):
    """What the act does to one debt, as far as can be said."""

    STARTS_ANEW = "starts_anew"
    WAIVER_QUESTION = "waiver_question"
    NOT_KNOWN = "not_known"
    COURT = "court"


@dataclass(frozen=True, slots=True)
class DebtFinding:
    """What the gate finds about one debt.

    `bites` says that advice is asked for: less than six months are left or none, or more than two years and six months
    have passed since the last proven interruption; `advice` is the consultation that covers it.
    """

    debt: Debt
    consequence: Consequence
    limitation: Limitation
    entitlement: Entitlement
    bites: bool
    advice: Consultation | None
    statement: Message


@dataclass(frozen=True, slots=True)
class GateFinding:
    """What the gate finds: `statements` to be read before the act, `missing` what keeps the gate closed."""

    act: GateAct
    debts: tuple[DebtFinding, ...]
    statements: tuple[Message, ...]
    missing: tuple[Problem, ...]

    @property
    def open(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @property
    def in_need_of_advice(self) -> tuple[Debt, ...]:
        """The debts for which advice is still to be taken."""
        return tuple(f.debt for f in self.debts if f.bites and f.advice is None)


def pass_gate(case: Case, act: GateAct, debts: Iterable[Debt], on: date) -> GateFinding:
    """Return what an act would do to the debts concerned, and what is missing before it.

    Parameters
    ----------
    case : Case
        Whose consultations count.
    act : GateAct
    debts : iterable of Debt
        Those concerned.
    on : date
        The day of the act.
    """
    found = tuple(_of(case, debt, on) for debt in debts)
    missing = tuple(p for f in found for p in _missing(f))
    return GateFinding(act, found, (_ABOUT[act], *(f.statement for f in found)), missing)


def bites(found: Limitation, on: date) -> bool:
    """Return whether advice is asked for before an act, by the timeline of a debt."""
    return not found.judged and (found.past or found.close or add_months(found.start, LONG_SILENT_MONTHS) < on)


def advice_for(case: Case, debt: Debt, found: Limitation, on: date) -> Consultation | None:
    """Return the latest consultation that covers a debt: after its last act, and after the end where that is past."""
    last = max((e.act.day for e in found.all_events()), default=found.due)
    since = max(last, found.end) if found.past else last
    good = [c for c in case.consultations if c.about(debt.account) and since <= c.day <= on]
    return max(good, key=lambda c: c.day, default=None)


def _of(case: Case, debt: Debt, on: date) -> DebtFinding:
    found = limitation(debt, on=on)
    consequence = _consequence(debt, found)
    return DebtFinding(
        debt,
        consequence,
        found,
        entitlement(debt),
        consequence is not Consequence.COURT and bites(found, on),
        advice_for(case, debt, found, on),
        _statement(debt, consequence, found),
    )


def _consequence(debt: Debt, found: Limitation) -> Consequence:
    if debt.stage.before_court:
        return Consequence.COURT
    if not found.past:
        return Consequence.STARTS_ANEW
    return Consequence.NOT_KNOWN if found.nothing_entered else Consequence.WAIVER_QUESTION


def _statement(debt: Debt, consequence: Consequence, found: Limitation) -> Message:
    values = {"account": debt.account, "day": found.end.isoformat()}
    if consequence is Consequence.COURT:
        return Message("{account}: the matter is with a court; the court's dates come first.", account=debt.account)
    if consequence is Consequence.STARTS_ANEW:
        return Message(
            "{account}: by what is entered, the three years run until about {day}; this would start them anew.",
            **values,
        )
    if consequence is Consequence.NOT_KNOWN:
        return Message(
            "{account}: counted from the due day alone, the three years would have run by about {day}. Whether "
            "anything started them anew since is not known; if nothing did, this may count as giving up the defence.",
            **values,
        )
    return Message(
        "{account}: by what is entered, the three years would have run by about {day}; whether this would give up the "
        "defence is a question for a lawyer.",
        **values,
    )


def _missing(found: DebtFinding) -> list[Problem]:
    account, missing = found.debt.account, []
    if found.entitlement.standing is not Standing.PROVEN:
        missing += [
            Problem(account, None, "creditor", found.entitlement.reason, remedy) for remedy in found.entitlement.ask[:1]
        ]
    if found.consequence is Consequence.COURT:
        missing.append(
            Problem(
                account,
                None,
                "stage",
                Message("The matter is with a court; a general request is not for this debt now."),
                Message("Keep the court's dates, and speak with a lawyer, legal aid or the court's mediator first."),
            )
        )
    if found.bites and found.advice is None:
        missing.append(
            Problem(
                account,
                None,
                "consultation",
                Message("No advice of a lawyer or of 12348 is noted for this debt since its last act."),
                Message("Ask a lawyer or call 12348, then note who said what, and when."),
            )
        )
    return missing


_ABOUT = {
    GateAct.ASK_FOR_INSTALLMENTS: Message(
        "Asking for installments or a plan counts as agreeing to pay (诉讼时效规定 art. 14)."
    ),
    GateAct.ASK_FOR_DEFERRAL: Message("Asking for a deferral counts as agreeing to pay (诉讼时效规定 art. 14)."),
    GateAct.PAY_A_PART: Message("Paying a part, however small, counts as agreeing to pay (诉讼时效规定 art. 14)."),
    GateAct.SIGN: Message(
        "Signing an agreement, a plan or a collection notice counts as agreeing to pay (诉讼时效规定 art. 14, 19)."
    ),
    GateAct.ACKNOWLEDGE: Message("Acknowledging a debt in writing may count as agreeing to pay (Civil Code 195)."),
}
