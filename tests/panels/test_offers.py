"""The stage of offers: what the state decides, and that the screen and the state follow each other."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from debtdesk.core.budget import Budget
from debtdesk.core.case import Answer, Case
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Remainder, Role, WaiverTime
from debtdesk.core.rates import Period, Rate
from debtdesk.panels.desk import Desk
from debtdesk.panels.later import Later
from debtdesk.panels.offer_editor import percent_text
from debtdesk.panels.offers import OffersPanel
from debtdesk.panels.offers_state import OffersState

from .conftest import DAY, make_case

PNG = b"\x89PNG"
YEARLY = Rate(Fraction(6, 100), Period.YEAR)


@pytest.fixture
def case() -> Case:
    return make_case()


@pytest.fixture
def state(case: Case) -> OffersState:
    return OffersState(case, DAY)


@pytest.fixture
def panel(desk: Desk) -> OffersPanel:
    return OffersPanel(desk)


# -- the state --------------------------------------------------------------------------------------------------------


def test_state_begins_with_the_target(state: OffersState) -> None:
    assert state.draft is not None and state.draft.name == "target"
    assert not state.changed
    assert state.comparison is not None
    assert [o.proposal.name for o in state.comparison.offers] == ["opening", "target"]
    # 36,000 yuan without the penalty interest over 48 months
    assert state.offer is not None
    assert (state.offer.monthly, state.offer.waived, state.offer.settled) == (75_000, 360_000, 3_600_000)


def test_draft_changes_and_what_follows(state: OffersState) -> None:
    state.amend(installments=36, penalty_interest=Fraction(1, 2))
    assert state.changed and state.offer is not None
    assert (state.offer.waived, state.offer.settled) == (180_000, 3_780_000)
    assert state.offer.monthly == 105_000
    state.undo()
    assert not state.changed


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "no name"),
        ({"name": "opening"}, "Another proposal is called"),
        ({"start": DAY - timedelta(days=1)}, "has passed"),
        ({"first_due": DAY - timedelta(days=1)}, "before the start"),
        ({"start": date(9999, 12, 31)}, "too far off"),
        ({"deadline": date(2100, 1, 1)}, "too far off"),
        ({"name": "x" * 61}, "61 characters"),
        ({"accounts": ("gone",)}, "No debt is chosen"),
        ({"down_payment": -1}, "does not go together"),
        ({"due_day": 32}, "does not go together"),
        ({"fees": Fraction(6, 5)}, "between 0 and 100"),
    ],
)
def test_what_does_not_go_together_is_refused(state: OffersState, change: dict[str, object], said: str) -> None:
    before = state.draft, state.comparison
    with pytest.raises(Refused, match=said):
        state.amend(**change)
    assert (state.draft, state.comparison) == before


def test_start_takes_the_first_due_day_along(state: OffersState) -> None:
    state.amend(start=date(2027, 3, 1))
    assert state.draft is not None and state.draft.first_due == date(2027, 4, 1)


def test_rate_takes_the_remainder_to_the_last_installment(state: OffersState) -> None:
    state.amend(remainder=Remainder.FIRST)
    state.amend(rate=YEARLY)
    assert state.draft is not None and state.draft.remainder is Remainder.LAST


def test_least_term_fits_and_is_taken(state: OffersState) -> None:
    # 4,400 yuan a month against 36,000: 8.2, so nine months
    assert state.room.level == 440_000
    assert state.fitting == 9
    state.fit()
    assert state.draft is not None and state.draft.installments == 9
    assert state.offer is not None and state.offer.fits


def test_card_has_a_longest_term_that_can_be_set(state: OffersState) -> None:
    assert state.covers_card and not state.too_long
    state.amend(installments=61)
    assert state.too_long
    state.limit = 72
    assert not state.too_long
    state.amend(accounts=("HB-01",))
    assert not state.covers_card


def test_changes_are_set_aside_while_another_is_picked(state: OffersState) -> None:
    state.amend(installments=40)
    state.pick(0)
    assert state.draft is not None and state.draft.name == "opening"
    assert [p.name for p in state.unsaved] == ["target"]
    assert state.comparison is not None and state.comparison.offers[1].months == 40
    state.pick(1)
    assert state.draft.installments == 40
    state.undo()
    assert state.unsaved == ()


def test_new_and_copy_stand_beside_the_kept_ones(state: OffersState) -> None:
    state.copy("target, copy")
    assert state.draft is not None and (state.draft.name, state.draft.role) == ("target, copy", Role.OTHER)
    assert len(state.proposals) == 3
    with pytest.raises(Refused, match="new proposal already"):
        state.new("another")
    state.pick(0)
    assert len(state.proposals) == 3
    state.pick(2)
    state.undo()
    assert len(state.proposals) == 2


def test_stale_proposals_are_named_not_compared(case: Case) -> None:
    later = OffersState(case, DAY + timedelta(days=10))
    assert [p.name for p in later.stale] == ["opening", "target"]
    assert later.comparison is not None and later.comparison.offers == ()
    later.renew()
    assert later.draft is not None
    assert (later.draft.start, later.draft.first_due) == (date(2026, 12, 4), date(2026, 12, 30))
    assert [o.proposal.name for o in later.comparison.offers] == ["target"]


def test_case_without_debts_budget_or_proposals(case: Case) -> None:
    without_debts = OffersState(replace(case, debts=()), DAY)
    assert (without_debts.comparison, without_debts.fitting) == (None, None)
    bare = OffersState(replace(case, budget=Budget(), proposals=()), DAY)
    assert bare.draft is None and bare.fitting is None and not bare.has_budget
    bare.new("first")
    assert bare.draft is not None and bare.draft.role is Role.TARGET
    assert bare.fitting is None


def test_draft_outlives_a_newer_case(state: OffersState, case: Case) -> None:
    state.amend(installments=40)
    opening, target = case.proposals
    state.follow(replace(case, proposals=(replace(target, installments=12), opening)), DAY)
    assert state.draft is not None and state.draft.installments == 40
    assert (state.place, state.changed) == (0, True)
    state.follow(replace(case, proposals=(opening,)), DAY)
    assert (state.place, state.kept) == (1, None)


def test_choice_keeps_proposal_reason_and_debts(state: OffersState, case: Case) -> None:
    state.amend(installments=30)
    chosen = state.with_choice(case, " it fits ")
    (outcome,) = chosen.outcomes
    assert chosen.proposals[1].installments == 30
    assert (outcome.answer, outcome.reason, outcome.proposal.installments) == (Answer.PENDING, "it fits", 30)
    assert outcome.accounts == ("HB-01", "6222****0001")
    with pytest.raises(Refused, match="reason"):
        state.with_choice(case, "  ")


@pytest.mark.parametrize(("share", "text"), [(Fraction(1), "100"), (Fraction(1, 8), "12.5"), (Fraction(0), "0")])
def test_percent_text(share: Fraction, text: str) -> None:
    assert percent_text(share) == text


# -- the panel --------------------------------------------------------------------------------------------------------


def test_panel_shows_all_of_it(panel: OffersPanel) -> None:
    assert "The household can pay 4,400 yuan a month" in panel.lead.value
    assert "750.00 yuan" in panel.table.value and "fits" in panel.table.value
    assert "39,600.00 = waived 3,600.00 + to be paid 36,000.00" in panel.kept_line.value
    assert "4,400 a month fits if there are 9 installments" in panel.solver.value
    assert all(bytes(p.value).startswith(PNG) for p in panel.pictures)
    assert panel.save.disabled and panel.undo.disabled
    assert "12348" in "".join(w.value for w in panel.body.children if hasattr(w, "value"))


def test_state_moves_the_fields(panel: OffersPanel) -> None:
    panel.state.pick(0)
    assert panel.editor is not None
    assert (panel.picker.value, panel.editor.fields["name"].text.value) == (0, "opening")
    assert panel.editor.installments.value == 60
    panel.state.amend(start=date(2027, 3, 1))
    assert panel.editor.fields["first_due"].text.value == "2027-04-01"
    panel.state.fit()
    assert panel.editor.installments.value == 9


def test_fields_move_the_state_and_what_follows(panel: OffersPanel) -> None:
    editor = panel.editor
    assert editor is not None
    editor.installments.value = 36
    editor.fields["penalty_interest"].text.value = "50"
    editor.fields["down_payment"].text.value = "1,800"
    assert "waived 1,800.00 + to be paid 37,800.00" in panel.kept_line.value
    # 12,000 and 24,000 yuan over 36 months: 333.33 and 666.66, the last one 12 and 24 fen dearer
    assert "1,000.35 yuan" in panel.table.value
    editor.fields["rate"].text.value = "6%/年"
    assert editor.remainder.disabled
    editor.time.value = WaiverTime.ON_SIGNING
    editor.role.value = Role.WALK_AWAY
    editor.ticks["6222****0001"].value = False
    draft = panel.state.draft
    assert draft is not None
    assert (draft.accounts, draft.rate, draft.waiver.time) == (("HB-01",), YEARLY, WaiverTime.ON_SIGNING)
    assert draft.role is Role.WALK_AWAY
    assert panel.picker.options[1][0] == "target *"
    assert not panel.save.disabled


def test_wrong_input_keeps_the_last_result(panel: OffersPanel) -> None:
    assert panel.editor is not None
    fields, before = panel.editor.fields, panel.table.value
    for name, text in (("penalty_interest", "150"), ("start", "2020-01-01"), ("name", "opening"), ("rate", "6")):
        fields[name].text.value = text
        assert fields[name].problem
        assert panel.table.value == before
    fields["start"].text.value = "x"
    fields["start"].text.value = "2020-01-01"
    assert "has passed" in fields["start"].problem
    for tick in panel.editor.ticks.values():
        tick.value = False
    assert "Tick at least one" in panel.editor.debts_help.value
    assert panel.state.draft is not None and len(panel.state.case.covered(panel.state.draft)) == 1
    panel.save.click()
    assert panel.desk.failed and "Not saved" in panel.message.value
    panel.undo.click()
    assert not any(f.problem for f in fields.values())
    assert panel.table.value == before


def test_save_keeps_the_draft(panel: OffersPanel) -> None:
    assert panel.editor is not None
    panel.editor.installments.value = 24
    panel.save.click()
    assert panel.desk.case.proposals[1].installments == 24
    assert not panel.desk.failed and panel.save.disabled


def test_new_copy_remove(panel: OffersPanel) -> None:
    panel.add.click()
    assert panel.state.draft is not None and panel.state.draft.name == "new offer"
    panel.save.click()
    panel.twin.click()
    panel.add.click()
    assert panel.desk.failed  # one new proposal at a time
    panel.save.click()
    assert [p.name for p in panel.desk.case.proposals] == ["opening", "target", "new offer", "new offer, copy"]
    panel.remove.click()
    panel.remove.click()
    assert len(panel.desk.case.proposals) == 2


def test_removed_proposal_is_brought_back(panel: OffersPanel) -> None:
    before = panel.desk.case.proposals
    assert panel.back.layout.display == "none"
    panel.remove.click()
    gone = next(p for p in before if p not in panel.desk.case.proposals)
    assert gone.name in panel.back.description and panel.back.layout.display == ""
    panel.back.click()
    assert set(panel.desk.case.proposals) == set(before) and panel.back.layout.display == "none"


def test_choice_needs_a_reason_and_goes_to_the_outcome(panel: OffersPanel) -> None:
    panel.record.click()
    assert "reason is empty" in panel.reason.problem
    assert panel.desk.case.outcomes == ()
    panel.reason.text.value = "<b>fits</b>"
    panel.record.click()
    (outcome,) = panel.desk.case.outcomes
    assert (outcome.reason, outcome.answer) == ("<b>fits</b>", Answer.PENDING)
    assert "&lt;b&gt;fits" in panel.chosen.value and "06_outcome" in panel.chosen.value
    assert panel.reason.text.value == ""


def test_what_asking_does_is_stated_for_the_debts_of_the_draft(panel: OffersPanel) -> None:
    said = panel.gate.statement.value
    assert "Asking for installments" in said and said.count("…") >= 1 and "0001" in said
    assert panel.gate.form.layout.display == "none" and "Still to be done" not in said
    panel.state.amend(accounts=("6222****0001",))
    assert "HB-01" not in panel.gate.statement.value


def test_conflict_keeps_what_was_entered(panel: OffersPanel, second: Desk) -> None:
    assert panel.editor is not None
    panel.editor.installments.value = 24
    assert second.change("edit", lambda case: replace(case, debts=case.debts[:1]))
    panel.save.click()
    assert panel.desk.failed
    assert panel.editor.installments.value == 24
    assert list(panel.editor.ticks) == ["HB-01"]
    panel.save.click()
    assert not panel.desk.failed
    assert panel.desk.case.proposals[1].installments == 24
    assert len(panel.desk.case.debts) == 1


def test_empty_states_say_what_to_do(desk: Desk) -> None:
    assert desk.change("edit", lambda case: replace(case, proposals=(), budget=Budget()))
    panel = OffersPanel(desk)
    assert "no budget yet" in panel.lead.value
    assert panel.editor is None and panel.record.disabled
    assert "no proposal yet" in panel.kept_line.value
    panel.add.click()
    assert panel.editor is not None and "new offer" in panel.table.value
    assert desk.change("edit", lambda case: replace(case, debts=()))
    assert "no debts yet" in panel.body.children[0].value


def test_household_without_capacity(desk: Desk) -> None:
    poor = tuple(replace(i, amount=100_000) for i in desk.case.budget.items)
    assert desk.change("edit", lambda case: replace(case, budget=replace(case.budget, items=poor)))
    panel = OffersPanel(desk)
    assert "nothing left to pay" in panel.lead.value
    assert "No number of installments fits" in panel.solver.value


def test_schedules_and_names_are_escaped(panel: OffersPanel) -> None:
    panel.editor.fields["name"].text.value = "<i>x</i>"  # type: ignore[union-attr]
    panel.schedule_fold.selected_index = 0
    assert panel.schedules.value.count("<table") == 4
    for shown in (panel.schedules.value, panel.table.value, panel.chosen.value):
        assert "<i>x" not in shown


def test_panel_speaks_both_languages(panel: OffersPanel) -> None:
    assert panel.editor is not None
    panel.editor.installments.value = 24
    panel.desk.speak("zh")
    assert "家庭每月能还 4,400 元" in panel.lead.value
    assert panel.editor.installments.value == 24


# -- work that may wait -----------------------------------------------------------------------------------------------


def test_later_does_the_latest_wish_once() -> None:
    done: list[int] = []

    async def wishes() -> None:
        later = Later([lambda: done.append(1), lambda: done.append(2)], rest=0.01)
        for _ in range(5):
            later.wish()
        assert done == []
        await asyncio.sleep(0.2)

    asyncio.run(wishes())
    assert done == [1, 2]
    Later([lambda: done.append(3)]).wish()
    assert done == [1, 2, 3]


# -- what is protected ------------------------------------------------------------------------------------------------


def needy(case: Case, rent: int) -> Case:
    """The case with another rent: 6,200 yuan less the rent is all that may be asked for."""
    items = (case.budget.items[0], replace(case.budget.items[1], amount=rent))
    return replace(case, budget=replace(case.budget, items=items))


def test_an_installment_that_reaches_into_living_costs_needs_a_reason(case: Case) -> None:
    # 36,000 yuan over 48 months are 750 a month; 6,200 - 5,500 = 700 are left: 50 too much in each month but the first,
    # for November has no installment and leaves 700, which carries 14 months; from the 15th on 50 are missing
    state = OffersState(needy(case, 550_000), DAY)
    with pytest.raises(Refused, match="34 months, first in February 2028"):
        state.with_choice(state.case, "it is what they ask")
    chosen = state.with_choice(state.case, "it is what they ask", override=" the son helps ")
    (override,) = chosen.overrides
    assert (override.proposal, override.month, override.by) == ("target", date(2028, 2, 1), 5_000)
    assert (override.months, override.reason, override.day) == (34, "the son helps", DAY)


def test_an_offer_that_leaves_what_is_protected_needs_none(state: OffersState, case: Case) -> None:
    assert state.with_choice(case, "it fits", override="not needed").overrides == ()


def test_without_a_budget_nothing_is_said_of_living_costs(case: Case) -> None:
    bare = replace(case, budget=Budget())
    assert OffersState(bare, DAY).with_choice(bare, "they ask for it").overrides == ()


def test_the_panel_names_the_month_and_keeps_the_reason(desk: Desk) -> None:
    assert desk.change("edit", lambda case: needy(case, 550_000))
    panel = OffersPanel(desk)
    assert "February 2028" in panel.floor.told.value and panel.floor.reason.layout.display == ""
    panel.reason.text.value = "it is what they ask"
    panel.record.click()
    assert "50.00 yuan are missing" in panel.floor.told.value and "reason is missing" in panel.floor.reason.problem
    assert desk.case.outcomes == ()
    panel.floor.reason.text.value = "<i>the son helps</i>"
    panel.record.click()
    assert desk.case.overrides[0].reason == "<i>the son helps</i>" and len(desk.case.outcomes) == 1
    assert "&lt;i&gt;the son helps" in panel.floor.told.value and panel.floor.reason.text.value == ""


def test_months_paid_from_better_ones_are_told(desk: Desk) -> None:
    # 6,200 - 5,460 = 740 against 750: November's 740 carry 10 a month through all 48
    assert desk.change("edit", lambda case: needy(case, 546_000))
    panel = OffersPanel(desk)
    assert "In 48 months, first in December 2026" in panel.floor.told.value
    assert panel.floor.reason.layout.display == "none"


def test_the_floor_is_silent_where_all_fits(panel: OffersPanel) -> None:
    assert panel.floor.layout.display == "none" and panel.floor.told.value == ""


def test_picking_another_proposal_says_what_it_comes_to(desk: Desk) -> None:
    # over 48 months 750 a month, over 60 months 600: with 6,200 - 5,580 = 620 left only the second keeps what is needed
    assert desk.change("edit", lambda case: needy(case, 558_000))
    panel = OffersPanel(desk)
    assert "target" in panel.chosen.value and panel.floor.reason.layout.display == ""
    panel.picker.value = 0
    assert "opening" in panel.chosen.value and panel.floor.layout.display == "none"
    panel.picker.value = 1
    assert "target" in panel.chosen.value and panel.floor.reason.layout.display == ""


def test_a_proposal_of_a_given_size_is_shown_and_can_be_numbered(case: Case) -> None:
    sized = replace(case.proposals[0], name="sized", installments=0, size=150_000)
    state = OffersState(replace(case, proposals=(sized,)), case.day or sized.start)
    assert state.offer is not None
    assert state.offer.months == 24  # 36,000 at 1,500 a month; the penalty interest is waived
    state.amend(installments=30)
    assert state.draft is not None and (state.draft.installments, state.draft.size) == (30, None)


def test_a_proposal_that_does_not_fit_the_debts_is_left_out(case: Case) -> None:
    never = replace(case.proposals[0], name="never", installments=0, size=1, rate=Rate(Fraction(12, 100), Period.YEAR))
    state = OffersState(replace(case, proposals=(never, case.proposals[1])), case.day or never.start)
    assert state.stale == (never,)
    assert state.comparison is not None and [o.proposal for o in state.comparison.offers] == [case.proposals[1]]


def test_the_stage_opens_with_a_proposal_of_a_given_size(desk: Desk) -> None:
    sized = replace(desk.case.proposals[0], name="sized", installments=0, size=150_000)
    desk.change("size", lambda case: replace(case, proposals=(sized,)))
    panel = OffersPanel(desk)
    assert panel.state.draft == sized
    assert "sized" in panel.table.value
