"""Confidence: how each figure of a debt is known, and which may not stand in a letter yet."""

from __future__ import annotations

from dataclasses import dataclass

from debtdesk.core.chain import Standing, entitlement
from debtdesk.core.debt import Debt
from debtdesk.core.problems import Problem, Severity
from debtdesk.core.terms import Known, Part
from debtdesk.locale import Message

_WEAKEST = (Known.ASSUMED, Known.TOLD, Known.COMPUTED, Known.SEEN)


@dataclass(frozen=True, slots=True)
class FigureKnown:
    """A figure of a debt by its name ("principal", "rate", "future", …) and how it is known."""

    name: str
    known: Known


def figures(debt: Debt) -> tuple[FigureKnown, ...]:
    """Return how each figure of a debt is known: its parts, its rate, and what is computed onward from them.

    What is computed is "computed" where balance and terms were seen; else it is as weak as the weaker of the two.
    """
    parts = tuple(FigureKnown(p.value, debt.balance.known) for p in Part if debt.balance.part(p))
    weaker = min(debt.balance.known, debt.terms.known, key=_WEAKEST.index)
    onward = Known.COMPUTED if weaker is Known.SEEN else weaker
    return (*parts, FigureKnown("rate", debt.terms.known), FigureKnown("future", onward))


def fit_for_letters(debt: Debt) -> list[Problem]:
    """Return which figures of a debt may not go into a letter yet, why, and how that is mended; empty if all may.

    An error keeps the figure out; a warning asks for a look.
    """
    found: list[Problem] = []

    def note(field: str, text: Message, remedy: Message, severity: Severity = Severity.ERROR) -> None:
        found.append(Problem(debt.account, None, field, text, remedy, severity))

    if debt.balance.known is not Known.SEEN:
        note(
            "amount",
            Message("The amounts were not seen on a document."),
            Message("Look at a statement or the app page, and write where they were seen."),
        )
    elif not debt.balance.source.strip():
        note(
            "source",
            Message("It is not written where the amounts were seen."),
            Message("Write the statement, page or report, with its day."),
            Severity.WARNING,
        )
    if debt.terms.known is not Known.SEEN:
        note(
            "rate",
            Message("Rate and conventions were not seen on a document, so nothing computed with them may be stated."),
            Message("Confirm them in the contract, the app page or a statement, or give the result as an estimate."),
        )
    if entitlement(debt).standing is not Standing.PROVEN:
        note(
            "creditor",
            Message("It is not shown who may claim the debt, so a letter has no addressee yet."),
            Message("Complete the chain of creditors, with proof of each step."),
        )
    if any(not p.note.strip() for p in debt.payments):
        note(
            "payment",
            Message("Some payments have no proof."),
            Message("Write where each payment can be seen, or leave it out of the letter."),
            Severity.WARNING,
        )
    return found
