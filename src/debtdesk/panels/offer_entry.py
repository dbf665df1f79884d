"""What may be entered in the fields of a proposal: slips are refused before anything is computed of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from debtdesk.core.days import add_months
from debtdesk.core.debt import Debt
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Proposal
from debtdesk.locale import Message
from debtdesk.panels.offer_draft import amended

LONGEST_NAME = 60  # characters: more does not fit beside the others
YEARS_AHEAD = 50  # a day beyond them is a slip of the hand
DAYS = ("start", "first_due", "deadline", "carry_due")


def entered(
    draft: Proposal, changes: Mapping[str, Any], *, debts: Sequence[Debt], day: date, others: Collection[str]
) -> Proposal:
    """Return a proposal with some of its fields as entered, see `offer_draft.amended`.

    `debts` are those of the case, `day` is today in the case, `others` are the names of the other proposals.

    Raises
    ------
    Refused
        With what is wrong and how to mend it.
    """
    if "name" in changes:
        _check_name(changes["name"], others)
    if "start" in changes and changes["start"] < day:
        raise Refused(
            Message("The start {day} has passed.", day=changes["start"].isoformat()),
            Message("Write {day} or later.", day=day.isoformat()),
        )
    for name in DAYS:
        _check_day(changes.get(name), add_months(day, 12 * YEARS_AHEAD))
    accounts = changes.get("accounts", ())
    if accounts and not any(d.account in accounts for d in debts):
        raise Refused(Message("No debt is chosen."), Message("Tick at least one debt."))
    try:
        return amended(draft, changes)
    except Refused:
        raise
    except (ValueError, OverflowError):
        text = Message("This does not go together with the rest of the proposal.")
        raise Refused(text, Message("Write another value; the proposal stays as it was.")) from None


def _check_day(given: date | None, last: date) -> None:
    if given is not None and given > last:
        raise Refused(
            Message("The day {day} is too far off to be right.", day=given.isoformat()),
            Message("Write a day up to {last}.", last=last.isoformat()),
        )


def _check_name(name: str, others: Collection[str]) -> None:
    if len(name) > LONGEST_NAME:
        raise Refused(
            Message("The name has {n} characters.", n=len(name)),
            Message("Write a name of at most {most} characters; the note takes more.", most=LONGEST_NAME),
        )
    if not name:
        raise Refused(Message("The proposal has no name."), Message("Write a short name, for instance: target."))
    if name in others:
        raise Refused(Message("Another proposal is called “{name}”.", name=name), Message("Write another name."))
