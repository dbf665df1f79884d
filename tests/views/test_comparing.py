"""The comparison: every figure against a hand calculation, its order, how it turns, and what is grey and why."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from debtdesk.core.budget import Budget, Category, Kind
from debtdesk.core.case import Case
from debtdesk.core.comparison import Comparison, compare
from debtdesk.core.proposal import Role, Waiver
from debtdesk.core.rates import Period, Rate
from debtdesk.views.comparing import comparison_html, meanings_html
from debtdesk.views.offer_figures import UPRIGHT, figures, ordered, reasons_of
from debtdesk.views.offers import BurdenChart, PaidChart, foremost
from debtdesk.views.tables import comparison_table

from .cases import DAY, debt, item, proposal

THREE = Rate(Fraction(3, 100), Period.YEAR)
PENALTY = Waiver(penalty_interest=Fraction(1))
YEAR = date(2027, 11, 24)
INCOME = Budget(items=(item("工资", Kind.INCOME, Category.INCOME, 440_000),))
# 12,000 yuan at 0.05 % a day, 6 yuan a day, beside 1,200 of penalty interest; 4,400 are left each month
ONE = Case(
    reference="1", client="张**", debts=(debt("1", 1_200_000, penalty_interest=120_000),), budget=INCOME, day=DAY
)
LATE = proposal("late", 1, Role.CREDITOR, waiver=PENALTY)
SOON = proposal("soon", 1, Role.OTHER, waiver=PENALTY, period_fee=Fraction(1, 100))
OFFERS = (
    replace(SOON, first_due=date(2026, 12, 24)),
    replace(LATE, first_due=YEAR),
    replace(LATE, name="dear <b>", role=Role.OTHER, first_due=YEAR, period_fee=Fraction(2, 100)),
)


@pytest.fixture
def comparison() -> Comparison:
    return compare(ONE, OFFERS, on=DAY, value_rate=THREE, risks={"late": 0.19})


def test_every_figure_is_what_the_hand_finds(comparison: Comparison) -> None:
    frame = comparison_table(comparison, "en").set_index("what it means")
    assert len(frame) == len(figures())
    expected = {  # "late": all 12,000 after a year; "soon": 12,120 after a month
        "each month": ("12,000.00 yuan · fits", "12,120.00 yuan · too much"),
        "in all": ("12,000.00 yuan", "12,120.00 yuan"),
        "yearly cost": ("0.0%", "12.9%"),  # 1.01 ** (365 / 30) - 1 = 0.1287
        "until": ("2027-11-24", "2026-12-24"),
        "share of capacity": ("273%", "275%"),  # of 4,400
        "months without cash": ("none", "1 month"),  # 2 months bring 8,800, 12,120 are paid in the second
        "waived": ("1,200.00 yuan", "1,200.00 yuan"),
        "risk of breaking": ("19 of 100 such years", "not computed"),
        "a better offer": ("none", "none"),
        "down payment": ("0.00 yuan", "0.00 yuan"),
        "installments": ("1 month", "1 month"),
        "of it the plan's own cost": ("0.00 yuan", "120.00 yuan"),
        "over the principal": ("0.00 yuan", "120.00 yuan"),
        # 13,200 + 365 x 6 = 15,390 after a year; 13,200 + 30 x 6 = 13,380 after a month
        "less than doing nothing": ("3,390.00 yuan", "1,260.00 yuan"),
        "least at hand": ("4,400.00 yuan", "−3,320.00 yuan"),
        "yearly cost as a creditor states it": ("0.0%", "12.0%"),  # 1 % a month
        # 12,000 / 1.03 = 11,650.485; 12,120 / 1.03 ** (30 / 365) = 12,120 x 0.9975735 = 12,090.59
        "worth to the creditors today": ("11,650.49 yuan", "12,090.59 yuan"),
        "hangs on full payment": ("1,200.00 yuan", "1,200.00 yuan"),
        "on the credit report until about": ("2032-11-24", "2031-12-24"),
    }
    for name, texts in expected.items():
        assert (frame.loc[name, "late"], frame.loc[name, "soon"]) == texts, name
    assert frame.loc["a better offer", "dear <b>"] == "soon, late"  # 12,240 after a year
    assert frame.loc["in all", "nothing is done"] == "15,390.00 yuan by 2027-11-24, and on"


def test_offers_are_put_in_the_order_of_a_figure(comparison: Comparison) -> None:
    def names(by: str, *, downwards: bool = False) -> list[str]:
        return [o.proposal.name for _, o in ordered(comparison.offers, by, downwards=downwards)]

    assert names("") == ["late", "soon", "dear <b>"]  # the creditor's own first, else as entered
    assert names("total") == ["late", "soon", "dear <b>"]  # 12,000, 12,120, 12,240
    assert names("end", downwards=True) == ["late", "dear <b>", "soon"]  # equal ones stay as entered
    assert names("risk", downwards=True) == names("risk") == ["late", "soon", "dear <b>"]  # unknown last
    assert [n for n, _ in ordered(comparison.offers, "end")] == [1, 2, 3]


def test_few_offers_are_columns_and_many_are_rows(comparison: Comparison) -> None:
    few = comparison_html(comparison, "en")
    assert few.count("<table") == 1 and few.count("scope='col'") == 2 + 3
    many = compare(ONE, [replace(OFFERS[1], name=f"p{n}", down_payment=n) for n in range(UPRIGHT + 1)], on=DAY)
    turned = comparison_html(many, "en", by="down_payment", whole=True)
    assert turned.count("<table") == 2 and turned.count("scope='row'") == 2 * (1 + UPRIGHT + 1)
    assert "in all (yuan)" in turned and "12,000.00<" in turned and "12,000.00 yuan<" not in turned
    assert turned.index(">p0<") < turned.index(">p5<")
    downwards = comparison_html(many, "en", by="down_payment", downwards=True, whole=True)
    assert downwards.index(">p5<") < downwards.index(">p0<") and "aria-sort='descending'" in downwards


def test_every_name_is_explained_on_hover_and_in_words(comparison: Comparison) -> None:
    for language in ("zh", "en"):
        html = comparison_html(comparison, language, whole=True)
        words = meanings_html(comparison, language)
        assert len(re.findall(r"<th scope='row'[^>]* title='[^']+'", html)) == len(figures()) + 1  # and the notes
        assert words.count("<dt>") == words.count("<dd>") == len(figures()) + 1
        assert "dear &lt;b&gt;" in html and "<b> " not in html


def test_grey_is_what_has_a_better_offer_and_says_why(comparison: Comparison) -> None:
    grey = comparison.offers[2]
    assert [bool(o.dominated_by) for o in comparison.offers] == [False, False, True]
    sooner, why = reasons_of(grey, comparison, "en")
    assert "until 2026-12-24 instead of 2027-11-24" in sooner
    assert "each month 12,000.00 yuan instead of 12,240.00 yuan" in why and "until" not in why
    html = comparison_html(comparison, "en")
    assert len(re.findall(r"<td class='number[^']*debtdesk-dominated'", html)) == 9  # the first figures, one column
    assert "in all 12,000.00 yuan instead of 12,240.00 yuan" in html
    assert "in all 12,120.00 yuan instead of 12,240.00 yuan" in meanings_html(comparison, "en")


def test_a_note_of_the_law_is_said_once_with_its_rule(comparison: Comparison) -> None:
    html = comparison_html(comparison, "en", whole=True)
    assert html.count("<li>") == len({n.text.text for o in comparison.offers for n in o.notes})
    assert "征信业管理条例" in html
    cards = Case(reference="1", client="", debts=(debt("1", product="credit_card"),), day=DAY)
    both = compare(cards, [proposal("a", 12), proposal("b", 9)], on=DAY)
    assert "for 9, 12 months here" in comparison_html(both, "en", whole=True)


@pytest.mark.parametrize("kind", [BurdenChart, PaidChart])
def test_a_chart_that_was_drawn_on_shows_nothing_old(kind: type[BurdenChart] | type[PaidChart]) -> None:
    many = compare(ONE, [replace(OFFERS[1], name=f"p{n}", down_payment=90_000 * n) for n in range(12)], on=DAY)
    few, none = compare(ONE, OFFERS, on=DAY), compare(ONE, (), on=DAY)
    reused = kind(500, 400)
    for shown, language in ((many, "zh"), (few, "en"), (none, "en"), (few, "zh"), (many, "en")):
        assert reused.draw(shown, language, source="x") == kind(500, 400).draw(shown, language, source="x")


def test_the_foremost_offers_are_shown_where_not_all_have_room() -> None:
    plain = [replace(OFFERS[1], name=f"p{n}", role=Role.OTHER, down_payment=n) for n in range(9)]
    offers = compare(ONE, [*plain, OFFERS[1]], on=DAY).offers
    # down payments rise while all else stays or falls by a fen: none is better; the one picked and the creditor's stay
    shown = [o.proposal.name for _, o in foremost(offers, "p8")]
    assert len(shown) == 6 and shown[-2:] == ["p8", "late"]
