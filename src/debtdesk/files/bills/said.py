"""What a bill says of itself in the lines around its table: its span, and how many payments of how much it counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from debtdesk.core.bills import Flow
from debtdesk.core.money import parse_amount
from debtdesk.core.problems import Refused

_SPAN = re.compile(r"(起始|终止)(?:时间|日期)\s*:\s*\[?\s*(\d{4}-\d{1,2}-\d{1,2})")
_COUNT = re.compile(r"共\s*(\d{1,9})\s*笔")
_TOTAL = re.compile(
    r"(已收入|待收入|已支出|待支出|收入|支出|不计收支|其他|中性交易)\s*:\s*(\d{1,9})\s*笔[,\s]*¥?\s*([\d,.]{1,20})\s*元"
)
_FLOWS = {
    "已收入": Flow.IN,
    "待收入": Flow.IN,
    "收入": Flow.IN,
    "已支出": Flow.OUT,
    "待支出": Flow.OUT,
    "支出": Flow.OUT,
    "不计收支": Flow.NEUTRAL,
    "其他": Flow.NEUTRAL,
    "中性交易": Flow.NEUTRAL,
}
_NOTE = re.compile(
    r"-{3}|#-{3}|(?:导出信息|姓名|支付宝账户|账号|用户|微信昵称|起始(?:时间|日期)|终止(?:时间|日期)|导出(?:时间|类型|交易类型)"
    r"|收入|支出|不计收支|其他|中性交易|已收入|待收入|已支出|待支出|特别提示|注)\s*:|共\s*\d{1,9}\s*笔"
    r"|\d{1,2}\s*[.、]\s*[^\d\s.]|支付宝交易记录明细查询|微信支付账单明细"
)


@dataclass(frozen=True, slots=True)
class Total:
    """How many payments, and how much in all. [fen]"""

    count: int
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What the file itself states.

    Parameters
    ----------
    first, last : date or None
        The span it says it covers.
    count : int or None
        How many lines it says it has.
    totals : mapping of Flow to Total
        Money in, money out and neither, as far as it states them.
    by_row : bool
        Whether the totals are of the column of directions; web exports of Alipay count what was settled instead.
    """

    first: date | None = None
    last: date | None = None
    count: int | None = None
    totals: Mapping[Flow, Total] = field(default_factory=dict)
    by_row: bool = True


def is_note(cells: Iterable[str]) -> bool:
    """Return whether a line speaks of the file instead of a payment."""
    filled = [cell for cell in cells if cell]
    return 0 < len(filled) <= 3 and _NOTE.match(unicodedata.normalize("NFKC", filled[0])) is not None


def what_is_said(lines: Iterable[Iterable[str]]) -> Said:
    """Return what the lines around the table state; what cannot be read there is left out."""
    text = unicodedata.normalize("NFKC", "\n".join(",".join(cell for cell in line if cell) for line in lines))
    counts = _COUNT.findall(text)
    totals: dict[Flow, Total] = {}
    by_row = True
    for word, count, amount in _TOTAL.findall(text):
        try:
            fen = parse_amount(amount.rstrip(".,"))
        except Refused:
            continue
        before = totals.get(_FLOWS[word], Total(0, 0))
        by_row = by_row and word[0] not in "已待"
        totals[_FLOWS[word]] = Total(before.count + int(count), before.amount + fen)
    span = {word: _day(day) for word, day in _SPAN.findall(text)}
    return Said(
        first=span.get("起始"),
        last=span.get("终止"),
        count=int(counts[0]) if counts else None,
        totals=totals,
        by_row=by_row,
    )


def _day(text: str) -> date | None:
    try:
        return date(*map(int, text.split("-")))
    except ValueError:
        return None
