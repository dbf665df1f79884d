"""03 growth: what becomes of the debts if nothing is done, and what a monthly payment or a freeze changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.locale import Message, language
from debtdesk.panels import growth_words
from debtdesk.panels.desk import Desk
from debtdesk.panels.download import Download, Handed
from debtdesk.panels.fields import Field, amount_field
from debtdesk.panels.growth_state import ALL, LONGEST_FREEZE, LONGEST_LOOK, GrowthState
from debtdesk.panels.picture import Picture
from debtdesk.panels.stage import Stage, fold, link, shown
from debtdesk.views.canvas import to_png, to_svg
from debtdesk.views.convention import convention_card, hatched_parts, uncertain
from debtdesk.views.growth import GrowthChart
from debtdesk.views.tables import html_table
from debtdesk.views.words import debt_name

WIDTH, HEIGHT = 1240, 440
LABEL = "190px"


class GrowthPanel(Stage):
    """Sliders, the answer as a sentence and a chart, and the detail folded below."""

    name = "03_growth"
    question = Message("What if nothing is done?")
    onward = ("04_proposals", Message("Next: what do we ask for?"))

    def __init__(self, desk: Desk | None = None) -> None:
        desk = desk or Desk()
        self.state = GrowthState(desk.case, desk.day)
        self._following = False
        super().__init__(desk)
        self.state.observe(lambda _: self._choices_changed(), ("months", "monthly", "freeze", "account"))
        self.state.observe(lambda _: self._result_changed(), "result")

    # -- building -----------------------------------------------------------------------------------------------------

    def build(self) -> Sequence[w.Widget]:
        """Return the sliders, the lead, the chart and what is folded; a case without debts shows the way to 01."""
        if not self.state.case.debts:
            text = Message("This case has no debts yet. What is owed, and to whom, is entered in 01.")
            return (w.HTML(f"<p class='debtdesk-lead'>{escape(str(text))} {link('01_debts', '→ 01')}</p>"),)
        self.months = self._slider(Message("look ahead"), 1, LONGEST_LOOK, Message("months"), "months")
        self.monthly = self._slider(Message("pay each month"), 0, 1, Message("yuan"), "monthly")
        self.freeze = self._slider(Message("freeze"), 0, LONGEST_FREEZE, Message("months"), "freeze")
        self.amount: Field = amount_field(Message("or typed"), self.state.monthly)
        self.amount.observe(self.safely(lambda change: self._choose("monthly", change["new"])), "value")
        self.account = w.Dropdown(
            description=str(Message("debts looked at")), style={"description_width": LABEL}, layout=_wide()
        )
        self.account.observe(self.safely(lambda change: self._choose("account", change["new"])), "value")
        self.lead = w.HTML()
        self.chart = GrowthChart(language(), WIDTH, HEIGHT)
        self.image = Picture(WIDTH)
        self.monthly_table, self.cards, self.doubts = w.HTML(), w.HTML(), w.HTML()
        self.folds = w.VBox()
        self.table_fold = self._fold(Message("Month by month"), self.monthly_table, self._fill_table)
        self.card_fold = self._fold(Message("How this is computed"), self.cards, self._fill_cards)
        self.doubt_fold = self._fold(Message("What is uncertain"), self.doubts, self._fill_doubts)
        self.folds.children = (self.table_fold, self.card_fold, self.doubt_fold)
        self._choices_changed()
        self._result_changed()
        choices = w.HBox(
            [
                w.VBox([self.months, self.freeze], layout=_wide()),
                w.VBox([self.monthly, self.amount], layout=_wide()),
                self.account,
            ],
            layout=w.Layout(flex_flow="row wrap", align_items="flex-start", grid_gap="0 28px"),
        )
        save = w.HBox(
            [
                Download(Message("Save the chart as PNG"), lambda: self._picture("png"), guard=self.safely),
                Download(Message("Save the chart as SVG"), lambda: self._picture("svg"), guard=self.safely),
            ],
            layout=w.Layout(grid_gap="0 10px"),
        )
        return (choices, self.lead, self.image, save, self.folds)

    def case_changed(self) -> None:
        """Follow the case without building anew, so that no focus is lost."""
        had = bool(self.state.case.debts)
        self.state.follow(self.desk.case, self.desk.day)
        if had != bool(self.state.case.debts):
            self.body.children = tuple(self.build())
        elif had:
            self._choices_changed()
            self._result_changed()

    def _slider(self, label: Message, least: int, most: int, unit: Message, name: str) -> w.IntSlider:
        slider = w.IntSlider(
            value=least,
            min=least,
            max=most,
            description=f"{label} ({unit})",
            continuous_update=True,
            style={"description_width": LABEL},
            layout=_wide(),
        )
        factor = 100 if name == "monthly" else 1
        slider.observe(self.safely(lambda change: self._choose(name, change["new"] * factor)), "value")
        return slider

    def _fold(self, title: Message, content: w.HTML, fill: Callable[[], None]) -> w.Accordion:
        folded = fold(title, content)
        folded.observe(self.safely(lambda _: fill()), "selected_index")
        return folded

    # -- from the screen to the state ---------------------------------------------------------------------------------

    def _choose(self, name: str, value: Any) -> None:
        if not self._following:
            setattr(self.state, name, value)

    # -- from the state to the screen ---------------------------------------------------------------------------------

    def _choices_changed(self) -> None:
        """Let every widget show the choices; what the widgets say meanwhile is an echo."""
        if not self.state.case.debts:
            return
        self._following = True
        try:
            debts = self.state.case.debts
            options = [(str(Message("all debts")), ALL), *((debt_name(d, language()), d.account) for d in debts)]
            if list(self.account.options) != options:
                self.account.options = options
            step, most = self.state.step // 100, self.state.most // 100
            if (self.monthly.step, self.monthly.max) != (step, most):
                self.monthly.step, self.monthly.max = step, most
            self.account.value = self.state.account
            self.months.value, self.freeze.value = self.state.months, self.state.freeze
            self.monthly.value = min(most, self.state.monthly // 100)
            if self.amount.value != self.state.monthly:
                self.amount.value = self.state.monthly
        finally:
            self._following = False

    def _result_changed(self) -> None:
        result = self.state.result
        if result is None:
            return
        self.lead.value = growth_words.lead(result, self.state)
        self.image.show(self._draw(), str(growth_words.title(result, self.state)))
        self.doubt_fold.titles = (str(Message("What is uncertain ({n})", n=len(uncertain(self.state.debts)))),)
        for fill in (self._fill_table, self._fill_cards, self._fill_doubts):
            fill()

    def _draw(self) -> bytes:
        """Return the picture of the result."""
        result, debts = self.state.result, self.state.debts
        assert result is not None
        paying = result.paying
        source = Message(
            "{debts}, as of {day}; day by day under the conventions below, rounded to the fen",
            debts=Message("{n} debts", n=len(debts)) if len(debts) > 1 else debt_name(debts[0], language()),
            day=result.nothing.start.isoformat(),
        )
        return self.chart.draw(
            result.nothing.days,
            {part.value: amounts for part, amounts in result.nothing.parts.items()},
            with_payment=paying.left if paying else None,
            payment_label=str(growth_words.line_label(self.state)) if paying else None,
            overtake=result.overtake,
            title=str(growth_words.title(result, self.state)),
            source=str(source),
            hatched=hatched_parts(debts),
        )

    # -- what is folded, made only while it is open --------------------------------------------------------------------

    def _fill_table(self) -> None:
        result = self.state.result
        if self.table_fold.selected_index is None or result is None:
            return
        self.monthly_table.value = html_table(growth_words.month_table(result))

    def _fill_cards(self) -> None:
        if self.card_fold.selected_index is None:
            return
        cards = [
            f"<h4>{escape(debt_name(d, language()))}</h4><table class='debtdesk-table'>"
            + "".join(
                f"<tr><th scope='row'>{escape(name)}</th><td>{escape(value)}</td></tr>"
                for name, value in convention_card(d.terms, language())
            )
            + "</table>"
            for d in self.state.debts
        ]
        self.cards.value = "".join(cards)

    def _fill_doubts(self) -> None:
        if self.doubt_fold.selected_index is None:
            return
        lines = uncertain(self.state.debts, language())
        shown = "".join(f"<li>{escape(str(line))}</li>" for line in lines)
        note = Message("Parts that rest on such figures are drawn hatched. Confirm them in 01 from a document.")
        if not lines:
            note = Message("Everything was seen on a document.")
        self.doubts.value = f"<ul>{shown}</ul><p class='debtdesk-note'>{escape(str(note))}</p>"

    def _picture(self, ending: str) -> Handed | None:
        """Return the chart as it stands on the screen, as a file."""
        if self.state.result is None:
            return None
        content = to_svg(self.chart.still()) if ending == "svg" else to_png(self.chart.still())
        return Handed(f"{self.desk.case.reference}-{self.name}.{ending}", content)


def _wide() -> w.Layout:
    return w.Layout(width="510px", max_width="100%")


def panel() -> w.Widget:
    """Return the stage, ready to show."""
    return shown(GrowthPanel)
