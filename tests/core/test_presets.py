"""Presets of products: what the sources say, and the contract's rate above all."""

from fractions import Fraction

import pytest

from debtdesk.core.presets import presets
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import Compounding, Known, Order

KEYS = ("huabei", "jiebei", "bank_credit_loan", "credit_card", "weilidai", "baitiao", "consumer_finance", "other")
FIVE_IN_TEN_THOUSAND = Rate(Fraction(5, 10_000), Period.DAY)


def test_the_products_are_there_with_source_and_confidence() -> None:
    assert tuple(presets()) == KEYS
    for preset in presets().values():
        assert preset.source and preset.confidence in ("V-law", "V-news", "V-web", "M")


def test_huabei_is_simple_at_five_in_ten_thousand_a_day() -> None:
    # 0.05 % a day on the unpaid bill, simple: several consumer pages of 2019 to 2023
    huabei = presets()["huabei"]
    assert (huabei.rate, huabei.compounding, huabei.order) == (
        FIVE_IN_TEN_THOUSAND,
        Compounding.SIMPLE,
        Order.CIVIL_CODE_561,
    )


def test_a_card_compounds_monthly_and_turns_to_principal_from_day_91() -> None:
    # 银监会令2011年第2号 art. 57; the late fee of 5 % of the unpaid minimum bears no interest (银发〔2016〕111号)
    terms = presets()["credit_card"].terms(FIVE_IN_TEN_THOUSAND, statement_day=8)
    assert (terms.compounding, terms.order, terms.statement_day) == (Compounding.MONTHLY, Order.CARD, 8)
    assert terms.late_fee is not None
    assert (terms.late_fee.share, terms.late_fee.bears_interest) == (Fraction(5, 100), False)


@pytest.mark.parametrize("key", ["jiebei", "weilidai", "bank_credit_loan", "consumer_finance"])
def test_overdue_loans_bear_half_as_much_again(key: str) -> None:
    # 银发〔2003〕251号: plus 30 to 50 %; pages of Jiebei: one and a half times
    assert presets()[key].penalty_factor == Fraction(3, 2)


@pytest.mark.parametrize("key", KEYS)
def test_the_rate_given_wins_and_terms_stay_assumed(key: str) -> None:
    given = Rate(Fraction(1, 10), Period.YEAR)
    terms = presets()[key].terms(given)
    assert [r.rate for r in terms.rates] == [given]
    assert terms.known is Known.ASSUMED
