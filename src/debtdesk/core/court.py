"""Court: what a suit and a judgment cost, and until when enforcement may be applied for.

Notes
-----
诉讼费用交纳办法 13 (the scale), 15 and 16 (half on mediation, withdrawal, simple procedure); 迟延履行利息解释 (2014) 1;
民事诉讼法 (2023) 250.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from debtdesk.core.days import add_years
from debtdesk.core.money import Rounding, round_fen
from debtdesk.data import rules
from debtdesk.data.court_fee import scale


def court_fee(claim: int, *, half: bool = False) -> int | None:
    """Return the court fee of a claim; None above the part of the scale that was read. [fen]

    Parameters
    ----------
    claim : int
        The sum claimed. [fen]
    half : bool
        As on mediation, withdrawal or in the simple procedure.
    """
    if claim <= 0:
        raise ValueError(f"claim {claim} must be above zero")
    steps = scale()
    if claim > steps[-1].up_to:
        return None
    fee = sum((s.flat + s.rate * (min(claim, s.up_to) - s.above) for s in steps if claim > s.above), start=Fraction(0))
    return round_fen(fee / 2 if half else fee, Rounding.HALF_UP)


def delay_interest(unpaid: int, *, pay_by: date, on: date) -> int:
    """Return the double part of the delay interest up to the end of a day. [fen]

    Parameters
    ----------
    unpaid : int
        What is unpaid of the sum adjudged, without the general interest, the same over all these days. [fen]
    pay_by : date
        The last day the judgment gave for payment; the days after it count.

    Raises
    ------
    ValueError
        If the sum is negative.
    LookupError
        If there is no rate for the day.
    """
    if unpaid < 0:
        raise ValueError(f"unpaid {unpaid} is below zero")
    rule = rules.on(on, "delay_interest")
    if rule is None:
        raise LookupError(f"no rate of delay interest on {on}")
    days = max(0, (on - pay_by).days)
    return round_fen(Fraction(rule.value) * unpaid * days, Rounding.HALF_UP)


def enforcement_until(pay_by: date) -> date:
    """Return the day until which enforcement may be applied for: two years from the last day to pay.

    It may be interrupted or suspended, so the day is "about".
    """
    years = next(r for r in rules.rules() if r.id == "enforcement_years")
    return add_years(pay_by, int(years.value))
