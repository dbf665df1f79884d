"""What the words of a bill's line say by themselves: whether money moved, came back, and which card is named."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache, lru_cache

from debtdesk.core.bills import BillLine, Channel, Flow
from debtdesk.core.money import parse_amount
from debtdesk.core.problems import Refused
from debtdesk.data.bills import status_rows


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
    return Means.UNSAID


_STATED = re.compile(r"[¥￥]?\s*(\d[\d,]*(?:\.\d{1,2})?)", re.ASCII)


@lru_cache(maxsize=4096)
def stated_in(status: str) -> int:
    found = _STATED.search(status)
    try:
        return parse_amount(found[1]) if found else 0
    except Refused:
        return 0


def is_refund(channel: Channel, line: BillLine, means: Means) -> bool:
    """Return whether a line is money that came back for an order; `means` is what its status says."""
    if channel is Channel.BANK:
        return line.flow is Flow.IN and any("退款" in t or "退货" in t for t in (line.kind, line.item, line.note))
    if line.flow is Flow.OUT:
        return False
    return line.kind == "退款" or line.kind.endswith("-退款") or means is Means.REFUND


def order_lost(line: BillLine) -> bool:
    """Return whether a line has no order number, or one that a spreadsheet has spoilt (2.02301E+27)."""
    return line.order in ("", "/") or "E+" in line.order.upper()


_TAIL = re.compile(r"[(（]\D{0,6}(\d{4})[)）]|尾号\D{0,3}(\d{4})", re.ASCII)


@lru_cache(maxsize=65536)
def tail_in(text: str) -> str:
    """Return the four digits of a card that a text names in brackets or after 尾号; "" for none."""
    found = _TAIL.search(text)
    return (found[1] or found[2]) if found else ""
