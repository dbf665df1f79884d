"""What the counselor decides about bills in 02: how far an answer goes, splits, what is kept, taken back and undone."""

from __future__ import annotations

from pathlib import Path

import pytest

from debtdesk.core.bill_fates import BillFate
from debtdesk.core.bill_rules import Reach
from debtdesk.core.budget import Category
from debtdesk.core.terms import Known
from debtdesk.panels.bill_questions import NOT_YET, AnswerRow
from debtdesk.panels.bills_card import BillsCard
from debtdesk.panels.budget import BudgetPanel
from debtdesk.panels.desk import Desk

BILLS = Path(__file__).resolve().parents[2] / "examples" / "bills"
HOUSING, FOOD = (BillFate.SPENDING, Category.HOUSING), (BillFate.SPENDING, Category.FOOD)
TRANSFER = (BillFate.TRANSFER, None)


def opened(desk: Desk) -> BillsCard:
    panel = BudgetPanel(desk)
    panel.folds[0][0].selected_index = 0
    return panel.bills


@pytest.fixture
def card(desk: Desk) -> BillsCard:
    """The card with the Alipay bill: 赵** got 转账红包 of 6,900.00 in six lines, 李** one of 600.00."""
    card = opened(desk)
    card.upload.show("alipay.csv", (BILLS / "alipay.csv").read_bytes())
    card.upload.take()
    return card


def first(card: BillsCard) -> AnswerRow:
    return card.questions.pool.rows[0]


def asked(card: BillsCard) -> list[str]:
    return [row.question.party for row in card.questions.pool.rows if row.question]


def came_in(card: BillsCard) -> bool:
    """Return whether the sums by fate are those of the bill's own head."""
    return all(stated in card.sums.value for stated in ("15,769.24", "600.00", "7,233.85"))


def test_a_question_shows_its_goods_and_what_the_answer_would_decide(card: BillsCard) -> None:
    row = first(card)
    assert "6 lines, 6,900.00 yuan" in row.words.value and "“房租” 6 lines, 6,900.00 yuan" in row.goods.value
    assert row.effect.value == ""
    row.choice.value = HOUSING
    assert "This would decide 6 lines, 6,900.00 yuan." in row.effect.value
    row.reach.value = Reach.LINE
    assert "This would decide 1 lines, 1,150.00 yuan." in row.effect.value
    assert row.line.layout.display == row.split.layout.display == "" and row.item.layout.display == "none"


def test_an_answer_for_one_line_leaves_the_others_asked(card: BillsCard, desk: Desk) -> None:
    row = first(card)
    row.choice.value, row.reach.value = HOUSING, Reach.LINE
    row.line.index = 2
    row.keep.click()
    (rule,) = desk.store.open("2026-0001").case.bill_rules
    assert rule.line is not None and rule.party == ""
    assert "5 lines, 5,750.00 yuan" in first(card).words.value
    assert first(card).choice.value == NOT_YET and first(card).choice.index == 0


def test_an_answer_by_goods_reaches_them_from_anybody(card: BillsCard, desk: Desk) -> None:
    row = first(card)
    row.choice.value, row.reach.value, row.item.value = HOUSING, Reach.GOODS, "房"
    row.keep.click()
    (rule,) = desk.store.open("2026-0001").case.bill_rules
    assert (rule.item, rule.party, rule.kind) == ("房", "", "")
    assert asked(card) == ["李**"]


@pytest.mark.parametrize(("words", "said"), [("", "No words of the goods"), ("没有的", "would decide no line")])
def test_words_that_reach_nothing_are_refused_beside_the_fields(
    card: BillsCard, desk: Desk, words: str, said: str
) -> None:
    row = first(card)
    row.choice.value, row.reach.value, row.item.value = HOUSING, Reach.GOODS, words
    row.keep.click()
    assert said in row.effect.value and "role='alert'" in row.effect.value
    assert desk.case.bill_rules == () and row.choice.value == HOUSING


def test_what_a_household_cannot_do_without_is_ticked_and_may_be_unticked(card: BillsCard, desk: Desk) -> None:
    row = first(card)
    row.choice.value = HOUSING
    assert row.essential.value
    row.choice.value = (BillFate.SPENDING, Category.OTHER)
    assert not row.essential.value
    row.choice.value, row.essential.value = HOUSING, False
    row.keep.click()
    assert [r.essential for r in desk.case.bill_rules] == [False]


def test_nothing_chosen_is_said_and_nothing_kept(card: BillsCard, desk: Desk) -> None:
    first(card).keep.click()
    assert "Nothing is chosen yet" in first(card).effect.value and desk.case.bill_rules == ()


