"""Sharing: how one sum a month may go over several creditors, who takes part, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from debtdesk.core.debt import Debt, Freeze
from debtdesk.core.paying import left_after
from debtdesk.core.problems import Problem
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.locale import Message

LONGEST_MONTHS = 120
NO_SHARE = Fraction(0)


class ShareRule(StrEnum):
    """How a month's sum goes over the debts, what each must get at least taken off before.

    Pro rata: by what is still owed on the day. Smallest first, dearest first: in the order of what is owed, or of the
    rate of a day, at the start; equal ones smaller first, then as listed. Weights: by the weights given,
    a debt of weight zero after the others. Priority: as listed. Optimal: as reckoned to cost the least.
    """

    PRO_RATA = "pro_rata"
    SMALLEST_FIRST = "smallest_first"
    DEAREST_FIRST = "dearest_first"
    WEIGHTS = "weights"
    PRIORITY = "priority"
    OPTIMAL = "optimal"


SIMPLE_RULES = (ShareRule.PRO_RATA, ShareRule.SMALLEST_FIRST, ShareRule.DEAREST_FIRST)


class Stance(StrEnum):
    """Whether a creditor takes part, is paid only after all others, or gets nothing at all."""

    TAKES_PART = "takes_part"
    WAITS = "waits"
    STAYS_OUT = "stays_out"


class Meanwhile(StrEnum):
    """What a debt does until it is paid: grow under its own terms, or stand still under an agreement."""

    OWN_TERMS = "own_terms"
    STANDS_STILL = "stands_still"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One debt in a plan over several creditors.

    `minimum` is what it must get each month while it is owed [fen/month]; `weight` counts for ShareRule.WEIGHTS.
    """

    account: str
    minimum: int = 0
    weight: Fraction = Fraction(1)
    stance: Stance = Stance.TAKES_PART
    meanwhile: Meanwhile = Meanwhile.OWN_TERMS


@dataclass(frozen=True, slots=True)
class SharedPlan(Tabular):
    """Who gets what, month by month. Tuples have a place a debt, rows within them a place a month. [fen]

    `opening` is owed at the start; `shares` what is paid on each of `days`; `left_over` what is owed after the last;
    `own` what the debts' own later payments bring beside the plan; `cleared` the day on which all that is to be paid
    is paid, None where that is not reached.
    """

    rule: ShareRule
    debts: tuple[Debt, ...]
    parties: tuple[Party, ...]
    start: date
    days: tuple[date, ...]
    opening: tuple[int, ...]
    shares: tuple[tuple[int, ...], ...]
    left_over: tuple[int, ...]
    own: tuple[int, ...]
    cleared: date | None

    @property
    def ends(self) -> tuple[date | None, ...]:
        """The day of the last payment of each debt; None where something is left."""
        return tuple(self._end(i) for i in range(len(self.debts)))

    def _end(self, i: int) -> date | None:
        if self.left_over[i]:
            return None
        return next((d for d, x in zip(reversed(self.days), reversed(self.shares[i]), strict=True) if x), self.start)

    @property
    def left(self) -> tuple[tuple[int, ...], ...]:
        """What is owed on each debt after each month's payment, played through the kernel. [fen]"""
        if not self.days:
            return ((),) * len(self.debts)
        until = self.days[-1] + timedelta(days=1)
        rows = zip(self.debts, self.parties, self.shares, strict=True)
        return tuple(tuple(left_after(d, self.days, x, standstill(p, self.start, until))) for d, p, x in rows)

    @property
    def paid(self) -> tuple[int, ...]:
        """What each debt gets in all. [fen]"""
        return tuple(map(sum, self.shares))

    @property
    def total(self) -> int:
        """What is paid in all. [fen]"""
        return sum(self.paid)

    @property
    def charges(self) -> tuple[int, ...]:
        """What each debt grew by from the start to the last month. [fen]"""
        rows = zip(self.paid, self.own, self.left_over, self.opening, strict=True)
        return tuple(paid + own + left - opening for paid, own, left, opening in rows)

    @property
    def months(self) -> int:
        """How many months are paid. [months]"""
        return len(self.days)

    def columns(self) -> dict[str, list[object]]:
        """Return a row a month: the day, what each account gets, what is paid and left in all. [yuan]"""
        found: dict[str, list[object]] = {"day": list(self.days)}
        for party, row in zip(self.parties, self.shares, strict=True):
            found[party.account] = [in_yuan(x) for x in row]
        found["total"] = [in_yuan(sum(row)) for row in zip(*self.shares, strict=True)]
        return found | {"left": [in_yuan(sum(row)) for row in zip(*self.left, strict=True)]}


def standstill(party: Party, start: date, until: date) -> tuple[Freeze, ...]:
    """Return the freeze of a debt that stands still from the day after the start; none for its own terms."""
    if party.meanwhile is Meanwhile.OWN_TERMS:
        return ()
    return (Freeze(start + timedelta(days=1), until),)


def sharing_problems(
    debts: Iterable[Debt],
    monthly: int | Sequence[int],
    parties: Iterable[Party] = (),
    *,
    rule: ShareRule = ShareRule.PRO_RATA,
    months: int = LONGEST_MONTHS,
    equal_share: Fraction = NO_SHARE,
    source: str = "",
) -> list[Problem]:
    """Return what is wrong in what a person typed for a plan over several creditors, with a remedy each."""
    accounts, parties = [d.account for d in debts], tuple(parties)
    amounts = (monthly,) if isinstance(monthly, int) else tuple(monthly)
    found: list[Problem] = []

    def note(field: str, text: Message, remedy: Message) -> None:
        found.append(Problem(source, None, field, text, remedy))

    if months < 1:
        note("months", Message("The number of months is {n}.", n=months), Message("Look at 1 month at least."))
    if not amounts or min(amounts) < 0 or not any(amounts):
        text = Message("No amount is given that could be shared out.")
        note("monthly", text, Message("Write what is paid each month; no month may be below zero."))
    for p in parties:
        if p.account not in accounts:
            text = Message("There is no debt with the account {account}.", account=p.account)
            note("account", text, Message("Choose one of the debts of the case."))
        if p.minimum < 0 or p.weight < 0:
            text = Message("The least amount or the weight of {account} is below zero.", account=p.account)
            note("minimum", text, Message("Write zero or more."))
    if len({p.account for p in parties}) < len(parties):
        note("account", Message("A debt is named twice."), Message("Name each debt once."))
    joining = [p for p in parties if p.stance is Stance.TAKES_PART]
    unnamed = len(accounts) - len(parties)
    if not joining and unnamed <= 0:
        note("stance", Message("No creditor takes part."), Message("Let one creditor at least take part."))
    elif rule is ShareRule.WEIGHTS and not unnamed and not any(p.weight for p in joining):
        note("weight", Message("All weights are zero."), Message("Give one debt at least a weight above zero."))
    if not 0 <= equal_share <= 1:
        text = Message("The share for equal treatment is not between 0 and 100%.")
        note("equal_share", text, Message("Write a share from 0 to 100%."))
    least = sum(p.minimum for p in joining)
    if amounts and least > min(amounts) >= 0:
        text = Message("The least amounts come to more than is paid in a month.")
        note("minimum", text, Message("Lower a least amount, or pay more each month."))
    return found
