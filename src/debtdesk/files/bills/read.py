"""Reading bills: exports of Alipay and WeChat Pay as they come, statements of banks by a mapping."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import numpy as np

from debtdesk.core.bills import Channel
from debtdesk.core.problems import Problem, Refused, Severity
from debtdesk.files.bills.accounts import account_of_rows, said_account
from debtdesk.files.bills.checks import check_header, check_rows, compare_totals, extra_columns, extra_warnings
from debtdesk.files.bills.forms import Form, Recognised, recognise
from debtdesk.files.bills.grid import Grid
from debtdesk.files.bills.mapping import ColumnMapping, place_of, proposed, typical_header, with_mapping
from debtdesk.files.bills.numbers import parse_moment
from debtdesk.files.bills.packed import LARGEST_BILL, Locked, unpacked
from debtdesk.files.bills.reading import BillReading
from debtdesk.files.bills.rows import Columns, Kind, Understood, understand_wallet
from debtdesk.files.bills.said import what_is_said
from debtdesk.files.bills.sheet import sheets_of, workbook_grid
from debtdesk.files.bills.statement import understand_statement
from debtdesk.files.bills.text import Pick, Rows, text_grid
from debtdesk.files.given import Given, name_of, refuse_what_is_no_table, take
from debtdesk.files.reading import Fate, RowFate
from debtdesk.files.sheets import Sheet
from debtdesk.locale import Message

_SHOWN = 200  # rows of a statement that a proposal looks at


def read_bill(
    path: str | Path,
    *,
    content: bytes | None = None,
    password: str | None = None,
    mapping: ColumnMapping | None = None,
) -> BillReading:
    """Return what a bill holds; what is wrong in it comes as problems, not as errors.

    Parameters
    ----------
    path : str or Path
        The file, a text file, a workbook or an archive with one of them; only its name counts if `content` is given.
    content : bytes or None
        The bytes of the file, as an upload gives them.
    password : str or None
        Of the archive; `BillReading.lock` says when one is needed.
    mapping : ColumnMapping or None
        For a statement of a bank, which column is which; None for the bills of wallets.
    """
    name = name_of(path)
    try:
        given = _bill_given(path, content, password)
    except Locked as locked:
        return BillReading(source=name, lock=locked.lock, problems=(locked.problem(name),))
    except Refused as refused:
        return BillReading(source=name, problems=(refused.problem(name),))
    try:
        table = _Table(given)
        return _statement(table, mapping) if mapping is not None else _wallet(table)
    except Refused as refused:
        return BillReading(source=given.name, content=given.content, problems=(refused.problem(given.name),))


def suggest_mapping(
    path: str | Path, content: bytes | None = None, *, password: str | None = None
) -> ColumnMapping | None:
    """Return which column of a bank's statement may be which, or None; a person has to confirm it."""
    grid = _statement_grid(path, content, password)
    return None if grid is None else proposed(grid.top.header, _examples(grid, _SHOWN))


def headers_of(
    path: str | Path, content: bytes | None = None, *, password: str | None = None, examples: int = 3
) -> dict[str, tuple[str, ...]]:
    """Return the headers of a statement, each with its first cells; nothing where no header is found."""
    grid = _statement_grid(path, content, password)
    return {} if grid is None else _examples(grid, examples)


def _bill_given(path: str | Path, content: bytes | None, password: str | None) -> Given:
    packed = take(path, content, largest=LARGEST_BILL)
    given = unpacked(packed, password)
    if given is not packed:
        take(given.name, given.content, largest=LARGEST_BILL)  # refuses what is empty
    if not given.is_zip:
        refuse_what_is_no_table(given)
    return given


