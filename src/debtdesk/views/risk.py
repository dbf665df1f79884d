"""Risk in words and pictures: in how many of a hundred such years the money would run out. Reckoned, not foretold."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from debtdesk.core.days import add_months
from debtdesk.core.risk import Fan, Measure, Risk, Risks
from debtdesk.locale import Message
from debtdesk.views.canvas import TICK
from debtdesk.views.colours import ALARM, PAPER, QUIET, UNCERTAIN_HATCH, shade
from debtdesk.views.hundred import of_hundred, rounded, years_of_hundred
from debtdesk.views.placing import Box
from debtdesk.views.plot import FOOT, STRIP, Plot
from debtdesk.views.words import NONE, money, months

if TYPE_CHECKING:
    import pandas as pd


def risk_sentence(found: Risk, language: str) -> str:
    """Return in how many of a hundred years, and of a hundred such plans, the money would run out."""
    counted = Message("the money would run out")
    if found.tolerated:
        counted = Message("the money would run out in more than {months}", months=months(found.tolerated, language))
    text = Message(
        "Under “{name}” {counted} in {years} of 100 such years, and in {plans} of 100 such plans over {months} "
        "(give or take {error}). Reckoned over {paths} ways the months may go, with assumed shocks; it is no forecast.",
        name=found.name,
        counted=counted,
        years=of_hundred(found.yearly),
        plans=of_hundred(found.share),
        months=months(found.months, language),
        error=rounded(100 * found.standard_error, 1),
        paths=f"{found.paths:,}",
    )
    return text.in_language(language)


def relief_sentence(
    level: Fraction, measure: Measure, reserve: int | None, installment: int | None, language: str
) -> str:
    """Return what would bring the risk to a level: more at hand at the start, or a lower installment. [fen]"""
    goal = years_of_hundred(level)
    if measure is Measure.PLAN:
        goal = Message("{n} of 100 such plans", n=of_hundred(level))
    more = Message("no reserve that was looked at")
    if reserve is not None:
        more = Message("{amount} more at hand at the start", amount=money(reserve, language, whole=True))
    less = Message("no installment")
    if installment is not None:
        less = Message("an installment of at most {amount}", amount=money(installment, language, whole=True))
    return Message("To stay within {goal}: {more}, or {less}.", goal=goal, more=more, less=less).in_language(language)


def risks_table(found: Risks, language: str) -> pd.DataFrame:
    """Return a row a proposal: of 100 such years, of 100 such plans, its error, when it fails, the least at hand."""
    import pandas as pd

    heads = (
        Message("offer"),
        Message("of 100 such years"),
        Message("of 100 such plans"),
        Message("give or take"),
        Message("if so, half of them by month"),
        Message("least at hand, half of the ways"),
        Message("least at hand, worst 5 of 100"),
    )
    rows = [
        [
            r.name,
            of_hundred(r.yearly).in_language(language),
            of_hundred(r.share).in_language(language),
            f"{rounded(100 * r.standard_error, 1)}",
            f"{r.when[2]:,}" if r.when else NONE,
            money(r.lowest[2], language, unit=False, whole=True),
            money(r.lowest[0], language, unit=False, whole=True),
        ]
        for r in found.rows
    ]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def fan_chart(
    fan: Fan,
    risk: Risk,
    language: str,
    *,
    title: str = "",
    source: str = "",
    width_px: int = 760,
    height_px: int = 420,
) -> Figure:
    """Return how the cash at hand spreads over the months: the middle half dark, 90 of 100 ways light, all hatched."""
    plot = Plot(language, title or _message(risk, language), source, width_px, height_px)
    low, quarter, middle, three, high = fan.rows
    up = plot.amounts([0, *low, *high])
    colour, text = shade("paid").fill, shade("paid").ink
    labels = [
        (high[-1], Message("5 of 100 above").in_language(language), QUIET),
        (middle[-1], Message("half above, half below").in_language(language), text),
        (low[-1], Message("5 of 100 below").in_language(language), QUIET),
    ]
    right = plot.room.right - max(plot.width_of(t) for _, t, _ in labels) - 24
    box = Box(plot.room.left + up.width + 8, plot.room.lower + FOOT, right, plot.room.upper - STRIP)
    axes = plot.axes(box)
    named = plot.up(axes, up, box, name=Message("at hand at the end of the month").in_language(language))
    plot.days(axes, fan.months[0], add_months(fan.months[-1], 1), box)
    ends = [add_months(m, 1).toordinal() for m in fan.months]
    for below, above, alpha in ((low, high, 0.22), (quarter, three, 0.42)):
        axes.fill_between(
            ends, below, above, facecolor=colour, alpha=alpha, hatch=UNCERTAIN_HATCH, edgecolor=PAPER, linewidth=0
        )
    axes.plot(ends, middle, color=PAPER, linewidth=5)
    axes.plot(ends, middle, color=colour, linewidth=3)
    axes.axhline(0, color=ALARM, linewidth=1.6)
    error = Message(
        "{plans} of 100 plans fail, ± {error}",
        plans=of_hundred(risk.share),
        error=rounded(100 * risk.standard_error, 1),
    ).in_language(language)
    wide = plot.width_of(error, size=TICK)
    if named + 24 + wide < plot.room.right:
        plot.write(plot.room.right - wide, box.upper + 13, error, size=TICK, color=ALARM)
    plot.beside(axes, box, labels)
    return plot.figure


def _message(risk: Risk, language: str) -> str:
    if not risk.failed:
        text = Message("In none of {paths} drawn ways does the money run out", paths=f"{risk.paths:,}")
    else:
        text = Message("In {years} of 100 such years the money would run out", years=of_hundred(risk.yearly))
    return text.in_language(language)
