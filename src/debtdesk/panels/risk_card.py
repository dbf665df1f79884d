"""The card of a second default: in how many of a hundred years the money would run out, and what brings it down."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.risk import Measure, Reserve
from debtdesk.locale import Message, language
from debtdesk.panels.assumed import amount_range, checked, columns_of, known_choice, known_mark, months_range
from debtdesk.panels.fields import Field, count_field, text_field
from debtdesk.panels.later import Later
from debtdesk.panels.offer_editor import percent_field
from debtdesk.panels.picture import Picture
from debtdesk.panels.risk_state import Relief, RiskState
from debtdesk.panels.unfolded import Unfolded
from debtdesk.views.hundred import of_hundred
from debtdesk.views.markup import html_table
from debtdesk.views.risk import fan_chart, relief_sentence, risk_sentence, risks_table
from debtdesk.views.words import money, name_of

Guard = Callable[[Callable[..., None]], Callable[..., None]]
WIDTH, HEIGHT = 960, 420  # pixels


class RiskCard(Unfolded):
    """The risk of each proposal as a sentence and a table, the spread as a fan, and the assumptions to change."""

    def __init__(self, state: RiskState, safely: Guard) -> None:
        self.state, self._following = state, False
        self._of = state.offers.case.reference
        self.name = w.Dropdown(description=str(Message("proposal looked at")), style={"description_width": "auto"})
        self.name.observe(safely(lambda c: self._set(name=c["new"] or "")), "value")
        self.level = count_field(
            Message("still borne"), round(100 * state.level), most=99, unit=Message("of 100"), width="70px"
        )
        self.level.observe(safely(lambda c: self._set(level=Fraction(c["new"], 100))), "value")
        self.measure = w.ToggleButtons(
            options=[(str(Message("such years")), Measure.YEAR), (str(Message("such plans")), Measure.PLAN)],
            value=state.measure,
            style={"button_width": "auto"},
        )
        self.measure.observe(safely(lambda c: self._set(measure=c["new"])), "value")
        self.lead, self.relief, self.table, self.mark = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self.picture = Picture(WIDTH)
        self.fields = self._chance_fields()
        self.tolerated = count_field(Message("months without cash that still go"), state.tolerated, most=12)
        self.tolerated.observe(safely(lambda c: self._set(tolerated=c["new"])), "value")
        self.helps_out = w.Checkbox(
            value=state.reserve is Reserve.USED, description=str(Message("the reserve helps out")), indent=False
        )
        self.helps_out.observe(
            safely(lambda c: self._set(reserve=Reserve.USED if c["new"] else Reserve.LEFT_ALONE)), "value"
        )
        self.known = known_choice(Message("how they are known"), state.known)
        self.known.observe(safely(lambda c: self._suppose("known", c["new"])), "value")
        self.source = text_field(Message("where they are from"), state.source, width="420px")
        self.source.observe(safely(lambda c: self._set(source=c["new"])), "value")
        for name, field in self.fields.items():
            checked(field, state.check, name)
            field.observe(safely(lambda c, name=name: self._suppose(name, c["new"])), "value")
        self._later = Later([safely(self._answer), safely(self._draw)])
        row = w.Layout(flex_flow="row wrap", align_items="flex-start", grid_gap="4px 18px")
        asks = w.HBox([self.name, self.level, self.measure], layout=row)
        self.below = w.VBox([self.table, asks, self.relief, self.picture, *self._assumptions()])
        super().__init__([self.lead, self.below])
        names = ["chances", "source", "level", "measure", "tolerated", "reserve", "seed", "name"]
        state.observe(safely(lambda _: self.refresh()), names)

    def _chance_fields(self) -> dict[str, Field]:
        c = self.state.chances
        return {
            "steady_spread": percent_field(Message("monthly income varies by"), c.steady_spread),
            "irregular_spread": percent_field(Message("other income varies by"), c.irregular_spread),
            "expense_spread": percent_field(Message("living costs vary by"), c.expense_spread),
            "job_loss": percent_field(Message("chance in a year"), c.job_loss),
            "job_loss_months": months_range(Message("lasts"), c.job_loss_months),
            "income_kept": percent_field(Message("income that still comes"), c.income_kept),
            "illness": percent_field(Message("chance in a year"), c.illness),
            "illness_cost": amount_range(Message("costs"), c.illness_cost),
            "illness_lost": percent_field(Message("income lost in that month"), c.illness_lost),
            "one_off": percent_field(Message("chance in a year"), c.one_off),
            "one_off_cost": amount_range(Message("costs"), c.one_off_cost),
        }

    def _assumptions(self) -> list[w.Widget]:
        f = self.fields
        groups: list[tuple[Message, list[w.Widget]]] = [
            (Message("From month to month"), [f["steady_spread"], f["irregular_spread"], f["expense_spread"]]),
            (Message("An income stops"), [f["job_loss"], f["job_loss_months"], f["income_kept"]]),
            (Message("Illness"), [f["illness"], f["illness_cost"], f["illness_lost"]]),
            (Message("Another unplanned expense"), [f["one_off"], f["one_off_cost"]]),
            (Message("What counts"), [self.tolerated, self.helps_out]),
        ]
        title = Message("What is assumed")
        note = Message(
            "From the client's own budget in 02: its incomes and living costs go up and down, an income may stop, an "
            "illness or another expense may come. The figures shown at first are assumed, not measured; set them for "
            "this client. “Varies by 5%” means: two months in three lie within 5% of the budget. All proposals are "
            "tried on the same drawn months, so that a difference between them is not luck."
        )
        return [
            w.HTML(f"<h3 class='debtdesk-group'>{escape(str(title))}</h3>"),
            w.HTML(f"<p class='debtdesk-note'>{escape(str(note))}</p>"),
            self.mark,
            columns_of(groups),
            self.known,
            self.source,
        ]

    # -- from the screen to the state ---------------------------------------------------------------------------------

    def _set(self, **changes: Any) -> None:
        if not self._following:
            self.state.set_trait(*next(iter(changes.items())))

    def _suppose(self, name: str, value: Any) -> None:
        if not self._following:
            self.state.suppose(**{name: value})

    # -- from the state to the screen ---------------------------------------------------------------------------------

    def _fill(self) -> None:
        names = [o.proposal.name for o in self.state.rows]
        self._following = True
        try:
            if list(self.name.options) != names:
                self.name.options = names
            chosen = self.state.chosen
            self.name.value = chosen.proposal.name if chosen is not None else None
            self._fill_settings()
        finally:
            self._following = False

    def _fill_settings(self) -> None:
        state, case = self.state, self.state.offers.case
        same, self._of = self._of == case.reference, case.reference
        for name, field in self.fields.items():
            field.follow(getattr(state.chances, name), same=same)
        self.level.follow(round(100 * state.level), same=same)
        self.tolerated.follow(state.tolerated, same=same)
        self.source.follow(state.source, same=same)
        self.measure.value, self.known.value = state.measure, state.known
        self.helps_out.value = state.reserve is Reserve.USED

    def _answer(self) -> None:
        state, spoken = self.state, language()
        self.mark.value = known_mark(state.known, state.source)
        found, relief = state.risks(), state.relief()
        self.below.layout.display = "" if relief is not None or found.rows else "none"
        if relief is None:
            self.picture.clear()
        self.table.value = html_table(risks_table(found, spoken)) if found.rows else ""
        self.relief.value = f"<p class='debtdesk-choice'>{escape(self._relief_text(relief))}</p>" if relief else ""
        if relief is None:
            self.lead.value = f"<p class='debtdesk-note'>{escape(str(self._missing()))}</p>"
        else:
            self.lead.value = f"<p class='debtdesk-choice'>{escape(risk_sentence(relief.risk, spoken))}</p>"

    def _missing(self) -> Message:
        if not self.state.offers.has_budget:
            return Message("There is no budget yet: enter it in 02, then the risk can be reckoned.")
        return Message("There is no proposal whose risk could be reckoned.")

    def _relief_text(self, relief: Relief) -> str:
        state, spoken = self.state, language()
        if relief.reserve != 0:
            return relief_sentence(state.level, state.measure, relief.reserve, relief.installment, spoken)
        said = Message("“{name}” stays within {n} of 100 as it is.", name=relief.risk.name, n=of_hundred(state.level))
        if relief.installment is None:
            return said.in_language(spoken)
        more = Message(
            "{said} So would a level installment of up to {amount} over the same months.",
            said=said,
            amount=money(relief.installment, spoken, whole=True),
        )
        return more.in_language(spoken)

    def _draw(self) -> None:
        relief, state = self.state.relief(), self.state
        if relief is None:
            return
        source = str(
            Message(
                "Source: the budget of this case; chances {known}. {paths} drawn ways, seed {seed}.",
                known=name_of(state.known),
                paths=f"{relief.risk.paths:,}",
                seed=state.seed,
            )
        )
        figure = fan_chart(relief.fan, relief.risk, language(), source=source, width_px=WIDTH, height_px=HEIGHT)
        self.picture.draw(figure, risk_sentence(relief.risk, language()))
