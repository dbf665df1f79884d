"""The cards of the audit and the ledger, on the worked case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from debtdesk.core.terms import Known
from debtdesk.files.worked import sample_case
from debtdesk.panels.debts import DebtsPanel
from debtdesk.panels.desk import Desk

from .conftest import make_case


@pytest.fixture
def panel(desk: Desk) -> DebtsPanel:
    case = make_case()
    bank = next(d for d in sample_case().debts if d.account == "XYD-5520")
    nasty = replace(bank, account="<b>9</b>", creditor="<i>x</i>", origin=None)
    desk.change("debts", lambda kept: replace(kept, debts=(bank, nasty)))
    assert case.day == desk.day
    return DebtsPanel(desk)


def choose(panel: DebtsPanel, n: int) -> None:
    panel.audit.choice.debt.value = panel.state.options()[n][1]


def test_the_difference_and_its_cause_are_told(panel: DebtsPanel) -> None:
    shown = panel.audit.answer.value
    assert "1,496.60 yuan above ours; how that came about may be asked about" in shown
    assert "follows to the fen if interest itself bears interest, each month from day 15 on" in shown
    assert panel.audit.principal.value == 900_000 and panel.audit.day.value == date(2023, 12, 15)


def test_without_a_beginning_the_remedy_is_told_and_it_can_be_typed(panel: DebtsPanel) -> None:
    choose(panel, 1)
    assert "Nothing can be recomputed yet" in panel.audit.answer.value
    assert panel.audit.day.value is None and panel.audit.principal.value == 0
    panel.audit.principal.text.value = "9,000"
    panel.audit.day.text.value = "2023-12-15"
    assert "1,496.60 yuan above ours" in panel.audit.answer.value
    debt = panel.state.debt()
    assert debt is not None and debt.origin is not None and debt.origin.known is Known.SEEN
    assert panel.state.dirty


def test_beginning_after_the_balance_is_refused_and_the_last_kept(panel: DebtsPanel) -> None:
    panel.audit.day.text.value = "2026-11-22"
    assert "after the day of the balance" in panel.audit.day.problem
    debt = panel.state.debt()
    assert debt is not None and debt.origin is not None and debt.origin.as_of == date(2023, 12, 15)


def test_ledger_adds_up_to_the_day_looked_at(panel: DebtsPanel) -> None:
    """1,075 days of 4.50 to 24 November 2026: 4,837.50."""
    assert "2 lines add up to 13,837.50 yuan on 2026-11-24." in panel.ledger.lines.value


def test_a_payment_entered_late_is_shown_and_not_kept(panel: DebtsPanel) -> None:
    """100 days are 450.00; of 3,450.00 then 3,000.00 reduce the principal: 975 days of 1.50 less."""
    panel.ledger.amount.text.value = "3,450"
    panel.ledger.paid.text.value = "2024-03-24"
    assert "8,925.00 yuan would be owed on 2026-11-24." in panel.ledger.changes.value
    assert "payment −3,450.00" in panel.ledger.changes.value and "interest −1,462.50" in panel.ledger.changes.value
    assert not panel.state.dirty


def test_days_before_the_beginning_are_refused(panel: DebtsPanel) -> None:
    panel.ledger.paid.text.value = "2023-12-15"
    assert "before the debt began" in panel.ledger.paid.problem
    panel.ledger.until.text.value = "2023-01-01"
    assert "before the start" in panel.ledger.until.problem and "2 lines" in panel.ledger.lines.value


def test_what_was_typed_is_escaped(panel: DebtsPanel) -> None:
    choose(panel, 1)
    shown = panel.audit.answer.value + panel.ledger.lines.value
    assert "<b>9" not in shown and "<i>x" not in shown
