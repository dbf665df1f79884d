"""The bar at the foot of a card of 04: a button that keeps what was entered in the cards, and whether it is kept."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as w

from debtdesk.locale import Message
from debtdesk.panels.buttons import button
from debtdesk.panels.kept_state import KeptState
from debtdesk.panels.taking import unsaved


class KeepBar(w.HBox):
    """One button for all cards, wherever it is pressed."""

    def __init__(self, state: KeptState, keep: Callable[[], None]) -> None:
        self.state = state
        self.keep = button(Message("keep with the case"), keep)
        self.keep.tooltip = str(Message("Keeps what was entered in all cards of this page, in one step."))
        self.unsaved = w.HTML()
        super().__init__([self.keep, self.unsaved], layout=w.Layout(align_items="center", grid_gap="4px 12px"))
        state.observe(lambda _: self.follow(), "dirty")
        self.follow()

    def follow(self) -> None:
        """Show whether something is not kept yet."""
        self.keep.disabled = not self.state.dirty
        self.unsaved.value = unsaved(self.state.dirty)
