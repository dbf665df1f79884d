from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from debtdesk.core.budget import Budget, Category, Frequency, Kind, Regularity
from debtdesk.core.capacity import capacity
from debtdesk.core.shock import USUAL
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


def test_uncertain_income_is_left_out_and_said_so(panel: BudgetPanel) -> None:
    odd = {"name": "零工", "category": "income", "amount": "1000", "frequency": "monthly", "regularity": "不固定"}
    panel.sheet.rows = [*panel.sheet.rows, {"id": "new-1", **odd, "known": "told"}]
    assert panel.state.items.records["new-1"].regularity is Regularity.UNCERTAIN
    assert "can pay 4,400 yuan" in panel.lead.value and "is not counted" in panel.guide.value
    panel.fields["uncertain_share"].text.value = "40"
    # 4,400 + 40 % of 1,000
    assert "can pay 4,800 yuan" in panel.lead.value and "counts by 40%" in panel.guide.value
    panel.fields["uncertain_share"].text.value = "140"
    assert panel.fields["uncertain_share"].problem and "can pay 4,800 yuan" in panel.lead.value


def test_an_income_of_some_months_is_seasonal_where_nothing_is_said(panel: BudgetPanel) -> None:
    row = cell(panel, 0, frequency="6-8月", regularity="")
    assert panel.state.items.records[row].regularity is Regularity.SEASONAL
    row = cell(panel, 1, regularity="uncertain")  # rent is no income
    assert panel.state.items.records[row].regularity is Regularity.REGULAR


@pytest.mark.parametrize(
    ("key", "text"),
    [("amount", "-5"), ("amount", "NaN"), ("months", "13"), ("end", "2020-01-01"), ("regularity", "sometimes")],
)
def test_a_wrong_cell_is_said_beside_it_and_keeps_the_answer(panel: BudgetPanel, key: str, text: str) -> None:
    more = {"start": "2026-01-01"} if key == "end" else {"frequency": "months"} if key == "months" else {}
    row = cell(panel, 0, **more, **{key: text})
    assert key in panel.sheet.problems[row] and "can pay 4,400 yuan" in panel.lead.value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("persons", "0"),
        ("dependants", "1"),  # of one person
        ("dependants", "-1"),
        ("protected_minimum", "NaN"),
        ("savings", "-1"),
        ("reserve_monthly", "many"),
        ("uncertain_share", "101"),
    ],
)
def test_a_wrong_field_is_said_beside_it_and_keeps_the_answer(panel: BudgetPanel, name: str, text: str) -> None:
    field = panel.fields[name]
    field.text.value = text
    assert field.problem and "role='alert'" in field.help
    assert "can pay 4,400 yuan" in panel.lead.value and not panel.state.dirty


def test_persons_and_dependants_go_together(panel: BudgetPanel) -> None:
    panel.fields["persons"].text.value = "3"
    panel.fields["dependants"].text.value = "2"
    panel.fields["persons"].text.value = "2"
    assert "2 of them have no income" in panel.fields["persons"].problem
    assert (panel.state.household.persons, panel.state.household.dependants) == (3, 2)


def test_a_minimum_without_its_document_asks_for_it(panel: BudgetPanel) -> None:
    assert "No protected minimum" in panel.fields["protected_minimum"].help
    panel.fields["protected_minimum"].text.value = "820"
    assert "has no document" in panel.fields["protected_source"].help
    assert panel.fields["protected_minimum"].help == ""
    panel.fields["protected_source"].text.value = "某市2026年通知"
    assert panel.fields["protected_source"].help == "" and "某市2026年通知" in panel.guide.value


def opened(panel: BudgetPanel, title: str) -> Any:
    """Open a fold by its title and return what is in it."""
    (folded,) = (f for f, _ in panel.folds if f.titles == (title,))
    folded.selected_index = 0
    return folded.children[0]


