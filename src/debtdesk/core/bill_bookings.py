"""Bookings: a bank's lines that only repeat what a wallet's bill already says.

A booking names the wallet, has the amount of the wallet's line to the fen, lies at most the stated days from it, and
does not name another card. The same card comes first, then the nearest day, then the earlier line.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from debtdesk.core.bill_accounts import account_of
from debtdesk.core.bill_book import Book
from debtdesk.core.bill_statuses import Means, tail_in
from debtdesk.core.bills import Bill, BillLine, Channel, Flow
from debtdesk.data.bills import thresholds

_WALLET_WORDS = {
    Channel.ALIPAY: ("支付宝", "alipay", "蚂蚁"),
    Channel.WECHAT: ("财付通", "微信", "tenpay", "wechat"),
}
_FOUR = re.compile(r"\d{4}", re.ASCII)


@lru_cache(maxsize=65536)
def wallet_in(text: str) -> Channel | None:
    """Return the wallet that the words of a bank's line name; None for none."""
    text = text.casefold()
    return next((c for c, words in _WALLET_WORDS.items() if any(w in text for w in words)), None)


def own_tail(bill: Bill, line: BillLine) -> str:
    """Return the last four digits of the account a bank's line was booked on, as far as line or bill say it."""
    return tail_in(line.method) or (account if _FOUR.fullmatch(account := account_of(bill)) else "")


@dataclass(frozen=True, slots=True)
class _Booking:
    """A bank's line that names a wallet: its place in the book, what it booked, and the card it was booked on."""

    place: int
    what: tuple[Channel, Flow, int]
    day: date
    tail: str


def find_bookings(book: Book) -> None:
    """Enter the bank's lines that repeat a wallet's line into the book, each line used once a direction."""
    bookings = sorted(_bookings(book), key=lambda b: book.lines[b.place].when) if book.has(Channel.BANK) else []
    if not bookings:
        return
    queues = _queues(book, bookings)
    taken: set[tuple[Flow, int]] = set()
    for same_card in (True, False):
        for days in _nearest_days():
            for b in bookings:
                if b.tail or not same_card:
                    _book(book, b, days, queues, taken, same_card=same_card)
            bookings = [b for b in bookings if b.place not in book.bookings]


def _bookings(book: Book) -> Iterator[_Booking]:
    for i in book.counting():
        line = book.lines[i]
        if book.channels[i] is Channel.BANK and line.flow is not Flow.NEUTRAL and (wallet := wallet_in(_words(line))):
            tail = own_tail(book.bills[book.bill_of[i]], line)
            yield _Booking(i, (wallet, line.flow, line.amount), line.day, tail)


_Queues = dict[tuple[object, ...], deque[int]]


def _queues(book: Book, bookings: Sequence[_Booking]) -> _Queues:
    """Return the wallets' lines that some booking may repeat, by day, and by day and card, in order of time."""
    days = [timedelta(days=n) for n in _nearest_days()]
    wanted = {(b.what, b.day - n) for b in bookings for n in days}
    amounts = {b.what[2] for b in bookings}
    near = [
        (line.when, line.order, key, i)
        for i in book.counting()
        if book.channels[i] is not Channel.BANK and ((line := book.lines[i]).amount in amounts or line.fee)
        for flow, amount in _booked_as(book, i)
        if (key := ((book.channels[i], flow, amount), line.day)) in wanted
    ]
    queues: _Queues = defaultdict(deque)
    for _, _, key, i in sorted(near, key=lambda n: n[:2]):
        queues[key].append(i)
        queues[(*key, _card(book.lines[i]))].append(i)
    return queues


def _book(
    book: Book, booking: _Booking, days: int, queues: _Queues, taken: set[tuple[Flow, int]], *, same_card: bool
) -> None:
    """Tie a booking to a free line of the wallet so many days before: of the same card, or where one names none."""
    key: tuple[object, ...] = (booking.what, booking.day - timedelta(days=days))
    if booking.tail:
        key = (*key, booking.tail if same_card else "")
    queue = queues.get(key)
    while queue:
        found = (booking.what[1], queue.popleft())
        if found not in taken:
            taken.add(found)
            book.bookings[booking.place] = found[1]
            return


def _nearest_days() -> list[int]:
    """Return by how many days a booking may lie behind its line, the likeliest first: 0, 1, -1, 2, -2."""
    most = int(thresholds()["twin_days"])
    return sorted(range(-most, most + 1), key=lambda d: (abs(d), -d))


def _words(line: BillLine) -> str:
    return f"{line.kind}\n{line.party}\n{line.item}\n{line.note}\n{line.method}"


def _card(line: BillLine) -> str:
    return tail_in(line.method) or tail_in(line.party) or tail_in(line.kind)


_OUT_OF_WALLET = ("提现", "转出")
_INTO_WALLET = ("充值", "转入")


def _booked_as(book: Book, i: int) -> Iterator[tuple[Flow, int]]:
    """Yield how a wallet's line may stand in a bank's statement: direction and amount. [fen]"""
    line = book.lines[i]
    if book.means[i] is Means.CLOSED and not book.back.get(i):
        return
    if i in book.refunds:
        yield Flow.IN, line.amount
    elif line.flow is not Flow.NEUTRAL:
        # what comes in goes to the wallet's balance unless the line names a card
        if _by_card(line.method) and (line.flow is Flow.OUT or tail_in(line.method)):
            yield line.flow, line.amount
    else:
        out = any(w in line.kind or w in line.item for w in _OUT_OF_WALLET)
        if not out:
            yield Flow.OUT, line.amount
        if not any(w in line.kind or w in line.item for w in _INTO_WALLET):
            yield Flow.IN, line.amount - (line.fee if out else 0)


def _by_card(method: str) -> bool:
    """Return whether a method can be a bank's card: it names one, or names nothing at all."""
    return method in ("", "/") or bool(tail_in(method)) or "银行" in method or "信用社" in method
