"""Where cases are kept, and which addresses are understood."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from debtdesk.core.case import Case
from debtdesk.store import Store, places
from debtdesk.store.engine import make_engine
from debtdesk.store.errors import NotReachable
from debtdesk.store.sqlite_file import path_of


def test_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DEBTDESK_DATABASE", raising=False)
    monkeypatch.setenv("DEBTDESK_DATA", str(tmp_path / "mine"))
    assert places.data_folder() == tmp_path / "mine"
    assert path_of(make_engine(places.database())) == tmp_path / "mine" / "cases.sqlite3"
    monkeypatch.setenv("DEBTDESK_DATABASE", f"sqlite:///{tmp_path}/other.sqlite3")
    assert path_of(make_engine(places.database())) == tmp_path / "other.sqlite3"


def test_folder_is_the_users_own_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DEBTDESK_DATA", raising=False)
    assert places.data_folder().name == "debtdesk"
    assert not places.data_folder().is_relative_to(Path.cwd())


@pytest.mark.parametrize("name", ["a b", "张三 50%", "what?.x", "a#b", "it's"])
def test_folder_may_have_any_name(tmp_path: Path, case: Case, name: str) -> None:
    store = Store(tmp_path / name / "cases.sqlite3")
    store.create(case)
    assert (tmp_path / name / "cases.sqlite3").stat().st_size > 0
    assert store.open(case.reference).case == case


@pytest.mark.parametrize(
    "url", ["", "cases.sqlite3", "sqlite://", "sqlite:///:memory:", "postgresql://u:secret@host/db"]
)
def test_other_addresses_are_refused_without_being_quoted(url: str) -> None:
    with pytest.raises(NotReachable) as refused:
        make_engine(url)
    assert "secret" not in str(refused.value)


def test_error_of_the_database_quotes_no_values(store: Store) -> None:
    with pytest.raises(OperationalError) as raised, store.engine.connect() as connection:
        connection.exec_driver_sql("SELECT * FROM nowhere WHERE client = ?", ("张三",))
    assert "张三" not in str(raised.value)


def test_person_is_the_one_at_the_hub(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUPYTERHUB_USER", "li")
    assert places.person() == "li"
    monkeypatch.delenv("JUPYTERHUB_USER")

    def nobody() -> str:
        raise OSError("no such user")

    monkeypatch.setattr(places.getpass, "getuser", nobody)
    assert places.person() == ""
