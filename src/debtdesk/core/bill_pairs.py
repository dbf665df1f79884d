"""Pairs among bill lines: what stands in two bills, refunds with their orders, a wallet's lines with bank bookings.

Everything is found by number, amount and day, never by likeness alone; where several lines would do, the choice does
not depend on the order in which the bills were given.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache

from debtdesk.core.bills import Bill, BillLine, Channel, Flow
from debtdesk.core.money import parse_amount
from debtdesk.core.problems import Problem, Refused, Severity
from debtdesk.data.bills import status_rows, thresholds
from debtdesk.locale import Message


class Means(StrEnum):
    """What a status says of the money of a line."""

    MOVED = "moved"
    CLOSED = "closed"
    REFUND = "refund"
    REFUNDED = "refunded"
    REFUNDED_IN_FULL = "refunded_in_full"
    RELEASED = "released"
    UNSAID = "unsaid"

    __hash__ = str.__hash__  # looked up for every line


@cache
def _statuses() -> tuple[tuple[str, str, bool, Means], ...]:
    return tuple((r["channel"], r["status"], r["match"] == "prefix", Means(r["means"])) for r in status_rows())


@lru_cache(maxsize=4096)
def meaning(channel: Channel, status: str) -> Means:
    """Return what a status means; UNSAID for one that the table does not know."""
    for of, word, prefix, means in _statuses():
        if of == channel and (status == word or (prefix and status.startswith(word))):
            return means
    return Means.MOVED if channel is Channel.BANK else Means.UNSAID


_STATED = re.compile(r"[¥￥]?\s*(\d[\d,]*(?:\.\d{1,2})?)", re.ASCII)


@lru_cache(maxsize=4096)
def _stated_in(status: str) -> int:
    found = _STATED.search(status)
    try:
        return parse_amount(found[1]) if found else 0
    except Refused:
        return 0


def is_refund(channel: Channel, line: BillLine) -> bool:
    """Return whether a line is money that came back for an order."""
    if channel is Channel.BANK:
        return line.flow is Flow.IN and any("退款" in t or "退货" in t for t in (line.kind, line.item, line.note))
    if line.flow is Flow.OUT:
        return False
    return line.kind == "退款" or line.kind.endswith("-退款") or meaning(channel, line.status) is Means.REFUND


_TAIL = re.compile(r"[(（]\D{0,6}(\d{4})[)）]|尾号\D{0,3}(\d{4})", re.ASCII)


@lru_cache(maxsize=65536)
def tail_in(text: str) -> str:
    """Return the four digits of a card that a text names in brackets or after 尾号; "" for none."""
    found = _TAIL.search(text)
    return (found[1] or found[2]) if found else ""


@dataclass(slots=True)
class Book:
    """All lines of all bills in one list, with what the pairs need; `order` goes through them independently of input.

    `twins` are duplicates and `bookings` bank lines, each with the line it repeats; `orders` refunds with their order;
    `back` what came back of a line [fen].
    """

    bills: Sequence[Bill]
    lines: list[BillLine] = field(default_factory=list)
    bill_of: list[int] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    order: list[int] = field(default_factory=list)
    twins: dict[int, int] = field(default_factory=dict)
    bookings: dict[int, int] = field(default_factory=dict)
    orders: dict[int, int] = field(default_factory=dict)
    back: dict[int, int] = field(default_factory=dict)
    refunds: set[int] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        starts = []
        for number, bill in enumerate(self.bills):
            starts.append(len(self.lines))
            self.lines.extend(bill.lines)
            self.bill_of.extend([number] * len(bill.lines))
            self.channels.extend([bill.channel] * len(bill.lines))
        for number in sorted(range(len(self.bills)), key=lambda n: _place(self.bills[n])):
            self.order.extend(range(starts[number], starts[number] + len(self.bills[number].lines)))

    def counting(self) -> Iterator[int]:
        """Yield the lines that are no duplicates, in an order that the input does not change."""
        return (i for i in self.order if i not in self.twins)


def _place(bill: Bill) -> tuple[str, str, str, date, date]:
    return (bill.channel, bill.digest, bill.source, bill.first or date.min, bill.last or date.min)


def pair(bills: Sequence[Bill]) -> Book:
    """Return the lines of all bills with their pairs: duplicates first, then refunds, then bookings of a bank."""
    book = Book(bills)
    _find_duplicates(book)
    _find_refunds(book)
    _find_bookings(book)
    return book


# what stands in two bills


def order_lost(line: BillLine) -> bool:
    """Return whether a line has no order number, or one that a spreadsheet has spoilt (2.02301E+27)."""
    return line.order in ("", "/") or "E+" in line.order.upper()


def _find_duplicates(book: Book) -> None:
    places: dict[tuple[Channel, str], list[int]] = defaultdict(list)
    for number, bill in enumerate(book.bills):
        places[bill.channel, bill.digest or f"without digest {number}"].append(number)
    starts = [0]
    for bill in book.bills:
        starts.append(starts[-1] + len(bill.lines))
    for first, *again in places.values():
        for number in again:
            book.twins.update(
                (starts[number] + n, starts[first] + n)
                for n in range(min(len(b.lines) for b in (book.bills[first], book.bills[number])))
            )
            book.problems.append(_given_twice(book.bills[number]))
    for channel in Channel:
        single = [v[0] for (c, _), v in places.items() if c is channel]
        if len(single) > 1:
            _find_shared(book, channel)
            _look_for_lost_orders(book, channel)


def _given_twice(bill: Bill) -> Problem:
    return Problem(
        bill.source,
        None,
        None,
        Message("The same file was given twice; its lines count once."),
        Message("Take one of the two away."),
        Severity.WARNING,
    )


def _find_shared(book: Book, channel: Channel) -> None:
    """Pair the lines that two bills of a channel share: same order, amount, day and direction, counted per bill."""
    shared: dict[tuple[object, ...], list[int]] = defaultdict(list)
    seen: dict[tuple[object, ...], int] = defaultdict(int)
    for i in book.counting():
        line = book.lines[i]
        if book.channels[i] is not channel or order_lost(line):
            continue
        key = (line.order, line.amount, line.day, line.flow is Flow.IN)
        seen[key, book.bill_of[i]] += 1
        shared[key, seen[key, book.bill_of[i]]].append(i)
    for alike in shared.values():
        if len(alike) > 1:
            kept = max(alike, key=lambda i: _newness(book, i))
            book.twins.update((i, kept) for i in alike if i != kept)


_FINALITY = {Means.UNSAID: 0, Means.MOVED: 1, Means.REFUND: 1, Means.RELEASED: 1}


def _newness(book: Book, i: int) -> tuple[int, date, str]:
    bill, line = book.bills[book.bill_of[i]], book.lines[i]
    end = bill.last or max(x.day for x in bill.lines[:1] + bill.lines[-1:])
    return (_FINALITY.get(meaning(bill.channel, line.status), 2), end, bill.digest)


def _look_for_lost_orders(book: Book, channel: Channel) -> None:
    """Say where two bills of a channel show lines alike and an order number is missing: nothing is guessed there."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i in book.counting():
        line = book.lines[i]
        if book.channels[i] is channel:
            alike[line.day, line.amount, line.flow is Flow.IN, line.party].append(i)
    doubtful: dict[int, list[date]] = defaultdict(list)
    for lines in alike.values():
        if len({book.bill_of[i] for i in lines}) > 1:
            for i in lines:
                if order_lost(book.lines[i]):
                    doubtful[book.bill_of[i]].append(book.lines[i].day)
    for number, days in sorted(doubtful.items()):
        text = Message(
            "{n} lines between {first} and {last} look like lines of another bill but have no order number; they may "
            "count twice.",
            n=len(days),
            first=min(days),
            last=max(days),
        )
        remedy = Message("Export the bills again so that their days do not overlap, or take one of them away.")
        book.problems.append(Problem(book.bills[number].source, None, "order", text, remedy, Severity.WARNING))


