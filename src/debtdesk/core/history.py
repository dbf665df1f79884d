"""History: what in the dates of a debt cannot be right, or needs a second look; nothing of it is dropped."""

from __future__ import annotations

from dataclasses import replace

from debtdesk.core.debt import Debt, union
from debtdesk.core.problems import Problem, Severity
from debtdesk.core.projection import balances_on
from debtdesk.locale import Message


def history_problems(debt: Debt) -> tuple[Problem, ...]:
    """Return what to look at in the history of a debt, each with what to do about it."""
    found = []
    origin, end = debt.origin, debt.balance.as_of
    if origin is None:
        found.append(
            _problem(
                debt,
                "origin",
                Message("It is not known where the history begins, so nothing can be recomputed."),
                Message(
                    "Write the principal owed at default and the day it was due, from the contract or a statement."
                ),
            )
        )
    elif origin.as_of > end:
        found.append(
            _problem(
                debt,
                "origin",
                Message("The history begins on {start}, after the balance of {end}.", start=origin.as_of, end=end),
                Message("Check the two days."),
            )
        )
    else:
        found += _of_payments(debt)
    if len(union(debt.freezes)) < len(debt.freezes):
        found.append(
            _problem(
                debt,
                "freezes",
                Message("Freezes overlap or touch; each day in them counts once."),
                Message("Check their first and last days."),
            )
        )
    return tuple(found)


def _of_payments(debt: Debt) -> list[Problem]:
    assert debt.origin is not None
    begin, end = debt.origin.as_of, debt.balance.as_of
    found = [
        _problem(
            debt,
            "payments",
            Message("The payment of {day} lies before the debt began on {start}.", day=p.day, start=begin),
            Message("Check the day; if it is right, begin the history earlier. It is not counted until then."),
        )
        for p in debt.payments
        if p.day <= begin
    ]
    ours = balances_on(replace(debt, balance=debt.origin), (end,))[0]
    if ours.credit:
        found.append(
            _problem(
                debt,
                "payments",
                Message(
                    "More was paid than was owed: {credit} yuan stand as a credit.", credit=f"{ours.credit / 100:,.2f}"
                ),
                Message("Check the payments; if they are right, ask for the credit to be paid back or counted."),
            )
        )
    return found


def _problem(debt: Debt, field: str, text: Message, remedy: Message) -> Problem:
    return Problem(debt.account, None, field, text, remedy, Severity.WARNING)
