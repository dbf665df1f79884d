"""Months that bills cover: only whole ones tell what a household spends in a month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from debtdesk.core.bill_accounts import Account, by_account
from debtdesk.core.bills import Bill
from debtdesk.core.days import add_months

_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which months the bills cover, each by its first day.

    `whole` are covered from the first to the last day by every account of which a bill is given, and over; `partial`
    are those that only some bills or some days reach; `until` the last day that all of them reach, None without bills;
    `spans` the days of each account.
    """

    whole: tuple[date, ...]
    partial: tuple[date, ...]
    until: date | None
    spans: dict[Account, tuple[tuple[date, date], ...]]

    def counts(self, day: date) -> bool:
        """Return whether a day lies in a whole month."""
        return day.replace(day=1) in self.whole

    def lacking(self, account: Account) -> tuple[date, ...]:
        """Return the months left out that an account's own bills do not cover."""
        return tuple(m for m in self.partial if not _covered(m, self.spans[account]))


def coverage(bills: Sequence[Bill], *, on: date) -> Coverage:
    """Return the months that bills cover, as seen on a day.

    A bill that does not say its span covers the days from its first line to its last.
    """
    given: dict[Account, list[tuple[date, date]]] = defaultdict(list)
    for account, its in by_account(bills).items():
        given[account] = [span for bill in its if (span := _span(bill))]
    spans = {account: _joined(found) for account, found in given.items() if found}
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


def _span(bill: Bill) -> tuple[date, date] | None:
    if bill.first and bill.last:
        return bill.first, bill.last
    days = [x.day for x in bill.lines]
    return (bill.first or min(days), bill.last or max(days)) if days else None


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
