"""Tables whose every row belongs to the account of a debt: payments, acts, links of a chain."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from debtdesk.core.debt import Debt
from debtdesk.core.problems import Refused
from debtdesk.files.debts import APART
from debtdesk.files.fields import FieldReader, account_key
from debtdesk.files.reading import Fate, Reading, RowFate
from debtdesk.files.tables import Column, find_table, open_sheets, refusal
from debtdesk.locale import Message

R = TypeVar("R")

ACCOUNT = Column(
    "account", "账号", ("account number", "contract", "账户", "合同号", "合同编号", "借据号", "卡号"), needed=True
)
Accounts = Mapping[str, str] | None  # how each account is written, by its key; None leaves them unchecked


def read_by_account(
    path: str | Path,
    content: bytes | None,
    columns: Sequence[Column],
    record: Callable[[FieldReader, Accounts], R | None],
    *,
    debts: Iterable[Debt] | None,
    twice: Callable[[int], tuple[Message, Message]],
) -> Reading[R]:
    """Return the records of a table; a row that says the same as an earlier one counts once.

    `record` reads a row and returns None where it was refused; `twice` gives what to say and to do about a row that
    stands in an earlier line already.
    """
    try:
        source, sheets = open_sheets(path, content, columns)
    except Refused as refused:
        problem = refusal(path, refused)
        return Reading(source=problem.source, problems=(problem,))
    table = find_table(source, sheets, columns, apart=APART)
    accounts = None if debts is None else {account_key(d.account): d.account for d in debts}
    line_of: dict[R, int] = {}
    fates: list[RowFate] = []
    for row in table.rows:
        reader = FieldReader(table, row, columns)
        found = None if table.refused else record(reader, accounts)
        if table.refused:
            fates.append(reader.fate(Fate.REFUSED))
        elif found is not None and (first := line_of.get(found)):
            reader.warn(None, *twice(first))
            fates.append(reader.fate(Fate.DUPLICATE))
        else:
            if found is not None:
                line_of[found] = row.number
            fates.append(reader.fate())
    return Reading(
        source=source,
        records=tuple(line_of),
        problems=(*table.problems, *(p for f in fates for p in f.problems)),
        rows=tuple(sorted((*table.skipped, *fates), key=lambda f: f.row)),
        sheet=table.sheet,
        encoding=table.encoding,
        extra_columns=table.extra_columns,
    )


def known_account(reader: FieldReader, accounts: Accounts) -> str:
    """Return the account of a row as the table of debts writes it; one that no debt has is refused."""
    account = reader.account()
    if not account or accounts is None:
        return account
    known = accounts.get(account_key(account))
    if known is None:
        reader.refuse(
            "account",
            Message("No debt has the account {account}.", account=account[:40]),
            Message("Write it as in the table of debts: {accounts}.", accounts=", ".join(accounts.values())),
        )
    return known or account


def of_account(debts: Sequence[Debt], given: Iterable[tuple[str, R]]) -> list[list[R]]:
    """Return for each debt the records of its account, in their order.

    Raises
    ------
    ValueError
        If a record belongs to an account that no debt has.
    """
    found: dict[str, list[R]] = {account_key(d.account): [] for d in debts}
    for account, record in given:
        if account_key(account) not in found:
            raise ValueError(f"account {account!r} is not one of {[d.account for d in debts]}")
        found[account_key(account)].append(record)
    return [found[account_key(d.account)] for d in debts]
