"""Scales: round ticks, months that fit, labels that keep apart."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debtdesk.views.scales import amount_labels, amount_ticks, month_ticks, spread

AMOUNTS = st.integers(0, 10**13)


@pytest.mark.parametrize(
    ("top", "bottom", "ticks"),
    [
        (6_206_500, 0, [0, 2_000_000, 4_000_000, 6_000_000, 8_000_000]),
        (100, 0, [0, 20, 40, 60, 80, 100]),
        (1, 0, [0, 1]),
        (0, 0, [0, 100]),
        (250_000, -41_000, [-100_000, 0, 100_000, 200_000, 300_000]),
        (0, -500, [-500, -400, -300, -200, -100, 0]),
    ],
)
def test_ticks_are_round(top: int, bottom: int, ticks: list[int]) -> None:
    assert amount_ticks(top, bottom) == ticks


@given(AMOUNTS, AMOUNTS)
def test_ticks_hold_all_amounts(top: int, depth: int) -> None:
    ticks = amount_ticks(top, -depth)
    assert ticks[0] <= -depth <= top <= ticks[-1]
    assert len({b - a for a, b in pairwise(ticks)}) == 1
    assert 0 in ticks and len(ticks) <= 7


def test_long_amounts_stand_in_wan() -> None:
    assert amount_labels([0, 5_000_000, 10_000_000], "zh") == (["0", "5", "10"], "万元")
    assert amount_labels([0, 25_000_000], "zh") == (["0", "25"], "万元")
    assert amount_labels([0, 5_000_000], "zh") == (["0", "50,000"], "元")
    assert amount_labels([-500, 0, 50], "en") == (["−5.00", "0.00", "0.50"], "yuan")
    assert amount_labels([-10_000, 0], "en") == (["−100", "0"], "yuan")


@pytest.mark.parametrize(
    ("first", "last", "most", "labels"),
    [
        (date(2026, 11, 24), date(2027, 11, 24), 8, ["2027-01", "2027-03", "2027-05", "2027-07", "2027-09", "2027-11"]),
        (date(2026, 11, 24), date(2031, 11, 24), 5, ["2027", "2028", "2029", "2030", "2031"]),
        (date(2026, 11, 24), date(2031, 11, 24), 3, ["2028", "2030"]),
        (date(2026, 11, 24), date(2026, 11, 24), 8, ["2026-11-24"]),
        (date(2026, 11, 24), date(2026, 12, 5), 8, ["2026-11-24", "2026-12-05"]),
    ],
)
def test_months_fit(first: date, last: date, most: int, labels: list[str]) -> None:
    found = month_ticks(first, last, most=most)
    assert [text for _, text in found] == labels
    assert all(first <= day <= last for day, _ in found)


@given(st.lists(st.floats(0, 300), max_size=8))
def test_spread_keeps_apart_and_in_order(wanted: list[float]) -> None:
    places = spread(wanted, 20, 0, 300)
    assert all(-1e-6 <= p <= 300 + 1e-6 for p in places)
    order = sorted(range(len(wanted)), key=lambda i: wanted[i])
    assert all(places[b] - places[a] >= 20 - 1e-6 for a, b in pairwise(order))


def test_spread_leaves_alone_what_has_room() -> None:
    assert spread([10, 50, 90], 20, 0, 100) == [10, 50, 90]
    assert spread([50, 50], 20, 0, 100) == [40, 60]


def test_spread_without_room_shares_what_there_is() -> None:
    assert spread([0, 0, 0], 100, 0, 50) == [0, 25, 50]
