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
