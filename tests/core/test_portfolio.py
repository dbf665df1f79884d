"""Several debts together: worked by hand, and what must hold whatever the terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debtdesk.core.debt import Balance, Debt, Freeze, Payment
from debtdesk.core.portfolio import first_day_together, overtakes, project_case
from debtdesk.core.projection import balances_on, charges_overtake_principal
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import Base, Compounding, DatedRate, PaymentDay, Rhythm, Terms

from .strategies import Question, batches, questions

DAY = date(2026, 11, 24)
TERMS = Terms(rates=(DatedRate(None, Rate(Fraction(5, 10_000), Period.DAY)),))  # 0.05 % a day, simple
SAME_EACH_RUN = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def debt(account: str, principal: int, penalty: int = 0, *, as_of: date = DAY, **terms: object) -> Debt:
    return Debt(
        account=account,
        creditor="",
        lender="",
        product="huabei",
        balance=Balance(principal=principal, penalty_interest=penalty, as_of=as_of),
        terms=replace(TERMS, **terms),  # type: ignore[arg-type]
        default_date=date(2023, 11, 25),
    )


TWO = (debt("1", 1_000_000), debt("2", 500_000))


def test_two_debts_add_up_by_hand():
    # 30 days to 24 December at 5 yuan and 2.50 yuan a day: 150 and 75 yuan
    growth = project_case(TWO, date(2026, 12, 24))
    assert growth.days == (DAY, date(2026, 12, 24))
    assert growth.totals == (1_500_000, 1_522_500)
    assert [b.total for b in growth.balances[0]] == [1_000_000, 1_015_000]
    assert growth.together[-1].penalty_interest == 22_500
    assert growth.paid == (0, 0) and growth.cleared is None


def test_payment_is_split_by_what_is_owed_by_hand():
    # 24 December: 10,150 and 5,075 yuan are owed; 100 yuan split 2 to 1 gives 66.67 and 33.33
    growth = project_case(TWO, date(2026, 12, 24), 10_000)
    assert growth.payments == ((Payment(date(2026, 12, 24), 6_667),), (Payment(date(2026, 12, 24), 3_333),))
    assert growth.left == (1_500_000, 1_512_500)
    assert growth.paid == (0, 10_000)


def test_last_payment_is_what_is_left_by_hand():
    # 100 yuan at 0.05 yuan a day: 101.50 after 30 days less 60; the 60 pay 1.50 of interest and 58.50 of principal,
    # 41.50 bear 0.02075 yuan a day for 31 days: 0.64, so 42.14 clear it
    growth = project_case((debt("1", 10_000),), date(2027, 6, 24), 6_000)
    assert growth.payments == ((Payment(date(2026, 12, 24), 6_000), Payment(date(2027, 1, 24), 4_214)),)
    assert growth.cleared == date(2027, 1, 24)
    assert growth.left[2:] == (0,) * 6


def test_paid_off_debt_leaves_its_share_to_the_others():
    # the second debt's own payment clears it on 20 December: 75 yuan interest less 4 days of 2.50 makes 65
    own = replace(TWO[1], payments=(Payment(date(2026, 12, 20), 506_500),))
    growth = project_case((TWO[0], own), date(2027, 1, 24), 10_000)
    assert growth.payments == ((Payment(date(2026, 12, 24), 10_000), Payment(date(2027, 1, 24), 10_000)), ())


def test_debts_share_a_start():
    # the older balance is taken forward first: ten days at 5 yuan
    older = debt("0", 1_000_000, as_of=date(2026, 11, 14))
    growth = project_case((older, TWO[1]), date(2026, 12, 24))
    assert growth.start == DAY
    assert growth.totals[0] == 1_000_000 + 5_000 + 500_000
    later = project_case((older,), date(2026, 12, 24), on=date(2026, 11, 24))
    assert later.days[0] == date(2026, 11, 24)


def test_nothing_accrues_in_frozen_months():
    # frozen until 24 January: only the 31 days to 24 February bear 7.50 yuan a day
    growth = project_case(TWO, date(2027, 2, 24), freeze_months=2)
    assert growth.totals == (1_500_000, 1_500_000, 1_500_000, 1_523_250)
    assert growth.freezes == (Freeze(date(2026, 11, 25), date(2027, 1, 24)),)


def test_charges_overtake_principal_on_the_day():
    # 15,000 yuan of principal, 14,990 of charges, 7.50 a day: 14,997.50 on the 25th, 15,005 on the 26th
    growth = project_case((debt("1", 1_000_000, 1_000_000), debt("2", 500_000, 499_000)), date(2027, 11, 24))
    assert overtakes(growth) == date(2026, 11, 26)
    assert overtakes(project_case(TWO, date(2027, 11, 24))) is None
    already = project_case((debt("1", 1_000_000, 1_000_001),), date(2027, 11, 24))
    assert overtakes(already) == DAY


def test_one_debt_overtakes_as_it_does_alone():
    one = debt("1", 1_000_000, 600_000)
    until = date(2032, 11, 24)
    assert overtakes(project_case((one,), until)) == charges_overtake_principal(one, until=until)


def test_first_day_together_sees_payments():
    growth = project_case(TWO, date(2027, 11, 24), 500_000)
    assert first_day_together(growth, lambda b: b.total < 1_100_000) == date(2026, 12, 24)


def test_table_is_in_yuan():
    table = project_case(TWO, date(2026, 12, 24), 10_000).table()
    assert list(table.columns) == ["day", "principal", "interest", "penalty_interest", "fees", "total", "paid"]
    assert table["total"].tolist() == [15_000.0, 15_125.0]


@pytest.mark.parametrize(
    ("options", "word"),
    [
        ({"until": DAY - timedelta(days=1)}, "until"),
        ({"first": DAY}, "first"),
        ({"monthly": -1}, "monthly"),
        ({"freeze_months": -1}, "freeze_months"),
    ],
)
def test_misuse_is_refused(options: dict, word: str):
    with pytest.raises(ValueError, match=word):
        project_case(TWO, **({"until": date(2027, 1, 24)} | options))
    with pytest.raises(ValueError, match="debts"):
        project_case((), date(2027, 1, 24))


@SAME_EACH_RUN
@given(batches(), st.integers(0, 400_000), st.integers(1, 40), st.integers(0, 3))
def test_same_payments_replayed_debt_by_debt_give_the_same(batch, monthly, after, frozen):
    debts, until = batch
    start = max(d.balance.as_of for d in debts)
    growth = project_case(debts, until, monthly, start + timedelta(days=after), frozen)
    for d, row, payments in zip(growth.debts, growth.balances, growth.payments, strict=True):
        assert balances_on(d, growth.days, payments, growth.freezes) == row
    assert growth.totals == tuple(b.total for b in growth.together)
    assert growth.totals == tuple(map(sum, zip(*growth.parts.values(), strict=True)))


@SAME_EACH_RUN
@given(batches(), st.integers(1, 400_000), st.integers(1, 40))
def test_no_fen_of_a_payment_is_lost(batch, monthly, after):
    debts, until = batch
    start = max(d.balance.as_of for d in debts)
    growth = project_case(debts, until, monthly, start + timedelta(days=after))
    by_day: dict[date, int] = {}
    for row in growth.payments:
        for p in row:
            by_day[p.day] = by_day.get(p.day, 0) + p.amount
    assert all(amount <= monthly for amount in by_day.values())
    assert growth.paid[-1] == sum(by_day.values())
    # less than the whole sum is paid only where it clears what is owed
    short = [day for day, amount in by_day.items() if amount < monthly]
    assert growth.cleared is not None or not short
    assert all(day <= growth.cleared for day in by_day) if growth.cleared else True


@SAME_EACH_RUN
@given(
    st.lists(questions(horizon=300), min_size=1, max_size=3),
    st.integers(1_000, 300_000),
    st.integers(1, 200_000),
)
def test_paying_more_never_ends_later(asked: list[Question], monthly: int, more: int):
    # simple interest: no fee, no compounding, nothing but what accrues on principal, and no credit that lies unused
    plain = {"late_fee": None, "compounding": Compounding.SIMPLE, "base": Base.PRINCIPAL, "rhythm": Rhythm.SEGMENT}
    debts = [
        replace(
            q.debt,
            account=str(n),
            terms=replace(q.debt.terms, payment_day=PaymentDay.BEARS, **plain),
            balance=replace(q.debt.balance, credit=0),
        )
        for n, q in enumerate(asked)
    ]
    until = max(d.balance.as_of for d in debts) + timedelta(days=700)
    less, greater = project_case(debts, until, monthly), project_case(debts, until, monthly + more)
    if less.cleared is not None:
        assert greater.cleared is not None
        assert greater.cleared <= less.cleared
