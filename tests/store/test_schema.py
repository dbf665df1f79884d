"""An older file is brought up to date after a checked copy; a newer one, or another program's, is left alone."""

from __future__ import annotations

import logging
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from importlib.resources import files
from pathlib import Path

import pytest

from debtdesk.core.case import Case
from debtdesk.store import Store
from debtdesk.store.engine import reading
from debtdesk.store.errors import Damaged, MigrationFailed, NewerSchema
from debtdesk.store.schema import SHIPPED, Migrations
from debtdesk.store.sqlite_file import COPIES_KEPT, copies
from debtdesk.store.tables import metadata

NEXT_STEP = '''"""A step of tomorrow."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "0003", "0002", None, None


def upgrade() -> None:
    op.add_column("cases", sa.Column("branch", sa.Text))
    with op.batch_alter_table("settings") as settings:
        settings.alter_column("value", nullable=True)
    {more}
'''


def tomorrow(folder: Path, more: str = "") -> Migrations:
    """Return the shipped migrations and one more step."""
    shipped = Path(str(files("debtdesk.store"))) / "migrations"
    shutil.copytree(shipped, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "m0003_next.py").write_text(NEXT_STEP.format(more=more))
    return Migrations(str(folder), (*SHIPPED.known, "0003"))


def stamp(file: Path) -> str:
    """Return the version written in a file."""
    with closing(sqlite3.connect(file)) as connection:
        return str(connection.execute("SELECT version_num FROM alembic_version").fetchone()[0])


def test_shipped_steps_are_the_known_ones_and_lead_to_the_tables(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", SHIPPED.folder)
    config.set_main_option("path_separator", "os")
    steps = [step.revision for step in ScriptDirectory.from_config(config).walk_revisions()]
    assert tuple(reversed(steps)) == SHIPPED.known
    with reading(store.engine) as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_up_to_date_file_is_opened_without_alembic_and_without_a_copy(store: Store, file: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from debtdesk.store import Store\n"
        "Store(Path(sys.argv[1])); assert 'alembic' not in sys.modules"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", script, str(file)], check=True)
    assert store.migrated_from is None
    assert copies(file) == []


def test_new_file_says_and_configures_nothing(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    handlers, level = list(logging.getLogger().handlers), logging.getLogger().level
    Store(file)
    assert capfd.readouterr() == ("", "")
    assert (logging.getLogger().handlers, logging.getLogger().level) == (handlers, level)
    assert stamp(file) == SHIPPED.newest


def test_older_file_is_copied_then_brought_up_to_date(store: Store, case: Case, file: Path, tmp_path: Path) -> None:
    store.create(case)
    newer = Store(file, who="counselor", migrations=tomorrow(tmp_path / "steps"))
    assert stamp(file) == "0003"
    assert newer.open(case.reference).case == case
    assert newer.verify().broken is None
    assert newer.save(case, action="look", base_version=1).version == 2
    (copy,) = copies(file)
    assert newer.migrated_from == copy
    assert stamp(copy) == "0002"
    assert copy.stat().st_mode & 0o777 == 0o600 or sys.platform == "win32"
    assert Store(copy).open(case.reference).case == case
    assert not list(file.parent.glob("*.part"))


def test_program_that_is_still_open_does_not_write_into_a_newer_file(
    store: Store, case: Case, file: Path, tmp_path: Path
) -> None:
    store.create(case)
    Store(file, migrations=tomorrow(tmp_path / "steps"))
    for write in (lambda: store.save(case, action="look", base_version=1), lambda: store.set_language("zh")):
        with pytest.raises(NewerSchema):
            write()
    assert store.open(case.reference).version == 1


@pytest.mark.parametrize("more", ["op.execute('SELECT nothing')", "op.drop_table('nothing')"])
def test_step_that_the_database_refuses_is_a_failed_one(store: Store, file: Path, tmp_path: Path, more: str) -> None:
    with pytest.raises(MigrationFailed):
        Store(file, migrations=tomorrow(tmp_path / "steps", more=more))
    assert stamp(file) == "0002"


def test_step_that_fails_leaves_the_file_as_it_was(store: Store, case: Case, file: Path, tmp_path: Path) -> None:
    store.create(case)
    broken = tomorrow(tmp_path / "steps", more="raise RuntimeError('half way')")
    with pytest.raises(MigrationFailed) as refused:
        Store(file, migrations=broken)
    (copy,) = copies(file)
    assert str(copy) in str(refused.value)
    assert stamp(file) == "0002"
    assert Store(file).open(case.reference).case == case
    with closing(sqlite3.connect(file)) as connection:
        assert "branch" not in {row[1] for row in connection.execute("PRAGMA table_info(cases)")}


def test_only_the_newest_copies_stay(store: Store, file: Path, tmp_path: Path) -> None:
    for n in range(COPIES_KEPT + 2):
        file.with_name(f"cases.copy-2026-01-0{n + 1}T000000.000000Z-schema-0000.sqlite3").write_bytes(b"old")
    Store(file, migrations=tomorrow(tmp_path / "steps"))
    kept = copies(file)
    assert len(kept) == COPIES_KEPT
    assert kept[-1].name.endswith("schema-0002.sqlite3")
    assert "2026-01-04" in kept[0].name


def test_copy_on_demand_is_a_whole_store(store: Store, case: Case, file: Path) -> None:
    store.create(case)
    copy = store.copy()
    assert copies(file) == [copy]
    store.save(case, action="look", base_version=1)
    assert (Store(copy).open(case.reference).version, Store(copy).verify().broken) == (1, None)


def test_newer_file_is_refused_and_untouched(store: Store, file: Path, tmp_path: Path) -> None:
    Store(file, migrations=tomorrow(tmp_path / "steps"))
    before, when = file.read_bytes(), file.stat().st_mtime_ns
    with pytest.raises(NewerSchema) as refused:
        Store(file)
    assert "newer version" in refused.value.text.in_language("en")
    assert (file.read_bytes(), file.stat().st_mtime_ns) == (before, when)


def test_file_of_another_program_is_refused_and_untouched(file: Path) -> None:
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    before = file.read_bytes()
    with pytest.raises(Damaged, match="another program"):
        Store(file)
    assert file.read_bytes() == before


def test_two_windows_may_make_the_file_at_once(file: Path) -> None:
    script = "import sys; from pathlib import Path; from debtdesk.store import Store; Store(Path(sys.argv[1]))"
    both = [subprocess.Popen([sys.executable, "-W", "error", "-c", script, str(file)]) for _ in range(2)]
    assert [p.wait() for p in both] == [0, 0]
    assert stamp(file) == SHIPPED.newest
    assert Store(file).verify().broken is None
