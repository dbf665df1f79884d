"""The gate in words: what an act does to each debt, and what is still to be asked before it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from html import escape

from debtdesk.core.case import Consultation
from debtdesk.core.gate import GateFinding
from debtdesk.locale import Message
from debtdesk.views.claims import claim_word
from debtdesk.views.markup import problems_html
from debtdesk.views.words import debt_name


def gate_html(finding: GateFinding, language: str, *, asks: bool = True, general: Sequence[Message] = ()) -> str:
    """Return what the gate states, and, if it `asks`, what is missing; everything escaped.

    Debts go by their names; `general` says of the act in full what the first statement says of it in short.
    """
    names = {f.debt.account: debt_name(f.debt, language) for f in finding.debts}
    title = Message("Before {act}", act=claim_word(finding.act)).in_language(language)
    about = "<br>".join(escape(m.in_language(language)) for m in general or finding.statements[:1])
    items = "".join(
        f"<li>{escape(f.statement.saying(account=names[f.debt.account]).in_language(language))}</li>"
        for f in finding.debts
    )
    lines = f"<b>{escape(title)}</b><br>{about}<ul>{items}</ul>"
    if asks and finding.missing:
        missing = [replace(p, source=names.get(p.source, p.source)) for p in finding.missing]
        ask = Message("Still to be done before it:").in_language(language)
        lines += f"<b>{escape(ask)}</b>{problems_html(missing, language)}"
    advice = dict.fromkeys(f.advice for f in finding.debts if f.advice is not None)
    lines += "".join(f"<div>{escape(advice_sentence(a).in_language(language))}</div>" for a in advice)
    return f"<div class='debtdesk-help' role='note'>{lines}</div>"


def advice_sentence(advice: Consultation) -> Message:
    """Return a consultation in one sentence."""
    return Message("Advice noted: {day}, {who}: {what}", day=advice.day.isoformat(), who=advice.who, what=advice.what)
