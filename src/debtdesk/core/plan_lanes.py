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
    return Shapes(proposals).play(which, bearing, quiet)


class Shapes:
    """Proposals ready to be played with many amounts: the arrays that do not depend on these, a column a proposal."""

    def __init__(self, proposals: Sequence[Proposal]) -> None:
        if any(p.size is not None for p in proposals):
            raise ValueError("plans need a number of installments, not a size")
        self.proposals = proposals
        self.courses = courses = [course_of(shape_of(p), p.installments) for p in proposals]
        both = list(zip(proposals, courses, strict=True))
        even = [_weighs_one(c) for c in courses]
        self.months = max(len(c.months) for c in courses)
        self.plain = np.array([_runs_in_lanes(p, c, e) for (p, c), e in zip(both, even, strict=True)])
        self.up = self._table([[float(a) for a, _ in c.accruals] for c in courses], 0.0)
        self.down = self._table([[float(b) for _, b in c.accruals] for c in courses], 1.0)
        self.weights = self._table([_weights(c, e) for c, e in zip(courses, even, strict=True)], 0.0)
        self.lasts = np.array([len(c.months) - 1 for c in courses])
        self.grace = np.array([c.waits for c in courses])
        self.steps = np.array([float(p.rounding_step) for p in proposals])
        self.counts = np.array([float(p.installments) for p in proposals])
        self.half_up = np.array([c.bears and p.rounding_step == 1 for p, c in both])
        self.whole = np.array([e and not c.bears for c, e in zip(courses, even, strict=True)])
        self.worth = np.array([c.worth[0] / c.worth[1] for c in courses])
        self.has_fees, self.has_steps = any(p.period_fee for p in proposals), bool((self.steps > 1).any())

    def _table(self, rows: Sequence[Sequence[float]], fill: float) -> NDArray[Any]:
        found = np.full((self.months, len(rows)), fill)
        for i, row in enumerate(rows):
            found[: len(row), i] = row
        return found

    def play(self, which: NDArray[Any], bearing: NDArray[Any], quiet: NDArray[Any] | None = None) -> Plans:
        """Return what each lane pays, as `plans` does."""
        which, amounts = np.asarray(which), np.asarray(bearing)
        others = np.zeros_like(amounts) if quiet is None else np.asarray(quiet)
        largest = float(amounts.max(initial=0))
        fits = ((2 * largest * self.up + self.down).max(axis=0) < _EXACT) & self.plain
        plain = fits[which] & (others == 0) & (amounts >= 0)
        if plain.all():
            return Plans(*self._lanes(which, amounts.astype(np.float64)))
        out = np.zeros((4, self.months, amounts.size))
        if plain.any():
            out[:, :, plain] = self._lanes(which[plain], amounts[plain].astype(np.float64))
        for i in np.flatnonzero(~plain):
            p, c = self.proposals[which[i]], self.courses[which[i]]
            places = {m.due: n for n, m in enumerate(c.months)}
            for paid in numbered(p, p.installments, int(amounts[i]), int(others[i])):
                n = places[paid.due]
                out[1:, n, i] += paid.principal, paid.interest, paid.fee
            out[0, :, i] = out[1:, :, i].sum(axis=0)
        return Plans(*out)

    def _lanes(self, which: NDArray[Any], left: NDArray[Any]) -> NDArray[Any]:
        lasts, grace, steps = self.lasts[which], self.grace[which], self.steps[which]
        levels = self._levels(which, left)
        fees, last_fees = self._fees(which, left)
        out = np.zeros((4, self.months, left.size))
        arrears = np.zeros_like(left)
        waits = bool(grace.any())
        for k in range(self.months):
            last, over = k == lasts, k > lasts
            due = arrears
            if (up := self.up[k]).any():
                down = self.down[k][which]
                due = arrears + np.floor((2 * left * up[which] + down) / (2 * down))
            room, fee = levels[k], fees
            if self.has_fees:
                fee = np.where((k >= grace) & ~over, np.where(last, last_fees, fees), 0.0)
            if self.has_steps:
                stepped = np.maximum(np.floor((room + fee) / steps) * steps, fee) - fee
                room = np.where(steps > 1, stepped, room)
            paid = np.where(last | over, due, np.minimum(due, room))
            principal = np.where(last, left, np.minimum(left, room - paid))
            if waits:
                early = k < grace
                paid, principal = np.where(early, due, paid), np.where(early, 0.0, principal)
            arrears, left = due - paid, left - principal
            out[1, k], out[2, k], out[3, k] = principal, paid, fee
        np.add(out[1], out[2], out=out[0])
        out[0] += out[3]
        return out

    def _levels(self, which: NDArray[Any], left: NDArray[Any]) -> NDArray[Any]:
        """Return what each installment comes to by itself; too near to a step for float64 it is settled exactly."""
        half_up, weights = self.half_up[which], self.weights[:, which]
        exact = left / self.worth[which] * weights
        exact += np.where(half_up, 0.5, 0.0)
        found: NDArray[Any] = np.floor(exact)
        # dividing a whole number by a whole number is exact, and months alike in weight are alike in amount
        asked = ~self.whole[which]
        if asked.any():
            near = np.abs(exact - np.round(exact)) < 1e-3 + 1e-14 * exact
            near &= (weights != 0) & asked
            for i in np.flatnonzero(near.any(axis=0)):
                c, mode = self.courses[which[i]], Rounding.HALF_UP if half_up[i] else Rounding.DOWN
                known: dict[float, int] = {}
                for k in np.flatnonzero(near[:, i]):
                    weight = weights[k, i]
                    if weight not in known:
                        known[weight] = level_of(c, int(left[i]), c.months[k], mode)
                    found[k, i] = known[weight]
        return found

    def _fees(self, which: NDArray[Any], left: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        """Return the fee of each installment but the last, and of the last. [fen]"""
        if not self.has_fees:
            return np.zeros_like(left), np.zeros_like(left)
        shares = [p.period_fee * p.installments for p in self.proposals]
        found = [round_fen(int(x) * shares[i], Rounding.HALF_UP) for x, i in zip(left, which, strict=True)]
        totals, counts = np.array(found, dtype=np.float64), self.counts[which]
        each = np.floor(totals / counts)
        return each, totals - each * (counts - 1)


def _weighs_one(c: Course) -> bool:
    return all(m.weight is c.months[-1].weight for m in c.months[c.waits :]) and c.months[-1].weight == 1


def _weights(c: Course, even: bool) -> list[float]:
    if even:
        return [0.0] * c.waits + [1.0] * (len(c.months) - c.waits)
    return [float(m.weight) for m in c.months]


def _runs_in_lanes(proposal: Proposal, c: Course, even: bool) -> bool:
    waiting = any(m.asks is Asks.NOTHING and m.accrual for m in c.months[: c.waits])
    return (
        c.extras[0] == 0
        and (proposal.rate is None or proposal.interest_on is InterestOn.LEFT)
        and proposal.remainder is Remainder.LAST
        and not waiting
        and (not proposal.period_fee or all(m.open == 1 for m in c.months))
        and (even or c.bears or not proposal.period_fee)
    )
