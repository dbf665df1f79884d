"""Days: what people write, corresponding days, and working days in China."""

import contextlib
from datetime import date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.days import WorkingDay, add_months, add_years, is_working_day, parse_day, working_day_after
from debtdesk.core.problems import Refused
from debtdesk.data.calendar import PUBLISHED_FROM, PUBLISHED_THROUGH

DAY = date(2023, 11, 24)
UNDERSTOOD = [
    "2023-11-24", "2023/11/24", "2023.11.24", "20231124", "2023年11月24日", "2023年11月24", "２０２３－１１－２４",
    " 2023-11-24 ", "2023 年 11 月 24 日", "2023-11-24 00:00:00", "2023/11/24 0:00", "2023-11-24T13:05:06",
    "2023年11月24日 08:30",
    DAY, datetime(2023, 11, 24, 13, 5),
]  # fmt: skip
REFUSED = [
    "", None, "24.11.2023", "11/24/2023", "23-11-24", "23年11月24日", "2023-02-30", "2023-13-01", "2023-1124",
    "2023-11", "45254",
    "2023-11-24 25:00", "2023-11-24-1", "yesterday", "昨天", "٢٠٢٣-11-24", "0000-01-01", "NaT", float("nan"), 45254,
]  # fmt: skip


@pytest.mark.parametrize("written", UNDERSTOOD, ids=str)
def test_parse_day_understands(written: object) -> None:
    assert parse_day(written) == DAY


def test_a_single_digit_needs_no_zero() -> None:
    assert parse_day("2024/3/1") == parse_day("2024年3月1日") == date(2024, 3, 1)


@pytest.mark.parametrize("written", REFUSED, ids=str)
def test_parse_day_refuses(written: object) -> None:
    with pytest.raises(Refused) as caught:
        parse_day(written)
    assert "2023-11-24" in caught.value.remedy.in_language("en")


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_comes_back_however_it_is_written(day: date) -> None:
    written = (day.isoformat(), f"{day:%Y/%m/%d}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}")
    assert {parse_day(w) for w in written} == {day}


@settings(max_examples=200)
@given(st.text(max_size=20) | st.from_regex(r"\d{2,4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"))
def test_parse_day_gives_a_day_or_refuses(text: str) -> None:
    with contextlib.suppress(Refused):
        assert isinstance(parse_day(text), date)


@pytest.mark.parametrize(
    ("day", "months", "anchor", "expected"),
    [
        # Civil Code 202: the corresponding day, or the month's last where there is none
        (date(2024, 1, 31), 1, None, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, None, date(2023, 2, 28)),
        (date(2024, 2, 29), 1, 31, date(2024, 3, 31)),
        (date(2024, 3, 31), -1, None, date(2024, 2, 29)),
        (date(2024, 11, 15), 2, None, date(2025, 1, 15)),
    ],
)
def test_corresponding_day_some_months_later(day: date, months: int, anchor: int | None, expected: date) -> None:
    assert add_months(day, months, anchor=anchor) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # three years as for the limitation of claims (Civil Code 188, 202)
        (date(2023, 11, 10), date(2026, 11, 10)),
        (date(2024, 6, 18), date(2027, 6, 18)),
        (date(2024, 2, 29), date(2027, 2, 28)),
    ],
)
def test_corresponding_day_three_years_later(day: date, expected: date) -> None:
    assert add_years(day, 3) == expected


@pytest.mark.parametrize(
    ("submitted", "days", "expected"),
    [
        # counted on the calendars of the State Council's notices; the day of submission is day 0
        (date(2025, 9, 24), 7, date(2025, 10, 10)),
        (date(2025, 9, 24), 15, date(2025, 10, 21)),
        (date(2026, 2, 9), 7, date(2026, 2, 25)),
        (date(2026, 2, 9), 15, date(2026, 3, 6)),
        (date(2026, 11, 24), 7, date(2026, 12, 3)),
        (date(2026, 11, 24), 15, date(2026, 12, 15)),
        (date(2026, 12, 21), 7, date(2026, 12, 30)),
    ],
)
def test_working_days_after_a_submission(submitted: date, days: int, expected: date) -> None:
    assert working_day_after(submitted, days) == WorkingDay(expected, provisional=False)


def test_a_working_day_of_an_unpublished_year_is_provisional() -> None:
    assert working_day_after(date(2026, 12, 21), 15).provisional


def test_the_day_after_a_holiday_stands_in_for_it() -> None:
    # a term that ends on Saturday 2026-10-03 in the National Day holiday moves to Thursday 2026-10-08 (Civil Code 203)
    assert not is_working_day(date(2026, 10, 3))
    assert working_day_after(date(2026, 10, 3), 1).day == date(2026, 10, 8)


def test_working_days_agree_with_an_independent_calendar_on_every_day() -> None:
    days = [PUBLISHED_FROM + timedelta(days=n) for n in range((PUBLISHED_THROUGH - PUBLISHED_FROM).days + 1)]
    assert (days[0], days[-1]) == (date(2019, 1, 1), date(2026, 12, 31))
    assert [d for d in days if is_working_day(d) != chinese_calendar.is_workday(d)] == []


def test_a_count_of_days_below_one_is_misuse() -> None:
    with pytest.raises(ValueError, match="n 0"):
        working_day_after(DAY, 0)