def test_what_is_chosen_stays_with_its_question_when_the_rows_move(card: BillsCard) -> None:
    second = card.questions.pool.rows[1]
    second.choice.value = (BillFate.INCOME, None)
    widgets = card.questions.pool.children
    first(card).choice.value = HOUSING
    first(card).keep.click()
    assert asked(card)[0] == "李**" and first(card).choice.value == (BillFate.INCOME, None)
    assert card.questions.pool.children is widgets


def test_kept_rules_are_shown_with_what_they_decide_and_taken_back(card: BillsCard, desk: Desk) -> None:
    first(card).choice.value = HOUSING
    first(card).keep.click()
    (kept,) = card.kept.pool.rows
    for words in ("赵**", "转账红包", "spending: housing", "decides 6 lines, 6,900.00 yuan"):
        assert words in kept.words.value
    kept.back.click()
    assert desk.store.open("2026-0001").case.bill_rules == () and asked(card)[0] == "赵**"
    # nothing entered is lost: the history still holds the rule and that it was taken back
    history = desk.store.history("2026-0001")
    assert [r.action for r in history][-2:] == ["bill rule", "take back bill rule"]
    assert len(desk.store.at_version("2026-0001", history[-2].version).bill_rules) == 1
    assert card.kept.undo.description == "Undo: take a rule back"
    card.kept.undo.click()
    assert [r.category for r in desk.store.open("2026-0001").case.bill_rules] == [Category.HOUSING]
    card.kept.undo.click()
    assert desk.case.bill_rules == () and card.kept.undo.disabled and card.kept.layout.display == "none"


def test_a_rule_taken_back_and_undone_stands_where_it_stood(card: BillsCard, desk: Desk) -> None:
    for answer, row in ((HOUSING, 0), (TRANSFER, 0)):
        card.questions.pool.rows[row].choice.value = answer
        card.questions.pool.rows[row].keep.click()
    rules = desk.case.bill_rules
    card.kept.pool.rows[1].back.click()  # the first kept, shown last
    assert desk.case.bill_rules == rules[1:]
    card.kept.undo.click()
    assert desk.case.bill_rules == rules


def test_a_line_is_split_to_the_fen_and_made_whole_again(card: BillsCard, desk: Desk) -> None:
    row = first(card)
    row.reach.value = Reach.LINE
    row.split.click()
    assert card.split.layout.display == "" and "1,150.00" in card.split.head.value
    one, two = card.split.rows
    one.amount.text.value, one.choice.value, one.essential.value = "1000", HOUSING, True
    assert "150.00 yuan are still to be given out" in card.split.left.value
    two.amount.text.value, two.choice.value = "149.99", FOOD
    card.split.keep.click()
    assert "0.01 yuan are still" in card.split.left.value and desk.case.bill_splits == ()
    two.amount.text.value = "150"
    card.split.keep.click()
    (split,) = desk.store.open("2026-0001").case.bill_splits
    assert [(p.amount, p.category, p.essential) for p in split.parts] == [
        (100000, Category.HOUSING, True),
        (15000, Category.FOOD, True),
    ]
    assert card.split.layout.display == "none" and came_in(card)
    assert "5 lines, 5,750.00 yuan" in first(card).words.value
    (kept,) = card.kept.pool.rows
    assert "1,000.00 spending: housing + 150.00 spending: food" in kept.words.value
    kept.back.click()
    assert desk.case.bill_splits == () and "6 lines, 6,900.00 yuan" in first(card).words.value
    card.kept.undo.click()
    assert desk.case.bill_splits == (split,)


def test_a_wrong_part_is_said_beside_its_field(card: BillsCard) -> None:
    first(card).reach.value = Reach.LINE
    first(card).split.click()
    part = card.split.rows[0]
    part.amount.text.value = "many"
    assert "not an amount" in part.amount.problem
    card.split.keep.click()
    assert "not an amount" in card.split.left.value
    part.amount.text.value = "0"
    assert "says nothing" in part.amount.problem


def test_another_part_begins_with_what_is_left(card: BillsCard) -> None:
    first(card).reach.value = Reach.LINE
    first(card).split.click()
    card.split.rows[0].amount.text.value = "650"
    card.split.add.click()
    assert card.split.rows[2].amount.value == 50000 and "come to the line" in card.split.left.value


def test_any_line_can_be_found_answered_and_split(card: BillsCard, desk: Desk) -> None:
    card.find.words.value = "康民药店 180.00"
    lines = card.find.lines.options
    assert len(lines) > 2 and "康民药店" in lines[1][0]
    card.find.lines.index = 1
    assert "spending: health care" in card.find.told.value
    answer = card.find.answer
    assert answer.reach.value is Reach.LINE and answer.line.value == lines[1][1]
    answer.choice.value = FOOD
    assert "1 lines, 180.00 yuan" in answer.effect.value
    answer.keep.click()
    assert card.state.sorted().at(lines[1][1]).category is Category.FOOD
    assert "spending: food" in card.find.told.value
    card.find.words.value = "nobody"
    assert "No line that counts" in card.find.told.value and card.find.lines.layout.display == "none"


