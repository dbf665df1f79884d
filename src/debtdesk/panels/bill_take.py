"""What the bills propose, to be taken one by one: items for the budget, payments for the ledgers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.bill_items import MergeRow
from debtdesk.core.bill_payments import PaymentOffer
from debtdesk.locale import Message, language
from debtdesk.panels.bills_state import BillsState
from debtdesk.panels.buttons import button
from debtdesk.panels.pool import Pool, Row
from debtdesk.views.bills import proposed_note, proposed_words
from debtdesk.views.veil import Veil
from debtdesk.views.words import debt_name, money

Guard = Callable[[Callable[..., None]], Callable[..., None]]
MOST_OFFERED = 40


class ItemRow(Row[MergeRow]):
    """A proposed item to be ticked, and where it was seen."""

    def __init__(self, state: BillsState, ticked: dict[object, bool]) -> None:
        self._state, self._ticked = state, ticked
        self.item: MergeRow | None = None
        self.tick = w.Checkbox(indent=False, layout=w.Layout(width="100%"))
        self.note = w.HTML()
        super().__init__([self.tick, self.note])
        self.tick.observe(self._remember, "value")

    def show(self, thing: MergeRow) -> None:
        """Show an item; a tick set or taken away by hand stays, however often the bills are sorted again."""
        spoken, veil = language(), self._state.veil
        self.item = None
        usual = not thing.beside and thing.proposed.category.value != "debt_service"
        self.tick.description = veil.words(proposed_words(thing, spoken, veil))
        self.tick.value = self._ticked.get(_key(thing), usual)
        self.note.value = _small(veil.words(proposed_note(thing, spoken)))
        self.item = thing

    def _remember(self, change: Any) -> None:
        if self.item is not None:
            self._ticked[_key(self.item)] = change["new"]


def _key(row: MergeRow) -> object:
    name = row.proposed.name
    return (row.proposed.kind, row.proposed.category, name if isinstance(name, str) else name.in_language("en"))


class ItemsBox(w.VBox):
    """The items proposed for the budget and the button that takes the ticked ones."""

    def __init__(self, state: BillsState, safely: Guard) -> None:
        self.state = state
        self._ticked: dict[object, bool] = {}
        self.pool: Pool[ItemRow] = Pool(lambda: ItemRow(state, self._ticked))
        self.take = button(Message("Take the ticked ones into the budget"), safely(self._take), "primary")
        text = Message(
            "Debt service is ticked by nobody but you: only debts that go on beside the plan belong in the budget."
        )
        note = w.HTML(_small(str(text)))
        head = head_of(Message("What the bills propose for the budget"))
        self.told = w.HTML()
        super().__init__([head, self.pool, note, self.take, self.told])

    def show(self, rows: Sequence[MergeRow]) -> None:
        """Show what is proposed; nothing is there where nothing is."""
        self.pool.show(rows)
        self.layout.display = "" if rows else "none"

    def _take(self) -> None:
        self.told.value = ""
        taken = [r.item for r in self.pool.rows if r.tick.value and r.item is not None]
        if not taken:
            text = escape(str(Message("Nothing is ticked: tick what belongs in the budget, then take it.")))
            self.told.value = f"<div class='debtdesk-help' role='alert'>{text}</div>"
        elif self.state.take_items([row.proposed for row in taken]):
            for row in taken:
                self._ticked.pop(_key(row), None)


class PaymentRow(Row[PaymentOffer]):
    """A payment that no ledger has, and the debts it may belong to."""

    def __init__(self, state: BillsState, safely: Guard) -> None:
        self._state = state
        self._offer: PaymentOffer | None = None
        self._offered: object = None
        self.words = w.HTML(layout=w.Layout(flex="1 1 420px"))
        self.choice = w.Dropdown(layout=w.Layout(width="360px"))
        self.choice.tooltip = str(Message("which debt was paid"))
        self.press = button(Message("Put it into this ledger"), safely(self._take))
        row = w.Layout(flex_flow="row wrap", grid_gap="4px 10px")
        super().__init__([w.HBox([self.words, self.choice, self.press], layout=row)])

    def show(self, thing: PaymentOffer) -> None:
        """Show a payment; the debt chosen for it stays."""
        spoken, veil = language(), self._state.veil
        told = (thing.day.isoformat(), money(thing.amount, spoken), _words(thing, veil), str(thing.reason))
        self.words.value = escape(" · ".join(told))
        debts = [(veil.words(debt_name(d, spoken)), d.account) for d in self._state.case.debts]
        offered = (thing, debts)
        if offered != self._offered:
            self._offered, self._offer = offered, thing
            self.choice.options = [(str(Message("choose …")), ""), *debts]
            self.choice.value = thing.account or ""

    def _take(self) -> None:
        if self._offer is not None and self.choice.value:
            self._state.take_payment(self._offer, self.choice.value)


def _words(offer: PaymentOffer, veil: Veil) -> str:
    party, *rest = offer.words.split(" · ")
    return veil.words(" · ".join((veil.name(party), *rest)))


class PaymentsBox(w.VBox):
    """The payments on debts that stand in no ledger yet."""

    def __init__(self, state: BillsState, safely: Guard) -> None:
        self.pool: Pool[PaymentRow] = Pool(lambda: PaymentRow(state, safely))
        self.more = w.HTML()
        head = head_of(Message("Payments on debts that stand in no ledger yet"))
        super().__init__([head, self.pool, self.more])

    def show(self, offers: Sequence[PaymentOffer]) -> None:
        """Show the payments; nothing is there where there is none."""
        self.pool.show(offers[:MOST_OFFERED])
        more = len(offers) - MOST_OFFERED
        self.more.value = _small(str(Message("… and {n} more payments", n=more))) if more > 0 else ""
        self.layout.display = "" if offers else "none"


def head_of(text: Message) -> w.HTML:
    """Return the head of a part of a card."""
    return w.HTML(f"<h3 class='debtdesk-part'>{escape(str(text))}</h3>")


def _small(text: str) -> str:
    return f"<p class='debtdesk-note'>{escape(text)}</p>"
