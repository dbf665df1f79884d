"""Sheets: what a file holds before anybody asks what it means: lines of cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from debtdesk.core.problems import Refused
from debtdesk.locale import Message

MOST_ROWS = 100_000
MOST_CELLS = 2_000_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value, whether it is shown as a percentage, and why it must not be used, if so."""

    value: object = None
    percent: bool = False
    refused: Refused | None = None

    @property
    def text(self) -> str:
        """The value as text, without spaces around it."""
        return as_text(self.value, percent=self.percent)

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it."""
        return self.refused is None and not self.text


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its line in the file (the first is 1), its cells, and the line on which it ends."""

    number: int
    cells: tuple[Cell, ...]
    last: int

    @property
    def empty(self) -> bool:
        """Whether there is nothing in any of its cells."""
        return all(c.empty for c in self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook, or a text file.

    `merged` are the merged cells as first line, last line, first and last place in the line.
    """

    title: str
    lines: tuple[Line, ...]
    hidden: bool = False
    encoding: str = ""
    merged: tuple[tuple[int, int, int, int], ...] = field(default=())


def as_text(value: object, *, percent: bool = False) -> str:
    """Return the value of a cell as a person would write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if percent and isinstance(value, (int, float)):
        return f"{_digits(float(value) * 100)}%"
    if isinstance(value, float):
        return _digits(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value).strip("\ufeff\u200b \t\r\n\u3000\xa0")


def _digits(value: float) -> str:
    if value != value or abs(value) >= 1e15:
        return repr(value)
    text = f"{Decimal(f'{value:.12g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def too_many_rows() -> Refused:
    """Return the refusal of a table that is too long to be one household's."""
    return Refused(
        Message("The table has more than {limit} rows.", limit=f"{MOST_ROWS:,}"),
        Message("Keep only the rows of this client in it."),
    )
