"""A budget as a table, with the settings of the household."""

import io
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from debtdesk.core.budget import CONSUMPTION, Category, Frequency, Kind, Regularity
from debtdesk.core.terms import Known
from debtdesk.files.budget import CATEGORIES, BudgetReading, read_budget
from debtdesk.files.reading import Fate

NAMES = ("食品烟酒", "衣着", "居住", "生活用品及服务", "交通通信", "教育文化娱乐", "医疗保健", "其他用品及服务")
HEADER = "项目,收支,类别,金额,周期,必要,起,止,备注\n"
HOUSEHOLD = "人口,设置,,3人,,,,,\n低保,设置,,820,,,,,某市2026年标准\n"


def read(*lines: str) -> BudgetReading:
    return read_budget("budget.csv", (HEADER + HOUSEHOLD + "\n".join(lines)).encode())


def said(reading: BudgetReading) -> list[str]:
    return [p.text.in_language("en") for p in reading.problems]


def test_income_and_expense_with_their_months() -> None:
    reading = read("采摘,收入,,3200,6-10月,,,,", '学费,支出,教育文化娱乐,"1,300","2,9月",是,2026-02,2028-07,')
    income, school = reading.budget.items
    assert said(reading) == []
    assert (income.kind, income.category, income.months) == (Kind.INCOME, Category.INCOME, (6, 7, 8, 9, 10))
    assert (school.amount, school.frequency, school.months) == (130_000, Frequency.MONTHS, (2, 9))
    assert (school.essential, school.start, school.end) == (True, date(2026, 2, 1), date(2028, 7, 31))
    assert school.known is Known.TOLD
    assert reading.records == reading.budget.items


def test_the_settings_of_the_household_stand_in_rows() -> None:
    reading = read(
        "存款,设置,,3500,,,,,", "备用金目标,setting,,6000,,,,,", "每月备用金,设置,,200,,,,,", "取整,设置,,50,,,,,"
    )
    budget = reading.budget
    assert said(reading) == []
    assert (budget.persons, budget.protected_minimum, budget.protected_source) == (3, 82_000, "某市2026年标准")
    assert (budget.savings, budget.reserve_target, budget.reserve_monthly) == (350_000, 600_000, 20_000)
    assert budget.step == 5_000


@pytest.mark.parametrize("category", [*CONSUMPTION, Category.DEBT_SERVICE])
def test_categories_are_known_by_their_key(category: Category) -> None:
    assert CATEGORIES.find(category.value) is category


@pytest.mark.parametrize(
    ("name", "category"),
    # the eight categories of the National Bureau of Statistics, in its order
    list(zip(NAMES, CONSUMPTION, strict=True)),
)
def test_categories_are_known_by_their_chinese_name(name: str, category: Category) -> None:
    (item,) = read(f"x,支出,{name},1,每月,是,,,").budget.items
    assert item.category is category


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (",支出,居住,1,每月,是,,,", "is empty"),
        ("x,,居住,1,每月,是,,,", "is empty"),
        ("x,借入,居住,1,每月,是,,,", "not understood"),
        ("x,支出,居住,,每月,是,,,", "empty"),
        ("x,支出,居住,-1,每月,是,,,", "below zero"),
        ("x,支出,居住,1,偶尔,是,,,", "how often"),
        ("x,支出,居住,1,13月,是,,,", "does not exist"),
        ("x,支出,居住,1,一次,是,,,", "needs its day"),
        ("x,支出,居住,1,每月,也许,,,", "not understood"),
        ("x,支出,居住,1,每月,是,26-1-1,,", "two digits"),
        ("x,支出,居住,1,每月,是,2026-05,2026-01,", "lies before"),
        ("人口,设置,,3,,,,,", "stands there twice"),
        ("猫,设置,,3,,,,,", "is not known"),
        ("存款,设置,,,,,,,", "is empty"),
        ("取整,设置,,0,,,,,", "step is 0"),
    ],
)
def test_a_slip_keeps_the_row_out(line: str, problem: str) -> None:
    reading = read(line)
    assert reading.budget.items == ()
    assert reading.rows[-1].fate is Fate.REFUSED
    assert any(problem in p.text.in_language("en") for p in reading.errors)


@pytest.mark.parametrize("persons", ["0", "2.5", "三", "-1", "500"])
def test_a_number_of_persons_is_whole(persons: str) -> None:
    reading = read_budget("b.csv", f"{HEADER}人口,设置,,{persons},,,,,\n".encode())
    assert any("number of persons" in p.text.in_language("en") for p in reading.errors)
    assert reading.budget.persons == 1


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("x,支出,啥,1,每月,是,,,", "read as other"),
        ("x,支出,,1,每月,是,,,", "read as other"),
        ("x,支出,收入,1,每月,是,,,", "read as other"),
        ("x,收入,居住,1,每月,,,,", "read as income"),
        ("x,支出,居住,1,,是,,,", "read as monthly"),
        ("x,支出,居住,1,每月,,,,", "not essential"),
    ],
)
def test_a_doubt_lets_the_row_in_with_a_warning(line: str, problem: str) -> None:
    reading = read(line)
    assert len(reading.budget.items) == 1
    assert [p.row for p in reading.warnings] == [4]
    assert problem in said(reading)[0]


