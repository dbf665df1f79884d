"""What the search for plans knows: what can be paid a month, how far the search goes, and all plans it finds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import traitlets as t

from debtdesk.core.case import Case
from debtdesk.core.comparison import compare
from debtdesk.core.concession import Waiver
from debtdesk.core.effects import Effects, effects
from debtdesk.core.frontier import Point, Solution, solve
from debtdesk.core.limits import Limits, limits_of
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Proposal
from debtdesk.core.suppositions import SearchSettings, merged
from debtdesk.core.terms import Part
from debtdesk.locale import Message
from debtdesk.panels.offers_state import OffersState

PARTS = tuple(p.value for p in Part)
CHANGEABLE = ("step", "freezes", *PARTS)


class FrontierState(t.HasTraits):
    """The search beside the draft of the stage of offers.

    `typed` is what the client says can be paid each month, None for what the budget gives [fen]; `by_month` whether the
    budget's own months decide instead of one amount; `changed` the limits set by hand, by name: "step", "freezes", or a
    part for the most that is waived of it. The longest term is the `limit` of the stage's offers. Nothing is worked out
    before it is asked for.
    """

    typed = t.Int(None, allow_none=True)
    by_month = t.Bool(False)
    changed: t.Dict[str, Any] = t.Dict()

    def __init__(self, offers: OffersState) -> None:
        super().__init__()
        self.offers = offers
        self._found: Solution | None = None
        self._asked: object = None
        self._take(offers.case.suppositions.search or SearchSettings())
        offers.observe(lambda c: self._follow(c["old"], c["new"]), "case")

    def _follow(self, old: Case, new: Case) -> None:
        """Take up what another window kept; forget what was typed about somebody else."""
        theirs = new.suppositions.search or SearchSettings()
        if old.reference == new.reference:
            theirs = merged(old.suppositions.search or SearchSettings(), self.settings, theirs)
        self._take(theirs)

    @property
    def settings(self) -> SearchSettings:
        """What was entered of the search."""
        return SearchSettings(monthly=self.typed, by_month=self.by_month, **self.changed)

    def _take(self, settings: SearchSettings) -> None:
        self.typed, self.by_month = settings.monthly, settings.by_month
        given = {name: getattr(settings, name) for name in CHANGEABLE}
        self.changed = {name: value for name, value in given.items() if value is not None}

    # -- what is asked ------------------------------------------------------------------------------------------------

    @property
    def monthly(self) -> int:
        """What can be paid each month: as typed, else what the budget gives. [fen]"""
        return self.offers.room.level if self.typed is None else self.typed

    @property
    def base(self) -> Proposal | None:
        """The draft without what is searched for, so that only the rest of it makes a new search."""
        draft = self.offers.draft
        if draft is None:
            return None
        bare = replace(draft, name="", note="", size=None, installments=1, freezes=())
        return replace(bare, waiver=Waiver(time=draft.waiver.time))

    @property
    def rule(self) -> Limits:
        """The limits of the product, with their sources."""
        return limits_of(self.offers.case, self.base, on=self.offers.day)

    @property
    def limits(self) -> Limits:
        """The limits in use: those of the product but for what was set by hand."""
        rule = self.rule
        own = {k: v for k, v in self.changed.items() if k not in PARTS}
        shares = {Part(k): v for k, v in self.changed.items() if k in PARTS}
        longest = self.offers.limit or rule.longest
        return replace(rule, waived={**rule.waived, **shares}, longest=longest, **own)

    def limit(self, name: str) -> Any:
        """Return one limit in use by its name."""
        return _limit(self.limits, name)

    def set_limit(self, name: str, value: Any) -> None:
        """Set a limit by hand; the rule's own value takes the change back."""
        if name == "longest":
            self.offers.limit = None if value == self.rule.longest else value
            return
        others = {k: v for k, v in self.changed.items() if k != name}
        self.changed = others if value == _limit(self.rule, name) else {**others, name: value}

    def back(self) -> None:
        """Let all limits be those of the product again."""
        self.changed, self.offers.limit = {}, None

    @property
    def by_hand(self) -> frozenset[str]:
        """The names of the limits that are set by hand."""
        return frozenset(self.changed) | ({"longest"} if self.offers.limit is not None else set())

    # -- what is found ------------------------------------------------------------------------------------------------

    @property
    def stands(self) -> bool:
        """Whether what was found answers what is asked now."""
        return self._asked == self._question()

    def find(self) -> Solution | None:
        """Return all plans; searched for only where something has changed. None where the draft is for no debt.

        Raises
        ------
        Refused
            If no search can be made beside what the draft says.
        """
        asked = self._question()
        if self._asked != asked:
            self._found, self._asked = self._search(), asked
        return self._found

    def _question(self) -> tuple[object, ...]:
        monthly = None if self.by_month else self.monthly
        case = self.offers.case  # what else is kept with it makes no other search
        return (
            case.reference,
            case.debts,
            case.budget,
            self.offers.day,
            self.base,
            monthly,
            self.by_month,
            self.limits,
        )

    def _search(self) -> Solution | None:
        case, base = self.offers.case, self.base
        if not (case.covered(base) if base else case.debts):
            return None
        try:
            return solve(
                case, base, on=self.offers.day, monthly=self.monthly, by_month=self.by_month, limits=self.limits
            )
        except ValueError as problem:
            if isinstance(problem, Refused):
                raise
            raise Refused(
                Message("Beside the months without an installment in this proposal no search can be made."),
                Message("Take the uneven months out of the proposal, search, and set them again."),
            ) from None

    @property
    def lightest(self) -> Point | None:
        """The plan that takes least a month, the smallest concession of these; None before a search."""
        points = self._found.points if self._found else ()
        return min(points, key=lambda p: (p.monthly, p.concession, p.term), default=None)

    def short(self, point: Point) -> tuple[int, int]:
        """Return in how many months cash runs short under a plan, and by how much in the worst. [months, fen]"""
        (offer,) = compare(self.offers.case, [point.proposal], on=self.offers.day).offers
        cash = offer.capacity.cash(offer.paid_by_month)
        return offer.months_short, max(0, -min(cash))

    def take(self, point: Point) -> None:
        """Begin a new proposal with what a plan says.

        Raises
        ------
        Refused
            If there is a new proposal already that was not saved.
        """
        amount = f"{point.monthly / 100:,.2f}"
        name = str(Message("{amount} a month, {n} months", amount=amount, n=point.term))
        note = str(Message("Found on {day} by the search.", day=self.offers.day.isoformat()))
        self.offers.take(replace(point.proposal, note=note), name)

    def effects(self) -> Effects | None:
        """Return what one concession more or less would change of the draft; None where there is nothing to change."""
        draft = self.offers.draft
        if draft is None or draft in self.offers.stale or not self.offers.case.covered(draft):
            return None
        return effects(self.offers.case, draft, on=self.offers.day)


def _limit(limits: Limits, name: str) -> Any:
    return limits.waived.get(Part(name), Fraction(0)) if name in PARTS else getattr(limits, name)
