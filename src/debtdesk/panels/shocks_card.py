"""The card of shocks: what may happen, to be changed like a table, and what can be paid then."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as w

from debtdesk.locale import Message, language
from debtdesk.panels import shock_rows
from debtdesk.panels.budget_state import BudgetState
from debtdesk.panels.picture import Picture
from debtdesk.panels.sheet import Sheet
from debtdesk.views.scene import Painter
from debtdesk.views.stress import lasting, stress_message, stress_scene, stress_sentence
from debtdesk.views.words import money, name_of

WIDTH = 960
Guard = Callable[[Callable[..., None]], Callable[..., None]]


class ShocksCard(w.VBox):
    """A sheet of shocks, the chart of what is payable under each, and how long the reserve lasts."""

    def __init__(self, state: BudgetState, safely: Guard, on_save: Callable[[], None]) -> None:
        self.state = state
        self._painter: Painter | None = None
        self._drawn: object = None
        intro = Message(
            "All figures here are assumed: they test the plan, they do not say what will happen. Each is looked at by "
            "itself. Change them to what fits this household. A reserve may be spent on what passes, not on what lasts "
            "or comes every year."
        )
        self.lead = w.HTML()
        self.sheet = Sheet(
            shock_rows.columns(), title=Message("shocks"), add=Message("Add something that may happen"), on_save=on_save
        )
        self.image = Picture(WIDTH, width="auto")
        self.told = w.HTML()
        note = w.HTML(f"<p class='debtdesk-note'>{escape(str(intro))}</p>")
        super().__init__([self.lead, note, self.sheet, self.image, self.told])
        self.sheet.rows = state.shocks.rows
        self.sheet.observe(safely(lambda change: state.type_shocks(change["new"])), "rows")

    def refresh(self) -> None:
        """Show what the state says; the chart only where its figures changed."""
        state, spoken = self.state, language()
        self.sheet.rows = state.shocks.rows
        self.sheet.problems, self.sheet.notes = state.shocks.said_errors(), state.shocks.said_notes()
        room, found = state.result(), state.stressed()
        if self._drawn == (drawn := (room, found, spoken)):
            return
        self._drawn = drawn
        self.lead.value = f"<p class='debtdesk-choice'>{escape(stress_message(room, found, spoken))}</p>"
        self.sheet.computed = {
            row_id: {
                "level": money(s.level, spoken, whole=True),
                "survives": lasting(s, spoken),
            }
            for s in found
            if (row_id := state.shocks.id_of(s.shock))
        }
        self._draw()
        told = ((name_of(s.shock.kind).in_language(spoken), stress_sentence(s, spoken)) for s in found)
        lines = "".join(f"<li><b>{escape(what)}</b>: {escape(how)}</li>" for what, how in told)
        self.told.value = f"<ul>{lines}</ul>"

    def _draw(self) -> None:
        spoken = language()
        source = str(Message("Hatched: assumed. Source: the budget on this page, with the figures of this table."))
        scene = stress_scene(self.state.result(), self.state.stressed(), spoken, source=source, width_px=WIDTH)
        if self._painter is None or self._painter.height != scene.height:
            self._painter = Painter(scene.width, scene.height)
        self.image.show(self._painter.paint(scene), str(Message("what can be paid if something happens")))
