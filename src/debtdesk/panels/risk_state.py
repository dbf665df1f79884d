"""What the card of a second default knows: the assumed chances, the level chosen, and what follows. No widget."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

import traitlets as t

from debtdesk.core.budget import Budget
from debtdesk.core.capacity import capacity
from debtdesk.core.case import Case
from debtdesk.core.comparison import Offer
from debtdesk.core.draws import SEED, Chances, Draws, chance_problems, draw
from debtdesk.core.problems import Refused
from debtdesk.core.risk import Fan, Measure, Reserve, Risk, Risks, fan, largest_installment, least_reserve, risk
from debtdesk.core.suppositions import RiskSettings, merged
from debtdesk.core.terms import Known
from debtdesk.panels.offers_state import OffersState

SETTINGS = tuple(f.name for f in fields(RiskSettings))
_YEAR = 12


@dataclass(frozen=True, slots=True)
class Relief:
    """How one proposal goes, and what would bring its risk to the level. [fen]

    `reserve` is how much more at hand at the start, `installment` the largest level one over the same months; None
    where none that was looked at does.
    """

    risk: Risk
    fan: Fan
    reserve: int | None
    installment: int | None


class RiskState(t.HasTraits):
    """The risk of each proposal on the same drawn ways.

    `chances` is how uncertain the months are, `known` how that is known and `source` where it is from; `level` the
    share of years, or of plans by `measure`, that is still borne; `tolerated` how many months without cash do not
    count yet [months]; `reserve` whether what is laid aside helps out; `name` the proposal looked at, "" for the one
    worked on.
    """

    chances = t.Instance(Chances)
    source = t.Unicode("")
    level = t.Instance(Fraction)
    measure = t.UseEnum(Measure, default_value=Measure.YEAR)
    tolerated = t.Int(0)
    reserve = t.UseEnum(Reserve, default_value=Reserve.USED)
    seed = t.Int(SEED)
    name = t.Unicode("")

    def __init__(self, offers: OffersState) -> None:
        self.offers = offers
        settings = offers.case.suppositions.risk or RiskSettings()
        super().__init__(**{name: getattr(settings, name) for name in SETTINGS})
        offers.observe(lambda c: self._follow(c["old"], c["new"]), "case")

    def _follow(self, old: Case, new: Case) -> None:
        """Take up what another window kept; forget what was supposed of somebody else."""
        theirs = new.suppositions.risk or RiskSettings()
        if old.reference == new.reference:
            theirs = merged(old.suppositions.risk or RiskSettings(), self.settings, theirs)
        with self.hold_trait_notifications():
            for name in SETTINGS:
                setattr(self, name, getattr(theirs, name))

    # -- what is there ------------------------------------------------------------------------------------------------

    @property
    def settings(self) -> RiskSettings:
        """What was entered."""
        return RiskSettings(**{name: getattr(self, name) for name in SETTINGS})

    @property
    def known(self) -> Known:
        """How the chances are known."""
        return self.chances.known

    @property
    def rows(self) -> tuple[Offer, ...]:
        """The offers that have a risk: all that are compared, where there is a budget."""
        comparison = self.offers.comparison
        return comparison.offers if comparison is not None and self.offers.has_budget else ()

    @property
    def chosen(self) -> Offer | None:
        """The offer looked at."""
        names = {o.proposal.name: o for o in self.rows}
        if self.name in names:
            return names[self.name]
        draft = self.offers.draft
        return names.get(draft.name) if draft is not None else None

    def risks(self) -> Risks:
        """Return the risk of each proposal, all on the same draws."""
        draws = self._draws()
        return Risks(tuple(self._risk(draws, o) for o in self.rows) if draws is not None else ())

    def relief(self) -> Relief | None:
        """Return how the chosen proposal goes and what would bring its risk to the level."""
        offer, draws = self.chosen, self._draws()
        if offer is None or draws is None:
            return None
        return _relief(
            draws, offer.paid_by_month, offer.proposal.name, self.level, self.measure, self.tolerated, self.reserve
        )

    def _risk(self, draws: Draws, offer: Offer) -> Risk:
        return _reckoned(draws, offer.paid_by_month, offer.proposal.name, self.tolerated, self.reserve)

    def _draws(self) -> Draws | None:
        """Return the drawn ways: whole years of them, so that a month more does not draw anew."""
        if not self.rows:
            return None
        longest = max(len(o.capacity.months) for o in self.rows)
        start = self.rows[0].capacity.months[0]
        return _drawn(self.offers.case.budget, start, -(-longest // _YEAR) * _YEAR, self.chances, self.seed)

    # -- from the screen ----------------------------------------------------------------------------------------------

    def suppose(self, **changes: Any) -> None:
        """Change what is assumed of the months, by the names of `Chances`.

        Raises
        ------
        Refused
            Where it cannot be so; the last good assumptions stay.
        """
        self.check(**changes)
        self.chances = replace(self.chances, **changes)

    def check(self, **changes: Any) -> None:
        """Raise Refused where an assumption cannot be so."""
        for problem in chance_problems(changes):
            raise Refused(problem.text, problem.remedy)

    def tell_offers(self) -> None:
        """Give the comparison the risk of each proposal: the share of years in which it breaks. [1/year]"""
        self.offers.risks = {r.name: r.yearly for r in self.risks().rows}


@lru_cache(maxsize=3)
def _drawn(budget: Budget, start: date, months: int, chances: Chances, seed: int) -> Draws:
    room = capacity(budget, start=start, months=months)
    return draw(budget, start=start, months=months, chances=chances, seed=seed, room=room)


@lru_cache(maxsize=64)
def _reckoned(draws: Draws, paid: tuple[int, ...], name: str, tolerated: int, reserve: Reserve) -> Risk:
    return risk(draws, paid, name=name, tolerated=tolerated, reserve=reserve)


@lru_cache(maxsize=8)
def _relief(
    draws: Draws,
    paid: tuple[int, ...],
    name: str,
    level: Fraction,
    measure: Measure,
    tolerated: int,
    reserve: Reserve,
) -> Relief:
    options: dict[str, Any] = {"measure": measure, "tolerated": tolerated, "reserve": reserve}
    return Relief(
        _reckoned(draws, paid, name, tolerated, reserve),
        fan(draws, paid, reserve=reserve),
        least_reserve(draws, paid, level, **options),
        largest_installment(draws, len(paid), level, **options),
    )
