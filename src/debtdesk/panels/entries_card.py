"""The card of entries and freezes: what happened to a debt beside its payments, and the page it is shown under."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as w

from debtdesk.core.debt import Debt, Freeze
from debtdesk.locale import Message, language
from debtdesk.panels.debts_state import DebtsState
from debtdesk.panels.dossier import RowsOfDebts, keep_on_debt, kept_debt
from debtdesk.panels.dossier_card import DossierCard
from debtdesk.panels.drafts import Drafts
from debtdesk.panels.entry_rows import Happened, entry_columns, entry_key, entry_reader, split, write_entry
from debtdesk.panels.fields import text_field
from debtdesk.panels.taking import unsaved
from debtdesk.views.words import debt_name

Guard = Callable[[Callable[..., None]], Callable[..., None]]


class EntryRows(RowsOfDebts[Happened]):
    """The entries and freezes of every debt as rows, each kept with its debt."""

    def drafts(self, account: str) -> Drafts[Happened]:
        """Return empty rows for a debt; they are read beside that debt."""
        return Drafts(
            entry_columns(),
            read=entry_reader(lambda: kept_debt(self.desk.case, account)),
            write=write_entry,
            key=entry_key,
            unique=("day", Message("Keep one of them, or say in the note how they differ.")),
        )

    def kept(self, account: str) -> tuple[Happened, ...]:
        """Return the entries and the freezes that the case keeps with a debt."""
        debt = kept_debt(self.desk.case, account)
        return (*debt.entries, *debt.freezes) if debt is not None else ()

    def dirty(self, account: str) -> bool:
        """Whether something in the rows of a debt is not kept; entries and freezes are each kept in their order."""
        drafts = self.of(account)
        return bool(drafts.wrong) or split(drafts.good()) != split(drafts.ground)


class EntriesCard(DossierCard):
    """Choose a debt and enter its fees, waivers, changes of rate, transfers and freezes."""

    rows: EntryRows

    def __init__(self, state: DebtsState, safely: Guard, rows: EntryRows | None = None) -> None:
        super().__init__(
            state,
            safely,
            rows or EntryRows(state.desk),
            entry_columns(),
            title=Message("entries and freezes"),
            add=Message("Add an entry"),
            keep=Message("Save the entries"),
        )
        self._of, self._page = ("", ""), ""
        self.page = text_field(Message("shown under the page"), width="300px", placeholder="花呗")
        self.together = w.HTML()
        self.children = [self.choice, self.sheet, self.page, self.together, self.bar]
        self.page.observe(safely(self.changed), "value")
        self.refresh()

    def save(self) -> None:
        """Keep the entries, the freezes and the page of the chosen debt."""
        debt = self.state.debt()
        if debt is not None:
            drafts = self.rows.of(debt.account)
            entries, freezes = split(drafts.good())
            keep_on_debt(
                self.state.desk,
                "entries",
                debt.account,
                len(drafts.wrong),
                entries=entries,
                freezes=freezes,
                page=self.page.value,
            )

    def fill(self, debt: Debt) -> None:
        """Fill in the page for another debt, or where nothing else was typed."""
        of = (self.state.desk.case.reference, debt.account)
        if of != self._of or self.page.value == self._page:
            self.page.show(debt.page)
        self._of, self._page = of, debt.page

    def show(self, debt: Debt, drafts: Drafts[Happened]) -> None:
        """Show what is inside the balance already, and what stands under one page."""
        self.sheet.computed = {i: {"inside": str(_inside(r, debt))} for i, r in drafts.records.items()}
        self.unsaved.value = unsaved(self.rows.dirty(debt.account) or self.page.value != debt.page)
        self.together.value = "".join(
            f"<p class='debtdesk-note'>{escape(str(text))}</p>" for text in self.tranches(debt, self.page.value)
        )

    def tranches(self, debt: Debt, page: str) -> list[Message]:
        """Return in words which debts stand under one page with this one, each with terms of its own."""
        others = [d for d in self.state.entered() if page and d.page == page and d.account != debt.account]
        if not others:
            return []
        comma = "、" if language() == "zh" else ", "
        names = comma.join(debt_name(d, language()) for d in (debt, *others))
        return [Message("Under one page “{page}”: {debts}. Each keeps its own terms.", page=page, debts=names)]


def _inside(happened: Happened, debt: Debt) -> Message:
    day = happened.last if isinstance(happened, Freeze) else happened.day
    as_of = debt.balance.as_of
    if day <= as_of:
        return Message("yes: up to {day}", day=as_of.isoformat())
    return Message("no: counts from then on")
