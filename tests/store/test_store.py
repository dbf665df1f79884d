"""What a counselor relies on: a case comes back as it was kept, and nothing is overwritten."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import debtdesk.store as kept
from debtdesk.core.case import Answer, Case
from debtdesk.store import Conflict, NotKept, State, Store
from debtdesk.store.content import from_bytes, to_bytes
from debtdesk.store.errors import NewerSchema


def test_open_returns_what_was_created(store: Store, case: Case) -> None:
    before = datetime.now(UTC)
    saved = store.create(case)
    opened = store.open(case.reference)
    assert opened.case == case
    assert (opened.version, opened.saved_at, opened.saved_by) == (1, saved.at, "counselor")
    assert timedelta() <= saved.at - before < timedelta(minutes=1)


def test_another_process_finds_everything(store: Store, case: Case, file: Path) -> None:
    store.create(case)
    store.set_language("zh")
    store.set_open(case.reference)
    store.set_welcome_seen()
    script = (
        "import sys; from debtdesk.store import default_store; from debtdesk.store.content import to_bytes\n"
        "store = default_store(); store.who = 'counselor'; opened = store.open(store.opened_reference())\n"
        "assert store.language() == 'zh' and store.welcome_seen() and opened.version == 1\n"
        "sys.stdout.buffer.write(to_bytes(opened.case))"
    )
    environment = os.environ | {"DEBTDESK_DATA": str(file.parent)}
    environment.pop("DEBTDESK_DATABASE", None)
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", script], env=environment, capture_output=True, check=True
    )
    assert from_bytes(run.stdout) == case
    assert run.stderr == b""


def test_save_makes_a_version_and_keeps_the_one_before(store: Store, case: Case) -> None:
    first = store.create(case)
    changed = replace(case, note="改了")
    second = store.save(changed, action="change note", base_version=first.version)
    assert (first.version, second.version) == (1, 2)
    assert store.open(case.reference).case == changed
    assert store.at_version(case.reference, 1) == case
    assert store.at_version(case.reference, 2) == changed
    assert [(r.version, r.action, r.who, r.kept) for r in store.history(case.reference)] == [
        (1, "create", "counselor", True),
        (2, "change note", "counselor", True),
    ]


def test_save_on_an_older_version_is_refused_with_the_newer_case(store: Store, case: Case, file: Path) -> None:
    other = Store(file, who="colleague")
    store.create(case)
    theirs = replace(case, note="同事改的")
    saved = other.save(theirs, action="change note", base_version=1)
    with pytest.raises(Conflict) as refused:
        store.save(replace(case, note="我改的"), action="change note", base_version=1)
    conflict = refused.value
    assert (conflict.version, conflict.who, conflict.at, conflict.action) == (2, "colleague", saved.at, "change note")
    assert conflict.newer == theirs
    assert store.open(case.reference).case == theirs
    assert "我改的" not in str(conflict) and "张" not in str(conflict)


def test_version_tells_whether_a_case_was_changed(store: Store, case: Case) -> None:
    assert store.version(case.reference) == 0
    store.create(case)
    store.save(case, action="look", base_version=1)
    assert store.version(case.reference) == 2
    store.remove(case.reference)
    assert store.version(case.reference) == 0


def test_worked_case_is_kept_by_its_first_save(store: Store, case: Case) -> None:
    worked = replace(case, reference="worked")
    assert store.save(worked, action="record outcome", base_version=0).version == 1
    assert store.save(worked, action="record outcome", base_version=1).version == 2
    with pytest.raises(Conflict):
        store.save(worked, action="record outcome", base_version=0)


def test_create_refuses_a_reference_in_use(store: Store, case: Case) -> None:
    store.create(case)
    with pytest.raises(Conflict) as refused:
        store.create(replace(case, client="李**"))
    assert refused.value.newer == case


def test_what_is_not_kept_is_said(store: Store, case: Case) -> None:
    for look in (store.open, store.remove, lambda reference: store.at_version(reference, 1)):
        with pytest.raises(NotKept, match="2026-0007"):
            look("2026-0007")
    with pytest.raises(NotKept):
        store.save(case, action="change", base_version=3)
    assert store.history("2026-0007") == ()
    store.create(case)
    with pytest.raises(NotKept):
        store.at_version("2026-0007", 2)


@pytest.mark.parametrize("action", ["", "记录", "Record", "x" * 41, "client said: no"])
def test_action_is_a_few_small_words(store: Store, case: Case, action: str) -> None:
    with pytest.raises(ValueError, match="action"):
        store.create(case, action=action)


@pytest.mark.parametrize("reference", ["", " 2026-0001", "a\nb", "x" * 65])
def test_reference_is_printable(store: Store, case: Case, reference: str) -> None:
    with pytest.raises(ValueError, match="reference"):
        store.create(replace(case, reference=reference))
    assert store.cases() == []


def test_list_shows_each_case_newest_first(store: Store, case: Case) -> None:
    store.create(case)
    new = Case(reference="2026-0008", client="李**")
    store.create(new)
    assert [line.reference for line in store.cases()] == ["2026-0008", "2026-0007"]
    store.save(case, action="look", base_version=1)
    line, blank = store.cases()
    assert (line.reference, line.client, line.version, line.state) == ("2026-0007", "张**", 2, State.NEGOTIATING)
    # 12,000.00 + 23,000.00 + 13,210.00, and three times 812.34 + 300.00
    assert (line.debts, line.total) == (3, 5_154_702)
    assert (line.last_outcome, line.last_outcome_day) == (Answer.PENDING, date(2026, 11, 20))
    assert line.created < line.updated
    assert (blank.state, blank.debts, blank.total, blank.last_outcome, blank.last_outcome_day) == (
        State.NEW,
        0,
        0,
        None,
        None,
    )


def test_create_all_keeps_all_or_none(store: Store, case: Case) -> None:
    store.create(case)
    several = [replace(case, reference=f"2026-{n:04d}") for n in range(1, 7)]
    assert [s.version for s in store.create_all(several)] == [1] * 6
    with pytest.raises(Conflict):
        store.create_all([replace(case, reference="2026-0100"), case])
    assert len(store.cases()) == 7
    assert store.create_all([]) == []
    with pytest.raises(ValueError, match="once"):
        store.create_all([replace(case, reference="2026-0100")] * 2)
    assert store.verify().entries == 7


@pytest.mark.parametrize(
    ("taken", "year", "expected"),
    [
        ([], 2026, "2026-0001"),
        (["2026-0006"], 2026, "2026-0007"),
        (["2026-0006"], 2027, "2027-0001"),
        (["2026-9999"], 2026, "2026-10000"),
        (["2026-10000", "2026-9999"], 2026, "2026-10001"),
        (["2026-甲", "2026-0002b", "worked", "2025-0090"], 2026, "2026-0001"),
    ],
)
def test_next_reference(store: Store, case: Case, taken: list[str], year: int, expected: str) -> None:
    store.create_all([replace(case, reference=reference) for reference in taken])
    assert store.next_reference(date(year, 3, 1)) == expected


def test_reference_of_a_removed_case_is_not_given_again(store: Store, case: Case) -> None:
    store.create(case)
    store.remove(case.reference)
    assert store.next_reference(date(2026, 11, 24)) == "2026-0008"


def test_settings_are_each_persons_own(store: Store, file: Path) -> None:
    other = Store(file, who="colleague")
    assert (store.language(), store.opened_reference(), store.welcome_seen()) == (None, None, False)
    store.set_language("zh")
    store.set_language("en")
    store.set_open("worked")
    store.set_welcome_seen()
    assert (store.language(), store.opened_reference(), store.welcome_seen()) == ("en", "worked", True)
    assert (other.language(), other.opened_reference(), other.welcome_seen()) == (None, None, False)
    store.set_language(None)
    store.set_open(None)
    assert (store.language(), store.opened_reference()) == (None, None)
    with pytest.raises(ValueError, match="language"):
        store.set_language("fr")


def test_default_store_is_one_for_each_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: Case) -> None:
    monkeypatch.delenv("DEBTDESK_DATABASE", raising=False)
    monkeypatch.setenv("DEBTDESK_DATA", str(tmp_path / "a"))
    first = kept.default_store()
    assert kept.default_store() is first
    first.create(case)
    assert kept.open_case(case.reference) == case
    monkeypatch.setenv("DEBTDESK_DATA", str(tmp_path / "b"))
    assert kept.default_store() is not first
    assert kept.default_store().cases() == []


def test_threads_read_while_another_saves(store: Store, case: Case) -> None:
    store.create(case)
    found: list[int] = []

    def read() -> None:
        for _ in range(15):
            found.append(store.open(case.reference).version)
            assert len(store.cases()) == 1

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for version in range(1, 11):
        store.save(case, action="change", base_version=version)
    for thread in threads:
        thread.join()
    assert len(found) == 45
    assert store.open(case.reference).version == 11


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    client=st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    notes=st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=60), min_size=1, max_size=4),
)
def test_any_text_comes_back(store: Store, case: Case, client: str, notes: list[str]) -> None:
    reference = f"p-{len(store.cases())}"
    versions = [replace(case, reference=reference, client=client, note=note) for note in notes]
    for base, version in enumerate(versions):
        store.save(version, action="change", base_version=base)
    assert [store.at_version(reference, n) for n in range(1, len(notes) + 1)] == versions
    assert store.cases()[0].client == client
    assert store.verify().broken is None


CHANGES = st.lists(
    st.tuples(st.sampled_from(["save", "save unseen", "remove", "open anew"]), st.sampled_from(["a", "b"])),
    max_size=14,
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_any_course_of_changes_keeps_every_version(
    tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, str]]
) -> None:
    place = tmp_path_factory.mktemp("course") / "cases.sqlite3"
    store = Store(place)
    kept: dict[str, dict[int, Case]] = {"a": {}, "b": {}}
    newest, entries = {"a": 0, "b": 0}, 0
    for n, (change, reference) in enumerate(changes):
        base = max(kept[reference], default=0)
        case = Case(reference=reference, client="张**", note=str(n))
        if change == "open anew":
            store = Store(place)
        elif change == "save unseen":
            with pytest.raises(Conflict if newest[reference] else NotKept):
                store.save(case, action="change", base_version=base + 1)
        elif change == "save":
            newest[reference] = store.save(case, action="change", base_version=base).version
            kept[reference][newest[reference]] = case
            entries += 1
        elif base:
            store.remove(reference)
            kept[reference].clear()
            newest[reference] += 1
            entries += 1
    for reference, versions in kept.items():
        assert {n: store.at_version(reference, n) for n in versions} == versions
        assert [r.version for r in store.history(reference)] == list(range(1, newest[reference] + 1))
        assert [r.version for r in store.history(reference) if r.kept] == list(versions)
    assert {line.reference for line in store.cases()} == {r for r, versions in kept.items() if versions}
    found = store.verify()
    assert (found.entries, found.broken) == (entries, None)


def test_content_of_tomorrow_is_said_not_called_damaged(
    store: Store, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "debtdesk.store.writing.with_names", lambda case, names: b'{"format":1,"unheard_of":"\xe5\xbc\xa0"}'
    )
    store.create(case)
    with pytest.raises(NewerSchema) as refused:
        store.open(case.reference)
    assert "unheard_of" not in str(refused.value)
    assert store.verify().broken is None


def test_content_is_canonical(case: Case) -> None:
    content = to_bytes(case)
    assert to_bytes(from_bytes(content)) == content
    assert "张**".encode() in content
    assert b", " not in content and b'": ' not in content and b"\\u" not in content
