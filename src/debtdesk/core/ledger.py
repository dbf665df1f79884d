"""Ledger: the history of a debt line by line, replayed from where it begins, never patched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

from debtdesk.core.debt import Balance, Debt, Payment, union
from debtdesk.core.entries import EntryKind
from debtdesk.core.kernel import NO_DAYS, WHOLE, Rule, State, Step, balance_of, run
from debtdesk.core.rates import Rate
from debtdesk.core.steps import compile_history
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.core.terms import PARTS, Rhythm, Terms


class LineKind(StrEnum):
    """What a line of a ledger says."""

    OPENING = "opening"
    ACCRUAL = "accrual"
    PAYMENT = "payment"
    FEE = "fee"
    LATE_FEE = "late_fee"
    WAIVER = "waiver"
    CREDIT = "credit"
    FREEZE = "freeze"
    RATE = "rate"
    TRANSFER = "transfer"


class Start(StrEnum):
    """Where a ledger begins: where the history begins, or at the balance that the creditor names."""

    ORIGIN = "origin"
    BALANCE = "balance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a ledger.

    `change` is what it adds to each part, in the order of the parts [fen]; `credit` what it adds to the credit [fen];
    `after` the balance after it. An accrual has its counted `days` and its `rate`, None where it spans two rates; a
    freeze has its days. `note` is what was noted, or who claims the debt after a transfer.
    """

    day: date
    kind: LineKind
    change: tuple[int, ...] = (0, 0, 0, 0)
    credit: int = 0
    after: Balance
    days: int = 0
    rate: Rate | None = None
    note: str = ""

    @property
    def total(self) -> int:
        """What the line adds to what is owed, less what it adds to the credit. [fen]"""
        return sum(self.change) - self.credit

    @property
    def said(self) -> tuple[object, ...]:
        """All but the balance after it, which moves whenever an earlier line does."""
        return self.change, self.credit, self.days, self.rate, self.note


@dataclass(frozen=True, slots=True)
class Ledger(Tabular):
    """A debt's history line by line; the first line opens it, and all lines add up to the end."""

    debt: Debt
    until: date
    lines: tuple[Line, ...]

    @property
    def end(self) -> Balance:
        """The balance on the last day."""
        return replace(self.lines[-1].after, as_of=self.until)

    @property
    def settled(self) -> date | None:
        """The first day from which on nothing is owed, or None."""
        found = None
        for line in reversed(self.lines):
            if line.after.total:
                break
            found = line.day
        return found

    def columns(self) -> dict[str, list[object]]:
        """Return a column a part and the balance after each line. [yuan]"""
        found: dict[str, list[object]] = {
            "day": [x.day for x in self.lines],
            "kind": [x.kind.value for x in self.lines],
            "days": [x.days or None for x in self.lines],
            "rate": [f"{x.rate.percent()}%/{x.rate.period.value}" if x.rate else None for x in self.lines],
        }
        for i, part in enumerate(PARTS):
            found[part.value] = [in_yuan(x.change[i]) for x in self.lines]
        found["credit"] = [in_yuan(x.credit) for x in self.lines]
        return found | {"balance": [in_yuan(x.after.total) for x in self.lines], "note": [x.note for x in self.lines]}


def begun(debt: Debt) -> Debt:
    """Return a debt put back to where its history begins.

    Raises
    ------
    ValueError
        If that is not known.
    """
    if debt.origin is None:
        raise ValueError(f"origin of {debt.account} is not known")
    return replace(debt, balance=debt.origin)


def ledger(debt: Debt, *, until: date, start: Start | None = None, payments: Iterable[Payment] = ()) -> Ledger:
    """Return the history of a debt to a day, line by line.

    Parameters
    ----------
    debt : Debt
    until : date
        The last day, not before the start.
    start : Start, optional
        Where to begin; where its history begins if that is known, else at its balance.
    payments : iterable of Payment
        More of them, as if made.

    Raises
    ------
    ValueError
        If `until` lies before the start, or the history is asked for and its beginning is not known.
    """
    start = start or (Start.ORIGIN if debt.origin else Start.BALANCE)
    played = begun(debt) if start is Start.ORIGIN else debt
    played = replace(played, payments=(*played.payments, *payments))
    return Ledger(debt, until, tuple(_with_remarks(played, until, _Writer(played).write(until))))


