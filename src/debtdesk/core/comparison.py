"""Comparison: one row a proposal, beside what happens if nothing is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import lru_cache

from debtdesk.core.budget import Budget
from debtdesk.core.capacity import Capacity, capacity
from debtdesk.core.case import Case
from debtdesk.core.credit_record import shown_until
from debtdesk.core.days import add_months
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.ladder import Choice, ComparedOffer
from debtdesk.core.legal_notes import LegalNote, legal_notes
from debtdesk.core.projection import balances_on
from debtdesk.core.proposal import Proposal, Role
from debtdesk.core.rates import Period, Rate
from debtdesk.core.returns import present_value, stated_cost, xirr
from debtdesk.core.schedule import Schedule, schedules_of
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.data.lpr import lpr_on

HORIZON_MONTHS = 60


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal over the debts it covers: one schedule a debt, and what they mean together. [fen]

    `nothing` is what these debts amount to on the plan's last day if nothing is done; `owed` what they amount to when
    it starts. `present_value` is what the payments are worth to the creditors on the day of the comparison at its
    stated rate. `dominated_by` names the offers that ask for no more in anything and for less in something; `notes`
    are what the law says about it; `risk` the share of paths on which it breaks, where that has been worked out. [1]
    """

    proposal: Proposal
    schedules: tuple[tuple[Debt, Schedule], ...]
    owed: int
    nothing: int
    capacity: Capacity
    present_value: int | None = None
    dominated_by: tuple[str, ...] = ()
    notes: tuple[LegalNote, ...] = ()
    risk: float | None = None

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
        return max(due.values(), default=0)

    @property
    def months(self) -> int:
        """How many monthly installments, months of grace in which interest is due included. [months]"""
        return max((plan.count for _, plan in self.schedules), default=0)

    @property
    def down_payment(self) -> int:
        """What is paid on the first day. [fen]"""
        return sum(plan.settlement.down.total for _, plan in self.schedules)

    @property
    def cost(self) -> int:
        """Interest and fees of the plan itself. [fen]"""
        return self.total - self.settled

    @property
    def over_principal(self) -> int:
        """What is paid beyond the principal owed at the start; below zero where principal is waived. [fen]"""
        return self.total - sum(plan.before.principal for _, plan in self.schedules)

    @property
    def conditional(self) -> int:
        """What of the waived hangs on everything being paid as agreed, and revives otherwise. [fen]"""
        return sum(plan.settlement.conditional.total for _, plan in self.schedules)

    @property
    def stated_cost(self) -> float | None:
        """The yearly cost as a creditor would state it: see `returns.stated_cost`. [1/year]"""
        base = self.proposal.first_due.year * 12 + self.proposal.first_due.month - 1
        later = [(d.year * 12 + d.month - base, -paid) for d, paid in self.payments if d > self.proposal.start]
        now = sum(paid for d, paid in self.payments if d <= self.proposal.start)
        return stated_cost([(0, self.settled - now), *later])

    @property
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
class ValueRate:
    """The rate at which payments are worth something to a creditor today, and the day of its source. [1/year]"""

    rate: Rate
    published: date | None


@dataclass(frozen=True, slots=True)
class Comparison(Tabular):
    """Offers side by side, beside doing nothing until `horizon`, when that amounts to `nothing`. [fen]"""

    day: date
    owed: int
    horizon: date
    nothing: int
    offers: tuple[Offer, ...]
    value_rate: ValueRate | None = None

    @property
    def creditor(self) -> Offer | None:
        """The creditor's own offer, where there is one."""
        return next((o for o in self.offers if o.proposal.role is Role.CREDITOR), None)

    def choose(self, proposal: Proposal, reason: str, *, day: date | None = None) -> Choice:
        """Return the record that a proposal was chosen, with all that stood beside it.

        Raises
        ------
        ValueError
            If it is not among the offers, or the reason is empty.
        """
        if proposal not in [o.proposal for o in self.offers]:
            raise ValueError(f"proposal {proposal.name!r} is not among the offers compared")
        return Choice(
            day=day or self.day,
            proposal=proposal,
            reason=reason.strip(),
            compared=tuple(_compared(o) for o in self.offers),
            nothing=self.nothing,
            horizon=self.horizon,
        )

    def columns(self) -> dict[str, list[object]]:
        """Return a row an offer, doing nothing first. [yuan, 1/year, 1]"""
        rows = [_cells(o) for o in self.offers]
        nothing: dict[str, object] = {"proposal": "nothing", "total": in_yuan(self.nothing)}
        return {name: [nothing.get(name), *(row[i] for row in rows)] for i, name in enumerate(COLUMNS)}


COLUMNS = (
    "proposal",
    "total",
    "monthly",
    "months",
    "end",
    "yearly_cost",
    "waived",
    "share_of_capacity",
    "months_short",
    "saved",
    "role",
    "cost",
    "over_principal",
    "down_payment",
    "stated_cost",
    "present_value",
    "lowest_reserve",
    "conditional",
    "credit_record_until",
    "dominated_by",
    "risk",
)


def _cells(o: Offer) -> tuple[object, ...]:
    share, end = o.share_of_capacity, o.end
    return (
        o.proposal.name,
        in_yuan(o.total),
        in_yuan(o.monthly),
        o.months,
        end,
        o.yearly_cost,
        in_yuan(o.waived),
        None if share is None else float(share),
        o.months_short,
        in_yuan(o.saved),
        o.proposal.role.value,
        in_yuan(o.cost),
        in_yuan(o.over_principal),
        in_yuan(o.down_payment),
        o.stated_cost,
        None if o.present_value is None else in_yuan(o.present_value),
        in_yuan(o.lowest_reserve),
        in_yuan(o.conditional),
        o.credit_record_until,
        ", ".join(o.dominated_by),
        o.risk,
    )


