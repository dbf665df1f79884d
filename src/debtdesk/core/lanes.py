"""Many lanes at once: the kernel played on int64 arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from debtdesk.core.kernel import History, Number, State, Step, run
from debtdesk.core.money import Rounding


def _half_even(numerator: Number, denominator: Number) -> Number:
    whole, rest = np.divmod(numerator, denominator)
    return whole + ((2 * rest > denominator) | ((2 * rest == denominator) & (whole % 2 == 1)))


DIVIDERS: Mapping[Rounding, Callable[[Number, Number], Number]] = {
    Rounding.DOWN: lambda n, d: n // d,
    Rounding.HALF_UP: lambda n, d: (2 * n + d) // (2 * d),
    Rounding.HALF_EVEN: _half_even,
}


class Lanes:
    """The operations of the kernel on int64 arrays, one place a lane."""

    unbounded = False
    minimum = staticmethod(np.minimum)
    maximum = staticmethod(np.maximum)
    where = staticmethod(np.where)

    dividers = DIVIDERS

    @staticmethod
    def largest(number: Number) -> int:
        """Return the largest absolute value of all lanes."""
        return int(np.abs(number).max()) if isinstance(number, np.ndarray) else abs(int(number))


LANES = Lanes()


def run_lanes(histories: Sequence[History]) -> tuple[date, State]:
    """Play histories that share a rule, and end on the same day; return that day and the state over lanes.

    Raises
    ------
    OverflowError
        If an amount grows beyond what 64 bits hold exactly; play those lanes one by one.
    """
    states = [h.state for h in histories]
    state = State(
        parts=[_column([s.parts[i] for s in states]) for i in range(4)],
        **{
            name: _column([getattr(s, name) for s in states])
            for name in ("credit", "bearing", "minimum", "denominator", "unbooked", "received")
        },
    )
    ended: list[tuple[date, State]] = []
    run(histories[0].rule, state, _transposed(histories), LANES, lambda day, seen: ended.append((day, seen)))
    return ended[-1]


def _column(values: list[int]) -> Any:
    if max(map(abs, values)) >= 2**61:
        raise OverflowError("amounts are too large for 64-bit lanes")
    return np.array(values, dtype=np.int64)


def _transposed(histories: Sequence[History]) -> list[Step]:
    """Return the n-th steps of all lanes side by side; shorter lanes rest before their last look."""
    longest = max(len(h.steps) for h in histories)
    rest = Step(0, 0)
    padded = [[*h.steps[:-1], *[rest] * (longest - len(h.steps)), h.steps[-1]] for h in histories]
    return [_side_by_side([steps[n] for steps in padded], n == longest - 1) for n in range(longest)]


def _side_by_side(steps: list[Step], is_last: bool) -> Step:
    books = np.array([s.books for s in steps])
    statement = np.array([s.statement for s in steps])
    amount = _column([s.amount or 0 for s in steps])
    orders = [s.orders[0][1] if s.orders else None for s in steps]
    charged = _column([s.charged or 0 for s in steps])
    waived = [_column([s.waived[i] if s.waived else 0 for s in steps]) for i in range(4)]
    masks = tuple((np.array([o == order for o in orders]), order) for order in dict.fromkeys(orders) if order)
    return Step(
        units=_column([s.units for s in steps]),
        weight=_column([s.weight for s in steps]),
        books=books if books.any() else False,
        amount=amount if amount.any() else None,
        statement=statement if statement.any() else False,
        fee=np.array([s.fee for s in steps]),
        orders=masks,
        look=steps[0].look if is_last else None,
        charged=charged if charged.any() else None,
        waived=tuple(waived) if any(s.waived for s in steps) else None,
    )
