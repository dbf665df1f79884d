"""Ladder on one page: for the desk during the call, never for the creditor."""

from __future__ import annotations

from html import escape

from debtdesk.core.case import Case
from debtdesk.core.ladder import Ladder
from debtdesk.documents.page import page, table
from debtdesk.locale import Message
from debtdesk.views.ladder import RUNGS, terms_words
from debtdesk.views.words import day, name_of


def ladder_page(case: Case, ladder: Ladder, language: str) -> str:
    """Return a ladder as an HTML page that prints on A4: its rungs with their reasons, the trades, the note."""

    def said(text: Message) -> str:
        return text.in_language(language)

    title = said(Message("Ladder of offers"))
    where = [case.reference, case.client, said(Message("Recorded on {day}", day=day(ladder.day, language)))]
    heads = [Message("rung"), Message("proposal"), Message("what it says"), Message("why")]
    rungs = [
        (said(name_of(role)), rung.proposal.name, terms_words(rung.proposal, language), rung.why)
        for role, rung in zip(RUNGS, ladder.rungs, strict=True)
    ]
    parts = [
        f"<h1>{escape(title)}</h1><p class='where'>{escape(' · '.join(x for x in where if x))}</p>",
        f"<p class='answer'>{escape(said(_INSIDE))}</p>",
        table([said(h) for h in heads], rungs),
    ]
    if ladder.trades:
        trades = [(x.given, x.gained) for x in ladder.trades]
        parts.append(f"<h2>{escape(said(Message('What to give for what')))}</h2>")
        parts.append(table([said(Message("we give")), said(Message("and get"))], trades))
    if ladder.note:
        parts.append(f"<h2>{escape(said(Message('note')))}</h2><p>{escape(ladder.note)}</p>")
    return page(title, "".join(parts), language)


_INSIDE = Message("For the desk alone: beyond the walk-away nothing is agreed to on the telephone.")
