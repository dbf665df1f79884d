"""Rules: each with value, dates, scope, source, and how sure it is, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from html import escape
from typing import TYPE_CHECKING

from debtdesk.data.rules import CONFIDENCES, Rule, named
from debtdesk.locale import Message
from debtdesk.views.words import NONE, DataName, day

if TYPE_CHECKING:
    import pandas as pd

_CONFIDENCE = {
    "V-law": Message("law: the article was read in a law database"),
    "V-std": Message("standard: cover and contents were read, the clauses were not"),
    "V-news": Message("news: read in press, law-firm or official pages, mostly several that agree"),
    "V-web": Message("web: consumer pages only, not authoritative; bank or platform may differ"),
    "V-code": Message("data: read in a public repository"),
    "C": Message("computed or inferred here"),
    "M": Message("memory: not verified"),
}
_SHORT = {
    "V-law": Message("law"),
    "V-std": Message("standard"),
    "V-news": Message("news"),
    "V-web": Message("web, weak"),
    "V-code": Message("data"),
    "C": Message("computed"),
    "M": Message("memory, weak"),
}
_SHARES = {
    "per_day",
    "per_year",
    "per_year_average",
    "of_new_principal",
    "of_contract_rate",
    "of_unpaid_minimum",
    "above_loss",
}
_ORDER = Message("costs, then interest, then principal")


def confidence_words(confidence: str, *, short: bool = False) -> Message:
    """Return how sure a rule is, in words."""
    return (_SHORT if short else _CONFIDENCE)[confidence]


def confidence_options(language: str) -> list[tuple[str, str]]:
    """Return all confidences to choose from: words and label."""
    return [(_CONFIDENCE[c].in_language(language), c) for c in CONFIDENCES]


def _given(texts: dict[str, str]) -> Message:
    return DataName(texts["en"], **texts)


def rule_value(rule: Rule, language: str) -> str:
    """Return the value of a rule with its unit; a duty or an effect has none."""
    if rule.unit in ("duty", "effect", "scope"):
        return NONE
    if rule.unit == "order":
        return _ORDER.in_language(language)
    value = "–".join(_percent(v) for v in rule.value.split("-")) if rule.unit in _SHARES else rule.value
    shown = _with_unit(rule.unit, value)
    return value if shown is None else shown.in_language(language)


def _with_unit(unit: str, value: str) -> Message | None:
    return {
        "per_day": Message("{value} a day", value=value),
        "per_year": Message("{value} a year", value=value),
        "per_year_average": Message("{value} a year on average", value=value),
        "of_new_principal": Message("{value} of the new principal", value=value),
        "x_contract_rate": Message("{value} times the contract rate", value=value),
        "of_contract_rate": Message("{value} of the contract rate", value=value),
        "x_ceiling": Message("{value} times the ceiling", value=value),
        "of_unpaid_minimum": Message("{value} of the unpaid minimum payment", value=value),
        "above_loss": Message("{value} above the loss", value=value),
        "months": Message("{value} months", value=value),
        "years": Message("{value} years", value=value),
        "days": Message("{value} days", value=value),
        "days_overdue": Message("{value} days overdue", value=value),
        "calendar_days": Message("{value} calendar days", value=value),
        "x_lpr_1y_at_contract": Message("{value} times the one-year LPR of the contract day", value=value),
        "x_lpr_1y": Message("{value} times the one-year LPR", value=value),
        "years_after_end": Message("{value} years after the end", value=value),
        "yuan_each": Message("{value} yuan each", value=value),
        "local_time": Message("{value} local time", value=value),
        "count_per_day": Message("{value} times a day", value=value),
        "fee_scale": Message("{value} yuan, a scale by parts", value=value),
    }.get(unit)


def _percent(value: str) -> str:
    shown = f"{Decimal(value) * 100:f}"
    return f"{shown.rstrip('0').rstrip('.') if '.' in shown else shown}%"


def rules_table(found: Iterable[Rule], language: str) -> pd.DataFrame:
    """Return a row a rule: name, value, from, to, scope, source, confidence, note."""
    import pandas as pd

    heads = (
        Message("rule"),
        Message("value"),
        Message("from"),
        Message("to"),
        Message("holds for"),
        Message("source"),
        Message("how sure"),
        Message("note"),
    )
    rows = [
        [
            rule.name[language],
            rule_value(rule, language),
            _day(rule.start, language),
            _day(rule.end, language),
            rule.scope[language],
            rule.source,
            confidence_words(rule.confidence, short=True).in_language(language),
            rule.note[language],
        ]
        for rule in found
    ]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def _day(given: date | None, language: str) -> str:
    return NONE if given is None else day(given, language)


def anchor(rule_id: str) -> str:
    """Return the name under which a rule can be linked to on a page."""
    return f"debtdesk-rule-{rule_id}"


def rule_html(rule: Rule, language: str, *, opened: bool = False, anchored: bool = False) -> str:
    """Return the entry of a rule as a fold of its own, everything escaped; `anchored` where links shall find it."""
    lines = (
        (Message("value"), rule_value(rule, language)),
        (Message("from"), _day(rule.start, language)),
        (Message("to"), _day(rule.end, language)),
        (Message("holds for"), rule.scope[language]),
        (Message("source"), rule.source),
        (Message("how sure"), confidence_words(rule.confidence).in_language(language)),
        (Message("note"), rule.note[language]),
        (Message("entry"), rule.id),
    )
    body = "".join(
        f"<tr><th scope='row'>{escape(name.in_language(language))}</th><td>{escape(value)}</td></tr>"
        for name, value in lines
        if value not in ("", NONE)
    )
    mark = f" id='{escape(anchor(rule.id), quote=True)}'" if anchored else ""
    sure = confidence_words(rule.confidence, short=True).in_language(language)
    return (
        f"<details class='debtdesk-rule'{mark}{' open' if opened else ''}><summary>{escape(rule.name[language])} "
        f"<small>({escape(rule.source)} · {escape(sure)})</small></summary>"
        f"<table class='debtdesk-table'><tbody>{body}</tbody></table></details>"
    )


def rules_html(rule_ids: Iterable[str], language: str) -> str:
    """Return the entries of the rules that stand behind a result, each folded, the version in force last."""
    found = [rule for rule_id in dict.fromkeys(rule_ids) for rule in named(rule_id)]
    return "".join(rule_html(r, language) for r in found)
