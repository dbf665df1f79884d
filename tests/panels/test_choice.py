"""The choice: recorded with all that stood beside it, and shown as it was that day whatever changed since."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from debtdesk.core.case import Answer, Case
from debtdesk.core.ladder import ComparedOffer
from debtdesk.panels.desk import Desk
from debtdesk.panels.offers import OffersPanel
from debtdesk.panels.offers_state import OffersState
from debtdesk.panels.outcome import OutcomePanel
from debtdesk.store import Store

from .conftest import DAY, make_case

# 36,000.00 of principal; 3,600.00 of penalty interest are waived. Each installment is paid on the 20th from December.
OPENING = ComparedOffer(
    name="opening",
    total=3_600_000,
    monthly=60_000,  # 36,000 / 60
    months=60,
    end=date(2031, 11, 20),
    waived=360_000,
    conditional=360_000,
    yearly_cost=Fraction(0),
    share_of_capacity=Fraction(136_364, 10**6),  # 600 of 4,400: 0.1363636
)
TARGET = replace(
    OPENING,
    name="target",
    monthly=75_000,  # 36,000 / 48
    months=48,
    end=date(2030, 11, 20),
    share_of_capacity=Fraction(170_455, 10**6),  # 750 of 4,400: 0.1704545
)


@pytest.fixture
def case() -> Case:
    return make_case()


def chosen(case: Case, reason: str = "it fits") -> Case:
    return OffersState(case, DAY).with_choice(case, reason)


def test_the_choice_holds_every_offer_and_doing_nothing(case: Case) -> None:
    (choice,) = chosen(case).choices
    assert (choice.day, choice.proposal, choice.reason) == (DAY, case.proposals[1], "it fits")
    assert choice.compared == (OPENING, TARGET)
    # 0.05 % of 36,000.00 are 18.00 a day; from 2026-11-24 to 2031-11-20 are five years of 1,826 days less 4
    assert (choice.horizon, choice.nothing) == (date(2031, 11, 20), 3_960_000 + 1822 * 1_800)


def test_one_change_records_choice_and_outcome(case: Case) -> None:
    after = chosen(case)
    assert (len(after.choices), [o.answer for o in after.outcomes]) == (1, [Answer.PENDING])
    assert after.choice is not None and after.choice.proposal == after.outcomes[0].proposal


def test_what_stands_on_the_screen_unsaved_was_compared_too(case: Case) -> None:
    state = OffersState(case, DAY)
    state.pick(0)
    state.amend(installments=72)
    state.pick(1)
    (choice,) = state.with_choice(case, "it fits").choices
    assert [(o.name, o.months) for o in choice.compared] == [("opening", 72), ("target", 48)]


def test_choices_come_back_from_the_store(desk: Desk, store: Store) -> None:
    assert desk.change("choose", lambda case: chosen(case))
    kept = store.open("2026-0001").case
    assert kept == desk.case and kept.choices[0].compared == (OPENING, TARGET)


def test_the_screen_shows_that_days_figures_after_a_change(desk: Desk) -> None:
    panel = OffersPanel(desk)
    assert panel.choices.layout.display == "none"
    panel.reason.text.value = "<b>it fits</b>"
    panel.record.click()
    card = panel.choices
    assert card.layout.display == "" and card.folds[1].layout.display == "none"
    assert "750.00 yuan" in card.last.value and "72,396.00 yuan by 2031-11-20" in card.last.value
    assert "&lt;b&gt;it fits" in card.last.value and "<b>it" not in card.last.value
    assert "target (chosen)" in card.last.value and "changed since" not in card.last.value
    panel.state.amend(installments=24)
    panel.save.click()
    assert "1,500.00 yuan" in panel.table.value
    assert "750.00 yuan" in card.last.value and "1,500.00" not in card.last.value
    assert "has been changed since" in card.last.value
    panel.remove.click()
    assert "no longer among the proposals" in card.last.value


def test_a_second_choice_leaves_the_first(desk: Desk) -> None:
    panel = OffersPanel(desk)
    for place, reason in ((1, "first thought"), (0, "second thought")):
        panel.picker.value = place
        panel.reason.text.value = reason
        panel.record.click()
    assert [c.reason for c in desk.case.choices] == ["first thought", "second thought"]
    card = panel.choices
    assert "second thought" in card.last.value and "first thought" not in card.last.value
    assert card.folds[1].layout.display == "" and "first thought" in card.earlier.value
    desk.speak("zh")
    assert "opening（已选）" in panel.choices.last.value


def test_a_choice_made_in_another_window_is_not_lost(desk: Desk, second: Desk) -> None:
    panel = OffersPanel(desk)
    panel.reason.text.value = "ours"
    assert second.change("choose", lambda case: chosen(case, "theirs"))
    panel.record.click()
    assert desk.failed and [c.reason for c in desk.case.choices] == ["theirs"]
    assert "theirs" in panel.choices.last.value and panel.reason.text.value == "ours"
    panel.record.click()
    assert [c.reason for c in desk.case.choices] == ["theirs", "ours"]
    assert [o.reason for o in desk.case.outcomes] == ["theirs", "ours"]


def test_the_outcome_stage_answers_the_chosen_one(desk: Desk) -> None:
    assert desk.change("choose", lambda case: OffersState(case, DAY).with_choice(case, "it fits"))
    stage = OutcomePanel(desk)
    assert stage.state.proposal == desk.case.proposals[1] and "it fits" in stage.entries.value
    stage.reason.text.value = "they said no"
    stage.answer.value = Answer.REFUSED
    stage.record_button.click()
    assert [o.answer for o in desk.case.outcomes] == [Answer.PENDING, Answer.REFUSED]
    assert len(desk.case.choices) == 1
