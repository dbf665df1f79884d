"""Optimal split: which debt to pay when, so that all of them grow least; reckoned by a solver, then played exactly.

Notes
-----
The solver (HiGHS through SciPy) sees the months as a mixed-integer linear programme in yuan: what each debt gets, what
of it is left, and, where charges are paid first, whether they are cleared. For simple interest that is the debt's own
way but for the rounding to fen, and for a debt that is left to grow again once its principal has gone down, which it
takes for dearer than it is; compounding, fees and statements are simplified, and `approximated` says for which debts.
Where the debts are few, every order of paying one after the other is played too, so that it is never worse than those.
What it finds is rounded down to whole fen, what is left over goes to the debt that gets most in that month, and the
kernel plays it: only that counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from itertools import permutations
from math import floor

from debtdesk.core.debt import Debt, overdue_days
from debtdesk.core.plain_way import plain_way
from debtdesk.core.sharing import LONGEST_MONTHS, NO_SHARE, SIMPLE_RULES, Meanwhile, Party, SharedPlan, ShareRule
from debtdesk.core.strategies import Asked, Shares, asked
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.core.terms import Compounding, Part, YearBasis

_FEN = 100.0
_HAIR = 1e-6  # a wish may lie this far below a whole fen [fen]
_ALL_ORDERS = 5  # debts whose orders are all tried: 120
_PROVEN = 1e-5  # the gap below which the solver's answer counts as the best [1]
_NO_LIMIT = float("inf")
_CHARGES_FIRST, _PRINCIPAL_FIRST, _WHOLE = "charges first", "principal first", "as a whole"
_AFTER = 0.1  # what a yuan left after the last month counts in the solver, beside itself


@dataclass(frozen=True, slots=True)
class OptimalSplit(Tabular):
    """The split that was reckoned to cost least, beside the simple rules under the same conditions.

    `proven` says whether the solver showed that its own picture allows nothing better; `gap` is how far below its
    answer the best could lie in that picture [1], None where it gave none; `approximated` the accounts whose terms the
    picture simplifies.
    """

    plan: SharedPlan
    simple: tuple[SharedPlan, ...]
    proven: bool
    gap: float | None
    approximated: tuple[str, ...]

    @property
    def best_simple(self) -> SharedPlan:
        """The simple rule under which the debts grow least."""
        return min(self.simple, key=_grown)

    @property
    def gain(self) -> int:
        """How much less all debts grow than under the best simple rule; zero or below where it is no better. [fen]"""
        return _grown(self.best_simple) - _grown(self.plan)

    @property
    def gains(self) -> tuple[int, ...]:
        """The same against each of the simple rules. [fen]"""
        return tuple(_grown(p) - _grown(self.plan) for p in self.simple)

    @property
    def best(self) -> SharedPlan:
        """The plan to take: this one only where it is better than every simple rule."""
        return self.plan if self.gain > 0 else self.best_simple

    def columns(self) -> dict[str, list[object]]:
        """Return a row a rule: what is paid, what the debts grow by, how many months, the last day. [yuan, months]"""
        plans = (*self.simple, self.plan)
        return {
            "rule": [p.rule.value for p in plans],
            "paid": [in_yuan(p.total) for p in plans],
            "charges": [in_yuan(_grown(p)) for p in plans],
            "months": [p.months for p in plans],
            "cleared": [p.cleared for p in plans],
        }


def _grown(plan: SharedPlan) -> int:
    return sum(plan.charges)


def least_charges(
    debts: Iterable[Debt],
    monthly: int | Sequence[int],
    *,
    parties: Iterable[Party] = (),
    on: date | None = None,
    first: date | None = None,
    months: int = LONGEST_MONTHS,
    equal_share: Fraction = NO_SHARE,
    nodes: int = 200,
    seconds: float | None = None,
) -> OptimalSplit:
    """Return the split over several creditors under which the debts grow least, beside the simple rules.

    Parameters
    ----------
    debts, monthly, parties, on, first, months, equal_share
        As for `debtdesk.core.strategies.share_out`. Debts that wait get what the others leave.
    nodes : int
        How many branches the solver may look at; what it has found by then is taken. The same on every machine.
    seconds : float, optional
        How long it may look; where that ends it first, another machine may find another split. [s]

    Notes
    -----
    When all is paid, what is paid in all is what is owed at the start and what the debts grow by: least growth is
    least paid.
    """
    ask = asked(debts, monthly, tuple(parties), on, first, months, equal_share)
    simple = tuple(ask.answer(rule) for rule in SIMPLE_RULES)
    known = min((*simple, *_in_turn(ask)), key=_grown)
    picture = _Picture(ask, max(1, known.months))
    wishes, gap = picture.solved(nodes, seconds)
    plans = [replace(known, rule=ShareRule.OPTIMAL)]
    if wishes is not None:
        plans.append(ask.play(ShareRule.OPTIMAL, _rounded(ask, wishes)))
    accounts = tuple(ask.parties[i].account for i in ask.places if picture.simplifies(i))
    return OptimalSplit(min(plans, key=_grown), simple, gap is not None and gap <= _PROVEN, gap, accounts)


def _in_turn(ask: Asked) -> Iterator[SharedPlan]:
    """Yield the plan of each order in which the debts could be paid one after the other, where these are few."""
    if len(ask.places) <= _ALL_ORDERS:
        for order in permutations(ask.places):
            yield ask.answer_in((*order, *ask.behind))


def _rounded(ask: Asked, wishes: dict[int, list[float]]) -> Shares:
    """Return what shares a month's sum out as wished, in whole fen, no debt above what is owed on it."""
    order = ask.order(ShareRule.DEAREST_FIRST)

    def shares(n: int, owed: Sequence[int]) -> list[int]:
        found = ask.floors(n, owed)
        rest = ask.amount(n) - sum(found)
        wished = {i: floor(row[n] + _HAIR) for i, row in wishes.items() if n < len(row)}
        most_first = sorted(order, key=lambda i: -wished.get(i, 0))
        for upper in (wished, dict(enumerate(owed))):  # first what is wished, then what is left over
            for i in most_first:
                more = max(0, min(rest, upper.get(i, 0) - found[i], owed[i] - found[i]))
                found[i] += more
                rest -= more
        return found

    return shares


