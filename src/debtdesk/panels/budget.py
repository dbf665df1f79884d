"""02 budget: what can the household really pay?"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.capacity import Capacity
from debtdesk.files.budget import BudgetReading, read_budget
from debtdesk.locale import Message, language
from debtdesk.panels import budget_rows
from debtdesk.panels.bills_card import BillsCard
from debtdesk.panels.budget_state import BudgetState
from debtdesk.panels.desk import Desk
from debtdesk.panels.guide_card import GuideCard
from debtdesk.panels.household_card import HouseholdCard
from debtdesk.panels.later import Later
from debtdesk.panels.means_card import MeansCard
from debtdesk.panels.picture import Picture
from debtdesk.panels.sheet import Sheet
from debtdesk.panels.shocks_card import ShocksCard
from debtdesk.panels.stage import Stage, fold, shown
from debtdesk.panels.taking import TakingBox, unsaved
from debtdesk.panels.templates import template
from debtdesk.views.household import YEAR, cash_flow_scene, spending_scene
from debtdesk.views.rules import rules_html
from debtdesk.views.scene import Painter, Scene
from debtdesk.views.sentences import capacity_sentence, lead
from debtdesk.views.tables import capacity_table, html_table

FLOW, SPENDING = (655, 400), (475, 400)  # pixels
RULES = ("living_costs_kept", "subsistence_local")


class BudgetPanel(Stage):
    """What the household can pay, the sheet of income and outgoings, the household, and what is folded."""

    name = "02_budget"
    question = Message("What can the household really pay?")
    onward = ("03_growth", Message("Next: what if nothing is done?"))

    def __init__(self, desk: Desk | None = None) -> None:
        desk = desk or Desk()
        self.state = BudgetState(desk)
        self._spoken = desk.language
        self._reading: BudgetReading | None = None
        self._drawn: dict[str, object] = {}
        self._painters = {"flow": Painter(*FLOW), "spending": Painter(*SPENDING)}
        super().__init__(desk)
        self.children = tuple(c for c in self.children if c is not self.message)  # it stands beside the button
        self.state.observe(lambda _: self.refresh(), "turn")

    def build(self) -> Sequence[w.Widget]:
        """Return the answer, the charts, the sheet, the household, the button to save, and what is folded."""
        self._drawn = {}
        if self._spoken != self.desk.language:
            self._spoken = self.desk.language
            self.state.speak()
        save = self.safely(self._save)
        self.lead, self.guide, self.table, self.unsaved = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self.flow, self.spending = _picture(FLOW[0]), _picture(SPENDING[0])
        self.charts = w.HBox([self.flow, self.spending], layout=w.Layout(flex_flow="row wrap", grid_gap="8px 6px"))
        self.sheet = Sheet(budget_rows.columns(), title=Message("budget"), add=Message("Add an item"), on_save=save)
        self.sheet.rows = self.state.items.rows
        self.sheet.observe(self.safely(lambda change: self.state.type_items(change["new"])), "rows")
        self.save = self.button(Message("Save"), save, style="primary")
        bar = w.HBox([self.save, self.unsaved, self.message], layout=w.Layout(align_items="center", grid_gap="12px"))
        self.household = HouseholdCard(self.state, self.safely)
        self.fields, self.step = self.household.fields, self.household.step
        self.months, self.kept = self.household.months, self.household.kept
        self.shocks = ShocksCard(self.state, self.safely, save)
        self.beside = GuideCard(self.state, self.safely)
        self.means = MeansCard(self.state, self.safely)
        self.bills = BillsCard(self.desk, self.safely)
        self.folds = self._folds()
        charts = [self.safely(self._draw_flow), self.safely(self._draw_spending)]
        self._later = Later([*charts, *(self._filler(n) for n in range(len(self.folds)))])
        self.refresh(at_once=True)
        return (
            self.lead,
            self.charts,
            self.guide,
            self.sheet,
            bar,
            w.HTML(f"<h2 class='debtdesk-part'>{escape(str(Message('The household')))}</h2>"),
            self.household,
            *(folded for folded, _ in self.folds),
        )

    def _folds(self) -> list[tuple[w.Accordion, Callable[[], None]]]:
        """Return what is folded, each with what fills it; it is filled only while it is open."""
        rules = w.HTML(rules_html(RULES, language()))
        entered = self._where_entered
        folds = [
            (fold(Message("From the bills of Alipay, WeChat and banks"), self.bills), self.bills.refresh),
            (fold(Message("If something happens"), self.shocks), entered(self.shocks.refresh)),
            (fold(Message("Beside the guide figures"), self.beside), entered(self.beside.refresh)),
            (fold(Message("Month by month"), self.table), entered(self._fill_table)),
            (fold(Message("Statement of means, to print"), self.means), entered(self.means.refresh)),
            (fold(Message("What the law leaves for living"), rules), _nothing),
            (fold(Message("Take a budget over from a file"), self._taking()), _nothing),
        ]
        for n, (folded, _) in enumerate(folds):
            filler = self._filler(n)
            folded.observe(lambda _, fill=filler: fill(), "selected_index")
        return folds

    def _filler(self, n: int) -> Callable[[], None]:
        """Return what fills a fold if it is open."""

        def fill() -> None:
            folded, filling = self.folds[n]
            if folded.selected_index is not None:
                filling()

        return self.safely(fill)

    def _where_entered(self, filling: Callable[[], None]) -> Callable[[], None]:
        """Return what fills a fold only where the budget has an item."""
        return lambda: filling() if self.state.items.good() else None

    def _taking(self) -> w.Widget:
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
        return self.taking

    def case_changed(self) -> None:
        """Follow the case without building anew, so that no focus and no typing is lost."""
        self.state.follow()
        self._filler(0)()  # the bills, which need no budget

    def _save(self) -> None:
        self.state.save()

    def _read(self, name: str, content: bytes) -> BudgetReading:
        reading = read_budget(name, content)
        self._reading = reading
        return reading

    def refresh(self, *, at_once: bool = False) -> None:
        """Show what the state says: the answer now, charts and folds when the hand rests, or at once."""
        state = self.state
        self.sheet.rows = state.items.rows
        self.sheet.problems, self.sheet.notes = state.items.said_errors(), state.items.said_notes()
        self.household.refresh()
        self.unsaved.value = unsaved(state.dirty)
        if not state.items.good():
            empty = Message(
                "Nothing is entered yet. Type income and outgoings into the rows below, paste a block from a "
                "spreadsheet, or take over a file."
            )
            self.lead.value, self.guide.value, self.table.value = lead(str(empty)), "", ""
            self.charts.layout.display = "none"
            return
        self.lead.value = lead(capacity_sentence(state.result(), language()))
        self.guide.value = "".join(f"<p class='debtdesk-note'>{escape(str(m))}</p>" for m in state.sentences())
        self.charts.layout.display = ""
        (self._later.now if at_once else self._later.wish)()

    def _fill_table(self) -> None:
        self.table.value = html_table(capacity_table(self.state.result(), language()))

    def _draw_flow(self) -> None:
        room = self._room()
        if room is not None:
            self._draw(
                "flow",
                self.flow,
                Message("cash at hand month by month"),
                (room,),
                lambda: cash_flow_scene(room, language(), source=_source(), width_px=FLOW[0], height_px=FLOW[1]),
            )

    def _draw_spending(self) -> None:
        if self._room() is not None:
            budget, start = self.state.budget(), self.desk.day
            self._draw(
                "spending",
                self.spending,
                Message("where the money goes"),
                (budget, start),
                lambda: spending_scene(
                    budget,
                    language(),
                    month=start,
                    months=YEAR,
                    source=_source(),
                    width_px=SPENDING[0],
                    height_px=SPENDING[1],
                ),
            )

    def _room(self) -> Capacity | None:
        return self.state.result() if self.state.items.good() else None

    def _draw(
        self, name: str, picture: Picture, words: Message, figures: tuple[object, ...], make: Callable[[], Scene]
    ) -> None:
        """Draw a chart where its figures are not those already drawn."""
        drawn = (*figures, language())
        if self._drawn.get(name) != drawn:
            picture.show(self._painters[name].paint(make()), str(words))
            self._drawn[name] = drawn


def _nothing() -> None:
    """Fill nothing: what is folded is there from the start."""


def _source() -> str:
    return str(Message("Source: the budget on this page; no tax or price change is assumed."))


def _picture(width: int) -> Picture:
    return Picture(width, width="auto", flex=f"1 1 {width}px")


def panel() -> w.Widget:
    """Return the stage of the budget of the open case."""
    return shown(BudgetPanel)
