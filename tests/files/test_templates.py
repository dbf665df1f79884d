"""Templates: what is written to be filled in is read back without a word."""

import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from debtdesk.core.terms import Compounding, Known
from debtdesk.files import acts, budget, debts, links, payments
from debtdesk.files.budget import read_budget
from debtdesk.files.debts import read_debts
from debtdesk.files.payments import read_payments
from debtdesk.files.reading import Fate
from debtdesk.files.templates import template, write_templates

ON = date(2026, 11, 24)


def filled(name: str, sheet: str, *lines: tuple[object, ...], row: int = 3) -> bytes:
    made = load_workbook(io.BytesIO(template(name)))
    for number, line in enumerate(lines, start=row):
        for column, value in enumerate(line, start=1):
            made[sheet].cell(number, column).value = value
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def offered(name: str, sheet: str) -> dict[str, list[str]]:
    """Return the choices that each column of a template offers, by its letter."""
    page = load_workbook(io.BytesIO(template(name)))[sheet]
    return {
        str(v.sqref)[0]: v.formula1.strip('"').split(",") for v in page.data_validations.dataValidation if v.formula1
    }


def test_a_filled_template_of_debts_reads_without_a_word() -> None:
    content = filled(
        "debts.xlsx",
        "debts 欠款",
        (
            "某银行", "某银行", "credit_card 信用卡", "4417", 8600, 0, 4802.19, 0, "0.05%/日", date(2024, 5, 26),
            date(2026, 11, 5), "statement 账单", "contract 合同", "monthly 按月", "5", "365", "whole bill 全部账单",
            "card 信用卡", "5%", date(2024, 12, 5), "=1+1",
        ),
    )  # fmt: skip
    made = load_workbook(io.BytesIO(content))
    made["debts 欠款"]["U3"].data_type = "s"  # a note that begins with a sign stays a text
    stream = io.BytesIO()
    made.save(stream)
    reading = read_debts("debts.xlsx", stream.getvalue(), on=ON)
    assert reading.problems == ()
    assert [r.fate for r in reading.rows] == [Fate.SKIPPED_EXAMPLE, Fate.USED]
    (debt,) = reading.records
    assert (debt.terms.compounding, debt.terms.known, debt.note) == (Compounding.MONTHLY, Known.SEEN, "=1+1")


def test_a_filled_template_of_a_budget_reads_without_a_word() -> None:
    content = filled(
        "budget.xlsx",
        "budget 收支",
        ("工资", "income 收入", "income 收入", 4300, "monthly 每月", None, None, None, None, None),
        (
            "房租",
            "expense 支出",
            "housing 居住",
            1150,
            "monthly 每月",
            "yes 是",
            date(2026, 1, 1),
            None,
            None,
            "contract 合同",
        ),
    )
    made = load_workbook(io.BytesIO(content))
    for row, value in enumerate((3, 760, 4600, 6000, 200, 10), start=2):
        made["household 家庭"].cell(row, 2).value = value
    made["household 家庭"]["C3"].value = "某市2026年低保标准"
    stream = io.BytesIO()
    made.save(stream)
    reading = read_budget("budget.xlsx", stream.getvalue())
    assert reading.problems == ()
    assert len(reading.budget.items) == 2
    assert (reading.budget.persons, reading.budget.savings, reading.budget.step) == (3, 460_000, 1_000)


def test_a_filled_template_of_payments_reads_without_a_word() -> None:
    content = filled("payments.xlsx", "payments 还款", ("4417", date(2026, 3, 1), 500, None))
    reading = read_payments("payments.xlsx", content, on=ON)
    assert reading.problems == ()
    assert len(reading.records) == 1


@pytest.mark.parametrize(
    ("name", "sheet", "columns"),
    [
        ("debts.xlsx", "debts 欠款", debts.COLUMNS),
        ("budget.xlsx", "budget 收支", budget.COLUMNS),
        ("budget.xlsx", "household 家庭", budget.HOUSEHOLD_COLUMNS),
        ("payments.xlsx", "payments 还款", payments.COLUMNS),
        ("acts.xlsx", "acts 行为", acts.COLUMNS),
        ("links.xlsx", "links 债权人", links.COLUMNS),
    ],
)
def test_headers_stand_in_both_languages_and_stay_in_sight(
    name: str, sheet: str, columns: tuple[debts.Column, ...]
) -> None:
    book = load_workbook(io.BytesIO(template(name)))
    assert [c.value for c in book[sheet][1]] == [c.label for c in columns]
    assert book[sheet].freeze_panes == "A2"
    explained = {row[0] for row in book["explanation 说明"].iter_rows(values_only=True)}
    assert {c.label for c in columns} <= explained


def test_every_choice_offered_is_understood() -> None:
    words = {
        "C": debts.PRODUCTS, "N": debts.COMPOUNDINGS, "P": debts.YEARS, "Q": debts.BASES, "R": debts.ORDERS,
    }  # fmt: skip
    choices = offered("debts.xlsx", "debts 欠款")
    assert [c for letter, known in words.items() for c in choices[letter] if known.find(c) is None] == []  # type: ignore[attr-defined]
    budgets = offered("budget.xlsx", "budget 收支")
    assert [c for c in budgets["B"] if budget.KINDS.find(c) is None] == []
    assert [c for c in budgets["C"] if budget.CATEGORIES.find(c) is None] == []
    assert [c for c in budgets["F"] if budget.YES_OR_NO.find(c) is None] == []
    assert [c for c in offered("acts.xlsx", "acts 行为")["C"] if acts.KINDS.find(c) is None] == []


def test_a_file_that_is_there_is_kept(tmp_path: Path) -> None:
    first = write_templates(tmp_path / "new")
    first[0].write_bytes(b"filled in")
    second = write_templates(tmp_path / "new")
    assert [p.name for p in first] == ["debts.xlsx", "budget.xlsx", "payments.xlsx", "acts.xlsx", "links.xlsx"]
    assert [p.name for p in second] == [
        "debts-2.xlsx",
        "budget-2.xlsx",
        "payments-2.xlsx",
        "acts-2.xlsx",
        "links-2.xlsx",
    ]
    assert first[0].read_bytes() == b"filled in"
