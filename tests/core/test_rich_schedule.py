"""Schedules of every shape: against a plain reading of the proposal, and what must stay true of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from debtdesk.core.concession import Amounts, Carried, CarriedEnd, Discount, Portion, Waiver, WaiverTime
from debtdesk.core.course import course_of, numbered, shape_of
from debtdesk.core.days import add_months
from debtdesk.core.debt import Balance, Freeze
from debtdesk.core.installing import Basis, Bearing, Grace, GraceKind, InterestOn, Remainder, StepUp
from debtdesk.core.plan_lanes import plans
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Proposal
from debtdesk.core.rates import Period, Rate
from debtdesk.core.schedule import Schedule, bearing_of, schedule, schedules_of
from debtdesk.core.settlement import settle
from debtdesk.core.sizing import least_size

from .proposals import balances, rich

START, DUE = date(2026, 11, 24), date(2026, 12, 24)
MANY = settings(max_examples=120, deadline=None, derandomize=True)
LONG = settings(max_examples=40, deadline=None, derandomize=True)  # plans of hundreds of months
TWELVE = Rate(Fraction(12, 100), Period.YEAR)


def plan(fen: int, **terms: Any) -> Schedule:
    """A proposal on a debt of principal alone."""
    proposal = Proposal(name="", **{"start": START, "first_due": DUE, **terms})
    return schedule(proposal, Balance(principal=fen, as_of=START))


def rows(found: Schedule) -> list[tuple[int, int, int]]:
    return [(i.payment, i.principal, i.interest) for i in found.installments]


# --- by hand ------------------------------------------------------------------------------------------------


def test_step_up_by_share() -> None:
    """3,310.00 in three rising by a tenth each: 1,000.00, 1,100.00, 1,210.00."""
    found = plan(331_000, installments=3, step_up=StepUp(every=1, share=Fraction(1, 10)))
    assert [i.payment for i in found.installments] == [100_000, 110_000, 121_000]


def test_step_up_by_amount() -> None:
    """3 x U + 100.00 + 200.00 = 3,300.00, so U = 1,000.00."""
    found = plan(330_000, installments=3, step_up=StepUp(every=1, amount=10_000))
    assert [i.payment for i in found.installments] == [100_000, 110_000, 120_000]


def test_raises_that_pay_more_than_is_owed_are_refused() -> None:
    with pytest.raises(Refused, match="raises alone"):
        plan(20_000, installments=3, step_up=StepUp(every=1, amount=10_000))


def test_season_asks_more_after_the_harvest() -> None:
    """January and February half, the other months whole: 12 months weigh 11; 11,000.00 make 1,000.00 a month."""
    season = (Fraction(1, 2), Fraction(1, 2), *[Fraction(1)] * 10)
    found = plan(1_100_000, installments=12, season=season, first_due=date(2027, 1, 5))
    assert [i.payment for i in found.installments] == [50_000, 50_000, *[100_000] * 10]


def test_rounding_step_leaves_the_rest_to_the_last() -> None:
    """10,000.00 / 36 = 277.77; in whole 10 yuan 270.00 x 35, and 550.00 at last."""
    found = plan(1_000_000, installments=36, rounding_step=1000)
    assert [i.payment for i in found.installments] == [*[27_000] * 35, 55_000]
    first = plan(1_000_000, installments=36, rounding_step=1000, remainder=Remainder.FIRST)
    assert [i.payment for i in first.installments] == [55_000, *[27_000] * 35]


def test_given_size_says_how_many() -> None:
    """10,000.00 at 1,500.00 a month: six of them and 1,000.00."""
    found = plan(1_000_000, size=150_000)
    assert [i.payment for i in found.installments] == [*[150_000] * 6, 100_000]
    assert found.count == 7


def test_given_size_with_interest() -> None:
    """1,000.00 at 1 % a month, 400.00 each.

    Interest 10.00, principal 390.00, left 610.00; 6.10 and 393.90, left 216.10; 2.16, the last 218.26.
    """
    found = plan(100_000, size=40_000, rate=TWELVE)
    assert rows(found) == [(40_000, 39_000, 1_000), (40_000, 39_390, 610), (21_826, 21_610, 216)]


def test_a_size_below_its_interest_never_ends() -> None:
    """10,000.00 at 1 % a month bear 100.00; the words say from where on it ends."""
    proposal = Proposal(name="", start=START, first_due=DUE, size=9_999, rate=TWELVE)
    with pytest.raises(Refused, match="never ends") as caught:
        schedule(proposal, Balance(principal=1_000_000, as_of=START))
    least = least_size(proposal, 1_000_000, 0)
    assert f"{least / 100:,.2f}" in str(caught.value)
    assert 10_000 < least <= 10_001
    assert plan(1_000_000, size=least, rate=TWELVE).installments[-1].left == 0
    with pytest.raises(Refused):
        plan(1_000_000, size=least - 1, rate=TWELVE)


def test_grace_without_principal_pays_the_interest() -> None:
    """1,200.00 at 1 %: two months of 12.00, then the annuity of three: 408.03.

    1,200 x 0.01 / (1 - 1.01^-3) = 408.0265; interest 12.00, 8.04, 4.04; the last takes 403.99 + 4.04 = 408.03.
    """
    found = plan(120_000, installments=3, rate=TWELVE, grace=Grace(months=2))
    assert rows(found) == [
        (1_200, 0, 1_200),
        (1_200, 0, 1_200),
        (40_803, 39_603, 1_200),
        (40_803, 39_999, 804),
        (40_802, 40_398, 404),
    ]


def test_grace_without_payment_spreads_its_interest() -> None:
    """1,200.00 at 1 %: two months bear 12.00 each, 24.00 spread over three as 8.00; annuity as above."""
    grace = Grace(months=2, kind=GraceKind.NO_PAYMENT)
    found = plan(120_000, installments=3, rate=TWELVE, grace=grace)
    assert [i.due for i in found.installments] == [date(2027, 2, 24), date(2027, 3, 24), date(2027, 4, 24)]
    assert rows(found) == [(41_603, 39_603, 2_000), (41_603, 39_999, 1_604), (41_602, 40_398, 1_204)]


def test_grace_in_which_nothing_runs() -> None:
    grace = Grace(months=2, kind=GraceKind.NO_PAYMENT, interest_runs=False)
    assert [i.payment for i in plan(120_000, installments=3, rate=TWELVE, grace=grace).installments] == [
        40_803,
        40_803,
        40_802,
    ]


def test_daily_interest_by_the_days() -> None:
    """10,000.00 at 0.02 % a day, two installments after 30 and 31 days.

    U = 10,000 / (1/1.006 + 1/(1.006 x 1.0062)) = 5,045.52...; interest 60.00 on 10,000.00, then on what is left.
    By hand: 1/1.006 = 0.99403579, 1/1.0122372 = 0.98791073; sum 1.98194652; U = 5,045.54.
    left 10,000 - (5,045.54 - 60.00) = 5,014.46; 5,014.46 x 0.0062 = 31.09; last 5,045.55.
    """
    rate = Rate(Fraction(2, 10_000), Period.DAY)
    found = plan(1_000_000, installments=2, rate=rate, basis=Basis.DAILY)
    assert rows(found) == [(504_554, 498_554, 6_000), (504_555, 501_446, 3_109)]


def test_a_freeze_stops_the_interest_of_its_days() -> None:
    """30 days to the first due day, 10 of them frozen: 20 x 0.02 % on 10,000.00 are 40.00; a lump sum."""
    rate = Rate(Fraction(2, 10_000), Period.DAY)
    freeze = Freeze(START + timedelta(days=1), START + timedelta(days=10))
    found = plan(1_000_000, installments=1, rate=rate, basis=Basis.DAILY, freezes=(freeze,))
    assert rows(found) == [(1_004_000, 1_000_000, 4_000)]
    # a third of the month at 1 % a month: 66.67
    monthly = plan(1_000_000, installments=1, rate=TWELVE, freezes=(freeze,))
    assert rows(monthly) == [(1_006_667, 1_000_000, 6_667)]


def test_flat_interest_on_the_original_amount() -> None:
    """12,000.00 at 0.6 % flat a month over 12: 72.00 of interest and 1,000.00 of principal each month."""
    rate = Rate(Fraction(6, 1000), Period.MONTH)
    found = plan(1_200_000, installments=12, rate=rate, interest_on=InterestOn.ORIGINAL)
    assert set(rows(found)) == {(107_200, 100_000, 7_200)}


def test_installments_on_a_day_after_pay_day() -> None:
    found = plan(300, installments=3, first_due=date(2026, 12, 24), due_day=12).installments
    assert [i.due for i in found] == [date(2026, 12, 24), date(2027, 1, 12), date(2027, 2, 12)]


OWED = Balance(principal=1_000_000, interest=20_000, penalty_interest=500_000, fees=10_000, as_of=START)


def on_owed(**terms: Any) -> Schedule:
    return schedule(Proposal(name="", **{"start": START, "first_due": DUE, "installments": 10, **terms}), OWED)


def test_every_part_says_what_becomes_of_it() -> None:
    """10,000 / 200 / 5,000 / 100: half the penalty waived, a fifth capitalised, fees set aside, 300 down."""
    found = on_owed(
        waiver=Waiver(penalty_interest=Fraction(1, 2)),
        capitalise=Portion(penalty_interest=Fraction(1, 5)),
        carry=Carried(amounts=Amounts(fees=10_000)),
        down_payment=30_000,
    ).settlement
    assert found.waived == (0, 0, 250_000, 0)
    assert found.capitalised == (0, 0, 100_000, 0)
    assert found.carried == (0, 0, 0, 10_000)
    # the down payment pays costs (set aside already), then 200.00 of interest, then 100.00 of penalty interest
    assert found.down == (0, 20_000, 10_000, 0)
    assert found.installments == (1_000_000, 0, 140_000, 0)


def test_what_is_set_aside_is_owed_at_the_end_or_waived() -> None:
    owed = on_owed(carry=Carried(penalty_interest=Fraction(1)))
    assert (owed.installments[-1].payment, owed.installments[-1].due) == (500_000, date(2027, 9, 24))
    assert (owed.total, owed.count, owed.waived.total) == (1_530_000, 10, 0)
    waived = on_owed(carry=Carried(penalty_interest=Fraction(1), end=CarriedEnd.WAIVED))
    assert (waived.total, waived.waived.total, waived.settlement.conditional.total) == (1_030_000, 500_000, 500_000)
    with pytest.raises(Refused, match="before the last installment"):
        on_owed(carry=Carried(fees=Fraction(1), due=date(2027, 3, 1)))


def test_interest_on_principal_alone() -> None:
    """10,000.00 bear 1 %, the charges of 5,300.00 do not: 530.00 a month beside the annuity of 1,055.82."""
    found = on_owed(rate=TWELVE, bearing=Bearing.PRINCIPAL)
    # 10,000 x 0.01 / (1 - 1.01^-10) = 1,055.82
    assert found.installments[0][1:5] == (53_000 + 105_582, 53_000 + 95_582, 10_000, 0)


def test_a_lump_sum_with_discount_takes_charges_first() -> None:
    """60 % of 15,300.00 are 9,180.00: 5,000 of penalty interest, 100 of fees, 200 of interest, 3,880."""
    found = on_owed(installments=1, discount=Discount(share=Fraction(6, 10)))
    assert found.settlement.waived == (388_000, 20_000, 500_000, 10_000)
    assert [i.payment for i in found.installments] == [612_000]


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"waiver": Waiver(amounts=Amounts(fees=10_001))}, "fees is 0.01 yuan more than there is"),
        ({"discount": Discount(amount=1_530_001)}, "discount is more"),
        ({"waiver": Waiver(fees=Fraction(1)), "carry": Carried(amounts=Amounts(fees=1))}, "fees"),
    ],
)
def test_more_than_there_is_cannot_be_given_away(terms: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=said):
        on_owed(**terms)


def test_shares_of_a_part_must_fit_the_part() -> None:
    with pytest.raises(Refused, match="0 and 100 %"):
        Waiver(fees=Fraction(11, 10))
    with pytest.raises(Refused, match="share and an amount"):
        Waiver(fees=Fraction(1, 2), amounts=Amounts(fees=1))
    with pytest.raises(Refused, match="More than the whole"):
        on_owed(waiver=Waiver(fees=Fraction(2, 3)), carry=Carried(fees=Fraction(1, 2)))
    with pytest.raises(ValueError, match="principal is principal"):
        on_owed(capitalise=Portion(principal=Fraction(1)))


def test_nobody_pays_for_more_than_a_hundred_years() -> None:
    with pytest.raises(Refused, match="hundred years"):
        plan(1_000_000, installments=1201)
    assert plan(1_000_000, installments=1200, rounding_step=100).count == 1200


# --- several debts ------------------------------------------------------------------------------------------


def test_a_size_for_several_debts_ends_on_one_day() -> None:
    """1,000.00 over 7,000.00 and 3,000.00 are 700.00 and 300.00: ten months; 5.55 more end in the eleventh."""
    owed = [Balance(principal=700_000, as_of=START), Balance(principal=300_555, as_of=START)]
    proposal = Proposal(name="", start=START, first_due=DUE, size=100_000)
    found = schedules_of(proposal, owed)
    assert {p.end for p in found} == {date(2027, 10, 24)}
    assert sum(p.total for p in found) == 1_000_555
    months = [sum(p.installments[k].payment for p in found) for k in range(11)]
    assert months == [*[100_000] * 10, 555]


def test_a_size_goes_on_where_only_some_of_it_bears_the_rate() -> None:
    """100.00 of principal and 200.00 of penalty interest, 1 % a month on the principal, 100.00 a month for both.

    Interest 1.00, 99.00 by 100 : 200. Interest 0.67, 99.33 by 67 : 134. Interest 0.34 (0.3389), 99.66 by 33.89 : 67.78.
    Then 0.67 and 1.34 are left, with 0.01 of interest (0.0067).
    """
    proposal = Proposal(name="", start=START, first_due=DUE, size=10_000, rate=TWELVE, bearing=Bearing.PRINCIPAL)
    owed = [Balance(principal=10_000, as_of=START), Balance(principal=0, penalty_interest=20_000, as_of=START)]
    first, second = schedules_of(proposal, owed)
    assert rows(first) == [(3_400, 3_300, 100), (3_378, 3_311, 67), (3_356, 3_322, 34), (68, 67, 1)]
    assert rows(second) == [(6_600, 6_600, 0), (6_622, 6_622, 0), (6_644, 6_644, 0), (134, 134, 0)]


def test_no_month_asks_for_more_than_the_size_where_most_of_it_bears_nothing() -> None:
    """2 % of 10,000.00 are 200.00 of the 1,000.00 a month; a sixth of these, 166.67, alone would never pay them."""
    rate = Rate(Fraction(2, 100), Period.MONTH)
    proposal = Proposal(name="", start=START, first_due=DUE, size=100_000, rate=rate, bearing=Bearing.PRINCIPAL)
    owed = [Balance(principal=1_000_000, as_of=START), Balance(principal=0, penalty_interest=5_000_000, as_of=START)]
    plans = schedules_of(proposal, owed)
    months = [a.payment + b.payment for a, b in zip(*(p.installments for p in plans), strict=True)]
    assert set(months[:-1]) == {100_000}
    assert 0 < months[-1] <= 100_000
    assert [sum(i.principal for i in p.installments) for p in plans] == [1_000_000, 5_000_000]


def test_a_size_for_several_debts_below_their_interest_never_ends() -> None:
    """1 % of 10,000.00 are 100.00, as much as is paid, so nothing is ever left for anything else."""
    proposal = Proposal(name="", start=START, first_due=DUE, size=10_000, rate=TWELVE, bearing=Bearing.PRINCIPAL)
    owed = [Balance(principal=1_000_000, as_of=START), Balance(principal=0, penalty_interest=1_000, as_of=START)]
    with pytest.raises(Refused) as refused:
        schedules_of(proposal, owed)
    assert "never ends" in refused.value.text.in_language("en")


@MANY
@given(st.lists(balances(START), min_size=1, max_size=4), st.integers(0, 100_000), st.integers(20_000, 500_000))
def test_amounts_for_all_debts_are_split_without_losing_a_fen(owed: list[Balance], waived: int, size: int) -> None:
    waived = min(waived, sum(b.penalty_interest for b in owed))
    assume(sum(b.total for b in owed) < 100 * size)
    proposal = Proposal(
        name="", start=START, first_due=DUE, size=size, waiver=Waiver(amounts=Amounts(penalty_interest=waived))
    )
    found = schedules_of(proposal, owed)
    assert sum(p.waived.penalty_interest for p in found) == waived
    assert sum(p.total for p in found) == sum(b.total for b in owed) - waived
    months = max(p.count for p in found)
    assert months == -(-(sum(b.total for b in owed) - waived) // size)
    for k in range(months - 1):
        assert sum(p.installments[k].payment for p in found if k < p.count) <= size


# --- what must stay true ------------------------------------------------------------------------------------


def refused_or(proposal: Proposal, balance: Balance) -> Schedule:
    try:
        return schedule(proposal, balance)
    except (Refused, ValueError) as error:
        assume("raises alone" not in str(error) and "in none of the months" not in str(error))
        assume("never ends" not in str(error))
        raise


@MANY
@given(rich())
def test_no_fen_is_lost(drawn: tuple[Proposal, Balance]) -> None:
    proposal, balance = drawn
    found = refused_or(proposal, balance)
    s = found.settlement
    for before, *rest in zip(s.before, s.waived, s.capitalised, s.carried, s.installments, s.down, strict=True):
        assert before == sum(rest) and min(rest) >= 0
    assert sum(i.principal for i in found.installments) == found.settled
    assert found.settled + found.waived.total == balance.total
    assert all(i.payment == i.principal + i.interest + i.fee for i in found.installments)
    assert all(min(i[1:]) >= 0 for i in found.installments)
    left = [found.settled, *(i.left for i in found.installments)]
    assert all(a - i.principal == b for a, b, i in zip(left, left[1:], found.installments, strict=False))
    assert not found.installments or found.installments[-1].left == 0
    assert [i.due for i in found.installments] == sorted(i.due for i in found.installments)


@MANY
@given(rich())
def test_installments_are_whole_steps_but_for_the_remainder(drawn: tuple[Proposal, Balance]) -> None:
    proposal, balance = drawn
    found = refused_or(replace(proposal, rounding_step=1000), balance)
    full = found.monthly_installments[-proposal.installments :]
    odd = 0 if proposal.remainder is Remainder.FIRST else len(full) - 1
    for n, i in enumerate(full):
        # an installment that its charges outgrow pays just these; one of what is left pays what is left
        over = i.left == found.settlement.carried_owed
        assert n == odd or i.payment % 1000 == 0 or i.principal == 0 or over


@MANY
@given(rich())
def test_a_step_up_never_falls(drawn: tuple[Proposal, Balance]) -> None:
    proposal, balance = drawn
    # without what else moves installments: seasons, waiting interest, flat interest of uneven months, frozen fees
    plain = replace(proposal, season=(), grace=None, freezes=(), remainder=Remainder.LAST, rate=None)
    plain = replace(plain, step_up=StepUp(every=3, share=Fraction(1, 10)))
    payments = [i.payment for i in refused_or(plain, balance).monthly_installments]
    assert payments == sorted(payments)


@LONG
@given(rich(numbered=False))
def test_a_given_size_is_paid_until_the_last(drawn: tuple[Proposal, Balance]) -> None:
    proposal, balance = drawn
    simple = replace(proposal, season=(), step_up=None, grace=None, rounding_step=1)
    found = refused_or(simple, balance)
    payments = [i.payment for i in found.monthly_installments]
    assert all(p == simple.size for p in payments[:-1])
    assert not payments or payments[-1] <= simple.size
    assert found.settled == sum(i.principal for i in found.installments)


@LONG
@given(rich(numbered=False), st.integers(1, 100_000))
def test_paying_more_never_ends_later(drawn: tuple[Proposal, Balance], more: int) -> None:
    proposal, balance = drawn
    simple = replace(proposal, carry=Carried())
    found = refused_or(simple, balance)
    assert refused_or(replace(simple, size=simple.size + more), balance).end <= found.end


@MANY
@given(st.lists(rich(), min_size=1, max_size=6))
def test_lanes_agree_with_the_single_plan(drawn: list[tuple[Proposal, Balance]]) -> None:
    kept = []
    for proposal, balance in drawn:
        try:
            kept.append((proposal, settle(proposal, balance), numbered(proposal, proposal.installments, 10_000, 0)))
        except (Refused, ValueError):
            continue
    assume(kept)
    bearing = [bearing_of(p, s) for p, s, _ in kept]
    quiet = [s.financed - b for (_, s, _), b in zip(kept, bearing, strict=True)]
    found = plans([p for p, _, _ in kept], np.arange(len(kept)), np.array(bearing), np.array(quiet))
    for i, (p, _, _) in enumerate(kept):
        months = [m.due for m in course_of(shape_of(p), p.installments).months]
        rows = {x.due: x for x in numbered(p, p.installments, bearing[i], quiet[i])}
        for n, due in enumerate(months):
            x = rows.get(due)
            expected = (x.principal, x.interest, x.fee) if x else (0, 0, 0)
            assert (int(found.principal[n, i]), int(found.interest[n, i]), int(found.fee[n, i])) == expected
        assert found.principal[:, i].sum() == bearing[i] + quiet[i]


# --- against a plain reading of the proposal ----------------------------------------------------------------


def reading(p: Proposal, bearing: int) -> list[tuple[date, int, int]]:
    """Principal and interest of each full installment, interest on what is left, written down with fractions."""
    anchor, previous, waiting, months = p.due_day or p.first_due.day, p.start, Fraction(0), []
    assert p.rate is not None
    waits = p.grace.months if p.grace else 0
    for n in range(waits + p.installments):
        due = p.first_due if n == 0 else add_months(p.first_due, n, anchor=anchor)
        days = [previous + timedelta(days=k) for k in range(1, (due - previous).days + 1)]
        frozen = sum(any(f.first <= d <= f.last for f in p.freezes) for d in days)
        if p.basis is Basis.DAILY:
            bears = p.rate.per_day(p.year_days) * (len(days) - frozen)
        else:
            bears = p.rate.per_month(p.year_days) * (Fraction(len(days) - frozen, len(days)) if days else 1)
        k = n - waits
        weight = (1 + p.step_up.share) ** (k // p.step_up.every) if p.step_up and k >= 0 else Fraction(1)
        months.append((due, bears if k >= 0 or (p.grace and p.grace.interest_runs) else Fraction(0), weight))
        previous = due
    full = months[waits:]
    for _, bears, _ in months[:waits]:
        if p.grace and p.grace.kind is GraceKind.NO_PAYMENT:
            waiting += (bearing * bears + Fraction(1, 2)).__floor__()
    worth, factor = Fraction(0), Fraction(1)
    for _, bears, weight in full:
        factor /= 1 + bears
        worth += weight * factor
    whole = sum((w for _, _, w in full), Fraction(0))
    spread = [int(waiting * w / whole) for _, _, w in full]
    spread[-1] += int(waiting) - sum(spread)
    left, arrears, found = bearing, 0, []
    for n, ((due, bears, weight), late) in enumerate(zip(full, spread, strict=True)):
        level = bearing / worth * weight
        level = (level + Fraction(1, 2)).__floor__() if any(b for _, b, _ in full) else level.__floor__()
        owed = arrears + (left * bears + Fraction(1, 2)).__floor__()
        interest = owed if n == len(full) - 1 else min(owed, level)
        principal = left if n == len(full) - 1 else min(left, level - interest)
        arrears, left = owed - interest, left - principal
        found.append((due, principal, interest + late))
    return found


@MANY
@given(rich())
def test_interest_on_what_is_left_equals_a_plain_reading(drawn: tuple[Proposal, Balance]) -> None:
    proposal, balance = drawn
    assume(proposal.rate is not None)
    plain = replace(
        proposal,
        interest_on=InterestOn.LEFT,
        remainder=Remainder.LAST,
        season=(),
        rounding_step=1,
        period_fee=Fraction(0),
        carry=Carried(),
        down_payment=0,
        bearing=Bearing.ALL,
    )
    found = refused_or(plain, balance)
    full = found.monthly_installments[-plain.installments :]
    assert [(i.due, i.principal, i.interest) for i in full] == reading(plain, found.settlement.financed)


@MANY
@given(rich())
def test_a_waiver_that_hangs_on_performance_is_told_apart(drawn: tuple[Proposal, Balance]) -> None:
    proposal, balance = drawn
    now = settle(replace(proposal, waiver=replace(proposal.waiver, time=WaiverTime.ON_SIGNING)), balance)
    later = settle(replace(proposal, waiver=replace(proposal.waiver, time=WaiverTime.ON_FULL_PERFORMANCE)), balance)
    aside = now.carried.total if proposal.carry.end is CarriedEnd.WAIVED else 0
    assert now.conditional.total == aside
    assert later.conditional == later.given_up == now.given_up
