"""Sizing: installments of a given size, as long as it takes, and the least size that ends at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from debtdesk.core.course import LONGEST_COURSE, Asks, Month, Paid, Shape, first_months, shape_of
from debtdesk.core.installing import StepUp
from debtdesk.core.money import Rounding, round_fen, split
from debtdesk.core.problems import Refused
from debtdesk.core.proposal import Proposal
from debtdesk.locale import Message


def sized(proposal: Proposal, bearing: int, quiet: int, *, most: int | None = None) -> list[Paid]:
    """Return what each month brings if a given size is paid as long as it takes; the last is smaller.

    Each installment pays fee, then interest, then what bears none, then principal. A raise by a share is rounded down
    to the fen each time.

    Parameters
    ----------
    proposal : Proposal
        Its `size` is what this plan pays each month.
    bearing, quiet : int
        What bears the plan's rate, and what is paid in installments without. [fen]
    most : int, optional
        The installment at this place takes all that is left.

    Raises
    ------
    Refused
        If the installments never pay more than the charges; it says the least size that would end.
    """
    assert proposal.size is not None
    found = _sized(proposal, proposal.size, bearing, quiet, most)
    if found is None:
        raise _never_ends(proposal, bearing, quiet)
    return found


def _never_ends(proposal: Proposal, bearing: int, quiet: int) -> Refused:
    assert proposal.size is not None
    return Refused(
        Message(
            "{size} yuan a month never ends: it does not cover what the plan itself charges.",
            size=_yuan(proposal.size),
        ),
        Message("Pay at least {least} yuan a month.", least=_yuan(least_size(proposal, bearing, quiet))),
    )


def sized_together(proposal: Proposal, amounts: Sequence[tuple[int, int]]) -> list[list[Paid]]:
    """Return what each month brings on each of several debts if one size is paid for all of them; the last is smaller.

    Each month pays the fees, then the interest due on each debt, then goes by what is left on each; so a debt that
    bears less is not over before the others, and no month asks for more than the size.

    Parameters
    ----------
    proposal : Proposal
        Its `size` and raises are for all debts together.
    amounts : sequence of (int, int)
        Of each debt what bears the plan's rate, and what is paid in installments without. [fen]

    Raises
    ------
    Refused
        If the installments never pay more than the charges; it says the least size that would end.
    """
    debts = [_Sized(proposal, bearing, quiet) for bearing, quiet in amounts]
    shape, n = shape_of(proposal), 0
    ordinary = proposal.size or 0
    for month, up, down in _walk(shape):
        for debt in debts:
            debt.bear(month, up, down, shape.on_left)
        if month.asks is not Asks.INSTALLMENT:
            continue
        n += 1
        if proposal.step_up is not None:
            ordinary = _raised(ordinary, proposal.step_up, n)
        pays = int(ordinary * proposal.season[month.due.month - 1]) if proposal.season else ordinary
        room = max(0, pays // proposal.rounding_step * proposal.rounding_step - sum(d.fee for d in debts))
        dues = [d.due for d in debts]
        if room >= sum(dues) + sum(d.open for d in debts):
            for debt, due in zip(debts, dues, strict=True):
                debt.pay(month.due, due, debt.open)
            return [d.found for d in debts]
        interests = split(min(room, sum(dues)), dues)
        principals = split(room - sum(interests), [d.open for d in debts])
        for debt, interest, principal in zip(debts, interests, principals, strict=True):
            debt.pay(month.due, interest, principal)
    raise _never_ends(proposal, sum(b for b, _ in amounts), sum(q for _, q in amounts))


class _Sized:
    """One debt among several that share a size: what is left of it, what is due, and what was paid. [fen]"""

    def __init__(self, proposal: Proposal, bearing: int, quiet: int) -> None:
        self._fee_rate, self._bearing, self._financed = proposal.period_fee, bearing, bearing + quiet
        self._left, self._rest, self.due, self.fee = bearing, quiet, 0, 0
        self._borne = self._open_months = Fraction(0)
        self._flat_so_far = self._fees_so_far = 0
        self.found: list[Paid] = []

    @property
    def open(self) -> int:
        """What is left to be paid but interest and fee. [fen]"""
        return self._left + self._rest

    def bear(self, month: Month, up: int, down: int, on_left: bool) -> None:
        """Let a month's interest fall due; a month of grace that asks for it is paid at once."""
        interest = (2 * self._left * up + down) // (2 * down)
        if not on_left:
            self._borne += month.accrual
            interest = round_fen(self._bearing * self._borne, Rounding.HALF_UP) - self._flat_so_far
            self._flat_so_far += interest
        if month.asks is Asks.INTEREST:
            self.found += [Paid(month.due, 0, interest, 0)] if interest else []
            return
        self.due += interest
        if month.asks is Asks.INSTALLMENT and self._fee_rate:
            self._open_months += month.open
            fees = round_fen(self._financed * self._fee_rate * self._open_months, Rounding.HALF_UP)
            self.fee = fees - self._fees_so_far
            self._fees_so_far = fees

    def pay(self, day: date, interest: int, principal: int) -> None:
        """Pay the fee, some interest, and some of what is left, first what bears none. [fen]"""
        if not self._financed:
            return
        quiet = min(self._rest, principal)
        self._rest -= quiet
        self._left -= principal - quiet
        self.due -= interest
        self.found.append(Paid(day, principal, interest, self.fee))


