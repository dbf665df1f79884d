"""Duplicates: lines that stand in two bills, because a file was given twice or two exports share days."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from debtdesk.core.bill_accounts import account_of
from debtdesk.core.bill_book import Book
from debtdesk.core.bill_statuses import Means, meaning, order_lost
from debtdesk.core.bills import Bill, Channel, Flow
from debtdesk.core.problems import Problem, Severity
from debtdesk.locale import Message


def find_duplicates(book: Book) -> None:
    """Enter the lines that repeat another bill's into the book, and say where it cannot be known."""
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
            accounts = [account_of(bill) for bill in book.bills]
            _find_shared(book, channel, accounts)
            _look_for_lost_orders(book, channel, accounts)
    for i, kept in book.twins.items():
        # the line of a file given twice may itself repeat a third bill's
        book.twins[i] = book.twins.get(kept, kept)


def _given_twice(bill: Bill) -> Problem:
    return Problem(
        bill.source,
        None,
        None,
        Message("The same file was given twice; its lines count once."),
        Message("Take one of the two away."),
        Severity.WARNING,
    )


def _find_shared(book: Book, channel: Channel, accounts: Sequence[str]) -> None:
    """Pair the lines that two bills of an account share: same order, amount, day and direction, counted per bill."""
    shared: dict[tuple[object, ...], list[int]] = defaultdict(list)
    seen: dict[tuple[object, ...], int] = defaultdict(int)
    for i in book.counting():
        line = book.lines[i]
        if book.channels[i] is not channel or order_lost(line):
            continue
        key = (line.order, line.amount, line.day, line.flow is Flow.IN)
        seen[key, book.bill_of[i]] += 1
        shared[key, seen[key, book.bill_of[i]]].append(i)
    for found in shared.values():
        for alike in _of_one_account(book, found, accounts) if len(found) > 1 else ():
            kept = max(alike, key=lambda i: _newness(book, i))
            book.twins.update((i, kept) for i in alike if i != kept)


def _of_one_account(book: Book, lines: list[int], accounts: Sequence[str]) -> list[list[int]]:
    """Return lines by the account of their bill; where its bill does not say it, a line goes with the first that do."""
    found: dict[str, list[int]] = defaultdict(list)
    for i in lines:
        found[accounts[book.bill_of[i]]].append(i)
    unsaid = found.pop("", [])
    if not found:
        return [unsaid]
    found[min(found)] += unsaid
    return list(found.values())


_FINALITY = {Means.UNSAID: 0, Means.MOVED: 1, Means.REFUND: 1, Means.RELEASED: 1}


def _newness(book: Book, i: int) -> tuple[int, date, str]:
    bill, line = book.bills[book.bill_of[i]], book.lines[i]
    end = bill.last or max(x.day for x in bill.lines[:1] + bill.lines[-1:])
    return (_FINALITY.get(meaning(bill.channel, line.status), 2), end, bill.digest)


def _look_for_lost_orders(book: Book, channel: Channel, accounts: Sequence[str]) -> None:
    """Say where two bills of a channel show lines alike and an order number is missing: nothing is guessed there."""
    alike: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i in book.counting():
        line = book.lines[i]
        if book.channels[i] is channel:
            alike[line.day, line.amount, line.flow is Flow.IN, line.party].append(i)
    doubtful: dict[int, list[date]] = defaultdict(list)
    for lines in alike.values():
        here = {book.bill_of[i] for i in lines}
        if len(here) > 1 and _may_repeat(here, accounts):
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


def _may_repeat(bills: Iterable[int], accounts: Sequence[str]) -> bool:
    """Return whether two of some bills may be of one account."""
    said = [accounts[n] for n in bills]
    return "" in said or len(set(said)) < len(said)
