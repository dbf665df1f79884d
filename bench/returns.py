"""The yearly cost of a plan of sixty payments, and of ten thousand plans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from bench.race import Peer, Race
from debtdesk.core.days import add_months
from debtdesk.core.returns import xirr
from debtdesk.core.returns_lanes import xirrs

START = date(2026, 11, 24)
FLOWS = [(START, 2_500_000), *((add_months(START, n), -57_777) for n in range(1, 61))]
DAYS = [day for day, _ in FLOWS]
AMOUNTS = [float(amount) for _, amount in FLOWS]


def ours() -> float | None:
    return xirr(FLOWS)


def with_pyxirr() -> object:
    import pyxirr

    return pyxirr.xirr(DAYS, AMOUNTS)


def with_scipy() -> object:
    from scipy.optimize import brentq

    years = [(day - START).days / 365 for day in DAYS]
    return brentq(lambda r: sum(a * (1 + r) ** -t for a, t in zip(AMOUNTS, years, strict=True)), -0.9, 10)


def check() -> None:
    """The rate makes the flows worth nothing, to a hundredth of a fen."""
    rate = ours()
    assert rate is not None
    value = sum(a * (1 + rate) ** (-(day - START).days / 365) for day, a in FLOWS)
    assert abs(value) < 0.01


# --- ten thousand ------------------------------------------------------------------------------------------

MANY = 10_000
_DRAW = np.random.default_rng(3)
_OWED = _DRAW.integers(100_000, 20_000_000, MANY)
_EACH = _OWED * (1000 + _DRAW.integers(0, 900, MANY)) // 60_000
PLANS = np.column_stack([_OWED, -(_EACH[:, None] + _DRAW.integers(-50, 50, (MANY, 60)))])
ORDINALS = np.array([day.toordinal() for day in DAYS])
DATES = np.array(DAYS, dtype="datetime64[D]")
ROWS = PLANS.astype(float)
YEARS = (ORDINALS - ORDINALS[0]) / 365


def many() -> object:
    return xirrs(ORDINALS, PLANS)


def many_with_pyxirr() -> object:
    import pyxirr

    return [pyxirr.xirr(DATES, row) for row in ROWS]


def many_with_scipy() -> object:
    from scipy.optimize import brentq

    return [brentq(lambda r, row=row: (row * (1 + r) ** -YEARS).sum(), -0.9, 10) for row in ROWS]


def check_many() -> None:
    """The rates are those of one plan each, to 1e-12."""
    found = xirrs(ORDINALS, PLANS)
    for n in range(0, MANY, 97):
        rate = xirr(list(zip(DAYS, map(int, PLANS[n]), strict=True)))
        assert rate is not None and abs(found[n] - rate) < 1e-12


def races() -> Iterator[Race]:
    peers = [Peer("pyxirr", with_pyxirr, ("pyxirr",)), Peer("scipy brentq", with_scipy, ("scipy",))]
    yield Race("one XIRR of 60 flows", ours, peers, check)
    yield Race(
        "10,000 XIRR of 60 flows",
        many,
        [
            Peer("pyxirr", many_with_pyxirr, ("pyxirr",), 3),
            Peer("scipy brentq", many_with_scipy, ("scipy",), 40),
        ],
        check_many,
        rounds=3,
    )
