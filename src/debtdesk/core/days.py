"""Days in China: reading them from text, counting months, years of interest, and working days."""

from __future__ import annotations

import calendar
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from debtdesk.core.problems import Refused
from debtdesk.data.calendar import PUBLISHED_THROUGH, days_off, make_up_days
from debtdesk.locale import Message

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{1,2})-|/(\d{1,2})/|\.(\d{1,2})\.|年(\d{1,2})月)(\d{1,2})(日?)", re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_TIME = re.compile(r"(?<=\d)(?:日?\s+|T)([01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?$", re.ASCII)
_REMEDY = Message("Write year, month and day, for instance 2023-11-24 or 2023年11月24日.")


def parse_day(given: object) -> date:
    """Return the day that a person typed or a spreadsheet holds.

    Two-digit years, days that do not exist and orders other than year, month, day are refused; a time of day behind it
    is left aside.

    Raises
    ------
    Refused
        With what is wrong and what to write.
    """
    if isinstance(given, datetime):
        return given.date()
    if isinstance(given, date):
        return given
    written = unicodedata.normalize("NFKC", str(given if given is not None else "")).strip()
    text = "".join(_TIME.sub("", written).split())
    if not text:
        raise Refused(Message("The day is empty."), _REMEDY)
    found = _WRITTEN.fullmatch(text) or _COMPACT.fullmatch(text)
    if found is None:
        if re.fullmatch(r"\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?", text, re.ASCII):
            raise Refused(Message("The day “{given}” has a year of two digits.", given=str(given)[:40]), _REMEDY)
        raise Refused(Message("“{given}” is not a day.", given=str(given)[:40]), _REMEDY)
    numbers = [int(g) for g in found.groups() if g and g.isdecimal()]
    try:
        return date(*numbers)
    except ValueError:
        raise Refused(
            Message("The day {given} does not exist in the calendar.", given=str(given)[:40]), _REMEDY
        ) from None


def add_months(day: date, months: int, *, anchor: int | None = None) -> date:
    """Return the corresponding day some months later, or the month's end where there is none (Civil Code 202).

    `anchor` is the day of the month to come back to after a short month; without it the day's own.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    wanted = anchor or day.day
    return date(year, month + 1, wanted if wanted <= 28 else min(wanted, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=128)  # the debts and proposals of a case share most of their days
def same_day_of_months(first: date, n: int) -> tuple[date, ...]:
    """Return a day and the corresponding day of the following months, n in all; the month's end where there is none."""
    if first.day > 28:
        return tuple([add_months(first, k) for k in range(n)])
    month = first.year * 12 + first.month - 1
    return tuple([date(m // 12, m % 12 + 1, first.day) for m in range(month, month + n)])


def add_years(day: date, years: int) -> date:
    """Return the corresponding day some years later, or the month's end where there is none (Civil Code 202)."""
    return add_months(day, 12 * years)


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """A working day; provisional where it needs a year whose holidays are not published."""

    day: date
    provisional: bool


def is_working_day(day: date) -> bool:
    """Return whether a day is a working day in China; beyond the published years only weekends are known."""
    return day in make_up_days() or (day.weekday() < 5 and day not in days_off())


def working_day_after(day: date, n: int) -> WorkingDay:
    """Return the n-th working day after a day, which itself is day 0.

    The result is provisional when it lies beyond the last published year.
    """
    if n < 1:
        raise ValueError(f"n {n} must be at least 1")
    reached = day
    while n:
        reached += timedelta(days=1)
        n -= is_working_day(reached)
    return WorkingDay(reached, reached > PUBLISHED_THROUGH)
