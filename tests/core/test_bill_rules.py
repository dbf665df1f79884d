"""What a counselor corrects once and keeps."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from debtdesk.core.bill_fates import BillFate
from debtdesk.core.bill_rules import BillRule, Matching, knows, product_in, rule_for
from debtdesk.core.bill_sorting import sort_bills
from debtdesk.core.bills import BillLine, Channel, Flow
from debtdesk.core.budget import Category
from debtdesk.core.case import Case

from .bill_lines import alipay, bank, bill, wechat

A, W, B = Channel.ALIPAY, Channel.WECHAT, Channel.BANK
RENT = wechat("03-01", "1150", "转账", party="李某房东", status="朋友已收钱")


def spending(**given: Any) -> BillRule:
    return BillRule(fate=BillFate.SPENDING, **given)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"fate": BillFate.INCOME}, "must name words"),
        ({"fate": BillFate.INCOME, "party": "  "}, "must name words"),
        ({"party": "李某"}, "must give"),
        ({"party": "李某", "fate": BillFate.DUPLICATE}, "follows from the bills"),
        ({"party": "李某", "fate": BillFate.CLOSED}, "follows from the bills"),
        ({"party": "李某", "category": Category.INCOME}, "one of the eight"),
        ({"party": "李某", "category": Category.FOOD, "fate": BillFate.TRANSFER}, "belongs to spending"),
    ],
)
def test_a_rule_that_says_nothing_or_too_much_is_refused(given: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        BillRule(**given)


@pytest.mark.parametrize(
    ("rule", "fits"),
    [
        (spending(party="房东"), True),
        (spending(party="李某房东", matching=Matching.EQUAL), True),
        (spending(party="房东", matching=Matching.EQUAL), False),
        (spending(party="房.*"), False),  # plain words, never a pattern
        (spending(party="房东", kind="转账"), True),
        (spending(party="房东", kind="红包"), False),
        (spending(party="房东", channel=A), False),
        (spending(party="房东", flow=Flow.OUT), True),
        (spending(party="房东", flow=Flow.IN), False),
        (BillRule(party="房东", fate=BillFate.INCOME), False),  # money that went out is no income
        (BillRule(party="房东", fate=BillFate.TRANSFER), True),
    ],
)
def test_all_that_a_rule_names_must_fit(rule: BillRule, fits: bool) -> None:
    assert rule.fits(W, RENT) is fits


def test_capitals_make_no_difference() -> None:
    assert spending(item="ETC").fits(A, alipay("03-01", "9", "充值缴费", item="高速etc通行"))


def test_a_rule_beats_the_tables() -> None:
    given = bill(W, RENT, wechat("03-02", "30", "商户消费", party="某餐厅"))
    rules = (spending(party="房东", category=Category.HOUSING), BillRule(party="某餐厅", category=Category.EDUCATION))
    found = sort_bills([given], rules).lines
    assert [(x.fate, x.category, x.essential, x.ask, x.ruled) for x in found] == [
        (BillFate.SPENDING, Category.HOUSING, True, False, True),
        (BillFate.SPENDING, Category.EDUCATION, False, False, True),
    ]


def test_a_repayment_called_spending_counts_as_other_until_a_category_is_named() -> None:
    repaid = bill(A, alipay("03-01", "300", "信用借还", item="花呗还款"))
    (plain,) = sort_bills([repaid]).lines
    assert (plain.fate, plain.category) == (BillFate.DEBT_SERVICE, Category.DEBT_SERVICE)
    (found,) = sort_bills([repaid], [spending(item="花呗还款")]).lines
    assert (found.fate, found.category, found.spent) == (BillFate.SPENDING, Category.OTHER, 300_00)


def test_the_last_rule_that_fits_decides_for_each_thing_by_itself() -> None:
    rules = (
        spending(party="房东", category=Category.HOUSING),
        BillRule(party="李某", category=Category.EDUCATION),
        BillRule(party="李某", essential=False),
    )
    (found,) = sort_bills([bill(W, RENT)], rules).lines
    assert (found.fate, found.category, found.essential) == (BillFate.SPENDING, Category.EDUCATION, False)
    (turned,) = sort_bills([bill(W, RENT)], rules[::-1]).lines
    assert (turned.category, turned.essential) == (Category.HOUSING, False)


def test_a_category_alone_makes_spending_of_what_was_unknown() -> None:
    rules = (BillRule(party="房东", category=Category.HOUSING),)
    back = replace(RENT, flow=Flow.IN, order="other")
    found = sort_bills([bill(W, RENT, back)], rules).lines
    assert [x.fate.value for x in found] == ["spending", "unknown"]


def test_whether_it_is_essential_may_be_said_alone() -> None:
    (found,) = sort_bills([bill(A, alipay("03-01", "9", "宠物"))], [BillRule(kind="宠物", essential=True)]).lines
    assert (found.fate, found.category, found.essential) == (BillFate.SPENDING, Category.OTHER, True)


def test_money_in_never_becomes_spending() -> None:
    given = bill(W, replace(RENT, flow=Flow.IN))
    assert sort_bills([given], [spending(party="房东")]).lines[0].fate is BillFate.UNKNOWN
    assert sort_bills([given], [BillRule(party="房东", fate=BillFate.INCOME)]).lines[0].category is Category.INCOME


@pytest.mark.parametrize(
    ("given", "fate"),
    [
        # an order that was never paid stays closed
        (alipay("03-01", "9", "餐饮美食", status="交易关闭", party="某店"), "closed"),
        # a refund without its order is judged only by a rule that names its kind
        (alipay("03-01", "9", "退款", Flow.NEUTRAL, status="退款成功", party="某店"), "refund"),
        # a status the program does not know is judged by a rule that gives a fate
        (alipay("03-01", "9", "餐饮美食", status="谜", party="某店"), "spending"),
    ],
)
def test_rules_judge_lines_whose_money_moved(given: BillLine, fate: str) -> None:
    assert sort_bills([bill(A, given)], [spending(party="某店")]).lines[0].fate == fate


def test_a_refund_without_order_follows_a_rule_for_its_kind() -> None:
    given = alipay("03-01", "9", "退款", Flow.NEUTRAL, status="退款成功", party="某店")
    rules = [BillRule(kind="退款", party="某店", fate=BillFate.INCOME)]
    assert sort_bills([bill(A, given)], rules).lines[0].fate is BillFate.INCOME


def test_a_booking_stays_with_the_wallets_line() -> None:
    wallet = bill(A, alipay("03-01", "35", "餐饮美食", method="招商银行(1234)"))
    card = bill(B, bank("03-01", "35", "消费", party="支付宝"))
    found = sort_bills([wallet, card], [spending(party="支付宝", category=Category.OTHER)])
    assert found.spending() == {Category.FOOD: 3500}


def test_the_answer_to_a_question_is_a_rule_for_all_its_lines() -> None:
    given = bill(W, RENT, replace(RENT, order="b"), replace(RENT, party="李某房东之子", order="c"))
    first, second = sort_bills([given]).questions()
    rule = rule_for(first, fate=BillFate.SPENDING, category=Category.HOUSING)
    found = sort_bills([given], [rule])
    assert found.spending() == {Category.HOUSING: 230000}
    assert [q.party for q in found.questions()] == [second.party]


def test_kinds_and_products_are_known_by_the_tables() -> None:
    assert knows(A, "餐饮美食") and knows(W, "零钱通转出-到零钱") and knows(B, "anything")
    assert not knows(A, "商旅") and not knows(W, "餐饮美食")
    # 信用购 stands on the page of 花呗: the repayment is one of the page
    assert product_in("自动还款-花呗|信用购2026年09月账单") == "huabei"
    assert product_in("招商银行(1234)") == ""


def test_a_case_takes_a_bill_once_and_a_rule_last() -> None:
    given = bill(W, RENT)
    case = Case(reference="1", client="张**").with_bill(given).with_bill(replace(given, source="copy.csv"))
    assert case.bills == (given,)
    first, second = spending(party="房东"), BillRule(party="李某", fate=BillFate.TRANSFER)
    ruled = case.with_bill_rule(first).with_bill_rule(second)
    assert sort_bills(ruled.bills, ruled.bill_rules).lines[0].fate is BillFate.TRANSFER
    again = ruled.with_bill_rule(first)
    assert again.bill_rules == (second, first)
    assert sort_bills(again.bills, again.bill_rules).lines[0].fate is BillFate.SPENDING
