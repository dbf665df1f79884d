"""How often, and in which months."""

from datetime import date

import pytest

from debtdesk.core.budget import Frequency
from debtdesk.core.problems import Refused
from debtdesk.files.months import parse_first_day, parse_frequency, parse_last_day


@pytest.mark.parametrize(
    ("written", "frequency"),
    [
        ("weekly 每周", Frequency.WEEKLY),
        ("每星期", Frequency.WEEKLY),
        ("monthly", Frequency.MONTHLY),
        ("每月", Frequency.MONTHLY),
        ("quarterly 每季", Frequency.QUARTERLY),
        ("每年", Frequency.YEARLY),
        ("一次", Frequency.ONCE),
        ("Once", Frequency.ONCE),
    ],
)
def test_frequencies_in_both_languages(written: str, frequency: Frequency) -> None:
    assert parse_frequency(written) == (frequency, ())


@pytest.mark.parametrize(
    ("written", "months"),
    [
        ("1,2,12月", (1, 2, 12)),
        ("months 1;2;12", (1, 2, 12)),
        ("month: 2", (2,)),
        ("6-10月", (6, 7, 8, 9, 10)),
        ("6月至10月", (6, 7, 8, 9, 10)),
        ("11-2月", (1, 2, 11, 12)),
        ("2月、9月", (2, 9)),
        ("每年2月和9月", (2, 9)),
        ("２月，９月", (2, 9)),
        ("1月", (1,)),
    ],
)
def test_months_by_name(written: str, months: tuple[int, ...]) -> None:
    assert parse_frequency(written) == (Frequency.MONTHS, months)


@pytest.mark.parametrize("written", ["偶尔", "1,2", "13月", "0月", "月月月", "2026-06-10", "months", "1.5月", ""])
def test_what_does_not_say_how_often_is_refused(written: str) -> None:
    with pytest.raises(Refused):
        parse_frequency(written)


def test_a_month_without_a_day_is_its_first_or_its_last() -> None:
    assert parse_first_day("2027-02") == date(2027, 2, 1)
    assert parse_last_day("2028年2月") == date(2028, 2, 29)
    assert parse_first_day("2027-02-10") == parse_last_day("2027/2/10") == date(2027, 2, 10)
    with pytest.raises(Refused):
        parse_last_day("2027-13")
