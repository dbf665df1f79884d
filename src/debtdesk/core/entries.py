"""Entries: what is written into the history of a debt beside its payments and freezes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from debtdesk.core.rates import Rate
from debtdesk.core.terms import PARTS, DatedRate, Part, Terms


class EntryKind(StrEnum):
    """A fee charged, a waiver of a part, another rate from a day on, a transfer to another creditor."""

    FEE = "fee"
    WAIVER = "waiver"
    RATE = "rate"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What happened on a day beside payments and freezes.

    Parameters
    ----------
    day : date
    kind : EntryKind
    amount : int
        Of a fee or a waiver. [fen]
    part : Part
        The part that a waiver reduces; a fee is always booked to the fees.
    rate : Rate or None
        The rate that holds from the day on, for a change of rate.
    creditor : str
        Who may claim the debt from the day on, for a transfer.
    note : str
        Where it can be seen.

    Notes
    -----
    On one day fees are booked first, then waivers, then the payment, all at the time of day of a payment; like a
    payment they let the interest run up so far be booked. A fee bears interest only where the terms let late fees bear
    it. A waiver reduces its part, and with it what bears interest, and never below zero; what it waives beyond the part
    is lost.
    """

    day: date
    kind: EntryKind
    amount: int = 0
    part: Part = Part.FEES
    rate: Rate | None = None
    creditor: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if (self.amount > 0) != (self.kind in (EntryKind.FEE, EntryKind.WAIVER)) or self.amount < 0:
            raise ValueError(f"amount {self.amount} of a {self.kind} must be above zero for a fee or waiver, else zero")
        if self.kind is EntryKind.FEE and self.part is not Part.FEES:
            raise ValueError(f"part {self.part} of a fee must be fees")
        if (self.rate is not None) != (self.kind is EntryKind.RATE):
            raise ValueError(f"rate {self.rate} must be given for a change of rate and for nothing else")
        if bool(self.creditor) != (self.kind is EntryKind.TRANSFER):
            raise ValueError(f"creditor {self.creditor!r} must be given for a transfer and for nothing else")


def with_rates(terms: Terms, entries: Iterable[Entry]) -> Terms:
    """Return the terms with the changes of rate among the entries; an entry stands before a rate of the same day.

    Raises
    ------
    ValueError
        If two entries give two rates from the same day on.
    """
    given: dict[date, Rate] = {}
    for e in entries:
        if e.rate is not None and given.setdefault(e.day, e.rate) != e.rate:
            raise ValueError(f"entries give two rates from {e.day} on: {given[e.day]} and {e.rate}")
    if not given:
        return terms
    later = {r.start: r.rate for r in terms.rates[1:] if r.start is not None} | given
    return replace(terms, rates=(terms.rates[0], *(DatedRate(d, later[d]) for d in sorted(later))))


def fees_by_day(entries: Iterable[Entry], after: date, until: date) -> dict[date, int]:
    """Return the fees charged on each day after one and up to another. [fen]"""
    found: dict[date, int] = {}
    for e in entries:
        if e.kind is EntryKind.FEE and after < e.day <= until:
            found[e.day] = found.get(e.day, 0) + e.amount
    return found


def waived_by_day(entries: Iterable[Entry], after: date, until: date) -> dict[date, tuple[int, ...]]:
    """Return what is waived on each day after one and up to another, by part. [fen]"""
    found: dict[date, tuple[int, ...]] = {}
    for e in entries:
        if e.kind is EntryKind.WAIVER and after < e.day <= until:
            before = found.get(e.day, (0, 0, 0, 0))
            found[e.day] = tuple(b + (e.amount if p is e.part else 0) for b, p in zip(before, PARTS, strict=True))
    return found
