"""The kernel against the day-by-day reference, and what must hold whatever the terms."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from debtdesk.core.debt import Balance, Debt, Freeze, Payment
from debtdesk.core.money import LARGEST
from debtdesk.core.projection import project, project_many
from debtdesk.core.terms import Base, Compounding, PaymentDay, Rhythm

from .reference import balance_on
from .strategies import Question, batches, questions

FOUR_YEARS = 1461


def drawn(examples: int) -> settings:
    """The same cases in each run, however slow the machine."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )


NIGHTLY = settings(drawn(20_000), derandomize=False)


def fen(balance: Balance) -> tuple[int, ...]:
    """Principal, interest, penalty interest, fees, credit. [fen]"""
    return (balance.principal, balance.interest, balance.penalty_interest, balance.fees, balance.credit)


def answer(question: Question, day: date | None = None) -> tuple[int, ...]:
    """What the kernel says is owed on a day, the last if none is given."""
    growth = project(question.debt, until=question.until, payments=question.payments, freezes=question.freezes)
    return fen(growth.on(day or question.until))


def owed(found: tuple[int, ...]) -> int:
    """All four parts less the credit. [fen]"""
    return sum(found[:4]) - found[4]


def expected(question: Question, day: date | None = None) -> tuple[int, ...]:
    """What the reference says is owed on a day."""
    return fen(balance_on(question.debt, day or question.until, question.payments, question.freezes))


# --- the same to the fen ------------------------------------------------------------------------------------


@drawn(1500)
@given(questions())
def test_project_equals_reference(question: Question) -> None:
    assert answer(question) == expected(question)


@drawn(60)
@given(questions(horizon=FOUR_YEARS))
def test_project_equals_reference_over_years(question: Question) -> None:
    assert answer(question) == expected(question)


@drawn(150)
@given(questions(horizon=150, largest=LARGEST))
def test_project_equals_reference_for_the_largest_amounts(question: Question) -> None:
    assert answer(question) == expected(question)


@drawn(400)
@given(questions(horizon=150), st.data())
def test_looking_on_the_way_changes_nothing(question: Question, data: st.DataObject) -> None:
    length = (question.until - question.debt.balance.as_of).days
    growth = project(question.debt, until=question.until, payments=question.payments, freezes=question.freezes)
    looked = data.draw(st.lists(st.integers(0, length), min_size=1, max_size=4))
    for n in looked:
        day = question.debt.balance.as_of + timedelta(days=n)
        assert fen(growth.on(day)) == expected(question, day)
    assert fen(growth.on(question.until)) == expected(question)


