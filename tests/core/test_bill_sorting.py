"""What becomes of each line of a bill; the expected fates are those of the wallets' own words, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.bill_fates import BillFate, LineRef
from debtdesk.core.bill_marks import mark_of
from debtdesk.core.bill_pairs import pair
from debtdesk.core.bill_rules import BillRule
from debtdesk.core.bill_sorting import lines_decided, sort_bills, sort_book
from debtdesk.core.bills import Bill, BillLine, Channel, Flow
from debtdesk.core.budget import CONSUMPTION, Category

from .bill_lines import alipay, at, bank, bill, fates, line, one, wechat

A, W, B = Channel.ALIPAY, Channel.WECHAT, Channel.BANK
IN, OUT, NEUTRAL = Flow.IN, Flow.OUT, Flow.NEUTRAL
BY_CARD = "招商银行(1234)"
SERVICE = ("debt_service", "debt_service", False)
PAID = alipay("03-01", "35", "餐饮美食", method=BY_CARD)


@pytest.mark.parametrize(
    ("channel", "given", "fate", "category", "ask"),
    [
        # the categories of Alipay
        (A, alipay("03-01", "31.50", "餐饮美食"), "spending", "food", False),
        (A, alipay("03-01", "31.50", "服饰装扮"), "spending", "clothing", False),
        (A, alipay("03-01", "88", "充值缴费", item="国家电网-电费"), "spending", "housing", False),
        (A, alipay("03-01", "50", "充值缴费", item="中国移动话费充值"), "spending", "transport", False),
        (A, alipay("03-01", "50", "充值缴费", item="代付"), "spending", "other", True),
        (A, alipay("03-01", "999", "数码电器", item="手机"), "spending", "transport", False),
        (A, alipay("03-01", "999", "数码电器", item="电饭煲"), "spending", "household_goods", False),
        (A, alipay("03-01", "60", "母婴亲子", item="婴儿奶粉"), "spending", "food", False),
        (A, alipay("03-01", "300", "保险"), "spending", "other", True),
        (A, alipay("03-01", "5000", "收入", IN), "income", "income", False),
        (A, alipay("03-01", "99.34", "投资理财", NEUTRAL), "transfer", None, False),
        (A, alipay("03-01", "99.34", "账户存取", NEUTRAL), "transfer", None, False),
        (A, alipay("03-01", "200", "转账红包", IN), "unknown", None, True),
        (A, alipay("03-01", "49.74", "亲友代付", item="亲情卡"), "unknown", None, True),
        (A, alipay("03-01", "8", "信用借还", NEUTRAL, item="自动还款-花呗|信用购2026年09月账单"), *SERVICE),
        (A, alipay("03-01", "800", "其他", NEUTRAL, item="借呗还款"), *SERVICE),
        (A, alipay("03-01", "3000", "信用借还", IN, item="借呗放款至银行卡"), "transfer", None, True),
        (A, alipay("03-01", "800", "信用借还", NEUTRAL, item="花呗"), "unknown", None, True),
        (A, alipay("03-01", "20", "餐饮美食", NEUTRAL), "unknown", None, True),
        (A, alipay("03-01", "20", "时空旅行"), "unknown", None, True),
        # statuses
        (A, alipay("03-01", "20", "日用百货", status="等待确认收货"), "spending", "household_goods", False),
        (A, alipay("03-01", "82", "日用百货", NEUTRAL, status="交易关闭"), "closed", None, False),
        (A, alipay("03-01", "20", "日用百货", status="等待付款"), "unknown", None, True),
        (A, alipay("03-01", "20", "日用百货", status=""), "unknown", None, True),
        (A, alipay("03-01", "99", "其他", NEUTRAL, status="解冻成功"), "transfer", None, False),
        # WeChat Pay
        (W, wechat("03-01", "28.16", "商户消费", party="云膳米线"), "spending", "food", False),
        (W, wechat("03-01", "28.16", "商户消费", party="某商行"), "spending", "other", True),
        (W, wechat("03-01", "12", "扫二维码付款", party="某餐厅", status="已转账"), "spending", "food", False),
        (W, wechat("03-01", "500", "转账", party="房东", status="朋友已收钱"), "unknown", None, True),
        (W, wechat("03-01", "0.35", "微信红包", IN, status="已存入零钱"), "unknown", None, True),
        (W, wechat("03-01", "23", "二维码收款", IN, status="已收钱"), "unknown", None, True),
        (W, wechat("03-01", "2243.46", "亲属卡交易"), "unknown", None, True),
        (W, wechat("03-01", "548.58", "信用卡还款", NEUTRAL, party="建设银行信用卡还款"), *SERVICE),
        (W, wechat("03-01", "2000", "转入零钱通-来自工商银行(9876)", NEUTRAL), "transfer", None, False),
        (W, wechat("03-01", "5505", "零钱通转出-到工商银行(9876)", NEUTRAL), "transfer", None, False),
        (W, wechat("03-01", "10000", "购买理财通", NEUTRAL), "transfer", None, False),
        (W, wechat("03-01", "1300", "零钱充值", NEUTRAL, status="充值完成"), "transfer", None, False),
        (W, wechat("03-01", "0.01", "分分捐"), "spending", "other", True),
        (W, wechat("03-01", "5", "其他", IN, status="已到账"), "unknown", None, True),
        (W, wechat("03-01", "5", "商户消费", status="对方已退还"), "unknown", None, True),
        # banks
        (B, bank("03-01", "4300", "代发工资", IN), "income", "income", False),
        (B, bank("03-01", "500", "ATM取款"), "unknown", None, True),
        (B, bank("03-01", "500", "取现", method="ATM"), "unknown", None, True),
        (B, bank("03-01", "64", "消费", party="某某", method="支付宝快捷"), "unknown", None, True),
        # web exports of Alipay have no categories
        (A, alipay("03-01", "31.50", "即时到账交易", party="某面馆"), "spending", "food", False),
        (A, alipay("03-01", "300", "即时到账交易", item="花呗自动还款-2020年05月账单"), *SERVICE),
        (A, alipay("03-01", "300", "即时到账交易", NEUTRAL, item="余额宝-自动转入"), "transfer", None, False),
        (B, bank("03-01", "800", "转账", party="李某"), "unknown", None, True),
        (B, bank("03-01", "1200", "信用卡还款"), *SERVICE),
        (B, bank("03-01", "64", "消费", party="仁和大药房"), "spending", "health", False),
        (B, bank("03-01", "64", "快捷支付", party="财付通-某某"), "unknown", None, True),
        (B, bank("03-01", "64", "年费"), "spending", "other", False),
        (B, bank("03-01", "20000", "定期存款"), "transfer", None, False),
        (B, bank("03-01", "20", "冲正"), "unknown", None, True),
    ],
)  # fmt: skip
def test_the_words_of_a_line_decide(
    channel: Channel, given: BillLine, fate: str, category: str | None, ask: bool
) -> None:
    found = one(channel, given)
    assert (found.fate, found.category, found.ask) == (fate, category, ask)
    assert found.reason.in_language("zh") != found.reason.text


def test_huabei_purchases_are_spending_and_make_the_debt_grow() -> None:
    found = sort_bills(
        [
            bill(
                A,
                alipay("03-01", "40", "餐饮美食", method="花呗"),
                alipay("03-02", "60", "日用百货", method="花呗&红包"),
                alipay("03-02", "9", "日用百货", method="交通银行信用卡(7449)"),
                alipay("03-03", "5", "日用百货", method="余额"),
                alipay("03-20", "100", "信用借还", NEUTRAL, item="花呗还款", method=BY_CARD),
            )
        ]
    )
    assert [(x.debt, x.tail, x.creates_debt) for x in found.lines] == [
        ("huabei", "", True),
        ("huabei", "", True),
        ("credit_card", "7449", True),
        ("", "", False),
        ("huabei", "", False),
    ]
    # 40 + 60 on Huabei and 9 on the card; the repayment of 100 is no second spending
    assert found.on_credit() == {"huabei": 10000, "credit_card": 900}
    assert sum(found.spending().values()) == 11400


def test_the_fee_of_a_withdrawal_is_spending() -> None:
    # 100.10 leave the wallet, 100.00 arrive, 0.10 are gone
    found = sort_bills([bill(W, wechat("03-01", "100.10", "零钱提现", NEUTRAL, status="提现已到账", fee=10))])
    assert found.lines[0].fate is BillFate.TRANSFER
    assert found.spending() == {Category.OTHER: 10}


# refunds


def test_an_order_closed_after_its_refund_counts_once() -> None:
    # as in the public sample of 2023: 50.00 paid by 余额宝 at 18:21:50, back at 18:22:28, the order closed
    order = alipay("01-09 18:21", "50", "交通出行", status="交易关闭", order="2023A88", merchant_order="D12-14")
    back = alipay(
        "01-09 18:22", "50", "退款", NEUTRAL, status="退款成功", order="2023A88_2023B57", merchant_order="D12-14"
    )
    found = sort_bills([bill(A, back, order)])
    assert [x.fate.value for x in found.lines] == ["refund", "closed"]
    assert found.lines[0].tied == LineRef(0, 1)
    assert (found.lines[1].refunded, found.spending()) == (5000, {})


def test_a_part_refund_is_taken_off_its_order() -> None:
    # 120.00 of clothing, 45.50 back: 74.50 spent
    order = alipay("01-09", "120", "服饰装扮", order="A_7")
    back = alipay("01-15", "45.50", "退款", NEUTRAL, status="退款成功", order="A_7_1")
    found = sort_bills([bill(A, back), bill(A, order)])
    assert found.spending() == {Category.CLOTHING: 7450}
    assert found.lines[0].tied == LineRef(1, 0)


@pytest.mark.parametrize(
    ("order", "back", "spent"),
    [
        # by the merchant's number
        ({"merchant_order": "M1"}, {"merchant_order": "M1"}, 7000),
        # its own words alone: 成功退款 of the web export
        ({"refunded": 3000}, None, 7000),
        # its own words and the refund's line are the same money
        ({"refunded": 3000, "order": "X"}, {"order": "X_1"}, 7000),
        # another merchant's number: unmatched, kept, taken off nothing
        ({"merchant_order": "M1"}, {"merchant_order": "M2"}, 10000),
        # an unwritten number ties nothing
        ({"merchant_order": "/"}, {"merchant_order": "/"}, 10000),
    ],
)
def test_refunds_find_their_order(order: dict[str, Any], back: dict[str, Any] | None, spent: int) -> None:
    lines = [alipay("01-09", "100", "餐饮美食", **order)]
    if back is not None:
        lines.append(alipay("01-12", "30", "退款", NEUTRAL, status="退款成功", **back))
    found = sort_bills([bill(A, *lines)])
    assert found.spending() == {Category.FOOD: spent}
    assert [x.ask for x in found.lines[1:]] == [spent == 10000 for _ in lines[1:]]


@pytest.mark.parametrize(
    ("status", "fate", "spent"),
    [
        ("已全额退款", "closed", 0),
        ("已退款(￥12.50)", "spending", 8750),
        ("已退款¥12.50", "spending", 8750),
        ("已退款", "unknown", 0),
    ],
)
def test_wechat_says_the_refund_in_the_status(status: str, fate: str, spent: int) -> None:
    found = one(W, wechat("01-09", "100", "商户消费", party="某餐厅", status=status))
    assert (found.fate, found.spent) == (fate, spent)


def test_a_transfer_that_was_not_taken_needs_no_question() -> None:
    found = one(W, wechat("01-09", "200", "转账", party="李某", status="已全额退款"))
    assert (found.fate, found.net, found.ask) == (BillFate.CLOSED, 0, False)


def test_a_refund_line_of_wechat_is_tied_by_the_order_it_shares() -> None:
    # the order says 12.50 back, and the line of the refund says the same 12.50
    order = wechat("01-09", "100", "商户消费", party="某餐厅", status="已退款(￥12.50)", order="42")
    back = wechat("01-10", "12.50", "商户消费-退款", IN, party="某餐厅", status="已全额退款", order="42")
    found = sort_bills([bill(W, order, back)])
    assert [x.fate.value for x in found.lines] == ["spending", "refund"]
    assert found.spending() == {Category.FOOD: 8750}


def test_refunds_never_give_back_more_than_was_paid() -> None:
    # 60 and 60 for an order of 100: the second one does not fit and stays to be asked
    order = alipay("01-09", "100", "餐饮美食", order="X")
    backs = [alipay(f"01-1{n}", "60", "退款", NEUTRAL, status="退款成功", order=f"X_{n}") for n in (1, 2)]
    found = sort_bills([bill(A, order, *backs)])
    assert found.lines[0].spent == 4000
    assert [x.tied for x in found.lines[1:]] == [LineRef(0, 0), None]


def test_a_repayment_that_came_back_was_not_paid() -> None:
    paid = alipay("01-09", "100", "信用借还", NEUTRAL, item="花呗还款", order="X")
    back = alipay("01-10", "100", "退款", NEUTRAL, item="花呗还款退回", status="退款成功", order="X_1")
    found = sort_bills([bill(A, paid, back)])
    assert (found.lines[0].fate, found.lines[0].net) == (BillFate.CLOSED, 0)


# the same line twice


def test_the_same_file_twice_adds_nothing() -> None:
    given = bill(W, wechat("03-01", "10", "商户消费", order=""), wechat("03-02", "20", "商户消费", order=""))
    once, twice = sort_bills([given]), sort_bills([given, replace(given, source="copy.csv")])
    assert twice.spending() == once.spending()
    assert [x.fate.value for x in twice.lines[2:]] == ["duplicate", "duplicate"]
    assert [p.source for p in twice.problems] == ["copy.csv"]


def test_overlapping_exports_count_an_order_once_in_its_last_state() -> None:
    # seen on 01-31 as waiting, in the later export as closed: nothing was paid
    early = alipay("01-30", "20", "日用百货", status="等待确认收货", order="X")
    late = alipay("01-30", "20", "日用百货", NEUTRAL, status="交易关闭", order="X")
    a = bill(A, early, alipay("01-02", "7", "餐饮美食"), span="2026-01-01 2026-01-31")
    b = bill(A, late, alipay("02-02", "8", "餐饮美食"), span="2026-01-15 2026-02-28")
    found = sort_bills([a, b])
    assert [x.fate.value for x in found.lines] == ["duplicate", "spending", "closed", "spending"]
    assert found.spending() == {Category.FOOD: 1500}


def test_a_file_given_twice_that_overlaps_a_third_points_to_the_line_that_counts() -> None:
    shown = alipay("01-30", "20", "餐饮美食", order="X")
    early = bill(A, shown, span="2026-01-01 2026-01-31")
    late = bill(A, shown, span="2026-01-15 2026-02-28")
    found = sort_bills([early, early, late])
    assert [x.tied for x in found.lines] == [LineRef(2, 0), LineRef(2, 0), None]
    assert found.spending() == {Category.FOOD: 2000}


def test_one_bill_never_holds_a_line_twice() -> None:
    # masked exports show the same number for every order; what one bill lists, happened
    lines = [wechat("03-01", "12", "商户消费", party="某餐厅", order="42") for _ in range(2)]
    assert fates(bill(W, *lines)) == ["spending", "spending"]
    # the other bill shows one of them again, and a third
    other = [wechat("03-01", "12", "商户消费", party="某餐厅", order="42") for _ in range(3)]
    found = sort_bills([bill(W, *lines), bill(W, *other, source="b")])
    assert found.spending() == {Category.FOOD: 3600}


@pytest.mark.parametrize("lost", ["", "/", "2.02301E+27"])
def test_lost_order_numbers_are_said_and_nothing_is_guessed(lost: str) -> None:
    first = wechat("03-01", "12", "商户消费", party="某餐厅", order=lost)
    found = sort_bills([bill(W, first), bill(W, replace(first, row=9), source="b.csv")])
    assert found.spending() == {Category.FOOD: 2400}
    assert {p.source for p in found.problems} == {"wechat.csv", "b.csv"}
    assert "2026-03-01" in found.problems[0].text.in_language("en")


# wallet and bank


def test_a_booking_of_the_bank_belongs_to_the_wallets_line() -> None:
    wallet = bill(A, alipay("03-01 23:50", "35", "餐饮美食", method=BY_CARD))
    card = bill(B, bank("03-02", "35", "快捷支付", party="支付宝-某某", method=BY_CARD))
    found = sort_bills([card, wallet])
    assert [(x.fate.value, x.tied) for x in found.lines] == [("transfer", LineRef(1, 0)), ("spending", None)]
    assert found.spending() == {Category.FOOD: 3500}


@pytest.mark.parametrize(
    ("paid", "booked"),
    [
        # another amount
        (PAID, bank("03-01", "35.01", "消费", party="支付宝")),
        # three days later
        (PAID, bank("03-04", "35", "消费", party="支付宝")),
        # another card
        (PAID, bank("03-01", "35", "消费", party="支付宝", method="(9999)")),
        # the other wallet
        (PAID, bank("03-01", "35", "消费", party="财付通")),
        # paid from the wallet's balance
        (replace(PAID, method="余额"), bank("03-01", "35", "消费", party="支付宝")),
        # never paid
        (replace(PAID, status="交易关闭"), bank("03-01", "35", "消费", party="支付宝")),
        # the other way
        (PAID, bank("03-01", "35", "消费", IN, party="支付宝")),
    ],
)  # fmt: skip
def test_what_does_not_agree_stays_to_be_asked(paid: BillLine, booked: BillLine) -> None:
    found = sort_bills([bill(A, paid), bill(B, booked)]).lines[1]
    assert (found.fate, found.tied, found.ask) == (BillFate.UNKNOWN, None, True)


def test_each_line_is_booked_once_the_same_card_and_day_first() -> None:
    wallet = bill(
        A,
        alipay("03-01 08:00", "10", "餐饮美食", method="工商银行(5678)"),
        alipay("03-01 09:00", "10", "餐饮美食", method=BY_CARD),
        alipay("03-02 09:00", "10", "餐饮美食", method=BY_CARD),
    )
    card = bill(
        B,
        bank("03-02", "10", "消费", party="支付宝"),
        bank("03-03", "10", "消费", party="支付宝"),
        bank("03-03", "10", "消费", party="支付宝"),
        source="招商银行(1234).csv",
    )
    # card 1234 has two lines: booked on 03-02 the one of that day, on 03-03 the one of two days before; no third
    found = sort_bills([wallet, card])
    assert [x.tied for x in found.lines[3:]] == [LineRef(0, 2), LineRef(0, 1), None]


def test_withdrawals_charges_and_refunds_have_their_bookings_too() -> None:
    wallet = bill(
        W,
        wechat("03-01", "100.10", "零钱提现", NEUTRAL, party="招商银行(1234)", status="提现已到账", fee=10),
        wechat("03-02", "300", "零钱充值", NEUTRAL, method=BY_CARD, status="充值完成"),
        wechat("03-03", "30", "商户消费", method=BY_CARD, order="X", status="已全额退款"),
        wechat("03-04", "30", "商户消费-退款", IN, method=BY_CARD, order="X", status="已全额退款"),
        wechat("03-05", "500", "信用卡还款", NEUTRAL, method=BY_CARD),
    )
    debit = bill(
        B,
        bank("03-01", "100", "转入", IN, party="财付通"),
        bank("03-02", "300", "快捷支付", party="财付通"),
        bank("03-03", "30", "快捷支付", party="财付通"),
        bank("03-04", "30", "退款", IN, party="财付通"),
        bank("03-05", "500", "快捷支付", party="财付通-信用卡还款"),
    )
    credit = bill(B, bank("03-06", "500", "还款", IN, party="财付通"), source="信用卡.csv")
    found = sort_bills([wallet, debit, credit])
    assert [x.tied for x in found.lines[5:]] == [*(LineRef(0, n) for n in range(5)), LineRef(0, 4)]
    assert {x.fate for x in found.lines[5:]} == {BillFate.TRANSFER}
    assert sum(found.spending().values()) == 10


def test_the_cards_side_of_a_repayment_is_tied_to_the_payment() -> None:
    debit = bill(B, bank("03-05", "500", "信用卡还款"), bank("03-05", "700", "信用卡还款"))
    credit = bill(B, bank("03-06", "500", "还款", IN), bank("03-06", "200", "还款", IN), source="b")
    found = sort_bills([debit, credit])
    assert [(x.fate.value, x.tied) for x in found.lines[2:]] == [("transfer", LineRef(0, 0)), ("unknown", None)]


# what must always hold

WORDS = st.sampled_from(["", "/", "某餐厅", "支付宝", "财付通-退款", "花呗还款", "李某"])
KINDS = {
    A: ("餐饮美食", "充值缴费", "信用借还", "退款", "转账红包", "账户存取", "谜", ""),
    W: ("商户消费", "商户消费-退款", "零钱提现", "信用卡还款", "转账", "谜", ""),
    B: ("消费", "代发工资", "还款", "取现", "退款", ""),
}
STATUSES = {
    A: ("交易成功", "交易关闭", "退款成功", "谜"),
    W: ("支付成功", "已全额退款", "已退款(￥1.00)", "谜"),
    B: ("",),
}


@st.composite
def lines_of(draw: st.DrawFn, channel: Channel) -> BillLine:
    amount = draw(st.integers(0, 6)) * 100
    return BillLine(
        row=draw(st.integers(1, 99)),
        when=at("01-01") + timedelta(hours=draw(st.integers(0, 150))),
        amount=amount,
        flow=draw(st.sampled_from(Flow)),
        kind=draw(st.sampled_from(KINDS[channel])),
        party=draw(WORDS),
        item=draw(WORDS),
        method=draw(st.sampled_from(["", "花呗", BY_CARD, "余额"])),
        status=draw(st.sampled_from(STATUSES[channel])),
        order=draw(st.sampled_from(["", "X", "Y", "X_1", "Z"])),
        merchant_order=draw(st.sampled_from(["", "M", "/"])),
        refunded=draw(st.integers(0, 2)) * 100,
        fee=draw(st.integers(0, 1)) * min(10, amount),
    )


@st.composite
def some_bills(draw: st.DrawFn) -> list[Bill]:
    made = []
    for number in range(draw(st.integers(1, 4))):
        channel = draw(st.sampled_from(Channel))
        lines = draw(st.lists(lines_of(channel), max_size=8))
        made.append(bill(channel, *lines, source=str(number)))
    return made


@settings(deadline=None, max_examples=200)
@given(some_bills())
def test_every_line_has_one_fate_and_no_fen_is_lost(bills: list[Bill]) -> None:
    found = sort_bills(bills)
    assert [found.at(x.ref) for x in found.lines] == list(found.lines)
    assert [x.line for x in found.lines] == [x for b in bills for x in b.lines]
    for number, given_bill in enumerate(bills):
        for flow in Flow:
            came = sum(x.amount for x in given_bill.lines if x.flow is flow)
            assert sum(found.sums().get((number, flow), {}).values()) == came
    for x in found.lines:
        assert 0 <= x.refunded <= x.line.amount
        assert (x.category in CONSUMPTION) if x.fate is BillFate.SPENDING else True
        assert x.fate is not BillFate.SPENDING or x.line.flow is OUT
        assert (x.tied is not None) or x.fate is not BillFate.DUPLICATE
    for x in found.of(BillFate.DUPLICATE):
        assert x.tied and found.at(x.tied).fate is not BillFate.DUPLICATE
    refunds = [x for x in found.lines if x.fate is BillFate.REFUND and x.tied is not None]
    for order in {x.tied for x in refunds if x.tied}:
        assert sum(x.line.amount for x in refunds if x.tied == order) <= found.at(order).refunded


@settings(deadline=None, max_examples=200)
@given(some_bills(), st.data())
def test_order_and_repetition_of_bills_change_no_total(bills: list[Bill], data: st.DataObject) -> None:
    found = sort_bills(bills)
    again = sort_bills(data.draw(st.permutations([*bills, bills[0]])))
    assert again.spending() == found.spending()
    assert again.on_credit() == found.on_credit()
    for fate in (BillFate.INCOME, BillFate.DEBT_SERVICE, BillFate.UNKNOWN, BillFate.REFUND):
        assert sum(x.net for x in again.of(fate)) == sum(x.net for x in found.of(fate))


@settings(deadline=None, max_examples=100)
@given(some_bills())
def test_what_a_bank_books_is_booked_once(bills: list[Bill]) -> None:
    found = sort_bills(bills)
    tied = [(x.tied, x.line.flow) for x in found.lines if x.channel is B and x.fate is BillFate.TRANSFER and x.tied]
    assert len(set(tied)) == len(tied)
    for x in found.lines:
        if x.channel is B and x.fate is BillFate.TRANSFER and x.tied and found.at(x.tied).channel is not B:
            wallet = found.at(x.tied)
            assert x.line.amount in (wallet.line.amount, wallet.line.amount - wallet.line.fee)
            assert abs(x.line.day - wallet.line.day) <= timedelta(days=2)
            assert wallet.fate is not BillFate.DUPLICATE


@settings(deadline=None, max_examples=200)
@given(some_bills(), st.data())
def test_what_a_rule_decides_is_the_same_judged_alone(bills: list[Bill], data: st.DataObject) -> None:
    words = data.draw(st.sampled_from(["", *sorted({x.party for b in bills for x in b.lines} - {""})]))
    marks = [mark_of(b, x) for b in bills for x in b.lines]
    alone = data.draw(st.sampled_from([None, *marks]) if words else st.sampled_from(marks or [None]))
    if not words and alone is None:
        return
    rules = [
        BillRule(kind="商户消费", fate=BillFate.TRANSFER),
        BillRule(party=words, line=alone, fate=data.draw(st.sampled_from([BillFate.INCOME, None])), ordinary=False),
    ]
    book = pair(tuple(bills))
    assert lines_decided(book, rules) == tuple(x for x in sort_book(book, rules).lines if 1 in x.by)


def test_questions_hold_alike_lines_together() -> None:
    found = sort_bills(
        [
            bill(
                W,
                wechat("03-01", "100", "转账", party="李某"),
                wechat("03-09", "150", "转账", party="李某"),
                wechat("03-09", "200", "转账", party="王某"),
                wechat("03-09", "9", "商户消费", party="某餐厅"),
            )
        ]
    )
    assert [(q.party, q.amount, len(q.places)) for q in found.questions()] == [("李某", 25000, 2), ("王某", 20000, 1)]


def test_the_table_shows_every_line() -> None:
    found = sort_bills([bill(A, alipay("03-01", "31.50", "餐饮美食"), line("03-01", "1", kind="谜"))])
    table = found.table()
    assert list(table["fate"]) == ["spending", "unknown"]
    assert list(table["amount"]) == [31.5, 1.0]
    assert date(2026, 3, 1) == table["when"][0].date()
