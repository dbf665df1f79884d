"""What the cards of one debt share: the choice of the debt, and a sheet of what is kept beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.debt import Debt
from debtdesk.locale import Message
from debtdesk.panels.buttons import button
from debtdesk.panels.debts_state import DebtsState
from debtdesk.panels.dossier import RowsOfDebts
from debtdesk.panels.drafts import Drafts
from debtdesk.panels.sheet import Column, Sheet

Guard = Callable[[Callable[..., None]], Callable[..., None]]


class DebtChoice(w.HBox):
    """Choose the debt that the cards of this stage look at."""

    def __init__(self, state: DebtsState, safely: Guard) -> None:
        self.state, self._following = state, False
        self.debt = w.Dropdown(layout=w.Layout(width="420px", max_width="100%"))
        label = w.HTML(f"<label class='debtdesk-label'>{escape(str(Message('debt')))}</label>")
        super().__init__([label, self.debt], layout=w.Layout(align_items="center", grid_gap="4px 12px"))
        self.debt.observe(safely(self._chosen), "value")

    def _chosen(self, change: Any) -> None:
        if not self._following and change["new"]:
            self.state.look_at(change["new"])

    def refresh(self) -> None:
        """Show what the state says."""
        self._following = True
        try:
            if list(self.debt.options) != (options := self.state.options()):
                self.debt.options = options
            self.debt.value = self.state.chosen or None
        finally:
            self._following = False


class DossierCard(w.VBox):
    """Choose a debt and enter rows of one kind that are kept with it.

    A card gives `save`, and `show` for what its rows come to; `fill` puts what is kept into its other fields.
    """

    def __init__(
        self,
        state: DebtsState,
        safely: Guard,
        rows: RowsOfDebts[Any],
        columns: Sequence[Column],
        *,
        title: Message,
        add: Message,
        keep: Message,
    ) -> None:
        super().__init__()
        self.state, self.rows, self._following = state, rows, False
        self.choice = DebtChoice(state, safely)
        save = safely(self.save)
        self.sheet = Sheet(columns, title=title, add=add, on_save=save)
        self.keep = button(keep, save, "primary")
        self.unsaved = w.HTML()
        self.bar = w.HBox([self.keep, self.unsaved], layout=w.Layout(align_items="center", grid_gap="12px"))
        self.sheet.observe(safely(self._typed), "rows")

    def _typed(self, change: Any) -> None:
        debt = self.state.debt()
        if not self._following and debt is not None:
            self.rows.of(debt.account).type(change["new"])
            self.refresh()

    def changed(self, _: Any = None) -> None:
        """Show anew what follows from a field that was changed on the screen."""
        if not self._following:
            self.refresh()

    def follow(self) -> None:
        """Follow the case as it is kept now."""
        self.rows.follow()

    def refresh(self) -> None:
        """Show what the state says; without a debt the card is not there."""
        self.choice.refresh()
        debt = self.state.debt()
        self.layout.display = "" if debt else "none"
        if debt is None:
            return
        drafts = self.rows.of(debt.account)
        self._following = True
        try:
            self.sheet.rows = drafts.rows
            self.fill(debt)
        finally:
            self._following = False
        self.sheet.problems, self.sheet.notes = drafts.said_errors(), drafts.said_notes()
        self.show(debt, drafts)

    def save(self) -> None:
        """Keep what stands on the card with its debt."""
        raise NotImplementedError

    def fill(self, debt: Debt) -> None:
        """Put what is kept of a debt into the fields beside the sheet."""

    def show(self, debt: Debt, drafts: Drafts[Any]) -> None:
        """Show what follows from the rows and fields."""
        raise NotImplementedError
