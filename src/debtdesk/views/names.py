"""Names: what the members of the core's enums are called, for the enums that `words` does not name itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from debtdesk.core.allocation import OrderName
from debtdesk.core.bill_fates import BillFate
from debtdesk.core.bill_items import Standing
from debtdesk.core.bill_rules import Reach
from debtdesk.core.bills import Channel, Flow
from debtdesk.core.ceilings import Applies, Limit
from debtdesk.core.concession import CarriedEnd
from debtdesk.core.debt import LenderType
from debtdesk.core.entries import EntryKind
from debtdesk.core.gate import Consequence
from debtdesk.core.installing import Basis, Bearing, GraceKind, InterestOn
from debtdesk.core.ledger import LineKind, Start
from debtdesk.core.overrides import Overridden
from debtdesk.core.recovery import Way
from debtdesk.core.risk import Measure, Reserve
from debtdesk.core.sharing import Meanwhile, ShareRule, Stance
from debtdesk.locale import Message
from debtdesk.views.claims import CLAIM_WORDS

LENDER_TYPES = {
    LenderType.UNKNOWN: Message("not known"),
    LenderType.BANK: Message("bank"),
    LenderType.CONSUMER_FINANCE: Message("consumer finance company"),
    LenderType.MICRO_LOAN: Message("licensed micro-loan company"),
    LenderType.LOCAL_FINANCIAL: Message("guarantee, pawn, leasing or factoring company"),
    LenderType.ASSET_MANAGER: Message("asset management company"),
    LenderType.PRIVATE: Message("private person or company, no lender by trade"),
    LenderType.UNLICENSED: Message("platform without a licence"),
}
LIMITS = {
    Limit.COURT_REVIEW: Message("review by a court, on request"),
    Limit.PRIVATE_LENDING: Message("private lending: four times the LPR"),
    Limit.NEW_LOANS: Message("regulators' limit for new loans"),
}
APPLIES = {
    Applies.YES: Message("yes"),
    Applies.IF: Message("only under a condition"),
    Applies.NO: Message("no"),
    Applies.LAWYER: Message("for a lawyer"),
}
LINES = {
    LineKind.OPENING: Message("beginning"),
    LineKind.ACCRUAL: Message("interest"),
    LineKind.PAYMENT: Message("payment"),
    LineKind.FEE: Message("fee charged"),
    LineKind.LATE_FEE: Message("late fee"),
    LineKind.WAIVER: Message("waived"),
    LineKind.CREDIT: Message("credit used"),
    LineKind.FREEZE: Message("interest stopped"),
    LineKind.RATE: Message("another rate"),
    LineKind.TRANSFER: Message("transfer to another creditor"),
}
ENTRIES = {
    EntryKind.FEE: Message("fee charged"),
    EntryKind.WAIVER: Message("waived"),
    EntryKind.RATE: Message("another rate"),
    EntryKind.TRANSFER: Message("transfer to another creditor"),
}
STARTS = {
    Start.ORIGIN: Message("from where the history begins"),
    Start.BALANCE: Message("from the balance the creditor names"),
}
ORDERS = {
    OrderName.CIVIL_CODE_561: Message("Civil Code 561: costs, interest, principal"),
    OrderName.CARD_TO_DAY_90: Message("cards, up to day 90 overdue: interest and fees first"),
    OrderName.CARD_FROM_DAY_91: Message("cards, from day 91 overdue: principal first"),
    OrderName.CONTRACT: Message("as written in the contract"),
}
FATES = {
    BillFate.SPENDING: Message("spending"),
    BillFate.INCOME: Message("income"),
    BillFate.DEBT_SERVICE: Message("debt service"),
    BillFate.TRANSFER: Message("own money moved"),
    BillFate.REFUND: Message("refund"),
    BillFate.CLOSED: Message("closed, nothing moved"),
    BillFate.UNKNOWN: Message("not known yet"),
    BillFate.DUPLICATE: Message("counted elsewhere"),
}
CHANNELS = {
    Channel.ALIPAY: Message("Alipay"),
    Channel.WECHAT: Message("WeChat Pay"),
    Channel.BANK: Message("bank or card"),
}
FLOWS = {Flow.OUT: Message("money out"), Flow.IN: Message("money in"), Flow.NEUTRAL: Message("counted neither way")}
REACHES = {
    Reach.ALIKE: Message("all lines of this party and kind"),
    Reach.GOODS_HERE: Message("these goods, from this party"),
    Reach.GOODS: Message("these goods, from anybody"),
    Reach.LINE: Message("this one line only"),
}
STANDINGS = {
    Standing.NEW: Message("new"),
    Standing.CHANGED: Message("replaces the amount here"),
    Standing.SAME: Message("already here"),
}
SHARE_RULES = {
    ShareRule.PRO_RATA: Message("pro rata of what is owed"),
    ShareRule.SMALLEST_FIRST: Message("the smallest debt first"),
    ShareRule.DEAREST_FIRST: Message("the dearest debt first"),
    ShareRule.WEIGHTS: Message("by weights"),
    ShareRule.PRIORITY: Message("in the order listed"),
    ShareRule.OPTIMAL: Message("as reckoned to cost least"),
}
STANCES = {
    Stance.TAKES_PART: Message("takes part"),
    Stance.WAITS: Message("is paid after the others"),
    Stance.STAYS_OUT: Message("stays out"),
}
MEANWHILE = {
    Meanwhile.OWN_TERMS: Message("grows under its own terms"),
    Meanwhile.STANDS_STILL: Message("stands still"),
}
WAYS = {
    Way.PLAN: Message("the plan"),
    Way.WAIT: Message("waiting"),
    Way.SELL: Message("selling the debt"),
    Way.SUE: Message("suing"),
}
CONSEQUENCES = {
    Consequence.STARTS_ANEW: Message("starts the three years anew"),
    Consequence.WAIVER_QUESTION: Message("after the three years: a question of waiver"),
    Consequence.NOT_KNOWN: Message("not known"),
    Consequence.COURT: Message("a court has it, or has decided"),
}
_OFFERS: tuple[Mapping[Any, Message], ...] = (
    {
        CarriedEnd.OWED: Message("is owed at the end"),
        CarriedEnd.WAIVED: Message("is waived once all else is paid"),
    },
    {
        InterestOn.LEFT: Message("what is still left"),
        InterestOn.ORIGINAL: Message("the whole amount throughout (flat)"),
    },
    {Basis.MONTHLY: Message("a twelfth of a year each month"), Basis.DAILY: Message("day by day")},
    {
        Bearing.ALL: Message("all that is in installments"),
        Bearing.PRINCIPAL: Message("the principal alone, with what was added to it"),
    },
    {GraceKind.INTEREST_ONLY: Message("the interest alone"), GraceKind.NO_PAYMENT: Message("no payment at all")},
    {
        Reserve.USED: Message("the reserve helps out"),
        Reserve.LEFT_ALONE: Message("the reserve is left alone"),
    },
    {Measure.PLAN: Message("of plans"), Measure.YEAR: Message("of years")},
    {Overridden.FLOOR: Message("what is protected for living")},
)

_TABLES: tuple[Mapping[Any, Message], ...] = (
    LENDER_TYPES,
    LIMITS,
    APPLIES,
    LINES,
    ENTRIES,
    STARTS,
    ORDERS,
    FATES,
    CHANNELS,
    FLOWS,
    REACHES,
    STANDINGS,
    SHARE_RULES,
    STANCES,
    MEANWHILE,
    WAYS,
    CONSEQUENCES,
    *_OFFERS,
    *CLAIM_WORDS.values(),
)
NAMES: Mapping[tuple[str, str], Message] = {
    (type(member).__name__, member.value): name for table in _TABLES for member, name in table.items()
}
