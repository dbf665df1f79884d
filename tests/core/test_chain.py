"""The chain of creditors: Civil Code 545-547."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from debtdesk.core.chain import Standing, asked_after, chain_problems, entitlement
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.links import Link, LinkKind, LinkProof, NoticeState
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import DatedRate, Known, Terms

ON = date(2026, 11, 24)
DEBT = Debt(
    account="1",
    creditor="A",
    lender="A",
    product="jiebei",
    balance=Balance(principal=1_000_000, as_of=ON, known=Known.SEEN, source="statement"),
    terms=Terms(rates=(DatedRate(None, Rate(Fraction(5, 10_000), Period.DAY)),), known=Known.SEEN),
    default_date=date(2023, 11, 24),
)
HEARD = Link(LinkKind.ASSIGNED, "B", date(2026, 5, 1), LinkProof.NOTICE, "letter", NoticeState.REACHED)
UNHEARD = replace(HEARD, proof=LinkProof.NONE, notice=NoticeState.NOT_REACHED)
FUNDED = Link(LinkKind.FUNDED, "C", None, LinkProof.CONTRACT)
PAID = Link(LinkKind.GUARANTOR_PAID, "G", date(2024, 5, 1), LinkProof.PAYMENT)


@pytest.mark.parametrize(
    ("creditor", "chain", "standing", "holder"),
    [
        ("A", (), Standing.PROVEN, "A"),
        ("B", (), Standing.UNPROVEN, "A"),
        ("B", (HEARD,), Standing.PROVEN, "B"),
        # Civil Code 546: without notice it has no effect against the debtor, who still faces A
        ("B", (UNHEARD,), Standing.UNPROVEN, "A"),
        ("A", (UNHEARD,), Standing.CONTESTED, "A"),
        # a notice that is only said to have come is not shown
        ("B", (replace(HEARD, proof=LinkProof.NONE),), Standing.UNPROVEN, "A"),
        ("B", (replace(HEARD, notice=NoticeState.UNKNOWN),), Standing.UNPROVEN, "A"),
        # after the notice the former creditor may no longer claim
        ("A", (HEARD,), Standing.UNPROVEN, "B"),
        ("C", (FUNDED,), Standing.PROVEN, "C"),
        ("C", (replace(FUNDED, proof=LinkProof.NONE),), Standing.UNPROVEN, "C"),
        ("B", (FUNDED, HEARD), Standing.PROVEN, "B"),
        ("G", (PAID,), Standing.PROVEN, "G"),
        ("G", (replace(PAID, proof=LinkProof.NONE),), Standing.UNPROVEN, "G"),
    ],
)
def test_who_is_shown_to_be_entitled(creditor: str, chain: tuple[Link, ...], standing: Standing, holder: str) -> None:
    found = entitlement(replace(DEBT, creditor=creditor, chain=chain))
    assert (found.standing, found.holder) == (standing, holder)
    assert bool(found.ask) == (standing is not Standing.PROVEN), "what is missing is said, and only then"


def test_a_lender_seen_on_no_document_is_unproven() -> None:
    told = replace(
        DEBT, balance=replace(DEBT.balance, known=Known.TOLD), terms=replace(DEBT.terms, known=Known.ASSUMED)
    )
    assert entitlement(told).standing is Standing.UNPROVEN


def test_a_transfer_without_notice_is_a_problem_with_a_remedy() -> None:
    (problem,) = chain_problems(replace(DEBT, chain=(UNHEARD,)))
    assert problem.field == "notice" and "without notice" in problem.text.in_language("en")
    assert "notice of assignment" in problem.remedy.in_language("en")
    assert chain_problems(replace(DEBT, chain=(HEARD,))) == ()


def test_links_out_of_order_are_said() -> None:
    (problem,) = chain_problems(replace(DEBT, chain=(HEARD, PAID)))
    assert (problem.row, problem.field) == (2, "day")


def test_a_debt_long_overdue_with_its_lender_is_asked_after() -> None:
    assert asked_after(DEBT, on=ON) and not asked_after(DEBT, on=date(2025, 1, 1))
    assert not asked_after(replace(DEBT, chain=(HEARD,)), on=ON)
