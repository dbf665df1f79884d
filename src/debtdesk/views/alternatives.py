"""Alternatives in words: "360 days instead of 365 days: +25.35 yuan"."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

from debtdesk.core.alternatives import Alternative, Alternatives
from debtdesk.locale import Message
from debtdesk.views.markup import html_table
from debtdesk.views.words import day, money, name_of

if TYPE_CHECKING:
    import pandas as pd

_FIRST = {True: Message("the day of the balance itself"), False: Message("the day after the day of the balance")}
_LAST = {True: Message("the last day, included"), False: Message("the day before the last day")}
_NAMES: dict[str, Message] = {
    "year": Message("days in a year of interest"),
    "first_day_counts": Message("counted from"),
    "last_day_counts": Message("counted to"),
    "payment_day": Message("the day of a payment"),
    "compounding": Message("interest on interest"),
    "base": Message("what bears interest"),
    "rhythm": Message("rounded and booked"),
    "rounding": Message("how a fraction of a fen is rounded"),
    "order": Message("a payment goes first to"),
    "late_fee": Message("late fee"),
}
_WORDS: dict[str, Callable[[Any], Message]] = {
    "first_day_counts": lambda v: _FIRST[v],
    "last_day_counts": lambda v: _LAST[v],
    "late_fee": lambda v: Message("none") if v is None else Message("a share of the unpaid minimum payment"),
}


def choice_words(name: str, value: object) -> Message:
    """Return a choice of a convention in words."""
    return _WORDS.get(name, name_of)(value)


def alternative_sentence(row: Alternative, language: str) -> str:
    """Return one alternative in words: what instead of what, and how much more or less."""
    difference = ("+" if row.difference > 0 else "") + money(row.difference, language)
    return Message(
        "{other} instead of {own}: {difference}",
        other=choice_words(row.name, row.other),
        own=choice_words(row.name, row.own),
        difference=difference,
    ).in_language(language)


def alternatives_table(found: Alternatives, language: str) -> pd.DataFrame:
    """Return a row an alternative: convention, as now, otherwise, the total then, the difference."""
    import pandas as pd

    heads = (
        Message("convention"),
        Message("as chosen"),
        Message("otherwise"),
        Message("total then"),
        Message("difference"),
    )
    rows = [
        [
            _NAMES[r.name].in_language(language),
            choice_words(r.name, r.own).in_language(language),
            choice_words(r.name, r.other).in_language(language),
            money(r.total, language, unit=False),
            ("+" if r.difference > 0 else "") + money(r.difference, language),
        ]
        for r in found.rows
    ]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def alternatives_html(found: Alternatives, language: str) -> str:
    """Return the largest effect in a sentence and all of them as a table, everything escaped."""
    until = day(found.until, language)
    if not found.rows:
        said = Message("No other usual convention makes a difference until {day}.", day=until).in_language(language)
        return f"<p class='debtdesk-note'>{escape(said)}</p>"
    lead = Message(
        "Until {day} the convention that matters most: {most}.",
        day=until,
        most=alternative_sentence(found.rows[0], language),
    ).in_language(language)
    note = Message(
        "One convention changed at a time; the contract says which one holds. What makes no difference is left out."
    ).in_language(language)
    table = html_table(alternatives_table(found, language))
    return f"<p><b>{escape(lead)}</b></p>{table}<p class='debtdesk-note'>{escape(note)}</p>"
