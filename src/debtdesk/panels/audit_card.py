"""The card of the audit: the creditor's figures beside ours for one debt, and where its history begins."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.audit import audit
from debtdesk.core.debt import Balance
from debtdesk.core.problems import Refused
from debtdesk.locale import Message, language
from debtdesk.panels.debts_state import DebtsState
from debtdesk.panels.dossier_card import DebtChoice
from debtdesk.panels.fields import amount_field, day_field
from debtdesk.views.ledger import audit_html, audit_sentence
from debtdesk.views.markup import problems_html

Guard = Callable[[Callable[..., None]], Callable[..., None]]
_audit = lru_cache(maxsize=16)(audit)


class AuditCard(w.VBox):
    """Say whether the creditor's figures agree with ours, part by part, and what explains a difference."""

    def __init__(self, state: DebtsState, safely: Guard) -> None:
        self.state, self._following = state, False
        self.choice = DebtChoice(state, safely)
        self.answer = w.HTML()
        self.principal = amount_field(Message("principal at default"))
        self.interest = amount_field(Message("interest at default"))
        self.day = day_field(Message("history begins on"))
        self.day.also(self._not_after_the_balance)
        text = Message("What was owed when the debt fell overdue: ours is recomputed from there.")
        hint = w.HTML(f"<p class='debtdesk-note'>{escape(str(text))}</p>")
        self.origin = w.VBox([hint, self.principal, self.interest, self.day])
        super().__init__([self.choice, self.answer, self.origin])
        for field in (self.principal, self.interest, self.day):
            field.observe(safely(self._begun), "value")
        self.refresh()

    def _not_after_the_balance(self, day: Any) -> None:
        debt = self.state.debt()
        if debt is not None and day is not None and day > debt.balance.as_of:
            raise Refused(
                Message("The history would begin after the day of the balance."), Message("Check the two days.")
            )

    def _begun(self, _: Any) -> None:
        debt, day = self.state.debt(), self.day.value
        if self._following or debt is None or day is None or not self.principal.value:
            return
        known = debt.origin.known if debt.origin else debt.terms.known
        self.state.begin(
            Balance(principal=self.principal.value, interest=self.interest.value or 0, as_of=day, known=known)
        )

    def refresh(self) -> None:
        """Show what the state says."""
        self.choice.refresh()
        debt = self.state.debt()
        self.layout.display = "" if debt else "none"
        if debt is None:
            return
        report, shown = _audit(debt), language()
        self.answer.value = (
            f"<p class='debtdesk-lead'>{escape(audit_sentence(report, shown))}</p>"
            f"{audit_html(report, shown)}{problems_html(report.problems, shown)}"
        )
        self._following = True
        try:
            origin = debt.origin
            self.principal.value = origin.principal if origin else 0
            self.interest.value = origin.interest if origin else 0
            if origin is None and not self.day.problem and self.day.value is not None:
                self.day.clear()
            elif origin is not None and self.day.value != origin.as_of:
                self.day.show(origin.as_of)
        finally:
            self._following = False
