"""The card of rules: every number and duty the program uses, to search in both languages."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape

import ipywidgets as w

from debtdesk.core.days import parse_day
from debtdesk.data.rules import search
from debtdesk.locale import Message, language
from debtdesk.panels.fields import Field, text_field
from debtdesk.views.rules import confidence_options, rule_html

Guard = Callable[[Callable[..., None]], Callable[..., None]]


class RulesCard(w.VBox):
    """Words, a confidence and a day to narrow the rules down; each entry folds open."""

    def __init__(self, safely: Guard) -> None:
        self.words = text_field(Message("words to look for"))
        self.sure = w.Dropdown(
            options=[(str(Message("however sure")), None), *confidence_options(language())],
            layout=w.Layout(width="420px", max_width="100%"),
        )
        self.day = holds_field()
        self.count, self.found = w.HTML(), w.HTML()
        inputs = w.HBox(
            [self.words, self.day, self.sure],
            layout=w.Layout(flex_flow="row wrap", align_items="center", grid_gap="4px 20px"),
        )
        super().__init__([inputs, self.count, self.found])
        for box in (self.words, self.sure, self.day):
            box.observe(safely(lambda _: self.refresh()), "value")
        self.refresh()

    def refresh(self) -> None:
        """Show the rules that fit."""
        spoken = language()
        found = search(self.words.value or "", confidence=self.sure.value, day=self.day.value)
        said = Message("{n} rules. Weak ones say so; a rule without a number is a duty or an effect.", n=len(found))
        self.count.value = f"<p class='debtdesk-note' role='status'>{escape(str(said))}</p>"
        self.found.value = "".join(rule_html(r, spoken, anchored=True) for r in found)


def holds_field() -> Field:
    """Return a field for a day on which the rules shall hold; empty means any."""

    def read(text: str) -> date | None:
        return parse_day(text) if text.strip() else None

    return Field(Message("holds on the day"), None, read=read, write=date.isoformat, placeholder="2026-11-24")
