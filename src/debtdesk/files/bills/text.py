"""Bills in text files: encoding, separator and header are found; cells are told apart as bytes.

Without quotation marks the bytes of the file are cut at separators and line ends. With them every line goes through
the csv module, as Latin-1, which keeps each byte; its cells are joined anew with bytes that no text has, and cut alike.
"""

from __future__ import annotations

import codecs
import csv
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from debtdesk.core.problems import Refused
from debtdesk.files.bills.grid import Grid, Top, split
from debtdesk.files.bills.spans import BLANK
from debtdesk.files.delimited import SEPARATORS
from debtdesk.files.given import SAVE_AS, Given, decoded
from debtdesk.locale import Message

Rows = Sequence[tuple[str, ...]]
Pick = Callable[[Rows], tuple[int, int] | None]  # where the header stands among the first lines, and how sure that is

SEARCHED = 200  # lines at the beginning in which the header is looked for
LONGEST_ROW = 20_000  # bytes
MOST_IN_ONE = 30  # lines that one row with quotation marks may go over
_BEGINNING = 1 << 20  # bytes
_SURE = 8  # columns that nothing but a header shows
_CELL_END, _ROW_END = 0x1F, 0x1E  # separators of old, in no export
_SAMPLE = 1 << 16  # bytes
_TEXT_BYTES = bytes([9, 10, 11, 12, 13, *range(32, 127), *range(128, 256)])
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_UTF_8_MARK = b"\xef\xbb\xbf"


def text_grid(given: Given, pick: Pick) -> Grid | None:
    """Return the rows of a bill in a text file, or None where no header is found.

    Raises
    ------
    Refused
        If it is no text, or longer than a bill is.
    """
    content, encoding = _cleaned(given)
    found = _top(content, encoding, pick)
    if found is None:
        return None
    take_apart = _with_quotes if b'"' in content else _without_quotes
    grid = take_apart(given.name, content, *found)
    return replace(grid, encoding="utf-16") if given.content.startswith(_UTF_16) else grid


def _without_quotes(source: str, content: bytes, top: Top, start: int, separator: str, encoding: str) -> Grid:
    columns, rest, counts, widths = split(
        content, start, separator=ord(separator), end=ord("\n"), width=len(top.header), encoding=encoding
    )
    return Grid(
        source=source,
        top=top,
        lines=np.arange(top.line + 1, top.line + 1 + len(counts)),
        columns=columns,
        rest=rest,
        counts=counts,
        encoding=encoding,
        broken={row: too_long() for row in np.flatnonzero(widths > LONGEST_ROW).tolist()},
        cut_off=not content.endswith(b"\n"),
        separator=separator,
    )


def _cleaned(given: Given) -> tuple[bytes, str]:
    """Return the bytes with line feeds for line ends, and their encoding where it is certain.

    Raises
    ------
    Refused
        If it is a page or no text.
    """
    content, encoding = given.content, ""
    if content.startswith(_UTF_16):
        content, encoding = decoded(given)[0].encode("utf-8"), "utf-8"
    elif b"\x00" in content:
        raise Refused(Message("The file is not a table."), SAVE_AS)
    elif content.startswith(_UTF_8_MARK):
        content, encoding = content[len(_UTF_8_MARK) :], "utf-8"
    elif _is_utf_8(content):
        encoding = "utf-8"
    if content[:_SAMPLE].lstrip().startswith(b"<"):
        raise Refused(Message("The file is a web page, not a table."), SAVE_AS)
    if _is_no_text(content):
        raise Refused(Message("The file is not a table."), SAVE_AS)
    if bytes([_CELL_END]) in content or bytes([_ROW_END]) in content:
        content = content.translate(bytes.maketrans(bytes([_CELL_END, _ROW_END]), b"  "))
    return (content if b"\n" in content else content.replace(b"\r", b"\n")), encoding


