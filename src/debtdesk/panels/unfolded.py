"""Unfolded: a card that reckons only while its fold is open."""

from __future__ import annotations

import ipywidgets as w

from debtdesk.panels.later import Later


class Unfolded(w.VBox):
    """A card in a fold. Whoever derives sets `_later`, which answers, and fills the fields in `_fill`."""

    _later: Later
    _seen = False

    def show(self, seen: bool) -> None:
        """Reckon from now on, or no longer: only while it can be seen."""
        self._seen = seen
        if seen:
            self._fill()
            self._later.now()

    def refresh(self) -> None:
        """Follow the state: the fields at once, the answer when the hand rests."""
        if self._seen:
            self._fill()
            self._later.wish()

    def _fill(self) -> None:
        raise NotImplementedError
