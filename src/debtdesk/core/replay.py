"""Replay: what changed between two ledgers of one debt, and why the end moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from debtdesk.core.ledger import Ledger, Line, LineKind
from debtdesk.core.tabular import Tabular, in_yuan


@dataclass(frozen=True, slots=True)
class ChangedLine:
    """A line that says something else after the replay; None on the side where there is none."""

    day: date
    kind: LineKind
    before: Line | None
    after: Line | None

    @property
    def by(self) -> int:
        """What the change adds to what is owed. [fen]"""
        return (self.after.total if self.after else 0) - (self.before.total if self.before else 0)


@dataclass(frozen=True, slots=True)
class Replay(Tabular):
    """What changed between two ledgers; the changes of all lines add up to the change of the end."""

    before: Ledger
    after: Ledger
    lines: tuple[ChangedLine, ...]

    @property
    def moved(self) -> int:
        """What is owed at the end, less credit, compared with before. [fen]"""
        end, was = self.after.end, self.before.end
        return (end.total - end.credit) - (was.total - was.credit)

    @property
    def by_kind(self) -> Mapping[LineKind, int]:
        """Why the end moved: the change by kind of line, zero ones left out. [fen]"""
        sums: dict[LineKind, int] = {}
        for line in self.lines:
            sums[line.kind] = sums.get(line.kind, 0) + line.by
        return {kind: by for kind, by in sums.items() if by}

    def columns(self) -> dict[str, list[object]]:
        """Return the changed lines: before, after and by how much. [yuan]"""
        return {
            "day": [x.day for x in self.lines],
            "kind": [x.kind.value for x in self.lines],
            "before": [in_yuan(x.before.total) if x.before else None for x in self.lines],
            "after": [in_yuan(x.after.total) if x.after else None for x in self.lines],
            "change": [in_yuan(x.by) for x in self.lines],
        }


def diff(before: Ledger, after: Ledger) -> Replay:
    """Return the lines that differ between two ledgers, in order of day."""
    ours, theirs = _keyed(before), _keyed(after)
    pairs = [(key, ours.get(key), theirs.get(key)) for key in sorted({*ours, *theirs})]
    found = [ChangedLine(k[0], k[1], a, b) for k, a, b in pairs if a is None or b is None or a.said != b.said]
    return Replay(before, after, tuple(found))


def _keyed(ledger: Ledger) -> dict[tuple[date, LineKind, int], Line]:
    found: dict[tuple[date, LineKind, int], Line] = {}
    for line in ledger.lines:
        n = 0
        while (line.day, line.kind, n) in found:
            n += 1
        found[line.day, line.kind, n] = line
    return found
