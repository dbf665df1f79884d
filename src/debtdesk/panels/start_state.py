"""What the first screen knows and does, without any widget."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import traitlets as t

from debtdesk.core.case import Answer, Case
from debtdesk.core.problems import Refused
from debtdesk.files.casefile import read_case, write_case
from debtdesk.files.worked import WORKED, sample_case
from debtdesk.locale import Message
from debtdesk.panels.desk import Desk
from debtdesk.panels.download import Handed
from debtdesk.panels.next_step import NextStep, next_step_of
from debtdesk.store import CaseLine, Conflict, State
from debtdesk.store.lines import state_of

_NUMBERS = re.compile(r"\d(?:[\s.·-]?[\dXx]){10,}")
_REFERENCE = re.compile(r"[\w][\w .-]{0,39}")
_OPENED_AT_MOST = 300


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as the list shows it; `owed` in fen, `updated` None for a case that is not kept yet."""

    reference: str
    client: str
    debts: int
    owed: int
    state: State
    last: Answer | None
    last_day: date | None
    updated: datetime | None
    next: NextStep | None
    here: bool


class StartState(t.HasTraits):
    """The cases and what is done with them as a whole: made, brought in, handed out, removed."""

    rows = t.Tuple()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._steps: dict[tuple[str, int], NextStep] = {}
        self.refresh()

    def refresh(self) -> None:
        """Read the list of cases again; the worked case stands last where it is not kept."""
        kept = self.desk.store.cases()
        rows = [self._row(line, n) for n, line in enumerate(kept)]
        if all(line.reference != WORKED for line in kept):
            rows.append(self._worked())
        self.rows = tuple(rows)

    def _row(self, line: CaseLine, place: int) -> CaseRow:
        step = self._step(line) if place < _OPENED_AT_MOST else None
        here = line.reference == self.desk.case.reference
        return CaseRow(
            line.reference, line.client, line.debts, line.total, line.state,
            line.last_outcome, line.last_outcome_day, line.updated, step, here,
        )  # fmt: skip

    def _step(self, line: CaseLine) -> NextStep:
        key = (line.reference, line.version)
        if key not in self._steps:
            self._steps[key] = next_step_of(self.desk.store.open(line.reference).case)
        return self._steps[key]

    def _worked(self) -> CaseRow:
        case = sample_case()
        last = case.outcomes[-1] if case.outcomes else None
        owed = sum(d.balance.total for d in case.debts)
        here = case.reference == self.desk.case.reference
        return CaseRow(
            case.reference, case.client, len(case.debts), owed, state_of(case),
            last.answer if last else None, last.day if last else None, None, next_step_of(case), here,
        )  # fmt: skip

    @property
    def kept(self) -> tuple[CaseRow, ...]:
        """The clients' cases, without the worked one."""
        return tuple(r for r in self.rows if r.reference != WORKED)

    @property
    def welcome(self) -> bool:
        """Whether somebody is here for the first time."""
        return not self.kept and not self.desk.store.welcome_seen()

    def proposed_reference(self) -> str:
        """Return the reference proposed for the next case."""
        return self.desk.store.next_reference(self.desk.today)

    def open(self, reference: str) -> None:
        """Open a case, here and in the other notebooks."""
        self.desk.open(reference)
        self.refresh()

    def create(self, reference: str, client: str) -> None:
        """Make a case and open it.

        Raises
        ------
        Refused
            If there is one of that reference.
        """
        case = Case(reference=read_reference(reference), client=read_client(client))
        try:
            self.desk.store.create(case)
        except Conflict:
            raise _taken(reference, self.proposed_reference()) from None
        self.open(case.reference)

    def bring_in(self, name: str, content: bytes) -> None:
        """Keep the case of a file and open it; the same case twice adds nothing, a changed one gets its own reference.

        Raises
        ------
        Refused
            If the file is not a case.
        """
        reading = read_case(name, content)
        if reading.case is None:
            raise Refused(reading.problems[0].text, reading.problems[0].remedy)
        case = reading.case
        standing = {line.reference for line in self.desk.store.cases()} | {WORKED}
        given = case.reference
        if given in standing:
            now = sample_case() if given == WORKED and not self._keeps(WORKED) else self.desk.store.open(given).case
            if now == case:
                self.open(given)
                self.desk.tell(Message("Case {reference} is here already, just as in the file.", reference=given))
                return
            case = replace(case, reference=self.proposed_reference())
        self.desk.store.create(case, action="import")
        self.open(case.reference)
        if case.reference != given:
            self.desk.tell(
                Message(
                    "There is another case {given} here; the one of the file is kept as {reference}.",
                    given=given,
                    reference=case.reference,
                )
            )
        else:
            self.desk.tell(Message("Case {reference} was brought in and is open.", reference=given))

    def hand_out(self, *, masked: bool) -> Handed:
        """Return the open case as one file, whole or masked."""
        name = "masked-case.json" if masked else f"{self.desk.case.reference}.json"
        with TemporaryDirectory(prefix="debtdesk-") as folder:
            return Handed(name, write_case(self.desk.case, Path(folder) / "case.json", masked=masked).read_bytes())

    def remove(self, reference: str | None, typed: str) -> None:
        """Remove a case for good; its reference must be typed once more.

        Raises
        ------
        Refused
            If none is chosen, or what was typed is not its reference.
        """
        if not reference:
            raise Refused(Message("No case is chosen."), Message("Choose the one to remove from the list above."))
        if typed.strip() != reference:
            raise Refused(
                Message("This is not the number of the case."),
                Message("Type {reference} to remove it, or leave it.", reference=reference),
            )
        self.desk.store.remove(reference)
        if self.desk.case.reference == reference:
            self.desk.open(WORKED)
        self.refresh()
        self.desk.tell(Message("Case {reference} was removed from this computer.", reference=reference))

    def restore_worked(self) -> None:
        """Set the worked case back to how it came."""
        if self._keeps(WORKED):
            self.desk.store.remove(WORKED)
        self.desk.open(WORKED)
        self.refresh()
        self.desk.tell(Message("The worked case is as it came."))

    def _keeps(self, reference: str) -> bool:
        return any(line.reference == reference for line in self.desk.store.cases())


