"""Writing tables: what a person typed stays text, and never becomes a formula."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def put(sheet: Any, row: int, column: int, value: object) -> Any:
    """Write a value into a cell of a workbook and return the cell; a text is a text, whatever it begins with."""
    cell = sheet.cell(row=row, column=column)
    if isinstance(value, str):
        cell.value = _UNWRITABLE.sub("\ufffd", value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(FORMULA_SIGNS)
    else:
        cell.value = value
    return cell


def write_table(path: str | Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """Write a table as .xlsx or as CSV (UTF-8 with its mark, as Excel needs it), by the ending of the name.

    In a CSV a text that a spreadsheet would take for a formula gets an apostrophe in front; amounts and days do not.

    Raises
    ------
    ValueError
        If the name ends neither in .xlsx nor in .csv.
    """
    path = Path(path)
    ending = path.suffix.lower()
    if ending == ".csv":
        _write_text(path, [header, *rows])
    elif ending == ".xlsx":
        _write_workbook(path, [header, *rows])
    else:
        raise ValueError(f"path {path.name!r} must end in .xlsx or .csv")
    return path


def _write_workbook(path: Path, lines: Sequence[Sequence[object]]) -> None:
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.properties.creator = "debtdesk"
    sheet = workbook.active
    for row, line in enumerate(lines, start=1):
        for column, value in enumerate(line, start=1):
            put(sheet, row, column, value)
    sheet.freeze_panes = "A2"
    workbook.save(path)


def _write_text(path: Path, lines: Sequence[Sequence[object]]) -> None:
    import csv

    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows([_as_text(value) for value in line] for line in lines)


def _as_text(value: object) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
    if value is None:
        return ""
    return (
        value.isoformat()
        if isinstance(value, date)
        else str(Decimal(str(value)) if isinstance(value, float) else value)
    )
