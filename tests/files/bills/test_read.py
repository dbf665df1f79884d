"""Bills: every era reads to the same lines, and every line of a file is a payment or has a fate."""

import re
from collections import Counter
from datetime import date

import numpy as np
import pytest
from openpyxl import Workbook, load_workbook

from debtdesk.core.bills import Channel, Flow
from debtdesk.core.problems import Severity
from debtdesk.files.bills import BillReading, Total, read_bill
from debtdesk.files.reading import Fate
from debtdesk.files.workbook import workbook_sheets

from .written import (
    APP,
    APP_2026,
    APP_HEADER,
    APP_HEADER_FIRST,
    APP_ROWS,
    WEB,
    WECHAT_HEADER,
    WECHAT_OLD,
    WECHAT_QUOTED,
    at,
    saved,
    wechat_rows,
    wechat_workbook,
)


def read(text: str | bytes, encoding: str = "gb18030", name: str = "bill.csv") -> BillReading:
    content = text if isinstance(text, bytes) else text.replace("\n", "\r\n").encode(encoding)
    return read_bill(name, content=content)


def texts(reading: BillReading, severity: Severity | None = None) -> list[str]:
    return [p.text.in_language("en") for p in reading.problems if severity in (None, p.severity)]


def figures(reading: BillReading) -> list[tuple[object, ...]]:
    return [(line.when, line.amount, line.flow, line.party, line.order) for line in reading.records]


def lines_of(text: str) -> int:
    return text.count("\n")


# --- Alipay -------------------------------------------------------------------------------------------------


def test_the_app_bill_says_what_its_lines_say() -> None:
    reading = read(APP)
    assert reading.problems == ()
    assert (reading.channel, reading.encoding, reading.source) == (Channel.ALIPAY, "gb18030", "bill.csv")
    assert (reading.first, reading.last) == (date(2023, 5, 1), date(2023, 5, 31))
    noodles, tissues, refund, closed, repaid, given = reading.records
    assert noodles.row == 20  # 18 lines above the header, the header itself is line 19
    assert noodles.when == at("2023-05-02 12:30:15")
    assert (noodles.amount, noodles.flow, noodles.kind, noodles.party) == (1800, Flow.OUT, "餐饮美食", "面馆（虚构）")
    assert (noodles.method, noodles.status, noodles.account) == ("花呗&红包", "交易成功", "mian***@example.com")
    assert (noodles.order, noodles.merchant_order, noodles.note) == ("2023050222001", "M9001", "")
    assert refund.order == f"{tissues.order}_{tissues.merchant_order}" and refund.flow is Flow.NEUTRAL
    assert (closed.status, closed.flow, closed.method) == ("交易关闭", Flow.NEUTRAL, "")
    assert (repaid.kind, repaid.item) == ("信用借还", "自动还款-花呗|信用购2023年04月账单")
    assert (given.amount, given.flow, given.note) == (120050, Flow.IN, "家用")


def test_the_app_bill_of_2026_has_a_line_less_above_and_reads_the_same() -> None:
    new, old = read(APP_2026), read(APP)
    assert figures(new) == figures(old)
    assert [line.row for line in new.records] == [line.row - 1 for line in old.records]
    assert new.problems == ()


def test_the_app_bill_with_the_header_first_ends_before_its_notes() -> None:
    reading = read(APP_HEADER_FIRST)
    assert reading.problems == ()
    assert [(x.amount, x.flow, x.kind) for x in reading.records] == [
        (600, Flow.OUT, "餐饮美食"),
        (20000, Flow.IN, "转账红包"),
        (35000, Flow.NEUTRAL, "信用借还"),
    ]
    assert reading.said.totals[Flow.NEUTRAL] == Total(1, 35000)
    assert (reading.first, reading.last) == (date(2021, 7, 1), date(2021, 7, 31))
    assert reading.count()[Fate.NOTE] == 14


