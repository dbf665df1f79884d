"""The comparison on the screen: the table, its order, and the rate that turns later payments into today's money."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.comparison import Comparison
from debtdesk.core.rates import Rate
from debtdesk.locale import Message, language
from debtdesk.panels.fields import rate_field
from debtdesk.panels.offers_state import OffersState
from debtdesk.panels.stage import fold, link
from debtdesk.views.comparing import comparison_html, meanings_html
from debtdesk.views.offer_figures import figures
from debtdesk.views.sentences import has_budget
from debtdesk.views.words import rate

Guard = Callable[[Callable[..., None]], Callable[..., None]]


class ComparisonCard(w.VBox):
    """The table with its controls; what is chosen here goes to the state, so it outlives every redraw."""

    def __init__(self, state: OffersState, safely: Guard, *beside: w.Widget) -> None:
        super().__init__()
        self.state, self._safely, self._following = state, safely, False
        self.table = w.HTML(layout=w.Layout(max_width="100%"))
        self.lacking = w.HTML()
        sortable = [(f.title(language()), f.key) for f in figures() if f.value is not None]
        self.order = w.Dropdown(
            options=[(str(Message("as entered")), ""), *sortable],
            description=str(Message("sort by")),
            style={"description_width": "initial"},
            layout=w.Layout(width="340px", max_width="100%"),
        )
        self.direction = w.Dropdown(
            options=[(str(Message("least first")), False), (str(Message("most first")), True)],
            layout=w.Layout(width="130px"),
        )
        self.direction.tooltip = str(Message("which end comes first"))
        self.more = w.ToggleButton(layout=w.Layout(width="auto"))
        self.rate = rate_field(Message("rate for today's worth"), None, width="120px")
        self.rate.text.style.description_width = "initial"
        self.rate.text.layout.width = "260px"
        self.reason = w.HTML()
        self.meanings = w.HTML()
        self.fold = fold(Message("What the figures mean"), self.meanings)
        self._tie()
        row = w.Layout(flex_flow="row wrap", align_items="flex-start", grid_gap="4px 14px")
        self.children = (
            self.table,
            self.lacking,
            w.HBox([self.order, self.direction, self.more], layout=row),
            w.HBox([self.rate, *beside, self.reason], layout=row),
            self.fold,
        )

    def _tie(self) -> None:
        def choose(name: str) -> Callable[[Any], None]:
            def chosen(change: Any) -> None:
                if not self._following:
                    setattr(self.state, name, change["new"])

            return self._safely(chosen)

        self.order.observe(choose("order"), "value")
        self.direction.observe(choose("downwards"), "value")
        self.more.observe(choose("whole"), "value")
        self.rate.observe(self._safely(lambda change: self._rated(change["new"])), "value")
        self.fold.observe(self._safely(lambda _: self._explain()), "selected_index")

    def _rated(self, given: Rate | None) -> None:
        """Take a typed rate to the state; an empty field, or the default typed again, means the default."""
        if self._following:
            return
        comparison = self.state.comparison
        default = _default(comparison)
        self.state.value_rate = None if self.state.value_rate is None and given == default else given
        if comparison is not None and comparison is self.state.comparison:
            self._controls(comparison)

    def follow(self) -> None:
        """Show the comparison as the state has it."""
        state, comparison = self.state, self.state.comparison
        if comparison is None:
            return
        self.table.value = comparison_html(
            comparison, language(), by=state.order, downwards=state.downwards, whole=state.whole
        )
        self._controls(comparison)
        self.lacking.value = _lacking(comparison)
        self._explain()

    def _controls(self, comparison: Comparison) -> None:
        state, stated = self.state, comparison.value_rate
        self._following = True
        try:
            self.order.value, self.direction.value, self.more.value = state.order, state.downwards, state.whole
            self.direction.disabled = not state.order
            label = Message("fewer figures") if state.whole else Message("all figures")
            self.more.description = str(label)
            self.more.icon = "angle-up" if state.whole else "angle-down"
            if not self.rate.problem and stated is not None and self.rate.value != stated.rate:
                self.rate.show(stated.rate)
        finally:
            self._following = False
        self.reason.value = f"<p class='debtdesk-note'>{escape(str(_reason(comparison)))}</p>"

    def _explain(self) -> None:
        comparison = self.state.comparison
        if self.fold.selected_index is not None and comparison is not None:
            self.meanings.value = meanings_html(comparison, language())


def _default(comparison: Comparison | None) -> Rate | None:
    stated = comparison.value_rate if comparison is not None else None
    return stated.rate if stated is not None and stated.published is not None else None


def _reason(comparison: Comparison) -> Message:
    """Return which rate turns later payments into today's money, and why that one."""
    stated = comparison.value_rate
    if stated is None:
        return Message("No rate is known: write one, and it is said what payments are worth to the creditors today.")
    if stated.published is None:
        return Message(
            "Stated by you: what is paid in a year counts less today by {rate}. Empty the field for the default.",
            rate=rate(stated.rate, language()),
        )
    return Message(
        "The default is the one-year LPR as last verified on {day}: what money costs a bank's best customers. A "
        "creditor who doubts that payments come counts with more.",
        day=stated.published.isoformat(),
    )


def _lacking(comparison: Comparison) -> str:
    """Return what the table cannot show yet, and how to get it."""
    lines = []
    if comparison.offers and comparison.creditor is None:
        lines.append(
            Message(
                "The creditor has made no offer yet. When one comes, press “new” and choose “creditor's offer” as what "
                "it is for."
            )
        )
    shown = [escape(str(line)) for line in lines]
    if comparison.offers and not any(has_budget(o) for o in comparison.offers):
        text = Message("The risk of breaking is not computed: it is reckoned from the budget, and there is none yet.")
        shown.append(f"{escape(str(text))} {link('02_budget', '→ 02')}")
    return "".join(f"<p class='debtdesk-note'>{line}</p>" for line in shown)
