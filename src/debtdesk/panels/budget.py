"""02 budget: what can the household really pay?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.capacity import Capacity
from debtdesk.files.budget import BudgetReading, read_budget
from debtdesk.locale import Message, language
from debtdesk.panels import budget_rows
from debtdesk.panels.budget_state import HORIZONS, BudgetState
from debtdesk.panels.desk import Desk
from debtdesk.panels.fields import LABEL_WIDTH, Field, amount_field, count_field, text_field
from debtdesk.panels.sheet import Sheet
from debtdesk.panels.stage import Stage, fold, shown
from debtdesk.panels.taking import TakingBox, unsaved
from debtdesk.panels.templates import template
from debtdesk.views.canvas import to_png
from debtdesk.views.household import cash_flow_chart, spending_chart
from debtdesk.views.sentences import capacity_sentence, lead
from debtdesk.views.tables import capacity_table, html_table

STEPS = (100, 1_000, 5_000, 10_000)
MOST_PERSONS = 30
FLOW_WIDTH, SPENDING_WIDTH = 960, 600
SHARPNESS = 1.5  # pictures hold more pixels than they take on the screen


class BudgetPanel(Stage):
    """The sheet of income and outgoings, the household, and what it can pay each month."""

    name = "02_budget"
    question = Message("What can the household really pay?")
    onward = ("03_growth", Message("Next: what if nothing is done?"))

    def __init__(self, desk: Desk | None = None) -> None:
        desk = desk or Desk()
        self.state = BudgetState(desk)
        self._spoken, self._following = desk.language, False
        self._reading: BudgetReading | None = None
        self._drawn: object = None
        super().__init__(desk)
        self.children = tuple(c for c in self.children if c is not self.message)  # it stands beside the button
        self.state.observe(lambda _: self.refresh(), "turn")

    def build(self) -> Sequence[w.Widget]:
        """Return the answer, the sheet, the household, the button to save, and what is folded."""
        self._drawn = None
        if self._spoken != self.desk.language:
            self._spoken = self.desk.language
            self.state.speak()
        save = self.safely(self._save)
        self.lead, self.guide, self.table, self.unsaved = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self.sheet = Sheet(budget_rows.columns(), title=Message("budget"), add=Message("Add an item"), on_save=save)
        self.sheet.rows = self.state.items.rows
        self.sheet.observe(self.safely(lambda change: self.state.type_items(change["new"])), "rows")
        self.save = self.button(Message("Save"), save, style="primary")
        bar = w.HBox([self.save, self.unsaved, self.message], layout=w.Layout(align_items="center", grid_gap="12px"))
        self.taking: TakingBox[Any] = TakingBox(
            help=Message(
                "A table of the budget (.xlsx or .csv). It is shown first; an item of the same name is replaced, so "
                "the same file twice adds nothing."
            ),
            read=self._read,
            novelty=self.state.novelty,
            take=lambda items: self.state.take(items, self._reading),
            safely=self.safely,
            template=template("budget", self.safely),
            also=lambda reading: bool(self.state.settings(reading)),
        )
        household = self._household()
        self.flow, self.spending = _image(FLOW_WIDTH), _image(SPENDING_WIDTH)
        self.charts = w.HBox([self.flow, self.spending], layout=w.Layout(flex_flow="row wrap", grid_gap="8px 16px"))
        self.refresh()
        return (
            self.lead,
            self.sheet,
            bar,
            w.HTML(f"<h2 class='debtdesk-part'>{escape(str(Message('The household')))}</h2>"),
            household,
            self.guide,
            self.charts,
            fold(Message("Month by month"), self.table),
            fold(Message("Take a budget over from a file"), self.taking),
        )

    def case_changed(self) -> None:
        """Follow the case without building anew, so that no focus and no typing is lost."""
        self.state.follow()

    def _save(self) -> None:
        self.state.save()

    def _read(self, name: str, content: bytes) -> BudgetReading:
        reading = read_budget(name, content)
        self._reading = reading
        return reading

    def _household(self) -> w.Widget:
        h = self.state.household
        self.fields: dict[str, Field] = {
            "persons": count_field(Message("persons who live from it"), h.persons, least=1, most=MOST_PERSONS),
            "protected_minimum": amount_field(Message("protected minimum a person and month"), h.protected_minimum),
            "protected_source": text_field(
                Message("document the minimum was taken from"), h.protected_source, width="700px"
            ),
            "savings": amount_field(Message("savings at hand"), h.savings),
            "reserve_target": amount_field(Message("reserve to build up"), h.reserve_target),
            "reserve_monthly": amount_field(Message("laid aside each month"), h.reserve_monthly),
        }
        for name, field in self.fields.items():
            field.observe(self.safely(self._setter(name)), "value")
        steps = sorted({*STEPS, h.step})
        self.step = w.Dropdown(
            options=[(f"{s / 100:g}", s) for s in steps],
            value=h.step,
            **_labelled(Message("rounded down to"), "110px"),
        )
        self.step.observe(self.safely(self._setter("step")), "value")
        self.months = w.Dropdown(
            options=[(str(Message("{n} months", n=n)), n) for n in HORIZONS],
            value=self.state.months,
            **_labelled(Message("look ahead"), "170px"),
        )
        self.months.observe(self.safely(lambda c: self._look(months=c["new"])), "value")
        self.kept = w.IntSlider(
            value=round(self.state.kept * 100),
            step=5,
            readout_format="d",
            continuous_update=False,
            **_labelled(Message("other spending kept"), "280px"),
        )
        self.kept.observe(self.safely(lambda c: self._look(kept=Fraction(c["new"], 100))), "value")
        more = [_with_unit(self.step, Message("yuan")), self.months, _with_unit(self.kept, Message("%"))]
        few = [field for name, field in self.fields.items() if name != "protected_source"]
        grid = w.Layout(
            grid_template_columns="repeat(auto-fill, minmax(520px, 1fr))", grid_gap="4px 20px", width="100%"
        )
        return w.VBox([w.GridBox([*few, *more], layout=grid), self.fields["protected_source"]])

    def _setter(self, name: str) -> Callable[[Any], None]:
        def change(given: Any) -> None:
            if not self._following:
                self.state.set_household(name, given["new"])

        return change

    def _look(self, **choice: Any) -> None:
        if not self._following:
            self.state.look(**choice)

    def refresh(self) -> None:
        """Show what the state says."""
        state, chosen = self.state, language()
        self.sheet.rows = state.items.rows
        self.sheet.problems, self.sheet.notes = state.items.said_errors(), state.items.said_notes()
        self._following = True
        try:
            for name, field in self.fields.items():
                value = getattr(state.household, name)
                if not field.problem and field.value != value:
                    field.value = value
            if state.household.step not in [v for _, v in self.step.options]:
                self.step.options = [(f"{s / 100:g}", s) for s in sorted({*STEPS, state.household.step})]
            self.step.value, self.months.value = state.household.step, state.months
        finally:
            self._following = False
        self.unsaved.value = unsaved(state.dirty)
        if not state.items.good():
            empty = Message(
                "Nothing is entered yet. Type income and outgoings into the rows below, paste a block from a "
                "spreadsheet, or take over a file."
            )
            self.lead.value, self.guide.value, self.table.value = lead(str(empty)), "", ""
            self.charts.layout.display = "none"
            return
        room = state.result()
        self.lead.value = lead(capacity_sentence(room, chosen))
        self.guide.value = "".join(f"<p class='debtdesk-note'>{escape(str(m))}</p>" for m in state.sentences())
        self.table.value = html_table(capacity_table(room, chosen))
        self._draw(room)

    def _draw(self, room: Capacity) -> None:
        """Draw both charts where the figures are not those already drawn."""
        budget, chosen = self.state.budget(), language()
        if self._drawn == (drawn := (budget, room, chosen)):
            return
        self._drawn = drawn
        source = str(Message("Source: the budget above; no tax or price change is assumed."))
        flow = cash_flow_chart(room, chosen, width_px=FLOW_WIDTH, source=source)
        spending = spending_chart(budget, chosen, month=self.desk.day, width_px=SPENDING_WIDTH, source=source)
        self.flow.value, self.flow.alt = to_png(flow, scale=SHARPNESS), str(Message("cash at hand month by month"))
        self.spending.value, self.spending.alt = to_png(spending, scale=SHARPNESS), str(Message("where the money goes"))
        self.charts.layout.display = ""


def _image(width: int) -> w.Image:
    return w.Image(format="png", layout=w.Layout(flex=f"1 1 {width}px", width="auto", max_width=f"{width}px"))


def _labelled(label: Message, width: str) -> dict[str, Any]:
    """Return what gives a widget its label in line with those of the fields."""
    return {
        "description": str(label),
        "style": {"description_width": LABEL_WIDTH},
        "layout": w.Layout(width=f"calc({LABEL_WIDTH} + {width})", max_width="100%"),
    }


def _with_unit(widget: w.Widget, unit: Message) -> w.HBox:
    shown_unit = w.HTML(escape(str(unit)))
    shown_unit.add_class("debtdesk-unit")
    return w.HBox([widget, shown_unit])


def panel() -> w.Widget:
    """Return the stage of the budget of the open case."""
    return shown(BudgetPanel)
