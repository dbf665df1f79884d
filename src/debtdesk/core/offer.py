"""Offer: a proposal over the debts it covers, and what it means for the household and the creditors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any, Generic, TypeVar, overload

from debtdesk.core.capacity import Capacity
from debtdesk.core.credit_record import shown_until
from debtdesk.core.debt import Debt
from debtdesk.core.legal_notes import LegalNote
from debtdesk.core.proposal import Proposal
from debtdesk.core.returns import stated_cost, xirr
from debtdesk.core.schedule import Schedule

T = TypeVar("T")


class once(Generic[T]):
    """A property of an offer that is worked out when first asked for: tables and charts ask again and again."""

    def __init__(self, work: Callable[[Any], T]) -> None:
        self._work, self.__doc__ = work, work.__doc__

    @overload
    def __get__(self, offer: None, owner: type) -> once[T]: ...
    @overload
    def __get__(self, offer: object, owner: type) -> T: ...
    def __get__(self, offer: Any, owner: type) -> once[T] | T:
        if offer is None:
            return self
        known: dict[once[T], T] = offer._known
        if self not in known:
            known[self] = self._work(offer)
        return known[self]


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal over the debts it covers: one schedule a debt, and what they mean together. [fen]

    `nothing` is what these debts amount to on the plan's last day if nothing is done; `owed` what they amount to when
    it starts. `present_value` is what the payments are worth to the creditors on the day of the comparison at its
    stated rate. `dominated_by` names the offers that ask for no more in anything, are over no later, and are better in
    something; `notes` are what the law says about it; `risk` the share of years in which it breaks, where that has
    been worked out. [1/year]
    """

    proposal: Proposal
    schedules: tuple[tuple[Debt, Schedule], ...]
    owed: int
    nothing: int
    capacity: Capacity
    present_value: int | None = None
    dominated_by: tuple[str, ...] = ()
    notes: tuple[LegalNote, ...] = ()
    risk: Fraction | float | None = None
    _known: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @once
    def payments(self) -> tuple[tuple[date, int], ...]:
        """Due days and amounts of all debts together, in order."""
        due: dict[date, int] = {}
        for _, plan in self.schedules:
            for i in plan.installments:
                due[i.due] = due.get(i.due, 0) + i.payment
        return tuple(sorted(due.items()))

    @once
    def total(self) -> int:
        """All that is paid. [fen]"""
        return sum(plan.total for _, plan in self.schedules)

    @once
    def waived(self) -> int:
        """All that is given up by the creditors. [fen]"""
        return sum(plan.waived.total for _, plan in self.schedules)

    @once
    def settled(self) -> int:
        """What remains to be paid after the waiver, before the plan's own interest and fees. [fen]"""
        return sum(plan.settled for _, plan in self.schedules)

    @once
    def monthly(self) -> int:
        """The largest monthly installment of all debts together, down payment left aside. [fen]"""
        due: dict[date, int] = {}
        for _, plan in self.schedules:
            for i in plan.monthly_installments:
                due[i.due] = due.get(i.due, 0) + i.payment
        return max(due.values(), default=0)

    @property
    def months(self) -> int:
        """How many monthly installments, months of grace in which interest is due included. [months]"""
        return max((plan.count for _, plan in self.schedules), default=0)

    @once
    def down_payment(self) -> int:
        """What is paid on the first day. [fen]"""
        return sum(plan.settlement.down.total for _, plan in self.schedules)

    @property
    def cost(self) -> int:
        """Interest and fees of the plan itself. [fen]"""
        return self.total - self.settled

    @once
    def over_principal(self) -> int:
        """What is paid beyond the principal owed at the start; below zero where principal is waived. [fen]"""
        return self.total - sum(plan.before.principal for _, plan in self.schedules)

    @once
    def conditional(self) -> int:
        """What of the waived hangs on everything being paid as agreed, and revives otherwise. [fen]"""
        return sum(plan.settlement.conditional.total for _, plan in self.schedules)

    @once
    def stated_cost(self) -> float | None:
        """The yearly cost as a creditor would state it: see `returns.stated_cost`. [1/year]"""
        base = self.proposal.first_due.year * 12 + self.proposal.first_due.month - 1
        later = [(d.year * 12 + d.month - base, -paid) for d, paid in self.payments if d > self.proposal.start]
        now = sum(paid for d, paid in self.payments if d <= self.proposal.start)
        return stated_cost([(0, self.settled - now), *later])

    @once
    def lowest_reserve(self) -> int:
        """The least that is at hand at any month's end, the reserve laid aside so far included. [fen]"""
        aside, least = 0, None
        for cash, reserve in zip(self.capacity.cash(self.paid_by_month), self.capacity.reserve, strict=True):
            aside += reserve
            least = cash + aside if least is None else min(least, cash + aside)
        return least or 0

    @property
    def end(self) -> date:
        """The day of the last payment."""
        return max(plan.end for _, plan in self.schedules)

    @property
    def credit_record_until(self) -> date:
        """The day on which adverse credit information ends if all is paid as agreed: five years after the last payment.

        征信业管理条例 art. 16. A waiver that hangs on full performance ends with the last payment too.
        """
        kept = shown_until(self.end)
        assert kept is not None
        return kept

    @once
    def yearly_cost(self) -> float | None:
        """XIRR of all payments against what is settled; None where there is nothing to pay. [1/year]"""
        return xirr([(self.proposal.start, self.settled), *((day, -paid) for day, paid in self.payments)])

    @once
    def share_of_capacity(self) -> Fraction | None:
        """The monthly installment as a share of the capacity; None where the household has none."""
        return Fraction(self.monthly, self.capacity.level) if self.capacity.level else None

    @property
    def fits(self) -> bool:
        """Whether the household never runs out of cash when all of it is paid, down payment included."""
        return self.months_short == 0

    @once
    def months_short(self) -> int:
        """In how many months the household is out of cash. [months]"""
        return self.capacity.months_short(self.paid_by_month)

    @once
    def paid_by_month(self) -> tuple[int, ...]:
        """What is paid in each month of the capacity. [fen]"""
        paid = dict.fromkeys(self.capacity.months, 0)
        for day, amount in self.payments:
            paid[day.replace(day=1)] += amount
        return tuple(paid.values())

    @property
    def saved(self) -> int:
        """What doing nothing would have come to on the plan's last day, less what is paid. [fen]"""
        return self.nothing - self.total
