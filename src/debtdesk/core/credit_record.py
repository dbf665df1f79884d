"""Credit record: how long adverse information stays, and the one-time repair that is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from debtdesk.core.days import add_months
from debtdesk.data import rules

KEPT = "credit_record_years"
REPAIR = "credit_repair_window"


def shown_until(settled: date | None) -> date | None:
    """Return the day on which the five years end, or None for a debt that is never settled.

    征信业管理条例 art. 16: five years from the end of the bad act; a debt that is not paid never starts them, and a
    plan alone removes nothing.
    """
    if settled is None:
        return None
    rule = rules.on(settled, KEPT)
    if rule is None:
        raise ValueError(f"no rule says how long a record of {settled} is kept")
    return add_months(settled, 12 * int(rule.value))


@dataclass(frozen=True, slots=True)
class Repair:
    """The one-time credit repair: its rule, and whether it can still be used on a day."""

    rule: rules.Rule
    open: bool


def repair(on: date) -> Repair:
    """Return the one-time credit repair as it stands on a day."""
    found = rules.on(on, REPAIR)
    return Repair(found or [r for r in rules.rules() if r.id == REPAIR][-1], found is not None)
