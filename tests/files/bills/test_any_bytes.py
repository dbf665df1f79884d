"""Whatever bytes come, people get problems in plain words, never an error of the program, and no row is lost."""

import random
from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debtdesk.files.bills import BillReading, ColumnMapping, headers_of, read_bill, suggest_mapping
from debtdesk.files.reading import Fate

from .test_packed import LOCKED
from .written import APP, APP_2026, APP_HEADER_FIRST, BANK, WEB, WECHAT_OLD, WECHAT_QUOTED, wechat_workbook

BILLS = [text.encode("gb18030") for text in (WEB, APP, APP_2026, APP_HEADER_FIRST)] + [
    text.encode("utf-8") for text in (WECHAT_OLD, WECHAT_QUOTED)
]
BOOK = wechat_workbook(2026)
MAPPING = ColumnMapping(day="交易日期", time="交易时间", paid_out="支出金额", paid_in="收入金额")
SETTINGS = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
NO_RECORD = (Fate.REFUSED, Fate.SKIPPED_EMPTY, Fate.BEFORE_HEADER, Fate.NOTE)


def check(reading: BillReading, content: bytes | None = None) -> None:
    """Every line has one fate, each that was used is a record, each refused one has its problem."""
    count = reading.count()
    assert Counter(row.fate for row in reading.rows) == count
    assert count[Fate.USED] + count[Fate.USED_WITH_WARNING] == len(reading.records)
    if reading.refused:
        assert reading.problems and reading.bill is None
    else:
        assert reading.bill is not None and reading.bill.lines == reading.records
        assert all(row.problems for row in reading.rows if row.fate in (Fate.REFUSED, Fate.USED_WITH_WARNING))
    for row in reading.rows:
        assert row.fate in NO_RECORD or row.values
    for problem in reading.problems:
        for language in ("zh", "en"):
            assert problem.text.in_language(language) and problem.remedy.in_language(language)
    assert all(line.amount >= 0 for line in reading.records)
    assert len(reading.table()) == len(reading.records)
    if content is not None and reading.channel and b'"' not in content and not reading.sheet:
        lines = content.split(b"\n") if b"\n" in content else content.split(b"\r")
        assert len(reading.rows) == len(lines) - (not lines[-1]) - 1  # all but the header
        assert len({row.row for row in reading.rows}) == len(reading.rows)


@SETTINGS
@given(
    st.binary(max_size=2000), st.sampled_from(["", "PK\x03\x04", "交易时间,交易分类,商品说明,收/支,金额,交易订单号\n"])
)
def test_arbitrary_bytes(content: bytes, before: str) -> None:
    whole = before.encode("latin-1" if before.startswith("PK") else "gb18030") + content
    check(read_bill("a.csv", content=whole))
    check(read_bill("a.csv", content=whole, password="1", mapping=MAPPING))
    suggest_mapping("a.csv", whole)
    headers_of("a.csv", whole)


@SETTINGS
@given(st.text(alphabet="交易时间金额收/支,\n\r\t\"'; 0123456789-:¥支出元共笔", max_size=400))
def test_arbitrary_text_below_a_header(text: str) -> None:
    content = ("交易时间,交易分类,商品说明,收/支,金额,交易订单号\n" + text).encode("gb18030")
    check(read_bill("a.csv", content=content), content)
    check(read_bill("a.csv", content=("交易日期,交易时间,支出金额,收入金额\n" + text).encode(), mapping=MAPPING))


@SETTINGS
@given(st.sampled_from(BILLS), st.randoms(use_true_random=False))
def test_lines_deleted_doubled_and_shuffled(content: bytes, draw: random.Random) -> None:
    lines = content.splitlines(keepends=True)
    for _ in range(draw.randint(1, 6)):
        at = draw.randrange(len(lines))
        change = draw.choice(["delete", "double", "swap"])
        if change == "delete" and len(lines) > 1:
            del lines[at]
        elif change == "double":
            lines.insert(draw.randrange(len(lines)), lines[at])
        else:
            other = draw.randrange(len(lines))
            lines[at], lines[other] = lines[other], lines[at]
    changed = b"".join(lines)
    check(read_bill("a.csv", content=changed), changed)


@SETTINGS
@given(st.sampled_from(BILLS), st.randoms(use_true_random=False))
def test_bytes_flipped_dropped_and_cut_off(content: bytes, draw: random.Random) -> None:
    changed = bytearray(content)
    for _ in range(draw.randint(1, 8)):
        at = draw.randrange(len(changed))
        if draw.random() < 0.5:
            changed[at] ^= 1 << draw.randrange(8)
        elif draw.random() < 0.5:
            del changed[at]
        else:
            changed.insert(at, draw.choice(b'",\n\r\t ;-0'))
    whole = bytes(changed[: draw.choice([len(changed), draw.randrange(1, len(changed))])])
    check(read_bill("a.csv", content=whole), whole)


@SETTINGS
@given(st.sampled_from([BOOK, LOCKED]), st.randoms(use_true_random=False))
def test_archives_and_workbooks_with_bytes_flipped(content: bytes, draw: random.Random) -> None:
    changed = bytearray(content)
    for _ in range(draw.randint(1, 4)):
        changed[draw.randrange(len(changed))] ^= 1 << draw.randrange(8)
    check(read_bill("a.zip", content=bytes(changed), password="123456"))


@SETTINGS
@given(st.randoms(use_true_random=False))
def test_statements_with_bytes_changed(draw: random.Random) -> None:
    changed = bytearray(BANK.encode("gb18030"))
    for _ in range(draw.randint(1, 6)):
        changed[draw.randrange(len(changed))] = draw.choice(b'",\n; 0-/\xb5')
    check(read_bill("a.csv", content=bytes(changed), mapping=MAPPING))
    check(read_bill("a.csv", content=bytes(changed)))


@pytest.mark.parametrize("content", BILLS)
def test_every_beginning_of_a_bill(content: bytes) -> None:
    whole = len(read_bill("a.csv", content=content).records)
    most = 0
    for end in range(1, len(content), 7):
        reading = read_bill("a.csv", content=content[:end])
        check(reading, content[:end])
        assert most <= len(reading.records) <= whole
        most = len(reading.records)