def test_the_web_bill_counts_the_time_of_payment_and_keeps_refunds_and_funds() -> None:
    reading = read(WEB)
    assert texts(reading) == []
    breakfast, coat, refund, closed, given = reading.records
    assert breakfast.when == at("2020-03-01 08:10:05")  # 付款时间, not 交易创建时间
    assert closed.when == at("2020-03-12 12:00:00")  # never paid: when it was made
    assert (coat.amount, coat.refunded, coat.funds) == (12000, 2000, "已支出")
    assert (refund.flow, refund.amount, refund.funds) == (Flow.NEUTRAL, 2000, "已收入")
    assert given.flow is Flow.IN
    assert reading.said.count == 5 and not reading.said.by_row
    assert reading.said.totals == {Flow.IN: Total(2, 32000), Flow.OUT: Total(2, 12850)}


# --- WeChat Pay ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", [WECHAT_OLD, WECHAT_QUOTED])
def test_the_wechat_bill_reads_in_either_form(text: str, encoding: str) -> None:
    reading = read(text, encoding)
    assert reading.problems == ()
    assert (reading.channel, reading.encoding) == (Channel.WECHAT, encoding.removesuffix("-sig"))
    noodles, present, drawn, repaid = reading.records
    assert (noodles.amount, noodles.flow, noodles.order) == (2816, Flow.OUT, "3985734001")
    assert noodles.item == ('总共消费:28.16, 含"小菜"' if text is WECHAT_QUOTED else "总共消费:28.16")
    assert present.flow is Flow.IN
    assert (drawn.flow, drawn.amount, drawn.fee) == (Flow.NEUTRAL, 10010, 10)
    assert (repaid.flow, repaid.kind) == (Flow.NEUTRAL, "信用卡还款")


@pytest.mark.parametrize(("year", "header"), [(2025, 17), (2026, 18)])
def test_the_wechat_workbook_reads_as_the_text_file_does(year: int, header: int) -> None:
    reading = read(wechat_workbook(year), name="bill.xlsx")
    assert reading.problems == ()
    assert figures(reading) == figures(read(WECHAT_OLD, "utf-8"))
    assert reading.records[0].row == header + 1
    assert (reading.first, reading.said.count) == (date(2025, 6, 1), 4)


@pytest.mark.parametrize(
    ("status", "refunded"), [("已退款(￥12.50)", 1250), ("已退款￥3.00", 300), ("已全额退款", 2816), ("支付成功", 0)]
)
def test_the_state_says_what_was_refunded(status: str, refunded: int) -> None:
    reading = read(WECHAT_OLD.replace("支付成功", status, 1), "utf-8")
    assert reading.records[0].refunded == refunded
    assert reading.problems == ()


@pytest.mark.parametrize(
    ("number", "fen"), [(0.1, 10), (28.16, 2816), (1.1 + 2.2, 330), (1234567890.12, 123456789012), (5, 500)]
)
def test_numbers_of_a_workbook_are_exact(number: float, fen: int) -> None:
    rows = wechat_rows(2026)
    rows[0][5] = number  # 1.1 + 2.2 is 3.3000000000000003; a spreadsheet keeps and shows 15 digits, 3.3
    assert read(wechat_workbook(2026, rows)).records[0].amount == fen


# --- columns ------------------------------------------------------------------------------------------------


def reordered(text: str, order: list[int], names: dict[str, str] | None = None) -> str:
    top, below = text.split(APP_HEADER)
    rows = [APP_HEADER, *below.splitlines()]
    cells = [row.strip("\n").split(",") for row in rows]
    for old, new in (names or {}).items():
        cells[0] = [new if cell.strip() == old else cell for cell in cells[0]]
    return top + "".join(",".join(row[at] for at in order) + "\n" for row in cells)


def test_columns_may_stand_in_any_order() -> None:
    assert figures(read(reordered(APP, [7, 6, 5, 4, 3, 2, 1, 0, 9, 8, 11, 10, 12]))) == figures(read(APP))


