"""Interest of a constant principal: against day-by-day sums, and added up over spans."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.debt import Balance, Debt
from debtdesk.core.interest import accrued_interest
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import DatedRate, Terms, YearBasis

from .reference import Account
from .strategies import DATE, RATE

SPANS = st.lists(st.integers(0, 1500), min_size=3, max_size=3).map(sorted)
BASES = st.sampled_from(YearBasis)
FIVE = Rate(Fraction(5, 10_000), Period.DAY)
YEARLY = Rate(Fraction(1825, 10_000), Period.YEAR)


@settings(max_examples=500, deadline=None, derandomize=True)
@given(DATE, SPANS, RATE, BASES, st.integers(0, 10**13))
def test_interest_over_a_split_span_equals_the_whole(
    first: date, cuts: list[int], rate: Rate, year: YearBasis, principal: int
) -> None:
    a, b, c = (first + timedelta(days=n) for n in cuts)
    whole = accrued_interest(principal, rate, a, c, year=year)
    assert whole == sum(accrued_interest(principal, rate, *span, year=year) for span in ((a, b), (b, c)))
    assert accrued_interest(principal, rate, b, b, year=year) == 0


@settings(max_examples=200, deadline=None, derandomize=True)
@given(DATE, st.integers(0, 1500), RATE, BASES)
def test_interest_equals_the_sum_of_its_days(first: date, length: int, rate: Rate, year: YearBasis) -> None:
    """Each day by the reference, from the first that bears interest until before the first that does not.

    Under 30/360 a day counts what lies between the day before and itself, so the span from a to b is the days after a
    up to b: 1 February to 1 March is one month, 30 days (30E/360, ISDA 2006 section 4.16(g)).
    """
    terms = Terms(rates=(DatedRate(None, rate),), year=year)
    balance = Balance(principal=1, as_of=first)
    debt = Debt(account="1", creditor="", lender="", product="", balance=balance, terms=terms, default_date=first)
    account = Account(debt, (), ())
    shift = 1 if year is YearBasis.DAYS_30_360 and rate.period is not Period.DAY else 0
    for n in range(length):
        account.accrue(first + timedelta(days=n + shift))
    end = first + timedelta(days=length)
    assert accrued_interest(1, rate, first, end, year=year) == account.unbooked


# Each value by hand: principal 10,000.00 yuan = 1,000,000 fen.
BY_HAND = [
    # 0.05 % a day: 5.00 a day, 1,095 days are 5,475.00 and 1,096 (with 29 February 2024) 5,480.00 (by hand)
    (FIVE, YearBasis.DAYS_365, date(2023, 11, 24), date(2026, 11, 23), Fraction(547_500)),
    (FIVE, YearBasis.DAYS_365, date(2023, 11, 24), date(2026, 11, 24), Fraction(548_000)),
    # a daily rate does not ask for the year
    (FIVE, YearBasis.DAYS_360, date(2023, 11, 24), date(2026, 11, 24), Fraction(548_000)),
    (FIVE, YearBasis.DAYS_30_360, date(2023, 11, 24), date(2026, 11, 24), Fraction(548_000)),
    # 18.25 % a year over 2023: 365/365, 365/360
    (YEARLY, YearBasis.DAYS_365, date(2023, 1, 1), date(2024, 1, 1), Fraction(182_500)),
    (YEARLY, YearBasis.DAYS_360, date(2023, 1, 1), date(2024, 1, 1), Fraction(182_500 * 365, 360)),
    (YEARLY, YearBasis.ACTUAL, date(2023, 1, 1), date(2024, 1, 1), Fraction(182_500)),
    (YEARLY, YearBasis.DAYS_30_360, date(2023, 1, 1), date(2024, 1, 1), Fraction(182_500)),
    # over 2024, a leap year of 366 days: 366/365, 366/360, 366/366
    (YEARLY, YearBasis.DAYS_365, date(2024, 1, 1), date(2025, 1, 1), Fraction(183_000)),
    (YEARLY, YearBasis.DAYS_360, date(2024, 1, 1), date(2025, 1, 1), Fraction(182_500 * 366, 360)),
    (YEARLY, YearBasis.ACTUAL, date(2024, 1, 1), date(2025, 1, 1), Fraction(182_500)),
    (YEARLY, YearBasis.DAYS_30_360, date(2024, 1, 1), date(2025, 1, 1), Fraction(182_500)),
    # 15 December to 14 January across the turn of the year: 17 days of 365 and 13 of 366
    (
        YEARLY,
        YearBasis.ACTUAL,
        date(2023, 12, 15),
        date(2024, 1, 14),
        182_500 * (Fraction(17, 365) + Fraction(13, 366)),
    ),
    # 30/360: a whole month is 30 days, February too; the 31st counts as the 30th (30E/360)
    (YEARLY, YearBasis.DAYS_30_360, date(2023, 2, 1), date(2023, 3, 1), Fraction(182_500 * 30, 360)),
    (YEARLY, YearBasis.DAYS_30_360, date(2024, 2, 28), date(2024, 3, 1), Fraction(182_500 * 3, 360)),
    (YEARLY, YearBasis.DAYS_30_360, date(2023, 1, 31), date(2023, 3, 31), Fraction(182_500 * 60, 360)),
]


@pytest.mark.parametrize(("rate", "year", "start", "end", "fen"), BY_HAND)
def test_interest_by_hand(rate: Rate, year: YearBasis, start: date, end: date, fen: Fraction) -> None:
    assert accrued_interest(1_000_000, rate, start, end, year=year) == fen


def test_a_span_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(ValueError, match="lies before"):
        accrued_interest(1, FIVE, date(2024, 1, 2), date(2024, 1, 1), year=YearBasis.DAYS_365)
