"""The card of the statement of means: one page to print, in Chinese for the creditor, in English to read along."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as w

from debtdesk.core.budget_check import doubts
from debtdesk.documents.means import statement_of_means
from debtdesk.locale import Message, language
from debtdesk.panels.budget_state import BudgetState
from debtdesk.panels.download import Download, Handed
from debtdesk.views.markup import problems_html

Guard = Callable[[Callable[..., None]], Callable[..., None]]


class MeansCard(w.VBox):
    """What the statement still lacks, and buttons that hand it over."""

    def __init__(self, state: BudgetState, safely: Guard) -> None:
        self.state = state
        intro = Message(
            "One page: income, living costs with their sources, what is protected, what can be paid. The Chinese one "
            "goes out; print it on A4. It holds no more of names and numbers than this case."
        )
        self.lacks = w.HTML()
        self.buttons = [
            Download(text, lambda lang=lang: self._make(lang), guard=safely, prints=prints)  # type: ignore[misc]
            for lang, prints, text in (
                ("zh", True, Message("Print the Chinese statement")),
                ("zh", False, Message("Save it as a file")),
                ("en", True, Message("Print the English reading aid")),
            )
        ]
        note = w.HTML(f"<p class='debtdesk-note'>{escape(str(intro))}</p>")
        super().__init__([note, self.lacks, w.HBox(self.buttons, layout=w.Layout(grid_gap="8px"))])

    def refresh(self) -> None:
        """Show what the statement still lacks."""
        found = doubts(self.state.budget())
        lines = problems_html(found, language())
        missing = self.state.guide().unexplained
        if missing:
            text = Message("{n} categories lie above the guide without a reason.", n=len(missing))
            lines += f"<p class='debtdesk-help'>{escape(str(text))}</p>"
        self.lacks.value = lines

    def _make(self, spoken: str) -> Handed | None:
        state = self.state
        if state.dirty:
            state.desk.tell(Message("Save first: the statement prints what is kept with the case."), failed=True)
            return None
        page = statement_of_means(state.desk.case, spoken, on=state.desk.day, months=state.months)
        name = {"zh": "收支状况说明", "en": "statement-of-means"}[spoken]
        return Handed(f"{state.desk.case.reference}-{name}.html", page.encode())
