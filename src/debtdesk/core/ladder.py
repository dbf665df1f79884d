"""Ladder: what is asked for first, what is aimed at and where to stop, and the choice that was made in the end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from debtdesk.core.proposal import Proposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """One step of the ladder: the whole proposal as it stood, and why it stands there."""

    proposal: Proposal
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trade:
    """What may be given for what: "500 more paid down" for "penalty interest waived at signing"."""

    given: str
    gained: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The offers prepared before a call: never changed, followed by another.

    `day` is when it was recorded, before the talk it is for; beyond `walk_away` nothing is agreed to, whatever is said
    on the telephone; `trades` what to give for what on the way between them.
    """

    day: date
    opening: Rung
    target: Rung
    walk_away: Rung
    trades: tuple[Trade, ...] = ()
    note: str = ""

    @property
    def rungs(self) -> tuple[Rung, Rung, Rung]:
        """Opening, target and walk-away, in this order."""
        return self.opening, self.target, self.walk_away


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedOffer:
    """One row of a comparison as it was seen: amounts in fen, rates and shares rounded to millionths.

    `yearly_cost` and `share_of_capacity` are None where there is none, `dominated` whether another offer was better.
    """

    name: str
    total: int
    monthly: int
    months: int
    end: date
    waived: int
    conditional: int = 0
    months_short: int = 0
    yearly_cost: Fraction | None = None
    share_of_capacity: Fraction | None = None
    dominated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen, why and when, and what it was compared with: never changed, followed by another.

    `nothing` is what doing nothing would have come to on `horizon`. [fen]
    """

    day: date
    proposal: Proposal
    reason: str
    compared: tuple[ComparedOffer, ...] = ()
    nothing: int = 0
    horizon: date | None = None

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("reason must not be empty")
