"""The card of the floor: an installment that reaches into living costs is named, and needs a reason to be taken."""

from __future__ import annotations

from datetime import date
from html import escape

import ipywidgets as w

from debtdesk.core.capacity import Fit
from debtdesk.core.case import Case
from debtdesk.core.comparison import Offer
from debtdesk.core.overrides import Override
from debtdesk.core.problems import Refused
from debtdesk.locale import Message, language
from debtdesk.panels.fields import text_field
from debtdesk.views.floor import breach_message, carried_message, overrides_html
from debtdesk.views.sentences import has_budget


def floor_fit(offer: Offer | None) -> Fit | None:
    """Return whether an offer leaves what is protected; None where there is no offer or no budget."""
    if offer is None or not has_budget(offer):
        return None
    return offer.capacity.fits(offer.paid_by_month)


def override_of(offer: Offer | None, reason: str, *, on: date) -> Override | None:
    """Return the override that an offer needs, with its reason; None where it leaves what is protected.

    Raises
    ------
    Refused
        If it needs one and no reason is given.
    """
    fit = floor_fit(offer)
    if offer is None or fit is None or fit.worst is None:
        return None
    if not reason.strip():
        said = breach_message(fit, language())
        assert said is not None
        raise Refused(
            said,
            Message("Ask for less a month or for more months, or write here why it is taken all the same."),
        )
    return Override(
        day=on,
        proposal=offer.proposal.name,
        month=fit.breaches[0].month,
        by=fit.worst.by,
        months=len(fit.breaches),
        reason=reason.strip(),
    )


class FloorCard(w.VBox):
    """What an offer does to what is protected; with `asks`, a field for the reason where it reaches below."""

    def __init__(self, *, asks: bool = True) -> None:
        self.asks = asks
        self.told = w.HTML()
        self.reason = text_field(
            Message("taken all the same, because"),
            width="420px",
            placeholder=str(Message("kept with the case and printed in the statement of means")),
        )
        super().__init__([self.told, self.reason])
        self.look(None, None)

    def ask(self, refused: Refused) -> None:
        """Ask beside the field for the reason; which month and how much stands above it already."""
        self.reason.refuse(Refused(Message("The reason is missing."), refused.remedy))

    def look(self, case: Case | None, offer: Offer | None) -> None:
        """Show what an offer leaves, and the overrides that are kept for it."""
        fit, spoken = floor_fit(offer), language()
        lines = []
        if fit is not None:
            breach, carried = breach_message(fit, spoken), carried_message(fit, spoken)
            if breach is not None:
                lines.append(f"<div class='debtdesk-help' role='alert'>{escape(str(breach))}</div>")
            elif carried is not None:
                lines.append(f"<p class='debtdesk-note'>{escape(str(carried))}</p>")
        if case is not None and offer is not None:
            lines.append(overrides_html(case, spoken, proposal=offer.proposal.name))
        self.told.value = "".join(lines)
        needed = self.asks and fit is not None and not fit.ok
        self.reason.layout.display = "" if needed else "none"
        if not needed:
            self.reason.refuse(None)
        self.layout.display = "" if self.told.value or needed else "none"
