"""The ladder: its rungs and reasons, what is said of their order, and that it is recorded before the call for good."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from debtdesk.core.case import Case
from debtdesk.core.ladder import Trade
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Role
from debtdesk.panels.desk import Desk
from debtdesk.panels.ladder_card import LadderCard
from debtdesk.panels.ladder_state import LadderState
from debtdesk.panels.offers import OffersPanel
from debtdesk.panels.offers_state import OffersState
from debtdesk.store import Store

from .conftest import DAY, make_case

WHYS = {Role.OPENING: "their first ask", Role.TARGET: "keeps the reserve", Role.WALK_AWAY: "no more is left"}


def with_walk_away(case: Case, months: int = 36) -> Case:
    """The case with a third proposal: 36,000 yuan over 36 months, the last of them 1,000.35."""
    walk = replace(case.proposals[1], name="walk", role=Role.WALK_AWAY, installments=months)
    return replace(case, proposals=(*case.proposals, walk))


@pytest.fixture
def case() -> Case:
    return with_walk_away(make_case())


@pytest.fixture
def state(case: Case) -> LadderState:
    return LadderState(OffersState(case, DAY))


@pytest.fixture
def panel(desk: Desk) -> OffersPanel:
    assert desk.change("edit", with_walk_away)
    panel = OffersPanel(desk)
    panel.ladder_fold.unfold()
    return panel


@pytest.fixture
def card(panel: OffersPanel) -> LadderCard:
    return panel.ladder_fold.card


def explain(state: LadderState) -> None:
    for role, why in WHYS.items():
        state.explain(role, why)


def type_whys(card: LadderCard) -> None:
    for role, why in WHYS.items():
        card.whys[role].text.value = why


# -- the state --------------------------------------------------------------------------------------------------------


def test_rungs_are_preset_by_what_proposals_are_for(state: LadderState, case: Case) -> None:
    assert [state.proposal(r) for r in WHYS] == list(case.proposals)
    assert list(state.doubts()) == []


def test_nothing_is_recorded_without_reasons(state: LadderState, case: Case) -> None:
    assert set(state.missing()) == set(WHYS) and state.ladder() is None
    with pytest.raises(Refused, match="reason is empty"):
        state.with_ladder(case)
    explain(state)
    (ladder,) = state.with_ladder(case).ladders
    assert [(r.proposal, r.why) for r in ladder.rungs] == list(zip(case.proposals, WHYS.values(), strict=True))
    assert ladder.day == DAY


def test_a_proposal_picked_by_hand_stays_through_a_new_name(state: LadderState) -> None:
    state.pick(Role.OPENING, "target")
    assert state.proposal(Role.OPENING) == state.proposal(Role.TARGET)
    state.offers.amend(name="our target")
    picked = state.proposal(Role.OPENING)
    assert picked is not None and picked.name == "our target"


def test_the_order_is_looked_at_and_not_refused(state: LadderState) -> None:
    state.pick(Role.OPENING, "walk")
    state.pick(Role.WALK_AWAY, "opening")
    said = [(role, str(text)) for role, text in state.doubts()]
    # 36,000 yuan in 36 months are worth more today than in 48, and in 48 more than in 60
    assert [role for role, _ in said] == [Role.TARGET, Role.WALK_AWAY]
    assert all("asks as much of the creditor" in text for _, text in said)
    explain(state)
    assert state.ladder() is not None


def test_one_proposal_twice_and_other_debts_are_said(state: LadderState) -> None:
    state.pick(Role.WALK_AWAY, "target")
    assert [str(m)[:24] for _, m in state.doubts()] == ["It is the same proposal "]
    state.offers.amend(accounts=("HB-01",))
    state.pick(Role.WALK_AWAY, "walk")
    assert sum("other debts" in str(m) for _, m in state.doubts()) == 2


def test_a_walk_away_beyond_the_capacity_is_said() -> None:
    case = with_walk_away(make_case(), months=8)  # 36,000 / 8 = 4,500, and 4,400 are left each month
    state = LadderState(OffersState(case, DAY))
    # November's 4,400 carry 100 a month through all eight months
    assert list(state.doubts()) == []
    case = with_walk_away(make_case(), months=4)  # 9,000 a month: 4,400 n + 4,400 - 9,000 n is below 0 from the first
    ((role, text),) = LadderState(OffersState(case, DAY)).doubts()
    assert role is Role.WALK_AWAY and "runs short in 4 months" in str(text)


def test_a_start_that_has_passed_is_said(case: Case) -> None:
    later = LadderState(OffersState(case, DAY + timedelta(days=10)))
    assert sum("cannot be compared" in str(m) for _, m in later.doubts()) == 3


def test_a_half_written_trade_keeps_it_open(state: LadderState) -> None:
    explain(state)
    state.trades.type([{"id": "a", "given": "500 down", "gained": ""}])
    assert "half written" in str(state.missing()["trades"].text)
    state.trades.type([{"id": "a", "given": "500 down", "gained": "waived at once"}])
    ladder = state.ladder()
    assert ladder is not None and ladder.trades == (Trade(given="500 down", gained="waived at once"),)


def test_another_client_begins_with_an_empty_ladder(state: LadderState) -> None:
    explain(state)
    state.pick(Role.OPENING, "walk")
    state.offers.follow(make_case("2026-0002"), DAY)
    assert (state.why, state.picked) == ({}, {})


# -- the card ---------------------------------------------------------------------------------------------------------


def test_the_card_shows_what_each_rung_comes_to(card: LadderCard) -> None:
    assert [card.picks[r].value for r in WHYS] == ["opening", "target", "walk"]
    assert (
        "600.00 yuan a month, 60 months, 36,000.00 yuan in all; 3,600.00 yuan waived" in card.told[Role.OPENING].value
    )
    assert card.last.value == "" and card._page() is None and card.before.layout.display == "none"


def test_recording_keeps_everything_and_what_is_recorded_never_changes(panel: OffersPanel, store: Store) -> None:
    card = panel.ladder_fold.card
    type_whys(card)
    card.whys[Role.TARGET].text.value = "<b>reserve</b>"
    card.sheet.rows = [{"id": "a", "given": "500 down", "gained": "waived at once"}]
    card.note.text.value = "call on Monday"
    card.record.click()
    kept = store.open("2026-0001").case
    assert kept.ladder is not None and kept.ladder == panel.desk.case.ladder
    assert kept.ladder.trades == (Trade(given="500 down", gained="waived at once"),)
    assert "Recorded on 2026-11-24" in card.last.value and "&lt;b&gt;reserve" in card.last.value
    assert "48 installments from 2026-12-20 on" in card.last.value and "call on Monday" in card.last.value
    handed = card._page()
    assert handed is not None and handed.name == "2026-0001-ladder.html" and b"call on Monday" in handed.content
    assert card.record.disabled and card.whys[Role.OPENING].text.value == "their first ask"
    panel.state.amend(installments=24)
    panel.save.click()
    assert "48 installments" in card.last.value and not card.record.disabled
    card.record.click()
    first, second = panel.desk.case.ladders
    assert first == kept.ladder and second.target.proposal.installments == 24
    assert "24 installments" in card.last.value and "48 installments" in card.earlier.value
    assert card.before.layout.display == ""


def test_what_is_missing_is_said_beside_its_place(card: LadderCard) -> None:
    card.whys[Role.OPENING].text.value = "their first ask"
    card.sheet.rows = [{"id": "a", "given": "500 down", "gained": ""}]
    card.record.click()
    assert card.desk.failed and card.desk.case.ladders == ()
    assert not card.whys[Role.OPENING].problem and "reason is empty" in card.whys[Role.TARGET].problem
    assert "half written" in card.sheet_help.value
    card.picks[Role.WALK_AWAY].value = ""
    assert card.picks[Role.WALK_AWAY].value == "walk"  # the one made for it stays
    card.whys[Role.TARGET].text.value = "keeps the reserve"
    assert not card.whys[Role.TARGET].problem


def test_nothing_typed_goes_with_a_redraw_or_a_newer_case(panel: OffersPanel, second: Desk) -> None:
    type_whys(panel.ladder_fold.card)
    panel.ladder_fold.card.sheet.rows = [{"id": "a", "given": "500 down", "gained": "waived at once"}]
    assert second.change("edit", lambda case: replace(case, note="x"))
    panel.ladder_fold.card.record.click()
    assert panel.desk.failed and panel.desk.case.ladders == ()
    panel.desk.speak("zh")
    panel.ladder_fold.unfold()
    card = panel.ladder_fold.card
    assert [card.whys[r].text.value for r in WHYS] == list(WHYS.values())
    assert [r["given"] for r in card.sheet.rows] == ["500 down"]
    card.record.click()
    assert panel.desk.case.ladder is not None and panel.desk.case.ladder.trades
    assert "2026-11-24 记录" in card.last.value


def test_a_new_sitting_begins_with_the_ladder_recorded_last(case: Case) -> None:
    state = LadderState(OffersState(case, DAY))
    explain(state)
    after = state.with_ladder(case)
    again = LadderState(OffersState(after, DAY))
    assert again.why == WHYS and again.recorded
    assert not LadderState(OffersState(after, date(2026, 11, 25))).recorded  # another day, another call


def test_empty_rung_says_how_to_get_a_proposal(desk: Desk) -> None:
    panel = OffersPanel(desk)
    panel.ladder_fold.unfold()
    told = panel.ladder_fold.card.told
    assert "Press “copy” above" in told[Role.WALK_AWAY].value
    assert "Press" not in told[Role.TARGET].value
    panel.ladder_fold.card.picks[Role.WALK_AWAY].value = "target"
    assert "Press “copy” above" not in told[Role.WALK_AWAY].value
