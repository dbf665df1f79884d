"""Schedules against published and independent figures, and what must stay true of each."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.debt import Balance
from debtdesk.core.money import LARGEST
from debtdesk.core.proposal import Proposal, Remainder, Waiver
from debtdesk.core.rates import Period, Rate
from debtdesk.core.schedule import Schedule, schedule
from debtdesk.core.schedule_lanes import schedules

START = date(2026, 11, 24)
DUE = date(2026, 12, 24)


def fen(yuan: str) -> int:
    return int(Decimal(yuan) * 100)


def plan(principal: str, installments: int, *, rate: str | None = None, **terms: Any) -> Schedule:
    """A proposal on a debt of principal alone; the rate in percent a year."""
    yearly = None if rate is None else Rate(Fraction(rate) / 100, Period.YEAR)
    proposal = Proposal(
        name="", **{"start": START, "first_due": DUE, "installments": installments, "rate": yearly, **terms}
    )
    return schedule(proposal, Balance(principal=fen(principal), as_of=START))


# --- equal installments without a rate ----------------------------------------------------------------------


def test_remainder_goes_to_the_last() -> None:
    """By hand: 10,000 / 36 = 277.77 x 35 + 278.05."""
    paid = [i.payment for i in plan("10000.00", 36).installments]
    assert paid == [fen("277.77")] * 35 + [fen("278.05")]


def test_remainder_goes_to_the_first() -> None:
    """published fee tables: 花呗 puts it into the first."""
    paid = [i.payment for i in plan("10000.00", 36, remainder=Remainder.FIRST).installments]
    assert paid == [fen("278.05")] + [fen("277.77")] * 35


def test_less_than_a_fen_each() -> None:
    assert [i.payment for i in plan("0.05", 7).installments] == [0, 0, 0, 0, 0, 0, 5]


def test_one_installment_is_a_lump_sum() -> None:
    """With 12 % a year one month costs one percent."""
    assert [(i.due, i.payment, i.left) for i in plan("10000.00", 1).installments] == [(DUE, 1_000_000, 0)]
    (only,) = plan("10000.00", 1, rate="12").installments
    assert (only.payment, only.principal, only.interest) == (1_010_000, 1_000_000, 10_000)


def test_down_payment_is_paid_on_the_first_day() -> None:
    """10,000.00 less 1,000.00 over nine months."""
    found = plan("10000.00", 9, down_payment=fen("1000.00")).installments
    assert [(i.due, i.payment) for i in found[:2]] == [(START, 100_000), (DUE, 100_000)]
    assert len(found) == 10 and found[-1].left == 0


def test_down_payment_is_never_more_than_what_is_settled() -> None:
    found = plan("500.00", 3, down_payment=fen("1000.00"))
    assert found.total == fen("500.00")
    assert found.installments[0].payment == fen("500.00")


def test_monthly_leaves_the_down_payment_aside() -> None:
    proposal = Proposal(name="", start=START, first_due=DUE, installments=1, down_payment=fen("900.00"))
    owed = Balance(principal=fen("1000.00"), as_of=START)
    assert schedule(proposal, owed).monthly == fen("100.00")


def test_monthly_of_a_debt_that_has_no_share_of_the_down_payment() -> None:
    proposal = Proposal(name="", start=START, first_due=DUE, installments=1, down_payment=fen("900.00"))
    owed = Balance(principal=fen("1000.00"), as_of=START)
    assert schedule(proposal, owed, down_payment=0).monthly == fen("1000.00")


def test_installments_fall_on_the_day_of_the_first() -> None:
    """Civil Code 202: where a month has no such day, its last."""
    found = plan("100.00", 5, start=date(2027, 12, 1), first_due=date(2027, 12, 31)).installments
    assert [i.due.isoformat() for i in found] == [
        "2027-12-31",
        "2028-01-31",
        "2028-02-29",
        "2028-03-31",
        "2028-04-30",
    ]


# --- annuities ----------------------------------------------------------------------------------------------

ANNUITIES = [
    ("10000.00", "12", 12, "888.49", "the textbook annuity: 10,000 at 1 % a month over a year"),
    ("200000.00", "7.5", 180, "1854.02", "numpy-financial documentation of pmt: 1854.0247200054619"),
    ("1000000.00", "4.9", 360, "5307.27", "等额本息 as printed in mortgage tables: 100万, 30年, 4.9 %"),
    ("100000.00", "6", 360, "599.55", "the textbook mortgage: 100,000 at 6 % over 30 years"),
    ("100000.00", "4.35", 60, "1857.49", "the formula below, 50 digits"),
]


def annuity(principal: Decimal, yearly_percent: Decimal, n: int) -> Decimal:
    """Principal x r / (1 - (1 + r) ** -n), r a twelfth of a year. [yuan]"""
    with localcontext() as context:
        context.prec = 50
        r = yearly_percent / 1200
        return (principal * r / (1 - (1 + r) ** -n)).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.mark.parametrize(("principal", "rate", "n", "payment", "source"), ANNUITIES)
def test_annuity(principal: str, rate: str, n: int, payment: str, source: str) -> None:
    assert annuity(Decimal(principal), Decimal(rate), n) == Decimal(payment)
    found = plan(principal, n, rate=rate).installments
    assert {i.payment for i in found[:-1]} == {fen(payment)}, source
    assert abs(found[-1].payment - fen(payment)) <= n  # half a fen of rounding a month and of the payment
    assert found[-1].left == 0


def test_annuity_month_by_month() -> None:
    """1,000.00 at 12 % over three months, by hand: payment 340.02."""
    rows = [(i.payment, i.interest, i.principal, i.left) for i in plan("1000.00", 3, rate="12").installments]
    assert rows == [
        (34_002, 1_000, 33_002, 66_998),
        (34_002, 670, 33_332, 33_666),  # 6.6998
        (34_003, 337, 33_666, 0),  # 3.3666; the last takes what rounding leaves
    ]


def test_a_rate_of_zero_equals_no_rate() -> None:
    with_rate = plan("10000.00", 36, rate="0").installments
    assert with_rate == plan("10000.00", 36).installments


# --- fee of each installment: 花呗 --------------------------------------------------------------------------

FLAT = [
    # published fee tables: installments, fee in all, implied nominal yearly rate (12 x monthly IRR)
    (3, "2.5", "14.94"),
    (6, "4.5", "15.27"),
    (9, "6.5", "15.34"),
    (12, "8.8", "15.86"),
    (3, "2.3", "13.75"),
    (12, "7.5", "13.57"),
]


def monthly_irr(received: int, paid: list[int]) -> float:
    """The monthly rate at which the payments are worth what was received, by halving."""
    low, high = 0.0, 1.0
    for _ in range(80):
        middle = (low + high) / 2
        value = sum(p / (1 + middle) ** k for k, p in enumerate(paid, 1))
        low, high = (middle, high) if value > received else (low, middle)
    return low


@pytest.mark.parametrize(("n", "fee", "nominal"), FLAT)
def test_flat_fee(n: int, fee: str, nominal: str) -> None:
    share = Fraction(fee) / 100 / n
    found = plan("36000.00", n, period_fee=share)  # divides by 3, 6, 9 and 12
    paid = [i.payment for i in found.installments]
    assert {i.fee for i in found.installments} == {int(3_600_000 * share)}
    assert found.cost == int(3_600_000 * Fraction(fee) / 100)
    assert f"{1200 * monthly_irr(3_600_000, paid):.2f}" == nominal


def test_the_whole_fee_is_charged_and_the_first_takes_the_remainder() -> None:
    """花呗, 10,000.00 in 12 at 8.8 % (published fee tables): 880.00 in all, by hand 73.33 x 11 + 73.37 first."""
    found = plan("10000.00", 12, period_fee=Fraction(88, 1000) / 12, remainder=Remainder.FIRST)
    assert [i.fee for i in found.installments] == [7_337, *[7_333] * 11]
    assert found.cost == 88_000


def test_yearly_cost_of_a_year() -> None:
    """1,000.00 repaid after exactly 365 days with 120.00 more costs 12 %."""
    start = date(2026, 11, 24)
    found = plan("1000.00", 1, start=start, first_due=date(2027, 11, 24), period_fee=Fraction(12, 100))
    assert found.yearly_cost == pytest.approx(0.12, abs=1e-12)
    assert plan("1000.00", 6).yearly_cost == pytest.approx(0, abs=1e-12)


# --- waivers ------------------------------------------------------------------------------------------------

OWED = Balance(principal=1_000_001, interest=20_001, penalty_interest=547_501, fees=5_001, credit=0, as_of=START)


def test_waiver_by_part_is_rounded_down() -> None:
    """Half of each odd amount leaves half a fen, which stays owed."""
    half = Fraction(1, 2)
    waiver = Waiver(interest=half, penalty_interest=half, fees=Fraction(1))
    proposal = Proposal(name="", start=START, first_due=DUE, installments=12, waiver=waiver)
    found = schedule(proposal, OWED)
    assert (found.waived.interest, found.waived.penalty_interest, found.waived.fees) == (10_000, 273_750, 5_001)
    assert found.waived.principal == 0
    assert found.settled == 1_572_504 - 288_751


def test_everything_waived_leaves_nothing_to_pay() -> None:
    one = Fraction(1)
    waiver = Waiver(principal=one, interest=one, penalty_interest=one, fees=one)
    proposal = Proposal(name="", start=START, first_due=DUE, installments=3, waiver=waiver, down_payment=fen("100.00"))
    found = schedule(proposal, OWED)
    assert (found.settled, found.total, found.cost) == (0, 0, 0)
    assert found.yearly_cost is None


# --- what must stay true ------------------------------------------------------------------------------------

SHARE = st.sampled_from([Fraction(0), Fraction(1), Fraction(1, 2), Fraction(1, 3), Fraction(87, 100)])
MANY = settings(max_examples=150, deadline=None, derandomize=True)


@st.composite
def offers(draw: st.DrawFn) -> tuple[Proposal, Balance]:
    first = draw(st.dates(date(2023, 1, 1), date(2030, 12, 31)))
    few, much = st.integers(0, 1_000_000), st.sampled_from([1, 5, 50, LARGEST]) | st.integers(0, 100_000_000)
    rate = draw(st.none() | st.integers(0, 3600).map(lambda n: Rate(Fraction(n, 10_000), Period.YEAR)))
    proposal = Proposal(
        name="",
        start=first,
        first_due=draw(st.dates(first, date(2031, 12, 31))),
        installments=draw(st.integers(1, 60) | st.sampled_from([1, 360])),
        waiver=Waiver(principal=draw(SHARE), interest=draw(SHARE), penalty_interest=draw(SHARE), fees=draw(SHARE)),
        down_payment=draw(st.just(0) | few),
        rate=rate,
        period_fee=draw(st.sampled_from([Fraction(0), Fraction(66, 10_000), Fraction(1, 3)])),
        remainder=Remainder.LAST if rate else draw(st.sampled_from(Remainder)),
    )
    balance = Balance(principal=draw(much), interest=draw(few), penalty_interest=draw(few), fees=draw(few), as_of=first)
    return proposal, balance


def half_up(amount: Fraction) -> int:
    return (amount + Fraction(1, 2)).__floor__()


def plain(proposal: Proposal, financed: int) -> list[tuple[int, int, int]]:
    """Principal, interest and fee of each installment, written down as the proposal describes them."""
    n, left, rows = proposal.installments, financed, []
    fees = [half_up(financed * proposal.period_fee * n) // n] * n
    fees[-1 if proposal.remainder is Remainder.LAST else 0] += half_up(financed * proposal.period_fee * n) % n
    r = proposal.rate.value / 12 if proposal.rate else Fraction(0)
    if r == 0:
        parts = [financed // n] * n
        parts[-1 if proposal.remainder is Remainder.LAST else 0] += financed % n
        return [(part, 0, fee) for part, fee in zip(parts, fees, strict=True)]
    payment = half_up(financed * r / (1 - (1 + r) ** -n))
    for k, fee in enumerate(fees):
        interest = half_up(left * r)
        principal = left if k == n - 1 else min(left, max(0, payment - interest))
        left -= principal
        rows.append((principal, interest, fee))
    return rows


@MANY
@given(offers())
def test_schedule_loses_no_fen(offer: tuple[Proposal, Balance]) -> None:
    proposal, balance = offer
    found = schedule(proposal, balance)
    rows = found.installments
    assert found.waived.total + found.settled == balance.total
    assert sum(i.principal for i in rows) == found.settled
    assert found.total == found.settled + sum(i.interest + i.fee for i in rows)
    assert all(i.payment == i.principal + i.interest + i.fee for i in rows)
    assert all(min(i.payment, i.principal, i.interest, i.fee, i.left) >= 0 for i in rows)
    assert rows[-1].left == 0
    lefts = [found.settled, *(i.left for i in rows)]
    assert all(a - i.principal == b for a, b, i in zip(lefts, lefts[1:], rows, strict=False))


@MANY
@given(offers())
def test_schedule_equals_the_plain_one(offer: tuple[Proposal, Balance]) -> None:
    proposal, balance = offer
    found = schedule(proposal, balance)
    down = min(proposal.down_payment, found.settled)
    rows = found.installments[1:] if down else found.installments
    assert [(i.principal, i.interest, i.fee) for i in rows] == plain(proposal, found.settled - down)
    first = proposal.first_due
    for k, row in enumerate(rows):
        year, month = divmod(first.year * 12 + first.month - 1 + k, 12)
        day = min(first.day, calendar.monthrange(year, month + 1)[1])
        assert row.due == date(year, month + 1, day)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(st.sampled_from([0, 1, 50, LARGEST]) | st.integers(0, 10**9), st.integers(0, 360_000)),
        min_size=1,
        max_size=6,
    ),
    st.integers(1, 60) | st.just(360),
)
def test_lanes_equal_single_schedules(lanes: list[tuple[int, int]], months: int) -> None:
    found = schedules(np.array([a for a, _ in lanes]), months, np.array([r for _, r in lanes]))
    for lane, (financed, millionths) in enumerate(lanes):
        rate = Rate(Fraction(millionths, 1_000_000), Period.YEAR)
        proposal = Proposal(name="", start=START, first_due=DUE, installments=months, rate=rate)
        rows = [(principal, interest) for principal, interest, _ in plain(proposal, financed)]
        assert [
            (int(p), int(i)) for p, i in zip(found.principal[:, lane], found.interest[:, lane], strict=True)
        ] == rows
        assert [int(p) for p in found.payment[:, lane]] == [p + i for p, i in rows]
        assert int(found.left[-1, lane]) == 0


def test_waiving_more_never_costs_more() -> None:
    costs = []
    for percent in range(0, 101, 5):
        share = Fraction(percent, 100)
        waiver = Waiver(interest=share, penalty_interest=share, fees=share)
        proposal = Proposal(name="", start=START, first_due=DUE, installments=36, waiver=waiver)
        proposal = replace(proposal, rate=Rate(Fraction(6, 100), Period.YEAR))
        costs.append(schedule(proposal, OWED).total)
    assert costs == sorted(costs, reverse=True)


# --- as a table -----------------------------------------------------------------------------------------------


def test_table_of_a_schedule() -> None:
    """By hand: 40.00 down; 60.00 at 12 % a year in two months: 30.45, interest 0.60 and 0.30; the last pays 30.45."""
    found = plan("100.00", 2, rate="12", down_payment=4_000).table()
    assert list(found.columns) == ["due", "payment", "principal", "interest", "fee", "left"]
    assert found.to_numpy().tolist() == [
        [START, 40.00, 40.00, 0.00, 0.0, 60.00],
        [DUE, 30.45, 29.85, 0.60, 0.0, 30.15],
        [date(2027, 1, 24), 30.45, 30.15, 0.30, 0.0, 0.00],
    ]
    assert [found[n].dtype.kind for n in found] == list("Offfff")


def test_table_of_nothing_to_pay() -> None:
    proposal = Proposal(name="", start=START, first_due=DUE, size=1_000)
    found = schedule(proposal, Balance(principal=0, as_of=START)).table()
    assert list(found.columns) == ["due", "payment", "principal", "interest", "fee", "left"]
    assert found.empty
    assert found["payment"].sum() == 0


def test_a_table_is_as_pandas_makes_it_and_belongs_to_who_asked() -> None:
    whole = plan("10000.00", 36, rate="18.25")
    found = whole.table()
    pd.testing.assert_frame_equal(found, pd.DataFrame(whole.columns()))
    found.loc[0, "due"] = None
    found.loc[0, "payment"] = 1.0
    found["more"] = 2
    pd.testing.assert_frame_equal(whole.table(), pd.DataFrame(whole.columns()))
    assert found.drop(columns="fee").sort_values("left").iloc[0]["left"] == 0
