"""Guide: what a household spends a person and month, beside what people spend on average."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from debtdesk.core.budget import CONSUMPTION, Budget, Category, Kind
from debtdesk.core.days import add_months
from debtdesk.core.money import Rounding, round_fen
from debtdesk.core.tabular import Tabular, in_yuan
from debtdesk.data.guide_figures import GuideFigure, found

YEAR = 12  # months looked at, so that what comes in its season counts once
PERIOD = 9  # months: only January to September 2025 was found for all eight categories


@dataclass(frozen=True, slots=True)
class GuideLine:
    """One category, None for all together: ours and the guide a person and month [fen], and why ours is higher.

    `guide` is None where no figure was found.
    """

    category: Category | None
    ours: int
    guide: int | None
    figure: GuideFigure | None
    reason: str = ""

    @property
    def above(self) -> bool:
        """Whether the household spends more than the guide; it is then asked why."""
        return self.guide is not None and self.ours > self.guide

    @property
    def unexplained(self) -> bool:
        """Whether it spends more and has not said why."""
        return self.above and self.category is not None and not self.reason


@dataclass(frozen=True, slots=True)
class GuideComparison(Tabular):
    """A household's spending beside the guide, a line a category and one for all, over `months` from `start` on."""

    start: date
    months: int
    persons: int
    lines: tuple[GuideLine, ...]
    total: GuideLine

    @property
    def above(self) -> tuple[GuideLine, ...]:
        """The categories in which the household spends more than the guide."""
        return tuple(line for line in self.lines if line.above)

    @property
    def unexplained(self) -> tuple[GuideLine, ...]:
        """Those of them that have no reason yet."""
        return tuple(line for line in self.lines if line.unexplained)

    def columns(self) -> dict[str, list[object]]:
        """Return category, ours, guide, reason. [yuan a person and month]"""
        lines = (*self.lines, self.total)
        return {
            "category": [line.category.value if line.category else "total" for line in lines],
            "ours": [in_yuan(line.ours) for line in lines],
            "guide": [None if line.guide is None else in_yuan(line.guide) for line in lines],
            "reason": [line.reason for line in lines],
        }


def compare_with_guide(budget: Budget, *, start: date, area: str = "national", months: int = PERIOD) -> GuideComparison:
    """Return what the household spends a person and month, on average over twelve months, beside the guide figures.

    Parameters
    ----------
    budget : Budget
    start : date
        Any day of the first month.
    area : str
        "national", "urban" or "rural"; only for the first were the categories found.
    months : int
        The period of the guide figures: 9 for January to September 2025, 12 for the year.
    """
    days = tuple(add_months(start.replace(day=1), n) for n in range(YEAR))
    spent = dict.fromkeys(CONSUMPTION, 0)
    for item in budget.items:
        if item.kind is Kind.EXPENSE and item.category in spent:
            spent[item.category] += sum(item.in_month(d) for d in days)

    def line(category: Category | None, fen: int) -> GuideLine:
        figure = found("consumption", category.value if category else "total", area=area, months=months)
        guide = None if figure is None else round_fen(figure.monthly, Rounding.HALF_UP)
        ours = round_fen(Fraction(fen, YEAR * budget.persons), Rounding.HALF_UP)
        return GuideLine(category, ours, guide, figure, budget.reason(category) if category else "")

    lines = tuple(line(c, fen) for c, fen in spent.items())
    return GuideComparison(days[0], YEAR, budget.persons, lines, line(None, sum(spent.values())))
