"""Tables in text files: commas, tabs or semicolons between the cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from debtdesk.core.problems import Refused
from debtdesk.files.given import SAVE_AS, Given, decoded
from debtdesk.files.sheets import MOST_CELLS, MOST_ROWS, Cell, Line, Sheet, too_many_rows
from debtdesk.files.words import Words
from debtdesk.locale import Message

SEPARATORS = (",", "\t", ";")
_LONGEST_LINE = 200_000  # characters
_SEARCHED = 200  # lines at the beginning in which the header is looked for


def text_sheet(given: Given, headers: Words[str]) -> Sheet:
    """Return the table of a text file; the separator is the one that shows most of the headers.

    Raises
    ------
    Refused
        If it is no text, is too long, or its quotation marks do not close.
    """
    text, encoding = decoded(given)
    _refuse_a_flood(text)
    start = "\n".join(text.split("\n", _SEARCHED)[:_SEARCHED])
    separator = max(SEPARATORS, key=lambda s: _headers_seen(start, s, headers))
    lines: list[Line] = []
    cells = 0
    for line in _lines(text, separator):
        if line.empty and not line.cells:
            lines.append(line)
            continue
        cells += len(line.cells)
        if len(lines) >= MOST_ROWS or cells > MOST_CELLS:
            raise too_many_rows()
        lines.append(line)
    while lines and lines[-1].empty:
        lines.pop()
    return Sheet(given.name, tuple(lines), encoding=encoding)


def _refuse_a_flood(text: str) -> None:
    """Raise for so many or so long lines that reading them as cells would take minutes."""
    if text.count("\n") > 10 * MOST_ROWS:
        raise too_many_rows()
    at = 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if end - at > _LONGEST_LINE:
            raise Refused(Message("The file is not a table."), SAVE_AS)
        at = end + 1


def _headers_seen(text: str, separator: str, headers: Words[str]) -> int:
    rows = csv.reader(io.StringIO(text), delimiter=separator, skipinitialspace=separator != "\t")
    most = 0
    try:
        for row in rows:
            most = max(most, len({found for cell in row[:200] if (found := headers.find(cell[:60]))}))
    except csv.Error:
        pass
    return most


def _lines(text: str, separator: str) -> Iterator[Line]:
    rows = csv.reader(io.StringIO(text), delimiter=separator, strict=True, skipinitialspace=separator != "\t")
    before = 0
    try:
        for row in rows:
            yield Line(before + 1, tuple(Cell(c) for c in row), rows.line_num)
            before = rows.line_num
    except csv.Error as error:
        if "field larger" in str(error):
            raise Refused(
                Message("A cell from line {line} on is too long to be one.", line=before + 1),
                Message("Check the quotation marks there: each that opens a cell must close it."),
            ) from None
        raise Refused(
            Message("The quotation marks from line {line} on do not fit together.", line=before + 1),
            Message("Check the quotation marks there: each that opens a cell must close it."),
        ) from None
