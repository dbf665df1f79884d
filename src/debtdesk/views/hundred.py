"""Shares as people say them: so many of a hundred."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from debtdesk.locale import Message


def of_hundred(share: Fraction | float) -> Message:
    """Return a share as a number of a hundred, in whole ones; "fewer than 1" and "more than 99" at the ends."""
    if 0 < share < Fraction(1, 200):
        return Message("fewer than 1")
    if Fraction(199, 200) < share < 1:
        return Message("more than 99")
    return Message("{n}", n=rounded(100 * share, 0))


def years_of_hundred(yearly: Fraction | float) -> Message:
    """Return a yearly risk in the words of table, card and chart: "7 of 100 such years"."""
    return Message("{n} of 100 such years", n=of_hundred(yearly))


def rounded(number: Fraction | float, places: int) -> Decimal:
    """Return a number with so many places, half up."""
    exact = Decimal(number.numerator) / Decimal(number.denominator) if isinstance(number, Fraction) else Decimal(number)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
