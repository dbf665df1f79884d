"""The app's page in 01: shown, typed and taken as the balance; bad input keeps the last result."""

from __future__ import annotations

import pytest

from debtdesk.core.statement_page import Split
from debtdesk.panels.debts import DebtsPanel
from debtdesk.panels.desk import Desk
from debtdesk.panels.statement_card import StatementCard


@pytest.fixture
def card(desk: Desk) -> StatementCard:
    return DebtsPanel(desk).history.statement


def enter(card: StatementCard) -> None:
    """Type 12,000.00 principal and 1,230.50 penalty: the balance of the debt with 30.50 more."""
    card.cells["billed", "principal"].text.value = "2,000"
    card.cells["overdue", "principal"].text.value = "10,000"
    card.penalties["penalty_on_principal"].text.value = "1,230.5"


def test_nothing_is_said_of_an_empty_page(card: StatementCard) -> None:
    assert card.sums.value == "" and card.unsaved.value == ""
    assert all(f.value == 0 for f in (*card.cells.values(), *card.penalties.values()))


def test_the_sum_and_the_difference_are_told(card: StatementCard) -> None:
    enter(card)
    assert "adds up to 13,230.50 yuan" in card.sums.value
    assert "30.50 yuan above the balance" in card.sums.value
    assert "penalty interest: 30.50 yuan more on the page" in card.sums.value and "not saved yet" in card.unsaved.value
    card.penalties["penalty_on_principal"].text.value = "1,200"
    assert "agrees with the balance entered above as of 2026-11-24, in every part" in card.sums.value
    card.penalties["penalty_on_principal"].text.value = "1,000"
    card.cells["next", "fee"].text.value = "200"
    assert "but the parts differ" in card.sums.value


def test_the_page_is_taken_as_the_balance(card: StatementCard, desk: Desk) -> None:
    enter(card)
    card.use.click()
    debt = desk.store.open("2026-0001").case.debt("HB-01")
    assert (debt.balance.principal, debt.balance.penalty_interest) == (1_200_000, 123_050)
    assert debt.statement is not None and debt.statement.overdue == Split(principal=1_000_000)
    assert "in every part" in card.sums.value and card.unsaved.value == "" and not desk.failed
    again = DebtsPanel(desk)
    assert again.history.statement.cells["overdue", "principal"].text.value == "10,000.00"
    assert "1,230.50" in {r["penalty_interest"] for r in again.sheet.rows}


def test_the_page_alone_leaves_the_balance(card: StatementCard, desk: Desk) -> None:
    enter(card)
    card.keep.click()
    debt = desk.case.debt("HB-01")
    assert debt.statement is not None and debt.balance.penalty_interest == 120_000


def test_a_bad_amount_is_told_beside_its_field_and_nothing_taken(card: StatementCard, desk: Desk) -> None:
    enter(card)
    before = card.sums.value
    field = card.cells["billed", "fee"]
    field.text.value = "-5"
    assert field.problem and "alert" in field.help and card.sums.value == before
    card.use.click()
    assert desk.failed and desk.case.debt("HB-01").statement is None


def test_another_debt_has_a_page_of_its_own(card: StatementCard) -> None:
    enter(card)
    card.choice.debt.value = card.choice.debt.options[1][1]
    assert card.cells["billed", "principal"].value == 0 and card.sums.value == ""


def test_saving_the_sheet_of_debts_keeps_the_page(desk: Desk) -> None:
    panel = DebtsPanel(desk)
    panel.sheet.rows = [{**panel.sheet.rows[0], "source": "statement"}, *panel.sheet.rows[1:]]
    enter(panel.history.statement)
    panel.history.statement.keep.click()
    panel.save.click()
    debt = desk.case.debt("HB-01")
    assert debt.statement is not None and debt.balance.source == "statement"


def test_the_language_changes_under_unkept_typing(desk: Desk) -> None:
    panel = DebtsPanel(desk)
    enter(panel.history.statement)
    desk.speak("zh")
    assert panel.history.statement.cells["billed", "principal"].text.description == "本期账单：本金"
    assert "合计 13,230.50 元" in panel.history.statement.sums.value
