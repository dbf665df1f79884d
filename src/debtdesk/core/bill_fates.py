"""Fates of bill lines: what each line of a bill means for the household, and the sums that follow."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import repeat
from typing import NamedTuple

from debtdesk.core.bills import Bill, BillLine, Channel, Flow
from debtdesk.core.budget import Category
from debtdesk.core.problems import Problem
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.locale import Message


class BillFate(StrEnum):
    """What a line of a bill is for the household; each line has exactly one.

    TRANSFER is the household's own money changing its place, or a booking of what a wallet's bill already says;
    DUPLICATE a line that stands in another bill as well and counts there; CLOSED an order that was never paid or came
    back whole; UNKNOWN what only the client can say.
    """

    SPENDING = "spending"
    INCOME = "income"
    DEBT_SERVICE = "debt_service"
    TRANSFER = "transfer"
    REFUND = "refund"
    CLOSED = "closed"
    UNKNOWN = "unknown"
    DUPLICATE = "duplicate"

    __hash__ = str.__hash__  # looked up for every line


NOT_JUDGED = (BillFate.CLOSED, BillFate.DUPLICATE)


class LineRef(NamedTuple):
    """Where a line stands: the place of its bill among the bills given, its own place in that bill, and its part.

    `part` is 0 for a whole line, and counts from 0 on where the counselor split it.
    """

    bill: int
    place: int
    part: int = 0

    @classmethod
    def of_bill(cls, bill: int, count: int) -> Iterator[LineRef]:
        """Yield the places of all lines of a bill."""
        return map(tuple.__new__, repeat(cls), zip(repeat(bill), range(count), repeat(0), strict=False))


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedLine:
    """A line of a bill with its meaning.

    Parameters
    ----------
    ref : LineRef
    channel : Channel
    line : BillLine
        As the bill has it, unchanged.
    fate : BillFate
    reason : Message
        Why, in one short sentence.
    category : Category or None
        Where it is spending, income or debt service; for a transfer with a fee, that of the fee.
    essential : bool
        Whether the household cannot do without it; a proposal where no rule of the counselor says it.
    ask : bool
        Whether the client should be asked: the fate or the category is not certain.
    tied : LineRef or None
        The line it belongs to: the order of a refund, the wallet's line of a booking, the line a duplicate repeats.
    refunded : int
        What came back of it, by refund lines and by its own words together. [fen]
    debt : str
        The credit product it served, or by which it was paid and which grew by it; "" for none.
    tail : str
        The last four digits of the card it names; "" for none.
    ruled : bool
        Whether a rule or a split of the counselor decided it.
    by : tuple of int
        The rules that decided something of it, by their place among the rules given.
    split : int or None
        Where it is a part of a line: the split that made it, by its place among the splits given. `line` then has the
        part's amount.
    ordinary : bool or None
        What a rule says of whether it is ordinary spending; None where none says it.
    """

    ref: LineRef
    channel: Channel
    line: BillLine
    fate: BillFate
    reason: Message
    category: Category | None = None
    essential: bool = False
    ask: bool = False
    tied: LineRef | None = None
    refunded: int = 0
    debt: str = ""
    tail: str = ""
    ruled: bool = False
    by: tuple[int, ...] = ()
    split: int | None = None
    ordinary: bool | None = None

    @property
    def spent(self) -> int:
        """What of it is spending in its category: an order less its refunds, or the fee of a transfer. [fen]"""
        if self.fate is BillFate.SPENDING:
            return self.line.amount - self.refunded
        return self.line.fee if self.fate is BillFate.TRANSFER and self.tied is None else 0

    @property
    def net(self) -> int:
        """What of it stayed moved: nothing of a closed or repeated line, else the amount less what came back. [fen]"""
        if self.fate in (BillFate.CLOSED, BillFate.DUPLICATE):
            return 0
        return self.line.amount - self.refunded

    @property
    def creates_debt(self) -> bool:
        """Whether it is spending paid on credit: it counts as spending and makes a debt grow."""
        return self.fate is BillFate.SPENDING and bool(self.debt)


@dataclass(frozen=True, slots=True)
class Question:
    """Lines that share what is not certain of them, to be asked of the client in one.

    `places` are the lines, `amount` what they come to [fen]; the words are those of the lines.
    """

    channel: Channel
    flow: Flow
    kind: str
    party: str
    reason: Message
    places: tuple[LineRef, ...]
    amount: int


@dataclass(frozen=True, slots=True)
class SortedBills(Tabular):
    """All lines of all bills with their fates, in the order of the bills and of their lines.

    A line that the counselor split stands there as its parts, one after the other, which add up to it.
    `problems` tell what could not be settled between bills: one given twice, days that two bills share without order
    numbers.
    """

    bills: tuple[Bill, ...]
    lines: tuple[SortedLine, ...]
    problems: tuple[Problem, ...] = ()

    def at(self, ref: LineRef) -> SortedLine:
        """Return the line at a place; of a split one the part."""
        return self.lines[bisect_left(self.lines, ref, key=lambda x: x.ref)]

    def whole(self, ref: LineRef) -> BillLine:
        """Return the line at a place as its bill has it, split or not."""
        return self.bills[ref.bill].lines[ref.place]

    def of(self, *fates: BillFate) -> Iterator[SortedLine]:
        """Yield the lines of some fates."""
        return (x for x in self.lines if x.fate in fates)

    def sums(self) -> Mapping[tuple[int, Flow], Mapping[BillFate, int]]:
        """Return the sums of amounts by fate, per bill (its place) and direction; none is left out. [fen]"""
        found: dict[tuple[int, Flow], dict[BillFate, int]] = {}
        for x in self.lines:
            at = found.setdefault((x.ref.bill, x.line.flow), {})
            at[x.fate] = at.get(x.fate, 0) + x.line.amount
        return found

    def spending(self) -> Mapping[Category, int]:
        """Return what was spent by category, refunds taken off, fees of transfers included. [fen]"""
        found: dict[Category, int] = {}
        for x in self.lines:
            if x.spent and x.category:
                found[x.category] = found.get(x.category, 0) + x.spent
        return found

    def on_credit(self) -> Mapping[str, int]:
        """Return what was bought on credit by product, refunds taken off: it made these debts grow. [fen]"""
        found: dict[str, int] = {}
        for x in self.lines:
            if x.creates_debt:
                found[x.debt] = found.get(x.debt, 0) + x.spent
        return found

    def questions(self) -> tuple[Question, ...]:
        """Return what the client should be asked, lines alike together, the largest amounts first."""
        alike: dict[tuple[Channel, Flow, str, str, str], list[SortedLine]] = {}
        for x in self.lines:
            if x.ask:
                key = (x.channel, x.line.flow, x.line.kind, x.line.party, x.reason.text)
                alike.setdefault(key, []).append(x)
        found = [
            Question(channel, flow, kind, party, xs[0].reason, tuple(x.ref for x in xs), sum(x.net for x in xs))
            for (channel, flow, kind, party, _), xs in alike.items()
        ]
        return tuple(sorted(found, key=lambda q: (-q.amount, q.channel, q.flow, q.kind, q.party, q.reason.text)))

    def about(self, ref: LineRef) -> Question:
        """Return a question about any line, asked or not: it stands first, then the others of its party and kind."""
        asked = self.at(ref)
        words = (asked.channel, asked.line.flow, asked.line.kind, asked.line.party)
        alike = [x for x in self.lines if (x.channel, x.line.flow, x.line.kind, x.line.party) == words]
        judged = (x.ref for x in alike if x.fate not in NOT_JUDGED and x.split is None)
        places = tuple(dict.fromkeys((ref._replace(part=0), *judged)))
        return Question(*words, asked.reason, places, sum(self.whole(place).amount for place in places))

    def columns(self) -> dict[str, list[object]]:
        """Return one row a line: bill, row, time, words, amount, fate, category, what came back. [yuan]"""
        rows = self.lines
        return {
            "bill": [self.bills[x.ref.bill].source for x in rows],
            "row": [x.line.row for x in rows],
            "when": [x.line.when for x in rows],
            "flow": [x.line.flow.value for x in rows],
            "kind": [x.line.kind for x in rows],
            "party": [x.line.party for x in rows],
            "item": [x.line.item for x in rows],
            "amount": [in_yuan(x.line.amount) for x in rows],
            "fate": [x.fate.value for x in rows],
            "category": [x.category.value if x.category else "" for x in rows],
            "refunded": [in_yuan(x.refunded) for x in rows],
            "spent": [in_yuan(x.spent) for x in rows],
            "debt": [x.debt for x in rows],
            "reason": [str(x.reason) for x in rows],
        }
