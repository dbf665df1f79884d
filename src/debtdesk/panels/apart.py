"""Work apart: a long reckoning in a process of its own, so that the page stays alive and the work can be stopped."""

from __future__ import annotations

import asyncio
import multiprocessing
import time
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any

EVERY = 0.25  # seconds between two looks at it
_HANDED_OVER = 5.0  # seconds a process may take to end after its answer


class Apart:
    """One piece of work at a time, done by another process that is ended when it is stopped.

    Parameters
    ----------
    work : callable
        Of a module that can be imported; what it is given and what it returns must be picklable.
    done : callable
        Gets what the work returned.
    failed : callable
        Gets the name of the exception in which the work ended; "" where the process was gone without an answer.
    tick : callable
        Gets for how long the work has been going on, some times a second. [s]

    Where an event loop runs, as in a kernel, these are called from it; otherwise whoever began it calls `look` or
    `wait`. A process can be ended on every system, a thread on none; it is spawned, never forked, so that it does the
    same on all of them.
    """

    def __init__(
        self,
        work: Callable[..., Any],
        *,
        done: Callable[[Any], None],
        failed: Callable[[str], None],
        tick: Callable[[float], None],
    ) -> None:
        self._work, self._done, self._failed, self._tick = work, done, failed, tick
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._began = 0.0

    @property
    def running(self) -> bool:
        """Whether work is going on."""
        return self._process is not None

    def begin(self, *args: Any, **kwargs: Any) -> None:
        """Begin the work; one that still goes on is stopped."""
        self.stop()
        context = multiprocessing.get_context("spawn")
        self._pipe, answer = context.Pipe(duplex=False)
        self._process = context.Process(target=_do, args=(answer, self._work, args, kwargs), daemon=True)
        self._began = time.monotonic()
        self._process.start()
        answer.close()  # the other process holds it now: where that ends, the pipe does
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return
        loop.call_later(EVERY, self._again, loop, self._process)

    def stop(self) -> None:
        """End the work without an answer; nothing where none goes on."""
        process, pipe = self._process, self._pipe
        self._process = self._pipe = None
        if process is not None and pipe is not None:
            process.terminate()
            process.join()
            process.close()
            pipe.close()

    def look(self) -> bool:
        """Hand over what has come meanwhile; return whether the work still goes on."""
        if self._process is None or self._pipe is None:
            return False
        alive = self._process.is_alive()  # asked first: an answer may come while it ends
        try:
            if alive and not self._pipe.poll():
                self._tick(time.monotonic() - self._began)
                return True
            good, answer = self._pipe.recv() if self._pipe.poll() else (False, "")
        except (EOFError, OSError):
            good, answer = False, ""
        self._process.join(_HANDED_OVER)
        self.stop()
        (self._done if good else self._failed)(answer)
        return False

    def wait(self) -> None:
        """Wait until the work is done, for scripts and tests."""
        while self.look():
            time.sleep(EVERY / 5)

    def _again(self, loop: asyncio.AbstractEventLoop, process: BaseProcess) -> None:
        if process is self._process and self.look():
            loop.call_later(EVERY, self._again, loop, process)


def _do(answer: Connection, work: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    try:
        found = (True, work(*args, **kwargs))
    except Exception as problem:  # its name is all that a person can use; what it says may name a client
        found = (False, type(problem).__name__)
    answer.send(found)
    answer.close()
