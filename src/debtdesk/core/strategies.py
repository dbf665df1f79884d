"""Strategies: one sum a month shared out over several creditors, exact to the fen, until all of them are paid."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from math import lcm

from debtdesk.core.days import add_months, same_day_of_months
from debtdesk.core.debt import Debt, Freeze
from debtdesk.core.money import split
from debtdesk.core.paying import KernelRun
from debtdesk.core.plain_way import LeastWays, PlainRun, PlainWay, days_between, in_order, plain_way
from debtdesk.core.portfolio import common_start
from debtdesk.core.projection import balances_on
from debtdesk.core.sharing import (
    LONGEST_MONTHS,
    NO_SHARE,
    SIMPLE_RULES,
    Meanwhile,
    Party,
    SharedPlan,
    ShareRule,
    Stance,
    sharing_problems,
    standstill,
)
from debtdesk.core.terms import YearBasis


@dataclass(frozen=True, slots=True)
class HoldOut:
    """A plan with all creditors beside the one in which one of them does not take part.

    `until` is the last day of payment of both; `apart` what the debt that does not take part amounts to then. [fen]
    """

    account: str
    with_all: SharedPlan
    without: SharedPlan
    until: date
    apart: int

    @property
    def dearer(self) -> int:
        """How much more all debts together grow until `until` than with all. [fen]"""
        more = self.apart - self.without.left_over[self._place]
        return sum(self.without.charges) + more - sum(self.with_all.charges)

    @property
    def later(self) -> int | None:
        """How many months later all is paid that shall be paid; None where one plan does not get there. [months]"""
        if self.with_all.cleared is None or self.without.cleared is None:
            return None
        return self.without.months - self.with_all.months

    @property
    def gains(self) -> tuple[int, ...]:
        """What each debt gets more in the first month than with all, in the order of `without`. [fen]"""
        first = {p.account: row[0] for p, row in zip(self.with_all.parties, self.with_all.shares, strict=True) if row}
        rows = zip(self.without.parties, self.without.shares, strict=True)
        return tuple(row[0] - first[p.account] if row else 0 for p, row in rows)

    @property
    def _place(self) -> int:
        return [p.account for p in self.without.parties].index(self.account)


def share_out(
    debts: Iterable[Debt],
    monthly: int | Sequence[int],
    rule: ShareRule = ShareRule.PRO_RATA,
    *,
    parties: Iterable[Party] = (),
    on: date | None = None,
    first: date | None = None,
    months: int = LONGEST_MONTHS,
    equal_share: Fraction = NO_SHARE,
) -> SharedPlan:
    """Return who gets what when a sum is paid each month over several debts, until all are paid.

    Parameters
    ----------
    debts : iterable of Debt
        At least one; their own later payments, freezes and entries are played too.
    monthly : int or sequence of int
        Paid in each month; the last of several goes on. [fen]
    rule : ShareRule
    parties : iterable of Party
        In order of priority; a debt that is not named comes behind, takes part and must get nothing at least.
    on : date, optional
        The day to start from; the latest day of a balance where that is later, or where it is left out.
    first : date, optional
        Day of the first payment; one month after the start if left out. The others follow on the same day.
    months : int
        Most months looked at. [months]
    equal_share : Fraction
        The share of its part pro rata of the opening that every creditor gets each month at least, 0 to 1.

    Raises
    ------
    ValueError
        If `sharing_problems` finds something, or the rule is one that needs more than this.

    Notes
    -----
    Each month: what each debt must get at least, no more than is owed on it; the rest by the rule. No debt gets more
    than is owed, what one no longer needs goes to the others, and every fen is given out: a remainder goes by the
    largest part of a fen, then to the debt listed first. Debts that wait get what the others leave.
    """
    return share_out_by(
        debts, monthly, (rule,), parties=parties, on=on, first=first, months=months, equal_share=equal_share
    )[0]


def share_out_by(
    debts: Iterable[Debt],
    monthly: int | Sequence[int],
    rules: Iterable[ShareRule] = SIMPLE_RULES,
    *,
    parties: Iterable[Party] = (),
    on: date | None = None,
    first: date | None = None,
    months: int = LONGEST_MONTHS,
    equal_share: Fraction = NO_SHARE,
) -> tuple[SharedPlan, ...]:
    """Return a plan a rule, for the same debts and the same sum a month; see `share_out`."""
    ask = asked(debts, monthly, tuple(parties), on, first, months, equal_share)
    return tuple(ask.answer(rule) for rule in rules)


def hold_out(
    debts: Iterable[Debt],
    monthly: int | Sequence[int],
    account: str,
    rule: ShareRule = ShareRule.PRO_RATA,
    *,
    parties: Iterable[Party] = (),
    stance: Stance = Stance.WAITS,
    meanwhile: Meanwhile = Meanwhile.OWN_TERMS,
    on: date | None = None,
    first: date | None = None,
    months: int = LONGEST_MONTHS,
) -> HoldOut:
    """Return what it changes that one creditor does not take part; the others get its share. See `share_out`."""
    debts, parties = tuple(debts), tuple(parties)
    own = next((p for p in parties if p.account == account), Party(account=account))
    aside = replace(own, stance=stance, meanwhile=meanwhile)
    others = tuple(aside if p.account == account else p for p in parties)
    others = others if own in parties else (*others, aside)
    plans = [
        share_out(debts, monthly, rule, parties=given, on=on, first=first, months=months) for given in (parties, others)
    ]
    until = max(p.days[-1] if p.days else p.start for p in plans)
    place = [p.account for p in plans[1].parties].index(account)
    debt, left = plans[1].debts[place], plans[1].left_over[place]
    apart = _owed(debt, until, standstill(aside, plans[1].start, until)) if stance is Stance.STAYS_OUT else left
    return HoldOut(account, plans[0], plans[1], until, apart)


# -- one question, ready to be answered under any rule -----------------------------------------------------------------

Shares = Callable[[int, Sequence[int]], list[int]]  # of the n-th month, from what is owed on each debt then


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as asked, in order of priority: debts, their parties, days of payment, amounts, what is owed.

    `ways` are the plain ways of the debts, None where one of them is not plain; `together` plays them for orders, None
    where they are not plain, the amount changes or creditors get shares; `places` and `behind` are the places of those
    that take part, and of those that are paid after them.
    """

    debts: tuple[Debt, ...]
    parties: tuple[Party, ...]
    start: date
    days: tuple[date, ...]
    amounts: tuple[int, ...]
    least: tuple[int, ...]
    opening: tuple[int, ...]
    equal_share: Fraction
    ways: tuple[PlainWay, ...] | None
    together: LeastWays | None
    places: tuple[int, ...]
    behind: tuple[int, ...]

    def amount(self, n: int) -> int:
        """Return what is paid in the n-th month. [fen]"""
        return self.amounts[n] if n < len(self.amounts) else self.amounts[-1]

    def order(self, rule: ShareRule) -> tuple[int, ...]:
        """Return the places of the debts that are paid, in the order in which a rule pays them."""
        if rule is ShareRule.PRIORITY:
            return (*self.places, *self.behind)
        found = sorted(self.places, key=self.opening.__getitem__)
        if rule is ShareRule.DEAREST_FIRST:
            found.sort(key=self._daily_rates().__getitem__, reverse=True)
        return (*found, *self.behind)

    def _daily_rates(self) -> Sequence[int | Fraction]:
        """Return what a fen of principal of each debt bears a day, all by the same measure."""
        if self.ways is not None:
            common = lcm(*[w.denominator for w in self.ways])
            return [w.growth * (common // w.denominator) for w in self.ways]
        rates = []
        for debt, party in zip(self.debts, self.parties, strict=True):
            basis = 360 if debt.terms.year in (YearBasis.DAYS_360, YearBasis.DAYS_30_360) else 365
            rate = debt.played_terms.rate_on(self.days[0]).per_day(basis)
            rates.append(NO_SHARE if party.meanwhile is Meanwhile.STANDS_STILL else rate)
        return rates

    def answer(self, rule: ShareRule) -> SharedPlan:
        """Return who gets what under a rule."""
        if rule is ShareRule.OPTIMAL:
            raise ValueError("the least charges are found by debtdesk.core.optimal_split.least_charges")
        if rule is ShareRule.WEIGHTS and not any(self.parties[i].weight for i in self.places):
            raise ValueError("the weights of the debts that take part are all zero")
        if rule is ShareRule.PRO_RATA or rule is ShareRule.WEIGHTS:
            return self.play(rule, self._in_parts(rule))
        return self.answer_in(self.order(rule), rule)

    def answer_in(self, order: Sequence[int], rule: ShareRule = ShareRule.PRIORITY) -> SharedPlan:
        """Return who gets what when debts are paid one after the other, by their places."""
        if self.together is not None:
            found = self.together.pay_in_order(self.amounts[0], order)
            if found is not None:
                return self._plan(rule, *found)
        return self.play(rule, self._in_order(order))

    def floors(self, n: int, owed: Sequence[int]) -> list[int]:
        """Return what each debt must get at least in the n-th month, no more than is owed on it. [fen]"""
        least: Sequence[int] = self.least
        if self.equal_share:
            amount, whole = self.amount(n), sum(self.opening[i] for i in self.places) or 1
            least = list(least)
            for i in self.places:
                least[i] = max(least[i], int(self.equal_share * amount * self.opening[i] / whole))
        floors = [min(m, o) for m, o in zip(least, owed, strict=True)]
        if sum(floors) > self.amount(n):
            raise ValueError(f"the least amounts {floors} come to more than the {self.amount(n)} of month {n + 1}")
        return floors

    def _in_order(self, order: Sequence[int]) -> Shares:
        def shares(n: int, owed: Sequence[int]) -> list[int]:
            floors, found = self.floors(n, owed), [0] * len(owed)
            paid = in_order([owed[i] for i in order], [floors[i] for i in order], self.amount(n))
            for i, x in zip(order, paid, strict=True):
                found[i] = x
            return found

        return shares

    def _in_parts(self, rule: ShareRule) -> Shares:
        weights = [p.weight for p in self.parties] if rule is ShareRule.WEIGHTS else None

        def shares(n: int, owed: Sequence[int]) -> list[int]:
            found = self.floors(n, owed)
            open_ = [i for i in self.places if owed[i] > found[i]]
            rest = min(self.amount(n) - sum(found), sum(owed[i] - found[i] for i in open_))
            while rest and open_:
                rooms = [owed[i] - found[i] for i in open_]
                by: Sequence[int | Fraction] = rooms if weights is None else [weights[i] for i in open_]
                for i, room, part in zip(open_, rooms, split(rest, by if any(by) else rooms), strict=True):
                    taken = min(room, part)
                    found[i] += taken
                    rest -= taken
                open_ = [i for i in open_ if owed[i] > found[i]]
            for i in self.behind:
                found[i] = min(owed[i], self.amount(n) - sum(found))
            return found

        return shares

    def play(self, rule: ShareRule, shares: Shares) -> SharedPlan:
        """Play the months until all is paid that shall be paid, each shared out as told."""
        payable, rows, owed = (*self.places, *self.behind), [], list(self.opening)
        runs = self._runs()
        for n in range(len(self.days)):
            due = [run.owed() for run in runs]
            if not n and not any(due[i] for i in payable):
                break
            paid = shares(n, due)
            for run, x in zip(runs, paid, strict=True):
                run.pay(x)
            rows.append(paid)
            owed = [o - x for o, x in zip(due, paid, strict=True)]
            if not any(owed[i] for i in payable):
                break
        return self._plan(rule, [list(r) for r in zip(*rows, strict=True)], owed, len(rows))

    def _runs(self) -> Sequence[PlainRun | KernelRun]:
        if self.ways is not None:
            gaps = _days_between(self.days)
            return [PlainRun(w, gaps) for w in self.ways]
        until = self.days[-1] + timedelta(days=1)
        freezes = [standstill(p, self.start, until) for p in self.parties]
        return [KernelRun(d, self.days, f) for d, f in zip(self.debts, freezes, strict=True)]

    def _plan(self, rule: ShareRule, paid: list[list[int]], left_over: list[int], months: int) -> SharedPlan:
        days = self.days[:months]
        last = days[-1] if days else self.start
        shares = tuple([tuple(row) for row in paid]) if months else ((),) * len(self.debts)
        own = tuple(
            [sum([p.amount for p in d.payments if self.start < p.day <= last]) if d.payments else 0 for d in self.debts]
        )
        done = not any(left_over[i] for i in (*self.places, *self.behind))
        return SharedPlan(
            rule=rule,
            debts=self.debts,
            parties=self.parties,
            start=self.start,
            days=days,
            opening=self.opening,
            shares=shares,
            left_over=tuple(left_over),
            own=own,
            cleared=last if done else None,
        )


_days_between = lru_cache(maxsize=16)(days_between)


def asked(
    debts: Iterable[Debt],
    monthly: int | Sequence[int],
    parties: tuple[Party, ...],
    on: date | None,
    first: date | None,
    months: int,
    equal_share: Fraction,
) -> Asked:
    """Return a question ready to be answered under any rule; see `share_out`."""
    debts = tuple(debts)
    start = common_start(debts, on)
    problems = sharing_problems(debts, monthly, parties, months=months, equal_share=equal_share)
    if problems:
        raise ValueError("; ".join(p.text.in_language("en") for p in problems))
    first = add_months(start, 1) if first is None else first
    if first <= start:
        raise ValueError(f"first {first} must lie after {start}")
    named = {p.account for p in parties}
    parties = (*parties, *(Party(account=d.account) for d in debts if d.account not in named))
    by_account = {d.account: d for d in debts}
    debts = tuple([by_account[p.account] for p in parties])
    days = same_day_of_months(first, months)
    ways = [
        plain_way(d, start, days, p.meanwhile is Meanwhile.STANDS_STILL) for d, p in zip(debts, parties, strict=True)
    ]
    plain = [w for w in ways if w is not None]
    all_plain = tuple(plain) if len(plain) == len(debts) else None
    level = all_plain is not None and isinstance(monthly, int) and not equal_share
    least = tuple([p.minimum if p.stance is Stance.TAKES_PART else 0 for p in parties])
    return Asked(
        debts=debts,
        parties=parties,
        start=start,
        days=days,
        amounts=(monthly,) if isinstance(monthly, int) else tuple(monthly),
        least=least,
        opening=tuple([_owed(d, start) if w is None else w.opening for d, w in zip(debts, ways, strict=True)]),
        equal_share=equal_share,
        ways=all_plain,
        together=LeastWays(plain, _days_between(days), least) if level else None,
        places=tuple([i for i, p in enumerate(parties) if p.stance is Stance.TAKES_PART]),
        behind=tuple([i for i, p in enumerate(parties) if p.stance is Stance.WAITS]),
    )


def _owed(debt: Debt, day: date, freezes: Iterable[Freeze] = ()) -> int:
    balance = balances_on(debt, (day,), freezes=freezes)[0]
    return balance.total - balance.credit
