"""What becomes of each part: every line of the table adds up to what is owed, to the fen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.concession import Amounts, Carried, CarriedEnd, Discount, Portion, Waiver, WaiverTime
from debtdesk.core.debt import Balance
from debtdesk.core.proposal import Proposal
from debtdesk.core.schedule import schedule, schedules_of
from debtdesk.core.terms import PARTS
from debtdesk.views.settlement import part_shares, settlement_html, settlement_sentences, settlement_table

from ..core.proposals import rich

DAY = date(2026, 11, 24)
OWED = Balance(principal=1_000_000, interest=200_000, penalty_interest=300_000, fees=50_000, as_of=DAY)
# of fees all waived; of penalty interest a half waived, 1,000 added to the principal; of interest a half set aside;
# of the 10,000 + 1,000 + 500 = 11,500 left a tenth is off, 1,150: penalty interest 500, then interest 650
FULL = Proposal(
    name="full",
    start=DAY,
    first_due=date(2026, 12, 24),
    installments=10,
    waiver=Waiver(fees=Fraction(1), penalty_interest=Fraction(1, 2)),
    capitalise=Portion(amounts=Amounts(penalty_interest=100_000)),
    carry=Carried(interest=Fraction(1, 2)),
    discount=Discount(share=Fraction(1, 10)),
    down_payment=50_000,
)


def test_each_part_by_hand() -> None:
    principal, interest, penalty, fees, total = part_shares([schedule(FULL, OWED)])
    # the down payment of 500 takes costs first: the 350 of interest left, then 150 of principal
    assert principal[1:] == (1_000_000, 0, 0, 0, 0, 0, 15_000, 985_000)
    assert interest[1:] == (200_000, 0, 0, 65_000, 0, 100_000, 35_000, 0)
    assert penalty[1:] == (300_000, 0, 150_000, 50_000, 100_000, 0, 0, 0)
    assert fees[1:] == (50_000, 0, 50_000, 0, 0, 0, 0, 0)
    assert total == (None, 1_550_000, 0, 200_000, 115_000, 100_000, 100_000, 50_000, 985_000)


def test_a_waiver_on_signing_and_a_part_set_aside_to_be_waived() -> None:
    waiver = replace(FULL.waiver, time=WaiverTime.ON_SIGNING)
    carry = replace(FULL.carry, end=CarriedEnd.WAIVED)
    total = part_shares([schedule(replace(FULL, waiver=waiver, carry=carry), OWED)])[-1]
    assert (total.waived_at_once, total.waived_at_the_end, total.carried) == (200_000, 100_000, 0)


@settings(max_examples=60, deadline=None)
@given(rich(), st.integers(1, 3))
def test_every_line_adds_up_to_what_is_owed(drawn: tuple[Proposal, Balance], debts: int) -> None:
    proposal, balance = drawn
    # no seasons: in none of a few months might an installment be due
    proposal = replace(proposal, waiver=replace(proposal.waiver, amounts=Amounts()), season=())
    rows = part_shares(schedules_of(proposal, [balance] * debts))
    for row, part in zip(rows, (*PARTS, None), strict=True):
        assert row.part == part
        assert row.owed == sum(row[2:]) == debts * (balance.total if part is None else balance.part(part))
        assert min(row[1:]) >= 0
    assert rows[-1][1:] == tuple(sum(column) for column in zip(*(row[1:] for row in rows[:-1]), strict=True))


@pytest.mark.parametrize(("language", "owed"), [("en", "owed at the start"), ("zh", "起始日欠款")])
def test_the_table_leaves_out_what_does_not_happen(language: str, owed: str) -> None:
    frame = settlement_table([schedule(FULL, OWED)], language)
    assert list(frame[owed]) == ["10,000.00", "2,000.00", "3,000.00", "500.00", "15,500.00"]
    assert frame.shape == (5, 8)  # nothing is waived at once
    bare = Proposal(name="bare", start=DAY, first_due=DAY, installments=1)
    assert settlement_table([schedule(bare, OWED)], language).shape == (5, 3)


def test_what_is_added_and_what_hangs_on_performance_is_said() -> None:
    assert settlement_sentences([schedule(FULL, OWED)], "en") == [
        "The plan begins with a principal of 10,850.00 yuan: 9,850.00 of principal and 1,000.00 added to it.",
        # fees 500 and penalty interest 1,500 waived, and the discount of 1,150
        "3,150.00 yuan hang on everything being paid as agreed; after a breach they may be asked for again.",
    ]
    at_once = replace(FULL, waiver=replace(FULL.waiver, time=WaiverTime.ON_SIGNING), capitalise=Portion())
    assert settlement_sentences([schedule(at_once, OWED)], "en") == []


def test_nothing_to_settle_is_a_row_of_zeros() -> None:
    assert part_shares([])[-1] == (None, 0, 0, 0, 0, 0, 0, 0, 0)
    assert "<table" in settlement_html([], "zh")
