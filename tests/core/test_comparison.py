"""Proposals side by side; the expected values are worked by hand in the comments."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from debtdesk.core.budget import Budget, BudgetItem, Category, Kind
from debtdesk.core.case import Case
from debtdesk.core.comparison import compare
from debtdesk.core.debt import Balance, Debt, LenderType
from debtdesk.core.proposal import Proposal, Role, Waiver, WaiverTime
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import DatedRate, Terms

DAY = date(2026, 11, 24)
TERMS = Terms(rates=(DatedRate(None, Rate(Fraction(5, 10_000), Period.DAY)),))


def debt(account: str, principal: int, penalty: int) -> Debt:
    return Debt(
        account=account,
        creditor="A",
        lender="A",
        product="huabei",
        balance=Balance(principal=principal, penalty_interest=penalty, as_of=DAY),
        terms=TERMS,
        default_date=date(2023, 11, 25),
    )


@pytest.fixture
def case() -> Case:
    wage = BudgetItem(name="wage", kind=Kind.INCOME, category=Category.INCOME, amount=200_000)
    food = BudgetItem(name="food", kind=Kind.EXPENSE, category=Category.FOOD, amount=100_000, essential=True)
    debts = (debt("1", 1_000_000, 548_000), debt("2", 500_000, 0))
    return Case(reference="t", client="t", debts=debts, budget=Budget(items=(wage, food)))


def interest_free(**more: object) -> Proposal:
    terms: dict[str, object] = {
        "name": "ask",
        "start": DAY,
        "first_due": date(2026, 12, 20),
        "installments": 36,
        "waiver": Waiver(penalty_interest=Fraction(1)),
    }
    return Proposal(**(terms | more))  # type: ignore[arg-type]


def test_interest_free_plan_over_two_debts(case: Case) -> None:
    offer = compare(case, [interest_free()], on=DAY).offers[0]
    # 10,000 and 5,000 remain, 5,480 is waived; 277.77 + 138.88 a month, the last takes 278.05 + 139.20
    assert (offer.owed, offer.waived, offer.settled, offer.total) == (2_048_000, 548_000, 1_500_000, 1_500_000)
    assert offer.monthly == 27_805 + 13_920
    assert offer.payments[0] == (date(2026, 12, 20), 27_777 + 13_888)
    assert (offer.end, offer.yearly_cost) == (date(2029, 11, 20), 0.0)
    # doing nothing to 2029-11-20 (1,092 days): 20,480.00 + 5.00 x 1,092 + 2.50 x 1,092 = 28,670.00
    assert offer.nothing == 2_867_000
    assert offer.saved == 2_867_000 - 1_500_000
    # 1,000 are left a month; 417.25 is 41.725 %
    assert offer.share_of_capacity == Fraction(41_725, 100_000)
    assert offer.fits


def test_before_equals_waived_and_settled(case: Case) -> None:
    waiver = Waiver(principal=Fraction(1, 3), penalty_interest=Fraction(1, 7))
    for _, plan in compare(case, [interest_free(waiver=waiver)], on=DAY).offers[0].schedules:
        assert plan.before.total == plan.waived.total + plan.settled
        assert sum(i.principal for i in plan.installments) == plan.settled


def test_down_payment_is_split_by_what_is_owed(case: Case) -> None:
    offer = compare(case, [interest_free(down_payment=204_800)], on=DAY).offers[0]
    # 15,480 : 5,000 of 2,048 = 1,548 : 500
    assert [plan.installments[0].payment for _, plan in offer.schedules] == [154_800, 50_000]
    assert offer.payments[0] == (DAY, 204_800)
    assert offer.total == 1_500_000
    # on the first day more than a month's 1,000 is paid, and there are no savings
    assert offer.months_short > 0


def test_what_one_debt_cannot_take_of_a_down_payment_goes_to_the_others(case: Case) -> None:
    """Both owe 10,000.00, so 2,000.00 of 4,000.00 each; the first keeps 1,000.00 and takes no more: 1,000 and 3,000."""
    debts = (debt("1", 100_000, 900_000), debt("2", 1_000_000, 0))
    (offer,) = compare(replace(case, debts=debts), [interest_free(down_payment=400_000)], on=DAY).offers
    assert [plan.settlement.down.total for _, plan in offer.schedules] == [100_000, 300_000]
    assert (offer.down_payment, offer.total) == (400_000, 1_100_000)
    # 7,000.00 are left of the second alone: 194.44 a month, the last 194.60
    assert (offer.payments[1][1], offer.payments[-1][1]) == (19_444, 19_460)


def test_a_later_start_waits_under_the_old_terms(case: Case) -> None:
    start = date(2026, 12, 4)  # ten days: 50.00 + 25.00 more
    offer = compare(case, [interest_free(start=start, waiver=Waiver())], on=DAY).offers[0]
    assert offer.owed == 2_048_000 + 7_500


def test_a_proposal_for_one_debt_leaves_the_other_out(case: Case) -> None:
    offer = compare(case, [interest_free(accounts=("2",))], on=DAY).offers[0]
    assert (offer.owed, offer.total) == (500_000, 500_000)


def test_nothing_is_done_runs_to_the_last_day_of_all_offers(case: Case) -> None:
    shown = compare(case, [interest_free(), interest_free(installments=12)], on=DAY)
    assert (shown.horizon, shown.nothing) == (date(2029, 11, 20), 2_867_000)
    table = shown.table()
    assert list(table["proposal"]) == ["nothing", "ask", "ask"]
    assert list(table["total"]) == [28_670.0, 15_000.0, 15_000.0]


def test_a_household_without_capacity_has_no_share(case: Case) -> None:
    offer = compare(replace(case, budget=Budget()), [interest_free()], on=DAY).offers[0]
    assert offer.share_of_capacity is None
    assert not offer.fits


def test_misuse_is_refused(case: Case) -> None:
    with pytest.raises(ValueError, match="before"):
        compare(case, [interest_free(start=date(2026, 11, 23))], on=DAY)
    with pytest.raises(ValueError, match="covers no debt"):
        compare(case, [interest_free(accounts=("9",))], on=DAY)


def test_more_is_said_of_each_offer(case: Case) -> None:
    """15,000.00 in one payment after a year, at 3 % worth 14,563.11; 1,000.00 come in each month."""
    year = interest_free(name="year", first_due=date(2027, 11, 24), installments=1)
    offer = compare(case, [year], on=DAY, value_rate=Rate(Fraction(3, 100), Period.YEAR)).offers[0]
    assert offer.present_value == 1_456_311  # 15,000 / 1.03
    assert (offer.cost, offer.over_principal, offer.conditional) == (0, 0, 548_000)
    # thirteen months from November 2026 on bring 13,000.00; 15,000.00 are paid in the last
    assert (offer.lowest_reserve, offer.months_short) == (-200_000, 1)
    at_once = interest_free(waiver=Waiver(penalty_interest=Fraction(1), time=WaiverTime.ON_SIGNING))
    assert compare(case, [at_once], on=DAY).offers[0].conditional == 0


def test_the_creditors_figure_is_twelve_times_a_month(case: Case) -> None:
    """1 % a month is 12 % as lenders state it, and about 12.68 % with compounding."""
    rate = Rate(Fraction(12, 100), Period.YEAR)
    plan = interest_free(first_due=date(2026, 12, 24), rate=rate, role=Role.CREDITOR)
    shown = compare(case, [interest_free(), plan], on=DAY)
    assert shown.creditor is not None and shown.creditor.proposal == plan
    assert shown.creditor.stated_cost == pytest.approx(0.12, abs=1e-6)
    assert shown.creditor.yearly_cost == pytest.approx(1.01**12 - 1, abs=5e-4)  # days of the months differ
    assert shown.offers[0].stated_cost == pytest.approx(0, abs=1e-9)


def test_dominated_offers_name_what_beats_them(case: Case) -> None:
    better, worse = interest_free(name="better"), interest_free(name="worse", period_fee=Fraction(1, 100))
    longer, down = interest_free(name="longer", installments=48), interest_free(name="down", down_payment=100)
    shown = compare(case, [better, worse, longer, down], on=DAY)
    assert [o.dominated_by for o in shown.offers] == [(), ("better",), (), ()]
    # an offer for another debt is no rival
    other = interest_free(name="other", accounts=("2",))
    assert compare(case, [worse, other], on=DAY).offers[0].dominated_by == ()


def test_the_law_is_named_by_its_rule(case: Case) -> None:
    notes = {n.rule.id for n in compare(case, [interest_free(period_fee=Fraction(3, 100))], on=DAY).offers[0].notes}
    assert {"limitation_interruption", "cost_disclosure", "court_total_cost_review", "credit_record_years"} <= notes
    assert "card_plan_months" not in notes


def test_the_risk_of_another_computation_has_its_place(case: Case) -> None:
    table = compare(case, [interest_free()], on=DAY, risks={"ask": 0.19}).table()
    assert list(table["risk"])[1] == 0.19
    assert {"proposal", "total", "monthly", "months", "end", "yearly_cost", "waived", "share_of_capacity"} <= set(table)


def test_a_choice_keeps_what_it_was_compared_with(case: Case) -> None:
    shown = compare(case, [interest_free(), interest_free(name="longer", installments=48)], on=DAY)
    choice = shown.choose(shown.offers[1].proposal, "fits in bad months too")
    assert (choice.day, choice.proposal.name, choice.nothing) == (DAY, "longer", shown.nothing)
    assert [(c.name, c.total, c.months) for c in choice.compared] == [("ask", 1_500_000, 36), ("longer", 1_500_000, 48)]
    with pytest.raises(ValueError, match="not among"):
        shown.choose(interest_free(name="third"), "why")
    with pytest.raises(ValueError, match="reason"):
        shown.choose(shown.offers[0].proposal, "  ")


def test_each_proposal_compared_alone_says_the_same(case: Case) -> None:
    """Debts are played once for all proposals; nothing may depend on which others stand beside."""
    asked = [interest_free(name=str(n), installments=n, start=date(2026, 11, 24 + n % 6)) for n in range(6, 30, 5)]
    shared = compare(case, asked, on=DAY).offers
    for proposal, offer in zip(asked, shared, strict=True):
        assert replace(compare(case, [proposal], on=DAY).offers[0], dominated_by=()) == replace(offer, dominated_by=())


def said(case: Case, proposal: Proposal) -> dict[str, str]:
    (offer,) = compare(case, [proposal], on=DAY).offers
    return {n.rule.id: n.text.in_language("en") for n in offer.notes}


def test_the_24_percent_are_taken_without_compounding(case: Case) -> None:
    """22 % a year are 1.8333 % a month, 24.36 % compounded (1.018333 ** 12), and not above 24 % simple; 25 % are."""
    for percent, above in ((22, False), (25, True)):
        plan = interest_free(first_due=date(2026, 12, 24), rate=Rate(Fraction(percent, 100), Period.YEAR))
        (offer,) = compare(case, [plan], on=DAY).offers
        assert offer.yearly_cost is not None
        assert offer.yearly_cost > 0.24
        assert ("court_total_cost_review" in said(case, plan)) is above


def test_the_24_percent_are_not_said_of_a_private_loan(case: Case) -> None:
    """法发〔2017〕22号 is about loans of financial institutions."""
    plan = interest_free(first_due=date(2026, 12, 24), rate=Rate(Fraction(25, 100), Period.YEAR))
    private = replace(case, debts=tuple(replace(d, lender_type=LenderType.PRIVATE) for d in case.debts))
    assert "court_total_cost_review" not in said(private, plan)


def test_a_card_plan_beyond_the_rule_is_not_said_to_be_possible(case: Case) -> None:
    cards = replace(case, debts=tuple(replace(d, product="credit_card") for d in case.debts))
    assert "may agree" in said(cards, interest_free(installments=60))["card_plan_months"]
    assert "60 months at most" in said(cards, interest_free(installments=61))["card_plan_months"]
