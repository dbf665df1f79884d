"""Tables: a sheet whose header is found by its names, with every row and column accounted for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from debtdesk.core.problems import Problem, Refused, Severity
from debtdesk.files.delimited import text_sheet
from debtdesk.files.given import name_of, refuse_what_is_no_table, take
from debtdesk.files.reading import Fate, RowFate
from debtdesk.files.sheets import Cell, Line, Sheet
from debtdesk.files.words import Words
from debtdesk.files.workbook import workbook_sheets
from debtdesk.locale import Message

_SEARCHED = 200  # lines in which the header is looked for
TOTALS = Words({"total": ("合计", "总计", "小计", "共计", "total", "sum", "subtotal")})
_EXAMPLES = ("示例", "example")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that the program knows: its key, its Chinese name, other names, and whether the table needs it."""

    key: str
    chinese: str
    names: tuple[str, ...] = ()
    needed: bool = False

    @property
    def label(self) -> str:
        """The header as written in templates, in both languages."""
        return f"{self.key.replace('_', ' ')} {self.chinese}"


@dataclass(frozen=True, slots=True)
class Row:
    """A row to be understood: its line, its known cells by key, and all its cells as text by header."""

    number: int
    cells: Mapping[str, Cell]
    values: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table found in a file.

    `headers` are the known columns by key as the file writes them; `rows` are those to be understood, `skipped` the
    fate of all others; `problems` concern the file as a whole.
    """

    source: str
    sheet: str = ""
    encoding: str = ""
    headers: Mapping[str, str]
    extra_columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    skipped: tuple[RowFate, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether the file as a whole cannot be used."""
        return any(p.severity is Severity.ERROR for p in self.problems)


def words_of(columns: Sequence[Column]) -> Words[str]:
    """Return the words by which the columns are known."""
    return Words({c.key: (c.key, c.chinese, *c.names) for c in columns})


def open_sheets(path: str | Path, content: bytes | None, columns: Sequence[Column]) -> tuple[str, tuple[Sheet, ...]]:
    """Return the name of a file and its sheets, one for a text file.

    Raises
    ------
    Refused
        If it is not a table in a form that is read.
    """
    given = take(path, content)
    if given.is_zip:
        return given.name, workbook_sheets(given)
    refuse_what_is_no_table(given)
    return given.name, (text_sheet(given, words_of(columns)),)


def find_table(source: str, sheets: Sequence[Sheet], columns: Sequence[Column], *, apart: Words[str]) -> Table:
    """Return the table of the visible sheet that shows most of the columns.

    Sheets whose title is among the words of `apart` are left alone; every other sheet that is not read is reported.
    """
    words = words_of(columns)
    open_to_all = [s for s in sheets if not s.hidden and apart.find(s.title) is None]
    found = max(open_to_all, key=lambda s: _header_of(s, words)[1], default=None)
    others = [s for s in sheets if s is not found and s.lines and apart.find(s.title) is None]
    problems = tuple(not_read(source, s, found) for s in others)
    if found is None:
        return Table(source=source, headers={}, problems=(*problems, _no_header(source, columns)))
    table = table_in(source, found, columns)
    return _with_problems(table, problems) if len(sheets) > 1 else table


def not_read(source: str, sheet: Sheet, read: Sheet | None) -> Problem:
    """Return the warning that a sheet was left aside for another."""
    text = (
        Message("The hidden sheet “{sheet}” was not read.", sheet=sheet.title)
        if sheet.hidden
        else Message("The sheet “{sheet}” was not read.", sheet=sheet.title)
    )
    remedy = (
        Message("Only “{sheet}” was read. If rows stand elsewhere, move them there.", sheet=read.title)
        if read
        else Message("Move the rows to a visible sheet.")
    )
    return Problem(source, None, None, text, remedy, Severity.WARNING)


def _with_problems(table: Table, problems: tuple[Problem, ...]) -> Table:
    return replace(table, problems=(*problems, *table.problems))


