"""The fold of bills in 02 in a real browser: kept over a reload and a new kernel, and by two windows at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

Room = Any  # of conftest.py
Screen = Any
BILLS = Path(__file__).resolve().parents[2] / "examples" / "bills"
SECOND = 1000
WORDS = {
    "zh": {
        "fold": "从支付宝",
        "keep_bill": "保存这份账单",
        "columns": "按这些列读取",
        "bank": "银行及账户或卡的名称",
        "keep": "记下答复",
        "housing": "消费：居住",
        "income": "收入",
        "decides": "现在决定 6 行",
        "back": "收回",
        "undo": "撤销",
        "split": "拆开这一行",
        "one": "只这一行",
        "parts": "保存各部分",
        "to_give": "还有 150.00 元没有分出去",
        "no_tick": "还没有勾选",
        "add": "把勾选的",
        "other": "另一个窗口",
    },
    "en": {
        "fold": "From the bills",
        "keep_bill": "Keep this bill",
        "columns": "Read it with these columns",
        "bank": "name of the bank and of the account or card",
        "keep": "Keep the answer",
        "housing": "spending: housing",
        "income": "income",
        "decides": "decides 6 lines",
        "back": "Take it back",
        "undo": "Undo",
        "split": "Split this line",
        "one": "this one line only",
        "parts": "Keep the parts",
        "to_give": "150.00 yuan are still to be given out",
        "no_tick": "Nothing is ticked",
        "add": "Take the ticked",
        "other": "another window",
    },
}


def fold(page: Screen, said: dict[str, str]) -> Locator:
    """Open the fold of bills and return it."""
    found = page.panel.locator(".debtdesk-fold").filter(has_text=said["fold"]).first
    closed = found.locator("> .jupyter-widget-Collapse:not(.jupyter-widget-Collapse-open)")
    if closed.count():
        closed.locator(".jupyter-widget-Collapse-header").first.click()
    found.locator(
        "button.widget-upload, .jupyter-widget-upload, button:has-text('账单'), button:has-text('bill')"
    ).first.wait_for()
    return found


def press(box: Locator, text: str) -> None:
    box.locator("button:visible").filter(has_text=text).first.click()


def upload(box: Locator, path: Path) -> None:
    with box.page.expect_file_chooser() as chooser:
        box.locator("button:visible").first.click()
    chooser.value.set_files(str(path))


def row_of(box: Locator, party: str) -> Locator:
    """Return the row of a question about a party."""
    return box.locator(".debtdesk-asked:visible").filter(has_text=party).first


def answer(row: Locator, choice: str, said: dict[str, str]) -> None:
    row.locator("select:visible").first.select_option(label=choice)
    expect(row.locator("[role=status]").first).to_be_visible(timeout=20 * SECOND)
    press(row, said["keep"])


def take_alipay(box: Locator, said: dict[str, str]) -> None:
    upload(box, BILLS / "alipay.csv")
    expect(box.get_by_text("143").first).to_be_visible(timeout=30 * SECOND)
    press(box, said["keep_bill"])
    expect(row_of(box, "赵**").first).to_be_visible(timeout=30 * SECOND)


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_bills_are_kept_answered_split_and_still_there(
    make_room: Callable[..., Room], screen: Callable[..., Screen], spoken: str, tmp_path: Path
) -> None:
    said = WORDS[spoken]
    room = make_room(spoken)
    page = screen(room, "02_budget.ipynb")
    page.see("1,250")
    box = fold(page, said)
    # what is no bill is said in words, and nothing is kept
    bad = tmp_path / "alipay_bill.csv"
    bad.write_text("<!DOCTYPE html><html><body>login</body></html>", encoding="utf-8")
    upload(box, bad)
    expect(box.locator(".debtdesk-problems .debtdesk-failed").first).to_be_visible(timeout=30 * SECOND)
    page.shot(f"bills-{spoken}-0-bad")
    assert not box.locator("button:visible").filter(has_text=said["keep_bill"]).count()
    take_alipay(box, said)
    # a bank's statement by its columns
    upload(box, BILLS / "bank.csv")
    expect(box.locator("button:visible").filter(has_text=said["columns"])).to_be_visible(timeout=30 * SECOND)
    page.shot(f"bills-{spoken}-1-columns")
    box.locator(f"input[placeholder='{said['bank']}']").fill("某某银行 储蓄卡")
    box.locator(f"input[placeholder='{said['bank']}']").press("Tab")
    press(box, said["columns"])
    expect(box.get_by_text("某某银行 储蓄卡").locator("visible=true").first).to_be_visible(timeout=30 * SECOND)
    expect(box.get_by_text(re.compile(r"\b72\b")).first).to_be_visible(timeout=30 * SECOND)
    page.shot(f"bills-{spoken}-2-bank")
    press(box, said["keep_bill"])
    expect(box.locator("button:visible").filter(has_text=said["keep_bill"])).to_have_count(0, timeout=30 * SECOND)
    # an answer for one line: its split, refused in words until it adds up
    row = row_of(box, "赵**")
    row.locator("select:visible").nth(1).select_option(label=said["one"])
    press(row, said["split"])
    amounts = box.locator(".debtdesk-splitting .debtdesk-field-text input")
    expect(amounts.first).to_be_focused(timeout=20 * SECOND)
    amounts.nth(0).fill("1000")
    amounts.nth(0).press("Tab")
    expect(box.get_by_text(said["to_give"]).first).to_be_visible(timeout=20 * SECOND)
    choices = box.locator(".debtdesk-splitting select")
    choices.nth(0).select_option(label=said["housing"])
    press(box, said["parts"])
    expect(box.locator(".debtdesk-splitting [role=alert]:visible").first).to_be_visible(timeout=20 * SECOND)
    amounts.nth(1).fill("150")
    amounts.nth(1).press("Tab")
    page.shot(f"bills-{spoken}-3-split")
    press(box, said["parts"])
    expect(box.locator(".debtdesk-splitting")).to_be_hidden(timeout=20 * SECOND)
    press(box, said["undo"])
    # an answer for all lines, and what is proposed changes with it
    proposed = box.get_by_text("赵** ·").filter(has_text="1,150.00")
    before = proposed.count()
    row_of(box, "赵**").locator("select:visible").nth(1).select_option(index=0)
    answer(row_of(box, "赵**"), said["housing"], said)
    kept = box.get_by_text(said["decides"]).locator("visible=true")
    expect(kept.first).to_be_visible(timeout=30 * SECOND)
    expect(proposed).not_to_have_count(before, timeout=30 * SECOND)
    page.shot(f"bills-{spoken}-4-answered")
    kept.first.scroll_into_view_if_needed()
    page.shot(f"bills-{spoken}-5-kept")
    # taken back and undone by the keyboard alone
    back = box.locator("button:visible").filter(has_text=said["back"]).first
    back.focus()
    page.page.keyboard.press("Enter")
    expect(kept).to_have_count(0, timeout=30 * SECOND)
    undo = box.locator("button:visible").filter(has_text=said["undo"]).first
    undo.focus()
    page.page.keyboard.press("Enter")
    expect(kept.first).to_be_visible(timeout=30 * SECOND)
    # nothing ticked is said; the ticked one is taken into the budget and proposed no more
    rent = box.locator(".widget-checkbox:visible").filter(has_text="赵** · 1,150.00")
    for n in range(ticks := box.locator(".widget-checkbox:visible").filter(has_text=" · ").count()):
        box.locator(".widget-checkbox:visible").filter(has_text=" · ").nth(n % ticks).locator("input").uncheck()
    press(box, said["add"])
    expect(box.get_by_text(said["no_tick"]).first).to_be_visible(timeout=20 * SECOND)
    rent.locator("input").check()
    press(box, said["add"])
    expect(rent).to_have_count(0, timeout=30 * SECOND)
    for n in range(6):
        page.panel.locator(".jp-WindowedPanel-outer").first.evaluate("(node, n) => { node.scrollTop = n * 750; }", n)
        page.page.wait_for_timeout(300)
        page.shot(f"bills-{spoken}-6-page{n}")
    assert page.errors == [] and page.outside == []
    assert page.overflow() <= 0
    # the window is loaded again, then the kernel begins anew: all is there
    page.open("02_budget.ipynb")
    expect(fold(page, said).get_by_text(said["decides"]).first).to_be_visible(timeout=45 * SECOND)
    room.tidy()
    page.open("02_budget.ipynb")
    expect(fold(page, said).get_by_text(said["decides"]).first).to_be_visible(timeout=45 * SECOND)
    expect(fold(page, said).locator(".widget-checkbox:visible").filter(has_text="赵** · 1,150.00")).to_have_count(0)
    wrong = "[data-mime-type*='error'], [data-mime-type*='stderr'], .debtdesk-failed[role]"
    assert page.panel.locator(wrong).count() == 0


@pytest.mark.parametrize("spoken", ["zh", "en"])
def test_two_windows_keep_a_rule_each_and_nothing_is_lost(
    make_room: Callable[..., Room], screen: Callable[..., Screen], spoken: str
) -> None:
    said = WORDS[spoken]
    room = make_room(spoken)
    one = screen(room, "02_budget.ipynb")
    take_alipay(fold(one, said), said)
    two = screen(room, "02_budget.ipynb")
    other = fold(two, said)
    expect(row_of(other, "李**")).to_be_visible(timeout=45 * SECOND)
    row_of(other, "李**").locator("select:visible").first.select_option(label=said["income"])
    answer(row_of(fold(one, said), "赵**"), said["housing"], said)
    expect(fold(one, said).get_by_text(said["decides"]).first).to_be_visible(timeout=30 * SECOND)
    press(row_of(other, "李**"), said["keep"])
    # the conflict is said, the rule of the first window shown, and what was chosen still stands in its row
    expect(other.get_by_text(said["other"]).first).to_be_visible(timeout=30 * SECOND)
    expect(other.get_by_text(said["decides"]).first).to_be_visible(timeout=30 * SECOND)
    choice = row_of(other, "李**").locator("select:visible").first
    assert choice.evaluate("node => node.selectedOptions[0].textContent") == said["income"]
    two.shot(f"bills-{spoken}-7-conflict")
    press(row_of(other, "李**"), said["keep"])
    expect(other.locator("button:visible").filter(has_text=said["back"])).to_have_count(2, timeout=30 * SECOND)
    assert one.errors == [] == two.errors
