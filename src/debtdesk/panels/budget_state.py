"""What the budget stage knows: the rows as typed, the household, and what it can pay. No widget."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from fractions import Fraction
from typing import Any

import traitlets as t

from debtdesk.core.budget import Budget, BudgetItem
from debtdesk.core.capacity import Capacity, capacity
from debtdesk.core.money import Rounding, divide
from debtdesk.files.budget import BudgetReading
from debtdesk.files.reading import Reading
from debtdesk.locale import Message, language
from debtdesk.panels import budget_rows
from debtdesk.panels.desk import Desk
from debtdesk.panels.drafts import Drafts, keep
from debtdesk.panels.sheet import Row
from debtdesk.panels.taking import Novelty
from debtdesk.views.words import money, month, percent

HOUSEHOLD = tuple(f.name for f in fields(Budget) if f.name != "items")
HORIZONS = (12, 24, 36, 60)


class BudgetState(t.HasTraits):
    """The budget being entered for the open case.

    `turn` rises whenever something changed; `months` is how far to look; `kept` the share of other spending that the
    household keeps, a what-if that is not kept with the case.
    """

    turn = t.Int(0)
    months = t.Int(HORIZONS[-1])
    kept = t.Instance(Fraction, args=(1,))

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.items = Drafts(
            budget_rows.columns(),
            read=budget_rows.read_item,
            write=budget_rows.write_item,
            key=lambda i: (i.kind, i.name),
        )
        self._ground = self.household = Budget()
        self.follow()

    # --- what is there ---------------------------------------------------------------------------------------

    def budget(self) -> Budget:
        """Return the budget as entered."""
        return replace(self.household, items=self.items.good())

    @property
    def dirty(self) -> bool:
        """Whether something entered is not kept yet."""
        return self.items.dirty or self.household != self._ground

    def result(self, kept: Fraction | None = None) -> Capacity:
        """Return what the household can pay, month by month."""
        share = self.kept if kept is None else kept
        return capacity(self.budget(), start=self.desk.day, months=self.months, flexible_kept=share)

    def sentences(self) -> list[Message]:
        """Return what to know about the answer, in words."""
        room, shown, n = self.result(), language(), self.months
        found = []
        if self.kept != 1:
            before = self.result(Fraction(1)).level
            found.append(
                Message(
                    "This keeps {share} of other spending; with all of it kept it would be {amount} a month.",
                    share=percent(self.kept, shown, 0),
                    amount=money(before, shown),
                )
            )
        essentials = divide(sum(room.essentials), n, Rounding.HALF_UP)
        if room.floor:
            values = {
                "essentials": money(essentials, shown),
                "floor": money(room.floor, shown),
                "persons": self.household.persons,
            }
            found.append(
                Message(
                    "The essentials, {essentials} a month on average, lie below the protected minimum for "
                    "{persons} persons, {floor}: the minimum is kept for living.",
                    **values,
                )
                if essentials < room.floor
                else Message(
                    "The essentials, {essentials} a month on average, lie above the protected minimum for "
                    "{persons} persons, {floor}: the essentials are kept for living.",
                    **values,
                )
            )
        else:
            found.append(
                Message(
                    "No protected minimum is entered: take the local 低保 standard from its document, so that no "
                    "offer goes below it."
                )
            )
        short = [m for m, left in zip(room.months, room.left, strict=True) if left < 0]
        if short:
            found.append(
                Message(
                    "In {short} of {n} months the income does not cover living costs and reserve, first in {month}: "
                    "money of other months has to carry them.",
                    short=len(short),
                    n=n,
                    month=month(short[0], shown),
                )
            )
        return found

    # --- what is done ----------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Take over the case as it is kept now; what is typed and not kept stays."""
        kept = replace(self.desk.case.budget, items=())
        ours = {
            n: getattr(self.household, n) for n in HOUSEHOLD if getattr(self.household, n) != getattr(self._ground, n)
        }
        self._ground, self.household = kept, replace(kept, **ours)
        self.items.follow(self.desk.case.budget.items)
        self.turn += 1

    def speak(self) -> None:
        """Show the rows in the language now in use."""
        self.items.speak()
        self.turn += 1

    def type_items(self, rows: Iterable[Row]) -> None:
        """Take what stands in the sheet."""
        self.items.type(rows)
        self.turn += 1

    def set_household(self, name: str, value: Any) -> None:
        """Change one setting of the household."""
        self.household = replace(self.household, **{name: value})
        self.turn += 1

    def look(self, *, months: int | None = None, kept: Fraction | None = None) -> None:
        """Look further, or at less other spending; nothing of it is kept with the case."""
        self.months = self.months if months is None else months
        self.kept = self.kept if kept is None else kept
        self.turn += 1

    def novelty(self, item: BudgetItem) -> Novelty:
        """Return what taking an item over from a file would change."""
        items = self.items.good()
        if item in items:
            return Novelty.SAME
        return Novelty.CHANGED if any((i.kind, i.name) == (item.kind, item.name) for i in items) else Novelty.NEW

    def settings(self, reading: Reading[BudgetItem]) -> dict[str, Any]:
        """Return the settings of the household that a file names and that differ from ours."""
        given = reading.budget if isinstance(reading, BudgetReading) else Budget()
        named = {n: getattr(given, n) for n in HOUSEHOLD if getattr(given, n) != getattr(Budget(), n)}
        return {n: v for n, v in named.items() if v != getattr(self.household, n)}

    def take(self, items: Iterable[BudgetItem], reading: BudgetReading | None = None) -> bool:
        """Take items over from a file, with the settings of the household that it names, and keep them."""
        self.items.put(items)
        if reading is not None:
            self.household = replace(self.household, **self.settings(reading))
        self.turn += 1
        return self.save("import budget")

    def save(self, action: str = "budget") -> bool:
        """Keep what can be used; rows with a problem stay as typed, and their last good record is kept."""
        budget = self.budget()
        return keep(
            self.desk,
            action,
            lambda case: replace(case, budget=budget),
            changed=budget != self.desk.case.budget,
            wrong=len(self.items.wrong),
        )
