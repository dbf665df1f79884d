"""The gate in words: what an act does to each debt, and what is still to be asked before it."""

from __future__ import annotations

from html import escape

from debtdesk.core.case import Consultation
from debtdesk.core.gate import GateFinding
from debtdesk.locale import Message
from debtdesk.views.claims import claim_word
from debtdesk.views.markup import problems_html


def gate_html(finding: GateFinding, language: str, *, asks: bool = True) -> str:
    """Return what the gate states, and, if it `asks`, what is missing; everything escaped."""
    title = Message("Before {act}", act=claim_word(finding.act)).in_language(language)
    general, *each = (escape(m.in_language(language)) for m in finding.statements)
    items = "".join(f"<li>{text}</li>" for text in each)
    lines = f"<b>{escape(title)}</b><br>{general}<ul>{items}</ul>"
    if asks and finding.missing:
        ask = Message("Still to be done before it:").in_language(language)
        lines += f"<b>{escape(ask)}</b>{problems_html(finding.missing, language)}"
    advice = dict.fromkeys(f.advice for f in finding.debts if f.advice is not None)
    lines += "".join(f"<div>{escape(advice_sentence(a).in_language(language))}</div>" for a in advice)
    return f"<div class='debtdesk-help' role='note'>{lines}</div>"


def advice_sentence(advice: Consultation) -> Message:
    """Return a consultation in one sentence."""
    return Message("Advice noted: {day}, {who}: {what}", day=advice.day.isoformat(), who=advice.who, what=advice.what)
