"""Risk: how often the money would run out under a proposal when months go otherwise than in the budget.

Reckoned over many drawn ways, not foretold: what comes out is as good as the assumed `Chances`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from typing import TYPE_CHECKING

from debtdesk.core.budget import Budget
from debtdesk.core.days import add_months
from debtdesk.core.draws import PATHS, SEED, Chances, Draws, draw
from debtdesk.core.tabular import Tabular, in_yuan

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from debtdesk.core.offer import Offer

QUANTILES = (Fraction(5, 100), Fraction(25, 100), Fraction(50, 100), Fraction(75, 100), Fraction(95, 100))
YUAN = 100
HIGHEST_RESERVE = 100_000_000  # nothing above a million yuan is looked for [fen]


class Reserve(StrEnum):
    """Whether what is laid aside each month helps out when money runs short, or is left alone."""

    USED = "used"
    LEFT_ALONE = "left_alone"


class Measure(StrEnum):
    """What a risk is counted in: whole plans, or years of a plan."""

    PLAN = "plan"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Risk:
    """How often a proposal fails: the household is out of cash in more than `tolerated` months.

    Parameters
    ----------
    name : str
        Of the proposal.
    months, paths : int
        Months of the plan, and ways drawn.
    tolerated : int
        Months out of cash that do not count as failing yet. [months]
    failed : int
        Ways in which it fails.
    years : int
        Years begun over all ways, each way up to the year in which it fails. [years]
    when : tuple of int
        In which month of the plan it fails, by QUANTILES of the ways that fail, 1 for the first; empty for none.
    lowest : tuple of int
        The least that is at hand at any month's end, by QUANTILES of all ways. [fen]
    seed : int
    chances : Chances
    """

    name: str
    months: int
    paths: int
    tolerated: int
    failed: int
    years: int
    when: tuple[int, ...]
    lowest: tuple[int, ...]
    seed: int
    chances: Chances

    @property
    def share(self) -> Fraction:
        """The share of ways in which the plan fails. [1]"""
        return Fraction(self.failed, self.paths)

    @property
    def standard_error(self) -> float:
        """How far the share may be off by the luck of the draw: sqrt(p (1 − p) / paths). [1]"""
        return sqrt(self.share * (1 - self.share) / self.paths)

    @property
    def yearly(self) -> Fraction:
        """The share of years begun in which the plan fails. [1]"""
        return Fraction(self.failed, self.years) if self.years else Fraction(0)

    @property
    def yearly_error(self) -> float:
        """The standard error of the yearly share. [1]"""
        return sqrt(self.yearly * (1 - self.yearly) / self.years) if self.years else 0.0

    def of(self, measure: Measure) -> Fraction:
        """Return the share by a measure. [1]"""
        return self.share if measure is Measure.PLAN else self.yearly


@dataclass(frozen=True, slots=True)
class Risks(Tabular):
    """Proposals side by side on the same draws."""

    rows: tuple[Risk, ...]

    def columns(self) -> dict[str, list[object]]:
        """Return a row a proposal: share, its error, yearly share, median month of failure, low reserve. [1, yuan]"""
        middle = len(QUANTILES) // 2
        return {
            "proposal": [r.name for r in self.rows],
            "months": [r.months for r in self.rows],
            "share": [float(r.share) for r in self.rows],
            "standard_error": [r.standard_error for r in self.rows],
            "yearly": [float(r.yearly) for r in self.rows],
            "fails_in_month": [r.when[middle] if r.when else None for r in self.rows],
            "lowest_5": [in_yuan(r.lowest[0]) for r in self.rows],
            "lowest_50": [in_yuan(r.lowest[middle]) for r in self.rows],
        }


@dataclass(frozen=True, slots=True)
class Fan:
    """Cash at hand at each month's end by QUANTILES: a row a quantile, a place a month. [fen]"""

    months: tuple[date, ...]
    rows: tuple[tuple[int, ...], ...] = field(default=())


