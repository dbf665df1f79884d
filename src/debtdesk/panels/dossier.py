"""What is entered beside the sheet of debts, for one debt at a time: acts, chain, court, entries, page. No widget."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from typing import Generic, TypeVar

from debtdesk.core.case import Case
from debtdesk.core.debt import Debt
from debtdesk.locale import Message
from debtdesk.panels.desk import Desk
from debtdesk.panels.drafts import Drafts, TypedRow, keep
from debtdesk.panels.sheet import Column, Row

R = TypeVar("R", bound=Hashable)
OF_THE_SHEET = (
    "account", "creditor", "lender", "product", "balance", "terms", "default_date", "payments", "note",
    "origin", "lender_type", "creditor_type", "contract_date",
)  # fmt: skip


class RowsOfDebts(Generic[R]):
    """The rows of one kind for every debt; a class of them gives `drafts` and `kept` for an account."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._of: dict[tuple[str, str], Drafts[R]] = {}

    def of(self, account: str) -> Drafts[R]:
        """Return the rows of a debt, as typed so far."""
        key = (self.desk.case.reference, account)
        if key not in self._of:
            self._of[key] = self.drafts(account)
            self._of[key].follow(self.kept(account))
        return self._of[key]

    def follow(self) -> None:
        """Take over the case as it is kept now; what is typed and not kept stays."""
        for (reference, account), drafts in self._of.items():
            if reference == self.desk.case.reference:
                drafts.follow(self.kept(account))

    def drafts(self, account: str) -> Drafts[R]:
        """Return empty rows for a debt."""
        raise NotImplementedError

    def kept(self, account: str) -> Sequence[R]:
        """Return the records that the case keeps with a debt."""
        raise NotImplementedError


class DossierRows(RowsOfDebts[R]):
    """The rows that a field of Debt holds.

    Parameters
    ----------
    desk : Desk
    name : str
        The field of Debt that holds the records.
    columns, read, write
        As for Drafts.
    """

    def __init__(
        self,
        desk: Desk,
        name: str,
        columns: Sequence[Column],
        *,
        read: Callable[[TypedRow[R]], None],
        write: Callable[[R], Row],
    ) -> None:
        super().__init__(desk)
        self.name = name
        self._columns, self._read, self._write = columns, read, write

    def drafts(self, account: str) -> Drafts[R]:
        """Return empty rows for a debt."""
        return Drafts(self._columns, read=self._read, write=self._write, key=lambda r: r)

    def kept(self, account: str) -> Sequence[R]:
        """Return the records that the case keeps with a debt."""
        debt = kept_debt(self.desk.case, account)
        return tuple(getattr(debt, self.name)) if debt is not None else ()


def kept_debt(case: Case, account: str) -> Debt | None:
    """Return the debt of an account as the case keeps it, or None."""
    return next((d for d in case.debts if d.account == account), None)


def keep_on_debt(desk: Desk, action: str, account: str, wrong: int = 0, **changes: object) -> bool:
    """Keep changes of one debt; a debt that is not saved yet is to be saved first."""
    kept = kept_debt(desk.case, account)
    if kept is None:
        desk.tell(Message("Save the debt first, then what belongs to it."), failed=True)
        return False

    def changed(case: Case) -> Case:
        return replace(
            case,
            debts=tuple(replace(d, **changes) if d.account == account else d for d in case.debts),  # type: ignore[arg-type]
        )

    return keep(desk, action, changed, changed=changed(desk.case) != desk.case, wrong=wrong)


def beside_the_sheet(debt: Debt, case: Case) -> Debt:
    """Return a debt of the sheet with what the case keeps beside it, entered in folds of its own."""
    kept = kept_debt(case, debt.account)
    return debt if kept is None else replace(kept, **{name: getattr(debt, name) for name in OF_THE_SHEET})
