"""Checks of a bill that was understood: what was lost on its way here, what it says of itself and what its rows say."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

import numpy as np

from debtdesk.core.bills import Flow
from debtdesk.core.money import yuan
from debtdesk.core.problems import Problem, Severity
from debtdesk.files.bills.forms import Form
from debtdesk.files.bills.rows import FLOWS, Columns, Understood
from debtdesk.files.bills.said import Said
from debtdesk.files.bills.spans import Ints, Spans
from debtdesk.files.tables import Column
from debtdesk.locale import Message

TEXTS = ("kind", "party", "account", "item", "method", "status", "note", "funds")
_NUMBERS = ("order", "merchant_order")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_UNUSED = frozenset({"changed", "origin"})
_DAY_SECONDS = 86_400
_NAMES = {
    Flow.IN: Message("income 收入"),
    Flow.OUT: Message("spending 支出"),
    Flow.NEUTRAL: Message("neither 不计收支"),
}


def check_rows(columns: Columns, form: Form | None, found: Understood, said: Said) -> None:
    """Add to the findings what asks for a look in rows that are used."""
    used = found.used
    _lost_times(columns, form, found, used)
    _lost_numbers(columns, found, used)
    _lost_letters(columns, found, used)
    if form is not None:
        _unknown_statuses(columns, form, found, used)
        _twice(columns, found, used)
    _outside(found, used, said)


def _lost_times(columns: Columns, form: Form | None, found: Understood, used: Ints) -> None:
    header = columns.header("time" if form else "day")
    found.findings.warn(
        used[found.times.no_seconds[used]],
        header,
        Message("The seconds of the time are gone: the file was saved by a spreadsheet."),
        Message("Export the bill again and choose it as it comes, unopened, if payments are to be told apart by time."),
    )
    if form is not None:
        found.findings.warn(
            used[found.times.no_time[used]],
            header,
            Message("Only the day is left of the time: the file was saved by a spreadsheet."),
            Message(
                "Export the bill again and choose it as it comes, unopened, if payments are to be told apart by time."
            ),
        )


def _lost_numbers(columns: Columns, found: Understood, used: Ints) -> None:
    for key in _NUMBERS:
        if not columns.has(key):
            continue
        spans = columns.spans(key)
        lost = [row for row in _perhaps_scientific(spans, used) if _SCIENTIFIC.fullmatch(spans.text(row))]
        found.findings.warn(
            lost,
            columns.header(key),
            Message("The number of the payment has lost its last digits in a spreadsheet."),
            Message("Export the bill again and choose it as it comes: by such a number nothing can be matched."),
        )


def _perhaps_scientific(spans: Spans, used: Ints) -> list[int]:
    """Return the rows whose second sign is a point or an E, or whose first is a blank."""
    if not len(used):
        return []
    word = spans.words(1)[0]
    first, second = word & np.uint64(0xFF), (word >> np.uint64(8)) & np.uint64(0xFF)
    doubtful = np.isin(second, list(b".Ee")) | np.isin(first, list(b" \t"))
    return [int(row) for row in used[doubtful[used]]]


def _lost_letters(columns: Columns, found: Understood, used: Ints) -> None:
    for key in TEXTS:
        if not columns.has(key):
            continue
        coded = columns.coded(key)
        lost = [code for code, text in enumerate(coded.texts) if "\ufffd" in text]
        if lost:
            found.findings.warn(
                used[np.isin(coded.codes[used], lost)],
                columns.header(key),
                Message("Characters of this row were lost, or are written in another encoding than the rest."),
                Message("Export the bill again and choose it as it comes."),
            )


def _unknown_statuses(columns: Columns, form: Form, found: Understood, used: Ints) -> None:
    if not columns.has("status"):
        return
    coded = columns.coded("status")
    for code, text in enumerate(coded.texts):
        if form.knows_status(text):
            continue
        found.findings.warn(
            used[coded.codes[used] == code],
            columns.header("status"),
            Message("The state “{status}” is not known; the row is kept.", status=text[:40]),
            Message("Look whether the money moved; if it did not, leave the row out of the budget."),
        )


def _twice(columns: Columns, found: Understood, used: Ints) -> None:
    """Warn of rows that say the same as an earlier one in number, time, amount and direction."""
    if not columns.has("order") or len(used) < 2:
        return
    spans = columns.spans("order").taken(used)
    words = spans.words(5)
    mixed = found.seconds[used].astype(np.uint64)
    for word in (*words, found.amounts[used].astype(np.uint64), found.flows[used].astype(np.uint64)):
        mixed = (mixed ^ word) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    order = np.argsort(mixed, kind="stable")
    alike = np.flatnonzero(np.diff(mixed[order]) == 0)
    twice = []
    for at in alike.tolist():
        first, again = int(used[order[at]]), int(used[order[at + 1]])
        if columns.spans("order").text(again) and _says(columns, found, first) == _says(columns, found, again):
            twice.append(again)
    found.findings.warn(
        twice,
        columns.header("order"),
        Message("An earlier row has the same number, time, amount and direction."),
        Message("Look whether the bill has the payment twice; the rows are all kept."),
    )


def _says(columns: Columns, found: Understood, row: int) -> tuple[object, ...]:
    figures = (int(found.seconds[row]), int(found.amounts[row]), int(found.flows[row]))
    return (columns.spans("order").text(row), *figures)


def _outside(found: Understood, used: Ints, said: Said) -> None:
    seconds = found.seconds[used]
    outside = np.zeros(len(used), dtype=bool)
    if said.first is not None:
        outside |= seconds < _days(said.first) * _DAY_SECONDS
    if said.last is not None:
        outside |= seconds >= (_days(said.last) + 1) * _DAY_SECONDS
    if said.first is not None and said.last is not None:
        found.findings.warn(
            used[outside],
            None,
            Message(
                "The payment lies outside the span that the bill states, {first} to {last}.",
                first=said.first.isoformat(),
                last=said.last.isoformat(),
            ),
            Message("Check that the rows of several bills were not put into one file."),
        )


def _days(day: date) -> int:
    return day.toordinal() - date(1970, 1, 1).toordinal()


def compare_totals(source: str, found: Understood, said: Said) -> list[Problem]:
    """Return a warning for each count or sum that the bill states and its rows do not show."""
    used = found.used
    problems = []
    if said.count is not None and said.count != len(used):
        problems.append(
            _warning(
                source,
                Message("The bill states {stated} payments, its rows are {found}.", stated=said.count, found=len(used)),
                _WHY_DIFFERENT,
            )
        )
    for flow, total in said.totals.items() if said.by_row else ():
        mine = used[found.flows[used] == FLOWS.index(flow)]
        amount = int(found.amounts[mine].sum())
        if (len(mine), amount) != (total.count, total.amount):
            problems.append(
                _warning(
                    source,
                    Message(
                        "For {flow} the bill states {count} payments of {amount} yuan, its rows are {found} of {sum}.",
                        flow=_NAMES[flow],
                        count=total.count,
                        amount=str(yuan(total.amount)),
                        found=len(mine),
                        sum=str(yuan(amount)),
                    ),
                    _WHY_DIFFERENT,
                )
            )
    return problems


_WHY_DIFFERENT = Message(
    "Rows may have been removed, or refused here; closed payments may count or not. Compare with the bill in the app."
)


def _warning(source: str, text: Message, remedy: Message, field: str | None = None, row: int | None = None) -> Problem:
    return Problem(source, row, field, text, remedy, Severity.WARNING)


def check_header(columns: Columns, form: Form) -> list[Problem]:
    """Return what is wrong with the columns of a wallet's bill: missing, twice, or not known."""
    grid = columns.grid
    problems = [*_missing(columns, form.columns)]
    words = form.words
    keys = [words.find(text) if text else None for text in grid.top.header]
    for place, (key, name) in enumerate(zip(keys, grid.names, strict=True)):
        if key is not None and key in keys[:place]:
            needed = any(c.key == key and c.needed for c in form.columns)
            problems.append(
                Problem(
                    grid.source,
                    grid.top.line,
                    name,
                    Message("The header “{column}” stands there twice.", column=grid.top.header[place]),
                    Message("Keep one of the columns, or give the other another header."),
                    Severity.ERROR if needed else Severity.WARNING,
                )
            )
    return problems


