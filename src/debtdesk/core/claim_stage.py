"""Stage of a claim: how far the creditor has gone with a debt, and the days a court has set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ClaimStage(StrEnum):
    """How far the creditor has gone: reminders, mediation, a suit, a judgment, its enforcement."""

    REMINDER = "reminder"
    MEDIATION = "mediation"
    SUED = "sued"
    JUDGED = "judged"
    ENFORCEMENT = "enforcement"

    @property
    def before_court(self) -> bool:
        """Whether a court's days come before everything else."""
        return self in (ClaimStage.SUED, ClaimStage.JUDGED, ClaimStage.ENFORCEMENT)

    @property
    def judged(self) -> bool:
        """Whether a judgment or a mediation statement of a court stands."""
        return self in (ClaimStage.JUDGED, ClaimStage.ENFORCEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class CourtDays:
    """What a court's papers say; None or zero where it is not known.

    Parameters
    ----------
    court, number : str
        The court, and the number of the case.
    served : date or None
        When the papers came.
    answer_by, hearing : date or None
        The days the court has set, as its papers say.
    judged : date or None
        When the judgment took effect.
    pay_by : date or None
        The last day the judgment gives for payment.
    unpaid : int
        What is still unpaid of the sum adjudged, without the general interest. [fen]
    """

    court: str = ""
    number: str = ""
    served: date | None = None
    answer_by: date | None = None
    hearing: date | None = None
    judged: date | None = None
    pay_by: date | None = None
    unpaid: int = 0

    def __post_init__(self) -> None:
        if self.unpaid < 0:
            raise ValueError(f"unpaid {self.unpaid} is below zero")
