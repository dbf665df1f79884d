"""A veil over names and numbers: what is shown to others who look at the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass

_NUMBER = re.compile(r"\d{3,}", re.ASCII)
_PLAIN = re.compile(
    r"[-+¥￥]?[\d,]{1,9}\.\d{1,2}|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?([ T]\d{1,2}:\d{2}(:\d{2})?)?", re.ASCII
)
_OWN = ("", "/")


@dataclass(frozen=True, slots=True)
class Veil:
    """Hides names and numbers where it is drawn; only what is shown changes, never what is kept.

    A name keeps its first letter; of a row of three digits or more nothing stays.
    """

    drawn: bool = False

    def name(self, name: str) -> str:
        """Return a name as it may be shown."""
        return name if not self.drawn or name.strip() in _OWN else f"{name.strip()[0]}**"

    def cell(self, cell: str) -> str:
        """Return a cell of a file as it may be shown: days and amounts as they are, words as a name, numbers as stars.

        A day or an amount is known by its signs; a long number without any is an account, a card or an order.
        """
        if not self.drawn or _PLAIN.fullmatch(cell.strip()):
            return cell
        return self.words(cell) if cell.strip()[:1].isdigit() else self.name(cell)

    def words(self, text: str) -> str:
        """Return other words as they may be shown: long numbers become stars."""
        return _NUMBER.sub("***", text) if self.drawn else text


OPEN = Veil()
