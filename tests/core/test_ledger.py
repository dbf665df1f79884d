"""Ledger: by hand where figures stand, and laws that hold for every debt."""

from __future__ import annotations

import dataclasses
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from debtdesk.core.debt import Balance, Debt, Freeze, Payment
from debtdesk.core.entries import Entry, EntryKind
from debtdesk.core.ledger import LineKind, Start, begun, ledger
from debtdesk.core.projection import project
from debtdesk.core.rates import Period, Rate
from debtdesk.core.replay import diff
from debtdesk.core.terms import PARTS, DatedRate, Part, Terms

from .strategies import Question, questions
from .test_kernel import drawn, fen

START = date(2026, 1, 1)
END = date(2026, 1, 31)
FIVE = Rate(Fraction(5, 10_000), Period.DAY)
SIX = Rate(Fraction(6, 10_000), Period.DAY)
PAID = Payment(date(2026, 1, 11), 205_000, "transfer")


def debt(**more: object) -> Debt:
    """10,000.00 at 0.05 % a day from 1 January on; each day 5.00."""
    begin = Balance(principal=1_000_000, as_of=START)
    plain = Debt(
        account="1",
        creditor="甲",
        lender="甲",
        product="other",
        balance=Balance(principal=1_000_000, penalty_interest=15_000, as_of=END),
        terms=Terms(rates=(DatedRate(None, FIVE),)),
        default_date=date(2026, 1, 2),
        origin=begin,
    )
    return dataclasses.replace(plain, **more)  # type: ignore[arg-type]


def test_lines_of_a_history_by_hand() -> None:
    """50.00 for ten days, 50.00 of the payment to them and 2,000.00 to the principal, then 20 days of 4.00."""
    found = ledger(debt(payments=(PAID,)), until=END)
    assert [(x.day.day, x.kind, x.change, x.days) for x in found.lines] == [
        (1, LineKind.OPENING, (1_000_000, 0, 0, 0), 0),
        (11, LineKind.ACCRUAL, (0, 0, 5_000, 0), 10),
        (11, LineKind.PAYMENT, (-200_000, 0, -5_000, 0), 0),
        (31, LineKind.ACCRUAL, (0, 0, 8_000, 0), 20),
    ]
    assert found.lines[2].note == "transfer" and found.lines[1].rate == FIVE
    assert found.end.total == 808_000
    assert list(found.table()["balance"]) == [10_000.0, 10_050.0, 8_000.0, 8_080.0]


def test_fee_waiver_freeze_rate_and_transfer_stand_as_lines() -> None:
    entries = (
        Entry(day=date(2026, 1, 6), kind=EntryKind.FEE, amount=3_000),
        Entry(day=date(2026, 1, 11), kind=EntryKind.WAIVER, amount=1_000, part=Part.FEES),
        Entry(day=date(2026, 1, 16), kind=EntryKind.TRANSFER, creditor="乙"),
        Entry(day=date(2026, 1, 22), kind=EntryKind.RATE, rate=SIX),
    )
    found = ledger(debt(entries=entries, freezes=(Freeze(date(2026, 1, 25), END),)), until=END)
    assert [(x.day.day, x.kind, sum(x.change), x.days) for x in found.lines[1:]] == [
        (6, LineKind.ACCRUAL, 2_500, 5),
        (6, LineKind.FEE, 3_000, 0),
        (11, LineKind.ACCRUAL, 2_500, 5),
        (11, LineKind.WAIVER, -1_000, 0),
        (16, LineKind.TRANSFER, 0, 0),
        (22, LineKind.ACCRUAL, 5_000, 10),
        (22, LineKind.RATE, 0, 0),
        (25, LineKind.FREEZE, 0, 7),
        (31, LineKind.ACCRUAL, 1_800, 3),
    ]
    assert found.end.total == 1_013_800


def test_overpayment_is_a_credit_and_the_day_settled_is_known() -> None:
    found = ledger(debt(payments=(Payment(date(2026, 1, 11), 1_006_000),)), until=END)
    assert (found.end.total, found.end.credit, found.settled) == (0, 1_000, date(2026, 1, 11))


