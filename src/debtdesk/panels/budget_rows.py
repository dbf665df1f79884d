"""The rows of a budget: its columns, and how a typed row becomes an item and back."""

from __future__ import annotations

import re
import unicodedata

from debtdesk.core.budget import CONSUMPTION, BudgetItem, Category, Frequency, Kind
from debtdesk.core.days import parse_day
from debtdesk.core.money import parse_amount, yuan
from debtdesk.core.problems import Refused
from debtdesk.core.terms import Known
from debtdesk.locale import Message
from debtdesk.panels.choices import choices, member
from debtdesk.panels.drafts import TypedRow
from debtdesk.panels.sheet import Column, Row

NO_MONTHS: tuple[int, ...] = ()
_CATEGORIES = (*CONSUMPTION, Category.DEBT_SERVICE, Category.INCOME)
_KNOWN = (Known.SEEN, Known.TOLD, Known.ASSUMED)


def columns() -> tuple[Column, ...]:
    """Return the columns of the sheet of a budget, in the order of its template."""
    return (
        Column(key="name", label=Message("item"), width=1.7, hint="", aliases=("项目",)),
        Column(
            key="kind",
            label=Message("income or expense"),
            kind="choice",
            options=choices(*Kind),
            default=Kind.EXPENSE.value,
            width=0.85,
        ),
        Column(
            key="category",
            label=Message("category"),
            kind="choice",
            options=(("", Message("choose …")), *choices(*_CATEGORIES)),
            width=1.45,
        ),
        Column(
            key="amount",
            label=Message("amount each time"),
            kind="amount",
            width=1.05,
            hint="1,234.56",
            aliases=("金额", "amount"),
        ),
        Column(
            key="frequency",
            label=Message("how often"),
            kind="choice",
            options=choices(*Frequency),
            default=Frequency.MONTHLY.value,
            width=1.05,
            aliases=("周期", "frequency"),
        ),
        Column(key="essential", label=Message("essential"), kind="flag", width=0.55, aliases=("必要",)),
        Column(key="start", label=Message("from"), kind="day", width=1.0, aliases=("起", "from")),
        Column(key="end", label=Message("to"), kind="day", width=1.0, aliases=("止", "to")),
        Column(key="note", label=Message("note"), width=1.2, aliases=("备注",)),
        Column(
            key="months",
            label=Message("in months"),
            width=0.8,
            hint="3, 9",
            help=Message("Only where it comes in certain months of the year, for instance 3, 9."),
        ),
        Column(
            key="known",
            label=Message("how known"),
            kind="choice",
            options=choices(*_KNOWN),
            default=Known.TOLD.value,
            width=0.95,
        ),
    )


def read_item(typed: TypedRow[BudgetItem]) -> None:
    """Read a row of the sheet as an item of the budget."""
    name = typed.need("name", str, failing="")
    kind = typed.need("kind", member(Kind), failing=Kind.EXPENSE)
    category = _category(typed, kind)
    amount = typed.need("amount", parse_amount, failing=0)
    frequency = typed.need("frequency", member(Frequency), failing=Frequency.MONTHLY)
    months = typed.take("months", parse_months, empty=NO_MONTHS)
    start, end = typed.take("start", parse_day, empty=None), typed.take("end", parse_day, empty=None)
    if frequency is Frequency.MONTHS and not months:
        typed.lack("months")
    if frequency is Frequency.ONCE and start is None:
        typed.lack("start")
    if start and end and end < start:
        typed.refuse("end", Message("The last day lies before the first."), Message("Change one of the two days."))
    if not typed.usable:
        return
    typed.record = BudgetItem(
        name=name,
        kind=kind,
        category=category,
        amount=amount,
        frequency=frequency,
        months=months if frequency is Frequency.MONTHS else (),
        essential=typed.text("essential") != "",
        start=start,
        end=end,
        note=typed.text("note"),
        known=typed.take("known", member(Known), empty=Known.TOLD),
    )


def write_item(item: BudgetItem) -> Row:
    """Return the row that shows an item."""
    return {
        "name": item.name,
        "kind": item.kind.value,
        "category": item.category.value,
        "amount": f"{yuan(item.amount):,.2f}",
        "frequency": item.frequency.value,
        "months": ", ".join(map(str, item.months)),
        "essential": "yes" if item.essential else "",
        "start": item.start.isoformat() if item.start else "",
        "end": item.end.isoformat() if item.end else "",
        "note": item.note,
        "known": item.known.value,
    }


def _category(typed: TypedRow[BudgetItem], kind: Kind) -> Category:
    if kind is Kind.INCOME:
        given = typed.take("category", member(Category), empty=Category.INCOME)
        if given is not Category.INCOME:
            typed.refuse("category", Message("An income has no category of spending."), Message("Choose income."))
        return Category.INCOME
    category = typed.need("category", member(Category), failing=Category.OTHER)
    if category is Category.INCOME:
        typed.refuse("category", Message("An expense cannot be an income."), Message("Choose a category of spending."))
    return category


def parse_months(given: str) -> tuple[int, ...]:
    """Return the months of the year in a text like "3, 9" or "3月、9月"."""
    text = unicodedata.normalize("NFKC", given)
    numbers = [int(n) for n in re.split(r"[\s,、;/月]+", text) if n.isascii() and n.isdigit()]
    rest = re.sub(r"[\s\d,、;/月]", "", text)
    if rest or not numbers or any(not 1 <= n <= 12 for n in numbers):
        raise Refused(
            Message("“{given}” does not name months.", given=given[:20]),
            Message("Write numbers from 1 to 12, for instance 3, 9."),
        )
    return tuple(sorted(set(numbers)))
