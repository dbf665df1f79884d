"""What the budget stage knows: the rows as typed, the household, and what it can pay. No widget."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

import traitlets as t

from debtdesk.core.budget import Budget, BudgetItem, Category
from debtdesk.core.budget_check import doubts
from debtdesk.core.capacity import Capacity, capacity
from debtdesk.core.guide import GuideComparison, compare_with_guide
from debtdesk.core.money import Rounding, divide
from debtdesk.core.problems import Problem
from debtdesk.core.shock import USUAL
from debtdesk.core.stress import Stressed, shocks_of, under_shock
from debtdesk.files.budget import BudgetReading
from debtdesk.files.reading import Reading
from debtdesk.locale import Message, language
from debtdesk.panels import budget_rows, shock_rows
from debtdesk.panels.desk import Desk
from debtdesk.panels.drafts import Drafts, keep, told
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
        self.shocks = Drafts(
            shock_rows.columns(), read=shock_rows.read_shock, write=shock_rows.write_shock, key=lambda s: s
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
        return _room(self.budget(), self.desk.day, self.months, share)

    def stressed(self) -> tuple[Stressed, ...]:
        """Return what the household can pay under each shock it is tested against."""
        return _stressed(self.budget(), self.desk.day, self.months, self.kept)

    def guide(self) -> GuideComparison:
        """Return what the household spends beside the guide figures."""
        return compare_with_guide(self.budget(), start=self.desk.day)

    def doubts(self) -> dict[str, Problem]:
        """Return what is left open, by field."""
        return {p.field or "": p for p in doubts(self.budget())}

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
        found += self._uncertain(room)
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
        if room.floor and self.household.protected_source:
            found.append(Message("Protected minimum: {source}.", source=self.household.protected_source))
        found += [told(d.text, d.remedy) for d in self.doubts().values() if d.field == "protected_minimum"]
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

    def _uncertain(self, room: Capacity) -> list[Message]:
        """Return how uncertain income was counted, if there is any."""
        left_out = divide(sum(room.uncertain), len(room.months), Rounding.HALF_UP)
        share = self.household.uncertain_share
        if not left_out and not share:
            return []
        if not share:
            text = Message(
                "Uncertain income of {amount} a month on average is not counted.", amount=money(left_out, language())
            )
        else:
            text = Message(
                "Uncertain income counts by {share}, as set below; {amount} a month on average are left out.",
                share=percent(share, language(), 0),
                amount=money(left_out, language()),
            )
        return [text]

    # --- what is done ----------------------------------------------------------------------------------------

    def follow(self) -> None:
        """Take over the case as it is kept now; what is typed and not kept stays."""
        kept = replace(self.desk.case.budget, items=())
        ours = {
            n: getattr(self.household, n) for n in HOUSEHOLD if getattr(self.household, n) != getattr(self._ground, n)
        }
        self._ground, self.household = kept, _settled(kept, ours)
        self.items.follow(self.desk.case.budget.items)
        self.shocks.follow(shocks_of(self.household))
        self.turn += 1

    def speak(self) -> None:
        """Show the rows in the language now in use."""
        self.items.speak()
        self.shocks.speak()
        self.turn += 1

    def type_items(self, rows: Iterable[Row]) -> None:
        """Take what stands in the sheet."""
        self.items.type(rows)
        self.turn += 1

    def set_household(self, name: str, value: Any) -> None:
        """Change one setting of the household."""
        self.household = _settled(self.household, {name: value})
        self.turn += 1

    def type_shocks(self, rows: Iterable[Row]) -> None:
        """Take what stands in the sheet of shocks; where none is left, the usual ones come back."""
        self.shocks.type(rows)
        shocks = self.shocks.good()
        if not shocks and not self.shocks.wrong:
            self.shocks.follow(USUAL)
            shocks = USUAL
        self.set_household("shocks", () if shocks == USUAL else shocks)

    def explain(self, category: Category, reason: str) -> None:
        """Say why a category lies above its guide figure; it is kept with the budget."""
        self.household = self.household.with_reason(category, reason)
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
            self.household = _settled(self.household, self.settings(reading))
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


def _settled(household: Budget, changes: Mapping[str, Any]) -> Budget:
    """Return a household with changes; persons and dependants that do not go together stay as they were."""
    persons = changes.get("persons", household.persons)
    if changes.get("dependants", household.dependants) >= persons:
        changes = {n: v for n, v in changes.items() if n not in ("persons", "dependants")}
    return replace(household, **changes)


@lru_cache(maxsize=8)
def _room(budget: Budget, day: date, months: int, kept: Fraction) -> Capacity:
    return capacity(budget, start=day, months=months, flexible_kept=kept)


@lru_cache(maxsize=4)
def _stressed(budget: Budget, day: date, months: int, kept: Fraction) -> tuple[Stressed, ...]:
    room = _room(budget, day, months, kept)
    return tuple(under_shock(budget, s, start=day, months=months, room=room) for s in shocks_of(budget))
