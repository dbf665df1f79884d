"""The chain notices what was changed behind the store's back; a removal leaves it whole and the text gone."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from debtdesk.core.case import Case
from debtdesk.store import Conflict, NotKept, Store
from debtdesk.store.chain import START, Entry
from debtdesk.store.content import to_bytes
from debtdesk.store.errors import Damaged, ReadOnly


@pytest.fixture
def filled(store: Store, case: Case) -> Store:
    """Two cases, five entries."""
    other = replace(case, reference="2026-0008", client="李**")
    store.create(case)
    store.create(other)
    for base in (1, 2):
        store.save(replace(case, note=f"第{base}次"), action="change note", base_version=base)
    store.save(other, action="change note", base_version=1)
    return store


def tamper(file: Path, statement: str, *values: object) -> None:
    """Change the file with SQLite itself."""
    with closing(sqlite3.connect(file)) as connection, connection:
        assert connection.execute(statement, values).rowcount > 0


def test_untouched_chain_holds(filled: Store) -> None:
    found = filled.verify()
    assert (found.entries, found.broken) == (5, None)
    assert len(found.head) == 64


def test_empty_chain_holds(store: Store) -> None:
    found = store.verify()
    assert (found.entries, found.head, found.broken) == (0, START, None)


@pytest.mark.parametrize(
    ("statement", "number", "said"),
    [
        ("UPDATE audit SET who = 'nobody' WHERE number = 2", 2, "Entry 2 was altered"),
        ("UPDATE audit SET at = '2020-01-01T00:00:00.000000Z' WHERE number = 3", 3, "Entry 3 was altered"),
        ("UPDATE audit SET action = 'x' WHERE number = 5", 5, "Entry 5 was altered"),
        ("UPDATE audit SET digest = '' WHERE number = 4", 4, "Entry 4 was altered"),
        (
            "UPDATE revisions SET content = CAST(replace(content, '张', '王') AS BLOB) WHERE number = 1",
            1,
            "version 1, was altered",
        ),
        ("UPDATE revisions SET salt = '00' WHERE number = 4", 4, "version 3, was altered"),
        ("UPDATE revisions SET salt = 'no hex' WHERE number = 4", 4, "version 3, was altered"),
        ("UPDATE revisions SET content = NULL, salt = NULL WHERE number = 2", 2, "version 1, is missing"),
        ("DELETE FROM revisions WHERE number = 5", 5, "version 2, is missing"),
        ("DELETE FROM audit WHERE number = 3", 3, "Entry 3 is missing"),
        ("DELETE FROM audit WHERE number = 5", 5, "Entry 5 is missing"),
        ("UPDATE chain SET number = 4", 6, "Entry 6 is missing"),
        ("INSERT INTO revisions VALUES (77, 'aa', x'00')", 5, "no entry knows of"),
        ("UPDATE cases SET version = 2 WHERE reference = '2026-0007'", 5, "disagrees"),
        ("UPDATE cases SET removed = 1 WHERE reference = '2026-0008'", 5, "disagrees"),
    ],
)
def test_first_broken_link_is_named(filled: Store, file: Path, statement: str, number: int, said: str) -> None:
    tamper(file, statement)
    broken = filled.verify().broken
    assert broken is not None
    assert broken.number == number
    assert said in broken.text.in_language("en")


def test_any_flipped_bit_of_a_content_is_noticed(filled: Store, file: Path) -> None:
    whole = file.read_bytes()
    draw = random.Random(20261124)
    reference, content = "2026-0008", to_bytes(filled.open("2026-0008").case)
    piece = content[-400:]
    at = whole.rindex(piece)
    for _ in range(12):
        flipped = bytearray(whole)
        flipped[at + draw.randrange(len(piece))] ^= 1 << draw.randrange(8)
        file.write_bytes(flipped)
        assert filled.verify().broken is not None
    file.write_bytes(whole)
    assert filled.verify().broken is None
    assert filled.open(reference).version == 2


def test_altered_content_is_not_opened_nor_quoted(filled: Store, file: Path) -> None:
    tamper(file, "UPDATE revisions SET content = CAST(replace(content, '第2次', '第9次') AS BLOB) WHERE number = 4")
    with pytest.raises(Damaged) as refused:
        filled.open("2026-0007")
    assert "第" not in str(refused.value) and "2026-0007" in str(refused.value)
    assert filled.at_version("2026-0007", 2).note == "第1次"


def test_text_that_is_no_text_is_said_without_quoting_it(filled: Store, file: Path) -> None:
    tamper(file, "UPDATE cases SET client = CAST(x'e5bca0ffff' AS TEXT) WHERE reference = '2026-0007'")
    with pytest.raises(Damaged) as refused:
        filled.cases()
    assert "张" not in str(refused.value)
    assert refused.value.__cause__ is None and refused.value.__suppress_context__


@pytest.mark.parametrize(
    "change", ["state = '?'", "updated = 'yesterday'", "last_outcome = '?'", "last_outcome_day = '?'"]
)
def test_row_that_means_nothing_is_said(filled: Store, file: Path, change: str) -> None:
    tamper(file, f"UPDATE cases SET {change} WHERE reference = '2026-0007'")
    with pytest.raises(Damaged):
        filled.cases()
    assert filled.open("2026-0007").version == 3


def test_copy_that_cannot_be_deleted_is_said(filled: Store, file: Path) -> None:
    file.with_name("cases.copy-2026-01-01-schema-0000.sqlite3").mkdir()
    with pytest.raises(ReadOnly, match="was removed, but an older copy"):
        filled.remove("2026-0007")
    assert [line.reference for line in filled.cases()] == ["2026-0008"]


def test_removal_takes_the_text_from_the_file(filled: Store, file: Path, case: Case) -> None:
    filled.set_open("2026-0007")
    copy = file.with_name("cases.copy-2026-01-01-schema-0000.sqlite3")
    copy.write_bytes(file.read_bytes())
    file.with_name("cases.copy-2026-01-02-schema-0000.sqlite3.part").write_bytes(file.read_bytes())
    secrets = [s.encode() for s in ("客户住在城东", "第1次", "第2次", "张**")]
    own = replace(case, reference="2026-0008", client="李**", note="另一人")
    filled.save(own, action="change note", base_version=2)
    before = file.read_bytes()
    assert all(s in before for s in secrets)

    filled.remove("2026-0007")

    rest = b"".join(path.read_bytes() for path in file.parent.iterdir())
    gone = [s for s in secrets if s != "客户住在城东".encode()]  # the other case still says that in its older versions
    assert not any(s in rest for s in gone)
    assert not copy.exists()
    assert [line.reference for line in filled.cases()] == ["2026-0008"]
    assert filled.opened_reference() is None
    with pytest.raises(NotKept):
        filled.open("2026-0007")
    with pytest.raises(NotKept):
        filled.at_version("2026-0007", 1)
    found = filled.verify()
    assert (found.entries, found.broken) == (7, None)
    assert [(r.action, r.kept) for r in filled.history("2026-0007")] == [
        ("create", False),
        ("change note", False),
        ("change note", False),
        ("remove", False),
    ]
    assert filled.open("2026-0008").case == own


def test_emptied_bytes_are_zeroed_even_before_the_file_is_rewritten(
    filled: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("debtdesk.store.store.forget", lambda engine: None)
    filled.remove("2026-0007")
    rest = file.read_bytes()
    assert not any(s.encode() in rest for s in ("第1次", "第2次", "张**"))


def test_save_on_a_removed_case_is_refused(filled: Store, file: Path, case: Case) -> None:
    Store(file, who="colleague").remove("2026-0007")
    with pytest.raises(Conflict, match="removed by colleague") as refused:
        filled.save(case, action="change note", base_version=3)
    assert refused.value.newer is None
    assert (refused.value.version, refused.value.action) == (4, "remove")


def test_removed_reference_can_be_used_anew(filled: Store, case: Case) -> None:
    filled.remove("2026-0007")
    anew = replace(case, note="重新来")
    assert filled.create(anew).version == 5
    assert filled.open("2026-0007").case == anew
    assert [r.kept for r in filled.history("2026-0007")] == [False, False, False, False, True]
    assert filled.verify().broken is None
    with pytest.raises(Conflict):
        filled.save(case, action="change note", base_version=3)


def test_content_that_came_back_after_a_removal_is_noticed(filled: Store, file: Path) -> None:
    filled.remove("2026-0007")
    tamper(file, "UPDATE revisions SET content = x'7b7d', salt = '00' WHERE number = 1")
    broken = filled.verify().broken
    assert broken is not None and broken.number == 1
    assert "was removed" in broken.text.in_language("en")


def test_seal_covers_every_field() -> None:
    entry = Entry(2, "2026-11-24T00:00:00.000000Z", "a", "save", "r", 1, "d", START)
    others = {
        replace(entry, **{name: value}).seal()
        for name, value in {
            "number": 3, "at": "x", "who": "b", "action": "c", "reference": "s", "version": 2, "digest": "e",
            "previous": "p",
        }.items()
    }  # fmt: skip
    assert len(others | {entry.seal()}) == 9
