"""The card of terms: how a debt grows, each convention a dropdown, and what the choice comes to."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.alternatives import alternatives
from debtdesk.core.money import parse_amount, yuan
from debtdesk.core.problems import Refused
from debtdesk.core.terms import Known, LateFee, Terms
from debtdesk.locale import Message, language
from debtdesk.panels.debt_rows import preset_of
from debtdesk.panels.debts_state import DebtsState
from debtdesk.panels.fields import Field, amount_field
from debtdesk.panels.stage import fold
from debtdesk.panels.terms import CHOICES, LATE_FEE, Outlook, chosen, matters
from debtdesk.views.alternatives import alternatives_html
from debtdesk.views.convention import convention_card
from debtdesk.views.words import debt_name, money, name_of

KNOWN = (Known.SEEN, Known.TOLD, Known.ASSUMED)
Guard = Callable[[Callable[..., None]], Callable[..., None]]
_SHARE = re.compile(r"(\d+(?:\.\d+)?)%?", re.ASCII)


class TermsCard(w.VBox):
    """Choose a debt, see its terms in words, change a convention, and see what that comes to in twelve months."""

    def __init__(self, state: DebtsState, safely: Guard) -> None:
        self.state, self._following = state, False
        self.debt = w.Dropdown(layout=w.Layout(width="420px", max_width="100%"))
        self.known = w.Dropdown(options=[(str(name_of(k)), k) for k in KNOWN], layout=w.Layout(width="260px"))
        self.answer, self.card, self.preset = w.HTML(), w.HTML(), w.HTML()
        self.choices = {c.name: w.Dropdown(options=c.shown(), layout=w.Layout(width="98%")) for c in CHOICES}
        self.rows = {c.name: w.VBox([_label(c.label), self.choices[c.name]]) for c in CHOICES}
        self.fee = {
            "share": share_field(Message("share of the unpaid minimum"), LATE_FEE.share),
            "minimum_share": share_field(Message("minimum payment, share of the bill"), LATE_FEE.minimum_share),
            "floor": amount_field(Message("late fee at least"), LATE_FEE.floor),
            "ceiling": _ceiling_field(),
        }
        self.fee["floor"].also(lambda floor: _in_order(floor, self.fee["ceiling"].value))
        self.fee["ceiling"].also(lambda ceiling: _in_order(self.fee["floor"].value, ceiling))
        self.fees = w.GridBox([*self.fee.values()], layout=_grid(420))
        change = w.VBox([w.GridBox([*self.rows.values()], layout=_grid(310)), self.fees])
        self.folded = fold(Message("Change a convention"), change)
        self.others = w.HTML()
        self.others_fold = fold(Message("What other usual conventions come to"), self.others)
        top = w.HBox(
            [_label(Message("debt")), self.debt, _label(Message("how its terms are known")), self.known],
            layout=w.Layout(flex_flow="row wrap", align_items="center", grid_gap="4px 12px"),
        )
        super().__init__([top, self.answer, self.preset, self.card, self.others_fold, self.folded])
        self.debt.observe(safely(self._debt_chosen), "value")
        self.known.observe(safely(self._known_chosen), "value")
        for name, dropdown in self.choices.items():
            dropdown.observe(safely(self._chooser(name)), "value")
        for name, field in self.fee.items():
            field.observe(safely(self._fee_changer(name)), "value")
        self.refresh()

    # --- from the screen -------------------------------------------------------------------------------------

    def _debt_chosen(self, change: Any) -> None:
        if not self._following and change["new"]:
            self.state.look_at(change["new"])

    def _known_chosen(self, change: Any) -> None:
        if not self._following:
            self.state.confirm(change["new"])

    def _chooser(self, name: str) -> Callable[[Any], None]:
        def choose(change: Any) -> None:
            if not self._following:
                self.state.choose(name, change["new"])

        return choose

    def _fee_changer(self, name: str) -> Callable[[Any], None]:
        def choose(change: Any) -> None:
            debt = self.state.debt()
            if self._following or debt is None or debt.terms.late_fee is None:
                return
            fee = debt.terms.late_fee
            self.state.choose("late_fee", replace(fee, **{name: change["new"]}))

        return choose

    # --- to the screen ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show what the state says; what the widgets say meanwhile is an echo."""
        options = self.state.options()
        debt = self.state.debt()
        self.layout.display = "" if debt else "none"
        if debt is None:
            return
        self._following = True
        try:
            if list(self.debt.options) != options:
                self.debt.options = options
            self.debt.value = self.state.chosen
            self.known.value = debt.terms.known if debt.terms.known in KNOWN else Known.ASSUMED
            for name, dropdown in self.choices.items():
                dropdown.value = chosen(debt.terms, name)
                self.rows[name].layout.display = "" if matters(debt.terms, name) else "none"
            self._show_fee(debt.terms.late_fee)
        finally:
            self._following = False
        outlook = self.state.outlook()
        assert outlook is not None
        self.answer.value = "".join(f"<p class='debtdesk-lead'>{escape(str(m))}</p>" for m in answers(outlook))
        self.card.value = card_html(debt_name(debt, language()), debt.terms)
        until = self.state.until()
        assert until is not None
        self.others.value = alternatives_html(alternatives(debt, until=until), language())
        self.preset.value = "" if debt.terms.known is Known.SEEN else _note(_presumed(debt.product))

    def _show_fee(self, fee: LateFee | None) -> None:
        self.fees.layout.display = "" if fee else "none"
        for name, field in self.fee.items():
            value = getattr(fee or LATE_FEE, name)
            if not field.problem and field.value != value:
                field.value = value


