"""Of which account a bill is: as the lines around the table, or a column of its own, say it."""

from __future__ import annotations

import pytest

from debtdesk.files.bills import read_bill
from debtdesk.files.bills.accounts import said_account
from debtdesk.files.bills.read import suggest_mapping

from .written import APP, APP_HEADER_FIRST, WEB, WECHAT_OLD

ROWS = "2026-05-01,6222021234561234,-12.00,小店\n2026-05-02,{second},-8.00,小店\n"


def read_statement(text: str) -> tuple[str, list[str]]:
    content = text.encode()
    reading = read_bill("明细.csv", content=content, mapping=suggest_mapping("明细.csv", content))
    assert reading.bill is not None and reading.bill.account == reading.account
    assert len(reading.records) == 2
    return reading.account, [p.text.in_language("en") for p in reading.problems if "accounts" in p.text.text]


@pytest.mark.parametrize(
    ("text", "account"),
    [
        (WEB, "hong***@example.com"),
        (APP_HEADER_FIRST, "zha***@example.com"),
        (APP, "zha***@example.com"),
        (APP.replace("zha***@example.com", "13800001234"), "138****1234"),
        (APP.replace("支付宝账户：zha***@example.com\n", ""), ""),
        (WECHAT_OLD, "小张"),
    ],
)
def test_wallets_say_it_around_the_table(text: str, account: str) -> None:
    reading = read_bill("bill.csv", content=text.encode("utf-8" if text is WECHAT_OLD else "gb18030"))
    assert reading.account == account
    assert reading.bill is not None and reading.bill.account == account


@pytest.mark.parametrize(
    ("line", "account"),
    [
        ("账号：6222 0212 3456 1234,币种：人民币", "6222****1234"),
        ("卡号,6222021234561234", "6222****1234"),
        ("信用卡卡号(后四位)：1234", "1234"),
        ("户名：张**,客户账号: 6222********1234", "6222********1234"),
        ("对方账号：6222021234561234", ""),  # somebody else's
        ("账户类型：活期", ""),
        ("账号：见下", ""),
    ],
)
def test_a_statement_says_it_above_the_table(line: str, account: str) -> None:
    assert said_account([line.split(",")]) == account
    header = f"{line}\n交易日期,金额,交易对方\n" + "2026-05-01,-12.00,小店\n2026-05-02,-8.00,小店\n"
    assert read_statement(header) == (account, [])


def test_a_column_of_one_account_says_it() -> None:
    header = "交易日期,卡号,金额,交易对方\n"
    assert read_statement(header + ROWS.format(second="6222021234561234")) == ("6222****1234", [])
    assert read_statement(header + ROWS.format(second="")) == ("6222****1234", [])


def test_a_column_of_several_accounts_is_said_and_nothing_is_chosen() -> None:
    found = read_statement("交易日期,卡号,金额,交易对方\n" + ROWS.format(second="6228480000005678"))
    assert found == ("", ["The rows are of 2 accounts: 6222****1234, 6228****5678. They are read as one bill."])


def test_the_counterpartys_account_is_not_ones_own() -> None:
    assert read_statement("交易日期,对方账号,金额,交易对方\n" + ROWS.format(second="6222021234561234")) == ("", [])
