"""Results that can stand as a table: columns in the core's own words, a DataFrame when somebody looks."""

from __future__ import annotations

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
        import pandas as pd

        return pd.DataFrame(self.columns())
