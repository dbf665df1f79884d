"""Rules: numbers and duties from law, regulators and contracts, each with dates, scope, source and confidence."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

CONFIDENCES = ("V-law", "V-std", "V-news", "V-web", "V-code", "C", "M")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as it holds from a day to another (None for open), with where it was read and how sure it is.

    `value` is text in `unit`; names, scope and note stand in Chinese and in English.
    """

    id: str
    name: dict[str, str]
    value: str
    unit: str
    start: date | None
    end: date | None
    scope: dict[str, str]
    source: str
    confidence: str
    note: dict[str, str]

    def holds(self, day: date) -> bool:
        """Return whether the rule holds on a day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, in the order of the table."""
    with files(__package__).joinpath("rules.csv").open(encoding="utf-8") as stream:
        return tuple(_rule(row) for row in csv.DictReader(stream))


def on(day: date, rule_id: str) -> Rule | None:
    """Return the rule of a name as it holds on a day, or None where there is none.

    Raises
    ------
    KeyError
        If no rule has that name at all.
    """
    named = [r for r in rules() if r.id == rule_id]
    if not named:
        raise KeyError(rule_id)
    return next((r for r in named if r.holds(day)), None)


def _rule(row: dict[str, str]) -> Rule:
    return Rule(
        row["id"],
        {"zh": row["name_zh"], "en": row["name_en"]},
        row["value"],
        row["unit"],
        date.fromisoformat(row["from"]) if row["from"] else None,
        date.fromisoformat(row["to"]) if row["to"] else None,
        {"zh": row["scope_zh"], "en": row["scope_en"]},
        row["source"],
        row["confidence"],
        {"zh": row["note_zh"], "en": row["note_en"]},
    )


def named(rule_id: str) -> tuple[Rule, ...]:
    """Return every version of a rule, in order of the table.

    Raises
    ------
    KeyError
        If no rule has that name.
    """
    found = tuple(r for r in rules() if r.id == rule_id)
    if not found:
        raise KeyError(rule_id)
    return found


def search(words: str = "", *, confidence: str | None = None, day: date | None = None) -> tuple[Rule, ...]:
    """Return the rules in which each word stands, in either language, with a confidence, or holding on a day."""
    wanted = words.casefold().split()
    return tuple(
        r
        for r in rules()
        if (confidence is None or r.confidence == confidence)
        and (day is None or r.holds(day))
        and all(w in _text(r) for w in wanted)
    )


def _text(rule: Rule) -> str:
    texts = (*rule.name.values(), *rule.scope.values(), *rule.note.values())
    return " ".join((rule.id, rule.value, rule.unit, rule.source, rule.confidence, *texts)).casefold()
