"""Screening: very many offers on one balance against a budget at once, over lanes, exact in whole fen.

For each offer: what is waived and paid down, the least installment that clears the rest in its months, what that
comes to in all, and in how many months the household would be short. Whole fen in float64 stay exact below 2**53;
offers that could leave that range are refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from debtdesk.core.balance import Balance

_EXACT = 2.0**53
_TWELFTHS = 12_000_000.0  # a monthly rate is millionths of a year over this
_MILLION = 1_000_000.0
CHUNK = 4096  # lanes whose arrays stay near the processor
YEAR = 12  # installments rise after so many
WIDE = 6  # fen off the guess, where rounding has carried the least installment further


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What many offers ask for; each an array of whole numbers with a place an offer, or one number for all.

    `principal`, `interest`, `penalty_interest`, `fees` are waived [1e-6 of the part]; `down` is paid in the first month
    [fen]; `months` the number of installments, the first in the second month; in the first `frozen` of them nothing
    accrues; `raised` is by how much installments rise after each twelve, rounded down to the fen [1e-6]; `rate` is
    charged on what is left, a twelfth each month, rounded half up [1e-6/year].
    """

    months: Any
    principal: Any = 0
    interest: Any = 0
    penalty_interest: Any = 0
    fees: Any = 0
    down: Any = 0
    frozen: Any = 0
    raised: Any = 0
    rate: Any = 0


@dataclass(frozen=True, slots=True)
class Screened:
    """What became of many offers, a place each. [fen, months]

    `first` is the least first installment that clears the rest in time; `total` all that is paid, the down payment
    included; `short` in how many months the household is out of cash; `lowest` the least it has at a month's end.
    """

    waived: NDArray[Any]
    down: NDArray[Any]
    first: NDArray[Any]
    total: NDArray[Any]
    short: NDArray[Any]
    lowest: NDArray[Any]


def screen(balance: Balance, asked: Asked, left: Sequence[int], savings: int = 0) -> Screened:
    """Return what many offers on one balance come to, and whether a budget bears them.

    Parameters
    ----------
    balance : Balance
        What is owed when the offers start.
    asked : Asked
    left : sequence of int
        What the household has left each month, that of the down payment first. [fen]
    savings : int
        What it has at the start. [fen]

    Raises
    ------
    ValueError
        If there are fewer months of the budget than an offer needs, or amounts are too large to stay exact.
    """
    size = max(np.asarray(getattr(asked, f.name)).size for f in fields(asked))
    lanes = {f.name: np.broadcast_to(np.asarray(getattr(asked, f.name), float), size) for f in fields(asked)}
    if lanes["months"].min(initial=1) < 1 or lanes["months"].max(initial=0) + 1 > len(left):
        raise ValueError(f"left has {len(left)} months; offers need at least one, and one more than their months")
    if balance.total * max(_MILLION, lanes["rate"].max(initial=0)) * 4 >= _EXACT:
        raise ValueError(f"a balance of {balance.total} is too large to stay exact")
    come_in = savings + np.cumsum(np.array(left, dtype=np.float64))
    found = np.empty((6, size), dtype=np.int64)
    for at in range(0, size, CHUNK):
        part = {name: lane[at : at + CHUNK] for name, lane in lanes.items()}
        found[:, at : at + CHUNK] = _screened(balance, part, come_in)
    return Screened(*found)


def _screened(balance: Balance, lanes: dict[str, NDArray[Any]], come_in: NDArray[Any]) -> NDArray[Any]:
    # sorted by term, so that a month is played only by those that still have it
    order = np.argsort(-lanes["months"], kind="stable")
    lanes = {name: lane[order] for name, lane in lanes.items()}
    waived = np.zeros(order.size)
    for name in ("principal", "interest", "penalty_interest", "fees"):
        waived += np.floor(getattr(balance, name) * lanes[name] / _MILLION)
    down = np.minimum(lanes["down"], balance.total - waived)
    play = _Play(balance.total - waived - down, lanes)
    first = play.least()
    paid, short, lowest = play.against(first, down, come_in)
    found = np.empty((6, order.size))
    found[:, order] = waived, down, first, paid + down, short, lowest
    return found


