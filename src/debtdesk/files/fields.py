"""Fields: the cells of one row, understood one by one; what is wrong is gathered, not raised."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from debtdesk.core.days import parse_day
from debtdesk.core.money import parse_amount
from debtdesk.core.problems import Problem, Refused, Severity
from debtdesk.core.rates import Rate, parse_rate
from debtdesk.core.terms import Known
from debtdesk.files.reading import Fate, RowFate
from debtdesk.files.sheets import Cell
from debtdesk.files.tables import Column, Row, Table
from debtdesk.files.words import Words
from debtdesk.locale import Message

Value = TypeVar("Value")

EARLIEST = date(2000, 1, 1)  # no consumer credit of today is older
_LARGEST_WHOLE = 10**15  # spreadsheets keep 15 digits of a number

_KNOWN = (
    (Known.ASSUMED, ("估", "猜", "大概", "大约", "假定", "assum", "estimat", "guess")),
    (Known.TOLD, ("口述", "自述", "告知", "电话", "说", "told", "said", "tell", "call", "phone", "client")),
    (Known.COMPUTED, ("计算", "算出", "comput", "calculat")),
    (
        Known.SEEN,
        ("账单", "截图", "合同", "信用报告", "征信", "流水", "借据", "判决", "页面", "app",
         "seen", "statement", "screen", "contract", "report", "bill", "judgment"),
    ),
)  # fmt: skip
_NOT_YET = ("没有", "尚无", "未见", "未提供", "待", "without", "not yet", "not seen", "missing", "pending")


class FieldReader:
    """Reads the cells of one row and gathers what is wrong; a field that is wrong reads as None."""

    def __init__(self, table: Table, row: Row, columns: Sequence[Column]) -> None:
        self.row = row
        self._table = table
        self._labels = {c.key: c.label for c in columns}
        self.problems: list[Problem] = list(row.problems)

    @property
    def failed(self) -> bool:
        """Whether something is so wrong that the row cannot be used."""
        return any(p.severity is Severity.ERROR for p in self.problems)

    def fate(self, fate: Fate | None = None) -> RowFate:
        """Return what became of the row; by its problems, unless a fate is given."""
        if fate is None:
            fate = Fate.REFUSED if self.failed else Fate.USED_WITH_WARNING if self.problems else Fate.USED
        return RowFate(self.row.number, fate, self.row.values, tuple(self.problems))

    def refuse(self, key: str | None, text: Message, remedy: Message) -> None:
        """Note an error that keeps the row out."""
        self._note(key, text, remedy, Severity.ERROR)

    def warn(self, key: str | None, text: Message, remedy: Message) -> None:
        """Note something that asks for a look."""
        self._note(key, text, remedy, Severity.WARNING)

    def _note(self, key: str | None, text: Message, remedy: Message, severity: Severity) -> None:
        field = None if key is None else self._table.headers.get(key, self._labels[key])
        self.problems.append(Problem(self._table.source, self.row.number, field, text, remedy, severity))

    def has(self, key: str) -> bool:
        """Return whether the table has a column."""
        return key in self._table.headers

    def empty(self, key: str) -> bool:
        """Return whether a cell is empty, or its column is not there."""
        return self._cell(key).empty

    def _cell(self, key: str) -> Cell:
        return self.row.cells.get(key, Cell())

    def _understood(self, key: str, understand: Callable[[Cell], Value]) -> Value | None:
        cell = self._cell(key)
        refused = cell.refused
        if refused is None:
            try:
                return understand(cell)
            except Refused as error:
                refused = error
        self.refuse(key, refused.text, refused.remedy)
        return None

    def text(self, key: str) -> str:
        """Return a cell as text; empty where it must not be used, and then said."""
        return self._understood(key, lambda cell: cell.text) or ""

    def needed_text(self, key: str) -> str:
        """Return a cell as text that must not be empty."""
        text = self.text(key)
        if not text and self._cell(key).refused is None:
            self.refuse(key, Message("The cell is empty."), Message("Fill it in."))
        return text

    def account(self, key: str = "account") -> str:
        """Return an account number; one that a spreadsheet has shortened is refused."""

        def understand(cell: Cell) -> str:
            shortened = isinstance(cell.value, (int, float)) and abs(cell.value) >= _LARGEST_WHOLE
            if shortened or (isinstance(cell.value, str) and _is_scientific(cell.value)):
                raise Refused(
                    Message("The number {given} has lost its last digits in the spreadsheet.", given=cell.text),
                    Message("Format the cell as text, and write the number again as the creditor writes it."),
                )
            return cell.text

        text = self._understood(key, understand) or ""
        if not text and self._cell(key).refused is None and not self.failed_at(key):
            self.refuse(key, Message("The cell is empty."), Message("Fill it in."))
        return text

    def failed_at(self, key: str) -> bool:
        """Return whether a field was refused."""
        field = self._table.headers.get(key, self._labels[key])
        return any(p.field == field and p.severity is Severity.ERROR for p in self.problems)

    def amount(self, key: str) -> int | None:
        """Return an amount that must be there. [fen]"""
        return self._understood(key, lambda cell: parse_amount(_typed(cell)))

    def part(self, key: str) -> int | None:
        """Return an amount; an empty cell reads as zero, with a warning. [fen]"""
        if not self.empty(key):
            return self.amount(key)
        if self.has(key):
            self.warn(
                key,
                Message("The cell is empty and was read as 0."),
                Message("Write 0 if there is none, or the amount from the statement."),
            )
        return 0

    def day(self, key: str) -> date | None:
        """Return a day that must be there."""
        day = self._understood(key, _day)
        if day is not None and day < EARLIEST:
            self.refuse(
                key,
                Message("The day {day} lies too far back to be right.", day=day.isoformat()),
                Message("Check the year."),
            )
            return None
        return day

    def day_until(self, key: str, on: date) -> date | None:
        """Return a day that must be there and not lie after another."""
        day = self.day(key)
        if day is not None and day > on:
            self.refuse(
                key,
                Message("The day {day} lies in the future.", day=day.isoformat()),
                Message("Write a day not after {on}.", on=on.isoformat()),
            )
            return None
        return day

    def read(self, key: str, understand: Callable[[str], Value]) -> Value | None:
        """Return what a function makes of a cell's text; what the function refuses is noted."""
        return self._understood(key, lambda cell: understand(cell.text))

    def rate(self, key: str) -> Rate | None:
        """Return a rate with its period."""
        return self._understood(key, lambda cell: parse_rate(cell.text))

    def choice(self, key: str, words: Words[Value], allowed: Message) -> Value | None:
        """Return what a word stands for, or None where the cell is empty; an unknown word is refused."""
        text = self.text(key)
        if not text:
            return None
        found = words.find(text)
        if found is None:
            self.refuse(key, Message("“{given}” is not understood.", given=text[:40]), allowed)
        return found

    def known(self, key: str) -> Known:
        """Return how a figure is known, from the words for its source; without one it counts as assumed."""
        text = self.text(key)
        if not text:
            if self.has(key):
                self.warn(key, Message("No source is given; the figures count as assumed."), _WRITE_SOURCE)
            return Known.ASSUMED
        found = known_from(text)
        if found is None:
            self.warn(
                key,
                Message("The source “{given}” is not known; the figures count as assumed.", given=text[:40]),
                _WRITE_SOURCE,
            )
        return found or Known.ASSUMED


_WRITE_SOURCE = Message("Write statement 账单, app screenshot 截图, contract 合同, told 口述 or estimate 估计.")


def known_from(text: str) -> Known | None:
    """Return how a figure is known, from the words for its source; the weakest one counts, None if there is none."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    if any(word in plain for word in _NOT_YET):
        return None
    for known, words in _KNOWN:
        if any(word in plain for word in words):
            return known
    return None


def account_key(account: str) -> str:
    """Return an account number without what does not tell two apart: case, width, spaces and signs."""
    plain = unicodedata.normalize("NFKC", account).casefold()
    return re.sub(r"[\W_]+", "", plain) or plain


def _is_scientific(text: str) -> bool:
    mantissa, _, exponent = unicodedata.normalize("NFKC", text).strip().upper().partition("E+")
    return bool(exponent) and exponent.isdecimal() and mantissa.replace(".", "", 1).isdecimal()


def _typed(cell: Cell) -> object:
    if cell.percent or isinstance(cell.value, date):
        return cell.text  # an amount is neither a percentage nor a day: refused as text, as shown
    return cell.value if isinstance(cell.value, (int, float)) else cell.text


def _day(cell: Cell) -> date:
    return parse_day(cell.value if isinstance(cell.value, date) else cell.text)
