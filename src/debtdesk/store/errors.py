"""What can stand in the way of keeping a case: said in plain words, with what to do about it."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING

from debtdesk.locale import Message

if TYPE_CHECKING:
    from debtdesk.core.case import Case


_CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


class StoreError(Exception):
    """A case could not be kept or read; carries in plain words what is wrong and what to do. Names no client text."""

    def __init__(self, text: Message, remedy: Message) -> None:
        super().__init__(f"{text.in_language('en')} {remedy.in_language('en')}")
        self.text = text
        self.remedy = remedy


class NotKept(StoreError):
    """The store has no case of that reference, or not that version of it."""


class Conflict(StoreError):
    """Somebody saved the case in between; nothing was overwritten.

    `version`, `who`, `at` and `action` are those of the last change; `newer` is the case as it now stands, None when
    it was removed.
    """

    def __init__(
        self, reference: str, *, version: int, who: str, at: datetime, action: str, newer: Case | None
    ) -> None:
        when = f"{at.astimezone(_CHINA):%Y-%m-%d %H:%M}"
        if newer is None:
            text = Message("Case {reference} was removed by {who} at {when}.", reference=reference, who=who, when=when)
            remedy = Message("What you entered is still on the screen; keep it under a new reference if it is needed.")
        else:
            text = Message(
                "Case {reference} was saved by {who} at {when} while you were working on it.",
                reference=reference,
                who=who,
                when=when,
            )
            remedy = Message("Nothing was overwritten. Open the newer case and enter your last change again.")
        super().__init__(text, remedy)
        self.reference = reference
        self.version = version
        self.who = who
        self.at = at
        self.action = action
        self.newer = newer


class NewerSchema(StoreError):
    """The file was written by a newer program; it is left untouched."""


class MigrationFailed(StoreError):
    """An older file could not be brought up to date; it is as it was."""


class Damaged(StoreError):
    """The file is no database of this program, or no longer whole."""


class Busy(StoreError):
    """Another program holds the file."""


class ReadOnly(StoreError):
    """The file, its folder or its disk cannot be written."""


class DiskFull(StoreError):
    """There is no room left on the disk."""


class NotReachable(StoreError):
    """The file or database cannot be opened at all."""