class _Play:
    """The months of some lanes, sorted by term, played with one installment after another."""

    def __init__(self, owed: NDArray[Any], lanes: dict[str, NDArray[Any]]) -> None:
        self.lanes, self.owed, self.months, self.raised = lanes, owed, lanes["months"], lanes["raised"]
        self.longest = int(self.months[0]) if owed.size else 0
        self.going = self._going(self.months)
        self.bears, self.rises = bool(lanes["rate"].any()), bool(self.raised.any())
        still = int(lanes["frozen"].max(initial=0))
        rates = [np.where(lanes["frozen"] <= k, lanes["rate"], 0.0) for k in range(min(still, self.longest))]
        self.rates = [*rates, *[lanes["rate"]] * (self.longest - len(rates))]

    @staticmethod
    def _going(months: NDArray[Any]) -> list[int]:
        """Return how many lanes still have each month."""
        longest = int(months[0]) if months.size else 0
        return [int(n) for n in np.searchsorted(-months, -np.arange(1, longest + 1), side="right")]

    def least(self, reach: int = 1) -> NDArray[Any]:
        """Return the least first installment of each lane: looked for near a guess, then further off. [fen]"""
        guess = self._guess()
        tried = np.maximum(guess + np.arange(-reach, reach + 1)[:, None], 0.0)
        ends = self._ends_at_once(tried)
        at = ends.argmax(axis=0)  # the first that ends
        found: NDArray[Any] = np.take_along_axis(tried, at[None], axis=0)[0]
        sure = ends[-1] & ((at > 0) | (found == 0))
        if self.bears:
            sure &= tried[0] >= self.owed * np.max(self.rates, axis=0, initial=0.0) / _TWELFTHS + 1
        rest = np.flatnonzero(~sure)
        if rest.size and reach < WIDE:
            found[rest] = _Play(self.owed[rest], {n: lane[rest] for n, lane in self.lanes.items()}).least(WIDE)
        elif rest.size:
            found[rest] = self._search(rest, guess[rest])
        return found

    def _guess(self) -> NDArray[Any]:
        """Return a first guess: what is owed over the worth of installments of one, in float64."""
        worth, rates, growth = np.zeros_like(self.owed), None, np.ones_like(self.owed)
        weight = np.ones_like(self.owed)
        for k in range(self.longest - 1, -1, -1):
            n = self.going[k]
            if self.rises and (k % YEAR == YEAR - 1 or k == self.longest - 1):
                weight = (1 + self.raised / _MILLION) ** (k // YEAR)
            here = worth[:n]
            here += weight[:n]
            if self.bears:
                if rates is not self.rates[k]:
                    rates = self.rates[k]
                    growth = 1 + rates / _TWELFTHS
                here /= growth[:n]
        guess: NDArray[Any] = np.ceil(self.owed / np.maximum(worth, 1.0) - 1e-6)
        return guess

    def _ends_at_once(self, first: NDArray[Any]) -> NDArray[Any]:
        """Return whether lanes are clear after their months, for several installments each, where all cover interest.

        What is left may fall below zero and then stays there. The installments of a lane stand beside each other.
        """
        many = len(first)
        left, pays, raised = np.repeat(self.owed, many), first.T.flatten(), _MILLION + np.repeat(self.raised, many)
        due, rates, wide = np.empty_like(left), None, np.zeros_like(left)
        for k in range(self.longest):
            n = self.going[k] * many
            here = left[:n]
            if k and k % YEAR == 0 and self.rises:
                pays[:n] = np.floor(pays[:n] * raised[:n] / _MILLION)
            if self.bears:
                if rates is not self.rates[k]:
                    rates = self.rates[k]
                    wide = np.repeat(rates, many)
                borne = due[:n]
                np.multiply(here, wide[:n], out=borne)
                borne += _TWELFTHS / 2
                borne /= _TWELFTHS
                np.floor(borne, out=borne)
                here += borne
            here -= pays[:n]
        clear: NDArray[Any] = (left <= 0).reshape(-1, many).T
        return clear

    def _search(self, lanes: NDArray[Any], guess: NDArray[Any]) -> NDArray[Any]:
        """Return the least first installment of some lanes whose installments may not cover the interest. [fen]"""
        low, high, step = np.zeros(lanes.size), np.full(lanes.size, np.inf), 1.0
        open_ = np.arange(lanes.size)
        while open_.size:
            tried = guess[open_]
            ends = self._ends(tried, lanes[open_])
            below, above = low[open_], high[open_]
            above = np.where(ends, np.minimum(above, tried), above)
            below = np.where(ends, below, np.maximum(below, tried + 1))
            low[open_], high[open_] = below, above
            # near the guess at first, then in growing strides until both sides are known
            up = below + step - 1
            down = np.where(below > 0, np.floor((below + above) / 2), np.maximum(above - step, 0))
            guess[open_] = np.where(np.isinf(above), up, np.minimum(down, above - 1))
            open_, step = open_[above > below], step * 2
        return high

    def _ends(self, first: NDArray[Any], lanes: NDArray[Any]) -> NDArray[Any]:
        """Return whether lanes are clear after their months; interest that is not covered waits and bears nothing."""
        left, late, pays, raised = self.owed[lanes], np.zeros(lanes.size), first.copy(), self.raised[lanes]
        for k, n in enumerate(self._going(self.months[lanes])):
            if k and k % YEAR == 0 and self.rises:
                pays[:n] = np.floor(pays[:n] * (_MILLION + raised[:n]) / _MILLION)
            due = late[:n] + np.floor((left[:n] * self.rates[k][lanes[:n]] + _TWELFTHS / 2) / _TWELFTHS)
            paid = np.minimum(due, pays[:n])
            late[:n] = due - paid
            left[:n] = np.maximum(left[:n] - (pays[:n] - paid), 0.0)
        clear: NDArray[Any] = (left == 0) & (late == 0)
        return clear

    def against(
        self, first: NDArray[Any], down: NDArray[Any], come_in: NDArray[Any]
    ) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """Return what is paid, in how many months cash is short, and the least cash at a month's end."""
        left, pays, out = self.owed.copy(), first.copy(), down.copy()
        late = np.zeros_like(left)
        waits = self.bears and bool((first < left * np.max(self.rates, axis=0, initial=0.0) / _TWELFTHS + 1).any())
        lowest = come_in[0] - out
        short = (lowest < 0).astype(np.int64)
        borne, pay, cash_ = np.empty_like(left), np.empty_like(left), np.empty_like(left)
        for k in range(self.longest):
            n = self.going[k]
            rest, interest, paid, cash = left[:n], borne[:n], pay[:n], cash_[:n]
            if k and k % YEAR == 0 and self.rises:
                pays[:n] = np.floor(pays[:n] * (_MILLION + self.raised[:n]) / _MILLION)
            if self.bears:
                np.multiply(rest, self.rates[k][:n], out=interest)
                interest += _TWELFTHS / 2
                interest /= _TWELFTHS
                np.floor(interest, out=interest)
                if waits:
                    interest += late[:n]
                    np.minimum(interest, pays[:n], out=paid)
                    np.subtract(interest, paid, out=late[:n])
                    interest = paid.copy()
                rest += interest
            np.minimum(pays[:n], rest, out=paid)
            rest -= paid
            out[:n] += paid
            np.subtract(come_in[k + 1], out[:n], out=cash)
            short[:n] += cash < 0
            np.minimum(lowest[:n], cash, out=lowest[:n])
        return out - down, short, lowest
