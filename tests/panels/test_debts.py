from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction

import pytest

from debtdesk.core.projection import project
from debtdesk.core.terms import Base, Compounding, Known, LateFee, Order, Rhythm
from debtdesk.panels.debts import DebtsPanel
from debtdesk.panels.desk import Desk
from debtdesk.panels.sheet import Row

from .conftest import make_case

NEW = {
    "creditor": "某某银行",
    "product": "花呗",
    "account": "88",
    "principal": "1万",
    "rate": "0.05%/日",
    "default_date": "2023-11-24",
    "as_of": "2026-11-24",
    "known": "seen",
}
CSV = """账号,债权人,出借方,产品,本金,利息,罚息,违约金及费用,利率,首次逾期日,截至日,来源
HB-01,某某消费金融,某某消费金融,花呗,"9,000.00",0,0,0,0.05%/日,2023-11-24,2026-11-20,账单
77,某某小贷,某某小贷,其他,5000,0,0,0,0.06%/日,2024-02-01,2026-11-20,App截图
78,某某小贷,某某小贷,其他,一千,0,0,0,0.06%/日,2024-02-01,2026-11-20,App截图
""".encode()


@pytest.fixture
def panel(desk: Desk) -> DebtsPanel:
    return DebtsPanel(desk)


def cell(panel: DebtsPanel, n: int, **cells: str) -> str:
    """Type into a row, as the browser does, and return its id."""
    rows: list[Row] = panel.sheet.rows
    panel.sheet.rows = [{**r, **cells} if i == n else r for i, r in enumerate(rows)]
    return panel.sheet.rows[n]["id"]


def add(panel: DebtsPanel, **cells: str) -> str:
    panel.sheet.rows = [*panel.sheet.rows, {"id": f"new-{len(panel.sheet.rows)}", **cells}]
    return panel.sheet.rows[-1]["id"]


def test_the_debts_of_the_case_stand_in_the_sheet(panel: DebtsPanel) -> None:
    assert [r["account"] for r in panel.sheet.rows] == ["HB-01", "6222****0001"]
    assert panel.sheet.rows[0]["principal"] == "12,000.00" and panel.sheet.rows[0]["rate"] == "0.05%/day"
    assert "2 debts, 39,600.00 yuan in all" in panel.lead.value and panel.unsaved.value == ""
    assert panel.sheet.computed[panel.sheet.rows[0]["id"]]["total"] == "13,200.00"


def test_a_new_debt_is_typed_and_kept(panel: DebtsPanel, desk: Desk) -> None:
    row = add(panel, **NEW)
    assert "3 debts" in panel.lead.value and "not saved yet" in panel.unsaved.value
    panel.save.click()
    kept = desk.store.open("2026-0001").case.debt("88")
    assert (kept.balance.principal, kept.product, kept.terms.known) == (1_000_000, "huabei", Known.ASSUMED)
    assert kept.balance.known is Known.SEEN and kept.lender == "某某银行"
    assert panel.sheet.rows[2]["id"] == row and panel.sheet.rows[2]["principal"] == "10,000.00"
    assert panel.unsaved.value == "" and not desk.failed


def test_a_bad_amount_keeps_the_last_result_and_the_text(panel: DebtsPanel, desk: Desk) -> None:
    row = cell(panel, 0, principal="12k")
    assert "“12k” is not an amount" in panel.sheet.problems[row]["principal"]
    assert "39,600.00 yuan in all" in panel.lead.value
    cell(panel, 1, creditor="某某资产")
    panel.save.click()
    assert desk.failed and "in 1 of the rows" in str(desk.said)
    assert desk.store.open("2026-0001").case.debt("HB-01").balance.principal == 1_200_000
    assert desk.store.open("2026-0001").case.debt("6222****0001").creditor == "某某资产"
    assert panel.sheet.rows[0]["principal"] == "12k" and panel.sheet.rows[0]["id"] == row


def test_typing_survives_a_change_in_another_window(panel: DebtsPanel, desk: Desk, second: Desk) -> None:
    cell(panel, 0, source="statement of November")
    second.change("note", lambda case: replace(case, debts=(case.debts[0], replace(case.debts[1], creditor="另一家"))))
    panel.save.click()
    assert desk.failed and [r["creditor"] for r in panel.sheet.rows] == ["某某消费金融", "另一家"]
    assert panel.sheet.rows[0]["source"] == "statement of November" and "not saved" in panel.unsaved.value
    panel.save.click()
    assert not desk.failed and desk.case.debts[0].balance.source == "statement of November"
    assert desk.case.debts[1].creditor == "另一家"


def test_a_convention_changes_the_total_in_twelve_months(panel: DebtsPanel, desk: Desk) -> None:
    debt = panel.state.debt()
    assert debt is not None
    before = project(debt, until=date(2027, 11, 24)).end.total
    assert before == 1_320_000 + 219_000  # 12,000 at 0.05 % a day over 365 days
    assert "13,200.00 yuan become 15,390.00 yuan" in panel.terms.answer.value
    panel.terms.choices["compounding"].value = Compounding.DAILY
    changed = panel.state.debt()
    assert changed is not None and changed.terms.rhythm is Rhythm.DAY and changed.terms.known is Known.ASSUMED
    assert panel.terms.rows["rhythm"].layout.display == "none"
    after = project(changed, until=date(2027, 11, 24)).end.total
    assert after > before and "it would be 15,390.00 yuan" in panel.terms.answer.value
    panel.terms.choices["base"].value = Base.WHOLE_BILL
    panel.terms.known.value = Known.SEEN
    panel.save.click()
    kept = desk.store.open("2026-0001").case.debts[0].terms
    assert (kept.compounding, kept.base, kept.known) == (Compounding.DAILY, Base.WHOLE_BILL, Known.SEEN)


