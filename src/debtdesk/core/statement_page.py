"""Statement page: the amounts of a debt as the app's page splits them, and the balance they add up to."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date

from debtdesk.core.balance import Balance
from debtdesk.core.terms import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """One line of the page: principal, interest and fee. [fen]"""

    principal: int = 0
    interest: int = 0
    fee: int = 0

    def __post_init__(self) -> None:
        for f in fields(self):
            if getattr(self, f.name) < 0:
                raise ValueError(f"{f.name} {getattr(self, f.name)} is below zero")

    @property
    def total(self) -> int:
        """The whole line. [fen]"""
        return self.principal + self.interest + self.fee


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """What the app's page shows of a debt on a day.

    Parameters
    ----------
    billed, next, future : Split
        Of the bill now due, of the next one, and of those after it; nothing that is overdue.
    overdue : Split
        What is overdue, without penalty.
    penalty_on_principal, penalty_on_fee : int
        Penalty interest on overdue principal and on overdue fees. [fen]
    day : date
    source : str
        Where it was read.
    known : Known
    """

    billed: Split = Split()
    next: Split = Split()
    future: Split = Split()
    overdue: Split = Split()
    penalty_on_principal: int = 0
    penalty_on_fee: int = 0
    day: date
    source: str = ""
    known: Known = Known.TOLD

    def __post_init__(self) -> None:
        for name in ("penalty_on_principal", "penalty_on_fee"):
            if getattr(self, name) < 0:
                raise ValueError(f"{name} {getattr(self, name)} is below zero")

    @property
    def lines(self) -> tuple[Split, ...]:
        """The four lines, in the order of the page."""
        return (self.billed, self.next, self.future, self.overdue)

    @property
    def total(self) -> int:
        """All that stands on the page. [fen]"""
        return sum(line.total for line in self.lines) + self.penalty_on_principal + self.penalty_on_fee

    def balance(self) -> Balance:
        """Return the same amount by part; what is not due yet counts with the rest, and no fen is lost."""
        return Balance(
            principal=sum(line.principal for line in self.lines),
            interest=sum(line.interest for line in self.lines),
            penalty_interest=self.penalty_on_principal + self.penalty_on_fee,
            fees=sum(line.fee for line in self.lines),
            as_of=self.day,
            source=self.source,
            known=self.known,
        )
