"""The folds of 01 about the claim: who the creditor is, the timeline of limitation, and what may go into a letter."""

from __future__ import annotations

from collections.abc import Callable

import ipywidgets as w

from debtdesk.core.gate import GateAct
from debtdesk.locale import Message, language
from debtdesk.panels.chain_card import ChainCard
from debtdesk.panels.debts_state import DebtsState
from debtdesk.panels.dossier import beside_the_sheet
from debtdesk.panels.gate_card import GateCard
from debtdesk.panels.limitation_card import LimitationCard
from debtdesk.panels.stage import fold
from debtdesk.views.confidence import confidence_html

Guard = Callable[[Callable[..., None]], Callable[..., None]]


class ClaimFolds:
    """Three folds that follow the debts being entered; `folds` are their widgets; what was typed `before` stays.

    `paying` states what paying a part would do to each debt, beside the payments.
    """

    def __init__(self, state: DebtsState, safely: Guard, before: ClaimFolds | None = None) -> None:
        self.state = state
        self.chain: ChainCard = ChainCard(state, safely, before.chain.rows if before else None)
        self.limitation: LimitationCard = LimitationCard(state, safely, before.limitation.rows if before else None)
        self.letters = w.HTML()
        self.paying = GateCard(state.desk, safely, asks=False)
        timeline = fold(Message("Limitation timeline"), self.limitation)
        timeline.observe(
            safely(lambda change: self.limitation.show_picture(change["new"] is not None)), "selected_index"
        )
        self.folds = (
            fold(Message("Who is the creditor today?"), self.chain),
            timeline,
            fold(Message("How the figures are known, and what may go into a letter"), self.letters),
        )

    def follow(self) -> None:
        """Take over the case as it is kept now."""
        self.chain.follow()
        self.limitation.follow()

    def refresh(self) -> None:
        """Show what the state says."""
        self.chain.refresh()
        self.limitation.refresh()
        debts = [beside_the_sheet(d, self.state.desk.case) for d in self.state.entered()]
        self.letters.value = confidence_html(debts, language())
        self.paying.look(self.state.desk.case, GateAct.PAY_A_PART, debts)
        for folded in self.folds:
            folded.layout.display = "" if debts else "none"
