"""Everything that only a SQLite file knows: how it is made, opened, copied, scrubbed, and what its errors mean.

The file keeps a rollback journal (not WAL): after each save the one file is the whole store, may be copied as it is,
and works on a shared drive. `synchronous=EXTRA` also syncs the folder: a save that returned survives a power cut.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from glob import escape
from pathlib import Path

from sqlalchemy import Connection, Engine, NullPool, create_engine, event

from debtdesk.locale import Message
from debtdesk.store.errors import Busy, Damaged, DiskFull, NotReachable, ReadOnly, StoreError

BUSY_SECONDS = 5.0
COPIES_KEPT = 5
_PRAGMAS = ("foreign_keys=ON", "synchronous=EXTRA", "secure_delete=ON", "temp_store=MEMORY", "trusted_schema=OFF")


def make_engine(path: Path) -> Engine:
    """Return the engine of a file; each use opens and closes it, so that nothing is held meanwhile."""
    engine = create_engine("sqlite://", creator=lambda: _connect(path), poolclass=NullPool, hide_parameters=True)
    engine.dialect.debtdesk_path = path  # type: ignore[attr-defined]
    event.listen(engine, "begin", _begin)
    return engine


def path_of(engine: Engine) -> Path:
    """Return the file of an engine."""
    path: Path = engine.dialect.debtdesk_path  # type: ignore[attr-defined]
    return path


def _connect(path: Path) -> sqlite3.Connection:
    try:
        there = path.is_file()
    except OSError as error:
        raise _of_system(error, path) from None
    if not there:
        raise _missing(path)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    """Begin in earnest: a writer takes its lock at once, so that nobody can save between its look and its save."""
    writes = connection.get_execution_options().get("writing")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def prepare(path: Path) -> None:
    """Make the folder and an empty file where there is none, open to this user alone."""
    try:
        if path.is_file():
            return
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise _of_system(error, path) from None


def copy_checked(path: Path, schema: str) -> Path:
    """Return a copy beside the file, dated, whole by SQLite's own check; keep the newest five such copies."""
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
    final = path.with_name(f"{path.stem}.copy-{stamp}-schema-{schema}{path.suffix}")
    partial = final.with_name(final.name + ".part")
    try:
        prepare(partial)
        with closing(sqlite3.connect(path, timeout=BUSY_SECONDS)) as source, closing(sqlite3.connect(partial)) as copy:
            source.backup(copy)
            whole = copy.execute("PRAGMA integrity_check").fetchall()
        if whole != [("ok",)]:
            raise damaged(path)
        partial.replace(final)
    except sqlite3.Error as error:
        raise explain(error, path) or damaged(path) from None
    except OSError as error:
        raise _of_system(error, path) from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    for old in copies(path)[:-COPIES_KEPT]:
        with suppress(OSError):
            old.unlink()
    return final


def copies(path: Path) -> list[Path]:
    """Return the dated copies beside a file, oldest first."""
    return sorted(path.parent.glob(f"{escape(path.stem)}.copy-*{escape(path.suffix)}"))


def forget(path: Path) -> None:
    """Rewrite the file from what is still in it, and remove its copies.

    What was emptied has been overwritten with zeros already (secure_delete); rewriting clears what page moves may
    have left behind, and is skipped while another window reads. Blocks that the disk itself set aside are beyond any
    program: only an encrypted disk answers for them.
    """
    rewrite(path)
    for copy in path.parent.glob(f"{escape(path.stem)}.copy-*"):  # half-made ones too
        try:
            copy.unlink()
        except OSError:
            raise ReadOnly(
                Message("The case was removed, but an older copy of the file could not be: {file}", file=str(copy)),
                Message("Delete this copy yourself: it still holds the case."),
            ) from None


def rewrite(path: Path) -> None:
    """Rewrite the file from what is still in it, so that its free pages go; skipped while another window reads."""
    with suppress(sqlite3.Error), closing(_connect(path)) as connection:
        connection.execute("VACUUM")


def is_whole(path: Path) -> bool:
    """Return whether SQLite finds its own structure in order."""
    try:
        with closing(_connect(path)) as connection:
            return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    except sqlite3.DatabaseError as error:
        plain = explain(error, path)
        if plain is None or isinstance(plain, Damaged):
            return False
        raise plain from None


def explain(error: BaseException | None, path: Path) -> StoreError | None:
    """Return in plain words what a database error means; None if it is a mistake of ours."""
    if not isinstance(error, sqlite3.Error):
        return None
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    file = str(path)
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return Busy(
            Message("The file of the cases is in use by another program: {file}", file=file),
            Message("Close other windows that save right now or copy the file, then try again."),
        )
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return _read_only(path)
    if code == sqlite3.SQLITE_FULL:
        return _full(path)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "Could not decode" in str(error):
        return damaged(path)
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_AUTH):
        return _unreachable(path)
    return None


def _of_system(error: OSError, path: Path) -> StoreError:
    """Return in plain words why the system refuses a file or folder."""
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return _read_only(path)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return _full(path)
    return _unreachable(path)


def _read_only(path: Path) -> ReadOnly:
    return ReadOnly(
        Message("The file of the cases cannot be written: {file}", file=str(path)),
        Message("Nothing was changed. Ask for write access to this folder, or set DEBTDESK_DATA to another one."),
    )


def _full(path: Path) -> DiskFull:
    return DiskFull(
        Message("There is no room left on the disk of {file}.", file=str(path)),
        Message("Nothing was changed. Free some space, then save again."),
    )


def damaged(path: Path) -> Damaged:
    """Return the error for a file that is not what it should be."""
    return Damaged(
        Message("This is not a file of cases, or it is damaged: {file}", file=str(path)),
        Message("It was left as it is. Move it aside and put a copy in its place, if there is one."),
    )


def _unreachable(path: Path) -> NotReachable:
    return NotReachable(
        Message("The file of the cases cannot be opened: {file}", file=str(path)),
        Message("Look whether the disk is connected and the folder may be opened by you."),
    )


def _missing(path: Path) -> NotReachable:
    return NotReachable(
        Message("The file of the cases is gone: {file}", file=str(path)),
        Message("Put it back, or restart the notebook to begin with an empty one."),
    )
