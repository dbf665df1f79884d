"""The statement page: its sum is the balance, to the fen."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debtdesk.core.debt import Debt
from debtdesk.core.plain import from_plain, to_plain
from debtdesk.core.statement_page import Split, StatementPage
from debtdesk.core.terms import Known
from debtdesk.files.casefile import mask
from debtdesk.files.worked import sample_case

DAY = date(2026, 11, 24)
AMOUNTS = st.integers(0, 10**12)
SPLITS = st.builds(Split, principal=AMOUNTS, interest=AMOUNTS, fee=AMOUNTS)
PAGES = st.builds(
    StatementPage,
    billed=SPLITS,
    next=SPLITS,
    future=SPLITS,
    overdue=SPLITS,
    penalty_on_principal=AMOUNTS,
    penalty_on_fee=AMOUNTS,
    day=st.just(DAY),
)


def test_each_amount_goes_to_its_part() -> None:
    """By hand: every amount has a digit of its own."""
    page = StatementPage(
        billed=Split(principal=1, interest=10, fee=100),
        next=Split(principal=2, interest=20, fee=200),
        future=Split(principal=3, interest=30, fee=300),
        overdue=Split(principal=1, interest=10, fee=100),
        penalty_on_principal=4_000,
        penalty_on_fee=50_000,
        day=DAY,
        source="app page",
        known=Known.SEEN,
    )
    found = page.balance()
    assert (found.principal, found.interest, found.penalty_interest, found.fees) == (7, 70, 54_000, 700)
    assert (found.as_of, found.source, found.known, page.total) == (DAY, "app page", Known.SEEN, 54_777)


@given(PAGES)
def test_the_balance_loses_no_fen(page: StatementPage) -> None:
    assert page.balance().total == page.total


@pytest.mark.parametrize("name", ["principal", "interest", "fee"])
def test_a_split_below_zero_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} -1 is below zero"):
        Split(**{name: -1})


def test_a_penalty_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="penalty_on_fee -1 is below zero"):
        StatementPage(day=DAY, penalty_on_fee=-1)


def test_a_debt_kept_before_there_were_pages_still_opens() -> None:
    debt = sample_case().debts[0]
    kept = {k: v for k, v in to_plain(debt).items() if k != "statement"}
    assert from_plain(Debt, kept).statement is None
    with_page = replace(debt, statement=StatementPage(day=DAY, billed=Split(principal=1)))
    assert from_plain(Debt, to_plain(with_page)) == with_page


def test_a_masked_case_does_not_say_where_the_page_was_read() -> None:
    case = sample_case()
    page = StatementPage(day=DAY, source="张三 的手机", billed=Split(principal=1))
    masked = mask(replace(case, debts=(replace(case.debts[0], statement=page), *case.debts[1:]))).debts[0].statement
    assert masked == replace(page, source="")
