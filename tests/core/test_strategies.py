"""One sum a month over several creditors: worked by hand, and what must hold whatever the terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debtdesk.core.debt import Balance, Debt, Payment
from debtdesk.core.plain_way import plain_way
from debtdesk.core.portfolio import project_case
from debtdesk.core.projection import balances_on
from debtdesk.core.rates import Period, Rate
from debtdesk.core.sharing import Meanwhile, Party, ShareRule, Stance, sharing_problems, standstill
from debtdesk.core.strategies import asked, hold_out, share_out, share_out_by
from debtdesk.core.terms import Compounding, DatedRate, Order, PaymentDay, Terms, YearBasis

from .strategies import batches

DAY = date(2026, 11, 24)
STILL = Meanwhile.STANDS_STILL
SAME_EACH_RUN = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def debt(account: str, principal: int, daily: int = 5, charges: int = 0, **terms: object) -> Debt:
    """`daily` in hundredths of a percent a day."""
    return Debt(
        account=account,
        creditor="",
        lender="",
        product="other",
        balance=Balance(principal=principal, penalty_interest=charges, as_of=DAY),
        terms=Terms(rates=(DatedRate(None, Rate(Fraction(daily, 10_000), Period.DAY)),), **terms),  # type: ignore[arg-type]
        default_date=date(2023, 11, 25),
    )


THREE = (debt("A", 30_000), debt("B", 20_000), debt("C", 10_000))  # 300, 200, 100 yuan
AT_REST = tuple(Party(account=a, meanwhile=STILL) for a in "ABC")


def test_pro_rata_by_hand() -> None:
    # 100 yuan over 300, 200, 100 at rest: 50, 33.333…, 16.666…; the larger remainder, C's, gets the fen. Twice, then
    # 200, 133.34, 66.66 are left: 33.335 and 16.665 are equally far off, the fen goes to B, listed first.
    # Then 150, 100, 50: as at first; 100, 66.67, 33.33: 33.335 and 16.665 again; 50, 33.33, 16.67 is the rest.
    plan = share_out(THREE, 10_000, parties=AT_REST)
    assert plan.shares[0] == (5_000,) * 6
    assert plan.shares[1] == (3_333, 3_333, 3_334, 3_333, 3_334, 3_333)
    assert plan.shares[2] == (1_667, 1_667, 1_666, 1_667, 1_666, 1_667)
    assert plan.cleared == date(2027, 5, 24) and plan.ends == (date(2027, 5, 24),) * 3
    assert plan.paid == (30_000, 20_000, 10_000) and plan.charges == (0, 0, 0)


def test_smallest_first_by_hand() -> None:
    plan = share_out(THREE, 10_000, ShareRule.SMALLEST_FIRST, parties=AT_REST)
    assert plan.shares == ((0, 0, 0, 10_000, 10_000, 10_000), (0, 10_000, 10_000, 0, 0, 0), (10_000, 0, 0, 0, 0, 0))
    assert plan.ends == (date(2027, 5, 24), date(2027, 2, 24), date(2026, 12, 24))
    assert plan.left[0] == (30_000, 30_000, 30_000, 20_000, 10_000, 0)


def test_a_freed_installment_rolls_on() -> None:
    # each must get 30 yuan, the other 10 go to C first: C has 60, 20, then 20 of its 40; the 20 it leaves go to B
    parties = tuple(replace(p, minimum=3_000) for p in AT_REST)
    plan = share_out(THREE, 10_000, ShareRule.SMALLEST_FIRST, parties=parties)
    assert plan.shares[2][:4] == (4_000, 4_000, 2_000, 0)
    assert plan.shares[1][:4] == (3_000, 3_000, 5_000, 7_000)
    assert plan.shares[0][:4] == (3_000, 3_000, 3_000, 3_000)


def test_priority_is_as_listed() -> None:
    parties = (AT_REST[1], AT_REST[2], AT_REST[0])
    plan = share_out(THREE, 15_000, ShareRule.PRIORITY, parties=parties)
    assert [p.account for p in plan.parties] == ["B", "C", "A"]
    assert plan.shares == ((15_000, 5_000, 0, 0), (0, 10_000, 0, 0), (0, 0, 15_000, 15_000))


def test_weights_by_hand() -> None:
    # 3 : 1 of 100 yuan, C of weight zero comes after; B has 25 a month
    weights = (Fraction(3), Fraction(1), Fraction(0))
    parties = tuple(replace(p, weight=w) for p, w in zip(AT_REST, weights, strict=True))
    plan = share_out(THREE, 10_000, ShareRule.WEIGHTS, parties=parties)
    # A: 75 four times is 300. B: 25 four times, then 100 alone; C the last month
    assert plan.shares == ((7_500,) * 4 + (0, 0), (2_500,) * 4 + (10_000, 0), (0,) * 5 + (10_000,))


def test_amounts_by_month_and_the_last_goes_on() -> None:
    plan = share_out(THREE, (20_000, 0, 25_000), ShareRule.PRIORITY, parties=AT_REST)
    assert [sum(row) for row in zip(*plan.shares, strict=True)] == [20_000, 0, 25_000, 15_000]


def test_dearest_first_with_interest_by_hand() -> None:
    # A 100 yuan at 0.05 % a day, B 100 yuan at 0.10 % a day, 60 yuan a month.
    # 24 December, 30 days: A owes 1.50, B 3.00 of interest. B gets 60: 3.00 interest, 57.00 principal; 43.00 left.
    # 24 January, 31 days: A 3.05 (61 days, nothing booked before), B 43.00 x 0.001 x 31 = 1.333: 44.33.
    # B gets 44.33, A the other 15.67: 3.05 interest, 12.62 principal; 87.38 left.
    # 24 February, 31 days: 87.38 x 0.0005 x 31 = 1.35439: 88.73; 60 paid, 28.73 left (principal, for 60 > 1.35).
    # 24 March, 28 days: 28.73 x 0.0005 x 28 = 0.40222: 29.13.
    plan = share_out((debt("A", 10_000), debt("B", 10_000, 10)), 6_000, ShareRule.DEAREST_FIRST)
    assert plan.shares == ((0, 1_567, 6_000, 2_913), (6_000, 4_433, 0, 0))
    assert plan.left == ((10_150, 8_738, 2_873, 0), (4_300, 0, 0, 0))
    assert plan.charges == (480, 433) and plan.total == 20_913
    assert plan.cleared == date(2027, 3, 24)


def test_a_hold_out_that_waits_leaves_its_share_to_the_others() -> None:
    # C waits and keeps charging 0.05 yuan a day on 100 yuan; A and B at rest get 100 a month in five months,
    # then C has borne 181 days (24 November to 24 May): 9.05; it takes 100 on 24 May, and 9.05 less … by hand:
    # months 1 to 5 (until 24 April) clear A and B; 24 May, day 181: 109.05 owed, 100 paid, 9.05 left;
    # 24 June, 31 days: 9.05 x 0.0005 x 31 = 0.14: 9.19
    found = hold_out(THREE, 10_000, "C", parties=AT_REST)
    assert found.with_all.months == 6 and found.without.months == 7 and found.later == 1
    assert found.without.shares[2] == (0,) * 5 + (10_000, 919)
    assert found.dearer == 919
    assert found.gains == (1_000, 667, -1_667)  # 60 and 40 instead of 50 and 33.33; C nothing instead of 16.67


def test_a_creditor_that_stays_out_goes_on_charging() -> None:
    # nothing for C until 24 May (the last day with all): 181 days at 0.05 yuan
    found = hold_out(THREE, 10_000, "C", parties=AT_REST, stance=Stance.STAYS_OUT)
    assert found.until == date(2027, 5, 24) and found.apart == 10_905 and found.dearer == 905
    assert found.without.cleared == date(2027, 4, 24) and found.without.left_over == (0, 0, 10_755)
    assert found.without.ends[2] is None


def test_a_standstill_of_the_hold_out_costs_nothing() -> None:
    found = hold_out(THREE, 10_000, "C", parties=AT_REST, meanwhile=STILL)
    assert found.dearer == 0 and found.later == 0


def test_equal_treatment_is_a_least_share_for_everybody() -> None:
    # half of 50, 33.33, 16.66 each; the rest to the smallest
    plan = share_out(THREE, 10_000, ShareRule.SMALLEST_FIRST, parties=AT_REST, equal_share=Fraction(1, 2))
    assert [row[0] for row in plan.shares] == [2_500, 1_666, 5_834]


def test_nothing_owed_needs_no_month() -> None:
    plan = share_out((debt("A", 0),), 10_000)
    assert plan.days == () and plan.cleared == DAY and plan.ends == (DAY,) and plan.left == ((),)


def test_a_plan_that_never_ends_says_so() -> None:
    plan = share_out((debt("A", 1_000_000),), 1_000, months=12)  # 50 fen short of 150 a month
    assert plan.cleared is None and plan.ends == (None,) and plan.months == 12
    assert plan.left_over[0] == 1_000_000 + 365 * 500 - 12_000


def test_table_is_in_yuan() -> None:
    table = share_out(THREE, 10_000, parties=AT_REST).table()
    assert list(table.columns) == ["day", "A", "B", "C", "total", "left"]
    assert table["total"].tolist() == [100.0] * 6 and table["left"].tolist()[-1] == 0.0


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"months": 0}, "months"),
        ({"monthly": -1}, "monthly"),
        ({"monthly": ()}, "monthly"),
        ({"monthly": 0}, "monthly"),
        ({"parties": (Party(account="X"),)}, "account"),
        ({"parties": (Party(account="A"), Party(account="A"))}, "account"),
        ({"parties": (Party(account="A", minimum=-1),)}, "minimum"),
        ({"parties": (Party(account="A", weight=Fraction(-1)),)}, "minimum"),
        ({"parties": (Party(account="A", minimum=10_001),)}, "minimum"),
        ({"monthly": (20_000, 0), "parties": (Party(account="A", minimum=1),)}, "minimum"),
        ({"parties": tuple(Party(account=a, stance=Stance.STAYS_OUT) for a in "ABC")}, "stance"),
        ({"equal_share": Fraction(3, 2)}, "equal_share"),
    ],
)
def test_what_cannot_be_is_told_and_refused(change: dict, field: str) -> None:  # type: ignore[type-arg]
    asked_for = {"monthly": 10_000} | change
    assert [p.field for p in sharing_problems(THREE, **asked_for)] == [field]
    with pytest.raises(ValueError):
        share_out(THREE, **asked_for)


def test_weights_that_are_all_zero_are_told() -> None:
    parties = [Party(account=a, weight=Fraction(0)) for a in "ABC"]
    assert [p.field for p in sharing_problems(THREE, 1, parties, rule=ShareRule.WEIGHTS)] == ["weight"]

    with pytest.raises(ValueError, match="all zero"):
        share_out(THREE, 1, ShareRule.WEIGHTS, parties=parties)


def test_misuse_is_refused() -> None:
    with pytest.raises(ValueError, match="first"):
        share_out(THREE, 1, first=DAY)
    with pytest.raises(ValueError, match="optimal_split"):
        share_out(THREE, 1, ShareRule.OPTIMAL)
    with pytest.raises(ValueError, match="least amounts"):  # 3 x 40 yuan together with an equal share of 60 %
        parties = tuple(Party(account=a, minimum=4_000) for a in "BC")
        share_out(THREE, 10_000, parties=parties, equal_share=Fraction(1))


RULES = st.sampled_from([r for r in ShareRule if r is not ShareRule.OPTIMAL])
PARTY = st.tuples(
    st.integers(0, 20_000), st.integers(0, 5), st.sampled_from([*Stance, Stance.TAKES_PART]), st.sampled_from(Meanwhile)
)


def parties_of(debts: list[Debt], drawn: list[tuple[int, int, Stance, Meanwhile]]) -> tuple[Party, ...]:
    named = zip(debts, drawn, strict=False)
    return tuple(
        Party(account=d.account, minimum=m, weight=Fraction(w), stance=s, meanwhile=x) for d, (m, w, s, x) in named
    )


@SAME_EACH_RUN
@given(batches(), RULES, st.integers(1, 400_000), st.lists(PARTY, min_size=1, max_size=4), st.integers(1, 40))
def test_every_fen_is_given_out_and_nobody_gets_more_than_is_owed(batch, rule, monthly, drawn, after):  # type: ignore[no-untyped-def]
    debts = [replace(d, account=str(n)) for n, d in enumerate(batch[0])]
    parties = parties_of(debts, drawn)
    if sharing_problems(debts, monthly, parties, rule=rule):
        return
    first = max(d.balance.as_of for d in debts) + timedelta(days=after)
    plan = share_out(debts, monthly, rule, parties=parties, first=first, months=18)
    after_each = plan.left
    assert all(x >= 0 for row in (*plan.shares, *after_each) for x in row)
    payable = [i for i, p in enumerate(plan.parties) if p.stance is not Stance.STAYS_OUT]
    for n in range(plan.months):
        paid = sum(row[n] for row in plan.shares)
        owed = sum(after_each[i][n] + plan.shares[i][n] for i in payable)
        assert paid == min(monthly, owed)
        for p, share, left in zip(plan.parties, plan.shares, after_each, strict=True):
            if p.stance is Stance.TAKES_PART:
                assert share[n] >= min(p.minimum, share[n] + left[n])
            if p.stance is Stance.STAYS_OUT:
                assert share[n] == 0
    if plan.days:
        assert tuple(row[-1] for row in after_each) == plan.left_over


@SAME_EACH_RUN
@given(batches(), RULES, st.integers(1, 400_000), st.integers(1, 40))
def test_what_was_paid_played_debt_by_debt_leaves_nothing(batch, rule, monthly, after):  # type: ignore[no-untyped-def]
    # no credit that lies unused: the debt grows past it one day
    debts = [
        replace(d, account=str(n), payments=(), balance=replace(d.balance, credit=0)) for n, d in enumerate(batch[0])
    ]
    first = max(d.balance.as_of for d in debts) + timedelta(days=after)
    plan = share_out(debts, monthly, rule, first=first, months=18)
    for d, p, share, end in zip(plan.debts, plan.parties, plan.shares, plan.ends, strict=True):
        if end is not None and plan.days:
            until = plan.days[-1] + timedelta(days=40)
            paid = [Payment(day, x) for day, x in zip(plan.days, share, strict=True) if x]
            after_all = balances_on(d, (until,), paid, standstill(p, plan.start, until))[0]
            assert after_all.total - after_all.credit <= 0


PLAIN = st.fixed_dictionaries(
    {
        "year": st.sampled_from([YearBasis.DAYS_365, YearBasis.DAYS_360]),
        "first_day_counts": st.booleans(),
        "last_day_counts": st.booleans(),
        "payment_day": st.sampled_from(PaymentDay),
    }
)
OWED = st.tuples(st.integers(0, 3_000_000), st.integers(0, 900_000), st.integers(0, 1800), st.integers(0, 40), PLAIN)


def plain_debt(n: int, drawn: tuple) -> Debt:  # type: ignore[type-arg]
    principal, charges, yearly, older, conventions = drawn
    return Debt(
        account=str(n),
        creditor="",
        lender="",
        product="",
        balance=Balance(principal=principal, interest=charges, as_of=DAY - timedelta(days=older)),
        terms=Terms(rates=(DatedRate(None, Rate(Fraction(yearly, 10_000), Period.YEAR)),), **conventions),
        default_date=DAY - timedelta(days=900),
    )


@SAME_EACH_RUN
@given(
    st.lists(OWED, min_size=1, max_size=4),
    RULES,
    st.integers(1, 400_000) | st.lists(st.integers(1, 400_000), min_size=2, max_size=4).map(tuple),
    st.lists(PARTY, max_size=4),
    st.integers(1, 40),
)
def test_plain_debts_are_played_as_the_kernel_plays_them(drawn, rule, monthly, parties, after):  # type: ignore[no-untyped-def]
    debts = [plain_debt(n, x) for n, x in enumerate(drawn)]
    given_parties = parties_of(debts, parties)
    if sharing_problems(debts, monthly, given_parties, rule=rule):
        return
    ask = asked(debts, monthly, given_parties, None, DAY + timedelta(days=after), 18, Fraction(0))
    assert ask.ways is not None
    answer = ask.answer(rule)
    assert answer == replace(ask, together=None).answer(rule) == replace(ask, together=None, ways=None).answer(rule)


@pytest.mark.parametrize(
    "terms",
    [
        {"compounding": Compounding.MONTHLY},
        {"order": Order.CARD},
        {"year": YearBasis.ACTUAL, "rates": (DatedRate(None, Rate(Fraction(18, 100), Period.YEAR)),)},
    ],
)
def test_debts_that_are_not_plain_are_left_to_the_kernel(terms: dict) -> None:  # type: ignore[type-arg]
    each = replace(THREE[0], terms=replace(THREE[0].terms, **terms))
    assert plain_way(each, DAY, (date(2026, 12, 24),), False) is None


def test_a_long_month_may_bear_more_than_is_paid() -> None:
    # 1,000 yuan at 0.1 % a day: 28 yuan in February, 30 in 30 days, 31 in 31. With 30.50 a month the debt stands still
    # or grows in long months and never bears interest on interest; with B behind it gets its least only.
    debts = (debt("A", 100_000, 10), debt("B", 10_000, 1))
    parties = (Party(account="B"), Party(account="A", minimum=3_050))
    ask = asked(debts, 3_100, parties, None, date(2026, 12, 25), 60, Fraction(0))
    found = ask.answer(ShareRule.PRIORITY)
    assert found == replace(ask, ways=None).answer(ShareRule.PRIORITY)
    # 31 days to 25 December: 31.00 borne, 30.50 paid; 31 to January: 31.00; 31 to February; then 28 days: 28.00
    assert found.left[1][:4] == (100_050, 100_100, 100_150, 99_900)


def test_pro_rata_agrees_with_the_growth_of_the_case() -> None:
    growth = project_case(THREE, date(2027, 11, 24), 6_000)
    plan = share_out(THREE, 6_000)
    assert plan.cleared == growth.cleared
    for share, payments in zip(plan.shares, growth.payments, strict=True):
        assert [x for x in share if x] == [p.amount for p in payments]


def test_rules_side_by_side_are_the_rules_one_by_one() -> None:
    plans = share_out_by(THREE, 6_000)
    assert plans == tuple(share_out(THREE, 6_000, p.rule) for p in plans)
