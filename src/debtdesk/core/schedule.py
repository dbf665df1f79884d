"""Schedule: due days and amounts that follow from a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from debtdesk.core.days import add_months
from debtdesk.core.debt import Balance
from debtdesk.core.money import Rounding, divide, round_fen
from debtdesk.core.proposal import Proposal, Remainder
from debtdesk.core.returns import xirr
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.core.terms import Part


@dataclass(frozen=True, slots=True)
class Installment:
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
        return max((i.payment for i in self.installments[self.proposal.down_payment > 0 :]), default=0)

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
        names = ("payment", "principal", "interest", "fee", "left")
        rows = self.installments
        due: dict[str, list[object]] = {"due": [i.due for i in rows]}
        return due | {n: [in_yuan(getattr(i, n)) for i in rows] for n in names}


def waived_of(proposal: Proposal, balance: Balance) -> Balance:
    """Return what a proposal waives of a balance, by part, each rounded down to the fen."""
    shares = {p: round_fen(balance.part(p) * proposal.waiver.share(p), Rounding.DOWN) for p in Part}
    return Balance(
        principal=shares[Part.PRINCIPAL],
        interest=shares[Part.INTEREST],
        penalty_interest=shares[Part.PENALTY_INTEREST],
        fees=shares[Part.FEES],
        as_of=balance.as_of,
        source=proposal.name,
    )


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
    what is left, rounded half up, and the last payment takes what the rounding leaves. The fee of an installment is a
    share of the amount put into installments.
    """
    waived = waived_of(proposal, balance)
    settled = balance.total - waived.total
    down = min(proposal.down_payment if down_payment is None else down_payment, settled)
    rows = [Installment(proposal.start, down, down, 0, 0, settled - down)] if down else []
    financed = settled - down
    n, anchor = proposal.installments, proposal.first_due.day
    fee = round_fen(financed * proposal.period_fee, Rounding.HALF_UP)
    rate = proposal.rate.per_month() if proposal.rate is not None else Fraction(0)
    left = financed
    for k, (principal, interest) in enumerate(installment_parts(financed, n, rate, proposal.remainder)):
        left -= principal
        due = add_months(proposal.first_due, k, anchor=anchor)
        rows.append(Installment(due, principal + interest + fee, principal, interest, fee, left))
    return Schedule(proposal, balance, waived, settled, tuple(rows))


def level_payment(financed: int, n: int, rate: Fraction) -> int:
    """Return the equal payment that clears an amount in n months at a monthly rate, rounded half up. [fen]"""
    if not rate:
        return financed // n
    top, bottom = (rate.denominator + rate.numerator) ** n, rate.denominator**n
    return divide(financed * rate.numerator * top, rate.denominator * (top - bottom), Rounding.HALF_UP)


def installment_parts(financed: int, n: int, rate: Fraction, remainder: Remainder) -> list[tuple[int, int]]:
    """Return principal and interest of each of n monthly installments. [fen]"""
    level = level_payment(financed, n, rate)
    if not rate:
        odd = financed - level * n
        parts = [(level, 0)] * n
        at = 0 if remainder is Remainder.FIRST else n - 1
        parts[at] = (level + odd, 0)
        return parts
    left, parts, up, down = financed, [], rate.numerator, rate.denominator
    for k in range(n):
        interest = (2 * left * up + down) // (2 * down)
        principal = left if k == n - 1 else min(left, level - interest)
        left -= principal
        parts.append((principal, interest))
    return parts
