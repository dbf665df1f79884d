"""Ceilings: three limits, never merged; expected values by hand, from the law, or from the published LPR."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from debtdesk.core.ceilings import Applies, Ceiling, Limit, ceilings, kind_by_name
from debtdesk.core.debt import Balance, Debt, LenderType, Payment
from debtdesk.core.rates import parse_rate
from debtdesk.core.terms import DatedRate, Terms

START = date(2023, 11, 25)  # the first overdue day
END = START + timedelta(days=1094)  # the 1,095th


def claimed(charges: int, lender: LenderType = LenderType.CONSUMER_FINANCE, signed: date | None = None) -> Debt:
    """10,000 yuan over 1,095 days, and the charges asked for them."""
    return Debt(
        account="1",
        creditor="甲",
        lender="甲",
        product="other",
        balance=Balance(principal=1_000_000, penalty_interest=charges, as_of=END),
        terms=Terms(rates=(DatedRate(None, parse_rate("0.05%/日")),)),
        default_date=START,
        lender_type=lender,
        contract_date=signed,
    )


def limit(debt: Debt, which: Limit) -> Ceiling:
    return next(c for c in ceilings(debt).limits if c.limit is which)


@pytest.mark.parametrize(
    ("charges", "yearly", "excess"),
    [
        # 10,000 x 24 % x 3 years of 365 days = 7,200.00
        (657_000, "219/1000", 0),  # 0.04 % x 1.5 a day: 21.9 % a year
        (821_250, "2190/8000", 101_250),  # 0.05 % x 1.5 a day: 27.375 % a year
        (720_000, "24/100", 0),  # 超过 excludes the number itself (Civil Code 1259)
        (720_001, None, 1),
    ],
)
def test_the_court_reviews_what_is_above_24_percent(charges: int, yearly: str | None, excess: int) -> None:
    found = ceilings(claimed(charges))
    court = found.limits[0]
    assert (court.applies, court.amount, court.excess) == (Applies.YES, 720_000, excess)
    assert yearly is None or found.claim.yearly == Fraction(yearly)


def test_the_wording_leaves_it_to_the_court() -> None:
    said = limit(claimed(821_250), Limit.COURT_REVIEW).reason
    assert said.in_language("zh") == "法院可应借款人请求酌减超过年利率24%的部分（法发〔2017〕22号），是否支持由法院决定"
    assert "void" not in said.in_language("en") and "无效" not in said.in_language("zh")


def test_a_licensed_lender_is_never_measured_by_the_lpr() -> None:
    # 法释〔2020〕27号: micro-loan, guarantee, pawn, leasing, factoring and local asset management companies
    for kind in (LenderType.BANK, LenderType.CONSUMER_FINANCE, LenderType.MICRO_LOAN, LenderType.LOCAL_FINANCIAL):
        found = limit(claimed(821_250, kind, date(2022, 5, 1)), Limit.PRIVATE_LENDING)
        assert (found.applies, found.amount, found.excess) == (Applies.NO, None, None)


@pytest.mark.parametrize(
    ("signed", "rate"),
    [
        # four times the one-year LPR as published: change points and the days before them
        (date(2020, 8, 20), "154/1000"),
        (date(2021, 12, 19), "154/1000"),
        (date(2021, 12, 20), "152/1000"),
        (date(2022, 1, 20), "148/1000"),
        (date(2022, 8, 21), "148/1000"),
        (date(2022, 8, 22), "146/1000"),
        (date(2023, 6, 20), "142/1000"),
        (date(2023, 8, 21), "138/1000"),
        (date(2024, 7, 22), "134/1000"),
        (date(2024, 10, 21), "124/1000"),
        (date(2025, 5, 19), "124/1000"),
        (date(2025, 5, 20), "120/1000"),
        (date(2026, 9, 19), "120/1000"),
    ],
)
def test_private_lending_has_four_times_the_lpr_of_the_contract_day(signed: date, rate: str) -> None:
    found = limit(claimed(500_000, LenderType.PRIVATE, signed), Limit.PRIVATE_LENDING)
    assert (found.applies, found.rate) == (Applies.YES, Fraction(rate))
    assert found.amount == 3_000_000 * Fraction(rate)  # three years of 10,000 yuan


def test_private_lending_of_15_4_percent_to_the_fen() -> None:
    # 10,000 x 15.4 % x 3 = 4,620.00; 5,475.00 asked: 855.00 above
    found = limit(claimed(547_500, LenderType.PRIVATE, date(2020, 8, 20)), Limit.PRIVATE_LENDING)
    assert (found.amount, found.excess) == (462_000, 85_500)


@pytest.mark.parametrize("signed", [date(2026, 9, 20), date(2026, 9, 21), date(2026, 11, 24), date(2027, 3, 1)])
def test_beyond_the_last_verified_lpr_there_is_no_number(signed: date) -> None:
    found = limit(claimed(500_000, LenderType.PRIVATE, signed), Limit.PRIVATE_LENDING)
    assert (found.applies, found.rate, found.amount, found.excess) == (Applies.LAWYER, None, None, None)
    assert "data to 2026-08-20" in found.reason.in_language("en")


def test_a_private_contract_before_the_rule_is_for_a_lawyer() -> None:
    # 民间借贷司法解释 art. 31
    found = limit(claimed(500_000, LenderType.PRIVATE, date(2020, 8, 19)), Limit.PRIVATE_LENDING)
    assert (found.applies, found.amount) == (Applies.LAWYER, None)


def test_private_lending_is_not_reviewed_as_a_financial_loan() -> None:
    found = ceilings(claimed(821_250, LenderType.PRIVATE, date(2022, 5, 1))).limits
    assert [c.applies for c in found] == [Applies.NO, Applies.YES, Applies.NO]


@pytest.mark.parametrize("kind", [LenderType.UNKNOWN, LenderType.UNLICENSED])
def test_an_unknown_or_unlicensed_lender_gets_no_number(kind: LenderType) -> None:
    for found in ceilings(claimed(821_250, kind, date(2022, 5, 1))).limits:
        assert (found.applies, found.rate, found.amount, found.excess) == (Applies.LAWYER, None, None, None)


@pytest.mark.parametrize(
    ("kind", "signed", "applies"),
    [
        (LenderType.BANK, date(2025, 9, 30), Applies.NO),
        (LenderType.BANK, date(2025, 10, 1), Applies.IF),
        (LenderType.MICRO_LOAN, date(2025, 11, 30), Applies.NO),
        (LenderType.MICRO_LOAN, date(2025, 12, 15), Applies.LAWYER),  # the day within the month is not known
        (LenderType.MICRO_LOAN, date(2026, 1, 1), Applies.YES),
        (LenderType.CONSUMER_FINANCE, date(2026, 5, 1), Applies.NO),
        (LenderType.BANK, None, Applies.LAWYER),
    ],
)
def test_rules_for_new_loans_do_not_rewrite_older_contracts(
    kind: LenderType, signed: date | None, applies: Applies
) -> None:
    found = limit(claimed(821_250, kind, signed), Limit.NEW_LOANS)
    assert found.applies is applies
    assert (found.amount is not None) == (applies in (Applies.YES, Applies.IF))


def test_an_assignee_that_is_no_institution_is_for_a_lawyer() -> None:
    sold = replace(claimed(821_250), creditor="乙", creditor_type=LenderType.UNKNOWN)
    assert limit(sold, Limit.COURT_REVIEW).applies is Applies.LAWYER
    bought = replace(sold, creditor_type=LenderType.ASSET_MANAGER)
    assert limit(bought, Limit.COURT_REVIEW).excess == 101_250


def test_a_payment_reduces_the_principal_from_its_day() -> None:
    # 10,000 for 1,095 days, 1,000 to charges of 50 and 950 of principal on day 1,095, then 9,050 for 100 days
    paid = END + timedelta(days=0)
    debt = replace(
        claimed(5_000),
        balance=Balance(principal=1_000_000, penalty_interest=5_000, as_of=END - timedelta(days=1)),
        terms=Terms(rates=(DatedRate(None, parse_rate("0%/日")),)),
        payments=(Payment(paid, 100_000),),
    )
    claim = ceilings(debt, on=END + timedelta(days=100)).claim
    assert claim.principal_days == 1_000_000 * 1095 + 905_000 * 100
    assert claim.charges == 5_000


def test_payments_before_the_balance_make_the_cost_rough() -> None:
    debt = replace(claimed(5_000), payments=(Payment(START, 100),))
    assert ceilings(debt).claim.paid_before and not ceilings(claimed(5_000)).claim.paid_before


def test_a_name_says_the_kind_and_is_marked_as_assumed() -> None:
    assert kind_by_name("重庆某某消费金融有限公司") is LenderType.CONSUMER_FINANCE
    assert kind_by_name("某某小额贷款有限公司") is LenderType.MICRO_LOAN
    assert kind_by_name("甲") is LenderType.UNKNOWN
    named = replace(claimed(1, LenderType.UNKNOWN), lender="某某银行", creditor="某某银行")
    assert ceilings(named).by_name and not ceilings(claimed(1)).by_name


def test_the_table_names_rule_source_and_confidence() -> None:
    table = ceilings(claimed(821_250)).columns()
    assert table["rule"] == ["court_total_cost_review", "private_loan_ceiling", "consumer_finance_guidance"]
    assert table["excess"] == [1012.50, None, None] and table["confidence"] == ["V-news", "V-law", "V-news"]