def read_client(text: str) -> str:
    """Return how a client is called on screen.

    Raises
    ------
    Refused
        If it is empty, or holds a number that could be an ID card, a telephone or a bank card.
    """
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if not name:
        raise Refused(Message("The client has no name here."), Message("Write for instance 张** or Ms Li, flat 3."))
    _refuse_numbers(name)
    if len(name) > 40 or not name.isprintable():
        raise Refused(Message("That is too long for a name on screen."), Message("Write at most 40 characters."))
    return name


def read_reference(text: str) -> str:
    """Return the reference of a case.

    Raises
    ------
    Refused
        If it is empty, too long, of other signs, the worked case's, or a number that could name a person.
    """
    reference = " ".join(unicodedata.normalize("NFKC", text).split())
    _refuse_numbers(reference)
    if not _REFERENCE.fullmatch(reference):
        raise Refused(
            Message("The number of the case must be 1 to 40 letters, digits, dots or dashes."),
            Message("Write for instance 2026-0007."),
        )
    if reference == WORKED:
        raise Refused(Message("This number belongs to the worked case."), Message("Write for instance 2026-0007."))
    return reference


def _refuse_numbers(text: str) -> None:
    if _NUMBERS.search(text):
        raise Refused(
            Message("This looks like the number of an ID card, a telephone or a bank card."),
            Message("Leave it out: a short name such as 张** is enough here."),
        )


def _taken(reference: str, proposed: str) -> Refused:
    return Refused(
        Message("There is a case {reference} already.", reference=reference),
        Message("Write another number, for instance {proposed}.", proposed=proposed),
    )
