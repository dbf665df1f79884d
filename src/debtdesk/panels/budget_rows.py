"""The rows of a budget: its columns, and how a typed row becomes an item and back."""

from __future__ import annotations

from debtdesk.core.budget import CONSUMPTION, BudgetItem, Category, Frequency, Kind, Regularity
from debtdesk.core.money import parse_amount, yuan
from debtdesk.core.problems import Refused
from debtdesk.core.terms import Known
from debtdesk.files.budget import CATEGORIES, KINDS, REGULARITIES
from debtdesk.files.months import parse_first_day, parse_frequency, parse_last_day
from debtdesk.locale import Message
from debtdesk.panels.choices import KNOWN, choices, member
from debtdesk.panels.drafts import TypedRow
from debtdesk.panels.sheet import Column, Row

NO_MONTHS: tuple[int, ...] = ()
_CATEGORIES = (*CONSUMPTION, Category.DEBT_SERVICE, Category.INCOME)


def columns() -> tuple[Column, ...]:
    """Return the columns of the sheet of a budget, in the order of its template."""
    return (
        Column(key="name", label=Message("item"), width=1.5, hint="", aliases=("项目",)),
        Column(key="kind", label=Message("income or expense"), kind="hidden", aliases=("收支",)),
        Column(
            key="category",
            label=Message("income, or category of spending"),
            kind="choice",
            options=(("", Message("choose …")), *choices(*_CATEGORIES)),
            width=1.5,
        ),
        Column(
            key="amount",
            label=Message("amount each time"),
            kind="amount",
            width=0.95,
            hint="1,234.56",
            aliases=("金额", "amount"),
        ),
        Column(
            key="frequency",
            label=Message("how often"),
            kind="choice",
            options=choices(*Frequency),
            default=Frequency.MONTHLY.value,
            width=1.25,
            aliases=("周期", "frequency"),
        ),
        Column(key="essential", label=Message("essential"), kind="flag", width=0.95, aliases=("必要",)),
        Column(key="start", label=Message("from"), kind="day", width=1, aliases=("起", "from")),
        Column(key="end", label=Message("to"), kind="day", width=1, aliases=("止", "to")),
        Column(key="note", label=Message("note"), width=0.9, aliases=("备注",)),
        Column(
            key="months",
            label=Message("in months"),
            width=0.72,
            help=Message("Only where it comes in certain months of the year, for instance 3, 9."),
        ),
        Column(
            key="known",
            label=Message("how known"),
            kind="choice",
            options=KNOWN,
            default=Known.TOLD.value,
            width=0.9,
        ),
        Column(
            key="regularity",
            label=Message("income: how sure"),
            kind="choice",
            options=(("", Message("–")), *choices(*Regularity)),
            width=0.95,
            help=Message(
                "For income only. Uncertain income does not count in what the household can pay, unless a share is set "
                "below. Left open: seasonal where it comes in certain months, else regular."
            ),
            aliases=("稳定程度", "regularity"),
        ),
    )


def read_item(typed: TypedRow[BudgetItem]) -> None:
    """Read a row of the sheet as an item of the budget."""
    name = typed.need("name", str, failing="")
    kind, category = _category(typed)
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
    regularity = _regularity(typed, kind, frequency)
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
        regularity=regularity,
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
        "regularity": item.regularity.value if item.kind is Kind.INCOME else "",
    }


def _regularity(typed: TypedRow[BudgetItem], kind: Kind, frequency: Frequency) -> Regularity:
    """Return how surely an income comes; what comes in certain months is seasonal where nothing is said."""
    left_open = Regularity.SEASONAL if frequency is Frequency.MONTHS else Regularity.REGULAR
    found = typed.take("regularity", member(Regularity, REGULARITIES), empty=left_open)
    return found if kind is Kind.INCOME else Regularity.REGULAR


def _category(typed: TypedRow[BudgetItem]) -> tuple[Kind, Category]:
    """Return whether it is an income or an expense, and of which category; a pasted "income" needs no category."""
    pasted = typed.take("kind", member(Kind, KINDS), empty=Kind.EXPENSE)
    if pasted is Kind.INCOME and not typed.text("category"):
        return Kind.INCOME, Category.INCOME
    category = typed.need("category", member(Category, CATEGORIES), failing=Category.OTHER)
    return Kind.INCOME if category is Category.INCOME else Kind.EXPENSE, category


def _often(text: str) -> tuple[Frequency, tuple[int, ...]]:
    """Return how often: a choice of the list, or a text as a file has it, such as "6-10月"."""
    try:
        return member(Frequency)(text), NO_MONTHS
    except Refused:
        return parse_frequency(text)


def _months(text: str) -> tuple[int, ...]:
    """Return the months of the year in a text like "3, 9" or "6-10月"."""
    return parse_frequency(f"months {text}")[1]
