"""Balance: what is owed on a day, by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date

from debtdesk.core.terms import Known, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """What is owed on a day, by part. [fen]

    `as_of` is the day at whose end it stands; `source` where it was read; `credit` what was paid beyond the debt.
    """

    principal: int
    interest: int = 0
    penalty_interest: int = 0
    fees: int = 0
    credit: int = 0
    as_of: date
    source: str = ""
    known: Known = Known.COMPUTED

    def __post_init__(self) -> None:
        if self.principal < 0 or self.interest < 0 or self.penalty_interest < 0 or self.fees < 0 or self.credit < 0:
            for name in ("principal", "interest", "penalty_interest", "fees", "credit"):
                if getattr(self, name) < 0:
                    raise ValueError(f"{name} {getattr(self, name)} is below zero")

    @property
    def total(self) -> int:
        """All four parts. [fen]"""
        return self.principal + self.interest + self.penalty_interest + self.fees

    @property
    def charges(self) -> int:
        """All that is not principal. [fen]"""
        return self.total - self.principal

    def part(self, part: Part) -> int:
        """Return one part. [fen]"""
        return int(getattr(self, part.value))


# The setters of the slots themselves: a frozen record sets its fields by name, which takes three times as long, and a
# debt is shown on dozens of days at every move of a slider.
_principal, _interest, _penalty_interest, _fees, _credit, _as_of, _source, _known = (
    getattr(Balance, f.name).__set__ for f in fields(Balance)
)


def balance_of_parts(parts: Sequence[int], credit: int, as_of: date, source: str, known: Known) -> Balance:
    """Return `Balance` of the four parts in their order [fen], the same as by its fields and faster."""
    made = object.__new__(Balance)
    principal, interest, penalty_interest, fees = parts
    _principal(made, principal)
    _interest(made, interest)
    _penalty_interest(made, penalty_interest)
    _fees(made, fees)
    _credit(made, credit)
    _as_of(made, as_of)
    _source(made, source)
    _known(made, known)
    made.__post_init__()
    return made