def test_columns_may_have_the_names_of_another_era() -> None:
    names = {"商品说明": "商品名称", "交易订单号": "交易号", "交易时间": "交易创建时间", "金额": "金额（元）"}
    reading = read(reordered(APP, list(range(13)), names))
    assert figures(reading) == figures(read(APP))
    assert reading.problems == ()


def test_columns_that_are_not_known_are_kept_and_reported() -> None:
    reading = read(
        re.sub(r"(?<=\t,) +,$", ",3折,", APP.replace("备注                  ,", "备注,优惠,"), flags=re.MULTILINE)
    )
    assert reading.extra_columns == ("优惠",)
    assert texts(reading) == ["The column “优惠” is not used; its cells are kept with their rows."]
    assert reading.rows[-2].values["优惠"] == "3折"


def test_a_needed_column_that_is_missing_refuses_the_file_and_keeps_its_rows() -> None:
    reading = read(reordered(APP, list(range(13)), {"金额": "数目"}))
    assert reading.refused and reading.bill is None
    assert texts(reading, Severity.ERROR) == ["The column “金额” is missing."]
    assert reading.count()[Fate.REFUSED] == 6


def test_a_column_that_stands_there_twice_refuses_the_file() -> None:
    reading = read(APP.replace("备注                  ", "金额"))
    assert "The header “金额” stands there twice." in texts(reading, Severity.ERROR)
    assert reading.records == ()


# --- what was lost on the way -------------------------------------------------------------------------------


def test_a_bill_saved_by_a_spreadsheet_says_what_was_lost() -> None:
    text = APP.replace("2023-05-02 12:30:15 ", "2023/5/2 12:30").replace("2023050222001\t", "2.02305E+12")
    reading = read(text)
    noodles = reading.records[0]
    assert noodles.when == at("2023-05-02 12:30:00")
    assert texts(reading) == [
        "The seconds of the time are gone: the file was saved by a spreadsheet.",
        "The number of the payment has lost its last digits in a spreadsheet.",
    ]
    assert reading.count()[Fate.USED_WITH_WARNING] == 1


@pytest.mark.parametrize("number", [4200000069701299000000000000, 1234567890123450000, 4.2e27])
def test_a_number_kept_as_a_number_by_a_workbook_has_lost_digits(number: float) -> None:
    rows = wechat_rows(2026)
    rows[0][8] = number
    reading = read(wechat_workbook(2026, rows))
    assert texts(reading) == ["The number of the payment has lost its last digits in a spreadsheet."]


@pytest.mark.parametrize(
    "day", ["23/5/2 12:30", "5/2/2023 12:30", "02.05.2023", "2023-02-30 10:00:00", "2023-05-02 25:00"]
)
def test_a_day_that_can_be_read_in_two_ways_is_refused(day: str) -> None:
    reading = read(APP.replace("2023-05-02 12:30:15 ", day))
    assert len(reading.records) == 5
    refused = [row for row in reading.rows if row.fate is Fate.REFUSED]
    assert [row.row for row in refused] == [20]
    assert refused[0].values["交易时间"] == day
    assert refused[0].problems[0].remedy.in_language("en")


@pytest.mark.parametrize("amount", ["-18.00", "18.005", "十八", "", "1.8E+1", "18,00"])
def test_an_amount_that_is_not_understood_keeps_its_row_out(amount: str) -> None:
    cells = f"支出                  ,{amount}"
    reading = read(APP.replace("支出                  ,18.00               ", cells))
    assert [line.amount for line in reading.records] == [3990, 3990, 9900, 40000, 120050]
    assert reading.count()[Fate.REFUSED] == 1


def test_an_unknown_state_is_kept_and_flagged() -> None:
    reading = read(APP.replace("交易成功", "月亮成功", 1))
    assert reading.records[0].status == "月亮成功"
    assert texts(reading) == ["The state “月亮成功” is not known; the row is kept."]


def test_an_unknown_direction_is_refused() -> None:
    reading = read(APP.replace("支出    ", "未知    ", 1))
    assert len(reading.records) == 5
    assert texts(reading, Severity.ERROR) == ["“未知” is not a direction of payment."]


