"""Statements of banks: a mapping is proposed, confirmed, kept, and reads exactly what it names."""

import json
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from openpyxl import Workbook

from debtdesk.core.bills import Channel, Flow
from debtdesk.core.problems import Severity
from debtdesk.files.bills import BillReading, ColumnMapping, Sign, headers_of, read_bill, suggest_mapping
from debtdesk.files.reading import Fate

from .written import APP, BANK, at, saved

PAIR = ColumnMapping(
    day="交易日期", time="交易时间", paid_out="支出金额", paid_in="收入金额", party="对方户名", account="对方账号",
    summary="摘要", note="附言",
)  # fmt: skip


def read(text: str, mapping: ColumnMapping | None = None) -> BillReading:
    return read_bill("流水.csv", content=text.encode("gb18030"), mapping=mapping)


def errors(reading: BillReading) -> list[str]:
    return [p.text.in_language("en") for p in reading.problems if p.severity is Severity.ERROR]


def test_two_columns_of_amounts() -> None:
    reading = read(BANK, PAIR)
    assert reading.channel is Channel.BANK
    assert [(x.when, x.amount, x.flow, x.party, x.kind, x.note) for x in reading.records] == [
        (at("2026-05-02 08:15:00"), 650000, Flow.IN, "某公司（虚构）", "工资", ""),
        (at("2026-05-03 12:30:15"), 1800, Flow.OUT, "支付宝", "快捷支付", "花呗"),
        (at("2026-05-10 00:00:00"), 40000, Flow.OUT, "支付宝", "快捷支付", "还款"),
    ]
    assert reading.records[0].account == "6222****0001"
    assert errors(reading) == ["The row “合计” looks like a sum and was left out."]
    assert [row.row for row in reading.rows if row.fate is Fate.REFUSED] == [7]


def test_the_proposal_for_two_columns_is_right() -> None:
    assert suggest_mapping("流水.csv", BANK.encode("gb18030")) == PAIR


def test_the_headers_come_with_their_first_cells() -> None:
    headers = headers_of("流水.csv", BANK.encode("gb18030"))
    assert list(headers) == [
        "交易日期",
        "交易时间",
        "支出金额",
        "收入金额",
        "账户余额",
        "对方户名",
        "对方账号",
        "摘要",
        "附言",
    ]
    assert headers["摘要"] == ("工资", "快捷支付", "快捷支付")


@pytest.mark.parametrize(
    ("header", "rows", "wanted"),
    [
        (
            "记账日期,交易时间,借贷标志,交易金额,对方名称,摘要,流水号",
            ["2026-01-01,2026-01-01 09:00:00,借,1.00,甲,消费,9"],
            ColumnMapping(
                day="交易时间", amount="交易金额", direction="借贷标志", party="对方名称", summary="摘要",
                order="流水号",
            ),
        ),
        (
            "日期,金额,余额,备注",
            ["2026-01-01,-1.00,5.00,x"],
            ColumnMapping(day="日期", amount="金额", note="备注", sign=Sign.MINUS_IS_OUT),
        ),
        ("交易日,记账日,商户名称,人民币金额", ["2026-01-01,2026-01-02,甲,1.00"],
         ColumnMapping(day="交易日", party="商户名称", amount="人民币金额")),
        ("交易日期,交易金额(支出),交易金额(收入)", ["2026-01-01,1.00,"],
         ColumnMapping(day="交易日期", paid_out="交易金额(支出)", paid_in="交易金额(收入)")),
        ("姓名,性别,年龄", ["甲,男,30"], None),
    ],
)  # fmt: skip
def test_proposals(header: str, rows: list[str], wanted: ColumnMapping | None) -> None:
    assert suggest_mapping("x.csv", "\n".join(["某银行", header, *rows, ""]).encode()) == wanted


def test_what_a_minus_means_is_asked_not_guessed() -> None:
    content = "交易日,商户名称,人民币金额\n2026-01-01,甲,1.00\n"
    proposal = suggest_mapping("x.csv", content.encode())
    assert proposal is not None and proposal.missing == ("sign",)
    reading = read(content, proposal)
    assert reading.asks_for_mapping and reading.proposal == proposal and reading.records == ()
    assert errors(reading) == ["It is not said yet which column is the day, which the amount, or which way money went."]


@pytest.mark.parametrize(
    ("sign", "flows"), [(Sign.MINUS_IS_OUT, [Flow.IN, Flow.OUT]), (Sign.MINUS_IS_IN, [Flow.OUT, Flow.IN])]
)
def test_the_sign_tells_the_direction(sign: Sign, flows: list[Flow]) -> None:
    mapping = ColumnMapping(day="交易日", amount="金额", sign=sign)
    reading = read("交易日,金额\n2026-01-01,1.00\n2026-01-02,-2.50\n", mapping)
    assert [(x.amount, x.flow) for x in reading.records] == [(100, flows[0]), (250, flows[1])]


