"""The guide figures as data: nothing without source, unit, area and year; sums as published."""

from decimal import Decimal

import pytest

from debtdesk.core.budget import CONSUMPTION
from debtdesk.data.guide_figures import AREAS, KINDS, UNITS, GuideFigure, figure_of, found, guide_figures
from debtdesk.data.rules import CONFIDENCES


@pytest.mark.parametrize("figure", guide_figures(), ids=lambda f: f"{f.kind}-{f.category}-{f.area}-{f.months}")
def test_every_figure_is_complete(figure: GuideFigure) -> None:
    assert figure.kind in KINDS and figure.area in AREAS and figure.unit in UNITS
    assert figure.value > 0 and figure.source.strip() and figure.confidence in CONFIDENCES
    assert 2024 <= figure.year <= 2026 and figure.start <= figure.end
    assert bool(figure.note["zh"]) == bool(figure.note["en"])
    if figure.kind in ("consumption", "disposable_income"):
        assert (figure.end.month - figure.start.month + 1, figure.unit) == (figure.months, "yuan_per_person")


ROW = {
    "kind": "consumption", "category": "food", "area": "national", "value": "1", "unit": "yuan_per_person",
    "months": "9", "from": "2025-01-01", "to": "2025-09-30", "source": "x", "confidence": "M",
    "note_zh": "", "note_en": "",
}  # fmt: skip


@pytest.mark.parametrize("name", ["source", "unit", "area", "to", "confidence", "value"])
def test_a_row_that_cannot_be_traced_is_refused(name: str) -> None:
    assert figure_of(ROW).year == 2025
    with pytest.raises(ValueError, match=name):
        figure_of({**ROW, name: " "})


def test_no_figure_stands_there_twice() -> None:
    keys = [(f.kind, f.category, f.area, f.start, f.end) for f in guide_figures()]
    assert len(set(keys)) == len(keys)


def test_the_eight_categories_sum_to_the_total() -> None:
    # NBS, January to September 2025: 21,575 yuan a person
    eight = [found("consumption", c.value, months=9) for c in CONSUMPTION]
    assert sum((f.value for f in eight if f), Decimal(0)) == Decimal(21575)


def test_a_month_is_the_period_divided() -> None:
    # 21,575 / 9 = 2,397.2; 29,476 / 12 = 2,456.3
    nine, year = found("consumption", months=9), found("consumption", months=12)
    assert nine is not None and round(nine.monthly / 100, 1) == Decimal("2397.2")
    assert year is not None and round(year.monthly / 100, 1) == Decimal("2456.3")


def test_what_was_not_found_is_none() -> None:
    assert found("consumption", "clothing", months=12) is None
    assert found("consumption", area="rural", months=12) is None
    assert found("consumption", "food", area="urban") is None


def test_the_latest_period_is_taken_where_none_is_asked_for() -> None:
    latest = found("consumption", "food")
    assert latest is not None and latest.months == 12


def test_subsistence_is_the_average_of_the_end_of_2024() -> None:
    town, village = found("subsistence", area="urban"), found("subsistence", area="rural")
    assert town is not None and village is not None
    assert (town.value, village.value, town.year) == (Decimal("798.1"), Decimal("593.9"), 2024)
