"""The sheet: an editable table of texts, with what is wrong beside each cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import anywidget
import traitlets as t

from debtdesk.locale import Message

Row = dict[str, str]
_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column of a sheet.

    `kind` is text, choice, amount, rate, day, flag, shown (computed, not typed) or hidden (only pasted); `options` are
    pairs of value and words, or suggestions for a text; `width` its share of the line; `line` the line of the row it
    stands on where the sheet is narrow; `default` what a new row holds; `aliases` further headers to paste it under.
    """

    key: str
    label: Message
    kind: str = "text"
    options: tuple[tuple[str, Message], ...] = ()
    width: float = 1
    line: int = 0
    default: str = ""
    hint: str = ""
    help: Message | None = None
    aliases: tuple[str, ...] = ()

    def shown(self) -> dict[str, object]:
        """Return the column in the language in use, with the words of both languages to paste by."""
        return {
            "key": self.key,
            "label": str(self.label),
            "kind": self.kind,
            "options": [[value, str(text), *_both(text)] for value, text in self.options],
            "width": self.width,
            "line": self.line,
            "default": self.default,
            "hint": self.hint,
            "help": str(self.help or ""),
            "aliases": [*self.aliases, *_both(self.label)],
        }


def _both(text: Message) -> list[str]:
    return [text.in_language("zh"), text.in_language("en")]


class Sheet(anywidget.AnyWidget):
    """An editable table.

    `rows` hold what was typed, each with an `id`; `problems` and `notes` say by row id and column key what is wrong
    and what to look at (key "" for the whole row); `computed` fills the columns of kind shown.
    """

    _esm = _HERE / "sheet.js"
    _css = _HERE / "sheet.css"

    columns = t.List(t.Dict()).tag(sync=True)
    rows = t.List(t.Dict()).tag(sync=True)
    problems = t.Dict().tag(sync=True)
    notes = t.Dict().tag(sync=True)
    computed = t.Dict().tag(sync=True)
    labels = t.Dict().tag(sync=True)

    def __init__(self, columns: Sequence[Column], *, title: Message, add: Message, on_save: Callable[[], None]) -> None:
        self._on_save = on_save
        labels = {
            "title": title,
            "add": add,
            "remove": Message("Remove row"),
            "undo": Message("Undo"),
            "removed": Message("Row {n} was removed.", n="{n}"),
            "pasted": Message("{rows} rows were pasted.", rows="{rows}"),
            "hint": Message(
                "A block copied from a spreadsheet can be pasted. Enter: next row; Esc: undo typing; "
                "Ctrl+Delete: remove row; Alt+↑↓: move row; Ctrl+S: save."
            ),
        }
        super().__init__(
            columns=[c.shown() for c in columns], labels={name: str(text) for name, text in labels.items()}
        )
        self.on_msg(self._heard)

    def _heard(self, _: object, content: dict[str, str], __: object) -> None:
        if content.get("kind") == "save":
            self._on_save()
