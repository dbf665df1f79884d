"""Scales: where ticks and labels stand on a chart, and what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from debtdesk.locale import Message
from debtdesk.views.words import MINUS, money

_STEPS = (1, 2, 5)
_WAN = 10**6  # fen in 1万 yuan
_MONTH_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 240)


def amount_ticks(top: int, bottom: int = 0, *, most: int = 5) -> list[int]:
    """Return round amounts from at or below `bottom` to at or above `top`, at most `most` steps between. [fen]"""
    top, bottom = max(top, 0), min(bottom, 0)
    if top == bottom:
        return [0, 100]
    step, size = 1, 1
    while True:
        for s in _STEPS:
            step = s * size
            low, high = -(-bottom // -step) if bottom >= 0 else bottom // step, -(-top // step)
            if high - low <= most:
                return [k * step for k in range(low, high + 1)]
        size *= 10


def amount_labels(ticks: Sequence[int], language: str) -> tuple[list[str], str]:
    """Return what stands at amounts on an axis, and the unit for all of them; 万元 where it is long in Chinese."""
    if language == "zh" and max(map(abs, ticks)) >= 10 * _WAN:
        return [f"{MINUS if t < 0 else ''}{abs(Decimal(t) / _WAN).normalize():,f}" for t in ticks], "万元"
    fine = any(t % 100 for t in ticks)
    texts = [money(t, language, unit=False) if fine else money(t, language, unit=False, whole=True) for t in ticks]
    return texts, Message("yuan").in_language(language)


def month_ticks(first: date, last: date, *, most: int) -> list[tuple[date, str]]:
    """Return days to mark between two days, with their labels: first days of months, quarters or years.

    Where fewer than two of them lie between, the first and the last day themselves.
    """
    step = next((s for s in _MONTH_STEPS if len(_firsts(first, last, s)) <= max(2, most)), _MONTH_STEPS[-1])
    days = _firsts(first, last, step)
    if len(days) < 2:
        return [(d, d.isoformat()) for d in sorted({first, last})]
    return [(d, str(d.year) if step >= 12 else f"{d.year}-{d.month:02d}") for d in days]


def _firsts(first: date, last: date, step: int) -> list[date]:
    """Return the first days of every so many months between two days, counted from January of the year 0."""
    start = first.year * 12 + first.month - (first.day == 1)
    numbers = range(-(-start // step) * step, last.year * 12 + last.month, step)
    return [date(n // 12, n % 12 + 1, 1) for n in numbers]


def spread(wanted: Sequence[float], gap: float, low: float, high: float) -> list[float]:
    """Return places at least `gap` apart between `low` and `high`, in the order of those wanted and near to them.

    Where there is no room for all of them they are set as far apart as the room allows.
    """
    n = len(wanted)
    if n > 1:
        gap = min(gap, (high - low) / (n - 1))
    order = sorted(range(n), key=lambda i: wanted[i])
    pools: list[tuple[float, int]] = []  # mean and size
    for rank, i in enumerate(order):
        mean, size = wanted[i] - rank * gap, 1
        while pools and pools[-1][0] > mean:
            other, m = pools.pop()
            mean, size = (mean * size + other * m) / (size + m), size + m
        pools.append((mean, size))
    shifted = [min(max(mean, low), high - (n - 1) * gap) for mean, size in pools for _ in range(size)]
    found = [0.0] * n
    for rank, i in enumerate(order):
        found[i] = shifted[rank] + rank * gap
    return found
