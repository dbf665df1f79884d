"""Entries: fees, waivers, changes of rate and transfers; every figure by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import permutations

import pytest

from debtdesk.core.debt import Balance, Debt, Payment
from debtdesk.core.entries import Entry, EntryKind, with_rates
from debtdesk.core.plain import from_plain, to_plain
from debtdesk.core.projection import project
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import DatedRate, LateFee, Part, Terms

START = date(2026, 1, 1)
FIVE = Rate(Fraction(5, 10_000), Period.DAY)
SIX = Rate(Fraction(6, 10_000), Period.DAY)


def owed(*entries: Entry, until: int = 31, payments: tuple[Payment, ...] = (), **terms: object) -> tuple[int, ...]:
    """Principal, penalty interest, fees and credit of 10,000.00 at 0.05 % a day from 1 January on. [fen]"""
    debt = Debt(
        account="1",
        creditor="甲",
        lender="甲",
        product="other",
        balance=Balance(principal=1_000_000, as_of=START),
        terms=Terms(rates=(DatedRate(None, FIVE),), **terms),  # type: ignore[arg-type]
        default_date=START,
        payments=payments,
        entries=entries,
    )
    b = project(debt, until=date(2026, 1, until)).end
    return b.principal, b.penalty_interest, b.fees, b.credit


def fee(day: int, amount: int) -> Entry:
    return Entry(day=date(2026, 1, day), kind=EntryKind.FEE, amount=amount)


def waiver(day: int, amount: int, part: Part) -> Entry:
    return Entry(day=date(2026, 1, day), kind=EntryKind.WAIVER, amount=amount, part=part)


def test_without_entries() -> None:
    assert owed() == (1_000_000, 15_000, 0, 0)  # 30 days of 5.00


def test_fee_is_added_and_bears_no_interest() -> None:
    assert owed(fee(11, 5_000)) == (1_000_000, 15_000, 5_000, 0)


def test_fee_bears_interest_where_late_fees_do() -> None:
    late_fee = LateFee(Fraction(0), bears_interest=True)
    assert owed(fee(11, 20_000), late_fee=late_fee, statement_day=31) == (
        1_000_000,
        15_200,
        20_000,
        0,
    )  # 20 x 0.10 more


def test_waived_principal_bears_no_interest_from_the_next_day_on() -> None:
    assert owed(waiver(11, 200_000, Part.PRINCIPAL)) == (800_000, 13_000, 0, 0)  # 10 x 5.00 + 20 x 4.00


def test_waiver_reduces_what_has_run_up_and_never_below_zero() -> None:
    assert owed(waiver(11, 3_000, Part.PENALTY_INTEREST)) == (1_000_000, 12_000, 0, 0)
    assert owed(waiver(11, 9_999, Part.PENALTY_INTEREST)) == (1_000_000, 10_000, 0, 0)  # only 50.00 was there


def test_waiver_comes_before_the_payment_of_its_day() -> None:
    """The interest is waived, and the principal paid, on one day: nothing is left and nothing is paid too much."""
    paid = (Payment(date(2026, 1, 11), 1_000_000),)
    assert owed(waiver(11, 5_000, Part.PENALTY_INTEREST), payments=paid) == (0, 0, 0, 0)


def test_rate_holds_from_its_day_on() -> None:
    assert owed(Entry(day=date(2026, 1, 12), kind=EntryKind.RATE, rate=SIX)) == (1_000_000, 17_000, 0, 0)  # 50 + 120


def test_rate_entry_stands_before_a_rate_of_the_terms() -> None:
    terms = Terms(rates=(DatedRate(None, FIVE), DatedRate(date(2026, 1, 12), FIVE)))
    found = with_rates(terms, [Entry(day=date(2026, 1, 12), kind=EntryKind.RATE, rate=SIX)])
    assert found.rates == (DatedRate(None, FIVE), DatedRate(date(2026, 1, 12), SIX))


def test_two_rates_from_one_day_are_refused() -> None:
    with pytest.raises(ValueError, match="two rates"):
        with_rates(
            Terms(rates=(DatedRate(None, FIVE),)),
            [Entry(day=START, kind=EntryKind.RATE, rate=r) for r in (FIVE, SIX)],
        )


def test_transfer_changes_no_amount() -> None:
    assert owed(Entry(day=date(2026, 1, 5), kind=EntryKind.TRANSFER, creditor="乙")) == owed()


def test_entries_up_to_the_day_of_the_balance_are_inside_it() -> None:
    assert owed(fee(1, 5_000)) == owed()


def test_order_of_entries_on_one_day_changes_nothing() -> None:
    entries = (fee(11, 5_000), waiver(11, 4_000, Part.FEES), waiver(11, 3_000, Part.FEES))
    assert {owed(*some) for some in permutations(entries)} == {(1_000_000, 15_000, 0, 0)}


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": EntryKind.FEE},
        {"kind": EntryKind.WAIVER, "amount": -1},
        {"kind": EntryKind.FEE, "amount": 1, "part": Part.PRINCIPAL},
        {"kind": EntryKind.RATE},
        {"kind": EntryKind.FEE, "amount": 1, "rate": FIVE},
        {"kind": EntryKind.TRANSFER},
    ],
)
def test_entry_that_makes_no_sense_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Entry(day=START, **wrong)  # type: ignore[arg-type]


def test_a_debt_kept_before_there_were_entries_still_loads() -> None:
    debt = Debt(
        account="1",
        creditor="甲",
        lender="甲",
        product="other",
        balance=Balance(principal=1, as_of=START),
        terms=Terms(rates=(DatedRate(None, FIVE),)),
        default_date=START,
    )
    old = {k: v for k, v in to_plain(debt).items() if k not in ("origin", "entries", "page")}
    assert from_plain(Debt, old) == debt
    full = replace(debt, origin=debt.balance, entries=(fee(2, 1),), page="花呗")
    assert from_plain(Debt, to_plain(full)) == full
