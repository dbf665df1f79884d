from __future__ import annotations

from dataclasses import replace
from datetime import date

from debtdesk.core.case import Answer
from debtdesk.core.overrides import Override
from debtdesk.core.proposal import Role
from debtdesk.panels.desk import Desk
from debtdesk.panels.outcome import OutcomePanel
from debtdesk.panels.outcome_state import OutcomeState

from .conftest import DAY, make_case


def test_the_target_is_chosen_first_for_all_its_debts(desk: Desk) -> None:
    state = OutcomeState(desk.case, DAY)
    assert state.proposal is not None and state.proposal.name == "target"
    assert state.accounts == ("HB-01", "6222****0001") and state.offer is not None
    assert state.offer.total == 3_600_000  # principal 12,000 + 24,000; the penalty interest is waived


def test_what_waits_for_its_answer_is_chosen_before_the_target(desk: Desk) -> None:
    state = OutcomeState(desk.case, DAY)
    state.choose(desk.case.proposals[0])
    asked = desk.case.with_outcome(state.outcome(day=DAY, reason="asked", evidence=""))
    again = OutcomeState(asked, DAY)
    assert again.proposal is not None and again.proposal.name == "opening"


def test_the_lead_says_what_is_paid_and_follows_the_debts(desk: Desk) -> None:
    panel = OutcomePanel(desk)
    assert "750.00 yuan a month for 48 months from 2026-12-20, the last on 2030-11-20" in panel.lead.value
    panel.accounts.children[0].value = False
    assert "500.00 yuan a month" in panel.lead.value and panel.state.accounts == ("6222****0001",)
    assert "24,000.00" in panel.schedule.value


def test_an_accepted_answer_wants_reason_and_the_talk(desk: Desk) -> None:
    panel = OutcomePanel(desk)
    panel.answer.value = Answer.ACCEPTED
    panel.evidence.text.value = "ticket 7"
    panel.record()
    assert desk.failed and panel.reason.problem and "talked over" in panel.told_help.value
    assert not desk.case.outcomes and panel.evidence.text.value == "ticket 7"
    panel.reason.text.value = "agreed on the phone"
    panel.told.value = True
    note_advice(panel)
    panel.record()
    outcome = desk.case.outcomes[-1]
    assert (outcome.answer, outcome.reason, outcome.evidence) == (Answer.ACCEPTED, "agreed on the phone", "ticket 7")
    assert not desk.failed and panel.reason.text.value == "" and not panel.told.value
    assert desk.store.open("2026-0001").case.outcomes == desk.case.outcomes


def note_advice(panel: OutcomePanel) -> None:
    panel.gate.who.text.value, panel.gate.what.text.value = "12348", "may be agreed"
    panel.gate.note.click()


def test_an_accepted_answer_passes_the_gate(desk: Desk) -> None:
    panel = OutcomePanel(desk)
    assert panel.gate_box.layout.display == "none"
    panel.answer.value = Answer.ACCEPTED
    panel.reason.text.value, panel.told.value = "agreed", True
    assert "2026-11-23" in panel.gate.statement.value and panel.gate_box.layout.display == ""
    panel.record()
    assert desk.failed and "still to be done" in panel.gate_help.value and not desk.case.outcomes
    panel.gate.note.click()
    assert panel.gate.who.problem and panel.gate.what.problem and not desk.case.consultations
    note_advice(panel)
    (advice,) = desk.store.open("2026-0001").case.consultations
    assert (advice.who, advice.what, advice.day, advice.accounts) == ("12348", "may be agreed", DAY, ("HB-01",))
    assert panel.gate.passed and panel.gate.form.layout.display == "none" and panel.reason.text.value == "agreed"
    panel.record()
    assert desk.case.outcomes[-1].answer is Answer.ACCEPTED


def test_leaving_a_debt_out_opens_the_gate_for_the_others(desk: Desk) -> None:
    panel = OutcomePanel(desk)
    panel.answer.value = Answer.ACCEPTED
    panel.accounts.children[0].value = False
    assert panel.gate.passed and "HB-01" not in panel.gate.statement.value


def test_a_day_of_advice_ahead_is_refused(desk: Desk) -> None:
    panel = OutcomePanel(desk)
    panel.answer.value = Answer.ACCEPTED
    panel.gate.day.text.value = "2026-11-25"
    note_advice(panel)
    assert panel.gate.day.problem and not desk.case.consultations and panel.gate.who.text.value == "12348"