def test_the_same_item_twice_counts_twice_and_is_said() -> None:
    reading = read(*["房租,支出,居住,800,每月,是,,,"] * 2)
    assert len(reading.budget.items) == 2
    assert "both count" in said(reading)[0]


def test_a_household_that_is_not_described_is_said() -> None:
    reading = read_budget("b.csv", (HEADER + "房租,支出,居住,800,每月,是,,,\n").encode())
    assert [p.field for p in reading.warnings] == ["persons 人口", "protected minimum 保护线"]


def test_a_missing_column_is_said_once() -> None:
    reading = read_budget("b.csv", "项目,收支,金额\n人口,设置,1\n低保,设置,0\n房租,支出,800\n水,支出,30\n".encode())
    assert [p.field for p in reading.warnings] == ["category 类别", "frequency 周期", "essential 必要"]


def workbook(settings_of: dict[str, object], *items: tuple[object, ...]) -> bytes:
    made = Workbook()
    made.active.append(("item", "kind", "category", "amount", "frequency", "essential", "from", "to"))
    for item in items:
        made.active.append(item)
    sheet = made.create_sheet("household 家庭")
    sheet.append(("setting", "value", "note"))
    for name, value in settings_of.items():
        sheet.append((name, value, "notice of the city, 2026"))
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def test_the_settings_of_the_household_stand_in_a_second_sheet() -> None:
    rent = ("rent", "expense", "housing", 800, "monthly", "yes", None, None)
    reading = read_budget(
        "b.xlsx", workbook({"persons 人口": 2, "protected minimum": 700.5, "savings 存款": "1.2万", "step": None}, rent)
    )
    assert said(reading) == []
    assert (reading.budget.persons, reading.budget.protected_minimum, reading.budget.savings) == (2, 70_050, 1_200_000)
    assert reading.budget.protected_source == "notice of the city, 2026"
    assert reading.budget.items[0].amount == 80_000


def test_months_that_a_spreadsheet_made_a_day_are_refused() -> None:
    # 6-10 typed into a cell becomes the tenth of June
    item = ("work", "income", "income", 800, date(2026, 6, 10), None, None, None)
    reading = read_budget("b.xlsx", workbook({"persons": 1, "protected minimum": 0}, item))
    assert [p.field for p in reading.errors] == ["frequency"]


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200) | st.text(max_size=100).map(lambda t: (HEADER + t).encode("utf-8", "replace")))
def test_any_bytes_give_a_reading(content: bytes) -> None:
    assert isinstance(read_budget("b.csv", content), BudgetReading)


def with_regularity(*lines: str) -> BudgetReading:
    return read_budget("budget.csv", (HEADER.replace("备注", "备注,稳定程度") + HOUSEHOLD + "\n".join(lines)).encode())


@pytest.mark.parametrize(
    ("line", "regularity"),
    [
        ("工资,收入,,1,每月,,,,,固定", Regularity.REGULAR),
        ("采摘,收入,,1,6-10月,,,,,", Regularity.SEASONAL),
        ("采摘,收入,,1,6-10月,,,,,uncertain 不固定", Regularity.UNCERTAIN),
        ("零工,收入,,1,每月,,,,,不固定", Regularity.UNCERTAIN),
        ("零工,收入,,1,每月,,,,,", Regularity.REGULAR),
        ("房租,支出,居住,1,每月,是,,,,不固定", Regularity.REGULAR),
    ],
)
def test_how_surely_an_income_comes(line: str, regularity: Regularity) -> None:
    (item,) = with_regularity(line).budget.items
    assert item.regularity is regularity


def test_an_unknown_word_for_it_is_refused() -> None:
    reading = with_regularity("零工,收入,,1,每月,,,,,也许")
    assert reading.records == () and "not understood" in said(reading)[-1]


def test_dependants_and_the_share_of_uncertain_income_are_settings() -> None:
    budget = read("被扶养人,设置,,1,,,,,", "不固定收入计入,设置,,40%,,,,,").budget
    assert (budget.dependants, budget.uncertain_share) == (1, Fraction(2, 5))


@pytest.mark.parametrize("written", ["140%", "-1%", "0.4", "many", "NaN"])
def test_a_share_that_cannot_be_is_refused(written: str) -> None:
    reading = read(f"不固定收入计入,设置,,{written},,,,,")
    assert "is not a percentage" in said(reading)[0] and reading.budget.uncertain_share == 0


def test_dependants_leave_somebody_to_depend_on() -> None:
    reading = read("被扶养人,设置,,3,,,,,")  # of three persons
    assert "leave nobody to pay" in said(reading)[0] and reading.budget.dependants == 0
