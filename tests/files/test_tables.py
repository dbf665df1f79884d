"""Tables: whatever a person saves, the header is found by its names, and nothing is lost or guessed in silence."""

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from debtdesk.core.problems import Refused, Severity
from debtdesk.files.reading import Fate
from debtdesk.files.tables import Column, Table, find_table, open_sheets
from debtdesk.files.words import Words

COLUMNS = (
    Column("account", "账号", ("合同号",), needed=True),
    Column("amount", "金额", needed=True),
    Column("note", "备注"),
)
APART = Words({"explanation": ("说明",)})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def table_of(content: bytes, name: str = "table") -> Table:
    source, sheets = open_sheets(name, content, COLUMNS)
    return find_table(source, sheets, COLUMNS, apart=APART)


def refusal_of(content: bytes, name: str = "table.csv") -> str:
    with pytest.raises(Refused) as caught:
        table_of(content, name)
    assert caught.value.remedy.in_language("en")
    return caught.value.text.in_language("en")


def said(table: Table, severity: Severity | None = None) -> list[str]:
    problems = [*table.problems, *(p for row in table.rows for p in row.problems)]
    return [p.text.in_language("en") for p in problems if severity in (None, p.severity)]


def workbook(fill: Callable[[Any], object]) -> bytes:
    made = Workbook()
    fill(made)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def rows(*lines: tuple[object, ...]) -> bytes:
    def fill(made: Any) -> None:
        for line in lines:
            made.active.append(line)

    return workbook(fill)


