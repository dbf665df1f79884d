"""Spans: the cells of a column as places in the bytes of a file, told apart without decoding them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Words = npt.NDArray[np.uint64]

BLANK = "\ufeff\u200b \t\r\n\u3000\xa0"  # what exports put around their cells
_FEW = 2_000  # rows up to which a dictionary is quicker than arrays
_MOST_WORDS = 16  # of eight bytes; longer cells are told apart one by one
_SLOTS = 18  # bits
_TOGETHER = 8_192  # rows
_NO_CELL_HAS = b"\x1e"
_ONE = np.uint64(1)
_MIX = np.uint64(0x9E3779B97F4A7C15)
_MASKS = np.array([(1 << 8 * n) - 1 for n in range(9)], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Coded:
    """A column as codes, and the text that each code stands for; no text stands there twice."""

    codes: Codes
    texts: tuple[str, ...]

    def taken(self, rows: npt.NDArray[Any]) -> Coded:
        """Return the codes of some rows, and of the texts only those that stand there."""
        if len(rows) == len(self.codes):
            return self
        codes = self.codes[rows]
        there = np.bincount(codes, minlength=len(self.texts)) > 0
        place = (np.cumsum(there) - 1).astype(np.int32)
        return Coded(
            place.take(codes), tuple(text for text, is_there in zip(self.texts, there, strict=True) if is_there)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """The cells of one column: first byte and the byte after the last of each.

    Parameters
    ----------
    content : bytes
    starts, ends : array of int64, shape (rows,)
    encoding : str
        In which the cells are decoded; what is no text in it becomes U+FFFD.
    """

    content: bytes
    starts: Ints
    ends: Ints
    encoding: str

    def __len__(self) -> int:
        return len(self.starts)

    def raw(self, row: int) -> bytes:
        """Return the bytes of one cell."""
        return self.content[self.starts[row] : self.ends[row]]

    def text(self, row: int) -> str:
        """Return one cell as text, without what surrounds it."""
        return self.decode(self.raw(row))

    def decode(self, raw: bytes) -> str:
        """Return bytes as text, without what surrounds it."""
        return raw.decode(self.encoding, "replace").strip(BLANK)

    def taken(self, rows: npt.NDArray[Any]) -> Spans:
        """Return the cells of some rows."""
        return Spans(self.content, self.starts[rows], self.ends[rows], self.encoding)

    def texts(self) -> list[str]:
        """Return every cell as text."""
        coded = self.coded()
        return [coded.texts[code] for code in coded.codes.tolist()]

    def coded(self, *, few: int = _FEW) -> Coded:
        """Return the column as codes; only cells that differ are decoded."""
        found = codes_of_many(self) if len(self) > few else None
        if found is None and (texts := self._plain_texts()) is not None:
            return _coded(texts)
        codes, raws = found if found is not None else _codes_one_by_one(self)
        place: dict[str, int] = {}
        same = [place.setdefault(self.decode(raw), len(place)) for raw in raws]
        if len(place) < len(same):
            codes = np.array(same, dtype=np.int32)[codes]
        return Coded(codes, tuple(place))

    def _plain_texts(self) -> list[str] | None:
        """Return every cell as text, decoded together, where no cell needs an encoding: numbers of payments."""
        content, end = self.content, _NO_CELL_HAS
        pairs = zip(self.starts.tolist(), self.ends.tolist(), strict=True)
        joined = end.join([content[start:stop] for start, stop in pairs])
        if not joined.isascii():
            return None
        texts = [text.strip(BLANK) for text in joined.decode("ascii").split(end.decode("ascii"))]
        return texts if len(texts) == len(self) else None

    def words(self, count: int) -> list[Words]:
        """Return the first `count` times eight bytes of each cell as numbers, zero beyond its end."""
        whole = np.frombuffer(self.content, dtype="<u8", count=len(self.content) // 8)
        found = _words(whole, self.starts, self.ends - self.starts, count)
        self._mend_the_last(found, 8 * len(whole))
        return found

    def _mend_the_last(self, words: list[Words], known: int) -> None:
        """Set the words of the cells that reach into the last bytes of the file, which fill no word."""
        for row in np.flatnonzero(self.ends > known).tolist():
            raw = self.raw(row)[: 8 * len(words)].ljust(8 * len(words), b"\0")
            for at, word in enumerate(np.frombuffer(raw, dtype="<u8").tolist()):
                words[at][row] = word


def _words(whole: Words, starts: Ints, lengths: Ints, count: int) -> list[Words]:
    """Return the words of cells; some thousand rows at a time, so that the bytes of a row stay near."""
    found = np.zeros((count, len(starts)), dtype=np.uint64)
    for at in range(0, len(starts) if len(whole) else 0, _TOGETHER):
        to = at + _TOGETHER
        _fill(found[:, at:to], whole, starts[at:to], lengths[at:to])
    return list(found)


def _fill(found: Words, whole: Words, starts: Ints, lengths: Ints) -> None:
    """Write the words of cells, shape (words, cells): at each place two words of the file, shifted together."""
    rows: Ints | None = None  # the cells that are long enough, None for all
    base, shift = starts >> 3, ((starts & 7) << 3).view(np.uint64)
    back = np.uint64(63) - shift
    here = whole.take(base, mode="clip")
    for at, words in enumerate(found):
        left = lengths - 8 * at
        if left.min() <= 0:
            long = np.flatnonzero(left > 0)
            if len(long) == 0:
                return
            rows = long if rows is None else rows[long]
            base, shift, back, here, left = base[long], shift[long], back[long], here[long], left[long]
            lengths = lengths[long]
        above = whole.take(base + (at + 1), mode="clip")
        word = (here >> shift) | ((above << back) << _ONE)
        if left.min() < 8:
            word &= _MASKS.take(left, mode="clip")
        words[slice(None) if rows is None else rows] = word
        here = above


def codes_of_many(spans: Spans) -> tuple[Codes, list[bytes]] | None:
    """Return a code for each cell and the bytes of each code, or None where the cells hardly ever repeat."""
    lengths = spans.ends - spans.starts
    count = -(-int(lengths.max()) // 8)
    if count > _MOST_WORDS:
        return None
    words = [*spans.words(count), lengths.astype(np.uint64)]
    mixed = np.zeros(len(spans), dtype=np.uint64)
    for word in words:
        mixed = (mixed ^ word) * _MIX
        mixed ^= mixed >> np.uint64(29)
    codes = np.empty(len(spans), dtype=np.int32)
    firsts: list[int] = []
    left: Ints | None = None
    for _ in range(8):
        left = _settle(mixed * _MIX, words, left, codes, firsts)
        if len(left) == 0:
            return codes, [spans.raw(row) for row in firsts]
        if len(firsts) > len(spans) // 4:
            return None
        mixed = (mixed ^ (mixed >> np.uint64(31))) * _MIX
    return None


def _settle(mixed: Words, words: list[Words], left: Ints | None, codes: Codes, firsts: list[int]) -> Ints:
    """Give codes to the cells that fall into a slot with none but their like; return the rows of the others."""
    rows = np.arange(len(codes)) if left is None else left
    slots = ((mixed if left is None else mixed[left]) >> np.uint64(64 - _SLOTS)).astype(np.int64)
    table = np.full(1 << _SLOTS, -1, dtype=np.int64)
    table[slots] = rows
    taken = np.flatnonzero(table >= 0)
    place = np.empty(1 << _SLOTS, dtype=np.int32)
    place[taken] = np.arange(len(firsts), len(firsts) + len(taken), dtype=np.int32)
    firsts += table[taken].tolist()
    like = table[slots]
    same = np.ones(len(rows), dtype=bool)
    for word in words:
        same &= word[like] == (word if left is None else word[rows])
    codes[rows[same]] = place[slots[same]]
    return rows[~same]


def _coded(texts: list[str]) -> Coded:
    place: dict[str, int] = {}
    codes = np.array([place.setdefault(text, len(place)) for text in texts], dtype=np.int32)
    return Coded(codes, tuple(place))


def _codes_one_by_one(spans: Spans) -> tuple[Codes, list[bytes]]:
    content, place = spans.content, dict[bytes, int]()
    pairs = zip(spans.starts.tolist(), spans.ends.tolist(), strict=True)
    codes = [place.setdefault(content[start:end], len(place)) for start, end in pairs]
    return np.array(codes, dtype=np.int32), list(place)


def spans_of(cells: list[bytes], encoding: str) -> Spans:
    """Return cells at hand as places in bytes of their own."""
    ends = np.cumsum([len(cell) for cell in cells], dtype=np.int64)
    starts = np.concatenate([np.zeros(min(1, len(cells)), dtype=np.int64), ends[:-1]])
    return Spans(b"".join(cells), starts, ends, encoding)
