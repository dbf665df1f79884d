"""Placing: where labels stand around the points of a chart, so that nothing covers anything."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels from the lower left corner."""

    left: float
    lower: float
    right: float
    upper: float

    def meets(self, other: Box) -> bool:
        """Return whether two rectangles overlap."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.lower < other.upper
            and other.lower < self.upper
        )

    def holds(self, other: Box) -> bool:
        """Return whether another lies inside."""
        return (
            self.left <= other.left
            and other.right <= self.right
            and self.lower <= other.lower
            and other.upper <= self.upper
        )


def placed(points: Sequence[Point], sizes: Sequence[Point], taken: Iterable[Box], box: Box, radius: float) -> list[Box]:
    """Return a place in a box for the label of each point, near it and clear of points, labels and what is taken.

    Several orders are tried, and the first is taken in which the fewest labels or leaders meet another label.

    Parameters
    ----------
    points, sizes : sequence of (float, float)
        Where the points stand; width and height of their labels. [pixels]
    taken : iterable of Box
        What else to keep clear of.
    box : Box
        What labels must not leave.
    radius : float
        Of the mark of a point. [pixels]
    """
    n = len(points)
    full = [*taken, *(Box(x - radius, y - radius, x + radius, y + radius) for x, y in points)]
    rising = sorted(range(n), key=lambda i: points[i])
    orders = (list(range(n)), rising[::-1], rising, rising[::2] + rising[1::2])
    least, best = None, list[Box]()
    for order in orders:
        faults, found = _in_order(order, points, sizes, full, box, radius, least)
        if least is None or faults < least:
            least, best = faults, found
        if not least:
            break
    return best


def ringed(points: Sequence[Point], sizes: Sequence[Point], taken: Iterable[Box], box: Box, radius: float) -> list[Box]:
    """Return a place for the short label of each of many points: the nearest of several rings around it that is free.

    Points are served from the most crowded on; a place counts as worse where it covers a mark or label, where its
    leader crosses one, and the farther away it is. Parameters as for `placed`.
    """
    at = np.array(points)
    marks = np.column_stack([at - radius, at + radius])
    fixed = np.array([(b.left, b.lower, b.right, b.upper) for b in taken]).reshape(-1, 4)
    near = (np.abs(at[:, None] - at[None]).max(axis=2) < 6 * radius).sum(axis=1)
    found: dict[int, Box] = {}
    labels = np.empty((0, 4))
    for i in sorted(range(len(points)), key=lambda i: (-near[i], points[i])):
        wide, high = sizes[i]
        half = np.array([wide, high]) / 2
        middles = at[i] + _RINGS * (radius + 1 + np.array([wide, high]) / 2) + _FARTHER
        low, top = np.array([box.left, box.lower]), np.array([box.right, box.upper])
        middles = np.clip(middles, low + half, top - half)
        spots = np.column_stack([middles - half, middles + half])
        others = np.delete(marks, i, axis=0)
        cost = 9.0 * _meeting(spots, np.vstack([marks, fixed, labels]))
        along = at[i] + (middles - at[i])[:, None] * np.array([0.25, 0.5, 0.75])[None, :, None]
        lines = np.concatenate([along, along], axis=2).reshape(-1, 4)
        cost += 3.0 * _meeting(lines, np.vstack([others, labels])).reshape(len(spots), -1).max(axis=1)
        cost += np.hypot(*(middles - at[i]).T) / 30
        best = spots[int(np.argmin(cost))]
        labels = np.vstack([labels, best])
        found[i] = Box(*map(float, best))
    return [found[i] for i in range(len(points))]


def _meeting(some: Any, others: Any) -> Any:
    """Return for each of some rectangles, rows of (left, lower, right, upper), with how many others it overlaps."""
    (left, lower, right, upper), (lefts, lowers, rights, uppers) = some.T[..., None], others.T
    return ((left < rights) & (lower < uppers) & (lefts < right) & (lowers < upper)).sum(axis=1)


_TURNS = np.deg2rad([0, 180, 90, 270, 30, 330, 150, 210, 60, 300, 120, 240])
_DIRECTIONS = np.column_stack([np.cos(_TURNS), np.sin(_TURNS)])
_RINGS = np.tile(_DIRECTIONS / np.abs(_DIRECTIONS).max(axis=1, keepdims=True), (7, 1))
_FARTHER = np.repeat([0, 10, 20, 32, 46, 62, 80], len(_TURNS))[:, None] * np.tile(_DIRECTIONS, (7, 1))


def _in_order(
    order: Sequence[int],
    points: Sequence[Point],
    sizes: Sequence[Point],
    full: Sequence[Box],
    box: Box,
    radius: float,
    bound: int | None,
) -> tuple[int, list[Box]]:
    """Place the labels one after another; return how many meet another label or cross it, and the places.

    It is given up, with no places, where it gets no better than `bound`.
    """
    full, labels, faults = list(full), list[Box](), 0
    found: dict[int, Box] = {}
    for i in order:
        (x, y), best = points[i], None
        for spot in _tries(x, y, *sizes[i], radius, box):
            cost = _cost(spot, leader_of(spot, x, y, radius), full, labels)
            if best is None or cost < best[0]:
                best = (cost, spot)
            if cost == 0:
                break
        assert best is not None
        faults += best[0]
        if bound is not None and faults >= bound:
            return faults, []
        found[i] = best[1]
        labels.append(best[1])
        full += [b for b in (best[1], leader_of(best[1], x, y, radius)) if b]
    return faults, [found[i] for i in range(len(points))]


def _cost(spot: Box, leader: Box | None, full: Sequence[Box], labels: Sequence[Box]) -> int:
    """Return how bad a place is: nothing met 0, its leader crosses a label 1, it covers something itself 4."""
    left, lower, right, upper = spot.left, spot.lower, spot.right, spot.upper
    for b in full:
        if left < b.right and b.left < right and lower < b.upper and b.lower < upper:
            return 4
    return int(leader is not None and any(leader.meets(b) for b in labels))


def _tries(x: float, y: float, wide: float, high: float, radius: float, box: Box) -> Iterable[Box]:
    """Give places around a point: beside it, above, below, then farther away, each pushed into the box."""
    near = radius + 4
    corners = [
        (x + near, y - high / 2),
        (x - near - wide, y - high / 2),
        (x - wide / 2, y + near),
        (x - wide / 2, y - near - high),
    ]
    for away in range(14):
        step = near + away * high * 0.6
        for side in (x - 8, x - wide / 2, x - wide + 8, x + near, x - near - wide):
            corners += [(side, y + step), (side, y - step - high)]
    return (_pushed(Box(a, b, a + wide, b + high), box) for a, b in corners)


def leader_end(spot: Box, x: float, y: float) -> tuple[float, float]:
    """Return where a leader from a point meets its label."""
    return min(max(x, spot.left + 8), spot.right - 8), spot.lower if spot.lower > y else spot.upper


def leader_of(spot: Box, x: float, y: float, radius: float) -> Box | None:
    """Return the rectangle of the leader from a point to its label; None where the label stands close."""
    high = spot.upper - spot.lower
    if abs((spot.lower + spot.upper) / 2 - y) <= high + radius:
        return None
    end, edge = leader_end(spot, x, y)
    return Box(min(x, end) - 1, min(y, edge) + 1, max(x, end) + 1, max(y, edge) - 1)


def _pushed(spot: Box, box: Box) -> Box:
    """Return a rectangle moved into a box."""
    dx = max(box.left - spot.left, 0) + min(box.right - spot.right, 0)
    dy = max(box.lower - spot.lower, 0) + min(box.upper - spot.upper, 0)
    return Box(spot.left + dx, spot.lower + dy, spot.right + dx, spot.upper + dy)
