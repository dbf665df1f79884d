"""How the figures of each debt are known, and which may not go into a letter yet, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape

from debtdesk.core.confidence import figures, fit_for_letters
from debtdesk.core.debt import Debt
from debtdesk.locale import Message
from debtdesk.views.markup import problems_html
from debtdesk.views.words import debt_name, name_of


def confidence_html(debts: Iterable[Debt], language: str) -> str:
    """Return for each debt how its figures are known and what keeps them out of a letter; everything escaped."""
    return "".join(_of(debt, language) for debt in debts)


def _of(debt: Debt, language: str) -> str:
    problems = [replace(p, source="") for p in fit_for_letters(debt)]  # they stand below the debt's name
    known = ("；" if language == "zh" else "; ").join(
        Message("{figure}: {known}", figure=_figure(f.name), known=name_of(f.known)).in_language(language)
        for f in figures(debt)
    )
    fit = Message("All figures may go into a letter.") if not problems else Message("Not in a letter yet:")
    return (
        f"<h3 class='debtdesk-group'>{escape(debt_name(debt, language))}</h3>"
        f"<p class='debtdesk-note'>{escape(known)}</p>"
        f"<p>{escape(fit.in_language(language))}</p>{problems_html(problems, language)}"
    )


def _figure(name: str) -> Message:
    return Message("what it grows to") if name == "future" else name_of(name)
