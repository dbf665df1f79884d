"""Acts: what was done about a debt that may matter for limitation, with its proof."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ActKind(StrEnum):
    """Acts that may interrupt limitation, by who acts and how.

    A demand is one that reached the debtor; a message sent to the reserved number or address, and a call or app notice,
    stand apart, since what they do depends on the debt and on proof.
    """

    DEMAND = "demand"
    MESSAGE_SENT = "message_sent"
    CALL = "call"
    DEDUCTION = "deduction"
    PART_PAYMENT = "part_payment"
    ASKED_FOR_INSTALMENTS = "asked_for_instalments"
    ASKED_FOR_DEFERRAL = "asked_for_deferral"
    MADE_A_PLAN = "made_a_plan"
    SIGNED_NOTICE = "signed_notice"
    ASSIGNMENT_NOTICE = "assignment_notice"
    SUIT = "suit"
    PAYMENT_ORDER = "payment_order"
    MEDIATION = "mediation"
    POLICE_REPORT = "police_report"


PROCEEDINGS = frozenset({ActKind.SUIT, ActKind.PAYMENT_ORDER, ActKind.MEDIATION, ActKind.POLICE_REPORT})


@dataclass(frozen=True, slots=True)
class Act:
    """Something done about a debt on a day; `proof` says where that can be seen, empty if nowhere."""

    day: date
    kind: ActKind
    proof: str = ""
    note: str = ""

    @property
    def proven(self) -> bool:
        """Whether a proof is named."""
        return bool(self.proof.strip())
