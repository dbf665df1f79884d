"""Rules of bills: what a counselor corrected once and keeps, and what the tables of the package say without it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache

from debtdesk.core.bill_fates import BillFate, Question
from debtdesk.core.bill_marks import LineMark
from debtdesk.core.bills import BillLine, Channel, Flow
from debtdesk.core.budget import CONSUMPTION, Category
from debtdesk.data.bills import category_rows, debt_words
from debtdesk.locale import Message

NEVER_IN = (BillFate.SPENDING, BillFate.DEBT_SERVICE)
ASSIGNABLE = tuple(f for f in BillFate if f not in (BillFate.DUPLICATE, BillFate.CLOSED, BillFate.REFUND))


GIVEN = ("fate", "category", "essential", "ordinary")


class Matching(StrEnum):
    """How the words of a rule are looked for: somewhere in the cell, or as the whole cell; never as a pattern."""

    CONTAINS = "contains"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True, kw_only=True)
class BillRule:
    """What a counselor decided for lines of a kind, kept with the case.

    All that is named must fit: the channel, the direction, and the words in kind, party, item and method (capitals
    make no difference); a rule with a `line` is for that line alone. It gives a fate, a category, whether the spending
    is essential, or whether it is `ordinary` (never set aside as a spike); what it does not give stays as the tables
    have it. Of several rules that fit the last one decides, for each of the four by itself; a rule for one line decides
    before those for many.

    Rules judge lines whose money moved: a duplicate, the booking of a wallet's line, an order closed or come back whole
    and a refund tied to its order stay what they are; a refund without an order is judged only by a rule that names its
    kind. Money that came in is never spending nor debt service, and money that went out never income: there a rule that
    says so does not apply.
    """

    channel: Channel | None = None
    flow: Flow | None = None
    kind: str = ""
    party: str = ""
    item: str = ""
    method: str = ""
    matching: Matching = Matching.CONTAINS
    fate: BillFate | None = None
    category: Category | None = None
    essential: bool | None = None
    note: str = ""
    line: LineMark | None = None
    ordinary: bool | None = None

    def __post_init__(self) -> None:
        words = (self.kind, self.party, self.item, self.method)
        if self.line is None and not any(word.strip() for word in words):
            raise ValueError("a rule must name words of kind, party, item or method, or one line")
        if all(getattr(self, thing) is None for thing in GIVEN):
            raise ValueError("a rule must give a fate, a category, whether it is essential or whether it is ordinary")
        if self.fate is not None and self.fate not in ASSIGNABLE:
            raise ValueError(f"fate {self.fate} follows from the bills and cannot be given by a rule")
        if self.category is not None and self.category not in CONSUMPTION:
            raise ValueError(f"category {self.category} must be one of the eight of consumption")
        if self.category is not None and self.fate not in (None, BillFate.SPENDING):
            raise ValueError(f"category {self.category} belongs to spending, not to {self.fate}")

    def fits(self, channel: Channel, line: BillLine) -> bool:
        """Return whether it speaks of a line by its words; a rule for one line speaks by its mark alone."""
        return self.line is None and self.speaks_of(channel, line.flow, line.kind, line.party, line.item, line.method)

    def speaks_of(self, channel: Channel, flow: Flow, kind: str, party: str, item: str, method: str) -> bool:
        """Return whether it speaks of a line with these words."""
        if (self.channel and self.channel is not channel) or (self.flow and self.flow is not flow):
            return False
        if (self.fate in NEVER_IN and flow is Flow.IN) or (self.fate is BillFate.INCOME and flow is Flow.OUT):
            return False
        pairs = ((self.kind, kind), (self.party, party), (self.item, item), (self.method, method))
        return all(_found(word, cell, self.matching) for word, cell in pairs if word.strip())


def _found(word: str, cell: str, matching: Matching) -> bool:
    word, cell = word.strip().casefold(), cell.casefold()
    return word == cell.strip() if matching is Matching.EQUAL else word in cell


class Reach(StrEnum):
    """How far an answer goes: all lines of the party and kind, its goods there, such goods anywhere, or one line."""

    ALIKE = "alike"
    GOODS_HERE = "goods_here"
    GOODS = "goods"
    LINE = "line"


def rule_for(
    question: Question,
    *,
    reach: Reach = Reach.ALIKE,
    words: str = "",
    line: LineMark | None = None,
    fate: BillFate | None = None,
    category: Category | None = None,
    essential: bool | None = None,
    note: str = "",
) -> BillRule:
    """Return the rule that answers a question for its lines and for later ones like them.

    Parameters
    ----------
    question : Question
    reach : Reach
        How far it goes. For goods `words` are what must stand in the cell of the goods, for one line `line` is its
        mark.
    """
    here = reach in (Reach.ALIKE, Reach.GOODS_HERE)
    goods = reach in (Reach.GOODS_HERE, Reach.GOODS)
    return BillRule(
        channel=question.channel,
        flow=question.flow,
        kind=question.kind if here else "",
        party=question.party if here else "",
        item=words if goods else "",
        line=line if reach is Reach.LINE else None,
        matching=Matching.CONTAINS if goods else Matching.EQUAL,
        fate=fate,
        category=category,
        essential=essential,
        note=note,
    )


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the rules say of a line: fate, category, essential, whether to ask, and why; `known` if its kind is."""

    fate: BillFate
    category: Category | None
    essential: bool
    ask: bool
    reason: Message


