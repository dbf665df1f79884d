"""Bills are kept once a case, apart from the revisions that name them; what is sealed is the whole content."""

from __future__ import annotations

import gc
import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.bills import Bill, BillLine, Channel, Flow
from debtdesk.core.case import Case
from debtdesk.files.casefile import read_case, write_case
from debtdesk.store import Conflict, Store
from debtdesk.store.bills import KnownBills
from debtdesk.store.content import bill_to_bytes, from_bytes, names_in, to_bytes, whole, with_names
from debtdesk.store.errors import Damaged

OLDER = Path(__file__).parent / "older" / "cases_0001.sql"


def make_bill(number: int, lines: int = 50, channel: Channel = Channel.ALIPAY) -> Bill:
    """Return an invented bill; what it says differs by its number."""
    made = tuple(
        BillLine(
            row=25 + n, when=datetime(2026, 5, 1 + n % 28, 12, 30), amount=1_250 + n, flow=Flow.OUT, kind="餐饮美食",
            party=f"第{number}家小店", status="交易成功", order=f"2026{number:04}{n:06}",
        )
        for n in range(lines)
    )  # fmt: skip
    return Bill(channel=channel, source=f"账单{number}.csv", digest=f"{number:064x}", lines=made)


@pytest.fixture
def filled(store: Store, case: Case) -> Store:
    """Two cases that share a bill: 2026-0007 with one, then two of them, 2026-0008 with the first."""
    store.create(case.with_bill(make_bill(1)))
    store.save(case.with_bill(make_bill(1)).with_bill(make_bill(2)), action="add bill", base_version=1)
    store.create(replace(case, reference="2026-0008", client="李**").with_bill(make_bill(1)))
    return store


def rows(file: Path, query: str) -> list[tuple[object, ...]]:
    """Ask the file itself."""
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query).fetchall()


def tamper(file: Path, statement: str) -> None:
    """Change the file with SQLite itself."""
    with closing(sqlite3.connect(file)) as connection, connection:
        assert connection.execute(statement).rowcount > 0


def test_bill_is_kept_once_however_often_its_case_is_saved(store: Store, case: Case, file: Path) -> None:
    long = case.with_bill(make_bill(1, lines=2_000))
    store.create(long)
    for base in range(1, 9):
        store.save(replace(long, note=f"第{base}次"), action="change note", base_version=base)
    assert rows(file, "SELECT reference, digest FROM bills") == [
        (case.reference, hashlib.sha256(bill_to_bytes(make_bill(1, lines=2_000))).hexdigest())
    ]
    ((largest,),) = rows(file, "SELECT max(length(content)) FROM revisions")
    assert isinstance(largest, int) and largest < len(to_bytes(case)) + 100  # a name of 64 signs in quotation marks
    assert store.at_version(case.reference, 1) == long
    assert Store(file).open(case.reference).case == replace(long, note="第8次")
    assert store.verify().broken is None


def test_each_version_has_the_bills_it_had(filled: Store, case: Case, file: Path) -> None:
    for store in (filled, Store(file)):
        assert store.at_version("2026-0007", 1).bills == (make_bill(1),)
        assert store.at_version("2026-0007", 2).bills == (make_bill(1), make_bill(2))
        assert store.open("2026-0008").case.bills == (make_bill(1),)
    swapped = replace(case, bills=(make_bill(2), make_bill(1)))
    filled.save(swapped, action="swap", base_version=2)
    filled.save(replace(case, bills=(make_bill(1), make_bill(1))), action="twice", base_version=3)
    assert Store(file).at_version("2026-0007", 3) == swapped
    assert Store(file).open("2026-0007").case.bills == (make_bill(1), make_bill(1))
    assert len(rows(file, "SELECT 1 FROM bills")) == 3
    assert filled.verify().broken is None


def test_what_is_sealed_is_the_whole_content(filled: Store, case: Case, file: Path) -> None:
    ((salt, sealed),) = rows(
        file, "SELECT salt, digest FROM audit JOIN revisions USING (number) WHERE reference = '2026-0008'"
    )
    content = to_bytes(replace(case, reference="2026-0008", client="李**").with_bill(make_bill(1)))
    assert sealed == hashlib.sha256(bytes.fromhex(str(salt)) + content).hexdigest()


