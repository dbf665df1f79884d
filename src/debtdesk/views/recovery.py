"""The creditor's side in words and pictures: what the plan is worth beside waiting, selling, suing. Assumed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from debtdesk.core.recovery import Recovery, Way, Worth
from debtdesk.core.terms import Known
from debtdesk.locale import Message
from debtdesk.views.canvas import TICK
from debtdesk.views.colours import AXIS, PAPER, QUIET, UNCERTAIN_HATCH, shade
from debtdesk.views.names import WAYS as _WAYS
from debtdesk.views.placing import Box
from debtdesk.views.plot import Plot
from debtdesk.views.words import NONE, day, money, percent

if TYPE_CHECKING:
    import pandas as pd

_BAR = 0.62  # share of a row that is bar


def way_name(way: Way) -> Message:
    """Return what a way of the creditor is called."""
    return _WAYS[way]


def recovery_table(found: Recovery, language: str) -> pd.DataFrame:
    """Return a row a way: what comes in and by when, what it costs, its worth today, the share that equals the plan."""
    import pandas as pd

    heads = (
        Message("way"),
        Message("comes in (assumed)"),
        Message("all of it by"),
        Message("costs"),
        Message("worth today"),
        Message("as much as the plan from"),
    )
    rows = [
        [
            way_name(r.way).in_language(language),
            money(r.comes, language, unit=False),
            day(r.until, language),
            NONE if r.costs is None else money(r.costs, language, unit=False),
            NONE if r.value is None else money(r.value, language, unit=False),
            NONE if r.break_even is None else percent(r.break_even, language),
        ]
        for r in found.rows
    ]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def recovery_sentence(found: Recovery, language: str) -> str:
    """Return what the plan is worth to the creditor, and what each other way would have to bring to be worth more."""
    assert found.plan.value is not None
    said = [
        Message(
            "At {rate} a year the plan is worth {value} to the creditor on {day}.",
            rate=percent(found.assumptions.rate, language),
            value=money(found.plan.value, language, whole=True),
            day=day(found.on, language),
        ),
        *(m for r in found.others if (m := _break_even(r, language)) is not None),
        Message("The shares and times are assumptions, not forecasts; the creditor may see it otherwise."),
    ]
    return ("" if language == "zh" else " ").join(m.in_language(language) for m in said)


def _break_even(row: Worth, language: str) -> Message | None:
    if row.break_even is None:
        return None
    share = percent(row.break_even, language)
    if row.break_even > 1:
        return Message(
            "{way} would be worth less even if all came in by {day}.", way=_begun(row.way), day=day(row.until, language)
        )
    if row.way is Way.SUE:
        return Message(
            "The plan is worth more than suing unless more than {share} of claim and court fee came in by {day}.",
            share=share,
            day=day(row.until, language),
        )
    if row.way is Way.SELL:
        return Message("Selling would be worth more only above a price of {share} of what is owed.", share=share)
    return Message(
        "Waiting would be worth more only if more than {share} of what is owed today came in by {day}.",
        share=share,
        day=day(row.until, language),
    )


def _begun(way: Way) -> Message:
    """Return a way as the first word of a sentence."""
    return {Way.WAIT: Message("Waiting"), Way.SELL: Message("Selling"), Way.SUE: Message("Suing")}[way]


def recovery_chart(
    found: Recovery,
    language: str,
    *,
    title: str = "",
    source: str = "",
    width_px: int = 760,
    height_px: int = 0,
) -> Figure:
    """Return a bar a way: what it is worth to the creditor today; assumed ones hatched, the plan full.

    `height_px` 0 gives each bar the same room. [pixels]
    """
    rows = [r for r in found.rows if r.value is not None]
    plot = Plot(language, title or _message(found, language), source, width_px, height_px or 128 + 44 * len(rows))
    names = [way_name(r.way).in_language(language) for r in rows]
    texts = [money(r.value or 0, language, short=True) for r in rows]
    left = plot.room.left + max(plot.width_of(n) for n in names) + 14
    wide = max(plot.width_of(t, bold=True) for t in texts) + 12
    low = min(0, *(r.value or 0 for r in rows))
    box = Box(left + (wide if low < 0 else 0), plot.room.lower + 6, plot.room.right - wide, plot.room.upper - 30)
    entries = [(shade("paid").fill, Message("computed").in_language(language))]
    plot.key(plot.room.upper - 18, [*entries, (shade("left").fill, Message("assumed (hatched)").in_language(language))])
    axes = plot.axes(box, grid=None)
    axes.spines["bottom"].set_visible(False)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.set_xlim(low, max(1, *(r.value or 0 for r in rows), 1))
    for i, (row, name, text) in enumerate(zip(rows, names, texts, strict=True)):
        assumed = row.way is not Way.PLAN or found.assumptions.plan_paid < 1
        assumed = assumed and found.assumptions.known in (Known.ASSUMED, Known.TOLD)
        fill = shade("paid" if row.way is Way.PLAN else "left")
        axes.barh(
            i,
            row.value or 0,
            _BAR,
            facecolor=fill.fill,
            hatch=UNCERTAIN_HATCH if assumed else None,
            edgecolor=PAPER,
            linewidth=0,
        )
        x, y = map(float, axes.transData.transform((row.value or 0, i)))
        plot.write(plot.room.left, y, name, va="center")
        below = (row.value or 0) < 0
        plot.write(x - 6 if below else x + 6, y, text, bold=True, va="center", ha="right" if below else "left")
    axes.axvline(0, color=AXIS, linewidth=1)
    rate = Message("later money is worth {rate} less a year", rate=percent(found.assumptions.rate, language))
    if plot.width_of(rate.in_language(language), size=TICK) < width_px * 0.5:
        plot.write(plot.room.left, plot.room.upper - 18, rate.in_language(language), size=TICK, color=QUIET)
    return plot.figure


def _message(found: Recovery, language: str) -> str:
    others = [r for r in found.others if r.value is not None]
    plan = found.plan.value or 0
    if others and all((r.value or 0) < plan for r in others):
        text = Message("Under these assumptions the plan is worth most to the creditor")
    elif others:
        best = max(others, key=lambda r: r.value or 0)
        text = Message("Under these assumptions {way} is worth no less than the plan", way=way_name(best.way))
    else:
        text = Message("What the plan is worth to the creditor today")
    return text.in_language(language)
