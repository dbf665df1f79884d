"""Lines of bills for tests, made with few words; everybody in them is invented."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from itertools import count
from typing import Any

from debtdesk.core.bill_fates import SortedLine
from debtdesk.core.bill_sorting import sort_bills
from debtdesk.core.bills import Bill, BillLine, Channel, Flow

_ORDERS = count(1)


def at(text: str) -> datetime:
    """Return the time that "05-03" (of 2026), "2026-05-03" or "2026-05-03 12:30" stands for."""
    text = f"2026-{text}" if len(text.split()[0]) == 5 else text
    return datetime.fromisoformat(text)


def line(when: str, yuan: str, flow: Flow = Flow.OUT, **words: Any) -> BillLine:
    """Return a line of an amount in yuan, with an order number of its own unless one is given."""
    whole, _, part = yuan.partition(".")
    number = next(_ORDERS)
    given: dict[str, Any] = {"row": number, "order": f"N{number:06}", **words}
    return BillLine(when=at(when), amount=int(whole) * 100 + int(part.ljust(2, "0") or 0), flow=flow, **given)


def alipay(when: str, yuan: str, kind: str, flow: Flow = Flow.OUT, **words: Any) -> BillLine:
    """Return a line of Alipay that succeeded."""
    return line(when, yuan, flow, kind=kind, **{"status": "交易成功", **words})


def wechat(when: str, yuan: str, kind: str, flow: Flow = Flow.OUT, **words: Any) -> BillLine:
    """Return a line of WeChat Pay that succeeded."""
    return line(when, yuan, flow, kind=kind, **{"status": "支付成功", **words})


def bank(when: str, yuan: str, kind: str, flow: Flow = Flow.OUT, **words: Any) -> BillLine:
    """Return a line of a bank, which has no order number."""
    return line(when, yuan, flow, kind=kind, **{"order": "", **words})


def bill(channel: Channel, *lines: BillLine, source: str = "", span: str = "") -> Bill:
    """Return a bill whose digest follows from its lines; `span` as "2026-01-01 2026-06-30"."""
    first, last = (date.fromisoformat(d) for d in span.split()) if span else (None, None)
    digest = hashlib.sha256(repr((channel, source, lines, span)).encode()).hexdigest()
    return Bill(channel=channel, source=source or f"{channel}.csv", digest=digest, lines=lines, first=first, last=last)


def fates(*bills: Bill) -> list[str]:
    """Return the fates of all lines, in order."""
    return [x.fate.value for x in sort_bills(bills).lines]


def one(channel: Channel, given: BillLine) -> SortedLine:
    """Return a single line with its fate."""
    return sort_bills([bill(channel, given)]).lines[0]