# refunds


def _find_refunds(book: Book) -> None:
    book.refunds.update(i for i in book.counting() if is_refund(book.channels[i], book.lines[i]))
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
        line, channel = book.lines[i], book.channels[i]
        if i in book.refunds or line.flow is Flow.IN or channel is Channel.BANK:
            continue
        if line.order in named and not order_lost(line):
            by_order[channel, line.order].append(i)
        if line.merchant_order in merchants:
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


def _take_stated(book: Book) -> None:
    """Let what a line itself says was refunded stand beside its refund lines: the larger of both, never their sum."""
    for i in book.order:
        line = book.lines[i]
        if i in book.refunds or i in book.twins or line.flow is Flow.IN:
            continue
        means = meaning(book.channels[i], line.status)
        stated = line.refunded
        if means is Means.REFUNDED_IN_FULL:
            stated = line.amount
        elif means is Means.REFUNDED:
            stated = max(stated, _stated_in(line.status))
        if stated > book.back.get(i, 0):
            book.back[i] = min(line.amount, stated)


# bookings of a bank

_WALLET_WORDS = {
    Channel.ALIPAY: ("支付宝", "alipay", "蚂蚁"),
    Channel.WECHAT: ("财付通", "微信", "tenpay", "wechat"),
}


@lru_cache(maxsize=65536)
def wallet_in(text: str) -> Channel | None:
    """Return the wallet that the words of a bank's line name; None for none."""
    text = text.casefold()
    return next((c for c, words in _WALLET_WORDS.items() if any(w in text for w in words)), None)


