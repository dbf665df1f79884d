"""The stage of growth: what the state decides, and that the screen and the state follow each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from debtdesk.core.case import Case
from debtdesk.panels.desk import Desk
from debtdesk.panels.growth import GrowthPanel
from debtdesk.panels.growth_state import ALL, GrowthState

from .conftest import DAY, make_case

PNG = b"\x89PNG"
NOW = 3_960_000  # 12,000 and 24,000 yuan with a tenth of penalty interest on top


@pytest.fixture
def case() -> Case:
    return make_case()


@pytest.fixture
def panel(desk: Desk) -> GrowthPanel:
    return GrowthPanel(desk)


# -- the state --------------------------------------------------------------------------------------------------------


def test_state_starts_with_all_debts_and_two_years(case: Case) -> None:
    state = GrowthState(case, DAY)
    assert (state.months, state.monthly, state.freeze, state.account) == (24, 0, 0, ALL)
    assert state.result is not None
    # 36,000 yuan bear 18 yuan a day for the 731 days to 24 November 2028: 13,158 yuan more, 548.25 a month
    assert (state.result.now, state.result.then) == (NOW, NOW + 1_315_800)
    assert state.result.monthly_cost == 54_825
    assert state.result.paying is None


def test_state_finds_the_day_beyond_the_months_looked_at(case: Case) -> None:
    state = GrowthState(case, DAY, months=1)
    assert state.result is not None
    # 3,600 yuan of charges, 18 a day: 1,800 days make 36,000 and 1,801 exceed it
    assert state.result.overtake == date(2031, 10, 30)
    assert not state.result.overtaken


def test_one_change_of_several_choices_makes_one_result(case: Case) -> None:
    state = GrowthState(case, DAY)
    seen: list[object] = []
    state.observe(lambda change: seen.append(change["new"]), "result")
    with state.hold_trait_notifications():
        state.months, state.monthly, state.freeze = 36, 100_000, 6
    assert len(seen) == 1
    state.months = 36
    assert len(seen) == 1


def test_payment_and_freeze_leave_less(case: Case) -> None:
    state = GrowthState(case, DAY)
    state.monthly = 100_000
    assert state.result is not None
    paid_only = state.result.left
    state.freeze = 12
    assert state.result.left < paid_only < state.result.then
    assert state.result.paid == 24 * 100_000
    assert state.result.nothing.totals[-1] == NOW + 1_315_800  # the growth itself is never frozen


def test_slider_reaches_what_is_sensible(case: Case) -> None:
    # capacity 4,400 yuan; twice of it is more than a twelfth of what is owed; whole tens of steps
    assert GrowthState(case, DAY).most == 880_000
    poor = replace(case, budget=type(case.budget)())
    state = GrowthState(poor, DAY)
    assert state.capacity == 0
    assert state.most == 330_000


def test_state_lets_go_of_a_debt_that_is_gone(case: Case) -> None:
    state = GrowthState(case, DAY, account="HB-01")
    assert state.result is not None and state.result.now == 1_320_000
    state.follow(replace(case, debts=case.debts[1:]), DAY)
    assert state.account == ALL
    assert state.result.now == 2_640_000
    state.follow(replace(case, debts=()), DAY)
    assert state.result is None


# -- the panel --------------------------------------------------------------------------------------------------------


def test_panel_shows_the_answer(panel: GrowthPanel) -> None:
    assert "39,600 yuan become 52,758 yuan in 24 months" in panel.lead.value
    assert "about 548 yuan" in panel.lead.value
    assert "On 2031-10-30 the charges overtake" in panel.lead.value
    assert bytes(panel.image.value).startswith(PNG)
    assert panel.months.continuous_update


def test_state_moves_the_widgets(panel: GrowthPanel) -> None:
    panel.state.months, panel.state.monthly, panel.state.freeze = 36, 123_456, 3
    assert (panel.months.value, panel.monthly.value, panel.freeze.value) == (36, 1_234, 3)
    assert panel.amount.text.value == "1,234.56"
    assert panel.state.monthly == 123_456  # the slider's coarser echo changes nothing
    panel.state.account = "HB-01"
    assert panel.account.value == "HB-01"


def test_widget_moves_the_state_and_the_picture_once(panel: GrowthPanel) -> None:
    pictures: list[object] = []
    panel.image.observe(lambda change: pictures.append(change["new"]), "value")
    panel.monthly.value = 1_000
    assert panel.state.monthly == 100_000
    assert panel.amount.value == 100_000
    assert "1,000 yuan a month" in panel.lead.value
    assert len(pictures) == 1
    panel.account.value = "HB-01"
    assert len(pictures) == 2
    assert "13,200 yuan become" in panel.lead.value


def test_payment_that_clears_all_says_when(panel: GrowthPanel) -> None:
    panel.amount.text.value = "4,000"
    assert "all is paid on 2027-10-24, 43,168 yuan altogether" in panel.lead.value  # ten of 4,000, and what is left


def test_typed_amount_beyond_the_slider_counts(panel: GrowthPanel) -> None:
    panel.amount.text.value = "20000"
    assert panel.state.monthly == 2_000_000
    assert panel.monthly.value == panel.monthly.max


def test_wrong_amount_keeps_the_last_picture(panel: GrowthPanel) -> None:
    panel.amount.text.value = "600"
    before = panel.image.value, panel.lead.value
    panel.amount.text.value = "six hundred"
    assert (panel.image.value, panel.lead.value) == before
    assert panel.state.monthly == 60_000
    assert "Write digits" in panel.amount.problem
    panel.monthly.value = 700
    assert panel.amount.problem == ""
    assert panel.amount.text.value == "700.00"


def test_folds_are_filled_when_opened(panel: GrowthPanel) -> None:
    assert panel.monthly_table.value == ""
    panel.table_fold.selected_index = 0
    assert panel.monthly_table.value.count("<tr>") == 26
    panel.card_fold.selected_index = 0
    assert panel.cards.value.count("<table") == 2
    panel.doubt_fold.selected_index = 0
    assert "seen on a document" in panel.doubts.value


def test_chart_is_handed_over_in_both_formats(panel: GrowthPanel) -> None:
    png, svg = panel._picture("png"), panel._picture("svg")
    assert png is not None and svg is not None
    assert png.name.endswith("03_growth.png") and png.content.startswith(PNG)
    assert svg.name.endswith("03_growth.svg") and b"<svg" in svg.content


def test_case_of_another_window_is_followed(panel: GrowthPanel, second: Desk) -> None:
    panel.months.value = 12
    assert second.change("edit", lambda case: replace(case, debts=case.debts[:1]))
    assert not panel.desk.change("edit", lambda case: replace(case, note="x"))
    assert panel.months.value == 12
    assert "13,200 yuan become" in panel.lead.value
    assert second.change("edit", lambda case: replace(case, debts=()))
    assert not panel.desk.change("edit", lambda case: replace(case, note="x"))
    assert "no debts yet" in panel.body.children[0].value


def test_names_are_escaped(desk: Desk) -> None:
    bad = replace(desk.case.debts[0], creditor="<b>x</b>", account="<i>&1")
    assert desk.change("edit", lambda case: replace(case, debts=(bad,)))
    panel = GrowthPanel(desk)
    panel.card_fold.selected_index = 0
    assert "<b>x" not in panel.cards.value


def test_panel_speaks_both_languages(panel: GrowthPanel) -> None:
    panel.monthly.value = 500
    panel.desk.speak("zh")
    assert "24 个月" in panel.lead.value
    assert panel.monthly.value == 500
    assert bytes(panel.image.value).startswith(PNG)