def test_shocks_can_be_changed_and_are_kept(panel: BudgetPanel, desk: Desk) -> None:
    opened(panel, "If something happens")
    rows = panel.shocks.sheet.rows
    first = rows[0]["id"]
    # 20 % of 6,200 = 1,240: 4,400 - 1,240 = 3,160
    assert panel.shocks.sheet.computed[first]["level"] == "3,160 yuan"
    panel.shocks.sheet.rows = [{**rows[0], "lost": "50%"}, *rows[1:]]
    assert panel.shocks.sheet.computed[first]["level"] == "1,300 yuan"
    panel.save.click()
    kept = desk.store.open("2026-0001").case.budget
    assert kept.shocks[0].lost == Fraction(1, 2) and len(kept.shocks) == len(USUAL)


@pytest.mark.parametrize(
    ("key", "text"), [("lost", "140%"), ("cost", "-5"), ("begins", "soon"), ("yearly", "13"), ("lasts", "1000")]
)
def test_a_wrong_shock_keeps_the_last_good_one(panel: BudgetPanel, key: str, text: str) -> None:
    opened(panel, "If something happens")
    rows = panel.shocks.sheet.rows
    panel.shocks.sheet.rows = [{**rows[0], key: text}, *rows[1:]]
    assert key in panel.shocks.sheet.problems[rows[0]["id"]]
    assert panel.shocks.sheet.computed[rows[0]["id"]]["level"] == "3,160 yuan"
    assert panel.state.household.shocks == ()


def test_without_a_shock_the_usual_ones_come_back(panel: BudgetPanel) -> None:
    opened(panel, "If something happens")
    panel.shocks.sheet.rows = panel.shocks.sheet.rows[:1]
    assert len(panel.state.household.shocks) == 1
    panel.shocks.sheet.rows = []
    assert panel.state.household.shocks == () and len(panel.shocks.sheet.rows) == len(USUAL)


def test_above_the_guide_asks_why_and_keeps_the_reason(panel: BudgetPanel, desk: Desk) -> None:
    opened(panel, "Beside the guide figures")  # rent 1,800 for one person, against 518.33
    (field,) = panel.beside.reasons.children
    assert "Please say why" in panel.beside.lead.value
    field.text.value = "城里房租贵"
    assert "with a reason each" in panel.beside.lead.value and panel.beside.reasons.children == (field,)
    panel.save.click()
    assert desk.store.open("2026-0001").case.budget.reason(Category.HOUSING) == "城里房租贵"
    panel.fields["persons"].text.value = "5"  # 1,800 / 5 = 360: no longer above
    assert panel.beside.reasons.children == () and "no more a person" in panel.beside.lead.value


def test_the_statement_is_handed_over_once_all_is_kept(panel: BudgetPanel, desk: Desk) -> None:
    opened(panel, "Statement of means, to print")
    assert "No protected minimum" in panel.means.lacks.value
    handed = panel.means._make("zh")
    assert handed is not None and handed.name == "2026-0001-收支状况说明.html"
    assert "收支状况说明" in handed.content.decode()
    panel.fields["savings"].text.value = "500"
    assert panel.means._make("zh") is None and desk.failed


def test_the_buttons_print_or_save(panel: BudgetPanel, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[dict[str, Any]] = []
    for button in panel.means.buttons:
        monkeypatch.setattr(button, "send", lambda content, buffers: sent.append(content))
        button.hand_over()
    assert [(s["print"], s["name"].split("-")[-1], s["type"].split(";")[0]) for s in sent] == [
        (True, "收支状况说明.html", "text/html"),
        (False, "收支状况说明.html", "text/html"),
        (True, "means.html", "text/html"),
    ]


def test_a_closed_fold_is_not_filled(panel: BudgetPanel) -> None:
    assert panel.shocks.lead.value == "" and panel.beside.table.value == "" and panel.table.value == ""
    opened(panel, "Month by month")
    assert "<table" in panel.table.value


def test_charts_are_drawn_anew_only_where_their_figures_changed(panel: BudgetPanel) -> None:
    flow, spending = panel.flow.value, panel.spending.value
    panel.fields["protected_source"].text.value = "x"
    assert panel.flow.value is flow
    panel.fields["savings"].text.value = "500"
    assert panel.flow.value != flow and panel.spending.value == spending


def test_the_rules_behind_the_floor_are_shown(panel: BudgetPanel) -> None:
    shown = opened(panel, "What the law leaves for living").value
    assert "民事诉讼法第二百五十四条" in shown and "社会救助暂行办法" in shown
