"""Solver: what a proposal must look like so that the household can pay it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

from debtdesk.core.case import Case
from debtdesk.core.debt import Balance
from debtdesk.core.limits import LONGEST_MONTHS as LONGEST_MONTHS
from debtdesk.core.money import Rounding, round_fen
from debtdesk.core.projection import balances_on
from debtdesk.core.proposal import Proposal, Remainder
from debtdesk.core.schedule import installment_parts, schedules_of
from debtdesk.core.settlement import by_debt, settle


def least_installments(case: Case, proposal: Proposal, monthly: int, *, longest: int = LONGEST_MONTHS) -> int | None:
    """Return the least number of installments whose monthly figure does not exceed an amount, or None.

    Parameters
    ----------
    case : Case
        Its debts are taken forward under their terms to the proposal's start.
    proposal : Proposal
        Everything but the number of installments is taken as it stands: waivers, down payment, days, rate, fee.
    monthly : int
        The most that all debts together may ask in any month; the down payment is left aside. [fen]
    longest : int
        Numbers beyond this are not tried. [months]

    Notes
    -----
    Each number is tried in turn from the least that could do, for the remainder of equal installments and the rounding
    of interest may make one month a few fen dearer than another. No two numbers are skipped, so the answer is exact.
    """
    if monthly < 0 or longest < 1:
        raise ValueError(f"monthly {monthly} must not be negative, and longest {longest} must be at least 1")
    financed = financed_by_debt(case, proposal)
    if not financed:
        raise ValueError(f"proposal {proposal.name!r} covers no debt of case {case.reference}")
    if not sum(financed):
        return 1
    fees = sum(round_fen(f * proposal.period_fee, Rounding.HALF_UP) for f in financed)
    room = monthly - fees
    if room <= 0:
        return None
    least = -(-sum(financed) // room)
    if not proposal.is_even:
        return _least_of_any_shape(case, proposal, monthly, range(max(1, least), longest + 1))
    return next(
        (n for n in range(max(1, least), longest + 1) if fees + _dearest(financed, proposal, n) <= monthly), None
    )


def with_installments(proposal: Proposal, installments: int) -> Proposal:
    """Return a proposal with another number of installments, in place of a size."""
    return replace(proposal, installments=installments, size=None)


def financed_by_debt(case: Case, proposal: Proposal) -> list[int]:
    """Return what is put into installments of each debt covered, after all that is waived or paid down. [fen]"""
    balances = _balances(case, proposal)
    if not balances:
        return []
    each = by_debt(replace(proposal, size=None, installments=1), balances)
    return [settle(p, b).financed for p, b in zip(each, balances, strict=True)]


def _balances(case: Case, proposal: Proposal) -> list[Balance]:
    debts = case.covered(proposal)
    return [balances_on(d, (max(proposal.start, d.balance.as_of),))[0] for d in debts]


def _least_of_any_shape(case: Case, proposal: Proposal, monthly: int, numbers: range) -> int | None:
    """Return the least number whose dearest month does not exceed an amount, each tried by its schedules.

    Numbers with which there is no plan are left out: all months without an installment, or raises above all there is.
    """
    balances = _balances(case, proposal)
    for n in numbers:
        due: dict[date, int] = {}
        try:
            plans = schedules_of(with_installments(proposal, n), balances)
        except ValueError:
            continue
        for plan in plans:
            for i in plan.monthly_installments:
                due[i.due] = due.get(i.due, 0) + i.payment
        if max(due.values(), default=0) <= monthly:
            return n
    return None


def _dearest(financed: list[int], proposal: Proposal, n: int) -> int:
    """Return the largest monthly installment of all debts together, the fee left aside. [fen]"""
    rate = proposal.rate.per_month() if proposal.rate is not None else Fraction(0)
    if not rate:
        level, odd = sum(f // n for f in financed), sum(f % n for f in financed)
        return level + odd
    plans = [installment_parts(f, n, rate, Remainder.LAST) for f in financed]
    months = [[principal + interest for principal, interest in plan] for plan in plans]
    return max(map(sum, zip(*months, strict=True)))
