"""What a kernel says reaches its page: nothing is dropped while much of it waits."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import zmq
from jupyter_client.manager import KernelManager
from traitlets.config import Config

from debtdesk import lab
from debtdesk.lab.keeping import load_ipython_extension
from debtdesk.lab.kernels import Kernels

MANY = 20_000  # messages, twenty times what ZeroMQ lets wait by itself


def test_the_server_takes_every_message_of_its_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lab, "menu_folder", lambda: lab.config_folder())
    config = Config()
    lab.configure(config)
    assert config.ServerApp.kernel_manager_class == f"{Kernels.__module__}.{Kernels.__qualname__}"
    kernels = Kernels()
    socket = kernels.context.socket(zmq.SUB)
    assert socket.getsockopt(zmq.RCVHWM) == 0
    socket.close()


def test_a_kernel_lets_what_it_says_wait() -> None:
    context = zmq.Context()
    context.rcvhwm = 0
    manager = KernelManager(context=context)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        said: list[str] = []

        def hear(message: dict[str, Any]) -> None:
            content = message["content"]
            said.append(content.get("text") or content.get("data", {}).get("text/plain", ""))

        code = (
            f"for n in range({MANY}): display({{'text/plain': str(n)}}, raw=True)\n"
            "import zmq; print('mark', get_ipython().kernel.iopub_thread.socket.getsockopt(zmq.SNDHWM))"
        )
        client.execute_interactive(code, timeout=120, output_hook=hear)
        assert [s for s in said if s.startswith("mark")] == ["mark 0\n"]
        assert [s for s in said if s.isdigit()] == [str(n) for n in range(MANY)]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        context.destroy()


def test_a_shell_without_a_kernel_is_left_alone() -> None:
    load_ipython_extension(SimpleNamespace())
