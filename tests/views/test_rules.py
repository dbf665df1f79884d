"""Rules in words: nothing without a source, weak ones called weak, everything escaped."""

import pytest

from debtdesk.data.rules import CONFIDENCES, Rule, named, rules
from debtdesk.views.rules import confidence_options, confidence_words, rule_html, rule_value, rules_html, rules_table


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_stands_in_the_table(language: str) -> None:
    frame = rules_table(rules(), language)
    assert len(frame) == len(rules()) and not frame.isna().any().any()
    assert (frame.iloc[:, 5] != "").all() and (frame.iloc[:, 6] != "").all()


@pytest.mark.parametrize(
    ("rule_id", "en", "zh"),
    [
        ("court_total_cost_review", "24% a year", "每年 24%"),
        ("huabei_overdue_daily", "0.05% a day", "每日 0.05%"),
        ("loan_penalty_uplift", "30%–50% of the contract rate", "合同利率的 30%–50%"),
        ("delay_interest", "0.0175% a day", "每日 0.0175%"),
        ("credit_record_years", "5 years after the end", "自终止之日起 5 年"),
        ("allocation_order", "costs, then interest, then principal", "先费用，再利息，后本金"),
        ("assignment_notice", "–", "–"),
    ],
)
def test_a_value_is_read_with_its_unit(rule_id: str, en: str, zh: str) -> None:
    rule = named(rule_id)[0]
    assert (rule_value(rule, "en"), rule_value(rule, "zh")) == (en, zh)


def test_every_unit_has_words() -> None:
    for rule in rules():
        assert rule.unit not in rule_value(rule, "zh"), rule.id


def test_weak_rules_are_called_weak() -> None:
    for confidence in ("V-web", "M"):
        assert "weak" in confidence_words(confidence, short=True).in_language("en")
    assert {c for _, c in confidence_options("zh")} == set(CONFIDENCES)


def test_an_entry_names_source_and_confidence_and_can_be_linked_to() -> None:
    shown = rule_html(named("court_total_cost_review")[0], "zh", anchored=True)
    assert "id='debtdesk-rule-court_total_cost_review'" in shown and "法发〔2017〕22号" in shown and "新闻" in shown


def test_an_entry_is_escaped() -> None:
    evil = {"zh": "<script>", "en": "<script>"}
    rule = Rule("x", evil, "<b>", "days", None, None, evil, "<i>", "M", evil)
    assert "<script>" not in rule_html(rule, "en") and "<i>" not in rule_html(rule, "en")


def test_rules_behind_a_result_come_once_each() -> None:
    shown = rules_html(("credit_record_years", "credit_record_years"), "en")
    assert shown.count("<details") == 1
