"""Comparison: one row a proposal, beside what happens if nothing is done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from operator import le

from debtdesk.core.case import Case
from debtdesk.core.days import add_months
from debtdesk.core.ladder import Choice, ComparedOffer
from debtdesk.core.offer import Offer as Offer
from debtdesk.core.proposal import Proposal, Role
from debtdesk.core.rates import Period, Rate
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.core.worked_offers import with_changes, worked_offers
from debtdesk.data.lpr import lpr_on

HORIZON_MONTHS = 60


@dataclass(frozen=True, slots=True)
class ValueRate:
    """The rate at which payments are worth something to a creditor today, and the day of its source. [1/year]"""

    rate: Rate
    published: date | None

    @property
    def yearly(self) -> float:
        """The rate over a year. [1/year]"""
        return float(self.rate.per_year())


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
        None if o.risk is None else float(o.risk),
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
    risks: Mapping[str, Fraction | float] | None = None,
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
    risks : mapping of str to Fraction or float, optional
        The risk of each proposal by its name, as worked out elsewhere: the share of years in which it breaks. [1/year]

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
    stated = ValueRate(value_rate, None) if value_rate is not None else _last_lpr()
    worked = worked_offers(case.debts, case.budget, on, stated.yearly if stated else None)
    offers = worked.offers(case, proposals)
    horizon = max((o.end for o in offers), default=add_months(on, HORIZON_MONTHS))
    owed, nothing = worked.balances.totals(case.debts, on), worked.balances.totals(case.debts, horizon)
    better = _better(offers)
    given = risks or {}
    shown = tuple(
        with_changes(o, risk=given.get(o.proposal.name), dominated_by=names)
        for o, names in zip(offers, better, strict=True)
    )
    worked.keep(shown)
    return Comparison(on, owed, horizon, nothing, shown, stated)


def can_be_compared(case: Case, proposal: Proposal, *, on: date) -> bool:
    """Return whether a proposal can be compared as it stands; `problems_of` says why not."""
    return bool(comparable(case, (proposal,), on=on))


def comparable(case: Case, proposals: Iterable[Proposal], *, on: date) -> tuple[Proposal, ...]:
    """Return those proposals that can be compared as they stand."""
    stated = _last_lpr()
    worked = worked_offers(case.debts, case.budget, on, stated.yearly if stated else None)
    return tuple(p for p in proposals if p.start >= on and case.covered(p) and worked.goes(case, p))


def _last_lpr() -> ValueRate | None:
    data_to = lpr_on(date.max).data_to
    percent = lpr_on(data_to).percent
    return None if percent is None else ValueRate(Rate(Fraction(percent) / 100, Period.YEAR), data_to)


def _better(offers: Sequence[Offer]) -> list[tuple[str, ...]]:
    """Return for each offer the names of those that ask for no more in anything and for less in something.

    Compared are down payment, monthly installment, total and last day, among offers for the same debts.
    """
    asks = [(o.down_payment, o.monthly, o.total, o.end.toordinal()) for o in offers]
    debts = [tuple(d.account for d, _ in o.schedules) for o in offers]
    return [
        tuple(
            other.proposal.name
            for other, theirs, covered in zip(offers, asks, debts, strict=True)
            if covered == debts[i] and theirs != ask and all(map(le, theirs, ask))
        )
        for i, ask in enumerate(asks)
    ]


def alike(some: Sequence[Offer], others: Sequence[Offer]) -> bool:
    """Return whether two rows of offers come to the same schedules and room, whatever their risk or value."""
    return len(some) == len(others) and all(
        a.schedules == b.schedules and a.capacity is b.capacity and a.dominated_by == b.dominated_by
        for a, b in zip(some, others, strict=True)
    )
