"""Find any line of the bills, asked about or not, to answer for it or to split it."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.bill_fates import LineRef
from debtdesk.core.bill_rules import Reach
from debtdesk.locale import Message, language
from debtdesk.panels.bill_questions import MOST_CHOICES, NOT_YET, AnswerRow
from debtdesk.panels.bills_state import BillsState
from debtdesk.panels.buttons import button
from debtdesk.views.bill_rules import line_words, standing_words

Guard = Callable[[Callable[..., None]], Callable[..., None]]
MOST_FOUND = 50


class FindBox(w.VBox):
    """Words to look for, the lines that have them, how the chosen one stands, and the answer."""

    def __init__(self, state: BillsState, safely: Guard, split: Callable[[LineRef], None]) -> None:
        self.state = state
        self._ref: LineRef | None = None
        self.words = w.Text(
            description=str(Message("find any line")),
            placeholder=str(Message("a name, goods, a day like 2026-03 or an amount")),
            continuous_update=False,
            style={"description_width": "110px"},
            layout=w.Layout(width="480px", max_width="100%"),
        )
        self.lines = w.Dropdown(layout=w.Layout(width="620px", max_width="100%"))
        self.lines.tooltip = str(Message("which line"))
        self.told = w.HTML()
        self.answer = AnswerRow(state, safely, split, {}, self._again)
        row = {"flex_flow": "row wrap", "grid_gap": "2px 10px"}
        self.aside = button(Message("Set it aside"), safely(self.set_aside))
        self.aside.tooltip = str(Message("It does not belong to an ordinary month: leave it out of what is proposed"))
        now = w.HBox([self.told, self.aside], layout=w.Layout(**row, align_items="center"))
        super().__init__([w.HBox([self.words, self.lines], layout=w.Layout(**row)), now, self.answer])
        self.words.observe(safely(lambda _: self.look()), "value")
        self.lines.observe(safely(self._chosen), "value")
        self.look()

    def _again(self) -> None:
        self.answer.again()

    def look(self) -> None:
        """Show the lines that have the words; the one chosen stays chosen where it is still among them."""
        found, spoken, veil = self.state.sorted(), language(), self.state.veil
        lines = self.state.matching_lines(self.words.value)
        chosen = self.lines.value if self.lines.options else NOT_YET
        options: list[tuple[str, LineRef | str]] = [
            (str(Message("{n} lines: choose one", n=len(lines))), NOT_YET),
            *((line_words(found.whole(x.ref), spoken, veil), x.ref) for x in lines[:MOST_FOUND]),
        ]
        refs = [ref for _, ref in options]
        if tuple(options) != tuple(self.lines.options):
            self.lines.options = options
            self.lines.index = refs.index(chosen) if chosen in refs else 0
        self.lines.layout.display = "" if lines else "none"
        none = bool(self.words.value.strip()) and not lines
        text = Message("No line that counts has these words.") if none else None
        self.told.value = f"<p class='debtdesk-note' role='status'>{escape(str(text))}</p>" if text else ""
        self._chosen(None)

    def _chosen(self, _: Any) -> None:
        ref: Any = self.lines.value if self.lines.options else NOT_YET
        self.answer.layout.display = "" if ref else "none"
        self.aside.layout.display = "" if ref and self.state.may_be_set_aside(ref) else "none"
        if not ref:
            return
        found = self.state.sorted()
        now = standing_words(found.at(ref), language())
        if found.at(ref).ordinary is False:
            now += f" · {Message('set aside')}"
        if found.at(ref).split is not None:
            now = str(Message("split in this case; see what was decided"))
        self.told.value = f"<p class='debtdesk-note' role='status'>{escape(str(Message('now: {what}', what=now)))}</p>"
        question = found.about(ref)
        self.answer.show(question)
        if ref != self._ref:
            self._ref = ref
            if ref in question.places[:MOST_CHOICES]:
                self.answer.line.value = ref
            self.answer.reach.value = Reach.LINE

    def set_aside(self) -> None:
        """Set the chosen line aside; it leaves what is proposed for the month."""
        ref: Any = self.lines.value if self.lines.options else NOT_YET
        if ref:
            self.state.decisions.set_aside(self.state.mark(ref))