def test_a_spike_is_put_back_as_ordinary(card: BillsCard, desk: Desk) -> None:
    (spike,) = card.spikes.pool.rows
    assert "780.00 yuan" in spike.words.value
    spike.back.click()
    assert desk.store.open("2026-0001").case.bill_rules[0].ordinary is True
    assert card.spikes.layout.display == "none" and "counted as ordinary" in card.kept.pool.rows[0].words.value
    card.kept.pool.rows[0].back.click()
    assert card.spikes.layout.display == ""


def test_a_payment_that_no_rule_of_thumb_found_is_set_aside(card: BillsCard, desk: Desk) -> None:
    # 康民药店 takes 180.00 in each of the six months: a rhythm of 180.00, and nothing of it is far above the usual
    card.find.words.value = "康民药店 2026-06"
    card.find.lines.index = 1
    assert card.find.aside.layout.display == ""
    card.find.aside.click()
    (rule,) = desk.store.open("2026-0001").case.bill_rules
    assert rule.ordinary is False and rule.line is not None and rule.fate is None
    aside = [row.words.value for row in card.spikes.pool.rows]
    assert len(aside) == 2 and "康民药店" in aside[1] and "180.00" in aside[1]
    assert "set aside" in card.find.told.value and card.find.aside.layout.display == "none"
    assert "set aside" in card.kept.pool.rows[0].words.value
    card.spikes.pool.rows[1].back.click()
    assert len(card.spikes.pool.rows) == 1 and card.find.aside.layout.display == ""


def test_money_that_came_in_cannot_be_set_aside(card: BillsCard) -> None:
    card.find.words.value = "李**"
    card.find.lines.index = 1
    assert card.find.aside.layout.display == "none"


def test_recurring_payments_are_shown(card: BillsCard) -> None:
    # 康民药店 every month 180.00
    assert (
        "康民药店" in card.recurring.value and "180.00" in card.recurring.value and "each month" in card.recurring.value
    )


def test_what_is_missing_is_asked_and_what_is_told_goes_into_the_budget(card: BillsCard, desk: Desk) -> None:
    assert "No bank statement is here" in card.missing.told.value
    card.missing.add.click()
    assert "no name" in card.missing.name.problem
    card.missing.name.text.value = "房租（现金）"
    card.missing.add.click()
    assert card.missing.amount.problem
    card.missing.amount.text.value, card.missing.essential.value = "1,150", True
    card.missing.add.click()
    item = desk.store.open("2026-0001").case.budget.items[-1]
    assert (item.name, item.amount, item.category, item.known) == ("房租（现金）", 115000, Category.HOUSING, Known.TOLD)
    card.missing.name.text.value, card.missing.amount.text.value = "房租（现金）", "1"
    card.missing.add.click()
    assert "already" in card.missing.name.problem and desk.case.budget.items[-1] == item


def test_names_and_numbers_are_hidden_where_others_look(card: BillsCard) -> None:
    assert "康民药店" in card.recurring.value
    card.veil.value = True
    shown = card.recurring.value + card.unknown.value + "".join(r.words.value for r in card.spikes.pool.rows)
    assert "康民药店" not in shown and "康**" in shown and "县第二小学" not in shown
    first(card).choice.value = HOUSING
    first(card).keep.click()
    assert card.state.case.bill_rules[0].party == "赵**"
    card.veil.value = False
    assert "康民药店" in card.recurring.value


def test_two_windows_keep_a_rule_each_and_the_second_is_told(card: BillsCard, second: Desk) -> None:
    other = opened(second)
    first(card).choice.value = HOUSING
    row = other.questions.pool.rows[1]
    row.choice.value = (BillFate.INCOME, None)
    first(card).keep.click()
    row.keep.click()
    assert second.failed and second.said is not None and "another window" in str(second.said)
    assert "another window" in other.message.value and card.message.value == ""
    # the rule of the first window is here, and what the second had chosen still stands in its row
    assert [r.category for r in second.case.bill_rules] == [Category.HOUSING]
    (left,) = [r for r in other.questions.pool.rows if r.question and r.question.party == "李**"]
    assert left.choice.value == (BillFate.INCOME, None)
    left.keep.click()
    assert other.message.value == ""
    assert [r.fate for r in second.store.open("2026-0001").case.bill_rules] == [BillFate.SPENDING, BillFate.INCOME]


def test_with_long_bills_it_is_said_that_an_answer_takes_time(card: BillsCard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("debtdesk.panels.bills_state.MANY_LINES", 100)
    row, said = first(card), []
    row.effect.observe(lambda change: said.append(change["new"]), "value")
    row.choice.value = HOUSING
    row.keep.click()
    assert any("Working on many lines" in text for text in said) and "Working" not in first(card).effect.value
