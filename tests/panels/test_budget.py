from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from debtdesk.core.budget import Budget, Category, Frequency, Kind
from debtdesk.core.capacity import capacity
from debtdesk.panels.budget import BudgetPanel
from debtdesk.panels.desk import Desk

from .conftest import DAY, make_case

CSV = """项目,收支,类别,金额,周期,必要,起,止,备注
工资,收入,,6500,每月,,,,
伙食,支出,食品烟酒,1600,每月,是,,,
学费,支出,教育文化娱乐,2400,"3,9月",是,,,
人口,设置,,3,,,,,
""".encode()


@pytest.fixture
def panel(desk: Desk) -> BudgetPanel:
    return BudgetPanel(desk)


def cell(panel: BudgetPanel, n: int, **cells: str) -> str:
    panel.sheet.rows = [{**r, **cells} if i == n else r for i, r in enumerate(panel.sheet.rows)]
    return panel.sheet.rows[n]["id"]


def test_the_level_is_that_of_the_core(panel: BudgetPanel, desk: Desk) -> None:
    assert capacity(desk.case.budget, start=DAY, months=60).level == 440_000  # 6,200 less 1,800
    assert "can pay 4,400 yuan each month" in panel.lead.value
    assert all(bytes(image.value).startswith(b"\x89PNG") for image in (panel.flow, panel.spending))
    assert [r["name"] for r in panel.sheet.rows] == ["工资", "房租"] and panel.sheet.rows[1]["essential"] == "yes"


def test_a_typed_item_changes_the_answer_and_is_kept(panel: BudgetPanel, desk: Desk) -> None:
    drawn = panel.flow.value
    item = {"name": "伙食", "category": "food", "amount": "1500", "frequency": "monthly"}
    panel.sheet.rows = [*panel.sheet.rows, {"id": "new-1", **item, "known": "told"}]
    assert "can pay 2,900 yuan" in panel.lead.value and "not saved" in panel.unsaved.value
    assert panel.flow.value != drawn
    panel.save.click()
    assert desk.store.open("2026-0001").case.budget.items[2].amount == 150_000 and panel.unsaved.value == ""


def test_a_bad_amount_keeps_the_last_answer_and_the_text(panel: BudgetPanel) -> None:
    row = cell(panel, 1, amount="很多")
    assert "is not an amount" in panel.sheet.problems[row]["amount"] and panel.sheet.rows[1]["amount"] == "很多"
    assert "can pay 4,400 yuan" in panel.lead.value


def test_how_often_is_chosen_or_written_as_in_a_file(panel: BudgetPanel) -> None:
    row = cell(panel, 1, frequency="months")
    assert panel.sheet.notes[row][""] == "Still missing: in months."
    cell(panel, 1, months="3, 9")
    assert panel.state.items.records[row].months == (3, 9)
    cell(panel, 1, frequency="6-8月", months="")
    assert panel.state.items.records[row].months == (6, 7, 8)
    cell(panel, 1, frequency="once")
    assert panel.sheet.notes[row][""] == "Still missing: from."
    cell(panel, 1, start="2027-02")
    assert panel.state.items.records[row].frequency is Frequency.ONCE


def test_an_income_is_said_by_its_category_or_pasted(panel: BudgetPanel) -> None:
    row = cell(panel, 1, category="income")
    assert panel.state.items.records[row].kind is Kind.INCOME
    cell(panel, 1, kind="收入", category="")
    assert panel.state.items.records[row].category is Category.INCOME
    cell(panel, 1, kind="收入", category="衣着")
    assert panel.state.items.records[row].kind is Kind.EXPENSE
    cell(panel, 1, kind="", category="")
    assert panel.sheet.notes[row][""].startswith("Still missing")


def test_the_household_counts_and_a_bad_field_keeps_the_answer(panel: BudgetPanel, desk: Desk) -> None:
    panel.fields["protected_minimum"].text.value = "1,000"
    panel.fields["persons"].text.value = "3"
    assert "can pay 3,200 yuan" in panel.lead.value and "lie below the protected minimum" in panel.guide.value
    panel.fields["persons"].text.value = "three"
    assert panel.fields["persons"].problem and "can pay 3,200 yuan" in panel.lead.value
    panel.save.click()
    budget = desk.store.open("2026-0001").case.budget
    assert (budget.persons, budget.protected_minimum) == (3, 100_000)
    assert panel.fields["persons"].text.value == "three", "nothing typed is lost"


def test_other_spending_is_a_what_if_that_is_not_kept(panel: BudgetPanel, desk: Desk) -> None:
    cell(panel, 1, essential="")
    panel.save.click()
    panel.kept.value = 50
    expected = capacity(desk.case.budget, start=DAY, months=60, flexible_kept=Fraction(1, 2)).level
    assert expected == 530_000 and "can pay 5,300 yuan" in panel.lead.value
    assert "keeps 50% of other spending" in panel.guide.value and "4,400.00 yuan a month" in panel.guide.value
    assert panel.unsaved.value == ""


def test_months_in_which_money_is_short_are_named(panel: BudgetPanel) -> None:
    tuition = {"name": "学费", "category": "education", "amount": "5000", "frequency": "months"}
    panel.sheet.rows = [*panel.sheet.rows, {"id": "new-1", **tuition, "months": "9", "essential": "yes"}]
    assert "In 5 of 60 months" in panel.guide.value and "September 2027" in panel.guide.value


def test_a_file_is_looked_at_first_then_taken_over_once(panel: BudgetPanel, desk: Desk) -> None:
    panel.taking.show("budget.csv", CSV)
    assert "2 new, 1 to replace, 0 already here, 0 rows" in panel.taking.preview.value
    assert len(desk.case.budget.items) == 2
    panel.taking.accept.click()
    assert [i.name for i in desk.case.budget.items] == ["工资", "房租", "伙食", "学费"]
    assert desk.case.budget.persons == 3 and panel.fields["persons"].text.value == "3"
    panel.taking.show("budget.csv", CSV)
    assert "0 new, 0 to replace, 3 already here" in panel.taking.preview.value


def test_typing_survives_a_change_in_another_window(panel: BudgetPanel, desk: Desk, second: Desk) -> None:
    cell(panel, 1, amount="2,000")
    panel.fields["savings"].text.value = "500"
    second.change("budget", lambda case: replace(case, budget=replace(case.budget, persons=4)))
    panel.save.click()
    assert desk.failed and panel.fields["persons"].text.value == "4"
    assert panel.sheet.rows[1]["amount"] == "2,000" and panel.fields["savings"].text.value == "500"
    panel.save.click()
    budget = desk.store.open("2026-0001").case.budget
    assert (budget.persons, budget.savings, budget.items[1].amount) == (4, 50_000, 200_000) and not desk.failed


def test_a_new_case_says_what_to_do(desk: Desk) -> None:
    desk.store.create(replace(make_case("2026-0002"), budget=Budget()))
    desk.open("2026-0002")
    panel = BudgetPanel(desk)
    assert "Nothing is entered yet" in panel.lead.value and panel.charts.layout.display == "none"
    assert len(panel.sheet.rows) == 1 and panel.sheet.rows[0]["frequency"] == "monthly"


def test_the_language_changes_what_is_said(panel: BudgetPanel, desk: Desk) -> None:
    drawn = panel.flow.value
    desk.speak("zh")
    assert panel.save.description == "保存" and panel.flow.value != drawn
    assert panel.sheet.columns[5]["label"] == "必要"
