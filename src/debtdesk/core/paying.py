"""Paying in step: a debt on its way that stops before each monthly payment, so that the payment can depend on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from debtdesk.core.days import add_months
from debtdesk.core.debt import Balance, Debt, Freeze, Payment
from debtdesk.core.kernel import NO_DAYS, WHOLE, Rule, State, Step, balance_of, run
from debtdesk.core.steps import compile_history


class Month(NamedTuple):
    """The steps of a debt up to one payment: those before, a look that sees it early, its interest, the payment.

    `own` is what the debt's own payments bring on that day. [fen]
    """

    before: tuple[Step, ...]
    early: Step | None
    accrue: Step
    pay: Step
    own: int


class Timetable(NamedTuple):
    """A debt's way: its conventions, where it stands, its months up to each payment, and what comes after the last."""

    rule: Rule
    state: State
    months: tuple[Month, ...]
    after: tuple[Step, ...]


def pay_days(first: date, until: date) -> list[date]:
    """Return a day and the same day of each later month up to another; a short month uses its last day."""
    days: list[date] = []
    while (day := add_months(first, len(days), anchor=first.day)) <= until:
        days.append(day)
    return days


@lru_cache(maxsize=128)
def timetable(
    debt: Debt, until: date, first: date, freezes: tuple[Freeze, ...] = (), looks: tuple[date, ...] = ()
) -> Timetable:
    """Return a debt's way with a place for each payment; what is paid does not change it, so it is kept.

    Parameters
    ----------
    debt : Debt
    until : date
        Last day.
    first : date
        Day of the first payment; the others follow on the same day of the month.
    freezes : tuple of Freeze
        In addition to the debt's own.
    looks : tuple of date
        Days whose balances are wanted.
    """
    days = pay_days(first, until)
    places = [Payment(d, 1) for d in days]
    rule, state, steps, _ = compile_history(debt, until, places, freezes, looks)
    own = {d: sum(p.amount for p in debt.payments if p.day == d) for d in days}
    amounts = _days_of_payments(debt, days, until)
    months: list[Month] = []
    before: list[Step] = []
    early: Step | None = None
    for step in steps:
        if step.look is not None and step.unseen is not None and step.look in own:
            before.append(Step(step.units, step.weight))
            early = step._replace(units=NO_DAYS)
        elif step.amount is not None and (day := next(amounts)) in own:
            accrue = Step(step.units, step.weight, step.books)
            pay = step._replace(units=NO_DAYS, books=False)
            months.append(Month(tuple(before), early, accrue, pay, own[day]))
            before, early = [], None
        else:
            before.append(step)
    return Timetable(rule, state, tuple(months), tuple(before))


def _days_of_payments(debt: Debt, days: Sequence[date], until: date) -> Iterator[date]:
    own = {p.day for p in debt.later_payments if p.day <= until}
    return iter(sorted({*own, *days}))


class Lane:
    """One debt on its way, stopped before each payment."""

    def __init__(self, debt: Debt, timetable: Timetable) -> None:
        self.debt, self.timetable, self.state = debt, timetable, timetable.state.copy()
        self.payments: list[Payment] = []
        self.found: dict[date, Balance] = {}

    def owed(self, n: int) -> int:
        """Go on to the n-th payment and return what is still to be paid there. [fen]"""
        month = self.timetable.months[n]
        self._play(self.state, month.before)
        probe = self.state.copy()
        self._play(probe, (month.accrue,))
        stands: list[int] = []
        look = Step(NO_DAYS, 0, look=self.debt.balance.as_of)
        run(self.timetable.rule, probe, (look,), WHOLE, lambda _, s: stands.append(sum(s.parts) - s.credit))
        return max(0, stands[0] - month.own)

    def pay(self, n: int, day: date, share: int) -> None:
        """Pay a share on the n-th day of payment, beside what the debt's own payments bring."""
        month = self.timetable.months[n]
        amount = share + month.own
        if month.early is not None:
            self._play(self.state, (month.early._replace(unseen=amount),))
        # a day on which nothing is paid is no event: no interest is booked on it
        self._play(self.state, (month.accrue if amount else month.accrue._replace(books=False),))
        if amount:
            self._play(self.state, (month.pay._replace(amount=amount),))
        if share:
            self.payments.append(Payment(day, share))

    def balances(self, days: Sequence[date]) -> tuple[Balance, ...]:
        """Go on to the end and return the balances on the days looked at."""
        self._play(self.state, self.timetable.after)
        return tuple(self.found[d] for d in days)

    def _play(self, state: State, steps: Iterable[Step]) -> None:
        run(self.timetable.rule, state, steps, WHOLE, self._seen)

    def _seen(self, day: date, shown: State) -> None:
        self.found[day] = balance_of(shown, day, self.debt.balance)


class KernelRun:
    """A debt under any terms on its way through the kernel, stopped before each monthly payment."""

    def __init__(self, debt: Debt, days: Sequence[date], freezes: tuple[Freeze, ...] = ()) -> None:
        self._lane = Lane(debt, timetable(debt, days[-1] + timedelta(days=1), days[0], freezes))
        self._days, self._month = days, 0

    def owed(self) -> int:
        """Return what is owed on the day of the next payment; ask once a month. [fen]"""
        return self._lane.owed(self._month)

    def pay(self, amount: int) -> None:
        """Pay an amount, 0 for nothing, on that day. [fen]"""
        self._lane.pay(self._month, self._days[self._month], amount)
        self._month += 1


def left_after(debt: Debt, days: Sequence[date], payments: Sequence[int], freezes: tuple[Freeze, ...]) -> list[int]:
    """Return what is owed after each monthly payment, its own day's interest included. [fen]

    Parameters
    ----------
    debt : Debt
    days : sequence of date
        Days of payment, monthly, after the balance's day.
    payments : sequence of int
        What is paid on each, 0 for nothing. [fen]
    freezes : tuple of Freeze
        In addition to the debt's own.
    """
    run, found = KernelRun(debt, days, freezes), []
    for amount in payments:
        found.append(run.owed() - amount)
        run.pay(amount)
    return found