def changed(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a workbook with one of its parts changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return stream.getvalue()


# --- text files ---------------------------------------------------------------------------------------------

TEXT = "账号{s}金额{s}备注\n甲-1{s}12.50{s}春节\n"


@pytest.mark.parametrize("separator", [",", "\t", ";"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_separator_reads_the_same(encoding: str, separator: str, end: str) -> None:
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    table = table_of((mark + TEXT.format(s=separator).replace("\n", end)).encode(encoding))
    assert [(r.number, dict(r.values)) for r in table.rows] == [(2, {"账号": "甲-1", "金额": "12.50", "备注": "春节"})]
    assert said(table) == []
    assert table.encoding == ("utf-16" if "16" in encoding else encoding.removesuffix("-sig"))


@pytest.mark.parametrize(
    "header",
    [
        "account,amount",
        "Amount , ACCOUNT",
        "账号,金额",
        "金额（元）,合同号",
        "account 账号,amount 金额",
        "账号 account,ａｍｏｕｎｔ",
        "account_,amount (yuan)",
        "账号*,金额：",
    ],
)
def test_headers_are_known_in_either_language_and_any_order(header: str) -> None:
    table = table_of(f"{header}\n7,7\n".encode())
    assert set(table.headers) == {"account", "amount"}
    assert said(table) == []


def test_lines_before_the_header_are_tolerated_and_kept() -> None:
    table = table_of("客户欠款\n\n导出时间:2026-11-24,\n账号,金额\n甲,1\n\n乙,2\n".encode())
    assert [r.number for r in table.rows] == [5, 7]
    assert [(f.row, f.fate) for f in table.skipped] == [
        (1, Fate.BEFORE_HEADER),
        (3, Fate.BEFORE_HEADER),
        (6, Fate.SKIPPED_EMPTY),
    ]
    assert table.skipped[0].values == {"#1": "客户欠款"}


def test_columns_of_ones_own_are_kept_and_reported() -> None:
    table = table_of("账号,金额,经办人,,\n甲,1,王,x,\n".encode())
    assert table.extra_columns == ("经办人", "#4")
    assert table.rows[0].values == {"账号": "甲", "金额": "1", "经办人": "王", "#4": "x"}
    assert [s for s in said(table, Severity.WARNING) if "经办人" in s]
    assert not table.refused


def test_sums_and_examples_are_not_entries() -> None:
    table = table_of("账号,金额\n示例 example,5\n甲,1\n合计,1\n".encode())
    assert [r.number for r in table.rows] == [3]
    assert [(f.row, f.fate) for f in table.skipped] == [(2, Fate.SKIPPED_EXAMPLE), (4, Fate.REFUSED)]
    assert "looks like a sum" in table.skipped[1].problems[0].text.in_language("en")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("账号,备注\n甲,1\n", "“amount 金额” is missing"),
        ("账号,金额,amount\n甲,1,2\n", "stands there twice"),
        ("a,b\n1,2\n", "No header was found"),
        ("账号\n甲\n", "No header was found"),
    ],
)
def test_a_table_without_its_columns_is_refused(text: str, problem: str) -> None:
    table = table_of(text.encode())
    assert table.refused
    assert any(problem in s for s in said(table, Severity.ERROR))


def test_an_amount_cut_at_its_comma_is_refused() -> None:
    assert "more cells than the header" in said(table_of("账号,金额\n甲,1,234.50\n".encode()), Severity.ERROR)[0]


def test_quoted_cells_keep_commas_quotes_and_lines() -> None:
    table = table_of('账号,金额,备注\n甲, "1,234.50","他说""好""\n再说"\n乙,2,\n'.encode())
    assert [(r.number, r.values["金额"]) for r in table.rows] == [(2, "1,234.50"), (4, "2")]
    assert "goes on to line 3" in said(table, Severity.WARNING)[0]


def test_a_table_without_rows_says_so() -> None:
    assert said(table_of("账号,金额\n\n".encode())) == ["There is no filled row below the header."]


def test_lost_characters_are_noticed() -> None:
    assert "were lost" in said(table_of("账号,金额\n甲\ufffd,1\n".encode()))[0]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n", "empty"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\x89PNG\r\n\x1a\n123", "picture"),
        (b"\xff\xd8\xff\xe0123", "picture"),
        (b"<!DOCTYPE html><table><tr><td>1</td></tr></table>", "web page"),
        (b"\xef\xbb\xbf  <html>", "web page"),
        (b"<?xml version='1.0'?><Workbook/>", "web page"),
        (b"{\\rtf1 x}", "text document"),
        (b"Rar!\x1a\x07\x00", "archive"),
        (OLE + b"Workbook" * 9, "old .xls"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (bytes(range(256)) * 4, "not a table"),
        (b"\x81\xff\x81\xff", "neither"),
        ("账号,金额\n甲,1\n元".encode()[:-1], "cut off"),
        ('账号,金额\n甲,"1\n乙,2\n'.encode(), "quotation marks from line 2"),
        (b"a,b\n" * 1_100_000, "more than 100,000 rows"),
        (b"a," * 200_000, "not a table"),
        ("账号,金额\n".encode() + b"1" * 150_000, "too long"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_what_is_no_table_is_refused_in_plain_words(content: bytes, problem: str) -> None:
    assert problem in refusal_of(content)


def test_a_file_that_is_too_large_is_refused() -> None:
    assert "20 megabytes" in refusal_of(b"a" * (20 * 1024 * 1024 + 1))


def test_a_file_that_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    for path, problem in ((tmp_path / "no.csv", "no file"), (tmp_path, "a folder"), ("a\0b", "cannot be opened")):
        with pytest.raises(Refused, match=problem):
            open_sheets(path, None, COLUMNS)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="everything is readable for root")
def test_a_file_of_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "debts.csv"
    path.write_text(TEXT)
    path.chmod(0)
    with pytest.raises(Refused, match="may not be read"):
        open_sheets(path, None, COLUMNS)


# --- workbooks ----------------------------------------------------------------------------------------------


def test_the_content_decides_not_the_ending() -> None:
    assert table_of(rows(("账号", "金额"), ("甲", 1.5)), "debts.csv").rows[0].values == {"账号": "甲", "金额": "1.5"}
    assert table_of("账号,金额\n甲,1.5\n".encode(), "debts.xlsx").rows[0].values == {"账号": "甲", "金额": "1.5"}


def test_the_sheet_with_the_header_is_read_and_the_others_are_named() -> None:
    def fill(made: Any) -> None:
        made.active.title = "封面"
        made.active.append(("某某",))
        for title, hidden in (("欠款", False), ("旧表", True), ("说明", False)):
            sheet = made.create_sheet(title)
            sheet.append(("账号", "金额"))
            sheet.append(("甲", 1))
            sheet.sheet_state = "hidden" if hidden else "visible"

    table = table_of(workbook(fill))
    assert table.sheet == "欠款"
    assert [s for s in said(table) if "not read" in s] == [
        "The sheet “封面” was not read.",
        "The hidden sheet “旧表” was not read.",
    ]


def test_a_workbook_whose_sheets_are_all_apart_is_refused() -> None:
    def fill(made: Any) -> None:
        made.active.title = "说明"
        made.active.append(("账号", "金额"))

    assert table_of(workbook(fill)).refused


def test_merged_cells_are_refused_not_empty() -> None:
    def fill(made: Any) -> None:
        for line in (("表", None), ("账号", "金额"), ("甲", 1), ("乙", 2)):
            made.active.append(line)
        made.active.merge_cells("A1:B1")
        made.active.merge_cells("B3:B4")

    table = table_of(workbook(fill))
    assert [r.cells["amount"].refused is None for r in table.rows] == [True, False]


def test_a_header_with_merged_cells_is_refused() -> None:
    def fill(made: Any) -> None:
        made.active.append(("账号", "金额"))
        made.active.append(("甲", 1))
        made.active.merge_cells("A1:A2")

    assert "The header has merged cells." in said(table_of(workbook(fill)), Severity.ERROR)


def test_a_formula_without_its_result_is_refused_not_empty() -> None:
    cell = table_of(rows(("账号", "金额"), ("甲", "=1+1"))).rows[0].cells["amount"]
    assert cell.refused is not None and "formula" in str(cell.refused)


def test_a_formula_with_its_result_is_its_result() -> None:
    content = changed(
        rows(("账号", "金额"), ("甲", "=1+1")),
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(b"<v />", b"<v>2</v>").replace(b"<v></v>", b"<v>2</v>").replace(b"<v/>", b"<v>2</v>"),
    )
    cell = table_of(content).rows[0].cells["amount"]
    assert (cell.value, cell.refused) == (2, None)


def test_an_error_value_is_refused() -> None:
    cell = table_of(rows(("账号", "金额"), ("甲", "#DIV/0!"))).rows[0].cells["amount"]
    assert cell.refused is not None and "#DIV/0!" in str(cell.refused)


def test_a_percentage_is_shown_as_one() -> None:
    def fill(made: Any) -> None:
        made.active.append(("账号", "金额"))
        made.active.append(("甲", 0.0005))
        made.active["B2"].number_format = "0.00%"

    assert table_of(workbook(fill)).rows[0].cells["amount"].text == "0.05%"


GOOD = rows(("账号", "金额"), ("甲", 1))


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (GOOD[: len(GOOD) // 2], "damaged"),
        (GOOD[:-30], "damaged"),
        (b"PK\x03\x04" + bytes(50), "damaged"),
        (changed(GOOD, "xl/workbook.xml", lambda _: b"<broken"), "damaged"),
        (changed(GOOD, "xl/workbook.xml", lambda xml: b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml), "damaged"),
        (changed(GOOD, "xl/styles.xml", lambda xml: xml + b" " * 110_000_000), "far more"),
        (zipped("a.csv"), "archive"),
        (zipped("[Content_Types].xml", "word/document.xml"), "text document"),
        (zipped("mimetype", "content.xml"), "another format"),
        (zipped("[Content_Types].xml", "xl/workbook.bin"), "another format"),
    ],
    ids=["half", "cut", "zeros", "broken", "entities", "bomb", "zip", "docx", "ods", "xlsb"],
)
def test_a_workbook_that_cannot_be_used_is_refused(content: bytes, problem: str) -> None:
    assert problem in refusal_of(content, "debts.xlsx")


def test_a_cell_far_below_is_too_far() -> None:
    def fill(made: Any) -> None:
        made.active.append(("账号", "金额"))
        made.active["A100002"] = "甲"

    assert "more than 100,000 rows" in refusal_of(workbook(fill))


def test_merged_cells_over_everything_do_not_take_forever() -> None:
    content = changed(
        GOOD,
        "xl/worksheets/sheet1.xml",
        lambda xml: xml.replace(
            b"</sheetData>",
            b'<row r="90000"><c r="A90000"><v>1</v></c></row></sheetData>'
            b'<mergeCells count="1"><mergeCell ref="A3:XFD90000"/></mergeCells>',
        ),
    )
    assert "rows" in refusal_of(content)
