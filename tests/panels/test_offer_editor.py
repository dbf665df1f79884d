"""The editor of one proposal: fields to the draft and back, slips beside their fields, the last good form kept."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings

from debtdesk.core.case import Case
from debtdesk.core.concession import Amounts, Carried, CarriedEnd, Discount, Portion, WaiverTime
from debtdesk.core.debt import Balance, Freeze
from debtdesk.core.installing import Basis, Bearing, Grace, GraceKind, InterestOn, Remainder, StepUp
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Proposal, Role
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import Part
from debtdesk.panels import offers_words
from debtdesk.panels.desk import Desk
from debtdesk.panels.offer_draft import SEASON, Given, amended, values_of
from debtdesk.panels.offer_editor import ProposalEditor
from debtdesk.panels.offer_fields import given_field, spans_field
from debtdesk.panels.offers import OffersPanel
from debtdesk.panels.offers_state import OffersState
from debtdesk.store import Store

from ..core.proposals import rich
from .conftest import DAY, make_case

TWELVE = Rate(Fraction(12, 100), Period.YEAR)
HALF, THIRD = Fraction(1, 2), Fraction(1, 3)


@pytest.fixture
def panel(desk: Desk) -> OffersPanel:
    return OffersPanel(desk)


@pytest.fixture
def editor(panel: OffersPanel) -> ProposalEditor:
    assert panel.editor is not None
    return panel.editor


def draft_of(editor: ProposalEditor) -> Proposal:
    assert editor.state.draft is not None
    return editor.state.draft


def typed(editor: ProposalEditor, name: str, text: str) -> None:
    editor.fields[name].text.value = text


# -- from a draft to the fields and back ------------------------------------------------------------------------------


@settings(max_examples=30, deadline=None)
@given(rich())
def test_a_drawn_proposal_comes_back_from_its_fields(drawn: tuple[Proposal, Balance]) -> None:
    proposal, _ = drawn
    assert amended(proposal, values_of(proposal)) == proposal
    plain = Proposal(name="", start=proposal.start, first_due=proposal.first_due, installments=1)
    changed = amended(plain, values_of(proposal))
    assert replace(changed, season=proposal.season) == proposal
    assert changed.season in (proposal.season, ())


@settings(max_examples=10, deadline=None)
@given(rich(numbered=False))
def test_a_drawn_proposal_of_a_size_comes_back_from_its_fields(drawn: tuple[Proposal, Balance]) -> None:
    proposal, _ = drawn
    assert amended(proposal, values_of(proposal)) == proposal


@settings(max_examples=10, deadline=None)
@given(rich())
def test_showing_a_drawn_proposal_changes_nothing(drawn: tuple[Proposal, Balance]) -> None:
    proposal = replace(drawn[0], start=DAY, first_due=DAY + (drawn[0].first_due - drawn[0].start))
    state = OffersState(replace(make_case(), proposals=(proposal,)), DAY)
    editor = ProposalEditor(state, lambda handler: handler)
    for field in editor.fields.values():
        field.check()  # reads the text as it stands, thirds with their six places included
    values = values_of(proposal)
    assert state.draft == proposal
    assert {n: editor.controls[n].value for n in values if n in editor.controls} | {
        n: values[n] for n in values if n not in editor.controls
    } == values | {"installments": editor.controls["installments"].value}
    assert editor.controls["installments"].value == proposal.installments


def test_every_field_of_a_proposal_has_a_control(editor: ProposalEditor) -> None:
    inside = {
        "waiver": {p.value for p in Part} | {"time"},
        "capitalise": {f"capitalise.{p.value}" for p in Part if p is not Part.PRINCIPAL},
        "carry": {f"carry.{p.value}" for p in Part} | {"carry_end", "carry_due"},
        "step_up": {"raise", "every"},
        "grace": {"grace_months", "grace_kind", "grace_runs"},
        "season": set(SEASON),
    }
    for field in fields(Proposal):
        if field.name != "accounts":  # ticked debt by debt
            assert inside.get(field.name, {field.name}) <= set(editor.controls), field.name


@pytest.mark.parametrize(
    ("name", "text", "field", "expected"),
    [
        ("capitalise.interest", "50", "capitalise", Portion(interest=HALF)),
        ("capitalise.penalty_interest", "1,200元", "capitalise", Portion(amounts=Amounts(penalty_interest=120_000))),
        ("carry.principal", "12.5%", "carry", Carried(principal=Fraction(1, 8))),
        ("carry.principal", "¥5", "carry", Carried(amounts=Amounts(principal=500))),
        ("carry_due", "2031-01-20", "carry", Carried(due=date(2031, 1, 20))),
        ("discount", "30", "discount", Discount(share=Fraction(3, 10))),
        ("discount", "1.2万", "discount", Discount(amount=1_200_000)),
        ("deadline", "2027-01-31", "deadline", date(2027, 1, 31)),
        ("deadline", "", "deadline", None),
        ("due_day", "31", "due_day", 31),
        ("due_day", "", "due_day", None),
        ("size", "1500", "size", 150_000),
        ("raise", "10%", "step_up", StepUp(every=12, share=Fraction(1, 10))),
        ("raise", "50元", "step_up", StepUp(every=12, amount=5_000)),
        ("season.2", "150", "season", (Fraction(1), Fraction(3, 2), *[Fraction(1)] * 10)),
        ("grace_months", "3", "grace", Grace(months=3)),
        (
            "freezes",
            "2026-12-01 – 2027-02-28； 2027年6月1日至2027年6月30日",
            "freezes",
            (Freeze(date(2026, 12, 1), date(2027, 2, 28)), Freeze(date(2027, 6, 1), date(2027, 6, 30))),
        ),
        ("rounding_step", "10", "rounding_step", 1_000),
        ("period_fee", "0.66", "period_fee", Fraction(66, 10_000)),
        ("note", "they asked", "note", "they asked"),
    ],
)
def test_what_is_typed_reaches_the_draft(
    editor: ProposalEditor, name: str, text: str, field: str, expected: Any
) -> None:
    typed(editor, name, text)
    assert not editor.fields[name].problem
    assert getattr(draft_of(editor), field) == expected


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("interest_on", InterestOn.ORIGINAL, "interest_on"),
        ("basis", Basis.DAILY, "basis"),
        ("bearing", Bearing.PRINCIPAL, "bearing"),
        ("year_days", 360, "year_days"),
        ("remainder", Remainder.FIRST, "remainder"),
        ("role", Role.OPENING, "role"),
    ],
)
def test_what_is_chosen_reaches_the_draft(editor: ProposalEditor, name: str, value: Any, field: str) -> None:
    editor.controls[name].value = value
    assert getattr(draft_of(editor), field) == value


def test_what_makes_one_thing_together_is_taken_together(editor: ProposalEditor) -> None:
    typed(editor, "every", "6")  # without a raise there is nothing to change yet, and it is not forgotten
    typed(editor, "raise", "5")
    assert draft_of(editor).step_up == StepUp(every=6, share=Fraction(1, 20))
    typed(editor, "raise", "")
    assert draft_of(editor).step_up is None
    editor.controls["grace_kind"].value = GraceKind.NO_PAYMENT
    editor.controls["grace_runs"].value = False
    assert draft_of(editor).grace is None
    typed(editor, "grace_months", "2")
    assert draft_of(editor).grace == Grace(months=2, kind=GraceKind.NO_PAYMENT, interest_runs=False)
    typed(editor, "season.1", "0")
    typed(editor, "season.1", "100")
    assert draft_of(editor).season == ()
    editor.controls["carry_end"].value = CarriedEnd.WAIVED
    editor.time.value = WaiverTime.ON_SIGNING
    assert (draft_of(editor).carry.end, draft_of(editor).waiver.time) == (CarriedEnd.WAIVED, WaiverTime.ON_SIGNING)


def test_a_share_shows_its_sign_and_an_amount_its_unit() -> None:
    field = given_field("x")
    field.text.value = "50"
    assert (field.text.value, field.value) == ("50%", Given(share=HALF))
    field.text.value = "1200元"
    assert (field.text.value, field.value) == ("1,200.00 yuan", Given(amount=120_000))
    field.text.value = "1200"  # percent or yuan? not guessed
    assert "1200元" in field.problem and field.value == Given(amount=120_000)
    field.value = Given(share=THIRD)
    assert field.check() and field.value == Given(share=THIRD)


@pytest.mark.parametrize("text", ["2027-01-01", "2027-02-01 – 2027-01-01", "a – b"])
def test_spans_that_are_none_are_refused(text: str) -> None:
    field = spans_field("x")
    field.text.value = text
    assert field.problem and field.value == ()


def test_a_freeze_keeps_its_note() -> None:
    noted = Freeze(DAY, DAY + timedelta(30), "letter of 3 May")
    draft = replace(make_case().proposals[0], freezes=(noted,))
    assert amended(draft, {"freezes": (Freeze(noted.first, noted.last),)}).freezes == (noted,)


def test_a_number_and_a_size_take_each_others_place(editor: ProposalEditor) -> None:
    typed(editor, "size", "1500")
    assert (draft_of(editor).size, draft_of(editor).installments) == (150_000, 0)
    assert editor.installments.value == 24  # 36,000 at 1,500 a month
    assert editor.remainder.disabled
    editor.installments.value = 30
    assert (draft_of(editor).size, draft_of(editor).installments) == (None, 30)
    assert editor.fields["size"].text.value == ""
    typed(editor, "size", "1500")
    typed(editor, "size", "")
    assert draft_of(editor).size is None and draft_of(editor).installments >= 1
    typed(editor, "size", "0")
    assert "pays nothing" in editor.fields["size"].problem


def test_more_installments_than_the_slider_has_are_shown() -> None:
    long = replace(make_case().proposals[0], installments=240)
    state = OffersState(replace(make_case(), proposals=(long,)), DAY)
    editor = ProposalEditor(state, lambda handler: handler)
    assert editor.installments.value == 240 and state.draft == long


def test_pay_day_moves_the_first_installment(editor: ProposalEditor) -> None:
    typed(editor, "due_day", "20")
    editor.pay_day.text.value = "28"
    editor.align.click()
    # two days after the 28th, a week or more after 24 November: the 30th is six days away
    assert (draft_of(editor).first_due, draft_of(editor).due_day) == (date(2026, 12, 30), None)
    assert editor.fields["first_due"].text.value == "2026-12-30"
    editor.pay_day.text.value = "32"
    editor.align.click()
    assert editor.pay_day.problem and draft_of(editor).first_due == date(2026, 12, 30)


# -- what is wrong ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("penalty_interest", "101", "not a percentage"),
        ("penalty_interest", "4000元", "more than the 3,600.00"),
        ("carry.penalty_interest", "1", "More than the whole"),
        ("capitalise.interest", "1元", "more than the 0.00"),
        ("start", "2026-11-23", "has passed"),
        ("first_due", "2026-11-23", "before the start"),
        ("deadline", "x", "not a day"),
        ("discount", "40000元", "discount is more"),
        ("discount", "150%", "not a percentage"),
        ("raise", "10000元", "raises alone"),
        ("every", "0", "not a whole number"),
        ("due_day", "32", "not a whole number"),
        ("rounding_step", "0", "cannot be rounded"),
        ("season.3", "-1", "not a percentage"),
        ("freezes", "2027", "first and a last day"),
        ("rate", "6", "does not say for which period"),
        ("period_fee", "101", "not a percentage"),
        ("grace_months", "-1", "not a whole number"),
        ("down_payment", "-5", "below zero"),
        ("name", "", "no name"),
    ],
)
def test_each_slip_is_said_beside_its_field_and_the_last_good_result_stays(
    panel: OffersPanel, editor: ProposalEditor, name: str, text: str, said: str
) -> None:
    table, good = panel.table.value, editor.state.offer
    typed(editor, name, text)
    assert said in editor.fields[name].problem and "role='alert'" in editor.fields[name].help
    assert (panel.table.value, editor.state.offer) == (table, good)
    panel.save.click()
    assert panel.desk.failed and said in panel.message.value
    assert panel.desk.case.proposals == make_case().proposals
    panel.undo.click()
    assert not any(f.problem for f in editor.fields.values()) and not panel.editor.wrong  # type: ignore[union-attr]


def test_all_months_at_nothing_are_refused(editor: ProposalEditor) -> None:
    for name in SEASON[:11]:
        typed(editor, name, "0")
    typed(editor, SEASON[11], "0")
    assert "none of the months" in editor.fields[SEASON[11]].problem
    assert draft_of(editor).season == (*[Fraction(0)] * 11, Fraction(1))


def test_months_of_the_plan_without_an_installment_are_said_beside_the_months(editor: ProposalEditor) -> None:
    editor.installments.value = 2  # December and January
    typed(editor, "season.12", "0")
    typed(editor, "season.1", "0")
    assert "none of the months" in editor.helps["season"].value
    typed(editor, "season.1", "100")
    assert editor.helps["season"].value == ""


def test_a_size_below_the_interest_never_ends(panel: OffersPanel, editor: ProposalEditor) -> None:
    before = editor.state.offer
    typed(editor, "rate", "12%/year")
    typed(editor, "size", "100")
    # 36,000 at 1 % a month bear 360
    assert "never ends" in editor.fields["size"].problem and "360" in editor.fields["size"].problem
    assert draft_of(editor).size == 10_000
    offer = editor.state.offer
    assert offer is not None and before is not None and offer.proposal.size is None and offer.proposal.rate == TWELVE
    assert "last good form" in panel.kept_line.value
    assert "“target” cannot be computed as it stands: 100.00 yuan a month never ends" in panel.stale.value
    typed(editor, "size", "1000")
    assert not editor.fields["size"].problem and panel.stale.value == ""
    assert "last good form" not in panel.kept_line.value


def test_two_fields_may_be_mended_in_any_order(editor: ProposalEditor) -> None:
    typed(editor, "deadline", "2026-12-01")
    assert "until which the offer holds" in editor.fields["first_due"].problem
    typed(editor, "first_due", "2026-12-01")
    assert not editor.fields["first_due"].problem and editor.wrong == ""
    typed(editor, "carry.principal", "10")
    typed(editor, "carry_due", "2027-01-01")
    assert "before the last installment" in editor.fields["carry_due"].problem
    typed(editor, "carry_due", "nonsense")
    assert "not a day" in editor.fields["carry_due"].problem
    typed(editor, "carry_due", "2027-01-01")  # as it was: what is wrong with it is said again
    assert "before the last installment" in editor.fields["carry_due"].problem
    editor.installments.value = 1
    assert not editor.fields["carry_due"].problem


def test_a_long_term_and_waived_principal_ask_for_a_look(editor: ProposalEditor) -> None:
    editor.installments.value = 61
    assert "more than the 60" in editor.helps["installments"].value
    editor.state.limit = 72
    assert editor.helps["installments"].value == ""
    typed(editor, "principal", "10%")
    assert "hardly ever" in editor.fields["principal"].help
    assert not editor.fields["principal"].problem and editor.wrong == ""


def test_a_plan_paid_on_its_first_day_has_no_yearly_cost(editor: ProposalEditor) -> None:
    editor.installments.value = 1
    typed(editor, "first_due", DAY.isoformat())
    assert "no yearly cost" in editor.fields["first_due"].help
    assert editor.state.offer is not None and editor.state.offer.yearly_cost is None


def test_a_fold_opens_for_what_is_wrong_in_it_and_says_that_it_is_in_use(editor: ProposalEditor) -> None:
    aside, course, _, lump = editor.folds.folds
    assert all(f.selected_index is None for f in editor.folds.folds)
    typed(editor, "discount", "40000元")
    assert lump.selected_index == 0 and aside.selected_index is None
    assert "(in use)" in lump.titles[0] and "(in use)" not in course.titles[0]
    typed(editor, "discount", "")
    assert "(in use)" not in lump.titles[0]


def test_the_last_good_form_belongs_to_its_proposal(editor: ProposalEditor) -> None:
    typed(editor, "discount", "40000元")
    state = editor.state
    assert state.offer is not None
    state.pick(0)
    assert state.offer is not None and state.offer.proposal.name == "opening"
    assert not editor.fields["discount"].problem
    assert [p.name for p in state.stale] == ["target"]
    state.pick(1)
    assert "discount is more" in editor.fields["discount"].problem
    assert draft_of(editor).discount == Discount(amount=4_000_000)  # nothing typed is lost
    assert state.offer is None
    with pytest.raises(Refused, match="no proposal to choose"):
        state.with_choice(state.case, "because")


def test_each_stale_proposal_is_named_with_what_is_wrong() -> None:
    opening, target = make_case().proposals
    late = replace(opening, start=DAY - timedelta(9), first_due=DAY)
    gone = replace(target, accounts=("gone",))
    case = replace(make_case(), proposals=(late, gone))
    said = offers_words.stale(OffersState(case, DAY))
    assert "“opening” cannot be compared as it stands: The start 2026-11-15 has passed." in said
    assert "“target” cannot be compared as it stands: The proposal is for no debt of this case." in said


# -- beginning anew, and keeping --------------------------------------------------------------------------------------


def test_the_banks_standard_and_one_sum_are_new_proposals(panel: OffersPanel) -> None:
    panel.standard.click()
    draft = panel.state.draft
    assert draft is not None and (draft.installments, draft.accounts) == (60, ("6222****0001",))
    panel.save.click()
    panel.picker.value = 1
    panel.one_sum.click()
    draft = panel.state.draft
    assert draft is not None and (draft.installments, draft.deadline) == (1, date(2026, 12, 20))
    assert draft.waiver == panel.desk.case.proposals[1].waiver
    panel.save.click()
    assert [p.name for p in panel.desk.case.proposals] == ["opening", "target", "bank's standard", "in one sum"]


def test_the_banks_standard_needs_a_card(panel: OffersPanel) -> None:
    assert panel.desk.change("edit", lambda case: replace(case, debts=case.debts[:1]))
    panel.standard.click()
    assert panel.desk.failed and "bank cards" in panel.message.value


def test_what_begins_later_takes_its_days_along() -> None:
    opening = replace(
        make_case().proposals[0],
        freezes=(Freeze(date(2026, 12, 1), date(2026, 12, 31)),),
        carry=Carried(principal=HALF, due=date(2032, 1, 1)),
    )
    state = OffersState(replace(make_case(), proposals=(opening,)), DAY + timedelta(10))
    state.renew()
    assert state.draft is not None
    assert state.draft.freezes == (Freeze(date(2026, 12, 11), date(2027, 1, 10)),)
    assert (state.draft.start, state.draft.carry.due) == (DAY + timedelta(10), date(2032, 1, 11))


def test_saving_and_opening_again_keeps_every_field(panel: OffersPanel, editor: ProposalEditor, store: Store) -> None:
    for name, text in {
        "principal": "10",
        "penalty_interest": "1800元",
        "carry.penalty_interest": "5",
        "carry.principal": "5",
        "carry_due": "2032-01-01",
        "discount": "5%",
        "down_payment": "500",
        "due_day": "15",
        "raise": "10",
        "every": "6",
        "season.2": "50",
        "grace_months": "2",
        "rate": "3%/year",
        "freezes": "2026-12-01 – 2027-01-31",
        "rounding_step": "1",
        "period_fee": "0.5",
        "note": "so they said",
    }.items():
        typed(editor, name, text)
        assert not editor.fields[name].problem, name
    editor.controls["bearing"].value = Bearing.PRINCIPAL
    editor.controls["basis"].value = Basis.DAILY
    draft = draft_of(editor)
    panel.save.click()
    assert not panel.desk.failed
    again = OffersPanel(Desk(store))
    assert again.state.draft == draft and again.editor is not None
    assert again.state.proposals == panel.state.proposals
    assert again.editor.fields["penalty_interest"].text.value == "1,800.00 yuan"
    assert again.editor.fields["freezes"].text.value == "2026-12-01 – 2027-01-31"
    assert again.editor.wrong == ""


def test_before_and_after_are_shown_part_by_part(panel: OffersPanel, editor: ProposalEditor) -> None:
    typed(editor, "penalty_interest", "1000元")
    typed(editor, "capitalise.penalty_interest", "600元")
    assert "<caption>" in panel.kept_line.value and "added to the principal" in panel.kept_line.value
    assert "36,600.00 yuan: 36,000.00 of principal and 600.00 added" in panel.kept_line.value


def test_the_editor_speaks_chinese(panel: OffersPanel) -> None:
    panel.desk.speak("zh")
    assert panel.editor is not None
    typed(panel.editor, "discount", "40000元")
    assert "折扣超过了" in panel.editor.fields["discount"].problem
    assert "一次结清：折扣和期限（已使用）" in panel.editor.folds.folds[3].titles
    assert panel.editor.fields["discount"].text.value == "40,000.00 元"


def test_a_case_without_debts_has_nothing_to_say_of_its_proposals() -> None:
    bare: Case = replace(make_case(), debts=())
    assert OffersState(bare, DAY).problems() == ()