def test_totals_that_do_not_match_the_rows_are_a_warning() -> None:
    reading = read("".join(APP.splitlines(keepends=True)[:-1]))  # the last row, 1,200.50 of income, was removed
    assert texts(reading) == [
        "The bill states 6 payments, its rows are 5.",
        "For income 收入 the bill states 1 payments of 1200.50 yuan, its rows are 0 of 0.00.",
    ]
    assert texts(reading, Severity.ERROR) == []


def test_a_payment_outside_the_stated_span_is_flagged() -> None:
    reading = read(APP.replace("2023-05-20 18:00:00", "2023-06-01 00:00:00"))
    assert texts(reading) == ["The payment lies outside the span that the bill states, 2023-05-01 to 2023-05-31."]


def test_a_row_that_says_the_same_twice_is_flagged_and_kept() -> None:
    row = APP_ROWS.splitlines(keepends=True)[1]
    reading = read(APP.replace(row, row * 2))
    assert len(reading.records) == 7
    assert "An earlier row has the same number, time, amount and direction." in texts(reading)


def test_the_last_line_cut_off_is_refused_wherever_it_is_cut() -> None:
    whole = APP.replace("\n", "\r\n").encode("gb18030")
    last = len(whole) - whole[:-2].rindex(b"\n") - 1
    for cut in range(3, last):
        reading = read(whole[:-cut])
        kept = [line.amount for line in reading.records]
        assert kept[:5] == [1800, 3990, 3990, 9900, 40000]
        assert kept[5:] in ([], [120050])
        assert len(kept) == 5 or cut < 30  # only blanks of the last cell were lost
        assert len(kept) + reading.count()[Fate.REFUSED] == 6


def test_a_line_that_swallows_others_by_a_quotation_mark_is_refused_alone() -> None:
    reading = read(WECHAT_QUOTED.replace('"同事"', '"同事'), "utf-8")
    assert [line.amount for line in reading.records] == [2816, 10010, 50000]
    assert [row.row for row in reading.rows if row.fate is Fate.REFUSED] == [19]


def test_a_cell_may_go_over_lines_within_quotation_marks() -> None:
    reading = read(WECHAT_QUOTED.replace("总共消费:28.16", "总共\n消费:28.16"), "utf-8")
    assert [line.row for line in reading.records] == [18, 20, 21, 22]
    assert len(reading.records[0].item.splitlines()) == 2


def test_an_unquoted_comma_is_not_guessed_at() -> None:
    reading = read(APP.replace("牛肉面  ", "牛肉,面", 1))
    assert len(reading.records) == 5
    assert reading.count()[Fate.REFUSED] == 1


def test_rows_above_the_header_are_refused_not_passed_over() -> None:
    row = APP_ROWS.splitlines(keepends=True)[0]
    reading = read(row + APP.replace(row, ""))
    assert reading.rows[0].fate is Fate.REFUSED
    assert "The row stands above the header and was not read." in texts(reading, Severity.ERROR)


def test_two_bills_in_one_file_read_on_where_the_header_is_the_same() -> None:
    reading = read(APP + APP)
    assert len(reading.records) == 12


def test_two_bills_in_one_file_stop_where_the_header_is_another() -> None:
    reading = read(APP + APP_HEADER_FIRST)
    assert len(reading.records) == 6
    assert any("another table begins" in text for text in texts(reading, Severity.ERROR))
    assert reading.count()[Fate.REFUSED] >= 3


def test_a_bill_of_two_encodings_says_so() -> None:
    rows = APP_ROWS.splitlines(keepends=True)
    content = APP.replace("".join(rows), "").encode("gb18030")
    content += rows[0].encode("gb18030") + rows[1].encode("utf-8")
    reading = read(content)
    assert [line.amount for line in reading.records] == [1800]
    assert reading.count()[Fate.REFUSED] == 1