def least_size(proposal: Proposal, bearing: int, quiet: int) -> int:
    """Return the least size of installments that ends at all, within a hundred years. [fen]"""
    low, high = 0, 2 * (bearing + quiet) + 1
    while _sized(proposal, high, bearing, quiet, None) is None:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        if _sized(proposal, middle, bearing, quiet, None) is None:
            low = middle
        else:
            high = middle
    return high


def _yuan(fen: int) -> str:
    return f"{fen / 100:,.2f}"


def _walk(shape: Shape) -> Iterator[tuple[Month, int, int]]:
    """Yield the months with their accruals; more and more of them are worked out as they are asked for."""
    reached, n = 0, 60
    while reached < LONGEST_COURSE:
        months, accruals = first_months(shape, n)
        for month, (up, down) in zip(months[reached:], accruals[reached:], strict=True):
            yield month, up, down
        reached, n = n, min(2 * n, LONGEST_COURSE)


def _sized(proposal: Proposal, size: int, bearing: int, quiet: int, most: int | None) -> list[Paid] | None:
    if not bearing + quiet:
        return []
    shape, step, financed = shape_of(proposal), proposal.rounding_step, bearing + quiet
    raises, season, rate_of_fee = proposal.step_up, proposal.season, proposal.period_fee
    ordinary, pays = size, size // step * step
    found: list[Paid] = []
    left, rest, arrears = bearing, quiet, 0
    borne = open_months = Fraction(0)
    flat_so_far = fees_so_far = fee = n = 0
    for month, up, down in _walk(shape):
        if not shape.on_left:
            borne += month.accrual
            interest = round_fen(bearing * borne, Rounding.HALF_UP) - flat_so_far
            flat_so_far += interest
        else:
            interest = (2 * left * up + down) // (2 * down)
        if month.asks is Asks.NOTHING:
            arrears += interest
            continue
        if month.asks is Asks.INTEREST:
            found += [Paid(month.due, 0, interest, 0)] if interest else []
            continue
        n += 1
        if rate_of_fee:
            open_months += month.open
            fee = round_fen(financed * rate_of_fee * open_months, Rounding.HALF_UP) - fees_so_far
            fees_so_far += fee
        if raises is not None:
            ordinary = _raised(ordinary, raises, n)
            pays = ordinary // step * step
        if season:
            pays = int(ordinary * season[month.due.month - 1]) // step * step
        due = arrears + interest
        if pays >= fee + due + rest + left or n == most:
            found.append(Paid(month.due, rest + left, due, fee))
            return found
        room = max(0, pays - fee)
        paid = min(due, room)
        arrears = due - paid
        other = min(rest, room - paid)
        principal = min(left, room - paid - other)
        rest, left = rest - other, left - principal
        found.append(Paid(month.due, principal + other, paid, fee))
    return None


def _raised(ordinary: int, raises: StepUp, n: int) -> int:
    """Return what the ordinary installment is at the n-th, which may be the first after a raise. [fen]"""
    if n == 1 or (n - 1) % raises.every:
        return ordinary
    factor = 1 + raises.share
    return ordinary * factor.numerator // factor.denominator + raises.amount
