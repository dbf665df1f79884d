"""Results that can stand as a table: columns in the core's own words, a DataFrame when somebody looks."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


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
        kinds = {name: _kind(column) for name, column in columns.items()}
        # ready-made arrays spare pandas the guessing of types, which takes longer than all the rest
        others: dict[str, Any] = {name: columns[name] for name, kind in kinds.items() if kind is not float}
        others |= {name: np.array(columns[name], dtype=object) for name, kind in kinds.items() if kind is object}
        amounts = {name: np.array(column) for name, column in columns.items() if name not in others}
        first, *rest = columns
        if kinds[first] is object and rest == list(amounts):
            return framed(tuple(columns), others[first], np.array(list(amounts.values())))
        return pd.DataFrame({name: amounts[name] if name in amounts else others[name] for name in columns}, copy=False)


def framed(names: tuple[str, ...], days: NDArray[np.object_], rows: NDArray[np.float64]) -> pd.DataFrame:
    """Return a table of a column of days and then a column for each row of numbers, shape (names - 1, lines).

    The two blocks in which pandas keeps them are given as they are: working them out takes three times as long.
    """
    import numpy as np
    import pandas as pd
    from pandas.api.internals import create_dataframe_from_blocks  # type: ignore[import-not-found]  # since 3.0

    blocks = [(days.reshape(1, -1).copy(), np.array([0])), (rows, np.arange(1, len(names)))]
    frame: pd.DataFrame = create_dataframe_from_blocks(blocks, pd.RangeIndex(len(days)), _index(names))
    return frame


@lru_cache(maxsize=64)
def _index(names: tuple[str, ...]) -> pd.Index[str]:
    import pandas as pd

    return pd.Index(names)


def _kind(column: list[object]) -> type | None:
    if set(map(type, column)) == {float}:
        return float
    return object if column and isinstance(column[0], date) else None