def answers(outlook: Outlook) -> list[Message]:
    """Return in words what the debt comes to, and what the change of terms makes of it."""
    shown = language()
    first = Message(
        "On {day}, if nothing is paid, {now} become {then}.",
        day=outlook.day.isoformat(),
        now=money(outlook.now, shown),
        then=money(outlook.then, shown),
    )
    if outlook.before is None:
        return [first]
    less = outlook.then < outlook.before
    if outlook.then == outlook.before:
        return [first, Message("The same as under the terms kept so far.")]
    values = {"before": money(outlook.before, shown), "by": money(abs(outlook.then - outlook.before), shown)}
    return [
        first,
        Message("Under the terms kept so far it would be {before}: the change makes it {by} less.", **values)
        if less
        else Message("Under the terms kept so far it would be {before}: the change makes it {by} more.", **values),
    ]


def card_html(name: str, terms: Terms) -> str:
    """Return the convention card of a debt as a table."""
    lines = "".join(
        f"<tr><th scope='row'>{escape(what)}</th><td>{escape(value)}</td></tr>"
        for what, value in convention_card(terms, language())
    )
    caption = escape(str(Message("Convention card: {debt}", debt=name)))
    return f"<table class='debtdesk-table debtdesk-card'><caption>{caption}</caption><tbody>{lines}</tbody></table>"


def share_field(label: Message, value: Fraction) -> Field:
    """Return a field for a share in percent."""

    def read(text: str) -> Fraction:
        found = _SHARE.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
        if found is None or not 0 < Fraction(found[1]) <= 100:
            raise Refused(
                Message("“{given}” is not a share in percent.", given=text.strip()[:20]),
                Message("Write a number above 0 and up to 100, for instance 5%."),
            )
        return Fraction(found[1]) / 100

    return Field(label, value, read=read, write=lambda share: f"{float(share * 100):g}%", width="110px")


def _ceiling_field() -> Field:
    def read(text: str) -> int | None:
        return parse_amount(text) if text.strip() else None

    label = Message("late fee at most (empty: no limit)")
    return Field(label, None, read=read, write=lambda fen: f"{yuan(fen):,.2f}", unit=Message("yuan"))


def _in_order(floor: int, ceiling: int | None) -> None:
    if ceiling is not None and ceiling < floor:
        raise Refused(Message("The most lies below the least."), Message("Change one of the two amounts."))


def _presumed(product: str) -> Message:
    preset = preset_of(product)
    return Message(
        "These conventions are typical of {product} (read {dated}), not taken from this contract. Confirm the rate and "
        "the conventions in the contract, the app page or a statement, then choose “{seen}”; until then no figure "
        "that hangs on them belongs in a letter.",
        product=name_of(preset.key),
        dated=preset.dated.isoformat(),
        seen=name_of(Known.SEEN),
    )


def _note(message: Message) -> str:
    return f"<div class='debtdesk-note'>{escape(str(message))}</div>"


def _label(text: Message) -> w.HTML:
    return w.HTML(f"<label class='debtdesk-label'>{escape(str(text))}</label>")


def _grid(least: int) -> w.Layout:
    return w.Layout(
        grid_template_columns=f"repeat(auto-fill, minmax({least}px, 1fr))", grid_gap="8px 16px", width="100%"
    )
