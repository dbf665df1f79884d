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
from debtdesk.core.days import add_months
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.ladder import Choice, ComparedOffer
from debtdesk.core.legal_notes import legal_notes
from debtdesk.core.offer import Offer as Offer
from debtdesk.core.projection import balances_on
from debtdesk.core.proposal import Proposal, Role
from debtdesk.core.rates import Period, Rate
from debtdesk.core.returns import present_value
from debtdesk.core.schedule import Schedule, schedules_of
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.data.lpr import lpr_on

HORIZON_MONTHS = 60


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


def can_be_compared(case: Case, proposal: Proposal, *, on: date) -> bool:
    """Return whether a proposal can be compared as it stands; `problems_of` says why not."""
    if proposal.start < on or not case.covered(proposal):
        return False
    if proposal.is_even and proposal.gives_shares_alone:
        return True
    try:
        _plans(case, proposal, _Balances(case.covered(proposal), (proposal.start,)))
    except ValueError:
        return False
    return True


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

    Compared are down payment, monthly installment, total and last day, among offers for the same debts.
    """
    offers = tuple(offers)
    asks = [(o.down_payment, o.monthly, o.total, o.end.toordinal()) for o in offers]
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
