"""A bill of JD (京东) is no bill of Alipay, though most columns have its names: a person confirms them, then it reads.

The form is that of the example in deb-sig/double-entry-generator 616784a; people, shops and amounts are invented.
"""

# ruff: noqa: E501 (lines as they are written)

from __future__ import annotations

from datetime import date, datetime

import pytest

from debtdesk.core.bill_sorting import sort_bills
from debtdesk.core.bills import Channel, Flow
from debtdesk.files.bills import ColumnMapping, read_bill, suggest_mapping
from debtdesk.files.reading import Fate

TOP = """导出信息：
京东账号名：jd_qingshan
起始时间：2026-05-01\t终止时间：2026-05-31
导出交易类型：全部
导出时间：2026-06-03 23:33:33
共：5笔记录
收入：1笔，6.00元
支出：3笔，172.40元
不计收支：1笔，300.00元

特别提示：
1.本明细与实际交易结果不符时，以实际交易情况为准；
2.京东快捷支付等非余额支付方式可能既产生京东交易也同步产生银行交易，因此请勿使用本回单进行重复记账；

电子回单客户
"""
HEADER = "交易时间,交易分类,商户名称,交易说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注\n"
ROWS = """2026-05-03 12:14:38\t,食品酒饮,京东平台商户,大米 5kg,支出,91.40,京东白条,交易成功,234906303557\t,110000000000000000000044\t,
2026-05-08 06:22:00\t,网购,京东平台商户,退款-大米 5kg,收入,6.00,京东白条,交易成功,234906303557\t,1000000000000000000\t,
2026-05-09 19:45:25\t,美妆个护,京东平台商户,洁面乳,支出,60.00,京东白条,交易关闭,88438843884\t,100000000000000000000002\t,
2026-05-12 19:06:00\t,线下消费,小店（虚构）,午饭,支出,21.00,京东白条,等待付款, ,100000000000000000000045\t,
2026-05-15 12:09:23\t,白条,京东金融,白条主动还款,不计收支,300.00,小金库零用钱,交易成功,2000000000000000000\t,1075000000000000058\t,
"""


@pytest.mark.parametrize("text", [TOP + HEADER + ROWS, HEADER + ROWS], ids=["whole", "without what stands above"])
def test_it_asks_for_its_columns_and_proposes_them(text: str) -> None:
    reading = read_bill("jd.csv", content=text.encode())
    assert (reading.channel, reading.bill, reading.asks_for_mapping) == (None, None, True)
    assert reading.proposal == suggest_mapping("jd.csv", text.encode())
    assert reading.proposal == ColumnMapping(
        day="交易时间", amount="金额", direction="收/支", party="商户名称", summary="交易说明", note="备注",
        order="交易订单号", method="收/付款方式", status="交易状态",
    )  # fmt: skip
    assert ColumnMapping.from_data(reading.proposal.as_data()) == reading.proposal


def test_with_its_columns_every_line_is_read() -> None:
    content = (TOP + HEADER + ROWS).encode()
    reading = read_bill("jd.csv", content=content, mapping=suggest_mapping("jd.csv", content))
    assert reading.problems == ()
    assert (reading.channel, reading.account) == (Channel.BANK, "jd_qingshan")
    assert (reading.first, reading.last) == (date(2026, 5, 1), date(2026, 5, 31))
    assert reading.count()[Fate.USED] == 5
    assert reading.total(Flow.OUT) == 17_240  # 91.40 + 60.00 + 21.00
    rice = reading.records[0]
    assert (rice.when, rice.party, rice.status) == (datetime(2026, 5, 3, 12, 14, 38), "京东平台商户", "交易成功")


def test_what_was_not_paid_is_no_spending_and_what_is_not_known_is_asked() -> None:
    content = (TOP + HEADER + ROWS).encode()
    bill = read_bill("jd.csv", content=content, mapping=suggest_mapping("jd.csv", content)).bill
    assert bill is not None
    rice, back, closed, waiting, repaid = sort_bills([bill]).lines
    assert (closed.fate, repaid.fate, back.fate) == ("closed", "debt_service", "refund")
    assert (waiting.fate, waiting.ask) == ("unknown", True)
    assert "等待付款" in waiting.reason.in_language("en")
    assert (repaid.debt, rice.line.method) == ("baitiao", "京东白条")


def test_alipay_is_still_known_where_a_shop_of_jd_is_in_it() -> None:
    header = "交易时间,交易分类,交易对方,商品说明,收/支,金额,收/付款方式,交易状态,交易订单号,商家订单号,备注\n"
    row = "2026-05-03 12:14:38,日用百货,京东（虚构）,纸巾,支出,9.90,花呗,交易成功,2026050322001,M1,\n"
    assert read_bill("a.csv", content=(header + row).encode()).channel is Channel.ALIPAY
    above = "支付宝账户：zha***@example.com\n京东\n"
    assert read_bill("a.csv", content=(above + header + row).encode()).channel is Channel.ALIPAY
    assert read_bill("a.csv", content=("京东账单\n" + header + row).encode()).channel is None