def test_ledger_from_the_balance_begins_there() -> None:
    found = ledger(debt(), until=date(2026, 2, 10), start=Start.BALANCE)
    assert [(x.kind, sum(x.change)) for x in found.lines] == [
        (LineKind.OPENING, 1_015_000),
        (LineKind.ACCRUAL, 5_000),
    ]


def test_end_before_start_and_an_unknown_beginning_are_refused() -> None:
    with pytest.raises(ValueError, match="before"):
        ledger(debt(), until=date(2025, 12, 31))
    with pytest.raises(ValueError, match="not known"):
        begun(debt(origin=None))


def test_payment_entered_late_is_replayed_and_the_move_explained() -> None:
    before, after = ledger(debt(), until=END), ledger(debt(payments=(PAID,)), until=END)
    found = diff(before, after)
    assert found.moved == -207_000  # 2,050.00 paid, and twenty days of 1.00 less
    assert found.by_kind == {LineKind.PAYMENT: -205_000, LineKind.ACCRUAL: -2_000}
    assert [(x.day.day, x.kind, x.by) for x in found.lines] == [
        (11, LineKind.ACCRUAL, 5_000),
        (11, LineKind.PAYMENT, -205_000),
        (31, LineKind.ACCRUAL, -7_000),
    ]


def test_corrected_rate_is_replayed() -> None:
    found = diff(ledger(debt(), until=END), ledger(debt(terms=debt().terms.at(SIX)), until=END))
    assert found.moved == 3_000 and found.by_kind == {LineKind.ACCRUAL: 3_000}
    assert diff(ledger(debt(), until=END), ledger(debt(), until=END)).lines == ()


# --- laws ---------------------------------------------------------------------------------------------------


def shown(question: Question) -> Debt:
    own = question.debt
    return dataclasses.replace(
        own, payments=(*own.payments, *question.payments), freezes=(*own.freezes, *question.freezes)
    )


@drawn(250)
@given(questions(horizon=200))
def test_every_fen_of_every_line_adds_up_to_the_end(question: Question) -> None:
    asked = shown(question)
    found = ledger(asked, until=question.until)
    sums = (*tuple(sum(x.change[i] for x in found.lines) for i in range(4)), sum(x.credit for x in found.lines))
    assert sums == fen(found.end) == fen(project(asked, until=question.until).end)
    running = [0, 0, 0, 0]
    for line in found.lines:
        running = [a + b for a, b in zip(running, line.change, strict=True)]
        assert running == [line.after.part(p) for p in PARTS]


@drawn(150)
@given(questions(horizon=150), st.randoms(use_true_random=False))
def test_order_in_which_a_history_is_entered_changes_nothing(question: Question, random: object) -> None:
    asked = shown(question)
    turned = {
        name: tuple(random.sample(list(items), len(items)))  # type: ignore[attr-defined]
        for name in ("payments", "freezes", "entries")
        if (items := getattr(asked, name))
    }
    other = dataclasses.replace(asked, **turned)
    assert ledger(other, until=question.until).lines == ledger(asked, until=question.until).lines


@drawn(150)
@given(questions(horizon=150))
def test_rates_in_the_terms_or_as_entries_are_alike(question: Question) -> None:
    asked = shown(question)
    terms = asked.played_terms
    rates = tuple(Entry(day=r.start, kind=EntryKind.RATE, rate=r.rate) for r in terms.rates[1:] if r.start)
    others = tuple(e for e in asked.entries if e.kind is not EntryKind.RATE)
    entered = dataclasses.replace(
        asked, terms=dataclasses.replace(terms, rates=terms.rates[:1]), entries=(*others, *rates)
    )
    assert ledger(entered, until=question.until).end == ledger(asked, until=question.until).end


@drawn(100)
@given(questions(horizon=150), questions(horizon=150))
def test_changes_of_lines_add_up_to_the_move_of_the_end(one: Question, other: Question) -> None:
    before = ledger(one.debt, until=one.until)
    after = ledger(dataclasses.replace(one.debt, payments=one.payments, terms=other.debt.terms), until=one.until)
    found = diff(before, after)
    assert sum(x.by for x in found.lines) == found.moved == sum(found.by_kind.values())
