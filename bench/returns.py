"""The yearly cost of a plan of sixty payments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bench.race import Peer, Race
from debtdesk.core.days import add_months
from debtdesk.core.returns import xirr

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


def races() -> Iterator[Race]:
    peers = [Peer("pyxirr", with_pyxirr, ("pyxirr",)), Peer("scipy brentq", with_scipy, ("scipy",))]
    yield Race("one XIRR of 60 flows", ours, peers, check)
