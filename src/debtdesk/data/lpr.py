"""One-year loan prime rate (LPR, 贷款市场报价利率), as published monthly by the National Interbank Funding Center."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Published:
    """One publication: its day, the one-year rate (None where not verified), how it is known. [percent a year]"""

    day: date
    percent: Decimal | None
    status: str
    source: str
    confidence: str


@cache
def publications() -> tuple[Published, ...]:
    """Return all publications in order of day."""
    with files(__package__).joinpath("lpr.csv").open(encoding="utf-8") as stream:
        return tuple(
            Published(
                date.fromisoformat(row["published"]),
                Decimal(row["one_year_percent"]) if row["one_year_percent"] else None,
                row["status"],
                row["source"],
                row["confidence"],
            )
            for row in csv.DictReader(stream)
        )


@dataclass(frozen=True, slots=True)
class LprQuote:
    """The one-year LPR that held on a day; `percent` is None where no verified publication covers the day.

    `data_to` is the last verified publication of all.
    """

    percent: Decimal | None
    published: date | None
    status: str
    data_to: date


def lpr_on(day: date) -> LprQuote:
    """Return the one-year LPR published last on or before a day; no number beyond the last verified month.

    It is published on the 20th or the next working day: from the 20th of a month that is not verified, nothing is
    known. [percent a year]
    """
    every = publications()
    data_to = max(p.day for p in every if p.status == "verified")
    unknown = min((p.day.replace(day=20) for p in every if p.percent is None), default=date.max)
    covering = [p for p in every if p.day <= day]
    if not covering or day >= unknown or day >= _month_after(every[-1].day):
        return LprQuote(None, None, "unverified", data_to)
    return LprQuote(covering[-1].percent, covering[-1].day, covering[-1].status, data_to)


def _month_after(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 20)
