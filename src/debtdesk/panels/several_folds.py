"""The folds on several creditors, on the risk of a second default, and on the creditor's side, below the offers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from debtdesk.locale import Message
from debtdesk.panels.offers_state import OffersState
from debtdesk.panels.sharing_card import SharingCard
from debtdesk.panels.sharing_state import SharingState
from debtdesk.panels.stage import fold

Guard = Callable[[Callable[..., None]], Callable[..., None]]


class SeveralState:
    """What the three folds know; it outlives their widgets, which are built anew with the language."""

    def __init__(self, offers: OffersState) -> None:
        self.offers = offers
        self.sharing = SharingState(offers.case, offers.day, offers.room.level)
        offers.observe(self._follow, ["case", "day"])

    def _follow(self, _: Any) -> None:
        self.sharing.follow(self.offers.case, self.offers.day, self.offers.room.level)


class SeveralFolds(w.VBox):
    """Three folds, each reckoned only while it is open."""

    def __init__(self, state: SeveralState, safely: Guard) -> None:
        self.sharing = SharingCard(state.sharing, safely)
        self.sharing_fold = fold(Message("One sum for several creditors"), self.sharing)
        for folded, card in ((self.sharing_fold, self.sharing),):
            folded.observe(safely(lambda change, card=card: card.show(change["new"] is not None)), "selected_index")
        super().__init__([self.sharing_fold])
