"""Sorting bills: each line of every bill gets one fate, with its reason and the line it belongs to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import accumulate

from debtdesk.core.bill_book import Book
from debtdesk.core.bill_fates import BillFate, LineRef, SortedBills, SortedLine
from debtdesk.core.bill_pairs import pair
from debtdesk.core.bill_rules import BillRule, BuiltIn, Correction, Corrections, Ruling, product_in
from debtdesk.core.bill_statuses import Means, tail_in
from debtdesk.core.bills import Bill, BillLine, Channel, Flow
from debtdesk.core.budget import Category
from debtdesk.core.many import making_many
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


def sort_bills(bills: Sequence[Bill], rules: Sequence[BillRule] = ()) -> SortedBills:
    """Return every line of all bills with its fate; sums and fates do not depend on the order of the bills.

    First what is no payment of its own: a line that stands in another bill too, a bank's booking of a wallet's line,
    a refund of a known order, an order that was closed or came back whole. Then what the counselor's rules say (see
    `BillRule`), then the tables of the package. What nobody says is UNKNOWN, kept and shown.

    Parameters
    ----------
    bills : sequence of Bill
    rules : sequence of BillRule
        The counselor's own; the last that fits decides.
    """
    with making_many():
        return _sorted(tuple(bills), rules)


def _sorted(bills: tuple[Bill, ...], rules: Sequence[BillRule]) -> SortedBills:
    book = pair(bills)
    starts = [0, *accumulate(len(b.lines) for b in bills)]
    refs = [ref for n, bill in enumerate(bills) for ref in LineRef.of_bill(n, len(bill.lines))]
    judge = _Judge(book, refs, Corrections(rules))
    lines = [judge.line(i) for i in range(starts[-1])]
    _tie_own_sides(book, lines)
    return SortedBills(bills, tuple(lines), tuple(book.problems))


class _Judge:
    """Gives each line its fate, once the pairs are known."""

    def __init__(self, book: Book, refs: list[LineRef], corrections: Corrections) -> None:
        self._book, self._refs, self._corrections = book, refs, corrections
        self._tables = BuiltIn()
        # a card's own statement names its product, as far as its file's name says it
        self._cards = [product_in(b.source) if b.channel is Channel.BANK else "" for b in book.bills]

    def line(self, i: int) -> SortedLine:
        """Return a line with its fate."""
        book = self._book
        if i in book.twins:
            return self._made(i, BillFate.DUPLICATE, _DUPLICATE, tied=book.twins[i])
        if i in book.bookings:
            return self._made(i, BillFate.TRANSFER, _BOOKING, tied=book.bookings[i])
        if i in book.refunds:
            return self._refund(i)
        line, channel = book.lines[i], book.channels[i]
        means = book.means[i]
        if line.amount > 0 and book.back.get(i, 0) >= line.amount:
            return self._made(i, BillFate.CLOSED, _CAME_BACK)
        if means is Means.CLOSED:
            return self._made(i, BillFate.CLOSED, _CLOSED)
        correction = self._corrections.of(channel, line)
        if means is not Means.MOVED and (correction is None or correction.fate is None):
            if means is Means.RELEASED:
                return self._made(i, BillFate.TRANSFER, _RELEASED)
            if means is Means.UNSAID:
                return self._made(i, BillFate.UNKNOWN, _status_reason(line), ask=True)
            if means is Means.REFUNDED and not book.back.get(i):
                return self._made(i, BillFate.UNKNOWN, _NO_AMOUNT, ask=True)
        ruling = self._tables.ruling(channel, line)
        return self._ruled(i, ruling, correction) if correction else self._by(i, ruling)

    def _refund(self, i: int) -> SortedLine:
        if i in self._book.orders:
            return self._made(i, BillFate.REFUND, _REFUND, tied=self._book.orders[i])
        correction = self._corrections.of(self._book.channels[i], self._book.lines[i])
        if correction and correction.fate and correction.by_kind:
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
        return self._by(i, Ruling(fate, category, essential, ask, reason), ruled=True)

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


def _category(fate: BillFate, given: Category | None) -> Category | None:
    """Return the category that belongs to a fate."""
    if fate is BillFate.SPENDING:
        return given or Category.OTHER
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
