"""What was entered in the cards of 04 beside the proposals: whether it is kept with the case, and keeping it."""

from __future__ import annotations

from dataclasses import replace

import traitlets as t

from debtdesk.core.case import Case
from debtdesk.core.suppositions import Suppositions
from debtdesk.locale import Message
from debtdesk.panels.desk import Desk
from debtdesk.panels.frontier_state import FrontierState
from debtdesk.panels.offers_state import OffersState
from debtdesk.panels.recovery_state import RecoveryState
from debtdesk.panels.risk_state import RiskState
from debtdesk.panels.sharing_state import SharingState


class KeptState(t.HasTraits):
    """The settings of all cards together; `dirty` is whether some of them are not kept with the case yet."""

    dirty = t.Bool(False)

    def __init__(
        self,
        desk: Desk,
        offers: OffersState,
        search: FrontierState,
        sharing: SharingState,
        risk: RiskState,
        recovery: RecoveryState,
    ) -> None:
        super().__init__()
        self._desk, self._offers = desk, offers
        self._search, self._sharing, self._risk, self._recovery = search, sharing, risk, recovery

    def watch(self) -> None:
        """Notice changes of the cards from now on; cards built anew let go of all who watched before."""
        for state in (self._offers, self._search, self._sharing, self._risk, self._recovery):
            state.observe(self._changed)
        self.look()

    def _changed(self, _: object) -> None:
        self.look()

    def look(self) -> None:
        """Compare what stands in the cards with what is kept."""
        self.dirty = self.suppositions() != self._desk.case.suppositions

    def suppositions(self) -> Suppositions:
        """Return what stands in the cards."""
        return Suppositions.of(
            self._offers.settings,
            self._search.settings,
            self._sharing.settings,
            self._risk.settings,
            self._recovery.settings,
        )

    def with_entries(self, case: Case) -> Case:
        """Return a case with what stands in the cards."""
        return replace(case, suppositions=self.suppositions())

    def save(self, *, wrong: bool) -> bool:
        """Keep what stands in the cards; `wrong` is whether a field was refused, whose last good value is kept.

        Returns whether it was kept. After a conflict what was entered here stays in its field, the rest is as kept by
        the other window; saving again keeps both.
        """
        self.look()
        if not self.dirty:
            text = Message("Nothing was changed, so there is nothing to keep.")
            if wrong:
                text = Message("Not kept: a field is marked as wrong. Mend it, then keep it.")
            self._desk.tell(text, failed=wrong)
            return not wrong
        kept = self._desk.change("suppositions", self.with_entries)
        if kept and wrong and self._desk.said is not None:
            text = Message(
                "{saved} But a field is marked as wrong, and its last good value was kept: mend it, then keep it.",
                saved=self._desk.said,
            )
            self._desk.tell(text, failed=True)
        return kept
