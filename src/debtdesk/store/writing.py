"""The one way in which anything about a case is written: a change, its audit entry and its content, together."""

from __future__ import annotations

import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from debtdesk.core.case import Case
from debtdesk.store import bills as apart
from debtdesk.store import chain as links
from debtdesk.store.bills import KeptBill, KnownBills
from debtdesk.store.content import whole, with_names
from debtdesk.store.errors import Conflict
from debtdesk.store.lines import columns_of
from debtdesk.store.looking import case_at, last_change, not_kept
from debtdesk.store.tables import audit, cases, chain, instant, revisions

_ACTION = re.compile(r"[a-z][a-z0-9 _-]{0,39}")
_CHUNK = 500

_END = select(chain.c.number, chain.c.hash).where(chain.c.id == 1).with_for_update()
_MOVE_END = update(chain).where(chain.c.id == 1)
_STANDING = select(cases.c.reference, cases.c.version, cases.c.removed, cases.c.created).where(
    cases.c.reference.in_(bindparam("references", expanding=True))
)
_NEW = insert(cases)
_RENEW = update(cases).where(cases.c.reference == bindparam("which"))
_ENTER = insert(audit)
_KEEP = insert(revisions)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save came to: the version it made, and when it was written. [UTC]"""

    version: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """What shall become of a case: the case as it shall stand (None: removed), by what action, on which version.

    A `base_version` of 0 means that there is none yet.
    """

    reference: str
    case: Case | None
    action: str
    base_version: int

    def __post_init__(self) -> None:
        if not _ACTION.fullmatch(self.action):
            raise ValueError(f"action {self.action!r} must be at most 40 small letters, digits, spaces, - or _")
        if (
            not 1 <= len(self.reference) <= 64
            or not self.reference.isprintable()
            or self.reference.strip() != self.reference
        ):
            raise ValueError(f"reference {self.reference!r} must be 1 to 64 printable characters")
        if self.base_version < 0:
            raise ValueError(f"base_version {self.base_version} is below zero")


def append(connection: Connection, changes: Sequence[Change], *, who: str, known: KnownBills) -> list[Saved]:
    """Write changes, at most one a case, at the end of the chain.

    Raises
    ------
    Conflict
        If a case no longer stands at the base version of its change.
    NotKept
        If there is none of that reference.
    """
    end = connection.execute(_END).one()
    standing = _standing(connection, [c.reference for c in changes])
    number, before, at = end.number, end.hash, datetime.now(UTC)
    new, renewed, entries, contents, saved = [], [], [], [], []
    kept_apart: dict[str, list[KeptBill]] = {}
    for change in changes:
        row = standing.get(change.reference)
        _check(connection, change, row, known)
        version = (row.version if row else 0) + 1
        salt = secrets.token_hex(16)
        bills = [known.kept(bill) for bill in change.case.bills] if change.case else []
        content = with_names(change.case, [b.name for b in bills]) if change.case else b""
        number += 1
        entry = links.Entry(
            number, instant(at), who, change.action, change.reference, version,
            links.digest(salt, whole(content, {b.name: b.content for b in bills})) if change.case else "", before,
        )  # fmt: skip
        before = entry.seal()
        entries.append(_audit_row(replace(entry, hash=before), at))
        if change.case:
            contents.append({"number": number, "salt": salt, "content": content})
            kept_apart[change.reference] = bills
        again = row is not None and row.removed
        line = columns_of(change.case) | {
            "reference": change.reference,
            "version": version,
            "removed": change.case is None,
            "created": at if row is None or again else row.created,
            "updated": at,
        }
        if row is None:
            new.append(line)
        else:
            renewed.append(line | {"which": change.reference})
        saved.append(Saved(version, at))
    if new:
        connection.execute(_NEW, new)
    if renewed:
        connection.execute(_RENEW, renewed)
    connection.execute(_ENTER, entries)
    if contents:
        connection.execute(_KEEP, contents)
    for reference, bills in kept_apart.items():
        apart.keep(connection, reference, bills)
    for change in changes:
        if change.case is None:
            _empty(connection, change.reference)
    connection.execute(_MOVE_END, {"number": number, "hash": before})
    return saved


def _audit_row(entry: links.Entry, at: datetime) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in entry.__slots__} | {"at": at}


def _standing(connection: Connection, references: Sequence[str]) -> dict[str, Row[Any, Any, Any, Any]]:
    if len(set(references)) != len(references):
        raise ValueError("each case can be changed only once at a time")
    found: dict[str, Row[Any, Any, Any, Any]] = {}
    for at in range(0, len(references), _CHUNK):
        some = {"references": references[at : at + _CHUNK]}
        found.update((row.reference, row) for row in connection.execute(_STANDING, some))
    return found


def _check(connection: Connection, change: Change, row: Row[Any, Any, Any, Any] | None, known: KnownBills) -> None:
    """Refuse a change that was made on another version than the one that stands."""
    if row is None:
        if change.base_version:
            raise not_kept(change.reference)
        return
    if (0 if row.removed else row.version) == change.base_version and (row.removed or change.base_version):
        return
    last = last_change(connection, change.reference)
    raise Conflict(
        change.reference,
        version=row.version,
        who=last.who,
        at=last.at,
        action=last.action,
        newer=None if row.removed else case_at(connection, change.reference, row.version, known),
    )


def _empty(connection: Connection, reference: str) -> None:
    """Take bills, content and salt from every revision of a case; the entries and their seals stay."""
    apart.empty(connection, reference)
    numbers = select(audit.c.number).where(audit.c.reference == reference)
    connection.execute(update(revisions).where(revisions.c.number.in_(numbers)).values(salt=None, content=None))
