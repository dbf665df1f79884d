"""Book of bills: all their lines in one list, with the pairs found among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from debtdesk.core.bill_statuses import Means, meaning
from debtdesk.core.bills import Bill, BillLine, Channel
from debtdesk.core.problems import Problem


@dataclass(slots=True)
class Book:
    """All lines of all bills in one list, with what the pairs need; `order` goes through them independently of input.

    `means` is what the status of each line says of its money; `twins` are duplicates and `bookings` bank lines, each
    with the line it repeats; `orders` refunds with their order; `back` what came back of a line [fen].
    """

    bills: Sequence[Bill]
    lines: list[BillLine] = field(default_factory=list)
    bill_of: list[int] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    means: list[Means] = field(default_factory=list)
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
            said = {status: meaning(bill.channel, status) for status in {line.status for line in bill.lines}}
            self.means.extend([said[line.status] for line in bill.lines])
        for number in sorted(range(len(self.bills)), key=lambda n: _place(self.bills[n])):
            self.order.extend(range(starts[number], starts[number] + len(self.bills[number].lines)))

    def counting(self) -> Iterator[int]:
        """Yield the lines that are no duplicates, in an order that the input does not change."""
        return (i for i in self.order if i not in self.twins) if self.twins else iter(self.order)

    def has(self, channel: Channel) -> bool:
        """Return whether there is a bill of a channel."""
        return any(bill.channel is channel for bill in self.bills)


def _place(bill: Bill) -> tuple[str, str, str, date, date]:
    return (bill.channel, bill.digest, bill.source, bill.first or date.min, bill.last or date.min)
