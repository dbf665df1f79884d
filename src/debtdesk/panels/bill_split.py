"""Split a line of a bill: its parts, each with an amount and what it was for; they add up to the fen or are refused."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.bill_fates import BillFate, LineRef
from debtdesk.core.bill_marks import LineMark
from debtdesk.core.bill_sorting import ESSENTIAL
from debtdesk.core.bill_splits import LEAST_PARTS, MOST_PARTS, BillPart, BillSplit, check_parts
from debtdesk.core.money import parse_amount, yuan
from debtdesk.core.problems import Refused
from debtdesk.locale import Message, language
from debtdesk.panels.bills_state import BillsState, answers
from debtdesk.panels.buttons import button
from debtdesk.panels.fields import Field
from debtdesk.views.bill_rules import fate_words, line_words
from debtdesk.views.words import money

Guard = Callable[[Callable[..., None]], Callable[..., None]]


class PartRow(w.HBox):
    """One part: its amount, what it was for, and whether the household cannot do without it."""

    def __init__(self, number: int, follow: Callable[[Any], None]) -> None:
        self.amount = Field(
            Message("part {n}", n=number),
            read=_amount,
            write=lambda fen: f"{yuan(fen):,.2f}" if fen else "",
            unit=Message("yuan"),
        )
        self.choice = w.Dropdown(layout=w.Layout(width="320px"))
        self.choice.tooltip = str(Message("what it was"))
        self.essential = w.Checkbox(
            description=str(Message("cannot do without")), indent=False, layout=w.Layout(width="auto")
        )
        super().__init__(
            [self.amount, self.choice, self.essential], layout=w.Layout(flex_flow="row wrap", grid_gap="2px 10px")
        )
        self.amount.observe(follow, "value")
        self.choice.observe(self._tick, "value")
        self.choice.observe(follow, "value")

    def _tick(self, change: Any) -> None:
        """Tick what a household usually cannot do without; the counselor may take the tick away."""
        self.essential.value = bool(change["new"]) and change["new"][1] in ESSENTIAL

    def show(self, part: BillPart | None, options: list[tuple[str, Any]]) -> None:
        """Show a part, or nothing yet, with what it may have been."""
        self.choice.options = options
        self.choice.index = 0
        self.essential.value = False
        self.amount.show(part.amount if part else None)
        if part is not None:
            self.choice.value, self.essential.value = (part.fate, part.category), part.essential

    def part(self) -> BillPart | None:
        """Return the part as it stands; None where nothing is written.

        Raises
        ------
        Refused
            If the amount is not one.
        """
        amount = _amount(self.amount.text.value)
        if amount is None:
            return None
        fate, category = self.choice.value
        return BillPart(
            amount=amount, fate=fate, category=category, essential=self.essential.value if category else False
        )


class SplitBox(w.VBox):
    """The parts of one line; hidden until a line is to be split."""

    def __init__(self, state: BillsState, safely: Guard) -> None:
        self.state, self._safely = state, safely
        self._line: LineRef | None = None
        self._mark: LineMark | None = None
        self.head, self.left = w.HTML(), w.HTML()
        self._options: list[tuple[str, Any]] = []
        self._count = 0
        self.parts = w.VBox()
        self._made: tuple[PartRow, ...] = ()
        self.add = button(Message("Another part"), safely(self.add_part))
        self.keep = button(Message("Keep the parts"), safely(self.keep_parts), "primary")
        self.leave = button(Message("Leave the line whole"), safely(self.end))
        row = w.Layout(grid_gap="8px")
        super().__init__([self.head, self.parts, self.left, w.HBox([self.add, self.keep, self.leave], layout=row)])
        self.add_class("debtdesk-splitting")
        self._have(LEAST_PARTS)
        self.end()

    @property
    def rows(self) -> tuple[PartRow, ...]:
        """The rows of the parts, one each."""
        return self._made[: self._count]

    def _have(self, count: int) -> None:
        """Show as many rows; one more is always there, hidden, for a widget just made cannot take the focus yet."""
        follow = self._safely(self._follow)
        for number in range(len(self._made) + 1, count + 2):
            self._made = (*self._made, PartRow(number, follow))
        if len(self._made) != len(self.parts.children):
            self.parts.children = self._made
        self._count = count
        for place, row in enumerate(self._made):
            row.layout.display = "" if place < count else "none"

    def begin(self, line: LineRef) -> None:
        """Begin with a line: two parts, empty, or as it is split already."""
        self._line, self._mark = line._replace(part=0), self.state.mark(line)
        kept = next((s for s in self.state.case.bill_splits if s.line == self._mark), None)
        whole = line_words(self.state.sorted().whole(line), language(), self.state.veil)
        head = escape(str(Message("Split: {line}", line=whole)))
        self.head.value = f"<h3 class='debtdesk-part'>{head}</h3>"
        question = self.state.sorted().about(self._line)
        self._options = [(str(Message("not known yet")), (BillFate.UNKNOWN, None))]
        self._options += [(str(fate_words(f, c)), (f, c)) for f, c in answers(question)]
        parts = kept.parts if kept else (None,) * LEAST_PARTS
        self._have(len(parts))
        for row, part in zip(self.rows, parts, strict=True):
            row.show(part, self._options)
        self.layout.display = ""
        self._follow(None)
        self.rows[0].amount.text.focus()

    def add_part(self) -> None:
        """Add a part; what is left of the line stands in it already."""
        left = self._left()
        self._have(self._count + 1)
        row = self.rows[-1]
        row.show(None, self._options)
        if left and left > 0:
            row.amount.show(left)
        self._follow(None)
        row.amount.text.focus()

    def _parts(self) -> tuple[BillPart, ...]:
        """Return the parts that are written; Refused if an amount is not one."""
        return tuple(p for row in self.rows if (p := row.part()) is not None)

    def _left(self) -> int | None:
        """Return what of the line is not given out yet; None while an amount is not readable. [fen]"""
        assert self._line is not None
        try:
            parts = self._parts()
        except Refused:
            return None
        given = sum(p.amount for p in parts)
        return self.state.sorted().whole(self._line).amount - given

    def _follow(self, _: Any) -> None:
        if self._line is None:
            return
        self.add.disabled = self._count >= MOST_PARTS
        left = self._left()
        if left is None:
            self.left.value = ""
        elif left:
            text = (
                Message("{left} are still to be given out.", left=money(left, language()))
                if left > 0
                else Message("The parts are {more} more than the line.", more=money(-left, language()))
            )
            self.left.value = f"<p class='debtdesk-note' role='status'>{escape(str(text))}</p>"
        else:
            text = Message("The parts come to the line.")
            self.left.value = f"<p class='debtdesk-note' role='status'>{escape(str(text))}</p>"

    def keep_parts(self) -> None:
        """Keep the parts; what does not add up is refused in words and stays in its fields."""
        if self._line is None:
            return
        try:
            parts = self._parts()
            check_parts(self.state.sorted().whole(self._line), parts)
            split = BillSplit(line=self.state.mark(self._line), parts=parts)
        except Refused as refused:
            text = f"{refused.text} {refused.remedy}"
            self.left.value = f"<div class='debtdesk-help' role='alert'>{escape(text)}</div>"
            return
        if self.state.decisions.keep_split(split):
            self.end()

    def follow(self) -> None:
        """Close where the line is no longer in the case; what is typed for one that is there stays."""
        if self._line is None or self._mark is None:
            return
        bills = self.state.case.bills
        n = next((n for n, bill in enumerate(bills) if bill.digest == self._mark.digest), None)
        if n is None:
            self.end()
        else:
            self._line = self._line._replace(bill=n)

    def end(self) -> None:
        """Leave the line as it is."""
        self._line = self._mark = None
        self.layout.display = "none"


def _amount(text: str) -> int | None:
    """Return the amount of a part, above zero; None where nothing is written. [fen]"""
    if not text.strip():
        return None
    amount = parse_amount(text)
    if amount == 0:
        raise Refused(Message("A part of 0 yuan says nothing."), Message("Write an amount, or leave the field empty."))
    return amount
