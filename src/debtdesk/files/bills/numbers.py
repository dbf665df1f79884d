"""Numbers of a bill: amounts and times, many at once where they are written as exports write them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from debtdesk.core.days import parse_day
from debtdesk.core.money import parse_amount
from debtdesk.core.problems import Refused
from debtdesk.files.bills.spans import Ints, Spans
from debtdesk.files.fields import EARLIEST
from debtdesk.locale import Message

Flags = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

_MOST_REASONS = 1_000  # said one by one
_WIDEST = 32  # bytes of a cell that is read at once
_LONGEST_AMOUNT = 15  # digits and point: far below what int64 holds
_DIGITS = (0, 1, 2, 3, 5, 6, 8, 9, 11, 12, 14, 15, 17, 18)  # places of the digits in 2026-11-24 09:30:00
_SIGNS = ((4, "-"), (7, "-"), (10, " "), (13, ":"), (16, ":"))
_YEARS = range(EARLIEST.year, 2100)
_MONTH_STARTS = np.arange(f"{_YEARS[0]}-01", f"{_YEARS[-1] + 1}-02", dtype="datetime64[M]").astype("datetime64[D]")
_FIRST_DAYS = _MONTH_STARTS.astype(np.int64)
_TIME = re.compile(r"(?:[T ]+|(?<=日))(\d{1,2})[:：时](\d{2})(?:[:：分](\d{2})(?:\.\d+)?秒?|分)?")
_COMPACT = re.compile(r"(\d{8})[T ]?(\d{2})(\d{2})(\d{2})", re.ASCII)
_WITH_TIME = Message("Write day and time as the bill does, for instance 2026-11-24 09:30:00.")


@dataclass(frozen=True, slots=True)
class Refusals:
    """What was refused of a column: the reason and its rows, reason by reason; after many, all others together."""

    found: list[tuple[Refused, Ints]] = field(default_factory=list)
    _others: list[Ints] = field(default_factory=list)

    def add(self, refused: Refused, rows: Ints) -> None:
        """Note a reason and the rows that have it."""
        if len(self.found) < _MOST_REASONS:
            self.found.append((refused, rows))
        else:
            self._others.append(rows)

    def close(self) -> None:
        """Put all beyond the first reasons under one."""
        if self._others:
            self.found.append((_not_understood(), np.concatenate(self._others)))
            self._others.clear()


def _not_understood() -> Refused:
    return Refused(
        Message("The cell is not understood, like those of many rows above."),
        Message("Export the bill again and choose it as it comes; if it is a statement, check which column is which."),
    )


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds since 1970 on the clock of China, and where a time of day or its seconds are missing."""

    seconds: Ints
    empty: Flags
    no_time: Flags
    no_seconds: Flags
    refusals: Refusals


@dataclass(frozen=True, slots=True)
class Moment:
    """A day with what was written of its time: None where there is no time, or no second."""

    when: datetime
    to: str  # "day", "minute" or "second"


def parse_moment(text: str) -> Moment:
    """Return a day and time as bills and spreadsheets write them; the year comes first and has four digits.

    Raises
    ------
    Refused
        With what is wrong and what to write.
    """
    text = " ".join(text.split())
    compact = _COMPACT.fullmatch(text)
    if compact:
        day, clock = parse_day(compact[1]), compact.groups()[1:]
    else:
        found = _TIME.search(text)
        if found is None and re.search(r"\d\s*[:：]\s*\d", text):
            raise Refused(Message("“{given}” is not a day with a time.", given=text[:40]), _WITH_TIME)
        if found and text[found.end() :].strip():
            raise Refused(Message("“{given}” is not a day with a time.", given=text[:40]), _WITH_TIME)
        day, clock = parse_day(text[: found.start()] if found else text), found.groups() if found else ()
    if day < EARLIEST:
        raise Refused(
            Message("The day {day} lies too far back to be right.", day=day.isoformat()), Message("Check the year.")
        )
    return _at(day, clock, text)


def _at(day: date, clock: tuple[str | None, ...], text: str) -> Moment:
    hour, minute, second = (int(part or 0) for part in clock) if clock else (0, 0, 0)
    try:
        when = datetime(day.year, day.month, day.day, hour, minute, second)
    except ValueError:
        raise Refused(
            Message("The time of “{given}” does not exist.", given=text[:40]), Message("Check hours and minutes.")
        ) from None
    return Moment(when, "second" if clock and clock[2] is not None else "minute" if clock else "day")


def times_of(column: Spans) -> Times:
    """Return the times of a column."""
    count = len(column)
    seconds, good = _plain_times(column)
    empty, no_time, no_seconds = (np.zeros(count, dtype=bool) for _ in range(3))
    refusals = Refusals()
    for text, rows in _others(column, good):
        if not text:
            empty[rows] = True
            continue
        try:
            moment = parse_moment(text)
        except Refused as refused:
            refusals.add(refused, rows)
            continue
        seconds[rows] = int((moment.when - datetime(1970, 1, 1)).total_seconds())
        no_time[rows], no_seconds[rows] = moment.to == "day", moment.to == "minute"
    refusals.close()
    return Times(seconds, empty, no_time, no_seconds, refusals)


