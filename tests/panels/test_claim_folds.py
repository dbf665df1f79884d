"""The folds of 01 about the claim: shown, typed and kept; bad input keeps the last result; other windows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from debtdesk.core.acts import Act, ActKind
from debtdesk.core.claim_stage import ClaimStage
from debtdesk.core.links import Link, LinkKind, LinkProof, NoticeState
from debtdesk.panels.claim_folds import ClaimFolds
from debtdesk.panels.debts import DebtsPanel
from debtdesk.panels.desk import Desk
from debtdesk.panels.sheet import Sheet

ACT = {"day": "2025-03-01", "kind": "demand", "proof": "letter", "note": ""}


@pytest.fixture
def panel(desk: Desk) -> DebtsPanel:
    return DebtsPanel(desk)


@pytest.fixture
def claims(panel: DebtsPanel) -> ClaimFolds:
    return panel.claims


def add(sheet: Sheet, **cells: str) -> str:
    rows = [r for r in sheet.rows if any(v for k, v in r.items() if k != "id")]
    sheet.rows = [*rows, {"id": f"new-{len(rows)}", **cells}]
    return sheet.rows[-1]["id"]


def test_the_timeline_of_the_chosen_debt_stands_there(claims: ClaimFolds) -> None:
    # first overdue 2023-11-24, so due 2023-11-23 -> Monday 2026-11-23, the day before the sitting
    card = claims.limitation
    assert "would have run by about 2026-11-23" in card.lead.value and "12348" in card.cautions.value
    assert card.picture.value == b"", "the picture is drawn only while it can be seen"
    claims.folds[1].selected_index = 0
    assert bytes(card.picture.value).startswith(b"\x89PNG")


def test_an_act_is_typed_and_kept(claims: ClaimFolds, desk: Desk) -> None:
    card = claims.limitation
    row = add(card.sheet, **ACT)
    assert "2028-03-01" in card.lead.value and "not saved yet" in card.unsaved.value
    assert "anew" in card.sheet.computed[row]["effect"]
    card.keep.click()
    assert desk.store.open("2026-0001").case.debt("HB-01").acts == (Act(date(2025, 3, 1), ActKind.DEMAND, "letter"),)
    assert card.unsaved.value == "" and not desk.failed


@pytest.mark.parametrize("cells", [{"day": "soon"}, {"day": "2027-01-01"}, {"kind": ""}])
def test_a_slip_keeps_the_last_result_and_the_text(claims: ClaimFolds, desk: Desk, cells: dict[str, str]) -> None:
    card = claims.limitation
    before = card.lead.value
    row = add(card.sheet, **{**ACT, **cells})
    assert card.lead.value == before
    assert card.sheet.problems.get(row) or card.sheet.notes.get(row)
    card.keep.click()
    assert desk.failed and desk.case.debt("HB-01").acts == ()


def test_another_debt_has_acts_of_its_own(claims: ClaimFolds, panel: DebtsPanel) -> None:
    card = claims.limitation
    add(card.sheet, **ACT)
    card.choice.debt.value = card.choice.debt.options[1][1]
    assert (
        all(r.get("day", "") == "" for r in card.sheet.rows)
        and claims.chain.choice.debt.value == card.choice.debt.value
    )
    card.choice.debt.value = card.choice.debt.options[0][1]
    assert [r["day"] for r in card.sheet.rows] == ["2025-03-01"]


def test_saving_the_sheet_of_debts_keeps_the_acts(claims: ClaimFolds, panel: DebtsPanel, desk: Desk) -> None:
    panel.sheet.rows = [{**panel.sheet.rows[0], "source": "statement"}, *panel.sheet.rows[1:]]
    add(claims.limitation.sheet, **ACT)
    claims.limitation.keep.click()
    panel.save.click()
    kept = desk.store.open("2026-0001").case.debt("HB-01")
    assert (len(kept.acts), kept.balance.source) == (1, "statement")


def test_the_language_changes_under_unkept_acts(claims: ClaimFolds, panel: DebtsPanel, desk: Desk) -> None:
    add(claims.limitation.sheet, **ACT)
    desk.speak("zh")
    card = panel.claims.limitation
    assert [r["proof"] for r in card.sheet.rows] == ["letter"] and "三年期间大约到2028-03-01" in card.lead.value


def test_acts_kept_in_another_window_are_shown(claims: ClaimFolds, desk: Desk, second: Desk) -> None:
    act = Act(date(2025, 3, 1), ActKind.DEMAND, "<b>letter</b>")
    second.change("acts", lambda case: replace(case, debts=tuple(replace(d, acts=(act,)) for d in case.debts)))
    desk.follow()
    card = claims.limitation
    assert "2028-03-01" in card.lead.value and "<b>letter" not in card.table.value


def test_the_lender_seen_on_a_document_is_the_creditor(claims: ClaimFolds) -> None:
    assert "may claim it: shown" in claims.chain.lead.value
    assert "credit report" in claims.chain.said.value, "long overdue with its lender: look into the credit report"
    assert claims.chain.court.layout.display == "none"


def test_a_transfer_without_notice_is_said_and_kept(claims: ClaimFolds, desk: Desk) -> None:
    card = claims.chain
    row = add(card.sheet, kind="assigned", holder="某某资产", proof="none", notice="not_reached", day="2026-05-01")
    assert "contested" in card.lead.value and "546" in card.sheet.notes[row]["notice"]
    assert "without notice" in card.said.value
    card.keep.click()
    link = Link(LinkKind.ASSIGNED, "某某资产", date(2026, 5, 1), LinkProof.NONE, "", NoticeState.NOT_REACHED)
    assert desk.store.open("2026-0001").case.debt("HB-01").chain == (link,)
    assert "no addressee" in claims.letters.value


def test_a_judged_debt_switches_to_the_courts_dates(claims: ClaimFolds, desk: Desk) -> None:
    card = claims.chain
    card.stage.value = ClaimStage.JUDGED
    assert card.court.layout.display == "" and "dates come first" in card.said.value
    card.days["pay_by"].text.value = "2026-08-16"
    card.unpaid.text.value = "10000"
    # 10,000 x 0.0175 % x 100 days; two years to apply for enforcement
    assert "175.00 yuan up to 2026-11-24" in card.said.value and "2028-08-16" in card.said.value
    card.keep.click()
    kept = desk.store.open("2026-0001").case.debt("HB-01")
    assert kept.stage is ClaimStage.JUDGED and kept.court is not None
    assert (kept.court.pay_by, kept.court.unpaid) == (date(2026, 8, 16), 1_000_000)
    assert "A judgment stands" in claims.limitation.lead.value


def test_a_wrong_day_of_the_court_keeps_the_last_one(claims: ClaimFolds, desk: Desk) -> None:
    card = claims.chain
    card.stage.value = ClaimStage.SUED
    card.days["hearing"].text.value = "2026-12-24"
    card.days["hearing"].text.value = "next week"
    assert card.days["hearing"].problem and "2026-12-24" in card.said.value
    # court fee on 13,200.00: 50 + 3,200 x 2.5 % = 130.00, half 65.00
    assert "130.00 yuan" in card.said.value and "65.00 yuan" in card.said.value


def test_what_may_not_go_into_a_letter_is_said_in_words(claims: ClaimFolds) -> None:
    # the invented debts have balances that were computed, not seen
    assert "The amounts were not seen on a document" in claims.letters.value
    assert "rate: seen on a document" in claims.letters.value


def test_acts_are_taken_over_from_a_file_once(claims: ClaimFolds, desk: Desk) -> None:
    table = "账号,日期,行为,凭证\nHB-01,2025-03-01,催收送达,函件\n6222****0001,2026-01-05,短信,截图\n".encode()
    card = claims.limitation
    card.taking.show("acts.csv", table)
    card.taking.accept.click()
    assert [len(d.acts) for d in desk.store.open("2026-0001").case.debts] == [1, 1] and not desk.failed
    assert "2028-03-01" in card.lead.value
    card.taking.show("acts.csv", table)
    assert card.taking.accept.layout.display == "none"


def test_steps_of_the_chain_are_taken_over_from_a_file_once(claims: ClaimFolds, desk: Desk) -> None:
    table = "账号,日期,方式,持有人,凭证种类,通知\nHB-01,2025-03-01,债权转让,某某资产,转让通知,已收到\n".encode()
    card = claims.chain
    card.taking.show("links.csv", table)
    card.taking.accept.click()
    link = Link(LinkKind.ASSIGNED, "某某资产", date(2025, 3, 1), LinkProof.NOTICE, "", NoticeState.REACHED)
    assert desk.store.open("2026-0001").case.debt("HB-01").chain == (link,) and not desk.failed
    card.taking.show("links.csv", table)
    assert card.taking.accept.layout.display == "none"


def test_the_timeline_leads_to_its_rules(claims: ClaimFolds) -> None:
    for entry in ("limitation_years", "limitation_interruption", "limitation_waiver"):
        assert entry in claims.limitation.rules.value
    assert "enforcement_years" not in claims.limitation.rules.value
    claims.chain.stage.value = ClaimStage.JUDGED
    claims.chain.keep.click()
    assert "enforcement_years" in claims.limitation.rules.value and "delay_interest" in claims.chain.said.value
