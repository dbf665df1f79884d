"""No message between a kernel and its page is dropped, however many come at once.

A kernel publishes what the page is to show, and ZeroMQ drops what is published while a thousand messages wait, on
either side (its "high water mark"). A stage with all its fields is more than that, and a page that misses one of them
stays empty. So the server, by its setting `kernel_manager_class`, and each kernel, by the extension
`debtdesk.lab.keeping`, keep whatever waits.
"""

from __future__ import annotations

import zmq.asyncio
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import default

from debtdesk.lab import ALL_MESSAGES


class Kernels(AsyncMappingKernelManager):
    """Starts kernels as JupyterLab does, and takes every message of theirs."""

    @default("context")
    def _context_default(self) -> zmq.asyncio.Context:
        context: zmq.asyncio.Context = super()._context_default()
        context.rcvhwm = ALL_MESSAGES
        return context
