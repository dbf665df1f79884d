"""The library of rules in 09: searched in both languages, by confidence, by day."""

from __future__ import annotations

import pytest

from debtdesk.data.rules import rules
from debtdesk.panels.desk import Desk
from debtdesk.panels.method import MethodPanel
from debtdesk.panels.rules_card import RulesCard


@pytest.fixture
def card() -> RulesCard:
    return RulesCard(lambda handler: handler)


def test_all_rules_stand_there_at_first(card: RulesCard) -> None:
    assert card.found.value.count("<details") == len(rules()) and f"{len(rules())} rules" in card.count.value


def test_words_of_either_language_find(card: RulesCard) -> None:
    card.words.text.value = "诉讼时效 期间"
    assert "debtdesk-rule-limitation_years" in card.found.value
    card.words.text.value = "limitation period"
    assert "debtdesk-rule-limitation_waiver" in card.found.value
    card.words.text.value = "<script>"
    assert card.found.value == "" and "0 rules" in card.count.value


def test_a_day_and_a_confidence_narrow_down_and_a_bad_day_keeps_the_last(card: RulesCard) -> None:
    card.sure.value = "V-web"
    assert "confirm in contract or app" in card.found.value and "V-law" not in card.found.value
    card.sure.value = None
    card.day.text.value = "2026-11-24"
    assert "debtdesk-rule-credit_repair_window" not in card.found.value
    shown = card.found.value
    card.day.text.value = "yesterday"
    assert card.day.problem and card.found.value == shown
    card.day.text.value = ""
    assert "debtdesk-rule-credit_repair_window" in card.found.value


def test_the_library_is_a_fold_of_the_method(desk: Desk) -> None:
    panel = MethodPanel(desk)
    assert panel.rules_fold in panel.body.children and panel.rules_fold.titles == ("Rules",)
