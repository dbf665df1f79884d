"""A case with three debts, and a store of its own for each test."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from debtdesk.core.budget import Budget, BudgetItem, Category, Kind
from debtdesk.core.case import Answer, Case, Outcome
from debtdesk.core.debt import Balance, Debt, Freeze, Payment
from debtdesk.core.proposal import Proposal, Role, Waiver
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import DatedRate, Known, Terms
from debtdesk.store import Store


def make_case(reference: str = "2026-0007") -> Case:
    """Return an invented case of the size a counselor's case has."""
    terms = Terms(rates=(DatedRate(None, Rate(Fraction(5, 10000), Period.DAY)),), known=Known.SEEN)
    debts = tuple(
        Debt(
            account=account,
            creditor=creditor,
            lender=creditor,
            product=product,
            balance=Balance(principal=principal, interest=81_234, fees=30_000, as_of=date(2026, 11, 24), source="账单"),
            terms=terms,
            default_date=date(2023, 11, 24),
            payments=(Payment(date(2024, 5, 1), 20_000, "部分还款"),),
            freezes=(Freeze(date(2025, 1, 1), date(2025, 3, 31)),),
            note="电话里说可以申请停息",
        )
        for account, creditor, product, principal in (
            ("HB-01", "重庆某某小额贷款有限公司", "huabei", 1_200_000),
            ("JB-02", "重庆某某小额贷款有限公司", "jiebei", 2_300_000),
            ("6222****0001", "某某银行信用卡中心", "credit_card", 1_321_000),
        )
    )
    items = tuple(
        BudgetItem(name=name, kind=kind, category=category, amount=amount, essential=kind is Kind.EXPENSE)
        for name, kind, category, amount in (
            ("工资", Kind.INCOME, Category.INCOME, 620_000),
            ("房租", Kind.EXPENSE, Category.HOUSING, 180_000),
            ("吃饭", Kind.EXPENSE, Category.FOOD, 160_000),
            ("降压药", Kind.EXPENSE, Category.HEALTH, 26_000),
        )
    )
    proposal = Proposal(
        name="48期免罚息",
        role=Role.TARGET,
        waiver=Waiver(penalty_interest=Fraction(1), fees=Fraction(1, 3)),
        start=date(2026, 12, 1),
        first_due=date(2027, 1, 10),
        installments=48,
    )
    outcome = Outcome(
        day=date(2026, 11, 20), proposal=proposal, answer=Answer.PENDING, accounts=("HB-01",), reason="等待审核"
    )
    return Case(
        reference=reference,
        client="张**",
        debts=debts,
        budget=Budget(items=items, persons=2, protected_minimum=80_000),
        proposals=(proposal,),
        outcomes=(outcome,),
        note="客户住在城东，晚上七点后方便接电话",
    )


@pytest.fixture
def case() -> Case:
    """The invented case."""
    return make_case()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the store of this test lies."""
    return tmp_path / "data" / "cases.sqlite3"


@pytest.fixture
def store(file: Path) -> Store:
    """An empty store."""
    return Store(file, who="counselor")
