"""The card of the household: who lives from the budget, what is protected, saved and laid aside."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import ipywidgets as w

from debtdesk.core.problems import Refused
from debtdesk.files.household import MOST_PERSONS
from debtdesk.locale import Message
from debtdesk.panels.budget_state import HORIZONS, BudgetState
from debtdesk.panels.drafts import told
from debtdesk.panels.fields import LABEL_WIDTH, Field, amount_field, count_field, text_field, with_unit
from debtdesk.panels.offer_editor import percent_field

STEPS = (100, 1_000, 5_000, 10_000)
Guard = Callable[[Callable[..., None]], Callable[..., None]]


class HouseholdCard(w.VBox):
    """Fields for each setting of the household, and two what-ifs that are not kept."""

    def __init__(self, state: BudgetState, safely: Guard) -> None:
        self.state, self._following = state, False
        h = state.household
        self.fields: dict[str, Field] = {
            "persons": count_field(Message("persons who live from it"), h.persons, least=1, most=MOST_PERSONS),
            "dependants": count_field(Message("of them without an income"), h.dependants, most=MOST_PERSONS - 1),
            "protected_minimum": amount_field(Message("protected minimum a person and month"), h.protected_minimum),
            "protected_source": text_field(
                Message("document the minimum was taken from"), h.protected_source, width="700px"
            ),
            "savings": amount_field(Message("savings at hand"), h.savings),
            "reserve_target": amount_field(Message("reserve to build up"), h.reserve_target),
            "reserve_monthly": amount_field(Message("laid aside each month"), h.reserve_monthly),
            "uncertain_share": percent_field(Message("uncertain income counts by"), h.uncertain_share),
        }
        self.fields["persons"].also(self._check_persons)
        self.fields["dependants"].also(self._check_dependants)
        for name, field in self.fields.items():
            field.observe(safely(self._setter(name)), "value")
        self.step = w.Dropdown(options=_steps(h.step), value=h.step, **_labelled(Message("rounded down to"), "110px"))
        self.step.observe(safely(self._setter("step")), "value")
        self.months = w.Dropdown(
            options=[(str(Message("{n} months", n=n)), n) for n in HORIZONS],
            value=state.months,
            **_labelled(Message("look ahead"), "170px"),
        )
        self.months.observe(safely(lambda c: self._look(months=c["new"])), "value")
        self.kept = w.IntSlider(
            value=round(state.kept * 100),
            step=5,
            readout_format="d",
            continuous_update=False,
            **_labelled(Message("other spending kept"), "280px"),
        )
        self.kept.observe(safely(lambda c: self._look(kept=Fraction(c["new"], 100))), "value")
        more = [with_unit(self.step, Message("yuan")), self.months, with_unit(self.kept, Message("%"))]
        few = [field for name, field in self.fields.items() if name != "protected_source"]
        grid = w.Layout(
            grid_template_columns="repeat(auto-fill, minmax(520px, 1fr))", grid_gap="4px 20px", width="100%"
        )
        super().__init__([w.GridBox([*few, *more], layout=grid), self.fields["protected_source"]])

    def refresh(self) -> None:
        """Show what the state says; a field that was refused keeps its text."""
        state = self.state
        self._following = True
        try:
            for name, field in self.fields.items():
                value = getattr(state.household, name)
                if not field.problem and field.value != value:
                    field.value = value
            if state.household.step not in [v for _, v in self.step.options]:
                self.step.options = _steps(state.household.step)
            self.step.value, self.months.value = state.household.step, state.months
        finally:
            self._following = False
        doubts = state.doubts()
        for name, field in self.fields.items():
            problem = doubts.get(name)
            field.doubt(str(told(problem.text, problem.remedy)) if problem else "")

    def _check_persons(self, persons: int) -> None:
        if persons <= (dependants := self.state.household.dependants):
            raise Refused(
                Message("{n} of them have no income, so they must be more.", n=dependants),
                Message("Write at least {least}, or lower the number without an income first.", least=dependants + 1),
            )

    def _check_dependants(self, dependants: int) -> None:
        if dependants >= (persons := self.state.household.persons):
            raise Refused(
                Message("{n} dependants of {persons} persons leave nobody to pay.", n=dependants, persons=persons),
                Message("Write fewer dependants than persons."),
            )

    def _setter(self, name: str) -> Callable[[Any], None]:
        def change(given: Any) -> None:
            if not self._following:
                self.state.set_household(name, given["new"])

        return change

    def _look(self, **choice: Any) -> None:
        if not self._following:
            self.state.look(**choice)


def _steps(own: int) -> list[tuple[str, int]]:
    return [(f"{s / 100:g}", s) for s in sorted({*STEPS, own})]


def _labelled(label: Message, width: str) -> dict[str, Any]:
    """Return what gives a widget its label in line with those of the fields."""
    return {
        "description": str(label),
        "style": {"description_width": LABEL_WIDTH},
        "layout": w.Layout(width=f"calc({LABEL_WIDTH} + {width})", max_width="100%"),
    }