def test_words_tell_the_direction_and_others_are_refused() -> None:
    mapping = ColumnMapping(day="日期", amount="金额", direction="借贷")
    reading = read("日期,金额,借贷\n2026-01-01,1.00,借\n2026-01-02,2.00,贷\n2026-01-03,3.00,平\n", mapping)
    assert [(x.amount, x.flow) for x in reading.records] == [(100, Flow.OUT), (200, Flow.IN)]
    assert errors(reading) == ["“平” is not a direction of payment."]
    neutral = read("日期,金额,借贷\n2026-01-03,3.00,不计收支\n", mapping).records
    assert [x.flow for x in neutral] == [Flow.NEUTRAL]
    own = replace(mapping, out_words=("平",), in_words=("贷",))
    assert [x.flow for x in read("日期,金额,借贷\n2026-01-03,3.00,平\n", own).records] == [Flow.OUT]


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ("1.00,2.00", "Money went out and came in in one row."),
        (",", "The amount is empty."),
        ("0.00,0.00", "The amount is empty."),
        ("-1.00,", "The amount -1.00 is below zero."),
    ],
)
def test_a_pair_of_amounts_that_contradicts_itself_is_refused(cells: str, said: str) -> None:
    mapping = ColumnMapping(day="日期", paid_out="支出", paid_in="收入")
    reading = read(f"日期,支出,收入\n2026-01-01,{cells}\n2026-01-02,3.00,\n", mapping)
    assert [x.amount for x in reading.records] == [300]
    assert errors(reading) == [said]


@pytest.mark.parametrize("clock", ["25:00:00", "下午", "99"])
def test_a_time_that_does_not_exist_is_refused(clock: str) -> None:
    mapping = ColumnMapping(day="日期", time="时间", amount="金额", sign=Sign.MINUS_IS_OUT)
    reading = read(f"日期,时间,金额\n2026-01-01,{clock},1.00\n", mapping)
    assert reading.records == () and len(errors(reading)) == 1


def test_a_mapping_is_kept_as_plain_data() -> None:
    for mapping in (
        PAIR,
        ColumnMapping(day="日期", amount="金额", sign=Sign.MINUS_IS_IN, out_words=("出",), in_words=()),
    ):
        assert ColumnMapping.from_data(json.loads(json.dumps(mapping.as_data()))) == mapping


@pytest.mark.parametrize(
    "data", [{}, {"day": 1}, {"day": "d", "x": "y"}, {"day": "d", "sign": "?"}, {"day": "d", "in_words": "a"}]
)
def test_data_that_are_no_mapping_are_an_error(data: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        ColumnMapping.from_data(data)


def test_headers_that_the_file_does_not_have_are_said() -> None:
    reading = read(BANK, replace(PAIR, note="用途"))
    assert errors(reading) == ["The column “用途” is missing."]
    assert reading.asks_for_mapping and reading.count()[Fate.REFUSED] == 4
    other = read(BANK, ColumnMapping(day="a", amount="b", direction="c"))
    assert errors(other) == ["The file has no line with the headers that were chosen: a, b, c."]


def test_headers_that_stand_there_twice_are_not_chosen_between() -> None:
    mapping = ColumnMapping(day="日期", amount="金额", sign=Sign.MINUS_IS_OUT)
    assert errors(read("日期,金额,金额\n2026-01-01,1.00,2.00\n", mapping)) == ["The header “金额” stands there twice."]


def test_a_statement_asks_for_a_mapping_and_proposes_one() -> None:
    reading = read(BANK)
    assert reading.asks_for_mapping and reading.proposal == PAIR
    assert not read(APP).asks_for_mapping


def test_a_workbook_with_days_and_times_of_its_own() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["日期", "时间", "金额"])
    sheet.append([date(2026, 5, 2), time(8, 15), -1234.56])
    sheet.append([datetime(2026, 5, 3), None, 7])
    mapping = ColumnMapping(day="日期", time="时间", amount="金额", sign=Sign.MINUS_IS_OUT)
    reading = read_bill("流水.xlsx", content=saved(book), mapping=mapping)
    assert [(x.when, x.amount, x.flow) for x in reading.records] == [
        (at("2026-05-02 08:15:00"), 123456, Flow.OUT),
        (at("2026-05-03 00:00:00"), 700, Flow.IN),
    ]
    assert suggest_mapping("流水.xlsx", saved(book)) == mapping


def test_a_thousands_comma_without_quotation_marks_is_refused() -> None:
    mapping = ColumnMapping(day="日期", amount="金额", sign=Sign.MINUS_IS_OUT)
    reading = read("日期,金额,\n2026-01-01,1,234.00,\n2026-01-02,5.00,\n", mapping)
    assert [x.amount for x in reading.records] == [500]
