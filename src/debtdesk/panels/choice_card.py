"""The card of the choice: what was chosen and why, and what it was compared with, as it stood that day."""

from __future__ import annotations

from html import escape

import ipywidgets as w

from debtdesk.core.case import Case
from debtdesk.core.ladder import Choice
from debtdesk.locale import Message, language
from debtdesk.panels.stage import fold
from debtdesk.views.chosen import choice_sentence, choice_table, since_sentence
from debtdesk.views.markup import html_table


class ChoiceCard(w.VBox):
    """The choice recorded last in a fold, the earlier ones in another; not there before the first one."""

    def __init__(self) -> None:
        self.last, self.earlier = w.HTML(), w.HTML()
        self.folds = (
            fold(Message("What the choice was compared with"), self.last),
            fold(Message("Earlier choices"), self.earlier),
        )
        self._shown: object = None
        super().__init__(self.folds)
        self.layout.display = "none"

    def look(self, case: Case) -> None:
        """Show the choices of a case, the one recorded last by itself."""
        spoken = language()
        if self._shown == (shown := (case.choices, case.proposals, spoken)):
            return
        self._shown = shown
        last, earlier = case.choices[-1:], case.choices[-2::-1]
        self.last.value = "".join(choice_html(case, c, spoken) for c in last)
        self.earlier.value = "".join(choice_html(case, c, spoken) for c in earlier)
        self.layout.display = "" if last else "none"
        self.folds[1].layout.display = "" if earlier else "none"


def choice_html(case: Case, choice: Choice, language: str) -> str:
    """Return a choice with all that stood beside it, everything escaped."""
    since = escape(since_sentence(case, choice, language))
    return (
        f"<p>{escape(choice_sentence(choice, language))}</p>"
        f"{html_table(choice_table(choice, language))}<p class='debtdesk-note'>{since}</p>"
    )
