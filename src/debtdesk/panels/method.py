"""09 method: every figure worked by hand, step by step, beside the function of the package."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from html import escape
from typing import Any

import ipywidgets as w
import traitlets as t

from debtdesk.core.problems import Refused
from debtdesk.core.rates import Period, Rate
from debtdesk.locale import Message, language
from debtdesk.panels.desk import Desk
from debtdesk.panels.fields import Field, amount_field, day_field, rate_field
from debtdesk.panels.rules_card import RulesCard
from debtdesk.panels.stage import Stage, fold, shown
from debtdesk.views.plan_workings import annuity, equal_parts, household, yearly_cost
from debtdesk.views.workings import (
    Working,
    allocation,
    exact_text,
    fen_text,
    monthly_compounding,
    simple_interest,
    working_html,
)

LONGEST = 36525


class MethodState(t.HasTraits):
    """The four figures to try, and what follows from them; a figure that does not fit leaves the last workings."""

    amount = t.Int(1_000_000)
    rate = t.Instance(Rate)
    start = t.Instance(date)
    end = t.Instance(date)
    workings = t.Tuple()

    def __init__(self) -> None:
        super().__init__(rate=Rate(Fraction(5, 10000), Period.DAY), start=date(2023, 11, 24), end=date(2026, 11, 24))
        self.work_out()

    def put(self, *, amount: int, rate: Rate | None, start: date, end: date) -> None:
        """Take other figures and work them out.

        Raises
        ------
        Refused
            If they cannot be worked out together.
        """
        if rate is None:
            raise Refused(Message("The rate is empty."), Message("Write it with its period, for instance 0.05%/日."))
        if end < start:
            raise Refused(Message("The last day lies before the first."), Message("Write a later day."))
        if (end - start).days > LONGEST:
            raise Refused(Message("That is more than a hundred years."), Message("Check the year of both days."))
        if not 100 <= amount <= 10**12:
            raise Refused(Message("The amount does not fit here."), Message("Write an amount from 1 yuan on."))
        self.amount, self.rate, self.start, self.end = amount, rate, start, end
        self.work_out()

    def work_out(self) -> None:
        """Work everything out from the figures."""
        amount, rate, start = self.amount, self.rate, self.start
        simple = simple_interest(amount, rate, start, self.end)
        self.workings = (
            simple,
            monthly_compounding(amount, rate, start),
            allocation(principal=amount),
            equal_parts(amount),
            annuity(amount, rate, start),
            yearly_cost(amount, rate, start),
            household(),
        )

    @property
    def lead(self) -> Message:
        """The result of the first working in one sentence."""
        simple = self.workings[0]
        return Message(
            "{amount} yuan at {percent}% a day bear {interest} yuan from {start} to {end}: {total} yuan together.",
            amount=fen_text(self.amount),
            percent=exact_text(self.rate.per_day(365) * 100, 6),
            interest=simple.steps[-2].package,
            total=simple.steps[-1].package,
            start=self.start.isoformat(),
            end=self.end.isoformat(),
        )

    @property
    def verdict(self) -> Message:
        """Whether hand and package agree in every step."""
        steps = [s for working in self.workings for s in working.steps if s.package]
        wrong = sum(not s.agrees for s in steps)
        if wrong:
            return Message(
                "{wrong} of {n} steps differ between hand and package. Please report it with these figures.",
                wrong=wrong,
                n=len(steps),
            )
        return Message("All {n} steps agree to the last place shown.", n=len(steps))


class MethodPanel(Stage):
    """The four figures, the sentence, and one fold a working."""

    name = "09_method"
    question = Message("How is it computed?")
    onward = ("00_start", Message("back to the list of cases"))

    def __init__(self, desk: Desk | None = None, state: MethodState | None = None) -> None:
        self.state = state or MethodState()
        self.crossed: Field | None = None
        super().__init__(desk)

    def build(self) -> Sequence[w.Widget]:
        """Return the fields, the sentence and the workings."""
        state = self.state
        self.amount = amount_field(Message("amount"), state.amount)
        self.rate = rate_field(Message("rate with its period"), state.rate)
        self.start = day_field(Message("from (not counted)"), state.start)
        self.end = day_field(Message("to (counted)"), state.end)
        fields = (self.amount, self.rate, self.start, self.end)
        for field in fields:
            field.observe(self.safely(self._typed), "value")
        self.lead = w.HTML()
        self.tables = tuple(w.HTML() for _ in state.workings)
        self.folds = tuple(
            fold(working.title, table, opened=n == 0)
            for n, (working, table) in enumerate(zip(state.workings, self.tables, strict=True))
        )
        self.rules = RulesCard(self.safely)
        self.rules_fold = fold(Message("Rules"), self.rules)
        self.show()
        left, right = w.VBox(fields[:2]), w.VBox(fields[2:])
        inputs = w.HBox((left, right), layout=w.Layout(flex_flow="row wrap", grid_gap="0 32px"))
        return inputs, self.lead, *self.folds, self.rules_fold

    def case_changed(self) -> None:
        """Stay as it is: the method does not depend on the case."""

    def show(self) -> None:
        """Show the workings as they are now."""
        state = self.state
        for working, table, folded in zip(state.workings, self.tables, self.folds, strict=True):
            table.value = working_html(working)
            folded.titles = (title_of(working),)
        css = "debtdesk-saved" if all(x.agrees for x in state.workings) else "debtdesk-failed"
        self.lead.value = (
            f"<div class='debtdesk-lead' role='status' lang='{language()}'>{escape(str(state.lead))}</div>"
            f"<div class='{css}'>{escape(str(state.verdict))}</div>"
        )

    def _typed(self, change: Any) -> None:
        if self.crossed is not None:  # what did not go together may do so now
            self.crossed.refuse(None)
            self.crossed = None
        if any(f.problem for f in (self.amount, self.rate, self.start, self.end)):
            return
        try:
            self.state.put(amount=self.amount.value, rate=self.rate.value, start=self.start.value, end=self.end.value)
        except Refused as refused:
            self.crossed = change["owner"]
            self.crossed.refuse(refused)
            return
        self.show()


def title_of(working: Working) -> str:
    """Return the title of a working, with a mark where hand and package agree."""
    return f"{working.title}  {'✓' if working.agrees else '✗'}"


def panel() -> w.Widget:
    """Return the panel of 09_method."""
    return shown(MethodPanel)
