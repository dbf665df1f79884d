"""Pairs among bill lines: what stands in two bills, refunds with their orders, a wallet's lines with bank bookings.

Everything is found by number, amount and day, never by likeness alone; where several lines would do, the choice does
not depend on the order in which the bills were given.
"""

from __future__ import annotations

from collections.abc import Sequence

from debtdesk.core.bill_book import Book
from debtdesk.core.bill_bookings import find_bookings
from debtdesk.core.bill_duplicates import find_duplicates
from debtdesk.core.bill_refunds import find_refunds
from debtdesk.core.bills import Bill


def pair(bills: Sequence[Bill]) -> Book:
    """Return the lines of all bills with their pairs: duplicates first, then refunds, then bookings of a bank."""
    book = Book(bills)
    find_duplicates(book)
    find_refunds(book)
    find_bookings(book)
    return book
