"""Comparison: one row a proposal, beside what happens if nothing is done."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from debtdesk.core.capacity import Capacity, capacity
from debtdesk.core.case import Case
from debtdesk.core.credit_record import shown_until
from debtdesk.core.days import add_months
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.money import split
from debtdesk.core.projection import balances_on
from debtdesk.core.proposal import Proposal
from debtdesk.core.returns import xirr
from debtdesk.core.schedule import Schedule, schedule
from debtdesk.core.tabular import Tabular, in_yuan

HORIZON_MONTHS = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal over the debts it covers: one schedule a debt, and what they mean together. [fen]

    `nothing` is what these debts amount to on the plan's last day if nothing is done; `owed` what they amount to when
    it starts.
    """

    proposal: Proposal
    schedules: tuple[tuple[Debt, Schedule], ...]
    owed: int
    nothing: int
    capacity: Capacity

    @property
    def payments(self) -> tuple[tuple[date, int], ...]:
        """Due days and amounts of all debts together, in order."""
        due: dict[date, int] = {}
        for _, plan in self.schedules:
            for i in plan.installments:
                due[i.due] = due.get(i.due, 0) + i.payment
        return tuple(sorted(due.items()))

    @property
    def total(self) -> int:
        """All that is paid. [fen]"""
        return sum(plan.total for _, plan in self.schedules)

    @property
    def waived(self) -> int:
        """All that is given up by the creditors. [fen]"""
        return sum(plan.waived.total for _, plan in self.schedules)

    @property
    def settled(self) -> int:
        """What remains to be paid after the waiver, before the plan's own interest and fees. [fen]"""
        return sum(plan.settled for _, plan in self.schedules)

    @property
    def monthly(self) -> int:
        """The largest monthly installment of all debts together, down payment left aside. [fen]"""
        due: dict[date, int] = {}
        for _, plan in self.schedules:
            for i in plan.monthly_installments:
                due[i.due] = due.get(i.due, 0) + i.payment
        return max(due.values())

    @property
    def months(self) -> int:
        """How many monthly installments. [months]"""
        return self.proposal.installments

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

    @property
    def yearly_cost(self) -> float | None:
        """XIRR of all payments against what is settled; None where there is nothing to pay. [1/year]"""
        return xirr([(self.proposal.start, self.settled), *((day, -paid) for day, paid in self.payments)])

    @property
    def share_of_capacity(self) -> Fraction | None:
        """The monthly installment as a share of the capacity; None where the household has none."""
        return Fraction(self.monthly, self.capacity.level) if self.capacity.level else None

    @property
    def fits(self) -> bool:
        """Whether the household never runs out of cash when all of it is paid, down payment included."""
        return self.months_short == 0

    @property
    def months_short(self) -> int:
        """In how many months the household is out of cash. [months]"""
        return self.capacity.months_short(self.paid_by_month)

    @property
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


@dataclass(frozen=True, slots=True)
class Comparison(Tabular):
    """Offers side by side, beside doing nothing until `horizon`, when that amounts to `nothing`. [fen]"""

    day: date
    owed: int
    horizon: date
    nothing: int
    offers: tuple[Offer, ...]

    def columns(self) -> dict[str, list[object]]:
        """Return a row an offer, doing nothing first. [yuan, 1/year, 1]"""
        names: list[object] = ["nothing"]
        found: dict[str, list[object]] = {
            "proposal": names,
            "total": [in_yuan(self.nothing)],
            "monthly": [None],
            "months": [None],
            "end": [None],
            "yearly_cost": [None],
            "waived": [None],
            "share_of_capacity": [None],
            "months_short": [None],
            "saved": [None],
        }
        for o in self.offers:
            share = o.share_of_capacity
            row = (
                o.proposal.name,
                in_yuan(o.total),
                in_yuan(o.monthly),
                o.months,
                o.end,
                o.yearly_cost,
                in_yuan(o.waived),
                None if share is None else float(share),
                o.months_short,
                in_yuan(o.saved),
            )
            for column, value in zip(found.values(), row, strict=True):
                column.append(value)
        return found


def compare(case: Case, proposals: Iterable[Proposal], *, on: date) -> Comparison:
    """Return proposals side by side.

    Parameters
    ----------
    case : Case
        Its debts are taken forward under their terms to each proposal's start, its budget gives the capacity.
    proposals : iterable of Proposal
    on : date
        The day of the comparison; no proposal may start before it.

    Raises
    ------
    ValueError
        If a proposal starts before `on`, or covers no debt of the case.
    """
    offers = tuple(_offer(case, p, on) for p in proposals)
    horizon = max((o.end for o in offers), default=add_months(on, HORIZON_MONTHS))
    owed, nothing = (sum(b.total for b in _balances(case.debts, d)) for d in (on, horizon))
    return Comparison(on, owed, horizon, nothing, offers)


def _offer(case: Case, proposal: Proposal, on: date) -> Offer:
    debts = case.covered(proposal)
    if not debts:
        raise ValueError(f"proposal {proposal.name!r} covers no debt of case {case.reference}")
    if proposal.start < on:
        raise ValueError(f"proposal {proposal.name!r} starts {proposal.start}, before {on}")
    balances = _balances(debts, proposal.start)
    downs = split(proposal.down_payment, [b.total for b in balances]) if proposal.down_payment else [0] * len(debts)
    plans = tuple((d, schedule(proposal, b, down_payment=x)) for d, b, x in zip(debts, balances, downs, strict=True))
    end = max(plan.end for _, plan in plans)
    room = capacity(case.budget, start=on, months=(end.year - on.year) * 12 + end.month - on.month + 1)
    nothing = sum(b.total for b in _balances(debts, end))
    return Offer(proposal, plans, sum(b.total for b in balances), nothing, room)


def _balances(debts: Iterable[Debt], day: date) -> list[Balance]:
    return [balances_on(d, (max(day, d.balance.as_of),))[0] for d in debts]
