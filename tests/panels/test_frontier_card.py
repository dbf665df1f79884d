"""The search for plans: by hand, beside the draft, and only where somebody looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from debtdesk.core.budget import Budget
from debtdesk.core.case import Case
from debtdesk.core.problems import Refused
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import Part
from debtdesk.panels.desk import Desk
from debtdesk.panels.frontier_card import FrontierCard
from debtdesk.panels.frontier_state import FrontierState
from debtdesk.panels.offers import OffersPanel
from debtdesk.panels.offers_state import OffersState

from .conftest import DAY, make_case

SIX = Rate(Fraction(6, 100), Period.YEAR)


@pytest.fixture
def case() -> Case:
    return make_case()


@pytest.fixture
def state(case: Case) -> FrontierState:
    return FrontierState(OffersState(case, DAY))


@pytest.fixture
def panel(desk: Desk) -> OffersPanel:
    panel = OffersPanel(desk)
    panel.frontier_fold.unfold()
    return panel


@pytest.fixture
def card(panel: OffersPanel) -> FrontierCard:
    return panel.frontier_fold.card


# -- the state --------------------------------------------------------------------------------------------------------


def test_the_budget_says_what_can_be_paid_until_somebody_types(state: FrontierState) -> None:
    # 6,200 - 1,800 = 4,400 a month; 13,200 and 26,400 leave 6 and 3 fen over in nine months, which
    # makes the last one 4,400.08; so ten months of 3,960
    assert state.monthly == 440_000
    found = state.find()
    assert found is not None and found.best is not None
    assert (found.best.concession, found.best.term, found.best.monthly) == (0, 10, 396_000)
    state.typed = 62_000
    found = state.find()
    assert found is not None and found.best is not None
    # 60 months carry 37,200 of 39,600: in tenths of 3,600 penalty interest seven tenths go, 2,520; 37,080 / 60 = 618
    assert (found.best.concession, found.best.term, found.best.monthly) == (252_000, 60, 61_800)


def test_only_what_matters_makes_a_new_search(state: FrontierState) -> None:
    first = state.find()
    state.offers.amend(installments=12, penalty_interest=Fraction(0), name="other", note="x")
    assert state.stands and state.find() is first
    state.offers.amend(down_payment=100_000)
    assert not state.stands and state.find() is not first


def test_limits_are_those_of_the_product_until_set_by_hand(state: FrontierState) -> None:
    assert (state.limit("longest"), state.limit("principal"), state.limit("freezes")) == (60, 0, (0,))
    state.set_limit("longest", 40)
    state.set_limit("principal", Fraction(1, 10))
    assert (state.limits.longest, state.limits.waived[Part.PRINCIPAL]) == (40, Fraction(1, 10))
    state.typed = 81_000
    found = state.find()
    # 40 months carry 32,400; without penalty interest 36,000 are left, less a tenth of the principal of 36,000: 32,400
    assert found is not None and found.best is not None
    assert (found.best.concession, found.best.term) == (720_000, 40)
    state.set_limit("longest", 60)
    assert state.changed == {"principal": Fraction(1, 10)}
    state.back()
    assert state.limits == state.rule


def test_a_rate_lets_months_rest(state: FrontierState) -> None:
    state.offers.amend(rate=SIX)
    assert state.limit("freezes") == (0, 3, 6, 12)
    found = state.find()
    assert found is not None and {p.freeze_months for p in found.points} > {0}


def test_a_plan_becomes_a_new_proposal(state: FrontierState) -> None:
    state.typed = 62_000
    found = state.find()
    assert found is not None and found.best is not None
    state.take(found.best)
    draft = state.offers.draft
    assert draft is not None and state.offers.kept is None
    assert (draft.name, draft.installments) == ("618.00 a month, 60 months", 60)
    assert draft.waiver.penalty_interest == Fraction(7, 10)
    assert state.offers.offer is not None and state.offers.offer.monthly == 61_800
    with pytest.raises(Refused, match="new proposal already"):
        state.take(found.best)


def test_month_by_month_says_in_how_many_months_it_falls_short(case: Case) -> None:
    # rent leaves 500 a month; lightest is 36,000 / 60 = 600, from December on
    items = (case.budget.items[0], replace(case.budget.items[1], amount=570_000))
    state = FrontierState(OffersState(replace(case, budget=replace(case.budget, items=items)), DAY))
    state.by_month = True
    found = state.find()
    assert found is not None and found.best is None and state.lightest is not None
    assert (state.lightest.monthly, state.lightest.term) == (60_000, 60)
    # November leaves 500, each of 60 months takes 100 more than comes in: 500 - 100 k, below 0 from the sixth on
    assert state.short(state.lightest) == (55, 550_000)


def test_a_draft_for_no_debt_or_without_installments_is_told(state: FrontierState, case: Case) -> None:
    draft = case.proposals[1]
    gone = FrontierState(OffersState(replace(case, proposals=(replace(draft, accounts=("gone",)),)), DAY))
    assert gone.find() is None and gone.effects() is None
    season = (*[Fraction(0)] * 10, Fraction(1), Fraction(0))  # only in November
    uneven = FrontierState(OffersState(replace(case, proposals=(replace(draft, season=season),)), DAY))
    with pytest.raises(Refused, match="uneven months"):
        uneven.find()


# -- the card ---------------------------------------------------------------------------------------------------------


def test_a_folded_card_searches_nothing(desk: Desk) -> None:
    panel = OffersPanel(desk)
    panel.state.amend(down_payment=100_000)
    assert panel.frontier_fold.card.lead.value == "" and not panel.search.stands
    panel.frontier_fold.unfold()
    assert "fits without any concession" in panel.frontier_fold.card.lead.value and panel.search.stands
    panel.frontier_fold.unfold(False)
    panel.state.amend(down_payment=200_000)
    assert not panel.search.stands


def test_the_card_shows_all_that_fits_the_smallest_concession_first(card: FrontierCard) -> None:
    card.monthly.text.value = "620"
    assert "2,520.00 yuan (penalty interest 70%), in 60 months of at most 618.00 yuan" in card.lead.value
    # 59 months carry 36,580: 3,020 of 39,600 must go, nine tenths of 3,600; the last tenth makes it no shorter
    assert card.table.value.index("2,520.00") < card.table.value.index("3,240.00")
    assert "If 3,240.00 yuan are given up, 59 months are enough" in card.lead.value
    assert bytes(card.picture.value).startswith(b"\x89PNG")
    assert "600.00 · fits" in card.grid.value and "660.00" in card.grid.value  # 36,000 / 60; 39,600 / 60
    card.budget.click()
    assert card.monthly.text.value == "4,400.00" and card.state.typed is None


def test_the_card_says_by_how_much_nothing_fits(card: FrontierCard) -> None:
    card.monthly.text.value = "500"
    assert "no plan within these limits fits" in card.lead.value
    assert "600.00 yuan a month for 60 months, 100.00 yuan too much" in card.lead.value
    assert "3,600.00 yuan are given up" in card.lead.value and "The lightest plan" in card.table.value


def test_wrong_input_keeps_the_last_result(card: FrontierCard) -> None:
    before = card.lead.value
    for field, text in (("longest", "0"), ("step", "1"), ("freezes", "x"), ("principal", "120")):
        card.fields[field].text.value = text
        assert card.fields[field].problem
    card.monthly.text.value = "-5"
    assert card.monthly.problem and card.lead.value == before and card.state.changed == {}
    card.look()
    assert card.fields["longest"].text.value == "0"
    card.back.click()
    assert not any(f.problem for f in card.fields.values()) and card.fields["longest"].text.value == "60"


def test_limits_carry_their_source_and_go_back(card: FrontierCard) -> None:
    assert "60 months at most" in card.sources["longest"].value and "card_plan_months" in card.sources["longest"].value
    assert "hardly ever waived" in card.sources["principal"].value
    assert "Set by hand" not in card.sources["longest"].value
    card.fields["longest"].text.value = "8"
    assert "Set by hand" in card.sources["longest"].value
    # 36,000 in eight months are 4,500, and 4,400 can be paid
    assert "100.00 yuan too much" in card.lead.value
    card.back.click()
    assert card.fields["longest"].text.value == "60" and "fits without" in card.lead.value


def test_taking_a_plan_begins_a_proposal(panel: OffersPanel) -> None:
    card = panel.frontier_fold.card
    card.monthly.text.value = "620"
    card.choice.value = 0
    card.take.click()
    assert panel.state.draft is not None and panel.state.draft.name == "618.00 a month, 60 months"
    assert "618.00 yuan" in panel.table.value and panel.editor is not None
    assert panel.editor.fields["penalty_interest"].text.value == "70%"
    card.take.click()
    assert panel.desk.failed and "new proposal already" in panel.message.value
    assert card.monthly.text.value == "620"


def test_the_reverse_says_what_one_concession_changes(panel: OffersPanel) -> None:
    # 36,000 over 48: 750.00. With the penalty interest 39,600: 825.00. Over 60 months 600.00, over 36 1,000.00.
    said = panel.frontier_fold.card.reverse.value
    assert "+75.00 yuan" in said and "+3,600.00 yuan" in said and "−150.00 yuan" in said and "target" in said
    # 333.33 and 666.66 with the remainders of 12 and 24 fen last: 1,000.35
    assert "+250.35 yuan" in said
    assert "penalty interest: none of it waived" in said and "fees:" not in said  # there are none to waive
    panel.state.amend(name="<i>x</i>")
    assert "<i>x" not in panel.frontier_fold.card.reverse.value


def test_without_a_budget_an_amount_is_asked_for(desk: Desk) -> None:
    assert desk.change("edit", lambda case: replace(case, budget=Budget()))
    card = OffersPanel(desk).frontier_fold.card
    card.show(True)
    assert "no budget yet" in card.lead.value
    card.monthly.text.value = "750"
    assert "no budget yet" not in card.lead.value and "fits without any concession" in card.lead.value


def test_what_was_typed_outlives_the_language_and_the_case(panel: OffersPanel, second: Desk) -> None:
    panel.frontier_fold.card.monthly.text.value = "620"
    panel.frontier_fold.card.mode.value = False
    panel.frontier_fold.card.fields["longest"].text.value = "50"
    assert second.change("edit", lambda case: replace(case, debts=case.debts[:1]))
    panel.desk.follow()
    assert panel.frontier_fold.card.monthly.value == 62_000 and panel.search.limit("longest") == 50
    panel.desk.speak("zh")
    assert panel.frontier_fold.card.monthly.value == 62_000
    panel.frontier_fold.unfold()
    assert "每月 620 元" in panel.frontier_fold.card.lead.value


def test_a_date_in_the_past_is_moved_to_today(case: Case) -> None:
    later = FrontierState(OffersState(case, date(2026, 12, 1)))
    found = later.find()
    assert found is not None and found.points[0].shape.start == date(2026, 12, 1)
    assert later.effects() is None


def test_another_client_begins_with_an_empty_search(state: FrontierState) -> None:
    state.typed, state.by_month = 62_000, True
    state.set_limit("longest", 40)
    state.offers.follow(make_case("2026-0002"), DAY)
    assert (state.typed, state.by_month, state.by_hand) == (None, False, frozenset())
