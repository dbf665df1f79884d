"""Tables for people: a DataFrame of texts in the language, amounts in yuan. Never read back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from debtdesk.core.budget import Budget
from debtdesk.core.capacity import Capacity
from debtdesk.core.case import Case, Outcome
from debtdesk.core.comparison import Comparison, Offer
from debtdesk.core.debt import Balance, overdue_days
from debtdesk.core.portfolio import CaseGrowth
from debtdesk.core.problems import Problem
from debtdesk.core.projection import Growth
from debtdesk.core.schedule import Schedule
from debtdesk.core.terms import PARTS
from debtdesk.locale import Message
from debtdesk.views.markup import html_table, problems_html
from debtdesk.views.offer_figures import figures
from debtdesk.views.words import NONE, day, debt_name, money, name_of, rate

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "balance_table",
    "budget_table",
    "capacity_table",
    "comparison_table",
    "debts_table",
    "fates_table",
    "html_table",
    "outcomes_table",
    "problems_html",
    "problems_table",
    "schedule_table",
]


def _frame(rows: Sequence[Sequence[str]], heads: Sequence[Message], language: str) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame([list(r) for r in rows], columns=[h.in_language(language) for h in heads], dtype="object")


def debts_table(case: Case, language: str) -> pd.DataFrame:
    """Return a row a debt, with its parts, and a row for all together."""
    heads = (
        Message("debt"),
        Message("creditor today"),
        *(name_of(p) for p in PARTS),
        Message("total"),
        Message("as of"),
        Message("rate"),
        Message("days overdue"),
        Message("known"),
    )
    rows = [
        (
            debt_name(d, language),
            d.creditor or NONE,
            *_parts(d.balance, language),
            money(d.balance.total, language, unit=False),
            day(d.balance.as_of, language),
            rate(d.terms.rate_on(d.balance.as_of), language),
            f"{overdue_days(d, on=case.day or d.balance.as_of):,}",
            name_of(d.balance.known).in_language(language),
        )
        for d in case.debts
    ]
    if len(rows) > 1:
        sums = [sum(d.balance.part(p) for d in case.debts) for p in PARTS]
        everything = Message("all debts").in_language(language)
        shown = [money(x, language, unit=False) for x in (*sums, sum(sums))]
        rows.append((everything, "", *shown, "", "", "", ""))
    return _frame(rows, heads, language)


def _parts(balance: Balance, language: str) -> list[str]:
    return [money(balance.part(p), language, unit=False) for p in PARTS]


def balance_table(growth: Growth | CaseGrowth, language: str) -> pd.DataFrame:
    """Return a row a day looked at: the parts, the total, and how much it grew since the row before."""
    balances = growth.together if isinstance(growth, CaseGrowth) else growth.balances
    heads = (Message("day"), *(name_of(p) for p in PARTS), Message("total"), Message("change"))
    rows = []
    for before, b in zip((None, *balances), balances, strict=False):
        change = NONE if before is None else _signed(b.total - before.total, language)
        rows.append((day(b.as_of, language), *_parts(b, language), money(b.total, language, unit=False), change))
    return _frame(rows, heads, language)


def _signed(fen: int, language: str) -> str:
    return ("+" if fen > 0 else "") + money(fen, language, unit=False)


def schedule_table(plan: Schedule, language: str) -> pd.DataFrame:
    """Return a row an installment, and a row for all of them."""
    heads = tuple(Message("number") if n == "n" else name_of(n) for n in ("n", "due", "payment"))
    heads += (Message("of it principal"), Message("of it interest"), Message("of it fee"), Message("left"))
    rows = []
    for n, i in enumerate(plan.installments, start=1 - plan.first):
        number = str(n) if n > 0 else Message("down payment").in_language(language)
        if n > plan.count:
            number = Message("set aside, owed at the end").in_language(language)
        amounts = (i.payment, i.principal, i.interest, i.fee, i.left)
        rows.append((number, day(i.due, language), *(money(x, language, unit=False) for x in amounts)))
    sums = [sum(getattr(i, k) for i in plan.installments) for k in ("payment", "principal", "interest", "fee")]
    total = Message("in all").in_language(language)
    rows.append((total, "", *(money(x, language, unit=False) for x in sums), ""))
    return _frame(rows, heads, language)


def comparison_table(comparison: Comparison, language: str) -> pd.DataFrame:
    """Return a column an offer, doing nothing first, and a row for each thing that matters."""
    heads = (Message("what it means"), Message("nothing is done"))
    rows = [
        (
            f.title(language),
            f.nothing(comparison, language),
            *(f.text(o, language, True) for o in comparison.offers),
        )
        for f in figures()
    ]
    return _frame(rows, (*heads, *(_name(o) for o in comparison.offers)), language)


def _name(offer: Offer) -> Message:
    return Message("{text}", text=offer.proposal.name)


def budget_table(budget: Budget, language: str, *, month: date) -> pd.DataFrame:
    """Return a row an item: what comes each time, how often, and what it is in a month."""
    heads = (
        Message("item"),
        Message("income or expense"),
        Message("category"),
        Message("amount"),
        Message("how often"),
        Message("in {month}", month=day(month, language, long=True)),
        Message("essential"),
        Message("known"),
    )
    yes = Message("yes").in_language(language)
    rows = [
        (
            i.name,
            name_of(i.kind).in_language(language),
            name_of(i.category).in_language(language),
            money(i.amount, language, unit=False),
            name_of(i.frequency).in_language(language),
            money(i.in_month(month), language, unit=False),
            yes if i.essential else "",
            name_of(i.known).in_language(language),
        )
        for i in budget.items
    ]
    return _frame(rows, heads, language)


def capacity_table(room: Capacity, language: str) -> pd.DataFrame:
    """Return a row a month: income, what is kept, what is left, and the cash at hand with the level installment.

    What the month can pay from its own income alone stands beside, in whole steps.
    """
    heads = (
        Message("month"),
        *(name_of(n) for n in ("income", "living", "debt_service", "reserve", "left")),
        Message("payable from this month alone"),
        Message("installment"),
        Message("cash at the end"),
    )
    cash = room.cash(room.level)
    rows = []
    for i, m in enumerate(room.months):
        amounts = (
            room.income[i],
            room.living[i],
            room.debt_service[i],
            room.reserve[i],
            room.left[i],
            room.by_month[i],
            room.level,
            cash[i],
        )
        rows.append((day(m, language)[:7], *(money(x, language, unit=False) for x in amounts)))
    return _frame(rows, heads, language)


def outcomes_table(case: Case | Iterable[Outcome], language: str) -> pd.DataFrame:
    """Return a row an outcome, in the order of their days."""
    outcomes = case.outcomes if isinstance(case, Case) else tuple(case)
    heads = (
        Message("day"),
        Message("proposal"),
        Message("answer"),
        Message("debts"),
        Message("reason"),
        Message("evidence"),
    )
    names = {d.account: debt_name(d, language) for d in case.debts} if isinstance(case, Case) else {}
    comma = "、" if language == "zh" else ", "
    rows = [
        (
            day(o.day, language),
            o.proposal.name,
            name_of(o.answer).in_language(language),
            comma.join(names.get(a, a) for a in o.accounts),
            o.reason,
            o.evidence or NONE,
        )
        for o in sorted(outcomes, key=lambda o: o.day)
    ]
    return _frame(rows, heads, language)


def problems_table(problems: Iterable[Problem], language: str) -> pd.DataFrame:
    """Return a row a problem: where, what, how to mend it."""
    heads = (
        Message("file or input"),
        Message("line"),
        Message("column"),
        Message("what is wrong"),
        Message("how to mend it"),
        Message("what became of it"),
    )
    rows = [
        (
            p.source,
            NONE if p.row is None else str(p.row),
            name_of(p.field).in_language(language) if p.field else NONE,
            p.text.in_language(language),
            p.remedy.in_language(language),
            name_of(p.severity).in_language(language),
        )
        for p in problems
    ]
    return _frame(rows, heads, language)


class RowRead(Protocol):
    """A row of a file and what became of it."""

    @property
    def row(self) -> int: ...
    @property
    def fate(self) -> StrEnum: ...
    @property
    def values(self) -> Mapping[str, str]: ...
    @property
    def problems(self) -> tuple[Problem, ...]: ...


def fates_table(rows: Iterable[RowRead], language: str) -> pd.DataFrame:
    """Return a row for each row of a file: its line, what became of it, its cells, and what is wrong."""
    heads = (Message("line"), Message("what became of it"), Message("what stands there"), Message("what is wrong"))
    space = "" if language == "zh" else " "
    shown = [
        (
            str(r.row),
            name_of(r.fate).in_language(language),
            " · ".join(v for v in r.values.values() if v),
            space.join(p.text.in_language(language) for p in r.problems),
        )
        for r in rows
    ]
    return _frame(shown, heads, language)
