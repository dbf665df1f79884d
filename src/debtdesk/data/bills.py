"""How lines of bills are read: categories, statuses, names of credit products, thresholds; each row with its source.

The tables are proposals to be reviewed with a counselor ; what a counselor corrects beats them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


def _rows(name: str) -> tuple[Mapping[str, str], ...]:
    with files(__package__).joinpath(name).open(encoding="utf-8") as stream:
        return tuple(csv.DictReader(stream))


@cache
def category_rows() -> tuple[Mapping[str, str], ...]:
    """Return what the wallets' and banks' own words mean, in order: the first row that fits decides."""
    return _rows("bill_categories.csv")


@cache
def status_rows() -> tuple[Mapping[str, str], ...]:
    """Return what a status means for the money of a line."""
    return _rows("bill_statuses.csv")


@cache
def debt_words() -> tuple[tuple[str, str], ...]:
    """Return words that name a credit product, each with the product's key, in order of precedence."""
    return tuple((row["word"], row["product"]) for row in _rows("bill_debts.csv"))


@cache
def thresholds() -> Mapping[str, str]:
    """Return the limits by name, as written; their units stand in the table."""
    return {row["name"]: row["value"] for row in _rows("bill_thresholds.csv")}
