"""What can be wrong with the file is said in plain words, and the file is left as it is."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import event

from debtdesk.core.case import Case
from debtdesk.store import Store, sqlite_file
from debtdesk.store.content import to_bytes
from debtdesk.store.errors import Busy, Damaged, DiskFull, NotReachable, ReadOnly

POSIX_ROOT = pytest.mark.skipif(
    sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs to become another user"
)

AS_NOBODY = """
import os, sys
from pathlib import Path
from debtdesk.store import Store
from debtdesk.store.content import from_bytes
import alembic.command, alembic.config
case = from_bytes(sys.stdin.buffer.read())
os.setgroups([]); os.setgid(65534); os.setuid(65534)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="modes are not known there")
def test_folder_and_file_are_the_users_own(store: Store, case: Case, file: Path) -> None:
    store.create(case)
    assert file.parent.stat().st_mode & 0o777 == 0o700
    assert [path.stat().st_mode & 0o777 for path in file.parent.iterdir()] == [0o600]


def test_one_file_is_the_whole_store(store: Store, case: Case, file: Path, tmp_path: Path) -> None:
    store.create(case)
    assert [path.name for path in file.parent.iterdir()] == ["cases.sqlite3"]
    elsewhere = tmp_path / "copied.sqlite3"
    elsewhere.write_bytes(file.read_bytes())
    assert Store(elsewhere).open(case.reference).case == case


def test_connection_is_durable_and_checks_references(store: Store) -> None:
    with store.engine.connect() as connection:
        ask = {
            p: connection.exec_driver_sql(f"PRAGMA {p}").scalar()
            for p in ("synchronous", "foreign_keys", "secure_delete")
        }
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    assert ask == {"synchronous": 3, "foreign_keys": 1, "secure_delete": 1}
    assert mode == "delete"


@pytest.mark.parametrize("content", [b"this is no database at all " * 50, b"SQLite format 3\0" + b"\xff" * 5000])
def test_file_that_is_no_database_is_left_as_it_is(file: Path, content: bytes) -> None:
    file.parent.mkdir()
    file.write_bytes(content)
    with pytest.raises(Damaged) as refused:
        Store(file)
    assert str(file) in refused.value.text.in_language("en")
    assert "Move it aside" in refused.value.remedy.in_language("en")
    assert file.read_bytes() == content


def test_damaged_page_is_said_and_found(store: Store, case: Case, file: Path) -> None:
    for n in range(20):
        store.create(replace(case, reference=f"r{n}"))
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xa5" * (len(whole) - 8192))
    with pytest.raises(Damaged):
        store.open("r3")
    assert store.verify().broken is not None
    file.write_bytes(whole[: len(whole) // 2])
    assert store.verify().broken is not None


def test_file_that_is_gone_is_not_made_anew_meanwhile(store: Store, case: Case, file: Path) -> None:
    file.unlink()
    with pytest.raises(NotReachable, match="gone"):
        store.create(case)
    assert not file.exists()


def test_locked_file_is_said(store: Store, case: Case, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(Busy):
            store.create(case)
        with pytest.raises(Busy):
            store.cases()
        other.execute("ROLLBACK")
    assert store.create(case).version == 1


def test_full_disk_is_said_and_nothing_is_half_written(store: Store, case: Case) -> None:
    store.create(case)

    def fill(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA max_page_count=1")  # not below what the file has: no page can be added

    event.listen(store.engine, "connect", fill)
    with pytest.raises(DiskFull):
        for base in range(1, 50):
            store.save(case, action="change", base_version=base)
    event.remove(store.engine, "connect", fill)
    found = store.verify()
    assert found.broken is None
    assert store.open(case.reference).version == found.entries


def test_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(NotReachable):
        Store(tmp_path / "taken" / "cases.sqlite3")


def as_nobody(script: str, file: Path, case: Case) -> None:
    """Run a script as the user nobody, with the file and the case."""
    subprocess.run(
        [sys.executable, "-W", "error", "-c", AS_NOBODY + script, str(file)],
        input=to_bytes(case),
        check=True,
        timeout=60,
    )


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that every user may enter, but only this one may write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        if not all(above.stat().st_mode & 0o001 for above in folder.parents):
            pytest.skip("the temporary folder cannot be entered by others")
        yield folder


@POSIX_ROOT
def test_read_only_file_can_be_read_but_not_saved(public: Path, case: Case) -> None:
    file = public / "cases.sqlite3"
    store = Store(file)
    store.create(case)
    file.chmod(0o644)
    as_nobody(
        "from debtdesk.store.errors import ReadOnly\n"
        "store = Store(Path(sys.argv[1]), who='nobody')\n"
        "assert store.open(case.reference).case == case and store.verify().broken is None\n"
        "save = lambda: store.save(case, action='change', base_version=1)\n"
        "for write in (save, lambda: store.remove(case.reference), lambda: store.set_language('zh')):\n"
        "    try: write()\n"
        "    except ReadOnly as error: assert 'cannot be written' in str(error)\n"
        "    else: raise AssertionError('written')\n",
        file,
        case,
    )
    assert store.open(case.reference).version == 1


@POSIX_ROOT
def test_file_of_another_user_is_said(store: Store, case: Case, file: Path) -> None:
    as_nobody(
        "from debtdesk.store.errors import NotReachable, ReadOnly, StoreError\n"
        "for place in (Path(sys.argv[1]), Path('/cases.sqlite3')):\n"
        "    try: Store(place)\n"
        "    except (NotReachable, ReadOnly): pass\n"
        "    else: raise AssertionError('opened')\n",
        file,
        case,
    )


def test_read_only_means_what_the_system_says() -> None:
    for number, expected in ((13, ReadOnly), (28, DiskFull), (5, NotReachable)):
        assert type(sqlite_file._of_system(OSError(number, "x"), Path("x"))) is expected
