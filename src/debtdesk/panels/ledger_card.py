"""The card of the ledger: one debt line by line, and what a payment entered late would change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.debt import Debt, Payment
from debtdesk.core.ledger import ledger
from debtdesk.core.problems import Refused
from debtdesk.core.replay import diff
from debtdesk.locale import Message, language
from debtdesk.panels.debts_state import DebtsState
from debtdesk.panels.dossier_card import DebtChoice
from debtdesk.panels.fields import amount_field, day_field
from debtdesk.views.ledger import ledger_html, replay_html, replay_sentence
from debtdesk.views.words import money

Guard = Callable[[Callable[..., None]], Callable[..., None]]


class LedgerCard(w.VBox):
    """Show the history of a debt to a day, and what one more payment in it would change; nothing of that is kept."""

    def __init__(self, state: DebtsState, safely: Guard) -> None:
        self.state = state
        self.choice = DebtChoice(state, safely)
        self.until = day_field(Message("look until"), state.desk.day)
        self.until.also(self._not_before_the_start)
        self.lines, self.changes = w.HTML(), w.HTML()
        self.amount = amount_field(Message("what if there had been a payment of"))
        self.paid = day_field(Message("paid on"))
        self.paid.also(self._in_the_history)
        super().__init__([self.choice, self.until, self.amount, self.paid, self.changes, self.lines])
        for field in (self.until, self.amount, self.paid):
            field.observe(safely(lambda _: self.refresh()), "value")
        self.refresh()

    def _not_before_the_start(self, day: date) -> None:
        debt = self.state.debt()
        if debt is not None and day < _start(debt):
            raise Refused(
                Message("This day lies before the start of the ledger on {start}.", start=_start(debt).isoformat()),
                Message("Write that day or a later one."),
            )

    def _in_the_history(self, day: Any) -> None:
        debt = self.state.debt()
        if debt is not None and day <= _start(debt):
            raise Refused(
                Message("A payment of this day lies before the debt began on {start}.", start=_start(debt).isoformat()),
                Message("Check the day; if it is right, begin the history earlier."),
            )

    def refresh(self) -> None:
        """Show what the state and the fields say."""
        self.choice.refresh()
        debt, shown = self.state.debt(), language()
        self.layout.display = "" if debt else "none"
        if debt is None:
            return
        until = max(self.until.value, _start(debt))
        found = ledger(debt, until=until)
        end = Message(
            "{n} lines add up to {end} on {day}.",
            n=len(found.lines),
            end=money(found.end.total, shown),
            day=until.isoformat(),
        )
        self.lines.value = f"<p class='debtdesk-lead'>{escape(str(end))}</p>{ledger_html(found, shown)}"
        self.changes.value = ""
        if self.amount.value and self.paid.value and _start(debt) < self.paid.value <= until:
            replayed = diff(found, ledger(debt, until=until, payments=(Payment(self.paid.value, self.amount.value),)))
            said = escape(replay_sentence(replayed, shown))
            self.changes.value = f"<p class='debtdesk-lead'>{said}</p>{replay_html(replayed, shown)}"


def _start(debt: Debt) -> date:
    return (debt.origin or debt.balance).as_of
