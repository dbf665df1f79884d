"""The one place that makes an engine from an address, and the two ways to talk to it: reading and writing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from debtdesk.locale import Message
from debtdesk.store import sqlite_file
from debtdesk.store.errors import NotReachable


def make_engine(where: Path | str) -> Engine:
    """Return the engine of a file or of a database address; nothing is opened yet.

    Raises
    ------
    NotReachable
        If the address is not one of a database file.
    """
    if isinstance(where, Path):
        return sqlite_file.make_engine(where.absolute())
    try:
        parsed = make_url(where)
        kind = parsed.get_backend_name()
    except ArgumentError:
        kind = ""
    if kind == "sqlite" and parsed.database and parsed.database != ":memory:":
        return sqlite_file.make_engine(Path(parsed.database).absolute())
    raise NotReachable(
        Message("DEBTDESK_DATABASE does not name a database that this version can use."),
        Message("Leave it unset, or name a file: sqlite:////folder/cases.sqlite3"),
    )


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection that sees one state of the store throughout."""
    try:
        with plainly(engine), engine.connect() as connection, connection.begin():
            yield connection
    except ValueError:  # a day, moment or state that is none: not written by this program
        raise sqlite_file.damaged(sqlite_file.path_of(engine)) from None


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """Give a connection that alone may write; all of it is on the disk afterwards, or nothing."""
    with plainly(engine), engine.connect() as connection:
        connection.execution_options(writing=True)
        with connection.begin():
            yield connection


@contextmanager
def plainly(engine: Engine) -> Iterator[None]:
    """Turn what the database complains about into a StoreError in plain words."""
    try:
        yield
    except DBAPIError as error:
        plain = sqlite_file.explain(error.orig, sqlite_file.path_of(engine))
        if plain is None:
            raise
        raise plain from None


def forget(engine: Engine) -> None:
    """Make what was emptied vanish from the file, and remove the copies that may still hold it."""
    sqlite_file.forget(sqlite_file.path_of(engine))
