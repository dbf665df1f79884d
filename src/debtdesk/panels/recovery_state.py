"""What the card of the creditor's side knows: the assumptions entered, the proposal and debt chosen. No widget."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import traitlets as t

from debtdesk.core.case import Case
from debtdesk.core.comparison import Offer
from debtdesk.core.debt import Debt
from debtdesk.core.problems import Refused
from debtdesk.core.recovery import Assumptions, Recovery, assumption_problems, recoveries
from debtdesk.core.suppositions import RecoverySettings, merged
from debtdesk.core.terms import Known
from debtdesk.panels.offers_state import OffersState


class RecoveryState(t.HasTraits):
    """What a proposal is worth to the creditor of a debt beside waiting, selling and suing.

    `assumptions` are the counselor's, `source` says where they are from; `name` is the proposal looked at, "" for the
    one worked on; `account` the debt, "" for the first that it covers.
    """

    assumptions = t.Instance(Assumptions)
    source = t.Unicode("")
    name = t.Unicode("")
    account = t.Unicode("")

    def __init__(self, offers: OffersState) -> None:
        self.offers = offers
        self._asked: tuple[Offer, Assumptions] | None = None
        self._answer: tuple[tuple[Debt, Recovery], ...] = ()
        settings = offers.case.suppositions.recovery or RecoverySettings()
        super().__init__(assumptions=settings.assumptions, source=settings.source)
        offers.observe(lambda c: self._follow(c["old"], c["new"]), "case")

    def _follow(self, old: Case, new: Case) -> None:
        """Take up what another window kept; forget what was supposed of somebody else."""
        theirs = new.suppositions.recovery or RecoverySettings()
        if old.reference == new.reference:
            theirs = merged(old.suppositions.recovery or RecoverySettings(), self.settings, theirs)
        with self.hold_trait_notifications():
            self.assumptions, self.source = theirs.assumptions, theirs.source

    @property
    def settings(self) -> RecoverySettings:
        """What was entered."""
        return RecoverySettings(assumptions=self.assumptions, source=self.source)

    @property
    def known(self) -> Known:
        """How the assumptions are known."""
        return self.assumptions.known

    @property
    def rows(self) -> tuple[Offer, ...]:
        """The offers to choose from."""
        comparison = self.offers.comparison
        return comparison.offers if comparison is not None else ()

    @property
    def chosen(self) -> Offer | None:
        """The offer looked at."""
        names = {o.proposal.name: o for o in self.rows}
        draft = self.offers.draft
        return names.get(self.name) or (names.get(draft.name) if draft is not None else None)

    def results(self) -> tuple[tuple[Debt, Recovery], ...]:
        """Return what the offer is worth to the creditor of each debt."""
        offer, assumptions = self.chosen, self.assumptions
        if offer is None:
            return ()
        if self._asked is None or self._asked[0] is not offer or self._asked[1] != assumptions:
            self._asked = (offer, assumptions)
            self._answer = recoveries(offer, assumptions=assumptions)
        return self._answer

    def result(self) -> tuple[Debt, Recovery] | None:
        """Return the same for the chosen debt."""
        found = self.results()
        return next((row for row in found if row[0].account == self.account), found[0] if found else None)

    def suppose(self, **changes: Any) -> None:
        """Change what is assumed, by the names of `Assumptions`.

        Raises
        ------
        Refused
            Where it cannot be so; the last good assumptions stay.
        """
        self.check(**changes)
        self.assumptions = replace(self.assumptions, **changes)

    def check(self, **changes: Any) -> None:
        """Raise Refused where an assumption cannot be so."""
        for problem in assumption_problems(changes):
            raise Refused(problem.text, problem.remedy)
