"""Plans of every shape over lanes: what each month brings for many amounts at once, exact in whole fen.

As in `schedule_lanes`, whole fen in float64 stay exact below 2**53; a lane that could leave that range, or that
needs what only whole numbers of any size can do, is computed by itself, so that all agree with `course.numbered`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from debtdesk.core.course import Asks, Course, course_of, level_of, numbered, shape_of
from debtdesk.core.installing import InterestOn, Remainder
from debtdesk.core.money import Rounding, round_fen
from debtdesk.core.proposal import Proposal

_EXACT = 2.0**53


@dataclass(frozen=True, slots=True)
class Plans:
    """Plans of many lanes, month by month; arrays of shape (months, lanes), whole fen, zero after a lane's end. [fen]

    Months of grace are among them; `fee` is zero where there is none.
    """

    payment: NDArray[Any]
    principal: NDArray[Any]
    interest: NDArray[Any]
    fee: NDArray[Any]

    @property
    def dearest(self) -> NDArray[Any]:
        """The largest payment of each lane. [fen]"""
        found: NDArray[Any] = self.payment.max(axis=0)
        return found

    @property
    def total(self) -> NDArray[Any]:
        """All that each lane pays. [fen]"""
        found: NDArray[Any] = self.payment.sum(axis=0)
        return found


def plans(
    proposals: Sequence[Proposal], which: NDArray[Any], bearing: NDArray[Any], quiet: NDArray[Any] | None = None
) -> Plans:
    """Return the same payments as the schedules of proposals do, for many amounts at once.

    Parameters
    ----------
    proposals : sequence of Proposal
        Each with a number of installments; what they waive and pay down is not looked at.
    which : array of whole numbers, shape (lanes,)
        The place of each lane's proposal.
    bearing, quiet : arrays of whole numbers, shape (lanes,)
        What each lane puts into installments, bearing the plan's rate and not. [fen]

    Notes
    -----
    Lanes whose products leave 2**53, that bear interest on the original amount, that split something else than one
    amount over uneven months, or whose first installment takes the remainder, are computed one by one.
    """
    which, amounts = np.asarray(which), np.asarray(bearing)
    others = np.zeros_like(amounts) if quiet is None else np.asarray(quiet)
    if any(p.size is not None for p in proposals):
        raise ValueError("plans need a number of installments, not a size")
    courses = [course_of(shape_of(p), p.installments) for p in proposals]
    months = max(len(c.months) for c in courses)
    out = np.zeros((4, months, amounts.size))
    plain = np.array([_runs_in_lanes(p, c) for p, c in zip(proposals, courses, strict=True)])[which]
    plain &= (others == 0) & (amounts >= 0)
    largest = int(amounts.max(initial=0))
    wide = [max(2 * largest * up + down for up, down in c.accruals) >= _EXACT for c in courses]
    plain &= ~np.array(wide)[which]
    if plain.any():
        out[:, :, plain] = _lanes(proposals, courses, which[plain], amounts[plain].astype(np.float64), months)
    for i in np.flatnonzero(~plain):
        p, c = proposals[which[i]], courses[which[i]]
        places = {m.due: n for n, m in enumerate(c.months)}
        for paid in numbered(p, p.installments, int(amounts[i]), int(others[i])):
            n = places[paid.due]
            out[1:, n, i] += paid.principal, paid.interest, paid.fee
        out[0, :, i] = out[1:, :, i].sum(axis=0)
    return Plans(*out)


def _runs_in_lanes(proposal: Proposal, c: Course) -> bool:
    even = len({m.weight for m in c.months[c.waits :]}) == 1
    waiting = any(m.asks is Asks.NOTHING and m.accrual for m in c.months[: c.waits])
    return (
        c.extras[0] == 0
        and (proposal.rate is None or proposal.interest_on is InterestOn.LEFT)
        and proposal.remainder is Remainder.LAST
        and not waiting
        and (not proposal.period_fee or all(m.open == 1 for m in c.months))
        and (even or c.bears or not proposal.period_fee)
    )


def _lanes(
    proposals: Sequence[Proposal], courses: Sequence[Course], which: NDArray[Any], left: NDArray[Any], months: int
) -> NDArray[Any]:
    lasts = np.array([len(c.months) - 1 for c in courses])[which]
    steps = np.array([float(p.rounding_step) for p in proposals])[which]
    up = _table(courses, months, [[float(a) for a, _ in c.accruals] for c in courses], 0.0)[:, which]
    down = _table(courses, months, [[float(b) for _, b in c.accruals] for c in courses], 1.0)[:, which]
    grace = np.array([c.waits for c in courses])[which]
    levels = _levels(proposals, courses, which, left, months)
    fees, last_fees = _fees(proposals, which, left)
    out = np.zeros((4, months, left.size))
    arrears = np.zeros_like(left)
    for k in range(months):
        here = (k >= grace) & (k <= lasts)
        last = k == lasts
        interest = np.floor((2 * left * up[k] + down[k]) / (2 * down[k]))
        due = arrears + interest
        fee = np.where(here, np.where(last, last_fees, fees), 0.0)
        room = levels[k]
        stepped = np.maximum(np.floor((room + fee) / steps) * steps, fee) - fee
        room = np.where(steps > 1, stepped, room)
        paid = np.where(last | ~here, due, np.minimum(due, room))
        principal = np.where(last, left, np.where(here, np.minimum(left, room - paid), 0.0))
        arrears, left = due - paid, left - principal
        out[1, k], out[2, k], out[3, k] = principal, paid, fee
    out[0] = out[1] + out[2] + out[3]
    return out


def _table(courses: Sequence[Course], months: int, rows: Sequence[Sequence[float]], fill: float) -> NDArray[Any]:
    found = np.full((months, len(courses)), fill)
    for i, row in enumerate(rows):
        found[: len(row), i] = row
    return found


def _levels(
    proposals: Sequence[Proposal], courses: Sequence[Course], which: NDArray[Any], left: NDArray[Any], months: int
) -> NDArray[Any]:
    """Return what each installment comes to by itself; where float64 is too near to a step it is settled exactly."""
    half_up = np.array([c.bears and p.rounding_step == 1 for p, c in zip(proposals, courses, strict=True)])[which]
    weights = _table(courses, months, [[float(m.weight) for m in c.months] for c in courses], 0.0)[:, which]
    worth = np.array([c.worth[0] / c.worth[1] for c in courses])[which]
    shift = np.where(half_up, 0.5, 0.0)
    exact = left / worth * weights + shift
    found: NDArray[Any] = np.floor(exact)
    near = np.abs(exact - np.round(exact)) < 1e-3
    whole = np.array([not c.bears and {m.weight for m in c.months[c.waits :]} == {1} for c in courses])[which]
    near &= (weights != 0) & ~whole  # dividing a whole number by a whole number is exact
    for k, i in zip(*np.nonzero(near), strict=True):
        c = courses[which[i]]
        mode = Rounding.HALF_UP if half_up[i] else Rounding.DOWN
        found[k, i] = level_of(c, int(left[i]), c.months[k], mode)
    return found


def _fees(proposals: Sequence[Proposal], which: NDArray[Any], left: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the fee of each installment but the last, and of the last. [fen]"""
    if not any(p.period_fee for p in proposals):
        return np.zeros_like(left), np.zeros_like(left)
    counts = np.array([float(p.installments) for p in proposals])[which]
    totals = np.array(
        [
            round_fen(int(x) * proposals[i].period_fee * proposals[i].installments, Rounding.HALF_UP)
            for x, i in zip(left, which, strict=True)
        ],
        dtype=np.float64,
    )
    each = np.floor(totals / counts)
    return each, totals - each * (counts - 1)
