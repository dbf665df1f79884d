"""What is entered in the cards of 04 is kept with the case, found again, and never lost to another window."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from debtdesk.core.draws import Chances
from debtdesk.core.rates import Period, Rate
from debtdesk.core.recovery import Assumptions
from debtdesk.core.risk import Measure, Reserve
from debtdesk.core.sharing import ShareRule, Stance
from debtdesk.core.suppositions import Seat, Suppositions
from debtdesk.core.terms import Known
from debtdesk.panels.desk import Desk
from debtdesk.panels.keep_bar import KeepBar
from debtdesk.panels.offers import OffersPanel
from debtdesk.panels.recovery_card import RecoveryCard
from debtdesk.panels.risk_card import RiskCard
from debtdesk.panels.risk_state import RiskState
from debtdesk.panels.sharing_card import SharingCard

from .conftest import make_case


@pytest.fixture(autouse=True)
def nothing_reckoned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only what is entered counts here: no card works out or draws an answer."""
    for card in (SharingCard, RiskCard, RecoveryCard):
        for name in ("_answer", "_draw"):
            monkeypatch.setattr(card, name, lambda self: None)
    for name in ("_draw_burden", "_draw_paid"):
        monkeypatch.setattr(OffersPanel, name, lambda self: None)
    monkeypatch.setattr(RiskState, "tell_offers", lambda self: None)


@pytest.fixture
def panel(desk: Desk) -> OffersPanel:
    found = OffersPanel(desk)
    several = found.several
    for folded in (several.sharing, several.risk, several.recovery):
        folded.unfold()
    return found


def again(desk: Desk) -> OffersPanel:
    """The page opened anew, by another process as it were: nothing is known but what the store has."""
    found = OffersPanel(Desk(desk.store))
    several = found.several
    for folded in (several.sharing, several.risk, several.recovery):
        folded.unfold()
    return found


def keep(panel: OffersPanel) -> None:
    panel.frontier_fold.unfold()
    bars = [w for w in panel.frontier_fold.place.children if isinstance(w, KeepBar)]
    assert not bars[0].keep.disabled and "not saved yet" in bars[0].unsaved.value
    bars[0].keep.click()
    assert not panel.desk.failed and bars[0].keep.disabled and bars[0].unsaved.value == ""


def test_nothing_entered_keeps_nothing(panel: OffersPanel) -> None:
    assert not panel.kept.dirty and panel.kept.suppositions() == Suppositions()
    assert panel.kept.save(wrong=False) and "nothing to keep" in str(panel.desk.said) and panel.desk.version == 1


def test_the_search_is_found_again(panel: OffersPanel) -> None:
    card = panel.frontier_fold.card
    card.monthly.text.value = "620"
    for name, text in (("longest", "50"), ("freezes", "0, 3"), ("fees", "40"), ("principal", "5"), ("step", "20")):
        card.fields[name].text.value = text
    keep(panel)
    card = again(panel.desk).frontier_fold.card
    assert card.monthly.value == 62_000 and card.fields["longest"].value == 50
    assert card.fields["freezes"].value == (0, 3) and card.fields["step"].value == Fraction(1, 5)
    assert (card.fields["fees"].value, card.fields["principal"].value) == (Fraction(2, 5), Fraction(1, 20))
    assert "Set by hand" in card.sources["longest"].value and card.state.by_hand >= {"longest", "fees"}
    card.mode.value = True
    assert card.state.settings.by_month


