"""The folds of 01 about the history of a debt: the app's page, and what happened beside payments."""

from __future__ import annotations

from collections.abc import Callable

from debtdesk.locale import Message
from debtdesk.panels.debts_state import DebtsState
from debtdesk.panels.entries_card import EntriesCard
from debtdesk.panels.stage import fold
from debtdesk.panels.statement_card import StatementCard

Guard = Callable[[Callable[..., None]], Callable[..., None]]


class HistoryFolds:
    """Folds that follow the debts being entered; `folds` are their widgets; what was typed `before` stays."""

    def __init__(self, state: DebtsState, safely: Guard, before: HistoryFolds | None = None) -> None:
        self.state = state
        self.statement: StatementCard = StatementCard(state, safely, before.statement if before else None)
        self.entries: EntriesCard = EntriesCard(state, safely, before.entries.rows if before else None)
        self.folds = (
            fold(Message("As the app's page shows it"), self.statement),
            fold(Message("Fees, waivers, rate changes, freezes"), self.entries),
        )

    def follow(self) -> None:
        """Take over the case as it is kept now."""
        self.entries.follow()

    def refresh(self) -> None:
        """Show what the state says."""
        self.statement.refresh()
        self.entries.refresh()
        for folded in self.folds:
            folded.layout.display = "" if self.state.debts.good() else "none"
