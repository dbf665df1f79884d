"""Breach: what would stand if a plan were broken after some installments, and what a missed one makes of the rest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from debtdesk.core.balance import Balance
from debtdesk.core.debt import Debt, Payment
from debtdesk.core.projection import balances_on
from debtdesk.core.schedule import Installment, Schedule
from debtdesk.core.settlement import Parts
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.core.terms import COSTS_FIRST, PARTS


@dataclass(frozen=True, slots=True)
class Breach:
    """What stands after `paid` installments if the plan is broken on `day`.

    `revived` is what was given up on condition that all is paid and stands again, by part; `balance` what is owed then,
    the revived included; `kept` what stays waived. [fen]
    """

    day: date
    paid: int
    revived: Parts
    kept: Parts
    balance: Balance

    @property
    def without_revival(self) -> int:
        """What would be owed if nothing revived. [fen]"""
        return self.balance.total - self.revived.total


def on_breach(plan: Schedule, paid: int, *, on: date | None = None) -> Breach:
    """Return the balance that would stand if a plan were broken after some of its installments were paid.

    Parameters
    ----------
    plan : Schedule
    paid : int
        How many monthly installments were paid, 0 to all; the down payment is taken as paid.
    on : date, optional
        The day of the breach; that of the first installment missed if left out.

    Notes
    -----
    What was paid as principal of the plan counts towards the parts in the order of Civil Code 561: costs, interest,
    principal. Parts that were added to the principal stay principal. A waiver that held on signing stays; one that
    hangs on full performance revives, and what was set aside is owed. Interest under the old terms for the time of
    the plan is left aside here: whether it may be claimed depends on the agreement; `without_plan` tells what it is.
    """
    if not 0 <= paid <= plan.count:
        raise ValueError(f"paid {paid} must lie between 0 and {plan.count}")
    s, rows = plan.settlement, plan.monthly_installments
    capitalised = s.capitalised.total
    standing = [s.installments.principal + capitalised, *s.installments[1:]]
    settled = sum(i.principal for i in rows[:paid])
    for part in COSTS_FIRST:
        i = PARTS.index(part)
        taken = min(standing[i], settled)
        standing[i] -= taken
        settled -= taken
    over = paid == plan.count
    revived = Parts(0, 0, 0, 0) if over else s.conditional
    aside = s.carried if s.carried_owed else Parts(0, 0, 0, 0)
    owed = [x + r + c for x, r, c in zip(standing, revived, aside, strict=True)]
    day = on or (rows[paid].due if not over else plan.end)
    balance = Balance(
        principal=owed[0],
        interest=owed[1],
        penalty_interest=owed[2],
        fees=owed[3],
        as_of=day,
        source=plan.proposal.name,
        known=plan.balance.known,
    )
    kept = Parts(*(g - r for g, r in zip(s.given_up, revived, strict=True)))
    return Breach(day, paid, revived, kept, balance)


def without_plan(debt: Debt, plan: Schedule, paid: int, *, on: date) -> Balance:
    """Return what a debt comes to on a day under its own terms if the payments made count and the plan never was."""
    made = (*plan.installments[: plan.first], *plan.monthly_installments[:paid])
    return balances_on(debt, (on,), [Payment(i.due, i.payment) for i in made if i.payment])[0]


@dataclass(frozen=True, slots=True)
class Respread(Tabular):
    """What is still due after installments were missed: each of the rest takes its share of what is missing. [fen]"""

    on: date
    missing: int
    installments: tuple[Installment, ...]
    original: tuple[Installment, ...]

    @property
    def more(self) -> int:
        """What the dearest of the rest costs more than before. [fen]"""
        pairs = zip(self.installments, self.original, strict=True)
        return max((new.payment - old.payment for new, old in pairs), default=0)

    def columns(self) -> dict[str, list[object]]:
        """Return due, payment, principal, interest, fee, left. [yuan]"""
        names = Installment._fields
        cells = [list(column) for column in zip(*self.installments, strict=True)] or [[] for _ in names]
        return {n: c if n == "due" else [in_yuan(x) for x in c] for n, c in zip(names, cells, strict=True)}


def respread(plan: Schedule, paid: Iterable[Payment], *, on: date) -> Respread:
    """Return the installments after a day with what is missing so far spread over them evenly.

    Parameters
    ----------
    plan : Schedule
    paid : iterable of Payment
        What was really paid on this plan, those up to `on` count.
    on : date
        Installments due on it or before are past.

    Raises
    ------
    ValueError
        If something is missing and no installment is left to take it.

    Notes
    -----
    What was paid is set against what was due in order of day, in each installment against fee, interest, principal.
    What is missing bears nothing more. Each later installment takes the same, the last of them the fen that do not
    divide. What was paid beyond what was due is taken off the last installments.
    """
    past = [i for i in plan.installments if i.due <= on]
    rest = [i for i in plan.installments if i.due > on]
    received = sum(p.amount for p in paid if p.day <= on)
    short = _missing(past, received)
    missing = sum(short)
    if missing and not rest:
        raise ValueError(f"{missing} are missing on {on} and no installment is left to take them")
    ahead = max(0, received - sum(i.payment for i in past))
    shares = [_even(x, len(rest)) for x in short]
    rows = [[i.principal + shares[0][n], i.interest + shares[1][n], i.fee + shares[2][n]] for n, i in enumerate(rest)]
    for row in reversed(rows):
        for kind in range(3):
            taken = min(row[kind], ahead)
            row[kind] -= taken
            ahead -= taken
    left, found = sum(row[0] for row in rows), []
    for i, (principal, interest, fee) in zip(rest, rows, strict=True):
        left -= principal
        found.append(Installment(i.due, principal + interest + fee, principal, interest, fee, left))
    return Respread(on, missing, tuple(found), tuple(rest))


def _missing(past: Iterable[Installment], received: int) -> tuple[int, int, int]:
    """Return what is missing of principal, interest and fee. [fen]"""
    principal = interest = fee = 0
    for i in past:
        for amount, name in ((i.fee, "fee"), (i.interest, "interest"), (i.principal, "principal")):
            taken = min(amount, received)
            received -= taken
            if name == "fee":
                fee += amount - taken
            elif name == "interest":
                interest += amount - taken
            else:
                principal += amount - taken
    return principal, interest, fee


def _even(amount: int, n: int) -> list[int]:
    return [amount // n] * (n - 1) + [amount - amount // n * (n - 1)] if n else []
