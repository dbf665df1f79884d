"""What the fold of bills knows: the bills of the case, what their lines mean, and what follows. No widget."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from debtdesk.core.bill_book import Book
from debtdesk.core.bill_budget import BillBudget, budget_from_bills
from debtdesk.core.bill_fates import NOT_JUDGED, BillFate, LineRef, Question, SortedBills, SortedLine
from debtdesk.core.bill_items import MergeRow, ProposedItem, Standing, merge_items, with_items
from debtdesk.core.bill_marks import LineMark
from debtdesk.core.bill_pairs import pair
from debtdesk.core.bill_payments import PaymentOffer, payments_seen, with_payment
from debtdesk.core.bill_rules import BillRule, Reach, rule_for
from debtdesk.core.bill_sorting import lines_decided, sort_book
from debtdesk.core.bills import Flow
from debtdesk.core.budget import CONSUMPTION, Budget, BudgetItem, Category
from debtdesk.core.case import Case
from debtdesk.core.money import yuan
from debtdesk.core.problems import Refused
from debtdesk.files.bills import BillReading, ColumnMapping, read_bill
from debtdesk.locale import Message
from debtdesk.panels.bill_decisions import Decisions, mark_at
from debtdesk.panels.desk import Desk
from debtdesk.views.bill_rules import Touched
from debtdesk.views.veil import OPEN

MANY_LINES = 20_000
WORKING = Message("Working on many lines; this takes some seconds …")
Answer = tuple[BillFate, Category | None]
_OTHER = {
    Flow.OUT: (BillFate.DEBT_SERVICE, BillFate.TRANSFER),
    Flow.IN: (BillFate.INCOME, BillFate.TRANSFER),
    Flow.NEUTRAL: (BillFate.DEBT_SERVICE, BillFate.TRANSFER, BillFate.INCOME),
}


@dataclass(frozen=True, slots=True)
class KeptMapping:
    """How the columns of a bank's statements are read, and the name it was kept under."""

    name: str
    mapping: ColumnMapping


