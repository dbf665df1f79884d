"""Labels around points: inside, and clear of points and of each other where there is room."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from debtdesk.views.placing import Box, placed

BOX = Box(0, 0, 700, 400)
POINTS = st.lists(st.tuples(st.floats(10, 690), st.floats(10, 390)), max_size=6)


@given(POINTS)
def test_labels_stay_in_the_box(points: list[tuple[float, float]]) -> None:
    spots = placed(points, [(120, 20)] * len(points), (), BOX, 9)
    assert len(spots) == len(points)
    grown = Box(-1e-6, -1e-6, 700 + 1e-6, 400 + 1e-6)
    assert all(grown.holds(s) for s in spots)


@given(POINTS)
def test_labels_keep_apart(points: list[tuple[float, float]]) -> None:
    spots = placed(points, [(120, 20)] * len(points), (), BOX, 9)
    assert not any(a.meets(b) for a, b in combinations(spots, 2))


def test_one_point_has_its_label_beside_it() -> None:
    assert placed([(100, 100)], [(50, 20)], (), BOX, 9) == [Box(113, 90, 163, 110)]


def test_what_is_taken_is_kept_clear() -> None:
    line = Box(115, 0, 121, 400)
    assert not placed([(100, 100)], [(50, 20)], [line], BOX, 9)[0].meets(line)
