"""Draws: what may go otherwise than in the budget, month by month, drawn once and used for every proposal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from fractions import Fraction
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from debtdesk.core.budget import Budget, BudgetItem, Frequency, Kind
from debtdesk.core.capacity import Capacity, capacity, counted_income
from debtdesk.core.problems import Problem
from debtdesk.core.terms import Known
from debtdesk.locale import Message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

PATHS, SEED = 10_000, 20_261_124
WIDEST = Fraction(1, 3)  # a spread above it could take more than there is
_SIGMAS = 3.0  # amounts vary by at most so many spreads
_PARTS = 8192  # of the normal distribution, equally likely
_SPARE = 3  # bits of 16 beyond those that choose a part


@dataclass(frozen=True, slots=True, kw_only=True)
class Chances:
    """How uncertain a household's months are. All defaults are assumed, not measured: set them for the client.

    Parameters
    ----------
    steady_spread, irregular_spread, expense_spread : Fraction
        Spread (standard deviation) of income that comes every month, of other income, and of living costs, as a share
        of the amount; each month by itself, at most three spreads. At most 1/3. [1]
    job_loss : Fraction
        Chance in a year that an income that comes every month stops. [1/year]
    job_loss_months : tuple of int
        Shortest and longest time until it is back, each as likely. [months]
    income_kept : Fraction
        Share of it that still comes meanwhile, for instance unemployment benefit. [1]
    illness : Fraction
        Chance in a year of an illness that costs money. [1/year]
    illness_cost : tuple of int
        Least and most it costs, each as likely. [fen]
    illness_lost : Fraction
        Share of the income that comes every month lost in that month. [1]
    one_off : Fraction
        Chance in a year of another expense that nobody planned: a repair, a journey, a funeral. [1/year]
    one_off_cost : tuple of int
        Least and most it costs, each as likely. [fen]
    known : Known
        How these figures are known.
    """

    steady_spread: Fraction = Fraction(5, 100)
    irregular_spread: Fraction = Fraction(25, 100)
    expense_spread: Fraction = Fraction(8, 100)
    job_loss: Fraction = Fraction(8, 100)
    job_loss_months: tuple[int, int] = (1, 6)
    income_kept: Fraction = Fraction(0)
    illness: Fraction = Fraction(15, 100)
    illness_cost: tuple[int, int] = (50_000, 500_000)
    illness_lost: Fraction = Fraction(1, 4)
    one_off: Fraction = Fraction(50, 100)
    one_off_cost: tuple[int, int] = (30_000, 200_000)
    known: Known = Known.ASSUMED

    def __post_init__(self) -> None:
        problems = chance_problems({f.name: getattr(self, f.name) for f in fields(self)})
        if problems:
            raise ValueError("; ".join(f"{p.field}: {p.text.in_language('en')}" for p in problems))

    @classmethod
    def none(cls) -> Chances:
        """Return no shocks at all: every month as in the budget."""
        nothing = Fraction(0)
        return cls(
            steady_spread=nothing,
            irregular_spread=nothing,
            expense_spread=nothing,
            job_loss=nothing,
            illness=nothing,
            one_off=nothing,
        )


_SPREADS = ("steady_spread", "irregular_spread", "expense_spread")
_SHARES = ("job_loss", "income_kept", "illness", "illness_lost", "one_off")
_RANGES = ("job_loss_months", "illness_cost", "one_off_cost")


def chance_problems(given: Mapping[str, Any], *, source: str = "") -> list[Problem]:
    """Return what is wrong in what a person typed for `Chances`, by the names of its fields."""
    found: list[Problem] = []

    def note(field: str, text: Message, remedy: Message) -> None:
        found.append(Problem(source, None, field, text, remedy))

    for name in _SPREADS:
        if name in given and not 0 <= given[name] <= WIDEST:
            note(name, Message("The spread is not between 0 and a third."), Message("Write a share from 0 to 33%."))
    for name in _SHARES:
        if name in given and not 0 <= given[name] <= 1:
            note(name, Message("The share is not between 0 and 100%."), Message("Write a share from 0 to 100%."))
    for name in _RANGES:
        if name in given:
            low, high = given[name]
            if low < 0 or high < low or (name == "job_loss_months" and low < 1):
                text = Message("The least and the most are not in order, or too small.")
                note(name, text, Message("Write the least first, then the most."))
    return found


@dataclass(frozen=True, slots=True, eq=False)
class Draws:
    """Many ways the household's months may go. Arrays have shape (months, paths), whole fen in float64. [fen]

    `left` is what each month leaves before installments, the reserve laid aside; where nothing happens it is
    `room.left`. The same draws serve every proposal, so that differences between proposals are not luck.
    """

    room: Capacity
    chances: Chances
    seed: int
    left: NDArray[np.float64]

    @property
    def paths(self) -> int:
        """How many ways were drawn."""
        return int(self.left.shape[1])

    @property
    def months(self) -> int:
        """How many months each has. [months]"""
        return int(self.left.shape[0])


def draw(
    budget: Budget,
    *,
    start: date,
    months: int,
    chances: Chances | None = None,
    paths: int = PATHS,
    seed: int = SEED,
    room: Capacity | None = None,
) -> Draws:
    """Return many ways the household's months may go, the same for the same seed.

    Parameters
    ----------
    budget : Budget
    start : date
        Any day of the first month.
    months : int
        How many, at least 1. The first months of a longer draw are those of a shorter one.
    chances : Chances, optional
        The assumed ones if left out.
    paths : int
        How many ways, at least 1.
    seed : int
        Of NumPy's default generator; each kind of shock has a stream of its own.
    room : Capacity, optional
        What the budget leaves, where it was computed already, over at least these months.
    """
    import numpy as np

    if paths < 1:
        raise ValueError(f"paths {paths} must be at least 1")
    chances = Chances() if chances is None else chances
    room = capacity(budget, start=start, months=months) if room is None else room
    days = room.months[:months]
    earners = [i for i in budget.items if i.kind is Kind.INCOME and i.frequency is Frequency.MONTHLY]
    streams = [np.random.default_rng(s) for s in np.random.SeedSequence(seed).spawn(5 + 2 * len(earners))]
    left = np.empty((len(days), paths))
    _vary(left, room.left, _spreads(budget, room, chances, days), streams[0])
    flat, cells = left.reshape(-1), left.size
    ill, other = _happens(streams[1], chances.illness, cells), _happens(streams[3], chances.one_off, cells)
    steady = np.zeros(ill.size)
    for n, item in enumerate(earners):
        earned, out = _counted(budget, item, days), _out_of_work(streams[5 + 2 * n : 7 + 2 * n], chances, left.shape)
        gone = np.rint(earned * float(1 - chances.income_kept))
        steady += earned[ill // paths] * ~out.reshape(-1)[ill]
        without = np.flatnonzero(out)
        flat[without] -= gone[without // paths]
    flat[ill] -= _costs(streams[2], chances.illness_cost, ill.size) + np.rint(steady * float(chances.illness_lost))
    flat[other] -= _costs(streams[4], chances.one_off_cost, other.size)
    return Draws(room, chances, seed, left)


def _counted(budget: Budget, item: BudgetItem, days: Sequence[date]) -> NDArray[np.float64]:
    """Return what the capacity counts of an income in each month: what does not count cannot be lost. [fen]"""
    import numpy as np

    return np.array(counted_income(budget, item, days), dtype=np.float64)


def _spreads(budget: Budget, room: Capacity, chances: Chances, days: Sequence[date]) -> NDArray[np.float64]:
    """Return the spread of each month; amounts that vary by themselves add up by their squares. [fen]"""
    import numpy as np

    squares = (np.array(room.living[: len(days)], dtype=np.float64) * float(chances.expense_spread)) ** 2
    for item in (i for i in budget.items if i.kind is Kind.INCOME):
        steady = item.frequency is Frequency.MONTHLY
        spread = float(chances.steady_spread if steady else chances.irregular_spread)
        squares += (_counted(budget, item, days) * spread) ** 2
    return np.sqrt(squares)


def _vary(
    out: NDArray[np.float64], about: Sequence[int], spreads: NDArray[np.float64], stream: np.random.Generator
) -> None:
    """Fill an array with whole fen that vary about an amount a month, each month by its spread. [fen]"""
    import numpy as np

    deviations, tables = _deviations(), dict[tuple[int, float], "NDArray[np.float64]"]()
    for row, month in zip(out, zip(about, map(float, spreads), strict=False), strict=False):
        amount, spread = month
        if not spread:
            row[:] = amount
            continue
        if month not in tables:  # months are much alike: what they may come to is worked out once
            tables[month] = np.rint(deviations * spread) + amount
        bits = stream.bit_generator.random_raw(-(-row.size // 4)).astype("<u8").view("<u2")[: row.size]
        tables[month].take(bits >> _SPARE, out=row, mode="clip")


@lru_cache(maxsize=1)
def _deviations() -> NDArray[np.float64]:
    """Return the middles of equally likely parts of the normal distribution, in spreads, none beyond the widest.

    Looking one up takes a third of the time of drawing it, and the parts are far finer than the spreads are known.
    """
    import numpy as np

    quantile = NormalDist().inv_cdf
    upper = [min(quantile((2 * i + 1) / (2 * _PARTS)), _SIGMAS) for i in range(_PARTS // 2, _PARTS)]
    return np.array([*(-x for x in reversed(upper)), *upper])


def _happens(stream: np.random.Generator, yearly: Fraction, cells: int) -> NDArray[np.int64]:
    """Return the cells in which something of a yearly chance happens, each month as likely as the next."""
    import numpy as np

    chance = 1.0 - float(1 - yearly) ** (1 / 12)
    if chance <= 0.0:
        return np.zeros(0, dtype=np.int64)
    found: list[NDArray[np.int64]] = []
    at, block = -1, max(64, int(cells * chance))
    while at < cells:  # how far it is to the next, rather than a draw for each cell
        places = at + np.cumsum(stream.geometric(chance, block))
        found.append(places)
        at = int(places[-1])
        block = 64
    everything = np.concatenate(found)
    return everything[everything < cells]


def _costs(stream: np.random.Generator, limits: tuple[int, int], n: int) -> NDArray[np.float64]:
    """Return costs in whole yuan between two amounts. [fen]"""
    import numpy as np

    low, high = limits
    drawn = stream.random(n)
    return np.floor((low + drawn * (high - low)) / 100 + 0.5) * 100


def _out_of_work(streams: Sequence[np.random.Generator], chances: Chances, shape: tuple[int, int]) -> NDArray[np.bool_]:
    """Return in which months an income does not come."""
    import numpy as np

    months, paths = shape
    begins = _happens(streams[0], chances.job_loss, months * paths)
    shortest, longest = chances.job_loss_months
    lengths = shortest + np.floor(streams[1].random(begins.size) * (longest - shortest + 1)).astype(np.int64)
    out = np.zeros(shape, dtype=np.bool_)
    flat = out.reshape(-1)
    for n in range(longest):
        begins, lengths = begins[lengths > n], lengths[lengths > n]
        later = begins + n * paths
        flat[later[later < flat.size]] = True
    return out
