"""The answer of the growth stage in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from debtdesk.core.days import add_months
from debtdesk.locale import Message, language
from debtdesk.panels.growth_state import LONGEST_LOOK, GrowthResult, GrowthState
from debtdesk.views import sentences, words
from debtdesk.views.tables import balance_table

if TYPE_CHECKING:
    import pandas as pd


def money(fen: int) -> str:
    """Return an amount in whole yuan without its unit, in the language in use."""
    return words.money(fen, language(), unit=False, whole=True)


def lead(result: GrowthResult, state: GrowthState) -> str:
    """Return what becomes of the debts, when the charges overtake, and what the payment changes, ready to show."""
    spoken = language()
    last = add_months(result.nothing.start, LONGEST_LOOK)
    return sentences.lead(
        sentences.growth_sentence(result.now, result.then, state.months, spoken),
        sentences.overtake_sentence(result.overtake, result.nothing.start, spoken, until=last),
        *(str(text) for text in paying(result, state)),
    )


def paying(result: GrowthResult, state: GrowthState) -> list[Message]:
    """Return what the payment and the freeze change; nothing where neither is chosen."""
    growth = result.paying
    if growth is None:
        return []
    amount = money(state.monthly)
    if not state.monthly:
        return [
            Message(
                "If nothing accrues for {freeze} months, {left} yuan are owed then: {spared} less.",
                freeze=state.freeze,
                left=money(result.left),
                spared=money(result.spared),
            )
        ]
    if growth.cleared is not None:
        said = Message(
            "With {amount} yuan a month all is paid on {day}, {paid} yuan altogether.",
            amount=amount,
            day=growth.cleared.isoformat(),
            paid=money(result.paid),
        )
    elif result.left >= result.now:
        said = Message(
            "{amount} yuan a month do not stop the growth: {left} yuan are owed then, though {paid} were paid.",
            amount=amount,
            left=money(result.left),
            paid=money(result.paid),
        )
    else:
        said = Message(
            "With {amount} yuan a month {left} yuan are left then; {paid} are paid by then.",
            amount=amount,
            left=money(result.left),
            paid=money(result.paid),
        )
    if not state.freeze:
        return [said]
    return [said, Message("This holds only if nothing accrues for the first {freeze} months.", freeze=state.freeze)]


def title(result: GrowthResult, state: GrowthState) -> Message:
    """Return the message of the chart."""
    if result.paying is not None and result.paying.cleared is not None:
        return Message(
            "{amount} yuan a month clear all by {month}",
            amount=money(state.monthly),
            month=words.month(result.paying.cleared, language()),
        )
    if result.overtake is not None and result.nothing.start < result.overtake <= result.nothing.until:
        return Message("The charges overtake the principal in {month}", month=words.month(result.overtake, language()))
    return Message(
        "Without payment {now} yuan become {then} by {month}",
        now=money(result.now),
        then=money(result.then),
        month=words.month(result.nothing.until, language()),
    )


def line_label(state: GrowthState) -> Message:
    """Return what the line of the chart shows."""
    if not state.monthly:
        return Message("{freeze} months frozen", freeze=state.freeze)
    if not state.freeze:
        return Message("with {amount} a month", amount=money(state.monthly))
    return Message("with {amount} a month, {freeze} months frozen", amount=money(state.monthly), freeze=state.freeze)


def month_table(result: GrowthResult) -> pd.DataFrame:
    """Return a row a month: the parts if nothing is done, and what is paid and left with the payment."""
    frame = balance_table(result.nothing, language())
    if result.paying is not None:
        paid, left = Message("paid so far"), Message("left with the payment")
        for name, amounts in ((paid, result.paying.paid), (left, result.paying.left)):
            frame[str(name)] = [words.money(fen, language(), unit=False) for fen in amounts]
    return frame
