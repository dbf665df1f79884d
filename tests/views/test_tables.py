"""Tables: what people read, right to the fen, escaped and scoped."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

import pandas as pd
import pytest

from debtdesk.core.capacity import capacity
from debtdesk.core.case import Case
from debtdesk.core.comparison import compare
from debtdesk.core.days import add_months
from debtdesk.core.portfolio import project_case
from debtdesk.core.problems import Problem, Severity
from debtdesk.core.projection import project
from debtdesk.core.schedule import schedule
from debtdesk.locale import Message
from debtdesk.views import tables
from debtdesk.views.tables import html_table, problems_html

from .cases import ANSWERED, BUDGET, CASE, CREDITOR, DAY, NO_BUDGET, TARGET, debt, proposal

PROBLEM = Problem(
    "<i>欠款.xlsx</i>", 4, "rate", Message("“{given}” says no period.", given="<b>0.05%</b>"), Message("Write it.")
)


@dataclass
class Row:
    row: int
    fate: Severity
    values: dict[str, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def test_debts() -> None:
    frame = tables.debts_table(CASE, "zh")
    assert list(frame["本金"]) == ["10,000.00", "20,000.00", "30,000.00"]
    assert list(frame["合计"]) == ["15,725.00", "29,900.00", "45,625.00"]
    assert len(tables.debts_table(Case(reference="1", client=""), "en")) == 0


def test_balances() -> None:
    frame = tables.balance_table(project(debt(), until=add_months(DAY, 2)), "en")
    assert list(frame["day"]) == ["2026-11-24", "2026-12-24", "2027-01-24"]
    assert list(frame["penalty interest"]) == ["0.00", "150.00", "305.00"]  # 30 and 61 days at 5 yuan
    assert list(frame["change"]) == ["–", "+150.00", "+155.00"]
    together = tables.balance_table(project_case([debt(), debt("2")], add_months(DAY, 2)), "en")
    assert list(together["total"]) == ["20,000.00", "20,300.00", "20,610.00"]


def test_schedule() -> None:
    plan = schedule(proposal("x", 3, down_payment=100_000), debt().balance)
    frame = tables.schedule_table(plan, "en")
    assert list(frame["number"]) == ["down payment", "1", "2", "3", "in all"]
    assert list(frame["payment"]) == ["1,000.00", "3,000.00", "3,000.00", "3,000.00", "10,000.00"]
    assert list(frame["left"]) == ["9,000.00", "6,000.00", "3,000.00", "0.00", ""]


def test_comparison() -> None:
    comparison = compare(CASE, CASE.proposals, on=DAY)
    frame = tables.comparison_table(comparison, "en").set_index("what it means")
    assert list(frame.columns) == ["nothing is done", "creditor's offer", "目标", "walk-away"]
    # 31,200 over 48 months: 30,000 of principal and 1,200 of interest, the rest waived
    assert frame.loc["each month", "目标"] == "650.00 yuan · fits"
    assert frame.loc["in all", "目标"] == "31,200.00 yuan"
    assert frame.loc["waived", "目标"] == "14,425.00 yuan"
    assert frame.loc["until", "目标"] == "2030-11-25"
    assert frame.loc["each month", "creditor's offer"].endswith("too much")
    assert frame.loc["until", "nothing is done"] == "no end"
    # last payment 2030-11-25, five years from the end (征信业管理条例 art. 16); unpaid they never begin
    assert frame.loc["on the credit report until about", "目标"] == "2035-11-25"
    assert frame.loc["on the credit report until about", "nothing is done"] == "five years do not begin"


def test_comparison_without_a_budget_claims_nothing() -> None:
    frame = tables.comparison_table(compare(NO_BUDGET, NO_BUDGET.proposals, on=DAY), "en").set_index("what it means")
    assert frame.loc["each month", "目标"] == "650.00 yuan"
    assert frame.loc["months without cash", "目标"] == frame.loc["share of capacity", "目标"] == "–"


def test_two_offers_of_one_name_stay_two() -> None:
    frame = tables.comparison_table(compare(CASE, (TARGET, TARGET), on=DAY), "en")
    assert html_table(frame).count("<th scope='col'") == 4


def test_budget_and_capacity() -> None:
    frame = tables.budget_table(BUDGET, "en", month=DAY.replace(year=2027, month=2))
    school = frame[frame["item"] == "学费"].iloc[0]
    assert (school["in February 2027"], school["essential"], school["how often"]) == (
        "2,400.00",
        "yes",
        "in certain months",
    )
    room = tables.capacity_table(capacity(BUDGET, start=DAY, months=3), "en")
    assert list(room["month"]) == ["2026-11", "2026-12", "2027-01"]
    # 6,500 - 1,500 - 1,900 - 200 - 300 - 300 reserve = 2,300, in whole steps of 10
    assert list(room["payable from this month alone"]) == ["2,300.00"] * 3


def test_outcomes() -> None:
    frame = tables.outcomes_table(ANSWERED, "en")
    assert list(frame["answer"]) == ["refused"]
    assert frame["debts"][0].startswith("Huabei")
    assert "<b>" not in html_table(frame) and "&lt;b&gt;太低" in html_table(frame)


def test_problems_and_fates() -> None:
    frame = tables.problems_table([PROBLEM], "en")
    assert list(frame.iloc[0])[1:3] == ["4", "rate"]
    rows = [Row(4, Severity.ERROR, {"a": "1", "b": ""}, (PROBLEM,)), Row(5, Severity.WARNING)]
    fates = tables.fates_table(rows, "en")
    assert list(fates["line"]) == ["4", "5"] and fates["what stands there"][0] == "1"


def test_problems_as_a_list_say_where_what_and_how_and_escape() -> None:
    html = problems_html([PROBLEM], "en")
    assert "<b>0.05%" not in html and "<i>欠款" not in html
    assert "line 4" in html and "rate" in html and "Write it." in html
    assert problems_html([], "en") == ""


class Cells(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_numbers_stand_to_the_right_and_heads_have_a_scope(language: str) -> None:
    html = html_table(tables.schedule_table(schedule(CREDITOR, debt().balance), language), caption="a < b")
    page = Cells()
    page.feed(html)
    heads = [a for t, a in page.tags if t == "th"]
    assert all(a["scope"] in ("col", "row") for a in heads)
    assert "<caption>a &lt; b</caption>" in html
    cells = [a for t, a in page.tags if t == "td"]
    assert [a.get("class") for a in cells[:6]] == [None, "number", "number", "number", "number", "number"]


def test_a_table_without_rows_still_has_heads() -> None:
    html = html_table(pd.DataFrame({"a": [], "b": []}))
    assert html.count("<th scope='col'>") == 2


@pytest.mark.parametrize("language", ["zh", "en"])
def test_numeric_columns_may_be_named(language: str) -> None:
    frame = pd.DataFrame({"name": ["x"], "value": ["n/a"]})
    assert "<td class='number'>n/a" in html_table(frame, numeric=["value"])
    assert "<td>n/a" in html_table(frame)
