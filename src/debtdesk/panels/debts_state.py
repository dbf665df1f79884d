"""What the debts stage knows: the rows as typed, the debts they stand for, and the terms chosen. No widget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import traitlets as t

from debtdesk.core.days import add_months
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.terms import Known, Terms
from debtdesk.files.fields import account_key
from debtdesk.files.payments import AccountPayment
from debtdesk.locale import Message, language
from debtdesk.panels import debt_rows
from debtdesk.panels.desk import Desk
from debtdesk.panels.dossier import beside_the_sheet
from debtdesk.panels.drafts import Drafts, keep
from debtdesk.panels.sheet import Row
from debtdesk.panels.taking import Novelty
from debtdesk.panels.terms import Outlook, choose, outlook
from debtdesk.views.words import debt_name

PARTS = ("principal", "interest", "penalty_interest", "fees", "total")
LONG_OVERDUE = 730


class DebtsState(t.HasTraits):
    """The debts and payments being entered for the open case.

    `turn` rises whenever something changed; `chosen` is the row of the debt whose terms are looked at.
    """

    turn = t.Int(0)
    chosen = t.Unicode("")

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.debts = Drafts(
            debt_rows.columns(desk.day),
            read=debt_rows.debt_reader(lambda: desk.day),
            write=debt_rows.write_debt,
            key=lambda d: d.account,
            unique=("account", Message("Give each debt an account of its own.")),
        )
        self.payments = Drafts(
            debt_rows.payment_columns(()),
            read=debt_rows.payment_reader(lambda: self.accounts()),
            write=debt_rows.write_payment,
            key=lambda p: p,
        )
        self.follow()

    # --- what is there ---------------------------------------------------------------------------------------

    def accounts(self) -> list[str]:
        """Return the account of every debt that can be used."""
        return [d.account for d in self.debts.good()]

    def entered(self) -> tuple[Debt, ...]:
        """Return the debts as entered, each with its payments."""
        paid = self.payments.good()
        return tuple(
            replace(
                beside_the_sheet(d, self.desk.case),
                payments=tuple(p.payment for p in paid if p.account == d.account),
            )
            for d in self.debts.good()
        )

    @property
    def dirty(self) -> bool:
        """Whether something entered is not kept yet."""
        return self.debts.dirty or self.payments.dirty

    @property
    def wrong(self) -> int:
        """How many rows have a problem."""
        return len(self.debts.wrong) + len(self.payments.wrong)

    def sums(self) -> dict[str, int]:
        """Return the totals by part over all debts. [fen]"""
        return {p: sum(getattr(d.balance, p) for d in self.debts.good()) for p in PARTS}

    def long_overdue(self) -> list[Debt]:
        """Return the debts so long overdue with their lender that somebody else may claim them today."""
        return [
            d
            for d in self.debts.good()
            if d.creditor == d.lender and (self.desk.day - d.default_date).days > LONG_OVERDUE
        ]

    def unconfirmed(self) -> list[Debt]:
        """Return the debts whose terms nobody has seen."""
        return [d for d in self.debts.good() if d.terms.known is not Known.SEEN]

    def debt(self) -> Debt | None:
        """Return the debt whose terms are looked at, with its payments."""
        account = self.debts.records[self.chosen].account if self.chosen in self.debts.records else None
        return next((d for d in self.entered() if d.account == account), None)

    def options(self) -> list[tuple[str, str]]:
        """Return the debts to choose from: words and row."""
        named = [(self.debts.id_of(d), d) for d in self.debts.good()]
        return [(debt_name(d, language()), i) for i, d in named if i is not None]

    def outlook(self) -> Outlook | None:
        """Return what the chosen debt comes to in twelve months, beside the terms kept so far."""
        debt = self.debt()
        if debt is None:
            return None
        kept = next((d for d in self.debts.ground if d.account == debt.account), None)
        return outlook(debt, kept, on=self.desk.day)

    def inside(self) -> dict[str, Message]:
        """Return for each payment whether it is inside the figures of its debt already, by row."""
        as_of = {d.account: d.balance.as_of for d in self.debts.good()}
        return {
            i: Message("yes: up to {day}", day=as_of[p.account].isoformat())
            if p.payment.day <= as_of[p.account]
            else Message("no: it reduces the debt")
            for i, p in self.payments.records.items()
            if p.account in as_of
        }

    def novelty(self, debt: Debt) -> Novelty:
        """Return what taking a debt over from a file would change."""
        ours = self._ours().get(account_key(debt.account))
        if ours is None:
            return Novelty.NEW
        return Novelty.SAME if merged(ours, debt) == ours else Novelty.CHANGED

    def _ours(self) -> dict[str, Debt]:
        """Return the debts as entered by what tells their accounts apart; payments have a table of their own."""
        return {account_key(d.account): replace(d, payments=()) for d in self.entered()}

    def payment_novelty(self, paid: AccountPayment) -> Novelty:
        """Return what taking a payment over from a file would change."""
        return Novelty.SAME if paid in self.payments.good() else Novelty.NEW

    # --- what is done ----------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Take over the case as it is kept now; what is typed and not kept stays."""
        case = self.desk.case
        self.debts.follow(replace(d, payments=()) for d in case.debts)
        self.payments.follow(AccountPayment(d.account, p) for d in case.debts for p in d.payments)
        self._turn()

    def speak(self) -> None:
        """Show the rows in the language now in use."""
        self.debts.speak()
        self.payments.speak()
        self._turn()

    def type_debts(self, rows: Iterable[Row]) -> None:
        """Take what stands in the sheet of debts; payments follow an account that was renamed."""
        before = {i: d.account for i, d in self.debts.records.items()}
        self.debts.type(rows)
        renamed = {a: d.account for i, d in self.debts.records.items() if (a := before.get(i)) and a != d.account}
        for row_id, paid in self.payments.records.items():
            if paid.account in renamed:
                self.payments.records[row_id] = replace(paid, account=renamed[paid.account])
        self.payments.type({**r, "account": renamed.get(r["account"], r["account"])} for r in self.payments.rows)
        self._turn()

    def type_payments(self, rows: Iterable[Row]) -> None:
        """Take what stands in the sheet of payments."""
        self.payments.type(rows)
        self._turn()

    def look_at(self, row_id: str) -> None:
        """Choose the debt whose terms are looked at."""
        self.chosen = row_id
        self._turn()

    def choose(self, name: str, value: Any) -> None:
        """Change one convention of the chosen debt."""
        self._terms(lambda terms: choose(terms, name, value))

    def confirm(self, known: Known) -> None:
        """Say how the terms of the chosen debt are known."""
        self._terms(lambda terms: replace(terms, known=known))

    def describe(self, **changes: Any) -> None:
        """Say of the chosen debt what stands in no column: the kind of lender, the day of the contract."""
        debt = self.debts.records.get(self.chosen)
        if debt is not None and replace(debt, **changes) != debt:
            self.debts.change(self.chosen, replace(debt, **changes))
            self._turn()

    def until(self) -> date | None:
        """Return the day twelve months on, to which the chosen debt is looked ahead."""
        debt = self.debt()
        return None if debt is None else add_months(max(self.desk.day, debt.balance.as_of), 12)

    def begin(self, origin: Balance) -> None:
        """Say where the history of the chosen debt begins."""
        debt = self.debts.records.get(self.chosen)
        if debt is not None and debt.origin != origin:
            self.debts.change(self.chosen, replace(debt, origin=origin))
            self._turn()

    def _terms(self, change: Any) -> None:
        debt = self.debts.records.get(self.chosen)
        if debt is None:
            return
        terms: Terms = change(debt.terms)
        self.debts.change(self.chosen, replace(debt, terms=terms))
        self._turn()

    def take(self, debts: Iterable[Debt]) -> bool:
        """Take debts over from a file and keep them; one of the same account is replaced."""
        ours = self._ours()
        new = [merged(ours.get(account_key(d.account)), d) for d in debts]
        self.debts.put(new)
        self._turn()
        return self.save("import debts", {d.account: d for d in new})

    def take_payments(self, paid: Iterable[AccountPayment]) -> bool:
        """Take payments over from a file and keep them."""
        self.payments.put(paid)
        self._turn()
        return self.save("import payments")

    def save(self, action: str = "debts", told: Mapping[str, Debt] = MappingProxyType({})) -> bool:
        """Keep what can be used; rows with a problem stay as typed, and their last good record is kept.

        `told` holds, by account, debts that say more than the sheet does: their stage and their last due day count.
        """
        debts = tuple(
            replace(d, stage=told[d.account].stage, last_due=told[d.account].last_due) if d.account in told else d
            for d in self.entered()
        )
        return keep(
            self.desk,
            action,
            lambda case: replace(case, debts=debts),
            changed=debts != self.desk.case.debts,
            wrong=self.wrong,
        )

    def _turn(self) -> None:
        ids = [i for _, i in self.options()]
        if self.chosen not in ids:
            self.chosen = ids[0] if ids else ""
        self.turn += 1


def merged(ours: Debt | None, new: Debt) -> Debt:
    """Return a debt from a file over the one we have: what the file says, and what we know beyond it."""
    new = replace(new, payments=())
    if ours is None:
        return new
    terms = new.terms
    if new.terms.known is Known.ASSUMED and (ours.product == new.product or ours.terms.known is Known.SEEN):
        rate = new.terms.rates[-1].rate
        terms = ours.terms if rate == ours.terms.rates[-1].rate else replace(ours.terms.at(rate), known=Known.ASSUMED)
    said = {f.name: getattr(new, f.name) for f in fields(Debt)}
    told = {f.name: said[f.name] for f in fields(Debt) if f.default is MISSING or said[f.name] != f.default}
    return replace(ours, **(told | {"account": ours.account, "terms": terms}))
