"""Sorting bills: each line of every bill gets one fate, with its reason and the line it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from debtdesk.core.bill_book import Book
from debtdesk.core.bill_fates import BillFate, LineRef, SortedBills, SortedLine
from debtdesk.core.bill_marks import lines_marked
from debtdesk.core.bill_pairs import pair
from debtdesk.core.bill_rules import BillRule, BuiltIn, Correction, Corrections, Ruling, product_in
from debtdesk.core.bill_splits import BillSplit, check_parts
from debtdesk.core.bill_statuses import Means, tail_in
from debtdesk.core.bills import Bill, BillLine, Channel, Flow
from debtdesk.core.budget import CONSUMPTION, Category
from debtdesk.core.many import making_many
from debtdesk.core.money import split as split_amount
from debtdesk.core.problems import Problem, Refused, Severity
from debtdesk.data.bills import thresholds
from debtdesk.locale import Message

ESSENTIAL = (Category.FOOD, Category.HOUSING, Category.HEALTH, Category.TRANSPORT)

_DUPLICATE = Message("The same line stands in another bill and counts there.")
_BOOKING = Message("The bank's booking of a line of the wallet's bill; it counts there.")
_OWN_SIDE = Message("The card's side of a repayment that another bill shows.")
_REFUND = Message("Money back for an order; it is taken off that order.")
_REFUND_ALONE = Message("Money back, but its order is not in these bills: it is taken off nothing.")
_CLOSED = Message("The order was closed: nothing was paid.")
_CAME_BACK = Message("All of it came back: nothing was spent.")
_RELEASED = Message("A deposit was released: own money.")
_NO_AMOUNT = Message("Something of it was refunded, but the bill does not say how much.")
_NO_STATUS = Message("The bill says no status, so it is not known whether it was paid.")
_RULED = Message("A rule of this case says so.")
_PARTED = Message("A part of a line that was split in this case.")


def sort_bills(bills: Sequence[Bill], rules: Sequence[BillRule] = (), splits: Sequence[BillSplit] = ()) -> SortedBills:
    """Return every line of all bills with its fate; sums and fates do not depend on the order of the bills.

    First what is no payment of its own: a line that stands in another bill too, a bank's booking of a wallet's line,
    a refund of a known order, an order that was closed or came back whole. Then what the counselor's splits and rules
    say (see `BillSplit`, `BillRule`), then the tables of the package. What nobody says is UNKNOWN, kept and shown.

    Parameters
    ----------
    bills : sequence of Bill
    rules : sequence of BillRule
        The counselor's own; the last that fits decides.
    splits : sequence of BillSplit
        The lines that the counselor split; of several for one line the last.
    """
    with making_many():
        return _sorted(pair(tuple(bills)), rules, splits)


def sort_book(book: Book, rules: Sequence[BillRule], splits: Sequence[BillSplit] = ()) -> SortedBills:
    """Return the same for bills whose pairs are known already, which rules and splits do not change."""
    with making_many():
        return _sorted(book, rules, splits)


def lines_decided(book: Book, rules: Sequence[BillRule], splits: Sequence[BillSplit] = ()) -> tuple[SortedLine, ...]:
    """Return the lines of which the last of some rules decides something, as `sort_book` has them; judges no others."""
    last = len(rules) - 1
    with making_many():
        refs = [ref for n, bill in enumerate(book.bills) for ref in LineRef.of_bill(n, len(bill.lines))]
        judge = _Judge(book, refs, rules, splits)
        judged = (judge.line(i) for i in _spoken_of(book, rules[last]))
        return tuple(x for x in judged if last in x.by)


def _spoken_of(book: Book, rule: BillRule) -> Iterable[int]:
    """Yield the places of the lines that a rule may speak of."""
    if rule.line is not None:
        return lines_marked(book, [rule.line]).get(rule.line, ())
    alone = Corrections([rule])
    return (i for i, line in enumerate(book.lines) if alone.of(book.channels[i], line, i))


def _sorted(book: Book, rules: Sequence[BillRule], splits: Sequence[BillSplit]) -> SortedBills:
    bills = tuple(book.bills)
    refs = [ref for n, bill in enumerate(bills) for ref in LineRef.of_bill(n, len(bill.lines))]
    judge = _Judge(book, refs, rules, splits)
    lines = [judge.line(i) for i in range(len(refs))]
    _tie_own_sides(book, lines)
    if judge.parted:
        lines = [x for i, whole in enumerate(lines) for x in (judge.parts(i) if i in judge.parted else (whole,))]
    return SortedBills(bills, tuple(lines), (*book.problems, *judge.problems))


class _Judge:
    """Gives each line its fate, once the pairs are known; `parted` are the lines that were split."""

    def __init__(self, book: Book, refs: list[LineRef], rules: Sequence[BillRule], splits: Sequence[BillSplit]) -> None:
        self._book, self._refs = book, refs
        single: dict[int, list[int]] = defaultdict(list)
        marked = lines_marked(book, [m for m in (r.line for r in rules) if m] + [s.line for s in splits])
        for n, rule in enumerate(rules):
            for i in marked.get(rule.line, ()) if rule.line else ():
                single[i].append(n)
        self._corrections = Corrections(rules, single)
        self._splits, self._split_of = splits, {i: n for n, s in enumerate(splits) for i in marked.get(s.line, ())}
        self._tables = BuiltIn()
        # a card's own statement names its product, as far as its file's name says it
        self._cards = [product_in(b.source) if b.channel is Channel.BANK else "" for b in book.bills]
        self.parted: set[int] = set()
        self.problems: list[Problem] = []

    def line(self, i: int) -> SortedLine:
        """Return a line with its fate."""
        book = self._book
        if i in book.twins:
            return self._made(i, BillFate.DUPLICATE, _DUPLICATE, tied=book.twins[i])
        if i in book.bookings:
            return self._made(i, BillFate.TRANSFER, _BOOKING, tied=book.bookings[i])
        line, channel = book.lines[i], book.channels[i]
        refund, means = i in book.refunds, book.means[i]
        if not refund:
            if line.amount > 0 and book.back.get(i, 0) >= line.amount:
                return self._made(i, BillFate.CLOSED, _CAME_BACK)
            if means is Means.CLOSED:
                return self._made(i, BillFate.CLOSED, _CLOSED)
        if i in self._split_of and i not in book.orders and self._adds_up(i):
            self.parted.add(i)
            return replace(self._made(i, BillFate.UNKNOWN, _PARTED), ruled=True)
        if refund:
            return self._refund(i)
        correction = self._corrections.of(channel, line, i)
        if means is not Means.MOVED and (correction is None or correction.fate is None):
            if means is Means.RELEASED:
                return self._made(i, BillFate.TRANSFER, _RELEASED)
            if means is Means.UNSAID:
                return self._made(i, BillFate.UNKNOWN, _status_reason(line), ask=True)
            if means is Means.REFUNDED and not book.back.get(i):
                return self._made(i, BillFate.UNKNOWN, _NO_AMOUNT, ask=True)
        ruling = self._tables.ruling(channel, line)
        return self._ruled(i, ruling, correction) if correction else self._by(i, ruling)

    def _adds_up(self, i: int) -> bool:
        """Return whether the split of a line serves; say it where it does not."""
        line, split = self._book.lines[i], self._splits[self._split_of[i]]
        try:
            check_parts(line, split.parts)
        except Refused as refused:
            source = self._book.bills[self._book.bill_of[i]].source
            self.problems.append(replace(refused.problem(source, line.row), severity=Severity.WARNING))
            return False
        return True

    def parts(self, i: int) -> tuple[SortedLine, ...]:
        """Return the parts of a split line; what came back of it is taken off them in proportion.

        A charge that is part of the line stays with the first part that is own money moved, as far as it reaches.
        """
        place = self._split_of[i]
        parts = self._splits[place].parts
        back = split_amount(self._book.back.get(i, 0), [p.amount for p in parts])
        fee, found = self._book.lines[i].fee, []
        for n, part in enumerate(parts):
            made = self._by(i, Ruling(part.fate, part.category, part.essential, False, _PARTED), ruled=True)
            own = min(fee, part.amount) if part.fate is BillFate.TRANSFER else 0
            fee -= own
            line = replace(made.line, amount=part.amount, refunded=0, fee=own)
            category = made.category if own or part.fate is not BillFate.TRANSFER else None
            found.append(
                replace(
                    made,
                    ref=made.ref._replace(part=n),
                    line=line,
                    category=category,
                    refunded=back[n],
                    split=place,
                )
            )
        return tuple(found)

    def _refund(self, i: int) -> SortedLine:
        if i in self._book.orders:
            return self._made(i, BillFate.REFUND, _REFUND, tied=self._book.orders[i])
        correction = self._corrections.of(self._book.channels[i], self._book.lines[i], i)
        if correction and correction.fate and correction.named:
            return self._ruled(i, Ruling(BillFate.REFUND, None, False, False, _RULED), correction)
        return self._made(i, BillFate.REFUND, _REFUND_ALONE, ask=True)

    def _ruled(self, i: int, ruling: Ruling, correction: Correction) -> SortedLine:
        """Return a line as the counselor corrected it; a category alone makes spending of what was not known."""
        fate = correction.fate or ruling.fate
        going_out = self._book.lines[i].flow is not Flow.IN
        if correction.fate is None and fate is BillFate.UNKNOWN and correction.category and going_out:
            fate = BillFate.SPENDING
        category = _category(fate, correction.category or ruling.category)
        kept = category is ruling.category and fate is ruling.fate
        essential = ruling.essential if kept else category in ESSENTIAL
        if correction.essential is not None:
            essential = correction.essential
        essential = essential and fate is BillFate.SPENDING
        settled = correction.fate is not None or (correction.category is not None and fate is BillFate.SPENDING)
        reason, ask = (_RULED, False) if settled else (ruling.reason, ruling.ask)
        made = self._by(i, Ruling(fate, category, essential, ask, reason), ruled=True)
        return replace(made, by=_used(correction, fate), ordinary=correction.ordinary)

    def _by(self, i: int, ruling: Ruling, *, ruled: bool = False) -> SortedLine:
        line, fate = self._book.lines[i], ruling.fate
        debt = tail = ""
        if fate is BillFate.SPENDING:
            debt = product_in(line.method) or self._cards[self._book.bill_of[i]]
            tail = tail_in(line.method)
        elif fate is BillFate.DEBT_SERVICE:
            text = f"{line.item}\n{line.party}\n{line.kind}\n{line.note}"
            debt, tail = product_in(text), tail_in(text)
        return SortedLine(
            ref=self._refs[i],
            channel=self._book.channels[i],
            line=line,
            fate=fate,
            reason=ruling.reason,
            category=_category(fate, ruling.category) if fate is not BillFate.TRANSFER or line.fee else None,
            essential=ruling.essential,
            ask=ruling.ask,
            refunded=self._book.back.get(i, 0),
            debt=debt,
            tail=tail,
            ruled=ruled,
        )

    def _made(
        self, i: int, fate: BillFate, reason: Message, *, tied: int | None = None, ask: bool = False
    ) -> SortedLine:
        return SortedLine(
            ref=self._refs[i],
            channel=self._book.channels[i],
            line=self._book.lines[i],
            fate=fate,
            reason=reason,
            ask=ask,
            tied=None if tied is None else self._refs[tied],
            refunded=self._book.back.get(i, 0),
        )


def _used(correction: Correction, fate: BillFate) -> tuple[int, ...]:
    """Return the rules that had a say: category, essential and ordinary count for spending alone."""
    spent = fate is BillFate.SPENDING
    return tuple(sorted({n for thing, n in correction.by.items() if spent or thing == "fate"}))


def _category(fate: BillFate, given: Category | None) -> Category | None:
    """Return the category that belongs to a fate."""
    if fate is BillFate.SPENDING:
        return given if given in CONSUMPTION else Category.OTHER
    return _CATEGORY_OF.get(fate)


_CATEGORY_OF = {
    BillFate.TRANSFER: Category.OTHER,
    BillFate.INCOME: Category.INCOME,
    BillFate.DEBT_SERVICE: Category.DEBT_SERVICE,
}


def _status_reason(line: BillLine) -> Message:
    if not line.status.strip():
        return _NO_STATUS
    return Message("The program does not know the status “{status}”: ask whether it was paid.", status=line.status)


def _tie_own_sides(book: Book, lines: list[SortedLine]) -> None:
    """Tie repayments that came in on a card's statement to the payments another bill shows, each used once."""
    came_in = [i for i in book.counting() if _is_repayment_in(lines[i])] if book.has(Channel.BANK) else []
    if not came_in:
        return
    paid: dict[tuple[int, date], list[int]] = defaultdict(list)
    for i in book.counting():
        if lines[i].fate is BillFate.DEBT_SERVICE:
            paid[lines[i].line.amount, lines[i].line.day].append(i)
    most = int(thresholds()["twin_days"])
    used: set[int] = set()
    for days in sorted(range(-most, most + 1), key=lambda d: (abs(d), -d)):
        for i in came_in:
            if lines[i].tied is not None:
                continue
            key = (lines[i].line.amount, lines[i].line.day - timedelta(days=days))
            for found in paid.get(key, ()):
                if found not in used and book.bill_of[found] != book.bill_of[i]:
                    used.add(found)
                    tied = lines[found].ref
                    lines[i] = replace(lines[i], fate=BillFate.TRANSFER, reason=_OWN_SIDE, ask=False, tied=tied)
                    break


def _is_repayment_in(x: SortedLine) -> bool:
    if x.channel is not Channel.BANK or x.line.flow is not Flow.IN or x.fate is not BillFate.UNKNOWN or x.ruled:
        return False
    return any("还款" in text for text in (x.line.kind, x.line.item, x.line.note))
