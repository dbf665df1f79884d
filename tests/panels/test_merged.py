"""A debt read again from a file keeps what we know beyond the file."""

from __future__ import annotations

from dataclasses import MISSING, fields, replace
from datetime import date

import pytest

from debtdesk.core.acts import Act, ActKind
from debtdesk.core.claim_stage import ClaimStage, CourtDays
from debtdesk.core.debt import Balance, Debt, Freeze, LenderType, Payment
from debtdesk.core.entries import Entry, EntryKind
from debtdesk.core.links import Link, LinkKind
from debtdesk.core.statement_page import Split, StatementPage
from debtdesk.panels.debts_state import merged

from .conftest import DAY, make_case

EARLIER = date(2024, 3, 1)
KNOWN_BEYOND = {
    "payments": (Payment(EARLIER, 5_000),),
    "freezes": (Freeze(EARLIER, DAY),),
    "acts": (Act(EARLIER, ActKind.DEMAND, "letter"),),
    "note": "asked twice",
    "origin": Balance(principal=1_000_000, as_of=date(2023, 11, 23)),
    "entries": (Entry(day=EARLIER, kind=EntryKind.FEE, amount=100),),
    "page": "花呗",
    "lender_type": LenderType.BANK,
    "creditor_type": LenderType.ASSET_MANAGER,
    "contract_date": date(2022, 5, 1),
    "chain": (Link(LinkKind.ASSIGNED, "某某资产", EARLIER),),
    "stage": ClaimStage.SUED,
    "court": CourtDays(court="某某法院"),
    "last_due": date(2025, 5, 1),
    "statement": StatementPage(day=DAY, billed=Split(principal=1)),
}


@pytest.fixture
def plain() -> Debt:
    return make_case().debts[0]


def test_what_the_file_does_not_say_is_kept(plain: Debt) -> None:
    ours = replace(plain, **KNOWN_BEYOND)  # type: ignore[arg-type]
    figures = replace(plain.balance, principal=1_100_000)
    assert merged(ours, replace(plain, balance=figures)) == replace(ours, balance=figures)


@pytest.mark.parametrize("name", [f.name for f in fields(Debt) if f.default is not MISSING])
def test_every_field_of_a_debt_is_kept(plain: Debt, name: str) -> None:
    assert name in KNOWN_BEYOND, "a new field is kept as well: give it a value here"
    ours = replace(plain, **{name: KNOWN_BEYOND[name]})  # type: ignore[arg-type]
    assert merged(ours, plain) == ours


def test_what_the_file_says_counts(plain: Debt) -> None:
    ours = replace(plain, **KNOWN_BEYOND)  # type: ignore[arg-type]
    origin = Balance(principal=990_000, as_of=date(2023, 12, 1))
    found = merged(ours, replace(plain, account=" hb-01", creditor="某某资产", origin=origin, note="new"))
    assert (found.account, found.creditor, found.origin, found.note) == ("HB-01", "某某资产", origin, "new")


def test_payments_come_from_their_own_table(plain: Debt) -> None:
    paid = replace(plain, payments=(Payment(DAY, 1),))
    assert merged(None, paid).payments == () and merged(plain, paid).payments == ()
