"""What a budget leaves open: each a warning at its field, with what to do."""

from datetime import date

import pytest

from debtdesk.core.budget import Budget, BudgetItem, Category, Kind, Regularity
from debtdesk.core.budget_check import doubts
from debtdesk.core.overrides import Override
from debtdesk.core.problems import Severity

ODD = BudgetItem(name="x", kind=Kind.INCOME, category=Category.INCOME, amount=1, regularity=Regularity.UNCERTAIN)
GOOD = {"protected_minimum": 82_000, "protected_source": "某市2026年通知"}


@pytest.mark.parametrize(
    ("given", "fields"),
    [
        (GOOD, []),
        ({}, ["protected_minimum"]),
        ({"protected_minimum": 82_000}, ["protected_source"]),
        ({"protected_minimum": 82_000, "protected_source": "  "}, ["protected_source"]),
        (GOOD | {"reserve_target": 100}, ["reserve_monthly"]),
        (GOOD | {"reserve_target": 100, "reserve_monthly": 10}, []),
        (GOOD | {"uncertain_share": 1}, ["uncertain_share"]),
        (GOOD | {"uncertain_share": 1, "items": (ODD,)}, []),
    ],
)
def test_what_is_left_open_is_named_by_its_field(given: dict[str, object], fields: list[str]) -> None:
    found = doubts(Budget(**given))  # type: ignore[arg-type]
    assert [p.field for p in found] == fields
    assert all(p.severity is Severity.WARNING and str(p.remedy) for p in found)


def test_an_override_needs_its_reason() -> None:
    day = date(2026, 11, 24)
    with pytest.raises(ValueError, match="reason"):
        Override(day=day, proposal="x", month=day, by=1, reason=" ")
