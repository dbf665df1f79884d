"""Taking a file over: look at it first, see what becomes of every row, then take it or leave it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from typing import Generic, TypeVar

import ipywidgets as w

from debtdesk.files.reading import Fate, Reading
from debtdesk.locale import Message, language
from debtdesk.panels.buttons import file_button
from debtdesk.panels.download import Download
from debtdesk.views.tables import fates_table, html_table, problems_html

R = TypeVar("R")
MOST_SHOWN = 300
_USED = (Fate.USED, Fate.USED_WITH_WARNING)


class Novelty(StrEnum):
    """What taking a record over would change."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


NOVELTIES = {
    Novelty.NEW: Message("is added"),
    Novelty.CHANGED: Message("replaces what is here"),
    Novelty.SAME: Message("already here"),
}


@dataclass(frozen=True)
class Look(Generic[R]):
    """A file looked at: what was read, and for each record what taking it over would change."""

    reading: Reading[R]
    novelties: tuple[Novelty, ...]

    def wanted(self) -> tuple[R, ...]:
        """Return the records that would add or change something."""
        return tuple(r for r, n in zip(self.reading.records, self.novelties, strict=True) if n is not Novelty.SAME)

    def lead(self) -> Message:
        """Return in one sentence what would happen."""
        return Message(
            "{file}: {new} new, {changed} to replace, {same} already here, {refused} rows that cannot be used.",
            file=self.reading.source,
            new=self.novelties.count(Novelty.NEW),
            changed=self.novelties.count(Novelty.CHANGED),
            same=self.novelties.count(Novelty.SAME),
            refused=self.reading.count().get(Fate.REFUSED, 0),
        )

    def html(self) -> str:
        """Return the problems and the fate of every row, for people."""
        shown = language()
        rows = self.reading.rows[:MOST_SHOWN]
        frame = fates_table(rows, shown)
        if sum(r.fate in _USED for r in self.reading.rows) == len(self.novelties):
            novelties = iter(self.novelties)
            effects = [str(NOVELTIES[next(novelties)]) if r.fate in _USED else "" for r in rows]
            frame.insert(2, str(Message("taking it over")), effects)
        more = len(self.reading.rows) - len(rows)
        rest = f"<p class='debtdesk-note'>{escape(str(Message('… and {n} more rows', n=more)))}</p>" if more else ""
        table = html_table(frame) if rows else ""
        return problems_html(self.reading.problems, shown) + table + rest


def look(reading: Reading[R], novelty: Callable[[R], Novelty]) -> Look[R]:
    """Return a file looked at."""
    return Look(reading, tuple(novelty(r) for r in reading.records))


class TakingBox(w.VBox, Generic[R]):
    """Choose a file, look at what is in it, take it over or leave it.

    `read` reads the file by name and content; `novelty` says what a record would change; `take` takes records over;
    `also` says whether there is something to take over beside the records.
    """

    def __init__(
        self,
        *,
        help: Message,
        read: Callable[[str, bytes], Reading[R]],
        novelty: Callable[[R], Novelty],
        take: Callable[[Sequence[R]], object],
        safely: Callable[[Callable[..., None]], Callable[..., None]],
        template: Download | None = None,
        also: Callable[[Reading[R]], bool] = lambda _: False,
    ) -> None:
        self._read, self._novelty, self._take, self._also = read, novelty, take, also
        self.seen: Look[R] | None = None
        self.upload = file_button(Message("Choose a file"), ".xlsx,.csv,.txt", self.show, safely)
        self.preview = w.HTML()
        self.accept = w.Button(description=str(Message("Take these over")), button_style="primary")
        self.leave = w.Button(description=str(Message("Leave it")))
        for button in (self.accept, self.leave):
            button.layout.width = "auto"
        self.answer = w.HBox([self.accept, self.leave])
        note = w.HTML(f"<div class='debtdesk-note'>{escape(str(help))}</div>")
        first = w.HBox([self.upload, *([template] if template else [])], layout=w.Layout(grid_gap="8px"))
        super().__init__([note, first, self.preview, self.answer])
        accept, leave = safely(self.take), safely(self.clear)
        self.accept.on_click(lambda _: accept())
        self.leave.on_click(lambda _: leave())
        self.clear()

    def show(self, name: str, content: bytes) -> None:
        """Look at a file; nothing is taken over yet."""
        self.seen = look(self._read(name, content), self._novelty)
        wanted = len(self.seen.wanted())
        lead = f"<p class='debtdesk-lead'>{escape(str(self.seen.lead()))}</p>"
        self.preview.value = lead + self.seen.html()
        self.answer.layout.display = ""
        beside = self._also(self.seen.reading)
        self.accept.layout.display = "" if wanted or beside else "none"
        one = Message("Take the settings over") if beside and not wanted else Message("Take {n} rows over", n=wanted)
        self.accept.description = str(one)

    def take(self) -> None:
        """Take over what was looked at."""
        if self.seen is not None:
            wanted = self.seen.wanted()
            self.clear()
            self._take(wanted)

    def clear(self) -> None:
        """Leave the file."""
        self.seen = None
        self.preview.value = ""
        self.answer.layout.display = "none"


def unsaved(dirty: bool) -> str:
    """Return the mark that something is not kept yet."""
    return f"<span class='debtdesk-unsaved'>{escape(str(Message('not saved yet')))}</span>" if dirty else ""
