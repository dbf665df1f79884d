"""Ten thousand ways a household's sixty months may go, with the installments of five debts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from bench.race import Peer, Race
from debtdesk.core.budget import Budget, BudgetItem, Category, Kind
from debtdesk.core.capacity import capacity
from debtdesk.core.draws import Chances, draw
from debtdesk.core.risk import Reserve, Risk, risk

DAY, MONTHS, PATHS, SEED = date(2026, 11, 24), 60, 10_000, 1
INCOME, LIVING, SAVINGS = 650_000, 420_000, 500_000  # [fen]
INSTALLMENTS = (40_000, 52_500, 31_000, 47_700, 18_000)  # one a debt [fen/month]
CHANCES = Chances()
BUDGET = Budget(
    items=(
        BudgetItem(name="wage", kind=Kind.INCOME, category=Category.INCOME, amount=INCOME),
        BudgetItem(name="living", kind=Kind.EXPENSE, category=Category.FOOD, amount=LIVING, essential=True),
    ),
    savings=SAVINGS,
)
ROOM = capacity(BUDGET, start=DAY, months=MONTHS)


def ours() -> Risk:
    draws = draw(BUDGET, start=DAY, months=MONTHS, paths=PATHS, seed=SEED, room=ROOM)
    due = np.tile(np.array(INSTALLMENTS), (MONTHS, 1)).sum(axis=1)
    return risk(draws, [int(x) for x in due], reserve=Reserve.LEFT_ALONE)


def pandas() -> tuple[float, object]:
    """What one would write first: a frame with a row a path and month, a column a debt, groups by path."""
    import pandas as pd

    stream, n = np.random.default_rng(SEED), PATHS * MONTHS
    frame = pd.DataFrame({"path": np.repeat(np.arange(PATHS), MONTHS), "month": np.tile(np.arange(MONTHS), PATHS)})
    frame["income"] = INCOME / 100 * (1 + float(CHANCES.steady_spread) * stream.standard_normal(n).clip(-3, 3))
    frame["living"] = LIVING / 100 * (1 + float(CHANCES.expense_spread) * stream.standard_normal(n).clip(-3, 3))
    begins = pd.Series((stream.random(n) < monthly(CHANCES.job_loss)) * stream.integers(1, 7, n))
    lasting = begins.groupby(frame["path"]).transform(lambda s: out_of_work(s.to_numpy()))
    frame.loc[lasting.to_numpy() > 0, "income"] = 0.0
    ill, other = stream.random(n) < monthly(CHANCES.illness), stream.random(n) < monthly(CHANCES.one_off)
    frame.loc[ill, "income"] *= 1 - float(CHANCES.illness_lost)
    for happens, (low, high) in ((ill, CHANCES.illness_cost), (other, CHANCES.one_off_cost)):
        frame["living"] += happens * stream.uniform(low / 100, high / 100, n)
    for k, amount in enumerate(INSTALLMENTS):
        frame[f"debt_{k}"] = amount / 100
    frame["left"] = (frame["income"] - frame["living"] - frame[[f"debt_{k}" for k in range(5)]].sum(axis=1)).round(2)
    frame["cash"] = SAVINGS / 100 + frame.groupby("path")["left"].cumsum()
    lowest = frame.groupby("path")["cash"].min()
    first = frame[frame["cash"] < 0].groupby("path")["month"].min()
    return float((lowest < 0).mean()), (lowest.quantile([0.05, 0.25, 0.5, 0.75, 0.95]), first.median())


def out_of_work(begins: np.ndarray) -> np.ndarray:  # type: ignore[type-arg]
    left, found = 0, np.zeros(len(begins))
    if not begins.any():
        return found
    for k, length in enumerate(begins):
        left = max(left - 1, int(length))
        found[k] = left
    return found


def wide() -> float:
    """The same by somebody who knows pandas well: a column a path, no groups, a lost job carried on by shifting."""
    import pandas as pd

    stream, shape = np.random.default_rng(SEED), (MONTHS, PATHS)
    income = pd.DataFrame(INCOME / 100 * (1 + float(CHANCES.steady_spread) * stream.standard_normal(shape).clip(-3, 3)))
    living = pd.DataFrame(
        LIVING / 100 * (1 + float(CHANCES.expense_spread) * stream.standard_normal(shape).clip(-3, 3))
    )
    lengths = pd.DataFrame((stream.random(shape) < monthly(CHANCES.job_loss)) * stream.integers(1, 7, shape))
    out = lengths > 0
    for n in range(1, 6):
        out |= lengths.shift(n, fill_value=0) > n
    income = income.where(~out, 0.0)
    ill, other = stream.random(shape) < monthly(CHANCES.illness), stream.random(shape) < monthly(CHANCES.one_off)
    income = income.mask(ill, income * (1 - float(CHANCES.illness_lost)))
    for happens, (low, high) in ((ill, CHANCES.illness_cost), (other, CHANCES.one_off_cost)):
        living += happens * stream.uniform(low / 100, high / 100, shape)
    left = income - living
    for amount in INSTALLMENTS:
        left = left - amount / 100
    cash = left.round(2).cumsum() + SAVINGS / 100
    lowest = cash.min()
    lowest.quantile([0.05, 0.25, 0.5, 0.75, 0.95])
    (cash < 0).idxmax()
    return float((lowest < 0).mean())


def monthly(yearly: object) -> float:
    return 1 - (1 - float(yearly)) ** (1 / 12)  # type: ignore[arg-type]


def check() -> None:
    """The share of ways that fail is the one that pandas finds with its own draws, to within the luck of both."""
    found = ours()
    if not Peer("", pandas, ("pandas",)).missing:
        for theirs in (pandas()[0], wide()):
            assert abs(float(found.share) - theirs) < 5 * 2**0.5 * found.standard_error


def races() -> Iterator[Race]:
    yield Race(
        "10,000 paths x 60 months x 5 debts, drawn",
        ours,
        [Peer("pandas, rows in groups", pandas, ("pandas",), 8), Peer("pandas, a column a path", wide, ("pandas",), 8)],
        check,
        rounds=3,
    )
