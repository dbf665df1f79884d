"""The card of the statement page: the amounts as the app shows them, and the balance they add up to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.debt import Balance, Debt
from debtdesk.core.statement_page import Split, StatementPage
from debtdesk.core.terms import Known
from debtdesk.locale import Message, language
from debtdesk.panels.buttons import button
from debtdesk.panels.choices import choices
from debtdesk.panels.debts_state import DebtsState
from debtdesk.panels.dossier import keep_on_debt
from debtdesk.panels.dossier_card import DebtChoice
from debtdesk.panels.fields import LABEL_WIDTH, Field, amount_field, day_field, text_field
from debtdesk.panels.taking import unsaved
from debtdesk.views.words import money, name_of

Guard = Callable[[Callable[..., None]], Callable[..., None]]
ROWS = ("billed", "next", "future", "overdue")
COLUMNS = ("principal", "interest", "fee")
PENALTIES = ("penalty_on_principal", "penalty_on_fee")
PARTS = ("principal", "interest", "penalty_interest", "fees")
TITLES = {
    "billed": Message("bill now due"),
    "next": Message("next bill"),
    "future": Message("bills after it"),
    "overdue": Message("overdue"),
    "penalty_on_principal": Message("penalty interest on principal"),
    "penalty_on_fee": Message("penalty interest on fees"),
}


class StatementCard(w.VBox):
    """Copy the page of the app into a grid, compare it with the balance, and take it as the balance.

    What was typed into the card `before` stays.
    """

    def __init__(self, state: DebtsState, safely: Guard, before: StatementCard | None = None) -> None:
        self.state, self._following, self._of = state, False, ("", "")
        self._ground = StatementPage(day=state.desk.day)
        self.choice = DebtChoice(state, safely)
        self.cells: dict[tuple[str, str], Field] = {
            (row, column): amount_field(
                Message("{row}: {column}", row=TITLES[row], column=name_of(column)), width="110px"
            )
            for row in ROWS
            for column in COLUMNS
        }
        self.penalties: dict[str, Field] = {name: amount_field(TITLES[name], width="110px") for name in PENALTIES}
        self.day = day_field(Message("page read on"), state.desk.day)
        self.source = text_field(Message("where it was read"), width="300px")
        self.known = w.Dropdown(
            options=[(str(text), value) for value, text in choices(*Known)],
            value=Known.TOLD.value,
            description=str(Message("how known")),
            style={"description_width": LABEL_WIDTH},
            layout=w.Layout(width=f"calc({LABEL_WIDTH} + 170px)"),
        )
        self.sums = w.HTML()
        self.use = button(Message("Use these as the balance"), safely(self.take), "primary")
        self.keep = button(Message("Save the page only"), safely(self.save), "")
        self.unsaved = w.HTML()
        grid = w.GridBox(
            list(self.cells.values()),
            layout=w.Layout(grid_template_columns="repeat(auto-fit, minmax(300px, 1fr))", grid_gap="2px 12px"),
        )
        text = Message("Enter each amount once: what is overdue does not stand in the bills as well.")
        super().__init__(
            [
                self.choice,
                w.HTML(f"<p class='debtdesk-note'>{escape(str(text))}</p>"),
                grid,
                *self.penalties.values(),
                self.day,
                self.source,
                self.known,
                self.sums,
                w.HBox([self.use, self.keep, self.unsaved], layout=w.Layout(align_items="center", grid_gap="12px")),
            ]
        )
        for field in (*self.fields, self.known):
            field.observe(safely(self._changed), "value")
            if isinstance(field, Field):
                field.observe(safely(self._changed), "problem")
        self.refresh()
        if before is not None and before._of == self._of:
            self._fill(before.page())
            self._show()

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields that are typed into."""
        return (*self.cells.values(), *self.penalties.values(), self.day, self.source)

    def page(self) -> StatementPage:
        """Return the page by the last good value of every field."""
        splits = {row: Split(**{column: self.cells[row, column].value or 0 for column in COLUMNS}) for row in ROWS}
        return StatementPage(
            **splits,
            penalty_on_principal=self.penalties["penalty_on_principal"].value or 0,
            penalty_on_fee=self.penalties["penalty_on_fee"].value or 0,
            day=self.day.value or self.state.desk.day,
            source=self.source.value or "",
            known=Known(self.known.value),
        )

    def save(self) -> None:
        """Keep the page with its debt; the balance stays."""
        self._keep()

    def take(self) -> None:
        """Keep the page and make it the balance of its debt."""
        debt = self.state.debt()
        if debt is not None:
            self._keep(replace(self.page().balance(), credit=debt.balance.credit))

    def _keep(self, balance: Balance | None = None) -> None:
        debt, desk, page = self.state.debt(), self.state.desk, self.page()
        if debt is None:
            return
        if any(f.problem for f in self.fields):
            desk.tell(Message("Mend the amounts that are marked first; nothing was saved."), failed=True)
        elif balance is None:
            keep_on_debt(desk, "statement page", debt.account, statement=page)
        else:
            keep_on_debt(desk, "statement page", debt.account, statement=page, balance=balance)

    def _changed(self, _: Any) -> None:
        if not self._following:
            self._show()

    def refresh(self) -> None:
        """Show what the state says; what is typed and not kept stays, unless another debt is chosen."""
        self.choice.refresh()
        debt = self.state.debt()
        self.layout.display = "" if debt else "none"
        if debt is None:
            return
        of, kept = (self.state.desk.case.reference, debt.account), _kept(debt)
        untouched = not any(f.problem for f in self.fields) and self.page() == self._ground
        if of != self._of or (untouched and kept != self._ground):
            self._fill(kept)
        self._of, self._ground = of, kept
        self._show()

    def _fill(self, page: StatementPage) -> None:
        self._following = True
        try:
            for (row, column), field in self.cells.items():
                field.show(getattr(getattr(page, row), column))
            for name, field in self.penalties.items():
                field.show(getattr(page, name))
            self.day.show(page.day)
            self.source.show(page.source)
            self.known.value = page.known.value
        finally:
            self._following = False

    def _show(self) -> None:
        debt = self.state.debt()
        if debt is None:
            return
        page = self.page()
        said = page_sentences(debt, page, language()) if page.total else []
        self.sums.value = "".join(f"<p class='debtdesk-lead'>{escape(str(m))}</p>" for m in said)
        self.unsaved.value = unsaved(page != self._ground or any(f.problem for f in self.fields))


