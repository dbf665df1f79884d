"""What a counselor decided about bills, in words: rules, splits, how far an answer reaches and what it touches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from debtdesk.core.bill_fates import BillFate, LineRef, Question, SortedBills, SortedLine
from debtdesk.core.bill_marks import LineMark
from debtdesk.core.bill_rules import BillRule, Matching
from debtdesk.core.bill_splits import BillPart, BillSplit
from debtdesk.core.bills import BillLine
from debtdesk.core.budget import Category
from debtdesk.locale import Message
from debtdesk.views.names import CHANNELS, FATES, FLOWS
from debtdesk.views.veil import OPEN, Veil
from debtdesk.views.words import NONE, money, name_of

MOST_GOODS = 5


@dataclass(frozen=True, slots=True)
class Touched:
    """What a rule or split decides: how many lines, what they come to [fen], and how many were not asked about."""

    lines: int
    amount: int
    beyond: int = 0


def rule_words(rule: BillRule, found: SortedBills, language: str, veil: Veil = OPEN) -> str:
    """Return which lines a rule speaks of and what it decides."""
    return f"{_matched(rule, found, language, veil)} → {decided_words(rule, language)}"


def _matched(rule: BillRule, found: SortedBills, language: str, veil: Veil) -> str:
    if rule.line is not None:
        return marked_words(rule.line, found, language, veil)
    names = [
        veil.name(rule.party),
        veil.words(rule.kind),
        Message("goods with “{words}”", words=veil.words(rule.item)).in_language(language) if rule.item else "",
        veil.words(rule.method),
    ]
    where = [CHANNELS[rule.channel]] if rule.channel else []
    where += [FLOWS[rule.flow]] if rule.flow else []
    if rule.matching is Matching.CONTAINS and not rule.item:
        where.append(Message("wherever the words stand"))
    told = " · ".join(n for n in names if n)
    beside = " · ".join(m.in_language(language) for m in where)
    return Message("{what} ({where})", what=told, where=beside).in_language(language) if beside else told


def marked_words(mark: LineMark, found: SortedBills, language: str, veil: Veil = OPEN) -> str:
    """Return the one line that a rule or split is about, in words."""
    line = next((x for b in found.bills if b.digest == mark.digest for x in b.lines if x.row == mark.row), None)
    if line is None:
        return Message("one line of a bill that is not here").in_language(language)
    return Message("one line: {line}", line=line_words(line, language, veil)).in_language(language)


def split_words(split: BillSplit, found: SortedBills, language: str, veil: Veil = OPEN) -> str:
    """Return which line a split is about and what it decides."""
    return f"{marked_words(split.line, found, language, veil)} → {parts_words(split.parts, language)}"


def decided_words(rule: BillRule, language: str) -> str:
    """Return what a rule decides."""
    said: list[Message] = []
    if rule.fate is not None or rule.category is not None:
        said.append(fate_words(rule.fate or BillFate.SPENDING, rule.category))
    if rule.essential is not None:
        said.append(Message("cannot do without") if rule.essential else Message("could do without"))
    if rule.ordinary is not None:
        said.append(Message("counted as ordinary") if rule.ordinary else Message("set aside"))
    return " · ".join(m.in_language(language) for m in said)


def fate_words(fate: BillFate, category: Category | None) -> Message:
    """Return a fate with its category: "spending: food"."""
    if category is None:
        return FATES[fate]
    return Message("{fate}: {category}", fate=FATES[fate], category=name_of(category))


def parts_words(parts: Sequence[BillPart], language: str) -> str:
    """Return the parts of a split: "200.00 spending: food + 100.00 own money moved"."""
    return " + ".join(
        f"{money(p.amount, language, unit=False)} {fate_words(p.fate, p.category).in_language(language)}" for p in parts
    )


def line_words(line: BillLine, language: str, veil: Veil = OPEN) -> str:
    """Return a line in one line: day, who, what, how much."""
    words = [line.day.isoformat(), veil.name(line.party), veil.words(line.item or line.kind)]
    return " · ".join([*(t for t in words if t.strip("/ ")), money(line.amount, language)])


def goods_words(found: SortedBills, question: Question, language: str, veil: Veil = OPEN) -> str:
    """Return the goods of the lines a question is about, with how many lines and how much each; "" for none."""
    goods = goods_of(found, question)
    if not goods:
        return ""
    shown = [
        Message("“{goods}” {n} lines, {amount}", goods=veil.words(item), n=n, amount=money(amount, language))
        for item, (n, amount) in list(goods.items())[:MOST_GOODS]
    ]
    told = "; ".join(m.in_language(language) for m in shown)
    more = len(goods) - len(shown)
    rest = Message(" and {n} other goods", n=more).in_language(language) if more > 0 else ""
    return Message("Goods: {goods}", goods=told + rest).in_language(language)


def goods_of(found: SortedBills, question: Question) -> dict[str, tuple[int, int]]:
    """Return the goods of the lines a question is about, with lines and amount [fen], the largest amounts first."""
    sums: dict[str, tuple[int, int]] = {}
    for ref in question.places:
        line = found.whole(ref)
        item = line.item.strip().strip("/")
        if item:
            n, amount = sums.get(item, (0, 0))
            sums[item] = (n + 1, amount + line.amount)
    return dict(sorted(sums.items(), key=lambda x: (-x[1][1], x[0])))


def touched_words(touched: Touched, language: str) -> str:
    """Return before an answer is kept what it would decide."""
    n, amount = touched.lines, money(touched.amount, language)
    if not n:
        return Message("This would decide no line that is here.").in_language(language)
    if touched.beyond:
        text = Message(
            "This would decide {n} lines, {amount}; {beyond} of them were not asked about here.",
            n=n,
            amount=amount,
            beyond=touched.beyond,
        )
    else:
        text = Message("This would decide {n} lines, {amount}.", n=n, amount=amount)
    return text.in_language(language)


def decides_words(touched: Touched, language: str) -> str:
    """Return what a kept rule or split decides now."""
    if not touched.lines:
        return Message("decides no line now: another rule decides, or its lines are gone").in_language(language)
    amount = money(touched.amount, language)
    return Message("decides {n} lines, {amount}", n=touched.lines, amount=amount).in_language(language)


def touched_by_rules(found: SortedBills, count: int) -> tuple[Touched, ...]:
    """Return what each of the case's rules decides. [fen]"""
    lines, amounts = [0] * count, [0] * count
    for x in found.lines:
        for n in x.by:
            lines[n] += 1
            amounts[n] += x.line.amount
    return tuple(Touched(n, a) for n, a in zip(lines, amounts, strict=True))


def touched_by_splits(found: SortedBills, count: int) -> tuple[Touched, ...]:
    """Return what each of the case's splits decides. [fen]"""
    refs: list[set[LineRef]] = [set() for _ in range(count)]
    for x in found.lines:
        if x.split is not None:
            refs[x.split].add(x.ref._replace(part=0))
    return tuple(Touched(len(r), sum(found.whole(ref).amount for ref in r)) for r in refs)


def standing_words(x: SortedLine, language: str) -> str:
    """Return how a line stands now: fate, category and why."""
    fate = fate_words(x.fate, x.category if x.fate is BillFate.SPENDING else None).in_language(language)
    return f"{fate} – {x.reason.in_language(language)}" if x.reason else fate or NONE