def table_in(source: str, sheet: Sheet, columns: Sequence[Column]) -> Table:
    """Return the table of one sheet, its header found by the names of the columns."""
    words = words_of(columns)
    at, hits = _header_of(sheet, words)
    if hits < min(2, len(columns)):
        return Table(
            source=source,
            sheet=sheet.title,
            encoding=sheet.encoding,
            headers={},
            skipped=tuple(_fate(line, Fate.REFUSED, _places(line)) for line in sheet.lines if not line.empty),
            problems=(_no_header(source, columns),),
        )
    header = sheet.lines[at]
    keys = [words.find(c.text) for c in header.cells]
    names = _names(header, keys)
    problems = [*_header_problems(source, header, keys, sheet), *_missing(source, header.number, keys, columns)]
    rows, skipped = [], [_fate(line, Fate.BEFORE_HEADER, _places(line)) for line in sheet.lines[:at] if not line.empty]
    filled: set[str] = set()
    for line in sheet.lines[at + 1 :]:
        values = _values(line, names)
        if line.empty:
            skipped.append(RowFate(line.number, Fate.SKIPPED_EMPTY, {}))
        elif next(c.text for c in line.cells if not c.empty).casefold().startswith(_EXAMPLES):
            skipped.append(_fate(line, Fate.SKIPPED_EXAMPLE, values))
        elif total := _total(source, line, names):
            skipped.append(RowFate(line.number, Fate.REFUSED, values, (total,)))
        else:
            filled |= values.keys()
            cells = {k: line.cells[i] for i, k in enumerate(keys) if k and i < len(line.cells)}
            rows.append(Row(line.number, cells, values, tuple(_row_problems(source, line, names))))
    extra = tuple(n for n, k in zip(names, keys, strict=True) if k is None and (n in filled or header_text(n)))
    problems += [_extra(source, header.number, n) for n in extra]
    if not rows:
        problems.append(_no_rows(source, header.number))
    return Table(
        source=source,
        sheet=sheet.title,
        encoding=sheet.encoding,
        headers={k: n for k, n in zip(keys, names, strict=True) if k},
        extra_columns=extra,
        rows=tuple(rows),
        skipped=tuple(skipped),
        problems=tuple(problems),
    )


def header_text(name: str) -> bool:
    """Return whether a column has a header of its own, not only its place."""
    return not name.startswith("#")


def _header_of(sheet: Sheet, words: Words[str]) -> tuple[int, int]:
    """Return the place of the line that shows most columns, and how many it shows."""
    best, most = 0, 0
    for at, line in enumerate(sheet.lines[:_SEARCHED]):
        texts = (c.value for c in line.cells[:256] if isinstance(c.value, str) and len(c.value) <= 60)
        hits = len({key for text in texts if (key := words.find(text))})
        if hits > most:
            best, most = at, hits
    return best, most


def _names(header: Line, keys: Sequence[str | None]) -> list[str]:
    """Return a name of its own for each column: its header, numbered when it comes again, or its place."""
    names: list[str] = []
    for place, cell in enumerate(header.cells, start=1):
        name = cell.text or f"#{place}"
        again = sum(n == name or n.startswith(f"{name} (") for n in names)
        names.append(f"{name} ({again + 1})" if again else name)
    return names


def _places(line: Line) -> dict[str, str]:
    return {f"#{place}": c.text for place, c in enumerate(line.cells, start=1) if not c.empty}


def _values(line: Line, names: Sequence[str]) -> dict[str, str]:
    beyond = [f"#{place}" for place in range(len(names) + 1, len(line.cells) + 1)]
    return {n: c.text for n, c in zip([*names, *beyond], line.cells, strict=False) if not c.empty}


def _fate(line: Line, fate: Fate, values: Mapping[str, str]) -> RowFate:
    return RowFate(line.number, fate, values)


def _no_header(source: str, columns: Sequence[Column]) -> Problem:
    return Problem(
        source,
        None,
        None,
        Message("No header was found: a line with the names of the columns."),
        Message("Write a line with these columns: {columns}.", columns=_labels(c for c in columns if c.needed)),
    )


