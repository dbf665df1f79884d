"""Spans: columns told apart as bytes are the columns that a plain reading finds."""

import csv
import io
import random
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.bills import Flow
from debtdesk.core.problems import Refused
from debtdesk.files.bills import read_bill
from debtdesk.files.bills.grid import split
from debtdesk.files.bills.numbers import amounts_of, number_text, parse_moment, times_of
from debtdesk.files.bills.spans import BLANK, Spans, codes_of_many, spans_of

from .written import APP, APP_HEADER, at

LETTERS = st.text(alphabet="ab餐饮花呗&（）1 .\t龘㐀𠮷é", max_size=30)


def plain(cells: list[bytes], encoding: str) -> list[str]:
    return [cell.decode(encoding).strip(BLANK) for cell in cells]


@settings(deadline=None)
@given(st.lists(LETTERS, min_size=1, max_size=60), st.sampled_from(["gb18030", "utf-8"]), st.integers(1, 5))
def test_codes_stand_for_the_texts(texts: list[str], encoding: str, times: int) -> None:
    cells = [text.encode(encoding) for text in texts * times]
    spans = spans_of(cells, encoding)
    for few in (0, 1000):
        coded = spans.coded(few=few)
        assert [coded.texts[code] for code in coded.codes] == plain(cells, encoding)
        assert len(set(coded.texts)) == len(coded.texts)


@settings(deadline=None)
@given(st.lists(st.binary(max_size=100), min_size=1, max_size=40))
def test_words_are_the_bytes_of_the_cells(cells: list[bytes]) -> None:
    words = spans_of(cells, "utf-8").words(13)
    found = [b"".join(int(word[row]).to_bytes(8, "little") for word in words) for row in range(len(cells))]
    assert found == [cell.ljust(104, b"\0") for cell in cells]


def test_cells_that_fall_into_one_slot_are_still_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("debtdesk.files.bills.spans._SLOTS", 2)
    cells = [b"%d" % (n % 9) for n in range(3000)]
    found = codes_of_many(spans_of(cells, "utf-8"))
    assert found is None or [found[1][code] for code in found[0]] == cells
    monkeypatch.setattr("debtdesk.files.bills.spans._SLOTS", 4)
    found = codes_of_many(spans_of(cells, "utf-8"))
    assert found is not None and [found[1][code] for code in found[0]] == cells


def test_columns_that_hardly_repeat_are_read_one_by_one() -> None:
    cells = [b"%d" % n for n in range(5000)]
    assert codes_of_many(spans_of(cells, "utf-8")) is None
    assert spans_of(cells, "utf-8").texts() == [str(n) for n in range(5000)]


@settings(deadline=None)
@given(st.lists(st.lists(st.text(alphabet="ab 餐1", max_size=6), max_size=6), max_size=12), st.booleans())
def test_split_finds_the_cells_of_python(rows: list[list[str]], ended: bool) -> None:
    content = "\n".join(",".join(row) for row in rows).encode("gb18030") + (b"\n" if ended else b"")
    lines = content.split(b"\n")
    if not lines[-1]:
        lines.pop()
    columns, rest, counts, widths = split(content, 0, separator=44, end=10, width=3, encoding="gb18030")
    for row, line in enumerate(lines):
        cells = line.split(b",")
        assert [column.raw(row) for column in columns] == [*cells, b"", b"", b""][:3]
        assert (rest.raw(row), counts[row], widths[row]) == (b",".join(cells[3:]), len(cells), len(line))
    assert len(counts) == len(lines)


# --- figures ------------------------------------------------------------------------------------------------

AMOUNTS = st.one_of(
    st.integers(0, 10**13).map(lambda fen: str(Decimal(fen) / 100)),
    st.integers(0, 10**9).map(lambda fen: f"{Decimal(fen) / 100:.2f}".ljust(20)),
    st.text(alphabet="0123456789. ¥,-元万", max_size=20),
)


