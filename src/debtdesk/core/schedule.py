"""Schedule: due days and amounts that follow from a proposal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property, lru_cache
from itertools import accumulate
from operator import add, sub
from typing import TYPE_CHECKING, NamedTuple

from debtdesk.core.course import Paid, numbered
from debtdesk.core.days import add_months, same_day_of_months
from debtdesk.core.debt import Balance
from debtdesk.core.installing import Bearing
from debtdesk.core.money import Rounding, divide, round_fen
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Proposal, Remainder
from debtdesk.core.returns import xirr
from debtdesk.core.settlement import Parts, Settlement, by_debt, settle
from debtdesk.core.sizing import sized, sized_together
from debtdesk.core.tabular import Tabular, framed, in_yuan
from debtdesk.locale import Message

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray


class Installment(NamedTuple):
    """One due day: what is paid, what of it is principal of the plan, interest or fee, and what is left. [fen]"""

    due: date
    payment: int
    principal: int
    interest: int
    fee: int
    left: int


class Lines(NamedTuple):
    """The installments of a schedule, column by column. [fen]"""

    due: tuple[date, ...]
    payment: tuple[int, ...]
    principal: tuple[int, ...]
    interest: tuple[int, ...]
    fee: tuple[int, ...]
    left: tuple[int, ...]


@dataclass(frozen=True)
class Schedule(Tabular):
    """What a proposal means for one balance.

    `balance` is what is owed when it starts, `settlement` what becomes of each part; the down payment is the first line
    where there is one, `first` the place of the first monthly one and `count` how many of these there are; what was set
    aside comes last. Before = waived + settled, to the fen. [fen]
    """

    proposal: Proposal
    balance: Balance
    settlement: Settlement
    lines: Lines
    first: int
    count: int

    @cached_property
    def installments(self) -> tuple[Installment, ...]:
        """The lines, one record a due day."""
        return tuple(map(Installment._make, zip(*self.lines, strict=True)))

    @property
    def before(self) -> Balance:
        """What is owed when the proposal starts."""
        return self.balance

    @property
    def waived(self) -> Balance:
        """What is never paid if all is kept: waived, taken off, or set aside to be waived, by part. [fen]"""
        return _balance(self.settlement.given_up, self.balance, self.proposal.name)

    @property
    def settled(self) -> int:
        """What remains to be paid, before the plan's own interest and fees. [fen]"""
        return self.balance.total - self.settlement.given_up.total

    @property
    def total(self) -> int:
        """All that is paid. [fen]"""
        return sum(self.lines.payment)

    @property
    def cost(self) -> int:
        """Interest and fees of the plan itself. [fen]"""
        return self.total - self.settled

    @property
    def monthly(self) -> int:
        """The largest monthly installment, down payment and what was set aside left out. [fen]"""
        return max(self.lines.payment[self.first : self.first + self.count], default=0)

    @property
    def monthly_installments(self) -> tuple[Installment, ...]:
        """The installments without the down payment and without what was set aside."""
        return self.installments[self.first : self.first + self.count]

    @property
    def end(self) -> date:
        """The day of the last payment."""
        return self.lines.due[-1] if self.lines.due else self.proposal.first_due

    @property
    def yearly_cost(self) -> float | None:
        """XIRR of the plan's payments against what is settled; None where there is nothing to pay. [1/year]"""
        paid = zip(self.lines.due, self.lines.payment, strict=True)
        return xirr([(self.proposal.start, self.settled), *((due, -payment) for due, payment in paid)])

    def columns(self) -> dict[str, list[object]]:
        """Return due, payment, principal, interest, fee, left. [yuan]"""
        due, *amounts = self.lines
        first: dict[str, list[object]] = {"due": list(due)}
        return first | {n: [in_yuan(x) for x in c] for n, c in zip(Lines._fields[1:], amounts, strict=True)}

    def table(self) -> pd.DataFrame:
        """Return the columns as a DataFrame, amounts in yuan."""
        import numpy as np

        due, *amounts = self.lines
        return framed(Lines._fields, _column_of_days(due), np.array(amounts, dtype=np.float64) / 100)


