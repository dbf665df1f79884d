"""The editor of one proposal: what is typed goes to the state, which refuses what does not go together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.case import Case
from debtdesk.core.money import parse_amount
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Proposal, Remainder, Role, WaiverTime
from debtdesk.core.solver import LONGEST_MONTHS
from debtdesk.core.terms import Part
from debtdesk.locale import Message
from debtdesk.panels.fields import Field, amount_field, day_field, rate_field, text_field
from debtdesk.panels.offers_state import OffersState
from debtdesk.views.words import name_of

LABEL = "140px"
WIDE = "330px"
COLUMN = "345px"


def percent_field(label: Message | str, value: Fraction = Fraction(0), *, unit: str = "%", **options: Any) -> Field:
    """Return a field for a share from 0 to 100 percent; its value is a fraction of one."""

    def read(text: str) -> Fraction:
        try:
            share = Fraction(parse_amount(text.replace("%", "").replace("％", "")), 10_000)
        except Refused:
            share = Fraction(-1)
        if not 0 <= share <= 1:
            raise Refused(
                Message("“{given}” is not a percentage that fits here.", given=text.strip()[:20]),
                Message("Write a number from 0 to 100, for instance 50 or 12.5."),
            )
        return share

    return Field(label, value, read=read, write=percent_text, unit=unit, width="90px", **options)


def percent_text(share: Fraction) -> str:
    """Return a share in percent, with as many places as it has, at most six."""
    text = f"{round(Decimal(share.numerator * 100) / share.denominator, 6):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class ProposalEditor(w.HBox):
    """The fields of a proposal. `problem` of a field says what was refused; the draft keeps its last good form."""

    def __init__(self, state: OffersState, safely: Callable[[Callable[..., None]], Callable[..., None]]) -> None:
        self.state, self._safely, self._filling = state, safely, False
        assert state.draft is not None
        draft = state.draft
        self.fields: dict[str, Field] = {
            "name": text_field(Message("name of the proposal"), draft.name),
            **{p.value: percent_field(name_of(p)) for p in Part},
            "down_payment": amount_field(Message("down payment")),
            "start": day_field(Message("begins on")),
            "first_due": day_field(Message("first installment due")),
            "rate": rate_field(Message("interest of the plan")),
            "period_fee": percent_field(Message("fee of each installment"), unit=str(Message("% of the amount"))),
            "note": text_field(Message("note"), lines=3),
        }
        self.role = _choice(Message("what it is for"), Role)
        self.time = _choice(Message("the waiver holds"), WaiverTime)
        self.remainder = _choice(Message("odd fen go to the"), Remainder)
        self.installments = w.IntSlider(
            value=draft.installments,
            min=1,
            max=LONGEST_MONTHS,
            description=str(Message("installments")),
            continuous_update=True,
            style={"description_width": LABEL},
            layout=w.Layout(width=COLUMN, max_width="100%"),
        )
        self.debts = w.VBox()
        self.debts_help = w.HTML()
        self.ticks: dict[str, w.Checkbox] = {}
        for name, field in self.fields.items():
            self._tie(name, field)
            narrow = name == "period_fee" or name in [p.value for p in Part]
            field.text.style.description_width = LABEL
            field.text.layout.width = f"calc({LABEL} + {'70px' if narrow else '155px'})"
        for name, widget in (
            ("role", self.role),
            ("time", self.time),
            ("remainder", self.remainder),
            ("installments", self.installments),
        ):
            widget.observe(self._handler(name), "value")
        f = self.fields
        waived = [f[p.value] for p in (Part.PENALTY_INTEREST, Part.FEES, Part.INTEREST, Part.PRINCIPAL)]
        proposal = [f["name"], self.role, self.debts, self.debts_help, f["note"]]
        paid = [f["down_payment"], f["start"], f["first_due"], self.installments]
        cost = [f["rate"], f["period_fee"], self.remainder]
        super().__init__(
            [
                w.VBox(_group(Message("The proposal"), proposal), layout=_column()),
                w.VBox(_group(Message("What is waived"), [*waived, self.time]), layout=_column()),
                w.VBox(
                    [
                        *_group(Message("What is paid"), paid),
                        *_group(Message("What the plan itself costs"), cost),
                    ],
                    layout=_column(),
                ),
            ],
            layout=w.Layout(flex_flow="row wrap", grid_gap="4px 24px", align_items="flex-start"),
        )
        self.add_class("debtdesk-editor")
        self.fill()

    def fill(self) -> None:
        """Show the draft in all fields; a text that was refused gives way."""
        draft = self.state.draft
        if draft is None:
            return
        self._filling = True
        try:
            self._tick(self.state.case, draft)
            for name, field in self.fields.items():
                part = name in [p.value for p in Part]
                value = getattr(draft.waiver if part else draft, name)
                field.show(value)
            self.role.value, self.time.value, self.remainder.value = draft.role, draft.waiver.time, draft.remainder
            self.remainder.disabled = draft.rate is not None
            self.installments.value = draft.installments
        finally:
            self._filling = False

    def follow(self) -> None:
        """Show what the draft changed by itself, and leave alone what is being typed."""
        draft = self.state.draft
        if draft is None:
            return
        self._filling = True
        try:
            self._tick(self.state.case, draft)
            for name in ("start", "first_due"):
                if not self.fields[name].problem:
                    self.fields[name].value = getattr(draft, name)
            self.remainder.value, self.remainder.disabled = draft.remainder, draft.rate is not None
            self.installments.value = draft.installments
        finally:
            self._filling = False

    def _tie(self, name: str, field: Field) -> None:
        """Let the state check what is typed before the field takes it, and take it to the draft afterwards."""

        def check(value: Any) -> None:
            if not self._filling:
                self.state.check(**{name: value})

        field.also(check)
        field.observe(self._handler(name), "value")

    def _handler(self, name: str) -> Callable[[Any], None]:
        def amend(change: Any) -> None:
            if not self._filling:
                self.state.amend(**{name: change["new"]})

        return self._safely(amend)

    def _tick(self, case: Case, draft: Proposal) -> None:
        accounts = [d.account for d in case.debts]
        if list(self.ticks) != accounts:
            self.ticks = {
                d.account: w.Checkbox(
                    description=f"{d.creditor} {d.account}", indent=False, layout=w.Layout(width=WIDE, max_width="100%")
                )
                for d in case.debts
            }
            handler = self._safely(lambda _: self._ticked())
            for tick in self.ticks.values():
                tick.observe(handler, "value")
            label = w.Label(str(Message("debts it is for")))
            self.debts.children = (label, *self.ticks.values())
        for account, tick in self.ticks.items():
            tick.value = draft.covers(account)
        self.debts_help.value = ""

    def _ticked(self) -> None:
        if self._filling:
            return
        ticked = tuple(a for a, tick in self.ticks.items() if tick.value)
        if not ticked:
            text = str(Message("Tick at least one debt; the last choice still holds."))
            self.debts_help.value = f"<div class='debtdesk-help' role='alert'>{escape(text)}</div>"
            return
        self.debts_help.value = ""
        self.state.amend(accounts=() if len(ticked) == len(self.ticks) else ticked)


def _choice(label: Message, members: Iterable[StrEnum]) -> w.Dropdown:
    return w.Dropdown(
        options=[(str(name_of(m)), m) for m in members],
        description=str(label),
        style={"description_width": LABEL},
        layout=w.Layout(width=WIDE, max_width="100%"),
    )


def _group(title: Message, widgets: list[w.Widget]) -> list[w.Widget]:
    return [w.HTML(f"<h3 class='debtdesk-group'>{escape(str(title))}</h3>"), *widgets]


def _column() -> w.Layout:
    return w.Layout(width=COLUMN, max_width="100%")
