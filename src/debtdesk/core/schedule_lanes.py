"""Many schedules at once: equal installments over lanes, exact in whole fen.

Whole fen in float64 stay exact as long as every product lies below 2**53, and division of whole numbers rounds half up
by `floor((numerator + denominator / 2) / denominator)`. Lanes that could leave that range are computed one by one.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from debtdesk.core.proposal import Remainder
from debtdesk.core.schedule import installment_parts, level_payment

_EXACT = 2.0**53
_TWELFTHS = 12_000_000.0  # a monthly rate is millionths of a year over this


@dataclass(frozen=True, slots=True)
class Schedules:
    """Installments of many lanes, each array of shape (months, lanes), whole fen. [fen]"""

    payment: NDArray[Any]
    principal: NDArray[Any]
    interest: NDArray[Any]
    left: NDArray[Any]


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
    out = np.empty((4, months, left.size))
    payment, principal, interest, remaining = out
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
    np.add(principal, interest, out=payment)
    return Schedules(payment, principal, interest, remaining)


def _level(financed: NDArray[Any], months: int, ppm: NDArray[Any]) -> NDArray[Any]:
    """Return the equal payment of each lane; lanes too near to half a fen for float64 are settled exactly."""
    rate = ppm / _TWELFTHS
    with np.errstate(divide="ignore", invalid="ignore"):
        exact = financed * rate / -np.expm1(-months * np.log1p(rate))
    level = np.where(ppm > 0, np.floor(exact + 0.5), np.floor(financed / months))
    near = (ppm > 0) & (np.abs(exact + 0.5 - np.round(exact + 0.5)) < 1e-3)
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
    return Schedules(principal + interest, principal, interest, left)
