"""Colours: one for each part everywhere, told apart by colour-blind eyes and, by lightness, in grey."""

from __future__ import annotations

from typing import NamedTuple

PAPER = "#FFFFFF"
INK = "#1F2733"
QUIET = "#545C6B"
GRID = "#DDE1E7"
AXIS = "#9AA3B2"
DOMINATED = "#8A919D"
ALARM = "#A8320B"
UNCERTAIN_HATCH = "////"


class Shade(NamedTuple):
    """A colour to fill with, a darker one of the same hue for words on paper, and one for words on the fill."""

    fill: str
    ink: str
    on_fill: str


_SHADES = {
    "principal": Shade("#1F4E79", "#1F4E79", PAPER),
    "interest": Shade("#74B3DE", "#1E6A9C", INK),
    "penalty_interest": Shade("#D55E00", "#A84700", PAPER),
    "fees": Shade("#F6D982", "#755600", INK),
    "paid": Shade("#1B7F5C", "#14694B", PAPER),
    "left": Shade("#B9C0CB", "#545C6B", INK),
    "waived": Shade("#C3A5CF", "#6D4480", INK),
    "income": Shade("#1B7F5C", "#14694B", PAPER),
    "essentials": Shade("#1F4E79", "#1F4E79", PAPER),
    "flexible": Shade("#74B3DE", "#1E6A9C", INK),
    "debt_service": Shade("#D55E00", "#A84700", PAPER),
    "reserve": Shade("#C3A5CF", "#6D4480", INK),
    "installment": Shade("#F6D982", "#755600", INK),
}

LINES = ("#1F4E79", "#A84700", "#14694B", "#6D4480", "#755600", "#1E6A9C")


def shade(part: str) -> Shade:
    """Return the shade of a part ("principal", "paid", "essentials", …); a quiet one for a word without its own."""
    return _SHADES.get(part, Shade("#B9C0CB", QUIET, INK))


def parts() -> tuple[str, ...]:
    """Return the words that have a shade of their own."""
    return tuple(_SHADES)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour "#RRGGBB", 0 to 1 (WCAG 2.2)."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    a, b = sorted((luminance(one), luminance(other)), reverse=True)
    return (a + 0.05) / (b + 0.05)
