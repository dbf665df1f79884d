"""Household: the settings of a budget as rows or as a sheet of their own."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from debtdesk.core.money import parse_amount
from debtdesk.core.problems import Problem, Refused, Severity
from debtdesk.files.fields import FieldReader
from debtdesk.files.sheets import Sheet
from debtdesk.files.tables import Column, table_in
from debtdesk.files.words import Words
from debtdesk.locale import Message

HOUSEHOLD_COLUMNS = (
    Column("setting", "设置", ("key", "name", "名称", "项目"), needed=True),
    Column("value", "数值", ("amount", "金额", "值"), needed=True),
    Column("note", "备注", ("notes", "source", "来源", "说明")),
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


@dataclass(slots=True)
class Settings:
    """The settings of the household as they are found."""

    found: dict[str, Any]


def from_household_sheets(source: str, sheets: Sequence[Sheet], settings: Settings) -> list[Problem]:
    """Take the settings of sheets of their own; return what is wrong there."""
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
            take_setting(reader, "setting", "value", settings)
            problems += reader.problems
    return problems


def take_setting(reader: FieldReader, name_key: str, value_key: str, settings: Settings) -> None:
    """Take one setting from a row: its name from one column, its value from another."""
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


def not_given(source: str, settings: Settings) -> list[Problem]:
    """Return which settings that matter are not given, and what was taken instead."""
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


def too_many_dependants(source: str, settings: Settings) -> list[Problem]:
    """Refuse dependants who leave nobody to depend on; the number is then not taken."""
    persons, dependants = settings.found.get("persons", 1), settings.found.get("dependants", 0)
    if dependants < persons:
        return []
    del settings.found["dependants"]
    text = Message("{n} dependants of {persons} persons leave nobody to pay.", n=dependants, persons=persons)
    remedy = Message("Write fewer dependants than persons.")
    return [Problem(source, None, SETTING_LABELS["dependants"], text, remedy)]
