"""Keeping cases: one file in the user's data folder, in which nothing is overwritten."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from debtdesk.core.case import Case
from debtdesk.store.errors import Conflict, NotKept, StoreError
from debtdesk.store.lines import CaseLine, State
from debtdesk.store.looking import Revision
from debtdesk.store.places import database
from debtdesk.store.store import Opened, Store
from debtdesk.store.verifying import Broken, Verified
from debtdesk.store.writing import Saved

__all__ = [
    "Broken",
    "CaseLine",
    "Conflict",
    "NotKept",
    "Opened",
    "Revision",
    "Saved",
    "State",
    "Store",
    "StoreError",
    "Verified",
    "default_store",
    "open_case",
]


def default_store() -> Store:
    """Return the store of this user, opened once a process: DEBTDESK_DATABASE, else the file in the data folder."""
    return _store_at(database())


@cache
def _store_at(where: Path | str) -> Store:
    return Store(where)


def open_case(reference: str) -> Case:
    """Return a kept case as it stands.

    Raises
    ------
    NotKept
        If there is none of that reference.
    """
    return default_store().open(reference).case
