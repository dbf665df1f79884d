"""Walking the chain: do the links hold, does each content still match its entry, does the list agree with both?"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, String, func, select, type_coerce

from debtdesk.locale import Message
from debtdesk.store.bills import bills_in
from debtdesk.store.chain import START, Entry, holds
from debtdesk.store.content import whole
from debtdesk.store.tables import audit, bills, cases, chain, revisions

CHUNK = 500  # rows held at a time, so that a large store needs little memory


@dataclass(frozen=True, slots=True)
class Broken:
    """The first link that does not hold: number of the entry, reference of its case where known, and what is wrong."""

    number: int
    reference: str | None
    text: Message


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk along the chain found: how many links hold, the last hash, and the first thing broken or None."""

    entries: int
    head: str
    broken: Broken | None


def verify(connection: Connection) -> Verified:
    """Walk the chain from its beginning; then hold the contents, and the list of cases, against it."""
    links = _Links()
    broken = links.walk(connection) or _contents(connection, links) or _list(connection, links)
    return Verified(links.number, links.head, broken)


class _Links:
    """What the entries alone tell: how far they hold, and what became of each case (newest version, removed when)."""

    def __init__(self) -> None:
        self.number = 0
        self.head = START
        self.newest: dict[str, tuple[int, bool]] = {}
        self.removed: dict[str, int] = {}
        self.with_content = 0

    def walk(self, connection: Connection) -> Broken | None:
        """Follow the entries and return the first that does not hold."""
        columns = [type_coerce(c, String) if c is audit.c.at else c for c in audit.c]
        query = select(*columns).order_by(audit.c.number)
        for row in connection.execute(query, execution_options={"yield_per": CHUNK}):
            entry, expected = Entry(*row), self.number + 1
            if entry.number != expected:
                return Broken(expected, None, Message("Entry {number} is missing.", number=expected))
            if entry.previous != self.head or entry.seal() != entry.hash:
                text = Message("Entry {number} was altered after it was written.", number=expected)
                return Broken(expected, entry.reference, text)
            self._note(entry)
        end = connection.execute(select(chain.c.number, chain.c.hash).where(chain.c.id == 1)).first()
        if end is None or tuple(end) != (self.number, self.head):
            missing = self.number + 1
            return Broken(missing, None, Message("Entry {number} is missing.", number=missing))
        return None

    def _note(self, entry: Entry) -> None:
        self.number, self.head = entry.number, entry.hash
        self.newest[entry.reference] = entry.version, not entry.digest
        if entry.digest:
            self.with_content += 1
        else:
            self.removed[entry.reference] = entry.number


def _contents(connection: Connection, links: _Links) -> Broken | None:
    """Return the first content that is not what its entry sealed, or is still there after a removal."""
    if (connection.scalar(select(func.count()).select_from(revisions)) or 0) > links.with_content:
        return Broken(links.number, None, Message("There are contents that no entry knows of."))
    query = (
        select(
            audit.c.number, audit.c.reference, audit.c.version, audit.c.digest, revisions.c.salt, revisions.c.content
        )
        .outerjoin(revisions)
        .where(audit.c.digest != "")
        .order_by(audit.c.number)
    )
    named: set[tuple[str, str]] = set()
    for number, reference, version, sealed, salt, content in connection.execute(
        query, execution_options={"yield_per": CHUNK}
    ):
        wrong = None
        apart = bills_in(connection, reference, content)
        named.update((reference, name) for name in apart)
        places = {"reference": reference, "version": version}
        if number < links.removed.get(reference, 0):
            if content is not None or salt is not None:
                wrong = Message("Case {reference} was removed, but version {version} is still there.", **places)
        elif content is None or salt is None:
            wrong = Message("The content of case {reference}, version {version}, is missing.", **places)
        elif not holds(salt, whole(content, apart), sealed):
            wrong = Message("The content of case {reference}, version {version}, was altered.", **places)
        if wrong:
            return Broken(number, reference, wrong)
    if (connection.scalar(select(func.count()).select_from(bills)) or 0) > len(named):
        return Broken(links.number, None, Message("There are contents that no entry knows of."))
    return None


def _list(connection: Connection, links: _Links) -> Broken | None:
    """Return the first case whose row in the list is not where the entries left it."""
    query = select(cases.c.reference, cases.c.version, cases.c.removed)
    kept = {reference: (version, removed) for reference, version, removed in connection.execute(query)}
    for reference in sorted(kept.keys() | links.newest.keys()):
        if kept.get(reference) != links.newest.get(reference):
            text = Message("The list of cases disagrees with the entries about {reference}.", reference=reference)
            return Broken(links.number, reference, text)
    return None
