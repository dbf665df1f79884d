"""What was decided about bills: every rule and split kept with the case, each to be taken back, and undo."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as w

from debtdesk.core.bill_rules import BillRule
from debtdesk.core.bill_splits import BillSplit
from debtdesk.locale import Message, language
from debtdesk.panels.bills_state import BillsState
from debtdesk.panels.buttons import button
from debtdesk.panels.pool import Pool, Row
from debtdesk.views.bill_rules import (
    Touched,
    decides_words,
    rule_words,
    split_words,
    touched_by_rules,
    touched_by_splits,
)

Guard = Callable[[Callable[..., None]], Callable[..., None]]
FIRST_SHOWN = 10
Kept = tuple[BillRule | BillSplit, Touched]


class KeptRow(Row[Kept]):
    """One rule or split in words, what it decides now, and the button that takes it back."""

    def __init__(self, state: BillsState, safely: Guard, after: Callable[[], None]) -> None:
        self._state, self._after = state, after
        self._kept: BillRule | BillSplit | None = None
        self.words = w.HTML(layout=w.Layout(flex="1 1 620px"))
        self.back = button(Message("Take it back"), safely(self.take_back))
        row = w.Layout(flex_flow="row wrap", grid_gap="2px 10px", align_items="flex-start")
        super().__init__([w.HBox([self.words, self.back], layout=row)])

    def show(self, thing: Kept) -> None:
        """Show a rule or a split."""
        self._kept, touched = thing
        spoken, found, veil = language(), self._state.sorted(), self._state.veil
        if isinstance(self._kept, BillRule):
            words = rule_words(self._kept, found, spoken, veil)
        else:
            words = split_words(self._kept, found, spoken, veil)
        now = f"<span class='debtdesk-note'>{escape(decides_words(touched, spoken))}</span>"
        self.words.value = f"{escape(words)}<br>{now}"
        self.back.tooltip = str(Message("Take back: {what}", what=words))

    def take_back(self) -> None:
        """Take what is shown back."""
        decisions = self._state.decisions
        if isinstance(self._kept, BillRule):
            decisions.take_back_rule(self._kept)
        elif self._kept is not None:
            decisions.take_back_split(self._kept)
        self._after()


class KeptBox(w.VBox):
    """Rules and splits, the newest first; nothing is there before the first is kept or undone."""

    def __init__(self, state: BillsState, safely: Guard) -> None:
        self.state, self._all = state, False
        self.head, self.note = w.HTML(), w.HTML()
        self.undo = button(Message("Undo"), safely(self._undo))
        self.pool: Pool[KeptRow] = Pool(lambda: KeptRow(state, safely, self._rest))
        self.more = button(Message("Show all"), safely(self._show_all))
        super().__init__([self.head, self.note, self.pool, w.HBox([self.more, self.undo])])

    def refresh(self) -> None:
        """Show what is kept in the open case."""
        case, found, last = self.state.case, self.state.sorted(), self.state.decisions.last
        rules = zip(case.bill_rules, touched_by_rules(found, len(case.bill_rules)), strict=True)
        splits = zip(case.bill_splits, touched_by_splits(found, len(case.bill_splits)), strict=True)
        kept: list[Kept] = [*reversed(list(splits)), *reversed(list(rules))]
        self.layout.display = "" if kept or last else "none"
        head = escape(str(Message("What was decided: {n} rules and splits", n=len(kept))))
        self.head.value = f"<h3 class='debtdesk-part'>{head}</h3>"
        text = Message(
            "They hold for these bills and for later ones. Of two rules the later one decides; a rule for one line and "
            "a split decide before the others. What is taken back stays in the history of the case."
        )
        self.note.value = f"<p class='debtdesk-note'>{escape(str(text))}</p>"
        self.pool.show(kept if self._all else kept[:FIRST_SHOWN])
        self.more.description = str(Message("Show all {n}", n=len(kept)))
        self.more.layout.display = "" if len(kept) > FIRST_SHOWN and not self._all else "none"
        self.undo.description = str(Message("Undo: {what}", what=last.text)) if last else str(Message("Undo"))
        self.undo.disabled = last is None

    def _undo(self) -> None:
        self.state.decisions.undo()
        self._rest()

    def _rest(self) -> None:
        """Let the keyboard rest on what is still there: the row that moved up, else undo."""
        rows = self.pool.rows
        if not rows and not self.undo.disabled:
            self.undo.focus()

    def _show_all(self) -> None:
        self._all = True
        self.refresh()
        if self.pool.rows:
            self.pool.rows[FIRST_SHOWN].back.focus()
