"""The folds on several creditors, on the risk of a second default, and on the creditor's side, below the offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from debtdesk.locale import Message
from debtdesk.panels.folded import Folded
from debtdesk.panels.keep_bar import KeepBar
from debtdesk.panels.later import Later
from debtdesk.panels.offers_state import OffersState
from debtdesk.panels.recovery_card import RecoveryCard
from debtdesk.panels.recovery_state import RecoveryState
from debtdesk.panels.risk_card import RiskCard
from debtdesk.panels.risk_state import RiskState
from debtdesk.panels.sharing_card import SharingCard
from debtdesk.panels.sharing_state import SharingState

Guard = Callable[[Callable[..., None]], Callable[..., None]]


REST = 0.3  # seconds without a change of the offers


class SeveralState:
    """What the folds know; it outlives their widgets, which are built anew with the language.

    The comparison is told the risks a moment after it was shown or changed, when the hand rests.
    """

    def __init__(self, offers: OffersState, safely: Guard) -> None:
        self.offers = offers
        self.sharing = SharingState(offers.case, offers.day, offers.room.level)
        self.risk = RiskState(offers)
        self.recovery = RecoveryState(offers)
        self.folds: SeveralFolds | None = None
        self._later = Later([safely(self.risk.tell_offers), safely(self._refresh)], rest=REST)
        offers.observe(safely(self._follow), ["case", "day", "comparison"])

    def wish(self) -> None:
        """Tell the comparison the risks when the hand rests."""
        self._later.wish()

    def _follow(self, _: Any) -> None:
        self.sharing.follow(self.offers.case, self.offers.day, self.offers.room.level)
        self._later.wish()

    def _refresh(self) -> None:
        if self.folds is not None:
            self.folds.refresh()


class SeveralFolds(w.VBox):
    """The folds, each made when it is first opened and reckoned only while it is open."""

    def __init__(self, state: SeveralState, safely: Guard, bar: Callable[[], KeepBar]) -> None:
        state.folds = self
        for shown in (state.sharing, state.risk, state.recovery):
            shown.unobserve_all()  # the cards of another language let go
        state.risk.observe(safely(lambda _: state.wish()), ["chances", "tolerated", "reserve", "seed"])
        title = Message("One sum for several creditors")
        self.sharing = Folded(title, lambda: SharingCard(state.sharing, safely), safely, bar)
        title = Message("The risk of falling behind again")
        self.risk = Folded(title, lambda: RiskCard(state.risk, safely), safely, bar)
        title = Message("What the creditor gets otherwise")
        self.recovery = Folded(title, lambda: RecoveryCard(state.recovery, safely), safely, bar)
        super().__init__([self.sharing, self.risk, self.recovery])

    def refresh(self) -> None:
        """Follow the offers, where a fold is open."""
        for card in (self.risk.made, self.recovery.made):
            if card is not None:
                card.refresh()
