"""Debt: what older cases lack is read as not known."""

from dataclasses import replace
from datetime import date

from debtdesk.core.debt import Debt, LenderType
from debtdesk.core.plain import from_plain, to_plain
from debtdesk.files.worked import sample_case

LATER = ("lender_type", "creditor_type", "contract_date")


def test_a_debt_kept_before_lenders_had_a_kind_still_opens() -> None:
    debt = sample_case().debts[0]
    kept = {k: v for k, v in to_plain(debt).items() if k not in LATER}
    opened = from_plain(Debt, kept)
    assert (opened.lender_type, opened.creditor_type, opened.contract_date) == (
        LenderType.UNKNOWN,
        LenderType.UNKNOWN,
        None,
    )


def test_the_kind_of_lender_and_the_contract_day_are_kept() -> None:
    debt = replace(sample_case().debts[0], lender_type=LenderType.BANK, contract_date=date(2022, 5, 1))
    assert from_plain(Debt, to_plain(debt)) == debt
