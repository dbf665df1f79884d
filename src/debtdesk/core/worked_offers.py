"""Worked offers: what proposals come to, each worked out once, so that others can stand still while one changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from debtdesk.core.budget import Budget
from debtdesk.core.capacity import Capacity, capacity
from debtdesk.core.case import Case
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.legal_notes import legal_notes
from debtdesk.core.offer import Offer
from debtdesk.core.projection import balances_on
from debtdesk.core.proposal import Proposal
from debtdesk.core.returns import present_value
from debtdesk.core.schedule import Schedule, schedules_of

MOST_KEPT = 400  # proposals whose results are kept at hand


@lru_cache(maxsize=4)
def worked_offers(debts: tuple[Debt, ...], budget: Budget, on: date, yearly: float | None) -> WorkedOffers:
    """Return what was worked out so far for debts, a budget, a day, and a rate of present values. [1/year]"""
    return WorkedOffers(debts, budget, on, yearly)


class WorkedOffers:
    """What was worked out for some debts, a budget and a day: while one proposal changes, the others are not."""

    def __init__(self, debts: tuple[Debt, ...], budget: Budget, on: date, yearly: float | None) -> None:
        self.balances = Balances(debts)
        self._budget, self._on, self._yearly = budget, on, yearly
        self._plans: dict[Proposal, tuple[tuple[Debt, Schedule], ...] | ValueError] = {}
        self._offers: dict[Proposal, Offer] = {}

    def offers(self, case: Case, proposals: Sequence[Proposal]) -> list[Offer]:
        """Return what proposals come to, without their rivals and risks."""
        self.balances.play({self._on, *(p.start for p in proposals)})
        known = {p: self._offers.get(p) for p in proposals}
        plans = {p: self.plans(case, p) for p, offer in known.items() if offer is None}
        ends = {p: max(plan.end for _, plan in found) for p, found in plans.items()}
        self.balances.play({*ends.values()})
        return [known[p] or self._offer(case, p, plans[p], ends[p]) for p in proposals]

    def keep(self, offers: Iterable[Offer]) -> None:
        """Remember offers by their proposals."""
        if len(self._offers) > MOST_KEPT:
            self._offers.clear()
        self._offers |= {o.proposal: o for o in offers}

    def goes(self, case: Case, proposal: Proposal) -> bool:
        """Return whether a proposal has schedules."""
        if proposal.is_even and proposal.gives_shares_alone:
            return True
        try:
            self.plans(case, proposal)
        except ValueError:
            return False
        return True

    def plans(self, case: Case, proposal: Proposal) -> tuple[tuple[Debt, Schedule], ...]:
        """Return the schedule of each debt; ValueError where the parts do not fit the debts."""
        if proposal not in self._plans:
            if len(self._plans) > MOST_KEPT:
                self._plans.clear()
            self._plans[proposal] = self._planned(case.covered(proposal), proposal)
        found = self._plans[proposal]
        if isinstance(found, ValueError):
            raise found.with_traceback(None)
        return found

    def _planned(self, debts: Sequence[Debt], proposal: Proposal) -> tuple[tuple[Debt, Schedule], ...] | ValueError:
        self.balances.play({proposal.start})
        try:
            found = schedules_of(proposal, [self.balances.of(d, proposal.start) for d in debts])
        except ValueError as refused:
            return refused.with_traceback(None)
        return tuple(zip(debts, found, strict=True))

    def _offer(self, case: Case, proposal: Proposal, plans: tuple[tuple[Debt, Schedule], ...], end: date) -> Offer:
        on = self._on
        room = _room(self._budget, on, (end.year - on.year) * 12 + end.month - on.month + 1)
        owed = sum(plan.before.total for _, plan in plans)
        nothing = sum(self.balances.of(d, end).total for d, _ in plans)
        offer = Offer(proposal, plans, owed, nothing, room)
        value = None if self._yearly is None else present_value(offer.payments, self._yearly, on=on)
        return with_changes(offer, present_value=value, notes=legal_notes(case, proposal, offer, on=on))


class Balances:
    """The balances of debts on the days that were asked for, each debt played once for all that are new."""

    def __init__(self, debts: Iterable[Debt]) -> None:
        self._debts = tuple(debts)
        self._days: set[date] = set()
        self._found: dict[tuple[str, date], Balance] = {}

    def play(self, days: Iterable[date]) -> None:
        """Play every debt to days that were not asked for before."""
        new = set(days) - self._days
        if not new:
            return
        for debt in self._debts:
            asked = sorted({max(day, debt.balance.as_of) for day in new})
            for balance in balances_on(debt, asked):
                self._found[debt.account, balance.as_of] = balance
        self._days |= new

    def of(self, debt: Debt, day: date) -> Balance:
        """Return the balance of a debt on a day that was played."""
        return self._found[debt.account, max(day, debt.balance.as_of)]

    def totals(self, debts: Iterable[Debt], day: date) -> int:
        """Return what debts amount to together on a day. [fen]"""
        self.play({day})
        return sum(self.of(d, day).total for d in debts)


@lru_cache(maxsize=128)
def _room(budget: Budget, on: date, months: int) -> Capacity:
    return capacity(budget, start=on, months=months)


def with_changes(offer: Offer, **changes: Any) -> Offer:
    """Return an offer with changes; itself where there is none, so that what it knows of itself stays."""
    return replace(offer, **changes) if any(getattr(offer, k) != v for k, v in changes.items()) else offer
