"""The card of ceilings: who lent and when, what the claim costs a year, and three limits beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.ceilings import ceilings
from debtdesk.core.debt import Debt, LenderType
from debtdesk.locale import Message, language
from debtdesk.panels.debts_state import DebtsState
from debtdesk.panels.fields import optional_day
from debtdesk.views.ceilings import LENDER_TYPES, ceilings_html
from debtdesk.views.words import debt_name

Guard = Callable[[Callable[..., None]], Callable[..., None]]


class CeilingsCard(w.VBox):
    """What the chosen debt costs a year; the kind of lender and the day of the contract are entered here."""

    def __init__(self, state: DebtsState, safely: Guard) -> None:
        self.state, self._following = state, False
        options = [(str(text), kind) for kind, text in LENDER_TYPES.items()]
        self.lender, self.creditor = (w.Dropdown(options=options, layout=w.Layout(width="330px")) for _ in range(2))
        self.signed = optional_day(Message("day of the contract"), placeholder="2022-05-01")
        self.name, self.answer = w.HTML(), w.HTML()
        self.creditor_box = w.VBox([_label(Message("kind of creditor today")), self.creditor])
        inputs = w.HBox(
            [w.VBox([_label(Message("kind of lender")), self.lender]), self.creditor_box, self.signed],
            layout=w.Layout(flex_flow="row wrap", align_items="flex-end", grid_gap="4px 20px"),
        )
        super().__init__([self.name, inputs, self.answer])
        self.lender.observe(safely(self._chooser("lender_type")), "value")
        self.creditor.observe(safely(self._chooser("creditor_type")), "value")
        self.signed.observe(safely(self._chooser("contract_date")), "value")
        self.refresh()

    def _chooser(self, name: str) -> Callable[[Any], None]:
        def choose(change: Any) -> None:
            if not self._following:
                self.state.describe(**{name: change["new"]})

        return choose

    def refresh(self) -> None:
        """Show what the state says of the chosen debt."""
        debt = self.state.debt()
        self.layout.display = "" if debt else "none"
        if debt is None:
            return
        self._following = True
        try:
            self.lender.value, self.creditor.value = debt.lender_type, debt.creditor_type
            self.creditor_box.layout.display = "" if debt.creditor != debt.lender else "none"
            if not self.signed.problem and self.signed.value != debt.contract_date:
                self.signed.value = debt.contract_date
        finally:
            self._following = False
        self.name.value = f"<b>{escape(debt_name(debt, language()))}</b>"
        self.answer.value = ceilings_html(ceilings(debt), language())


def described(debt: Debt, **changes: LenderType | date | None) -> Debt:
    """Return a debt with its lender's kind, its creditor's kind or its contract day entered."""
    return replace(debt, **changes)  # type: ignore[arg-type]


def _label(text: Message) -> w.HTML:
    return w.HTML(f"<label class='debtdesk-label'>{escape(str(text))}</label>")
