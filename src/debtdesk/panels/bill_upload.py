"""Choose a bill, look at it and keep it: the password of a packed one, the columns of a bank's statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.files.bills import BillReading, ColumnMapping, Lock
from debtdesk.locale import Message, language
from debtdesk.panels.bill_columns import COLUMNS, SIGNS
from debtdesk.panels.bills_state import MANY_LINES, WORKING, BillsState
from debtdesk.panels.buttons import button, file_button
from debtdesk.panels.fields import LABEL_WIDTH
from debtdesk.views.bills import CHANNELS, FLOWS
from debtdesk.views.markup import problems_html
from debtdesk.views.words import money

Guard = Callable[[Callable[..., None]], Callable[..., None]]


class BillUpload(w.VBox):
    """Choose a file, open it, say its columns where it is a bank's statement, and keep it."""

    def __init__(self, state: BillsState, safely: Guard, remembered: Callable[[], None] = lambda: None) -> None:
        self.state, self._remembered = state, remembered
        self._given: tuple[str, bytes] | None = None
        self._said = ""
        self._headers: Mapping[str, Sequence[str]] = {}
        self._proposal: ColumnMapping | None = None
        self.reading: BillReading | None = None
        help = Message(
            "Bills as exported from Alipay (.csv), WeChat Pay (.xlsx or .csv), and statements of banks and cards; a "
            "packed one (.zip) with its password. The file is shown first; the same file twice adds nothing."
        )
        self.upload = file_button(Message("Choose a bill"), ".csv,.xlsx,.zip,.txt", self.show, safely)
        self.password = w.Password(
            description=str(Message("password of the file")),
            style={"description_width": LABEL_WIDTH},
            continuous_update=False,
        )
        self.unlock = button(Message("Open it"), safely(self.look))
        self.locked = w.HBox([self.password, self.unlock])
        self.columns = {key: _dropdown(text, [("", "")]) for key, text in COLUMNS.items()}
        self.sign = _dropdown(Message("what a minus says"), [(str(text), sign) for text, sign in SIGNS])
        self.read = button(Message("Read it with these columns"), safely(self.with_columns), "primary")
        grid = w.Layout(grid_template_columns="repeat(auto-fill, minmax(460px, 1fr))", grid_gap="2px 16px")
        self.hint = w.HTML()
        self.like = _dropdown(Message("read like"), [("–", "")])
        self.name = w.Text(
            description=str(Message("keep these columns as")),
            placeholder=str(Message("name of the bank and of the account or card")),
            style={"description_width": LABEL_WIDTH},
            layout=w.Layout(width="620px", max_width="100%"),
        )
        self.mapping = w.VBox(
            [
                self.hint,
                self.like,
                w.GridBox([*self.columns.values(), self.sign], layout=grid),
                self.name,
                self.read,
            ]
        )
        self.like.observe(safely(self._like), "value")
        self.change = button(Message("Change the columns"), safely(self.change_columns))
        self.told = w.HTML()
        self.keep = button(Message("Keep this bill"), safely(self.take), "primary")
        self.leave = button(Message("Leave it"), safely(self.clear))
        self.answer = w.HBox([self.keep, self.change, self.leave], layout=w.Layout(grid_gap="8px"))
        note = w.HTML(f"<p class='debtdesk-note'>{escape(str(help))}</p>")
        super().__init__([note, self.upload, self.locked, self.mapping, self.told, self.answer])
        self.clear()

    def refresh(self) -> None:
        """Show the columns asked about once more, with names and numbers hidden or not; choices stay."""
        if self._given is not None and self.mapping.layout.display == "":
            chosen = {key: field.value for key, field in self.columns.items()}
            self._offer_columns()
            for key, field in self.columns.items():
                field.value = chosen[key]

    def show(self, name: str, content: bytes) -> None:
        """Look at a file; nothing is kept yet."""
        self.clear()
        self._given = (name, content)
        self.look()

    def look(self) -> None:
        """Read the file chosen, with the password typed."""
        self._look(None)

    def with_columns(self) -> None:
        """Read the statement chosen with the columns as they stand on the screen, and remember them if they serve."""
        said = {key: field.value for key, field in self.columns.items()}
        mapping = replace(self._proposal or ColumnMapping(day=""), **said, sign=self.sign.value or None)
        self._look(mapping)
        if self._given and self.reading is not None and not self.reading.refused:
            self.state.keep_mapping(self._headers, mapping, self.name.value.strip())
            self._remembered()
            self._tell_columns()

    def _look(self, mapping: ColumnMapping | None) -> None:
        if self._given is None:
            return
        password = self.password.value or None
        self.reading = reading = self.state.read(*self._given, password, mapping)
        self.locked.layout.display = "" if reading.lock is not Lock.OPEN else "none"
        asks = reading.lock is Lock.OPEN and (reading.asks_for_mapping or mapping is not None)
        if asks and mapping is None:
            self._ask_for_columns(reading.headers, reading.proposal)
        self._headers = self.state.headers
        self.mapping.layout.display = "" if asks else "none"
        known = any(b.digest == reading.digest for b in self.state.case.bills)
        self._said = told_html(reading, known=known)
        self._tell_columns()
        self.keep.layout.display = "none" if known or reading.refused or not len(reading.lines) else ""
        self.answer.layout.display = ""

    def _tell_columns(self) -> None:
        """Say under which name the columns of this statement are kept, and offer to change them."""
        reading = self.reading
        kept = self.state.kept_mapping(self._headers) if self._headers else None
        used = kept is not None and reading is not None and not reading.refused
        self.change.layout.display = "" if used and self.mapping.layout.display == "none" else "none"
        self.told.value = self._said
        if kept is not None and used:
            named = kept.name or str(Message("this bank"))
            text = escape(str(Message("The columns are read as kept for “{name}”.", name=named)))
            self.told.value += f"<p class='debtdesk-note'>{text}</p>"

    def change_columns(self) -> None:
        """Show the columns as they are kept, to be changed."""
        kept = self.state.kept_mapping(self._headers)
        self._ask_for_columns(self._headers, kept.mapping if kept else self._proposal)
        self.mapping.layout.display, self.change.layout.display = "", "none"
        self.columns["day"].focus()

    def _like(self, change: Any) -> None:
        """Fill the columns in as they are kept for another statement."""
        kept = next((k for k in self.state.mappings_for(self._headers) if k.name == change["new"]), None)
        if change["new"] and kept is not None:
            self._fill(kept.mapping)

    def _fill(self, mapping: ColumnMapping | None) -> None:
        self._proposal = mapping
        for key, field in self.columns.items():
            found = getattr(mapping, key, "") if mapping else ""
            field.value = found if found in self._headers else ""
        self.sign.value = (mapping.sign if mapping else None) or ""

    def _ask_for_columns(self, headers: Mapping[str, Sequence[str]], proposal: ColumnMapping | None) -> None:
        self._headers, self._proposal = headers, proposal
        self._offer_columns()
        self._fill(proposal)
        named = [k.name for k in self.state.mappings_for(headers) if k.name]
        self.like.options = [(str(Message("as the headers propose")), ""), *((name, name) for name in named)]
        self.like.layout.display = "" if named else "none"
        kept = self.state.kept_mapping(headers)
        self.name.value = kept.name if kept else ""
        text = Message("Which column says what? Only the day and the amounts are needed. Please check each choice.")
        self.hint.value = f"<p class='debtdesk-lead'>{escape(str(text))}</p>"

    def _offer_columns(self) -> None:
        """Offer each column with two of its cells; of hidden ones only the shape of words and no number is shown."""
        veil = self.state.veil
        options = [("–", "")]
        for header, cells in self._headers.items():
            shown = "，".join(veil.cell(c) for c in cells[:2])
            options.append((f"{header}（{shown}）" if any(cells) else header, header))
        for field in self.columns.values():
            field.options = options

    def take(self) -> None:
        """Keep the bill with the case."""
        if self.reading is None:
            return
        if len(self.reading.lines) > MANY_LINES:
            self.told.value += f"<p class='debtdesk-note' role='status'>{escape(str(WORKING))}</p>"
        if self.state.take(self.reading):
            self.clear()
        else:
            self._tell_columns()

    def clear(self) -> None:
        """Leave the file."""
        self.reading = self._given = self._proposal = None
        self.password.value, self.told.value = "", ""
        for box in (self.locked, self.mapping, self.answer):
            box.layout.display = "none"


