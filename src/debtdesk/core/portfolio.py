"""Portfolio: several debts together, when nothing is done and when the household pays a sum each month."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from debtdesk.core.days import add_months
from debtdesk.core.debt import Balance, Debt, Freeze, Payment
from debtdesk.core.money import split
from debtdesk.core.paying import Lane, pay_days, timetable
from debtdesk.core.projection import balances_on, monthly_days
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.core.terms import Part


@dataclass(frozen=True, slots=True)
class CaseGrowth(Tabular):
    """Several debts on the same days: one row of balances and of payments a debt. [fen]

    `days` are monthly; `cleared` is the day of the last payment where the payments clear all, else None.
    """

    debts: tuple[Debt, ...]
    days: tuple[date, ...]
    balances: tuple[tuple[Balance, ...], ...]
    payments: tuple[tuple[Payment, ...], ...]
    freezes: tuple[Freeze, ...]
    cleared: date | None

    @property
    def start(self) -> date:
        """The day all of it starts from."""
        return self.days[0]

    @property
    def until(self) -> date:
        """The last day looked at."""
        return self.days[-1]

    @property
    def together(self) -> tuple[Balance, ...]:
        """All debts added up, a balance a day."""
        return tuple(add_up(row) for row in zip(*self.balances, strict=True))

    @property
    def parts(self) -> dict[Part, tuple[int, ...]]:
        """The parts of all debts together, a place a day. [fen]"""
        return {p: tuple(sum(b.part(p) for b in row) for row in zip(*self.balances, strict=True)) for p in Part}

    @property
    def totals(self) -> tuple[int, ...]:
        """What is owed on all debts, a place a day. [fen]"""
        return tuple(sum(b.total for b in row) for row in zip(*self.balances, strict=True))

    @property
    def left(self) -> tuple[int, ...]:
        """What is still to be paid on all debts, what was paid beyond a debt taken off, a place a day. [fen]"""
        return tuple(sum(max(0, b.total - b.credit) for b in row) for row in zip(*self.balances, strict=True))

    @property
    def paid(self) -> tuple[int, ...]:
        """What has been paid by each day, a place a day. [fen]"""
        made = sorted((p.day, p.amount) for row in self.payments for p in row)
        found, so_far, n = [], 0, 0
        for day in self.days:
            while n < len(made) and made[n][0] <= day:
                so_far += made[n][1]
                n += 1
            found.append(so_far)
        return tuple(found)

    def columns(self) -> dict[str, list[object]]:
        """Return a row a day: the parts, the total and what has been paid so far. [yuan]"""
        found: dict[str, list[object]] = {"day": list(self.days)}
        for part, amounts in self.parts.items():
            found[part.value] = [in_yuan(a) for a in amounts]
        return found | {"total": [in_yuan(t) for t in self.totals], "paid": [in_yuan(p) for p in self.paid]}


def add_up(balances: Sequence[Balance]) -> Balance:
    """Return balances of one day as one."""
    return Balance(
        principal=sum(b.principal for b in balances),
        interest=sum(b.interest for b in balances),
        penalty_interest=sum(b.penalty_interest for b in balances),
        fees=sum(b.fees for b in balances),
        credit=sum(b.credit for b in balances),
        as_of=balances[0].as_of,
    )


def common_start(debts: Iterable[Debt], on: date | None = None) -> date:
    """Return the first day on which all debts have a balance, not before `on`."""
    days = [d.balance.as_of for d in debts]
    if not days:
        raise ValueError("debts must not be empty")
    return max(days) if on is None else max(*days, on)


def frozen_months(start: date, months: int) -> tuple[Freeze, ...]:
    """Return a freeze from the day after a day for some months; none for 0 months."""
    return (Freeze(start + timedelta(days=1), add_months(start, months)),) if months else ()


def project_case(
    debts: Iterable[Debt],
    until: date,
    monthly: int = 0,
    first: date | None = None,
    freeze_months: int = 0,
    *,
    on: date | None = None,
) -> CaseGrowth:
    """Return how several debts go on together under their terms when a sum is paid each month.

    Parameters
    ----------
    debts : iterable of Debt
        At least one. Their own later payments and freezes are played too.
    until : date
        Last day looked at.
    monthly : int
        Paid each month for all debts together, until nothing is owed. [fen]
    first : date, optional
        Day of the first payment, after the start; one month after it if left out. The others follow on the same day.
    freeze_months : int
        For how many months from the start nothing accrues. [months]
    on : date, optional
        The day to start from; the latest day of a balance where that is later, or where it is left out.

    Notes
    -----
    The sum is split pro rata by what each debt amounts to on the day of the payment, every fen given out by the largest
    remainder; no debt gets more than it amounts to, so that a debt that is paid off leaves its share to the others.
    """
    debts = tuple(debts)
    start = common_start(debts, on)
    first = add_months(start, 1) if first is None else first
    if until < start or first <= start:
        raise ValueError(f"until {until} must not lie before {start}, and first {first} must lie after it")
    if monthly < 0 or freeze_months < 0:
        raise ValueError(f"monthly {monthly} and freeze_months {freeze_months} must not be negative")
    days, freezes = tuple(monthly_days(start, until)), frozen_months(start, freeze_months)
    if not monthly:
        nothing = tuple(balances_on(d, days, freezes=freezes) for d in debts)
        return CaseGrowth(debts, days, nothing, ((),) * len(debts), freezes, None)
    places = pay_days(first, until)
    lanes = [Lane(d, timetable(d, until, first, freezes, days)) for d in debts]
    cleared = None
    for n, day in enumerate(places):
        owed = [lane.owed(n) for lane in lanes]
        amount = min(monthly, sum(owed))
        for lane, share in zip(lanes, split(amount, owed), strict=True):
            lane.pay(n, day, share)
        if amount and amount == sum(owed):
            cleared = day
        elif amount:
            cleared = None
    balances = tuple(lane.balances(days) for lane in lanes)
    return CaseGrowth(debts, days, balances, tuple(tuple(lane.payments) for lane in lanes), freezes, cleared)


def overtakes(growth: CaseGrowth) -> date | None:
    """Return the first day on which the charges of all debts together exceed all principal, or None up to the last."""
    return first_day_together(growth, lambda b: b.charges > b.principal)


def first_day_together(growth: CaseGrowth, condition: Callable[[Balance], bool]) -> date | None:
    """Return the first day on which a condition holds for all debts added up, or None.

    The condition may come to hold between two payments but not cease before the next one, as is so for all that only
    grows with time.
    """
    start, until = growth.start, growth.until
    paid = {p.day for d, row in zip(growth.debts, growth.payments, strict=True) for p in (*d.payments, *row)}
    marks = sorted({*growth.days, *(x for d in paid for x in (d, d - timedelta(days=1)) if start < x <= until)})
    while True:
        rows = [
            balances_on(d, marks, payments, growth.freezes)
            for d, payments in zip(growth.debts, growth.payments, strict=True)
        ]
        hit = next((i for i, row in enumerate(zip(*rows, strict=True)) if condition(add_up(row))), None)
        if hit is None:
            return None
        if hit == 0 or (marks[hit] - marks[hit - 1]).days == 1:
            return marks[hit]
        low, span = marks[hit - 1], (marks[hit] - marks[hit - 1]).days
        marks = sorted({low + timedelta(days=-(-span * k // 64)) for k in range(65)})
