"""Looking at what is kept: one case at one version, and the changes that led there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from debtdesk.core.case import Case
from debtdesk.locale import Message
from debtdesk.store.bills import KnownBills, bills_in
from debtdesk.store.chain import holds
from debtdesk.store.content import case_of, whole
from debtdesk.store.errors import Damaged, NewerSchema, NotKept
from debtdesk.store.tables import audit, revisions


@dataclass(frozen=True, slots=True)
class Revision:
    """One change of a case: the version it made, when [UTC], by whom, by what action; `kept` if it can be opened."""

    version: int
    at: datetime
    who: str
    action: str
    kept: bool


_CHANGES = select(audit.c.version, audit.c.at, audit.c.who, audit.c.action, revisions.c.salt.is_not(None)).outerjoin(
    revisions
)


def changes_of(connection: Connection, reference: str) -> tuple[Revision, ...]:
    """Return every change of a case, the oldest first."""
    query = _CHANGES.where(audit.c.reference == reference).order_by(audit.c.version)
    return tuple(Revision(*row) for row in connection.execute(query))


def last_change(connection: Connection, reference: str) -> Revision:
    """Return the newest change of a case that has one."""
    query = _CHANGES.where(audit.c.reference == reference).order_by(audit.c.version.desc()).limit(1)
    return Revision(*connection.execute(query).one())


def case_at(connection: Connection, reference: str, version: int, known: KnownBills) -> Case:
    """Return a case as it stood at a version, after a look whether it still is what was written.

    Raises
    ------
    NotKept
        If there is no such version, or its content was removed.
    Damaged
        If the content was altered.
    NewerSchema
        If it is whole, but this version of the program cannot read it.
    """
    query = (
        select(audit.c.digest, revisions.c.salt, revisions.c.content)
        .join(revisions)
        .where(audit.c.reference == reference, audit.c.version == version)
    )
    row = connection.execute(query).first()
    if row is None or row.content is None:
        raise not_kept(reference)
    bills = bills_in(connection, reference, row.content)
    if holds(row.salt, whole(row.content, bills), row.digest):
        try:
            return case_of(row.content, {name: known.bill(name, content) for name, content in bills.items()})
        except ValueError:  # from None: an error about the content may quote it
            raise NewerSchema(
                Message("Case {reference} was written by a newer version of this program.", reference=reference),
                Message("It was left as it is. Update the program, then open it again."),
            ) from None
    raise Damaged(
        Message(
            "Case {reference}, version {version}, cannot be read: its content is damaged.",
            reference=reference,
            version=version,
        ),
        Message("Open an earlier version of it, or put a copy of the file in its place, if there is one."),
    )


def not_kept(reference: str) -> NotKept:
    """Return the error for a case that is not here."""
    return NotKept(
        Message("There is no case {reference} here.", reference=reference),
        Message("Choose one from the list of cases."),
    )
