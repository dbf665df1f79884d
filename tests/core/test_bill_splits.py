"""One line for several things, and a decision for one line alone; the figures are worked by hand in the comments."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.bill_budget import budget_from_bills
from debtdesk.core.bill_fates import BillFate, LineRef
from debtdesk.core.bill_marks import LineMark, mark_of
from debtdesk.core.bill_rules import ASSIGNABLE, BillRule, Reach, rule_for
from debtdesk.core.bill_sorting import sort_bills
from debtdesk.core.bill_splits import FATES_OF, BillPart, BillSplit, check_parts
from debtdesk.core.bills import Bill, BillLine, Channel, Flow
from debtdesk.core.budget import CONSUMPTION, Category
from debtdesk.core.case import Case
from debtdesk.core.plain import case_from_plain, case_to_plain
from debtdesk.core.problems import Refused
from debtdesk.files.casefile import mask

from .bill_lines import alipay, bank, bill, wechat
from .test_bill_budget import HALF_YEAR, ON
from .test_bill_sorting import some_bills

A, W, B = Channel.ALIPAY, Channel.WECHAT, Channel.BANK
MARKET = alipay("03-01", "300", "日用百货", party="某超市", item="一篮东西", order="M1")
FOOD = BillPart(amount=20000, fate=BillFate.SPENDING, category=Category.FOOD, essential=True)
GOODS = BillPart(amount=10000, fate=BillFate.SPENDING, category=Category.HOUSEHOLD_GOODS)


def split_of(given: Bill, *parts: BillPart, row: int = 0) -> BillSplit:
    return BillSplit(line=mark_of(given, given.lines[row]), parts=parts)


def test_a_line_of_300_is_200_of_food_and_100_of_household_goods() -> None:
    given_bill = bill(A, MARKET)
    found = sort_bills([given_bill], (), [split_of(given_bill, FOOD, GOODS)])
    assert found.spending() == {Category.FOOD: 20000, Category.HOUSEHOLD_GOODS: 10000}
    assert found.sums() == {(0, Flow.OUT): {BillFate.SPENDING: 30000}}
    assert [(x.ref, x.essential, x.ask, x.ruled, x.split) for x in found.lines] == [
        (LineRef(0, 0, 0), True, False, True, 0),
        (LineRef(0, 0, 1), False, False, True, 0),
    ]
    assert [found.at(x.ref) for x in found.lines] == list(found.lines)
    assert found.whole(LineRef(0, 0, 1)) == MARKET


@pytest.mark.parametrize(
    ("amounts", "said"),
    [((20000, 9999), "0.01 yuan are still"), ((20000, 10001), "Take 0.01 yuan off"), ((30000,), "two parts")],
)
def test_parts_that_do_not_add_up_are_refused_in_words(amounts: tuple[int, ...], said: str) -> None:
    parts = [replace(GOODS, amount=amount) for amount in amounts]
    with pytest.raises(Refused) as refused:
        check_parts(MARKET, parts)
    assert said in str(refused.value)


@pytest.mark.parametrize(("flow", "fate"), [(Flow.OUT, BillFate.INCOME), (Flow.IN, BillFate.DEBT_SERVICE)])
def test_a_part_cannot_turn_the_direction_of_the_money(flow: Flow, fate: BillFate) -> None:
    parts = [BillPart(amount=a, fate=f) for a, f in ((10000, fate), (20000, BillFate.TRANSFER))]
    with pytest.raises(Refused, match="no income"):
        check_parts(replace(MARKET, flow=flow), parts)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"amount": 0, "fate": BillFate.TRANSFER}, "above zero"),
        ({"amount": 1, "fate": BillFate.CLOSED}, "follows from the bills"),
        ({"amount": 1, "fate": BillFate.SPENDING}, "one of consumption"),
        ({"amount": 1, "fate": BillFate.TRANSFER, "category": Category.FOOD}, "one of consumption"),
    ],
)
def test_a_part_that_says_nothing_sensible_is_a_misuse(given: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        BillPart(**given)
    with pytest.raises(ValueError, match="1 parts"):
        BillSplit(line=LineMark(digest="d", row=1), parts=(GOODS,))


def test_a_split_that_no_longer_adds_up_is_told_and_the_line_stays_whole() -> None:
    given_bill = bill(A, MARKET)
    found = sort_bills([given_bill], (), [split_of(given_bill, FOOD, FOOD)])
    assert sum(found.spending().values()) == 30000
    assert [(p.row, "400.00" in p.text.in_language("en")) for p in found.problems] == [(MARKET.row, True)]


def test_what_came_back_is_taken_off_the_parts_in_proportion() -> None:
    # 50.00 of 300.00 came back: 2/3 of it, 33.33, off 200.00 and 16.67 off 100.00; 166.67 + 83.33 = 250.00
    back = alipay("03-05", "50", "退款", Flow.NEUTRAL, status="退款成功", order="M1_1")
    given_bill = bill(A, MARKET, back)
    found = sort_bills([given_bill], (), [split_of(given_bill, FOOD, GOODS)])
    assert found.spending() == {Category.FOOD: 16667, Category.HOUSEHOLD_GOODS: 8333}
    assert found.at(LineRef(0, 1)).tied == LineRef(0, 0)


def test_a_part_may_be_debt_service_own_money_or_not_known_yet() -> None:
    sent = wechat("03-01", "1500", "转账", party="李某", status="朋友已收钱")
    given_bill = bill(W, sent)
    rent = BillPart(amount=120000, fate=BillFate.SPENDING, category=Category.HOUSING)
    rest = (BillPart(amount=20000, fate=BillFate.DEBT_SERVICE), BillPart(amount=10000, fate=BillFate.UNKNOWN))
    found = sort_bills(
        [given_bill], [BillRule(party="李某", fate=BillFate.TRANSFER)], [split_of(given_bill, rent, *rest)]
    )
    assert found.sums()[0, Flow.OUT] == {
        BillFate.SPENDING: 120000,
        BillFate.DEBT_SERVICE: 20000,
        BillFate.UNKNOWN: 10000,
    }
    assert found.questions() == ()


def test_the_fee_of_a_split_withdrawal_counts_once() -> None:
    drawn = wechat("03-01", "100.10", "零钱提现", Flow.NEUTRAL, status="提现已到账", fee=10)
    given_bill = bill(W, drawn)
    parts = [BillPart(amount=a, fate=BillFate.TRANSFER) for a in (5000, 5010)]
    assert sort_bills([given_bill], (), [split_of(given_bill, *parts)]).spending() == {Category.OTHER: 10}


def test_a_split_waits_while_its_line_is_counted_elsewhere() -> None:
    given_bill = bill(A, replace(MARKET, status="交易关闭"))
    found = sort_bills([given_bill], (), [split_of(given_bill, FOOD, GOODS)])
    assert [x.fate for x in found.lines] == [BillFate.CLOSED]


def test_a_decision_for_a_line_follows_it_into_a_later_export() -> None:
    first = bill(A, MARKET, source="march.csv", span="2026-03-01 2026-03-31")
    later = bill(A, replace(MARKET, row=77), source="spring.csv", span="2026-03-01 2026-05-31")
    split = split_of(first, FOOD, GOODS)
    spent = {Category.FOOD: 20000, Category.HOUSEHOLD_GOODS: 10000}
    # both are here: one of them counts; the first was taken out: the number of the order finds the line
    for bills in ([first], [first, later], [later, first], [later]):
        assert sort_bills(bills, (), [split]).spending() == spent
    # a number that two lines have says nothing
    two = bill(A, replace(MARKET, row=77), replace(MARKET, row=78), source="two.csv")
    assert sort_bills([two], (), [split]).spending() == {Category.HOUSEHOLD_GOODS: 60000}


# a rule for one line


def test_a_rule_for_one_line_leaves_the_others_and_beats_later_rules_for_many() -> None:
    twice = bill(W, *(wechat(d, "100", "转账", party="李某", order=d) for d in ("03-01", "03-02")))
    (question,) = sort_bills([twice]).questions()
    mark = mark_of(twice, twice.lines[0])
    one = rule_for(question, reach=Reach.LINE, line=mark, fate=BillFate.SPENDING, category=Category.HOUSING)
    assert [x.category for x in sort_bills([twice], [one]).lines] == [Category.HOUSING, None]
    many = rule_for(question, fate=BillFate.TRANSFER)
    found = sort_bills([twice], [one, many])
    assert [(x.fate, x.by) for x in found.lines] == [(BillFate.SPENDING, (0,)), (BillFate.TRANSFER, (1,))]
    assert not one.fits(W, twice.lines[0])  # by its mark alone, never by words


def test_a_rule_by_goods_reaches_the_goods_here_or_anywhere() -> None:
    lines = [
        wechat("03-01", "10", "商户消费", party="甲商行", item="猫粮 2kg"),
        wechat("03-02", "20", "商户消费", party="甲商行", item="灯泡"),
        wechat("03-03", "40", "商户消费", party="乙商行", item="进口猫粮"),
    ]
    given_bill = bill(W, *lines)
    question = next(q for q in sort_bills([given_bill]).questions() if q.party == "甲商行")
    answer: dict[str, Any] = {"fate": BillFate.SPENDING, "category": Category.OTHER, "words": "猫粮"}
    here = rule_for(question, reach=Reach.GOODS_HERE, **answer)
    anywhere = rule_for(question, reach=Reach.GOODS, **answer)
    assert [x.by for x in sort_bills([given_bill], [here]).lines] == [(0,), (), ()]
    assert [x.by for x in sort_bills([given_bill], [anywhere]).lines] == [(0,), (), (0,)]


def test_a_refund_without_order_may_be_answered_by_its_line() -> None:
    back = alipay("03-01", "9", "退款", Flow.NEUTRAL, status="退款成功", party="某店")
    given_bill = bill(A, back)
    rule = BillRule(line=mark_of(given_bill, back), fate=BillFate.INCOME)
    assert sort_bills([given_bill], [rule]).lines[0].fate is BillFate.INCOME


def test_a_spike_is_put_back_and_an_ordinary_payment_set_aside() -> None:
    # food of 600 a month in one payment each; in June 3,000 more at once: above twice the usual 600 and above 500
    lines = [alipay(f"0{m}-{5 + 3 * m:02}", "600", "餐饮美食", party=f"店{m}") for m in range(1, 7)]
    given_bill = bill(A, *lines, alipay("06-20", "3000", "餐饮美食", party="酒席"), span=HALF_YEAR)
    feast = given_bill.lines[-1]
    assert [s.amount for s in budget_from_bills(sort_bills([given_bill]), on=ON).spikes] == [300000]
    back = BillRule(line=mark_of(given_bill, feast), ordinary=True)
    apart = BillRule(party="店1", ordinary=False)
    found = sort_bills([given_bill], [back, apart])
    assert [x.by for x in found.lines] == [(1,), (), (), (), (), (), (0,)]
    drawn = budget_from_bills(found, on=ON)
    assert [(s.party, s.amount) for s in drawn.spikes] == [("店1", 60000)]
    # January 0, February to May 600, June 3,600
    assert drawn.rest[Category.FOOD, True] == (0, 60000, 60000, 60000, 60000, 360000)


def test_a_booking_of_the_bank_is_not_split() -> None:
    wallet = bill(A, replace(MARKET, method="招商银行(1234)"))
    card = bill(B, bank("03-01", "300", "消费", party="支付宝"))
    found = sort_bills([wallet, card], (), [split_of(card, FOOD, GOODS)])
    assert [x.fate for x in found.lines] == [BillFate.SPENDING, BillFate.TRANSFER]


def test_a_case_keeps_splits_takes_them_back_and_hands_them_over_masked() -> None:
    given_bill = bill(A, MARKET)
    first, second = split_of(given_bill, FOOD, GOODS), split_of(given_bill, GOODS, FOOD)
    rule = BillRule(line=mark_of(given_bill, MARKET), essential=True, note="张三")
    case = Case(reference="1", client="张**").with_bill(given_bill).with_bill_split(first).with_bill_rule(rule)
    assert case.with_bill_split(second).bill_splits == (second,)
    assert case.without_bill_split(first).bill_splits == () == case.without_bill_rule(rule).bill_rules
    assert case_from_plain(case_to_plain(case)) == case
    masked = mask(case)
    assert masked == mask(masked)
    assert masked.bill_rules[0].line == masked.bill_splits[0].line == LineMark(digest="masked 1", row=MARKET.row)
    whole = sort_bills(masked.bills, masked.bill_rules, masked.bill_splits)
    assert whole.spending() == {Category.FOOD: 20000, Category.HOUSEHOLD_GOODS: 10000}
    assert mask(replace(case, bills=())).bill_splits == ()


# what must always hold


@st.composite
def rules_and_splits(draw: st.DrawFn, bills: list[Bill]) -> tuple[list[BillRule], list[BillSplit]]:
    lines = [(b, x) for b in bills for x in b.lines]
    rules = []
    for _ in range(draw(st.integers(0, 4))):
        mark = draw(st.sampled_from(lines)) if lines and draw(st.booleans()) else None
        fate = draw(st.sampled_from([None, *ASSIGNABLE]))
        category = draw(st.sampled_from([None, *CONSUMPTION])) if fate in (None, BillFate.SPENDING) else None
        rules.append(
            BillRule(
                line=mark_of(*mark) if mark else None,
                party="" if mark else draw(st.sampled_from(["某", "支付宝", "李某"])),
                fate=fate,
                category=category,
                essential=draw(st.booleans()),
                ordinary=draw(st.sampled_from([None, True, False])),
            )
        )
    splits = [
        BillSplit(line=mark_of(b, x), parts=draw(parts_of(x)))
        for b, x in draw(st.lists(st.sampled_from(lines), max_size=4) if lines else st.just([]))
        if x.amount >= 2
    ]
    return rules, splits


@st.composite
def parts_of(draw: st.DrawFn, line: BillLine) -> tuple[BillPart, ...]:
    """Return parts that add up, or nearly do."""
    first = draw(st.integers(1, line.amount - 1))
    made = []
    for amount in (first, line.amount - first + draw(st.sampled_from([0, 0, 0, 1]))):
        fate = draw(st.sampled_from(FATES_OF[draw(st.sampled_from([line.flow, Flow.NEUTRAL]))]))
        category = draw(st.sampled_from(CONSUMPTION)) if fate is BillFate.SPENDING else None
        made.append(BillPart(amount=amount, fate=fate, category=category))
    return tuple(made)


@settings(deadline=None, max_examples=300)
@given(some_bills(), st.data())
def test_for_any_rules_and_splits_the_sums_by_fate_are_what_came_in(bills: list[Bill], data: st.DataObject) -> None:
    rules, splits = data.draw(rules_and_splits(bills))
    plain, found = sort_bills(bills), sort_bills(bills, rules, splits)
    for number, given_bill in enumerate(bills):
        for flow in Flow:
            came = sum(x.amount for x in given_bill.lines if x.flow is flow)
            assert sum(found.sums().get((number, flow), {}).values()) == came
    assert [found.at(x.ref) for x in found.lines] == list(found.lines)
    assert sum(x.refunded for x in found.lines) == sum(x.refunded for x in plain.lines)
    assert sum(x.line.fee for x in found.lines if x.split is None) <= sum(x.line.fee for x in plain.lines)
    for x in found.lines:
        assert 0 <= x.refunded <= x.line.amount
        assert x.fate is not BillFate.SPENDING or (x.line.flow is not Flow.IN and x.category in CONSUMPTION)
        assert x.fate is not BillFate.INCOME or x.line.flow is not Flow.OUT
        assert all(n < len(rules) for n in x.by)
    # what is no payment of its own stays so whatever anybody decided
    for fate in (BillFate.DUPLICATE, BillFate.CLOSED):
        assert [x.ref for x in found.of(fate)] == [x.ref for x in plain.of(fate)]
