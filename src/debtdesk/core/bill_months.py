"""Months that bills cover: only whole ones tell what a household spends in a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from debtdesk.core.bills import Bill, Channel
from debtdesk.core.days import add_months

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which months the bills cover, each by its first day.

    `whole` are covered from the first to the last day by every wallet and bank of which a bill is given, and over;
    `partial` are those that only some bills or some days reach; `until` the last day that all of them reach, None
    without bills; `spans` the days of each channel.
    """

    whole: tuple[date, ...]
    partial: tuple[date, ...]
    until: date | None
    spans: dict[Channel, tuple[tuple[date, date], ...]]

    def counts(self, day: date) -> bool:
        """Return whether a day lies in a whole month."""
        return day.replace(day=1) in self.whole


def coverage(bills: Sequence[Bill], *, on: date) -> Coverage:
    """Return the months that bills cover, as seen on a day.

    A bill that does not say its span covers the days from its first line to its last.
    """
    given: dict[Channel, list[tuple[date, date]]] = defaultdict(list)
    for bill in bills:
        days = [x.day for x in bill.lines]
        if days or (bill.first and bill.last):
            given[bill.channel].append((bill.first or min(days), bill.last or max(days)))
    spans = {channel: _joined(found) for channel, found in given.items()}
    if not spans:
        return Coverage((), (), None, {})
    first = min(s[0][0] for s in spans.values()).replace(day=1)
    last = max(s[-1][1] for s in spans.values())
    months = []
    while first <= last:
        months.append(first)
        first = add_months(first, 1)
    whole = tuple(m for m in months if _end(m) <= on and all(_covered(m, s) for s in spans.values()))
    touched = [m for m in months if any(a <= _end(m) and m <= b for s in spans.values() for a, b in s)]
    partial = tuple(m for m in touched if m not in whole)
    return Coverage(whole, partial, min(s[-1][1] for s in spans.values()), spans)


def _joined(spans: list[tuple[date, date]]) -> tuple[tuple[date, date], ...]:
    """Return spans that overlap or touch as one."""
    joined: list[tuple[date, date]] = []
    for a, b in sorted(spans):
        if joined and a <= joined[-1][1] + _A_DAY:
            joined[-1] = (joined[-1][0], max(joined[-1][1], b))
        else:
            joined.append((a, b))
    return tuple(joined)


def _covered(month: date, spans: tuple[tuple[date, date], ...]) -> bool:
    return any(a <= month and _end(month) <= b for a, b in spans)


def _end(month: date) -> date:
    return add_months(month, 1) - _A_DAY
