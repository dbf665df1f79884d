"""Bills of two accounts of one bank or wallet: each has its own months, and neither repeats the other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from debtdesk.core.bill_accounts import account_of
from debtdesk.core.bill_budget import budget_from_bills
from debtdesk.core.bill_months import coverage
from debtdesk.core.bill_sorting import sort_bills
from debtdesk.core.bills import Bill, BillLine, Channel

from .bill_lines import alipay, bank, bill, fates

A, W, B = Channel.ALIPAY, Channel.WECHAT, Channel.BANK
ON = date(2026, 11, 24)
SALARY_CARD, SAVINGS = "6222****1234", "6228****5678"


def of(account: str, channel: Channel, span: str = "", *lines: BillLine, source: str = "") -> Bill:
    """Return a bill that says its account."""
    return replace(bill(channel, *lines, span=span, source=source or f"{span}{account}.csv"), account=account)


def said(*bills: Bill) -> str:
    return "\n".join(m.in_language("en") for m in budget_from_bills(sort_bills(bills), on=ON).missing)


@pytest.mark.parametrize(
    ("channel", "account", "source", "expected"),
    [
        (B, SALARY_CARD, "明细.csv", "1234"),
        (B, "6222021234567891234", "明细.csv", "1234"),  # whole here, masked there: the same account
        (B, "", "工行(1234)明细.csv", "1234"),
        (B, SALARY_CARD, "工行(9999)明细.csv", "1234"),  # the bill itself before the name of its file
        (B, "", "明细.csv", ""),
        (B, "K1", "明细.csv", "K1"),  # masked for a hand-over
        (A, "zha***@example.com", "明细(1234).csv", "zha***@example.com"),
        (W, "", "微信(1234).csv", ""),
    ],
)
def test_account_is_what_bill_or_file_name_says(channel: Channel, account: str, source: str, expected: str) -> None:
    assert account_of(of(account, channel, source=source)) == expected


@pytest.mark.parametrize(
    ("spans", "whole", "partial"),
    [
        # one account over two files that touch: as one span
        ([(B, SALARY_CARD, "2026-01-01 2026-02-10"), (B, SALARY_CARD, "2026-02-11 2026-03-31")], "1 2 3", ""),
        # the same days, but of two accounts: neither has February or more than its own part
        ([(B, SALARY_CARD, "2026-01-01 2026-02-10"), (B, SAVINGS, "2026-02-11 2026-03-31")], "", "1 2 3"),
        ([(B, SALARY_CARD, "2026-01-01 2026-03-31"), (B, SAVINGS, "2026-02-01 2026-03-31")], "2 3", "1"),
        ([(A, "a**@x.cn", "2026-01-01 2026-01-31"), (A, "b**@x.cn", "2026-02-01 2026-02-28")], "", "1 2"),
        ([(A, "a**@x.cn", "2026-01-01 2026-01-31"), (B, "", "2026-01-01 2026-02-28")], "1", "2"),
        # what says no account is an account of its own beside one that does
        ([(B, SALARY_CARD, "2026-01-01 2026-01-31"), (B, "", "2026-02-01 2026-02-28")], "", "1 2"),
        ([(B, "", "2026-01-01 2026-01-31"), (B, "", "2026-02-01 2026-02-28")], "1 2", ""),
    ],
)
def test_months_are_covered_account_by_account(spans: list[tuple[Channel, str, str]], whole: str, partial: str) -> None:
    found = coverage([of(account, c, span, source="x.csv") for c, account, span in spans], on=ON)
    assert [m.month for m in found.whole] == [int(m) for m in whole.split()]
    assert [m.month for m in found.partial] == [int(m) for m in partial.split()]


def test_the_account_that_lacks_months_is_named() -> None:
    found = said(of(SALARY_CARD, B, "2026-01-01 2026-03-31"), of(SAVINGS, B, "2026-02-01 2026-03-31"))
    assert "Account 5678 (bank or card) has no bills for the whole of: 2026-01." in found
    assert "Account 1234" not in found
    assert "Not said of which account" not in found
    assert "Account" not in said(of(SALARY_CARD, B, "2026-01-01 2026-02-10"))  # one account: the months suffice


def test_accounts_that_are_not_said_are_asked_for_in_words() -> None:
    one, two = (of("", B, f"2026-0{m}-01 2026-0{m}-28", source=f"明细{m}.csv") for m in (1, 2))
    assert "Not said of which account: 明细1.csv, 明细2.csv. They are counted as of one" in said(one, two)
    assert "Not said of which account: 明细2.csv." in said(of(SALARY_CARD, B, "2026-01-01 2026-01-31"), two)
    assert "Not said" not in said(one)  # alone it cannot be mistaken
    assert "Not said" not in said(one, one)
    wallet = (of("", A, f"2026-0{m}-01 2026-0{m}-28", source=f"支付宝{m}.csv") for m in (1, 2))
    assert "Not said of which account of Alipay: 支付宝1.csv, 支付宝2.csv." in said(*wallet)


def booked(order: str = "88") -> BillLine:
    """Two banks may both number their lines 88."""
    return bank("03-05", "30", "消费", party="小店", order=order)


@pytest.mark.parametrize(
    ("accounts", "expected"),
    [
        ((SALARY_CARD, SALARY_CARD), ["duplicate", "spending"]),
        ((SALARY_CARD, SAVINGS), ["spending", "spending"]),
        ((SALARY_CARD, ""), ["duplicate", "spending"]),  # the same number, amount and day: nothing says it is another
        (("", ""), ["duplicate", "spending"]),
        ((SALARY_CARD, SAVINGS, SALARY_CARD), ["duplicate", "spending", "spending"]),
        ((SALARY_CARD, SAVINGS, ""), ["duplicate", "spending", "spending"]),
    ],
)
def test_lines_repeat_each_other_within_an_account_only(accounts: tuple[str, ...], expected: list[str]) -> None:
    bills = [of(a, B, "", booked(), source=f"{n}.csv") for n, a in enumerate(accounts)]
    assert sorted(fates(*bills)) == expected
    assert sorted(fates(*reversed(bills))) == expected


@pytest.mark.parametrize(
    ("accounts", "asked"),
    [((SALARY_CARD, SALARY_CARD), 2), ((SALARY_CARD, SAVINGS), 0), ((SALARY_CARD, ""), 2), (("", ""), 2)],
)
def test_lines_without_number_are_doubtful_only_where_they_may_be_of_one_account(
    accounts: tuple[str, ...], asked: int
) -> None:
    bills = [of(a, B, "", booked(order=""), source=f"{n}.csv") for n, a in enumerate(accounts)]
    problems = [p for p in sort_bills(bills).problems if p.field == "order"]
    assert len(problems) == asked
    assert fates(*bills) == ["spending", "spending"]


def test_a_booking_is_of_the_card_that_its_statement_names() -> None:
    """Both cards show 30.00 on one day; each booking belongs to the wallet's line paid by that card."""
    day, lines = "2026-03-01 2026-03-31", [("早点", "某银行储蓄卡(5678)"), ("午饭", "某银行储蓄卡(1234)")]
    wallet = bill(A, *(alipay("03-05", "30", "餐饮美食", item=i, method=m) for i, m in lines), span=day)
    cards = [of(a, B, day, bank("03-05", "30", "支付宝快捷支付", party="支付宝")) for a in (SALARY_CARD, SAVINGS)]
    found = sort_bills([wallet, *cards])
    tied = [found.at(x.tied).line.item for x in found.lines if x.tied]
    assert tied == ["午饭", "早点"]