def test_a_counter_offer_becomes_a_proposal_of_the_creditor(desk: Desk) -> None:
    panel = OutcomePanel(desk)
    panel.answer.value = Answer.COUNTERED
    panel.counter.fields["installments"].text.value = "24"
    assert "1,500.00 yuan a month for 24 months" in panel.lead.value
    panel.reason.text.value = "24 months at most"
    panel.record()
    added = desk.case.proposals[-1]
    assert (added.role, added.installments, added.accounts) == (Role.CREDITOR, 24, ("HB-01", "6222****0001"))
    assert desk.case.outcomes[-1].proposal.name == "target"
    assert desk.case.outcomes[-1].answer is Answer.COUNTERED
    assert panel.proposal.value == "target" and panel.counter.fields["installments"].value == 24
    assert added.name in [name for name, _ in panel.proposal.options]


def test_a_bad_figure_of_the_counter_offer_keeps_the_last_result(desk: Desk) -> None:
    panel = OutcomePanel(desk)
    panel.answer.value = Answer.COUNTERED
    panel.reason.text.value = "so they said"
    before = panel.lead.value
    panel.counter.fields["down_payment"].text.value = "much"
    panel.record()
    assert panel.counter.fields["down_payment"].problem and panel.lead.value == before and not desk.case.outcomes


def test_days_that_do_not_go_together_are_said_and_mended_from_either_side(desk: Desk) -> None:
    panel = OutcomePanel(desk)
    panel.answer.value = Answer.COUNTERED
    fields = panel.counter.fields
    fields["start"].text.value = "2027-01-01"
    assert fields["start"].problem
    fields["first_due"].text.value = "2027-01-20"
    assert not fields["start"].problem and "from 2027-01-20" in panel.lead.value


def test_a_future_day_is_refused(desk: Desk) -> None:
    panel = OutcomePanel(desk)
    panel.reason.text.value = "early"
    panel.day.text.value = "2999-01-01"
    panel.record()
    assert panel.day.problem and not desk.case.outcomes


def test_a_conflict_loses_nothing_that_was_entered(desk: Desk, second: Desk) -> None:
    panel = OutcomePanel(desk)
    panel.answer.value = Answer.REFUSED
    panel.reason.text.value = "no"
    second.change("note", lambda case: replace(case, note="theirs"))
    panel.record()
    assert desk.failed and panel.reason.text.value == "no" and panel.answer.value is Answer.REFUSED
    panel.record()
    assert not desk.failed and desk.case.note == "theirs" and desk.case.outcomes[-1].reason == "no"


def test_entries_are_added_and_shown_the_newest_first(desk: Desk) -> None:
    panel = OutcomePanel(desk)
    for reason in ("first", "<b>second</b>"):
        panel.reason.text.value = reason
        panel.record()
    assert [o.reason for o in desk.case.outcomes] == ["first", "<b>second</b>"]
    assert (
        panel.entries.value.index("second") < panel.entries.value.index("first")
        and "<b>second" not in panel.entries.value
    )


def test_the_warning_names_debts_long_overdue_and_calls_none_expired(desk: Desk) -> None:
    text = OutcomePanel(desk).warning.value
    assert "12348" in text and "HB-01" in text.replace("…", "HB-01") and "0001" not in text.split("two years")[-1]
    assert "expired" not in text


def test_without_an_offer_the_way_to_make_one_is_shown(desk: Desk) -> None:
    desk.change("drop", lambda case: replace(case, proposals=()))
    panel = OutcomePanel(desk)
    assert "04_proposals" in panel.empty.value and panel.form.layout.display == "none"


def test_another_client_empties_the_form(desk: Desk) -> None:
    desk.store.create(make_case("2026-0002", "李**"))
    panel = OutcomePanel(desk)
    panel.reason.text.value = "about Zhang"
    desk.open("2026-0002")
    assert panel.reason.text.value == "" and "李**" in panel.header.value


def test_the_language_changes_and_what_is_typed_stays(desk: Desk) -> None:
    panel = OutcomePanel(desk)
    panel.reason.text.value = "因为"
    desk.speak("zh")
    assert "每月 750.00 元，共 48 期" in panel.lead.value and panel.reason.text.value == "因为"


def test_an_agreement_that_began_before_today_can_be_recorded(desk: Desk) -> None:
    early = replace(desk.case.proposals[1], start=date(2026, 11, 1), first_due=date(2026, 11, 20))
    desk.change("early", lambda case: replace(case, proposals=(early,)))
    panel = OutcomePanel(desk)
    assert "from 2026-11-20" in panel.lead.value


def test_an_offer_below_what_is_protected_says_so_with_its_reason(desk: Desk) -> None:
    items = (desk.case.budget.items[0], replace(desk.case.budget.items[1], amount=550_000))
    kept = Override(day=DAY, proposal="target", month=date(2028, 2, 1), by=5_000, months=34, reason="<b>the son</b>")
    desk.change("edit", lambda case: replace(case, budget=replace(case.budget, items=items)).with_override(kept))
    panel = OutcomePanel(desk)
    assert "34 months, first in February 2028" in panel.floor.told.value
    assert "&lt;b&gt;the son" in panel.floor.told.value and panel.floor.reason.layout.display == "none"
