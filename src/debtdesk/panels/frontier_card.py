"""The card of the search: what can be paid a month, which plans fit, and what one concession more would change."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.frontier import Point, Solution
from debtdesk.core.limits import LONGEST_MONTHS
from debtdesk.core.problems import Refused
from debtdesk.locale import Message, language
from debtdesk.panels.buttons import button
from debtdesk.panels.fields import Field, amount_field, count_field
from debtdesk.panels.frontier_state import PARTS, FrontierState
from debtdesk.panels.later import Later
from debtdesk.panels.offer_editor import percent_field
from debtdesk.panels.picture import Picture
from debtdesk.panels.stage import fold
from debtdesk.views import frontier as view
from debtdesk.views.markup import html_table
from debtdesk.views.rules import rule_html
from debtdesk.views.words import name_of

Guard = Callable[[Callable[..., None]], Callable[..., None]]
WIDTH, HEIGHT = 820, 400  # pixels
LEAST_STEP, MOST_FREEZES, LONGEST_FREEZE = 5, 4, 60  # percent, how many, months: more would take too long


class FrontierCard(w.VBox):
    """Fields for what can be paid and for the limits, all plans that fit, and a button that takes one.

    Nothing is searched for while the card is folded.
    """

    def __init__(self, state: FrontierState, safely: Guard, tell: Callable[[Refused], None]) -> None:
        self.state, self._tell = state, tell
        self.shown, self._following = False, False
        self._of = ""
        self._drawn: object = None
        self._seen: object = None
        self._options: tuple[Point, ...] = ()
        self._later = Later([safely(self._show_found), safely(self._draw)])
        self.monthly = amount_field(Message("the client can pay"), unit=Message("yuan a month"), width="110px")
        self.monthly.also(_not_negative)
        self.budget = button(Message("what the budget gives"), safely(lambda: self._type(None)))
        self.mode = w.RadioButtons(
            options=[
                (str(Message("the same amount each month")), False),
                (str(Message("month by month, as the budget of 02 goes, savings and down payment counted")), True),
            ],
            layout=w.Layout(width="max-content", max_width="100%"),
        )
        self.lead, self.table, self.grid, self.reverse = w.HTML(), w.HTML(), w.HTML(), w.HTML()
        self.picture = Picture(WIDTH, width="auto")
        self.choice = w.Dropdown(description=str(Message("plan")), layout=w.Layout(width="620px", max_width="100%"))
        self.take = button(Message("take it as a new proposal"), safely(self._take), "primary")
        self.taking = w.HBox([self.choice, self.take], layout=_row())
        self.fields = _limit_fields()
        self.sources = {name: w.HTML() for name in self.fields}
        self.back = button(Message("back to the rule"), safely(self._back))
        limits = w.VBox([*(w.HBox([f, self.sources[n]], layout=_row()) for n, f in self.fields.items()), self.back])
        self.folds = (
            fold(Message("How far the search goes, and why"), limits),
            fold(Message("All plans: the least a month, by what is given up and for how long"), self.grid),
        )
        super().__init__(
            [
                w.HBox([self.monthly, self.budget], layout=_row()),
                self.mode,
                self.lead,
                self.table,
                self.taking,
                self.picture,
                *self.folds,
                self.reverse,
            ]
        )
        self._fill()
        self.monthly.observe(safely(lambda c: self._type(c["new"])), "value")
        self.mode.observe(safely(lambda c: self._switch(c["new"])), "value")
        for name, field in self.fields.items():
            field.observe(safely(self._limit_handler(name)), "value")

    # -- from the screen to the state ---------------------------------------------------------------------------------

    def show(self, wanted: bool) -> None:
        """Search from now on, or no longer: a folded card does nothing."""
        self.shown = wanted
        self.look()

    def look(self) -> None:
        """Follow the draft and the budget; a search is made when the hand rests, and only if it would differ."""
        self._fill()
        if not self.shown:
            return
        if not self.state.stands:
            self._seen = None
            self.lead.value = f"<p class='debtdesk-note' role='status'>{escape(str(Message('Searching …')))}</p>"
        self._later.wish()

    def _type(self, amount: int | None) -> None:
        if not self._following:
            self.state.typed = None if amount == self.state.offers.room.level else amount
            if amount is None:
                self._following = True
                self.monthly.show(self.state.monthly)
                self._following = False
            self.look()

    def _switch(self, by_month: bool) -> None:
        if not self._following:
            self.state.by_month = by_month
            self.look()

    def _limit_handler(self, name: str) -> Callable[[Any], None]:
        def changed(change: Any) -> None:
            if not self._following:
                self.state.set_limit(name, change["new"])
                self.look()

        return changed

    def _back(self) -> None:
        self.state.back()
        self._following = True
        for name, field in self.fields.items():
            field.show(self.state.limit(name))
        self._following = False
        self.look()

    def _take(self) -> None:
        if self.choice.value is None:
            return
        try:
            self.state.take(self._options[self.choice.value])
        except Refused as refused:
            self._tell(refused)

    # -- from the state to the screen ---------------------------------------------------------------------------------

    def _fill(self) -> None:
        """Show what is asked; a text that was refused stays for its writer to mend."""
        self._following = True
        try:
            same, self._of = self._of == (of := self.state.offers.case.reference), of
            self.monthly.follow(self.state.monthly, same=same)
            self.mode.value = self.state.by_month
            self.monthly.text.disabled = self.state.by_month
            self.budget.layout.display = "none" if self.state.typed is None or self.state.by_month else ""
            for name, field in self.fields.items():
                field.follow(self.state.limit(name), same=same)
        finally:
            self._following = False
        self.back.disabled = not self.state.by_hand
        self._say_sources()

    def _say_sources(self) -> None:
        spoken, found = language(), {s.of: s for s in self.state.rule.sources}
        for name, place in self.sources.items():
            source = found["charges" if name in PARTS and name != "principal" else name]
            text = escape(source.text.in_language(spoken))
            rule = rule_html(source.rule, spoken) if source.rule else ""
            own = Message("Set by hand.").in_language(spoken) if name in self.state.by_hand else ""
            place.value = f"<div class='debtdesk-note'>{text}{rule} <b>{escape(own)}</b></div>"

    def _show_found(self) -> None:
        spoken = language()
        self._show_reverse(spoken)
        try:
            found = self.state.find()
        except Refused as refused:
            self._show_nothing(f"{refused.text} {refused.remedy}")
            return
        if found is None:
            self._show_nothing(str(Message("The proposal is for no debt of this case.")))
            return
        if self._seen == (seen := (found, self.state.typed, spoken)):
            return
        self._seen = seen
        lines = list(self._lead(found, spoken))
        self.lead.value = "".join(f"<p class='debtdesk-solved'>{escape(line)}</p>" for line in lines)
        points = found.fitting or tuple(p for p in (self.state.lightest,) if p)
        self._offer(points, spoken)
        caption = (
            Message("All plans that fit, the smallest concession first") if found.best else Message("The lightest plan")
        )
        self.table.value = html_table(view.frontier_table(points, spoken), caption=str(caption))
        self.grid.value = html_table(view.grid_table(found, spoken))

    def _lead(self, found: Solution, spoken: str) -> list[str]:
        lines = []
        if not self.state.offers.has_budget and (self.state.typed is None or self.state.by_month):
            lines.append(str(Message("There is no budget yet; write above what the client can pay each month.")))
        lightest = self.state.lightest
        if found.best is not None:
            lines.append(view.found_sentence(found, spoken))
        elif lightest is not None:
            short = self.state.short(lightest) if self.state.by_month else (0, 0)
            lines.append(view.missed_sentence(found, lightest, short, spoken))
        return lines

    def _offer(self, points: tuple[Point, ...], spoken: str) -> None:
        options = [(view.point_words(p, spoken), n) for n, p in enumerate(points)]
        if points != self._options or list(self.choice.options) != options:
            self._options, self.choice.options = points, options
            self.choice.value = 0 if options else None
        self.taking.layout.display = "" if options else "none"

    def _show_nothing(self, text: str) -> None:
        self._seen = None
        self.lead.value = f"<div class='debtdesk-help' role='status'>{escape(text)}</div>"
        self.table.value = self.grid.value = ""
        self._offer((), language())

    def _show_reverse(self, spoken: str) -> None:
        found = self.state.effects()
        if found is None or not found.rows:
            self.reverse.value = ""
            return
        title = Message("The other way round: what one concession changes of “{name}”", name=found.proposal.name)
        table = view.effects_table(found, spoken)
        self.reverse.value = html_table(table, caption=str(title), numeric=table.columns[1:])

    def _draw(self) -> None:
        try:
            found = self.state.find()
        except Refused:
            found = None
        if not (found and found.points):
            self.picture.clear()
        if found is None or not found.points or self._drawn == (found, language()):
            return
        self._drawn = (found, language())
        source = str(Message("Each line a term: the less a month, the more is given up. Dots: plans that fit."))
        figure = view.frontier_chart(found, language(), source=source, width_px=WIDTH, height_px=HEIGHT)
        self.picture.draw(figure, str(Message("what is given up against what is paid each month")))


def _limit_fields() -> dict[str, Field]:
    fields = {
        "longest": count_field(
            Message("longest term"), 1, least=1, most=LONGEST_MONTHS, unit=Message("months"), width="70px"
        ),
        "freezes": Field(
            Message("months without interest"), (0,), read=_read_freezes, write=_write_freezes, width="110px"
        ),
    }
    for name in ("fees", "penalty_interest", "interest", "principal"):
        fields[name] = percent_field(Message("at most of the {part}", part=name_of(name)))
    fields["step"] = percent_field(Message("in steps of"))
    fields["step"].also(_not_too_fine)
    return fields


def _read_freezes(text: str) -> tuple[int, ...]:
    parts = text.replace("，", ",").replace("、", ",").replace(" ", ",").split(",")
    words = [p for p in parts if p]
    good = all(p.isascii() and p.isdigit() and int(p) <= LONGEST_FREEZE for p in words)
    if not words or not good or len(words) > MOST_FREEZES:
        raise Refused(
            Message("“{given}” are not months to try.", given=text.strip()[:20]),
            Message(
                "Write up to {n} whole numbers up to {most}, for instance: 0, 3, 6.",
                n=MOST_FREEZES,
                most=LONGEST_FREEZE,
            ),
        )
    return tuple(sorted({0, *map(int, words)}))[: MOST_FREEZES + 1]


def _write_freezes(months: tuple[int, ...]) -> str:
    return ", ".join(map(str, months))


def _not_negative(amount: int) -> None:
    if amount < 0:
        raise Refused(Message("Less than nothing cannot be paid."), Message("Write 0 or more."))


def _not_too_fine(step: Any) -> None:
    if step * 100 < LEAST_STEP:
        raise Refused(
            Message("Steps that fine take too long to search."), Message("Write {least} or more.", least=LEAST_STEP)
        )


def _row() -> w.Layout:
    return w.Layout(flex_flow="row wrap", align_items="center", grid_gap="4px 12px")