def test_a_broken_character_leaves_its_row_with_a_warning() -> None:
    content = APP.encode("gb18030").replace("牛肉面".encode("gb18030"), "牛肉".encode("gb18030") + b"\xff")
    reading = read(content)
    assert len(reading.records) == 6
    assert any("Characters of this row were lost" in text for text in texts(reading))


# --- files that are no bill ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty."),
        (b"\r\n\r\n", "The file is empty."),
        (b"%PDF-1.4 x", "The file is a PDF, not a table."),
        (b"\x89PNG\r\n", "The file is a picture, not a table."),
        (b"<html><table><tr><td>1</td></tr></table>", "The file is a web page, not a table."),
        (b"\n  <!DOCTYPE html><p>x", "The file is a web page, not a table."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xx", "The file has the old .xls format, which is not read."),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "The workbook is protected by a password.",
        ),
        (b"a,b\x00c", "The file is not a table."),
        ("今天天气很好".encode(), "No header was found: a line with the names of the columns."),
    ],
)
def test_what_is_no_bill_is_refused_in_plain_words(content: bytes, said: str) -> None:
    reading = read(content)
    assert texts(reading) == [said]
    assert reading.refused and reading.bill is None and reading.records == () and len(reading.table()) == 0


def test_a_file_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("debtdesk.files.bills.read.LARGEST_BILL", 1000)
    assert texts(read(APP)) == ["The file is larger than 0 megabytes."]


def test_a_flood_of_cells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("debtdesk.files.bills.grid.MOST_CELLS", 50)
    assert texts(read(APP)) == ["The file has far more rows or cells than a bill of one client."]


def test_a_row_without_end_is_refused_alone() -> None:
    reading = read(APP.replace("牛肉面", "面" * 15_000))
    assert len(reading.records) == 5
    assert texts(reading, Severity.ERROR) == ["The row is too long to be one of a bill."]


def test_a_file_that_is_not_there() -> None:
    assert texts(read_bill("/nowhere/bill.csv")) == ["There is no file of this name."]


# --- workbooks ----------------------------------------------------------------------------------------------


def with_sheet(change: str) -> bytes:
    import io

    book = load_workbook(io.BytesIO(wechat_workbook(2026)))
    sheet = book.worksheets[0]
    if change == "formula":
        sheet["F20"] = "=1+1"
    elif change == "merged":
        sheet.merge_cells("E20:F20")
    elif change == "hidden":
        book.create_sheet("旧").append(["2025-01-01", "商户消费"])
        book.worksheets[1].sheet_state = "hidden"
    return saved(book)


@pytest.mark.parametrize("change", ["formula", "merged"])
def test_cells_that_must_not_be_trusted_refuse_their_row(change: str) -> None:
    reading = read(with_sheet(change))
    assert [line.amount for line in reading.records] == [2816, 10010, 50000]
    assert [row.row for row in reading.rows if row.fate is Fate.REFUSED] == [20]


def test_a_hidden_sheet_is_reported() -> None:
    reading = read(with_sheet("hidden"))
    assert len(reading.records) == 4
    assert texts(reading) == ["The hidden sheet “旧” was not read."]


def test_a_workbook_without_a_bill() -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["你好"])
    assert texts(read(saved(book))) == ["No header was found: a line with the names of the columns."]


# --- the reading --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", [WEB, APP, APP_2026, APP_HEADER_FIRST, WECHAT_OLD, WECHAT_QUOTED])
def test_every_line_has_one_fate(text: str) -> None:
    reading = read(text)
    assert len(reading.rows) == lines_of(text) - 1  # all but the header
    assert Counter(row.fate for row in reading.rows) == reading.count()
    used = [row.row for row in reading.rows if row.fate in (Fate.USED, Fate.USED_WITH_WARNING)]
    assert used == [line.row for line in reading.records] == reading.lines.tolist()


