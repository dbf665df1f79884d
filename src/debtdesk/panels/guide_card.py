"""The card of guide figures: the household beside the averages, and why it spends more where it does."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.budget import Category
from debtdesk.locale import Message, language
from debtdesk.panels.budget_state import BudgetState
from debtdesk.panels.fields import Field, text_field
from debtdesk.views.guide import guide_html, guide_message
from debtdesk.views.words import name_of

Guard = Callable[[Callable[..., None]], Callable[..., None]]


class GuideCard(w.VBox):
    """The comparison in a table, and a line for each category that lies above."""

    def __init__(self, state: BudgetState, safely: Guard) -> None:
        self.state, self._safely, self._following = state, safely, False
        self.lead, self.table, self.reasons = w.HTML(), w.HTML(), w.VBox()
        self.fields: dict[Category, Field] = {}
        super().__init__([self.lead, self.reasons, self.table])

    def refresh(self) -> None:
        """Show what the state says; a field stays as long as its category lies above."""
        found, spoken = self.state.guide(), language()
        above = [line.category for line in found.above if line.category]
        for category in above:
            if category not in self.fields:
                self.fields[category] = self._field(category)
        self.fields = {c: f for c, f in self.fields.items() if c in above}
        self._following = True
        try:
            for category, field in self.fields.items():
                if field.value != (said := self.state.household.reason(category)):
                    field.show(said)
        finally:
            self._following = False
        shown = tuple(self.fields[c] for c in above)
        if shown != self.reasons.children:
            self.reasons.children = shown
        self.lead.value = f"<p class='debtdesk-choice'>{escape(guide_message(found, spoken))}</p>"
        self.table.value = guide_html(found, spoken)

    def _field(self, category: Category) -> Field:
        field = text_field(
            Message("{category}: why above?", category=name_of(category)),
            self.state.household.reason(category),
            width="560px",
            placeholder=str(Message("one line, for instance: daily medicine for high blood pressure")),
        )

        def explain(change: Any) -> None:
            if not self._following:
                self.state.explain(category, change["new"] or "")

        field.observe(self._safely(explain), "value")
        return field