def _compared(o: Offer) -> ComparedOffer:
    return ComparedOffer(
        name=o.proposal.name,
        total=o.total,
        monthly=o.monthly,
        months=o.months,
        end=o.end,
        waived=o.waived,
        conditional=o.conditional,
        months_short=o.months_short,
        yearly_cost=_millionths(o.yearly_cost),
        share_of_capacity=_millionths(o.share_of_capacity),
        dominated=bool(o.dominated_by),
    )


def _millionths(number: float | Fraction | None) -> Fraction | None:
    return None if number is None else Fraction(round(number * 10**6), 10**6)


def compare(
    case: Case,
    proposals: Iterable[Proposal],
    *,
    on: date,
    value_rate: Rate | None = None,
    risks: Mapping[str, float] | None = None,
) -> Comparison:
    """Return proposals side by side.

    Parameters
    ----------
    case : Case
        Its debts are taken forward under their terms to each proposal's start, its budget gives the capacity.
    proposals : iterable of Proposal
    on : date
        The day of the comparison; no proposal may start before it.
    value_rate : Rate, optional
        At which payments are worth something to a creditor today; the last verified one-year LPR if left out.
    risks : mapping of str to float, optional
        The risk of each proposal by its name, as worked out elsewhere. [1]

    Raises
    ------
    ValueError
        If a proposal starts before `on`, or covers no debt of the case; Refused where its parts do not fit the debts.
    """
    proposals = tuple(proposals)
    for proposal in proposals:
        if not case.covered(proposal):
            raise ValueError(f"proposal {proposal.name!r} covers no debt of case {case.reference}")
        if proposal.start < on:
            raise ValueError(f"proposal {proposal.name!r} starts {proposal.start}, before {on}")
    starts = _Balances(case.debts, {on, *(p.start for p in proposals)})
    plans = [_plans(case, p, starts) for p in proposals]
    ends = [max(plan.end for _, plan in found) for found in plans]
    horizon = max(ends, default=add_months(on, HORIZON_MONTHS))
    later = _Balances(case.debts, {horizon, *ends})
    stated = ValueRate(value_rate, None) if value_rate is not None else _last_lpr()
    rooms: dict[int, Capacity] = {}
    offers = []
    for proposal, found, end in zip(proposals, plans, ends, strict=True):
        months = (end.year - on.year) * 12 + end.month - on.month + 1
        if months not in rooms:
            rooms[months] = _room(case.budget, on, months)
        owed = sum(plan.before.total for _, plan in found)
        nothing = sum(later.of(d, end).total for d, _ in found)
        risk = (risks or {}).get(proposal.name)
        offer = Offer(proposal, found, owed, nothing, rooms[months], risk=risk)
        yearly = float(stated.rate.per_year()) if stated else None
        value = None if yearly is None else present_value(offer.payments, yearly, on=on)
        offers.append(replace(offer, present_value=value, notes=legal_notes(case, proposal, offer, on=on)))
    owed_now, nothing = (sum(b.of(d, day).total for d in case.debts) for b, day in ((starts, on), (later, horizon)))
    return Comparison(on, owed_now, horizon, nothing, _with_dominated(offers), stated)


def _plans(case: Case, proposal: Proposal, balances: _Balances) -> tuple[tuple[Debt, Schedule], ...]:
    debts = case.covered(proposal)
    found = schedules_of(proposal, [balances.of(d, proposal.start) for d in debts])
    return tuple(zip(debts, found, strict=True))


class _Balances:
    """The balances of debts on some days, each debt played once."""

    def __init__(self, debts: Iterable[Debt], days: Iterable[date]) -> None:
        self._found: dict[tuple[str, date], Balance] = {}
        days = sorted(days)
        for debt in debts:
            asked = sorted({max(day, debt.balance.as_of) for day in days})
            for balance in balances_on(debt, asked):
                self._found[debt.account, balance.as_of] = balance

    def of(self, debt: Debt, day: date) -> Balance:
        return self._found[debt.account, max(day, debt.balance.as_of)]


@lru_cache(maxsize=128)
def _room(budget: Budget, on: date, months: int) -> Capacity:
    return capacity(budget, start=on, months=months)


def _last_lpr() -> ValueRate | None:
    data_to = lpr_on(date.max).data_to
    percent = lpr_on(data_to).percent
    return None if percent is None else ValueRate(Rate(Fraction(percent) / 100, Period.YEAR), data_to)


def _with_dominated(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Return the offers, each with the names of those that ask for no more in anything and for less in something.

    Compared are down payment, monthly installment and total, among offers for the same debts.
    """
    offers = tuple(offers)
    asks = [(o.down_payment, o.monthly, o.total) for o in offers]
    debts = [tuple(d.account for d, _ in o.schedules) for o in offers]
    found = []
    for i, offer in enumerate(offers):
        better = tuple(
            other.proposal.name
            for j, other in enumerate(offers)
            if debts[i] == debts[j]
            and asks[j] != asks[i]
            and all(a <= b for a, b in zip(asks[j], asks[i], strict=True))
        )
        found.append(replace(offer, dominated_by=better) if better else offer)
    return tuple(found)