@dataclass(slots=True)
class _Picture:
    """The months as the solver sees them, in yuan."""

    ask: Asked
    months: int
    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)
    gets: dict[int, list[int]] = field(default_factory=dict)
    constant: float = 0.0

    def solved(self, nodes: int, seconds: float | None) -> tuple[dict[int, list[float]] | None, float | None]:
        """Return what each debt is to get in each month [fen], and the gap; None where nothing was found."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp  # type: ignore[import-untyped]
        from scipy.sparse import coo_array  # type: ignore[import-untyped]

        for i in self.ask.places:
            self._debt(i)
        self.cost[self._fixed(1.0)] = self.constant
        for n in range(self.months):
            self._row({row[n]: 1.0 for row in self.gets.values()}, 0.0, self.ask.amount(n) / _FEN)
        entries = [(r, c, v) for r, (row, _, _) in enumerate(self.rows) for c, v in row.items()]
        at, across, values = (np.array(x) for x in zip(*entries, strict=True))
        matrix = coo_array((values, (at, across)), shape=(len(self.rows), len(self.cost))).tocsr()
        low, high = (np.array([row[k] for row in self.rows], dtype=float) for k in (1, 2))
        found = milp(
            np.array(self.cost),
            integrality=np.array(self.whole),
            bounds=Bounds(0.0, np.array(self.upper)),
            constraints=LinearConstraint(matrix, low, high),
            options={"node_limit": nodes, "mip_rel_gap": 1e-6} | ({"time_limit": seconds} if seconds else {}),
        )
        if found.x is None:
            return None, None
        gap = getattr(found, "mip_gap", None)
        wishes = {i: [float(found.x[v]) * _FEN for v in row] for i, row in self.gets.items()}
        return wishes, 0.0 if gap is None else float(gap)

    def simplifies(self, i: int) -> bool:
        """Return whether the picture of a debt is not its own way but for the rounding."""
        if self.ask.ways is not None or self.ask.parties[i].meanwhile is Meanwhile.STANDS_STILL:
            return False
        return plain_way(self.ask.debts[i], self.ask.start, self.ask.days, False) is None

    def _debt(self, i: int) -> None:
        """Add a debt: its months one after the other."""
        debt, opening = self.ask.debts[i], max(0, self.ask.opening[i]) / _FEN
        still = self.ask.parties[i].meanwhile is Meanwhile.STANDS_STILL
        rates = [0.0] * self.months if still else _monthly_rates(debt, self.ask.start, self.ask.days[: self.months])
        way = _way_of(debt, self.ask.days[0])
        owed, most, self.gets[i] = {self._fixed(opening): 1.0}, opening, []
        bears: dict[int, float] = {}
        constant, in_turn = min(opening, _bearing(way, debt)), None
        for n, rate in enumerate(rates):
            most += rate * (most if way == _WHOLE else min(most, _bearing(way, debt)))
            paid = self._new(most)
            self.gets[i].append(paid)
            after, bears_next, constant_next, turn = self._after(way, debt, most)
            # what is owed then = what was owed + what it bears − what is paid
            row = dict(after)
            for place, factor in owed.items():
                row[place] = row.get(place, 0.0) - factor
            for place, factor in bears.items():
                row[place] = row.get(place, 0.0) - rate * factor
                self.cost[place] += rate * factor
            row[paid] = 1.0
            self.constant += rate * constant
            self._row(row, rate * constant, rate * constant)
            if turn is not None and in_turn is not None:
                self._row({turn: 1.0, in_turn: -1.0}, 0.0, 1.0)  # a debt whose principal goes down goes on so
            self._must_get(i, n, paid, after, most)
            owed, bears, constant, in_turn = after, bears_next, constant_next, turn
        for place in owed:
            self.cost[place] += _AFTER

    def _after(self, way: str, debt: Debt, most: float) -> tuple[dict[int, float], dict[int, float], float, int | None]:
        """Add what is owed after a month; return it, what of it bears interest, a constant part, and the turn."""
        bearing = _bearing(way, debt)
        if way == _CHARGES_FIRST:
            # above its principal a debt bears interest on all of that; below, on what is owed
            low, high, turn = self._new(bearing), self._new(most), self._new(1.0, whole=True)
            self._row({low: 1.0, turn: -bearing}, -_NO_LIMIT, 0.0)
            self._row({high: 1.0, turn: most}, -_NO_LIMIT, most)
            self._row({high: 1.0, turn: bearing}, bearing, _NO_LIMIT)
            return {low: 1.0, high: 1.0}, {low: 1.0, turn: -bearing}, bearing, turn
        owed, bears = self._new(most), self._new(most)
        quiet = debt.balance.total / _FEN - bearing if way == _PRINCIPAL_FIRST else debt.balance.fees / _FEN
        self._row({bears: 1.0, owed: -1.0}, -quiet, _NO_LIMIT)  # what bears none is paid last
        return {owed: 1.0}, {bears: 1.0}, 0.0, None

    def _must_get(self, i: int, n: int, paid: int, after: dict[int, float], most: float) -> None:
        least = self._least(i, n)
        if least:
            done = self._new(1.0, whole=True)
            self._row({paid: 1.0, done: least}, least, _NO_LIMIT)
            self._row({**after, done: most}, -_NO_LIMIT, most)

    def _least(self, i: int, n: int) -> float:
        """Return what a debt must get in a month while it is owed. [yuan]"""
        ask, whole = self.ask, sum(self.ask.opening[k] for k in self.ask.places) or 1
        equal = int(ask.equal_share * ask.amount(n) * ask.opening[i] / whole)
        return max(ask.least[i], equal) / _FEN

    def _new(self, upper: float, *, whole: bool = False) -> int:
        self.cost.append(0.0)
        self.upper.append(upper)
        self.whole.append(int(whole))
        return len(self.cost) - 1

    def _fixed(self, amount: float) -> int:
        place = self._new(amount)
        self._row({place: 1.0}, amount, amount)
        return place

    def _row(self, row: dict[int, float], low: float, high: float) -> None:
        self.rows.append((row, low, high))


def _way_of(debt: Debt, day: date) -> str:
    """Return what of a debt bears interest: its principal, paid last or first, or all of it but the fees."""
    if debt.terms.compounding is not Compounding.SIMPLE:
        return _WHOLE
    first = debt.terms.order_on(overdue_days(debt, on=day))[0]
    return _PRINCIPAL_FIRST if first is Part.PRINCIPAL else _CHARGES_FIRST


def _bearing(way: str, debt: Debt) -> float:
    """Return what bears interest at the start. [yuan]"""
    fen = debt.balance.total - debt.balance.fees if way == _WHOLE else debt.balance.principal
    return fen / _FEN


def _monthly_rates(debt: Debt, start: date, days: Sequence[date]) -> list[float]:
    """Return what a yuan bears from each day of payment to the next, the start being the first. [1/month]"""
    terms, basis = debt.played_terms, 360 if debt.terms.year is YearBasis.DAYS_360 else 365
    spans = zip((start, *days), days, strict=False)
    return [float(terms.rate_on(b).per_day(basis)) * (b - a).days for a, b in spans]
