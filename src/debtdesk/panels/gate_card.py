"""The card of the gate: what an act does to the debts concerned, and where advice taken is noted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import Any

import ipywidgets as w

from debtdesk.core.case import Case, Consultation
from debtdesk.core.debt import Debt
from debtdesk.core.gate import GateAct, GateFinding, pass_gate
from debtdesk.core.problems import Refused
from debtdesk.locale import Message, language
from debtdesk.panels.desk import Desk
from debtdesk.panels.fields import day_field, text_field
from debtdesk.views.gate import gate_html

Guard = Callable[[Callable[..., None]], Callable[..., None]]


class GateCard(w.VBox):
    """States what an act does; where it `asks`, takes the note of advice that opens the gate.

    `general` says of every act what is otherwise said of the one in short.
    """

    def __init__(self, desk: Desk, safely: Guard, *, asks: bool = True, general: Sequence[Message] = ()) -> None:
        self.desk, self.asks, self.general = desk, asks, general
        self.finding: GateFinding | None = None
        self.statement = w.HTML()
        self.who = text_field(Message("who gave advice"), placeholder=str(Message("a lawyer, or 12348")), width="300px")
        self.day = day_field(Message("day of the advice"), desk.day)
        self.what = text_field(Message("in one line, what was said"), width="480px")
        self.note = w.Button(
            description=str(Message("Note this advice")), layout=w.Layout(width="auto", align_self="flex-start")
        )
        guarded = safely(self.keep)
        self.note.on_click(lambda _: guarded())
        self.form = w.VBox([self.who, self.day, self.what, self.note])
        super().__init__([self.statement, self.form])

    @property
    def passed(self) -> bool:
        """Whether nothing is missing before the act; true where no debt is concerned."""
        return self.finding is None or self.finding.open

    def look(self, case: Case, act: GateAct, debts: Iterable[Debt]) -> None:
        """Show what an act does to some debts of a case."""
        debts = tuple(debts)
        self.finding = pass_gate(case, act, debts, self.desk.day) if debts else None
        self.statement.value = (
            gate_html(self.finding, language(), asks=self.asks, general=self.general) if self.finding else ""
        )
        needed = self.finding is not None and bool(self.finding.in_need_of_advice)
        self.form.layout.display = "" if self.asks and needed else "none"

    def keep(self) -> None:
        """Keep the advice in the case, for the debts that need it; what is missing is said beside its field."""
        if self.finding is None:
            return
        self.who.refuse(None if self.who.text.value.strip() else _empty(Message("Write who it was.")))
        self.what.refuse(None if self.what.text.value.strip() else _empty(Message("Write in one line what was said.")))
        if self.day.check() and self.day.value > self.desk.day:
            self.day.refuse(
                Refused(Message("The day lies in the future."), Message("Write the day on which advice was given."))
            )
        if self.who.problem or self.what.problem or self.day.problem:
            return
        advice = Consultation(
            day=self.day.value,
            who=self.who.text.value.strip(),
            what=self.what.text.value.strip(),
            accounts=tuple(d.account for d in self.finding.in_need_of_advice),
        )
        if self.desk.change("note advice", lambda case: with_advice(case, advice)):
            self.who.clear()
            self.what.clear()

    def typed(self) -> dict[str, Any]:
        """Return what stands in the fields, to survive a change of language."""
        return {name: getattr(self, name).text.value for name in ("who", "day", "what")}

    def retype(self, typed: dict[str, Any]) -> None:
        """Put back what stood in the fields."""
        for name, text in typed.items():
            getattr(self, name).text.value = text


def with_advice(case: Case, advice: Consultation) -> Case:
    """Return a case with one more consultation."""
    return replace(case, consultations=(*case.consultations, advice))


def _empty(remedy: Message) -> Refused:
    return Refused(Message("The field is empty."), remedy)
