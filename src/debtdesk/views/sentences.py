"""Sentences: a result in words, as it stands in large type. They inform; they promise nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from debtdesk.core.capacity import Capacity
from debtdesk.core.case import Answer, Outcome
from debtdesk.core.comparison import Comparison, Offer
from debtdesk.core.money import Rounding, divide
from debtdesk.locale import Message
from debtdesk.views.words import day, money, months


def growth_sentence(now: int, then: int, n: int, language: str) -> str:
    """Return what is owed now and after n months if nothing is done, and what a month of waiting costs. [fen]"""
    if then == now:
        return Message(
            "If nothing is done, {now} stay {now} over {months}: nothing accrues under these terms.",
            now=money(now, language, whole=True),
            months=months(n, language),
        ).in_language(language)
    change = Message(
        "If nothing is done, {now} become {then} in {months}.",
        now=money(now, language, whole=True),
        then=money(then, language, whole=True),
        months=months(n, language),
    )
    if then < now:
        return change.in_language(language)
    each = money(divide(then - now, max(1, n), Rounding.HALF_UP), language, whole=True)
    cost = Message("Every month of waiting costs about {amount}.", amount=each)
    return _joined([change, cost], language)


def overtake_sentence(overtake: date | None, start: date, language: str, *, until: date | None = None) -> str:
    """Return when the charges exceed what was borrowed; nothing where the day is not known and no end was looked to."""
    if overtake is not None and overtake <= start:
        text = Message("The charges already exceed what was borrowed.")
    elif overtake is not None:
        text = Message("On {day} the charges overtake what was borrowed.", day=day(overtake, language))
    elif until is not None:
        text = Message("Until {day} the charges stay below what was borrowed.", day=day(until, language))
    else:
        return ""
    return text.in_language(language)


def payment_sentence(
    monthly: int, then: int, left: int, paid: int, until: date, language: str, *, cleared: date | None = None
) -> str:
    """Return what a monthly payment changes. [fen]

    Parameters
    ----------
    monthly : int
        What is paid each month. [fen]
    then, left : int
        Owed on the last day if nothing is done, and with the payment. [fen]
    paid : int
        Paid until then. [fen]
    until : date
        The last day looked at.
    cleared : date, optional
        The day on which nothing is owed any more.
    """
    each, day_shown = money(monthly, language, whole=True), day(until, language)
    if cleared is not None:
        text = Message(
            "With {each} a month all is paid on {day}, {paid} in all.",
            each=each,
            day=day(cleared, language),
            paid=money(paid, language, whole=True),
        )
    else:
        text = Message(
            "With {each} a month {paid} are paid by {day} and {left} are left, instead of {then}.",
            each=each,
            paid=money(paid, language, whole=True),
            day=day_shown,
            left=money(left, language, whole=True),
            then=money(then, language, whole=True),
        )
    return text.in_language(language)


def capacity_sentence(room: Capacity, language: str) -> str:
    """Return what the household can pay each month, and what was kept before."""
    n = len(room.months)
    if room.level <= 0:
        short = sum(x < 0 for x in room.left)
        if short:
            text = Message(
                "After living costs and reserve nothing is left for a regular installment; in {short} of {n} months "
                "the money does not reach.",
                short=short,
                n=n,
            )
        else:
            text = Message("After living costs and reserve nothing is left for a regular installment.")
        return text.in_language(language)
    first = Message(
        "After living costs and reserve the household can pay {amount} each month.",
        amount=money(room.level, language, whole=True),
    )
    cash = room.cash(room.level)
    low = min(range(n), key=lambda i: cash[i])
    places = {
        "month": day(room.months[low], language, long=True),
        "amount": money(cash[low], language, whole=True),
        "reserve": money(sum(room.reserve[: low + 1]), language, whole=True),
    }
    if any(room.reserve[: low + 1]):
        second = Message(
            "The tightest month is {month}: {amount} are then at hand, beside a reserve of {reserve}.", **places
        )
    else:
        second = Message("The tightest month is {month}: {amount} are then at hand.", **places)
    return _joined([first, second], language)


def comparison_sentence(comparison: Comparison, language: str) -> str:
    """Return which offers the household can pay in every month, and which not."""
    offers = comparison.offers
    if not offers:
        return Message("There is no offer to compare yet.").in_language(language)
    if not has_budget(offers[0]):
        return Message("There is no budget yet, so it is not known which offer the household can pay.").in_language(
            language
        )
    found: list[Message] = []
    if fitting := [o for o in offers if fits(o)]:
        found.append(
            Message(
                "The household can pay every month of: {names}.",
                names=_listed([o.proposal.name for o in fitting], language),
            )
        )
    if too_much := [o for o in offers if not fits(o)]:
        names = _listed([o.proposal.name for o in too_much], language)
        found.append(Message("It runs out of money with: {names}.", names=names))
    if (least := cheapest(fitting)) and len(fitting) > 1:
        found.append(
            Message(
                "Of those that fit, {name} asks for the least in all: {amount}.",
                name=least.proposal.name,
                amount=money(least.total, language, whole=True),
            )
        )
    return _joined(found, language)


def cheapest(offers: Sequence[Offer]) -> Offer | None:
    """Return the offer that asks for the least in all; None where several ask for the same, or there is none."""
    least = [o for o in offers if o.total == min(x.total for x in offers)]
    return least[0] if len(least) == 1 else None


def fits(offer: Offer) -> bool:
    """Return whether a budget is known and the household never runs out of money with an offer."""
    return has_budget(offer) and offer.fits


def has_budget(offer: Offer) -> bool:
    """Return whether anything is known of the household's income and living."""
    return any(offer.capacity.income) or any(offer.capacity.living)


def outcome_sentence(outcome: Outcome, language: str) -> str:
    """Return what the creditor answered on which day, and to what."""
    places = {"day": day(outcome.day, language), "name": outcome.proposal.name}
    text = {
        Answer.ACCEPTED: Message(
            "On {day} the creditor accepted “{name}”; what counts is the written agreement.", **places
        ),
        Answer.COUNTERED: Message("On {day} the creditor answered with another offer: “{name}”.", **places),
        Answer.REFUSED: Message("On {day} the creditor refused “{name}”.", **places),
        Answer.PENDING: Message("“{name}” was chosen on {day}; the creditor has not answered yet.", **places),
    }[outcome.answer]
    found = [text]
    if outcome.reason:
        found.append(Message("Reason: {reason}", reason=outcome.reason))
    return _joined(found, language)


def lead(*texts: str) -> str:
    """Return sentences as a paragraph in large type, escaped; a line each, empty ones left out."""
    return f"<p class='debtdesk-lead'>{'<br>'.join(escape(t) for t in texts if t)}</p>"


def _joined(texts: Sequence[Message], language: str) -> str:
    return ("" if language == "zh" else " ").join(t.in_language(language) for t in texts)


def _listed(names: Sequence[str], language: str) -> str:
    return ("、" if language == "zh" else ", ").join(names)