def _is_no_text(content: bytes) -> bool:
    """Return whether the beginning, the middle or the end is full of bytes that no text has."""
    middle = len(content) // 2
    parts = (content[:_SAMPLE], content[middle : middle + _SAMPLE], content[-_SAMPLE:])
    return any(len(part.translate(None, delete=_TEXT_BYTES)) > max(8, len(part) // 100) for part in parts)


def _is_utf_8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(content), _BEGINNING):
            decoder.decode(content[at : at + _BEGINNING])
    except UnicodeDecodeError:
        return False
    return True  # a character cut off at the very end is one row's affair


def _encodings(certain: str) -> tuple[str, ...]:
    return (certain,) if certain else ("gb18030", "utf-8")


def _first_lines(content: bytes) -> list[bytes]:
    return [line[:LONGEST_ROW] for line in content[:_BEGINNING].split(b"\n", SEARCHED)[:SEARCHED]]


def _rows_of(lines: Sequence[bytes], encoding: str, separator: str) -> Iterator[tuple[str, ...]]:
    for line in lines:
        yield _decoded(_cells(line.replace(b"\r", b" "), separator), encoding)


def _decoded(cells: Sequence[bytes], encoding: str) -> tuple[str, ...]:
    return tuple(cell.decode(encoding, "replace").strip(BLANK) for cell in cells)


def _cells(line: bytes, separator: str) -> list[bytes]:
    if b'"' not in line:
        return line.split(separator.encode())
    for row in _reader(iter([line.decode("latin-1")]), separator):
        return [cell.encode("latin-1") for cell in row]
    return []


def _reader(lines: Iterator[str], separator: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=separator, skipinitialspace=separator != "\t")


def _top(content: bytes, certain: str, pick: Pick) -> tuple[Top, int, str, str] | None:
    """Return the header, the byte below it, the separator and the encoding."""
    lines = _first_lines(content)
    best: tuple[int, int, str, str] | None = None
    for encoding in _encodings(certain):
        for separator in SEPARATORS:
            found = pick(list(_rows_of(lines, encoding, separator)))
            if found and (best is None or found[1] > best[1]):
                best = (*found, separator, encoding)
            if best and best[1] >= _SURE:
                return _top_at(content, lines, *best)
    return _top_at(content, lines, *best) if best else None


def _top_at(
    content: bytes, lines: Sequence[bytes], at: int, _: int, separator: str, encoding: str
) -> tuple[Top, int, str, str]:
    rows = list(_rows_of(lines[: at + 1], encoding, separator))
    start = sum(len(line) + 1 for line in content[:_BEGINNING].split(b"\n", at + 1)[: at + 1])
    above = tuple((number, cells) for number, cells in enumerate(rows[:at], start=1))
    return Top(at + 1, without_empty_end(rows[at]), len(rows[at]), above), min(start, len(content)), separator, encoding


def without_empty_end(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return a header without the empty cells that a separator at its end makes."""
    end = len(cells)
    while end and not cells[end - 1]:
        end -= 1
    return cells[:end]


def too_long() -> Refused:
    """Return the refusal of a row that is longer than any of a bill."""
    return Refused(Message("The row is too long to be one of a bill."), Message("Check that no line end is missing."))


def _unclosed() -> Refused:
    return Refused(
        Message("The quotation marks of this row do not fit together."),
        Message("Check the quotation marks there: each that opens a cell must close it."),
    )


def _with_quotes(source: str, content: bytes, top: Top, start: int, separator: str, encoding: str) -> Grid:
    lines = content[start:].replace(b"\r", b" ").split(b"\n")
    cut_off = bool(lines[-1])
    if not cut_off:
        lines.pop()
    joined, numbers, broken = bytearray(), list[int](), dict[int, Refused]()
    cells_end, row_end = bytes([_CELL_END]), bytes([_ROW_END])
    for number, row, refused in _records(lines, separator):
        if refused is not None:
            broken[len(numbers)] = refused
        joined += cells_end.join(row) + row_end
        numbers.append(top.line + 1 + number)
    columns, rest, counts, _ = split(
        bytes(joined), 0, separator=_CELL_END, end=_ROW_END, width=len(top.header), encoding=encoding
    )
    return Grid(
        source=source,
        top=top,
        lines=np.array(numbers, dtype=np.int64),
        columns=columns,
        rest=rest,
        counts=counts,
        encoding=encoding,
        broken=broken,
        cut_off=cut_off,
    )


def _records(lines: Sequence[bytes], separator: str) -> Iterator[tuple[int, list[bytes], Refused | None]]:
    """Yield the place of each row among the lines, its cells, and why it must not be used.

    A quotation mark that does not close would swallow the rows below: then its line alone is refused.
    """
    at, feed = 0, _Feed(lines)
    rows = _reader(feed, separator)
    while at < len(lines):
        if b'"' not in lines[at] or len(lines[at]) > LONGEST_ROW:
            long = len(lines[at]) > LONGEST_ROW
            yield at, lines[at].split(separator.encode()), too_long() if long else None
            at += 1
            continue
        feed.go_to(at)
        try:
            row = [cell.encode("latin-1") for cell in next(rows)]
            whole = not feed.ran_out
        except (csv.Error, StopIteration):
            whole = False
        if whole:
            yield at, row, None
            at = feed.at
            continue
        yield at, lines[at].split(separator.encode()), _unclosed()
        at, feed = at + 1, _Feed(lines)
        rows = _reader(feed, separator)


class _Feed:
    """Gives the csv module the lines of one row and says whether it asked for more than a row may have."""

    def __init__(self, lines: Sequence[bytes]) -> None:
        self._lines = lines
        self._from = self.at = 0
        self.ran_out = False

    def go_to(self, at: int) -> None:
        """Begin a row at a line."""
        self._from = self.at = at

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        within = self.at - self._from
        if self.at >= len(self._lines) or within >= MOST_IN_ONE or (within and _begins_a_row(self._lines[self.at])):
            self.ran_out = True
            raise StopIteration
        self.at += 1
        line = self._lines[self.at - 1].decode("latin-1")
        return line + "\n"


def _begins_a_row(line: bytes) -> bool:
    """Return whether a line begins with a day, as the rows of most bills do."""
    start = line.lstrip(b' "\t')[:8]
    return start[:4].isdigit() and start[4:5] in (b"-", b"/")