@dataclass(frozen=True)
class _Table:
    """A file whose header is looked for, in more than one way if need be; a workbook is opened once."""

    given: Given

    @cached_property
    def _sheets(self) -> tuple[Sheet, ...]:
        return sheets_of(self.given)

    def grid(self, pick: Pick) -> tuple[Grid | None, tuple[Problem, ...]]:
        """Return the rows below the header that is picked, and what was not read."""
        if self.given.is_zip:
            return workbook_grid(self.given.name, self._sheets, pick)
        return text_grid(self.given, pick), ()


def _statement_grid(path: str | Path, content: bytes | None, password: str | None) -> Grid | None:
    try:
        return _Table(_bill_given(path, content, password)).grid(typical_header)[0]
    except Refused:
        return None


def _examples(grid: Grid, count: int) -> dict[str, tuple[str, ...]]:
    """Return the first filled cells of each column by header."""
    rows = range(min(len(grid.lines), _SHOWN))
    return {
        header: tuple(text for row in rows if (text := column.text(row)))[:count]
        for header, column in zip(grid.top.header, grid.columns, strict=True)
        if header
    }


def _wallet(table: _Table) -> BillReading:
    given = table.given
    found: list[Recognised] = []

    def pick(rows: Rows) -> tuple[int, int] | None:
        recognised = recognise(rows)
        if recognised is None:
            return None
        found.append(recognised)
        return recognised.at, recognised.columns

    grid, problems = table.grid(pick)
    if grid is None:
        return _not_recognised(table, problems)
    form = max(found, key=lambda r: r.columns).form
    columns = _wallet_columns(grid, form)
    problems = (*problems, *check_header(columns, form))
    extra = extra_columns(columns, form)
    problems = (*problems, *extra_warnings(columns, extra))
    reading = BillReading(
        source=given.name, channel=form.channel, encoding=grid.encoding, sheet=grid.sheet, content=given.content,
        extra_columns=extra, columns=columns,
    )  # fmt: skip
    if any(p.severity is Severity.ERROR for p in problems):
        return _all_refused(reading, grid, problems)
    return _finished(reading, columns, form, understand_wallet(columns, form), problems)


def _wallet_columns(grid: Grid, form: Form) -> Columns:
    words = form.words
    places: dict[str, int] = {}
    for place, text in enumerate(grid.top.header):
        if text and (key := words.find(text)):
            places.setdefault(key, place)
    return Columns(grid=grid, places=places)


def _statement(table: _Table, mapping: ColumnMapping) -> BillReading:
    given = table.given
    grid, problems = table.grid(lambda rows: with_mapping(rows, mapping))
    reading = BillReading(source=given.name, channel=Channel.BANK, content=given.content)
    if grid is None:
        problem = Problem(
            given.name,
            None,
            None,
            Message("The file has no line with the headers that were chosen: {headers}.", headers=_list(mapping)),
            Message("Choose the columns anew for this file."),
        )
        return replace(reading, channel=None, asks_for_mapping=True, problems=(*problems, problem))
    reading = replace(reading, encoding=grid.encoding, sheet=grid.sheet)
    wrong = [*problems, *_mapping_problems(grid, mapping)]
    if any(p.severity is Severity.ERROR for p in wrong):
        return replace(_all_refused(reading, grid, wrong), asks_for_mapping=True, proposal=mapping)
    places = {key: place_of(grid.top.header, header)[0] for key, header in mapping.headers.items()}
    columns = Columns(grid=grid, places=_as_lines(places))
    return _finished(reading, columns, None, understand_statement(columns, mapping), wrong)


def _as_lines(places: dict[str, int]) -> dict[str, int]:
    """Return the places by the names that lines of a bill have for them."""
    return {"kind" if key == "summary" else key: place for key, place in places.items()}


def _list(mapping: ColumnMapping) -> str:
    return ", ".join(mapping.headers.values())[:200]


