"""Working days in China as published by the General Office of the State Council (国办 notices), 2019 to 2026.

The table `calendar.csv` holds the days off and the make-up working days, one row a span, with the notice as source.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

PUBLISHED_FROM = date(2019, 1, 1)
PUBLISHED_THROUGH = date(2026, 12, 31)


@cache
def _spans() -> tuple[tuple[str, date, date], ...]:
    with files(__package__).joinpath("calendar.csv").open(encoding="utf-8") as stream:
        return tuple(
            (row["kind"], date.fromisoformat(row["from"]), date.fromisoformat(row["to"]))
            for row in csv.DictReader(stream)
        )


def _days(kind: str) -> frozenset[date]:
    return frozenset(
        start + timedelta(days=i) for k, start, end in _spans() if k == kind for i in range((end - start).days + 1)
    )


@cache
def days_off() -> frozenset[date]:
    """Return the days off of all published years, weekends inside a holiday included."""
    return _days("off")


@cache
def make_up_days() -> frozenset[date]:
    """Return the weekend days on which work is made up."""
    return _days("work")