def _kept(debt: Debt) -> StatementPage:
    return debt.statement or StatementPage(day=debt.balance.as_of)


def page_sentences(debt: Debt, page: StatementPage, shown: str) -> list[Message]:
    """Return what the page adds up to, and whether that agrees with the balance entered, and by how much not."""
    found = page.balance()
    total = Message("The page adds up to {total}.", total=money(found.total, shown))
    apart = [(name_of(p), by) for p in PARTS if (by := getattr(found, p) - getattr(debt.balance, p))]
    day = debt.balance.as_of.isoformat()
    if not apart:
        return [total, Message("That agrees with the balance entered above as of {day}, in every part.", day=day)]
    by = found.total - debt.balance.total
    values = {"by": money(abs(by), shown), "day": day}
    answer = (
        Message("That is {by} above the balance entered above as of {day}.", **values)
        if by > 0
        else Message("That is {by} below the balance entered above as of {day}.", **values)
        if by < 0
        else Message("The sum agrees with the balance entered above as of {day}, but the parts differ.", day=day)
    )
    parts = [
        Message("{part}: {amount} more on the page.", part=part, amount=money(more, shown))
        if more > 0
        else Message("{part}: {amount} less on the page.", part=part, amount=money(-more, shown))
        for part, more in apart
    ]
    return [total, answer, *parts]
