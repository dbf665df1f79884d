"""The risk of a second default in 04: by hand where nothing is left to chance, and against the odds where it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from debtdesk.core.budget import Budget
from debtdesk.core.draws import Chances
from debtdesk.core.problems import Refused
from debtdesk.core.risk import Measure, Reserve
from debtdesk.core.terms import Known
from debtdesk.panels.desk import Desk
from debtdesk.panels.offers import OffersPanel
from debtdesk.panels.offers_state import OffersState
from debtdesk.panels.risk_card import RiskCard
from debtdesk.panels.risk_state import RiskState
from debtdesk.views.colours import UNCERTAIN_HATCH

from .conftest import DAY, make_case

# wage 6,200, rent 1,800: 4,400.00 a month; nothing saved, nothing laid aside


def same(handler: Callable[..., None]) -> Callable[..., None]:
    return handler


@pytest.fixture
def offers() -> OffersState:
    return OffersState(make_case(), DAY)


@pytest.fixture
def state(offers: OffersState) -> RiskState:
    """No chances at all."""
    found = RiskState(offers)
    found.chances = Chances.none()
    return found


@pytest.fixture
def card(offers: OffersState) -> RiskCard:
    found = RiskCard(RiskState(offers), same)
    found.show(True)
    return found


# -- the state --------------------------------------------------------------------------------------------------------


def test_without_chances_only_what_exceeds_the_budget_fails(state: RiskState, offers: OffersState) -> None:
    offers.amend(installments=6)  # 6,000.00 a month; the opening 600.00
    assert [(r.name, r.share, r.yearly) for r in state.risks().rows] == [("opening", 0, 0), ("target", 1, 1)]
    assert all(r.standard_error == 0 for r in state.risks().rows)


def test_what_reserve_or_installment_brings_it_to_the_level(state: RiskState, offers: OffersState) -> None:
    offers.amend(installments=6)
    relief = state.relief()
    assert relief is not None
    # November +4,400, then six times 4,400 - 6,000: 4,400 - 6 x 1,600 = -5,200; the level of the budget is 4,400
    assert (relief.reserve, relief.installment) == (520_000, 440_000)
    assert relief.fan.rows[0] == (440_000, 280_000, 120_000, -40_000, -200_000, -360_000, -520_000)
    # three months end below nothing; four would be one too many to bear
    state.tolerated = 4
    assert state.relief().reserve == 0  # type: ignore[union-attr]


def test_a_cost_in_every_month_lowers_the_installment_by_as_much(state: RiskState) -> None:
    state.suppose(illness=Fraction(1), illness_cost=(200_000, 200_000), illness_lost=Fraction(0))
    relief = state.relief()
    assert relief is not None and relief.installment == 440_000 - 200_000


def test_a_chance_of_a_half_a_year_breaks_half_of_the_one_year_plans(state: RiskState, offers: OffersState) -> None:
    # an expense that nobody can bear, with a chance of 50 % a year; eleven installments end in the twelfth month
    state.suppose(one_off=Fraction(1, 2), one_off_cost=(10**8, 10**8))
    offers.amend(installments=11)
    found = state.risks().rows[1]
    assert found.months == 12
    assert found.standard_error == pytest.approx(0.005, rel=0.05)  # sqrt(0.5 x 0.5 / 10,000)
    assert abs(float(found.share) - 0.5) < 5 * 0.005


def test_all_proposals_are_tried_on_the_same_draws(offers: OffersState) -> None:
    state = RiskState(offers)
    offers.pick(0)
    offers.amend(installments=48)  # now like the target
    first, second = state.risks().rows
    assert (first.failed, first.years, first.lowest) == (second.failed, second.years, second.lowest)
    assert first.failed  # 750.00 of 4,400.00 is lost with the wage, at 8 % a year
    offers.amend(installments=24)  # 1,500.00 a month
    assert state.risks().rows[0].failed > second.failed and state.risks().rows[1] == second


def test_the_comparison_gets_the_share_of_years(state: RiskState, offers: OffersState) -> None:
    offers.amend(installments=6)
    state.tell_offers()
    assert offers.risks == {"opening": 0, "target": 1}
    offers.amend(installments=24)
    state.suppose(one_off=Fraction(1, 2), one_off_cost=(10**8, 10**8))
    state.tell_offers()
    found = state.risks().rows[1]  # half of the years break it: of the plans of more than two years, three quarters
    assert offers.risks["target"] == found.yearly < found.share


def test_what_cannot_be_is_refused(state: RiskState) -> None:
    before = state.chances
    with pytest.raises(Refused, match="a third"):
        state.suppose(expense_spread=Fraction(1, 2))
    with pytest.raises(Refused, match="not in order"):
        state.suppose(job_loss_months=(6, 1))
    assert state.chances == before


def test_without_a_budget_there_is_no_risk() -> None:
    bare = RiskState(OffersState(replace(make_case(), budget=Budget()), DAY))
    assert bare.risks().rows == () and bare.relief() is None


# -- the card ---------------------------------------------------------------------------------------------------------


def test_the_card_tells_years_error_and_spread(card: RiskCard) -> None:
    assert "of 100 such years" in card.lead.value and "give or take" in card.lead.value
    assert "no forecast" in card.lead.value
    assert "opening" in card.table.value and "target" in card.table.value
    assert bytes(card.picture.value).startswith(b"\x89PNG")
    assert "assumed; no source was entered" in card.mark.value and "repeating-linear-gradient" in card.mark.value


def test_the_card_follows_level_measure_and_proposal(card: RiskCard) -> None:
    for name in ("job_loss", "illness", "one_off", "steady_spread", "expense_spread"):
        card.fields[name].text.value = "0"
    assert "stays within 10 of 100 as it is" in card.relief.value and "4,400 yuan" in card.relief.value
    card.state.offers.amend(installments=6)
    card.refresh()
    assert "To stay within 10 of 100 such years: 5,200 yuan more at hand at the start" in card.relief.value
    card.measure.value = Measure.PLAN
    card.level.text.value = "5"
    assert "To stay within 5 of 100 such plans" in card.relief.value
    card.name.value = "opening"
    assert "Under “opening” the money would run out in 0 of 100 such years" in card.lead.value


def test_bad_assumptions_keep_the_last_result(card: RiskCard) -> None:
    shown, before = card.table.value, card.state.chances
    for name, bad in (
        ("expense_spread", "50"),
        ("job_loss", "120"),
        ("job_loss_months", "six"),
        ("job_loss_months", "6 – 1"),
        ("illness_cost", "500 – 100"),
        ("illness_cost", "a – b"),
    ):
        card.fields[name].text.value = bad
        assert card.fields[name].problem, (name, bad)
        assert card.table.value == shown and card.state.chances == before
    card.level.text.value = "100"
    assert card.level.problem and card.table.value == shown


def test_ranges_and_their_source_are_taken(card: RiskCard) -> None:
    card.fields["job_loss_months"].text.value = "2 – 9"
    card.fields["illness_cost"].text.value = "1,000-8,000.50"
    card.fields["one_off_cost"].text.value = "500"
    chances = card.state.chances
    assert chances.job_loss_months == (2, 9) and chances.illness_cost == (100_000, 800_050)
    assert chances.one_off_cost == (50_000, 50_000)
    card.known.value = Known.SEEN
    card.source.text.value = "<b>wage slips</b>"
    assert "source: &lt;b&gt;wage slips" in card.mark.value and "repeating" not in card.mark.value
    card.helps_out.value = False
    assert card.state.reserve is Reserve.LEFT_ALONE
    card.tolerated.text.value = "2"
    assert "in more than 2 months" in card.lead.value


def test_the_fan_is_hatched(monkeypatch: pytest.MonkeyPatch, card: RiskCard) -> None:
    from debtdesk.panels import picture

    drawn: list[Any] = []
    monkeypatch.setattr(picture, "to_png", lambda figure, scale: drawn.append(figure) or b"")
    card.show(True)
    assert {c.get_hatch() for c in drawn[0].axes[0].collections} == {UNCERTAIN_HATCH}


def test_the_stage_knows_the_risks_by_itself(desk: Desk) -> None:
    panel = OffersPanel(desk)
    assert set(panel.state.risks) == {"opening", "target"}
    panel.several.risk.unfold()
    assert "of 100 such years" in panel.several.risk.card.lead.value
    before = panel.state.risks
    assert set(before) == {"opening", "target"}
    panel.several.risk.unfold(False)
    panel.state.amend(installments=6)  # the comparison goes on being told
    assert panel.state.risks["target"] > 0.9 > before["target"]
    panel.several.risk.card.fields["job_loss"].text.value = "0"
    calmer = panel.state.risks["opening"]
    panel.several.risk.card.fields["job_loss"].text.value = "90"
    assert panel.state.risks["opening"] > calmer
    desk.speak("zh")
    panel.several.risk.unfold()
    assert panel.several.risk.card.fields["job_loss"].value == Fraction(9, 10)
    assert "约有" in panel.several.risk.card.lead.value
