"""Interest that a constant principal bears over a span, exact and unrounded."""

from __future__ import annotations

import calendar
from datetime import date
from fractions import Fraction

from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import YearBasis


def accrued_interest(principal: int, rate: Rate, start: date, end: date, *, year: YearBasis) -> Fraction:
    """Return the interest that a constant principal bears over a span, unrounded.

    Parameters
    ----------
    principal : int
        Amount bearing interest, not negative. [fen]
    rate : Rate
        Rate as quoted, with its period.
    start, end : date
        First day that bears interest; first day that no longer does.
    year : YearBasis
        How many days make a year; not used for a daily rate.

    Returns
    -------
    Fraction
        Interest, exact. [fen]
    """
    if end < start:
        raise ValueError(f"end {end} lies before start {start}")
    if principal < 0:
        raise ValueError(f"principal {principal} is below zero")
    return principal * rate_over(rate, start, end, year=year)


def rate_over(rate: Rate, start: date, end: date, *, year: YearBasis) -> Fraction:
    """Return what one fen bears from `start` until before `end`. [1]"""
    if rate.period is Period.DAY:
        return rate.value * (end - start).days
    if year is YearBasis.DAYS_30_360:
        days = 360 * (end.year - start.year) + 30 * (end.month - start.month) + min(end.day, 30) - min(start.day, 30)
        return rate.per_day(360) * days
    if year is YearBasis.ACTUAL:
        spans = [(max(start, date(y, 1, 1)), min(end, date(y + 1, 1, 1)), y) for y in range(start.year, end.year + 1)]
        return sum(
            (rate.per_day(366 if calendar.isleap(y) else 365) * (b - a).days for a, b, y in spans),
            start=Fraction(0),
        )
    return rate.per_day(int(year.value)) * (end - start).days