def own_tail(bill: Bill, line: BillLine) -> str:
    """Return the last four digits of the account a bank's line was booked on, as far as line or file name say it."""
    return tail_in(line.method) or tail_in(bill.source)


def _find_bookings(book: Book) -> None:
    bookings = [
        (i, wallet)
        for i in book.counting()
        if book.channels[i] is Channel.BANK and book.lines[i].flow is not Flow.NEUTRAL
        if (wallet := wallet_in(_words(book.lines[i])))
    ]
    bookings.sort(key=lambda b: book.lines[b[0]].when)
    queues = _queues(book, bookings)
    taken: set[tuple[int, Flow]] = set()
    for exact in (True, False):
        for days in _nearest_days():
            for i, wallet in bookings:
                _book(book, i, wallet, days, exact, queues, taken)
            bookings = [b for b in bookings if b[0] not in book.bookings]


def _queues(book: Book, bookings: list[tuple[int, Channel]]) -> dict[tuple[object, ...], deque[int]]:
    """Return the wallets' lines that some booking may repeat, by day, and by day and card, in order of time."""
    wanted = {(wallet, book.lines[i].flow, book.lines[i].amount) for i, wallet in bookings}
    amounts = {amount for _, _, amount in wanted}
    queues: dict[tuple[object, ...], deque[int]] = defaultdict(deque)
    near = (i for i in book.counting() if book.lines[i].amount in amounts or book.lines[i].fee) if wanted else ()
    for i in sorted(near, key=lambda i: (book.lines[i].when, book.lines[i].order)):
        line, channel = book.lines[i], book.channels[i]
        if channel is Channel.BANK:
            continue
        for flow, amount in _booked_as(book, i):
            if (channel, flow, amount) in wanted:
                queues[channel, flow, amount, line.day, _card(line)].append(i)
                queues[channel, flow, amount, line.day].append(i)
    return queues


def _book(
    book: Book,
    i: int,
    wallet: Channel,
    days: int,
    exact: bool,
    queues: dict[tuple[object, ...], deque[int]],
    taken: set[tuple[int, Flow]],
) -> None:
    """Tie a bank's line to a free line of the wallet on a day, on the same card or, later, where one names none."""
    line = book.lines[i]
    tail = own_tail(book.bills[book.bill_of[i]], line)
    key: tuple[object, ...] = (wallet, line.flow, line.amount, line.day - timedelta(days=days))
    if exact and not tail:
        return
    queue = queues.get((*key, tail) if exact else (*key, "") if tail else key)
    while queue:
        found = queue.popleft()
        if (found, line.flow) not in taken:
            taken.add((found, line.flow))
            book.bookings[i] = found
            return


def _nearest_days() -> list[int]:
    """Return by how many days a booking may lie behind its line, the likeliest first: 0, 1, -1, 2, -2."""
    most = int(thresholds()["twin_days"])
    return sorted(range(-most, most + 1), key=lambda d: (abs(d), -d))


def _words(line: BillLine) -> str:
    return f"{line.kind}\n{line.party}\n{line.item}\n{line.note}"


def _card(line: BillLine) -> str:
    return tail_in(line.method) or tail_in(line.party) or tail_in(line.kind)


_OUT_OF_WALLET = ("提现", "转出")
_INTO_WALLET = ("充值", "转入")


def _booked_as(book: Book, i: int) -> Iterator[tuple[Flow, int]]:
    """Yield how a wallet's line may stand in a bank's statement: direction and amount. [fen]"""
    line = book.lines[i]
    means = meaning(book.channels[i], line.status)
    if means is Means.CLOSED and not book.back.get(i):
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