def test_the_split_is_found_again(panel: OffersPanel) -> None:
    card = panel.several.sharing.card
    card.monthly.text.value = "1000"
    card.rule.value, card.lines["HB-01"].still.value = ShareRule.WEIGHTS, True
    card.lines["HB-01"].weight.text.value = "2.5"
    card.lines["6222****0001"].minimum.text.value = "300"
    card.lines["6222****0001"].place.text.value = "7"
    keep(panel)
    assert panel.desk.case.suppositions.sharing is not None
    found = again(panel.desk).several.sharing.card
    assert (found.monthly.value, found.rule.value) == (100_000, ShareRule.WEIGHTS)
    assert found.state.seats == (
        Seat(account="HB-01", still=True, weight=Fraction(5, 2)),
        Seat(account="6222****0001", minimum=30_000, place=7),
    )
    assert found.lines["HB-01"].still.value and found.lines["6222****0001"].place.value == 7
    found.lines["HB-01"].takes_part.value = False
    found.aside.value = Stance.STAYS_OUT
    assert found.state.settings.aside is Stance.STAYS_OUT and not found.state.settings.seats[0].takes_part


def test_the_risk_is_found_again(panel: OffersPanel) -> None:
    card = panel.several.risk.card
    card.fields["job_loss"].text.value = "12.5"
    card.fields["illness_cost"].text.value = "1,000 – 8,000"
    card.tolerated.text.value, card.level.text.value = "2", "15"
    card.measure.value, card.helps_out.value, card.known.value = Measure.PLAN, False, Known.TOLD
    card.source.text.value = "what the client told"
    keep(panel)
    card = again(panel.desk).several.risk.card
    chances = Chances(job_loss=Fraction(1, 8), illness_cost=(100_000, 800_000), known=Known.TOLD)
    assert card.state.chances == chances and card.fields["job_loss"].text.value == "12.5"
    assert (card.tolerated.value, card.level.value, card.source.value) == (2, 15, "what the client told")
    assert (card.measure.value, card.state.reserve) == (Measure.PLAN, Reserve.LEFT_ALONE)
    assert not card.helps_out.value and card.known.value is Known.TOLD


def test_the_creditors_side_and_the_rate_are_found_again(panel: OffersPanel) -> None:
    card = panel.several.recovery.card
    card.fields["wait_share"].text.value, card.fields["suit_costs"].text.value = "30", "2,000"
    card.half_fee.value = True
    card.source.text.value = "annual report"
    panel.compared.rate.text.value = "12%/year"
    keep(panel)
    panel = again(panel.desk)
    card = panel.several.recovery.card
    assert card.state.assumptions == Assumptions(wait_share=Fraction(3, 10), suit_costs=200_000, half_fee=True)
    assert card.fields["wait_share"].text.value == "30" and card.half_fee.value
    assert card.source.value == "annual report"
    assert panel.compared.rate.value == Rate(Fraction(12, 100), Period.YEAR)


def test_one_longest_term_holds_for_search_and_checks(panel: OffersPanel) -> None:
    panel.state.amend(installments=61)
    assert "60 months" in panel.warning.value
    panel.frontier_fold.card.fields["longest"].text.value = "72"
    assert panel.warning.value == "" and panel.state.longest == panel.search.limits.longest == 72
    panel.frontier_fold.card.back.click()
    assert panel.state.longest == panel.search.limits.longest == 60 and "60 months" in panel.warning.value


def test_a_revision_is_written_once_not_at_each_keystroke(panel: OffersPanel) -> None:
    for text in ("600", "610", "620"):
        panel.frontier_fold.card.monthly.text.value = text
    panel.several.risk.card.tolerated.text.value = "1"
    assert panel.desk.version == 1
    keep(panel)
    assert panel.desk.version == 2


def test_saving_a_proposal_keeps_the_cards_along(panel: OffersPanel) -> None:
    panel.frontier_fold.card.monthly.text.value = "620"
    panel.state.amend(installments=40)
    panel.save.click()
    assert panel.desk.version == 2 and not panel.kept.dirty
    assert again(panel.desk).frontier_fold.card.monthly.value == 62_000


def test_keeping_makes_no_new_search_and_draws_nothing_anew(panel: OffersPanel) -> None:
    panel.state.amend(installments=40)
    panel.several.risk.card.tolerated.text.value = "1"
    found, draft = panel.search.find(), panel.state.draft
    keep(panel)
    assert panel.search.stands and panel.search.find() is found and panel.state.draft is draft