PURCHASES = ("商户消费", "扫二维码付款", "即时到账交易", "支付宝担保交易", "担保交易", "")
ANY_KIND = "*"

CASH_DRAWN = Message("Cash drawn: ask what it was spent on.")

_SAID = {
    "repayment": Message("A repayment of credit: debt service, no consumption."),
    "borrowed": Message("Money borrowed: a debt grew, it is no income."),
    "credit": Message("Credit, but the words do not say whether it was borrowed or repaid."),
    "wallet": Message("Paid through a wallet; only the wallet's bill says what for, and none of its lines agrees."),
    "investment": Message("Savings or investment: own money changing its place."),
    "own_money": Message("Own money moved between accounts."),
    "withdrawal": Message("Own money drawn from the wallet; its fee counts as spending."),
    "person": Message("A transfer or red packet to or from a person: ask what it was for."),
    "paid_for": Message("Paid for somebody else, or by family card: ask whose spending it is."),
    "received": Message("Money received: ask whether it is income or something that came back."),
    "kind_unsaid": Message("The bill calls it only “other”: ask what it was."),
    "neutral": Message("The bill counts it neither as income nor as spending: ask what it was."),
    "income": Message("Income by the words of the bill."),
    "cash": CASH_DRAWN,
    "cash_in": Message("Cash paid in: ask where it came from."),
    "bank_charge": Message("A charge of the bank."),
    "category": Message("Spending; category after the words of the bill."),
    "category_words": Message("Spending; category after the words of what was bought."),
    "category_unsure": Message("Spending; the bill does not show clearly what was bought: check the category."),
    "not_consumption": Message("Insurance or a gift: no consumption, but money that is gone; kept under other."),
    "merchant": Message("Spending; category after the words of the merchant."),
    "market": Message("A supermarket: counted as food; ask whether it was."),
}
_UNKNOWN_KIND = Ruling(
    BillFate.UNKNOWN, None, False, True, Message("The program does not know this kind of line: ask what it was.")
)
_UNCLEAR = Ruling(BillFate.UNKNOWN, None, False, True, Message("The words of the bill do not say what it was."))


@dataclass(frozen=True, slots=True)
class _Row:
    """One row of the table, ready to be looked up."""

    channels: tuple[str, ...]
    flows: tuple[str, ...]
    kinds: tuple[str, ...]
    words: re.Pattern[str] | None
    and_words: re.Pattern[str] | None
    ruling: Ruling

    def may_be(self, channel: Channel, flow: Flow, kind: str) -> bool:
        """Return whether channel, direction and kind fit."""
        if (self.channels != ("*",) and channel not in self.channels) or (
            self.flows != ("*",) and flow not in self.flows
        ):
            return False
        return any(_kind_fits(k, channel, kind) for k in self.kinds)

    def says(self, text: str) -> bool:
        """Return whether the words are there."""
        return (self.words is None or self.words.search(text) is not None) and (
            self.and_words is None or self.and_words.search(text) is not None
        )


def _any_of(words: str) -> re.Pattern[str] | None:
    """Return what finds any of some plain words in one pass, which is several times faster than one by one."""
    return re.compile("|".join(re.escape(w) for w in words.split("|"))) if words else None


def _kind_fits(pattern: str, channel: Channel, kind: str) -> bool:
    if pattern == "purchase":
        return channel is Channel.BANK or kind in PURCHASES
    return pattern in (ANY_KIND, kind) or (pattern.endswith("*") and kind.startswith(pattern[:-1]))


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(_row(r) for r in category_rows())


def _row(row: Mapping[str, str]) -> _Row:
    channels, flows, kinds = (tuple(row[name].split("|")) for name in ("channel", "flow", "kind"))
    ruling = Ruling(
        BillFate(row["fate"]),
        Category(row["category"]) if row["category"] else None,
        row["essential"] == "yes",
        row["ask"] == "yes",
        _SAID[row["reason"]],
    )
    return _Row(channels, flows, kinds, _any_of(row["words"]), _any_of(row["and_words"]), ruling)


