"""The folds of the law in 01: ceilings, orders of payment, and other conventions, for the chosen debt."""

from __future__ import annotations

from datetime import date

import pytest

from debtdesk.core.debt import LenderType
from debtdesk.panels.debts import DebtsPanel
from debtdesk.panels.desk import Desk


@pytest.fixture
def panel(desk: Desk) -> DebtsPanel:
    return DebtsPanel(desk)


def test_the_kind_of_lender_is_read_from_its_name_and_said_so(panel: DebtsPanel) -> None:
    # 12,000 of principal, 1,200 claimed, 1,097 days with 2023-11-24 the first: 1,200 x 365 / (12,000 x 1,097) = 3.33 %
    assert "3.33%" in panel.cost.answer.value and "1,097 days" in panel.cost.answer.value
    assert "taken from the name" in panel.cost.answer.value


def test_choosing_the_kind_changes_the_limits_and_the_debt(panel: DebtsPanel) -> None:
    panel.cost.lender.value = LenderType.CONSUMER_FINANCE
    debt = panel.state.debt()
    assert debt is not None and debt.lender_type is LenderType.CONSUMER_FINANCE
    assert "taken from the name" not in panel.cost.answer.value and panel.state.dirty
    panel.cost.lender.value = LenderType.UNLICENSED
    assert panel.cost.answer.value.count("For this kind of lender it is a question for a lawyer") == 3


def test_a_private_loan_asks_for_the_day_of_the_contract(panel: DebtsPanel) -> None:
    panel.cost.lender.value = LenderType.PRIVATE
    assert "enter that day" in panel.cost.answer.value
    panel.cost.signed.text.value = "2022-05-01"
    debt = panel.state.debt()
    assert debt is not None and debt.contract_date == date(2022, 5, 1)
    assert "14.8%" in panel.cost.answer.value  # four times 3.70 %
    panel.cost.signed.text.value = "the other day"
    assert panel.cost.signed.problem and "14.8%" in panel.cost.answer.value
    panel.cost.signed.text.value = "2026-10-01"
    assert "data to 2026-08-20" in panel.cost.answer.value


def test_what_is_entered_is_kept(panel: DebtsPanel, desk: Desk) -> None:
    panel.cost.lender.value = LenderType.BANK
    panel.save.click()
    assert desk.case.debts[0].lender_type is LenderType.BANK


def test_another_monthly_payment_is_compared_and_a_bad_one_keeps_the_last(panel: DebtsPanel) -> None:
    before = panel.order.coming.value
    panel.order.monthly.text.value = "1000"
    assert panel.order.coming.value != before and "12,000.00 yuan paid" in panel.order.coming.value
    shown = panel.order.coming.value
    for bad in ("nothing", "0"):
        panel.order.monthly.text.value = bad
        assert panel.order.monthly.problem and panel.order.coming.value == shown


def test_other_conventions_stand_inside_the_card_of_terms(panel: DebtsPanel) -> None:
    # 12,000 at 0.05 % a day: a day more is 6.00; on the whole bill 1,200 more bear 0.60 a day for 365 days: 219.00
    assert "+219.00 yuan" in panel.terms.others.value and "+6.00 yuan" in panel.terms.others.value


def test_the_folds_follow_the_chosen_debt_and_the_language(panel: DebtsPanel, desk: Desk) -> None:
    second = panel.sheet.rows[1]["id"]
    panel.terms.debt.value = second
    for card in (panel.cost, panel.order):
        assert "…0001" in card.name.value
    desk.speak("zh")
    assert "法院可应借款人请求酌减超过年利率24%的部分" in panel.cost.answer.value
    assert "民法典第561条" in panel.order.coming.value


def test_names_are_escaped(panel: DebtsPanel) -> None:
    panel.sheet.rows = [{**r, "creditor": "<script>x</script>"} for r in panel.sheet.rows]
    for shown in (panel.cost.name.value, panel.cost.answer.value, panel.order.name.value):
        assert "<script>" not in shown