def told_html(reading: BillReading, *, known: bool) -> str:
    """Return what a bill holds: kind, span, lines, sums by direction, and all that is wrong."""
    shown = language()
    problems = problems_html(reading.problems, shown)
    if reading.refused or reading.channel is None:
        return problems
    sums = " · ".join(
        f"{FLOWS[flow].in_language(shown)} {money(total, shown)}" for flow in FLOWS if (total := reading.total(flow))
    )
    span = f"{reading.first} – {reading.last}" if reading.first and reading.last else ""
    text = Message("{kind}: {n} lines. {sums}", kind=CHANNELS[reading.channel], n=f"{len(reading.lines):,}", sums=sums)
    lines = [f"<p class='debtdesk-lead'>{escape(str(text))}</p>"]
    if span:
        lines.append(f"<p class='debtdesk-note'>{escape(span)}</p>")
    if known:
        lines.append(f"<p class='debtdesk-note'>{escape(str(Message('This bill is kept already.')))}</p>")
    return "".join(lines) + problems


def _dropdown(label: Message, options: list[tuple[str, Any]]) -> w.Dropdown:
    return w.Dropdown(
        options=options,
        description=str(label),
        style={"description_width": LABEL_WIDTH},
        layout=w.Layout(width="540px", max_width="100%"),
    )
