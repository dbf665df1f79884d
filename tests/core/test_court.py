"""Court fees by 诉讼费用交纳办法 art. 13, 15 and 16; delay interest by 迟延履行利息解释 art. 1; each worked by hand."""

from datetime import date

import pytest

from debtdesk.core.court import court_fee, delay_interest, enforcement_until


@pytest.mark.parametrize(
    ("claim", "fee", "half"),
    [
        # yuan 10,000: 50
        (1_000_000, 5_000, 2_500),
        (1, 5_000, 2_500),
        # 10,000.01: 50 and 2.5 % of one fen, rounded
        (1_000_001, 5_000, 2_500),
        # 20,000: 50 + 10,000 x 2.5 % = 300
        (2_000_000, 30_000, 15_000),
        # 100,000: 50 + 90,000 x 2.5 % = 2,300
        (10_000_000, 230_000, 115_000),
        # 150,000: 2,300 + 50,000 x 2 % = 3,300
        (15_000_000, 330_000, 165_000),
        # 200,000: 2,300 + 100,000 x 2 % = 4,300
        (20_000_000, 430_000, 215_000),
        # 500,000: 4,300 + 300,000 x 1.5 % = 8,800
        (50_000_000, 880_000, 440_000),
        # 15,475.01: 50 + 5,475.01 x 2.5 % = 186.87525 -> 186.88; half 93.437625 -> 93.44
        (1_547_501, 18_688, 9_344),
    ],
)
def test_fees_follow_the_scale(claim: int, fee: int, half: int) -> None:
    assert (court_fee(claim), court_fee(claim, half=True)) == (fee, half)


def test_beyond_the_part_that_was_read_there_is_no_figure() -> None:
    assert court_fee(50_000_001) is None
    with pytest.raises(ValueError, match="claim 0"):
        court_fee(0)


def test_delay_interest_is_0_0175_percent_a_day_of_what_is_unpaid() -> None:
    # 10,000 x 0.0175 % x 100 days = 175.00; x 365 days = 638.75
    assert delay_interest(1_000_000, pay_by=date(2026, 1, 1), on=date(2026, 4, 11)) == 17_500
    assert delay_interest(1_000_000, pay_by=date(2025, 11, 24), on=date(2026, 11, 24)) == 63_875
    assert delay_interest(1_000_000, pay_by=date(2026, 4, 11), on=date(2026, 4, 11)) == 0
    assert delay_interest(1_000_000, pay_by=date(2026, 4, 11), on=date(2026, 1, 1)) == 0


def test_before_the_rule_there_is_no_rate() -> None:
    with pytest.raises(LookupError):
        delay_interest(1_000_000, pay_by=date(2014, 1, 1), on=date(2014, 7, 31))


def test_enforcement_is_applied_for_within_two_years() -> None:
    # 民事诉讼法 art. 250: two years from the last day to pay; no 2026-02-29, so the month's end
    assert enforcement_until(date(2025, 6, 30)) == date(2027, 6, 30)
    assert enforcement_until(date(2024, 2, 29)) == date(2026, 2, 28)
