"""The desk: the case that is open in this notebook, and the one way to change it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone

import traitlets as t

from debtdesk import locale
from debtdesk.core.case import Case
from debtdesk.core.problems import Refused
from debtdesk.files.worked import WORKED, sample_case
from debtdesk.lab.language import keep
from debtdesk.locale import Message
from debtdesk.store import Conflict, Store, StoreError, default_store

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


def today() -> date:
    """Return the day in China."""
    return datetime.now(CHINA).date()


def title_of(case: Case) -> Message:
    """Return how a case is called at the head of a page."""
    if case.reference == WORKED:
        return Message("worked case (invented)")
    return Message("case {reference}", reference=case.reference)


class Desk(t.HasTraits):
    """The open case, the version it was read at, and what the last change came to.

    `case` is replaced as a whole when it changes; `said` is the message to show, `failed` whether it tells of a
    failure.
    """

    case = t.Instance(Case)
    version = t.Int(0)
    language = t.Unicode("en")
    said = t.Instance(Message, allow_none=True)
    failed = t.Bool(False)

    def __init__(self, store: Store | None = None) -> None:
        super().__init__()
        self.store = store or default_store()
        self.language = self.store.language() or locale.language()
        locale.use(self.language)
        self.reload()

    @property
    def day(self) -> date:
        """The day of the sitting: the case's own fixed day, else today in China."""
        return self.case.day or today()

    @property
    def today(self) -> date:
        """Today in China, whatever case is open."""
        return today()

    @property
    def reference(self) -> str:
        """The reference of the open case."""
        return self.store.opened_reference() or WORKED

    def reload(self, reference: str | None = None) -> None:
        """Read a case again, the open one if none is named; the worked case stands in where none was kept."""
        reference = reference or self.reference
        if any(line.reference == reference for line in self.store.cases()):
            opened = self.store.open(reference)
            self.version, self.case = opened.version, opened.case
        else:
            self.version, self.case = 0, sample_case()

    def follow(self) -> None:
        """Catch up with the other notebooks: another case was opened, this one was changed, another language chosen."""
        language = self.store.language() or self.language
        if language != self.language:
            locale.use(language)
            self.language = language
        reference = self.reference
        version = next((line.version for line in self.store.cases() if line.reference == reference), 0)
        if (reference, version) != (self.case.reference, self.version):
            self.tell(None)
            self.reload()

    def open(self, reference: str) -> None:
        """Open another case, here and in the notebooks opened from now on."""
        self.store.set_open(reference)
        self.reload()
        self.tell(Message("Now open: {title}.", title=title_of(self.case)))

    def speak(self, language: str) -> None:
        """Switch the language, here and in the notebooks opened from now on."""
        self.store.set_language(language)
        keep(language)
        locale.use(language)
        self.language = language

    def change(self, action: str, make: Callable[[Case], Case]) -> bool:
        """Change the case and keep it: the screen says saved only after it is on the disk.

        Returns whether it was kept. If somebody else saved in between, nothing is lost: the newer case is shown, and
        what was entered stays in its fields to be entered once more.
        """
        try:
            case = make(self.case)
            saved = self.store.save(case, action=action, base_version=self.version)
        except Conflict as conflict:
            self.reload(conflict.reference if conflict.newer else WORKED)
            self.tell(
                Message(
                    "This case was changed in another window meanwhile. The newer version is shown now; "
                    "please look, and save again if your entry is still right."
                )
                if conflict.newer
                else Message("{what} {remedy}", what=conflict.text, remedy=conflict.remedy),
                failed=True,
            )
            return False
        except (Refused, StoreError) as problem:
            self.tell(Message("{what} {remedy}", what=problem.text, remedy=problem.remedy), failed=True)
            return False
        self.version, self.case = saved.version, case
        at = saved.at.astimezone(CHINA).strftime("%H:%M:%S")
        self.tell(Message("Saved at {time}.", time=at))
        return True

    def tell(self, message: Message | None, *, failed: bool = False) -> None:
        """Show a message."""
        self.failed = failed
        self.said = None
        self.said = message
