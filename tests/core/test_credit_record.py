"""Credit record: five years from the end (征信业管理条例 art. 16), and the repair that closed."""

from datetime import date

import pytest

from debtdesk.core.credit_record import repair, shown_until


@pytest.mark.parametrize(
    ("settled", "until"),
    [
        (date(2026, 11, 24), date(2031, 11, 24)),
        (date(2029, 12, 31), date(2034, 12, 31)),
        (date(2028, 2, 29), date(2033, 2, 28)),  # no corresponding day: the month's end
    ],
)
def test_the_five_years_run_from_the_end_of_the_debt(settled: date, until: date) -> None:
    assert shown_until(settled) == until


def test_an_unpaid_debt_never_starts_them() -> None:
    assert shown_until(None) is None


def test_no_rule_covers_a_day_before_the_regulation() -> None:
    with pytest.raises(ValueError, match="no rule"):
        shown_until(date(2013, 3, 14))


def test_the_one_time_repair_closed_on_2026_03_31() -> None:
    # 中国人民银行 2025-12-22: arrears up to 10,000 yuan each, fully paid by 2026-03-31
    assert repair(date(2026, 3, 31)).open and not repair(date(2026, 4, 1)).open
    closed = repair(date(2026, 11, 24))
    assert closed.rule.end == date(2026, 3, 31) and closed.rule.value == "10000"
