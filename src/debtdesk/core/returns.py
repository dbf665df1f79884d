"""Yearly cost of a stream of payments."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date


def xirr(flows: Sequence[tuple[date, int]]) -> float | None:
    """Return the yearly rate at which dated flows are worth nothing today, or None where there is no such rate.

    Notes
    -----
    Convention: each flow is discounted by (1 + rate) ** (days / 365) from the earliest day, as spreadsheets do.
    There is no rate unless the flows change sign. For flows that change sign once, as all of ours do, the rate is the
    only one.

    Parameters
    ----------
    flows : sequence of (date, int)
        What is received (above zero) or paid (below zero) on a day, in any order. [fen]

    Returns
    -------
    float or None
        Yearly rate as a fraction, above -1. [1/year]
    """
    amounts: dict[date, int] = {}
    for day, amount in flows:
        amounts[day] = amounts.get(day, 0) + amount
    signs = {a > 0 for a in amounts.values() if a}
    if len(signs) < 2:
        return None
    first = min(amounts)
    terms = [((day - first).days / 365, float(a)) for day, a in sorted(amounts.items()) if a]
    return _root(terms)


def stated_cost(flows: Sequence[tuple[int, int]]) -> float | None:
    """Return the yearly cost as a lender states it, or None where there is no such rate. [1/year]

    Notes
    -----
    Convention: twelve times the monthly rate at which flows a whole number of months from the start are worth nothing
    today (IRR, simple). It is lower than the XIRR, which compounds.

    Parameters
    ----------
    flows : sequence of (int, int)
        Month and amount, received above zero, paid below. [months, fen]
    """
    amounts: dict[int, int] = {}
    for month, amount in flows:
        amounts[month] = amounts.get(month, 0) + amount
    if len({a > 0 for a in amounts.values() if a}) < 2:
        return None
    yearly = _root([(m / 12, float(a)) for m, a in sorted(amounts.items()) if a])
    return None if yearly is None else 12 * ((1 + yearly) ** (1 / 12) - 1)


def present_value(flows: Sequence[tuple[date, int]], yearly: float, *, on: date) -> int:
    """Return what flows are worth on a day at a yearly rate, discounted as XIRR does; an estimate, to the fen. [fen]"""
    worth = sum(a * float((1 + yearly) ** (-(day - on).days / 365)) for day, a in flows)
    return round(worth)


def _value(terms: Sequence[tuple[float, float]], rate: float) -> float:
    return float(sum(a * (1 + rate) ** -t for t, a in terms))


def _root(terms: Sequence[tuple[float, float]]) -> float | None:
    """Bracket the sign change, then close in on it (Newton where it helps, halving where not)."""
    if _value(terms, 0.0) == 0.0:
        return 0.0
    longest = max(t for t, _ in terms)
    least = float(10.0 ** (-280 / max(longest, 1.0))) - 1  # below it the powers overflow
    low, high = max(-0.999999, least), 0.0
    if _value(terms, low) * _value(terms, high) > 0:
        low, high = 0.0, 1.0
        while _value(terms, low) * _value(terms, high) > 0:
            low, high = high, high * 4
            if high > 1e12:
                return None
    rising = _value(terms, high) > 0
    rate = (low + high) / 2
    for _ in range(200):
        value, slope = _value_and_slope(terms, rate)
        if value == 0.0:
            return rate
        if (value > 0) == rising:
            high = rate
        else:
            low = rate
        after = rate - value / slope if slope else (low + high) / 2
        if not low < after < high:
            after = (low + high) / 2
        if abs(after - rate) <= 1e-13 * max(1.0, abs(rate)):
            return after
        rate = after
    return rate


def _value_and_slope(terms: Sequence[tuple[float, float]], rate: float) -> tuple[float, float]:
    base, value, slope = 1 + rate, 0.0, 0.0
    for t, a in terms:
        worth = a * base**-t
        value += worth
        slope -= t * worth
    return value, slope / base
