"""Stress: what a household can still pay when something happens to it, and how long its reserve lasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from debtdesk.core.budget import Budget
from debtdesk.core.capacity import Capacity, capacity, largest_income
from debtdesk.core.money import Rounding, round_fen
from debtdesk.core.shock import USUAL, Hit, Shock
from debtdesk.core.tabular import Tabular, in_yuan


@dataclass(frozen=True, slots=True)
class Stressed(Tabular):
    """A household under a shock. Tuples have one place a month. [fen]

    `lost` is the income that fails to come, `cost` what the shock costs; `level` the largest equal installment over all
    months that is survived; `installment` what is paid meanwhile; `cash` what is at hand at each month's end when it
    is paid: without the reserve until a passing shock begins, with it from then on; `lasts` for how many months from
    the first in which the shock is felt money and reserve last, None where they last to the end.
    """

    shock: Shock
    months: tuple[date, ...]
    lost: tuple[int, ...]
    cost: tuple[int, ...]
    level: int
    installment: int
    cash: tuple[int, ...]
    lasts: int | None

    @property
    def lowest(self) -> tuple[date, int]:
        """The month in which least is at hand, the first of several, and how much. [fen]"""
        place = min(range(len(self.cash)), key=lambda i: self.cash[i])
        return self.months[place], self.cash[place]

    @property
    def out(self) -> date | None:
        """The first month at whose end the money is gone; None where it lasts."""
        if self.lasts is None:
            return None
        felt = next(n for n, (lost, cost) in enumerate(zip(self.lost, self.cost, strict=True)) if lost or cost)
        return self.months[felt + self.lasts]

    @property
    def survived(self) -> bool:
        """Whether the money lasts to the end."""
        return self.lasts is None

    def columns(self) -> dict[str, list[object]]:
        """Return month by month: income lost, cost, cash at the end. [yuan]"""
        first: dict[str, list[object]] = {"month": list(self.months)}
        return first | {n: [in_yuan(x) for x in getattr(self, n)] for n in ("lost", "cost", "cash")}


def shocks_of(budget: Budget) -> tuple[Shock, ...]:
    """Return what a household is tested against: its own shocks, the usual ones where none are kept."""
    return budget.shocks or USUAL


def under_shock(
    budget: Budget,
    shock: Shock,
    *,
    start: date,
    months: int,
    installment: int | None = None,
    flexible_kept: Fraction = Fraction(1),
    room: Capacity | None = None,
) -> Stressed:
    """Return what a household can still pay under a shock.

    A passing shock may be met from the reserve laid aside until then and goes on being laid aside; one that lasts or
    comes every year may not: the reserve would be gone when it is needed.

    Parameters
    ----------
    budget : Budget
    shock : Shock
    start : date
        Any day of the first month.
    months : int
        How many, at least 1.
    installment : int, optional
        What is paid each month meanwhile; the level installment without the shock if left out. [fen]
    flexible_kept : Fraction
        Share of spending that is not essential which the household keeps, 0 to 1.
    room : Capacity, optional
        The capacity without the shock, where it is known already.
    """
    room = room or capacity(budget, start=start, months=months, flexible_kept=flexible_kept)
    paid = room.level if installment is None else installment
    felt = [shock.strikes(n, m.month) for n, m in enumerate(room.months)]
    hit = room.income if shock.hit is Hit.ALL else largest_income(budget, room.months)
    lost = tuple(round_fen(i * shock.lost, Rounding.HALF_UP) if f else 0 for i, f in zip(hit, felt, strict=True))
    cost = tuple(shock.cost if f else 0 for f in felt)
    funds = _funds(room, shock, lost, cost)
    cash = tuple(f - paid * n for n, f in enumerate(funds, start=1))
    lasts = _lasts(cash, [bool(x or y) for x, y in zip(lost, cost, strict=True)])
    return Stressed(shock, room.months, lost, cost, _level(funds, room.step), paid, cash, lasts)


def _funds(room: Capacity, shock: Shock, lost: Sequence[int], cost: Sequence[int]) -> list[int]:
    """Return what there is to pay from up to each month's end, before any installment. [fen]"""
    found, at_hand, reserve = [], room.savings, 0
    for n, (left, aside, gone, spent) in enumerate(zip(room.left, room.reserve, lost, cost, strict=True)):
        at_hand += left - gone - spent
        reserve += aside
        found.append(at_hand + (reserve if shock.passing and n >= shock.begins else 0))
    return found


def _level(funds: Sequence[int], step: int) -> int:
    least = min(f // n for n, f in enumerate(funds, start=1))
    return max(0, least // step * step)


def _lasts(cash: Sequence[int], felt: Sequence[bool]) -> int | None:
    first = next((n for n, f in enumerate(felt) if f), None)
    gone = next((n for n, c in enumerate(cash) if c < 0 and first is not None and n >= first), None)
    return None if gone is None or first is None else gone - first
