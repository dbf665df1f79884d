"""The growth chart: readable whatever the figures, and the same whether painted or saved."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import pytest
from PIL import Image

from debtdesk.core.days import add_months
from debtdesk.core.portfolio import overtakes, project_case
from debtdesk.core.projection import project
from debtdesk.views.canvas import to_png, to_svg
from debtdesk.views.growth import GrowthChart, balance_chart

from .cases import CASE, DAY, LONG, debt
from .seeing import faults, said

MONTHS = tuple(add_months(DAY, n) for n in range(25))
TITLE = {"zh": "2029年3月起，息费超过本金", "en": "Charges overtake the principal in March 2029"}
SOURCE = {
    "zh": "来源：2026-11-24 账单；按本金每日 0.05% 单利",
    "en": "Source: statement of 2026-11-24; 0.05% a day, simple",
}


def even(*ends: int, n: int = 25) -> dict[str, Sequence[int]]:
    names = ("principal", "interest", "penalty_interest", "fees")
    return {name: [end * k // (n - 1) for k in range(n)] for name, end in zip(names, ends, strict=True)}


HARD: dict[str, dict[str, Any]] = {
    "usual": {"days": MONTHS, "parts": even(1_000_000, 20_000, 900_000, 5_000), "overtake": date(2028, 3, 9)},
    "tiny": {"days": MONTHS, "parts": even(3, 1, 2, 1)},
    "huge": {"days": MONTHS, "parts": even(10**13, 10**12, 3 * 10**12, 10**11)},
    "zero": {"days": MONTHS, "parts": even(0, 0, 0, 0)},
    "one part": {"days": MONTHS, "parts": {"principal": [1_000_000] * 25}},
    "slivers": {"days": MONTHS, "parts": even(1_000_000, 100, 100, 100), "with_payment": [1_000_000] * 25},
    "one day": {"days": MONTHS[:1], "parts": {k: [v[-1]] for k, v in even(900, 1, 800, 0).items()}, "overtake": DAY},
    "two days": {"days": (DAY, date(2026, 11, 25)), "parts": even(100, 5, 7, 0, n=2)},
    "ten years": {
        "days": tuple(add_months(DAY, n) for n in range(121)),
        "parts": even(5_000_000, 10, 8_000_000, 70_000, n=121),
        "overtake": DAY,
    },
    "long words": {
        "days": MONTHS,
        "parts": even(1_000_000, 20_000, 900_000, 5_000),
        "with_payment": [500_000 - 1_000 * k for k in range(25)],
        "payment_label": LONG,
        "title": LONG * 2,
        "source": LONG * 5,
        "overtake": MONTHS[-1],
    },
    "all the same height": {"days": MONTHS, "parts": even(0, 0, 0, 7), "with_payment": [7] * 25, "payment_label": "x"},
    "money signs": {"days": MONTHS, "parts": even(1, 2, 3, 4), "title": "$x$ and $y$", "source": "$a_b$"},
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", HARD)
def test_labels_stay_inside_and_apart(name: str, language: str) -> None:
    chart = GrowthChart(language, 1100, 420)
    given = {"title": TITLE[language], "source": SOURCE[language], "hatched": {"penalty_interest"}} | HARD[name]
    png = chart.draw(**given)
    assert Image.open(io.BytesIO(png)).size == (1100, 420)
    assert faults(chart.still()) == []


@pytest.mark.parametrize("size", [(700, 360), (1280, 480), (1900, 600)])
def test_other_sizes_are_readable(size: tuple[int, int]) -> None:
    chart = GrowthChart("en", 1100, 420)
    chart.resize(*size)
    chart.draw(**HARD["usual"], title=TITLE["en"], with_payment=[900_000] * 25, payment_label="with 600 yuan a month")
    assert faults(chart.still()) == []


def test_painted_and_saved_show_the_same() -> None:
    chart = GrowthChart("zh", 1100, 420)
    painted = Image.open(io.BytesIO(chart.draw(**HARD["usual"], title=TITLE["zh"], source=SOURCE["zh"])))
    saved = Image.open(io.BytesIO(to_png(chart.still(), scale=1))).convert("RGB")
    apart = np.abs(np.asarray(painted, dtype=int) - np.asarray(saved, dtype=int)).max(axis=2)
    assert (apart > 96).mean() < 0.01  # texts may stand a fraction of a pixel elsewhere


def test_a_redraw_leaves_nothing_behind() -> None:
    chart, fresh = GrowthChart("en", 1100, 420), GrowthChart("en", 1100, 420)
    chart.draw(**HARD["usual"], with_payment=[900_000] * 25, payment_label="with 600 yuan a month", hatched={"fees"})
    again = HARD["one part"] | {"title": "Nothing accrues"}
    chart.draw(**again)
    chart._beside = 0.0  # the stack is kept from jumping; here it may
    assert chart.draw(**again) == fresh.draw(**again)


def test_the_language_may_change_between_two_draws() -> None:
    chart = GrowthChart("en", 1100, 420)
    chart.draw(**HARD["usual"])
    assert "penalty interest" in said(chart.still())
    chart.language = "zh"
    chart.draw(**HARD["usual"])
    assert "罚息" in said(chart.still()) and "penalty" not in said(chart.still())


def test_the_figures_beside_the_stack_are_those_given() -> None:
    chart = GrowthChart("en", 1100, 420)
    chart.draw(**HARD["usual"], with_payment=[950_000] * 25, payment_label="with 600 yuan a month")
    text = said(chart.still())
    # 1,000,000 + 20,000 + 900,000 + 5,000 fen
    for shown in ("10,000 yuan", "9,000 yuan", "200 yuan", "50 yuan", "19,250 yuan", "9,500 yuan", "2028-03-09"):
        assert shown in text


def test_uncertain_parts_are_hatched() -> None:
    chart = GrowthChart("en", 1100, 420)
    plain = chart.draw(**HARD["usual"])
    assert chart.draw(**HARD["usual"], hatched={"penalty_interest"}) != plain


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_still_chart_of_several_debts_can_be_saved(language: str) -> None:
    growth = project_case(CASE.debts, add_months(DAY, 36))
    figure = balance_chart(growth, language, title="x", overtake=overtakes(growth))
    assert faults(figure) == []
    assert to_png(figure).startswith(b"\x89PNG")
    assert b"<svg" in to_svg(figure)


def test_growths_of_other_days_are_refused() -> None:
    early, late = (project(debt(), until=add_months(DAY, n)) for n in (6, 12))
    with pytest.raises(ValueError, match="same days"):
        balance_chart([early, late], "en")


def test_it_follows_a_slider() -> None:
    chart, spans = GrowthChart("zh", 1100, 420), []
    for k in range(12):
        given = HARD["usual"] | {"with_payment": [900_000 + k * 1000] * 25, "payment_label": f"每月还 {600 + k} 元"}
        began = time.process_time()
        chart.draw(**given, title=TITLE["zh"], source=SOURCE["zh"], hatched={"penalty_interest"})
        spans.append(time.process_time() - began)
    assert sorted(spans)[3] < 0.1  # about 0.015 on an idle machine