@pytest.mark.parametrize(
    ("statement", "number", "said"),
    [
        ("UPDATE bills SET content = CAST(replace(content, '第2家', '第3家') AS BLOB)", 2, "version 2, was altered"),
        ("UPDATE bills SET content = CAST(content AS TEXT)", 1, "version 1, was altered"),
        ("DELETE FROM bills WHERE reference = '2026-0008'", 3, "version 1, was altered"),
        ("UPDATE bills SET digest = 'x' || substr(digest, 2) WHERE reference = '2026-0008'", 3, "was altered"),
        ("INSERT INTO bills VALUES ('2026-0007', 'x', x'00')", 3, "no entry knows of"),
        ("UPDATE revisions SET content = replace(content, '\"bills\":[', '\"bills\":') WHERE number = 3", 3, "altered"),
    ],
)
def test_changed_bill_is_noticed(filled: Store, file: Path, statement: str, number: int, said: str) -> None:
    assert filled.verify().broken is None
    tamper(file, statement)
    broken = filled.verify().broken
    assert broken is not None and broken.number == number
    assert said in broken.text.in_language("en")


def test_every_flipped_byte_of_a_bill_is_noticed(store: Store, case: Case, file: Path) -> None:
    store.create(case.with_bill(make_bill(1, lines=2)))
    piece = bill_to_bytes(make_bill(1, lines=2))
    kept = file.read_bytes()
    at = kept.index(piece)
    for place in range(0, len(piece), 7):
        flipped = bytearray(kept)
        flipped[at + place] ^= 1 << place % 8
        file.write_bytes(flipped)
        assert store.verify().broken is not None
        with pytest.raises(Damaged):
            store.open(case.reference)  # though the bill as it was is still known
    file.write_bytes(kept)
    assert store.verify().broken is None


def test_removal_takes_the_bills_of_that_case_alone(filled: Store, file: Path) -> None:
    assert "第2家小店".encode() in file.read_bytes()
    filled.remove("2026-0007")
    assert [r[0] for r in rows(file, "SELECT reference FROM bills")] == ["2026-0008"]
    assert "第2家小店".encode() not in file.read_bytes()
    assert filled.open("2026-0008").case.bills == (make_bill(1),)
    assert filled.verify().broken is None


