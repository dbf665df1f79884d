"""The controls of a proposal, and how they stand together: three columns, and the rarer ones in folds below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.concession import CarriedEnd
from debtdesk.core.installing import Basis, Bearing, GraceKind, InterestOn
from debtdesk.core.proposal import Remainder, Role, WaiverTime
from debtdesk.core.solver import LONGEST_MONTHS
from debtdesk.core.terms import Part
from debtdesk.locale import Message
from debtdesk.panels.fields import Field, amount_field, count_field, day_field, optional_day, rate_field, text_field
from debtdesk.panels.offer_draft import SEASON, part_key
from debtdesk.panels.offer_fields import (
    day_of_month_field,
    given_field,
    multiple_field,
    percent_field,
    size_field,
    spans_field,
    step_field,
)
from debtdesk.panels.stage import fold
from debtdesk.views.words import name_of

LABEL = "140px"
WIDE = "330px"
COLUMN = "345px"
BROAD = "440px"
BROAD_COLUMN = "455px"
EASY_FIRST = (Part.PENALTY_INTEREST, Part.FEES, Part.INTEREST, Part.PRINCIPAL)
_WIDTHS = {
    "name": 190,
    "note": 190,
    "carry_due": 190,
    "freezes": 420,
    "period_fee": 70,
    "every": 70,
    "grace_months": 70,
    "due_day": 70,
    "pay_day": 70,
    "rounding_step": 90,
}
_MONTHS = tuple(Message("month {n}", n=n) for n in range(1, 13))


def controls() -> dict[str, Any]:
    """Return a control for every field of a proposal, by the names of `offer_draft.values_of`; each has a `value`."""
    found: dict[str, Any] = {
        "name": text_field(Message("name of the proposal")),
        "role": _choice(Message("what it is for"), Role),
        "note": text_field(Message("note"), lines=3),
        **{part_key("waiver", p): given_field(name_of(p)) for p in Part},
        "time": _choice(Message("the waiver holds"), WaiverTime),
        "down_payment": amount_field(Message("down payment")),
        "start": day_field(Message("begins on")),
        "first_due": day_field(Message("first installment due")),
        "installments": _slider(),
        "size": size_field(Message("or so much a month"), placeholder="–"),
        "rate": rate_field(Message("interest of the plan"), exact=True),
        "period_fee": percent_field(Message("fee of each installment"), unit=str(Message("% of the amount"))),
        "remainder": _choice(Message("odd fen go to the"), Remainder),
        **_aside(),
        **_course(),
        **_charge(),
        "discount": given_field(Message("discount")),
        "deadline": optional_day(Message("first payment at the latest"), placeholder="–"),
    }
    for name, control in found.items():
        if isinstance(control, Field):
            _set_width(name, control)
    return found


def _aside() -> dict[str, Any]:
    """Return what is added to the principal, and what is set aside."""
    return {
        **{
            part_key("capitalise", p): given_field(Message("{part}: added to the principal", part=name_of(p)))
            for p in EASY_FIRST[:-1]
        },
        **{part_key("carry", p): given_field(Message("{part}: set aside", part=name_of(p))) for p in EASY_FIRST},
        "carry_end": _choice(Message("what is set aside"), CarriedEnd),
        "carry_due": optional_day(Message("owed on"), placeholder=str(Message("with the last installment"))),
    }


def _course() -> dict[str, Any]:
    """Return how installments follow each other."""
    return {
        "raise": given_field(Message("installments rise by"), most=10),
        "every": count_field(Message("after every"), 12, least=1, most=600, unit=Message("months")),
        "grace_months": count_field(Message("grace before the first"), 0, most=600, unit=Message("months")),
        "grace_kind": _choice(Message("to be paid meanwhile"), GraceKind),
        "grace_runs": w.Checkbox(
            description=str(Message("interest runs during the grace")), value=True, indent=False, layout=_wide()
        ),
        "due_day": day_of_month_field(Message("later ones due on day"), placeholder="–", unit=Message("of the month")),
        "rounding_step": step_field(Message("rounded to steps of")),
        **{name: multiple_field(month) for name, month in zip(SEASON, _MONTHS, strict=True)},
    }


def _charge() -> dict[str, Any]:
    """Return what the rate is charged on, and when it rests."""
    return {
        "interest_on": _choice(Message("interest is charged on"), InterestOn, BROAD),
        "basis": _choice(Message("a period counts"), Basis, BROAD),
        "year_days": w.Dropdown(
            options=[(str(Message("{n} days", n=n)), n) for n in (365, 360)],
            description=str(Message("a year has")),
            style={"description_width": LABEL},
            layout=_wide(BROAD),
        ),
        "bearing": _choice(Message("interest is borne by"), Bearing, BROAD),
        "freezes": spans_field(Message("no interest and no fee from – to")),
    }


def columns(c: Mapping[str, Any], helps: Mapping[str, w.HTML], debts: w.Widget) -> tuple[w.Widget, ...]:
    """Return the three columns of what nearly every proposal says."""
    waived = [c[part_key("waiver", p)] for p in EASY_FIRST]
    paid = [c[n] for n in ("down_payment", "start", "first_due", "installments")]
    proposal = [c["name"], c["role"], debts, helps["accounts"], c["note"]]
    return (
        _column(_group(Message("The proposal"), proposal)),
        _column(_group(Message("What is waived"), [*waived, helps["waiver"], c["time"]])),
        _column(
            [
                *_group(Message("What is paid"), [*paid, helps["installments"], c["size"]]),
                *_group(Message("What the plan itself costs"), [c["rate"], c["period_fee"], c["remainder"]]),
            ]
        ),
    )


class Folds(w.VBox):
    """The rarer fields, each group folded away; a group says in its title when something in it is in use."""

    def __init__(self, c: Mapping[str, Any], helps: Mapping[str, w.HTML], pay_day: Sequence[w.Widget]) -> None:
        capitalised = [c[part_key("capitalise", p)] for p in EASY_FIRST[:-1]]
        carried = [c[part_key("carry", p)] for p in EASY_FIRST]
        text = escape(str(Message("Percent of the ordinary installment; 0 is no payment.")))
        note = w.HTML(f"<p class='debtdesk-note'>{text}</p>")
        months = w.HBox([c[n] for n in SEASON], layout=w.Layout(flex_flow="row wrap", grid_gap="0 4px"))
        steps = [c[n] for n in ("raise", "every", "rounding_step")]
        rests = [c[n] for n in ("grace_months", "grace_kind", "grace_runs")]
        self.groups: dict[Message, tuple[str, ...]] = {
            Message("Added to the principal, or set aside"): tuple(
                n for n in c if n.startswith(("capitalise.", "carry"))
            ),
            Message("How installments run"): (*_course(), "size"),
            Message("How the plan's interest is counted"): tuple(_charge()),
            Message("In one sum: discount and deadline"): ("discount", "deadline"),
        }
        insides = (
            [_column(capitalised), _column(carried), _column([c["carry_end"], c["carry_due"]])],
            [
                _column(_group(Message("Raises and rounding"), steps)),
                _column(_group(Message("Grace"), rests)),
                _column(_group(Message("Pay day"), [c["due_day"], *pay_day])),
                w.VBox(
                    [*_group(Message("Months with other amounts"), [note, months]), helps["season"]],
                    layout=w.Layout(width="100%"),
                ),
            ],
            [
                _column([c["interest_on"], c["basis"]], BROAD_COLUMN),
                _column([c["year_days"], c["bearing"]], BROAD_COLUMN),
                w.VBox([c["freezes"]], layout=w.Layout(width="100%")),
            ],
            [_column([c["discount"]]), _column([c["deadline"]])],
        )
        row = w.Layout(flex_flow="row wrap", grid_gap="4px 24px", align_items="flex-start")
        self.folds = tuple(
            fold(title, w.HBox(inside, layout=row)) for title, inside in zip(self.groups, insides, strict=True)
        )
        super().__init__(self.folds, layout=w.Layout(width="100%"))

    def mark(self, used: Iterable[str]) -> None:
        """Say in the titles in which groups one of these fields is in use."""
        names = set(used)
        for (title, group), folded in zip(self.groups.items(), self.folds, strict=True):
            shown = str(Message("{title} (in use)", title=title) if names & set(group) else title)
            if folded.titles != (shown,):
                folded.titles = (shown,)

    def open_for(self, name: str) -> None:
        """Open the group of a field, so that what is said beside it is seen."""
        for group, folded in zip(self.groups.values(), self.folds, strict=True):
            if (name in group or (name == "season" and SEASON[0] in group)) and folded.selected_index is None:
                folded.selected_index = 0


def help_html(text: str, *, alert: bool) -> str:
    """Return what is said beside a control that has no help of its own; nothing where there is nothing to say."""
    role = "alert" if alert else "status"
    return f"<div class='debtdesk-help' role='{role}'>{escape(text)}</div>" if text else ""


def _slider() -> w.IntSlider:
    return w.IntSlider(
        value=1,
        min=1,
        max=LONGEST_MONTHS,
        description=str(Message("installments")),
        continuous_update=True,
        style={"description_width": LABEL},
        layout=_wide(),
    )


def _set_width(name: str, field: Field) -> None:
    if name in SEASON:
        label, width = "76px", 60
    elif "." in name:
        label, width = "190px", 110
    else:
        label, width = LABEL, _WIDTHS.get(name, 110 if name in [p.value for p in Part] else 155)
    field.text.style.description_width = label
    field.text.layout.width = f"calc({label} + {width}px)"


def _choice(label: Message, members: Iterable[StrEnum], width: str = WIDE) -> w.Dropdown:
    return w.Dropdown(
        options=[(str(name_of(m)), m) for m in members],
        description=str(label),
        style={"description_width": LABEL},
        layout=_wide(width),
    )


def _wide(width: str = WIDE) -> w.Layout:
    return w.Layout(width=width, max_width="100%")


def _group(title: Message, widgets: Sequence[w.Widget]) -> list[w.Widget]:
    return [w.HTML(f"<h3 class='debtdesk-group'>{escape(str(title))}</h3>"), *widgets]


def _column(widgets: Sequence[w.Widget], width: str = COLUMN) -> w.VBox:
    return w.VBox(list(widgets), layout=w.Layout(width=width, max_width="100%"))
