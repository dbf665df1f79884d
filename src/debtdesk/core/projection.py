"""Projection: how a debt grows from its balance to a day, and what a payment or a freeze changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from debtdesk.core.days import same_day_of_months
from debtdesk.core.debt import Balance, Debt, Freeze, Payment
from debtdesk.core.kernel import WHOLE, State, balance_of, run
from debtdesk.core.steps import History, compile_history
from debtdesk.core.tabular import Tabular, in_yuan


@dataclass(frozen=True, slots=True)
class Growth(Tabular):
    """A debt day by day as far as asked: its balances on the days shown, and on any other day when asked."""

    debt: Debt
    until: date
    payments: tuple[Payment, ...]
    freezes: tuple[Freeze, ...]
    balances: tuple[Balance, ...]

    @property
    def days(self) -> tuple[date, ...]:
        """The days shown: the balance's own, then monthly, then the last."""
        return tuple(b.as_of for b in self.balances)

    @property
    def end(self) -> Balance:
        """The balance on the last day."""
        return self.balances[-1]

    def on(self, day: date) -> Balance:
        """Return the balance at the end of a day.

        Raises
        ------
        ValueError
            If the day lies before the balance's own day or after `until`.
        """
        if not self.debt.balance.as_of <= day <= self.until:
            raise ValueError(f"day {day} must lie between {self.debt.balance.as_of} and {self.until}")
        return balances_on(self.debt, (day,), self.payments, self.freezes)[0]

    def columns(self) -> dict[str, list[object]]:
        """Return a column a part: day, principal, interest, penalty interest, fees, total. [yuan]"""
        names = ("principal", "interest", "penalty_interest", "fees", "total")
        first: dict[str, list[object]] = {"day": list(self.days)}
        return first | {n: [in_yuan(getattr(b, n)) for b in self.balances] for n in names}


def project(debt: Debt, *, until: date, payments: Iterable[Payment] = (), freezes: Iterable[Freeze] = ()) -> Growth:
    """Return how a debt grows to a day under its terms.

    Parameters
    ----------
    debt : Debt
        Starts from its balance; its own later payments and freezes are played too.
    until : date
        Last day looked at, not before the balance's day.
    payments, freezes
        More of them, as if made; those up to the balance's day are inside its figures and do not count again.

    Raises
    ------
    ValueError
        If `until` lies before the balance's day.
    """
    payments, freezes = tuple(payments), tuple(freezes)
    balances = balances_on(debt, monthly_days(debt.balance.as_of, until), payments, freezes)
    return Growth(debt, until, payments, freezes, balances)


def monthly_days(start: date, until: date) -> list[date]:
    """Return a day, the same day of each later month, and the last day."""
    days = same_day_of_months(start, (until.year - start.year) * 12 + until.month - start.month + 1)
    return [*(days[:-1] if days and days[-1] >= until else days), until]


def balances_on(
    debt: Debt, days: Sequence[date], payments: Iterable[Payment] = (), freezes: Iterable[Freeze] = ()
) -> tuple[Balance, ...]:
    """Return the balance at the end of each day, in one run."""
    history = compile_history(debt, max(days), payments, freezes, days)
    found: dict[date, Balance] = {}

    def seen(day: date, shown: State) -> None:
        found[day] = balance_of(shown, day, debt.balance)

    run(history.rule, history.state, history.steps, WHOLE, seen)
    return tuple(found[d] for d in days)


def project_many(debts: Sequence[Debt], until: date) -> list[Balance]:
    """Return the balance of each debt at the end of a day, played side by side over lanes."""
    from debtdesk.core.lanes import run_lanes

    groups: dict[object, list[int]] = {}
    histories: list[History] = [compile_history(d, until) for d in debts]
    for i, history in enumerate(histories):
        groups.setdefault(history.rule, []).append(i)
    found: dict[int, Balance] = {}
    for lanes in groups.values():
        try:
            _, state = run_lanes([histories[i] for i in lanes])
        except OverflowError:
            found |= {i: balances_on(debts[i], (until,))[0] for i in lanes}
        else:
            found |= {i: balance_of(state, until, debts[i].balance, n) for n, i in enumerate(lanes)}
    return [found[i] for i in range(len(debts))]


def first_day(
    debt: Debt,
    condition: Callable[[Balance], bool],
    *,
    until: date,
    payments: Iterable[Payment] = (),
    freezes: Iterable[Freeze] = (),
) -> date | None:
    """Return the first day on which a condition holds, or None.

    The condition may come to hold between two payments but not cease before the next one, as is so for all that only
    grows with time.
    """
    payments, freezes, start = tuple(payments), tuple(freezes), debt.balance.as_of
    paid = [p.day for p in (*debt.payments, *payments) if start < p.day <= until]
    marks = sorted({start, until, *paid, *(d - timedelta(days=1) for d in paid)})
    while True:
        hit = _first_hit(debt, marks, condition, payments, freezes)
        if hit is None:
            return None
        if hit == 0 or (marks[hit] - marks[hit - 1]).days == 1:
            return marks[hit]
        low, span = marks[hit - 1], (marks[hit] - marks[hit - 1]).days
        marks = sorted({low + timedelta(days=-(-span * k // 64)) for k in range(65)})


def _first_hit(
    debt: Debt,
    days: Sequence[date],
    condition: Callable[[Balance], bool],
    payments: Iterable[Payment],
    freezes: Iterable[Freeze],
) -> int | None:
    balances = balances_on(debt, days, payments, freezes)
    return next((i for i, b in enumerate(balances) if condition(b)), None)


def charges_overtake_principal(
    debt: Debt, *, until: date, payments: Iterable[Payment] = (), freezes: Iterable[Freeze] = ()
) -> date | None:
    """Return the first day on which the charges exceed the principal, or None up to a day."""
    return first_day(debt, lambda b: b.charges > b.principal, until=until, payments=payments, freezes=freezes)