@settings(deadline=None)
@given(st.lists(AMOUNTS, max_size=30))
def test_amounts_are_those_of_one_by_one(texts: list[str]) -> None:
    from debtdesk.core.money import parse_amount

    def one(text: str) -> int | None:
        try:
            return parse_amount(text.strip(BLANK))
        except Refused:
            return None

    amounts, good, refusals = amounts_of(spans_of([text.encode() for text in texts], "utf-8"))
    assert [int(a) if g else None for a, g in zip(amounts, good, strict=True)] == [one(text) for text in texts]
    assert sum(len(rows) for _, rows in refusals.found) == int((~good).sum())


TIMES = st.one_of(
    st.datetimes(min_value=at("1990-01-01"), max_value=at("2110-01-01")).map(
        lambda t: f"{t:%Y-%m-%d %H:%M:%S}".ljust(20)
    ),
    st.from_regex(r"20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}[ \t]{0,3}", fullmatch=True),
    st.from_regex(r"20[0-9]{2}[-/.]1?[0-9][-/.][12]?[0-9]( [0-9]{1,2}:[0-5][0-9])?", fullmatch=True),
    st.text(alphabet="0123456789-/: 年月日", max_size=22),
)


@settings(deadline=None)
@given(st.lists(TIMES, max_size=30))
def test_times_are_those_of_one_by_one(texts: list[str]) -> None:
    times = times_of(spans_of([text.encode() for text in texts], "utf-8"))
    refused = {int(row) for _, rows in times.refusals.found for row in rows}
    for row, text in enumerate(texts):
        try:
            wanted = parse_moment(text.strip(BLANK)) if text.strip(BLANK) else None
        except Refused:
            assert row in refused
            continue
        assert row not in refused and times.empty[row] == (wanted is None)
        if wanted is not None:
            assert np.datetime64(int(times.seconds[row]), "s") == np.datetime64(wanted.when, "s")
            assert (times.no_time[row], times.no_seconds[row]) == (wanted.to == "day", wanted.to == "minute")


@pytest.mark.parametrize(
    ("text", "when", "to"),
    [
        ("2026-11-24 09:30:00", "2026-11-24 09:30:00", "second"),
        ("2026/1/2 9:05", "2026-01-02 09:05:00", "minute"),
        ("2026年1月2日 09:05:07", "2026-01-02 09:05:07", "second"),
        ("2026年1月2日09时05分07秒", "2026-01-02 09:05:07", "second"),
        ("2026-11-24T09:30:00", "2026-11-24 09:30:00", "second"),
        ("20261124 093000", "2026-11-24 09:30:00", "second"),
        ("20261124", "2026-11-24", "day"),
        ("2024-02-29", "2024-02-29", "day"),
    ],
)
def test_times_as_they_are_written(text: str, when: str, to: str) -> None:
    found = parse_moment(text)
    assert (found.when, found.to) == (at(when), to)


@pytest.mark.parametrize(
    "text",
    ["26-11-24 09:30", "11/24/2026", "24.11.2026 09:30", "2026-02-29", "2026-11-24 24:00:00", "2026-11-24 09:3",
     "2026-11-24 09:30:00 CST", "1999-01-01 00:00:00", "45212.88", "昨天"],
)  # fmt: skip
def test_times_that_are_not_certain_are_refused(text: str) -> None:
    with pytest.raises(Refused):
        parse_moment(text)


@pytest.mark.parametrize(
    ("value", "text"),
    [(28.16, "28.16"), (1.1 + 2.2, "3.3"), (100.0, "100"), (0.01, "0.01"), (1234567890123.45, "1234567890123.45"),
     (4.2e27, "4.2e+27"), (28.165, "28.165")],
)  # fmt: skip
def test_numbers_are_written_as_a_spreadsheet_shows_them(value: float, text: str) -> None:
    assert number_text(value) == text


# --- both ways to take a file apart -------------------------------------------------------------------------

