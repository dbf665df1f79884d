"""Effects: what one concession more would save, and what it would cost the other side, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from debtdesk.core.case import Case
from debtdesk.core.concession import PART_NAMES, waived_of_part
from debtdesk.core.portfolio import frozen_months
from debtdesk.core.projection import balances_on
from debtdesk.core.proposal import Proposal
from debtdesk.core.schedule import Schedule, schedules_of
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.core.terms import Part
from debtdesk.locale import Message

MORE_MONTHS, FREEZE_MONTHS, DOWN = 12, 6, 100_000


@dataclass(frozen=True, slots=True)
class Effect:
    """What one change makes of a proposal: of the dearest month, of the total, and of what is given up. [fen]

    Each is the new figure less the old one.
    """

    what: Message
    proposal: Proposal
    monthly: int
    total: int
    given_up: int


@dataclass(frozen=True, slots=True)
class Effects(Tabular):
    """A proposal and what each change would make of it."""

    proposal: Proposal
    rows: tuple[Effect, ...]

    def columns(self) -> dict[str, list[object]]:
        """Return a row a change: what, monthly, total, given up. [yuan]"""
        return {
            "change": [r.what.in_language("en") for r in self.rows],
            "monthly": [in_yuan(r.monthly) for r in self.rows],
            "total": [in_yuan(r.total) for r in self.rows],
            "given_up": [in_yuan(r.given_up) for r in self.rows],
        }


def effects(case: Case, proposal: Proposal, *, on: date) -> Effects:
    """Return what each concession more, or less, would change a month and in all.

    Raises
    ------
    ValueError
        If the proposal covers no debt of the case.
    """
    debts = case.covered(proposal)
    if not debts:
        raise ValueError(f"proposal {proposal.name!r} covers no debt of case {case.reference}")
    balances = [balances_on(d, (max(proposal.start, on, d.balance.as_of),))[0] for d in debts]
    monthly, total, given_up = _figures(schedules_of(proposal, balances))
    found = []
    for what, changed in _changes(proposal):
        new = _figures(schedules_of(changed, balances))
        found.append(Effect(what, changed, new[0] - monthly, new[1] - total, new[2] - given_up))
    return Effects(proposal, tuple(found))


def _figures(plans: list[Schedule]) -> tuple[int, int, int]:
    due: dict[date, int] = {}
    for plan in plans:
        for i in plan.monthly_installments:
            due[i.due] = due.get(i.due, 0) + i.payment
    total, given_up = sum(p.total for p in plans), sum(p.settlement.given_up.total for p in plans)
    return max(due.values(), default=0), total, given_up


def _changes(p: Proposal) -> Iterator[tuple[Message, Proposal]]:
    for part in (Part.FEES, Part.PENALTY_INTEREST, Part.INTEREST):
        name, taken = PART_NAMES[part], p.capitalise.share(part) + p.carry.share(part)
        amounts = any(x.amounts.part(part) for x in (p.waiver, p.capitalise, p.carry))
        if not amounts and p.waiver.share(part) + taken < 1:
            yield (
                Message("{part}: all of it waived", part=name),
                replace(p, waiver=waived_of_part(p.waiver, part, 1 - taken)),
            )
        if not amounts and p.waiver.share(part):
            yield (
                Message("{part}: none of it waived", part=name),
                replace(p, waiver=waived_of_part(p.waiver, part, Fraction(0))),
            )
    if p.size is None:
        longer = replace(p, installments=p.installments + MORE_MONTHS)
        yield Message("{n} installments more", n=MORE_MONTHS), longer
        if p.installments > MORE_MONTHS:
            shorter = replace(p, installments=p.installments - MORE_MONTHS)
            yield Message("{n} installments fewer", n=MORE_MONTHS), shorter
    if p.rate is not None:
        yield Message("no interest during the plan"), replace(p, rate=None)
        freezes = (*p.freezes, *frozen_months(p.start, FREEZE_MONTHS))
        yield Message("no interest for the first {n} months", n=FREEZE_MONTHS), replace(p, freezes=freezes)
    if p.period_fee:
        yield Message("no fee for each installment"), replace(p, period_fee=Fraction(0))
    yield Message("{amount} yuan more paid down", amount=DOWN // 100), replace(p, down_payment=p.down_payment + DOWN)
