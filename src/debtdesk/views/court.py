"""A court's dates and costs in words, for a debt that is sued for or judged."""

from __future__ import annotations

from datetime import date

from debtdesk.core.court import court_fee, delay_interest, enforcement_until
from debtdesk.core.debt import Debt
from debtdesk.locale import Message
from debtdesk.views.words import money


def court_sentences(debt: Debt, language: str, *, on: date) -> list[Message]:
    """Return what to know about a debt before a court; nothing while it is not."""
    if not debt.stage.before_court:
        return []
    said = [
        Message(
            "The court's dates come first: keep every day in its papers, and take advice (lawyer, legal aid, 12348). "
            "General requests to the creditor wait."
        )
    ]
    days = debt.court
    if days is not None and days.answer_by:
        said.append(Message("Answer to the court by {day}.", day=days.answer_by.isoformat()))
    if days is not None and days.hearing:
        said.append(Message("Hearing on {day}.", day=days.hearing.isoformat()))
    fee = court_fee(debt.balance.total) if debt.balance.total else None
    if not debt.stage.judged and fee is not None:
        half = court_fee(debt.balance.total, half=True) or 0
        said.append(
            Message(
                "Court fee on {sum}: {fee}; half, {half}, if mediated or withdrawn (诉讼费用交纳办法 art. 13, 15).",
                sum=money(debt.balance.total, language),
                fee=money(fee, language),
                half=money(half, language),
            )
        )
    if days is not None and debt.stage.judged and days.pay_by:
        if days.unpaid:
            owed = delay_interest(days.unpaid, pay_by=days.pay_by, on=on)
            said.append(
                Message(
                    "Double part of the delay interest on {sum} since {day}: {owed} up to {on} (0.0175% a day), if "
                    "nothing was paid meanwhile.",
                    sum=money(days.unpaid, language),
                    day=days.pay_by.isoformat(),
                    owed=money(owed, language),
                    on=on.isoformat(),
                )
            )
        said.append(
            Message(
                "Enforcement may be applied for until about {day} (民事诉讼法 art. 250: two years).",
                day=enforcement_until(days.pay_by).isoformat(),
            )
        )
    return said
