"""The creditor's own offer: its figures as fields, each with what is wrong beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import ipywidgets as w

from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Proposal, WaiverTime
from debtdesk.core.terms import Part
from debtdesk.locale import Message
from debtdesk.panels.fields import Field, amount_field, count_field, day_field, rate_field
from debtdesk.panels.offer_editor import percent_field
from debtdesk.panels.outcome_state import OutcomeState
from debtdesk.views.words import name_of


class CounterOffer(w.VBox):
    """The fields of the counter-offer; `changed` is called after each good change."""

    def __init__(self, state: OutcomeState, guard: Callable[..., Any], changed: Callable[[], None]) -> None:
        self.state, self._changed = state, changed
        self._crossed: Field | None = None
        self.fields: dict[str, Field] = {
            "down_payment": amount_field(Message("down payment")),
            "start": day_field(Message("begins on")),
            "installments": count_field(Message("number of installments"), 36, least=1, most=360),
            "first_due": day_field(Message("first installment due")),
            "rate": rate_field(Message("interest of the plan")),
            "period_fee": percent_field(Message("fee of each installment")),
        }
        self.waivers: dict[Part, Field] = {
            part: percent_field(Message("waived of {part}", part=name_of(part))) for part in Part
        }
        self.time = w.Dropdown(
            options=[(str(name_of(x)), x) for x in WaiverTime],
            description=str(Message("the waiver holds")),
            style={"description_width": "190px"},
            layout=w.Layout(width="540px", max_width="100%"),
        )
        self.show()
        for field in (*self.fields.values(), *self.waivers.values()):
            field.observe(guard(self._typed), "value")
        self.time.observe(guard(self._typed), "value")
        title = w.HTML(f"<b>{Message('What the creditor offers instead')}</b>")
        left, right = w.VBox(tuple(self.fields.values())), w.VBox((*self.waivers.values(), self.time))
        super().__init__((title, w.HBox((left, right), layout=w.Layout(flex_flow="row wrap", grid_gap="0 32px"))))
        self.add_class("debtdesk-counter")

    @property
    def wrong(self) -> bool:
        """Whether a field holds something that is not understood."""
        return any(f.problem for f in (*self.fields.values(), *self.waivers.values()))

    def show(self) -> None:
        """Show the figures of the state."""
        offer = self.state.counter
        if offer is None:
            return
        self._showing = True
        for name, field in self.fields.items():
            field.value = getattr(offer, name)
        for part, field in self.waivers.items():
            field.value = offer.waiver.share(part)
        self.time.value = offer.waiver.time
        self._showing = False

    def _typed(self, change: Any) -> None:
        if self._showing:
            return
        if self._crossed is not None:  # what did not go together may do so now
            self._crossed.refuse(None)
            self._crossed = None
        if self.wrong or self.state.counter is None:
            return
        try:
            self.state.counter_with(**self._figures(self.state.counter))
        except Refused as refused:
            self._crossed = change["owner"] if isinstance(change["owner"], Field) else self.fields["first_due"]
            self._crossed.refuse(refused)
            return
        self._changed()

    def _figures(self, offer: Proposal) -> dict[str, Any]:
        shares = {part.value: field.value for part, field in self.waivers.items()}
        figures = {name: field.value for name, field in self.fields.items()}
        figures["size"] = None if figures["installments"] else offer.size
        return figures | {"waiver": replace(offer.waiver, **shares, time=self.time.value)}
