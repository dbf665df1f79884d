"""A data folder of its own for each test, an invented case, and a desk at which it is open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from debtdesk import locale
from debtdesk.core.budget import Budget, BudgetItem, Category, Kind
from debtdesk.core.case import Case
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.proposal import Proposal, Role, Waiver
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import DatedRate, Known, Terms
from debtdesk.panels.desk import Desk
from debtdesk.store import Store

DAY = date(2026, 11, 24)
DAILY = Rate(Fraction(5, 10000), Period.DAY)


def make_case(reference: str = "2026-0001", client: str = "张**") -> Case:
    """Return an invented case: two debts of 12,000 and 24,000 yuan, two proposals, a fixed day."""
    terms = Terms(rates=(DatedRate(None, DAILY),), known=Known.SEEN)
    debts = tuple(
        Debt(
            account=account,
            creditor=creditor,
            lender=creditor,
            product=product,
            balance=Balance(principal=principal, penalty_interest=principal // 10, as_of=DAY),
            terms=terms,
            default_date=default,
        )
        for account, creditor, product, principal, default in (
            ("HB-01", "某某消费金融", "huabei", 1_200_000, date(2023, 11, 24)),
            ("6222****0001", "某某银行", "credit_card", 2_400_000, date(2025, 11, 1)),
        )
    )
    items = (
        BudgetItem(name="工资", kind=Kind.INCOME, category=Category.INCOME, amount=620_000),
        BudgetItem(name="房租", kind=Kind.EXPENSE, category=Category.HOUSING, amount=180_000, essential=True),
    )
    proposals = tuple(
        Proposal(
            name=name,
            role=role,
            waiver=Waiver(penalty_interest=Fraction(1)),
            start=DAY,
            first_due=date(2026, 12, 20),
            installments=installments,
        )
        for name, role, installments in (("opening", Role.OPENING, 60), ("target", Role.TARGET, 48))
    )
    return Case(
        reference=reference, client=client, debts=debts, budget=Budget(items=items), proposals=proposals, day=DAY
    )


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder of its own, and English to begin with."""
    data = tmp_path / "data"
    monkeypatch.setenv("DEBTDESK_DATA", str(data))
    monkeypatch.setenv("DEBTDESK_LANGUAGE", "en")
    monkeypatch.delenv("DEBTDESK_DATABASE", raising=False)
    locale.use(None)
    yield data
    locale.use(None)


@pytest.fixture
def store(folder: Path) -> Store:
    """An empty store in that folder."""
    return Store(folder / "cases.sqlite3", who="counselor")


@pytest.fixture
def desk(store: Store) -> Desk:
    """A desk at which the invented case is open."""
    store.create(make_case())
    store.set_open("2026-0001")
    return Desk(store)


@pytest.fixture
def second(desk: Desk, folder: Path) -> Desk:
    """Another window on the same case."""
    return Desk(Store(folder / "cases.sqlite3", who="counselor"))
