"""A kernel kept ready: the next notebook opens on one that has loaded its libraries already.

Half of the time that a notebook takes to open goes into starting a kernel and loading libraries, always the same. So
one kernel more than there are notebooks open is started when nothing else was for a while, and handed out when the next
one is asked for. It knows nothing of any case before that.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple


class Kind(NamedTuple):
    """What a kernel is started as: the name of its kind, and the path of its folder."""

    name: str
    path: str


class Spare:
    """One kernel ahead. `start` starts one of a kind and returns its id, `lives` tells whether it runs, `end` ends it.

    `id` is its id while it belongs to nobody, None while there is none.
    """

    def __init__(
        self,
        start: Callable[[Kind], Awaitable[str]],
        lives: Callable[[str], Awaitable[bool]],
        end: Callable[[str], Awaitable[None]],
        failed: Callable[[Exception], None],
    ) -> None:
        self._start, self._lives, self._end, self._failed = start, lives, end, failed
        self.id: str | None = None
        self._kind: Kind | None = None
        self._waiting: asyncio.TimerHandle | None = None
        self._making: asyncio.Task[None] | None = None

    async def take(self, kind: Kind) -> str | None:
        """Return the id of the kernel kept ready, which then is no longer; None if there is none of that kind.

        What was wished before is dropped: a kernel that is started now is not to share the machine with one ahead.
        """
        await self.stop()
        found, self.id = self.id, None
        if found is None or not await self._lives(found):
            return None
        if kind != self._kind:
            await self._end(found)
            return None
        return found

    def wish(self, kind: Kind, after: float) -> None:
        """Make one ready when nothing more is wished for some seconds; there is never more than one."""
        self._drop()
        self._waiting = asyncio.get_running_loop().call_later(after, self._begin, kind)

    async def stop(self) -> None:
        """Make none ready before the next wish; one that is being made is there when this returns."""
        self._drop()
        if self._making is not None:
            await asyncio.wait([self._making])

    def _drop(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()

    def _begin(self, kind: Kind) -> None:
        if self.id is None and (self._making is None or self._making.done()):
            self._making = asyncio.get_running_loop().create_task(self._make(kind))

    async def _make(self, kind: Kind) -> None:
        try:
            self.id = await self._start(kind)
            self._kind = kind
        except Exception as problem:  # the next notebook starts a kernel of its own, as without a spare
            self._failed(problem)
