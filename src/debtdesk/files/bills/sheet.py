"""Bills in workbooks: the visible sheet that shows the header, its cells as text that loses nothing."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal

import numpy as np

from debtdesk.core.problems import Problem, Refused, Severity
from debtdesk.files.bills.grid import SHORTER, Grid, Top, split, too_many
from debtdesk.files.bills.numbers import number_text
from debtdesk.files.bills.text import SEARCHED, Pick, without_empty_end
from debtdesk.files.given import Given
from debtdesk.files.sheets import Cell, Line, Sheet
from debtdesk.files.tables import not_read
from debtdesk.files.workbook import LARGEST_UNPACKED, workbook_sheets
from debtdesk.locale import Message

MOST_ROWS = 30_000  # of a workbook: its reader takes up to ten seconds for them
MOST_CELLS = 400_000  # of a workbook

_KEPT = 15  # digits of a number
_CELL_END, _ROW_END = 0x1F, 0x1E
_CLEAN = str.maketrans({_CELL_END: " ", _ROW_END: " ", 0: " "})


def sheets_of(given: Given) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook in which something stands.

    Raises
    ------
    Refused
        If the workbook cannot be read, or is larger than a bill.
    """
    _refuse_a_flood(given)
    return tuple(s for s in workbook_sheets(given) if s.lines)


def workbook_grid(source: str, sheets: Sequence[Sheet], pick: Pick) -> tuple[Grid | None, tuple[Problem, ...]]:
    """Return the rows of a bill in the sheets of a workbook, and a problem for each sheet that was not read."""
    best: tuple[int, int, Sheet] | None = None
    for sheet in sheets:
        found = None if sheet.hidden else pick(list(first_rows(sheet)))
        if found and (best is None or found[1] > best[1]):
            best = (*found, sheet)
    chosen = best[2] if best else None
    problems = tuple(not_read(source, s, chosen) for s in sheets if s is not chosen)
    if best is None:
        return None, tuple(p for p in problems if p.severity is Severity.WARNING) if len(sheets) > 1 else ()
    return _grid(source, best[2], best[0]), problems


def _refuse_a_flood(given: Given) -> None:
    """Refuse more rows or cells than can be read while somebody waits; a damaged workbook is the reader's affair."""
    try:
        with zipfile.ZipFile(io.BytesIO(given.content)) as archive:
            sheets = [part for part in archive.infolist() if part.filename.startswith("xl/worksheets/sheet")]
            if sum(part.file_size for part in sheets) > LARGEST_UNPACKED:
                return
            counts = [(xml.count(b"<row"), xml.count(b"<c ") + xml.count(b"<c>")) for xml in map(archive.read, sheets)]
    except Exception:
        return
    if sum(cells for _, cells in counts) > MOST_CELLS:
        raise too_many()
    if sum(rows for rows, _ in counts) > MOST_ROWS:
        raise Refused(Message("The workbook has more than {limit} rows.", limit=f"{MOST_ROWS:,}"), SHORTER)


def first_rows(sheet: Sheet) -> Sequence[tuple[str, ...]]:
    """Return the first lines of a sheet as text."""
    return [tuple(text_of(cell) for cell in line.cells) for line in sheet.lines[:SEARCHED]]


def text_of(cell: Cell) -> str:
    """Return a cell as text: numbers with the digits that a spreadsheet keeps, times to the second."""
    value = cell.value
    if isinstance(value, int) and abs(value) >= 10**_KEPT:
        return f"{Decimal(value):.14E}"  # a spreadsheet has lost what stood behind
    if isinstance(value, float) and not cell.percent:
        return number_text(value)
    if isinstance(value, datetime):
        return (value + timedelta(microseconds=500_000)).replace(microsecond=0).isoformat(" ")
    return cell.text.translate(_CLEAN)


def _grid(source: str, sheet: Sheet, at: int) -> Grid:
    rows = first_rows(sheet)
    above = tuple((line.number, row) for line, row in zip(sheet.lines[:at], rows[:at], strict=True))
    top = Top(sheet.lines[at].number, without_empty_end(rows[at]), len(rows[at]), above)
    below = sheet.lines[at + 1 :]
    joined = bytearray()
    for line in below:
        joined += chr(_CELL_END).join(text_of(cell) for cell in line.cells).encode("utf-8", "replace")
        joined.append(_ROW_END)
    columns, rest, counts, _ = split(
        bytes(joined), 0, separator=_CELL_END, end=_ROW_END, width=len(top.header), encoding="utf-8"
    )
    return Grid(
        source=source,
        top=top,
        lines=np.array([line.number for line in below], dtype=np.int64),
        columns=columns,
        rest=rest,
        counts=np.full(len(counts), top.width),
        sheet=sheet.title,
        refused=_refused(below),
    )


def _refused(lines: Sequence[Line]) -> dict[tuple[int, int], Refused]:
    return {
        (row, place): cell.refused
        for row, line in enumerate(lines)
        for place, cell in enumerate(line.cells)
        if cell.refused is not None
    }
