"""Yearly costs of many streams at once: those of one stream each, to 1e-12."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from debtdesk.core.returns import xirr
from debtdesk.core.returns_lanes import xirrs

START = date(2020, 1, 1)
SAME_EACH_RUN = settings(max_examples=80, deadline=None, derandomize=True)


def test_a_year_by_hand() -> None:
    # 10,000 now, 11,825 after 365 days: 18.25 %; half of it back: −50 %; all of it: nothing
    found = xirrs(np.array([0, 365]), np.array([[10_000, -11_825], [10_000, -5_000], [10_000, -10_000]]))
    assert found == pytest.approx([0.1825, -0.5, 0.0], abs=1e-12)
    assert found[2] == 0.0


def test_no_rate_is_nan() -> None:
    found = xirrs(np.array([0, 10]), np.array([[1, 1], [0, 0], [0, -5], [5, -5]]))
    assert np.isnan(found[:3]).all() and found[3] == 0.0


def test_streams_of_any_sign_go_one_by_one() -> None:
    # received twice, paid once: 100 and 100 after a year, 231 after two: 100 x² + 100 x = 231, x = 1.1 (110 + 121)
    found = xirrs(np.array([0, 365, 730]), np.array([[100, 100, -231], [231, -100, -100]]))
    assert found[0] == pytest.approx(0.1, abs=1e-12)
    assert found[1] == pytest.approx(xirr([(START, 231), *((START + timedelta(days=365 * k), -100) for k in (1, 2))]))


@SAME_EACH_RUN
@given(
    st.lists(st.integers(1, 120), min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(10_000, 10**8), st.integers(0, 3_000), st.integers(0, 999)), min_size=1, max_size=9),
    st.booleans(),
)
def test_many_agree_with_an_independent_root_finder(gaps, lanes, own_days):  # type: ignore[no-untyped-def]
    days = np.concatenate([[0], np.cumsum(gaps)])
    rows = []
    for owed, more, seed in lanes:
        paid = np.random.default_rng(seed).multinomial(owed + owed * more // 1000, np.ones(len(gaps)) / len(gaps))
        rows.append(np.concatenate([[owed], -paid]))
    amounts = np.array(rows)
    found = xirrs(np.tile(days, (len(rows), 1)) if own_days else days, amounts)
    for rate, row in zip(found, amounts, strict=True):

        def worth(force: float, row: np.ndarray = row) -> float:  # type: ignore[type-arg]
            return float((row * np.exp(-force * days / 365)).sum())

        if not worth(-50.0) < 0 < worth(600.0):
            continue
        force = brentq(worth, -50.0, 600.0, xtol=1e-15, rtol=1e-14, maxiter=1000)
        assert np.log1p(rate) == pytest.approx(force, rel=1e-9, abs=1e-11)
        if 0 <= rate < 1:
            assert rate == pytest.approx(np.expm1(force), abs=1e-12)


def test_blocks_make_no_difference() -> None:
    draw = np.random.default_rng(5)
    owed = draw.integers(100_000, 10**7, 600)
    amounts = np.column_stack([owed, -np.tile(owed[:, None] // 10, (1, 12))])
    days = np.arange(13) * 30
    whole = xirrs(days, amounts)
    assert (whole[:300] == xirrs(days, amounts[:300])).all()
    for n in range(0, 600, 97):
        flows = [(START + timedelta(days=int(d)), int(a)) for d, a in zip(days, amounts[n], strict=True)]
        assert whole[n] == pytest.approx(xirr(flows), abs=1e-12)


def test_misuse_is_refused() -> None:
    with pytest.raises(ValueError, match="must be those"):
        xirrs(np.array([0, 1, 2]), np.array([[1, -1]]))
    with pytest.raises(ValueError, match="earliest"):
        xirrs(np.array([5, 1]), np.array([[1, -1]]))
    assert xirrs(np.zeros(0), np.zeros((2, 0))).shape == (2,)
