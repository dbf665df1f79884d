"""Many schedules at once: equal installments over lanes, exact in whole fen.

Whole fen in float64 stay exact as long as every product lies below 2**53, and division of whole numbers rounds half up
by `floor((numerator + denominator / 2) / denominator)`. Lanes that could leave that range are computed one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

from debtdesk.core.proposal import Remainder
from debtdesk.core.schedule import installment_parts, level_payment
from debtdesk.core.tabular import Tabular, in_yuan

_EXACT = 2.0**53
BLOCK = 16_384  # lanes whose numbers fit the cache together
_TWELFTHS = 12_000_000.0  # a monthly rate is millionths of a year over this


@dataclass(frozen=True, slots=True)
class Schedules:
    """Installments of many lanes, each array of shape (months, lanes), whole fen. [fen]"""

    principal: NDArray[Any]
    interest: NDArray[Any]
    left: NDArray[Any]

    @property
    def payment(self) -> NDArray[Any]:
        """Principal and interest together. [fen]"""
        paid: NDArray[Any] = self.principal + self.interest
        return paid


def schedules(financed: NDArray[Any], months: int, yearly_millionths: NDArray[Any]) -> Schedules:
    """Return the same installments as `schedule` does for one balance, for many at once.

    Parameters
    ----------
    financed : array of whole numbers, shape (lanes,)
        What is put into installments. [fen]
    months : int
        How many installments, at least 1.
    yearly_millionths : array of whole numbers, shape (lanes,)
        Rate on the declining balance, 182500 for 18.25 % a year; 0 for none. [1e-6/year]
    """
    if months < 1:
        raise ValueError(f"months {months} must be at least 1")
    left = np.array(financed, dtype=np.float64)
    ppm = np.array(yearly_millionths, dtype=np.float64)
    if left.shape != ppm.shape or left.ndim != 1:
        raise ValueError(f"financed {left.shape} and yearly_millionths {ppm.shape} must have one place a lane")
    if (left < 0).any() or (ppm < 0).any():
        raise ValueError("financed and yearly_millionths must not be negative")
    if (left * ppm + _TWELFTHS).max(initial=0.0) >= _EXACT:
        return _one_by_one(financed, months, yearly_millionths)
    level = _level(left, months, ppm)
    principal, interest, remaining = np.empty((3, months, left.size))
    for k in range(months):
        due = interest[k]
        np.multiply(left, ppm, out=due)
        due += _TWELFTHS / 2
        due /= _TWELFTHS
        np.floor(due, out=due)
        paid = principal[k]
        if k == months - 1:
            paid[:] = left
        else:
            np.subtract(level, due, out=paid)
            np.minimum(paid, left, out=paid)
        left = np.subtract(left, paid, out=remaining[k])
    return Schedules(principal, interest, remaining)


@dataclass(frozen=True, slots=True)
class Totals(Tabular):
    """Installments of many debts added up, a place a month. [fen]"""

    payment: tuple[int, ...]
    principal: tuple[int, ...]
    interest: tuple[int, ...]
    left: tuple[int, ...]

    def columns(self) -> dict[str, list[object]]:
        """Return a row a month: its number, payment, principal, interest, left. [yuan]"""
        first: dict[str, list[object]] = {"month": list(range(1, len(self.payment) + 1))}
        return first | {n: [in_yuan(x) for x in getattr(self, n)] for n in ("payment", "principal", "interest", "left")}


def schedule_totals(financed: NDArray[Any], months: int, yearly_millionths: NDArray[Any]) -> Totals:
    """Return what `schedules` gives added up over all lanes, without keeping the schedules.

    Parameters
    ----------
    financed, months, yearly_millionths
        As for `schedules`.

    Notes
    -----
    A block of lanes is played to the end before the next, so that its numbers stay in the cache and no more than a
    block is in memory beside what is given. Sums of a block are exact in float64, and added as whole numbers.
    """
    if np.shape(financed) != np.shape(yearly_millionths) or np.ndim(financed) != 1:
        raise ValueError("financed and yearly_millionths must have one place a lane")
    sums, whole = np.zeros((2, max(0, months)), dtype=object), 0
    for begin in range(0, max(1, len(financed)), BLOCK):
        lanes = slice(begin, begin + BLOCK)
        principal, interest, opening = _added(financed[lanes], months, yearly_millionths[lanes])
        sums[0] += principal
        sums[1] += interest
        whole += opening
    paid, borne = [int(x) for x in sums[0]], [int(x) for x in sums[1]]
    left = [whole - so_far for so_far in accumulate(paid)]
    payment = [p + i for p, i in zip(paid, borne, strict=True)]
    return Totals(tuple(payment), tuple(paid), tuple(borne), tuple(left))


def _added(financed: NDArray[Any], months: int, millionths: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any], int]:
    """Return principal and interest of each month over a block of lanes as whole numbers, and what it begins with."""
    left = np.array(financed, dtype=np.float64)
    ppm = np.array(millionths, dtype=np.float64)
    largest = max((left * ppm + _TWELFTHS).max(initial=0.0), left.sum())
    if months < 1 or (left < 0).any() or (ppm < 0).any() or largest >= _EXACT:
        found = schedules(financed, months, millionths)
        opening = sum(map(int, financed))
        return _whole(found.principal), _whole(found.interest), opening
    opening, level = int(left.sum()), _level(left, months, ppm)
    principal, interest = np.empty(months), np.empty(months)
    due, paid = np.empty_like(left), np.empty_like(left)
    for k in range(months):
        np.multiply(left, ppm, out=due)
        due += _TWELFTHS / 2
        due /= _TWELFTHS
        np.floor(due, out=due)
        interest[k] = due.sum()
        if k == months - 1:
            paid = left
        else:
            np.subtract(level, due, out=paid)
            np.minimum(paid, left, out=paid)
        principal[k] = paid.sum()
        left -= paid
    return _whole(principal), _whole(interest), opening


def _whole(amounts: NDArray[Any]) -> NDArray[Any]:
    """Return amounts of each month, added up where there are many, as whole Python numbers."""
    if amounts.ndim == 1:
        return np.array([int(x) for x in amounts], dtype=object)
    return np.array([sum(int(x) for x in row) for row in amounts], dtype=object)


def _level(financed: NDArray[Any], months: int, ppm: NDArray[Any]) -> NDArray[Any]:
    """Return the equal payment of each lane; lanes too near to half a fen for float64 are settled exactly."""
    rate = ppm / _TWELFTHS
    with np.errstate(divide="ignore", invalid="ignore"):
        exact = financed * rate / -np.expm1(-months * np.log1p(rate))
    level = np.where(ppm > 0, np.floor(exact + 0.5), np.floor(financed / months))
    # float64 is off by far less than a millionth of a millionth of the amount
    near = (ppm > 0) & (np.abs(exact + 0.5 - np.round(exact + 0.5)) < 1e-5 + 1e-12 * exact)
    for i in np.flatnonzero(near):
        level[i] = level_payment(int(financed[i]), months, Fraction(int(ppm[i]), int(_TWELFTHS)))
    return level


def _one_by_one(financed: NDArray[Any], months: int, ppm: NDArray[Any]) -> Schedules:
    lanes = [
        installment_parts(int(f), months, Fraction(int(r), int(_TWELFTHS)), Remainder.LAST)
        for f, r in zip(financed, ppm, strict=True)
    ]
    parts = np.array(lanes, dtype=object).transpose(2, 1, 0)
    principal, interest = parts[0], parts[1]
    left = np.array(financed, dtype=object) - principal.cumsum(axis=0)
    return Schedules(principal, interest, left)
