"""The rows of a budget: its columns, and how a typed row becomes an item and back."""

from __future__ import annotations

from debtdesk.core.budget import CONSUMPTION, BudgetItem, Category, Frequency, Kind
from debtdesk.core.money import parse_amount, yuan
from debtdesk.core.problems import Refused
from debtdesk.core.terms import Known
from debtdesk.files.budget import CATEGORIES, KINDS
from debtdesk.files.months import parse_first_day, parse_frequency, parse_last_day
from debtdesk.locale import Message
from debtdesk.panels.choices import choices, member
from debtdesk.panels.drafts import TypedRow
from debtdesk.panels.sheet import Column, Row

NO_MONTHS: tuple[int, ...] = ()
_CATEGORIES = (*CONSUMPTION, Category.DEBT_SERVICE, Category.INCOME)
SHORT_KNOWN = (
    (Known.SEEN.value, Message("seen")),
    (Known.TOLD.value, Message("told")),
    (Known.ASSUMED.value, Message("assumed")),
)


def columns() -> tuple[Column, ...]:
    """Return the columns of the sheet of a budget, in the order of its template."""
    return (
        Column(key="name", label=Message("item"), width=1.45, hint="", aliases=("项目",)),
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
            width=1.5,
        ),
        Column(
            key="amount",
            label=Message("amount each time"),
            kind="amount",
            width=0.9,
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
        Column(key="essential", label=Message("essential"), kind="flag", width=0.72, aliases=("必要",)),
        Column(key="start", label=Message("from"), kind="day", width=0.93, aliases=("起", "from")),
        Column(key="end", label=Message("to"), kind="day", width=0.93, aliases=("止", "to")),
        Column(key="note", label=Message("note"), width=0.85, aliases=("备注",)),
        Column(
            key="months",
            label=Message("in months"),
            width=0.62,
            hint="3, 9",
            help=Message("Only where it comes in certain months of the year, for instance 3, 9."),
        ),
        Column(
            key="known",
            label=Message("how known"),
            kind="choice",
            options=SHORT_KNOWN,
            default=Known.TOLD.value,
            width=0.8,
        ),
    )


def read_item(typed: TypedRow[BudgetItem]) -> None:
    """Read a row of the sheet as an item of the budget."""
    name = typed.need("name", str, failing="")
    kind = typed.need("kind", member(Kind, KINDS), failing=Kind.EXPENSE)
    category = _category(typed, kind)
    amount = typed.need("amount", parse_amount, failing=0)
    frequency, named = typed.need("frequency", _often, failing=(Frequency.MONTHLY, NO_MONTHS))
    months = named or typed.take("months", _months, empty=NO_MONTHS)
    start, end = typed.take("start", parse_first_day, empty=None), typed.take("end", parse_last_day, empty=None)
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
        given = typed.take("category", member(Category, CATEGORIES), empty=Category.INCOME)
        if given is not Category.INCOME:
            typed.refuse("category", Message("An income has no category of spending."), Message("Choose income."))
        return Category.INCOME
    category = typed.need("category", member(Category, CATEGORIES), failing=Category.OTHER)
    if category is Category.INCOME:
        typed.refuse("category", Message("An expense cannot be an income."), Message("Choose a category of spending."))
    return category


def _often(text: str) -> tuple[Frequency, tuple[int, ...]]:
    """Return how often: a choice of the list, or a text as a file has it, such as "6-10月"."""
    try:
        return member(Frequency)(text), NO_MONTHS
    except Refused:
        return parse_frequency(text)


def _months(text: str) -> tuple[int, ...]:
    """Return the months of the year in a text like "3, 9" or "6-10月"."""
    return parse_frequency(f"months {text}")[1]
