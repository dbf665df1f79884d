"""The floor in words: the month, the amount, and why it was set aside."""

from datetime import date

from debtdesk.core.capacity import Breach, Fit
from debtdesk.core.overrides import Override
from debtdesk.views.floor import breach_message, carried_message, override_sentence, overrides_html

from .cases import CASE, DAY

ONE = Breach(date(2027, 3, 1), 135_000, 130_000)
WORSE = Breach(date(2027, 9, 1), 135_000, 60_000)
OVERRIDE = Override(day=DAY, proposal="目标", month=date(2027, 3, 1), by=75_000, months=2, reason="<i>儿子帮忙</i>")


def test_one_month_is_named_with_its_amount() -> None:
    assert str(breach_message(Fit((ONE,), ()), "en")) and breach_message(Fit((), ()), "en") is None
    said = breach_message(Fit((ONE,), ()), "en")
    assert said is not None
    assert said.in_language("en") == (
        "In March 2027 1,350.00 yuan are due, 50.00 yuan more than the 1,300.00 yuan that are left above what is "
        "protected for living."
    )


def test_of_several_months_the_first_and_the_worst_are_named() -> None:
    said = breach_message(Fit((ONE, WORSE), ()), "en")
    assert said is not None
    text = said.in_language("en")
    assert "In 2 months, first in March 2027" in text and "September 2027" in text and "750.00 yuan are missing" in text


def test_months_paid_from_better_ones_are_counted() -> None:
    said = carried_message(Fit((), (date(2027, 3, 1),)), "en")
    assert said is not None and "first in March 2027" in said.in_language("en")
    assert carried_message(Fit((), ()), "en") is None


def test_an_override_is_shown_with_its_reason_and_escaped() -> None:
    assert "750.00 yuan" in override_sentence(OVERRIDE, "en") and "儿子帮忙" in override_sentence(OVERRIDE, "en")
    case = CASE.with_override(OVERRIDE)
    assert "&lt;i&gt;" in overrides_html(case, "zh", proposal="目标")
    assert overrides_html(case, "zh", proposal="other") == "" and overrides_html(CASE, "zh") == ""
