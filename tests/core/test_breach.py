"""What stands after a breach, and what missed installments make of the rest; worked by hand in the comments."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.breach import on_breach, respread, without_plan
from debtdesk.core.concession import Carried, CarriedEnd, Waiver, WaiverTime
from debtdesk.core.debt import Balance, Debt, Payment
from debtdesk.core.proposal import Proposal
from debtdesk.core.rates import Period, Rate
from debtdesk.core.schedule import Schedule, schedule
from debtdesk.core.terms import DatedRate, Terms

from .proposals import rich

START, DUE = date(2026, 11, 24), date(2026, 12, 24)
OWED = Balance(principal=1_000_000, interest=20_000, penalty_interest=500_000, fees=10_000, as_of=START)


def plan(**terms: Any) -> Schedule:
    return schedule(Proposal(name="", **{"start": START, "first_due": DUE, "installments": 10, **terms}), OWED)


def test_a_waiver_that_hangs_on_performance_revives() -> None:
    """5,000.00 of penalty interest waived; 10,300.00 in ten of 1,030.00; two paid: 2,060.00, first 100.00 of fees, then
    200.00 of interest, then 1,760.00 of principal: 8,240.00 of principal and the 5,000.00 stand."""
    found = on_breach(plan(waiver=Waiver(penalty_interest=Fraction(1))), 2)
    assert (found.day, found.balance.as_of) == (date(2027, 2, 24), date(2027, 2, 24))
    assert (found.balance.principal, found.balance.interest, found.balance.fees) == (824_000, 0, 0)
    assert found.balance.penalty_interest == 500_000
    assert (found.revived.total, found.kept.total, found.without_revival) == (500_000, 0, 824_000)


def test_a_waiver_on_signing_stays() -> None:
    found = on_breach(plan(waiver=Waiver(penalty_interest=Fraction(1), time=WaiverTime.ON_SIGNING)), 2)
    assert (found.balance.total, found.revived.total, found.kept.total) == (824_000, 0, 500_000)


def test_what_was_set_aside_is_owed() -> None:
    owed = on_breach(plan(carry=Carried(penalty_interest=Fraction(1))), 0)
    assert (owed.balance.total, owed.revived.total) == (1_530_000, 0)
    waived = on_breach(plan(carry=Carried(penalty_interest=Fraction(1), end=CarriedEnd.WAIVED)), 0)
    assert (waived.balance.total, waived.revived.total) == (1_530_000, 500_000)


def test_after_the_last_installment_nothing_revives() -> None:
    found = on_breach(plan(waiver=Waiver(penalty_interest=Fraction(1))), 10)
    assert (found.balance.total, found.revived.total, found.kept.total) == (0, 0, 500_000)


def test_what_it_would_be_without_the_plan() -> None:
    """0.05 % a day on 10,000.00 for 92 days: 460.00; 2 x 1,030.00 were paid, principal first only at the end.

    30 days 150.00; 1,030.00 pays fees 100.00, interest 200.00, penalty 730.00: the principal bears for 92 days.
    15,300.00 + 460.00 - 2,060.00 = 13,700.00.
    """
    terms = Terms(rates=(DatedRate(None, Rate(Fraction(5, 10_000), Period.DAY)),))
    debt = Debt(
        account="1", creditor="", lender="", product="other", balance=OWED, terms=terms, default_date=date(2023, 11, 25)
    )
    kept = plan(waiver=Waiver(penalty_interest=Fraction(1)))
    assert without_plan(debt, kept, 2, on=date(2027, 2, 24)).total == 1_370_000


@pytest.mark.parametrize("paid", [-1, 11])
def test_only_as_many_as_there_are(paid: int) -> None:
    with pytest.raises(ValueError, match="between 0 and 10"):
        on_breach(plan(), paid)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(rich(), st.data())
def test_what_stands_is_what_was_not_paid(drawn: tuple[Proposal, Balance], data: st.DataObject) -> None:
    try:
        found = schedule(*drawn)
    except ValueError:
        return
    paid = data.draw(st.integers(0, max(0, found.count - 1)))
    stands = on_breach(found, paid)
    made = found.settlement.down.total + sum(i.principal for i in found.monthly_installments[:paid])
    if found.count:
        assert stands.balance.total + made + stands.kept.total == found.before.total


# --- missed installments ------------------------------------------------------------------------------------


def even() -> Schedule:
    proposal = Proposal(name="", start=START, first_due=DUE, installments=36)
    return schedule(proposal, Balance(principal=1_000_000, as_of=START))


def test_missed_installments_are_spread_over_the_rest() -> None:
    """Two of 277.77 missed: 555.54 over 34 are 16.33 each, and 16.65 with the last: 294.10 x 33 and 294.70."""
    found = respread(even(), (), on=date(2027, 1, 24))
    assert found.missing == 55_554
    assert [i.payment for i in found.installments] == [*[29_410] * 33, 29_470]
    assert sum(i.payment for i in found.installments) == 1_000_000
    assert (found.more, found.installments[-1].left) == (1_665, 0)


def test_what_was_paid_in_part_counts() -> None:
    """277.77 + 100.00 of 555.54: 177.77 are missing; over 34: 5.22 each, 5.51 with the last."""
    found = respread(even(), (Payment(DUE, 27_777), Payment(date(2027, 1, 20), 10_000)), on=date(2027, 1, 24))
    assert found.missing == 17_777
    assert [i.payment for i in found.installments[:2]] == [28_299, 28_299]


def test_what_was_paid_beyond_comes_off_the_end() -> None:
    found = respread(even(), (Payment(DUE, 60_000),), on=DUE)
    assert found.missing == 0
    # 322.23 too much: the last 278.05 is paid, 44.18 of the one before
    assert [i.payment for i in found.installments[-2:]] == [27_777 - 4_418, 0]


def test_missed_interest_stays_interest() -> None:
    """1,000.00 at 1 % over three: 340.02 each, 10.00 of it interest; the first missed: 330.02 + 10.00 over two."""
    rate = Rate(Fraction(12, 100), Period.YEAR)
    proposal = Proposal(name="", start=START, first_due=DUE, installments=3, rate=rate)
    found = respread(schedule(proposal, Balance(principal=100_000, as_of=START)), (), on=DUE)
    assert [(i.principal, i.interest) for i in found.installments] == [
        (33_332 + 16_501, 670 + 500),
        (33_666 + 16_501, 337 + 500),
    ]


def test_nothing_can_be_spread_over_nothing() -> None:
    with pytest.raises(ValueError, match="no installment is left"):
        respread(even(), (), on=date(2030, 1, 1))


@settings(max_examples=200, deadline=None, derandomize=True)
@given(rich(), st.integers(0, 5_000_000), st.integers(0, 60))
def test_spreading_loses_no_fen(drawn: tuple[Proposal, Balance], paid: int, at: int) -> None:
    try:
        found = schedule(*drawn)
    except ValueError:
        return
    if at >= len(found.installments) - 1:
        return
    on = found.installments[at].due
    if found.installments[-1].due <= on:
        return
    made = (Payment(on, paid),) if paid else ()
    rest = respread(found, made, on=on)
    assert sum(i.payment for i in rest.installments) == max(0, found.total - paid)
    assert all(min(i[1:]) >= 0 for i in rest.installments)
