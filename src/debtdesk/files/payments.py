"""Payments as a table: what was paid on which account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from debtdesk.core.debt import Debt, Payment
from debtdesk.files.by_account import ACCOUNT, Accounts, known_account, of_account, read_by_account
from debtdesk.files.fields import FieldReader
from debtdesk.files.reading import Reading, today
from debtdesk.files.tables import Column
from debtdesk.locale import Message

COLUMNS = (
    ACCOUNT,
    Column("date", "日期", ("day", "paid on", "payment date", "还款日期", "还款日", "支付日期"), needed=True),
    Column("amount", "金额", ("paid", "payment", "还款金额", "支付金额"), needed=True),
    Column("note", "备注", ("notes", "remark", "说明")),
)


@dataclass(frozen=True, slots=True)
class AccountPayment:
    """A payment and the account it was made on."""

    account: str
    payment: Payment


def read_payments(
    path: str | Path,
    content: bytes | None = None,
    *,
    debts: Iterable[Debt] | None = None,
    on: date | None = None,
) -> Reading[AccountPayment]:
    """Return the payments of a table; what is wrong in it comes as problems, not as errors.

    Parameters
    ----------
    path : str or Path
        The file; only its name counts if `content` is given.
    content : bytes or None
        The bytes of the file, as an upload gives them.
    debts : iterable of Debt or None
        The debts that may be paid on; None leaves the accounts unchecked.
    on : date or None
        The last day that can be right for a payment; None for today in China.
    """
    until = on or today()
    return read_by_account(
        path, content, COLUMNS, lambda reader, accounts: _payment(reader, accounts, until), debts=debts, twice=_twice
    )


def _twice(line: int) -> tuple[Message, Message]:
    return (
        Message("The same payment stands in line {line} already; it counts once.", line=line),
        Message("If it was paid twice on that day, write different notes."),
    )


def _payment(reader: FieldReader, accounts: Accounts, on: date) -> AccountPayment | None:
    account, day, amount = known_account(reader, accounts), reader.day_until("date", on), reader.amount("amount")
    note = reader.text("note")
    if amount == 0:
        reader.refuse("amount", Message("The payment is 0."), Message("Write what was paid, or remove the row."))
    if reader.failed or day is None or amount is None:
        return None
    return AccountPayment(account, Payment(day, amount, note))


def with_payments(debts: Iterable[Debt], payments: Iterable[AccountPayment]) -> tuple[Debt, ...]:
    """Return the debts with payments added, in order of day; a payment that a debt has already adds nothing.

    Raises
    ------
    ValueError
        If a payment is for an account that no debt has.
    """
    debts = tuple(debts)
    mine = of_account(debts, [(paid.account, paid.payment) for paid in payments])
    return tuple(replace(d, payments=_added(d, paid)) for d, paid in zip(debts, mine, strict=True))


def _added(debt: Debt, paid: Sequence[Payment]) -> tuple[Payment, ...]:
    new = [p for p in dict.fromkeys(paid) if p not in debt.payments]
    return tuple(sorted((*debt.payments, *new), key=lambda p: p.day))
