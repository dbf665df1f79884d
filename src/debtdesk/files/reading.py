"""Reading: what came out of a file, what is wrong in it, and what became of each row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Generic, TypeVar

from debtdesk.core.problems import Problem, Severity

Record = TypeVar("Record")

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


class Fate(StrEnum):
    """What became of a row."""

    USED = "used"
    USED_WITH_WARNING = "used_with_warning"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    SKIPPED_EMPTY = "skipped_empty"
    SKIPPED_EXAMPLE = "skipped_example"
    BEFORE_HEADER = "before_header"
    NOTE = "note"  # a line in which the file speaks of itself, below the header


@dataclass(frozen=True, slots=True)
class RowFate:
    """What became of one row: its line in the file, its cells as they stand there by header, and its problems."""

    row: int
    fate: Fate
    values: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Generic[Record]):
    """What came out of a file.

    Parameters
    ----------
    source : str
        Name of the file, without its folder.
    records : tuple
        What could be used, in the order of the file.
    problems : tuple of Problem
        All that is wrong or doubtful, the file's own first, then row by row.
    rows : tuple of RowFate
        Each row of the sheet read, the header left out.
    sheet, encoding : str
        Which sheet of a workbook was read; in which encoding a text file was.
    extra_columns : tuple of str
        Headers that the program does not know; their cells stay in `rows`.
    """

    source: str
    records: tuple[Record, ...] = ()
    problems: tuple[Problem, ...] = ()
    rows: tuple[RowFate, ...] = ()
    sheet: str = ""
    encoding: str = ""
    extra_columns: tuple[str, ...] = field(default=())

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that kept a row or the file out."""
        return tuple(p for p in self.problems if p.severity is Severity.ERROR)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that ask for a look."""
        return tuple(p for p in self.problems if p.severity is Severity.WARNING)

    def count(self) -> Mapping[Fate, int]:
        """Return how many rows met each fate."""
        return Counter(r.fate for r in self.rows)


def today() -> date:
    """Return the day in China."""
    return datetime.now(CHINA).date()
