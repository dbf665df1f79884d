"""What the stage of offers knows: the proposals kept, the one being worked on, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Any

import traitlets as t

from debtdesk.core.budget import Budget
from debtdesk.core.capacity import Capacity, capacity
from debtdesk.core.case import Answer, Case, Outcome
from debtdesk.core.comparison import HORIZON_MONTHS, Comparison, Offer, comparable, compare
from debtdesk.core.days import add_months
from debtdesk.core.limits import bank_standard, first_due_after_pay_day, limits_of
from debtdesk.core.problems import Problem, Refused, Severity
from debtdesk.core.proposal import Proposal, Role, Waiver
from debtdesk.core.proposal_check import problems_of
from debtdesk.core.rates import Rate
from debtdesk.core.solver import least_installments, with_installments
from debtdesk.core.suppositions import OfferSettings, merged
from debtdesk.locale import Message
from debtdesk.panels.floor_card import override_of
from debtdesk.panels.offer_draft import in_one_sum, renewed
from debtdesk.panels.offer_entry import entered

CARD = "credit_card"
MANY = 500  # forms of proposals whose problems are remembered


class OffersState(t.HasTraits):
    """The proposals side by side, one of them a draft that is being worked on.

    `place` is the place of the draft among the proposals, one past the last for a new one; `draft` what its fields say,
    as far as it goes together; `comparison` what follows for all that can be computed, None where there is nothing to
    compare: of a draft that cannot be, the last form that could; `limit` the longest term as set by hand, None for what
    the rule of the product says [months]. Changes of other proposals that were not saved are set aside until they are
    picked again. `risks` holds the risk of each proposal by its name, as far as it was worked out [1/year];
    `value_rate` at which payments are worth something to a creditor, None for the last one-year LPR; `order` the figure
    that puts the offers in order, empty for as entered, `downwards` whether the largest comes first, `whole` whether
    every figure is shown.
    """

    case = t.Instance(Case)
    day = t.Instance(date)
    place = t.Int(0)
    draft = t.Instance(Proposal, allow_none=True)
    limit = t.Int(None, allow_none=True)
    comparison = t.Instance(Comparison, allow_none=True)
    risks = t.Dict()
    value_rate = t.Instance(Rate, allow_none=True)
    order = t.Unicode("")
    downwards = t.Bool(False)
    whole = t.Bool(False)

    def __init__(self, case: Case, day: date) -> None:
        self._aside: dict[str | None, Proposal] = {}
        self._asked: tuple[object, ...] = ()
        self._found: dict[Proposal, tuple[Problem, ...]] = {}
        self._found_for: tuple[object, ...] = ()
        self._good: tuple[object, Proposal] | None = None
        super().__init__(case=case, day=day)
        self._take(case.suppositions.offers or OfferSettings())
        roles = [p.role for p in case.proposals]
        self.pick(roles.index(Role.TARGET) if Role.TARGET in roles else 0)

    # -- what is there ------------------------------------------------------------------------------------------------

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """The proposals as they stand on the screen, changes that were not saved included."""
        shown = [self._aside.get(p.name, p) for p in self.case.proposals]
        if None in self._aside:
            shown.append(self._aside[None])
        if self.draft is not None:
            shown[self.place : self.place + 1] = [self.draft]
        return tuple(shown)

    @property
    def kept(self) -> Proposal | None:
        """The draft's proposal as it was last saved; None for a new one."""
        return self.case.proposals[self.place] if self.place < len(self.case.proposals) else None

    @property
    def changed(self) -> bool:
        """Whether the draft differs from what was saved."""
        return self.draft is not None and self.draft != self.kept

    @property
    def unsaved(self) -> tuple[Proposal, ...]:
        """The proposals on the screen that differ from what was saved."""
        return tuple(p for p in self.proposals if p not in self.case.proposals)

    def problems(self, proposal: Proposal | None = None) -> tuple[Problem, ...]:
        """Return what is wrong with a proposal, the draft if none is named; errors keep it from being compared."""
        proposal = self.draft if proposal is None else proposal
        if proposal is None or not self.case.debts:
            return ()
        asked = (self.case, self.day, self.limit)
        if asked != self._found_for or len(self._found) > MANY:
            self._found, self._found_for = {}, asked
        if proposal not in self._found:
            limits = limits_of(self.case, proposal, on=self.day)
            if self.limit is not None:
                limits = replace(limits, longest=self.limit)
            self._found[proposal] = tuple(problems_of(self.case, proposal, on=self.day, limits=limits))
        return self._found[proposal]

    def errors(self, proposal: Proposal | None = None) -> tuple[Problem, ...]:
        """Return those of its problems that keep a proposal from being compared."""
        return tuple(p for p in self.problems(proposal) if p.severity is Severity.ERROR)

    @property
    def stale(self) -> tuple[Proposal, ...]:
        """The proposals that cannot be compared as they stand."""
        return tuple(p for p in self.proposals if self.errors(p))

    @property
    def good(self) -> Proposal | None:
        """The form of the draft that is computed: its own, or the last one that could be; None where none could."""
        if self.draft is not None and not self.errors():
            return self.draft
        if self._good is None or self._good[0] != self._who() or self.errors(self._good[1]):
            return None
        return self._good[1]

    def _who(self) -> object:
        return self.place, self.kept.name if self.kept else None

    @property
    def offer(self) -> Offer | None:
        """What the draft comes to, in the form that is computed."""
        good = self.good
        if self.comparison is None or good is None:
            return None
        return next((o for o in self.comparison.offers if o.proposal == good), None)

    @property
    def room(self) -> Capacity:
        """What the household can pay over the next five years, the reserve laid aside."""
        return _room(self.case.budget, self.day, True)

    @property
    def room_without_reserve(self) -> Capacity:
        """The same if nothing were laid aside."""
        return _room(self.case.budget, self.day, False)

    @property
    def has_budget(self) -> bool:
        """Whether a budget has been entered."""
        return bool(self.case.budget.items)

    @property
    def covers_card(self) -> bool:
        """Whether the draft is for a credit card."""
        return self.draft is not None and self._has_card(self.draft)

    def _has_card(self, proposal: Proposal) -> bool:
        return any(d.product == CARD for d in self.case.covered(proposal))

    @property
    def too_long(self) -> bool:
        """Whether the draft asks for more months than a card may have."""
        return self.draft is not None and self.covers_card and self.draft.installments > self.longest

    @property
    def longest(self) -> int:
        """The longest term that is looked at: as set by hand, else by the rule of the draft's debts. [months]"""
        return self.limit or limits_of(self.case, self.draft, on=self.day).longest

    @property
    def fitting(self) -> int | None:
        """The least number of installments that fits the capacity, everything else as in the draft."""
        if self.draft is None or self.errors() or not self.case.covered(self.draft):
            return None
        return least_installments(self.case, self.draft, self.room.level, longest=self.longest)

    # -- working on it ------------------------------------------------------------------------------------------------

    def pick(self, place: int) -> None:
        """Work on another proposal; changes of the draft that were not saved are set aside."""
        if self.changed and self.draft is not None:
            self._aside[self.kept.name if self.kept else None] = self.draft
        kept = self.case.proposals
        with self.hold_trait_notifications():
            self.place = min(max(place, 0), max(0, len(kept) - (None not in self._aside)))
            name = kept[self.place].name if self.place < len(kept) else None
            self.draft = self._aside.pop(name, kept[self.place] if self.place < len(kept) else None)

    def undo(self) -> None:
        """Drop what was changed on the draft and not saved; a new one goes."""
        kept = self.case.proposals
        with self.hold_trait_notifications():
            if self.kept is None:
                self.place = max(0, len(kept) - 1)
            self.draft = kept[self.place] if kept else None

    def new(self, name: str) -> None:
        """Begin another proposal: 36 installments without interest, penalty interest and fees waived."""
        waiver = Waiver(penalty_interest=Fraction(1), fees=Fraction(1))
        self._begin(
            Proposal(
                name=self._free(name),
                role=Role.TARGET if not self.case.proposals else Role.OTHER,
                waiver=waiver,
                start=self.day,
                first_due=add_months(self.day, 1),
                installments=36,
            )
        )

    def copy(self, name: str) -> None:
        """Begin another proposal like the draft."""
        if self.draft is not None:
            self._begin(replace(self.draft, name=self._free(name), role=Role.OTHER))

    def bank_standard(self, name: str) -> None:
        """Begin what the card rule lets a bank agree to, for the cards of the case."""
        self._begin(bank_standard(self.case, on=self.day, name=self._free(name)))

    def one_sum(self, name: str) -> None:
        """Begin another proposal like the draft that is paid at once."""
        if self.draft is not None:
            self._begin(in_one_sum(self.draft, self._free(name)))

    def take(self, proposal: Proposal, name: str) -> None:
        """Begin another proposal as it was worked out elsewhere."""
        role = Role.OTHER if self.case.proposals else Role.TARGET
        self._begin(replace(proposal, name=self._free(name), role=role))

    def _begin(self, proposal: Proposal) -> None:
        if None in self._aside or (self.draft is not None and self.kept is None):
            raise Refused(Message("There is a new proposal already."), Message("Save it or undo it first."))
        if self.changed and self.draft is not None and self.kept is not None:
            self._aside[self.kept.name] = self.draft
        with self.hold_trait_notifications():
            self.place, self.draft = len(self.case.proposals), proposal

    def _free(self, name: str) -> str:
        names = {p.name for p in self.proposals}
        return next(n for k in range(1, len(names) + 2) if (n := name if k == 1 else f"{name} {k}") not in names)

    def amend(self, **changes: Any) -> None:
        """Change the draft by its fields, see `offer_draft.values_of`; what does not go together is refused.

        A waiver is changed by its part: `amend(penalty_interest=Fraction(1, 2))`.

        Raises
        ------
        Refused
            With what is wrong and how to mend it; the draft stays as it was.
        """
        if self.draft is not None:
            self.draft = self._amended(changes)

    def check(self, **changes: Any) -> None:
        """Raise Refused where a change would not go together with the draft."""
        if self.draft is not None:
            self._amended(changes)

    def _amended(self, changes: Mapping[str, Any]) -> Proposal:
        assert self.draft is not None
        others = [p.name for n, p in enumerate(self.proposals) if n != self.place]
        return entered(self.draft, changes, debts=self.case.debts, day=self.day, others=others)

    def after_pay_day(self, pay_day: int) -> None:
        """Let installments be due two days after a pay day, the first at least a week after the start."""
        if self.draft is not None:
            self.amend(first_due=first_due_after_pay_day(self.draft.start, pay_day), due_day=None)

    def renew(self) -> None:
        """Let the draft start today where its start has passed, its other days as many days later."""
        if self.draft is not None and self.draft.start < self.day:
            self.draft = renewed(self.draft, self.day)

    def fit(self) -> None:
        """Give the draft the least number of installments that fits the capacity."""
        if self.draft is not None and (n := self.fitting) is not None:
            self.draft = with_installments(self.draft, n)

    # -- what becomes of the case -------------------------------------------------------------------------------------

    def with_draft(self, case: Case) -> Case:
        """Return a case with the draft in its place."""
        if self.draft is None:
            return case
        names = [p.name for p in case.proposals]
        at = names.index(self.kept.name) if self.kept and self.kept.name in names else len(names)
        return replace(case, proposals=(*case.proposals[:at], self.draft, *case.proposals[at + 1 :]))

    def without_draft(self, case: Case) -> Case:
        """Return a case without the draft's proposal."""
        return replace(case, proposals=tuple(p for p in case.proposals if not self.kept or p.name != self.kept.name))

    def with_choice(self, case: Case, reason: str, *, override: str = "") -> Case:
        """Return a case with the draft in its place, chosen for a reason, the answer pending.

        The choice is recorded with the figures of all that stood beside it; `override` is why it is taken although it
        reaches into what is protected for living; it is kept with the case.

        Raises
        ------
        Refused
            If no reason is given, there is no draft that can be compared, or an override is needed and has no reason.
        """
        if self.draft is None or self.comparison is None or self.offer is None or self.offer.proposal != self.draft:
            raise Refused(Message("There is no proposal to choose."), Message("Make one that can be compared first."))
        if not reason.strip():
            raise Refused(Message("The reason is empty."), Message("Write in a sentence why this one is chosen."))
        against = override_of(self.offer, override, on=self.day)
        if against is not None:
            case = case.with_override(against)
        accounts = tuple(d.account for d in case.covered(self.draft))
        outcome = Outcome(
            day=self.day, proposal=self.draft, answer=Answer.PENDING, accounts=accounts, reason=reason.strip()
        )
        choice = self.comparison.choose(self.draft, reason, day=self.day)
        return self.with_draft(case).with_choice(choice).with_outcome(outcome)

    def follow(self, case: Case, day: date) -> None:
        """Take up another version of the case; what was not saved stays on the screen."""
        draft, name, changed = self.draft, self.kept.name if self.kept else None, self.changed
        names = [p.name for p in case.proposals]
        theirs = case.suppositions.offers or OfferSettings()
        if case.reference == self.case.reference:
            theirs = merged(self.case.suppositions.offers or OfferSettings(), self.settings, theirs)
        self._aside = {n: p for n, p in self._aside.items() if (n is None or n in names) and p not in case.proposals}
        with self.hold_trait_notifications():
            self.case, self.day = case, day
            self._take(theirs)
            if draft is not None and draft in case.proposals:
                self.place = case.proposals.index(draft)
            elif changed:
                self.place = names.index(name) if name in names else len(names)
            else:
                self.place = names.index(name) if name in names else 0
                self.draft = case.proposals[self.place] if names else None

    @property
    def settings(self) -> OfferSettings:
        """What was entered of how offers are compared."""
        return OfferSettings(value_rate=self.value_rate, longest=self.limit)

    def _take(self, settings: OfferSettings) -> None:
        self.value_rate, self.limit = settings.value_rate, settings.longest

    @t.observe("case", "day", "draft", "place", "risks", "value_rate")
    def _follow(self, _: Any) -> None:
        if self.draft is not None and not self.errors():
            self._good = self._who(), self.draft
        asked = (self.case, self.day, self.proposals, self.value_rate, tuple(self.risks.items()))
        if asked == self._asked:
            return
        self._asked = asked
        shown = (self.good if p is self.draft else p for p in self.proposals)
        found = (p for p in shown if p is not None and not self.errors(p))
        self.comparison = compared(self.case, found, self.day, value_rate=self.value_rate, risks=self.risks)


def compared(
    case: Case,
    proposals: Iterable[Proposal],
    day: date,
    *,
    value_rate: Rate | None = None,
    risks: Mapping[str, Fraction | float] | None = None,
) -> Comparison | None:
    """Return the comparison of those proposals that can be compared, None for a case without debts."""
    if not case.debts:
        return None
    able = comparable(case, proposals, on=day)
    return compare(case, able, on=day, value_rate=value_rate, risks=risks)


@lru_cache(maxsize=8)
def _room(budget: Budget, day: date, with_reserve: bool) -> Capacity:
    budget = budget if with_reserve else replace(budget, reserve_monthly=0, reserve_target=0)
    return capacity(budget, start=day, months=HORIZON_MONTHS)
