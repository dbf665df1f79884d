"""The editor of one proposal: what is typed goes to the state, which refuses what does not go together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.case import Case
from debtdesk.core.installing import GraceKind
from debtdesk.core.problems import Problem, Refused, Severity
from debtdesk.core.proposal import Proposal
from debtdesk.core.solver import LONGEST_MONTHS
from debtdesk.locale import Message
from debtdesk.panels.buttons import button
from debtdesk.panels.fields import Field, count_field
from debtdesk.panels.offer_controls import LABEL, WIDE, Folds, columns, controls, help_html
from debtdesk.panels.offer_draft import TOGETHER, USUAL_EVERY, last_takes_remainder, values_of
from debtdesk.panels.offer_fields import percent_field as percent_field
from debtdesk.panels.offer_fields import percent_text as percent_text
from debtdesk.panels.offers_state import OffersState

# what goes only with a raise or a grace, as long as there is none
_USUAL = {"every": USUAL_EVERY, "grace_kind": GraceKind.INTEREST_ONLY, "grace_runs": True}
# the field beside which a problem is said, where it has another name than the problem's own
_BESIDE = {"step_up": "raise", "carry": "carry_due", "grace": "grace_months"}
_DAY = date(2000, 1, 1)
_PLAIN = values_of(Proposal(name="", start=_DAY, first_due=_DAY, installments=1))


class ProposalEditor(w.HBox):
    """The fields of a proposal. What was refused, and what is wrong with the draft, is said beside its field."""

    def __init__(self, state: OffersState, safely: Callable[[Callable[..., None]], Callable[..., None]]) -> None:
        self.state, self._safely, self._filling, self._telling = state, safely, False, False
        self.controls = controls()
        self.fields: dict[str, Field] = {n: c for n, c in self.controls.items() if isinstance(c, Field)}
        self.role, self.time, self.remainder = (self.controls[n] for n in ("role", "time", "remainder"))
        self.installments: w.IntSlider = self.controls["installments"]
        self.debts, self.debts_help = w.VBox(), w.HTML()
        self.ticks: dict[str, w.Checkbox] = {}
        self.helps = {"accounts": self.debts_help, **{n: w.HTML() for n in ("waiver", "installments", "season", "")}}
        self._said: dict[str, str] = {}
        self.pay_day = count_field(Message("wages come on day"), 15, least=1, most=31)
        self.pay_day.text.style.description_width, self.pay_day.text.layout.width = LABEL, f"calc({LABEL} + 70px)"
        self.align = button(Message("first installment after pay day"), safely(self._after_pay_day))
        self.folds = Folds(self.controls, self.helps, (self.pay_day, self.align))
        for name, control in self.controls.items():
            self._tie(name, control)
        state.observe(safely(lambda _: self.tell()), "limit")
        super().__init__(
            [*columns(self.controls, self.helps, self.debts), self.helps[""], self.folds],
            layout=w.Layout(flex_flow="row wrap", grid_gap="4px 24px", align_items="flex-start"),
        )
        self.add_class("debtdesk-editor")
        self.fill()

    @property
    def wrong(self) -> str:
        """The first thing that was refused, or that keeps the draft from being computed; empty if there is none."""
        refused = next((f.problem for f in self.fields.values() if f.problem), "")
        first = next(iter(self.state.errors()), None)
        return refused or (f"{first.text} {first.remedy}" if first else "")

    def fill(self) -> None:
        """Show the draft in all fields; a text that was refused gives way."""
        self._show(lambda name, field, value: field.show(value), anew=True)

    def follow(self) -> None:
        """Show what the draft changed by itself, and leave alone what is being typed."""

        def take(name: str, field: Field, value: Any) -> None:
            if (not field.problem or field.problem == self._said.get(name)) and field.value != value:
                field.value = value

        self._show(take, anew=False)

    def _show(self, show: Callable[[str, Field, Any], None], *, anew: bool) -> None:
        draft = self.state.draft
        if draft is None:
            return
        values = (_USUAL if anew else {}) | values_of(draft)
        self._filling = True
        try:
            self._tick(self.state.case, draft)
            for name, control in self.controls.items():
                if name == "installments":
                    self._slide(draft)
                elif name in values and isinstance(control, Field):
                    show(name, control, values[name])
                elif name in values:
                    control.value = values[name]
            self.remainder.disabled = last_takes_remainder(draft)
            self.folds.mark(n for n, x in values.items() if n in _PLAIN and x != _PLAIN[n])
        finally:
            self._filling = False
        self.tell()

    def _slide(self, draft: Proposal) -> None:
        """Show how many installments there are; with a size, how many it takes."""
        offer = self.state.offer
        n = draft.installments or (offer.months if offer is not None else self.installments.value)
        self.installments.max = max(LONGEST_MONTHS, n, self.installments.value)
        self.installments.value = max(1, n)
        self.installments.max = max(LONGEST_MONTHS, n)

    # -- what is wrong ------------------------------------------------------------------------------------------------

    def tell(self) -> None:
        """Say what is wrong with the draft, each thing beside its field, and take back what no longer holds."""
        if self._telling:
            return
        self._telling = True
        try:
            for name, said in self._said.items():
                self._take_back(name, said)
            self._said = {}
            found: dict[str, list[Problem]] = {}
            for problem in self.state.problems():
                found.setdefault(self._beside(problem), []).append(problem)
            for name, problems in found.items():
                self._say(name, problems)
        finally:
            self._telling = False

    def _beside(self, problem: Problem) -> str:
        name = (problem.field or "").removeprefix("waiver.")
        name = _BESIDE.get(name, name)
        return name if name in self.fields or name in self.helps else ""

    def _say(self, name: str, problems: list[Problem]) -> None:
        errors = [p for p in problems if p.severity is Severity.ERROR]
        text = " ".join(f"{p.text} {p.remedy}" for p in errors or problems)
        field = self.fields.get(name)
        if field is None:
            self.helps[name].value = help_html(text, alert=bool(errors))
        elif field.problem:
            return  # what was typed last and refused comes first
        elif errors:
            field.refuse(Refused(errors[0].text, errors[0].remedy))
        else:
            field.doubt(text)
        self._said[name] = field.problem if field is not None else text
        if errors:
            self.folds.open_for(name)

    def _take_back(self, name: str, said: str) -> None:
        field = self.fields.get(name)
        if field is None:
            self.helps[name].value = ""
        elif field.problem == said:
            field.refuse(None)

    # -- from the fields to the draft ---------------------------------------------------------------------------------

    def _tie(self, name: str, control: Any) -> None:
        """Let the state check what is typed before a field takes it, and take it to the draft afterwards."""

        def check(value: Any) -> None:
            if not self._filling:
                self.state.check(**self._with(name, value))

        if isinstance(control, Field):
            control.also(check)
            control.observe(self._safely(lambda change: self._mended(change["new"])), "problem")
        control.observe(self._handler(name), "value")

    def _with(self, name: str, value: Any) -> dict[str, Any]:
        """Return a field's value together with those that make one thing with it."""
        beside: Iterable[str] = next((group for group in TOGETHER if name in group), ())
        return {n: self.controls[n].value for n in beside} | {name: value}

    def _handler(self, name: str) -> Callable[[Any], None]:
        def amend(change: Any) -> None:
            if self._filling:
                return
            try:
                self.state.amend(**self._with(name, change["new"]))
            except Refused as refused:
                self._refuse(refused)

        return self._safely(amend)

    def _refuse(self, refused: Refused) -> None:
        self.helps[""].value = help_html(f"{refused.text} {refused.remedy}", alert=True)
        self._said[""] = self.helps[""].value

    def _mended(self, problem: str) -> None:
        """Say again what is wrong with the draft where a refused text gave way."""
        if not problem and not self._filling:
            self.tell()

    def _after_pay_day(self) -> None:
        if self.pay_day.check():
            self.state.after_pay_day(self.pay_day.value)

    # -- the debts ----------------------------------------------------------------------------------------------------

    def _tick(self, case: Case, draft: Proposal) -> None:
        accounts = [d.account for d in case.debts]
        if list(self.ticks) != accounts:
            self.ticks = {
                d.account: w.Checkbox(
                    description=f"{d.creditor} {d.account}", indent=False, layout=w.Layout(width=WIDE, max_width="100%")
                )
                for d in case.debts
            }
            handler = self._safely(lambda _: self._ticked())
            for tick in self.ticks.values():
                tick.observe(handler, "value")
            label = w.Label(str(Message("debts it is for")))
            self.debts.children = (label, *self.ticks.values())
        for account, tick in self.ticks.items():
            tick.value = draft.covers(account)
        self.debts_help.value = ""

    def _ticked(self) -> None:
        if self._filling:
            return
        ticked = tuple(a for a, tick in self.ticks.items() if tick.value)
        if not ticked:
            text = str(Message("Tick at least one debt; the last choice still holds."))
            self.debts_help.value = f"<div class='debtdesk-help' role='alert'>{escape(text)}</div>"
            return
        self.debts_help.value = ""
        self.state.amend(accounts=() if len(ticked) == len(self.ticks) else ticked)
