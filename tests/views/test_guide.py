"""The household beside the guide figures: what is above asks why, and what the figures are not always stands there."""

from dataclasses import replace

import pytest

from debtdesk.core.budget import Category
from debtdesk.core.guide import compare_with_guide
from debtdesk.views.guide import CAVEATS, floor_orientation, guide_html, guide_message, guide_table, orientation

from .cases import BUDGET, DAY

# food 1,900 / 2 persons = 950 against 706.56; housing 1,500 / 2 = 750 against 518.33
ABOVE = compare_with_guide(BUDGET, start=DAY)


def test_what_is_above_asks_why() -> None:
    assert guide_message(ABOVE, "en") == (
        "Above the national average a person: food, tobacco and drink, housing. Please say why, in a line each."
    )
    frame = guide_table(ABOVE, "en")
    assert list(frame.iloc[0]) == ["food, tobacco and drink", "950.00", "706.56", "above: why?"]


def test_a_reason_is_shown_and_escaped() -> None:
    budget = BUDGET.with_reason(Category.FOOD, "<b>病人</b>").with_reason(Category.HOUSING, "城里")
    found = compare_with_guide(budget, start=DAY)
    assert "with a reason each" in guide_message(found, "en")
    assert "&lt;b&gt;病人" in guide_html(found, "zh") and "<b>病人" not in guide_html(found, "zh")


def test_at_or_below_needs_no_word() -> None:
    found = compare_with_guide(replace(BUDGET, persons=9), start=DAY)
    assert found.above == () and "no more a person" in guide_message(found, "en")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_the_figures_are_not_is_always_said(language: str) -> None:
    shown = guide_html(ABOVE, language)
    for text in CAVEATS:
        assert text.in_language(language) in shown
    assert "news.metal.net.cn" in shown and "2025" in shown


def test_figures_for_orientation_carry_their_day() -> None:
    text = floor_orientation("zh")
    assert "798.1" in text and "2024年底" in text and "2026-01-01" in text and "当地文件" in text
    # towns in all of 2025: 35,869 / 12 = 2,989.08; villages were found for nine months only: 14,597 / 9 = 1,621.89
    assert "2,989.08" in orientation("zh") and "1,621.89" in orientation("zh")
