"""Work that may wait until the hand rests: the latest wish is done once, the earlier ones are let go."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

REST = 0.06  # seconds without another wish


class Later:
    """Pieces of work to do one after another when nothing new has been wished for a moment.

    Between two pieces the kernel hears what is moved or typed meanwhile. Where no event loop runs, as in a script or a
    test, all of it is done at once.
    """

    def __init__(self, pieces: Sequence[Callable[[], None]], *, rest: float = REST) -> None:
        self._pieces, self._rest = tuple(pieces), rest
        self._waiting: asyncio.TimerHandle | None = None

    def wish(self) -> None:
        """Do the pieces when the hand rests; a wish that still waits is replaced."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.now()
            return
        if self._waiting is not None:
            self._waiting.cancel()
        self._waiting = loop.call_later(self._rest, self._go_on, loop, 0)

    def now(self) -> None:
        """Do all pieces at once."""
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None
        for piece in self._pieces:
            piece()

    def _go_on(self, loop: asyncio.AbstractEventLoop, n: int) -> None:
        self._pieces[n]()
        last = n + 1 == len(self._pieces)
        self._waiting = None if last else loop.call_later(0.002, self._go_on, loop, n + 1)