def extra_columns(columns: Columns, form: Form) -> tuple[str, ...]:
    """Return the headers that the form does not know; their cells stay with the rows."""
    words = form.words
    return tuple(
        name for name, text in zip(columns.grid.names, columns.grid.top.header, strict=True) if words.find(text) is None
    )


def extra_warnings(columns: Columns, names: Iterable[str]) -> list[Problem]:
    """Return a warning for each column that is not known."""
    return [
        _warning(
            columns.grid.source,
            Message("The column “{column}” is not used; its cells are kept with their rows.", column=name),
            Message("Nothing needs to be done, unless it is a column of the bill under another name."),
            name,
            columns.grid.top.line,
        )
        for name in names
    ]


def _missing(columns: Columns, known: Iterable[Column]) -> list[Problem]:
    problems = []
    for column in known:
        if columns.has(column.key) or column.key in _UNUSED | {"paid", "refunded", "fee", "funds", "account", "note"}:
            continue
        if column.key == "method" and columns.has("funds"):
            continue  # web exports of Alipay have no paying method
        problems.append(
            Problem(
                columns.grid.source,
                columns.grid.top.line,
                column.chinese,
                Message("The column “{column}” is missing.", column=column.chinese),
                Message("Export the bill again; if the column has another name now, give it this one."),
                Severity.ERROR if column.needed else Severity.WARNING,
            )
        )
    return problems
