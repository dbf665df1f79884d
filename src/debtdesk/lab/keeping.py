"""An extension of IPython: the kernel keeps every message until its page has it, see `debtdesk.lab.kernels`."""

from __future__ import annotations

from typing import Any

import zmq

from debtdesk.lab import ALL_MESSAGES


def load_ipython_extension(shell: Any) -> None:
    """Let whatever a kernel publishes wait, for each page that is open when a cell begins to run."""
    thread = getattr(getattr(shell, "kernel", None), "iopub_thread", None)
    if thread is None:  # a shell without a kernel publishes nothing
        return

    def keep(*_: object) -> None:
        # the mark holds for connections that are there already; a socket is touched by its own thread alone
        thread.schedule(lambda: thread.socket.setsockopt(zmq.SNDHWM, ALL_MESSAGES))

    shell.events.register("pre_run_cell", keep)