@lru_cache(maxsize=64)  # the proposals on a screen are due on the same days
def _column_of_days(days: tuple[date, ...]) -> NDArray[np.object_]:
    import numpy as np

    column = np.array(days, dtype=object)
    column.flags.writeable = False
    return column


def _balance(parts: Parts, like: Balance, source: str) -> Balance:
    return Balance(
        principal=parts.principal,
        interest=parts.interest,
        penalty_interest=parts.penalty_interest,
        fees=parts.fees,
        as_of=like.as_of,
        source=source,
    )


def waived_of(proposal: Proposal, balance: Balance) -> Balance:
    """Return what a proposal gives up of a balance, by part, each share rounded down to the fen."""
    return _balance(settle(proposal, balance).given_up, balance, proposal.name)


def schedule(
    proposal: Proposal,
    balance: Balance,
    *,
    down_payment: int | None = None,
    most: int | None = None,
    paid: Sequence[Paid] | None = None,
) -> Schedule:
    """Return the due days and amounts that follow from a proposal on one balance.

    Parameters
    ----------
    proposal : Proposal
        Its amounts are for this balance alone; `by_debt` splits them over several.
    balance : Balance
        What is owed when the proposal starts.
    down_payment : int, optional
        This balance's share of the proposal's down payment; the whole of it if left out. [fen]
    most : int, optional
        With a size: the installment at this place takes all that is left.
    paid : sequence of Paid, optional
        What each month brings, where that was worked out together with other debts.

    Raises
    ------
    Refused
        If a part is given away more than once over, or if installments of a given size never end.

    Notes
    -----
    Installments fall on the day of the month of the first, or on the month's end. Without a rate all are equal and the
    remainder goes to the last (or first) one; with a rate the interest of a month is a twelfth of the yearly rate on
    what is left (or its days at the daily rate), rounded half up, and the last payment takes what the rounding leaves.
    The fee is a share of the amount put into installments for each month, rounded as a whole and split like the
    installments. See `course` for what rises, rests, or is rounded to steps.
    """
    parts = settle(proposal, balance, down_payment)
    if proposal.is_even:
        dues, principals, interests, fees = _even(proposal, parts.financed)
    else:
        found = _paid(proposal, parts, most) if paid is None else paid
        dues, principals, interests, fees = map(list, zip(*found, strict=True)) if found else ([], [], [], [])
    down, carried, count = parts.down.total, parts.carried_owed, len(dues)
    if down:
        dues, principals, interests, fees = [proposal.start, *dues], [down, *principals], [0, *interests], [0, *fees]
    if carried:
        due = proposal.carry.due or (dues[-1] if count else proposal.first_due)
        if count and due < dues[-1]:
            raise Refused(
                Message("What is set aside would be due before the last installment of {day}.", day=str(dues[-1])),
                Message("Write that day or a later one."),
            )
        dues, principals, interests, fees = [*dues, due], [*principals, carried], [*interests, 0], [*fees, 0]
    payments = map(add, map(add, principals, interests), fees)
    _, *left = accumulate(principals, sub, initial=parts.financed + down + carried)
    lines = Lines(tuple(dues), *map(tuple, (payments, principals, interests, fees, left)))
    return Schedule(proposal, balance, parts, lines, 1 if down else 0, count)


def _even(proposal: Proposal, financed: int) -> tuple[Sequence[date], Sequence[int], Sequence[int], Sequence[int]]:
    """Return the due days, principals, interests and fees of equal installments. [fen]"""
    n = proposal.installments
    rate = proposal.rate.per_month(proposal.year_days) if proposal.rate is not None else Fraction(0)
    principals, interests = zip(*installment_parts(financed, n, rate, proposal.remainder), strict=True)
    fee = round_fen(financed * proposal.period_fee * n, Rounding.HALF_UP) if proposal.period_fee else 0
    return due_days(proposal, n), principals, interests, equal_parts(fee, n, proposal.remainder)


