"""Audit: a creditor's figure made by a known way of counting is traced back to it; figures by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest

from debtdesk.core.audit import Audit, audit
from debtdesk.core.debt import Balance, Debt, Freeze, Payment
from debtdesk.core.rates import Period, Rate, parse_rate
from debtdesk.core.terms import DatedRate, LateFee, Part, Terms, YearBasis

DUE = date(2023, 12, 15)
AS_OF = date(2026, 11, 21)  # 1,072 days later
BILLED_ON_THE_15TH = 632_060  # examples/README.md: the interest itself bore interest


def debt(theirs: int, *, rate: str = "18%/年", principal: int = 900_000, fees: int = 0, **more: object) -> Debt:
    """9,000.00 at 18 % on a year of 360 days: 4.50 a day, 4,824.00 in 1,072 days."""
    plain = Debt(
        account="XYD-5520",
        creditor="甲银行",
        lender="甲银行",
        product="xinyongdai",
        balance=Balance(principal=principal, penalty_interest=theirs, fees=fees, as_of=AS_OF),
        terms=Terms(rates=(DatedRate(None, parse_rate(rate)),), year=YearBasis.DAYS_360, statement_day=15),
        default_date=date(2023, 12, 16),
        origin=Balance(principal=900_000, as_of=DUE),
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def said(report: Audit) -> list[str]:
    return [c.text.in_language("en") for c in report.causes if c.exact]


def test_agreement_to_the_fen_needs_no_cause() -> None:
    report = audit(debt(482_400))
    assert report.agrees and report.causes == () and report.difference() == 0


def test_compounding_of_the_worked_case_is_found_exactly() -> None:
    report = audit(debt(BILLED_ON_THE_15TH))
    assert report.difference() == report.difference(Part.PENALTY_INTEREST) == 149_660
    assert said(report) == ["interest itself bears interest, each month from day 15 on"]
    table = report.table()
    assert list(table.columns) == ["part", "theirs", "ours", "difference", "cause"]
    assert list(table["difference"]) == [0, 0, 1496.6, 0, 1496.6]


@pytest.mark.parametrize(
    ("theirs", "cause"),
    [
        (475_792, "a year of interest has 365 days"),  # 9,000 x 18 % x 1,072 / 365 = 4,757.917…
        (482_850, "the first day bears interest as well"),  # 1,073 x 4.50
        (481_950, "the last day bears no interest"),  # 1,071 x 4.50
        (643_200, "the rate is 24% a year, above the rate noted"),  # 6.00 a day x 1,072
        (536_000, "the rate is 20% a year, above the rate noted"),  # 5.00 a day x 1,072
    ],
)
def test_single_cause_is_found(theirs: int, cause: str) -> None:
    assert cause in said(audit(debt(theirs)))


def test_base_after_a_part_payment_is_found() -> None:
    """3,000.00 of principal paid after 100 days: ours 450 + 972 x 3.00; theirs 1,072 x 4.50, all on 9,000.00."""
    paid = (Payment(date(2024, 3, 24), 345_000),)
    ours = debt(291_600, principal=600_000, payments=paid)
    assert audit(ours).agrees
    theirs = replace(ours, balance=replace(ours.balance, principal=900_000, penalty_interest=482_400 - 345_000))
    assert "payments do not reduce what bears interest" in said(audit(theirs))


def test_payment_that_was_not_booked_is_found() -> None:
    report = audit(debt(482_400, payments=(Payment(date(2024, 3, 24), 20_000),)))
    assert "the payment of 2024-03-24 was not booked" in said(report)


def test_order_of_payments_is_found() -> None:
    """On the 100th day 450.00 have run up; 1,000.00 go to the principal first: 8,000.00 bear 4.00 for 972 days."""
    paid = (Payment(date(2024, 3, 24), 100_000),)
    report = audit(debt(45_000 + 972 * 400, principal=800_000, payments=paid))
    assert "a payment goes to the principal first" in said(report)


def test_interest_on_a_fee_that_bears_none_is_found() -> None:
    """By decimals, statement by statement; the fee is 5 % of 10 % of the bill, 45.00 and more."""
    terms = replace(
        debt(0).terms, late_fee=LateFee(Fraction(5, 100), minimum_share=Fraction(1, 10), until=date(2024, 1, 15))
    )
    # 31 days x 4.50 to 15 January; fee 5 % x 10 % x 9,000 = 45.00; then 1,041 days on 9,045.00
    rest = (Decimal("9045") * Decimal("0.0005") * 31).quantize(Decimal("0.01"), ROUND_HALF_UP)
    one = replace(
        debt(0),
        terms=terms,
        balance=Balance(
            principal=900_000, penalty_interest=13_950 + int(rest * 100), fees=4_500, as_of=date(2024, 2, 15)
        ),
    )
    assert said(audit(one))[0] == "fees bear interest"


def test_a_fee_on_fees_is_found() -> None:
    """By hand: a tenth of 9,000.00 and of what is booked is the minimum, 5 % of it the fee, on the 15th of each month.

    15 January: 31 days, 139.50 booked; fee 5 % x 900.00 = 45.00; minimum 913.95, and with the fee 918.45.
    15 February: 31 days, 139.50 more; fee 5 % x 913.95 = 45.70, but 5 % x 918.45 = 45.92 with the fee in the bill.
    """
    terms = replace(debt(0).terms, late_fee=LateFee(Fraction(5, 100), minimum_share=Fraction(1, 10)), statement_day=15)
    figures = {"principal": 900_000, "penalty_interest": 27_900, "as_of": date(2024, 2, 15)}
    fair = replace(debt(0), terms=terms, balance=Balance(fees=4_500 + 4_570, **figures))
    assert audit(fair).agrees
    assert said(audit(replace(fair, balance=Balance(fees=4_500 + 4_592, **figures))))[0] == (
        "late fees are charged on earlier fees"
    )


def test_two_changes_together_are_found() -> None:
    """24 % on a year of 365 days, the first day included: 1,073 x 9,000 x 24 % / 365 = 6,349.808…"""
    theirs = int((Decimal(9000) * Decimal("0.24") * 1073 / 365 * 100).quantize(Decimal(1), ROUND_HALF_UP))
    one = debt(theirs, terms=replace(debt(0).terms, year=YearBasis.DAYS_365))
    assert "the first day bears interest as well, and the rate is 24% a year, above the rate noted" in said(audit(one))


def test_what_nothing_explains_is_said_to_be_unexplained() -> None:
    report = audit(debt(482_400, fees=12_345))
    assert not report.explained
    assert [str(m.in_language("en")) for m in report.causes_of(Part.FEES)] == ["nothing that was tried explains it"]


def test_a_part_can_be_explained_while_another_is_not() -> None:
    report = audit(debt(BILLED_ON_THE_15TH, fees=12_345))
    assert not report.explained
    assert [m.in_language("en") for m in report.causes_of(Part.PENALTY_INTEREST)] == [
        "follows to the fen if interest itself bears interest, each month from day 15 on"
    ]


def test_without_a_beginning_nothing_is_recomputed_and_the_remedy_is_said() -> None:
    report = audit(debt(1, origin=None))
    assert report.ours is None and [p.field for p in report.problems] == ["origin"]
    assert report.table()["ours"].isna().all()


def test_history_that_begins_after_the_balance_is_a_problem() -> None:
    report = audit(debt(1, origin=Balance(principal=1, as_of=date(2026, 12, 1))))
    assert report.ours is None and "after the balance" in report.problems[0].text.in_language("en")


def test_early_payment_overpayment_and_overlapping_freezes_are_told_with_a_remedy() -> None:
    paid = (Payment(date(2023, 12, 1), 100), Payment(date(2024, 1, 1), 2_000_000))
    freezes = (Freeze(date(2024, 1, 1), date(2024, 2, 1)), Freeze(date(2024, 1, 15), date(2024, 3, 1)))
    report = audit(debt(0, payments=paid, freezes=freezes))
    told = [p.text.in_language("en") for p in report.problems]
    assert [any(word in t for t in told) for word in ("before the debt began", "a credit", "overlap")] == [True] * 3
    assert all(p.remedy.in_language("en") for p in report.problems)
    assert report.ours is not None and report.ours.total == 0 and report.ours.credit > 0


def test_words_neither_condemn_nor_promise() -> None:
    for report in (audit(debt(BILLED_ON_THE_15TH)), audit(debt(643_200))):
        text = " ".join(report.table()["cause"]).lower()
        assert not any(word in text for word in ("void", "wrong", "illegal", "invalid"))


def test_rate_in_another_period_is_found() -> None:
    """0.06 % a day is 5.40 a day: 5,788.80."""
    assert Rate(Fraction(6, 10_000), Period.DAY) == parse_rate("0.06%/日")
    assert "the rate is 0.06% a day, above the rate noted" in said(audit(debt(578_880)))


def test_worked_case_has_one_difference_and_its_cause() -> None:
    """examples/README.md: three debts agree to the fen, the fourth is 1,496.60 more, compounded on the 15th."""
    from debtdesk.files.worked import sample_case

    reports = {d.account: audit(d) for d in sample_case().debts}
    assert [r.difference() for r in reports.values()] == [0, 0, 149_660, 0]
    assert [r.agrees for r in reports.values()] == [True, True, False, True]
    assert said(reports["XYD-5520"]) == ["interest itself bears interest, each month from day 15 on"]
