"""Chosen: a choice as it was recorded, with the figures that stood beside it on that day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debtdesk.core.case import Case
from debtdesk.core.ladder import Choice, ComparedOffer
from debtdesk.locale import Message
from debtdesk.views.words import NONE, day, money, months, percent

if TYPE_CHECKING:
    import pandas as pd


def choice_table(choice: Choice, language: str) -> pd.DataFrame:
    """Return a row an offer as it was compared that day, doing nothing first, the chosen one marked."""
    import pandas as pd

    heads = (
        Message("offer"),
        Message("each month"),
        Message("in all"),
        Message("installments"),
        Message("until"),
        Message("waived"),
        Message("of it only once all is paid"),
        Message("yearly cost"),
        Message("share of capacity"),
        Message("months without cash"),
    )
    rows = [] if choice.horizon is None else [_nothing(choice, language, len(heads))]
    rows += [_row(o, language, chosen=o.name == choice.proposal.name) for o in choice.compared]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def _nothing(choice: Choice, language: str, width: int) -> tuple[str, ...]:
    assert choice.horizon is not None
    name = Message("nothing is done").in_language(language)
    total = Message(
        "{amount} by {day}, and on", amount=money(choice.nothing, language), day=day(choice.horizon, language)
    )
    return (name, NONE, total.in_language(language), *[NONE] * (width - 3))


def _row(o: ComparedOffer, language: str, *, chosen: bool) -> tuple[str, ...]:
    name = o.name
    if chosen:
        name = Message("{name} (chosen)", name=name).in_language(language)
    elif o.dominated:
        name = Message("{name} (another was at least as good in everything)", name=name).in_language(language)
    return (
        name,
        money(o.monthly, language),
        money(o.total, language),
        months(o.months, language),
        day(o.end, language),
        money(o.waived, language),
        money(o.conditional, language),
        percent(o.yearly_cost, language),
        percent(o.share_of_capacity, language, 0),
        months(o.months_short, language) if o.months_short else Message("none").in_language(language),
    )


def choice_sentence(choice: Choice, language: str) -> str:
    """Return what was chosen, when and why."""
    text = Message(
        "On {day} “{name}” was chosen out of {n} offers, because: {reason}",
        day=day(choice.day, language),
        name=choice.proposal.name,
        n=len(choice.compared),
        reason=choice.reason,
    )
    return text.in_language(language)


def since_sentence(case: Case, choice: Choice, language: str) -> str:
    """Return that the figures are those of that day, and what has become of the proposal since."""
    name, when = choice.proposal.name, day(choice.day, language)
    now = next((p for p in case.proposals if p.name == name), None)
    if now is None:
        text = Message(
            "The figures are those of {day} and stay as they were. “{name}” is no longer among the proposals.",
            day=when,
            name=name,
        )
    elif now != choice.proposal:
        text = Message(
            "The figures are those of {day} and stay as they were. “{name}” has been changed since.",
            day=when,
            name=name,
        )
    else:
        text = Message("The figures are those of {day} and stay as they were.", day=when)
    return text.in_language(language)
