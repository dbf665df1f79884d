"""Schedule: due days and amounts that follow from a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from debtdesk.core.days import same_day_of_months
from debtdesk.core.debt import Balance
from debtdesk.core.money import Rounding, divide, round_fen
from debtdesk.core.proposal import Proposal, Remainder
from debtdesk.core.returns import xirr
from debtdesk.core.tabular import Tabular
from debtdesk.core.terms import Part


class Installment(NamedTuple):
    """One due day: what is paid, what of it is principal of the plan, interest or fee, and what is left. [fen]"""

    due: date
    payment: int
    principal: int
    interest: int
    fee: int
    left: int


@dataclass(frozen=True, slots=True)
class Schedule(Tabular):
    """What a proposal means for one balance.

    `before` is the balance; `waived` what is given up of each part; `settled` what remains to be paid; the down payment
    is the first line where there is one. Before = waived + settled, to the fen. [fen]
    """

    proposal: Proposal
    before: Balance
    waived: Balance
    settled: int
    installments: tuple[Installment, ...]

    @property
    def total(self) -> int:
        """All that is paid. [fen]"""
        return sum(i.payment for i in self.installments)

    @property
    def cost(self) -> int:
        """Interest and fees of the plan itself. [fen]"""
        return self.total - self.settled

    @property
    def monthly(self) -> int:
        """The largest monthly installment, down payment left aside. [fen]"""
        return max(i.payment for i in self.monthly_installments)

    @property
    def monthly_installments(self) -> tuple[Installment, ...]:
        """The installments without the down payment."""
        return self.installments[-self.proposal.installments :]

    @property
    def end(self) -> date:
        """The day of the last payment."""
        return self.installments[-1].due

    @property
    def yearly_cost(self) -> float | None:
        """XIRR of the plan's payments against what is settled; None where there is nothing to pay. [1/year]"""
        return xirr([(self.proposal.start, self.settled), *((i.due, -i.payment) for i in self.installments)])

    def columns(self) -> dict[str, list[object]]:
        """Return due, payment, principal, interest, fee, left. [yuan]"""
        columns = dict(zip(Installment._fields, map(list, zip(*self.installments, strict=True)), strict=True))
        return {n: c if n == "due" else [x / 100 for x in c] for n, c in columns.items()}


def waived_of(proposal: Proposal, balance: Balance) -> Balance:
    """Return what a proposal waives of a balance, by part, each rounded down to the fen."""
    shares = {p: _share(balance.part(p), proposal.waiver.share(p)) for p in Part}
    return Balance(
        principal=shares[Part.PRINCIPAL],
        interest=shares[Part.INTEREST],
        penalty_interest=shares[Part.PENALTY_INTEREST],
        fees=shares[Part.FEES],
        as_of=balance.as_of,
        source=proposal.name,
    )


def _share(amount: int, share: Fraction) -> int:
    return amount * share.numerator // share.denominator


def schedule(proposal: Proposal, balance: Balance, *, down_payment: int | None = None) -> Schedule:
    """Return the due days and amounts that follow from a proposal on one balance.

    Parameters
    ----------
    proposal : Proposal
    balance : Balance
        What is owed when the proposal starts.
    down_payment : int, optional
        This balance's share of the proposal's down payment; the whole of it if left out. [fen]

    Notes
    -----
    Installments fall on the day of the month of the first, or on the month's end. Without a rate all are equal and the
    remainder goes to the last (or first) one; with a rate the interest of a month is a twelfth of the yearly rate on
    what is left, rounded half up, and the last payment takes what the rounding leaves. The fee is a share
    of the amount put into installments for each month, rounded as a whole and split like the installments.
    """
    waived = waived_of(proposal, balance)
    settled = balance.total - waived.total
    down = min(proposal.down_payment if down_payment is None else down_payment, settled)
    financed, n = settled - down, proposal.installments
    rate = proposal.rate.per_month() if proposal.rate is not None else Fraction(0)
    parts = installment_parts(financed, n, rate, proposal.remainder)
    fees = equal_parts(round_fen(financed * proposal.period_fee * n, Rounding.HALF_UP), n, proposal.remainder)
    rows = [Installment(proposal.start, down, down, 0, 0, financed)] if down else []
    left, row = financed, Installment._make
    for due, (principal, interest), fee in zip(same_day_of_months(proposal.first_due, n), parts, fees, strict=True):
        left -= principal
        rows.append(row((due, principal + interest + fee, principal, interest, fee, left)))
    return Schedule(proposal, balance, waived, settled, tuple(rows))


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
