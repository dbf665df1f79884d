"""Shared plans, risk and the creditor's side: readable whatever the figures, and saying what they must."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from debtdesk.core.comparison import compare
from debtdesk.core.debt import Debt
from debtdesk.core.draws import Chances, draw
from debtdesk.core.optimal_split import OptimalSplit, least_charges
from debtdesk.core.recovery import Assumptions, Recovery, recovery
from debtdesk.core.risk import Fan, Measure, Risk, fan, risk, risks
from debtdesk.core.sharing import Meanwhile, Party, SharedPlan, ShareRule, Stance
from debtdesk.core.strategies import hold_out, share_out, share_out_by
from debtdesk.views import recovery as recovery_views
from debtdesk.views import risk as risk_views
from debtdesk.views import strategies as strategy_views
from debtdesk.views.colours import UNCERTAIN_HATCH

from .cases import BUDGET, CASE, CREDITOR, DAY, LONG, TARGET, WALK_AWAY, debt
from .seeing import faults, said

LANGUAGES = pytest.mark.parametrize("language", ["zh", "en"])
TWO = CASE.debts
MANY = tuple(debt(f"{n}2345678", 100_000 * (n + 1), product=LONG if n % 2 else "huabei") for n in range(9))


def plan(debts: tuple[Debt, ...], monthly: int, rule: ShareRule = ShareRule.PRO_RATA, **options: object) -> SharedPlan:
    return share_out(debts, monthly, rule, on=DAY, **options)  # type: ignore[arg-type]


PLANS = {
    "two": plan(TWO, 200_000),
    "in order": plan(TWO, 200_000, ShareRule.SMALLEST_FIRST),
    "many": plan(MANY, 200_000, ShareRule.DEAREST_FIRST),
    "one month": plan(TWO, 10**8),
    "nothing owed": plan((debt(principal=0),), 100),
    "never": plan(TWO, 100, months=120),
    "huge": plan((debt(principal=9 * 10**11),), 10**11),
    "tiny": plan((debt(principal=5), debt("2", 7)), 1),
}


@LANGUAGES
@pytest.mark.parametrize("name", PLANS)
def test_shared_plans_are_readable(name: str, language: str) -> None:
    assert faults(strategy_views.shares_chart(PLANS[name], language, source="来源 source")) == []


def test_a_plan_says_when_it_ends_and_what_it_costs() -> None:
    # 10,000 yuan at rest in four months of 2,500
    still = (Party(account=TWO[0].account, meanwhile=Meanwhile.STANDS_STILL),)
    one = (replace(TWO[0], balance=replace(TWO[0].balance, interest=0, penalty_interest=0, fees=0)),)
    found = plan(one, 250_000, parties=still)
    english = strategy_views.plan_sentence(found, "en")
    assert "2027-03-24" in english and "10,000 yuan in all, 0 yuan of it" in english
    table = strategy_views.shares_table(found, "en")
    assert table["paid in all"].tolist() == ["2,500.00"] * 4
    assert table["still owed"].tolist() == ["7,500.00", "5,000.00", "2,500.00", "–"]
    debts = strategy_views.debts_of_plan_table(found, "en")
    assert debts["in the plan"].tolist() == ["takes part, stands still"]
    assert "still owed" in strategy_views.plan_sentence(PLANS["never"], "en")


def test_rules_are_not_compared_by_charges_alone_where_something_is_still_owed() -> None:
    debt = replace(TWO[0], balance=replace(TWO[0].balance, principal=1_000_000, interest=0, penalty_interest=0, fees=0))
    still = (Party(account=debt.account, meanwhile=Meanwhile.STANDS_STILL),)
    # 10,000 yuan at rest, 10.00 a month for the 120 months that are looked at: 1,200 paid, 8,800 still owed
    never = share_out_by((debt,), 1_000, parties=still, on=DAY)
    table = strategy_views.rules_table(never, "en")
    assert table["still owed then"].tolist() == ["8,800.00"] * 3 and set(table["charges meanwhile"]) == {"0.00"}
    told = strategy_views.owing_sentence(never, "en")
    assert "“the smallest debt first” 8,800 yuan after 120 months" in told and "look at what is paid" in told
    paid = share_out_by((debt,), 250_000, parties=still, on=DAY)  # four months
    assert "still owed then" not in strategy_views.rules_table(paid, "en")
    assert strategy_views.owing_sentence(paid, "en") == ""
    mixed = strategy_views.rules_table((never[0], paid[1]), "zh")
    assert mixed["届时仍欠"].tolist() == ["8,800.00", "无"]


@LANGUAGES
def test_tables_of_plans_have_a_row_each(language: str) -> None:
    plans = share_out_by(TWO, 200_000, on=DAY)
    assert len(strategy_views.rules_table(plans, language)) == 3
    assert len(strategy_views.shares_table(plans[0], language)) == plans[0].months
    assert len(strategy_views.debts_of_plan_table(PLANS["never"], language)) == 2


def test_a_hold_out_is_told_with_its_cost() -> None:
    waits = strategy_views.hold_out_sentence(hold_out(TWO, 200_000, "2", on=DAY), "en")
    assert "only after the others" in waits and "until" in waits
    out = strategy_views.hold_out_sentence(hold_out(TWO, 200_000, "2", on=DAY, stance=Stance.STAYS_OUT), "en")
    assert "stays out and grows under its own terms" in out and "are owed to it then" in out
    still = tuple(Party(account=d.account, meanwhile=Meanwhile.STANDS_STILL) for d in TWO)
    same = hold_out(TWO, 200_000, "2", on=DAY, parties=still, meanwhile=Meanwhile.STANDS_STILL)
    assert "nothing more is to be paid" in strategy_views.hold_out_sentence(same, "en")
    assert "不参加" in strategy_views.hold_out_sentence(
        hold_out(TWO, 200_000, "2", on=DAY, stance=Stance.STAYS_OUT), "zh"
    )


def test_an_optimal_split_says_where_it_is_no_better() -> None:
    still = tuple(Party(account=a, meanwhile=Meanwhile.STANDS_STILL) for a in "12")
    found = least_charges((debt("1", 100_000), debt("2", 50_000)), 60_000, on=DAY, parties=still)
    assert found.gain == 0
    assert "No split was found" in strategy_views.optimal_sentence(found, "en")
    better = OptimalSplit(found.best_simple, (PLANS["never"],), False, None, (found.plan.debts[0].account,))
    text = strategy_views.optimal_sentence(better, "en")
    assert "saves" in text and "not proven" in text and "simplifies the terms of Huabei" in text


# --- risk --------------------------------------------------------------------------------------------------------

DRAWS = draw(BUDGET, start=DAY, months=49, paths=400)
CALM = draw(BUDGET, start=DAY, months=49, paths=5, chances=Chances.none())


def judged(draws: object, monthly: int, months: int = 49, name: str = "目标") -> tuple[Fan, Risk]:
    paid = [monthly] * months
    return fan(draws, paid), risk(draws, paid, name=name)  # type: ignore[arg-type]


FANS = {
    "usual": judged(DRAWS, 80_000),
    "ruin": judged(DRAWS, 900_000),
    "calm": judged(CALM, 0),
    "one month": judged(DRAWS, 80_000, 1),
    "two months": judged(DRAWS, 80_000, 2),
}


@LANGUAGES
@pytest.mark.parametrize("name", FANS)
def test_fans_are_readable(name: str, language: str) -> None:
    assert faults(risk_views.fan_chart(*FANS[name], language, source="来源 source")) == []


def test_a_fan_is_hatched_and_states_its_error() -> None:
    figure = risk_views.fan_chart(*FANS["usual"], "en")
    assert [c.get_hatch() for c in figure.axes[0].collections] == [UNCERTAIN_HATCH] * 2
    assert "± " in said(figure) and "of 100 plans fail" in said(figure)
    assert "In none of 5 drawn ways" in said(risk_views.fan_chart(*FANS["calm"], "en"))


def known_risk(failed: int, years: int) -> Risk:
    return Risk(
        name="target",
        months=48,
        paths=10_000,
        tolerated=0,
        failed=failed,
        years=years,
        when=(3,) * 5,
        lowest=(-100,) * 5,
        seed=1,
        chances=Chances(),
    )


def test_risk_is_told_in_years_of_a_hundred() -> None:
    # 2,400 of 10,000 plans, 34,286 years: 24 and 7 of 100; error sqrt(0.24 x 0.76 / 10,000) = 0.427 %
    text = risk_views.risk_sentence(known_risk(2_400, 34_286), "en")
    assert "in 7 of 100 such years" in text and "in 24 of 100 such plans over 48 months (give or take 0.4)" in text
    assert "no forecast" in text
    twice = risk_views.risk_sentence(replace(known_risk(2_400, 34_286), tolerated=2), "en")
    assert "the money would run out in more than 2 months in 7 of 100" in twice
    assert "约有 7 年" in risk_views.risk_sentence(known_risk(2_400, 34_286), "zh")


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(0), "0"),
        (Fraction(1, 1000), "fewer than 1"),
        (Fraction(65, 1000), "7"),
        (Fraction(999, 1000), "more than 99"),
        (Fraction(1), "100"),
    ],
)
def test_shares_of_a_hundred_keep_the_ends(share: Fraction, words: str) -> None:
    assert risk_views.of_hundred(share).in_language("en") == words


def test_relief_names_reserve_and_installment() -> None:
    text = risk_views.relief_sentence(Fraction(7, 100), Measure.YEAR, 120_000, 90_000, "en")
    assert text == (
        "To stay within 7 of 100 such years: 1,200 yuan more at hand at the start, "
        "or an installment of at most 900 yuan."
    )
    none = risk_views.relief_sentence(Fraction(7, 100), Measure.PLAN, None, None, "en")
    assert "no reserve that was looked at, or no installment" in none


@LANGUAGES
def test_risks_stand_side_by_side(language: str) -> None:
    offers = compare(CASE, (CREDITOR, TARGET, WALK_AWAY), on=DAY).offers
    found = risks(BUDGET, offers, paths=200)
    table = risk_views.risks_table(found, language)
    assert table.iloc[:, 0].tolist() == [o.proposal.name for o in offers] and len(table.columns) == 7


# --- the creditor's side -----------------------------------------------------------------------------------------

PAID = [(date(2027, 11, 24), 1_100_000)]


def asked(**assumed: object) -> Recovery:
    return recovery(PAID, 2_000_000, on=DAY, assumptions=Assumptions(rate=Fraction(1, 10), **assumed))  # type: ignore[arg-type]


HALF, LITTLE = Fraction(1, 2), Fraction(1, 10)
SIDES = {
    "plan alone": asked(),
    "all": asked(wait_share=LITTLE, sale_share=LITTLE, suit_share=HALF, suit_costs=50_000, suit_months=12),
    "suit is better": asked(suit_share=Fraction(1), suit_months=1),
    "suit loses": asked(suit_share=Fraction(0), suit_costs=900_000),
    "nothing": asked(plan_paid=Fraction(0), wait_share=Fraction(0)),
    "huge": recovery(
        [(DAY, 10**12)], 10**12, on=DAY, assumptions=Assumptions(suit_share=HALF, wait_share=HALF, sale_share=HALF)
    ),
}


@LANGUAGES
@pytest.mark.parametrize("name", SIDES)
def test_creditors_sides_are_readable(name: str, language: str) -> None:
    figure = recovery_views.recovery_chart(SIDES[name], language, source="来源 source")
    assert faults(figure) == []
    assert len(recovery_views.recovery_table(SIDES[name], language)) == len(SIDES[name].rows)
    assert recovery_views.recovery_sentence(SIDES[name], language)


def test_what_is_assumed_is_hatched() -> None:
    bars = recovery_views.recovery_chart(SIDES["all"], "en").axes[0].patches
    assert [b.get_hatch() for b in bars] == [None, UNCERTAIN_HATCH, UNCERTAIN_HATCH, UNCERTAIN_HATCH]


def test_the_creditors_side_is_argued_not_promised() -> None:
    # as in the core's test: worth 10,000; a suit would need 11,880 / 20,300 = 58.5 %; waiting, 24 months: 60.5 %
    text = recovery_views.recovery_sentence(SIDES["all"], "en")
    assert "At 10.0% a year the plan is worth 10,000 yuan to the creditor on 2026-11-24." in text
    assert "unless more than 58.5% of claim and court fee came in by 2027-11-24" in text
    assert "assumptions, not forecasts" in text
    assert "plan is worth most" in said(recovery_views.recovery_chart(SIDES["all"], "en"))
    assert "is worth no less than the plan" in said(recovery_views.recovery_chart(SIDES["suit is better"], "en"))
    lost = recovery(PAID, 900_000, on=DAY, assumptions=Assumptions(suit_share=HALF, suit_months=60))
    assert "Suing would be worth less even if all came in" in recovery_views.recovery_sentence(lost, "en")
