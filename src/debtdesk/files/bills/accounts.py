"""Accounts in bills: of which of the client's own accounts a file says it is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from debtdesk.core.problems import Problem, Severity
from debtdesk.files.bills.mapping import plain
from debtdesk.files.bills.rows import Columns
from debtdesk.files.bills.spans import Ints
from debtdesk.locale import Message

_NICKNAME = re.compile(r"微信昵称\s*:[\s,]*\[([^\]\n]{1,60})\]|京东账号名\s*:[\s,]*([^\s,\]]{1,60})")
_LABELS = (
    "支付宝账户", "支付宝账号", "银行卡号", "客户账号", "账/卡号", "卡号/账号", "账号/卡号", "本方账号", "查询账号",
    "查询卡号", "账户号码", "账户账号", "账号", "卡号", "账户",
)  # fmt: skip
_WRITTEN = r"[\d*Xx][\d*Xx -]{2,40}[\d*Xx]|[\w.*+-]{1,60}@[\w.-]{3,60}"
_ACCOUNT = re.compile(
    rf"(?<![对方付款收他])(?:{'|'.join(map(re.escape, _LABELS))})(?:\([^)\n]{{0,10}}\))?\s*[:,][\s,]*\[?\s*({_WRITTEN})"
)
_OWN = frozenset(
    map(
        plain, (*_LABELS[2:-1], "本方卡号", "交易卡号", "交易账号", "卡号后四位", "卡号末四位", "卡号后4位", "卡末四位")
    )
)
_PHONE, _SHORT = 11, 4
_FEW_SHOWN = 5


def said_account(lines: Iterable[Iterable[str]]) -> str:
    """Return the account that the lines around the table name, masked; a nickname as it is; "" for none."""
    text = unicodedata.normalize("NFKC", "\n".join(",".join(cell for cell in line if cell) for line in lines))
    if found := _NICKNAME.search(text):
        return (found[1] or found[2]).strip()
    found = _ACCOUNT.search(text)
    return masked(found[1]) if found else ""


def masked(account: str) -> str:
    """Return an account with only so much of it as tells it from others: 138****0000, 6222****1234, zha***@example.com.

    What the file has masked already stays as it is.
    """
    account = "".join(account.split())
    if "*" in account or len(account) <= _SHORT:
        return account
    if "@" in account:
        name, _, at = account.partition("@")
        return f"{name[:3]}***@{at}"
    digits = account.replace("-", "")
    return f"{digits[: 3 if len(digits) == _PHONE else 4]}****{digits[-4:]}"


def account_of_rows(columns: Columns, used: Ints) -> tuple[str, tuple[Problem, ...]]:
    """Return the account that a column of a statement gives for all its rows; a problem where there are several."""
    grid = columns.grid
    taken = set(columns.places.values())
    for place, header in enumerate(grid.top.header):
        if place in taken or plain(header) not in _OWN:
            continue
        found = sorted({masked(text) for text in grid.columns[place].taken(used).coded().texts if text})
        if len(found) == 1:
            return found[0], ()
        if len(found) > 1:
            text = Message(
                "The rows are of {n} accounts: {accounts}. They are read as one bill.",
                n=len(found),
                accounts=", ".join(found[:_FEW_SHOWN]),
            )
            remedy = Message("Export each account by itself, so that it can be seen which months each one covers.")
            return "", (Problem(grid.source, grid.top.line, grid.names[place], text, remedy, Severity.WARNING),)
    return "", ()