def _mapping_problems(grid: Grid, mapping: ColumnMapping) -> list[Problem]:
    problems = []
    if mapping.missing:
        problems.append(
            Problem(
                grid.source,
                None,
                None,
                Message("It is not said yet which column is the day, which the amount, or which way money went."),
                Message(
                    "Choose day and amount, and either a column of directions, two amounts, or what a minus means."
                ),
            )
        )
    for header in mapping.headers.values():
        places = place_of(grid.top.header, header)
        if len(places) == 1:
            continue
        text = (
            Message("The header “{column}” stands there twice.", column=header)
            if places
            else Message("The column “{column}” is missing.", column=header)
        )
        remedy = Message("Choose the columns anew for this file.")
        problems.append(Problem(grid.source, grid.top.line, header, text, remedy))
    return problems


def _not_recognised(table: _Table, problems: Sequence[Problem]) -> BillReading:
    """Return the reading of a file that no wallet wrote: a statement whose columns a person has to name, or nothing."""
    given = table.given
    grid, _ = table.grid(typical_header)
    headers = {} if grid is None else _examples(grid, _SHOWN)
    if grid is not None:
        text = Message("This is no bill of Alipay or WeChat Pay whose columns are known.")
        remedy = Message(
            "If it is a statement of a bank or card, say which column is which; else export the bill again."
        )
    else:
        text = Message("No header was found: a line with the names of the columns.")
        remedy = Message("Export the bill again from the app and choose it as it comes, unopened.")
    return BillReading(
        source=given.name,
        content=given.content,
        problems=(*problems, Problem(given.name, None, None, text, remedy)),
        asks_for_mapping=grid is not None,
        headers=headers,
        proposal=None if grid is None else proposed(grid.top.header, headers),
    )


def _all_refused(reading: BillReading, grid: Grid, problems: Sequence[Problem]) -> BillReading:
    """Return the reading of a bill whose columns do not do: every row below the header is refused."""
    return replace(reading, problems=tuple(problems), above=_above(grid), columns=Columns(grid=grid, places={}))


def _finished(
    reading: BillReading, columns: Columns, form: Form | None, found: Understood, problems: Sequence[Problem]
) -> BillReading:
    grid = columns.grid
    notes = [grid.cells(row) for row in np.flatnonzero(found.kinds == Kind.NOTE).tolist()]
    around = [*(cells for _, cells in grid.top.above), *notes]
    said = what_is_said(around)
    check_rows(columns, form, found, said)
    above = _above(grid)
    lost = [p for row in above for p in row.problems]
    compared = compare_totals(grid.source, found, said)
    account = said_account(around)
    several: tuple[Problem, ...] = ()
    if not account and form is None:
        account, several = account_of_rows(columns, found.used)
    none = [] if (found.kinds == Kind.PAYMENT).any() else [_no_rows(grid)]
    return replace(
        reading,
        said=said,
        columns=columns,
        found=found,
        above=above,
        account=account,
        problems=(*problems, *none, *several, *compared, *lost, *found.findings.problems(grid.source, grid.lines)),
    )


def _no_rows(grid: Grid) -> Problem:
    return Problem(
        grid.source,
        grid.top.line,
        None,
        Message("There is no payment below the header."),
        Message("Export the bill again for a span in which there are payments."),
        Severity.WARNING,
    )


def _above(grid: Grid) -> tuple[RowFate, ...]:
    """Return the fate of the lines above the header; one that looks like a payment is refused, not passed over."""
    fates = []
    for line, cells in grid.top.above:
        values = {f"#{place}": text for place, text in enumerate(cells, start=1) if text}
        if len(values) > len(grid.top.header) // 2 and any(map(_is_time, values.values())):
            problem = Problem(
                grid.source,
                line,
                None,
                Message("The row stands above the header and was not read."),
                Message("Move it below the header."),
            )
            fates.append(RowFate(line, Fate.REFUSED, values, (problem,)))
        else:
            fates.append(RowFate(line, Fate.BEFORE_HEADER if values else Fate.SKIPPED_EMPTY, values))
    return tuple(fates)


def _is_time(text: str) -> bool:
    try:
        parse_moment(text)
    except Refused:
        return False
    return True
