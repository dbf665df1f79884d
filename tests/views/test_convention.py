"""The convention card says every convention in words, and what is not seen on a document."""

from __future__ import annotations

from fractions import Fraction

import pytest

from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import Compounding, DatedRate, Known, LateFee, Order, PaymentDay, Terms, YearBasis
from debtdesk.views.convention import convention_card, hatched_parts, uncertain

from .cases import DAY, FIVE, debt

CARD = Terms(
    rates=(DatedRate(None, FIVE), DatedRate(DAY, Rate(Fraction(12, 100), Period.YEAR))),
    year=YearBasis.DAYS_360,
    compounding=Compounding.MONTHLY,
    payment_day=PaymentDay.BEARS_NOT,
    late_fee=LateFee(Fraction(5, 100), floor=1_000, ceiling=50_000),
    order=Order.CONTRACT,
    known=Known.TOLD,
)


def test_each_convention_is_said() -> None:
    lines = dict(convention_card(CARD, "en"))
    # 0.05 % a day over 365 days, whatever the year of the yearly rate
    assert lines["rate"] == "0.05% a day, that is 18.25% a year"
    assert lines["rate from 2026-11-24 on"] == "12% a year"
    assert lines["days in a year of interest"] == "360 days"
    assert lines["counted from"] == "the day after the day of the balance"
    assert lines["late fee"] == (
        "5.0% of the unpaid minimum payment (10.0% of the bill), at least 10.00 yuan, at most 500.00 yuan; "
        "bears no interest"
    )
    assert lines["a payment goes first to"] == "fees → interest → penalty interest → principal"
    assert lines["how this is known"] == "told by the client, not yet seen on a document"


@pytest.mark.parametrize("terms", [CARD, debt().terms])
def test_a_card_is_chinese_throughout(terms: Terms) -> None:
    for name, value in convention_card(terms, "zh"):
        assert not any(
            "a" <= c <= "z" for c in (name + value).replace("App", "").lower() if c.isascii() and c.isalpha()
        )


def test_a_statement_day_is_named_only_where_it_matters() -> None:
    assert "statement day of the month" in dict(convention_card(CARD, "en"))
    assert "statement day of the month" not in dict(convention_card(debt().terms, "en"))


def test_what_is_seen_is_not_uncertain() -> None:
    assert uncertain([debt()]) == []
    assert hatched_parts([debt()]) == set()


def test_what_is_told_or_assumed_is_named() -> None:
    doubtful = [debt(known=Known.ASSUMED, fees=100), debt("2", terms=CARD)]
    said = [m.in_language("en") for m in uncertain(doubtful, "en")]
    assert len(said) == 3
    assert said[0].endswith("the rate and its conventions are assumed.")
    assert said[1].endswith("the balance is assumed.")
    assert said[2].endswith("the rate was told by the client and not seen.")
    assert hatched_parts(doubtful) == {"principal", "penalty_interest", "fees"}
