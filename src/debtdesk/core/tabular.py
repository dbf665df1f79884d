"""Results that can stand as a table: columns in the core's own words, a DataFrame when somebody looks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def in_yuan(fen: int) -> float:
    """Return an amount for a table that people read; never read back. [yuan]"""
    return fen / 100


class Tabular:
    """A result with `columns()` and, for people, `table()`."""

    __slots__ = ()

    def columns(self) -> dict[str, list[object]]:
        """Return the columns by name."""
        raise NotImplementedError

    def table(self) -> pd.DataFrame:
        """Return the columns as a DataFrame, amounts in yuan."""
        import numpy as np
        import pandas as pd

        columns = self.columns()
        # ready-made arrays spare pandas the guessing of types, which takes longer than all the rest
        kinds = {name: _kind(column) for name, column in columns.items()}
        return pd.DataFrame(
            {name: np.array(column, dtype=kinds[name]) if kinds[name] else column for name, column in columns.items()},
            copy=False,
        )


def _kind(column: list[object]) -> type | None:
    if set(map(type, column)) == {float}:
        return float
    return object if column and isinstance(column[0], date) else None
