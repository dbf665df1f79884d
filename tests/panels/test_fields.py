from __future__ import annotations

import pytest

from debtdesk import locale
from debtdesk.panels.fields import amount_field, count_field, day_field, rate_field, text_field


def test_a_field_is_named_by_a_label_of_its_own_input() -> None:
    field = amount_field("amount")
    assert field.text.description == "amount"


@pytest.mark.parametrize(("typed", "fen"), [("1,234.56", 123_456), ("1.2万", 1_200_000), ("¥8", 800)])
def test_what_is_typed_becomes_the_value(typed: str, fen: int) -> None:
    field = amount_field("amount")
    field.text.value = typed
    assert field.value == fen and not field.problem


def test_bad_input_is_said_beside_the_field_and_keeps_the_last_value() -> None:
    field = amount_field("amount", 500)
    field.text.value = "<b>viel</b>"
    assert field.value == 500 and field.problem and "&lt;b&gt;" in field.help
    field.text.value = "7"
    assert field.value == 700 and not field.problem and field.help == ""


def test_a_value_set_from_outside_is_shown_but_not_over_the_same_typed_text() -> None:
    field = amount_field("amount", 0)
    field.text.value = "1万"
    assert field.value == 1_000_000 and field.text.value == "1万"
    field.value = 200
    assert field.text.value == "2.00"


def test_rates_are_written_in_the_language_in_use_and_read_in_both() -> None:
    english = rate_field("rate")
    assert english.text.placeholder == "0.05%/day"
    locale.use("zh")
    chinese = rate_field("rate")
    assert chinese.text.placeholder == "0.05%/日"
    for field in (english, chinese):
        field.text.value = "18.25%/年"
        assert not field.problem


def test_count_and_day_refuse_with_a_remedy() -> None:
    months, day = count_field("months", 36, least=1, most=60), day_field("day")
    months.text.value, day.text.value = "61", "2026-02-30"
    assert months.value == 36 and "60" in months.problem
    assert day.value is None and "2026-02-30" in day.problem


def test_a_longer_text_has_a_box_and_clearing_makes_no_complaint() -> None:
    field = text_field("reason", "so", lines=3)
    assert field.text.rows == 3
    field.clear()
    assert field.text.value == "" and field.value is None and not field.problem
