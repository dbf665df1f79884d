"""The fold of bills in 02: bills are kept once, questions answered for good, and proposals taken only when ticked."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from debtdesk.core.bill_fates import BillFate
from debtdesk.core.budget import Category
from debtdesk.core.terms import Known
from debtdesk.files.bills import Lock
from debtdesk.panels.bills_card import BillsCard
from debtdesk.panels.budget import BudgetPanel
from debtdesk.panels.desk import Desk

BILLS = Path(__file__).resolve().parents[2] / "examples" / "bills"


@pytest.fixture
def card(desk: Desk) -> BillsCard:
    panel = BudgetPanel(desk)
    panel.folds[0][0].selected_index = 0
    return panel.bills


def keep(card: BillsCard, name: str) -> None:
    card.upload.show(name, (BILLS / name).read_bytes())
    card.upload.take()


def test_without_bills_only_the_upload_is_there(card: BillsCard) -> None:
    assert card.lead.value == card.sums.value == card.unknown.value == ""
    boxes = (card.questions, card.find, card.split, card.kept, card.items, card.spikes, card.missing, card.payments)
    assert {box.layout.display for box in boxes} == {"none"} and card.recurring.value == ""
    assert card.bills.rows == ()
    assert card.upload.answer.layout.display == "none"


def test_a_bill_is_shown_then_kept_once(card: BillsCard, desk: Desk) -> None:
    content = (BILLS / "alipay.csv").read_bytes()
    card.upload.show("alipay.csv", content)
    assert "143 lines" in card.upload.told.value and desk.case.bills == ()
    card.upload.take()
    assert [len(b.lines) for b in desk.store.open("2026-0001").case.bills] == [143]
    card.upload.show("again.csv", content)
    assert "kept already" in card.upload.told.value and card.upload.keep.layout.display == "none"


def test_what_came_in_is_what_is_shown(card: BillsCard) -> None:
    # the sums as the bill's own head states them: 支出 15,769.24, 收入 600.00, 不计收支 7,233.85
    keep(card, "alipay.csv")
    for stated in ("15,769.24", "600.00", "7,233.85"):
        assert stated in card.sums.value


def test_the_columns_of_a_statement_are_asked_once(card: BillsCard, desk: Desk) -> None:
    content = (BILLS / "bank.csv").read_bytes()
    card.upload.show("bank.csv", content)
    assert card.upload.mapping.layout.display == "" and card.upload.columns["day"].value
    card.upload.with_columns()
    assert "72 lines" in card.upload.told.value
    card.upload.show("bank.csv", content)
    assert "72 lines" in card.upload.told.value and card.upload.mapping.layout.display == "none"


def test_wrong_columns_are_told_and_nothing_is_kept(card: BillsCard, desk: Desk) -> None:
    card.upload.show("bank.csv", (BILLS / "bank.csv").read_bytes())
    card.upload.columns["day"].value = ""
    card.upload.with_columns()
    assert "debtdesk-problems" in card.upload.told.value and card.upload.keep.layout.display == "none"
    assert desk.case.bills == ()


def test_a_locked_file_asks_for_its_password(card: BillsCard) -> None:
    pyzipper = pytest.importorskip("pyzipper")
    stream = io.BytesIO()
    with pyzipper.AESZipFile(stream, "w", compression=zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as packed:
        packed.setpassword(b"123456")
        packed.writestr("alipay.csv", (BILLS / "alipay.csv").read_bytes())
    card.upload.show("bill.zip", stream.getvalue())
    assert card.upload.locked.layout.display == "" and card.upload.keep.layout.display == "none"
    card.upload.password.value = "1"
    card.upload.look()
    assert card.upload.reading is not None and card.upload.reading.lock is Lock.PASSWORD_WRONG
    card.upload.password.value = "123456"
    card.upload.look()
    assert "143 lines" in card.upload.told.value and card.upload.keep.layout.display == ""


def test_what_is_no_bill_is_said_in_words(card: BillsCard, desk: Desk) -> None:
    card.upload.show("page.csv", b"<html><body>login</body></html>")
    assert "debtdesk-problems" in card.upload.told.value and card.upload.keep.layout.display == "none"


def test_an_answer_is_kept_and_asked_no_more(card: BillsCard, desk: Desk) -> None:
    keep(card, "alipay.csv")
    asked = card.state.sorted().questions()[0]
    row = card.questions.pool.rows[0]
    row.choice.value, row.essential.value = (BillFate.SPENDING, Category.HOUSING), True
    row.keep.click()
    (rule,) = desk.store.open("2026-0001").case.bill_rules
    assert (rule.party, rule.category, rule.essential) == (asked.party, Category.HOUSING, True)
    assert all(card.state.sorted().at(ref).category is Category.HOUSING for ref in asked.places)
    assert asked not in card.state.sorted().questions()


def test_only_ticked_items_reach_the_budget(card: BillsCard, desk: Desk) -> None:
    for name in ("alipay.csv", "wechat.xlsx"):
        keep(card, name)
    before = desk.case.budget.items
    rows = card.items.pool.rows
    for row in rows:
        row.tick.value = row is rows[0]
    card.items.take.click()
    after = desk.store.open("2026-0001").case.budget.items
    assert after[: len(before)] == before and len(after) == len(before) + 1 and after[-1].known is Known.SEEN


def test_a_repayment_goes_into_the_chosen_ledger_alone(card: BillsCard, desk: Desk) -> None:
    keep(card, "alipay.csv")
    offer = card.state.payments()[0]
    row = card.payments.pool.rows[0]
    account = desk.case.debts[0].account
    row.choice.value = account
    paid = len(desk.case.debts[0].payments)
    row.press.click()
    debts = desk.store.open("2026-0001").case.debts
    assert len(debts[0].payments) == paid + 1 and debts[1].payments == desk.case.debts[1].payments
    assert (offer.day, offer.amount) in {(p.day, p.amount) for p in debts[0].payments}
    assert offer not in card.state.payments()


def test_a_bill_can_be_taken_out_again(card: BillsCard, desk: Desk) -> None:
    keep(card, "alipay.csv")
    card.bills.rows[0].remove.click()
    assert desk.store.open("2026-0001").case.bills == () and card.sums.value == ""


def test_columns_are_kept_under_a_name_reused_and_changed(card: BillsCard, desk: Desk) -> None:
    content = (BILLS / "bank.csv").read_bytes()
    upload = card.upload
    upload.show("bank.csv", content)
    assert upload.like.layout.display == "none" and upload.change.layout.display == "none"
    upload.name.value = "某某银行 储蓄卡"
    upload.with_columns()
    assert "某某银行 储蓄卡" in upload.told.value
    upload.show("next.csv", content)
    assert "某某银行 储蓄卡" in upload.told.value and upload.mapping.layout.display == "none"
    upload.change.click()
    assert upload.mapping.layout.display == "" and upload.name.value == "某某银行 储蓄卡"
    # the next file of the bank has one column more: its header is not the one that was kept
    head, *rest = content.decode("gb18030").splitlines()
    rows = [head, *rest]
    at = next(n for n, row in enumerate(rows) if "摘要" in row)
    more = [row + (",网点" if n == at else ",") for n, row in enumerate(rows)]
    upload.show("more.csv", "\n".join(more).encode("gb18030"))
    assert [label for label, _ in upload.like.options][1:] == ["某某银行 储蓄卡"]
    upload.columns["party"].value = ""
    upload.like.value = "某某银行 储蓄卡"
    assert upload.columns["party"].value


def test_taking_without_a_tick_is_said(card: BillsCard, desk: Desk) -> None:
    keep(card, "alipay.csv")
    for row in card.items.pool.rows:
        row.tick.value = False
    before = desk.case.budget
    card.items.take.click()
    assert "Nothing is ticked" in card.items.told.value and desk.case.budget == before


def test_remembered_columns_are_listed_forgotten_and_remembered_again(card: BillsCard, desk: Desk) -> None:
    assert card.columns.layout.display == "none"
    content = (BILLS / "bank.csv").read_bytes()
    card.upload.show("bank.csv", content)
    card.upload.name.value = "某某银行 储蓄卡"
    card.upload.with_columns()
    (row,) = card.columns.pool.rows
    assert "某某银行 储蓄卡: day 交易日期" in row.words.value and "money out 支出金额" in row.words.value
    row.forget.click()
    assert card.columns.pool.rows == () and "某某银行" in card.columns.told.value and desk.store.bill_mappings() == {}
    card.upload.show("bank.csv", content)
    assert card.upload.mapping.layout.display == ""  # asked once more
    card.columns.again.click()
    assert len(card.columns.pool.rows) == 1 and card.columns.forgotten.layout.display == "none"
    card.upload.show("bank.csv", content)
    assert card.upload.mapping.layout.display == "none"


def test_the_status_of_a_bill_of_jd_can_be_chosen(card: BillsCard) -> None:
    names = ("交易时间", "商户名称", "金额", "收/支", "交易状态")
    rows = (names, ("2026-05-01 10:00:00", "某店", "12.00", "支出", "交易成功"))
    card.upload.show("jd.csv", "\n".join(",".join(row) for row in rows).encode())
    assert card.upload.columns["status"].value == "交易状态"
    card.upload.columns["status"].value = ""
    card.upload.with_columns()
    reading = card.upload.reading
    assert reading is not None and reading.bill is not None and [x.status for x in reading.bill.lines] == [""]
