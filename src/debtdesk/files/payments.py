"""Payments as a table: what was paid on which account."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from debtdesk.core.debt import Debt, Payment
from debtdesk.core.problems import Refused
from debtdesk.files.debts import APART
from debtdesk.files.fields import FieldReader, account_key
from debtdesk.files.reading import Fate, Reading, RowFate, today
from debtdesk.files.tables import Column, find_table, open_sheets, refusal
from debtdesk.locale import Message

COLUMNS = (
    Column(
        "account", "账号", ("account number", "contract", "账户", "合同号", "合同编号", "借据号", "卡号"), needed=True
    ),
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
    try:
        source, sheets = open_sheets(path, content, COLUMNS)
    except Refused as refused:
        problem = refusal(path, refused)
        return Reading(source=problem.source, problems=(problem,))
    table = find_table(source, sheets, COLUMNS, apart=APART)
    accounts = None if debts is None else {account_key(d.account): d.account for d in debts}
    records: list[AccountPayment] = []
    fates: list[RowFate] = []
    lines_of: dict[AccountPayment, int] = {}
    for row in table.rows:
        reader = FieldReader(table, row, COLUMNS)
        paid = None if table.refused else _payment(reader, accounts, on or today())
        if table.refused:
            fates.append(reader.fate(Fate.REFUSED))
        elif paid is None:
            fates.append(reader.fate())
        elif first := lines_of.get(paid):
            reader.warn(
                None,
                Message("The same payment stands in line {line} already; it counts once.", line=first),
                Message("If it was paid twice on that day, write different notes."),
            )
            fates.append(reader.fate(Fate.DUPLICATE))
        else:
            lines_of[paid] = row.number
            records.append(paid)
            fates.append(reader.fate())
    return Reading(
        source=source,
        records=tuple(records),
        problems=(*table.problems, *(p for f in fates for p in f.problems)),
        rows=tuple(sorted((*table.skipped, *fates), key=lambda f: f.row)),
        sheet=table.sheet,
        encoding=table.encoding,
        extra_columns=table.extra_columns,
    )


def _payment(reader: FieldReader, accounts: dict[str, str] | None, on: date) -> AccountPayment | None:
    account, day, amount = reader.account(), reader.day_until("date", on), reader.amount("amount")
    note = reader.text("note")
    if amount == 0:
        reader.refuse("amount", Message("The payment is 0."), Message("Write what was paid, or remove the row."))
    if account and accounts is not None:
        known = accounts.get(account_key(account))
        if known is None:
            reader.refuse(
                "account",
                Message("No debt has the account {account}.", account=account[:40]),
                Message("Write it as in the table of debts: {accounts}.", accounts=", ".join(accounts.values())),
            )
        else:
            account = known
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
    found: dict[str, list[Payment]] = {account_key(d.account): list(d.payments) for d in debts}
    for paid in payments:
        of_debt = found.get(account_key(paid.account))
        if of_debt is None:
            raise ValueError(f"account {paid.account!r} is not one of {[d.account for d in debts]}")
        if paid.payment not in of_debt:
            of_debt.append(paid.payment)
    return tuple(replace(d, payments=tuple(sorted(found[account_key(d.account)], key=lambda p: p.day))) for d in debts)
