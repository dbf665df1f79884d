"""The card of several creditors: one sum a month, the rule it goes by, who takes part, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.debt import Debt
from debtdesk.core.money import parse_amount
from debtdesk.core.problems import Refused
from debtdesk.core.sharing import ShareRule, Stance
from debtdesk.core.suppositions import Seat
from debtdesk.locale import Message, language
from debtdesk.panels.buttons import button
from debtdesk.panels.fields import Field, amount_field, count_field
from debtdesk.panels.later import Later
from debtdesk.panels.picture import Picture
from debtdesk.panels.sharing_state import LIMIT, Sharing, SharingState
from debtdesk.panels.unfolded import Unfolded
from debtdesk.views.markup import html_table
from debtdesk.views.sharing import creditors_table, given_out_sentence, refusal_table
from debtdesk.views.strategies import (
    hold_out_sentence,
    optimal_sentence,
    owing_sentence,
    plan_sentence,
    rule_name,
    rules_table,
    shares_chart,
    shares_table,
    stance_name,
)
from debtdesk.views.words import debt_name

Guard = Callable[[Callable[..., None]], Callable[..., None]]
WIDTH, HEIGHT = 960, 420  # pixels
NARROW = "110px"


class SharingCard(Unfolded):
    """Fields for the sum, the rule and each debt; the answer as sentence, table and chart; the search."""

    def __init__(self, state: SharingState, safely: Guard) -> None:
        self.state, self._safely, self._following = state, safely, False
        self._of = state.case.reference
        self.monthly = amount_field(Message("paid each month for all debts"), state.monthly)
        self.monthly.also(self._check_monthly)
        self.monthly.observe(safely(lambda c: self._set(monthly=c["new"])), "value")
        self.rule = _choice(Message("shared out"))
        self.rule.observe(safely(lambda c: self._set(rule=c["new"])), "value")
        self.aside = _choice(Message("a creditor that does not take part"))
        self.aside.options = [(str(stance_name(s)), s) for s in (Stance.WAITS, Stance.STAYS_OUT)]
        self.aside.observe(safely(lambda c: self._set(aside=c["new"])), "value")
        self.lines: dict[str, SeatLine] = {}
        self.seats, self.help = w.VBox(), w.HTML()
        self.lead, self.table, self.given = w.HTML(), w.HTML(), w.HTML()
        self.picture = Picture(WIDTH)
        self.refusals, self.rules, self.months = w.HTML(), w.HTML(), w.HTML()
        self.search = SearchBox(state, safely)
        self._later = Later([safely(self._answer), safely(self._draw)])
        note = Message(
            "Reckoned with what is owed today under the terms of 01, without waivers. A tick at “stands still” is for "
            "a creditor that agreed that nothing accrues, or to see what such an agreement would bring. A creditor "
            "that does not take part goes on under its own terms."
        )
        row = w.Layout(flex_flow="row wrap", align_items="flex-start", grid_gap="4px 18px")
        super().__init__(
            [
                w.HBox([self.monthly, self.rule, self.aside], layout=row),
                self.seats,
                w.HTML(f"<p class='debtdesk-note'>{escape(str(note))}</p>"),
                self.help,
                self.lead,
                self.table,
                self.given,
                self.picture,
                self.refusals,
                self.rules,
                self.search,
                self.months,
            ]
        )
        names = ["case", "day", "monthly", "rule", "aside", "seats", "best"]
        state.observe(safely(lambda _: self.refresh()), names)

    # -- from the screen to the state ---------------------------------------------------------------------------------

    def _set(self, **changes: Any) -> None:
        if self._following:
            return
        try:
            self.state.set(**changes)
        except Refused as refused:
            self._say(refused)

    def _check_monthly(self, fen: int) -> None:
        if not self._following and self.state.question.debts:
            self.state.check(monthly=fen)

    def seat(self, account: str, **changes: Any) -> None:
        """Take what was entered for one debt to the state; what does not go together is said, the last stays."""
        if self._following:
            return
        try:
            self.state.seat(account, **changes)
        except Refused as refused:
            self._fill()
            self._say(refused)

    def _say(self, refused: Refused | None) -> None:
        text = "" if refused is None else escape(f"{refused.text} {refused.remedy}")
        self.help.value = f"<div class='debtdesk-help' role='alert'>{text}</div>" if text else ""

    # -- from the state to the screen ---------------------------------------------------------------------------------

    def _fill(self) -> None:
        """Show the choices; a field in which something is wrong keeps what was typed."""
        state, debts = self.state, self.state.question.debts
        self._following = True
        try:
            self._say(state.problem if debts else None)
            same, self._of = self._of == state.case.reference, state.case.reference
            self.monthly.follow(state.monthly, same=same)
            options = [(str(rule_name(r)), r) for r in state.rules]
            if list(self.rule.options) != options:
                self.rule.options = options
            self.rule.value = state.rule if state.rule in state.rules else ShareRule.PRO_RATA
            self.aside.value = state.aside
            self._fill_seats(debts, same=same)
        finally:
            self._following = False
        everybody = all(s.takes_part for s in state.question.seats)
        self.aside.layout.display = "none" if everybody else ""
        self.search.follow()

    def _fill_seats(self, debts: tuple[Debt, ...], *, same: bool) -> None:
        accounts = [d.account for d in debts]
        if list(self.lines) != accounts or not same:
            self.lines = {d.account: SeatLine(d, self, self._safely) for d in debts}
            self.seats.children = tuple(self.lines.values())
        for seat in self.state.question.seats:
            self.lines[seat.account].fill(seat, self.state.rule)

    def _answer(self) -> None:
        found = self.state.result()
        if found is None:
            self.picture.clear()
        if found is None:
            for part in (self.lead, self.table, self.given, self.refusals, self.rules, self.months):
                part.value = ""
            return
        spoken, plan = language(), found.plan
        self.lead.value = f"<p class='debtdesk-choice'>{escape(plan_sentence(plan, spoken))}</p>"
        self.table.value = html_table(creditors_table(plan, spoken))
        given = given_out_sentence(plan, self.state.monthly, spoken)
        self.given.value = f"<p class='debtdesk-conserved'>{escape(given)}</p>"
        self.refusals.value = _refusals(found, spoken)
        caption = str(Message("The rules beside each other, for the same sum and the same creditors"))
        owing = owing_sentence(found.by_rule, spoken)
        note = f"<p class='debtdesk-note'>{escape(owing)}</p>" if owing else ""
        self.rules.value = html_table(rules_table(found.by_rule, spoken), caption=caption) + note
        table = html_table(shares_table(plan, spoken))
        self.months.value = f"<details><summary>{escape(str(Message('Month by month')))}</summary>{table}</details>"

    def _draw(self) -> None:
        found = self.state.result()
        if found is None:
            return
        source = str(
            Message(
                "Source: the debts of this case as of {day} under their terms; computed to the fen.",
                day=found.plan.start.isoformat(),
            )
        )
        figure = shares_chart(found.plan, language(), source=source, width_px=WIDTH, height_px=HEIGHT)
        self.picture.draw(figure, plan_sentence(found.plan, language()))


class SeatLine(w.HBox):
    """The line of one debt: whether it takes part and stands still, what it must get, its weight and its place."""

    def __init__(self, debt: Debt, card: SharingCard, safely: Guard) -> None:
        account = debt.account
        self.takes_part = _tick(Message("takes part"), True)
        self.still = _tick(Message("stands still"), False)
        self.minimum = amount_field(Message("at least a month"), width=NARROW)
        self.weight = _weight_field()
        self.place = count_field(Message("place"), 1, least=1, most=99, width="60px")
        ticks: dict[str, w.Checkbox] = {"takes_part": self.takes_part, "still": self.still}
        fields: dict[str, Field] = {"minimum": self.minimum, "weight": self.weight, "place": self.place}
        for name, tick in ticks.items():
            tick.observe(safely(lambda c, name=name: card.seat(account, **{name: c["new"]})), "value")
        for name, field in fields.items():
            field.text.style.description_width = "auto"
            field.text.layout.width = {"minimum": "230px", "weight": "130px", "place": "120px"}[name]
            field.also(_checking(card, account, name))
            field.observe(safely(lambda c, name=name: card.seat(account, **{name: c["new"]})), "value")
        label = f"<b>{escape(debt_name(debt, language()))}</b>"
        super().__init__(
            [w.HTML(label, layout=w.Layout(width="330px")), *ticks.values(), *fields.values()],
            layout=w.Layout(flex_flow="row wrap", align_items="center", grid_gap="2px 16px"),
        )

    def fill(self, seat: Seat, rule: ShareRule) -> None:
        """Show what the state holds, and only what the rule asks for."""
        self.takes_part.value, self.still.value = seat.takes_part, seat.still
        for field, value in ((self.minimum, seat.minimum), (self.weight, seat.weight), (self.place, seat.place)):
            field.follow(value)
        self.still.layout.visibility = "visible" if seat.takes_part else "hidden"
        self.minimum.layout.visibility = "visible" if seat.takes_part else "hidden"
        weighed = rule is ShareRule.WEIGHTS and seat.takes_part
        self.weight.layout.display = "" if weighed else "none"
        self.place.layout.display = "" if rule is ShareRule.PRIORITY else "none"


class SearchBox(w.VBox):
    """The search for the best split: a button, how long it has been looking, a button to stop, and what came of it."""

    def __init__(self, state: SharingState, safely: Guard) -> None:
        self.state = state
        self.begin = button(Message("search the best split"), safely(state.search))
        self.stop = button(Message("stop"), safely(state.stop))
        self.bar = w.FloatProgress(min=0.0, max=LIMIT, layout=w.Layout(width="260px"))
        self.clock, self.told = w.HTML(), w.HTML()
        row = w.Layout(flex_flow="row wrap", align_items="center", grid_gap="4px 12px")
        super().__init__([w.HBox([self.begin, self.stop, self.bar, self.clock], layout=row), self.told])
        state.observe(safely(lambda _: self.follow()), ["searching", "seconds", "failed", "best"])
        self.follow()

    def follow(self) -> None:
        """Show how the search stands."""
        state = self.state
        for widget in (self.stop, self.bar):
            widget.layout.display = "" if state.searching else "none"
        self.begin.disabled = state.searching or state.problem is not None or not state.question.debts
        self.bar.value = state.seconds
        text = Message(
            "looking for {seconds} s; after {most} s at most what was found by then is taken",
            seconds=int(state.seconds),
            most=int(LIMIT),
        )
        self.clock.value = f"<span role='status'>{escape(str(text))}</span>" if state.searching else ""
        self.told.value = "".join(f"<p>{escape(str(line))}</p>" for line in self._told())

    def _told(self) -> list[str]:
        found = self.state.found
        honest = Message(
            "The search sees the months in a simplified picture: interest without rounding to fen, compounding and "
            "fees only roughly. What it finds is then played exactly under the terms of each debt, and only that is "
            "compared."
        )
        if found is not None:
            return [optimal_sentence(found, language()), str(honest)]
        if self.state.rule is ShareRule.OPTIMAL:
            text = Message(
                "“{rule}” is chosen, but it has to be searched for again; until then it is shared {simple}.",
                rule=rule_name(ShareRule.OPTIMAL),
                simple=rule_name(ShareRule.PRO_RATA),
            )
            return [str(text), str(honest)]
        if self.state.failed:
            return [str(Message("The search ended without an answer; the rules above stand."))]
        return [str(honest)]


def _refusals(found: Sharing, spoken: str) -> str:
    if found.with_all is None:
        return ""
    lines = "".join(f"<li>{escape(hold_out_sentence(r, spoken))}</li>" for r in found.refusals)
    caption = str(Message("What it changes that not all take part"))
    table = html_table(refusal_table(found.with_all, found.plan, spoken), caption=caption)
    return f"<ul>{lines}</ul>{table}"


def _checking(card: SharingCard, account: str, name: str) -> Callable[[Any], None]:
    def check(value: Any) -> None:
        if not card._following:
            card.state.check_seat(account, **{name: value})

    return check


def _weight_field() -> Field:
    def read(text: str) -> Fraction:
        return Fraction(parse_amount(text), 100)

    def write(weight: Fraction) -> str:
        return f"{float(weight):g}"

    return Field(Message("weight"), Fraction(1), read=read, write=write, width="60px")


def _choice(label: Message) -> w.Dropdown:
    return w.Dropdown(
        description=str(label), style={"description_width": "auto"}, layout=w.Layout(width="auto", max_width="100%")
    )


def _tick(label: Message, value: bool) -> w.Checkbox:
    return w.Checkbox(value=value, description=str(label), indent=False, layout=w.Layout(width="auto"))
