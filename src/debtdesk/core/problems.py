"""Problems: what is wrong in what a person entered or imported, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from debtdesk.locale import Message


class Severity(StrEnum):
    """Whether a row could be used: an error keeps it out, a warning lets it in and asks for a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in what was entered or imported: where, what, and how to mend it.

    `row` is the line of the file as a person counts it (the header is line 1), or None; `field` the column or input.
    """

    source: str
    row: int | None
    field: str | None
    text: Message
    remedy: Message
    severity: Severity = Severity.ERROR


class Refused(ValueError):
    """A typed text that is not understood; carries in plain words what is wrong and what to write instead."""

    def __init__(self, text: Message, remedy: Message) -> None:
        super().__init__(f"{text.in_language('en')} {remedy.in_language('en')}")
        self.text = text
        self.remedy = remedy

    def problem(self, source: str, row: int | None = None, field: str | None = None) -> Problem:
        """Return the same as a problem at a place."""
        return Problem(source, row, field, self.text, self.remedy)
