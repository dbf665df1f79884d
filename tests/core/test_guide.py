"""A household beside the guide figures; the expected values are worked by hand in the comments."""

from dataclasses import replace
from datetime import date

from debtdesk.core.budget import Budget, BudgetItem, Category, Frequency, Kind
from debtdesk.core.guide import compare_with_guide

START = date(2026, 12, 1)


def spent(category: Category, amount: int, **more: object) -> BudgetItem:
    return BudgetItem(name="x", kind=Kind.EXPENSE, category=category, amount=amount, **more)  # type: ignore[arg-type]


BUDGET = Budget(
    items=(
        spent(Category.FOOD, 210_000),
        spent(Category.HEALTH, 90_000),
        spent(Category.EDUCATION, 180_000, frequency=Frequency.MONTHS, months=(2, 9)),
        spent(Category.DEBT_SERVICE, 100_000),
    ),
    persons=3,
)


def test_each_category_a_person_and_month_beside_the_guide() -> None:
    found = compare_with_guide(BUDGET, start=START)
    lines = {line.category: line for line in found.lines}
    # food 2,100 / 3 = 700.00 against 6,359 / 9 = 706.56: not above
    assert (lines[Category.FOOD].ours, lines[Category.FOOD].guide, lines[Category.FOOD].above) == (
        70_000,
        70_656,
        False,
    )
    # health 900 / 3 = 300.00 against 1,928 / 9 = 214.22: above
    assert (lines[Category.HEALTH].ours, lines[Category.HEALTH].guide) == (30_000, 21_422)
    # education 2 x 1,800 / 12 / 3 = 100.00 against 2,531 / 9 = 281.22
    assert (lines[Category.EDUCATION].ours, lines[Category.EDUCATION].guide) == (10_000, 28_122)
    assert [line.category for line in found.above] == [Category.HEALTH]
    # all: 700 + 300 + 100 = 1,100, other debts left aside; 21,575 / 9 = 2,397.22
    assert (found.total.ours, found.total.guide) == (110_000, 239_722)


def test_above_asks_for_a_reason_until_one_is_given() -> None:
    assert [line.category for line in compare_with_guide(BUDGET, start=START).unexplained] == [Category.HEALTH]
    given = BUDGET.with_reason(Category.HEALTH, "高血压，长期服药")
    found = compare_with_guide(given, start=START)
    assert found.unexplained == () and found.above[0].reason == "高血压，长期服药"


def test_what_was_not_found_is_missing() -> None:
    urban = compare_with_guide(BUDGET, start=START, area="urban")
    assert all(line.guide is None and not line.above for line in urban.lines)
    assert urban.total.guide == 294_556  # 26,510 / 9 = 2,945.56
    year = {line.category: line.guide for line in compare_with_guide(BUDGET, start=START, months=12).lines}
    # only food 8,631 / 12 = 719.25 and housing 6,397 / 12 = 533.08 were found for the whole year
    assert {c: g for c, g in year.items() if g is not None} == {Category.FOOD: 71_925, Category.HOUSING: 53_308}


def test_more_persons_lower_the_amount_a_person() -> None:
    assert compare_with_guide(replace(BUDGET, persons=1), start=START).lines[0].ours == 210_000
