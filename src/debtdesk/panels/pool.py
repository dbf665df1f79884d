"""Rows that stay: a list shown in the same widgets again and again, so that a redraw never takes the focus away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import ipywidgets as w

T = TypeVar("T")


class Row(w.VBox, Generic[T]):
    """A row that can show one thing after another."""

    def show(self, thing: T) -> None:
        """Show a thing in the widgets of this row."""
        raise NotImplementedError


R = TypeVar("R", bound=Row)  # type: ignore[type-arg]


class Pool(w.VBox, Generic[R]):
    """As many rows as there are things; rows that are not needed are hidden and used again."""

    def __init__(self, make: Callable[[], R]) -> None:
        super().__init__()
        self._make = make
        self._made: list[R] = []
        self.count = 0

    @property
    def rows(self) -> tuple[R, ...]:
        """The rows that show something."""
        return tuple(self._made[: self.count])

    def show(self, things: Sequence[object]) -> None:
        """Show things, each in a row of its own."""
        made = [*self._made, *(self._make() for _ in range(len(things) - len(self._made)))]
        for row, thing in zip(made, things, strict=False):
            row.show(thing)
        for place, row in enumerate(made):
            wanted = "" if place < len(things) else "none"
            if (row.layout.display or "") != wanted:
                row.layout.display = wanted
        if len(made) != len(self._made):
            self._made, self.children = made, tuple(made)
        self.count = len(things)
