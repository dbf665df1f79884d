"""Drafts: what was typed into the rows of a sheet, the last good record of each row, and what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Generic, TypeVar

from debtdesk.core.case import Case
from debtdesk.core.problems import Refused
from debtdesk.locale import Message
from debtdesk.panels.desk import Desk
from debtdesk.panels.sheet import Column, Row

R = TypeVar("R")
V = TypeVar("V")
_numbers = count(1)


@dataclass
class TypedRow(Generic[R]):
    """The cells of one row as typed: values by the parsers of the core, and by column what is wrong or doubtful."""

    row: Row
    before: R | None
    record: R | None = None
    errors: dict[str, Message] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    notes: dict[str, Message] = field(default_factory=dict)

    def text(self, key: str) -> str:
        """Return a cell without blanks around it."""
        return self.row.get(key, "").strip()

    def take(self, key: str, parse: Callable[[str], V], *, empty: V) -> V:
        """Return what a cell says; `empty` where nothing stands there, or where it is wrong, which is noted."""
        text = self.text(key)
        return self.need(key, parse, failing=empty) if text else empty

    def need(self, key: str, parse: Callable[[str], V], *, failing: V) -> V:
        """Return what a cell says, which must not be empty; `failing` where it is wrong or missing, which is noted."""
        if not self.text(key):
            self.lack(key)
            return failing
        try:
            return parse(self.text(key))
        except Refused as refused:
            self.refuse(key, refused.text, refused.remedy)
            return failing

    @property
    def usable(self) -> bool:
        """Whether nothing is wrong and nothing is missing."""
        return not self.errors and not self.missing

    def lack(self, key: str) -> None:
        """Note that a cell is still to be filled."""
        if key not in self.missing:
            self.missing.append(key)

    def refuse(self, key: str, text: Message, remedy: Message) -> None:
        """Note what is wrong with a cell; the first thing said stays."""
        self.errors.setdefault(key, told(text, remedy))

    def doubt(self, key: str, text: Message, remedy: Message) -> None:
        """Note what to look at in a cell; the row is used all the same."""
        self.notes.setdefault(key, told(text, remedy))


def told(text: Message, remedy: Message) -> Message:
    """Return what is wrong and how to mend it as one message."""
    return Message("{what} {remedy}", what=text, remedy=remedy)


def listed(texts: Sequence[Message]) -> Message:
    """Return texts in a row, with commas."""
    found = texts[0]
    for text in texts[1:]:
        found = Message("{first}, {rest}", first=found, rest=text)
    return found


class Drafts(Generic[R]):
    """The rows of a sheet and the records they stand for.

    Parameters
    ----------
    columns : sequence of Column
    read : callable
        Fills a TypedRow: sets its record, or says what is wrong.
    write : callable
        The row (without its id) that shows a record.
    key : callable
        What makes a record the same one when it comes back changed.
    unique : tuple of str and Message, optional
        The column in which two rows may not say the same, and what to say when they do.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        read: Callable[[TypedRow[R]], None],
        write: Callable[[R], Row],
        key: Callable[[R], Hashable],
        unique: tuple[str, Message] | None = None,
    ) -> None:
        self._columns, self._read, self._write, self._key, self._unique = columns, read, write, key, unique
        self.rows: list[Row] = []
        self.records: dict[str, R] = {}
        self.errors: dict[str, dict[str, Message]] = {}
        self.notes: dict[str, dict[str, Message]] = {}
        self.missing: dict[str, list[str]] = {}
        self.wrong: set[str] = set()
        self.ground: tuple[R, ...] = ()
        self._base: dict[str, tuple[Row, Hashable]] = {}

    # --- what stands there ---------------------------------------------------------------------------------

    def good(self) -> tuple[R, ...]:
        """Return the last good record of each row, in order."""
        return tuple(self.records[r["id"]] for r in self.rows if r["id"] in self.records and not self._blank(r))

    @property
    def dirty(self) -> bool:
        """Whether something stands in the rows that is not kept yet."""
        return bool(self.wrong) or self.good() != self.ground

    def id_of(self, record: R) -> str | None:
        """Return the row of a record."""
        key = self._key(record)
        return next((r["id"] for r in self.rows if (q := self.records.get(r["id"])) and self._key(q) == key), None)

    def said_errors(self) -> dict[str, dict[str, str]]:
        """Return what is wrong, by row and column, in the language in use."""
        return {i: {k: str(m) for k, m in texts.items()} for i, texts in self.errors.items()}

    def said_notes(self) -> dict[str, dict[str, str]]:
        """Return what is doubtful or missing, by row and column; a missing cell is marked by an empty text."""
        marks = {i: dict.fromkeys(keys, "") for i, keys in self.missing.items()}
        return {i: marks.get(i, {}) | {k: str(m) for k, m in texts.items()} for i, texts in self.notes.items()}

    # --- what happens --------------------------------------------------------------------------------------

    def type(self, rows: Iterable[Row]) -> None:
        """Take what stands in the sheet now: read every row, keep the last good record of a row that is wrong."""
        self.rows = [dict(r) for r in rows]
        self.errors, self.notes, self.missing, self.wrong = {}, {}, {}, set()
        taken: dict[Hashable, int] = {}
        for n, row in enumerate(self.rows, start=1):
            if self._blank(row):
                continue
            typed = TypedRow(row, self.records.get(row["id"]))
            self._read(typed)
            if typed.record is not None and typed.usable:
                self._check_unique(typed, taken, n)
            if typed.record is not None and typed.usable:
                self.records[row["id"]] = typed.record
            if typed.errors:
                self.errors[row["id"]] = typed.errors
            if typed.missing:
                labels = [c.label for c in self._columns if c.key in typed.missing]
                typed.notes[""] = Message("Still missing: {what}.", what=listed(labels))
                self.missing[row["id"]] = typed.missing
            if typed.notes:
                self.notes[row["id"]] = typed.notes
            if not typed.usable:
                self.wrong.add(row["id"])
            if row["id"] in self.records:
                key = self._key(self.records[row["id"]])
                if self._unique and taken.get(key, n) != n:
                    del self.records[row["id"]]
                taken.setdefault(key, n)

    def change(self, row_id: str, record: R) -> None:
        """Replace the record of a row by what was changed beside the sheet; the cells follow."""
        self.records[row_id] = record
        self.type([{"id": row_id, **self._write(record)} if r["id"] == row_id else r for r in self.rows])

    def put(self, records: Iterable[R]) -> None:
        """Add records, or replace those of the same key; the rows change, nothing is kept yet."""
        rows = [r for r in self.rows if not self._blank(r)]
        for record in records:
            row_id = self.id_of(record)
            if row_id is None:
                row_id = _new_id()
                rows.append({"id": row_id})
            self.records[row_id] = record
            rows = [{"id": row_id, **self._write(record)} if r["id"] == row_id else r for r in rows]
            self.rows = rows
        self.type(rows)

    def follow(self, records: Iterable[R]) -> None:
        """Take over what is kept now: by us or by somebody else.

        Rows nobody touched show it; rows with typing that is not kept there stay as typed, to be looked at.
        """
        self.ground = tuple(records)
        left: dict[Hashable, list[R]] = {}
        for record in self.ground:
            left.setdefault(self._key(record), []).append(record)
        rows: list[Row] = []
        for row in self.rows:
            row_id, mine = row["id"], self.records.get(row["id"])
            base, base_key = self._base.get(row_id, (None, None))
            theirs = _pop(left, self._key(mine), mine) if mine is not None and not self._blank(row) else None
            if theirs is None and base_key is not None:
                theirs = _pop(left, base_key, None)
            touched = row_id in self.wrong or (base is not None and row != base) or (base is None and mine is not None)
            if theirs is not None:
                shown = {"id": row_id, **self._write(theirs)}
                self._base[row_id] = (shown, self._key(theirs))
                keep = touched and (row_id in self.wrong or mine != theirs)
                if not keep:
                    self.records[row_id] = theirs
                rows.append(row if keep else shown)
            elif touched or base is None:
                rows.append(row)
        for record in (r for group in left.values() for r in group):
            row_id = _new_id()
            shown = {"id": row_id, **self._write(record)}
            self._base[row_id], self.records[row_id] = (shown, self._key(record)), record
            rows.append(shown)
        self.type(rows or [self._empty_row()])

    def speak(self) -> None:
        """Show the rows that hold nothing unkept in the language now in use."""
        rows = []
        for row in self.rows:
            base, key = self._base.get(row["id"], (None, None))
            if base == row:
                row = {"id": row["id"], **self._write(self.records[row["id"]])}
                self._base[row["id"]] = (row, key)
            rows.append(row)
        self.type(rows)

    # --- small ---------------------------------------------------------------------------------------------

    def _blank(self, row: Row) -> bool:
        return all(row.get(c.key, "").strip() in ("", c.default) for c in self._columns)

    def _empty_row(self) -> Row:
        return {"id": _new_id(), **{c.key: c.default for c in self._columns if c.kind != "shown"}}

    def _check_unique(self, typed: TypedRow[R], taken: Mapping[Hashable, int], n: int) -> None:
        assert typed.record is not None
        if self._unique and (first := taken.get(self._key(typed.record))):
            key, text = self._unique
            typed.refuse(key, Message("The same stands in row {n}.", n=first), text)


def keep(desk: Desk, action: str, make: Callable[[Case], Case], *, changed: bool, wrong: int) -> bool:
    """Keep what was entered; say so if there is nothing to keep, or if rows are wrong and stay out."""
    if not changed:
        if wrong:
            text = Message(
                "Not saved: something is wrong or missing in {n} of the rows. Mend what is marked, then save.", n=wrong
            )
        else:
            text = Message("Nothing was changed, so there is nothing to save.")
        desk.tell(text, failed=wrong > 0)
        return wrong == 0
    kept = desk.change(action, make)
    if kept and wrong and desk.said is not None:
        text = Message(
            "{saved} But something is wrong or missing in {n} of the rows, and they are not kept as typed: mend what "
            "is marked, then save again.",
            saved=desk.said,
            n=wrong,
        )
        desk.tell(text, failed=True)
    return kept


def _pop(left: dict[Hashable, list[R]], key: Hashable, wanted: R | None) -> R | None:
    group = left.get(key) or []
    if not group:
        return None
    return group.pop(group.index(wanted) if wanted in group else 0)


def _new_id() -> str:
    return f"row-{next(_numbers)}"
