"""Floor: an installment that reaches into what is protected, in words, and why it was taken all the same."""

from __future__ import annotations

from html import escape

from debtdesk.core.capacity import Fit
from debtdesk.core.case import Case
from debtdesk.core.overrides import Override
from debtdesk.locale import Message
from debtdesk.views.words import money, month, months


def breach_message(fit: Fit, language: str) -> Message | None:
    """Return in which month an installment reaches below what is protected and by how much; None where it does not."""
    worst = fit.worst
    if worst is None:
        return None
    first = fit.breaches[0]
    values = {
        "installment": money(worst.installment, language),
        "month": month(worst.month, language),
        "by": money(worst.by, language),
        "available": money(worst.available, language),
    }
    if len(fit.breaches) == 1:
        return Message(
            "In {month} {installment} are due, {by} more than the {available} that are left above what is protected "
            "for living.",
            **values,
        )
    return Message(
        "In {n} months, first in {first}, more is due than is left above what is protected for living; worst in "
        "{month}: {installment} are due, {available} are left, {by} are missing.",
        n=len(fit.breaches),
        first=month(first.month, language),
        **values,
    )


def carried_message(fit: Fit, language: str) -> Message | None:
    """Return in how many months an installment is paid from what earlier months left; None where in none."""
    if not fit.carried:
        return None
    return Message(
        "In {n} months, first in {first}, the installment is more than the month's own income leaves and is paid from "
        "savings and better months.",
        n=len(fit.carried),
        first=month(fit.carried[0], language),
    )


def override_sentence(override: Override, language: str) -> str:
    """Return what was set aside for which proposal, by how much, when and why."""
    text = Message(
        "{day}: “{proposal}” reaches {by} below what is protected, first in {month}, in {months}. Reason: {reason}",
        day=override.day.isoformat(),
        proposal=override.proposal,
        by=money(override.by, language),
        month=month(override.month, language),
        months=months(override.months, language),
        reason=override.reason,
    )
    return text.in_language(language)


def overrides_html(case: Case, language: str, *, proposal: str | None = None) -> str:
    """Return the overrides of a case, of one proposal where it is named; nothing where there is none."""
    found = [o for o in case.overrides if proposal in (None, o.proposal)]
    return "".join(
        f"<div class='debtdesk-help' role='note'>{escape(override_sentence(o, language))}</div>" for o in found
    )
