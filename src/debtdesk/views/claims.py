"""Words of a claim: acts and what they mean, stages, links of the chain, proofs, and whether a creditor is entitled."""

from __future__ import annotations

from enum import StrEnum

from debtdesk.core.acts import ActKind
from debtdesk.core.chain import Standing
from debtdesk.core.claim_stage import ClaimStage
from debtdesk.core.gate import GateAct
from debtdesk.core.limitation import Effect
from debtdesk.core.links import LinkKind, LinkProof, NoticeState
from debtdesk.locale import Message


def claim_word(member: StrEnum) -> Message:
    """Return the name of a kind of act, an effect, a stage, a link, a proof, a notice or a standing."""
    return CLAIM_WORDS[type(member)][member.value]


CLAIM_WORDS: dict[type[StrEnum], dict[str, Message]] = {
    ActKind: {
        ActKind.DEMAND: Message("demand that reached the client"),
        ActKind.MESSAGE_SENT: Message("message sent"),
        ActKind.CALL: Message("call or app notice"),
        ActKind.DEDUCTION: Message("deduction from an account"),
        ActKind.PART_PAYMENT: Message("part payment"),
        ActKind.ASKED_FOR_INSTALMENTS: Message("client asked for installments"),
        ActKind.ASKED_FOR_DEFERRAL: Message("client asked for a deferral"),
        ActKind.MADE_A_PLAN: Message("client made a repayment plan"),
        ActKind.SIGNED_NOTICE: Message("client signed a collection notice"),
        ActKind.ASSIGNMENT_NOTICE: Message("notice of assignment came"),
        ActKind.SUIT: Message("suit or arbitration"),
        ActKind.PAYMENT_ORDER: Message("payment order"),
        ActKind.MEDIATION: Message("mediation"),
        ActKind.POLICE_REPORT: Message("police report"),
    },
    Effect: {
        Effect.INTERRUPTS: Message("starts the three years anew"),
        Effect.WAIVER_QUESTION: Message("after the three years: a question of waiver"),
        Effect.BEFORE_START: Message("before the due day: nothing to count"),
        Effect.CONTESTED: Message("sent, not shown to have arrived: contested, left out"),
        Effect.UNPROVEN: Message("no proof: left out"),
    },
    ClaimStage: {
        ClaimStage.REMINDER: Message("reminders"),
        ClaimStage.MEDIATION: Message("mediation"),
        ClaimStage.SUED: Message("sued"),
        ClaimStage.JUDGED: Message("judged"),
        ClaimStage.ENFORCEMENT: Message("in enforcement"),
    },
    LinkKind: {
        LinkKind.FUNDED: Message("gave the money from the start"),
        LinkKind.ASSIGNED: Message("took the claim over"),
        LinkKind.GUARANTOR_PAID: Message("paid as guarantor or insurer"),
    },
    LinkProof: {
        LinkProof.NONE: Message("only said"),
        LinkProof.NOTICE: Message("notice of assignment"),
        LinkProof.CREDIT_REPORT: Message("credit report"),
        LinkProof.STATEMENT: Message("statement or app page"),
        LinkProof.CONTRACT: Message("contract"),
        LinkProof.PAYMENT: Message("proof of payment to the lender"),
    },
    NoticeState: {
        NoticeState.REACHED: Message("it came"),
        NoticeState.NOT_REACHED: Message("it did not come"),
        NoticeState.UNKNOWN: Message("not known"),
    },
    Standing: {
        Standing.PROVEN: Message("shown"),
        Standing.UNPROVEN: Message("not shown"),
        Standing.CONTESTED: Message("contested"),
    },
    GateAct: {
        GateAct.ASK_FOR_INSTALLMENTS: Message("asking for installments"),
        GateAct.ASK_FOR_DEFERRAL: Message("asking for a deferral"),
        GateAct.PAY_A_PART: Message("paying a part"),
        GateAct.SIGN: Message("agreeing or signing"),
        GateAct.ACKNOWLEDGE: Message("acknowledging the debt"),
    },
}
