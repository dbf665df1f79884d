"""Folded: a card that is made when its fold is first opened, so that a page with many of them opens at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, Protocol, TypeVar

import ipywidgets as w

from debtdesk.locale import Message
from debtdesk.panels.stage import fold


class Card(Protocol):
    """A widget that follows its state only while it is seen."""

    def show(self, seen: bool, /) -> None: ...


C = TypeVar("C", bound=Card)


class Folded(w.VBox, Generic[C]):
    """A fold around a card, which is told when it is opened and closed; a foot stands below the card."""

    def __init__(
        self,
        title: Message,
        make: Callable[[], C],
        safely: Callable[[Callable[..., None]], Callable[..., None]],
        foot: Callable[[], w.Widget] | None = None,
    ) -> None:
        self._make, self._foot = make, foot
        self.made: C | None = None
        self.place = w.VBox()
        self.fold = fold(title, self.place)
        super().__init__([self.fold])
        self.fold.observe(safely(self._turned), "selected_index")

    @property
    def card(self) -> C:
        """The card, made now if nobody wanted it before."""
        if self.made is None:
            self.made = self._make()
            self.place.children = (self.made, *((self._foot(),) if self._foot is not None else ()))
        return self.made

    def unfold(self, wanted: bool = True) -> None:
        """Unfold it, as a press on its title does, or fold it."""
        self.fold.selected_index = 0 if wanted else None

    def _turned(self, change: Any) -> None:
        self.card.show(change["new"] is not None)
