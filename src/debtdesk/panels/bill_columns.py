"""Columns of banks' statements: what a column can say, and the readings that are remembered, each to be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

import ipywidgets as w

from debtdesk.files.bills import Sign
from debtdesk.locale import Message
from debtdesk.panels.bill_take import head_of
from debtdesk.panels.bills_state import BillsState, KeptMapping
from debtdesk.panels.buttons import button
from debtdesk.panels.pool import Pool, Row

Guard = Callable[[Callable[..., None]], Callable[..., None]]
COLUMNS = {
    "day": Message("day"),
    "time": Message("time (own column)"),
    "paid_out": Message("money out"),
    "paid_in": Message("money in"),
    "amount": Message("amount (one column)"),
    "direction": Message("direction in words"),
    "party": Message("counterparty"),
    "summary": Message("summary"),
    "note": Message("note"),
    "method": Message("means of payment"),
    "order": Message("transaction number"),
    "status": Message("status (paid or not)"),
}
SIGNS = (
    (Message("the columns say it"), ""),
    (Message("a minus is money out (accounts)"), Sign.MINUS_IS_OUT),
    (Message("a minus is money in (most cards)"), Sign.MINUS_IS_IN),
)
Remembered = tuple[str, KeptMapping]


def columns_words(kept: KeptMapping) -> str:
    """Return under which name a reading is kept and which column says what."""
    name = kept.name or str(Message("no name"))
    said = [f"{COLUMNS[key]} {header}" for key, header in kept.mapping.headers.items() if key in COLUMNS]
    signs = {sign: str(text) for text, sign in SIGNS if sign}
    said += [signs[kept.mapping.sign]] if kept.mapping.sign in signs else []
    return f"{name}: {' · '.join(said)}"


class KeptColumnsRow(Row[Remembered]):
    """One remembered reading in words, and the button that forgets it."""

    def __init__(self, safely: Guard, forget: Callable[[Remembered], None]) -> None:
        self._kept: Remembered | None = None
        self._forget = forget
        self.words = w.HTML(layout=w.Layout(flex="1 1 620px"))
        self.forget = button(Message("Forget it"), safely(self._press))
        row = w.Layout(flex_flow="row wrap", grid_gap="2px 10px", align_items="flex-start")
        super().__init__([w.HBox([self.words, self.forget], layout=row)])

    def show(self, thing: Remembered) -> None:
        """Show a reading."""
        self._kept = thing
        words = columns_words(thing[1])
        self.words.value = escape(words)
        self.forget.tooltip = str(Message("Forget: {what}", what=words))

    def _press(self) -> None:
        if self._kept is not None:
            self._forget(self._kept)


class KeptColumnsBox(w.VBox):
    """The readings of statements' columns that are remembered; the one forgotten last can be remembered again."""

    def __init__(self, state: BillsState, safely: Guard) -> None:
        self.state = state
        self._last: Remembered | None = None
        self.pool: Pool[KeptColumnsRow] = Pool(lambda: KeptColumnsRow(safely, self._forget))
        self.told = w.HTML()
        self.again = button(Message("Remember it again"), safely(self._remember))
        text = Message(
            "The next statement with the same columns is read this way by itself. Bills that are kept do not change "
            "when their columns are forgotten."
        )
        note = w.HTML(f"<p class='debtdesk-note'>{escape(str(text))}</p>")
        head = head_of(Message("Columns of statements that are remembered"))
        row = w.Layout(flex_flow="row wrap", grid_gap="2px 10px", align_items="center")
        self.forgotten = w.HBox([self.told, self.again], layout=row)
        super().__init__([head, note, self.pool, self.forgotten])

    def refresh(self) -> None:
        """Show what is remembered now; nothing is there where nothing is, or was forgotten here."""
        kept = list(self.state.kept_mappings().items())
        self.pool.show(kept)
        self.layout.display = "" if kept or self._last else "none"
        self.forgotten.layout.display = "" if self._last else "none"
        name = self._last[1].name or str(Message("no name")) if self._last else ""
        text = str(Message("Forgotten: {what}", what=name)) if name else ""
        self.told.value = f"<span class='debtdesk-note' role='status'>{escape(text)}</span>"

    def _forget(self, kept: Remembered) -> None:
        self.state.forget_mapping(kept[0])
        self._last = kept
        self.refresh()
        self.again.focus()

    def _remember(self) -> None:
        if self._last is not None:
            self.state.remember_mapping(*self._last)
            self._last = None
            self.refresh()
