"""Recovery: what a plan is worth to the creditor beside waiting, selling the debt, or suing.

To argue an ask with, not to foretell: every figure but the plan's own payments and the court fee is an assumption that
somebody enters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from debtdesk.core.court import court_fee
from debtdesk.core.days import add_months
from debtdesk.core.debt import Debt
from debtdesk.core.problems import Problem
from debtdesk.core.schedule import Schedule
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.core.terms import Known
from debtdesk.locale import Message

if TYPE_CHECKING:
    from debtdesk.core.offer import Offer

_DIGITS = 40
_YEAR = 365
LONGEST_WAIT = 240  # months


class Way(StrEnum):
    """What a creditor can do: take the plan, wait, sell the debt, or sue."""

    PLAN = "plan"
    WAIT = "wait"
    SELL = "sell"
    SUE = "sue"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumptions:
    """What the creditor may reckon with. Entered, never known; a way whose share is None is left out.

    Parameters
    ----------
    rate : Fraction
        What later money is worth less a year. [1/year]
    plan_paid : Fraction
        Share of the plan's payments that the creditor counts on, for a plan may break off. [1]
    wait_share, wait_months : Fraction or None, int
        Share of what is owed today that comes in if nothing is agreed, and after how long. [1, months]
    sale_share, sale_months : Fraction or None, int
        Price of the sold debt as a share of what is owed today, and after how long it is paid. [1, months]
    suit_share, suit_months : Fraction or None, int
        Share of claim and court fee that comes in by a suit, and after how long. [1, months]
    suit_costs : int
        What the suit costs beside the court fee, paid at once: lawyer, enforcement, staff. [fen]
    half_fee : bool
        Whether half the court fee is charged, as on mediation or in the simple procedure.
    known : Known
        How these figures are known.
    """

    rate: Fraction = Fraction(6, 100)
    plan_paid: Fraction = Fraction(1)
    wait_share: Fraction | None = None
    wait_months: int = 24
    sale_share: Fraction | None = None
    sale_months: int = 3
    suit_share: Fraction | None = None
    suit_months: int = 18
    suit_costs: int = 0
    half_fee: bool = False
    known: Known = Known.ASSUMED

    def __post_init__(self) -> None:
        problems = assumption_problems({f.name: getattr(self, f.name) for f in fields(self)})
        if problems:
            raise ValueError("; ".join(f"{p.field}: {p.text.in_language('en')}" for p in problems))


def assumption_problems(given: Mapping[str, Any], *, source: str = "") -> list[Problem]:
    """Return what is wrong in what a person typed for `Assumptions`, by the names of its fields."""
    found: list[Problem] = []

    def note(field: str, text: Message, remedy: Message) -> None:
        found.append(Problem(source, None, field, text, remedy))

    for name in ("rate", "plan_paid", "wait_share", "sale_share", "suit_share"):
        share = given.get(name)
        if share is not None and not 0 <= share <= 1:
            note(name, Message("The share is not between 0 and 100%."), Message("Write a share from 0 to 100%."))
    for name in ("wait_months", "sale_months", "suit_months"):
        if name in given and not 0 <= given[name] <= LONGEST_WAIT:
            text = Message("The number of months is not between 0 and {most}.", most=LONGEST_WAIT)
            note(name, text, Message("Write a number of months, for instance 18."))
    if given.get("suit_costs", 0) < 0:
        note("suit_costs", Message("The costs of the suit are below zero."), Message("Write zero or more."))
    return found


@dataclass(frozen=True, slots=True)
class Worth:
    """What one way is worth to the creditor today.

    Parameters
    ----------
    way : Way
    value : int or None
        Present value, costs taken off; None where the court fee of such a claim is not known. [fen]
    comes : int
        What comes in, later, costs not taken off. [fen]
    costs : int or None
        What it costs, paid at once. [fen]
    until : date
        Day by which all of it has come in.
    break_even : Fraction or None
        Share of what is owed (and, on suing, of the court fee) that would have to come in by then for this way to be
        worth as much as the plan; None for the plan itself, or where costs are not known. [1]
    """

    way: Way
    value: int | None
    comes: int
    costs: int | None
    until: date
    break_even: Fraction | None


@dataclass(frozen=True, slots=True)
class Recovery(Tabular):
    """What each way is worth to a creditor on a day, the plan first. `owed` is what is owed then. [fen]"""

    on: date
    owed: int
    assumptions: Assumptions
    rows: tuple[Worth, ...]

    @property
    def plan(self) -> Worth:
        """The plan."""
        return self.rows[0]

    @property
    def others(self) -> tuple[Worth, ...]:
        """The ways beside the plan."""
        return self.rows[1:]

    def advantage(self, other: Worth) -> int | None:
        """Return what the plan is worth more than another way; below zero where it is worth less. [fen]"""
        return None if other.value is None or self.plan.value is None else self.plan.value - other.value

    def columns(self) -> dict[str, list[object]]:
        """Return a row a way: what comes in, costs, until when, present value, break-even share. [yuan, 1]"""
        return {
            "way": [r.way.value for r in self.rows],
            "comes": [in_yuan(r.comes) for r in self.rows],
            "costs": [None if r.costs is None else in_yuan(r.costs) for r in self.rows],
            "until": [r.until for r in self.rows],
            "value": [None if r.value is None else in_yuan(r.value) for r in self.rows],
            "break_even": [None if r.break_even is None else float(r.break_even) for r in self.rows],
        }


def recovery(payments: Iterable[tuple[date, int]], owed: int, *, on: date, assumptions: Assumptions) -> Recovery:
    """Return what a plan's payments are worth to the creditor beside the other ways.

    Parameters
    ----------
    payments : iterable of (date, int)
        Days and amounts of the plan, none before `on`. [fen]
    owed : int
        What is owed to the creditor on that day. [fen]
    on : date
        The day that counts as today.
    assumptions : Assumptions

    Notes
    -----
    Present value: each amount over (1 + rate) ** (days / 365), rounded half up to the fen as a whole. A suit claims
    what is owed today; its court fee (诉讼费用交纳办法 art. 13) is paid at once and comes back with the claim in the
    same share.
    """
    flows = tuple(payments)
    if owed <= 0:
        raise ValueError(f"owed {owed} must be above zero")
    if not flows or min(day for day, _ in flows) < on:
        raise ValueError(f"payments must be given and not lie before {on}")
    a = assumptions
    counted = sum((_worth(amount, day, on, a.rate) for day, amount in flows), Decimal(0)) * _decimal(a.plan_paid)
    value = _fen(counted)
    comes = _fen(_decimal(a.plan_paid * sum(amount for _, amount in flows)))
    rows = [Worth(Way.PLAN, value, comes, 0, max(day for day, _ in flows), None)]
    fee = court_fee(owed, half=a.half_fee)
    costs = None if fee is None else fee + a.suit_costs
    for way, share, months, base, cost in (
        (Way.WAIT, a.wait_share, a.wait_months, owed, 0),
        (Way.SELL, a.sale_share, a.sale_months, owed, 0),
        (Way.SUE, a.suit_share, a.suit_months, owed + (fee or 0), costs),
    ):
        if share is not None:
            rows.append(_row(way, share, add_months(on, months), base, cost, value, on, a.rate))
    return Recovery(on, owed, assumptions, tuple(rows))


def _row(
    way: Way, share: Fraction, until: date, base: int, costs: int | None, plan: int, on: date, rate: Fraction
) -> Worth:
    comes = _fen(_decimal(share * base))
    if costs is None:
        return Worth(way, None, comes, None, until, None)
    value = _fen(_worth(share * base, until, on, rate)) - costs
    needed = (plan + costs) * Fraction(_growth(until, on, rate)) / base
    return Worth(way, value, comes, costs, until, needed)


def recoveries(offer: Offer, *, assumptions: Assumptions) -> tuple[tuple[Debt, Recovery], ...]:
    """Return what an offer is worth to the creditor of each debt it covers, on the day it starts.

    Debts on which nothing is owed or nothing is to be paid are left out.
    """
    on = offer.proposal.start
    return tuple(
        (debt, recovery(plan_payments(plan), plan.before.total, on=on, assumptions=assumptions))
        for debt, plan in offer.schedules
        if plan.before.total and plan.total
    )


def plan_payments(plan: Schedule) -> list[tuple[date, int]]:
    """Return the days and amounts of a schedule. [fen]"""
    return [(i.due, i.payment) for i in plan.installments]


def latest_worth(found: Recovery, way: Way, *, longest: int = LONGEST_WAIT) -> int | None:
    """Return after how many months at the latest a way's share would have to come in to be worth as much as the plan.

    None where it would not even at once; `longest` where it is worth as much even then. [months]
    """
    a = found.assumptions
    share = {Way.WAIT: a.wait_share, Way.SELL: a.sale_share, Way.SUE: a.suit_share}.get(way)
    row = next((r for r in found.others if r.way is way), None)
    if share is None or row is None or row.costs is None or found.plan.value is None:
        return None
    base = found.owed + ((court_fee(found.owed, half=a.half_fee) or 0) if way is Way.SUE else 0)

    def enough(months: int) -> bool:
        worth = _fen(_worth(share * base, add_months(found.on, months), found.on, a.rate))
        return worth - (row.costs or 0) >= (found.plan.value or 0)

    return max((m for m in range(longest + 1) if enough(m)), default=None)


def _decimal(amount: Fraction | int) -> Decimal:
    with localcontext() as context:
        context.prec = _DIGITS
        return Decimal(amount.numerator) / Decimal(amount.denominator)


def _worth(amount: Fraction | int, day: date, on: date, rate: Fraction) -> Decimal:
    """Return what an amount on a day is worth today. [fen]"""
    with localcontext() as context:
        context.prec = _DIGITS
        return _decimal(amount) / _growth(day, on, rate)


def _growth(day: date, on: date, rate: Fraction) -> Decimal:
    """Return what one today is worth on a day."""
    with localcontext() as context:
        context.prec = _DIGITS
        return Decimal((1 + _decimal(rate)) ** (Decimal((day - on).days) / _YEAR))


def _fen(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), ROUND_HALF_UP))
