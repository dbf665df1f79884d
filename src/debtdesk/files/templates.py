"""Templates: workbooks to be filled in, with the headers, lists and explanations that the readers know."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from debtdesk.core.presets import presets
from debtdesk.files import acts, budget, debts, links, payments
from debtdesk.files.explanations import EXPLANATIONS, INTRODUCTION
from debtdesk.files.tables import Column
from debtdesk.files.writing import put

_ROWS = 60  # lines prepared for filling in
_AMOUNT, _TEXT, _DAY = "#,##0.00", "@", "yyyy-mm-dd"
_GREY, _HEAD = "FF8A8A8A", "FFE8EEF4"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One table of a template: its columns, an example, and what its cells offer."""

    title: str
    columns: tuple[Column, ...]
    example: tuple[object, ...]
    formats: Mapping[str, str]
    choices: Mapping[str, Sequence[str]]
    filled: tuple[tuple[object, ...], ...] = ()


_LENDERS = [
    "bank 银行", "consumer finance 消费金融公司", "micro loan 小额贷款公司", "local financial 地方金融组织",
    "asset manager 资产管理公司", "private 个人", "unlicensed 无牌照", "unknown 不详",
]  # fmt: skip
_DEBTS = _Sheet(
    "debts 欠款",
    debts.COLUMNS,
    (
        "示例 example", "某某消费金融有限公司", "huabei 花呗", "HB-0000", 10000, 0, 5475, 0, "0.05%/日",
        date(2023, 11, 25), date(2026, 11, 23), "app screenshot 截图", "contract 合同", "simple 单利", "", "365",
        "principal 本金", "civil code 561 民法典561", "", "", "",
        10000, 0, date(2023, 11, 24), "consumer finance 消费金融公司", "", date(2023, 5, 20), "reminder 催收", "",
    ),
    dict.fromkeys(("account", "rate", "late_fee", "statement_day", "year_basis"), _TEXT)
    | dict.fromkeys(("principal", "interest", "penalty_interest", "fees"), _AMOUNT)
    | dict.fromkeys(("original_principal", "original_interest"), _AMOUNT)
    | dict.fromkeys(("default_date", "as_of", "late_fee_until", "history_begins"), _DAY)
    | dict.fromkeys(("contract_date", "last_due"), _DAY),
    {
        "product": [f"{key} {preset.names['zh']}" for key, preset in presets().items()],
        "source": [
            "statement 账单", "app screenshot 截图", "contract 合同", "credit report 信用报告", "told 口述",
            "estimate 估计",
        ],
        "terms_source": ["contract 合同", "app screenshot 截图", "statement 账单", "told 口述", "estimate 估计"],
        "compounding": ["simple 单利", "monthly 按月", "daily 按日"],
        "year_basis": ["365", "360", "actual 实际", "30/360"],
        "base": ["principal 本金", "whole bill 全部账单"],
        "order": ["civil code 561 民法典561", "card 信用卡", "principal first 本金优先"],
        "lender_type": _LENDERS,
        "creditor_type": _LENDERS,
        "stage": ["reminder 催收", "mediation 调解", "sued 起诉", "judged 判决", "enforcement 执行"],
    },
)  # fmt: skip
_BUDGET = _Sheet(
    "budget 收支",
    budget.COLUMNS,
    (
        "示例 example", "expense 支出", "housing 居住", 1500, "monthly 每月", "yes 是", date(2026, 1, 1), "", "",
        "told 口述", "",
    ),
    {"amount": _AMOUNT, "frequency": _TEXT, "from": _DAY, "to": _DAY},
    {
        "kind": ["income 收入", "expense 支出"],
        "category": [
            "food 食品烟酒", "clothing 衣着", "housing 居住", "household goods 生活用品及服务", "transport 交通通信",
            "education 教育文化娱乐", "health 医疗保健", "other 其他用品及服务", "debt service 还债", "income 收入",
        ],
        "essential": ["yes 是", "no 否"],
        "regularity": ["regular 固定", "seasonal 季节性", "uncertain 不固定"],
    },
)  # fmt: skip
_HOUSEHOLD = _Sheet(
    "household 家庭",
    budget.HOUSEHOLD_COLUMNS,
    (),
    {},
    {},
    tuple((label, None, "") for label in budget.SETTING_LABELS.values()),
)
_PAYMENTS = _Sheet(
    "payments 还款",
    payments.COLUMNS,
    ("示例 example", date(2025, 3, 1), 500, ""),
    {"account": _TEXT, "date": _DAY, "amount": _AMOUNT},
    {},
)

