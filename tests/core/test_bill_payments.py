"""Payments on debts that bills show; the debts are invented."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from debtdesk.core.bill_payments import PaymentOffer, payments_seen, with_payment
from debtdesk.core.bill_sorting import sort_bills
from debtdesk.core.bills import BillLine, Channel, Flow
from debtdesk.core.case import Case
from debtdesk.core.debt import Balance, Debt, Payment
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import DatedRate, Terms

from .bill_lines import alipay, bill, wechat


def debt(account: str, product: str, creditor: str, *paid: Payment, **more: Any) -> Debt:
    return Debt(
        account=account,
        creditor=creditor,
        lender=creditor,
        product=product,
        balance=Balance(principal=100_000, as_of=date(2026, 1, 1)),
        terms=Terms(rates=(DatedRate(None, Rate(Fraction(1, 2000), Period.DAY)),)),
        default_date=date(2023, 11, 24),
        payments=paid,
        **more,
    )


HUABEI = debt("HB-7731", "huabei", "某消费金融公司")
CARD = debt("****4417", "credit_card", "招商银行信用卡中心")
OTHER_CARD = debt("****9020", "credit_card", "建设银行信用卡中心")
JIEBEI = debt("JB-2208", "jiebei", "某银行")
DEBTS = (HUABEI, CARD, OTHER_CARD, JIEBEI)


def repaid(item: str, yuan: str = "300", day: str = "03-10", **words: Any) -> BillLine:
    return alipay(day, yuan, "信用借还", Flow.NEUTRAL, item=item, **words)


def offers(*lines: BillLine, debts: tuple[Debt, ...] = DEBTS) -> tuple[PaymentOffer, ...]:
    return payments_seen(sort_bills([bill(Channel.ALIPAY, *lines)]), debts)


@pytest.mark.parametrize(
    ("item", "candidates"),
    [
        ("自动还款-花呗|信用购2026年09月账单", ("HB-7731",)),
        ("借呗还款", ("JB-2208",)),
        ("信用卡(4417)还款", ("****4417",)),
        ("信用卡还款-尾号4417", ("****4417",)),
        ("信用卡(1111)还款", ()),
        ("信用卡还款", ("****4417", "****9020")),
        ("建设银行信用卡还款", ("****9020",)),
        ("微粒贷还款", ()),
        ("某消费金融公司还款", ("HB-7731",)),
    ],
)
def test_the_words_of_a_repayment_name_its_debt(item: str, candidates: tuple[str, ...]) -> None:
    (found,) = offers(repaid(item))
    assert found.candidates == candidates
    assert found.account == (candidates[0] if len(candidates) == 1 else None)
    assert (found.day, found.amount) == (date(2026, 3, 10), 30000)


def test_two_creditors_of_one_page_are_left_to_the_counselor() -> None:
    # 花呗 and 信用购 stand on one page but are owed to two creditors
    bank_part = debt("XYG-1", "信用购", "某商业银行", page="花呗")
    (found,) = offers(repaid("自动还款-花呗|信用购2026年09月账单"), debts=(HUABEI, bank_part))
    assert (found.account, found.candidates) == (None, ("HB-7731", "XYG-1"))


def test_the_card_that_paid_is_not_the_card_that_was_paid() -> None:
    (found,) = offers(repaid("花呗还款", method="招商银行(4417)"))
    assert found.account == "HB-7731"


def test_what_a_ledger_has_is_not_offered_again() -> None:
    have = debt("HB-7731", "huabei", "某消费金融公司", Payment(date(2026, 3, 10), 30000))
    assert offers(repaid("花呗还款"), debts=(have,)) == ()
    # paid twice that day, entered once: one is still to be taken
    assert len(offers(repaid("花呗还款"), repaid("花呗还款"), debts=(have,))) == 1
    assert len(offers(repaid("花呗还款", day="03-11"), debts=(have,))) == 1
    assert len(offers(repaid("花呗还款", yuan="300.01"), debts=(have,))) == 1


def test_a_ledger_of_another_product_does_not_swallow_it() -> None:
    have = debt("JB-2208", "jiebei", "某银行", Payment(date(2026, 3, 10), 30000))
    assert len(offers(repaid("花呗还款"), debts=(HUABEI, have))) == 1


def test_what_came_back_is_taken_off() -> None:
    paid = [repaid("花呗还款", order=o) for o in ("X", "Y")]
    backs = [
        alipay("03-11", yuan, "退款", Flow.NEUTRAL, item="花呗还款退回", status="退款成功", order=o)
        for yuan, o in (("300", "X_1"), ("120", "Y_1"))
    ]
    assert [o.amount for o in offers(*paid, *backs)] == [18000]


def test_purchases_are_no_payments() -> None:
    assert offers(alipay("03-10", "40", "餐饮美食", method="花呗")) == ()


def test_an_offer_taken_is_a_payment_with_its_proof() -> None:
    case = Case(reference="1", client="张**", debts=DEBTS)
    sorted_bills = sort_bills([bill(Channel.WECHAT, wechat("03-10", "548.58", "信用卡还款", Flow.NEUTRAL, row=17))])
    (offer,) = payments_seen(sorted_bills, case.debts)
    taken = with_payment(case, offer, "****4417")
    (payment,) = taken.debt("****4417").payments
    assert (payment.day, payment.amount) == (date(2026, 3, 10), 54858)
    assert "wechat.csv" in payment.note and "17" in payment.note
    assert payments_seen(sorted_bills, taken.debts) == ()
    with pytest.raises(KeyError):
        with_payment(case, offer, "no such account")