def test_a_conflict_loses_nothing_typed_on_either_side(panel: OffersPanel, second: Desk) -> None:
    other = OffersPanel(second)
    other.search.typed = 70_000
    other.several_state.risk.suppose(illness=Fraction(1, 5))
    assert other.kept.save(wrong=False)
    panel.several.risk.card.fields["job_loss"].text.value = "20"
    panel.frontier_fold.card.fields["longest"].text.value = "50"
    assert not panel.kept.save(wrong=False) and panel.desk.failed
    risk = panel.several.risk.card
    assert risk.fields["job_loss"].value == Fraction(1, 5)  # ours, not kept yet
    assert risk.fields["illness"].text.value == "20" and panel.frontier_fold.card.monthly.value == 70_000  # theirs
    keep(panel)
    found = again(panel.desk)
    assert found.several_state.risk.chances == Chances(job_loss=Fraction(1, 5), illness=Fraction(1, 5))
    assert (found.search.typed, found.state.limit) == (70_000, 50)


def test_the_cards_follow_another_window(panel: OffersPanel, second: Desk) -> None:
    other = OffersPanel(second)
    other.several_state.sharing.set(monthly=90_000)
    other.several_state.recovery.suppose(sale_share=Fraction(1, 10))
    assert other.kept.save(wrong=False)
    panel.desk.follow()
    assert panel.several.sharing.card.monthly.value == 90_000 and not panel.kept.dirty
    assert panel.several.recovery.card.fields["sale_share"].text.value == "10"


def test_a_refused_field_keeps_its_text_and_is_told(panel: OffersPanel) -> None:
    risk = panel.several.risk.card
    risk.tolerated.text.value, risk.fields["job_loss"].text.value = "2", "120"
    panel.kept.watch()
    panel._keep()
    assert panel.desk.failed and "last good value was kept" in str(panel.desk.said)
    assert risk.fields["job_loss"].text.value == "120" and again(panel.desk).several_state.risk.tolerated == 2
    panel._keep()
    assert panel.desk.failed and "Not kept" in str(panel.desk.said)


def test_nothing_of_one_client_stays_for_the_next(panel: OffersPanel) -> None:
    panel.several.risk.card.source.text.value, panel.several.risk.card.fields["job_loss"].text.value = (
        "wage slips",
        "120",
    )
    panel.several.recovery.card.fields["wait_share"].text.value = "30"
    panel.several.sharing.card.monthly.text.value = "1000"
    panel.compared.rate.text.value = "12%/year"
    panel.desk.store.create(make_case("2026-0002", "李**"))
    panel.desk.open("2026-0002")
    assert panel.kept.suppositions() == Suppositions() and not panel.kept.dirty
    risk = panel.several.risk.card
    assert (
        risk.source.text.value == ""
        and risk.fields["job_loss"].text.value == "8"
        and not risk.fields["job_loss"].problem
    )
    assert (
        panel.several.recovery.card.fields["wait_share"].text.value == ""
        and panel.several.sharing.card.monthly.value == 440_000
    )


def test_the_seat_of_a_debt_that_went_waits_for_it(panel: OffersPanel) -> None:
    panel.several.sharing.card.lines["HB-01"].minimum.text.value = "300"
    keep(panel)
    debts = panel.desk.case.debts
    assert panel.desk.change("debts", lambda case: replace(case, debts=debts[1:]))
    assert not panel.kept.dirty
    assert panel.desk.change("debts", lambda case: replace(case, debts=debts))
    assert panel.several_state.sharing.seats[0].minimum == 30_000


def test_the_bars_of_another_language_follow(panel: OffersPanel) -> None:
    panel.desk.speak("zh")
    panel.frontier_fold.card.monthly.text.value = "620"
    bar = panel.frontier_fold.place.children[1]
    assert isinstance(bar, KeepBar) and not bar.keep.disabled and bar.keep.description == "随个案保存"
