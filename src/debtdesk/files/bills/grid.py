"""Grids: the rows below the header of a bill, column by column, wherever they were kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from debtdesk.core.problems import Refused
from debtdesk.files.bills.spans import BLANK, Ints, Spans
from debtdesk.locale import Message

MOST_LINES = 500_000
MOST_CELLS = 20_000_000
SHORTER = Message("Export the bill for a shorter span, for instance half a year, and choose each of the files.")
SEPARATORS = ",;\x1f"
_CHUNK = 1 << 18  # bytes


@dataclass(frozen=True, slots=True)
class Top:
    """The header of a bill and what stands above it.

    `line` is its line in the file; `header` its cells as text, without the empty ones at its end; `width` how many it
    has with them; `above` the lines above as cells, each with its number.
    """

    line: int
    header: tuple[str, ...]
    width: int
    above: tuple[tuple[int, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grid:
    """All lines below the header.

    Parameters
    ----------
    top : Top
    lines : array of int64, shape (rows,)
        The line of each row in the file.
    columns : sequence of Spans
        One for each cell of the header.
    rest : Spans
        What stands beyond the last cell of the header.
    counts : array of int64, shape (rows,)
        How many cells each row has.
    refused : mapping
        Cells that must not be used, by row and column.
    broken : mapping
        Rows that could not be told into cells.
    cut_off : bool
        Whether the last line has no end, as in a file that is not complete.
    separator : str
        What stands between the cells of a row.
    """

    source: str
    top: Top
    lines: Ints
    columns: Sequence[Spans]
    rest: Spans
    counts: Ints
    encoding: str = ""
    sheet: str = ""
    refused: Mapping[tuple[int, int], Refused] = field(default_factory=dict)
    broken: Mapping[int, Refused] = field(default_factory=dict)
    cut_off: bool = False
    separator: str = chr(0x1F)

    @property
    def names(self) -> tuple[str, ...]:
        """A name of its own for each column: its header, numbered when it comes again, or its place."""
        names: list[str] = []
        for place, text in enumerate(self.top.header, start=1):
            name = text or f"#{place}"
            again = sum(n == name or n.startswith(f"{name} (") for n in names)
            names.append(f"{name} ({again + 1})" if again else name)
        return tuple(names)

    def cells(self, row: int) -> list[str]:
        """Return the cells of a row as text, with what stands beyond the header as one more."""
        return [*(column.text(row) for column in self.columns), self.rest.text(row).strip(BLANK + SEPARATORS)]

    def values(self, row: int) -> dict[str, str]:
        """Return the filled cells of a row by header."""
        names = [*self.names, f"#{len(self.top.header) + 1}"]
        return {name: cell for name, cell in zip(names, self.cells(row), strict=True) if cell}

    def filled(self, row: int) -> list[str]:
        """Return the filled cells of a row, decoded in one go."""
        first = self.columns[0]
        line = first.content[first.starts[row] : self.rest.ends[row]].decode(first.encoding, "replace")
        return [text for cell in line.split(self.separator) if (text := cell.strip(BLANK))]

    def all_values(self) -> Iterator[dict[str, str]]:
        """Yield the filled cells of each row by header."""
        names = [*self.names, f"#{len(self.top.header) + 1}"]
        texts = [column.texts() for column in self.columns]
        texts.append([text.strip(BLANK + SEPARATORS) for text in self.rest.texts()])
        for cells in zip(*texts, strict=True):
            yield {name: cell for name, cell in zip(names, cells, strict=True) if cell}

    def is_void(self) -> npt.NDArray[np.bool_]:
        """Return which rows have not a single byte between their separators."""
        width = self.rest.ends - self.rest.starts
        for column in self.columns:
            width = width + (column.ends - column.starts)
        return np.asarray(width == 0)


def split(
    content: bytes, start: int, *, separator: int, end: int, width: int, encoding: str
) -> tuple[tuple[Spans, ...], Spans, Ints, Ints]:
    """Return the columns of the rows from a byte on, what stands beyond them, the cells and bytes of each row.

    Bytes are told apart, not characters: in GB18030 and UTF-8 no second byte of a character is a comma, a tab, a
    semicolon, a quotation mark or the end of a line.

    Raises
    ------
    Refused
        If there are far more cells than a bill has.
    """
    places = _places(content, start, separator, end)
    if len(content) > start and content[-1] != end:
        places = np.append(places, len(content))
    at_end = np.flatnonzero(_is_end(content, places, end))
    if len(at_end) > MOST_LINES:
        raise too_many()
    first = np.concatenate([np.zeros(min(1, len(at_end)), dtype=np.int64), at_end[:-1] + 1])
    begins = np.where(first == 0, start, places.take(first - 1, mode="clip") + 1)
    finishes, counts = places[at_end], at_end - first + 1
    columns = tuple(_column(content, places, begins, finishes, first, counts, at, encoding) for at in range(width))
    beyond = places.take(np.minimum(first + width - 1, len(places) - 1)) + 1 if len(places) else begins
    rest = Spans(content, np.where(counts > width, beyond, finishes), finishes, encoding)
    return columns, rest, counts, finishes - begins


def _places(content: bytes, start: int, separator: int, end: int) -> Ints:
    """Return where separators and ends of rows stand."""
    letters = np.frombuffer(content, dtype=np.uint8)
    found, count = [], 0
    for chunk in range(start, len(letters), _CHUNK):
        part = letters[chunk : chunk + _CHUNK]
        found.append(np.flatnonzero((part == separator) | (part == end)) + chunk)
        count += len(found[-1])
        if count > MOST_CELLS:
            raise too_many()
    return np.concatenate(found) if found else np.zeros(0, dtype=np.int64)


def _is_end(content: bytes, places: Ints, end: int) -> npt.NDArray[np.bool_]:
    letters = np.frombuffer(content, dtype=np.uint8)
    found = letters.take(places, mode="clip") == end if len(letters) else np.zeros(len(places), dtype=bool)
    if len(places) and places[-1] == len(content):
        found[-1] = True
    return np.asarray(found)


def _column(
    content: bytes, places: Ints, begins: Ints, finishes: Ints, first: Ints, counts: Ints, at: int, encoding: str
) -> Spans:
    """Return one column; a row that has not so many cells has an empty one at its end."""
    there = counts > at
    starts = begins if at == 0 else places.take(first + (at - 1), mode="clip") + 1
    ends = places.take(first + at, mode="clip")
    if there.all():
        return Spans(content, starts, ends, encoding)
    return Spans(content, np.where(there, starts, finishes), np.where(there, ends, finishes), encoding)


def too_many() -> Refused:
    """Return the refusal of a file with more rows or cells than the bills of a household have."""
    return Refused(Message("The file has far more rows or cells than a bill of one client."), SHORTER)