_ACTS = _Sheet(
    "acts 行为",
    acts.COLUMNS,
    ("示例 example", date(2025, 3, 1), "demand 催收送达", "letter 催款函", ""),
    {"account": _TEXT, "day": _DAY},
    {
        "kind": [
            "demand 催收送达", "message sent 已发短信", "call 电话", "deduction 扣款", "asked for instalments 请求分期",
            "asked for deferral 请求延期", "made a plan 还款计划", "signed notice 签收催收通知",
            "assignment notice 债权转让通知", "suit 起诉", "payment order 支付令", "mediation 调解",
            "police report 报案",
        ],
    },
)  # fmt: skip

_LINKS = _Sheet(
    "links 债权人",
    links.COLUMNS,
    (
        "示例 example", date(2025, 3, 1), "assigned 债权转让", "某某资产管理有限公司", "notice 转让通知",
        "reached 已收到", "letter 通知书",
    ),
    {"account": _TEXT, "day": _DAY},
    {
        "kind": ["funded 放款", "assigned 债权转让", "guarantor paid 代偿"],
        "proof": [
            "notice 转让通知", "credit report 信用报告", "statement 账单", "contract 合同", "payment 付款凭证",
            "none 无",
        ],
        "notice": ["reached 已收到", "not reached 未收到", "unknown 不清楚"],
    },
)  # fmt: skip

_FILES = {
    "debts.xlsx": (_DEBTS,),
    "budget.xlsx": (_BUDGET, _HOUSEHOLD),
    "payments.xlsx": (_PAYMENTS,),
    "acts.xlsx": (_ACTS,),
    "links.xlsx": (_LINKS,),
}


def write_templates(folder: str | Path) -> tuple[Path, ...]:
    """Write the templates of debts, budget, payments, acts and links (.xlsx) into a folder and return where they are.

    A file that is there already is kept: the new one gets a number behind its name.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in _FILES:
        path = _free(folder / name)
        path.write_bytes(template(name))
        written.append(path)
    return tuple(written)


def _free(path: Path) -> Path:
    found, number = path, 2
    while found.exists():
        found, number = path.with_name(f"{path.stem}-{number}{path.suffix}"), number + 1
    return found


def template(name: str) -> bytes:
    """Return the bytes of a template: "debts.xlsx", "budget.xlsx", "payments.xlsx",
    "acts.xlsx" or "links.xlsx".

    Raises
    ------
    KeyError
        If there is no template of that name.
    """
    from openpyxl import Workbook

    sheets = _FILES[name]
    workbook = Workbook()
    workbook.properties.creator = "debtdesk"
    workbook.remove(workbook.active)
    for sheet in sheets:
        _fill(workbook.create_sheet(sheet.title), sheet)
    _explain(workbook.create_sheet("explanation 说明"), sheets)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def _fill(page: Any, sheet: _Sheet) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    _head(page, [c.label for c in sheet.columns])
    for at, value in enumerate(sheet.example, start=1):
        put(page, 2, at, value).font = Font(color=_GREY, italic=True)
    for row, values in enumerate(sheet.filled, start=2):
        for at, value in enumerate(values, start=1):
            put(page, row, at, value)
    for place, column in enumerate(sheet.columns, start=1):
        letter = get_column_letter(place)
        page.column_dimensions[letter].width = max(12, len(column.label) + len(column.chinese) + 2)
        for row in range(2, _ROWS + 2):
            page.cell(row=row, column=place).number_format = sheet.formats.get(column.key, "General")
        if column.key in sheet.choices:
            _offer(page, f"{letter}3:{letter}{_ROWS + 1}", sheet.choices[column.key])


def _head(page: Any, header: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    for column, text in enumerate(header, start=1):
        cell = put(page, 1, column, text)
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor=_HEAD)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    page.freeze_panes = "A2"


def _offer(page: Any, cells: str, choices: Sequence[str]) -> None:
    """Offer a list to choose from; anything else may be written, the reader says whether it is understood."""
    from openpyxl.worksheet.datavalidation import DataValidation

    offered = DataValidation(type="list", formula1=f'"{",".join(choices)}"', allow_blank=True, showErrorMessage=False)
    page.add_data_validation(offered)
    offered.add(cells)


def _explain(page: Any, sheets: Sequence[_Sheet]) -> None:
    from openpyxl.styles import Alignment

    _head(page, ["column 列", "needed 必填", "中文说明", "in English"])
    lines: list[tuple[str, ...]] = [("", "", *text) for text in INTRODUCTION]
    for sheet in sheets:
        lines.append((sheet.title, "", "", ""))
        for column in sheet.columns:
            lines.append((column.label, "yes 是" if column.needed else "", *EXPLANATIONS[sheet.title][column.key]))
    for row, line in enumerate(lines, start=2):
        for at, text in enumerate(line, start=1):
            put(page, row, at, text).alignment = Alignment(wrap_text=True, vertical="top")
    for letter, width in zip("ABCD", (28, 12, 60, 60), strict=True):
        page.column_dimensions[letter].width = width