def test_removed_bills_are_zeroed_even_before_the_file_is_rewritten(
    filled: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("debtdesk.store.store.forget", lambda engine: None)
    filled.remove("2026-0007")
    assert "第2家小店".encode() not in file.read_bytes()


def test_bill_that_came_back_after_a_removal_is_noticed(filled: Store, file: Path) -> None:
    filled.remove("2026-0007")
    tamper(file, "INSERT INTO bills SELECT '2026-0007', digest, content FROM bills")
    assert filled.verify().broken is not None


def test_bills_of_a_case_opened_anew_after_its_removal(filled: Store, case: Case, file: Path) -> None:
    filled.remove("2026-0007")
    filled.create(case.with_bill(make_bill(2)))
    assert Store(file).open("2026-0007").case.bills == (make_bill(2),)
    assert filled.verify().broken is None


def test_refused_save_leaves_no_bill_behind(filled: Store, case: Case, file: Path) -> None:
    with pytest.raises(Conflict) as refused:
        filled.save(case.with_bill(make_bill(9)), action="add bill", base_version=1)
    assert refused.value.newer is not None and len(refused.value.newer.bills) == 2
    assert len(rows(file, "SELECT 1 FROM bills")) == 3
    assert filled.verify().broken is None


def test_many_bills_and_many_cases_at_once(store: Store, case: Case, file: Path) -> None:
    many = tuple(make_bill(n, lines=1) for n in range(450))
    store.create_all([replace(case, reference=f"x{n}", bills=many[: 150 * n]) for n in range(4)])
    assert Store(file).open("x3").case.bills == many
    assert store.verify().broken is None


TEXT = st.text(st.sampled_from('a"\\[]:,{} 张bills') | st.characters(exclude_categories=["Cs"]), max_size=30)
LOOKALIKE = st.just('"bills":["' + "0" * 64 + '"]')
LINE = st.builds(BillLine, row=st.just(1), when=st.just(datetime(2026, 5, 1)), amount=st.just(1),
                 flow=st.sampled_from(Flow), party=TEXT | LOOKALIKE, item=TEXT, note=LOOKALIKE | TEXT)  # fmt: skip
BILLS = st.lists(
    st.builds(
        Bill, channel=st.sampled_from(Channel), source=TEXT, digest=TEXT, lines=st.lists(LINE, max_size=3).map(tuple)
    ),
    max_size=3,
)


@settings(max_examples=150, deadline=None)
@given(note=TEXT | LOOKALIKE, client=TEXT | LOOKALIKE, bills=BILLS)
def test_any_content_is_put_together_again_byte_for_byte(note: str, client: str, bills: list[Bill]) -> None:
    case = Case(reference="r", client=client, note=note, bills=tuple(bills))
    known = KnownBills()
    kept = [known.kept(bill) for bill in bills]
    content = with_names(case, [k.name for k in kept])
    assert names_in(content) == [k.name for k in kept]
    assert b"".join(whole(content, {k.name: k.content for k in kept})) == to_bytes(case)


def test_known_bills_are_forgotten_with_their_last_holder() -> None:
    known, bill = KnownBills(), make_bill(1)
    kept = known.kept(bill)
    assert known.kept(bill) is kept
    assert known.bill(kept.name, kept.content) is bill
    other = known.bill(kept.name, bill_to_bytes(make_bill(2)))
    assert other == make_bill(2)  # a name alone is not believed
    del bill, other
    gc.collect()
    assert known.held == 0


@pytest.fixture
def older(file: Path) -> Path:
    """A file as the version before wrote it: 4 versions of 2026-0007, one of 2026-0008, 2026-0009 removed."""
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as connection:
        connection.executescript(OLDER.read_text())
    return file


def test_older_file_loses_nothing_when_its_bills_are_moved(older: Path) -> None:
    before = dict(rows(older, "SELECT number, content FROM revisions WHERE content IS NOT NULL"))
    entries = rows(older, "SELECT * FROM audit ORDER BY number")
    store = Store(older, who="counselor")
    assert store.migrated_from is not None and "schema-0001" in store.migrated_from.name
    found = store.verify()
    assert (found.broken, found.entries) == (None, 7)
    assert rows(older, "SELECT * FROM audit ORDER BY number") == entries  # seals included
    for number, reference, version in rows(older, "SELECT number, reference, version FROM audit"):
        if number in before:
            written = from_bytes(bytes(before[number]))  # type: ignore[call-overload]
            assert store.at_version(str(reference), int(str(version))) == written
    assert [len(store.at_version("2026-0007", n).bills) for n in (1, 2, 3, 4)] == [0, 1, 2, 2]
    assert store.open("2026-0007").case.note == "又谈了一次"
    assert [r[0] for r in rows(older, "SELECT reference FROM bills ORDER BY reference")] == [
        "2026-0007",
        "2026-0007",
        "2026-0008",
    ]
    assert store.opened_reference() == "2026-0007"
    saved = store.save(replace(store.open("2026-0007").case, note="再谈"), action="change note", base_version=4)
    assert saved.version == 5
    assert len(rows(older, "SELECT 1 FROM bills")) == 3
    store.remove("2026-0007")
    assert store.verify().broken is None


def test_content_that_does_not_come_back_byte_for_byte_is_left_where_it_is(older: Path) -> None:
    tamper(older, "UPDATE revisions SET content = replace(content, '\"bills\":[', '\"bills\": [') WHERE number = 5")
    tamper(older, "UPDATE revisions SET content = x'227b22' || x'62696c6c73223a5b7b' WHERE number = 2")
    before = rows(older, "SELECT content FROM revisions WHERE number IN (2, 5)")
    store = Store(older)
    assert rows(older, "SELECT content FROM revisions WHERE number IN (2, 5)") == before
    broken = store.verify().broken
    assert broken is not None and broken.number == 2  # altered before, and so it is still said
    assert len(store.open("2026-0007").case.bills) == 2


def test_case_handed_over_as_a_file_carries_its_bills(filled: Store, tmp_path: Path) -> None:
    case = filled.open("2026-0007").case
    assert read_case(write_case(case, tmp_path / "case.json")).case == case
    assert len(case.bills) == 2
