"""Fields of a proposal: percentages, a share or an amount in one field, spans of days, what may stay empty."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from debtdesk.core.days import parse_day
from debtdesk.core.debt import Freeze
from debtdesk.core.money import parse_amount, yuan
from debtdesk.core.problems import Refused
from debtdesk.locale import Message
from debtdesk.panels.fields import Field, whole_number
from debtdesk.panels.offer_draft import Given

_UNIT = re.compile("元|圆|¥|万|亿|yuan|cny|rmb|人民币", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:至|到|~|–|—|\.\.|\bto\b|\s-\s)\s*")


def percent_text(share: Fraction) -> str:
    """Return a share in percent, with as many places as it has, at most six."""
    text = f"{round(Decimal(share.numerator * 100) / share.denominator, 6):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent_field(label: Message | str, value: Fraction = Fraction(0), *, unit: str = "%", **options: Any) -> Field:
    """Return a field for a share from 0 to 100 percent; its value is a fraction of one."""
    return Field(label, value, read=_percent(1), write=percent_text, unit=unit, width="90px", exact=True, **options)


def multiple_field(label: Message | str, value: Fraction = Fraction(1), **options: Any) -> Field:
    """Return a field for a multiple of something in percent, up to ten times; its value is a fraction of one."""
    return Field(label, value, read=_percent(10), write=percent_text, unit="%", exact=True, **options)


def _percent(most: int) -> Callable[[str], Fraction]:
    def read(text: str) -> Fraction:
        try:
            share = Fraction(parse_amount(text.replace("%", "").replace("％", "")), 10_000)
        except Refused:
            share = Fraction(-1)
        if not 0 <= share <= most:
            raise Refused(
                Message("“{given}” is not a percentage that fits here.", given=text.strip()[:20]),
                Message("Write a number from 0 to 100, for instance 50 or 12.5.")
                if most == 1
                else Message("Write a number from 0 to {most}, for instance 50 or 150.", most=100 * most),
            )
        return share

    return read


def given_field(label: Message | str, *, most: int = 1, **options: Any) -> Field:
    """Return a field for a share or an amount: "50%" or "1200元". A number alone is percent."""

    def read(text: str) -> Given:
        plain = unicodedata.normalize("NFKC", text).strip()
        if not plain:
            return Given()
        if _UNIT.search(plain):
            return Given(amount=parse_amount(plain))
        try:
            return Given(share=_percent(most)(plain))
        except Refused as refused:
            remedy = Message(
                "Write percent from 0 to {most}, or an amount with its unit: 50% or 1200元.", most=100 * most
            )
            raise Refused(refused.text, remedy) from None

    return Field(label, Given(), read=read, write=given_text, exact=True, tidy=True, **options)


def given_text(given: Given) -> str:
    """Return a share or an amount as it is typed in the language in use: "50%", "1,200.00 元"."""
    if given.amount:
        return str(Message("{amount} yuan", amount=f"{yuan(given.amount):,.2f}"))
    return f"{percent_text(given.share)}%"


def size_field(label: Message | str, **options: Any) -> Field:
    """Return a field for an amount above zero that may stay empty. [fen]"""

    def read(text: str) -> int | None:
        if not text.strip():
            return None
        if not (fen := parse_amount(text)):
            raise Refused(
                Message("An installment of 0 pays nothing."), Message("Write an amount, or leave the field empty.")
            )
        return fen

    return Field(label, None, read=read, write=_amount, unit=Message("yuan"), **options)


def step_field(label: Message | str, **options: Any) -> Field:
    """Return a field for the step to which installments are rounded, a fen at least. [fen]"""

    def read(text: str) -> int:
        if not (fen := parse_amount(text)):
            raise Refused(Message("Installments cannot be rounded to 0."), Message("Write 0.01 for the fen, or 1, 10."))
        return fen

    return Field(label, 1, read=read, write=_amount, unit=Message("yuan"), **options)


def _amount(fen: int) -> str:
    return f"{yuan(fen):,.2f}"


def day_of_month_field(label: Message | str, **options: Any) -> Field:
    """Return a field for a day of the month, 1 to 31, that may stay empty."""
    whole = whole_number(1, 31)

    def read(text: str) -> int | None:
        return whole(text) if text.strip() else None

    return Field(label, None, read=read, write=str, **options)


def spans_field(label: Message | str, **options: Any) -> Field:
    """Return a field for spans of days, several with a semicolon between; its value is a tuple of freezes."""

    def read(text: str) -> tuple[Freeze, ...]:
        pieces = re.split("[;；\n]", unicodedata.normalize("NFKC", text))
        return tuple(_span(piece.strip()) for piece in pieces if piece.strip())

    return Field(label, (), read=read, write=spans_text, placeholder="2026-12-01 – 2027-02-28", exact=True, **options)


def _span(text: str) -> Freeze:
    days = _BETWEEN.split(text)
    if len(days) != 2:
        raise Refused(
            Message("“{given}” does not name a first and a last day.", given=text[:40]),
            Message("Write both, for instance 2026-12-01 – 2027-02-28; several with a semicolon between."),
        )
    first, last = map(parse_day, days)
    if last < first:
        raise Refused(
            Message("{last} lies before {first}.", first=first.isoformat(), last=last.isoformat()),
            Message("Write the earlier day first."),
        )
    return Freeze(first, last)


def spans_text(freezes: tuple[Freeze, ...]) -> str:
    """Return spans of days as they are typed."""
    return "; ".join(f"{f.first.isoformat()} – {f.last.isoformat()}" for f in freezes)
