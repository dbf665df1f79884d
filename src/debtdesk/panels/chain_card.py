"""The card of the chain: who is the creditor today, how far the claim has gone, and what a court has set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.chain import asked_after, chain_problems, entitlement
from debtdesk.core.claim_stage import ClaimStage, CourtDays
from debtdesk.core.days import parse_day
from debtdesk.core.debt import Debt
from debtdesk.core.links import Link
from debtdesk.locale import Message, language
from debtdesk.panels.act_rows import link_columns, read_link, write_link
from debtdesk.panels.debts_state import DebtsState
from debtdesk.panels.dossier import DossierRows, keep_on_debt, kept_debt
from debtdesk.panels.fields import LABEL_WIDTH, Field, amount_field
from debtdesk.panels.sheet import Sheet
from debtdesk.panels.taking import unsaved
from debtdesk.views.claims import claim_word
from debtdesk.views.court import court_sentences
from debtdesk.views.markup import problems_html

Guard = Callable[[Callable[..., None]], Callable[..., None]]
COURT_DAYS = ("answer_by", "hearing", "judged", "pay_by")


class ChainCard(w.VBox):
    """Choose a debt, enter each step of its chain and its stage, and see whether its creditor is shown to be one."""

    def __init__(self, state: DebtsState, safely: Guard, rows: DossierRows[Link] | None = None) -> None:
        self.state, self._following = state, False
        self._filled: Debt | None = None
        self.rows = rows or DossierRows(state.desk, "chain", link_columns(), read=read_link, write=write_link)
        self.debt = w.Dropdown(layout=w.Layout(width="480px", max_width="100%"), description=str(Message("debt")))
        save = safely(self.save)
        self.sheet = Sheet(link_columns(), title=Message("chain of creditors"), add=Message("Add a step"), on_save=save)
        self.stage = w.Dropdown(
            options=[(str(claim_word(s)), s) for s in ClaimStage],
            description=str(Message("how far it has gone")),
            style={"description_width": LABEL_WIDTH},
            layout=w.Layout(width=f"calc({LABEL_WIDTH} + 170px)"),
        )
        self.last_due = optional_day(Message("last installment due (contracts in installments)"))
        self.days = {
            "answer_by": optional_day(Message("answer to the court by")),
            "hearing": optional_day(Message("hearing on")),
            "judged": optional_day(Message("judgment in effect since")),
            "pay_by": optional_day(Message("judgment: pay by")),
        }
        self.unpaid = amount_field(Message("unpaid of the sum adjudged"))
        self.court = w.VBox([*self.days.values(), self.unpaid])
        self.keep = w.Button(
            description=str(Message("Save chain and stage")), button_style="primary", layout=w.Layout(width="auto")
        )
        self.keep.on_click(lambda _: save())
        self.unsaved, self.lead, self.said = w.HTML(), w.HTML(), w.HTML()
        bar = w.HBox([self.keep, self.unsaved], layout=w.Layout(align_items="center", grid_gap="12px"))
        super().__init__([self.debt, self.lead, self.sheet, self.stage, self.last_due, self.court, bar, self.said])
        self.debt.observe(safely(self._chosen), "value")
        self.sheet.observe(safely(self._typed), "rows")
        for field in (self.stage, self.last_due, *self.days.values(), self.unpaid):
            field.observe(safely(lambda _: self._changed()), "value")

    def _chosen(self, change: Any) -> None:
        if not self._following and change["new"]:
            self.state.look_at(change["new"])

    def _typed(self, change: Any) -> None:
        debt = self.state.debt()
        if not self._following and debt is not None:
            self.rows.of(debt.account).type(change["new"])
            self.refresh()

    def _changed(self) -> None:
        if not self._following:
            self.refresh()

    def entered(self) -> Debt | None:
        """Return the chosen debt with what stands on this card."""
        debt = self.state.debt()
        if debt is None:
            return None
        court = debt.court
        if self.stage.value.before_court:
            days = {name: self.days[name].value for name in COURT_DAYS}
            court = replace(court or CourtDays(), **days, unpaid=self.unpaid.value or 0)
        return replace(
            debt,
            chain=self.rows.of(debt.account).good(),
            stage=self.stage.value,
            last_due=self.last_due.value,
            court=court,
        )

    def save(self) -> None:
        """Keep chain, stage and court days of the chosen debt."""
        debt = self.entered()
        if debt is None:
            return
        wrong = len(self.rows.of(debt.account).wrong)
        wrong += sum(bool(f.problem) for f in (self.last_due, *self.days.values(), self.unpaid))
        keep_on_debt(
            self.state.desk,
            "chain of creditors",
            debt.account,
            wrong,
            chain=debt.chain,
            stage=debt.stage,
            last_due=debt.last_due,
            court=debt.court,
        )

    def follow(self) -> None:
        """Follow the case as it is kept now."""
        self.rows.follow()

    def refresh(self) -> None:
        """Show what the state says; fields are filled anew only for another debt, or where it was changed elsewhere."""
        debt, options = self.state.debt(), self.state.options()
        self.layout.display = "" if debt else "none"
        if debt is None:
            return
        self._following = True
        try:
            if list(self.debt.options) != options:
                self.debt.options = options
            self.debt.value = self.state.chosen
            self._fill(debt)
            drafts = self.rows.of(debt.account)
            self.sheet.rows = drafts.rows
        finally:
            self._following = False
        self.sheet.problems, self.sheet.notes = drafts.said_errors(), drafts.said_notes()
        entered = self.entered()
        assert entered is not None
        self.court.layout.display = "" if entered.stage.before_court else "none"
        kept = kept_debt(self.state.desk.case, debt.account)
        self.unsaved.value = unsaved(drafts.dirty or (kept is not None and _beside(kept) != _beside(entered)))
        self._show(entered)

    def _fill(self, debt: Debt) -> None:
        if self._filled is not None and _key(self._filled) == _key(debt):
            return
        self._filled = debt
        court = debt.court or CourtDays()
        self.stage.value = debt.stage
        self.last_due.show(debt.last_due)
        for name, field in self.days.items():
            field.show(getattr(court, name))
        self.unpaid.show(court.unpaid)

    def _show(self, debt: Debt) -> None:
        found, shown, day = entitlement(debt), language(), self.state.desk.day
        text = Message(
            "Whether {creditor} may claim it: {standing}.", creditor=debt.creditor, standing=claim_word(found.standing)
        )
        self.lead.value = (
            f"<p class='debtdesk-lead'>{escape(str(text))}</p><p class='debtdesk-note'>{escape(str(found.reason))}</p>"
        )
        lines = list(found.ask)
        if asked_after(debt, on=day):
            lines.append(
                Message(
                    "Overdue for more than two years: such debts are often transferred. Look into the credit report "
                    "before writing to or paying anybody."
                )
            )
        lines += court_sentences(debt, shown, on=day)
        items = "".join(f"<li>{escape(str(m))}</li>" for m in lines)
        body = f"<div class='debtdesk-help'><ul>{items}</ul></div>" if items else ""
        self.said.value = body + problems_html(chain_problems(debt), shown)


def _key(debt: Debt) -> tuple[object, ...]:
    return debt.account, *_beside(debt)


def _beside(debt: Debt) -> tuple[object, ...]:
    return debt.stage, debt.last_due, debt.court


def optional_day(label: Message) -> Field:
    """Return a field for a day that may be empty."""

    def read(text: str) -> date | None:
        return parse_day(text) if text.strip() else None

    return Field(label, None, read=read, write=lambda d: d.isoformat() if d else "", placeholder="2026-11-24")
