"""The card of orders: what a payment reduces first, and the difference that makes for the chosen debt."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as w

from debtdesk.core.allocation import coming_payments, past_payments
from debtdesk.core.money import parse_amount, yuan
from debtdesk.core.problems import Refused
from debtdesk.locale import Message, language
from debtdesk.panels.debts_state import DebtsState
from debtdesk.panels.fields import Field
from debtdesk.views.allocation import allocation_html, allocation_rules
from debtdesk.views.words import debt_name

Guard = Callable[[Callable[..., None]], Callable[..., None]]
NO_PAYMENT = Message("No payment is known after the day of the balance.")
USUAL = 50_000  # 500 yuan a month to begin with [fen]


class AllocationCard(w.VBox):
    """The payments made since the balance's day and a monthly payment to try, under each order."""

    def __init__(self, state: DebtsState, safely: Guard) -> None:
        self.state = state
        self.monthly = monthly_field()
        self.name, self.past, self.coming = w.HTML(), w.HTML(), w.HTML()
        self.rules = w.HTML(allocation_rules(language()))
        super().__init__([self.name, self.past, self.monthly, self.coming, self.rules])
        self.monthly.observe(safely(lambda _: self.refresh()), "value")
        self.refresh()

    def refresh(self) -> None:
        """Show what the state says of the chosen debt."""
        debt, on, spoken = self.state.debt(), self.state.desk.day, language()
        self.layout.display = "" if debt else "none"
        if debt is None:
            return
        self.name.value = f"<b>{escape(debt_name(debt, spoken))}</b>"
        past = past_payments(debt, on=max(on, debt.balance.as_of))
        self.past.value = (
            allocation_html(past, spoken) if past else f"<p class='debtdesk-note'>{escape(str(NO_PAYMENT))}</p>"
        )
        self.coming.value = allocation_html(coming_payments(debt, self.monthly.value, on=on), spoken)


def monthly_field() -> Field:
    """Return a field for what is paid each month, above zero."""

    def read(text: str) -> int:
        amount = parse_amount(text)
        if not amount:
            raise Refused(Message("Nothing is paid then."), Message("Write an amount above zero."))
        return amount

    return Field(
        Message("paid each month from now on"),
        USUAL,
        read=read,
        write=lambda fen: f"{yuan(fen):,.2f}",
        unit=Message("yuan"),
    )