@drawn(60)
@given(questions(horizon=800))
def test_shown_balances_equal_reference(question: Question) -> None:
    growth = project(question.debt, until=question.until, payments=question.payments, freezes=question.freezes)
    assert growth.balances[-1].as_of == question.until
    for balance in growth.balances[:: max(1, len(growth.balances) // 4)]:
        assert fen(balance) == expected(question, balance.as_of)


@drawn(150)
@given(batches())
def test_lanes_equal_single_runs(batch: tuple[list[Debt], date]) -> None:
    debts, until = batch
    found = project_many(debts, until=until)
    assert [fen(b) for b in found] == [fen(balance_on(debt, until)) for debt in debts]
    assert found == [project(debt, until=until).on(until) for debt in debts]


@pytest.mark.nightly
@NIGHTLY
@given(questions(horizon=FOUR_YEARS))
def test_project_equals_reference_nightly(question: Question) -> None:
    assert answer(question) == expected(question)


@pytest.mark.nightly
@settings(NIGHTLY, max_examples=3000)
@given(batches(horizon=700))
def test_lanes_equal_reference_nightly(batch: tuple[list[Debt], date]) -> None:
    debts, until = batch
    found = project_many(debts, until=until)
    assert [fen(b) for b in found] == [fen(balance_on(debt, until)) for debt in debts]


# --- what must stay true ------------------------------------------------------------------------------------


def paid_after(question: Question) -> int:
    """What is paid after the balance's day and up to the day looked at. [fen]"""
    first = question.debt.balance.as_of
    paid = (*question.debt.payments, *question.payments)
    return sum(p.amount for p in paid if first < p.day <= question.until)


def frozen(question: Question) -> Question:
    """The same with nothing accruing from the balance's day to the last."""
    return replace(question, freezes=(Freeze(question.debt.balance.as_of, question.until),))


@drawn(500)
@given(questions())
def test_freeze_over_everything_accrues_nothing_and_loses_no_fen(question: Question) -> None:
    question = replace(
        question, debt=replace(question.debt, entries=())
    )  # fees and waivers move what is owed by themselves
    before, after = question.debt.balance, answer(frozen(question))
    assert owed(after) == before.total - before.credit - paid_after(question)
    assert all(now <= then for now, then in zip(after[:4], fen(before), strict=False))
    if not question.payments and not question.debt.payments and not before.credit:
        assert after == fen(before)


@drawn(300)
@given(questions(), st.integers(1, 300_000_00))
def test_payment_on_the_last_day_is_applied_or_credited(question: Question, amount: int) -> None:
    """Where the day of a payment still bears interest and no fee hangs on it, owed falls by what is paid."""
    terms = replace(question.debt.terms, payment_day=PaymentDay.BEARS, late_fee=None)
    question = replace(question, debt=replace(question.debt, terms=terms))
    more = replace(question, payments=(*question.payments, Payment(question.until, amount)))
    counts = question.until > question.debt.balance.as_of
    assert owed(answer(more)) == owed(answer(question)) - amount * counts


@drawn(300)
@given(questions(), st.integers(0, 8))
def test_order_of_payments_changes_nothing(question: Question, turn: int) -> None:
    turned = question.payments[turn:] + question.payments[:turn]
    assert answer(replace(question, payments=turned)) == answer(question)
    assert answer(replace(question, payments=question.payments[::-1])) == answer(question)


@drawn(300)
@given(questions())
def test_one_payment_equals_its_halves(question: Question) -> None:
    halves = [
        Payment(p.day, part) for p in question.payments for part in (p.amount // 2, p.amount - p.amount // 2) if part
    ]
    assert answer(replace(question, payments=tuple(halves))) == answer(question)


@drawn(300)
@given(questions(), st.integers(0, 40))
def test_freezes_count_as_their_union(question: Question, cut: int) -> None:
    pieces = []
    for freeze in question.freezes:
        middle = min(freeze.first + timedelta(days=cut), freeze.last)
        pieces += [Freeze(middle, freeze.last), Freeze(freeze.first, middle), Freeze(middle, middle)]
    assert answer(replace(question, freezes=tuple(pieces))) == answer(question)


@drawn(300)
@given(questions())
def test_own_events_and_added_ones_are_alike(question: Question) -> None:
    own = replace(
        question.debt,
        payments=(*question.debt.payments, *question.payments),
        freezes=(*question.debt.freezes, *question.freezes),
    )
    assert answer(Question(own, question.until)) == answer(question)


@drawn(600)
@given(questions(), st.lists(st.integers(0, 100_000), min_size=12, max_size=12))
def test_paying_more_on_the_same_days_never_leaves_more_owed(question: Question, extra: list[int]) -> None:
    """Under all conventions; a payment on a new day may add one rounding, and with it a fen."""
    more = tuple(Payment(p.day, p.amount + e) for p, e in zip(question.payments, extra, strict=False))
    more += question.payments[len(more) :]
    assert owed(answer(replace(question, payments=more))) <= owed(answer(question))


@drawn(300)
@given(questions(), st.integers(0, 1000))
def test_growing_from_a_day_on_the_way_goes_on_the_same(question: Question, share: int) -> None:
    """Simple interest rounded each day: stopping on the way and starting from there loses no fen."""
    first, last = question.debt.balance.as_of, question.until
    terms = replace(
        question.debt.terms,
        first_day_counts=False,
        last_day_counts=True,
        compounding=Compounding.SIMPLE,
        base=Base.PRINCIPAL,
        rhythm=Rhythm.DAY,
        late_fee=None,
    )
    question = replace(question, debt=replace(question.debt, terms=terms))
    middle = first + timedelta(days=share * (last - first).days // 1000)
    stop = balance_on(question.debt, middle, question.payments, question.freezes)
    rest = replace(question, debt=replace(question.debt, balance=stop))
    assert answer(rest) == answer(question)
