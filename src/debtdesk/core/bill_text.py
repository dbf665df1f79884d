"""Lines of bills as one short text each, so that thousands of them can be kept with a case."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from debtdesk.core.bills import BillLine, Flow, lines_by_column
from debtdesk.core.many import making_many

NAMES = (
    "row", "when", "flow", "amount", "kind", "party", "item", "method", "status", "order", "merchant_order", "account",
    "note", "refunded", "fee", "funds",
)  # fmt: skip
_EMPTY = ("",) * len(NAMES)
_NEEDED = 4
_FLOWS = {flow.value: flow for flow in Flow}
_WHOLE = re.compile(r"\d{1,18}", re.ASCII)


def text_of(line: BillLine) -> str:
    """Return a line as its values in the order of `NAMES`, set apart by bars; empty ones at the end are left out.

    A bar or backslash within a value has a backslash before it.
    """
    words = (
        line.kind, line.party, line.item, line.method, line.status, line.order, line.merchant_order, line.account,
        line.note,
    )  # fmt: skip
    cells = [str(line.row), line.when.isoformat(), line.flow.value, str(line.amount)]
    cells += map(_kept, words)
    cells += [str(line.refunded or ""), str(line.fee or ""), _kept(line.funds)]
    while not cells[-1]:
        cells.pop()
    return "|".join(cells)


def _kept(word: str) -> str:
    return word.replace("\\", "\\\\").replace("|", "\\|") if "|" in word or "\\" in word else word


def line_of(text: str) -> BillLine:
    """Return the line of a text.

    Raises
    ------
    ValueError
        Naming the value that is not what it should be.
    """
    return BillLine(**dict(zip(NAMES, _values(text), strict=True)))


def lines_of(texts: Sequence[str]) -> tuple[BillLine, ...]:
    """Return the lines of many texts, several times faster than one by one; ValueError where one of them is none."""
    with making_many():
        columns = list(zip(*map(_values, texts), strict=True)) or [()] * len(NAMES)
        return lines_by_column(len(texts), **dict(zip(NAMES, columns, strict=True)))


def _values(text: str) -> tuple[Any, ...]:
    """Return the values of a text in the order of `NAMES`."""
    cells = text.split("|") if "\\" not in text else _cells(text)
    if not _NEEDED <= len(cells) <= len(NAMES):
        raise ValueError(f"a line of a bill has {_NEEDED} to {len(NAMES)} values, not {len(cells)}")
    row, when, flow, amount, *words, refunded, fee, funds = (*cells, *_EMPTY[len(cells) :])
    if flow not in _FLOWS:
        raise ValueError(f"flow {flow!r} is not one of {', '.join(_FLOWS)}")
    return (
        _whole("row", row), _time(when), _FLOWS[flow], _whole("amount", amount), *words, _whole("refunded", refunded),
        _whole("fee", fee), funds,
    )  # fmt: skip


def _cells(text: str) -> Sequence[str]:
    cells, cell, escaped = [], "", False
    for letter in text:
        if escaped or letter not in "|\\":
            cell, escaped = cell + letter, False
        elif letter == "|":
            cells.append(cell)
            cell = ""
        else:
            escaped = True
    if escaped:
        raise ValueError("a line of a bill ends in a backslash")
    return [*cells, cell]


def _whole(name: str, text: str) -> int:
    if not text:
        return 0
    if not _WHOLE.fullmatch(text):
        raise ValueError(f"{name} {text[:40]!r} is not a whole number")
    return int(text)


def _time(text: str) -> datetime:
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(f"when {text[:40]!r} is not a time like '2026-11-24T12:30:00'") from None
    if when.tzinfo is not None or when.isoformat() != text:
        raise ValueError(f"when {text[:40]!r} is not a time like '2026-11-24T12:30:00'")
    return when
