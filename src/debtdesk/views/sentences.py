"""Sentences: a result in words, as it stands in large type. They inform; they promise nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from debtdesk.core.capacity import Capacity
from debtdesk.core.comparison import Offer
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


def lead(*texts: str) -> str:
    """Return sentences as a paragraph in large type, escaped; a line each, empty ones left out."""
    return f"<p class='debtdesk-lead'>{'<br>'.join(escape(t) for t in texts if t)}</p>"


def _joined(texts: Sequence[Message], language: str) -> str:
    return ("" if language == "zh" else " ").join(t.in_language(language) for t in texts)
