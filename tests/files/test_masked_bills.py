"""Bills in a masked case name nobody, and their sums can still be followed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

from debtdesk.core.bill_fates import BillFate
from debtdesk.core.bill_rules import BillRule
from debtdesk.core.bill_sorting import sort_bills
from debtdesk.core.bills import Bill, BillLine, Channel, Flow
from debtdesk.core.case import Case
from debtdesk.files.casefile import mask, read_case, write_case

SECRETS = ("张三", "李四", "zs@", "1234", "ALI9", "MER8", "药", "房东", "备注里", "工资卡", "支付宝账单")
PAID = BillLine(
    row=3,
    when=datetime(2026, 3, 1, 8),
    amount=10000,
    flow=Flow.OUT,
    kind="餐饮美食",
    party="张三小吃",
    item="张三的药",
    method="工资卡银行(1234)",
    status="交易成功",
    note="备注里",
    account="zs@example.com",
    order="ALI91",
    merchant_order="MER81",
)
BACK = replace(PAID, row=4, amount=3000, flow=Flow.NEUTRAL, kind="退款", status="退款成功", order="ALI91_ALI92")
WECHAT = replace(PAID, kind="张三饭店-退款", flow=Flow.IN, order="ALI95", merchant_order="")
BANK = BillLine(row=1, when=datetime(2026, 3, 1), amount=500, flow=Flow.OUT, kind="转账给李四", party="李四")
CASE = Case(
    reference="2026-0001",
    client="张**",
    bills=(
        Bill(channel=Channel.ALIPAY, source="支付宝账单_张三.csv", digest="d1", lines=(PAID, BACK)),
        Bill(channel=Channel.WECHAT, source="张三.xlsx", digest="d2", lines=(WECHAT,)),
        Bill(channel=Channel.BANK, source="张三_1234.csv", digest="d3", lines=(BANK,)),
    ),
    bill_rules=(
        BillRule(party="房东", fate=BillFate.TRANSFER),
        BillRule(item="药", essential=True),
        BillRule(kind="餐饮美食", essential=False, note="张三说"),
    ),
)


def test_a_masked_case_names_nobody_in_its_bills(tmp_path: Path) -> None:
    text = write_case(CASE, tmp_path / "case.json", masked=True).read_text(encoding="utf-8")
    assert [s for s in SECRETS if s in text.replace("工资卡银行(****)", "")] == []
    masked = read_case(tmp_path / "case.json").case
    assert masked is not None
    assert masked == mask(CASE) == mask(masked)
    assert [r.kind for r in masked.bill_rules] == ["餐饮美食"]


def test_refunds_and_sums_can_still_be_followed() -> None:
    # 100.00 less 30.00 back
    whole, masked = sort_bills(CASE.bills), sort_bills(mask(CASE).bills)
    assert masked.spending() == whole.spending()
    assert sum(masked.spending().values()) == 7000
    assert masked.sums() == whole.sums()


def test_a_whole_case_keeps_its_bills(tmp_path: Path) -> None:
    assert read_case(write_case(CASE, tmp_path / "case.json")).case == CASE
