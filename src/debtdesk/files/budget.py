"""Budget as a table: income and outgoings, and the settings of the household."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from debtdesk.core.budget import Budget, BudgetItem, Category, Frequency, Kind, Regularity
from debtdesk.core.problems import Problem, Refused
from debtdesk.core.terms import Known
from debtdesk.files.debts import APART
from debtdesk.files.fields import FieldReader
from debtdesk.files.household import (
    HOUSEHOLD_COLUMNS,
    HOUSEHOLD_SHEETS,
    SETTING_LABELS,
    Settings,
    from_household_sheets,
    not_given,
    take_setting,
    too_many_dependants,
)
from debtdesk.files.months import parse_first_day, parse_frequency, parse_last_day
from debtdesk.files.reading import Fate, Reading, RowFate
from debtdesk.files.tables import Column, Table, find_table, missing_columns, open_sheets, refusal
from debtdesk.files.words import Words
from debtdesk.locale import Message

__all__ = ["COLUMNS", "HOUSEHOLD_COLUMNS", "SETTING_LABELS", "BudgetReading", "read_budget"]

COLUMNS = (
    Column("item", "项目", ("name", "名称", "内容"), needed=True),
    Column("kind", "收支", ("income or expense", "收入支出", "类型"), needed=True),
    Column("category", "类别", ("分类", "科目")),
    Column("amount", "金额", ("金额每次", "amount each time"), needed=True),
    Column("frequency", "周期", ("how often", "频率", "频次")),
    Column("essential", "必要", ("是否必要", "必需", "needed")),
    Column("from", "起", ("start", "since", "开始", "起始", "起始日", "开始日期", "起始日期")),
    Column("to", "止", ("end", "until", "结束", "终止", "截止", "结束日期", "截止日期")),
    Column("note", "备注", ("notes", "remark", "说明")),
    Column("source", "来源", ("依据", "凭证")),
    Column("regularity", "稳定程度", ("certainty", "稳定性", "是否固定", "收入性质")),
)

SETTING = "setting"
KINDS: Words[str] = Words(
    {
        Kind.INCOME.value: ("income", "收入", "in", "进项"),
        Kind.EXPENSE.value: ("expense", "支出", "expenses", "out", "开支"),
        SETTING: ("setting", "设置", "household", "家庭"),
    }
)
CATEGORIES = Words(
    {
        Category.FOOD: ("food", "食品烟酒", "食品", "餐饮", "伙食", "food tobacco liquor"),
        Category.CLOTHING: ("clothing", "衣着", "服装", "服饰"),
        Category.HOUSING: ("housing", "居住", "住房", "房租", "rent", "水电"),
        Category.HOUSEHOLD_GOODS: ("household goods", "household_goods", "生活用品及服务", "生活用品", "日用品"),
        Category.TRANSPORT: ("transport", "交通通信", "交通", "通信", "交通通讯", "transport and communication"),
        Category.EDUCATION: ("education", "教育文化娱乐", "教育", "文化娱乐", "education culture recreation"),
        Category.HEALTH: ("health", "医疗保健", "医疗", "医药", "medicine"),
        Category.OTHER: ("other", "其他用品及服务", "其他", "其它"),
        Category.DEBT_SERVICE: ("debt service", "debt_service", "偿还债务", "还债", "还款", "还贷", "债务偿还"),
        Category.INCOME: ("income", "收入"),
    }
)
REGULARITIES = Words(
    {
        Regularity.REGULAR: ("regular", "固定", "稳定", "每月都有"),
        Regularity.SEASONAL: ("seasonal", "季节性", "季节", "旺季"),
        Regularity.UNCERTAIN: ("uncertain", "不固定", "不确定", "不稳定", "临时", "零散"),
    }
)
YES_OR_NO = Words(
    {
        True: ("yes", "是", "y", "true", "必要", "essential", "1", "√", "✓"),
        False: ("no", "否", "n", "false", "非必要", "不必要", "not essential", "0"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetReading(Reading[BudgetItem]):
    """What came out of a file of a budget; `budget` has the items and the settings of the household."""

    budget: Budget = field(default_factory=Budget)


def read_budget(path: str | Path, content: bytes | None = None) -> BudgetReading:
    """Return the budget of a table; what is wrong in it comes as problems, not as errors.

    The settings of the household (persons, protected minimum, savings, reserve, step) stand in a second sheet
    "household 家庭", or in rows whose kind is "setting 设置" with the name as item and the value as amount.

    Parameters
    ----------
    path : str or Path
        The file; only its name counts if `content` is given.
    content : bytes or None
        The bytes of the file, as an upload gives them.
    """
    try:
        source, sheets = open_sheets(path, content, COLUMNS)
    except Refused as refused:
        problem = refusal(path, refused)
        return BudgetReading(source=problem.source, problems=(problem,))
    aside = [s for s in sheets if not s.hidden and HOUSEHOLD_SHEETS.find(s.title)]
    table = find_table(source, [s for s in sheets if s not in aside], COLUMNS, apart=APART)
    settings = Settings({})
    problems = from_household_sheets(source, aside, settings)
    items: list[BudgetItem] = []
    fates: list[RowFate] = []
    for row in table.rows:
        reader = FieldReader(table, row, COLUMNS)
        if table.refused:
            fates.append(reader.fate(Fate.REFUSED))
            continue
        kind = reader.choice("kind", KINDS, Message("Write income 收入 or expense 支出."))
        if kind == SETTING:
            take_setting(reader, "item", "amount", settings)
        elif (item := _item(reader, kind)) is not None:
            if item in items:
                reader.warn(
                    "item",
                    Message("The same item stands there twice; both count."),
                    Message("Remove one if it was entered twice."),
                )
            items.append(item)
        fates.append(reader.fate())
    if not table.refused:
        problems += [*not_given(source, settings), *too_many_dependants(source, settings)]
    problems = [*table.problems, *_missing_columns(table), *problems, *(p for f in fates for p in f.problems)]
    return BudgetReading(
        source=source,
        records=tuple(items),
        problems=tuple(problems),
        rows=tuple(sorted((*table.skipped, *fates), key=lambda f: f.row)),
        sheet=table.sheet,
        encoding=table.encoding,
        extra_columns=table.extra_columns,
        budget=Budget(items=tuple(items), **settings.found),
    )


def _item(reader: FieldReader, kind: str | None) -> BudgetItem | None:
    """Return the item of a row, or None where it has to be refused; all its fields are read in any case."""
    name = reader.needed_text("item")
    if kind is None and not reader.failed_at("kind"):
        reader.refuse("kind", Message("The cell is empty."), Message("Write income 收入 or expense 支出."))
    amount = reader.amount("amount")
    category = _category(reader, kind)
    frequency, months = _frequency(reader)
    essential = _essential(reader, kind)
    start = None if reader.empty("from") else reader.read("from", parse_first_day)
    end = None if reader.empty("to") else reader.read("to", parse_last_day)
    known = Known.TOLD if reader.empty("source") else reader.known("source")
    note = reader.text("note")
    regularity = _regularity(reader, kind, frequency)
    if start and end and end < start:
        reader.refuse(
            "to",
            Message("The end {end} lies before the beginning {start}.", end=end.isoformat(), start=start.isoformat()),
            Message("Check both days."),
        )
    if frequency is Frequency.ONCE and start is None and not reader.failed_at("from"):
        reader.refuse(
            "from",
            Message("What comes once needs its day."),
            Message("Write the day or the month in the column “{column}”.", column="from 起"),
        )
    if reader.failed or amount is None or kind is None:
        return None
    return BudgetItem(
        name=name,
        kind=Kind(kind),
        category=category,
        amount=amount,
        frequency=frequency,
        months=months,
        essential=essential,
        start=start,
        end=end,
        note=note,
        known=known,
        regularity=regularity,
    )


def _regularity(reader: FieldReader, kind: str | None, frequency: Frequency) -> Regularity:
    """Return how surely an income comes; one that comes in certain months is seasonal where nothing else is said."""
    allowed = Message("Write regular 固定, seasonal 季节性 or uncertain 不固定.")
    found = reader.choice("regularity", REGULARITIES, allowed)
    if kind != Kind.INCOME:
        return Regularity.REGULAR
    return found or (Regularity.SEASONAL if frequency is Frequency.MONTHS else Regularity.REGULAR)


def _category(reader: FieldReader, kind: str | None) -> Category:
    text = reader.text("category")
    found = CATEGORIES.find(text) if text else None
    if kind == Kind.INCOME:
        if found not in (None, Category.INCOME):
            reader.warn(
                "category",
                Message("The category “{given}” is not one of income; it was read as income 收入.", given=text[:40]),
                Message("Check whether the row is income or expense."),
            )
        return Category.INCOME
    if found is not None and found is not Category.INCOME:
        return found
    if reader.has("category"):
        reader.warn(
            "category",
            Message("The category “{given}” is not known; it was read as other 其他.", given=text[:40])
            if text
            else Message("No category is given; it was read as other 其他."),
            Message("Write one of the eight categories, or debt service 还债."),
        )
    return Category.OTHER


def _frequency(reader: FieldReader) -> tuple[Frequency, tuple[int, ...]]:
    if reader.empty("frequency"):
        if reader.has("frequency"):
            reader.warn(
                "frequency",
                Message("It is not said how often; it was read as monthly 每月."),
                Message("Write how often it comes."),
            )
        return Frequency.MONTHLY, ()
    return reader.read("frequency", parse_frequency) or (Frequency.MONTHLY, ())


def _essential(reader: FieldReader, kind: str | None) -> bool:
    found = reader.choice("essential", YES_OR_NO, Message("Write yes 是 or no 否."))
    if found is None and kind == Kind.EXPENSE and reader.has("essential") and not reader.failed_at("essential"):
        reader.warn(
            "essential",
            Message("It is not said whether this is essential; it was read as not essential."),
            Message("Write yes 是 for rent, food, medicine and what else nobody can do without."),
        )
    return bool(found)


def _missing_columns(table: Table) -> list[Problem]:
    read_as = {
        "category": Message("Every expense was read as other 其他."),
        "frequency": Message("Everything was read as monthly 每月."),
        "essential": Message("No expense counts as essential."),
    }
    return missing_columns(table, COLUMNS, read_as)
