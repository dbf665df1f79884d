"""Ladder: the offers prepared before a call, as they were recorded."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from debtdesk.core.ladder import Ladder
from debtdesk.core.proposal import Proposal, Role
from debtdesk.core.terms import Part
from debtdesk.locale import Message
from debtdesk.views.frontier import waiver_words
from debtdesk.views.words import day, money, name_of, percent, rate

RUNGS = (Role.OPENING, Role.TARGET, Role.WALK_AWAY)


def terms_words(proposal: Proposal, language: str) -> str:
    """Return what a proposal says in one line: what is waived, what is paid and when, what it costs."""
    return ("；" if language == "zh" else "; ").join(m.in_language(language) for m in _terms(proposal, language))


def _terms(p: Proposal, language: str) -> Iterator[Message]:
    yield Message("waived: {what}", what=_waived(p, language))
    if p.discount.share or p.discount.amount:
        share = percent(p.discount.share, language) if p.discount.share else money(p.discount.amount, language)
        yield Message("a discount of {share}", share=share)
    if p.down_payment:
        yield Message("{amount} paid down on {day}", amount=money(p.down_payment, language), day=day(p.start, language))
    first = day(p.first_due, language)
    if p.size is not None:
        yield Message("{amount} a month from {day} on", amount=money(p.size, language), day=first)
    else:
        yield Message("{n} installments from {day} on", n=p.installments, day=first)
    if p.rate is not None:
        yield Message("interest {rate}", rate=rate(p.rate, language))
    if p.period_fee:
        yield Message("a fee of {share} each time", share=percent(p.period_fee, language, 2))


def _waived(p: Proposal, language: str) -> str:
    amounts = [
        f"{name_of(part).in_language(language)} {money(x, language)}"
        for part in Part
        if (x := p.waiver.amounts.part(part))
    ]
    if not amounts:
        return waiver_words(p.waiver, language)
    shares = [] if not any(p.waiver.share(part) for part in Part) else [waiver_words(p.waiver, language)]
    return ("，" if language == "zh" else ", ").join([*shares, *amounts])


def ladder_html(ladder: Ladder, language: str) -> str:
    """Return a ladder with its day: each rung with its proposal and why, the trades, the note; everything escaped."""

    def said(text: Message) -> str:
        return escape(text.in_language(language))

    heads = (Message("rung"), Message("proposal"), Message("what it says"), Message("why"))
    head = "".join(f"<th scope='col'>{said(h)}</th>" for h in heads)
    rows = "".join(
        f"<tr><th scope='row'>{said(name_of(role))}</th><td>{escape(rung.proposal.name)}</td>"
        f"<td>{escape(terms_words(rung.proposal, language))}</td><td>{escape(rung.why)}</td></tr>"
        for role, rung in zip(RUNGS, ladder.rungs, strict=True)
    )
    title = said(Message("Recorded on {day}", day=day(ladder.day, language)))
    parts = [
        f"<table class='debtdesk-table'><caption>{title}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    ]
    if ladder.trades:
        trades = "".join(
            f"<li>{said(Message('{given} for {gained}', given=x.given, gained=x.gained))}</li>" for x in ladder.trades
        )
        parts.append(f"<p>{said(Message('What to give for what'))}</p><ul>{trades}</ul>")
    if ladder.note:
        parts.append(f"<p class='debtdesk-note'>{escape(ladder.note)}</p>")
    return "".join(parts)
