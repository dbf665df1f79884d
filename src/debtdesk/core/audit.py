"""Audit: the creditor's figures beside ours, part by part, with what explains each difference.

A cause is found by trying: the history is played again under another way of counting, and what then comes out is held
against the creditor's figures. Nothing is guessed; what nothing tried explains is said to be unexplained.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

from debtdesk.core.causes import Change, changes, explaining_rates
from debtdesk.core.debt import Balance, Debt
from debtdesk.core.history import history_problems
from debtdesk.core.ledger import begun
from debtdesk.core.problems import Problem
from debtdesk.core.projection import balances_on
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.core.terms import PARTS, Part
from debtdesk.locale import Message

MOST_CAUSES = 3


@dataclass(frozen=True, slots=True)
class Cause:
    """A way of counting and what it comes to: one change or two, and the balance under them."""

    changes: tuple[Change, ...]
    balance: Balance
    exact: bool

    @property
    def text(self) -> Message:
        """The way of counting in words."""
        first, *rest = (c.text for c in self.changes)
        return Message("{one}, and {other}", one=first, other=rest[0]) if rest else first

    def left(self, theirs: Balance, part: Part | None = None) -> int:
        """Return what it leaves unexplained of a part, or of all parts together. [fen]"""
        parts = PARTS if part is None else (part,)
        return sum(theirs.part(p) - self.balance.part(p) for p in parts)


@dataclass(frozen=True, slots=True)
class Audit(Tabular):
    """The creditor's figures beside ours.

    `ours` is None where the beginning of the history is not known or lies after the balance. `causes` explain the
    differences exactly, or the one that comes nearest does so in part; none where nothing tried helps.
    """

    debt: Debt
    theirs: Balance
    ours: Balance | None
    causes: tuple[Cause, ...] = ()
    problems: tuple[Problem, ...] = ()

    def difference(self, part: Part | None = None) -> int:
        """Return the creditor's figure less ours, of a part or in all. [fen]"""
        if self.ours is None:
            return 0
        return sum(self.theirs.part(p) - self.ours.part(p) for p in (PARTS if part is None else (part,)))

    @property
    def agrees(self) -> bool:
        """Whether every part agrees to the fen."""
        return self.ours is not None and not any(self.difference(p) for p in PARTS)

    @property
    def explained(self) -> bool:
        """Whether a cause explains every part to the fen."""
        return any(c.exact for c in self.causes)

    def causes_of(self, part: Part) -> list[Message]:
        """Return in words what explains the difference of a part."""
        if self.ours is None or not self.difference(part):
            return []
        theirs = self.theirs.part(part)
        exact = [c.text for c in self.causes if c.balance.part(part) == theirs]
        if exact:
            return [Message("follows to the fen if {cause}", cause=text) for text in exact]
        partly = [c for c in self.causes if abs(c.left(self.theirs, part)) < abs(self.difference(part))]
        return [
            Message(
                "follows in part if {cause}; {rest} yuan remain unexplained",
                cause=c.text,
                rest=f"{c.left(self.theirs, part) / 100:,.2f}",
            )
            for c in partly[:1]
        ] or [Message("nothing that was tried explains it")]

    def columns(self) -> dict[str, list[object]]:
        """Return a row a part and one for all: theirs, ours, difference [yuan], cause."""
        names = [*(p.value for p in PARTS), "total"]
        ours = self.ours
        return {
            "part": list(names),
            "theirs": [in_yuan(getattr(self.theirs, n)) for n in names],
            "ours": [in_yuan(getattr(ours, n)) if ours else None for n in names],
            "difference": [
                in_yuan(self.difference(p)) if ours else None for p in (*(Part(n) for n in names[:-1]), None)
            ],
            "cause": [*("; ".join(map(str, self.causes_of(p))) for p in PARTS), ""],
        }


def audit(debt: Debt) -> Audit:
    """Return the creditor's figures beside what the history comes to under the terms noted.

    The history begins at `debt.origin`; all payments, freezes and entries known up to the balance's day are played.
    Single changes are tried first, then pairs; what explains to the fen comes before what explains in part.
    """
    theirs, problems = debt.balance, history_problems(debt)
    if debt.origin is None or debt.origin.as_of > theirs.as_of:
        return Audit(debt, theirs, None, (), problems)
    ours = _played(debt)
    causes = () if _parts(ours) == _parts(theirs) else _causes(debt, ours)
    return Audit(debt, theirs, ours, causes, problems)


def _played(debt: Debt, *tried: Change) -> Balance:
    for change in tried:
        debt = change.apply(debt)
    return balances_on(begun(debt), (debt.balance.as_of,))[0]


def _parts(balance: Balance) -> tuple[int, ...]:
    return tuple(balance.part(p) for p in PARTS)


def _causes(debt: Debt, ours: Balance) -> tuple[Cause, ...]:
    target, plain = _parts(debt.balance), _parts(ours)
    tried = [*changes(debt), *_rates(debt)]
    singles = [_cause(debt, c) for c in tried]
    if exact := _exact(singles):
        return exact
    likely = [c for c in tried if c.likely]
    pairs = [_cause(debt, a, b) for a, b in combinations(likely, 2) if a.subject != b.subject]
    pairs += [
        _cause(debt, c, r)
        for c in likely
        if c.subject not in ("rate", "rounding", "rhythm")
        for r in _rates(c.apply(debt))
    ]
    if exact := _exact(pairs):
        return exact
    return _by_part(debt, [c for c in singles if _parts(c.balance) != plain], target, plain)


def _cause(debt: Debt, *tried: Change) -> Cause:
    balance = _played(debt, *tried)
    return Cause(tried, balance, _parts(balance) == _parts(debt.balance))


def _exact(causes: list[Cause]) -> tuple[Cause, ...]:
    return tuple(c for c in causes if c.exact)[:MOST_CAUSES]


def _by_part(debt: Debt, causes: list[Cause], target: tuple[int, ...], plain: tuple[int, ...]) -> tuple[Cause, ...]:
    """Return for each part that differs what gives it to the fen, else what comes nearest to all parts."""
    found: list[Cause] = []
    for i in range(len(PARTS)):
        if target[i] != plain[i]:
            found += [c for c in causes if _parts(c.balance)[i] == target[i]][:1]
    nearest = min(causes, key=lambda c: _distance(_parts(c.balance), target), default=None)
    if nearest is not None and _distance(_parts(nearest.balance), target) < _distance(plain, target):
        found.append(nearest)
    return tuple(c for i, c in enumerate(found) if c not in found[:i])


def _distance(parts: tuple[int, ...], target: tuple[int, ...]) -> int:
    return sum(abs(a - b) for a, b in zip(parts, target, strict=True))


def _rates(debt: Debt) -> list[Change]:
    at_start = replace(begun(debt), origin=debt.balance)
    return list(explaining_rates(at_start, debt.balance.part(debt.terms.accrues_to)))
