"""Guide figures: what people in China spend, earn and are granted on average, each with period, source, confidence.

What was not found is not there: most categories of the whole year 2025, rural consumption of it, any release of 2026.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files

KINDS = ("consumption", "disposable_income", "subsistence", "minimum_wage")
AREAS = ("national", "urban", "rural", "local")
NEEDED = ("kind", "category", "area", "value", "unit", "months", "from", "to", "source", "confidence")
UNITS = ("yuan_per_person", "yuan_per_person_month", "yuan_per_month")


@dataclass(frozen=True, slots=True)
class GuideFigure:
    """One published figure: `value` [yuan] over `months`, from a day to another; notes in Chinese and English."""

    kind: str
    category: str
    area: str
    value: Decimal
    unit: str
    months: int
    start: date
    end: date
    source: str
    confidence: str
    note: dict[str, str]

    @property
    def year(self) -> int:
        """The year it is about."""
        return self.end.year

    @property
    def monthly(self) -> Fraction:
        """What it comes to a month, exact. [fen]"""
        return Fraction(self.value) * 100 / self.months


@cache
def guide_figures() -> tuple[GuideFigure, ...]:
    """Return every figure, in the order of the table."""
    with files(__package__).joinpath("guide_figures.csv").open(encoding="utf-8") as stream:
        return tuple(figure_of(row) for row in csv.DictReader(stream))


def found(
    kind: str, category: str = "total", *, area: str = "national", months: int | None = None
) -> GuideFigure | None:
    """Return a figure, or None where none was found; the one of the latest period where several were.

    Parameters
    ----------
    kind, category, area : str
    months : int, optional
        Only a figure over so many months: 9 for January to September, 12 for a year.
    """
    fitting = [
        f
        for f in guide_figures()
        if (f.kind, f.category, f.area) == (kind, category, area) and months in (None, f.months)
    ]
    return max(fitting, key=lambda f: f.end, default=None)


def figure_of(row: dict[str, str]) -> GuideFigure:
    """Return the figure of a row of the table.

    Raises
    ------
    ValueError
        If it lacks its value, unit, area, period, source or confidence: what cannot be traced is not shown.
    """
    lacking = [name for name in NEEDED if not row[name].strip()]
    if lacking:
        raise ValueError(f"guide figure {row['kind']} {row['category']} lacks {', '.join(lacking)}")
    return GuideFigure(
        row["kind"],
        row["category"],
        row["area"],
        Decimal(row["value"]),
        row["unit"],
        int(row["months"]),
        date.fromisoformat(row["from"]),
        date.fromisoformat(row["to"]),
        row["source"],
        row["confidence"],
        {"zh": row["note_zh"], "en": row["note_en"]},
    )
