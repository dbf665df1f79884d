"""The tables for bills as data: each row complete, with source and confidence, and no word that can never decide."""

from __future__ import annotations

import csv
from datetime import datetime
from importlib.resources import files

import pytest

from debtdesk.core.bill_fates import BillFate
from debtdesk.core.bill_rules import BuiltIn
from debtdesk.core.bills import BillLine, Channel, Flow
from debtdesk.core.budget import CONSUMPTION, Category
from debtdesk.data.bills import category_rows, debt_words, status_rows, thresholds
from debtdesk.data.rules import CONFIDENCES

# the 31 categories of Alipay, as listed in its export
ALIPAY = """
餐饮美食 服饰装扮 日用百货 家居家装 数码电器 运动户外 美容美发 母婴亲子 宠物 交通出行 爱车养车 住房物业 酒店旅游
文化休闲 教育培训 医疗健康 生活服务 公共服务 商业服务 公益捐赠 互助保障 投资理财 保险 信用借还 充值缴费 收入 转账红包
亲友代付 账户存取 退款 其他
"""


@pytest.mark.parametrize("name", ["bill_categories", "bill_statuses", "bill_debts", "bill_thresholds"])
def test_every_row_has_a_source_and_a_confidence(name: str) -> None:
    with files("debtdesk.data").joinpath(f"{name}.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    assert rows
    for row in rows:
        assert row["source"] and row["confidence"] in CONFIDENCES, row
        assert None not in row and None not in row.values(), row


@pytest.mark.parametrize("row", category_rows(), ids=lambda r: f"{r['channel']}-{r['kind']}-{r['words'][:12]}")
def test_every_row_of_categories_can_be_used(row: dict[str, str]) -> None:
    fate = BillFate(row["fate"])
    assert {row["essential"], row["ask"]} <= {"yes", "no", ""} and row["ask"]
    if fate is BillFate.SPENDING:
        assert Category(row["category"]) in CONSUMPTION and row["essential"]
        assert row["flow"] == "out"
    if row["words"] and "-" not in row["words"]:
        assert row["words"] == row["words"].casefold(), "words are looked for in small letters"
    assert fate is not BillFate.UNKNOWN or row["ask"] == "yes"


def test_no_two_rows_are_the_same_question() -> None:
    asked = [tuple(r[n] for n in ("channel", "flow", "kind", "words", "and_words")) for r in category_rows()]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("kind", [k for k in ALIPAY.split() if k != "退款"])
def test_every_category_of_alipay_has_a_meaning(kind: str) -> None:
    said = []
    for flow in Flow:
        line = BillLine(row=1, when=datetime(2026, 3, 1), amount=1, flow=flow, kind=kind)
        said.append(BuiltIn().ruling(Channel.ALIPAY, line).reason.text)
    assert "The program does not know this kind of line: ask what it was." not in said
    assert any(text != "The words of the bill do not say what it was." for text in said)


def test_statuses_and_words_are_named_once() -> None:
    names = [(r["channel"], r["status"]) for r in status_rows()]
    assert len(set(names)) == len(names)
    words = [word for word, _ in debt_words()]
    assert len(set(words)) == len(words)


def test_thresholds_are_there() -> None:
    assert set(thresholds()) == {
        "spike_multiple",
        "spike_floor",
        "twin_days",
        "similar_share",
        "weekly_gap",
        "monthly_gap",
        "quarterly_gap",
        "yearly_gap",
    }
