"""Household charts: where the money goes over a year, and the low points of the cash."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from debtdesk.core.budget import Budget, Category, Kind, Regularity
from debtdesk.core.capacity import capacity
from debtdesk.core.terms import Known
from debtdesk.views.household import cash_flow_chart, cash_flow_scene, lows, spending_chart, spending_scene
from debtdesk.views.scene import Painter

from .cases import BUDGET, DAY, LONG, POOR, item
from .seeing import faults, said


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("budget", [BUDGET, POOR.budget, Budget(), replace(BUDGET, protected_minimum=400_000)])
def test_an_average_month_is_readable(budget: Budget, language: str) -> None:
    assert faults(spending_chart(budget, language, month=DAY, months=12, source=LONG, width_px=450)) == []
    room = capacity(budget, start=DAY, months=60)
    assert faults(cash_flow_chart(room, language, source=LONG, width_px=690, height_px=400)) == []


def test_an_average_month_spreads_what_comes_twice_a_year() -> None:
    text = said(spending_chart(BUDGET, "en", month=DAY, months=12)).replace("\n", " ")
    # tuition 2 x 2,400 / 12 = 400; 6,500 - 1,500 - 1,900 - 200 - 400 - 300 debts - 300 reserve = 1,900
    assert "Of 6,500 yuan in an average month, 1,900 yuan are left for installments" in text
    assert "400 yuan · 6%" in text


def test_a_household_that_falls_short_is_told_by_how_much() -> None:
    # 6,500 less: 1,500 + 1,900 + 200 + 400 + 300 + 300 = 4,600 are missing
    assert "In an average month the money does not reach: 4,600 yuan" in said(
        spending_chart(POOR.budget, "en", month=DAY, months=12)
    )


def test_what_is_assumed_is_hatched() -> None:
    sure = item("rent", Kind.EXPENSE, Category.HOUSING, 100_000, essential=True)
    guessed = replace(sure, name="heating", known=Known.ASSUMED)
    for items, hatched in (((sure,), 0), ((sure, guessed), 1)):
        scene = spending_scene(Budget(items=items), "en", month=DAY)
        assert sum(f.hatch is not None for f in scene.fills) == hatched


@pytest.mark.parametrize(
    ("cash", "found"),
    [
        ([5, 3, 4], [1]),
        ([3, 3, 4], [0]),
        ([*range(12), *range(12, 0, -1)], [0, 23]),
        ([9] * 12 + [1] * 3, [0]),  # a rest of three months has no mark of its own
        ([9] * 12 + [1] * 6, [0, 12]),
    ],
)
def test_the_lowest_month_of_each_twelve_is_marked(cash: list[int], found: list[int]) -> None:
    assert lows(cash) == found


def test_a_scene_is_painted_as_the_picture_that_is_saved() -> None:
    room = capacity(BUDGET, start=DAY, months=24)
    scene = cash_flow_scene(room, "en", width_px=690, height_px=400)
    painted = Painter(690, 400)
    assert painted.paint(scene).startswith(b"\x89PNG")
    assert np.asarray(painted._pixels).min() < 100, "something dark is drawn"


def test_uncertain_income_is_not_in_the_bar_of_income() -> None:
    wage = item("wage", Kind.INCOME, Category.INCOME, 50_000)
    odd = replace(wage, name="odd", amount=20_000, regularity=Regularity.UNCERTAIN)
    text = said(spending_chart(Budget(items=(wage, odd)), "en", month=date(2027, 1, 1)))
    assert "500 yuan" in text and "700 yuan" not in text
