"""01 debts: what is owed, to whom, and is it right?"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import ipywidgets as w

from debtdesk.core.debt import Debt
from debtdesk.files.debts import read_debts
from debtdesk.files.payments import read_payments
from debtdesk.locale import Message, language
from debtdesk.panels import debt_rows
from debtdesk.panels.allocation_card import AllocationCard
from debtdesk.panels.audit_card import AuditCard
from debtdesk.panels.ceilings_card import CeilingsCard
from debtdesk.panels.claim_folds import ClaimFolds
from debtdesk.panels.debts_state import DebtsState
from debtdesk.panels.desk import Desk
from debtdesk.panels.dossier_card import DebtChoice
from debtdesk.panels.history_folds import HistoryFolds
from debtdesk.panels.ledger_card import LedgerCard
from debtdesk.panels.sheet import Sheet
from debtdesk.panels.stage import Stage, fold, shown
from debtdesk.panels.taking import TakingBox, unsaved
from debtdesk.panels.templates import template
from debtdesk.panels.terms_card import TermsCard
from debtdesk.views.words import debt_name, money, name_of


class DebtsPanel(Stage):
    """The sheet of debts, their terms, their payments, and files to take over."""

    name = "01_debts"
    question = Message("What is owed, to whom, and is it right?")
    onward = ("02_budget", Message("Next: what can the household really pay?"))

    def __init__(self, desk: Desk | None = None) -> None:
        desk = desk or Desk()
        self.state = DebtsState(desk)
        self._spoken = desk.language
        super().__init__(desk)
        self.children = tuple(c for c in self.children if c is not self.message)  # it stands beside the button
        self.state.observe(lambda _: self.refresh(), "turn")

    def build(self) -> Sequence[w.Widget]:
        """Return the lead, the sheet, the button to save, the notes, and what is folded."""
        if self._spoken != self.desk.language:
            self._spoken = self.desk.language
            self.state.speak()
        save = self.safely(self._save)
        self.lead, self.notes = w.HTML(), w.HTML()
        self.sheet = Sheet(
            debt_rows.columns(self.desk.day), title=Message("debts"), add=Message("Add a debt"), on_save=save
        )
        self.sheet.rows = self.state.debts.rows
        self.sheet.observe(self.safely(lambda change: self.state.type_debts(change["new"])), "rows")
        self.paid = Sheet(
            debt_rows.payment_columns(self._accounts()),
            title=Message("payments"),
            add=Message("Add a payment"),
            on_save=save,
        )
        self.paid.rows = self.state.payments.rows
        self.paid.observe(self.safely(lambda change: self.state.type_payments(change["new"])), "rows")
        self.save = self.button(Message("Save"), save, style="primary")
        self.unsaved = w.HTML()
        self.terms = TermsCard(self.state, self.safely)
        self.taking = TakingBox(
            help=Message(
                "A table of debts (.xlsx or .csv). It is shown first; a debt of the same account is replaced, so the "
                "same file twice adds nothing."
            ),
            read=lambda name, content: read_debts(name, content, on=self.desk.day),
            novelty=self.state.novelty,
            take=self.state.take,
            safely=self.safely,
            template=template("debts", self.safely),
        )
        self.taking_paid = TakingBox(
            help=Message("A table of payments (.xlsx or .csv) with account, date, amount and note."),
            read=lambda name, content: read_payments(name, content, debts=self.state.debts.good(), on=self.desk.day),
            novelty=self.state.payment_novelty,
            take=self.state.take_payments,
            safely=self.safely,
            template=template("payments", self.safely),
        )
        self.cost, self.order = CeilingsCard(self.state, self.safely), AllocationCard(self.state, self.safely)
        bar = w.HBox([self.save, self.unsaved, self.message], layout=w.Layout(align_items="center", grid_gap="12px"))
        self.terms_fold = fold(Message("How each debt grows"), self.terms)
        self.audit, self.ledger = AuditCard(self.state, self.safely), LedgerCard(self.state, self.safely)
        self.law_folds = (
            fold(Message("Audit: the creditor's figures and ours"), self.audit, opened=True),
            fold(Message("Ledger: the debt line by line"), self.ledger),
            fold(Message("What it costs a year"), self.cost),
            fold(Message("Order of payment"), self.order),
        )
        self.claims = ClaimFolds(self.state, self.safely, getattr(self, "claims", None))
        self.history = HistoryFolds(self.state, self.safely, getattr(self, "history", None))
        payments = w.VBox([self.paid, self.taking_paid, self.claims.paying])
        self.paid_fold = fold(Message("Payments made"), payments)
        take_fold = fold(Message("Take debts over from a file"), self.taking)
        self.choice = DebtChoice(self.state, self.safely)
        text = Message("Everything below looks at this debt; a choice in any fold holds for all of them.")
        hint = w.HTML(f"<span class='debtdesk-note'>{escape(str(text))}</span>")
        self.choice_box = w.VBox([self.choice, hint])
        self.choice_box.add_class("debtdesk-choice")
        self.parts = (_part(Message("Is it right?")), _part(Message("Who may claim it, and until when?")))
        self.refresh()
        first = (self.lead, self.sheet, bar, self.notes, take_fold, self.paid_fold, self.choice_box)
        right, whom = self.parts
        return (*first, *self.history.folds, right, self.terms_fold, *self.law_folds, whom, *self.claims.folds)

    def case_changed(self) -> None:
        """Follow the case without building anew, so that no focus and no typing is lost."""
        self.claims.follow()
        self.history.follow()
        self.state.follow()

    def _save(self) -> None:
        self.state.save()

    def refresh(self) -> None:
        """Show what the state says."""
        state = self.state
        self.lead.value = "".join(f"<p class='debtdesk-lead'>{escape(str(m))}</p>" for m in self.sums())
        self.sheet.rows = state.debts.rows
        self.sheet.problems, self.sheet.notes = state.debts.said_errors(), state.debts.said_notes()
        self.sheet.computed = {
            i: {"total": money(d.balance.total, language(), unit=False)} for i, d in state.debts.records.items()
        }
        self.paid.columns = [c.shown() for c in debt_rows.payment_columns(self._accounts())]
        self.paid.rows = state.payments.rows
        self.paid.problems, self.paid.notes = state.payments.said_errors(), state.payments.said_notes()
        self.paid.computed = {i: {"inside": str(text)} for i, text in state.inside().items()}
        self.unsaved.value = unsaved(state.dirty)
        self.notes.value = "".join(f"<p class='debtdesk-note'>{escape(str(m))}</p>" for m in self.warnings())
        self.terms.refresh()
        self.claims.refresh()
        self.history.refresh()
        self.audit.refresh()
        self.ledger.refresh()
        self.cost.refresh()
        self.order.refresh()
        self.choice.refresh()
        for piece in (self.choice_box, *self.parts, self.terms_fold, *self.law_folds):
            piece.layout.display = "" if state.debts.good() else "none"

    def sums(self) -> list[Message]:
        """Return what is owed in all, in words."""
        debts, sums, chosen = self.state.debts.good(), self.state.sums(), language()
        if not debts:
            return [
                Message(
                    "Nothing is entered yet. Type the first debt into the row below, paste a block from a "
                    "spreadsheet, or take over a file."
                )
            ]
        said = Message("1 debt") if len(debts) == 1 else Message("{n} debts", n=len(debts))
        parts = [(name_of(p), sums[p]) for p in ("principal", "interest", "penalty_interest", "fees") if sums[p]]
        found = Message("{what} {amount}", what=parts[0][0], amount=money(parts[0][1], chosen)) if parts else said
        for what, amount in parts[1:]:
            one = Message("{what} {amount}", what=what, amount=money(amount, chosen))
            found = Message("{first}, {rest}", first=found, rest=one)
        return [
            Message("{debts}, {total} in all: {parts}.", debts=said, total=money(sums["total"], chosen), parts=found)
        ]

    def warnings(self) -> list[Message]:
        """Return what to look at before a figure is used: informing, not a legal claim."""
        found = []
        if old := self.state.long_overdue():
            found.append(
                Message(
                    "Overdue for more than two years: {debts}. Such debts are often transferred. Ask for proof of who "
                    "may claim it today (credit report, notice of assignment) before you write to or pay anybody.",
                    debts=_names(old),
                )
            )
        if open_ := self.state.unconfirmed():
            found.append(
                Message(
                    "Terms not confirmed yet: {debts}. What is preset is only typical of the product; confirm it in "
                    "the contract, the app page or a statement.",
                    debts=_names(open_),
                )
            )
        return found

    def _accounts(self) -> list[tuple[str, str]]:
        return [(d.account, debt_name(d, language())) for d in self.state.debts.good()]


def _names(debts: Sequence[Debt]) -> str:
    comma = "、" if language() == "zh" else ", "
    return comma.join(debt_name(d, language()) for d in debts)


def _part(text: Message) -> w.HTML:
    return w.HTML(f"<h2 class='debtdesk-part'>{escape(str(text))}</h2>")


def panel() -> w.Widget:
    """Return the stage of the debts of the open case."""
    return shown(DebtsPanel)
