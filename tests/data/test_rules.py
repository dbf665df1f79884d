"""The rules and the LPR as data: nothing without a source, a unit and a scope; no two versions at once."""

from datetime import date
from decimal import Decimal
from itertools import combinations

import pytest

from debtdesk.core.terms import CARD_SWITCH_DAY
from debtdesk.data import rules
from debtdesk.data.lpr import publications


@pytest.mark.parametrize("rule", rules.rules(), ids=lambda r: f"{r.id}-{r.start}")
def test_every_rule_is_complete(rule: rules.Rule) -> None:
    assert rule.id
    assert rule.value
    assert rule.unit
    assert rule.source
    assert rule.confidence in rules.CONFIDENCES
    for text in (rule.name, rule.scope):
        assert text["zh"] and text["en"]
    assert bool(rule.note["zh"]) == bool(rule.note["en"])
    assert rule.start is None or rule.end is None or rule.start <= rule.end


def test_versions_of_a_rule_do_not_overlap() -> None:
    for a, b in combinations(rules.rules(), 2):
        if a.id == b.id:
            first, second = sorted((a, b), key=lambda r: r.start or date.min)
            assert first.end is not None and second.start is not None and first.end < second.start


def test_a_rule_is_found_by_its_day() -> None:
    # 银发〔2016〕111号: ceiling from 2017-01-01 to 2020-12-31, then by agreement
    assert rules.on(date(2020, 12, 31), "card_rate_ceiling_daily") is not None
    assert rules.on(date(2021, 1, 1), "card_rate_ceiling_daily") is None
    assert rules.on(date(2026, 1, 29), "quiet_hours_banks") is None
    found = rules.on(date(2026, 2, 1), "quiet_hours_banks")
    assert found is not None and "银行业协会" in found.scope["zh"]
    assert rules.on(date(2026, 2, 1), "quiet_hours_standard") is not None  # the guide of the banks does not end it
    with pytest.raises(KeyError):
        rules.on(date(2026, 1, 1), "no_such_rule")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("法发〔2017〕22号", True),
        ("诉讼时效", True),
        ("LIMITATION years", True),
        ("征信 修复", True),
        ("no such word", False),
    ],
)
def test_rules_are_found_in_both_languages(words: str, found: bool) -> None:
    assert bool(rules.search(words)) is found


def test_rules_are_found_by_confidence_and_day() -> None:
    assert {r.confidence for r in rules.search(confidence="V-web")} == {"V-web"}
    held = {r.id for r in rules.search(day=date(2026, 11, 24))}
    assert "court_total_cost_review" in held
    assert not held & {"credit_repair_window", "card_rate_ceiling_daily", "micro_loan_target"}


def test_a_rule_is_named_in_all_its_versions() -> None:
    assert [r.id for r in rules.named("limitation_years")] == ["limitation_years"]
    with pytest.raises(KeyError):
        rules.named("no_such_rule")


def test_no_weak_source_is_called_law() -> None:
    # an article read in a law database is V-law; web pages, guides and news never are
    weak = ("web", "指引", "报道", "GB/T", "公告", "通知")
    assert [r.id for r in rules.rules() if r.confidence == "V-law" and any(w in r.source for w in weak)] == []


def test_dates_from_memory_say_so() -> None:
    for rule_id in ("card_plan_months", "card_principal_first_day", "court_total_cost_review", "complaint_answer"):
        assert all("凭记忆" in r.note["zh"] and "memory" in r.note["en"] for r in rules.named(rule_id)), rule_id


def test_lpr_changes_on_the_published_days() -> None:
    # change points as published: monthly announcements of the National Interbank Funding Center
    expected = {
        "2019-08-20": "4.25",
        "2019-09-20": "4.20",
        "2019-11-20": "4.15",
        "2020-02-20": "4.05",
        "2020-04-20": "3.85",
        "2021-12-20": "3.80",
        "2022-01-20": "3.70",
        "2022-08-22": "3.65",
        "2023-06-20": "3.55",
        "2023-08-21": "3.45",
        "2024-07-22": "3.35",
        "2024-10-21": "3.10",
        "2025-05-20": "3.00",
    }
    changes, before = {}, None
    for p in publications():
        if p.percent is not None and p.percent != before:
            changes[p.day.isoformat()] = p.percent
            before = p.percent
    assert changes == {k: Decimal(v) for k, v in expected.items()}


def test_lpr_comes_monthly_in_order() -> None:
    days = [p.day for p in publications()]
    assert days == sorted(days)
    assert {(d.year, d.month) for d in days} == {
        (y, m) for y in range(2019, 2027) for m in range(1, 13) if (2019, 8) <= (y, m) <= (2026, 11)
    }
    assert all((p.percent is None) == (p.status == "unverified") for p in publications())


def test_the_kernel_turns_to_principal_on_the_day_of_the_rule() -> None:
    rule = rules.on(date(2026, 11, 24), "card_principal_first_day")
    assert rule is not None and int(rule.value) == CARD_SWITCH_DAY
