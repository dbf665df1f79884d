"""Rates as quoted: a fraction for a period, converted in one place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from debtdesk.core.problems import Refused
from debtdesk.locale import Message


class Period(StrEnum):
    """What a quoted rate is for."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Rate:
    """An interest rate as quoted: a fraction (0.0005 is 0.05 %) for a day, a month or a year."""

    value: Fraction
    period: Period

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"rate {self.value} is below zero")

    def per_day(self, days_a_year: int) -> Fraction:
        """Return the rate of one counted day; a daily rate does not ask for the year. [1/day]"""
        if self.period is Period.DAY:
            return self.value
        return self.per_year(days_a_year) / days_a_year

    def per_month(self, days_a_year: int = 365) -> Fraction:
        """Return a twelfth of the yearly rate. [1/month]"""
        return self.value if self.period is Period.MONTH else self.per_year(days_a_year) / _MONTHS

    def per_year(self, days_a_year: int = 365) -> Fraction:
        """Return the nominal yearly rate: a daily one times the days, a monthly one times twelve. [1/year]"""
        if self.period is Period.YEAR:
            return self.value
        return self.value * (days_a_year if self.period is Period.DAY else _MONTHS)

    def percent(self) -> str:
        """Return the quoted number in percent, with as many places as it has, at most eight: "0.05"."""
        shown = Decimal(self.value.numerator * 100) / Decimal(self.value.denominator)
        text = f"{round(shown, 8):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def __str__(self) -> str:
        return f"{self.percent()}%/{self.period.value}"


_PERIODS = {
    Period.DAY: ("日", "天", "day", "d", "daily"),
    Period.MONTH: ("月", "month", "m", "monthly"),
    Period.YEAR: ("年", "year", "y", "yr", "yearly", "a", "annum"),
}
_OF_WORD = {word: period for period, words in _PERIODS.items() for word in words}
_WORDS = "|".join(sorted(_OF_WORD, key=len, reverse=True))
_PER = re.compile(rf"(?P<number>.+?)(?:/|每|per|a(?=[dmy]))(?P<period>{_WORDS})")
_LEAD = re.compile(r"每?(?P<period>[日天月年])(?:化|利率|利息|息)*:?(?:为|是)?(?P<number>.+)")
_NUMBERS = (
    (re.compile(r"(\d+(?:\.\d+)?)%", re.ASCII), 100),
    (re.compile(r"(\d+(?:\.\d+)?)‰", re.ASCII), 1000),
    (re.compile(r"(\d+(?:\.\d+)?)‱", re.ASCII), 10000),
    (re.compile(r"百分之(\d+(?:\.\d+)?)", re.ASCII), 100),
    (re.compile(r"千分之(\d+(?:\.\d+)?)", re.ASCII), 1000),
    (re.compile(r"万(?:分之)?(\d+(?:\.\d+)?)", re.ASCII), 10000),
)
_LONGEST = 40  # characters; nobody quotes a rate with more
_DIGITS = str.maketrans("一二三四五六七八九", "123456789")


def parse_rate(given: object) -> Rate:
    """Return a rate from text: "0.05%/日", "18.25%/年", "年化18.25%", "万分之五/日", "0.05% per day".

    A number without a percent sign, or without a period, could mean two things and is refused.

    Raises
    ------
    Refused
        With what is wrong and what to write.
    """
    text = unicodedata.normalize("NFKC", str(given)).strip().lower()
    text = "".join(text.split())
    if not text or given is None:
        raise Refused(
            Message("The rate is empty."),
            Message("Write the rate with its period, for instance 0.05%/日 or 18.25%/年."),
        )
    found = (_PER.fullmatch(text) or _LEAD.fullmatch(text)) if len(text) <= _LONGEST else None
    if found is None:
        raise Refused(
            Message("The rate “{given}” does not say for which period.", given=str(given)[:40]),
            Message("Write the period behind it, for instance 0.05%/日 (per day) or 18.25%/年 (per year)."),
        )
    number = found["number"].translate(_DIGITS)
    for pattern, parts in _NUMBERS:
        if hit := pattern.fullmatch(number):
            return Rate(Fraction(hit[1]) / parts, _OF_WORD[found["period"]])
    raise Refused(
        Message("The rate “{given}” could be a percentage or a fraction.", given=str(given)[:40]),
        Message("Write a percent sign, for instance 0.05%/日 for 5 yuan a day on 10,000."),
    )
