"""Budget items proposed from bills, and how they stand beside what the counselor typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from debtdesk.core.bill_fates import BillFate
from debtdesk.core.budget import CATEGORY_NAMES, Budget, BudgetItem, Category, Frequency, Kind
from debtdesk.core.money import yuan
from debtdesk.core.recurring import Recurring, median
from debtdesk.core.terms import Known
from debtdesk.locale import LANGUAGES, Message


@dataclass(frozen=True, slots=True)
class Source:
    """Which bills and which whole months a figure was taken from."""

    bills: tuple[str, ...]
    months: tuple[date, ...]

    def note(self, how: Message) -> Message:
        """Return how a figure was found, with the bills and months it comes from."""
        first, last = (f"{m:%Y-%m}" for m in (self.months[0], self.months[-1]))
        return Message(
            "{how}; bills {bills}, {first} to {last}", how=how, bills=", ".join(self.bills), first=first, last=last
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedItem:
    """An item of the budget as the bills show it, in words of any language until it is taken.

    `name` and `note` become text in the language in use; the amount is seen on a statement. [fen]
    """

    name: Message | str
    kind: Kind
    category: Category
    amount: int
    frequency: Frequency
    essential: bool
    note: Message

    def item(self) -> BudgetItem:
        """Return the budget item, its texts in the language in use."""
        return BudgetItem(
            name=str(self.name),
            kind=self.kind,
            category=self.category,
            amount=self.amount,
            frequency=self.frequency,
            essential=self.essential,
            note=str(self.note),
            known=Known.SEEN,
        )

    def is_called(self, name: str) -> bool:
        """Return whether it has a name in any language."""
        if isinstance(self.name, str):
            return name == self.name
        return name in [self.name.in_language(language) for language in LANGUAGES]


_KINDS = {BillFate.INCOME: Kind.INCOME, BillFate.SPENDING: Kind.EXPENSE}


def items_of_recurring(recurring: Iterable[Recurring], source: Source) -> tuple[ProposedItem, ...]:
    """Return an item for each recurring payment that has not lapsed, at its median."""
    return tuple(
        ProposedItem(
            name=r.party,
            kind=_KINDS[r.fate],
            category=r.category,
            amount=r.amount,
            frequency=r.rhythm,
            essential=r.essential and r.fate is BillFate.SPENDING,
            note=source.note(_seen(r)),
        )
        for r in recurring
        if not r.lapsed and r.fate in _KINDS
    )


def _seen(r: Recurring) -> Message:
    if r.least == r.most:
        return Message("seen {n} times, last on {last}", n=len(r.days), last=r.days[-1].isoformat())
    return Message(
        "seen {n} times between {least} and {most} yuan, last on {last}",
        n=len(r.days),
        least=f"{yuan(r.least):,.2f}",
        most=f"{yuan(r.most):,.2f}",
        last=r.days[-1].isoformat(),
    )


def items_of_rest(rest: Mapping[tuple[Category, bool], Sequence[int]], source: Source) -> tuple[ProposedItem, ...]:
    """Return an item for the median month of each category, essential and other spending apart."""
    return tuple(
        ProposedItem(
            name=_essential(category) if essential else _other(category),
            kind=Kind.EXPENSE,
            category=category,
            amount=median(sums),
            frequency=Frequency.MONTHLY,
            essential=essential,
            note=source.note(_spread(sums)),
        )
        for (category, essential), sums in rest.items()
        if median(sums)
    )


def _essential(category: Category) -> Message:
    return Message("{category}, essential, as the bills show", category=CATEGORY_NAMES[category])


def _other(category: Category) -> Message:
    return Message("{category}, as the bills show", category=CATEGORY_NAMES[category])


def _spread(sums: Sequence[int]) -> Message:
    return Message(
        "median of {n} months, from {least} to {most} yuan",
        n=len(sums),
        least=f"{yuan(min(sums)):,.2f}",
        most=f"{yuan(max(sums)):,.2f}",
    )


def items_of_income(irregular: Sequence[int], source: Source) -> tuple[ProposedItem, ...]:
    """Return an item for the median month of the income without a rhythm, if it has any."""
    if not irregular or not median(irregular):
        return ()
    name = Message("irregular income, as the bills show")
    return (
        ProposedItem(
            name=name,
            kind=Kind.INCOME,
            category=Category.INCOME,
            amount=median(irregular),
            frequency=Frequency.MONTHLY,
            essential=False,
            note=source.note(_spread(irregular)),
        ),
    )


def items_of_debts(paid: Iterable[tuple[str, str, Sequence[int]]], source: Source) -> tuple[ProposedItem, ...]:
    """Return an item for the median month paid on each debt, given by product or party, card and sums by month."""
    return tuple(
        ProposedItem(
            name=f"{product} {tail}".strip(),
            kind=Kind.EXPENSE,
            category=Category.DEBT_SERVICE,
            amount=median(sums),
            frequency=Frequency.MONTHLY,
            essential=False,
            note=source.note(_spread(sums)),
        )
        for product, tail, sums in paid
        if median(sums)
    )


class Standing(StrEnum):
    """How a proposed item stands to the budget."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class MergeRow:
    """A proposed item beside the budget.

    `existing` is the item of the same name, kind and category, None if there is none; `beside` other items of that kind
    and category, which may already contain what the new one says: look before both are kept.
    """

    proposed: ProposedItem
    standing: Standing
    existing: BudgetItem | None
    beside: tuple[BudgetItem, ...]


def merge_items(budget: Budget, proposed: Iterable[ProposedItem]) -> tuple[MergeRow, ...]:
    """Return how each proposed item stands to the budget; nothing is changed.

    The same item is one of the same name (in any language), kind and category; each item of the budget is used once.
    """
    free = list(budget.items)
    pairs: list[tuple[ProposedItem, BudgetItem | None]] = []
    for p in proposed:
        like = [i for i in free if p.is_called(i.name) and (i.kind, i.category) == (p.kind, p.category)]
        best = next((i for i in like if _agrees(i, p)), like[0] if like else None)
        if best is not None:
            free.remove(best)
        pairs.append((p, best))
    return tuple(_row(p, existing, free) for p, existing in pairs)


def _agrees(item: BudgetItem, p: ProposedItem) -> bool:
    return (item.amount, item.frequency) == (p.amount, p.frequency)


def _row(p: ProposedItem, existing: BudgetItem | None, free: Sequence[BudgetItem]) -> MergeRow:
    beside = tuple(i for i in free if (i.kind, i.category) == (p.kind, p.category))
    if existing is None:
        return MergeRow(p, Standing.NEW, None, beside)
    return MergeRow(p, Standing.SAME if _agrees(existing, p) else Standing.CHANGED, existing, beside)


def with_items(budget: Budget, rows: Iterable[MergeRow]) -> Budget:
    """Return the budget with the rows that the counselor took.

    A new item is added at the end. A changed one gets its amount, frequency, note and how it is known in its place and
    keeps its name, its days and whether it is essential. One that is the same stays.
    """
    items = list(budget.items)
    for row in rows:
        if row.existing is None:
            items.append(row.proposed.item())
        elif row.standing is Standing.CHANGED:
            made = row.proposed.item()
            items[items.index(row.existing)] = replace(
                row.existing, amount=made.amount, frequency=made.frequency, months=(), note=made.note, known=made.known
            )
    return replace(budget, items=tuple(items))