def risk(
    draws: Draws,
    installments: Sequence[int] | int,
    *,
    name: str = "",
    tolerated: int = 0,
    reserve: Reserve = Reserve.USED,
    extra: int = 0,
) -> Risk:
    """Return how often the household runs out of cash when installments are paid.

    Parameters
    ----------
    draws : Draws
    installments : sequence of int, or int
        What is paid each month, no more months than were drawn; one amount is paid in all of them. [fen]
    name : str
    tolerated : int
        Fails where more months than this end without cash; 0 for any month. [months]
    reserve : Reserve
        Left alone, the answer without shocks is that of `Capacity.months_short`.
    extra : int
        More money at hand at the start. [fen]
    """
    import numpy as np

    if tolerated < 0:
        raise ValueError(f"tolerated {tolerated} must not be negative")
    steps = _steps(draws, installments, reserve)
    at_hand = np.full(draws.paths, float(draws.room.savings + extra))
    lowest = np.full(draws.paths, np.inf)
    short = np.zeros(draws.paths, dtype=np.int16)
    first = np.zeros(draws.paths, dtype=np.int16)
    for month, (left, step) in enumerate(steps, start=1):
        at_hand += left
        at_hand += step
        np.minimum(lowest, at_hand, out=lowest)
        below = at_hand < 0
        if tolerated:
            short += below
            below = short > tolerated
        if below.any():
            np.copyto(first, np.int16(month), where=below & (first == 0))
    failing = first[first > 0]
    years = int(np.where(first > 0, (first + 11) // 12, (len(steps) + 11) // 12).sum())
    return Risk(
        name=name,
        months=len(steps),
        paths=draws.paths,
        tolerated=tolerated,
        failed=int(failing.size),
        years=years,
        when=_by_quantile(failing) if failing.size else (),
        lowest=_by_quantile(lowest),
        seed=draws.seed,
        chances=draws.chances,
    )


def risks(
    budget: Budget,
    offers: Iterable[Offer],
    *,
    chances: Chances | None = None,
    tolerated: int = 0,
    reserve: Reserve = Reserve.USED,
    paths: int = PATHS,
    seed: int = SEED,
) -> Risks:
    """Return the risk of each offer of a comparison, all on the same draws; see `risk`."""
    offers = tuple(offers)
    if not offers:
        return Risks(())
    longest = max(offers, key=lambda o: len(o.capacity.months)).capacity
    draws = draw(
        budget,
        start=longest.months[0],
        months=len(longest.months),
        chances=chances,
        paths=paths,
        seed=seed,
        room=longest,
    )
    return Risks(
        tuple(risk(draws, o.paid_by_month, name=o.proposal.name, tolerated=tolerated, reserve=reserve) for o in offers)
    )


def fan(draws: Draws, installments: Sequence[int] | int, *, reserve: Reserve = Reserve.USED, extra: int = 0) -> Fan:
    """Return how the cash at hand spreads over the months when installments are paid; see `risk`."""
    import numpy as np

    at_hand = np.full(draws.paths, float(draws.room.savings + extra))
    columns = []
    for left, step in _steps(draws, installments, reserve):
        at_hand += left
        at_hand += step
        columns.append(_by_quantile(at_hand))
    months = tuple(add_months(draws.room.months[0], n) for n in range(len(columns)))
    return Fan(months, tuple(zip(*columns, strict=True)))


def least_reserve(
    draws: Draws,
    installments: Sequence[int] | int,
    level: Fraction,
    *,
    measure: Measure = Measure.PLAN,
    tolerated: int = 0,
    reserve: Reserve = Reserve.USED,
) -> int | None:
    """Return the least more money at hand at the start that brings the risk to a level, in whole yuan. [fen]

    None where a million yuan would not do. The same draws are used throughout, so more never makes it worse.
    """

    def fails(extra: int) -> bool:
        found = risk(draws, installments, tolerated=tolerated, reserve=reserve, extra=extra)
        return found.of(measure) > _level(level)

    if fails(HIGHEST_RESERVE):
        return None
    return _least(lambda yuan: not fails(yuan * YUAN), HIGHEST_RESERVE // YUAN) * YUAN


def largest_installment(
    draws: Draws,
    months: int,
    level: Fraction,
    *,
    measure: Measure = Measure.PLAN,
    tolerated: int = 0,
    reserve: Reserve = Reserve.USED,
) -> int | None:
    """Return the largest level installment over some months whose risk stays at a level, in whole yuan. [fen]

    None where even without an installment the risk is higher, or where none up to a million yuan is too large.
    """

    def fails(yuan: int) -> bool:
        found = risk(draws, [yuan * YUAN] * months, tolerated=tolerated, reserve=reserve)
        return found.of(measure) > _level(level)

    if fails(0):
        return None
    most = 1 + max(1, max(draws.room.income) + draws.room.savings) // YUAN
    while not fails(most):
        most *= 2
        if most * YUAN > HIGHEST_RESERVE:
            return None
    return (_least(fails, most) - 1) * YUAN


def _level(level: Fraction) -> Fraction:
    if not 0 <= level <= 1:
        raise ValueError(f"level {level} must lie between 0 and 1")
    return level


def _least(holds: Callable[[int], bool], high: int) -> int:
    """Return the least number from 0 for which something holds that holds for `high` and all above where it does."""
    low = -1
    while high - low > 1:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle
    return high


def _steps(
    draws: Draws, installments: Sequence[int] | int, reserve: Reserve
) -> list[tuple[NDArray[np.float64], float]]:
    """Return of each month what the draws leave, and what is added for all of them alike. [fen]"""
    paid = [installments] * draws.months if isinstance(installments, int) else list(installments)
    if not 0 < len(paid) <= draws.months or min(paid) < 0:
        raise ValueError(f"installments must be 1 to {draws.months} amounts, none below zero")
    laid_aside = draws.room.reserve if reserve is Reserve.USED else [0] * draws.months
    return [(left, float(r - p)) for left, p, r in zip(draws.left, paid, laid_aside, strict=False)]


def _by_quantile(values: NDArray[np.generic]) -> tuple[int, ...]:
    """Return the values at QUANTILES: the least one that so many do not exceed."""
    import numpy as np

    places = [max(0, -(-q.numerator * values.size // q.denominator) - 1) for q in QUANTILES]
    found = np.partition(values, places)
    return tuple(int(found[i]) for i in places)
