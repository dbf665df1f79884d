"""What the fold of bills knows: the bills of the case, what their lines mean, and what follows. No widget."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable
from dataclasses import replace

from debtdesk.core.bill_budget import BillBudget, budget_from_bills
from debtdesk.core.bill_fates import BillFate, Question, SortedBills
from debtdesk.core.bill_items import MergeRow, ProposedItem, Standing, merge_items, with_items
from debtdesk.core.bill_payments import PaymentOffer, payments_seen, with_payment
from debtdesk.core.bill_rules import rule_for
from debtdesk.core.bill_sorting import sort_bills
from debtdesk.core.bills import Flow
from debtdesk.core.budget import CONSUMPTION, Budget, Category
from debtdesk.core.case import Case
from debtdesk.files.bills import BillReading, ColumnMapping, read_bill
from debtdesk.panels.desk import Desk

Answer = tuple[BillFate, Category | None]
_OTHER = {
    Flow.OUT: (BillFate.DEBT_SERVICE, BillFate.TRANSFER),
    Flow.IN: (BillFate.INCOME, BillFate.TRANSFER),
    Flow.NEUTRAL: (BillFate.DEBT_SERVICE, BillFate.TRANSFER, BillFate.INCOME),
}


class BillsState:
    """The bills of the open case; what is computed is remembered until bills or rules change."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._of: object = None
        self._sorted = SortedBills((), ())

    @property
    def case(self) -> Case:
        """The open case."""
        return self.desk.case

    def sorted(self) -> SortedBills:
        """Return every line of every bill with its fate."""
        of = (self.case.bills, self.case.bill_rules)
        if self._of != of:
            self._sorted, self._of = sort_bills(*of), of
        return self._sorted

    def budget(self) -> BillBudget:
        """Return what whole months of the bills show."""
        return budget_from_bills(self.sorted(), on=self.desk.day)

    def proposals(self, found: BillBudget) -> tuple[MergeRow, ...]:
        """Return what the bills would add to the budget or change in it."""
        rows = merge_items(self.case.budget, (*found.items, *found.debt_items))
        return tuple(r for r in rows if r.standing is not Standing.SAME)

    def payments(self) -> tuple[PaymentOffer, ...]:
        """Return the payments on debts that no ledger has yet."""
        return payments_seen(self.sorted(), self.case.debts)

    # --- what is done ----------------------------------------------------------------------------------------

    def read(self, name: str, content: bytes, password: str | None, mapping: ColumnMapping | None) -> BillReading:
        """Read a bill; a statement whose columns were confirmed once is read the same way again."""
        reading = read_bill(name, content=content, password=password, mapping=mapping)
        if mapping is None and reading.asks_for_mapping:
            kept = self.kept_mapping(reading.headers)
            if kept is not None:
                again = read_bill(name, content=content, password=password, mapping=kept)
                return reading if again.refused else again
        return reading

    def kept_mapping(self, headers: Iterable[str]) -> ColumnMapping | None:
        """Return how the columns of a statement with these headers were confirmed, or None."""
        kept = self.desk.store.bill_mapping(_digest(headers))
        try:
            return ColumnMapping.from_data(json.loads(kept)) if kept else None
        except ValueError:
            return None

    def keep_mapping(self, headers: Iterable[str], mapping: ColumnMapping) -> None:
        """Remember how the columns of a statement with these headers are to be read."""
        data = json.dumps(mapping.as_data(), ensure_ascii=False)
        self.desk.store.set_bill_mapping(_digest(headers), data)

    def take(self, reading: BillReading) -> bool:
        """Keep a bill with the case; the same file again adds nothing."""
        bill = reading.bill
        return bill is not None and self.desk.change("import bill", lambda case: case.with_bill(bill))

    def remove(self, digest: str) -> bool:
        """Take a bill out of the case; what was taken from it into budget and ledgers stays."""
        return self.desk.change(
            "remove bill", lambda case: replace(case, bills=tuple(b for b in case.bills if b.digest != digest))
        )

    def answer(self, question: Question, answer: Answer, essential: bool) -> bool:
        """Keep what lines of this kind are, for these and for later ones."""
        fate, category = answer
        rule = rule_for(question, fate=fate, category=category, essential=essential if category else None)
        return self.desk.change("bill rule", lambda case: case.with_bill_rule(rule))

    def take_items(self, taken: Collection[ProposedItem]) -> bool:
        """Put proposed items into the budget."""
        return self.desk.change("budget from bills", lambda case: replace(case, budget=_with(case, taken)))

    def take_payment(self, offer: PaymentOffer, account: str) -> bool:
        """Put a payment into the ledger of a debt."""
        return self.desk.change("payment from bill", lambda case: with_payment(case, offer, account))


def _with(case: Case, taken: Iterable[ProposedItem]) -> Budget:
    return with_items(case.budget, merge_items(case.budget, taken))


def _digest(headers: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(headers).encode()).hexdigest()[:32]


def answers(question: Question) -> tuple[Answer, ...]:
    """Return what a question may be answered with."""
    spent: tuple[Answer, ...] = (
        tuple((BillFate.SPENDING, c) for c in CONSUMPTION) if question.flow is not Flow.IN else ()
    )
    return (*spent, *((fate, None) for fate in _OTHER[question.flow]))
