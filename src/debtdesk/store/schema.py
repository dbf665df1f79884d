"""The version of the tables: looked at on opening, brought up to date by itself after a checked copy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from sqlalchemy import Connection, Engine, column, inspect, select, table
from sqlalchemy.exc import DBAPIError

from debtdesk.locale import Message
from debtdesk.store import sqlite_file
from debtdesk.store.engine import reading, writing
from debtdesk.store.errors import Damaged, MigrationFailed, NewerSchema


@dataclass(frozen=True, slots=True)
class Migrations:
    """Where the steps are, and their names from the oldest to the newest."""

    folder: str
    known: tuple[str, ...]

    @property
    def newest(self) -> str:
        """The version this program writes."""
        return self.known[-1]


SHIPPED = Migrations("debtdesk.store:migrations", ("0001", "0002"))

_ONE_AT_A_TIME = Lock()  # Alembic keeps its context in the module
_FOUND = select(table("alembic_version", column("version_num")).c.version_num)


def bring_up(engine: Engine, migrations: Migrations = SHIPPED) -> Path | None:
    """Make the tables what this program expects; return the copy made before a migration, None where none was needed.

    Raises
    ------
    NewerSchema, Damaged
        If the file is of a newer program, or of another; it is untouched.
    MigrationFailed
        If a step failed; the file is as it was.
    """
    path = sqlite_file.path_of(engine)
    sqlite_file.prepare(path)
    with reading(engine) as connection:
        if _version(connection, migrations, path) == migrations.newest:
            return None
    with _ONE_AT_A_TIME, writing(engine) as connection:
        found = _version(connection, migrations, path)
        if found == migrations.newest:
            return None
        copy = sqlite_file.copy_checked(path, found) if found else None
        try:
            _upgrade(connection, migrations)
        except DBAPIError as error:
            raise sqlite_file.explain(error.orig, path) or _failed(path, copy) from None
        except Exception:  # from None: an error about the content may quote it
            raise _failed(path, copy) from None
    if copy:
        sqlite_file.rewrite(path)
    return copy


def still_current(connection: Connection, migrations: Migrations, path: Path) -> None:
    """Refuse to go on where a newer program has brought the file up to date meanwhile."""
    if connection.scalar(_FOUND) != migrations.newest:
        raise _newer(path)


def _version(connection: Connection, migrations: Migrations, path: Path) -> str | None:
    """Return the version of the tables, None for an empty file."""
    tables = inspect(connection).get_table_names()
    if not tables:
        return None
    found = None
    if {"alembic_version", "revisions"} <= set(tables):
        found = connection.scalar(_FOUND)
    if found is None:
        raise Damaged(
            Message("This file belongs to another program: {file}", file=str(path)),
            Message("It was left as it is. Set DEBTDESK_DATA or DEBTDESK_DATABASE to a place of its own."),
        )
    if found not in migrations.known:
        raise _newer(path)
    return str(found)


def _upgrade(connection: Connection, migrations: Migrations) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", migrations.folder.replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def _newer(path: Path) -> NewerSchema:
    return NewerSchema(
        Message("The file of the cases was written by a newer version of this program: {file}", file=str(path)),
        Message("It was left as it is. Update the program, then open it again."),
    )


def _failed(path: Path, copy: Path | None) -> MigrationFailed:
    return MigrationFailed(
        Message("The file of the cases could not be brought up to date: {file}", file=str(path)),
        Message(
            "It is as it was, and a copy is kept: {copy}. Go on with the version used before.", copy=str(copy or "-")
        ),
    )
