"""What the growth stage knows: the choices made, and what follows from them. No widget, no text on screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

import traitlets as t

from debtdesk.core.capacity import capacity
from debtdesk.core.case import Case
from debtdesk.core.comparison import HORIZON_MONTHS
from debtdesk.core.days import add_months
from debtdesk.core.debt import Debt
from debtdesk.core.money import Rounding, divide
from debtdesk.core.portfolio import CaseGrowth, overtakes, project_case

ALL = ""
LONGEST_LOOK = 120
LONGEST_FREEZE = 24
LEAST_MOST = 100_000  # the slider of the payment reaches at least 1,000 yuan


@dataclass(frozen=True, slots=True)
class GrowthResult:
    """What follows from the choices.

    `nothing` is the growth if nothing is done; `paying` with the payment and the freeze, None where neither is chosen;
    `overtake` the day on which the charges overtake the principal if nothing is done, looked for over ten years;
    `monthly_cost` what a month of waiting costs on average over the months looked at. [fen]
    """

    nothing: CaseGrowth
    paying: CaseGrowth | None
    overtake: date | None
    monthly_cost: int

    @property
    def now(self) -> int:
        """What is owed at the start. [fen]"""
        return self.nothing.totals[0]

    @property
    def then(self) -> int:
        """What is owed at the end if nothing is done. [fen]"""
        return self.nothing.totals[-1]

    @property
    def left(self) -> int:
        """What is still owed at the end with the payment and the freeze. [fen]"""
        return self.paying.left[-1] if self.paying else self.then

    @property
    def paid(self) -> int:
        """What is paid until the end. [fen]"""
        return self.paying.paid[-1] if self.paying else 0

    @property
    def spared(self) -> int:
        """How much less is owed and paid together at the end than if nothing is done. [fen]"""
        return self.then - self.left - self.paid

    @property
    def overtaken(self) -> bool:
        """Whether the charges exceed the principal already at the start."""
        return self.overtake == self.nothing.start


class GrowthState(t.HasTraits):
    """The choices of the growth stage, and the result that follows; one change of choices makes one new result.

    `months` is how far to look ahead; `monthly` what is paid a month [fen]; `freeze` for how many months nothing
    accrues; `account` the debt looked at, or ALL.
    """

    case = t.Instance(Case)
    day = t.Instance(date)
    months = t.Int(24)
    monthly = t.Int(0)
    freeze = t.Int(0)
    account = t.Unicode(ALL)
    result = t.Instance(GrowthResult, allow_none=True)

    def __init__(self, case: Case, day: date, **choices: Any) -> None:
        self._asked: tuple[object, ...] = ()
        super().__init__(case=case, day=day, **choices)

    def follow(self, case: Case, day: date) -> None:
        """Take up another version of the case, keeping the choices that still make sense."""
        with self.hold_trait_notifications():
            self.case, self.day = case, day
            if self.account not in [d.account for d in case.debts]:
                self.account = ALL

    @property
    def debts(self) -> tuple[Debt, ...]:
        """The debts looked at."""
        return tuple(d for d in self.case.debts if self.account in (ALL, d.account))

    @property
    def step(self) -> int:
        """One step of the payment: the budget's, at least a yuan, in whole yuan. [fen]"""
        return max(100, self.case.budget.step // 100 * 100)

    @property
    def most(self) -> int:
        """The largest payment worth a look: twice the capacity, or what would clear the debts in a year. [fen]"""
        owed = self.result.now if self.result else 0
        wanted = max(LEAST_MOST, 2 * self.capacity, divide(owed, 12, Rounding.DOWN))
        return -(-wanted // (10 * self.step)) * 10 * self.step

    @property
    def capacity(self) -> int:
        """What the household can pay each month; nothing where no budget is entered. [fen]"""
        return _capacity(self.case, self.day)

    @t.observe("case", "day", "months", "monthly", "freeze", "account")
    def _follow(self, _: Any) -> None:
        asked = (self.case, self.day, self.months, self.monthly, self.freeze, self.account)
        if len(self._asked) == len(asked) and all(a is b or a == b for a, b in zip(asked, self._asked, strict=True)):
            return
        self._asked = asked
        self.result = self._computed() if self.debts else None

    def _computed(self) -> GrowthResult:
        debts = self.debts
        nothing, overtake = _nothing(debts, self.day, self.months), _overtake(debts, self.day)
        paying = None
        if self.monthly or self.freeze:
            paying = project_case(debts, nothing.until, self.monthly, freeze_months=self.freeze, on=nothing.start)
        cost = divide(nothing.totals[-1] - nothing.totals[0], self.months, Rounding.HALF_UP)
        return GrowthResult(nothing, paying, overtake, cost)


def _until(debts: tuple[Debt, ...], day: date, months: int) -> date:
    return add_months(max(day, *(d.balance.as_of for d in debts)), months)


@lru_cache(maxsize=8)
def _nothing(debts: tuple[Debt, ...], day: date, months: int) -> CaseGrowth:
    return project_case(debts, _until(debts, day, months), on=day)


@lru_cache(maxsize=8)
def _overtake(debts: tuple[Debt, ...], day: date) -> date | None:
    return overtakes(_nothing(debts, day, LONGEST_LOOK))


@lru_cache(maxsize=8)
def _capacity(case: Case, day: date) -> int:
    return capacity(case.budget, start=day, months=HORIZON_MONTHS).level if case.budget.items else 0
