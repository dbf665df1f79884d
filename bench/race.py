"""Races: ours and its peers by turns in one process, so that only ratios count."""

from __future__ import annotations

import gc
import importlib.metadata
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

Run = Callable[[], object]
LONG_ENOUGH = 0.02  # of one measurement [s]


@dataclass(frozen=True)
class Peer:
    """What ours runs against: its work, the distributions it needs, and how many times faster ours means to be."""

    name: str
    run: Run
    needs: tuple[str, ...] = ()
    reach: float | None = None

    @property
    def missing(self) -> list[str]:
        return [name for name in self.needs if version(name) is None]

    @property
    def title(self) -> str:
        return " ".join([self.name, *(version(name) or "" for name in self.needs[:1])])


@dataclass(frozen=True)
class Race:
    """One workload; `check` raises if ours is not right, before any time is taken."""

    workload: str
    ours: Run
    peers: Sequence[Peer]
    check: Run
    rounds: int = 7


@dataclass(frozen=True)
class Result:
    """Median time of each entrant. [s]"""

    race: Race
    ours: float
    peers: Mapping[str, float] = field(default_factory=dict)


def version(distribution: str) -> str | None:
    """Return the installed version of a distribution, or None."""
    try:
        return importlib.metadata.version(distribution)
    except importlib.metadata.PackageNotFoundError:
        return None


def run(race: Race) -> Result:
    """Check ours, then measure all by turns; the median of the rounds counts."""
    race.check()
    entrants = {"": race.ours} | {p.name: p.run for p in race.peers if not p.missing}
    repeats = {name: _repeats(entrant) for name, entrant in entrants.items()}
    times: dict[str, list[float]] = {name: [] for name in entrants}
    for n in range(race.rounds):
        turn = list(entrants) if n % 2 == 0 else list(entrants)[::-1]
        for name in turn:
            times[name].append(_time(entrants[name], repeats[name]))
    medians = {name: statistics.median(found) for name, found in times.items()}
    return Result(race, medians.pop(""), medians)


def _repeats(entrant: Run) -> int:
    entrant()
    once = max(_time(entrant, 1), 1e-9)
    return max(1, int(LONG_ENOUGH / once))


def _time(entrant: Run, repeats: int) -> float:
    gc.collect()
    was_on = gc.isenabled()
    gc.disable()
    try:
        start = time.perf_counter()
        for _ in range(repeats):
            entrant()
        return (time.perf_counter() - start) / repeats
    finally:
        if was_on:
            gc.enable()


def lines(result: Result) -> list[str]:
    """Return a line for each peer: workload, ours, peer, its time, the ratio, and what is meant to be reached."""
    race, found = result.race, []
    for peer in race.peers:
        if peer.missing:
            found.append(row(race.workload, result.ours, peer.name, f"not installed: {', '.join(peer.missing)}"))
            continue
        theirs = result.peers[peer.name]
        ratio = f"{theirs / result.ours:8.1f} x"
        goal = "" if peer.reach is None else f"{peer.reach:6g} x"
        found.append(row(race.workload, result.ours, peer.title, shown(theirs), ratio, goal))
    return found


def row(workload: str, ours: float | str, peer: str, theirs: str, ratio: str = "", goal: str = "") -> str:
    left = ours if isinstance(ours, str) else shown(ours)
    return f"{workload:46} {left:>10}  {peer:34} {theirs:>10} {ratio:>10} {goal:>8}".rstrip()


def shown(seconds: float) -> str:
    """Return a time with its unit."""
    for unit, size in (("s", 1.0), ("ms", 1e-3), ("us", 1e-6)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds / 1e-9:.3g} ns"
