"""Alternatives: one convention at a time; expected differences by hand."""

from dataclasses import replace
from datetime import date

from debtdesk.core.alternatives import alternatives, plausible
from debtdesk.core.debt import Balance, Debt, Payment
from debtdesk.core.presets import presets
from debtdesk.core.rates import parse_rate
from debtdesk.core.terms import Compounding, DatedRate, Order, PaymentDay, Terms, YearBasis

START, END = date(2026, 11, 24), date(2027, 11, 24)  # 365 days


def debt(rate: str, product: str = "huabei", principal: int = 1_000_000, **parts: int) -> Debt:
    return Debt(
        account="1",
        creditor="甲",
        lender="甲",
        product=product,
        balance=Balance(principal=principal, as_of=START, **parts),
        terms=Terms(rates=(DatedRate(None, parse_rate(rate)),)),
        default_date=date(2023, 11, 24),
    )


def made(each: Debt, until: date = END) -> dict[tuple[str, object], int]:
    return {(r.name, r.other): r.difference for r in alternatives(each, until=until).rows}


def test_360_days_instead_of_365_make_the_year_dearer() -> None:
    # 10,000 at 18.25 % a year for 365 days: 1,825.00; over 360: 1,825 x 365 / 360 = 1,850.35 (1,850.3472)
    found = made(debt("18.25%/年"))
    assert found["year", YearBasis.DAYS_360] == 2_535
    # 2027 is no leap year, nor is 2026: actual days are the same; 24 November to 24 November are 360 days of 30/360
    assert ("year", YearBasis.ACTUAL) not in found and ("year", YearBasis.DAYS_30_360) not in found


def test_a_daily_rate_does_not_ask_for_the_year() -> None:
    assert not any(name == "year" for name, _ in made(debt("0.05%/日")))


def test_24_and_12_days_or_24_and_13_days_are_both_reachable() -> None:
    # a card bill of 10,000 at 0.05 % a day, 5.00 a day: 24 and 12 days bear 180.00, with one day more 185.00
    bill = debt("0.05%/日", "credit_card")
    other = made(bill, date(2026, 12, 30))  # 36 days, the first not counted, the last counted
    assert alternatives(bill, until=date(2026, 12, 30)).total == 1_018_000
    assert other["first_day_counts", True] == 500
    assert other["last_day_counts", False] == -500


def test_interest_on_interest_is_plausible_for_a_card_and_not_for_huabei() -> None:
    # 10,000 at 0.05 % a day, statements on the 25th, the first after one day: by hand for two months
    card = debt("0.05%/日", "credit_card")
    found = made(card, date(2027, 1, 24))
    # 11-25: 5.00 booked; 30 days to 12-25 on 10,005.00: 150.08 (150.075); 30 days to 01-24 on 10,155.08: 152.33
    # (152.3262); simple: 61 days, 305.00
    assert found["compounding", Compounding.MONTHLY] == 500 + 15_008 + 15_233 - 30_500
    assert not any(name == "compounding" for name, _ in made(debt("0.05%/日"), date(2027, 1, 24)))


def test_what_a_payment_does_matters_only_where_one_is_made() -> None:
    assert not any(name in ("order", "payment_day") for name, _ in plausible(debt("0.05%/日"), END))
    # 1,000.00 on day 30 of 60: its own day bears 0.50 less where it no longer counts; the interest is booked first
    paid = replace(debt("0.05%/日", interest=0), payments=(Payment(date(2026, 12, 24), 100_000),))
    found = made(paid, date(2027, 1, 23))
    # interest first: 150.00 accrued (30 days; 145.00 where day 30 does not count), 850.00 (855.00) off the principal;
    # then 30 days of 4.575 = 137.25, or 31 days of 4.5725 = 141.7475
    assert found["payment_day", PaymentDay.BEARS_NOT] == (14_500 + 14_175) - (15_000 + 13_725)
    # principal first: 30 days of 4.50 = 135.00
    assert found["order", Order.CARD] == 13_500 - 13_725


def test_the_largest_effect_comes_first() -> None:
    effects = [abs(r.difference) for r in alternatives(debt("18.25%/年", "other"), until=END).rows]
    assert effects == sorted(effects, reverse=True) and effects and effects[-1] > 0


def test_free_text_is_treated_as_a_product_of_no_kind() -> None:
    assert [*plausible(debt("0.05%/日", "某某贷"), END)] == [*plausible(debt("0.05%/日", "other"), END)]


def test_presets_name_only_conventions_that_terms_have() -> None:
    for preset in presets().values():
        assert set(preset.varies) <= {"compounding", "base", "late_fee"}
