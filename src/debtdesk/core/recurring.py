"""Recurring payments: what comes to or from the same party in a steady rhythm at a similar amount."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from debtdesk.core.bill_fates import BillFate, LineRef, SortedLine
from debtdesk.core.budget import Category, Frequency
from debtdesk.core.days import add_months
from debtdesk.core.money import Rounding, round_fen
from debtdesk.data.bills import thresholds

# how often it must be seen before it is called a rhythm
_LEAST_TIMES = {Frequency.WEEKLY: 4, Frequency.MONTHLY: 3, Frequency.QUARTERLY: 3, Frequency.YEARLY: 2}
_STEADY = (BillFate.SPENDING, BillFate.INCOME, BillFate.DEBT_SERVICE)
_MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurring:
    """A payment that comes again.

    Parameters
    ----------
    party : str
        To or from whom, as the bills write it.
    fate : BillFate
        SPENDING, INCOME or DEBT_SERVICE.
    category : Category
    rhythm : Frequency
        WEEKLY, MONTHLY, QUARTERLY or YEARLY.
    amount : int
        The median of the times seen. [fen]
    least, most : int
        The smallest and the largest of them. [fen]
    days : tuple of date
        When it was seen, in order.
    places : tuple of LineRef
        The lines, in the same order.
    expected : date
        The next day it is expected.
    essential : bool
        Whether all its lines are.
    lapsed : bool
        Whether it should have come again within the bills and did not.
    """

    party: str
    fate: BillFate
    category: Category
    rhythm: Frequency
    amount: int
    least: int
    most: int
    days: tuple[date, ...]
    places: tuple[LineRef, ...]
    expected: date
    essential: bool
    lapsed: bool


def value_of(x: SortedLine) -> int:
    """Return what of a line counts in its category: what was spent, or what stayed paid or received. [fen]"""
    return x.spent if x.fate in (BillFate.SPENDING, BillFate.TRANSFER) else x.net


def median(amounts: Sequence[int]) -> int:
    """Return the middle amount, between two the half of their sum rounded half up. [fen]"""
    ordered, half = sorted(amounts), len(amounts) // 2
    if len(ordered) % 2:
        return ordered[half]
    return round_fen(Fraction(ordered[half - 1] + ordered[half], 2), Rounding.HALF_UP)


def recurring_payments(lines: Iterable[SortedLine], *, until: date) -> tuple[Recurring, ...]:
    """Return the payments that come again, the largest first.

    Lines of the same party, fate and category whose amounts lie within the stated share of the smallest, and whose
    days follow each other at the stated gaps without exception: at least four weekly, three monthly or quarterly, two
    yearly. They must be at least half of what the party was paid, for among many visits some always seem to have a
    rhythm. Repayments of a credit product that name no party stay together by the product.

    Parameters
    ----------
    lines : iterable of SortedLine
    until : date
        The last day that the bills cover: what should have come by then and did not has lapsed.
    """
    alike: dict[tuple[str, BillFate, Category], list[SortedLine]] = defaultdict(list)
    for x in lines:
        party = x.line.party.strip().strip("/")
        if x.fate is BillFate.DEBT_SERVICE and x.debt:
            party = party or x.debt
        if x.fate in _STEADY and x.category and party and value_of(x) > 0:
            alike[party, x.fate, x.category].append(x)
    found = [
        made
        for (party, _, _), xs in alike.items()
        if len(xs) > 1
        for similar in _similar(xs)
        if 2 * len(similar) >= len(xs) and (made := _recurring(party, similar, until)) is not None
    ]
    return tuple(sorted(found, key=lambda r: (-r.amount, r.party, r.days)))


def _similar(lines: list[SortedLine]) -> Iterable[list[SortedLine]]:
    """Yield the lines in groups of similar amounts, from the smallest on."""
    share = 1 + Fraction(thresholds()["similar_share"])
    ordered = sorted(lines, key=lambda x: (value_of(x), x.line.when, x.line.order))
    group = ordered[:1]
    for x in ordered[1:]:
        if value_of(x) > value_of(group[0]) * share:
            yield group
            group = []
        group.append(x)
    yield group


def _recurring(party: str, lines: list[SortedLine], until: date) -> Recurring | None:
    lines = sorted(lines, key=lambda x: (x.line.when, x.line.order))
    days = [x.line.day for x in lines]
    rhythm = rhythm_of(days)
    if rhythm is None:
        return None
    amounts = [value_of(x) for x in lines]
    category = lines[0].category
    assert category is not None
    following = next_day(days, rhythm)
    return Recurring(
        party=party,
        fate=lines[0].fate,
        category=category,
        rhythm=rhythm,
        amount=median(amounts),
        least=min(amounts),
        most=max(amounts),
        days=tuple(days),
        places=tuple(x.ref for x in lines),
        expected=following,
        essential=all(x.essential for x in lines),
        lapsed=(until - days[-1]).days > _gaps()[rhythm][1],
    )


def rhythm_of(days: Sequence[date]) -> Frequency | None:
    """Return the rhythm in which days follow each other without exception; None where there is none."""
    gaps = [(b - a).days for a, b in pairwise(days)]
    for rhythm, (least, most) in _gaps().items():
        if len(days) >= _LEAST_TIMES[rhythm] and all(least <= gap <= most for gap in gaps):
            return rhythm
    return None


def next_day(days: Sequence[date], rhythm: Frequency) -> date:
    """Return the next expected day: a week on, or the usual day of the month, one, three or twelve months on.

    The usual day is the median of those seen.
    """
    if rhythm is Frequency.WEEKLY:
        return days[-1] + timedelta(days=7)
    usual = sorted(d.day for d in days)[len(days) // 2]
    months = _MONTHS[rhythm]
    nominal = add_months(days[-1], months)
    # a payment drawn forward over a month's end must not shift the next one by a month
    near = (add_months(days[-1], n, anchor=usual) for n in (months - 1, months, months + 1))
    return min((d for d in near if d > days[-1]), key=lambda d: (abs((d - nominal).days), d))


def _gaps() -> dict[Frequency, tuple[int, int]]:
    found = {}
    for rhythm in _LEAST_TIMES:
        least, _, most = thresholds()[f"{rhythm}_gap"].partition("-")
        found[rhythm] = (int(least), int(most))
    return found
