"""Splits of bill lines: one payment that was for several things, its parts adding up to it to the fen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from debtdesk.core.bill_fates import BillFate
from debtdesk.core.bill_marks import LineMark
from debtdesk.core.bills import BillLine, Flow
from debtdesk.core.budget import CONSUMPTION, Category
from debtdesk.core.money import yuan
from debtdesk.core.problems import Refused
from debtdesk.locale import Message

LEAST_PARTS, MOST_PARTS = 2, 12
FATES_OF: Mapping[Flow, tuple[BillFate, ...]] = {
    Flow.OUT: (BillFate.SPENDING, BillFate.DEBT_SERVICE, BillFate.TRANSFER, BillFate.UNKNOWN),
    Flow.IN: (BillFate.INCOME, BillFate.TRANSFER, BillFate.UNKNOWN),
    Flow.NEUTRAL: (
        BillFate.SPENDING,
        BillFate.DEBT_SERVICE,
        BillFate.TRANSFER,
        BillFate.INCOME,
        BillFate.UNKNOWN,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class BillPart:
    """What part of a line was for: its amount [fen], its fate, and for spending the category and if it is essential."""

    amount: int
    fate: BillFate
    category: Category | None = None
    essential: bool = False

    def __post_init__(self) -> None:
        if self.amount <= 0:
            raise ValueError(f"amount {self.amount} of a part must be above zero")
        if not any(self.fate in fates for fates in FATES_OF.values()):
            raise ValueError(f"fate {self.fate} follows from the bills and cannot be given to a part")
        if (self.category in CONSUMPTION) is not (self.fate is BillFate.SPENDING):
            raise ValueError(f"category {self.category} must be one of consumption for spending, and none otherwise")


@dataclass(frozen=True, slots=True, kw_only=True)
class BillSplit:
    """How a counselor split one line, kept with the case; the parts add up to the line to the fen.

    It decides before any rule. Like a rule it judges only a line whose money moved: while its line is a duplicate, a
    wallet's booking, a refund of a known order, or was closed, the split waits.
    """

    line: LineMark
    parts: tuple[BillPart, ...]
    note: str = ""

    def __post_init__(self) -> None:
        if not LEAST_PARTS <= len(self.parts) <= MOST_PARTS:
            raise ValueError(f"{len(self.parts)} parts; a split has {LEAST_PARTS} to {MOST_PARTS}")


def check_parts(line: BillLine, parts: Sequence[BillPart]) -> None:
    """Refuse parts that do not add up to a line to the fen, or that its direction does not allow.

    Raises
    ------
    Refused
        With what is wrong and how to mend it.
    """
    if len(parts) < LEAST_PARTS:
        raise Refused(
            Message("A line is split into two parts at least."),
            Message("Fill a second part, or keep an answer for the whole line."),
        )
    left = line.amount - sum(p.amount for p in parts)
    if left:
        whole, said = _shown(line.amount), _shown(line.amount - left)
        text = Message("The parts come to {sum} yuan, the line to {whole} yuan.", sum=said, whole=whole)
        remedy = (
            Message("{left} yuan are still to be given out.", left=_shown(left))
            if left > 0
            else Message("Take {more} yuan off the parts.", more=_shown(-left))
        )
        raise Refused(text, remedy)
    if any(p.fate not in FATES_OF[line.flow] for p in parts):
        raise Refused(
            Message("Money that came in is no spending and no debt service; money that went out is no income."),
            Message("Choose something else for this part."),
        )


def _shown(fen: int) -> str:
    return f"{yuan(fen):,.2f}"
