"""The chain of the audit: each entry sealed with the hash of the one before; walked by `verify`.

An entry seals the digest of its content, not the content, and the digest is salted with random bytes that are kept
beside the content: once both are emptied, the chain still holds, and nothing of the content can be guessed from it.
Whoever can write the file can forge the whole chain; a head that was written down elsewhere shows it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, String, func, select, type_coerce

from debtdesk.locale import Message
from debtdesk.store.tables import audit, cases, chain, revisions

START = "0" * 64
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the audit: who did what to which case, and its seal. `at` as stored; no digest means removed."""

    number: int
    at: str
    who: str
    action: str
    reference: str
    version: int
    digest: str
    previous: str
    hash: str = ""

    def seal(self) -> str:
        """Return the hash over all of the entry and the hash before it."""
        fields = (self.number, self.at, self.who, self.action, self.reference, self.version, self.digest, self.previous)
        return hashlib.sha256(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def digest(salt: str, content: bytes) -> str:
    """Return the salted hash of a content."""
    return hashlib.sha256(bytes.fromhex(salt) + content).hexdigest()


@dataclass(frozen=True, slots=True)
class Broken:
    """The first link that does not hold: number of the entry, reference of its case where known, and what is wrong."""

    number: int
    reference: str | None
    text: Message


@dataclass(frozen=True, slots=True)
class Verified:
    """What a walk along the chain found: how many entries hold, the last hash, and the first broken link or None."""

    entries: int
    head: str
    broken: Broken | None


def verify(connection: Connection) -> Verified:
    """Walk the chain from its beginning and return how far it holds."""
    removed = _removals(connection)
    before, number = START, 0
    newest: dict[str, tuple[int, bool]] = {}
    for entry, salt, content in _walk(connection):
        wrong = _wrong(entry, number + 1, before) or _content_wrong(entry, salt, content, removed.get(entry.reference))
        if wrong:
            return Verified(number, before, Broken(number + 1, entry.reference, wrong))
        before, number = entry.hash, entry.number
        newest[entry.reference] = entry.version, not entry.digest
    return Verified(number, before, _ends_wrong(connection, number, before, newest))


def _wrong(entry: Entry, number: int, before: str) -> Message | None:
    if entry.number != number:
        return Message("Entry {number} is missing.", number=number)
    if entry.previous != before or entry.seal() != entry.hash:
        return Message("Entry {number} was altered after it was written.", number=number)
    return None


def _content_wrong(entry: Entry, salt: str | None, content: bytes | None, removal: int | None) -> Message | None:
    places = {"reference": entry.reference, "version": entry.version}
    gone = not entry.digest or (removal is not None and entry.number < removal)
    if gone:
        return (
            None
            if content is None
            else Message("Case {reference} was removed, but version {version} is still there.", **places)
        )
    if content is None or salt is None:
        return Message("The content of case {reference}, version {version}, is missing.", **places)
    if not _holds(salt, content, entry.digest):
        return Message(
            "The content of case {reference}, version {version}, was altered after it was written.", **places
        )
    return None


def _holds(salt: str, content: bytes, expected: str) -> bool:
    try:
        return digest(salt, content) == expected
    except (ValueError, TypeError):
        return False


def _ends_wrong(connection: Connection, number: int, before: str, newest: dict[str, tuple[int, bool]]) -> Broken | None:
    end = connection.execute(select(chain.c.number, chain.c.hash).where(chain.c.id == 1)).first()
    if end is None or tuple(end) != (number, before):
        return Broken(number + 1, None, Message("Entry {number} is missing.", number=number + 1))
    if connection.scalar(select(func.count()).select_from(revisions)) != sum(
        1 for _ in connection.execute(select(audit.c.number).where(audit.c.digest != ""))
    ):
        return Broken(number, None, Message("There are contents that no entry knows of."))
    kept = {
        r: (v, bool(gone))
        for r, v, gone in connection.execute(select(cases.c.reference, cases.c.version, cases.c.removed))
    }
    for reference in sorted(kept.keys() | newest.keys()):
        if kept.get(reference) != newest.get(reference):
            return Broken(
                number,
                reference,
                Message("The list of cases disagrees with the entries about {reference}.", reference=reference),
            )
    return None


def _removals(connection: Connection) -> dict[str, int]:
    query = select(audit.c.reference, func.max(audit.c.number)).where(audit.c.digest == "").group_by(audit.c.reference)
    return dict(connection.execute(query).all())


def _walk(connection: Connection) -> Iterator[tuple[Entry, str | None, bytes | None]]:
    """Yield each entry as stored, with its content; by chunks, so that a large store needs little memory."""
    columns = (
        audit.c.number, type_coerce(audit.c.at, String), audit.c.who, audit.c.action, audit.c.reference,
        audit.c.version, audit.c.digest, audit.c.previous, audit.c.hash,
    )  # fmt: skip
    query = select(*columns, revisions.c.salt, revisions.c.content).outerjoin(revisions).order_by(audit.c.number)
    result = connection.execution_options(yield_per=CHUNK).execute(query)
    for *fields, salt, content in result:
        yield Entry(*fields), salt, content
