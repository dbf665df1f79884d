"""Rates: what people write, and the one place where periods are converted."""

import contextlib
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.problems import Refused
from debtdesk.core.rates import Period, Rate, parse_rate

D, M, Y = Period.DAY, Period.MONTH, Period.YEAR

UNDERSTOOD = [
    ("0.05%/日", "0.0005", D),
    ("0.05 % / 天", "0.0005", D),
    ("0.05%每日", "0.0005", D),
    ("每日0.05%", "0.0005", D),
    ("日利率0.06%", "0.0006", D),
    ("日息万分之五", "0.0005", D),
    ("万分之五/日", "0.0005", D),
    ("万5/日", "0.0005", D),
    ("0.05%/day", "0.0005", D),
    ("0.05% per day", "0.0005", D),
    ("５‰／月", "0.005", M),
    ("月利率1.5%", "0.015", M),
    ("1.5%/month", "0.015", M),
    ("18.25%/年", "0.1825", Y),
    ("年化18.25%", "0.1825", Y),
    ("年利率：18.25%", "0.1825", Y),
    ("18.25% a year", "0.1825", Y),
    ("百分之18/年", "0.18", Y),
    ("0%/日", "0", D),
]
REFUSED = [
    "", None, "0.0005", 0.0005, 5, "5", "0.05%", "18.25", "0.0005/日", "0/日", "-1%/日", "百分之十八/年", "月息2分",
    "0.05%/周",
    "0.05%/日/年", "1/2%/日", "nan%/日", "٥%/日", "%/日", "1e-3%/日", "0." + "0" * 5000 + "1%/日",
]  # fmt: skip


@pytest.mark.parametrize(("written", "value", "period"), UNDERSTOOD)
def test_parse_rate_understands(written: str, value: str, period: Period) -> None:
    assert parse_rate(written) == Rate(Fraction(value), period)


@pytest.mark.parametrize("written", REFUSED, ids=lambda w: repr(w)[:20])
def test_parse_rate_refuses_what_could_mean_two_things(written: object) -> None:
    with pytest.raises(Refused) as caught:
        parse_rate(written)
    assert "0.05%/日" in caught.value.remedy.in_language("en")


@given(st.decimals(0, 100, places=4), st.sampled_from(Period))
def test_a_rate_comes_back_as_it_was_shown(percent: object, period: Period) -> None:
    rate = Rate(Fraction(str(percent)) / 100, period)
    assert parse_rate(str(rate)) == rate


@settings(max_examples=200)
@given(st.text(max_size=20) | st.from_regex(r"[年月日]?[利息]{0,2}[\d.]{0,6}[%‰‱]?[/每]?[日月年]?"))
def test_parse_rate_gives_a_rate_or_refuses(text: str) -> None:
    with contextlib.suppress(Refused):
        assert parse_rate(text).value >= 0


def test_five_in_ten_thousand_a_day_is_a_little_over_18_percent_a_year() -> None:
    # 0.05 % x 365 = 18.25 %; x 360 = 18 %
    daily = Rate(Fraction(5, 10_000), D)
    assert (daily.per_year(365), daily.per_year(360)) == (Fraction(1825, 10_000), Fraction(18, 100))
    assert daily.per_day(360) == daily.value


def test_a_yearly_rate_is_a_twelfth_a_month_and_depends_on_the_basis_a_day() -> None:
    yearly = Rate(Fraction(18, 100), Y)
    assert yearly.per_month() == Fraction(15, 1000)
    assert (yearly.per_day(360), yearly.per_day(365)) == (Fraction(5, 10_000), Fraction(18, 36_500))
    assert Rate(Fraction(15, 1000), M).per_year() == yearly.value


def test_a_rate_below_zero_is_misuse() -> None:
    with pytest.raises(ValueError, match="below zero"):
        Rate(Fraction(-1), D)
