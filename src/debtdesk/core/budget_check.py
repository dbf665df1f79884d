"""Budget check: what a budget leaves open that a counselor has to answer for."""

from __future__ import annotations

from debtdesk.core.budget import Budget, Kind, Regularity
from debtdesk.core.problems import Problem, Severity
from debtdesk.locale import Message


def doubts(budget: Budget, source: str = "") -> list[Problem]:
    """Return what to look at in a budget that can be computed with; each is a warning at its field."""
    found: list[Problem] = []

    def note(field: str, text: Message, remedy: Message) -> None:
        found.append(Problem(source, None, field, text, remedy, Severity.WARNING))

    if not budget.protected_minimum:
        note(
            "protected_minimum",
            Message("No protected minimum is entered."),
            Message("Take the local 低保 standard, a person and month, from its document."),
        )
    elif not budget.protected_source.strip():
        note(
            "protected_source",
            Message("The protected minimum has no document."),
            Message("Write the notice it was taken from, with city and year: without it nobody has to believe it."),
        )
    if budget.reserve_target and not budget.reserve_monthly:
        note(
            "reserve_monthly",
            Message("A reserve is to be built up, but nothing is laid aside for it."),
            Message("Write what can be laid aside each month, or take the target back."),
        )
    if budget.uncertain_share and not any(_is_uncertain(budget)):
        note(
            "uncertain_share",
            Message("A share of uncertain income counts, but no income is marked uncertain."),
            Message("Mark it in the table above, or write 0%."),
        )
    return found


def _is_uncertain(budget: Budget) -> list[bool]:
    return [i.kind is Kind.INCOME and i.regularity is Regularity.UNCERTAIN for i in budget.items]
