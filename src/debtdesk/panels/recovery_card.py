"""The card of the creditor's side: what the plan is worth to it beside waiting, selling and suing, as assumed."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.recovery import LONGEST_WAIT, Recovery, latest_worth
from debtdesk.locale import Message, language
from debtdesk.panels.assumed import checked, columns_of, known_choice, known_mark, optional_share
from debtdesk.panels.fields import Field, amount_field, count_field, text_field
from debtdesk.panels.later import Later
from debtdesk.panels.offer_editor import percent_field
from debtdesk.panels.picture import Picture
from debtdesk.panels.recovery_state import RecoveryState
from debtdesk.panels.unfolded import Unfolded
from debtdesk.views.markup import html_table
from debtdesk.views.recovery import recovery_chart, recovery_sentence, recovery_table, way_name
from debtdesk.views.words import debt_name, months, name_of

Guard = Callable[[Callable[..., None]], Callable[..., None]]
WIDTH = 960  # pixels


class RecoveryCard(Unfolded):
    """The assumptions as fields, and what follows from them for one debt: sentence, table and hatched chart."""

    def __init__(self, state: RecoveryState, safely: Guard) -> None:
        self.state, self._following = state, False
        self._of = state.offers.case.reference
        self.name, self.account = _dropdown(Message("proposal looked at")), _dropdown(Message("debt looked at"))
        self.name.observe(safely(lambda c: self._set("name", c["new"])), "value")
        self.account.observe(safely(lambda c: self._set("account", c["new"])), "value")
        self.lead, self.table, self.late, self.mark = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self.picture = Picture(WIDTH)
        self.fields = self._assumption_fields()
        self.half_fee = w.Checkbox(
            value=state.assumptions.half_fee, description=str(Message("half the court fee")), indent=False
        )
        self.half_fee.observe(safely(lambda c: self._suppose("half_fee", c["new"])), "value")
        self.known = known_choice(Message("how they are known"), state.known)
        self.known.observe(safely(lambda c: self._suppose("known", c["new"])), "value")
        self.source = text_field(Message("where they are from"), state.source, width="420px")
        self.source.observe(safely(lambda c: self._set("source", c["new"])), "value")
        for name, field in self.fields.items():
            checked(field, state.check, name)
            field.observe(safely(lambda c, name=name: self._suppose(name, c["new"])), "value")
        self._later = Later([safely(self._answer), safely(self._draw)])
        row = w.Layout(flex_flow="row wrap", align_items="flex-start", grid_gap="4px 18px")
        super().__init__(
            [
                w.HBox([self.name, self.account], layout=row),
                self.lead,
                self.table,
                self.picture,
                self.late,
                *self._assumptions(),
            ]
        )
        state.observe(safely(lambda _: self.refresh()), ["assumptions", "source", "name", "account"])

    def _assumption_fields(self) -> dict[str, Field]:
        a, unit = self.state.assumptions, Message("months")
        after: dict[str, Any] = {"most": LONGEST_WAIT, "unit": unit, "width": "90px"}
        return {
            "plan_paid": percent_field(Message("paid as agreed"), a.plan_paid),
            "rate": percent_field(Message("later money is worth less by"), a.rate, unit=str(Message("% a year"))),
            "wait_share": optional_share(Message("comes in, of what is owed"), a.wait_share),
            "wait_months": count_field(Message("after"), a.wait_months, **after),
            "sale_share": optional_share(Message("price, of what is owed"), a.sale_share),
            "sale_months": count_field(Message("paid after"), a.sale_months, **after),
            "suit_share": optional_share(Message("comes in, of claim and court fee"), a.suit_share),
            "suit_months": count_field(Message("after"), a.suit_months, **after),
            "suit_costs": amount_field(Message("costs beside the court fee"), a.suit_costs, width="120px"),
        }

    def _assumptions(self) -> list[w.Widget]:
        f = self.fields
        groups: list[tuple[Message, list[w.Widget]]] = [
            (Message("The plan"), [f["plan_paid"], f["rate"]]),
            (Message("Waiting"), [f["wait_share"], f["wait_months"]]),
            (Message("Selling the debt"), [f["sale_share"], f["sale_months"]]),
            (Message("Suing"), [f["suit_share"], f["suit_months"], f["suit_costs"], self.half_fee]),
        ]
        note = Message(
            "These figures are assumptions of the counselor: nobody knows what the creditor reckons with. They are for "
            "arguing the ask, not for foretelling what the creditor does or gets. A way whose share is empty is left "
            "out. The court fee follows the published scale of the State Council's measures (art. 13)."
        )
        return [
            w.HTML(f"<h3 class='debtdesk-group'>{escape(str(Message('What is assumed')))}</h3>"),
            w.HTML(f"<p class='debtdesk-note'>{escape(str(note))}</p>"),
            self.mark,
            columns_of(groups),
            self.known,
            self.source,
        ]

    def _set(self, name: str, value: str | None) -> None:
        if not self._following:
            self.state.set_trait(name, value or "")

    def _suppose(self, name: str, value: Any) -> None:
        if not self._following:
            self.state.suppose(**{name: value})

    def _fill(self) -> None:
        state, result, spoken = self.state, self.state.result(), language()
        names = [o.proposal.name for o in state.rows]
        debts = [(debt_name(d, spoken), d.account) for d, _ in state.results()]
        self._following = True
        try:
            for choice, options in ((self.name, names), (self.account, debts)):
                if list(choice.options) != options:
                    choice.options = options
            self.name.value = state.chosen.proposal.name if state.chosen is not None else None
            self.account.value = result[0].account if result is not None else None
            self._fill_settings()
        finally:
            self._following = False

    def _fill_settings(self) -> None:
        state, case = self.state, self.state.offers.case
        same, self._of = self._of == case.reference, case.reference
        for name, field in self.fields.items():
            field.follow(getattr(state.assumptions, name), same=same)
        self.source.follow(state.source, same=same)
        self.half_fee.value, self.known.value = state.assumptions.half_fee, state.known

    def _answer(self) -> None:
        state, spoken, result = self.state, language(), self.state.result()
        self.mark.value = known_mark(state.known, state.source)
        if result is None:
            self.picture.clear()
        if result is None:
            text = Message("There is no proposal under which something is paid on a debt.")
            self.lead.value = f"<p class='debtdesk-note'>{escape(str(text))}</p>"
            self.table.value = self.late.value = ""
            return
        found = result[1]
        self.lead.value = f"<p class='debtdesk-choice'>{escape(recovery_sentence(found, spoken))}</p>"
        self.table.value = html_table(recovery_table(found, spoken))
        lines = "".join(f"<li>{escape(str(m))}</li>" for m in late_sentences(found, spoken))
        self.late.value = f"<ul>{lines}</ul>" if lines else ""
        if not found.others:
            text = Message("No other way is compared yet: write below what is assumed of waiting, selling or suing.")
            self.late.value = f"<p class='debtdesk-note'>{escape(str(text))}</p>"

    def _draw(self) -> None:
        result, state, spoken = self.state.result(), self.state, language()
        if result is None:
            return
        source = Message(
            "{debt}. Shares, times and costs: {known}{source}. No promise and no forecast.",
            debt=debt_name(result[0], spoken),
            known=name_of(state.known),
            source=f" ({state.source.strip()})" if state.source.strip() else "",
        )
        figure = recovery_chart(result[1], spoken, source=str(source), width_px=WIDTH)
        self.picture.draw(figure, recovery_sentence(result[1], spoken))


def late_sentences(found: Recovery, spoken: str) -> list[Message]:
    """Return for each other way by when its assumed share would have to come in to be worth as much as the plan."""
    said = []
    for row in found.others:
        if row.value is None:
            said.append(Message("{way}: the court fee of such a claim is not known here.", way=way_name(row.way)))
            continue
        latest = latest_worth(found, row.way)
        if latest is None:
            text = Message("{way}: at the assumed share never worth as much as the plan.", way=way_name(row.way))
        elif latest >= LONGEST_WAIT:
            text = Message("{way}: at the assumed share worth as much, however late it comes.", way=way_name(row.way))
        else:
            text = Message(
                "{way}: at the assumed share worth as much as the plan if it comes within {months}.",
                way=way_name(row.way),
                months=months(latest, spoken),
            )
        said.append(text)
    return said


def _dropdown(label: Message) -> w.Dropdown:
    return w.Dropdown(
        description=str(label), style={"description_width": "auto"}, layout=w.Layout(width="auto", max_width="100%")
    )
