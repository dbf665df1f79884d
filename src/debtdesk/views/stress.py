"""Stress: what may happen to a household and what it can still pay then, as chart, table and sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from matplotlib.figure import Figure

from debtdesk.core.capacity import Capacity
from debtdesk.core.shock import Hit, Shock
from debtdesk.core.stress import Stressed
from debtdesk.locale import Message
from debtdesk.views.bars import Bar, Piece, bars_scene
from debtdesk.views.colours import shade
from debtdesk.views.scene import Scene, still
from debtdesk.views.words import NONE, money, month, months, name_of, percent

if TYPE_CHECKING:
    import pandas as pd


def shock_name(shock: Shock, language: str) -> str:
    """Return what happens, with its figures: "illness: 1 month without the largest income, 2,000 yuan more"."""
    found: list[Message] = []
    if shock.lost:
        found.append(_loss(shock, language))
    if shock.cost:
        found.append(_cost(shock, language))
    told = ("，" if language == "zh" else ", ").join(m.in_language(language) for m in found)
    if not told:
        return name_of(shock.kind).in_language(language)
    return Message("{what}: {figures}", what=name_of(shock.kind), figures=told).in_language(language)


def _loss(shock: Shock, language: str) -> Message:
    share = percent(shock.lost, language, 0)
    if shock.yearly or not shock.lasts:
        if shock.hit is Hit.ALL:
            return Message("{share} less of all income", share=share)
        return Message("{share} less of the largest income", share=share)
    if shock.lost < 1:
        return Message("{share} less income for {months}", share=share, months=months(shock.lasts, language))
    if shock.hit is Hit.ALL:
        return Message("{months} without any income", months=months(shock.lasts, language))
    return Message("{months} without the largest income", months=months(shock.lasts, language))


def _cost(shock: Shock, language: str) -> Message:
    amount = money(shock.cost, language, whole=True)
    if shock.yearly:
        names = "、".join(map(str, shock.yearly)) if language == "zh" else ", ".join(map(str, shock.yearly))
        return Message("{amount} more each year in month {months}", amount=amount, months=names)
    return (
        Message("{amount} more a month", amount=amount) if shock.lasts != 1 else Message("{amount} more", amount=amount)
    )


def stress_scene(
    room: Capacity,
    found: Sequence[Stressed],
    language: str,
    *,
    source: str = "",
    width_px: int = 960,
    height_px: int = 0,
) -> Scene:
    """Return the installment that is payable as planned and under each shock; what is assumed is hatched."""
    plain = money(room.level, language, whole=True)
    bars = [Bar(Message("as planned").in_language(language), (Piece(room.level, shade("paid")),), plain)]
    for s in found:
        text = money(s.level, language, whole=True)
        bars.append(Bar(shock_name(s.shock, language), (Piece(s.level, shade("paid"), True),), text))
    return bars_scene(bars, stress_message(room, found, language), source, width_px, height_px, widest=0.55)


def stress_chart(room: Capacity, found: Sequence[Stressed], language: str, **options: object) -> Figure:
    """Return the installments under shocks as a figure; `options` are those of `stress_scene`."""
    return still(stress_scene(room, found, language, **options))  # type: ignore[arg-type]


def stress_message(room: Capacity, found: Sequence[Stressed], language: str) -> str:
    """Return in one line what can be paid whatever of this happens."""
    worst = min(found, key=lambda s: s.level, default=None)
    amount = money(worst.level if worst else room.level, language, whole=True)
    if worst is None or worst.level >= room.level:
        text = Message("{amount} a month can be paid whatever of this happens", amount=amount)
    elif worst.level:
        text = Message(
            "Whichever of this happens, {amount} a month can be paid; the hardest is: {shock}",
            amount=amount,
            shock=name_of(worst.shock.kind),
        )
    else:
        text = Message(
            "No installment can be paid throughout if this happens: {shock}", shock=name_of(worst.shock.kind)
        )
    return text.in_language(language)


def stress_sentence(found: Stressed, language: str) -> str:
    """Return how long money and reserve last under a shock when the installment is paid on, and the lowest month."""
    when, amount = found.lowest
    shown, paid = money(amount, language, whole=True), money(found.installment, language, whole=True)
    if found.lasts is None:
        text = Message(
            "Paying {paid} a month on, the money lasts; least is at hand in {month}: {amount}.",
            paid=paid,
            month=month(when, language),
            amount=shown,
        )
    else:
        assert found.out is not None
        gone = month(found.out, language)
        if found.lasts == 0:
            text = Message(
                "Paying {paid} a month on, money and reserve do not cover even the first month of it: they run out in "
                "{month}.",
                paid=paid,
                month=gone,
            )
        else:
            text = Message(
                "Paying {paid} a month on, money and reserve last {months} and run out in {month}.",
                paid=paid,
                months=months(found.lasts, language),
                month=gone,
            )
    return text.in_language(language)


def lasting(found: Stressed, language: str) -> str:
    """Return how long money and reserve last under a shock, short enough for a cell."""
    if found.lasts is None:
        return Message("to the end").in_language(language)
    if found.lasts == 0:
        return Message("not one month").in_language(language)
    return months(found.lasts, language)


def stress_table(found: Sequence[Stressed], language: str) -> pd.DataFrame:
    """Return a row a shock: what happens, what can be paid then, how long the money lasts, the lowest month."""
    import pandas as pd

    heads = (
        Message("what happens (assumed)"),
        Message("payable each month"),
        Message("money and reserve last"),
        Message("lowest month"),
        Message("at hand then"),
    )
    rows = [
        (
            shock_name(s.shock, language),
            money(s.level, language),
            lasting(s, language),
            month(s.lowest[0], language),
            money(s.lowest[1], language),
        )
        for s in found
    ]
    frame = pd.DataFrame(rows, columns=[h.in_language(language) for h in heads], dtype="object")
    return frame.replace("", NONE)
