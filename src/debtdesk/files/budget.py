"""Budget as a table: income and outgoings, and the settings of the household."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

from debtdesk.core.budget import Budget, BudgetItem, Category, Frequency, Kind, Regularity
from debtdesk.core.money import parse_amount
from debtdesk.core.problems import Problem, Refused, Severity
from debtdesk.core.terms import Known
from debtdesk.files.debts import APART
from debtdesk.files.fields import FieldReader
from debtdesk.files.months import parse_first_day, parse_frequency, parse_last_day
from debtdesk.files.reading import Fate, Reading, RowFate
from debtdesk.files.sheets import Sheet
from debtdesk.files.tables import Column, Table, find_table, missing_columns, open_sheets, refusal, table_in
from debtdesk.files.words import Words
from debtdesk.locale import Message

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
HOUSEHOLD_COLUMNS = (
    Column("setting", "设置", ("key", "name", "名称", "项目"), needed=True),
    Column("value", "数值", ("amount", "金额", "值"), needed=True),
    Column("note", "备注", ("notes", "source", "来源", "说明")),
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
SETTINGS = Words(
    {
        "persons": ("persons", "人口", "家庭人口", "household size", "人数", "people"),
        "protected_minimum": (
            "protected minimum", "protected_minimum", "保护线", "低保", "低保标准", "最低生活保障", "基本生活保障线",
        ),
        "savings": ("savings", "存款", "储蓄", "现有存款", "手头现金"),
        "reserve_target": ("reserve target", "reserve_target", "备用金目标", "储备目标", "应急金目标"),
        "reserve_monthly": ("reserve monthly", "reserve_monthly", "每月备用金", "备用金每月", "每月留存"),
        "step": ("step", "取整", "取整单位", "还款取整"),
        "dependants": ("dependants", "被扶养人", "被抚养人", "受扶养人", "dependents", "被扶养人数"),
        "uncertain_share": ("uncertain share", "uncertain_share", "不固定收入计入", "不固定收入计入比例"),
    }
)  # fmt: skip
HOUSEHOLD_SHEETS = Words({"household": ("household", "家庭", "家庭设置", "settings", "设置", "household settings")})
SETTING_LABELS = {
    "persons": "persons 人口",
    "protected_minimum": "protected minimum 保护线",
    "savings": "savings 存款",
    "reserve_target": "reserve target 备用金目标",
    "reserve_monthly": "reserve monthly 每月备用金",
    "step": "step 取整",
    "dependants": "dependants 被扶养人",
    "uncertain_share": "uncertain share 不固定收入计入",
}
MOST_PERSONS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetReading(Reading[BudgetItem]):
    """What came out of a file of a budget; `budget` has the items and the settings of the household."""

    budget: Budget = field(default_factory=Budget)


@dataclass(slots=True)
class _Settings:
    """The settings of the household as they are found."""

    found: dict[str, Any]


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
    settings = _Settings({})
    problems = _from_household_sheets(source, aside, settings)
    items: list[BudgetItem] = []
    fates: list[RowFate] = []
    for row in table.rows:
        reader = FieldReader(table, row, COLUMNS)
        if table.refused:
            fates.append(reader.fate(Fate.REFUSED))
            continue
        kind = reader.choice("kind", KINDS, Message("Write income 收入 or expense 支出."))
        if kind == SETTING:
            _take_setting(reader, "item", "amount", settings)
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
        problems += [*_not_given(source, settings), *_too_many_dependants(source, settings)]
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


def _from_household_sheets(source: str, sheets: Sequence[Sheet], settings: _Settings) -> list[Problem]:
    problems: list[Problem] = []
    for sheet in sheets:
        table = table_in(source, sheet, HOUSEHOLD_COLUMNS)
        if table.refused:
            problems += table.problems
            continue
        problems += [p for p in table.problems if table.rows]
        for row in table.rows:
            reader = FieldReader(table, row, HOUSEHOLD_COLUMNS)
            if reader.empty("value") and not reader.empty("setting"):
                continue  # the template lists every setting; those left empty are reported together
            _take_setting(reader, "setting", "value", settings)
            problems += reader.problems
    return problems


def _take_setting(reader: FieldReader, name_key: str, value_key: str, settings: _Settings) -> None:
    name = reader.needed_text(name_key)
    key = SETTINGS.find(name) if name else None
    if name and key is None:
        reader.refuse(
            name_key,
            Message("The setting “{given}” is not known.", given=name[:40]),
            Message("Write one of: {settings}.", settings=", ".join(SETTING_LABELS.values())),
        )
    value = _setting_value(reader, key, value_key)
    note = reader.text("note")
    if key == "step" and value == 0:
        reader.refuse(value_key, Message("The step is 0."), Message("Write at least 0.01, for instance 10."))
    if reader.failed or key is None or value is None:
        return
    if key in settings.found:
        reader.refuse(
            name_key,
            Message("The setting “{given}” stands there twice.", given=name[:40]),
            Message("Keep one of them."),
        )
        return
    settings.found[key] = value
    if key == "protected_minimum":
        settings.found["protected_source"] = note
        if value and not note:
            reader.warn(
                "note",
                Message("The protected minimum has no source."),
                Message("Write the document it was taken from, for instance the city's notice and its year."),
            )


def _setting_value(reader: FieldReader, name: str | None, key: str) -> int | Fraction | None:
    if name == "persons":
        return _persons(reader, key)
    if name == "dependants":
        return _persons(reader, key, least=0)
    return reader.read(key, parse_share) if name == "uncertain_share" else reader.amount(key)


def parse_share(given: str) -> Fraction:
    """Return a share written in percent, "40%" or "40", as a fraction of one.

    Raises
    ------
    Refused
        If it is none from 0 to 100 %, or a number below one without its percent sign, which may mean either.
    """
    text = unicodedata.normalize("NFKC", given).strip()
    try:
        share = Fraction(parse_amount(text.removesuffix("%")), 10_000)
    except Refused:
        share = Fraction(-1)
    unclear = 0 < share < Fraction(1, 100) and not text.endswith("%")
    if unclear or not 0 <= share <= 1:
        raise Refused(
            Message("“{given}” is not a percentage that fits here.", given=given.strip()[:20]),
            Message("Write it in percent from 0% to 100%, for instance 40%."),
        )
    return share


def _persons(reader: FieldReader, key: str, *, least: int = 1) -> int | None:
    text = reader.text(key).removesuffix("人").removesuffix("口").strip()
    if reader.failed_at(key):
        return None
    try:
        fen = parse_amount(text)
    except Refused:
        fen = 1
    persons, rest = divmod(fen, 100)
    if rest or not least <= persons <= MOST_PERSONS:
        reader.refuse(
            key,
            Message("“{given}” is not a number of persons.", given=text[:40]),
            Message("Write a whole number from {least} to {most}.", least=least, most=MOST_PERSONS),
        )
        return None
    return persons


def _not_given(source: str, settings: _Settings) -> list[Problem]:
    said = {
        "persons": Message("The number of persons is not given; 1 was taken."),
        "protected_minimum": Message("The protected minimum is not given; nothing is protected by it."),
    }
    return [
        Problem(
            source,
            None,
            SETTING_LABELS[key],
            text,
            Message("Write it into the sheet household 家庭, or as a row of the kind setting 设置."),
            Severity.WARNING,
        )
        for key, text in said.items()
        if key not in settings.found
    ]


def _too_many_dependants(source: str, settings: _Settings) -> list[Problem]:
    """Refuse dependants who leave nobody to depend on; the number is then not taken."""
    persons, dependants = settings.found.get("persons", 1), settings.found.get("dependants", 0)
    if dependants < persons:
        return []
    del settings.found["dependants"]
    text = Message("{n} dependants of {persons} persons leave nobody to pay.", n=dependants, persons=persons)
    remedy = Message("Write fewer dependants than persons.")
    return [Problem(source, None, SETTING_LABELS["dependants"], text, remedy)]


def _missing_columns(table: Table) -> list[Problem]:
    read_as = {
        "category": Message("Every expense was read as other 其他."),
        "frequency": Message("Everything was read as monthly 每月."),
        "essential": Message("No expense counts as essential."),
    }
    return missing_columns(table, COLUMNS, read_as)
