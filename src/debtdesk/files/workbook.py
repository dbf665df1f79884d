"""Workbooks (.xlsx): every sheet as lines of cells, with what must not be trusted marked."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any

from debtdesk.core.problems import Refused
from debtdesk.files.given import Given
from debtdesk.files.sheets import MOST_CELLS, MOST_ROWS, Cell, Line, Sheet, too_many_rows
from debtdesk.locale import Message

Span = tuple[int, int, int, int]  # first and last line, first and last place in a line

LARGEST_UNPACKED = 100 * 1024 * 1024  # bytes
MOST_PARTS = 2_000

_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_COVERED = Refused(
    Message("The cell is part of merged cells."), Message("Unmerge them and write the value into each row.")
)
_EMPTY_COVERED = Cell(refused=_COVERED)
_LAST_ROW = 1_048_576


def _damaged() -> Refused:
    return Refused(
        Message("The workbook is damaged or cut off."),
        Message("Open it in Excel or WPS, save it again and choose the new copy."),
    )


def workbook_sheets(given: Given) -> tuple[Sheet, ...]:
    """Return the sheets of a workbook in their order.

    A formula without a stored result, an error value and the covered part of merged cells are cells that carry a
    refusal: they are never taken for empty.

    Raises
    ------
    Refused
        If it is another kind of archive, locked, damaged, or unpacks to more than a table may hold.
    """
    with _archive(given) as archive:
        _refuse_other_archives(archive)
        merged, formulas = _parts(archive)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return tuple(_sheets(given.content, merged, formulas))
    except Refused:
        raise
    except Exception:  # a damaged workbook fails anywhere in the reader, with any error
        raise _damaged() from None


def _archive(given: Given) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(given.content))
    except Exception:  # zipfile raises several kinds for damaged archives
        raise _damaged() from None


def _refuse_other_archives(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {p.filename for p in parts}
    if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > LARGEST_UNPACKED:
        raise Refused(
            Message("The file unpacks to far more than a table of one client."),
            Message("Copy the rows of this client into the template and choose that file."),
        )
    if any(p.flag_bits & 1 for p in parts):
        raise Refused(
            Message("The archive is protected by a password."),
            Message("Unpack it with the password and choose the table inside."),
        )
    if "xl/workbook.bin" in names or "content.xml" in names:
        raise Refused(
            Message("The workbook has another format than .xlsx."),
            Message("Open it in Excel or WPS and save it as .xlsx or as CSV UTF-8, then choose that file."),
        )
    if "word/document.xml" in names or "ppt/presentation.xml" in names:
        raise Refused(
            Message("The file is a text document, not a table."),
            Message("Write the figures into the template and choose that file."),
        )
    if "[Content_Types].xml" not in names:
        raise Refused(Message("The file is an archive."), Message("Unpack it and choose the table inside."))


def _parts(archive: zipfile.ZipFile) -> tuple[Mapping[str, tuple[Span, ...]], bool]:
    """Return the merged cells by part of the archive, and whether any sheet has a formula."""
    merged, formulas = {}, False
    for name in archive.namelist():
        if not name.endswith((".xml", ".rels")):
            continue
        try:
            text = archive.read(name)
        except Exception:  # wrong checksums, cut off data, unknown packing
            raise _damaged() from None
        if b"<!DOCTYPE" in text[:4096] or b"<!ENTITY" in text[:4096]:
            raise _damaged()
        if name.startswith("xl/worksheets/"):
            merged[name] = tuple(_range(*found) for found in _MERGED.findall(text))
            formulas = formulas or _FORMULA.search(text) is not None
    return merged, formulas


def _range(left: bytes, top: bytes, right: bytes, bottom: bytes) -> Span:
    return int(top), int(bottom), _place(left), _place(right)


def _place(letters: bytes) -> int:
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place - 1


def _sheets(content: bytes, merged: Mapping[str, tuple[Span, ...]], formulas: bool) -> Iterator[Sheet]:
    from openpyxl import load_workbook

    results = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    written = load_workbook(io.BytesIO(content), read_only=True) if formulas else None
    left = MOST_CELLS
    for sheet in results.worksheets:
        computed = _formula_cells(written[sheet.title], left) if written is not None else frozenset()
        spans = merged.get(str(sheet._worksheet_path).lstrip("/"), ())
        lines = tuple(_lines(sheet, spans, computed, left))
        left -= sum(len(line.cells) for line in lines)
        yield Sheet(sheet.title, _without_empty_end(lines), hidden=sheet.sheet_state != "visible", merged=spans)


def _formula_cells(sheet: Any, most_cells: int) -> frozenset[tuple[int, int]]:
    return frozenset(
        (number, place)
        for number, row in _rows(sheet, most_cells)
        for place, cell in enumerate(row)
        if cell.data_type == "f"
    )


def _rows(sheet: Any, most_cells: int) -> Iterator[tuple[int, tuple[Any, ...]]]:
    """Yield the rows with their numbers; the size that the sheet claims to have is not believed."""
    sheet.reset_dimensions()
    seen = 0
    for number, row in enumerate(sheet.iter_rows(), start=1):
        seen += len(row)
        if seen > most_cells or number > _LAST_ROW:
            raise too_many_rows()
        yield number, row


def _lines(
    sheet: Any, merged: tuple[Span, ...], computed: frozenset[tuple[int, int]], most_cells: int
) -> Iterator[Line]:
    seen = 0
    for number, row in _rows(sheet, most_cells):
        if number > MOST_ROWS:
            if any(c.value is not None for c in row):
                raise too_many_rows()
            continue
        cells = tuple(_cell(c, (number, place) in computed) for place, c in enumerate(row))
        covering = [m for m in merged if m[0] <= number <= m[1]] if merged else []
        line = Line(number, _with_covered(cells, number, covering), number)
        seen += len(line.cells)
        if seen > most_cells:
            raise too_many_rows()
        yield line


def _cell(found: Any, computed: bool) -> Cell:
    if found.data_type == "e":
        return Cell(
            found.value,
            refused=Refused(
                Message("The cell shows the error {error}.", error=str(found.value)),
                Message("Mend the formula, or write the value itself."),
            ),
        )
    if computed and found.value is None:
        return Cell(
            refused=Refused(
                Message("The cell holds a formula whose result is not stored."),
                Message("Open the file in Excel or WPS and save it, or write the value itself."),
            )
        )
    number = isinstance(found.value, (int, float)) and not isinstance(found.value, bool)
    return Cell(found.value, percent=number and "%" in str(found.number_format))


def _with_covered(cells: tuple[Cell, ...], number: int, merged: list[Span]) -> tuple[Cell, ...]:
    if not merged:
        return cells
    widest = min(max(right for *_, right in merged) + 1, 256)
    wide = [*cells, *[Cell()] * (widest - len(cells))]
    for top, _, left, right in merged:
        end = min(right + 1, len(wide))
        kept = wide[left:end]
        wide[left:end] = [_EMPTY_COVERED if c.value is None else Cell(c.value, refused=_COVERED) for c in kept]
        if number == top and left < end:
            wide[left] = kept[0]
    return tuple(wide)


def _without_empty_end(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    end = len(lines)
    while end and lines[end - 1].empty:
        end -= 1
    return lines[:end]
