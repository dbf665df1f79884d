"""Marks of bill lines: how one line is named, so that a decision about it finds it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from debtdesk.core.bill_book import Book
from debtdesk.core.bill_statuses import order_lost
from debtdesk.core.bills import Bill, BillLine


@dataclass(frozen=True, slots=True, kw_only=True)
class LineMark:
    """One line of one bill: the file by its digest, the line by its row, and the bill's own number of it.

    While the file is in the case, digest and row decide. Where the line stands in another bill as well and counts
    there, the line that counts is meant. Where the file is gone, the number finds the line in a later export, if
    exactly one line that counts has it.
    """

    digest: str
    row: int
    order: str = ""


def mark_of(bill: Bill, line: BillLine) -> LineMark:
    """Return the mark of a line of a bill."""
    return LineMark(digest=bill.digest, row=line.row, order="" if order_lost(line) else line.order)


def lines_marked(book: Book, marks: Iterable[LineMark]) -> Mapping[LineMark, tuple[int, ...]]:
    """Return the lines of a book that marks mean, by their places in it; nothing for a mark that finds none."""
    wanted = set(marks)
    if not wanted:
        return {}
    by_row, by_order = _rows(book, {m.digest for m in wanted}), _orders(book, wanted)
    found: dict[LineMark, tuple[int, ...]] = {}
    for mark in wanted:
        places = by_row.get((mark.digest, mark.row), ())
        if not places and mark.digest not in {b.digest for b in book.bills}:
            alike = by_order.get(mark.order, ())
            places = alike if len(alike) == 1 else ()
        if places:
            found[mark] = tuple(sorted({book.twins.get(i, i) for i in places}))
    return found


def _rows(book: Book, digests: set[str]) -> dict[tuple[str, int], list[int]]:
    found: dict[tuple[str, int], list[int]] = defaultdict(list)
    start = 0
    for bill in book.bills:
        if bill.digest in digests:
            for place, line in enumerate(bill.lines, start):
                found[bill.digest, line.row].append(place)
        start += len(bill.lines)
    return found


def _orders(book: Book, wanted: set[LineMark]) -> dict[str, list[int]]:
    given = {b.digest for b in book.bills}
    orders = {m.order for m in wanted if m.digest not in given} - {""}
    found: dict[str, list[int]] = defaultdict(list)
    for i in book.counting() if orders else ():
        if book.lines[i].order in orders and i not in book.bookings and i not in book.refunds:
            found[book.lines[i].order].append(i)
    return found
