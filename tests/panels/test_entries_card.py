"""Entries and freezes in 01: shown, typed and kept; bad input keeps the last result."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from debtdesk.core.debt import Freeze
from debtdesk.core.entries import Entry, EntryKind
from debtdesk.core.rates import Period, Rate
from debtdesk.core.terms import Part
from debtdesk.panels.debts import DebtsPanel
from debtdesk.panels.desk import Desk
from debtdesk.panels.entries_card import EntriesCard

FEE = Entry(day=date(2025, 3, 1), kind=EntryKind.FEE, amount=5_000, note="bill")
FREEZE = Freeze(date(2025, 4, 1), date(2025, 6, 30), "notice")
CELLS = {
    "fee": {"day": "2025-03-01", "kind": "fee", "amount": "50", "note": "bill"},
    "waiver": {"day": "2025-03-02", "kind": "waiver", "amount": "20", "part": "penalty_interest"},
    "rate": {"day": "2025-03-03", "kind": "rate", "rate": "0.03%/day"},
    "transfer": {"day": "2025-03-04", "kind": "transfer", "creditor": "某某资产"},
    "freeze": {"day": "2025-04-01", "kind": "freeze", "last": "2025-06-30", "note": "notice"},
}
RECORDS = {
    "fee": FEE,
    "waiver": Entry(day=date(2025, 3, 2), kind=EntryKind.WAIVER, amount=2_000, part=Part.PENALTY_INTEREST),
    "rate": Entry(day=date(2025, 3, 3), kind=EntryKind.RATE, rate=Rate(Fraction(3, 10_000), Period.DAY)),
    "transfer": Entry(day=date(2025, 3, 4), kind=EntryKind.TRANSFER, creditor="某某资产"),
    "freeze": FREEZE,
}


@pytest.fixture
def panel(desk: Desk) -> DebtsPanel:
    return DebtsPanel(desk)


@pytest.fixture
def card(panel: DebtsPanel) -> EntriesCard:
    return panel.history.entries


def add(card: EntriesCard, **cells: str) -> str:
    rows = [r for r in card.sheet.rows if any(v for k, v in r.items() if k != "id")]
    card.sheet.rows = [*rows, {"id": f"new-{len(rows)}", **cells}]
    return str(card.sheet.rows[-1]["id"])


def test_what_is_kept_stands_in_the_sheet(desk: Desk) -> None:
    desk.change(
        "entries",
        lambda case: replace(
            case, debts=(replace(case.debts[0], entries=(FEE,), freezes=(FREEZE,), page="花呗"), *case.debts[1:])
        ),
    )
    card = DebtsPanel(desk).history.entries
    assert [(r["kind"], r["amount"], r["last"]) for r in card.sheet.rows] == [
        ("fee", "50.00", ""),
        ("freeze", "", "2025-06-30"),
    ]
    assert card.page.value == "花呗" and card.unsaved.value == ""


@pytest.mark.parametrize("kind", list(CELLS))
def test_each_kind_is_typed_and_kept(card: EntriesCard, desk: Desk, kind: str) -> None:
    row = add(card, **CELLS[kind])
    assert "not saved yet" in card.unsaved.value and card.sheet.computed[row]["inside"] == "yes: up to 2026-11-24"
    card.keep.click()
    debt = desk.store.open("2026-0001").case.debt("HB-01")
    assert (*debt.entries, *debt.freezes) == (RECORDS[kind],)
    assert card.unsaved.value == "" and not desk.failed


def test_a_freeze_above_an_entry_is_kept_all_the_same(card: EntriesCard, desk: Desk) -> None:
    add(card, **CELLS["freeze"])
    add(card, **CELLS["fee"])
    card.keep.click()
    assert desk.case.debt("HB-01").entries == (FEE,) and desk.case.debt("HB-01").freezes == (FREEZE,)
    assert card.unsaved.value == ""


@pytest.mark.parametrize(
    ("kind", "cells", "field", "said"),
    [
        ("freeze", {"last": "2025-03-31"}, "last", "ends before it starts"),
        ("rate", {"rate": "0.03%"}, "rate", "does not say for which period"),
        ("fee", {"day": "2022-04-30"}, "day", "before the debt began on 2022-05-01"),
        ("fee", {"amount": "0"}, "amount", "must be above zero"),
        ("fee", {"last": "2025-03-31"}, "last", "does not go with “fee charged”"),
        ("waiver", {"part": ""}, "", "Still missing: part waived."),
        ("transfer", {"creditor": ""}, "", "Still missing: new creditor."),
    ],
)
def test_a_slip_is_told_and_nothing_kept(desk: Desk, kind: str, cells: dict[str, str], field: str, said: str) -> None:
    desk.change(
        "debts",
        lambda c: replace(c, debts=(replace(c.debts[0], contract_date=date(2022, 5, 1)), *c.debts[1:])),
    )
    card = DebtsPanel(desk).history.entries
    row = add(card, **{**CELLS[kind], **cells})
    told = card.sheet.problems.get(row, {}) if field else card.sheet.notes.get(row, {})
    assert said in told[field]
    card.keep.click()
    assert desk.failed and desk.case.debt("HB-01").entries == () and desk.case.debt("HB-01").freezes == ()


def test_a_slip_keeps_the_last_good_row(card: EntriesCard, desk: Desk) -> None:
    row = add(card, **CELLS["fee"])
    card.sheet.rows = [{"id": row, **CELLS["fee"], "amount": "much"}]
    assert card.sheet.problems[row]["amount"]
    card.keep.click()
    assert desk.case.debt("HB-01").entries == (FEE,) and desk.failed


def test_two_rates_of_one_day_are_refused(card: EntriesCard) -> None:
    add(card, **CELLS["rate"])
    row = add(card, **{**CELLS["rate"], "rate": "0.02%/day"})
    assert "The same stands in row 1" in card.sheet.problems[row]["day"]


def test_tranches_of_one_page_are_listed_together(card: EntriesCard, desk: Desk) -> None:
    card.page.text.value = "<b>花呗</b>"
    card.keep.click()
    assert card.together.value == ""
    card.choice.debt.value = card.choice.debt.options[1][1]
    assert card.page.value == "" and card.together.value == ""
    card.page.text.value = "<b>花呗</b>"
    assert "Under one page “&lt;b&gt;花呗" in card.together.value and "某某银行" in card.together.value
    card.keep.click()
    assert {d.page for d in desk.case.debts} == {"<b>花呗</b>"} and card.unsaved.value == ""


def test_saving_the_sheet_of_debts_keeps_the_entries(panel: DebtsPanel, card: EntriesCard, desk: Desk) -> None:
    panel.sheet.rows = [{**panel.sheet.rows[0], "source": "statement"}, *panel.sheet.rows[1:]]
    add(card, **CELLS["freeze"])
    card.keep.click()
    panel.save.click()
    debt = desk.case.debt("HB-01")
    assert debt.freezes == (FREEZE,) and debt.balance.source == "statement"


def test_the_language_changes_under_unkept_typing(panel: DebtsPanel, card: EntriesCard, desk: Desk) -> None:
    add(card, **CELLS["fee"])
    desk.speak("zh")
    again = panel.history.entries
    assert again.sheet.rows[0]["amount"] == "50" and again.keep.description == "保存费用与变动"
