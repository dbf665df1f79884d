"""Many lanes at once: the kernel played on int64 arrays."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import numpy as np

from debtdesk.core.kernel import Number, State, Step, run
from debtdesk.core.money import Rounding
from debtdesk.core.steps import History


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
    limit = 2**61
    minimum = staticmethod(np.minimum)
    maximum = staticmethod(np.maximum)
    where = staticmethod(np.where)

    dividers = DIVIDERS

    @staticmethod
    def largest(number: Number) -> int:
        """Return the largest value of all lanes; what is looked at is never below zero."""
        return int(number.max()) if isinstance(number, np.ndarray) else abs(int(number))


class FloatLanes(Lanes):
    """The same on float64 arrays that hold whole fen, several times faster.

    Whole numbers below 2**52 are exact in float64, and so are these quotients: one that is not whole lies further from
    where the rounding turns than the division can be off. Beyond the limit OverflowError asks for int64.
    """

    limit = 2**51
    dividers: Mapping[Rounding, Callable[[Number, Number], Number]] = {
        Rounding.DOWN: lambda n, d: np.floor(n / d),
        Rounding.HALF_UP: lambda n, d: np.floor((n + d * 0.5) / d),
        Rounding.HALF_EVEN: lambda n, d: np.rint(n / d),
    }


LANES, FLOAT_LANES = Lanes(), FloatLanes()
BLOCK = 8192  # lanes whose numbers fit the cache together


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


def run_amounts(history: History, state: State) -> tuple[date, State]:
    """Play one history over lanes that differ only in their amounts; return its last day, parts and credit then.

    Parameters
    ----------
    history : History
        The days and terms that all lanes share.
    state : State
        Where the lanes stand, int64 arrays of one length or whole numbers that all share; it is not changed.

    Notes
    -----
    A block of lanes is played to the end before the next, so that its numbers stay in the cache.
    """
    n, days = len(state.parts[0]), [s.look for s in history.steps if s.look is not None]
    ended = [np.empty(n, dtype=np.int64) for _ in range(5)]
    for first in range(0, n, BLOCK):
        lanes = slice(first, first + BLOCK)
        try:
            seen = _last(history, _slice(state, lanes, np.float64), FLOAT_LANES)
        except OverflowError:
            seen = _last(history, _slice(state, lanes, np.int64), LANES)
        for whole, block in zip(ended, (*seen.parts, seen.credit), strict=True):
            whole[lanes] = block
    return max(days), State(ended[:4], ended[4], 0, 0, state.denominator)


def _last(history: History, state: State, ops: Lanes) -> State:
    ended: list[State] = []
    run(history.rule, state, history.steps, ops, lambda _, seen: ended.append(seen))
    return ended[-1]


_AMOUNTS = ("credit", "bearing", "minimum", "denominator", "unbooked", "received")


def _slice(state: State, lanes: slice, kind: type[Any]) -> State:
    def cut(number: Number) -> Number:
        return number[lanes].astype(kind) if isinstance(number, np.ndarray) else number

    cut_state = State(parts=[cut(p) for p in state.parts], **{n: cut(getattr(state, n)) for n in _AMOUNTS})
    if any(LANES.largest(n) >= FLOAT_LANES.limit for n in (*cut_state.parts, cut_state.credit)) and kind is np.float64:
        raise OverflowError("amounts are too large for float64 lanes")
    return cut_state


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
