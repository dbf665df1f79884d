"""Settlement: what becomes of each part of a balance under a proposal, to the fen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from debtdesk.core.balance import Balance
from debtdesk.core.concession import PART_NAMES, Amounts, CarriedEnd, WaiverTime
from debtdesk.core.installing import StepUp
from debtdesk.core.money import split
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import NO_DISCOUNT, NO_WAIVER, NOT_CARRIED, NOTHING, Proposal
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.core.terms import COSTS_FIRST, PARTS, Part
from debtdesk.locale import Message

CHARGES_FIRST = (Part.PENALTY_INTEREST, Part.FEES, Part.INTEREST, Part.PRINCIPAL)


class Parts(NamedTuple):
    """An amount of each part. [fen]"""

    principal: int
    interest: int
    penalty_interest: int
    fees: int

    @property
    def total(self) -> int:
        """All four. [fen]"""
        return sum(self)

    def part(self, part: Part) -> int:
        """Return the amount of a part. [fen]"""
        return self[PARTS.index(part)]


NONE = Parts(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Settlement(Tabular):
    """What becomes of each part: before = waived + capitalised + carried + in installments + paid down. [fen]

    `waived` includes the discount. What is capitalised is paid in installments too, as principal.
    """

    before: Parts
    waived: Parts
    capitalised: Parts
    carried: Parts
    installments: Parts
    down: Parts
    carried_end: CarriedEnd = CarriedEnd.OWED
    time: WaiverTime = WaiverTime.ON_FULL_PERFORMANCE

    @property
    def financed(self) -> int:
        """All that is paid in installments, what was added to the principal included. [fen]"""
        return sum(self.installments) + sum(self.capitalised)

    @property
    def carried_owed(self) -> int:
        """What is set aside and owed at the end. [fen]"""
        return sum(self.carried) if self.carried_end is CarriedEnd.OWED else 0

    @property
    def given_up(self) -> Parts:
        """All that is never paid if the plan is kept: what is waived, and what is set aside to be waived."""
        if self.carried_end is CarriedEnd.OWED or not any(self.carried):
            return self.waived
        return Parts(*(w + c for w, c in zip(self.waived, self.carried, strict=True)))

    @property
    def conditional(self) -> Parts:
        """What is given up only if everything is paid as agreed, and revives otherwise."""
        if self.time is WaiverTime.ON_FULL_PERFORMANCE:
            return self.given_up
        return self.carried if self.carried_end is CarriedEnd.WAIVED else NONE

    def columns(self) -> dict[str, list[object]]:
        """Return a row a part and one for all: before and what becomes of it. [yuan]"""
        names = ("before", "waived", "capitalised", "carried", "installments", "down")
        found: dict[str, list[object]] = {"part": [*(p.value for p in PARTS), "total"]}
        for name in names:
            amounts: Parts = getattr(self, name)
            found[name] = [in_yuan(x) for x in (*amounts, amounts.total)]
        return found


def settle(proposal: Proposal, balance: Balance, down_payment: int | None = None) -> Settlement:
    """Return what becomes of each part of a balance.

    Parameters
    ----------
    proposal : Proposal
    balance : Balance
        What is owed when the proposal starts.
    down_payment : int, optional
        This balance's share of the down payment; the whole of it if left out. [fen]

    Raises
    ------
    Refused
        If more of a part is waived, added to principal and set aside than there is.

    Notes
    -----
    Shares are rounded down to the fen. A discount takes charges before principal; a down payment pays costs, then
    interest, then principal (Civil Code 561).
    """
    before = Parts(balance.principal, balance.interest, balance.penalty_interest, balance.fees)
    waived, capitalised, carried = (
        list(NONE) if portion is nothing else [portion.of(p, x) for p, x in zip(PARTS, before, strict=True)]
        for portion, nothing in (
            (proposal.waiver, NO_WAIVER),
            (proposal.capitalise, NOTHING),
            (proposal.carry, NOT_CARRIED),
        )
    )
    rest = [b - w - c - k for b, w, c, k in zip(before, waived, capitalised, carried, strict=True)]
    for part, left in zip(PARTS, rest, strict=True):
        if left < 0:
            raise _too_much(part, -left)
    if proposal.discount is not NO_DISCOUNT:
        off = _discounted(proposal, rest)
        waived = [w + x for w, x in zip(waived, off, strict=True)]
        rest = [r - x for r, x in zip(rest, off, strict=True)]
    wanted = proposal.down_payment if down_payment is None else down_payment
    down = list(NONE)
    if wanted:
        down = _taken(rest, min(wanted, sum(rest)), COSTS_FIRST)
        rest = [r - d for r, d in zip(rest, down, strict=True)]
        if any(capitalised) and (more := min(wanted - sum(down), sum(capitalised))):
            for i, x in enumerate(_taken(capitalised, more, COSTS_FIRST)):
                capitalised[i] -= x
                down[i] += x
    return Settlement(
        before,
        Parts(*waived),
        Parts(*capitalised),
        Parts(*carried),
        Parts(*rest),
        Parts(*down),
        proposal.carry.end,
        proposal.waiver.time,
    )


def _discounted(proposal: Proposal, rest: Sequence[int]) -> list[int]:
    """Return what the discount takes off each part of what the waivers leave. [fen]"""
    off = proposal.discount.of(sum(rest))
    if off > sum(rest):
        raise Refused(Message("The discount is more than what is left to pay."), Message("Write a smaller discount."))
    return _taken(rest, off, CHARGES_FIRST)


def _taken(parts: Sequence[int], amount: int, order: Sequence[Part]) -> list[int]:
    """Return how much of each part an amount takes in an order. [fen]"""
    found = list(NONE)
    for part in order:
        i = PARTS.index(part)
        found[i] = min(parts[i], amount)
        amount -= found[i]
    return found


def _too_much(part: Part, by: int) -> Refused:
    return Refused(
        Message(
            "What is waived, added to principal or set aside of the {part} is {by} yuan more than there is.",
            part=PART_NAMES[part],
            by=f"{by / 100:,.2f}",
        ),
        Message("Lower one of the amounts for this part."),
    )


def by_debt(proposal: Proposal, balances: Sequence[Balance]) -> list[Proposal]:
    """Return a proposal for each balance, amounts that are for all together split without losing a fen.

    Notes
    -----
    The down payment is split by what each debt comes to, what one of them cannot take going to the others; an amount of
    a part by that part, the discount by what the waivers leave, the size and the raise of installments by what each
    debt puts into installments.
    """
    if len(balances) == 1:
        return [proposal]
    found = [proposal] * len(balances)
    for name in ("waiver", "capitalise", "carry"):
        portion = getattr(proposal, name)
        if portion.amounts.total:
            shares = {p: _split(portion.amounts.part(p), [b.part(p) for b in balances]) for p in PARTS}
            for i, p in enumerate(found):
                amounts = Amounts(**{part.value: shares[part][i] for part in PARTS})
                found[i] = replace(p, **{name: replace(portion, amounts=amounts)})
    if proposal.discount.amount:
        bare = [replace(p, discount=NO_DISCOUNT, down_payment=0) for p in found]
        rests = [sum(settle(p, b).installments) for p, b in zip(bare, balances, strict=True)]
        offs = _split(proposal.discount.amount, rests)
        found = [replace(p, discount=replace(p.discount, amount=x)) for p, x in zip(found, offs, strict=True)]
    if proposal.down_payment:
        bare = [replace(p, down_payment=0) for p in found]
        room = [settle(p, b).financed for p, b in zip(bare, balances, strict=True)]
        downs = _downs(proposal.down_payment, [b.total for b in balances], room)
        found = [replace(p, down_payment=d) for p, d in zip(found, downs, strict=True)]
    raised = proposal.step_up is not None and proposal.step_up.amount
    if raised or proposal.size is not None:
        financed = [settle(p, b).financed for p, b in zip(found, balances, strict=True)]
        if raised:
            assert proposal.step_up is not None
            steps = _split(proposal.step_up.amount, financed)
            found = [replace(p, step_up=_raised(p, x)) for p, x in zip(found, steps, strict=True)]
        if proposal.size is not None:
            found = [replace(p, size=x) for p, x in zip(found, _sizes(proposal.size, financed), strict=True)]
    return found


def _downs(amount: int, owed: Sequence[int], room: Sequence[int]) -> list[int]:
    """Return what each debt gets of a down payment, by what is owed on it and no more than it can take. [fen]"""
    found = [0] * len(owed)
    while amount and (takes := [i for i, most in enumerate(room) if found[i] < most]):
        for i, share in zip(takes, split(amount, [owed[i] for i in takes]), strict=True):
            more = min(share, room[i] - found[i])
            found[i] += more
            amount -= more
    return found


def _sizes(size: int, financed: Sequence[int]) -> list[int]:
    """Return what each debt gets of a size, at least one fen; the largest gives it. [fen]"""
    found = _split(size, financed)
    for i in range(len(found)):
        if not found[i]:
            found[i] = 1
            found[found.index(max(found))] -= max(found) > 1
    return found


def _raised(proposal: Proposal, amount: int) -> StepUp | None:
    assert proposal.step_up is not None
    return replace(proposal.step_up, amount=amount) if amount else None


def _split(total: int, weights: Sequence[int]) -> list[int]:
    return split(total, weights if any(weights) else [1] * len(weights))
