"""Words: what people write for one thing, in Chinese, in English, or both in one cell."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")

_UNIT = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_SIGNS = re.compile(r"[\W_]+")
_SILENT = frozenset({"rmb", "cny", "yuan", "元"})


def folded(text: str) -> str:
    """Return a text without what does not tell words apart: case, width, spaces, signs, and a unit in brackets."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _SIGNS.sub("", _UNIT.sub("", plain)) or _SIGNS.sub("", plain)


class Words(Generic[Meaning]):
    """Which meaning a written word has: "principal", "本金", "本金（元）" and "principal 本金" are the same."""

    def __init__(self, names: Mapping[Meaning, Iterable[str]]) -> None:
        self._of: dict[str, Meaning] = {folded(n): meaning for meaning, ns in names.items() for n in ns}

    def find(self, text: str) -> Meaning | None:
        """Return the meaning of a text, or None where it has none or two."""
        word = folded(text)
        if word in self._of:
            return self._of[word]
        for cut in range(1, len(word)):
            first, second = word[:cut], word[cut:]
            found = self._of.get(first, self._of.get(second))
            if found is not None and all(w in _SILENT or self._of.get(w) == found for w in (first, second)):
                return found
        return None