def _labels(columns: Iterable[Column]) -> str:
    return ", ".join(c.label for c in columns)


def _missing(source: str, line: int, keys: Sequence[str | None], columns: Sequence[Column]) -> list[Problem]:
    return [
        Problem(
            source,
            line,
            c.label,
            Message("The column “{column}” is missing.", column=c.label),
            Message("Add a column with this header and fill it for every row."),
        )
        for c in columns
        if c.needed and c.key not in keys
    ]


def missing_columns(table: Table, columns: Sequence[Column], read_as: Mapping[str, Message]) -> list[Problem]:
    """Return a warning for each column that is not there, with what was read instead."""
    if not table.rows or table.refused:
        return []
    labels = {c.key: c.label for c in columns}
    return [
        Problem(
            table.source,
            None,
            labels[key],
            Message("There is no column “{column}”. {consequence}", column=labels[key], consequence=consequence),
            Message("Add the column if that is not right."),
            Severity.WARNING,
        )
        for key, consequence in read_as.items()
        if key not in table.headers
    ]


def _header_problems(source: str, header: Line, keys: Sequence[str | None], sheet: Sheet) -> list[Problem]:
    problems, seen = [], set()
    for cell, key in zip(header.cells, keys, strict=True):
        what = key or cell.text
        if what and what in seen:
            problems.append(
                Problem(
                    source,
                    header.number,
                    cell.text,
                    Message("The header “{column}” stands there twice.", column=cell.text),
                    Message("Keep one of the columns, or give the other another header."),
                    Severity.ERROR if key else Severity.WARNING,
                )
            )
        seen.add(what)
    if any(top <= header.number <= bottom for top, bottom, *_ in sheet.merged):
        problems.append(
            Problem(
                source,
                header.number,
                None,
                Message("The header has merged cells."),
                Message("Unmerge them so that each column has one cell in the header."),
            )
        )
    return problems


def _extra(source: str, line: int, name: str) -> Problem:
    return Problem(
        source,
        line,
        name,
        Message("The column “{column}” is not used; its cells are kept with their rows.", column=name),
        Message("Nothing needs to be done, unless the header should be one of the template's."),
        Severity.WARNING,
    )


def _no_rows(source: str, line: int) -> Problem:
    return Problem(
        source,
        line,
        None,
        Message("There is no filled row below the header."),
        Message("Fill in one row for each entry and choose the file again."),
        Severity.WARNING,
    )


def _total(source: str, line: Line, names: Sequence[str]) -> Problem | None:
    first = next(c for c in line.cells if not c.empty)
    if TOTALS.find(first.text) is None:
        return None
    return Problem(
        source,
        line.number,
        None,
        Message("The row “{name}” looks like a sum and was left out.", name=first.text),
        Message("Nothing needs to be done if it is one; else give it another name."),
        Severity.WARNING,
    )


def _row_problems(source: str, line: Line, names: Sequence[str]) -> list[Problem]:
    problems = []
    if any(not c.empty for c in line.cells[len(names) :]):
        problems.append(
            Problem(
                source,
                line.number,
                None,
                Message("The row has more cells than the header; an amount may have been cut at its comma."),
                Message("Write amounts without thousands commas, or in quotation marks."),
            )
        )
    if line.last > line.number:
        problems.append(
            Problem(
                source,
                line.number,
                None,
                Message("One cell of this row goes on to line {last}.", last=line.last),
                Message("Check that no row was swallowed by a quotation mark."),
                Severity.WARNING,
            )
        )
    if any("\ufffd" in c.text for c in line.cells):
        problems.append(
            Problem(
                source,
                line.number,
                None,
                Message("Characters of this row were lost before the file came here."),
                Message("Write the row anew, or choose the file it was copied from."),
                Severity.WARNING,
            )
        )
    return problems


def refusal(path: str | Path, refused: Refused) -> Problem:
    """Return the refusal of a whole file as a problem."""
    return refused.problem(name_of(path))