class _Writer:
    """Plays a debt step by step and writes down what each changed."""

    def __init__(self, debt: Debt) -> None:
        self.debt, self.terms, self.lines = debt, debt.played_terms, list[Line]()
        self.days, self.rates = 0, set[Rate]()

    def write(self, until: date) -> list[Line]:
        rule, state, steps, events = compile_history(self.debt, until)
        opening = self.debt.balance
        change = tuple(opening.part(p) for p in PARTS)
        self.lines = [
            Line(day=opening.as_of, kind=LineKind.OPENING, change=change, credit=opening.credit, after=opening)
        ]
        for step, event in zip(steps, events, strict=True):
            self._play(rule, state, step, event[-1])
        return self.lines

    def _play(self, rule: Rule, state: State, step: Step, day: date) -> None:
        blank = Step(NO_DAYS, 0)
        self._count(step, state)
        books = step.books if step.look is None else True
        self._one(rule, state, Step(step.units, step.weight, books), day, LineKind.ACCRUAL)
        if step.charged is not None:
            self._one(rule, state, blank._replace(charged=step.charged), day, LineKind.FEE)
        if step.waived is not None:
            self._one(rule, state, blank._replace(waived=step.waived), day, LineKind.WAIVER)
        if step.amount is not None:
            self._one(rule, state, blank._replace(amount=step.amount, orders=step.orders), day, LineKind.PAYMENT)
        if step.statement is not False:
            self._statement(rule, state, blank._replace(statement=True, fee=step.fee, orders=step.orders), day)

    def _statement(self, rule: Rule, state: State, step: Step, day: date) -> None:
        """Write the use of a credit and the late fee apart, though both happen in one step."""
        before, without = state.copy(), state.copy()
        run(rule, without, [step._replace(fee=False)], WHOLE, _unseen)
        run(rule, state, [step], WHOLE, _unseen)
        self._line(before, without, day, LineKind.CREDIT)
        self._line(without, state, day, LineKind.LATE_FEE)

    def _count(self, step: Step, state: State) -> None:
        if step.units:
            self.days += step.units
            self.rates.add(_quoted(self.terms, Fraction(step.weight, state.denominator)))

    def _one(self, rule: Rule, state: State, step: Step, day: date, kind: LineKind) -> None:
        before = state.copy()
        run(rule, state, [step], WHOLE, _unseen)
        accrued = kind is LineKind.ACCRUAL
        if accrued and not (self.days and (step.books is not False or rule.rhythm is Rhythm.DAY)):
            return
        self._line(before, state, day, kind, always=accrued)

    def _line(self, before: State, after: State, day: date, kind: LineKind, *, always: bool = False) -> None:
        change = tuple(b - a for a, b in zip(before.parts, after.parts, strict=True))
        credit = after.credit - before.credit
        if not (always or any(change) or credit):
            return
        notes: Sequence[str] = ()
        if kind is LineKind.PAYMENT:
            notes = [p.note for p in self.debt.payments if p.day == day and p.note]
        elif kind in (LineKind.FEE, LineKind.WAIVER):
            notes = [e.note for e in self.debt.entries if e.day == day and e.kind.value == kind.value and e.note]
        days, rate = (self.days, next(iter(self.rates)) if len(self.rates) == 1 else None) if always else (0, None)
        if always:
            self.days, self.rates = 0, set()
        self.lines.append(
            Line(
                day=day,
                kind=kind,
                change=change,
                credit=credit,
                after=balance_of(after, day, self.debt.balance),
                days=days,
                rate=rate,
                note="; ".join(sorted(set(notes))),
            )
        )


def _unseen(_: date, __: State) -> None:
    """Look at nothing."""


def _quoted(terms: Terms, per_day: Fraction) -> Rate:
    """Return the rate of the terms that comes to a rate a day."""
    rates = [r.rate for r in terms.rates]
    return next(r for r in rates if any(r.per_day(n) == per_day for n in (365, 366, 360)))


def _with_remarks(debt: Debt, until: date, lines: list[Line]) -> list[Line]:
    """Put in what changes no amount: freezes, changes of rate, transfers."""
    first, found = debt.balance.as_of, list(lines)
    for freeze in union(debt.freezes):
        a, b = max(freeze.first, first), min(freeze.last, until)
        if a <= b:
            found.append(Line(day=a, kind=LineKind.FREEZE, days=(b - a).days + 1, after=debt.balance))
    for dated in debt.played_terms.rates[1:]:
        if dated.start is not None and first < dated.start <= until:
            found.append(Line(day=dated.start, kind=LineKind.RATE, rate=dated.rate, after=debt.balance))
    for e in debt.entries:
        if e.kind is EntryKind.TRANSFER and first < e.day <= until:
            note = f"{e.creditor}; {e.note}" if e.note else e.creditor
            found.append(Line(day=e.day, kind=LineKind.TRANSFER, note=note, after=debt.balance))
    found.sort(key=lambda x: x.day)
    for i, line in enumerate(found):
        if line.kind in (LineKind.FREEZE, LineKind.RATE, LineKind.TRANSFER) and i:
            found[i] = replace(line, after=replace(found[i - 1].after, as_of=line.day))
    return found