class BillsState:
    """The bills of the open case; what is computed is remembered until bills or rules change."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.decisions = Decisions(desk)
        self.veil = OPEN
        self.headers: Mapping[str, tuple[str, ...]] = {}  # of the statement read last, with some of its cells
        self._of: object = None
        self._sorted = SortedBills((), ())
        self._paired: Book | None = None
        self._budget: BillBudget | None = None
        self._budget_of: tuple[SortedBills, date] = (self._sorted, date.min)

    @property
    def case(self) -> Case:
        """The open case."""
        return self.desk.case

    @property
    def takes_time(self) -> bool:
        """Whether the bills are so long that an answer takes seconds, so that a person should be told."""
        return sum(len(b.lines) for b in self.case.bills) > MANY_LINES

    def sorted(self) -> SortedBills:
        """Return every line of every bill with its fate."""
        case = self.case
        of = (case.bills, case.bill_rules, case.bill_splits)
        if self._of != of:
            self._sorted, self._of = sort_book(self._book(), *of[1:]), of
        return self._sorted

    def _book(self) -> Book:
        """Return the pairs among the lines, which rules and splits do not change."""
        if self._paired is None or self._paired.bills != self.case.bills:
            self._paired = pair(self.case.bills)
        return self._paired

    def touched(self, rule: BillRule, asked: Collection[LineRef] = ()) -> Touched:
        """Return what a rule would decide if it were kept, and how much of it is not among the lines asked about."""
        case = self.case.with_bill_rule(rule)
        lines, known = lines_decided(self._book(), case.bill_rules, case.bill_splits), set(asked)
        beyond = sum(x.ref not in known for x in lines) if known else 0
        return Touched(len(lines), sum(x.line.amount for x in lines), beyond)

    def budget(self) -> BillBudget:
        """Return what whole months of the bills show."""
        found, day = self.sorted(), self.desk.day
        if self._budget is None or self._budget_of[0] is not found or self._budget_of[1] != day:
            self._budget, self._budget_of = budget_from_bills(found, on=day), (found, day)
        return self._budget

    def mark(self, ref: LineRef) -> LineMark:
        """Return the mark of the line at a place."""
        return mark_at(self.sorted(), ref)

    def may_be_set_aside(self, ref: LineRef) -> bool:
        """Return whether a line is spending of a whole month that is not set aside yet."""
        line, found = self.sorted().at(ref), self.budget()
        counts = line.spent > 0 and line.split is None and found.coverage.counts(line.line.day)
        return counts and all(s.ref != ref for s in found.spikes)

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
        if mapping is None:
            self.headers = reading.headers
        if mapping is None and reading.asks_for_mapping:
            kept = self.kept_mapping(reading.headers)
            if kept is not None:
                again = read_bill(name, content=content, password=password, mapping=kept.mapping)
                return reading if again.refused else again
        return reading

    def kept_mapping(self, headers: Iterable[str]) -> KeptMapping | None:
        """Return how the columns of a statement with these headers were confirmed, or None."""
        return _kept(self.desk.store.bill_mapping(_digest(headers)))

    def mappings_for(self, headers: Collection[str]) -> tuple[KeptMapping, ...]:
        """Return the kept readings whose columns a statement has all, whatever other columns it has."""
        kept = self.kept_mappings().values()
        return tuple(k for k in kept if set(k.mapping.headers.values()) <= set(headers))

    def kept_mappings(self) -> dict[str, KeptMapping]:
        """Return every reading of columns that is remembered, by the digest of the header it was kept for."""
        kept = {digest: _kept(text) for digest, text in self.desk.store.bill_mappings().items()}
        return {digest: k for digest, k in kept.items() if k is not None}

    def forget_mapping(self, digest: str) -> None:
        """Forget a remembered reading of columns; the bills that were read with it stay."""
        self.desk.store.set_bill_mapping(digest, None)

    def remember_mapping(self, digest: str, kept: KeptMapping) -> None:
        """Remember a reading of columns under its name, for the header with a digest."""
        data = {"name": kept.name, "columns": kept.mapping.as_data()}
        self.desk.store.set_bill_mapping(digest, json.dumps(data, ensure_ascii=False))

    def keep_mapping(self, headers: Iterable[str], mapping: ColumnMapping, name: str = "") -> None:
        """Remember under a name how the columns of a statement with these headers are to be read."""
        self.remember_mapping(_digest(headers), KeptMapping(name, mapping))

    def take(self, reading: BillReading) -> bool:
        """Keep a bill with the case; the same file again adds nothing."""
        bill = reading.bill
        return bill is not None and self.desk.change("import bill", lambda case: case.with_bill(bill))

    def remove(self, digest: str) -> bool:
        """Take a bill out of the case; what was taken from it into budget and ledgers stays."""
        return self.desk.change(
            "remove bill", lambda case: replace(case, bills=tuple(b for b in case.bills if b.digest != digest))
        )

    def answer(
        self,
        question: Question,
        answer: Answer,
        essential: bool,
        *,
        reach: Reach = Reach.ALIKE,
        words: str = "",
        line: LineRef | None = None,
    ) -> bool:
        """Keep what lines are, as far as the answer reaches, for these and for later ones."""
        return self.decisions.keep_rule(self.rule(question, answer, essential, reach=reach, words=words, line=line))

    def rule(
        self,
        question: Question,
        answer: Answer,
        essential: bool,
        *,
        reach: Reach = Reach.ALIKE,
        words: str = "",
        line: LineRef | None = None,
    ) -> BillRule:
        """Return the rule that an answer comes to."""
        fate, category = answer
        return rule_for(
            question,
            reach=reach,
            words=words,
            line=mark_at(self.sorted(), line) if line is not None else None,
            fate=fate,
            category=category,
            essential=essential if category else None,
        )

    def matching_lines(self, words: str) -> tuple[SortedLine, ...]:
        """Return the lines that show all of some words, days (2026-03) or amounts (1150) somewhere; none for nothing.

        A line that counts nowhere, and one whose money came back, cannot be decided and is left out.
        """
        wanted = words.casefold().split()
        judged = (x for x in self.sorted().lines if x.fate not in NOT_JUDGED and x.ref.part == 0) if wanted else ()
        return tuple(x for x in judged if all(word in self._said(x) for word in wanted))

    def _said(self, x: SortedLine) -> str:
        line = self.sorted().whole(x.ref)
        cells = (line.day.isoformat(), line.party, line.item, line.kind, line.note, f"{yuan(line.amount):.2f}")
        return "\n".join((*cells, f"{yuan(line.amount):,.2f}")).casefold()

    def add_told(self, item: BudgetItem) -> bool:
        """Put into the budget what the client told and no bill shows.

        Raises
        ------
        Refused
            If the budget has an item of that name.
        """
        if any(i.name == item.name and i.kind is item.kind for i in self.case.budget.items):
            raise Refused(
                Message("The budget has “{name}” already.", name=item.name),
                Message("Change its amount in the budget above, or write another name."),
            )
        return self.desk.change(
            "budget item told",
            lambda case: replace(case, budget=replace(case.budget, items=(*case.budget.items, item))),
        )

    def take_items(self, taken: Collection[ProposedItem]) -> bool:
        """Put proposed items into the budget."""
        return self.desk.change("budget from bills", lambda case: replace(case, budget=_with(case, taken)))

    def take_payment(self, offer: PaymentOffer, account: str) -> bool:
        """Put a payment into the ledger of a debt."""
        return self.desk.change("payment from bill", lambda case: with_payment(case, offer, account))


def _with(case: Case, taken: Iterable[ProposedItem]) -> Budget:
    return with_items(case.budget, merge_items(case.budget, taken))


def _kept(text: str | None) -> KeptMapping | None:
    """Return what was kept; None where nothing was, or nothing that can be read."""
    try:
        data = json.loads(text) if text else None
        if not isinstance(data, dict):
            return None
        columns = data.get("columns")
        if isinstance(columns, dict):
            return KeptMapping(str(data.get("name", "")), ColumnMapping.from_data(columns))
        return KeptMapping("", ColumnMapping.from_data(data))
    except ValueError:
        return None


def _digest(headers: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(headers).encode()).hexdigest()[:32]


def answers(question: Question) -> tuple[Answer, ...]:
    """Return what a question may be answered with."""
    spent: tuple[Answer, ...] = (
        tuple((BillFate.SPENDING, c) for c in CONSUMPTION) if question.flow is not Flow.IN else ()
    )
    return (*spent, *((fate, None) for fate in _OTHER[question.flow]))