def test_a_late_fee_may_bear_interest_and_be_counted_on_fees(panel: DebtsPanel) -> None:
    rows, choices = panel.terms.rows, panel.terms.choices
    choices["late_fee"].value = False
    assert rows["on_fees"].layout.display == rows["bears_interest"].layout.display == "none"
    choices["late_fee"].value = True
    assert rows["on_fees"].layout.display == "" and choices["on_fees"].value is False
    choices["on_fees"].value = choices["bears_interest"].value = True
    debt = panel.state.debt()
    assert debt is not None and debt.terms.late_fee is not None
    assert debt.terms.late_fee.on_fees and debt.terms.late_fee.bears_interest
    assert debt.terms.known is Known.ASSUMED and "earlier fees included" in panel.terms.card.value


def test_a_late_fee_is_set_in_its_fields(panel: DebtsPanel) -> None:
    assert panel.terms.fees.layout.display == "none"
    panel.terms.choices["late_fee"].value = True
    panel.terms.fee["ceiling"].text.value = "500"
    panel.terms.fee["share"].text.value = "3%"
    panel.terms.fee["floor"].text.value = "600"
    debt = panel.state.debt()
    assert debt is not None and debt.terms.late_fee == LateFee(Fraction(3, 100), floor=0, ceiling=50_000)
    assert "most lies below the least" in panel.terms.fee["floor"].problem


def test_the_order_of_the_contract_is_asked_only_where_it_holds(panel: DebtsPanel) -> None:
    assert panel.terms.rows["contract_order"].layout.display == "none"
    panel.terms.choices["order"].value = Order.CONTRACT
    assert panel.terms.rows["contract_order"].layout.display == ""


def test_a_changed_rate_asks_to_be_confirmed_again(panel: DebtsPanel) -> None:
    row = cell(panel, 0, rate="0.08%/日")
    assert panel.state.debts.records[row].terms.known is Known.ASSUMED
    assert "24%" in panel.sheet.notes[row]["rate"] and "Terms not confirmed yet" in panel.notes.value


def test_payments_say_whether_the_balance_holds_them(panel: DebtsPanel, desk: Desk) -> None:
    paid = {"account": "HB-01", "amount": "200", "note": ""}
    panel.paid.rows = [{"id": "a", "day": "2026-11-01", **paid}, {"id": "b", "day": "2026-12-01", **paid}]
    assert panel.paid.computed["a"]["inside"].startswith("yes") and panel.paid.computed["b"]["inside"].startswith("no")
    cell(panel, 0, account="HB-9")
    assert [r["account"] for r in panel.paid.rows] == ["HB-9", "HB-9"]
    panel.save.click()
    assert [p.day for p in desk.case.debt("HB-9").payments] == [date(2026, 11, 1), date(2026, 12, 1)]


def test_a_file_is_looked_at_first_then_taken_over_once(panel: DebtsPanel, desk: Desk) -> None:
    panel.taking.show("debts.csv", CSV)
    assert "1 new, 1 to replace, 0 already here, 1 rows that cannot be used" in panel.taking.preview.value
    assert "line 4" in panel.taking.preview.value and len(panel.sheet.rows) == 2
    panel.taking.accept.click()
    assert [d.account for d in desk.case.debts] == ["HB-01", "6222****0001", "77"]
    assert desk.case.debt("HB-01").balance.principal == 900_000
    assert desk.case.debt("HB-01").terms.known is Known.SEEN, "what was confirmed stays confirmed"
    assert panel.taking.preview.value == "" and panel.unsaved.value == ""
    panel.taking.show("debts.csv", CSV)
    assert "0 new, 0 to replace, 2 already here" in panel.taking.preview.value
    assert panel.taking.accept.layout.display == "none"


def test_an_uploaded_file_is_shown(panel: DebtsPanel) -> None:
    panel.taking.upload.value = (
        {
            "name": "a<b>.csv",
            "type": "",
            "size": 1,
            "content": memoryview(b"x"),
            "last_modified": datetime(2026, 11, 24),
        },
    )
    assert "a&lt;b&gt;.csv" in panel.taking.preview.value and "<b>.csv" not in panel.taking.preview.value


def test_a_new_case_says_what_to_do(desk: Desk) -> None:
    desk.store.create(replace(make_case("2026-0002"), debts=(), proposals=()))
    desk.open("2026-0002")
    panel = DebtsPanel(desk)
    assert "Nothing is entered yet" in panel.lead.value and len(panel.sheet.rows) == 1
    assert panel.terms.layout.display == "none" and panel.notes.value == ""


def test_long_overdue_debts_with_their_lender_are_asked_after(panel: DebtsPanel) -> None:
    assert "Overdue for more than two years" in panel.notes.value and "某某消费金融" in panel.notes.value
    assert "某某银行" not in panel.notes.value


def test_the_language_changes_under_unkept_typing(panel: DebtsPanel, desk: Desk) -> None:
    cell(panel, 0, source="账单")
    desk.speak("zh")
    assert panel.sheet.rows[0]["source"] == "账单" and panel.sheet.rows[1]["rate"] == "0.05%/日"
    assert "笔欠款" in panel.lead.value and panel.save.description == "保存"
