"""The kernels of the room: none of their messages is dropped, however many come at once, and one is kept ready.

A kernel publishes what the page is to show, and ZeroMQ drops what is published while a thousand messages wait, on
either side (its "high water mark"). A stage with all its fields is more than that, and a page that misses one of them
stays empty. So the server, by its setting `kernel_manager_class`, and each kernel, by the extension
`debtdesk.lab.keeping`, keep whatever waits.

JupyterLab reads this module as a server extension too, so that a kernel is made ready while the browser still loads.
"""

from __future__ import annotations

import os
from typing import Any

import zmq.asyncio
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.utils import ApiPath
from traitlets import Bool, Float, default

from debtdesk.lab import ALL_MESSAGES, FIRST_SCREEN
from debtdesk.lab.ahead import SPARE
from debtdesk.lab.spare import Kind, Spare


class Kernels(AsyncMappingKernelManager):
    """Starts kernels as JupyterLab does, one of them ahead, and takes every message of theirs."""

    keeps_spare = Bool(True, config=True, help="Whether a kernel is kept ready; off where memory is scarce.")
    quiet = Float(5.0, config=True, help="Seconds without another start before the next kernel is made ready.")

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.spare = Spare(self._start_ahead, self._lives, self._end, self._not_started)

    @default("context")
    def _context_default(self) -> zmq.asyncio.Context:
        context: zmq.asyncio.Context = super()._context_default()
        context.rcvhwm = ALL_MESSAGES
        return context

    async def start_kernel(self, *, kernel_id: str | None = None, path: Any = None, **settings: Any) -> str:  # type: ignore[override]
        """Return the id of a kernel: the one kept ready if it fits, else one that is started now."""
        kind = Kind(settings.get("kernel_name") or self.default_kernel_name, path or "")
        found = await self.spare.take(kind) if kernel_id is None else None
        if found is None:
            found = await super().start_kernel(kernel_id=kernel_id, path=path, **settings)
        self.wish(kind, self.quiet)
        return found

    def wish(self, kind: Kind, after: float) -> None:
        """Make a kernel ready when nothing else was started for some seconds."""
        if self.keeps_spare:
            self.spare.wish(kind, after)

    def list_kernels(self) -> list[dict[str, Any]]:
        """Return what runs; the kernel kept ready belongs to nobody yet and is left out."""
        return [k for k in super().list_kernels() if k["id"] != self.spare.id]

    async def shutdown_all(self, now: bool = False) -> None:  # type: ignore[override]
        """End all kernels, the one kept ready too."""
        await self.spare.stop()
        await super().shutdown_all(now=now)

    async def _start_ahead(self, kind: Kind) -> str:
        environment = {**os.environ, SPARE: "1"}
        return await super().start_kernel(path=ApiPath(kind.path), kernel_name=kind.name, env=environment)

    async def _lives(self, kernel_id: str) -> bool:
        return kernel_id in self and await ensure_async(self.get_kernel(kernel_id).is_alive())

    async def _end(self, kernel_id: str) -> None:
        await self.shutdown_kernel(kernel_id, now=True)

    def _not_started(self, problem: Exception) -> None:
        self.log.warning("no kernel could be made ready: %s", type(problem).__name__)


def _load_jupyter_server_extension(app: Any) -> None:
    """Nothing is to be done before the server runs."""


async def _start_jupyter_server_extension(app: Any) -> None:
    """Make a kernel ready for the first screen."""
    if isinstance(kernels := app.kernel_manager, Kernels):
        kernels.wish(Kind(kernels.default_kernel_name, FIRST_SCREEN.parent.as_posix()), 0)