def _others(column: Spans, good: Flags) -> list[tuple[str, Ints]]:
    """Return the texts that could not be read at once, each with its rows."""
    rows = np.flatnonzero(~good)
    if len(rows) == 0:
        return []
    coded = column.taken(rows).coded()
    order = np.argsort(coded.codes, kind="stable")
    ends = np.cumsum(np.bincount(coded.codes, minlength=len(coded.texts)))
    return list(zip(coded.texts, np.split(rows[order], ends[:-1]), strict=True))


def _letters(column: Spans) -> tuple[Bytes, Ints]:
    """Return the first bytes of each cell, place by place (shape (places, rows)), and the lengths of the cells."""
    lengths = column.ends - column.starts
    count = min(-(-int(lengths.max(initial=0)) // 8), _WIDEST // 8)
    words = column.words(count)
    if not words:
        return np.zeros((0, len(column)), dtype=np.uint8), lengths
    letters = np.stack(words, axis=1).astype("<u8", copy=False).view(np.uint8)
    return np.ascontiguousarray(letters.T), lengths


def _plain_times(column: Spans) -> tuple[Ints, Flags]:
    letters, lengths = _letters(column)
    seconds = np.zeros(len(column), dtype=np.int64)
    if len(letters) < 24:
        return seconds, np.zeros(len(column), dtype=bool)
    good = (lengths >= 19) & (lengths <= len(letters))
    for place, sign in _SIGNS:
        good &= letters[place] == ord(sign)
    for place in range(19, len(letters)):
        good &= _is_blank(letters[place])
    digits = [letters[place] - np.uint8(48) for place in _DIGITS]
    for digit in digits:
        good &= digit < 10
    year, month, day, hour, minute, second = (
        sum(digits[at].astype(np.int32) * 10**power for power, at in enumerate(reversed(places)))
        for places in ((0, 1, 2, 3), (4, 5), (6, 7), (8, 9), (10, 11), (12, 13))
    )
    good &= (year >= _YEARS[0]) & (year <= _YEARS[-1]) & (month >= 1) & (month <= 12)
    at = (year - _YEARS[0]) * 12 + month - 1
    first = _FIRST_DAYS.take(at, mode="clip")
    good &= (day >= 1) & (day <= _FIRST_DAYS.take(at + 1, mode="clip") - first)
    good &= (hour < 24) & (minute < 60) & (second < 60)
    found = (first + day - 1) * 86_400 + (hour * 3600 + minute * 60 + second)
    return np.where(good, found, 0), good


def _is_blank(letters: Bytes) -> Flags:
    return np.asarray((letters == 32) | (letters == 9) | (letters == 13) | (letters == 0))


def amounts_of(column: Spans, understand: Callable[[str], int | None] = parse_amount) -> tuple[Ints, Flags, Refusals]:
    """Return the amounts of a column, where one is, and what was refused. [fen]

    `understand` reads what is not written as digits with up to two places; it may return None for no amount.
    """
    amounts, good = _plain_amounts(column)
    refusals = Refusals()
    for text, rows in _others(column, good):
        try:
            found = understand(text)
        except Refused as refused:
            refusals.add(refused, rows)
            continue
        if found is not None:
            amounts[rows], good[rows] = found, True
    refusals.close()
    return amounts, good, refusals


def _plain_amounts(column: Spans) -> tuple[Ints, Flags]:
    letters, lengths = _letters(column)
    value, wide = np.zeros(len(column), dtype=np.int64), np.zeros(len(column), dtype=np.int64)
    point, digits = np.full(len(column), -1, dtype=np.int64), np.zeros(len(column), dtype=np.int64)
    good = lengths <= len(letters)
    for place, letter in enumerate(letters):
        blank = _is_blank(letter)
        if blank.all():
            continue
        digit = letter - np.uint8(48)
        is_digit = digit < 10
        value = np.where(is_digit & (place < _LONGEST_AMOUNT), value * 10 + digit, value)
        digits += is_digit
        good &= blank | (wide == place)  # nothing follows a blank
        wide += ~blank
        is_point = letter == ord(".")
        good &= is_digit | blank | (is_point & (point < 0))
        point[is_point] = place
    places = np.where(point < 0, 0, wide - 1 - point)
    good &= (digits > 0) & (point != 0) & (places <= 2) & (wide <= _LONGEST_AMOUNT)
    value *= np.array([100, 10, 1], dtype=np.int64).take(places, mode="clip")
    good &= value <= 10**13
    return np.where(good, value, 0), good


def number_text(value: float) -> str:
    """Return a spreadsheet's number as the decimal it shows: 15 digits are what a spreadsheet keeps."""
    if value != value or abs(value) >= 1e15:
        return repr(value)
    text = f"{Decimal(f'{value:.15g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
