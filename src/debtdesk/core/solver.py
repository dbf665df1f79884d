"""Solver: what a proposal must look like so that the household can pay it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from debtdesk.core.case import Case
from debtdesk.core.money import Rounding, round_fen, split
from debtdesk.core.projection import balances_on
from debtdesk.core.proposal import Proposal, Remainder
from debtdesk.core.schedule import installment_parts, waived_of

LONGEST_MONTHS = 120


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
    return next(
        (n for n in range(max(1, least), longest + 1) if fees + _dearest(financed, proposal, n) <= monthly), None
    )


def with_installments(proposal: Proposal, installments: int) -> Proposal:
    """Return a proposal with another number of installments."""
    return replace(proposal, installments=installments)


def financed_by_debt(case: Case, proposal: Proposal) -> list[int]:
    """Return what is put into installments of each debt covered, after waiver and down payment. [fen]"""
    debts = case.covered(proposal)
    balances = [balances_on(d, (max(proposal.start, d.balance.as_of),))[0] for d in debts]
    owed = [b.total for b in balances]
    down = split(proposal.down_payment, owed) if proposal.down_payment and sum(owed) else [0] * len(debts)
    settled = [b.total - waived_of(proposal, b).total for b in balances]
    return [s - min(d, s) for s, d in zip(settled, down, strict=True)]


def _dearest(financed: list[int], proposal: Proposal, n: int) -> int:
    """Return the largest monthly installment of all debts together, the fee left aside. [fen]"""
    rate = proposal.rate.per_month() if proposal.rate is not None else Fraction(0)
    if not rate:
        level, odd = sum(f // n for f in financed), sum(f % n for f in financed)
        return level + odd
    plans = [installment_parts(f, n, rate, Remainder.LAST) for f in financed]
    months = [[principal + interest for principal, interest in plan] for plan in plans]
    return max(map(sum, zip(*months, strict=True)))
