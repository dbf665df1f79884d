"""Shocks in a chart, a table and sentences: nothing overlaps, everything assumed is hatched and said."""

from fractions import Fraction

import pytest

from debtdesk.core.capacity import capacity
from debtdesk.core.shock import USUAL, Hit, Shock, ShockKind
from debtdesk.core.stress import Stressed, under_shock
from debtdesk.views.stress import (
    lasting,
    shock_name,
    stress_chart,
    stress_message,
    stress_scene,
    stress_sentence,
    stress_table,
)

from .cases import BUDGET, DAY, LONG, POOR
from .seeing import faults

ROOM = capacity(BUDGET, start=DAY, months=24)
FOUND = tuple(under_shock(BUDGET, s, start=DAY, months=24) for s in USUAL)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("poor", [False, True])
def test_the_chart_is_readable(language: str, poor: bool) -> None:
    budget = POOR.budget if poor else BUDGET
    room = capacity(budget, start=DAY, months=24)
    found = [under_shock(budget, s, start=DAY, months=24) for s in USUAL]
    assert faults(stress_chart(room, found, language, source=LONG)) == []


def test_every_shock_is_hatched_and_the_plan_is_not() -> None:
    scene = stress_scene(ROOM, FOUND, "en")
    assert [f.hatch is not None for f in scene.fills] == [False, *[True] * len(USUAL)]


@pytest.mark.parametrize(
    ("shock", "en"),
    [
        (USUAL[0], "less income: 20% less of all income"),
        (USUAL[1], "illness: 1 month without the largest income, 2,000 yuan more"),
        (USUAL[2], "Spring Festival: 1,500 yuan more each year in month 2"),
        (USUAL[4], "job lost: 3 months without the largest income"),
        (
            Shock(kind=ShockKind.ILLNESS, lost=Fraction(1, 2), lasts=2, cost=50_000),
            "illness: 50% less income for 2 months, 500 yuan more a month",
        ),
        (
            Shock(kind=ShockKind.JOB_LOSS, lost=Fraction(1), hit=Hit.ALL, lasts=1),
            "job lost: 1 month without any income",
        ),
    ],
)
def test_a_shock_is_named_with_its_figures(shock: Shock, en: str) -> None:
    assert shock_name(shock, "en") == en
    assert shock_name(shock, "zh") and not any("a" <= c <= "z" for c in shock_name(shock, "zh"))


def stressed(lasts: int | None, level: int = 0) -> Stressed:
    return Stressed(USUAL[0], ROOM.months, (1,) * 24, (0,) * 24, level, 100_000, tuple(range(24)), lasts)


def test_how_long_it_lasts_is_said() -> None:
    assert lasting(stressed(None), "en") == "to the end"
    assert lasting(stressed(0), "en") == "not one month"
    assert lasting(stressed(2), "en") == "2 months"
    assert "last 2 months and run out in January 2027" in stress_sentence(stressed(2), "en")
    assert "not cover even the first month" in stress_sentence(stressed(0), "en")
    assert "least is at hand in November 2026" in stress_sentence(stressed(None), "en")


def test_the_message_names_the_hardest() -> None:
    assert stress_message(ROOM, [stressed(1, 30_000)], "en") == (
        "Whichever of this happens, 300 yuan a month can be paid; the hardest is: less income"
    )
    assert "No installment can be paid throughout" in stress_message(ROOM, [stressed(1)], "en")
    assert "whatever of this happens" in stress_message(ROOM, [stressed(None, ROOM.level)], "en")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_table_has_a_row_a_shock(language: str) -> None:
    frame = stress_table(FOUND, language)
    assert len(frame) == len(USUAL) and (frame != "").all().all()
