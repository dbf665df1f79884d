"""Frontier: all plans worth asking for, from the smallest concession on; searched over lanes, exact to the fen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from debtdesk.core.capacity import Capacity, capacity
from debtdesk.core.case import Case
from debtdesk.core.concession import Waiver
from debtdesk.core.days import add_months
from debtdesk.core.debt import Balance
from debtdesk.core.limits import Limits, limits_of
from debtdesk.core.plan_lanes import Shapes
from debtdesk.core.portfolio import frozen_months
from debtdesk.core.projection import balances_on
from debtdesk.core.proposal import Proposal, Role
from debtdesk.core.schedule import bearing_of
from debtdesk.core.settlement import by_debt, settle
from debtdesk.core.tabular import Tabular, in_yuan

CHUNK = 2048  # lanes played together


@dataclass(frozen=True, slots=True)
class Point:
    """One plan: what it asks the creditors to give up, for how long it runs and what it takes each month.

    `shape` is the proposal but for its waiver; `concession` what is waived and the interest that rests, on all debts
    [fen]; `monthly` the dearest month, the down payment left aside [fen]; `fits` whether the household can pay it.
    """

    shape: Proposal
    waiver: Waiver
    freeze_months: int
    concession: int
    term: int
    monthly: int
    total: int
    fits: bool

    @property
    def proposal(self) -> Proposal:
        """The proposal that says all this."""
        return replace(self.shape, waiver=self.waiver)


@dataclass(frozen=True, slots=True)
class Solution(Tabular):
    """The plans that no other beats in concession, term and monthly figure at once.

    `monthly` is what the household can pay each month, `room` its capacity by month where that was asked for. [fen]
    """

    limits: Limits
    monthly: int
    room: Capacity | None
    points: tuple[Point, ...]

    @property
    def fitting(self) -> tuple[Point, ...]:
        """The plans that fit, of which none asks for less and is shorter as well; the smallest concession first."""
        found: list[Point] = []
        fits = (p for p in self.points if p.fits)
        for p in sorted(fits, key=lambda p: (p.concession, p.term, p.monthly)):
            if not found or p.term < found[-1].term:
                found.append(p)
        return tuple(found)

    @property
    def best(self) -> Point | None:
        """The plan that fits with the smallest concession, the shortest of these; None where none fits."""
        return next(iter(self.fitting), None)

    def columns(self) -> dict[str, list[object]]:
        """Return a row a plan: concession, term, monthly figure, total, whether it fits. [yuan]"""
        return {
            "concession": [in_yuan(p.concession) for p in self.points],
            "term": [p.term for p in self.points],
            "monthly": [in_yuan(p.monthly) for p in self.points],
            "total": [in_yuan(p.total) for p in self.points],
            "freeze_months": [p.freeze_months for p in self.points],
            "fits": [p.fits for p in self.points],
        }


def solve(
    case: Case,
    proposal: Proposal | None = None,
    *,
    on: date,
    monthly: int | None = None,
    by_month: bool = False,
    limits: Limits | None = None,
) -> Solution:
    """Return all plans worth asking for: which waivers, freeze and term, and which of them the household can pay.

    Parameters
    ----------
    case : Case
    proposal : Proposal, optional
        Everything but waiver, number of installments and freeze is taken as it stands; the target of the case, or an
        interest-free plan from `on`, if left out.
    on : date
    monthly : int, optional
        What can be paid each month for all debts together; the capacity's equal installment if left out. [fen]
    by_month : bool
        Whether a plan fits if the household never runs out of cash, month by month and with the down payment, instead
        of by the monthly figure.
    limits : Limits, optional
        How far the search goes; those of the product if left out. Of a part that the proposal adds to the principal or
        sets aside, only the rest is waived.

    Raises
    ------
    ValueError
        If the proposal covers no debt of the case.

    Notes
    -----
    Every waiver of the limits is tried with every term and freeze, each to the fen as `schedule` would. A plan is left
    out if another asks for no more, lasts no longer and takes no more a month, and is better in one of them.
    """
    base = replace(proposal or _default(case, on), size=None, installments=1, freezes=())
    debts = case.covered(base)
    if not debts:
        raise ValueError(f"proposal {base.name!r} covers no debt of case {case.reference}")
    limits = (limits or limits_of(case, base, on=on)).beside(base)
    start = max(base.start, on)
    base = replace(base, start=start, first_due=max(base.first_due, start))
    months = limits.longest + (base.first_due.year - on.year) * 12 + base.first_due.month - on.month + 1
    months += base.grace.months if base.grace else 0
    if monthly is None:
        monthly = capacity(case.budget, start=on, months=min(months, 60)).level
    room = capacity(case.budget, start=on, months=months) if by_month else None
    balances = [balances_on(d, (max(start, d.balance.as_of),))[0] for d in debts]
    owed = {p: any(b.part(p) for b in balances) for p in limits.waived}
    limits = replace(limits, waived={p: most if owed[p] else Fraction(0) for p, most in limits.waived.items()})
    grid = _Grid(base, balances, limits)
    grid.play(on, room, monthly)
    return Solution(limits, monthly, room, tuple(grid.points()))


def _default(case: Case, on: date) -> Proposal:
    kept = next((p for p in case.proposals if p.role is Role.TARGET and case.covered(p)), None)
    return kept or Proposal(name="", role=Role.TARGET, start=on, first_due=add_months(on, 1), installments=1)


class _Grid:
    """Waivers x (freezes x terms), each summed over the debts."""

    def __init__(self, base: Proposal, balances: Sequence[Balance], limits: Limits) -> None:
        self.base, self.limits = base, limits
        self.waivers = list(limits.waivers(base.waiver.time))
        freezes = [frozen_months(base.start, n) for n in limits.freezes]
        self.shapes = [
            replace(base, waiver=self.waivers[0], installments=n, freezes=f)
            for f in freezes
            for n in range(1, limits.longest + 1)
        ]
        self.played = Shapes(self.shapes)
        rows = [
            [settle(p, b) for p, b in zip(by_debt(replace(base, waiver=x), balances), balances, strict=True)]
            for x in self.waivers
        ]
        self.waived = np.array([sum(s.given_up.total for s in row) for row in rows])
        self.down = np.array([sum(s.down.total for s in row) for row in rows])
        self.carried = np.array([sum(s.carried_owed for s in row) for row in rows])
        self.bearing = np.array([[bearing_of(base, s) for s in row] for row in rows])
        self.financed = np.array([[s.financed for s in row] for row in rows])
        shape = (len(self.waivers), len(self.shapes))
        self.monthly = np.zeros(shape, dtype=np.int64)
        self.total, self.interest = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        self.fits = np.zeros(shape, dtype=bool)

    def play(self, on: date, room: Capacity | None, monthly: int) -> None:
        """Work out every place of the grid."""
        n, m = self.monthly.shape
        which, level = np.tile(np.arange(m), n), np.repeat(np.arange(n), m)
        for at in range(0, n * m, CHUNK):
            w, v = which[at : at + CHUNK], level[at : at + CHUNK]
            payment, interest = self._play(w, v)
            self.monthly[v, w] = payment.max(axis=0)
            self.total[v, w] = payment.sum(axis=0) + self.down[v] + self.carried[v]
            self.interest[v, w] = interest
            if room is None:
                self.fits[v, w] = self.monthly[v, w] <= monthly
            else:
                self.fits[v, w] = self._never_short(payment, v, w, on, room)

    def _play(self, which: NDArray[Any], level: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
        payment, interest = None, np.zeros(which.size)
        for debt in range(self.bearing.shape[1]):
            bearing = self.bearing[level, debt]
            found = self.played.play(which, bearing, self.financed[level, debt] - bearing)
            payment = found.payment if payment is None else payment + found.payment
            interest = interest + found.interest.sum(axis=0)
        assert payment is not None
        return payment, interest

    def _never_short(
        self, payment: NDArray[Any], level: NDArray[Any], which: NDArray[Any], on: date, room: Capacity
    ) -> NDArray[Any]:
        """Return whether what has been paid never exceeds what has come in, up to the last payment."""
        later = (self.base.first_due.year - on.year) * 12 + self.base.first_due.month - on.month
        begins = (self.base.start.year - on.year) * 12 + self.base.start.month - on.month
        paid = np.zeros((len(room.left), payment.shape[1]))
        rows = min(len(payment), len(paid) - later)
        paid[later : later + rows] = payment[:rows]
        paid[begins] += self.down[level]
        ends = later + np.array([s.installments for s in self.shapes])[which] - 1
        ends += self.base.grace.months if self.base.grace else 0
        paid[ends, np.arange(ends.size)] += self.carried[level]
        come_in = room.savings + np.cumsum(np.array(room.left, dtype=np.float64))[:, None]
        short = (np.cumsum(paid, axis=0) > come_in) & (np.arange(len(paid))[:, None] <= ends)
        never: NDArray[Any] = ~short.any(axis=0)
        return never

    def points(self) -> list[Point]:
        """Return the places that no other beats."""
        n, longest = len(self.waivers), self.limits.longest
        count = len(self.limits.freezes)
        rest = self.interest.reshape(n, count, longest)
        forgone = (rest[:, :1, :] - rest).reshape(n, -1)
        asked = self.waived[:, None] + np.maximum(forgone, 0)
        term = np.tile(np.arange(1, longest + 1), count)
        flat = np.stack([asked.ravel(), np.tile(term, n), self.monthly.ravel(), self.total.ravel()])
        rows, found = flat.T.tolist(), []
        for i in _unbeaten(flat[0], flat[1], flat[2]):
            level, shape = divmod(i, len(self.shapes))
            concession, term_here, monthly, total = rows[i]
            frozen, fits = self.limits.freezes[shape // longest], bool(self.fits[level, shape])
            found.append(
                Point(self.shapes[shape], self.waivers[level], frozen, concession, term_here, monthly, total, fits)
            )
        return found


def _unbeaten(concession: NDArray[Any], term: NDArray[Any], monthly: NDArray[Any]) -> list[int]:
    """Return the places at which no other is at least as good in all three and better in one; of twins the first."""
    order = np.lexsort((monthly, term, concession))
    least = np.full(int(term.max()) + 2, np.iinfo(np.int64).max)
    kept = []
    for i in order:  # with growing concession: `least` is the smallest monthly figure up to a term so far
        t, m = int(term[i]), monthly[i]
        if m < least[t]:
            kept.append(int(i))
            tail = least[t:]
            np.minimum(tail, m, out=tail)
    return kept
