"""Fields that people type into: the last good value stays, and what is wrong is said beside the field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from html import escape
from itertools import count
from typing import Any

import ipywidgets as w
import traitlets as t

from debtdesk.core.days import parse_day
from debtdesk.core.money import parse_amount, yuan
from debtdesk.core.problems import Refused
from debtdesk.core.rates import Period, Rate, parse_rate
from debtdesk.locale import Message

LABEL_WIDTH = "190px"
_number = count(1)


class Field(w.VBox):
    """A text with a label; `value` is the last good value, `problem` what is wrong with the text now.

    `read` turns the text into a value and raises Refused; `write` turns a value into the text shown; more than one of
    `lines` makes a box for longer texts. With `exact` a text as `write` has it stands for the very value, more places
    than it shows included; with `tidy` a text that is read is written anew, so that its meaning is seen.
    """

    value = t.Any(allow_none=True)
    problem = t.Unicode("")

    def __init__(
        self,
        label: Message | str,
        value: Any = None,
        *,
        read: Callable[[str], Any],
        write: Callable[[Any], str],
        placeholder: str = "",
        unit: Message | str = "",
        width: str = "170px",
        lines: int = 1,
        exact: bool = False,
        tidy: bool = False,
    ) -> None:
        self._read, self._write, self._exact, self._tidy = read, write, exact, tidy
        kind, rows = (w.Textarea, {"rows": lines}) if lines > 1 else (w.Text, {})
        self.text = kind(
            value=write(value) if value is not None else "",
            description=str(label),
            placeholder=placeholder,
            continuous_update=False,
            style={"description_width": LABEL_WIDTH},
            layout=w.Layout(width=f"calc({LABEL_WIDTH} + {width})", max_width="100%"),
            **rows,
        )
        self.text.add_class("debtdesk-field-text")
        # a page has a hundred fields: what a field does not need is not made
        self._help: w.HTML | None = None
        self._line = with_unit(self.text, unit) if unit else self.text
        super().__init__([self._line])
        self.add_class("debtdesk-field")
        self.set_trait("value", value)
        self.text.observe(self._typed, "value")
        self.observe(self._shown, "value")

    @property
    def help(self) -> str:
        """What is said below the field, as HTML."""
        return self._help.value if self._help is not None else ""

    def _say(self, text: str, role: str) -> None:
        if self._help is None:
            if not text:
                return
            self._help = w.HTML()
            self.children = (self._line, self._help)
        self._help.value = f"<div class='debtdesk-help' role='{role}'>{escape(text)}</div>" if text else ""
        self._help.layout.display = "" if text else "none"

    def _typed(self, change: Any) -> None:
        try:
            value = self._meant(change["new"])
        except Refused as refused:
            self.refuse(refused)
            return
        self.refuse(None)
        self.value = value
        if self._tidy and value is not None:
            self.text.value = self._write(value)

    def _meant(self, text: str) -> Any:
        as_written = self._exact and self.value is not None and text == self._write(self.value)
        return self.value if as_written else self._read(text)

    def _shown(self, change: Any) -> None:
        try:
            if self._meant(self.text.value) == change["new"]:
                return
        except Refused:
            pass
        self.text.value = self._write(change["new"]) if change["new"] is not None else ""

    def also(self, check: Callable[[Any], None]) -> None:
        """Let a check, which raises Refused, have a say in every value that is read from now on."""
        plain = self._read

        def read(text: str) -> Any:
            value = plain(text)
            check(value)
            return value

        self._read = read

    def show(self, value: Any) -> None:
        """Show a value in place of whatever stands in the field, a refused text included."""
        self.value = value
        self.text.value = self._write(value) if value is not None else ""
        self.refuse(None)

    def follow(self, value: Any, *, same: bool = True) -> None:
        """Show a value, but let a refused text stand for its writer to mend; not where it is about somebody else."""
        if not same:
            self.show(value)
        elif not self.problem:
            self.value = value

    def check(self) -> bool:
        """Read the text as it stands, as if just typed; return whether it is good."""
        self._typed({"new": self.text.value})
        return not self.problem

    def doubt(self, text: str) -> None:
        """Say beside a field whose value is good what to look at; nothing where the text is empty."""
        if not self.problem:
            self._say(text, "status")

    def clear(self) -> None:
        """Empty the field without a complaint; it has no value then."""
        self.text.unobserve(self._typed, "value")
        self.text.value = ""
        self.text.observe(self._typed, "value")
        self.refuse(None)
        self.unobserve(self._shown, "value")
        self.value = None
        self.observe(self._shown, "value")

    def refuse(self, refused: Refused | None) -> None:
        """Say beside the field what is wrong and how to mend it; None takes that back."""
        if refused is None:
            self._say("", "alert")
            self.remove_class("debtdesk-wrong")
            self.problem = ""
            return
        problem = f"{refused.text} {refused.remedy}"
        self._say(problem, "alert")
        self.add_class("debtdesk-wrong")
        self.problem = problem


def with_unit(widget: w.Widget, unit: Message | str) -> w.HBox:
    """Return a widget with its unit behind it."""
    mark = w.HTML(escape(str(unit)))
    mark.add_class("debtdesk-unit")
    return w.HBox([widget, mark])


def any_refused(widget: w.Widget) -> bool:
    """Return whether something is wrong in a field, or in any field within a widget."""
    if isinstance(widget, Field):
        return bool(widget.problem)
    return any(any_refused(child) for child in getattr(widget, "children", ()))


def amount_field(label: Message | str, value: int = 0, *, unit: Message | str | None = None, **options: Any) -> Field:
    """Return a field for an amount in yuan; its value is in fen."""
    unit = Message("yuan") if unit is None else unit
    return Field(label, value, read=parse_amount, write=lambda fen: f"{yuan(fen):,.2f}", unit=unit, **options)


_EXAMPLE = Rate(Fraction(5, 10000), Period.DAY)


def rate_field(label: Message | str, value: Rate | None = None, **options: Any) -> Field:
    """Return a field for a rate with its period; empty means none."""

    def read(text: str) -> Rate | None:
        return parse_rate(text) if text.strip() else None

    return Field(label, value, read=read, write=rate_text, placeholder=rate_text(_EXAMPLE), **options)


def rate_text(rate: Rate) -> str:
    """Return a rate as it is typed in the language in use: "0.05%/day", "0.05%/日"."""
    percent = rate.percent()
    text = {
        Period.DAY: Message("{percent}%/day", percent=percent),
        Period.MONTH: Message("{percent}%/month", percent=percent),
        Period.YEAR: Message("{percent}%/year", percent=percent),
    }[rate.period]
    return str(text)


def day_field(label: Message | str, value: date | None = None, **options: Any) -> Field:
    """Return a field for a day."""
    return Field(label, value, read=parse_day, write=date.isoformat, placeholder="2026-11-24", **options)


def count_field(label: Message | str, value: int, *, least: int = 0, most: int = 600, **options: Any) -> Field:
    """Return a field for a whole number between two bounds."""

    return Field(label, value, read=whole_number(least, most), write=str, **options)


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """Return what reads a whole number between two bounds."""

    def read(text: str) -> int:
        digits = text.strip()
        if not digits.isascii() or not digits.isdigit() or not least <= int(digits) <= most:
            raise Refused(
                Message("“{given}” is not a whole number that fits here.", given=text.strip()[:20]),
                Message("Write a whole number from {least} to {most}.", least=least, most=most),
            )
        return int(digits)

    return read


def text_field(label: Message | str, value: str = "", **options: Any) -> Field:
    """Return a field for a line of text."""
    return Field(label, value, read=str.strip, write=str, **options)


def optional_day(label: Message | str, *, placeholder: str = "2026-11-24", **options: Any) -> Field:
    """Return a field for a day that may be empty."""

    def read(text: str) -> date | None:
        return parse_day(text) if text.strip() else None

    return Field(label, None, read=read, write=lambda d: d.isoformat() if d else "", placeholder=placeholder, **options)
