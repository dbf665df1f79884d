"""Offers and household as charts: readable whatever the figures, in both languages."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from matplotlib.figure import Figure

from debtdesk.core.budget import Budget, Category, Kind
from debtdesk.core.capacity import capacity
from debtdesk.core.case import Case
from debtdesk.core.comparison import compare
from debtdesk.core.proposal import Proposal, Waiver
from debtdesk.core.terms import Part
from debtdesk.views.canvas import to_png, to_svg, wrapped
from debtdesk.views.household import cash_flow_chart, spending_chart
from debtdesk.views.offers import burden_cost_chart, paid_left_chart, progress

from .cases import BUDGET, CASE, CREDITOR, DAY, LONG, NO_BUDGET, POOR, TARGET, WALK_AWAY, debt, item, proposal
from .seeing import faults, said

ALL_WAIVED = Waiver(**{p.value: Fraction(1) for p in Part})
RICH = replace(CASE, debts=(debt(principal=9_000_000_000),))
OFFERS: dict[str, tuple[Case, tuple[Proposal, ...]]] = {
    "three": (CASE, (CREDITOR, TARGET, WALK_AWAY)),
    "one": (CASE, (TARGET,)),
    "none": (CASE, ()),
    "two alike": (CASE, (TARGET, replace(TARGET, name="again"))),
    "many": (CASE, tuple(proposal(f"{n} months", n) for n in (6, 12, 18, 24, 36, 48, 60, 72))),
    "twenty": (CASE, tuple(proposal(f"{n} months", n, period_fee=Fraction(n % 7, 1000)) for n in range(3, 63, 3))),
    "long names": (CASE, tuple(proposal(f"{n}{LONG}", n) for n in (12, 13, 24, 36))),
    "nothing to pay": (CASE, (proposal("all waived", 12, waiver=ALL_WAIVED),)),
    "lump sum": (CASE, (proposal("lump", 1, waiver=Waiver(interest=Fraction(1)), down_payment=100_000),)),
    "no budget": (NO_BUDGET, (CREDITOR, TARGET)),
    "huge": (RICH, (replace(CREDITOR, name="$a$ and $b$"), TARGET)),
}
CHARTS: dict[str, Callable[..., Figure]] = {"burden": burden_cost_chart, "paid": paid_left_chart}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", OFFERS)
@pytest.mark.parametrize("chart", CHARTS)
def test_offers_are_readable(chart: str, name: str, language: str) -> None:
    case, proposals = OFFERS[name]
    figure = CHARTS[chart](compare(case, proposals, on=DAY), language, source="来源 source")
    assert faults(figure) == []


def test_what_is_paid_rises_and_what_is_owed_falls() -> None:
    offer = compare(CASE, (TARGET,), on=DAY).offers[0]
    course = progress(offer)
    # 30,000 of principal and 1,200 of interest are left after the waiver, in 48 installments without a charge
    assert course[0] == (DAY, 0, 3_120_000) and course[-1] == (date(2030, 11, 25), 3_120_000, 0) and len(course) == 49
    assert all(paid + owed == 3_120_000 for _, paid, owed in course)


def test_the_charge_of_a_plan_is_paid_beside_what_is_owed() -> None:
    # 12,000 yuan at 1 % a month of the original amount, two installments: 6,000 + 120 each
    fee = proposal("fee", 2, period_fee=Fraction(1, 100))
    offer = compare(replace(CASE, debts=(debt(principal=1_200_000),)), (fee,), on=DAY).offers[0]
    assert [(paid, owed) for _, paid, owed in progress(offer)] == [(0, 1_200_000), (612_000, 600_000), (1_224_000, 0)]


BUDGETS: dict[str, Budget] = {
    "usual": BUDGET,
    "empty": Budget(),
    "no income": POOR.budget,
    "huge": Budget(items=(item("x", Kind.INCOME, Category.INCOME, 10**12),)),
    "tiny": Budget(items=(item("x", Kind.EXPENSE, Category.FOOD, 3, essential=True),)),
    "below the minimum": replace(BUDGET, protected_minimum=400_000),
}


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", BUDGETS)
def test_households_are_readable(name: str, language: str) -> None:
    budget = BUDGETS[name]
    for month in (date(2027, 1, 1), date(2027, 2, 1)):
        assert faults(spending_chart(budget, language, month=month, source="来源 source")) == []
    for n in (1, 2, 12, 60):
        room = capacity(budget, start=DAY, months=n)
        assert faults(cash_flow_chart(room, language, source="来源 source")) == []


def test_spending_adds_up_to_income() -> None:
    text = said(spending_chart(BUDGET, "en", month=date(2027, 1, 1)))
    # 6,500 − 1,500 − 1,600 − 300 − 200 − 300 − reserve 300 = 2,300
    assert "In January 2027, 2,300 yuan are left for installments" in text
    for shown in ("6,500 yuan", "1,900 yuan", "1,500 yuan", "200 yuan"):
        assert shown in text


def test_cash_flow_names_the_tightest_month() -> None:
    room = capacity(BUDGET, start=DAY, months=24)
    assert "2027-02" in said(cash_flow_chart(room, "en"))
    assert "does not reach" in said(cash_flow_chart(room, "en", installments=room.level + 100_000))
    assert "installment 0.00 yuan" not in said(cash_flow_chart(room, "en", installments=[0] * 24))


def test_figures_can_be_saved() -> None:
    figure = burden_cost_chart(compare(CASE, CASE.proposals, on=DAY), "zh")
    assert to_png(figure).startswith(b"\x89PNG") and b"<svg" in to_svg(figure)


def test_lines_break_at_spaces_or_between_chinese_characters() -> None:
    lines = wrapped("one two three four five six seven", 12, 100, lines=9).split("\n")
    assert " ".join(lines) == "one two three four five six seven" and len(lines) > 1
    chinese = wrapped(LONG, 12, 200, lines=9).split("\n")
    assert "".join(chinese) == LONG and not any(line.startswith(("）", "，")) for line in chinese)
    assert wrapped(LONG * 3, 12, 200).endswith("…")