def due_days(proposal: Proposal, n: int) -> Sequence[date]:
    """Return the first n due days."""
    if proposal.due_day is None:
        return same_day_of_months(proposal.first_due, n)
    later = (add_months(proposal.first_due, k, anchor=proposal.due_day) for k in range(1, n))
    return [proposal.first_due, *later]


def bearing_of(proposal: Proposal, parts: Settlement) -> int:
    """Return what of the amount put into installments bears the plan's rate. [fen]"""
    if proposal.bearing is Bearing.ALL:
        return parts.financed
    return parts.installments.principal + parts.capitalised.total


def _paid(proposal: Proposal, parts: Settlement, most: int | None) -> list[Paid]:
    bearing = bearing_of(proposal, parts)
    if proposal.size is None:
        return numbered(proposal, proposal.installments, bearing, parts.financed - bearing)
    return sized(proposal, bearing, parts.financed - bearing, most=most)


def schedules_of(proposal: Proposal, balances: Sequence[Balance]) -> list[Schedule]:
    """Return one schedule a balance for a proposal over several; amounts of the proposal are for all together.

    With a size all debts end together, in the month in which the size has paid for all of them. Where only some of it
    bears the rate, each month goes by what is left on each debt, see `sized_together`.
    """
    each = by_debt(proposal, balances)
    if proposal.size is None or len(balances) == 1:
        return [schedule(p, b) for p, b in zip(each, balances, strict=True)]
    settled = [settle(p, b) for p, b in zip(each, balances, strict=True)]
    bearings = [bearing_of(p, s) for p, s in zip(each, settled, strict=True)]
    bearing, financed = sum(bearings), sum(s.financed for s in settled)
    if bearing < financed and proposal.rate is not None:
        rows = sized_together(proposal, [(x, s.financed - x) for x, s in zip(bearings, settled, strict=True)])
        return [schedule(p, b, paid=paid) for p, b, paid in zip(each, balances, rows, strict=True)]
    together = sized(proposal, bearing, financed - bearing)
    waits = proposal.grace.months if proposal.grace else 0
    full = add_months(proposal.first_due, waits, anchor=proposal.due_day)
    most = max(1, sum(x.due >= full for x in together))
    return [schedule(p, b, most=most) for p, b in zip(each, balances, strict=True)]


def equal_parts(amount: int, n: int, remainder: Remainder) -> list[int]:
    """Return n equal parts of an amount, the first or last of which takes what does not divide. [fen]"""
    parts = [amount // n] * n
    parts[0 if remainder is Remainder.FIRST else n - 1] += amount % n
    return parts


def level_payment(financed: int, n: int, rate: Fraction) -> int:
    """Return the equal payment that clears an amount in n months at a monthly rate, rounded half up. [fen]"""
    if not rate:
        return financed // n
    top, bottom = (rate.denominator + rate.numerator) ** n, rate.denominator**n
    return divide(financed * rate.numerator * top, rate.denominator * (top - bottom), Rounding.HALF_UP)


def installment_parts(financed: int, n: int, rate: Fraction, remainder: Remainder) -> list[tuple[int, int]]:
    """Return principal and interest of each of n monthly installments. [fen]"""
    if not rate:
        return [(part, 0) for part in equal_parts(financed, n, remainder)]
    level = level_payment(financed, n, rate)
    left, parts, up, half, down = financed, [], 2 * rate.numerator, rate.denominator, 2 * rate.denominator
    for _ in range(n - 1):
        interest = (left * up + half) // down
        principal = level - interest
        if principal > left:
            principal = left
        left -= principal
        parts.append((principal, interest))
    parts.append((left, (left * up + half) // down))
    return parts
