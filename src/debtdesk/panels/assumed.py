"""Assumed figures: fields for them, and the hatched mark that says how they are known and where they are from."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction
from html import escape
from typing import Any

import ipywidgets as w

from debtdesk.core.money import parse_amount, yuan
from debtdesk.core.problems import Refused
from debtdesk.core.terms import Known
from debtdesk.files.household import parse_share
from debtdesk.locale import Message
from debtdesk.panels.fields import Field
from debtdesk.panels.offer_editor import percent_text
from debtdesk.views.words import name_of

_HATCH = "repeating-linear-gradient(45deg,#8a93a3 0 1.5px,#fff 1.5px 5px)"
_BETWEEN = re.compile(r"[-–—~～至到]| to ")


def known_mark(known: Known, source: str) -> str:
    """Return how figures are known and where they are from, with a hatched mark where they are uncertain."""
    uncertain = known in (Known.ASSUMED, Known.TOLD)
    fill = _HATCH if uncertain else "#8a93a3"
    style = f"display:inline-block;width:26px;height:13px;border:1px solid #8a93a3;background:{fill}"
    if source.strip():
        said = Message("{known}; source: {source}", known=name_of(known), source=source.strip())
    else:
        said = Message("{known}; no source was entered", known=name_of(known))
    return f"<p class='debtdesk-note'><span style='{style}'></span> {escape(str(said))}</p>"


def known_choice(label: Message, value: Known) -> w.Dropdown:
    """Return a choice of how figures are known."""
    return w.Dropdown(
        options=[(str(name_of(k)), k) for k in (Known.ASSUMED, Known.TOLD, Known.SEEN)],
        value=value,
        description=str(label),
        style={"description_width": "190px"},
        layout=w.Layout(width="calc(190px + 170px)", max_width="100%"),
    )


def months_range(label: Message, value: tuple[int, int]) -> Field:
    """Return a field for the least and the most of some months: "1 – 6"."""
    return _range(label, value, _count, str, unit=Message("months"))


def amount_range(label: Message, value: tuple[int, int]) -> Field:
    """Return a field for the least and the most of an amount in yuan: "500 – 5,000"; its value is in fen."""
    return _range(
        label, value, parse_amount, lambda fen: f"{yuan(fen):,.0f}" if fen % 100 == 0 else f"{yuan(fen):,.2f}"
    )


def _range(
    label: Message,
    value: tuple[int, int],
    parse: Callable[[str], int],
    write: Callable[[int], str],
    unit: Message | None = None,
) -> Field:
    def read(text: str) -> tuple[int, int]:
        parts = [p.strip() for p in _BETWEEN.split(text)]
        if len(parts) > 2 or not all(parts):
            raise Refused(
                Message("“{given}” is not a least and a most.", given=text.strip()[:20]),
                Message("Write the least, a dash, and the most, for instance 1 – 6."),
            )
        return parse(parts[0]), parse(parts[-1])

    def shown(limits: tuple[int, int]) -> str:
        return " – ".join(map(write, limits))

    return Field(label, value, read=read, write=shown, unit=Message("yuan") if unit is None else unit)


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 600):
        raise Refused(
            Message("“{given}” is not a whole number that fits here.", given=text[:20]),
            Message("Write a whole number from {least} to {most}.", least=0, most=600),
        )
    return int(text)


def columns_of(groups: list[tuple[Message, list[w.Widget]]]) -> w.HBox:
    """Return groups of fields side by side, each under its title."""
    boxes = [
        w.VBox([w.HTML(f"<h3 class='debtdesk-group'>{escape(str(title))}</h3>"), *fields]) for title, fields in groups
    ]
    return w.HBox(boxes, layout=w.Layout(flex_flow="row wrap", align_items="flex-start", grid_gap="4px 28px"))


def checked(field: Field, check: Callable[..., None], name: str) -> None:
    """Let a state have a say in what a field takes, by the name that the state has for it."""

    def judge(value: Any) -> None:
        check(**{name: value})

    field.also(judge)


def optional_share(label: Message, value: Fraction | None) -> Field:
    """Return a field for a share in percent that may be empty: nothing is assumed then."""

    def read(text: str) -> Fraction | None:
        return parse_share(text) if text.strip() else None

    def shown(share: Fraction | None) -> str:
        if share is None:
            return ""
        return percent_text(share) + ("%" if 0 < share < Fraction(1, 100) else "")

    return Field(label, value, read=read, write=shown, unit="%", width="90px")
