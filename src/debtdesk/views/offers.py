"""Offers: what a month costs against what all of it costs, and what is paid and still owed over time.

Both are drawn anew while a control is moved: see `scene`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from debtdesk.core.comparison import Comparison, Offer
from debtdesk.core.proposal import Role
from debtdesk.locale import Message
from debtdesk.views.canvas import LABEL, MARGIN, TICK, line_height, text_width, wrapped
from debtdesk.views.colours import DOMINATED, INK, LINES, PAPER, QUIET, shade
from debtdesk.views.frame import HALF_CAPITAL, Days, Frame, Scale
from debtdesk.views.offer_figures import NAMED
from debtdesk.views.placing import Box, leader_end, leader_of, placed, ringed
from debtdesk.views.scene import Fill, Painter, Scene, Stroke, still
from debtdesk.views.sentences import cheapest, fits, has_budget
from debtdesk.views.words import day as day_text
from debtdesk.views.words import money

PAID_AND_OWED = Message("What is paid and what is still owed, month by month")
PANELS = 6
SHAPES = ("circle", "square", "up", "diamond", "down", "cross")
RADIUS, SMALL_RADIUS = 8.3, 5.0  # of a mark, and of one where there are many [pixels]
STRIP, FOOT = 30.0, 28.0  # above and below the axes, for the unit and the ticks [pixels]


class BurdenChart:
    """A point an offer: its monthly installment to the right, all that is paid upwards.

    An offer that has a better one is grey; a dashed line stands at the capacity. More than eight offers carry the
    numbers that they have in the table, and those that are not grey their names, as far as there is room.
    """

    def __init__(self, width_px: int = 760, height_px: int = 420) -> None:
        self.width, self.height = width_px, height_px
        self._painter = Painter(width_px, height_px)
        self._scene = Scene(width_px, height_px)

    def draw(self, comparison: Comparison, language: str, *, title: str = "", source: str = "") -> bytes:
        """Return the chart as PNG."""
        self._scene = self._arranged(comparison, language, title, source)
        return self._painter.paint(self._scene)

    def still(self) -> Figure:
        """Return what was last drawn as a figure, for saving as PNG or SVG."""
        return still(self._scene)

    def _arranged(self, comparison: Comparison, language: str, title: str, source: str) -> Scene:
        offers = comparison.offers
        frame = Frame(
            language,
            title or burden_sentence(comparison, language),
            _noted(offers, source, language),
            self.width,
            self.height,
        )
        level = min((o.capacity.level for o in offers), default=0)
        across = self._across([0, level, *(o.monthly * 11 // 10 for o in offers)], language)
        up = self._up([o.total for o in offers], language)
        room = frame.room
        right = room.right - max(24, across.width / 2)
        box = Box(room.left + up.width + 8, room.lower + FOOT + 22, right, room.upper - STRIP - 8)
        up.up(frame, box)
        across.across(frame, box)
        named = f"{Message('paid in all').in_language(language)} ({up.unit})"
        frame.write(MARGIN, box.upper + 13, named, size=TICK, colour=QUIET)
        below = f"{Message('paid each month').in_language(language)} ({across.unit})"
        frame.write(box.right, room.lower + 8, below, size=TICK, colour=QUIET, at=1)
        taken = []
        if level:
            at = across.place(level, box.left, box.right)
            frame.scene.below.append(Stroke((at, at), (box.lower, box.upper), INK, 1.4, dashed=True))
            text = Message("capacity {amount}", amount=money(level, language, short=True)).in_language(language)
            after, wide = MARGIN + text_width(named, TICK) + 16, text_width(text, TICK)
            left = min(max(at - wide / 2, box.left + 6, after), room.right - wide)
            frame.write(left, box.upper + 13, text, size=TICK)
            taken.append(Box(at - 3, box.lower, at + 3, box.upper))
        points = [
            (across.place(o.monthly, box.left, box.right), up.place(o.total, box.lower, box.upper)) for o in offers
        ]
        _marks(frame.scene, offers, points)
        _labels(frame, offers, points, box, taken)
        return frame.scene

    def _up(self, totals: Sequence[int], language: str) -> Scale:
        """Return the axis of totals; where there are many offers it begins near the least, to tell them apart."""
        if len(totals) <= NAMED:
            return Scale([0, *(t * 11 // 10 for t in totals)], language, most=4)
        beyond = (max(totals) - min(totals)) // 10
        return Scale([max(0, min(totals) - beyond), max(totals) + beyond], language, most=5, near=True)

    def _across(self, values: Sequence[int], language: str) -> Scale:
        """Return the axis of monthly amounts with as many ticks as have room."""
        scales = (Scale(values, language, most=n) for n in (5, 4, 3, 2))
        return next(
            (s for s in scales if (s.width + 24) * len(s.ticks) < self.width - 100), Scale(values, language, most=2)
        )


def _noted(offers: Sequence[Offer], source: str, language: str) -> str:
    """Return the source, behind what the chart itself needs to have said."""
    notes = []
    if any(o.dominated_by for o in offers):
        notes.append(
            Message("Grey: another offer asks for no more in anything, and for less in something; the table names it.")
        )
    if len(offers) > NAMED:
        notes.append(Message("Numbers as in the table; the upright axis may begin above nothing."))
    space = "" if language == "zh" else " "
    return space.join([*(n.in_language(language) for n in notes), *([source] if source else [])])


@cache
def _shape(name: str) -> Any:
    """Return the corners of a mark of radius 1 around the origin."""
    if name == "circle":
        turns = np.linspace(0, 2 * np.pi, 32, endpoint=False)
        return np.column_stack([np.cos(turns), np.sin(turns)])
    if name == "cross":
        a = 1 / 3
        corners = [(-a, -1), (a, -1), (a, -a), (1, -a), (1, a), (a, a), (a, 1), (-a, 1), (-a, a), (-1, a), (-1, -a)]
        return np.array([*corners, (-a, -a)])
    return np.array(
        {
            "square": [(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)],
            "up": [(-1, -1), (1, -1), (0, 1)],
            "down": [(-1, 1), (1, 1), (0, -1)],
            "diamond": [(0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0)],
        }[name]
    )


def _colours(offers: Sequence[Offer]) -> list[str]:
    return [DOMINATED if o.dominated_by else LINES[i % len(LINES)] for i, o in enumerate(offers)]


def _marks(scene: Scene, offers: Sequence[Offer], points: Sequence[tuple[float, float]]) -> None:
    """Draw a mark an offer, the grey ones first, so that they hide no other."""
    many, colours = len(offers) > NAMED, _colours(offers)
    for i in sorted(range(len(offers)), key=lambda i: not offers[i].dominated_by):
        shape, radius = _shape("circle" if many else SHAPES[i % len(SHAPES)]), SMALL_RADIUS if many else RADIUS
        scene.fills.append(Fill(shape * radius + points[i], colours[i]))


def _labels(
    frame: Frame, offers: Sequence[Offer], points: Sequence[tuple[float, float]], box: Box, taken: Sequence[Box]
) -> None:
    """Write names, or numbers, near their marks, with a leader where one stands apart."""
    many = len(offers) > NAMED
    radius, size = (SMALL_RADIUS + 1, TICK) if many else (RADIUS + 0.7, LABEL)
    texts = _numbered(offers) if many else [wrapped(_label(o, frame.language), size, 200) for o in offers]
    step = line_height(size)
    sizes = [(text_width(t, size) + 6, step * (t.count("\n") + 1) * (0.82 if many else 1)) for t in texts]
    spots = (ringed if many else placed)(points, sizes, taken, box, radius)
    inks = [QUIET if c == DOMINATED else c for c in _colours(offers)]
    for (x, y), text, spot, ink in zip(points, texts, spots, inks, strict=True):
        first = (spot.lower + spot.upper) / 2 + text.count("\n") * step / 2 - HALF_CAPITAL * size
        frame.write(spot.left + 3, first, text, size=size, colour=ink)
        if many:
            end, edge = min(max(x, spot.left), spot.right), min(max(y, spot.lower + 3), spot.upper - 3)
            apart = (end - x) ** 2 + (edge - y) ** 2 > (radius + 5) ** 2
        else:
            (end, edge), apart = leader_end(spot, x, y), leader_of(spot, x, y, radius) is not None
        if apart:
            frame.line((x, end), (y, edge), ink, below=False)


def _numbered(offers: Sequence[Offer]) -> list[str]:
    """Return numbers, with the names of those that are not grey where these are few."""
    named = sum(not o.dominated_by for o in offers) <= NAMED
    return [
        f"{n} {wrapped(o.proposal.name, TICK, 110, lines=1)}" if named and not o.dominated_by else str(n)
        for n, o in enumerate(offers, start=1)
    ]


def _label(offer: Offer, language: str) -> str:
    if has_budget(offer) and not fits(offer):
        return Message("{name} (too much)", name=offer.proposal.name).in_language(language)
    return offer.proposal.name


def burden_sentence(comparison: Comparison, language: str) -> str:
    """Return what the chart of monthly and whole cost says, in a few words: which offers the household can pay."""
    fitting = [o for o in comparison.offers if fits(o)]
    if len(fitting) > 1 and (least := cheapest(fitting)):
        text = Message("Of the offers that fit, {name} costs the least in all", name=least.proposal.name)
    elif len(comparison.offers) > 1 and len(fitting) == 1:
        text = Message("Only {name} fits what the household can pay", name=fitting[0].proposal.name)
    elif comparison.offers and not fitting and has_budget(comparison.offers[0]):
        text = Message("No offer fits what the household can pay")
    else:
        text = Message("What a month costs, and what all of it costs")
    return text.in_language(language)


class PaidChart:
    """A small picture an offer, on the same scales: what has been paid, rising, and what is still owed, falling."""

    def __init__(self, width_px: int = 760, height_px: int = 420) -> None:
        self.width, self.height = width_px, height_px
        self._painter = Painter(width_px, height_px)
        self._scene = Scene(width_px, height_px)

    def draw(
        self, comparison: Comparison, language: str, *, title: str = "", source: str = "", first: str = ""
    ) -> bytes:
        """Return the chart as PNG; `first` is the name of an offer that is shown in any case."""
        self._scene = self._arranged(comparison, language, title, source, first)
        return self._painter.paint(self._scene)

    def still(self) -> Figure:
        """Return what was last drawn as a figure, for saving as PNG or SVG."""
        return still(self._scene)

    def _arranged(self, comparison: Comparison, language: str, title: str, source: str, first: str) -> Scene:
        shown = foremost(comparison.offers, first)
        title = title or PAID_AND_OWED.in_language(language)
        more = len(comparison.offers) - len(shown)
        if more > 0:
            title += " " + Message("({n} more not shown)", n=more).in_language(language)
        frame = Frame(language, title, source, self.width, self.height)
        up = Scale([0, *(max(o.total, o.settled) for _, o in shown)], language, most=3)
        columns = {0: 1, 1: 1, 2: 2, 4: 2}.get(len(shown), 3)
        rows = -(-len(shown) // columns) or 1
        room, left = frame.room, frame.room.left + up.width + 8
        _key(frame, room.upper - 16)
        frame.write(room.left, room.upper - 16, up.unit, size=TICK, colour=QUIET)
        wide, high = (room.right - left) / columns, (room.upper - 22 - room.lower) / rows
        for place, (n, offer) in enumerate(shown):
            row, column = divmod(place, columns)
            x, y = left + column * wide, room.upper - 22 - (row + 1) * high
            box = Box(x, y + FOOT, x + wide - 18, y + high - 52)
            name = f"{n} · {offer.proposal.name}" if len(comparison.offers) > NAMED else offer.proposal.name
            _panel(frame, box, offer, name, comparison, up, labelled=column == 0)
        return frame.scene


def _key(frame: Frame, y: float) -> None:
    """Write at the right what the area and the line stand for."""
    paid, owed = Message("paid so far").in_language(frame.language), Message("still owed").in_language(frame.language)
    x = frame.room.right - sum(text_width(t, TICK) for t in (paid, owed)) - 19 - 26 - 16
    corners = np.array([(x, y - 1), (x + 13, y - 1), (x + 13, y + 12), (x, y + 12)])
    frame.scene.fills.append(Fill(corners, shade("paid").fill))
    frame.write(x + 19, y, paid, size=TICK, colour=QUIET)
    x += 19 + text_width(paid, TICK) + 16
    frame.line((x, x + 19), (y + 5, y + 5), INK, 2.6, below=False)
    frame.write(x + 26, y, owed, size=TICK, colour=QUIET)


def _panel(
    frame: Frame, box: Box, offer: Offer, name: str, comparison: Comparison, up: Scale, *, labelled: bool
) -> None:
    language, days = frame.language, Days(comparison.day, comparison.horizon, box)
    up.up(frame, box, labelled=labelled)
    days.write(frame)
    course = progress(offer)
    xs = np.array([days.place(d) for d, _, _ in course])
    paid = [up.place(fen, box.lower, box.upper) for _, fen, _ in course]
    owed = [up.place(fen, box.lower, box.upper) for _, _, fen in course]
    step, top = _stepped(xs, paid)
    if len(step) > 1:
        floor = np.full(2, box.lower)
        corners = np.column_stack([np.append(step, step[[-1, 0]]), np.append(top, floor)])
        frame.scene.fills.append(Fill(corners, shade("paid" if not offer.dominated_by else "left").fill))
        step, top = _stepped(xs, owed)
        frame.line(step, top, PAPER, 5, below=False)
        frame.line(step, top, INK if not offer.dominated_by else QUIET, 2.6, below=False)
    room = box.right - box.left
    frame.write(box.left, box.upper + 28, wrapped(name, LABEL, room, bold=True, lines=1), bold=True)
    text = Message(
        "{amount} by {day}", amount=money(offer.total, language, short=True), day=day_text(offer.end, language)[:7]
    ).in_language(language)
    frame.write(box.left, box.upper + 8, wrapped(text, TICK, room + 14, lines=1), size=TICK, colour=QUIET)


def _stepped(xs: Any, ys: Sequence[float]) -> tuple[Any, Any]:
    """Return a line that stays level from each day to the next and then steps. [pixels]"""
    return np.repeat(xs, 2)[1:], np.repeat(np.asarray(ys), 2)[:-1]


def foremost(offers: Sequence[Offer], first: str = "") -> list[tuple[int, Offer]]:
    """Return the offers that are shown where not all have room, with their numbers from 1, in their order.

    The one called `first` comes before all, then the creditor's, those that are not grey, and those with a purpose.
    """

    def rank(at: tuple[int, Offer]) -> tuple[bool, bool, bool, bool]:
        p, grey = at[1].proposal, bool(at[1].dominated_by)
        return p.name != first, p.role is not Role.CREDITOR, grey, p.role is Role.OTHER

    return sorted(sorted(enumerate(offers, start=1), key=rank)[:PANELS], key=lambda at: at[0])


def progress(offer: Offer) -> list[tuple[date, int, int]]:
    """Return for the start and each day of payment what has been paid and what is still owed after it. [fen]

    Owed is what is to be paid after the waiver, less the principal paid so far; what the plan itself charges is paid
    beside it, as it falls due.
    """
    principal: dict[date, int] = {}
    for _, plan in offer.schedules:
        for i in plan.installments:
            principal[i.due] = principal.get(i.due, 0) + i.principal
    paid, owed = 0, offer.settled
    found = [(offer.proposal.start, paid, owed)]
    for day, payment in offer.payments:
        paid, owed = paid + payment, owed - principal[day]
        found.append((day, paid, owed))
    return found


def burden_cost_chart(
    comparison: Comparison,
    language: str,
    *,
    title: str = "",
    source: str = "",
    width_px: int = 760,
    height_px: int = 420,
) -> Figure:
    """Return `BurdenChart` as a still figure, for saving as PNG or SVG."""
    chart = BurdenChart(width_px, height_px)
    chart.draw(comparison, language, title=title, source=source)
    return chart.still()


def paid_left_chart(
    comparison: Comparison,
    language: str,
    *,
    title: str = "",
    source: str = "",
    width_px: int = 760,
    height_px: int = 420,
) -> Figure:
    """Return `PaidChart` as a still figure, for saving as PNG or SVG."""
    chart = PaidChart(width_px, height_px)
    chart.draw(comparison, language, title=title, source=source)
    return chart.still()
