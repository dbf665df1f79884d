"""Bills without what names anybody: for a case file that is handed over."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from debtdesk.core.bill_accounts import account_of
from debtdesk.core.bill_marks import LineMark
from debtdesk.core.bill_rules import BillRule, knows
from debtdesk.core.bill_splits import BillSplit
from debtdesk.core.bills import Bill, BillLine, Channel

_DIGIT = re.compile(r"\d", re.ASCII)
_EMPTY = ("", "/")


class _Numbers:
    """Gives each name a number in the order of appearance, so that the same one is known again."""

    def __init__(self, letter: str) -> None:
        self._letter = letter
        self._given: dict[str, str] = {}

    def of(self, name: str) -> str:
        """Return the number of a name, with its letter; nothing for nothing."""
        return name if name in _EMPTY else self._given.setdefault(name, f"{self._letter}{len(self._given) + 1}")

    def of_parts(self, name: str) -> str:
        """Return the same for a number made of parts (a refund's begins with its order's), part by part."""
        return "_".join(self.of(part) for part in name.split("_"))


def masked_bills(bills: Sequence[Bill]) -> tuple[Bill, ...]:
    """Return bills in which counterparties are P1, P2, …, numbers O1, O2, …, own accounts K1, K2, …; goods are gone.

    So are remarks and the accounts of others.

    Days, amounts, directions, kinds and statuses stay, so that sums and refunds can still be followed; a bank's summary
    is free text and goes. What was bought is gone, so lines that were sorted by its words may be sorted otherwise.
    Digits in paying methods become stars.
    """
    parties, orders, accounts = _Numbers("P"), _Numbers("O"), _Numbers("K")
    return tuple(
        replace(
            bill,
            source=f"{bill.channel.value} {number}",
            digest=f"masked {number}",
            account=accounts.of(account_of(bill)),
            lines=tuple(_masked(bill.channel, x, parties, orders) for x in bill.lines),
        )
        for number, bill in enumerate(bills, start=1)
    )


def _masked(channel: Channel, line: BillLine, parties: _Numbers, orders: _Numbers) -> BillLine:
    return replace(
        line,
        kind=_masked_kind(channel, line.kind),
        party=parties.of(line.party),
        item="",
        method=_DIGIT.sub("*", line.method),
        note="",
        account="",
        order=orders.of_parts(line.order),
        merchant_order=orders.of_parts(line.merchant_order),
    )


def _masked_kind(channel: Channel, kind: str) -> str:
    if channel is not Channel.BANK and knows(channel, kind):
        return kind
    return "退款" if kind.endswith("退款") else ""


def masked_rules(rules: Sequence[BillRule], bills: Sequence[Bill]) -> tuple[BillRule, ...]:
    """Return the rules that name neither party nor goods, without their notes; the others could name somebody.

    A rule for one line names it by the masked bill and its row.
    """
    lines = _Lines(bills)
    return tuple(
        replace(r, note="", method=_DIGIT.sub("*", r.method), line=lines.of(r.line))
        for r in rules
        if not r.party and not r.item and lines.knows(r.line)
    )


def masked_splits(splits: Sequence[BillSplit], bills: Sequence[Bill]) -> tuple[BillSplit, ...]:
    """Return the splits of lines that are in the bills, named by the masked bill and the row, without their notes."""
    lines = _Lines(bills)
    return tuple(BillSplit(line=mark, parts=s.parts) for s in splits if (mark := lines.of(s.line)) is not None)


class _Lines:
    """Names lines by the masked bill they stand in."""

    def __init__(self, bills: Sequence[Bill]) -> None:
        self._named = {bill.digest: f"masked {number}" for number, bill in enumerate(bills, start=1)}

    def knows(self, mark: LineMark | None) -> bool:
        """Return whether a line can be named, or need not be."""
        return mark is None or mark.digest in self._named

    def of(self, mark: LineMark | None) -> LineMark | None:
        """Return the mark in the masked bills."""
        named = self._named.get(mark.digest) if mark else None
        return LineMark(digest=named, row=mark.row) if mark and named else None
