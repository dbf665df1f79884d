"""Choices: the members of an enum as words to choose from, and read back from either language."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar

from debtdesk.core.problems import Refused
from debtdesk.core.terms import Known
from debtdesk.files.words import Words
from debtdesk.locale import LANGUAGES, Message
from debtdesk.views.words import name_of

E = TypeVar("E", bound=StrEnum)


# How a figure is known, short enough for a cell.
KNOWN = (
    (Known.SEEN.value, Message("seen")),
    (Known.TOLD.value, Message("told")),
    (Known.ASSUMED.value, Message("assumed")),
    (Known.COMPUTED.value, Message("computed")),
)


def choices(*members: StrEnum) -> tuple[tuple[str, Message], ...]:
    """Return the options of a choice: value and name."""
    return tuple((m.value, name_of(m)) for m in members)


def member(kind: type[E], words: Words[Any] | None = None) -> Callable[[str], E]:
    """Return what reads a word of a choice: its value, its name in either language, or one of further words."""

    def read(text: str) -> E:
        for one in kind:
            names = (name_of(one).in_language(x).lower() for x in LANGUAGES)
            if text.lower() in (one.value, *names):
                return one
        if words is not None and (found := words.find(text)) is not None:
            return kind(found)
        raise Refused(
            Message("“{given}” is not one of the choices.", given=text[:40]), Message("Choose one from the list.")
        )

    return read
