"""Typical conventions of consumer credit products, one row a product: presets, to be confirmed in the contract.

The table `products.csv` names for each row its day, source and confidence.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def product_rows() -> tuple[Mapping[str, str], ...]:
    """Return the rows of the table, each a name of a column with its text."""
    with files(__package__).joinpath("products.csv").open(encoding="utf-8") as stream:
        return tuple(csv.DictReader(stream))
