"""Presets: the conventions that are typical of a product, to be confirmed in the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from debtdesk.core.rates import Rate, parse_rate
from debtdesk.core.terms import Base, Compounding, DatedRate, Known, LateFee, Order, Terms
from debtdesk.data.products import product_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """What is typical of a product; the contract, the app page or the statement always wins.

    Parameters
    ----------
    key : str
        "huabei", "credit_card", …
    names : mapping
        The product's name in each language, "zh" and "en".
    aliases : tuple of str
        Other ways to write it.
    rate : Rate or None
        The usual overdue rate, where there is one.
    rate_range : tuple of Rate or None
        Lowest and highest rate met.
    penalty_factor : Fraction or None
        Where overdue interest is a multiple of the contract rate. [1]
    compounding, base, order, late_fee
        As on Terms.
    varies : tuple of str
        Conventions on which contracts of this product are known to differ, beside those that differ everywhere.
    dated : date
        The day of the source, or on which it was read.
    source, confidence, note : str
        Where it was read, how sure it is, and what to look for in the contract.
    """

    key: str
    names: Mapping[str, str]
    aliases: tuple[str, ...]
    rate: Rate | None
    rate_range: tuple[Rate, Rate] | None
    penalty_factor: Fraction | None
    compounding: Compounding
    base: Base
    order: Order
    late_fee: LateFee | None
    varies: tuple[str, ...]
    dated: date
    source: str
    confidence: str
    note: str

    def terms(self, rate: Rate, *, statement_day: int = 25, known: Known = Known.ASSUMED) -> Terms:
        """Return terms with the conventions of the product and a given overdue rate."""
        return Terms(
            rates=(DatedRate(None, rate),),
            compounding=self.compounding,
            base=self.base,
            order=self.order,
            late_fee=self.late_fee,
            statement_day=statement_day,
            known=known,
        )


@cache
def presets() -> Mapping[str, Preset]:
    """Return all presets by key; "other" stands for a product that is not in the table."""
    return {row["key"]: _preset(row) for row in product_rows()}


def _preset(row: Mapping[str, str]) -> Preset:
    low, high, share = row["rate_from"], row["rate_to"], row["late_fee_share"]
    return Preset(
        key=row["key"],
        names={"zh": row["zh"], "en": row["en"]},
        aliases=tuple(a for a in row["aliases"].split("|") if a),
        rate=parse_rate(row["rate"]) if row["rate"] else None,
        rate_range=(parse_rate(low), parse_rate(high)) if low and high else None,
        penalty_factor=Fraction(row["penalty_factor"]) if row["penalty_factor"] else None,
        compounding=Compounding(row["compounding"]),
        base=Base(row["base"]),
        order=Order(row["order"]),
        late_fee=LateFee(Fraction(share), minimum_share=Fraction(row["minimum_share"])) if share else None,
        varies=tuple(v for v in row["varies"].split("|") if v),
        dated=date.fromisoformat(row["dated"]),
        source=row["source"],
        confidence=row["confidence"],
        note=row["note"],
    )