@cache
def _kinds(channel: Channel) -> frozenset[str]:
    """Return the kinds of a wallet that the table names."""
    return frozenset(
        k for r in _rows() if r.channels == ("*",) or channel in r.channels for k in r.kinds if k != ANY_KIND
    )


@lru_cache(maxsize=4096)
def knows(channel: Channel, kind: str) -> bool:
    """Return whether the table names a wallet's kind; a bank's summary is free text and always taken."""
    return channel is Channel.BANK or any(_kind_fits(k, channel, kind) for k in _kinds(channel))


class BuiltIn:
    """What the tables say, remembered for words that come again."""

    def __init__(self) -> None:
        self._candidates: dict[tuple[Channel, Flow, str], tuple[_Row, ...]] = {}
        self._rulings: dict[tuple[Channel, Flow, str, str, str, str], Ruling] = {}

    def ruling(self, channel: Channel, line: BillLine) -> Ruling:
        """Return what the tables say of a line: the first row that fits."""
        # a wallet's paying method says nothing of what was bought; a bank's channel does ("ATM", "支付宝快捷")
        note = f"{line.note}\n{line.method}" if channel is Channel.BANK else ""
        key = (channel, line.flow, line.kind, line.party, line.item, note)
        found = self._rulings.get(key)
        if found is None:
            found = self._rulings[key] = self._look(*key)
        return found

    def _look(self, channel: Channel, flow: Flow, kind: str, party: str, item: str, note: str) -> Ruling:
        rows = self._candidates.get((channel, flow, kind))
        if rows is None:
            rows = self._candidates[channel, flow, kind] = tuple(r for r in _rows() if r.may_be(channel, flow, kind))
        words = (kind, party, item, note) if channel is Channel.BANK else (party, item)
        text = "\n".join(words).casefold()
        for row in rows:
            if row.says(text):
                return row.ruling
        return _UNCLEAR if knows(channel, kind) else _UNKNOWN_KIND


class Corrections:
    """The counselor's rules, remembered for words that come again; `single` are the rules for one line, by line."""

    def __init__(self, rules: Sequence[BillRule], single: Mapping[int, Sequence[int]] | None = None) -> None:
        self._rules = [(n, r) for n, r in enumerate(rules) if r.line is None]
        self._single = {i: [(n, rules[n]) for n in places] for i, places in (single or {}).items()}
        self._together: dict[tuple[Channel, Flow, str, str, str, str], Correction | None] = {}

    def of(self, channel: Channel, line: BillLine, place: int) -> Correction | None:
        """Return what the rules say of the line at a place of the book; None where none fits."""
        if not self._rules and not self._single:
            return None
        key = (channel, line.flow, line.kind, line.party, line.item, line.method)
        if place in self._single:
            alone = [(n, r) for n, r in self._single[place] if r.speaks_of(*key)]
            return _together([*self._fitting(key), *alone])
        if key not in self._together:
            self._together[key] = _together(self._fitting(key))
        return self._together[key]

    def _fitting(self, key: tuple[Channel, Flow, str, str, str, str]) -> list[tuple[int, BillRule]]:
        return [(n, r) for n, r in self._rules if r.speaks_of(*key)]


@dataclass(frozen=True, slots=True)
class Correction:
    """What the fitting rules give together; None where none gives it.

    `named` if the fate's rule names a kind or the very line; `by` tells for each thing given which rule gave it.
    """

    fate: BillFate | None
    category: Category | None
    essential: bool | None
    ordinary: bool | None
    named: bool
    by: Mapping[str, int]


def _together(fitting: Sequence[tuple[int, BillRule]]) -> Correction | None:
    if not fitting:
        return None
    last: dict[str, tuple[int, BillRule]] = {}
    for n, rule in fitting:
        for thing in GIVEN:
            if getattr(rule, thing) is not None:
                last[thing] = (n, rule)
    said = {thing: getattr(rule, thing) for thing, (_, rule) in last.items()}
    of_fate = last["fate"][1] if "fate" in last else None
    return Correction(
        said.get("fate"),
        said.get("category"),
        said.get("essential"),
        said.get("ordinary"),
        of_fate is not None and bool(of_fate.kind.strip() or of_fate.line),
        {thing: n for thing, (n, _) in last.items()},
    )


@lru_cache(maxsize=16384)
def product_in(text: str) -> str:
    """Return the key of the credit product that a text names first by precedence of the table; "" for none."""
    return next((product for word, product in debt_words() if word in text), "")
