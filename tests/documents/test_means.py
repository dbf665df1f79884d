"""The statement of means: every line with its source, nothing beyond the case, overrides and reasons printed."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest

from debtdesk.core.budget import Budget, BudgetItem, Category, Frequency, Kind, Regularity
from debtdesk.core.case import Case
from debtdesk.core.overrides import Override
from debtdesk.core.terms import Known
from debtdesk.documents.means import statement_of_means
from debtdesk.files.worked import sample_case
from debtdesk.views.guide import CAVEATS

DAY = date(2026, 11, 24)


def item(name: str, kind: Kind, category: Category, amount: int, **more: object) -> BudgetItem:
    return BudgetItem(name=name, kind=kind, category=category, amount=amount, **more)  # type: ignore[arg-type]


BUDGET = Budget(
    items=(
        item("工资", Kind.INCOME, Category.INCOME, 500_000, known=Known.SEEN),
        item("<b>零工</b>", Kind.INCOME, Category.INCOME, 60_000, regularity=Regularity.UNCERTAIN),
        item("药", Kind.EXPENSE, Category.HEALTH, 90_000, essential=True),
        item("伙食", Kind.EXPENSE, Category.FOOD, 150_000, essential=True, known=Known.ASSUMED),
        item("学费", Kind.EXPENSE, Category.EDUCATION, 240_000, frequency=Frequency.MONTHS, months=(2, 9)),
    ),
    persons=3,
    dependants=1,
    protected_minimum=82_000,
    protected_source="某市民政局2026年通知",
)
CASE = Case(reference="2026-0007", client="张**", budget=BUDGET.with_reason(Category.HEALTH, "高血压"))


class Lines(HTMLParser):
    """The rows of all tables, and every text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.rows and self.rows[-1] and self.get_starttag_text():
            self.rows[-1][-1] += data if self.lasttag in ("td", "th") else ""


def test_every_line_names_how_it_is_known() -> None:
    rows = Lines(statement_of_means(CASE, "en", on=DAY)).rows
    known = {r[0]: r[-1] for r in rows if len(r) > 3}
    assert (known["工资"], known["<b>零工</b>"]) == ("seen", "told")
    assert (known["health care"], known["food, tobacco and drink"]) == ("told", "assumed")
    assert known["counted"] == "computed"


def test_the_figures_are_those_of_a_hand_calculation() -> None:
    rows = {r[0]: r for r in Lines(statement_of_means(CASE, "en", on=DAY)).rows}
    # health 900 a month / 3 persons = 300.00, guide 1,928 / 9 = 214.22
    assert rows["health care"][1:6] == ["900.00", "0.00", "300.00", "214.22", "高血压"]
    # tuition 2 x 2,400 / 12 = 400, not essential; 400 / 3 = 133.33
    assert rows["education, culture and leisure"][1:4] == ["0.00", "400.00", "133.33"]
    assert rows["counted"][4] == "5,000.00"  # the uncertain 600 left out
    # essentials 2,400 < 3 x 820 = 2,460: 5,000 - 2,460 - tuition; the first months leave 2,540, February 140;
    # (3 x 2,540 + 140) / 4 = 1,940
    text = " ".join(Lines(statement_of_means(CASE, "en", on=DAY)).texts)
    assert "2,460.00" in text and "can pay 1,940 yuan each month" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_floor_document_caveats_and_law_are_printed(language: str) -> None:
    page = statement_of_means(CASE, language, on=DAY)
    assert "某市民政局2026年通知" in page and "民事诉讼法第二百五十四条" in page
    for text in CAVEATS:
        assert text.in_language(language) in page
    assert "&lt;b&gt;零工" in page and "<b>零工" not in page
    assert "http" not in page and "<script" not in page, "the page asks nothing of the network"


def test_overrides_are_printed_with_their_reason() -> None:
    override = Override(day=DAY, proposal="方案", month=date(2027, 3, 1), by=31_200, months=7, reason="<u>儿子</u>帮忙")
    page = statement_of_means(replace(CASE, overrides=(override,)), "zh", on=DAY)
    assert "312.00" in page and "&lt;u&gt;儿子" in page
    assert "312.00" not in statement_of_means(CASE, "zh", on=DAY)


def test_a_minimum_without_document_says_so() -> None:
    bare = replace(CASE, budget=replace(BUDGET, protected_source=""))
    assert "尚未写明" in statement_of_means(bare, "zh", on=DAY)
    none = replace(CASE, budget=replace(BUDGET, protected_minimum=0))
    assert "没有填写生活保障底线" in statement_of_means(none, "zh", on=DAY)


def test_the_chinese_page_speaks_chinese() -> None:
    texts = Lines(statement_of_means(sample_case(), "zh", on=DAY)).texts
    words = [t for t in texts if re.search(r"[A-Za-z]{4,}", t) and "{" not in t]  # the style sheet aside
    assert [t for t in words if "worked-case" not in t and "metal.net.cn" not in t] == []


def test_an_empty_budget_has_a_page_too() -> None:
    assert "<table>" in statement_of_means(Case(reference="x", client=""), "zh", on=DAY)
