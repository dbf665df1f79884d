"""Guide: a household's spending beside the guide figures, with what the figures are not."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from debtdesk.core.guide import GuideComparison, GuideLine
from debtdesk.data.guide_figures import GuideFigure, found, guide_figures
from debtdesk.locale import Message
from debtdesk.views.markup import html_table
from debtdesk.views.rules import confidence_words
from debtdesk.views.words import NONE, money, name_of

if TYPE_CHECKING:
    import pandas as pd

CAVEATS = (
    Message("Housing contains imputed rent for owner-occupied homes (from memory, not verified)."),
    Message("Averages a person are not a poverty line, and not what courts use."),
    Message("A newer release (first half of 2026) was not found."),
)
_AREAS = {
    "national": Message("all China"),
    "urban": Message("towns"),
    "rural": Message("villages"),
}
_PLACES = {
    "shanghai": Message("Shanghai"),
    "beijing": Message("Beijing"),
    "shandong": Message("Shandong"),
    "hubei": Message("Hubei"),
    "guangxi": Message("Guangxi"),
    "qinghai": Message("Qinghai"),
}


def guide_message(given: GuideComparison, language: str) -> str:
    """Return in one sentence where the household spends more than the guide, and what is still to be said."""
    names = [name_of(line.category).in_language(language) for line in given.above]
    open_ = [name_of(line.category).in_language(language) for line in given.unexplained]
    comma = "、" if language == "zh" else ", "
    if not names:
        text = Message("In every category the household spends no more a person than the national average.")
    elif open_:
        text = Message(
            "Above the national average a person: {names}. Please say why, in a line each.", names=comma.join(open_)
        )
    else:
        text = Message("Above the national average a person, with a reason each: {names}.", names=comma.join(names))
    return text.in_language(language)


def guide_table(given: GuideComparison, language: str) -> pd.DataFrame:
    """Return a row a category: ours, the guide, and the reason where ours is higher; the last for all together."""
    import pandas as pd

    heads = (
        Message("category"),
        Message("this household, a person and month"),
        Message("national average, a person and month"),
        Message("reason where above"),
    )
    rows = [
        (
            _name(line).in_language(language),
            money(line.ours, language, unit=False),
            NONE if line.guide is None else money(line.guide, language, unit=False),
            _said(line, language),
        )
        for line in (*given.lines, given.total)
    ]
    return pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")


def _name(line: GuideLine) -> Message:
    return name_of(line.category) if line.category else Message("in all")


def _said(line: GuideLine, language: str) -> str:
    if not line.above:
        return ""
    if line.category is None:
        return Message("above").in_language(language)
    return line.reason or Message("above: why?").in_language(language)


def guide_html(given: GuideComparison, language: str) -> str:
    """Return the comparison with its caveats, sources and figures for orientation; everything escaped."""
    table = html_table(guide_table(given, language))
    lines = [*caveats(language), source_line(language), orientation(language), floor_orientation(language)]
    notes = "".join(f"<li>{escape(x)}</li>" for x in lines)
    return f"{table}<ul class='debtdesk-note'>{notes}</ul>"


def caveats(language: str) -> list[str]:
    """Return what the guide figures are not."""
    return [m.in_language(language) for m in CAVEATS]


def source_line(language: str) -> str:
    """Return period, source and confidence of the guide."""
    figure = found("consumption", months=9)
    assert figure is not None
    text = Message(
        "Guide: January to September {year}, divided by 9. {source}. How sure: {sure}.",
        year=figure.year,
        source=figure.source,
        sure=confidence_words(figure.confidence, short=True),
    )
    return text.in_language(language)


def orientation(language: str) -> str:
    """Return consumption a person and month by area as far as it was found, each with its period."""
    parts = [
        Message("{area} {amount} ({period})", area=_AREAS[f.area], amount=_monthly(f, language), period=_period(f))
        for f in guide_figures()
        if (f.kind, f.category) == ("consumption", "total")
    ]
    shown = "；" if language == "zh" else "; "
    listed = shown.join(p.in_language(language) for p in parts)
    return Message("Consumption in all, a person and month: {listed}.", listed=listed).in_language(language)


def floor_orientation(language: str) -> str:
    """Return the national averages of 低保 and some minimum wages, each with its day; the local document counts."""
    town, village = found("subsistence", area="urban"), found("subsistence", area="rural")
    assert town is not None and village is not None
    wages = [f for f in guide_figures() if f.kind == "minimum_wage"]
    places = "、" if language == "zh" else ", "
    listed = places.join(f"{_PLACES[f.category].in_language(language)} {f.value:,}" for f in wages)
    text = Message(
        "For orientation only: 低保 average at the end of {year}: towns {town}, villages {village} yuan a person and "
        "month; minimum wage, first tier, as of {day}: {wages} yuan a month. The local number counts, from its "
        "document.",
        year=town.year,
        town=town.value,
        village=village.value,
        day=wages[0].end.isoformat(),
        wages=listed,
    )
    return text.in_language(language)


def _monthly(figure: GuideFigure, language: str) -> str:
    return money(round(figure.monthly), language)


def _period(figure: GuideFigure) -> str:
    return f"{figure.start.isoformat()[:7]} – {figure.end.isoformat()[:7]}"
