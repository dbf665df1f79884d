"""What is wrong with a proposal for a case, said beside the field it is about, with how to mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from debtdesk.core.case import Case
from debtdesk.core.concession import Discount
from debtdesk.core.days import add_months
from debtdesk.core.debt import Balance
from debtdesk.core.installing import InterestOn
from debtdesk.core.limits import Limits, limits_of
from debtdesk.core.problems import Problem, Refused, Severity
from debtdesk.core.projection import balances_on
from debtdesk.core.proposal import Proposal
from debtdesk.core.schedule import Schedule, bearing_of, schedules_of
from debtdesk.core.settlement import by_debt, settle
from debtdesk.core.sizing import least_size
from debtdesk.core.terms import PARTS, Part
from debtdesk.locale import Message

MOST_YEARS = 200  # a day further ahead is a slip: nobody pays as long


def problems_of(case: Case, proposal: Proposal, *, on: date, limits: Limits | None = None) -> list[Problem]:
    """Return what is wrong with a proposal, each with the name of its field; empty if it can be compared as it stands.

    Parameters
    ----------
    case : Case
    proposal : Proposal
    on : date
        Today.
    limits : Limits, optional
        Those of the product if left out.

    Notes
    -----
    An error keeps a proposal from being compared; a warning lets it stand and asks for a look. `field` is the name of
    the proposal's own field, for a part with the part behind it: "waiver.fees".
    """
    found = list(_days(proposal, on))
    debts = case.covered(proposal)
    if not debts:
        text = Message("The proposal is for no debt of this case.")
        return [*found, _error(proposal, "accounts", text, Message("Choose at least one debt."))]
    if proposal.start < on or last_day_asked(proposal).year > on.year + MOST_YEARS:
        return found
    balances = [balances_on(d, (max(proposal.start, d.balance.as_of),))[0] for d in debts]
    parts = list(_parts(proposal, balances))
    found += parts
    found += _terms(case, proposal, limits or limits_of(case, proposal, on=on))
    if not any(p.severity is Severity.ERROR for p in parts):
        found += _installments(proposal, balances)
    return found


def _error(proposal: Proposal, field: str, text: Message, remedy: Message) -> Problem:
    return Problem(proposal.name, None, field, text, remedy)


def _look(proposal: Proposal, field: str, text: Message, remedy: Message) -> Problem:
    return Problem(proposal.name, None, field, text, remedy, Severity.WARNING)


def _days(p: Proposal, on: date) -> Iterator[Problem]:
    if p.start < on:
        text = Message("The start {day} has passed.", day=p.start.isoformat())
        yield _error(p, "start", text, Message("Write {day} or later.", day=on.isoformat()))
    if p.first_due < on:
        text = Message("The first installment of {day} would be due before today.", day=p.first_due.isoformat())
        yield _error(p, "first_due", text, Message("Write {day} or later.", day=on.isoformat()))
    latest = on.year + MOST_YEARS
    if last_day_asked(p).year > latest:
        text = Message("The plan would run beyond the year {year}.", year=latest)
        yield _error(p, _far_field(p, latest), text, Message("Choose earlier days, or fewer months."))
    first, field = (p.start, "start") if p.down_payment else (p.first_due, "first_due")
    if p.deadline is not None and p.deadline < on:
        text = Message("The offer held until {day}, and this day has passed.", day=p.deadline.isoformat())
        yield _error(p, "deadline", text, Message("Write {day} or later.", day=on.isoformat()))
    elif p.deadline is not None and first > p.deadline:
        text = Message("The first payment comes after {day}, until which the offer holds.", day=p.deadline.isoformat())
        yield _error(p, field, text, Message("Let it be due on {day} or before.", day=p.deadline.isoformat()))


def last_day_asked(p: Proposal) -> date:
    """Return the last day that a proposal asks for by its own days and numbers, at most the last of the calendar."""
    months = max(0, p.installments - 1) + (p.grace.months if p.grace else 0)
    if p.first_due.year + months // 12 + 1 > date.max.year:
        return date.max
    days = (p.start, add_months(p.first_due, months), p.carry.due or p.start)
    return max(days)


def _far_field(p: Proposal, latest: int) -> str:
    if p.start.year > latest:
        return "start"
    if p.first_due.year > latest:
        return "first_due"
    if p.carry.due is not None and p.carry.due.year > latest:
        return "carry"
    return "grace" if p.grace is not None and p.grace.months > p.installments else "installments"


def _parts(p: Proposal, balances: list[Balance]) -> Iterator[Problem]:
    for name in ("waiver", "capitalise", "carry"):
        amounts = getattr(p, name).amounts
        for part in PARTS:
            there = sum(b.part(part) for b in balances)
            if amounts.part(part) > there:
                text = Message(
                    "{amount} yuan are more than the {there} there are.",
                    amount=_yuan(amounts.part(part)),
                    there=_yuan(there),
                )
                yield _error(p, f"{name}.{part.value}", text, Message("Write {there} or less.", there=_yuan(there)))
    for part in PARTS:
        if (share := sum(x.share(part) for x in (p.waiver, p.capitalise, p.carry))) > 1:
            text = Message("{percent} % of this part are given away in all.", percent=f"{float(share * 100):g}")
            yield _error(p, f"waiver.{part.value}", text, Message("Let the three shares add up to 100 % at most."))


def _terms(case: Case, p: Proposal, limits: Limits) -> Iterator[Problem]:
    if p.installments > limits.longest:
        text = Message(
            "{n} installments are more than the {limit} that can be had here.", n=p.installments, limit=limits.longest
        )
        yield _look(
            p, "installments", text, Message("Write {limit} or fewer, or ask why more should do.", limit=limits.longest)
        )
    for part in PARTS:
        share = p.waiver.share(part)
        if share > limits.waived.get(part, 1) or (part is Part.PRINCIPAL and p.waiver.amounts.principal):
            if part is Part.PRINCIPAL:
                text = Message("Principal is hardly ever waived.")
            else:
                text = Message("More is waived than is looked for here.")
            yield _look(p, f"waiver.{part.value}", text, Message("Ask for it only with a reason, or lower it."))


def _installments(p: Proposal, balances: list[Balance]) -> Iterator[Problem]:
    try:
        plans = schedules_of(p, balances)
    except Refused as refused:
        yield refused.problem(p.name, None, _field_of(p, balances))
        return
    except ValueError:
        text = Message("In none of the months of the plan an installment is due.")
        yield _error(p, "season", text, Message("Give at least one month of the plan a weight above 0."))
        return
    taken = sum(plan.settlement.down.total for plan in plans)
    if p.down_payment > taken:
        text = Message(
            "{amount} yuan are more than the {there} there are.", amount=_yuan(p.down_payment), there=_yuan(taken)
        )
        yield _look(p, "down_payment", text, Message("Write {there} or less.", there=_yuan(taken)))
    if p.size is not None and (months := max(plan.count for plan in plans)) > 120:
        text = Message("{size} yuan a month take {months} months.", size=_yuan(p.size), months=months)
        yield _look(p, "size", text, Message("Pay more a month, or ask for a waiver."))
    yield from _below_interest(p, plans)
    flows = sum(plan.settled for plan in plans)
    if flows and all(plan.yearly_cost is None for plan in plans if plan.settled):
        if any(i.due > p.start for plan in plans for i in plan.installments):
            text = Message(
                "For these payments there is no yearly cost: they are out of all proportion to what is owed."
            )
            yield _look(p, "rate", text, Message("Lower the rate or the fee of the plan."))
            return
        text = Message("For these payments there is no yearly cost: all of it is paid on the first day.")
        yield _look(p, "first_due", text, Message("Let an installment fall after the start."))


def _below_interest(p: Proposal, plans: list[Schedule]) -> Iterator[Problem]:
    """Yield that the first full installments do not cover the interest they bear."""
    if p.rate is None or p.interest_on is InterestOn.ORIGINAL or p.season:
        return
    for plan in plans:
        left = plan.settlement.financed
        waits = p.grace.months if p.grace and p.grace.kind.value == "interest_only" and p.grace.interest_runs else 0
        full = plan.monthly_installments[waits:]
        short = next((i for i in full[:-1] if i.principal == 0 and left), None)
        if short is not None:
            text = Message("The installment of {day} pays no more than interest and fee.", day=short.due.isoformat())
            yield _look(
                p,
                "step_up" if p.step_up else "size" if p.size is not None else "installments",
                text,
                Message("Let installments begin higher, or lower the rate."),
            )
            return


def _field_of(p: Proposal, balances: list[Balance]) -> str:
    """Return the field that a refusal of the whole schedule is about."""
    bare = replace(p, discount=Discount(), down_payment=0)
    try:
        each = [settle(x, b) for x, b in zip(by_debt(bare, balances), balances, strict=True)]
    except Refused:
        return "waiver"
    try:
        schedules_of(replace(p, discount=Discount()), balances)
    except Refused:
        if p.size is not None and any(bearing_of(p, s) for s in each):
            return "size"
        return "step_up" if p.step_up else "carry"
    return "discount"


def least_monthly(case: Case, proposal: Proposal, *, on: date) -> int:
    """Return the least size of installments for all debts together with which a proposal ends at all. [fen]"""
    debts = case.covered(proposal)
    balances = [balances_on(d, (max(proposal.start, on, d.balance.as_of),))[0] for d in debts]
    settled = [
        settle(p, b)
        for p, b in zip(by_debt(replace(proposal, size=None, installments=1), balances), balances, strict=True)
    ]
    bearing = sum(bearing_of(proposal, s) for s in settled)
    return least_size(replace(proposal, size=1, installments=0), bearing, sum(s.financed for s in settled) - bearing)


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}"
