"""Court fees for claims of money (诉讼费用交纳办法 art. 13), as far as the scale was read: up to 500,000 yuan."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the scale: for the part above one amount up to another, a flat fee or a share. [fen], [1]"""

    above: int
    up_to: int
    flat: int
    rate: Fraction
    source: str
    confidence: str


@cache
def scale() -> tuple[Step, ...]:
    """Return the steps of the scale, from below."""
    with files(__package__).joinpath("court_fee.csv").open(encoding="utf-8") as stream:
        return tuple(
            Step(
                int(row["above"]) * 100,
                int(row["up_to"]) * 100,
                int(row["flat"]) * 100,
                Fraction(Decimal(row["rate"])),
                row["source"],
                row["confidence"],
            )
            for row in csv.DictReader(stream)
        )
