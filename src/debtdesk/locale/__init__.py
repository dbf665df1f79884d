"""Texts in Chinese and English: messages are written in English and looked up in the catalogs beside this file."""

from __future__ import annotations

import locale as system_locale
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("zh", "en")
FOLDERS = {"zh": "zh_CN", "en": "en"}

_chosen: str | None = None


def use(language: str | None) -> None:
    """Choose the language of this process: "zh", "en", or None for the system's own."""
    if language not in (*LANGUAGES, None):
        raise ValueError(f"language {language!r} is not one of {LANGUAGES}")
    global _chosen
    _chosen = language


def language() -> str:
    """Return the language in use: the chosen one, else DEBTDESK_LANGUAGE, else the system's (zh_* or English)."""
    return _chosen or _from_environment()


def _from_environment() -> str:
    for name in ("DEBTDESK_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    given = system_locale.getlocale()[0] or ""
    return "zh" if given.lower().startswith(("zh", "chinese")) else "en"


@cache
def catalog(language: str) -> Mapping[str, str]:
    """Return every translated text of a language, from all `.po` files of its folder; English needs none."""
    if language == "en":
        return {}
    from babel.messages.pofile import read_po

    texts: dict[str, str] = {}
    for path in sorted(files(__name__).joinpath(FOLDERS[language]).iterdir(), key=lambda p: p.name):
        if path.name.endswith(".po"):
            with path.open("rb") as stream:
                for entry in read_po(stream):
                    if entry.id and entry.string and not entry.fuzzy:
                        texts[str(entry.id)] = str(entry.string)
    return texts


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """A text in English with named places, to be shown in any language: `Message("{n} debts", n=3)`.

    Values may be messages themselves; they are shown in the same language.
    """

    text: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __init__(self, text: str, /, **values: Any) -> None:
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "values", values)

    def saying(self, **values: Any) -> Message:
        """Return the same text with other values in some of its places."""
        return Message(self.text, **{**self.values, **values})

    def in_language(self, language: str) -> str:
        """Return the text in a language; a text the catalog lacks is shown in English."""
        given = catalog(language).get(self.text, self.text)
        values = {k: v.in_language(language) if isinstance(v, Message) else v for k, v in self.values.items()}
        return given.format_map(values) if values else given

    def __str__(self) -> str:
        return self.in_language(language())

    def __hash__(self) -> int:
        return hash((self.text, tuple(sorted((k, str(v)) for k, v in self.values.items()))))


def say(text: str, /, **values: Any) -> str:
    """Return a text at once in the language in use."""
    return str(Message(text, **values))
