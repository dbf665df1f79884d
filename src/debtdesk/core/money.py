"""Money as whole fen: reading it from text, rounding it by name, splitting it without loss."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import lcm

from debtdesk.core.problems import Refused
from debtdesk.locale import Message

LARGEST = 10**13  # 100 billion yuan: beyond any household, far below what int64 holds

_LONGEST = 40  # characters; the largest amount has far fewer
_PREFIX = r"(?:¥|CNY|RMB|人民币)?"
_NUMBER = r"(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<part>\d*))?"
_AMOUNT = re.compile(
    rf"(?P<sign>[+-]?){_PREFIX}{_NUMBER}(?P<scale>[万亿]?)(?:元|圆|yuan|CNY|RMB)?", re.IGNORECASE | re.ASCII
)
_SCALE = {"": 1, "万": 10**4, "亿": 10**8}


class Rounding(StrEnum):
    """How a fraction of a fen becomes a whole fen."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    DOWN = "down"

    __hash__ = str.__hash__  # looked up at every booking


def round_fen(amount: Fraction | int, mode: Rounding) -> int:
    """Return a whole number of fen. `amount` may have any denominator. [fen]"""
    return divide(amount.numerator, amount.denominator, mode)


def _half_even(numerator: int, denominator: int) -> int:
    whole, rest = divmod(numerator, denominator)
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1))


DIVIDERS: Mapping[Rounding, Callable[[int, int], int]] = {
    Rounding.DOWN: lambda n, d: n // d,
    Rounding.HALF_UP: lambda n, d: (2 * n + d) // (2 * d),
    Rounding.HALF_EVEN: _half_even,
}


def divide(numerator: int, denominator: int, mode: Rounding) -> int:
    """Return numerator / denominator as a whole number, rounded by name; the denominator is positive."""
    return DIVIDERS[mode](numerator, denominator)


def parse_amount(given: object, *, negative: bool = False) -> int:
    """Return the amount that a person typed or a spreadsheet holds. [fen]

    Understands ¥ and ￥, 元, thousands separators, full-width digits, 万 and 亿; at most two places after the point
    of a fen-exact amount. Anything else is refused in plain words.

    Parameters
    ----------
    given : str, int, float or Decimal
        As typed [yuan]; a float is taken only where it stands for a whole number of fen.
    negative : bool
        Whether an amount below zero is allowed.

    Raises
    ------
    Refused
        With what is wrong and what to write.
    """
    fen = _from_number(given) if isinstance(given, (int, float, Decimal)) else _from_text(str(given))
    if fen < 0 and not negative:
        raise Refused(
            Message("The amount {given} is below zero.", given=_shown(given)),
            Message("Write it without a minus sign."),
        )
    if abs(fen) > LARGEST:
        raise Refused(
            Message("The amount {given} is too large to be right.", given=_shown(given)),
            Message("Check the number of digits and the unit (yuan)."),
        )
    return fen


def _shown(given: object) -> str:
    text = "…" if isinstance(given, int) and abs(given) > LARGEST**2 else str(given).strip()
    return text if len(text) <= 40 else text[:39] + "…"


def _not_understood(given: object) -> Refused:
    if not str(given).strip() or given is None:
        return Refused(Message("The amount is empty."), Message("Write an amount in yuan, for instance 1234.56."))
    return Refused(
        Message("“{given}” is not an amount.", given=_shown(given)),
        Message("Write digits with at most two places, for instance 1234.56, 1,234.56 or 1.2万."),
    )


def _from_number(given: int | float | Decimal) -> int:
    if isinstance(given, bool):
        raise _not_understood(given)
    if isinstance(given, float):
        if given != given or abs(given) > LARGEST:
            raise _not_understood(given)
        fen = round(given * 100)
        if abs(given * 100 - fen) > 1e-6 * max(1.0, abs(given) * 1e-6):
            raise _below_a_fen(given)
        return fen
    if isinstance(given, Decimal) and not (given.is_finite() and -_LONGEST < given.adjusted() < _LONGEST):
        raise _not_understood(given)
    exact = Fraction(given) * 100
    if exact.denominator != 1:
        raise _below_a_fen(given)
    return exact.numerator


def _below_a_fen(given: object) -> Refused:
    return Refused(
        Message("The amount {given} has parts of a fen.", given=_shown(given)),
        Message("Write at most two places after the point."),
    )


def _from_text(given: str) -> int:
    text = unicodedata.normalize("NFKC", given).replace("\N{MINUS SIGN}", "-")
    text = "".join(text.split()) if not re.search(r"\d\s+\d", text) else text
    found = _AMOUNT.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise _not_understood(given)
    part = found["part"] or ""
    exact = Fraction(int(found["whole"].replace(",", "") + part), 10 ** len(part)) * 100 * _SCALE[found["scale"]]
    if exact.denominator != 1:
        raise _below_a_fen(given)
    return -exact.numerator if found["sign"] == "-" else exact.numerator


def yuan(fen: int) -> Decimal:
    """Return an amount in yuan with two places."""
    return Decimal(fen).scaleb(-2)


def split(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """Split an amount over weights and give out every fen. [fen]

    The largest remainder gets the next fen; equal remainders go to the earlier place.

    Raises
    ------
    ValueError
        If there is no weight, one is negative, or all are zero while there is something to split.
    """
    if not weights or any(w < 0 for w in weights):
        raise ValueError(f"weights {list(weights)} must be given and not negative")
    parts = _whole_weights(weights)
    whole = sum(parts)
    if whole == 0:
        if total:
            raise ValueError(f"total {total} cannot be split over weights that are all zero")
        return [0] * len(weights)
    shares = [total * p // whole for p in parts]
    short = total - sum(shares)
    if short:
        order = sorted(range(len(parts)), key=[-(total * p % whole) for p in parts].__getitem__)
        for i in order[:short]:
            shares[i] += 1
    return shares


def _whole_weights(weights: Sequence[int | Fraction]) -> Sequence[int]:
    if all([type(w) is int for w in weights]):  # noqa: C419 (a list is faster here)
        return weights  # type: ignore[return-value]
    scale = lcm(*(w.denominator for w in weights))
    return [w.numerator * (scale // w.denominator) for w in weights]