CELL = st.text(alphabet="餐饮a1&（ ", max_size=8)
ROW = st.tuples(
    st.datetimes(min_value=at("2020-01-01"), max_value=at("2026-01-01")), CELL, CELL, CELL, CELL,
    st.sampled_from(["支出", "收入", "不计收支", "", "?"]), st.integers(0, 10**7), CELL, CELL, CELL, CELL, CELL,
)  # fmt: skip


@settings(deadline=None, max_examples=60)
@given(st.lists(ROW, max_size=12), st.sampled_from(["gb18030", "utf-8"]), st.sampled_from(["\n", "\r\n"]))
def test_with_and_without_quotation_marks_a_bill_reads_the_same(
    rows: list[tuple[object, ...]], code: str, end: str
) -> None:
    written = [
        [f"{r[0]:%Y-%m-%d %H:%M:%S}", *map(str, r[1:6]), f"{int(str(r[6])) / 100:.2f}", *map(str, r[7:])] for r in rows
    ]
    bare = APP_HEADER + "".join(",".join(row) + ",\n" for row in written)
    marked = APP_HEADER + "".join(",".join(f'"{cell}"' for cell in row) + ",\n" for row in written)
    one = read_bill("a.csv", content=bare.replace("\n", end).encode(code))
    two = read_bill("a.csv", content=marked.replace("\n", end).encode(code))
    assert one.records == two.records
    assert [(r.row, r.fate, r.values) for r in one.rows] == [(r.row, r.fate, r.values) for r in two.rows]
    assert [p.text for p in one.problems] == [p.text for p in two.problems]


def test_the_cells_are_those_of_the_csv_module() -> None:
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(APP)) if len(row) > 10]
    wanted = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    found = read_bill("a.csv", content=APP.encode("gb18030")).records
    assert [(x.party, x.item, x.order, x.status, x.kind) for x in found] == [
        (w["交易对方"], w["商品说明"], w["交易订单号"], w["交易状态"], w["交易分类"]) for w in wanted
    ]
    assert [Decimal(x.amount) / 100 for x in found] == [Decimal(w["金额"]) for w in wanted]


def test_a_long_bill_reads_as_the_csv_module_reads_it() -> None:
    draw = random.Random(5)  # long enough for columns to be told apart as arrays
    lines = [
        f"2025-{draw.randint(1, 12):02}-{draw.randint(1, 28):02} 08:{draw.randint(0, 59):02}:00 ,"
        f"{draw.choice(['餐饮美食', '日用百货'])}  ,商户{draw.randint(1, 99)}（虚构）,/,{'物' * draw.randint(0, 70)},"
        f"{draw.choice(['支出', '收入', '不计收支'])}   ,{draw.randint(0, 10**7) / 100:.2f}      ,花呗,交易成功,"
        f"{draw.randrange(10**20)}\t,\t,{' ' * draw.randint(0, 20)},"
        for _ in range(3000)
    ]
    text = APP_HEADER + "\n".join(lines) + "\n"
    rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text))][1:]
    reading = read_bill("a.csv", content=text.encode("gb18030"))
    assert reading.problems == ()
    assert [
        (f"{x.when:%Y-%m-%d %H:%M:%S}", x.kind, x.party, x.account, x.item, x.method, x.status, x.order, x.note)
        for x in reading.records
    ] == [(r[0], r[1], r[2], r[3], r[4], r[7], r[8], r[9], r[11]) for r in rows]
    assert [Decimal(x.amount) / 100 for x in reading.records] == [Decimal(r[6]) for r in rows]
    flows = {"支出": Flow.OUT, "收入": Flow.IN, "不计收支": Flow.NEUTRAL}
    assert [x.flow for x in reading.records] == [flows[r[5]] for r in rows]


def test_an_empty_column_has_no_codes() -> None:
    none = Spans(b"", np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), "utf-8")
    assert none.texts() == [] and none.words(2)[1].tolist() == []
