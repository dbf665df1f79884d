"""Balance: what is owed on a day, by part."""

from __future__ import annotations

from dataclasses import dataclass
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
