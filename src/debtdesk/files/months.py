"""Months and how often something comes, as people write them: "6-10月", "1,2,12月", "每季", "2026年6月"."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from debtdesk.core.budget import Frequency
from debtdesk.core.days import add_months, parse_day
from debtdesk.core.problems import Refused
from debtdesk.files.words import Words
from debtdesk.locale import Message

FREQUENCIES = Words(
    {
        Frequency.WEEKLY: ("weekly", "每周", "每星期", "周", "a week", "per week", "week"),
        Frequency.MONTHLY: ("monthly", "每月", "每个月", "按月", "月", "a month", "per month", "month"),
        Frequency.QUARTERLY: ("quarterly", "每季", "每季度", "季", "a quarter", "quarter"),
        Frequency.YEARLY: ("yearly", "每年", "一年", "年", "annually", "annual", "a year", "per year", "year"),
        Frequency.ONCE: ("once", "一次", "一次性", "单次"),
    }
)

_ALLOWED = Message("Write weekly 每周, monthly 每月, quarterly 每季, yearly 每年, once 一次, or months like 1,2,12月.")
_SPAN = re.compile(r"(\d{1,2})月?(?:[-~—–至到](\d{1,2})月?)?", re.ASCII)
_SEPARATOR = re.compile(r"[,;、，；/和与及&\s]+|and")
_MONTH = re.compile(r"(\d{4})(?:[-/.]|年)(\d{1,2})月?", re.ASCII)


def parse_frequency(given: str) -> tuple[Frequency, tuple[int, ...]]:
    """Return how often something comes, and the months it comes in if months are named.

    Raises
    ------
    Refused
        With what is wrong and what to write.
    """
    found = FREQUENCIES.find(given)
    if found is not None:
        return found, ()
    text = unicodedata.normalize("NFKC", given).casefold().strip()
    named = "月" in text or text.startswith("month")
    text = re.sub(r"^(?:months?|每年的?)\s*:?", "", text).strip()
    spans = [_SPAN.fullmatch(s) for s in _SEPARATOR.split(text) if s]
    months: set[int] = set()
    for span in spans:
        if span is None or not named:
            raise _not_understood(given)
        months |= _between(given, int(span[1]), int(span[2] or span[1]))
    if not months:
        raise _not_understood(given)
    return Frequency.MONTHS, tuple(sorted(months))


def _between(given: str, first: int, last: int) -> set[int]:
    """Return the months of a span; one like 11-2 goes over the new year."""
    if not (1 <= first <= 12 and 1 <= last <= 12):
        raise Refused(Message("“{given}” names a month that does not exist.", given=given[:40]), _ALLOWED)
    return {(first + n - 1) % 12 + 1 for n in range((last - first) % 12 + 1)}


def _not_understood(given: str) -> Refused:
    return Refused(Message("“{given}” does not say how often.", given=given[:40]), _ALLOWED)


def parse_first_day(given: object) -> date:
    """Return a day, or the first day of a month written without one.

    Raises
    ------
    Refused
        With what is wrong and what to write.
    """
    found = _month(given)
    return found or parse_day(given)


def parse_last_day(given: object) -> date:
    """Return a day, or the last day of a month written without one.

    Raises
    ------
    Refused
        With what is wrong and what to write.
    """
    found = _month(given)
    return add_months(found, 1) - timedelta(days=1) if found else parse_day(given)


def _month(given: object) -> date | None:
    found = _MONTH.fullmatch("".join(unicodedata.normalize("NFKC", str(given)).split()))
    if found is None or not (1 <= int(found[2]) <= 12 and 2000 <= int(found[1]) <= 2200):
        return None
    return date(int(found[1]), int(found[2]), 1)
