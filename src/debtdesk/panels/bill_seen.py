"""What the bills show of the month: recurring payments, what was set aside, and what they do not show."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as w

from debtdesk.core.bill_budget import BillBudget, Spike
from debtdesk.core.budget import CONSUMPTION, BudgetItem, Category, Frequency, Kind
from debtdesk.core.problems import Refused
from debtdesk.core.terms import Known
from debtdesk.locale import Message, language
from debtdesk.panels.bill_take import head_of
from debtdesk.panels.bills_state import BillsState
from debtdesk.panels.buttons import button
from debtdesk.panels.fields import LABEL_WIDTH, amount_field, text_field
from debtdesk.panels.pool import Pool, Row
from debtdesk.views.bills import recurring_table, spike_words
from debtdesk.views.markup import html_table
from debtdesk.views.words import name_of

Guard = Callable[[Callable[..., None]], Callable[..., None]]
OFTEN = (Frequency.MONTHLY, Frequency.WEEKLY, Frequency.QUARTERLY, Frequency.YEARLY)


class SpikeRow(Row[Spike]):
    """A payment set aside, and the button that counts it as ordinary."""

    def __init__(self, state: BillsState, safely: Guard) -> None:
        self._state = state
        self.spike: Spike | None = None
        self.words = w.HTML(layout=w.Layout(flex="1 1 560px"))
        self.back = button(Message("Count it as ordinary"), safely(self._put_back))
        row = w.Layout(flex_flow="row wrap", grid_gap="2px 10px")
        super().__init__([w.HBox([self.words, self.back], layout=row)])

    def show(self, thing: Spike) -> None:
        """Show a payment that was set aside."""
        self.spike = thing
        words = spike_words(thing, language(), self._state.veil)
        self.words.value = escape(words)
        self.back.tooltip = str(Message("Count as ordinary: {what}", what=words))

    def _put_back(self) -> None:
        if self.spike is not None:
            self._state.decisions.call_ordinary(self._state.mark(self.spike.ref))


class SpikesBox(w.VBox):
    """Single payments far above the usual month: shown, set aside, and put back where the counselor says so."""

    def __init__(self, state: BillsState, safely: Guard) -> None:
        self.pool: Pool[SpikeRow] = Pool(lambda: SpikeRow(state, safely))
        head = head_of(Message("Set aside: single payments far above the usual month"))
        text = Message(
            "They are in no proposed item, so that one bad month does not make the budget. What comes every year "
            "belongs in the budget as a yearly item."
        )
        note = w.HTML(f"<p class='debtdesk-note'>{escape(str(text))}</p>")
        super().__init__([head, note, self.pool])

    def show(self, found: BillBudget | None) -> None:
        """Show what was set aside; nothing is there where nothing was."""
        spikes = found.spikes if found else ()
        self.pool.show(spikes)
        self.layout.display = "" if spikes else "none"


class RecurringBox(w.HTML):
    """The payments that come again and again, with their rhythm and when they are expected next."""

    def __init__(self, state: BillsState) -> None:
        super().__init__()
        self._state = state

    def show(self, found: BillBudget | None) -> None:
        """Show them as a table; nothing is there where none was found."""
        if found is None or not found.recurring:
            self.value = ""
            return
        caption = str(Message("Recurring payments that were found"))
        self.value = html_table(recurring_table(found, language(), self._state.veil), caption=caption)


class MissingBox(w.VBox):
    """What the bills do not show, to be asked, and the fields that take what the client tells."""

    def __init__(self, state: BillsState, safely: Guard) -> None:
        self.state = state
        self.told = w.HTML()
        kinds = [(str(name_of(c)), c) for c in (*CONSUMPTION, Category.INCOME)]
        self.category = w.Dropdown(
            options=kinds,
            value=Category.HOUSING,
            description=str(Message("category")),
            style={"description_width": LABEL_WIDTH},
            layout=w.Layout(width="430px"),
        )
        self.category.tooltip = str(Message("category"))
        self.name = text_field(Message("what the client tells"), placeholder=str(Message("rent, paid in cash")))
        self.amount = amount_field(Message("amount"))
        self.amount.clear()
        self.often = w.Dropdown(options=[(str(name_of(f)), f) for f in OFTEN], layout=w.Layout(width="150px"))
        self.often.tooltip = str(Message("how often"))
        self.essential = w.Checkbox(
            description=str(Message("cannot do without")), indent=False, layout=w.Layout(width="auto")
        )
        self.add = button(Message("Add it to the budget, as told"), safely(self.add_item))
        row = w.Layout(flex_flow="row wrap", grid_gap="2px 10px")
        fields = w.HBox([self.name, self.amount, self.often, self.category, self.essential, self.add], layout=row)
        head = head_of(Message("What the bills do not show: please ask"))
        super().__init__([head, self.told, fields])

    def show(self, found: BillBudget | None) -> None:
        """Show what is missing."""
        spoken, veil = language(), self.state.veil
        missing = found.missing if found else ()
        lines = "".join(f"<li>{escape(veil.words(m.in_language(spoken)))}</li>" for m in missing)
        self.told.value = f"<div class='debtdesk-help'><ul>{lines}</ul></div>" if lines else ""
        self.layout.display = "" if missing else "none"

    def add_item(self) -> None:
        """Put what the client told into the budget; it is marked as told, not as seen."""
        if not self.name.text.value.strip():
            self.name.refuse(
                Refused(Message("It has no name yet."), Message("Write what it is for, for instance “rent”."))
            )
            return
        if not self.amount.check() or not self.amount.value:
            if not self.amount.problem:
                self.amount.refuse(Refused(Message("The amount is zero."), Message("Write an amount in yuan.")))
            return
        income = self.category.value is Category.INCOME
        item = BudgetItem(
            name=self.name.text.value.strip(),
            kind=Kind.INCOME if income else Kind.EXPENSE,
            category=self.category.value,
            amount=self.amount.value,
            frequency=self.often.value,
            essential=self.essential.value and not income,
            note=str(Message("told by the client; the bills do not show it")),
            known=Known.TOLD,
        )
        try:
            kept = self.state.add_told(item)
        except Refused as refused:
            self.name.refuse(refused)
            return
        if kept:
            self.name.clear()
            self.amount.clear()
            self.name.text.focus()