def test_columns_records_and_table_say_the_same() -> None:
    reading = read(APP)
    table = reading.table()
    assert table["amount"].tolist() == [line.amount / 100 for line in reading.records]
    assert table["party"].tolist() == [line.party for line in reading.records]
    assert table["when"].tolist() == [line.when for line in reading.records]
    assert [reading.flows.texts[code] for code in reading.flows.codes] == [line.flow for line in reading.records]
    assert reading.total(Flow.OUT) == 5790 and reading.times.dtype == np.dtype("datetime64[s]")
    with pytest.raises(ValueError, match="amount"):
        reading.coded("amount")


def test_the_bill_is_known_again_by_its_bytes() -> None:
    import hashlib

    bill = read(APP).bill
    assert bill is not None
    assert bill.digest == hashlib.sha256(APP.replace("\n", "\r\n").encode("gb18030")).hexdigest()
    assert (bill.channel, bill.source, len(bill.lines)) == (Channel.ALIPAY, "bill.csv", 6)


def test_a_bank_statement_is_not_taken_for_a_wallet() -> None:
    reading = read("交易时间,金额,交易对方,备注,收/支\n2026-01-01 10:00:00,5.00,甲,,支出\n")
    assert reading.asks_for_mapping and reading.channel is None and reading.records == ()


def test_the_header_of_wechat_is_not_taken_for_alipay() -> None:
    assert read(WECHAT_HEADER + WECHAT_OLD.split(WECHAT_HEADER)[1], "utf-8").channel is Channel.WECHAT


def test_a_workbook_of_too_many_rows_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("debtdesk.files.bills.sheet.MOST_ROWS", 10)
    assert texts(read(wechat_workbook(2025))) == ["The workbook has more than 10 rows."]


def test_a_workbook_of_too_many_cells_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("debtdesk.files.bills.sheet.MOST_CELLS", 30)
    monkeypatch.setattr("debtdesk.files.bills.sheet.workbook_sheets", None)  # nobody opens it
    assert texts(read(wechat_workbook(2025))) == ["The file has far more rows or cells than a bill of one client."]


def test_a_workbook_in_which_no_bill_is_found_is_opened_once(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr(
        "debtdesk.files.bills.sheet.workbook_sheets", lambda given: opened.append(1) or workbook_sheets(given)
    )
    book = Workbook()
    book.active.append(["交易日期", "金额", "对方户名"])
    book.active.append(["2026-05-01", "12.00", "小店"])
    assert read(saved(book)).asks_for_mapping
    assert opened == [1]


def test_a_page_is_known_behind_blank_lines() -> None:
    page = b"\r\n" * 2_000 + b"<html><table><tr><td>1</td></tr></table></html>"
    assert texts(read(page)) == ["The file is a web page, not a table."]


def test_bytes_that_no_text_has_are_no_bill() -> None:
    content = APP.encode("gb18030") + bytes(range(1, 9)) * 20_000
    assert texts(read(content)) == ["The file is not a table."]


def test_many_reasons_are_said_together_and_each_row_keeps_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("debtdesk.files.bills.numbers._MOST_REASONS", 2)
    text = APP.replace("2023-05-", "23-05-")
    reading = read(text)
    assert reading.records == () and reading.count()[Fate.REFUSED] == 6
    assert sum("two digits" in said for said in texts(reading)) == 2
    assert any("like those of many rows above" in said and "4 rows" in said for said in texts(reading))


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_other_separators_read_the_same(separator: str) -> None:
    text = APP.replace("\t", "").replace(",", separator)
    assert figures(read(text)) == figures(read(APP))


def test_a_bill_saved_anew_by_a_spreadsheet_as_text_reads_the_same() -> None:
    # every line filled up to the same number of cells, blanks and tabs gone
    rows = [[cell.strip() for cell in line.split(",")] for line in APP.splitlines()]
    text = "".join(",".join([*row, *[""] * (13 - len(row))]) + "\n" for row in rows)
    assert figures(read(text)) == figures(read(APP)) and read(text).problems == ()


def test_an_amount_of_nothing_stays_a_line() -> None:
    reading = read(APP.replace("18.00 ", "0.00  ").replace("57.90", "39.90"))
    assert reading.records[0].amount == 0 and reading.problems == ()
