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
        if len(others) == 1 and len(amounts) > 1 and next(iter(columns)) in others:
            (first,) = others.values()
            return framed(tuple(columns), first, np.array(list(amounts.values())))
        return pd.DataFrame({name: amounts[name] if name in amounts else others[name] for name in columns}, copy=False)


def framed(names: tuple[str, ...], first: Any, rows: NDArray[np.float64]) -> pd.DataFrame:
    """Return a table of one column of any kind and then a column for each row of numbers, shape (names - 1, lines).

    One block of numbers, as pandas keeps them, is made in half the time that it takes for each column by itself; and
    names given at the end in less than those that a column is put before.
    """
    import pandas as pd

    frame = pd.DataFrame(rows.T, copy=False)
    frame.insert(0, -1, first)
    frame.columns = _index(names)
    return frame


@lru_cache(maxsize=64)
def _index(names: tuple[str, ...]) -> pd.Index[str]:
    import pandas as pd

    return pd.Index(names)


def _kind(column: list[object]) -> type | None:
    if set(map(type, column)) == {float}:
        return float
    return object if column and isinstance(column[0], date) else None
