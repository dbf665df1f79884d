"""The store: where cases are kept, found again, and never overwritten unseen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from debtdesk.core.case import Answer, Case
from debtdesk.locale import LANGUAGES, Message
from debtdesk.store import sqlite_file
from debtdesk.store.bills import KnownBills
from debtdesk.store.chain import START
from debtdesk.store.engine import forget, make_engine, reading, writing
from debtdesk.store.errors import Damaged
from debtdesk.store.lines import CaseLine, State
from debtdesk.store.looking import Revision, case_at, changes_of, last_change, not_kept
from debtdesk.store.places import person
from debtdesk.store.schema import SHIPPED, Migrations, bring_up, still_current
from debtdesk.store.tables import cases, settings
from debtdesk.store.verifying import Broken, Verified, verify
from debtdesk.store.writing import Change, Saved, append


@dataclass(frozen=True, slots=True)
class Opened:
    """A case as it stands: its version, and who saved it when. [UTC]"""

    case: Case
    version: int
    saved_at: datetime
    saved_by: str


class Store:
    """The cases kept at one address. Opening it makes or brings up to date what is there.

    Parameters
    ----------
    where : Path or str
        A file, or the address of a database.
    who : str, optional
        Who is working, for the audit and for whose settings these are; the user of this machine if left out.

    Attributes
    ----------
    migrated_from : Path or None
        The checked copy of the older file, where this opening brought one up to date.
    """

    def __init__(self, where: Path | str, *, who: str | None = None, migrations: Migrations = SHIPPED) -> None:
        self.engine = make_engine(where)
        self.who = person() if who is None else who
        self.migrated_from = bring_up(self.engine, migrations)
        self._migrations = migrations
        self._known = KnownBills()

    # one case

    def save(self, case: Case, *, action: str, base_version: int) -> Saved:
        """Keep a case; it is on the disk when this returns.

        Parameters
        ----------
        case : Case
        action : str
            What was done, a few small English words: "record outcome".
        base_version : int
            The version that was changed; 0 for a case that is not kept yet, as the worked one at first.

        Raises
        ------
        Conflict
            If somebody saved in between. Nothing is written.
        NotKept
            If a version is named, but there is no case of that reference.
        """
        with self._writing() as connection:
            return append(
                connection, [Change(case.reference, case, action, base_version)], who=self.who, known=self._known
            )[0]

    def create(self, case: Case, *, action: str = "create") -> Saved:
        """Keep a new case; Conflict if there is one of that reference."""
        return self.save(case, action=action, base_version=0)

    def create_all(self, these: Iterable[Case], *, action: str = "import") -> list[Saved]:
        """Keep many new cases at once: all of them, or none."""
        changes = [Change(case.reference, case, action, 0) for case in these]
        with self._writing() as connection:
            return append(connection, changes, who=self.who, known=self._known) if changes else []

    def open(self, reference: str) -> Opened:
        """Return a case as it stands; NotKept if there is none."""
        with reading(self.engine) as connection:
            version = _standing(connection, reference)
            if not version:
                raise not_kept(reference)
            last = last_change(connection, reference)
            return Opened(case_at(connection, reference, version, self._known), version, last.at, last.who)

    def version(self, reference: str) -> int:
        """Return the version a case stands at, 0 if there is none; cheap enough to ask whether it was changed."""
        with reading(self.engine) as connection:
            return _standing(connection, reference)

    def at_version(self, reference: str, version: int) -> Case:
        """Return a case as it stood at a version; NotKept if there is none."""
        with reading(self.engine) as connection:
            return case_at(connection, reference, version, self._known)

    def history(self, reference: str) -> tuple[Revision, ...]:
        """Return every change of a case, the oldest first; a removed one still has its dates and actions."""
        with reading(self.engine) as connection:
            return changes_of(connection, reference)

    def remove(self, reference: str) -> None:
        """Remove a case and really delete its content (PIPL art. 47); that it was here, and when, remains.

        Notes
        -----
        In one transaction every revision loses its content and its salt, the list loses name and figures, and the
        removal is entered in the chain. The chain seals salted digests only, so it still holds. Freed bytes are
        overwritten with zeros, the file is rewritten, and the dated copies beside it are deleted. Copies made
        elsewhere, and blocks that the disk keeps for itself, are not reached.
        """
        with self._writing() as connection:
            version = _standing(connection, reference)
            if not version:
                raise not_kept(reference)
            append(connection, [Change(reference, None, "remove", version)], who=self.who, known=self._known)
            connection.execute(delete(settings).where(settings.c.key == _OPENED, settings.c.value == reference))
        forget(self.engine)

    # all cases

    def cases(self) -> list[CaseLine]:
        """Return the list of cases, the one saved last first; opens none of them."""
        columns = [c for c in cases.c if c.name != "removed"]
        query = select(*columns).where(cases.c.removed.is_(False)).order_by(cases.c.updated.desc(), cases.c.reference)
        with reading(self.engine) as connection:
            return [
                CaseLine(**row | {"state": State(row["state"]), "last_outcome": _answer(row["last_outcome"])})
                for row in map(dict, connection.execute(query).mappings())
            ]

    def next_reference(self, on: date) -> str:
        """Return the reference for the next new case of a year, "2026-0007"; a removed case keeps its own."""
        query = select(cases.c.reference).where(cases.c.reference.startswith(f"{on:%Y}-", autoescape=True))
        numbered = re.compile(rf"{on:%Y}-(\d{{4,9}})", re.ASCII)
        with reading(self.engine) as connection:
            taken = [int(found[1]) for r in connection.scalars(query) if (found := numbered.fullmatch(r))]
        return f"{on:%Y}-{max(taken, default=0) + 1:04d}"

    def verify(self) -> Verified:
        """Return whether file and chain still hold from the beginning, and where they first do not."""
        broken = Broken(0, None, Message("The file itself is damaged."))
        if not sqlite_file.is_whole(sqlite_file.path_of(self.engine)):
            return Verified(0, START, broken)
        try:
            with reading(self.engine) as connection:
                return verify(connection)
        except Damaged:
            return Verified(0, START, broken)

    def copy(self) -> Path:
        """Make a checked, dated copy beside the file; the newest five stay, until a case is removed."""
        return sqlite_file.copy_checked(sqlite_file.path_of(self.engine), self._migrations.newest)

    # settings of the person

    def language(self) -> str | None:
        """Return the language chosen on the first screen, None if none was."""
        return self._setting(_LANGUAGE)

    def set_language(self, language: str | None) -> None:
        """Keep the chosen language; None for the system's own."""
        if language not in (*LANGUAGES, None):
            raise ValueError(f"language {language!r} is not one of {LANGUAGES}")
        self._set(_LANGUAGE, language)

    def opened_reference(self) -> str | None:
        """Return the reference of the case that is open, None if none was chosen."""
        return self._setting(_OPENED)

    def set_open(self, reference: str | None) -> None:
        """Keep which case is open; it may be one that is not kept, as the worked one."""
        self._set(_OPENED, reference)

    def bill_mapping(self, header: str) -> str | None:
        """Return how the columns under a header of a bank's statement are read, as kept, or None."""
        return self._setting(_MAPPING + header)

    def set_bill_mapping(self, header: str, mapping: str | None) -> None:
        """Keep how the columns under a header, named by its digest, are read; None to forget it."""
        self._set(_MAPPING + header, mapping)

    def bill_mappings(self) -> dict[str, str]:
        """Return every kept reading of a bank's columns, by the digest of the header it was kept for."""
        query = select(settings.c.key, settings.c.value).where(
            settings.c.who == self.who, settings.c.key.startswith(_MAPPING, autoescape=True)
        )
        with reading(self.engine) as connection:
            return {
                key.removeprefix(_MAPPING): value for key, value in connection.execute(query.order_by(settings.c.key))
            }

    def welcome_seen(self) -> bool:
        """Return whether the welcome was seen."""
        return self._setting(_WELCOME) is not None

    def set_welcome_seen(self) -> None:
        """Keep that the welcome was seen."""
        self._set(_WELCOME, "yes")

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with writing(self.engine) as connection:
            still_current(connection, self._migrations, sqlite_file.path_of(self.engine))
            yield connection

    def _mine(self, key: str) -> ColumnElement[bool]:
        return and_(settings.c.who == self.who, settings.c.key == key)

    def _setting(self, key: str) -> str | None:
        with reading(self.engine) as connection:
            found: str | None = connection.scalar(select(settings.c.value).where(self._mine(key)))
            return found

    def _set(self, key: str, value: str | None) -> None:
        with self._writing() as connection:
            connection.execute(delete(settings).where(self._mine(key)))
            if value is not None:
                connection.execute(insert(settings).values(who=self.who, key=key, value=value))


_LANGUAGE, _OPENED, _WELCOME, _MAPPING = "language", "open case", "welcome seen", "bill mapping "


def _standing(connection: Connection, reference: str) -> int:
    query = select(cases.c.version).where(cases.c.reference == reference, cases.c.removed.is_(False))
    return connection.scalar(query) or 0


def _answer(value: str | None) -> Answer | None:
    return None if value is None else Answer(value)
