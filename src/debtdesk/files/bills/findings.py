"""Findings: what is wrong or doubtful in the rows of a bill, said once for all rows that have it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from debtdesk.core.problems import Problem, Refused, Severity
from debtdesk.files.bills.spans import Ints
from debtdesk.locale import Message


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """One thing that is wrong or doubtful, the column, and the rows that have it."""

    text: Message
    remedy: Message
    field: str | None
    rows: Ints
    severity: Severity

    def problem(self, source: str, line: int) -> Problem:
        """Return it as a problem of one line."""
        return Problem(source, line, self.field, self.text, self.remedy, self.severity)

    def together(self, source: str, lines: Ints) -> Problem:
        """Return it as one problem of all its rows, at the first of them."""
        text = self.text
        if len(self.rows) > 1:
            text = Message("{what} So it is in {count} rows, first here.", what=text, count=f"{len(self.rows):,}")
        return Problem(source, int(lines[self.rows[0]]), self.field, text, self.remedy, self.severity)


class Findings:
    """What was found in the rows of one bill."""

    def __init__(self, rows: int) -> None:
        self.found: list[Finding] = []
        self.refused = np.zeros(rows, dtype=bool)
        self.warned = np.zeros(rows, dtype=bool)

    def refuse(self, rows: Iterable[int] | Ints, field: str | None, refused: Refused) -> None:
        """Note why rows cannot be used."""
        at = _rows(rows)
        if len(at):
            self.refused[at] = True
            self.found.append(Finding(refused.text, refused.remedy, field, at, Severity.ERROR))

    def warn(self, rows: Iterable[int] | Ints, field: str | None, text: Message, remedy: Message) -> None:
        """Note what asks for a look at rows that are used."""
        at = _rows(rows)
        if len(at):
            self.warned[at] = True
            self.found.append(Finding(text, remedy, field, at, Severity.WARNING))

    def problems(self, source: str, lines: Ints) -> tuple[Problem, ...]:
        """Return one problem for each finding, in the order of the file."""
        found = sorted(self.found, key=lambda f: int(f.rows[0]))
        return tuple(f.together(source, lines) for f in found)

    def by_row(self, source: str, lines: Ints) -> dict[int, list[Problem]]:
        """Return the problems of each row that has one."""
        of_row: dict[int, list[Problem]] = defaultdict(list)
        for finding in self.found:
            for row in finding.rows.tolist():
                of_row[row].append(finding.problem(source, int(lines[row])))
        return of_row


def _rows(rows: Iterable[int] | Ints) -> Ints:
    return np.sort(np.asarray(rows if isinstance(rows, np.ndarray) else list(rows), dtype=np.int64))
