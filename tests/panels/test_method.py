from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from debtdesk.core.problems import Refused
from debtdesk.core.rates import Period, Rate
from debtdesk.panels.desk import Desk
from debtdesk.panels.method import MethodPanel, MethodState


def test_the_first_figures_are_those_of_the_usual_example() -> None:
    state = MethodState()
    assert "5,480.00" in str(state.lead) and "15,480.00" in str(state.lead)  # 1,096 days at 5.00 a day
    assert all(w.agrees for w in state.workings)


def test_hand_and_package_work_the_published_examples() -> None:
    shown = {str(s.what): (s.hand, s.package) for w in MethodState().workings for s in w.steps}
    assert shown["card, overdue 91 days or more: to principal"] == ("1,000.00", "1,000.00")
    assert shown["Civil Code 561: to interest"] == ("950.00", "950.00")
    assert shown["last installment: 10,000.00 − 277.77 × 35"] == ("278.05", "278.05")
    assert ("157.33", "157.33") in shown.values() and ("159.76", "159.76") in shown.values()


@settings(max_examples=60, deadline=None)
@given(
    amount=st.integers(100, 10**10),
    percent=st.integers(0, 10**6),
    period=st.sampled_from(Period),
    start=st.dates(date(2015, 1, 1), date(2030, 12, 31)),
    days=st.integers(0, 4000),
)
def test_hand_and_package_agree_whatever_is_tried(
    amount: int, percent: int, period: Period, start: date, days: int
) -> None:
    most = {Period.DAY: 10**9, Period.MONTH: 3 * 10**7, Period.YEAR: 2 * 10**6}[period]
    state = MethodState()
    end = date.fromordinal(start.toordinal() + days)
    state.put(amount=amount, rate=Rate(Fraction(percent, most), period), start=start, end=end)
    wrong = [(str(w.title), str(s.what), s.hand, s.package) for w in state.workings for s in w.steps if not s.agrees]
    assert not wrong


def test_figures_that_do_not_go_together_leave_the_last_workings() -> None:
    state = MethodState()
    before = state.workings
    with pytest.raises(Refused):
        state.put(amount=1_000_000, rate=state.rate, start=date(2026, 1, 2), end=date(2026, 1, 1))
    assert state.workings is before


def test_typing_works_out_anew_and_bad_input_keeps_the_last(desk: Desk) -> None:
    panel = MethodPanel(desk)
    panel.amount.text.value = "2万"
    assert "10,960.00" in panel.lead.value
    panel.amount.text.value = "viel"
    assert panel.amount.problem and "10,960.00" in panel.lead.value
    panel.end.text.value = "2020-01-01"
    assert "10,960.00" in panel.lead.value


def test_days_in_the_wrong_order_are_mended_from_either_side(desk: Desk) -> None:
    panel = MethodPanel(desk)
    panel.end.text.value = "2020-01-01"
    assert panel.end.problem
    panel.start.text.value = "2019-12-02"
    assert not panel.end.problem and "150.00" in panel.lead.value


def test_tables_keep_their_place_and_speak_both_languages(desk: Desk) -> None:
    panel = MethodPanel(desk)
    panel.amount.text.value = "2万"
    desk.speak("zh")
    assert "每个数字怎么算出来的" in panel.header.value and "手算" in panel.tables[0].value
    assert panel.amount.value == 2_000_000
