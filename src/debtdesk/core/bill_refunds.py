"""Refunds: which order each belongs to, and what came back of every order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from debtdesk.core.bill_book import Book
from debtdesk.core.bill_statuses import Means, is_refund, order_lost, stated_in
from debtdesk.core.bills import BillLine, Channel, Flow


def find_refunds(book: Book) -> None:
    """Enter refunds, their orders and what came back into the book: by order number, else by the merchant's."""
    out, lines = Flow.OUT, book.lines
    coming = (i for i in book.counting() if lines[i].flow is not out)
    book.refunds.update(i for i in coming if is_refund(book.channels[i], lines[i], book.means[i]))
    by_order, by_merchant = _orders_named(book)
    refunds = (i for i in book.order if i in book.refunds)
    for i in sorted(refunds, key=lambda i: (book.lines[i].when, book.lines[i].order, book.lines[i].amount)):
        line, channel = book.lines[i], book.channels[i]
        named = [by_order.get((channel, order), []) for order in _original_orders(line.order)]
        for candidates in (*named, by_merchant.get((channel, line.merchant_order), [])):
            order = _order_of(book, line, candidates)
            if order is not None:
                book.orders[i] = order
                book.back[order] = book.back.get(order, 0) + line.amount
                break
    _take_stated(book)


_Lines = dict[tuple[Channel, str], list[int]]


def _orders_named(book: Book) -> tuple[_Lines, _Lines]:
    """Return the lines that refunds may belong to, by their own and by the merchant's number."""
    named = {order for i in book.refunds for order in _original_orders(book.lines[i].order)}
    merchants = {book.lines[i].merchant_order for i in book.refunds} - {"", "/"}
    by_order: _Lines = defaultdict(list)
    by_merchant: _Lines = defaultdict(list)
    for i in book.counting() if named or merchants else ():
        line = book.lines[i]
        is_named, is_merchants = line.order in named, line.merchant_order in merchants
        if not (is_named or is_merchants):
            continue
        channel = book.channels[i]
        if i in book.refunds or line.flow is Flow.IN or channel is Channel.BANK:
            continue
        if is_named and not order_lost(line):
            by_order[channel, line.order].append(i)
        if is_merchants:
            by_merchant[channel, line.merchant_order].append(i)
    return by_order, by_merchant


def _original_orders(order: str) -> Iterator[str]:
    """Yield the order numbers that a refund's number may begin with, the longest first."""
    while order:
        yield order
        order = order.rpartition("_")[0]


def _order_of(book: Book, refund: BillLine, candidates: Iterable[int]) -> int | None:
    """Return the last order before a refund that can still give it back, its own merchant first."""
    fitting = [
        i
        for i in candidates
        if book.lines[i].when <= refund.when and book.back.get(i, 0) + refund.amount <= book.lines[i].amount
    ]
    return max(fitting, key=lambda i: (book.lines[i].party == refund.party, book.lines[i].when), default=None)


_STATING = frozenset({Means.REFUNDED, Means.REFUNDED_IN_FULL})


def _take_stated(book: Book) -> None:
    """Let what a line itself says was refunded stand beside its refund lines: the larger of both, never their sum."""
    lines, all_means = book.lines, book.means
    stating = [i for i in book.order if lines[i].refunded or all_means[i] in _STATING]
    for i in stating:
        line, means = lines[i], all_means[i]
        if i in book.refunds or i in book.twins or line.flow is Flow.IN:
            continue
        stated = line.refunded
        if means is Means.REFUNDED_IN_FULL:
            stated = line.amount
        elif means is Means.REFUNDED:
            stated = max(stated, stated_in(line.status))
        if stated > book.back.get(i, 0):
            book.back[i] = min(line.amount, stated)
