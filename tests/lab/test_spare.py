"""A kernel is kept ready: there is never more than one, it is handed out once, and it has its libraries loaded."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest

from debtdesk import lab
from debtdesk.lab import ahead, kernels
from debtdesk.lab.kernels import Kernels
from debtdesk.lab.spare import Kind, Spare

HERE, ELSEWHERE = Kind("python3", "notebooks"), Kind("python3", "other")


class House:
    """Kernels that are only names."""

    def __init__(self, *, fails: bool = False, slow: float = 0) -> None:
        self.started: list[Kind] = []
        self.running: set[str] = set()
        self.failures: list[str] = []
        self._fails, self._slow = fails, slow
        self.spare = Spare(self.start, self.lives, self.end, lambda p: self.failures.append(str(p)))

    async def start(self, kind: Kind) -> str:
        await asyncio.sleep(self._slow)
        self.started.append(kind)
        if self._fails:
            raise OSError("no room")
        name = f"kernel {len(self.started)}"
        self.running.add(name)
        return name

    async def lives(self, name: str) -> bool:
        return name in self.running

    async def end(self, name: str) -> None:
        self.running.remove(name)


def played(play: Callable[[House], Awaitable[None]], **house: Any) -> House:
    found = House(**house)
    asyncio.run(play(found))  # type: ignore[arg-type]
    return found


def test_one_is_made_ready_and_handed_out_once() -> None:
    async def play(house: House) -> None:
        assert await house.spare.take(HERE) is None
        for _ in range(3):
            house.spare.wish(HERE, 0)
        await asyncio.sleep(0.01)
        house.spare.wish(HERE, 0)
        await asyncio.sleep(0.01)
        assert house.started == [HERE] and house.spare.id == "kernel 1"
        assert await house.spare.take(HERE) == "kernel 1" and house.spare.id is None
        assert await house.spare.take(HERE) is None

    played(play)


def test_a_later_wish_waits_anew() -> None:
    async def play(house: House) -> None:
        house.spare.wish(HERE, 0.01)
        house.spare.wish(HERE, 60)
        await asyncio.sleep(0.05)
        assert house.started == []
        await house.spare.stop()

    played(play)


def test_none_is_begun_while_another_is_started() -> None:
    async def play(house: House) -> None:
        house.spare.wish(HERE, 0.01)
        assert await house.spare.take(HERE) is None
        await asyncio.sleep(0.05)
        assert house.started == []

    played(play)


def test_one_that_is_being_made_is_waited_for() -> None:
    async def play(house: House) -> None:
        house.spare.wish(HERE, 0)
        await asyncio.sleep(0.01)
        assert house.started == [] and await house.spare.take(HERE) == "kernel 1"

    played(play, slow=0.05)


def test_two_who_ask_at_once_get_one_each_or_none() -> None:
    async def play(house: House) -> None:
        house.spare.wish(HERE, 0)
        await asyncio.sleep(0.01)
        assert await asyncio.gather(house.spare.take(HERE), house.spare.take(HERE)) == ["kernel 1", None]

    played(play, slow=0.05)


def test_one_that_died_or_is_of_another_kind_is_not_handed_out() -> None:
    async def play(house: House) -> None:
        house.spare.wish(HERE, 0)
        await asyncio.sleep(0.01)
        house.running.clear()
        assert await house.spare.take(HERE) is None
        house.spare.wish(HERE, 0)
        await asyncio.sleep(0.01)
        assert await house.spare.take(ELSEWHERE) is None and not house.running

    played(play)


def test_one_that_cannot_be_started_is_no_fault_of_the_page() -> None:
    async def play(house: House) -> None:
        house.spare.wish(HERE, 0)
        await asyncio.sleep(0.01)
        assert await house.spare.take(HERE) is None and house.failures == ["no room"]

    played(play, fails=True)


def test_none_is_made_after_the_end() -> None:
    async def play(house: House) -> None:
        house.spare.wish(HERE, 0.01)
        await house.spare.stop()
        await asyncio.sleep(0.05)
        assert house.started == []

    played(play)


def test_the_server_makes_one_ready_while_the_browser_loads(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = json.loads((lab.start_folder() / "jupyter_server_config.json").read_text("utf-8"))
    assert settings["ServerApp"]["jpserver_extensions"] == {kernels.__name__: True}
    wished: list[tuple[Kind, float]] = []
    found = Kernels()
    monkeypatch.setattr(found, "wish", lambda kind, after: wished.append((kind, after)))
    asyncio.run(kernels._start_jupyter_server_extension(SimpleNamespace(kernel_manager=found)))
    assert wished == [(Kind(found.default_kernel_name, "notebooks"), 0)]


LOADED = """
import sys
print(*{'pandas', 'matplotlib', 'sqlalchemy', 'debtdesk.panels.offers', 'debtdesk.panels.bills_card'} - {*sys.modules})
"""


async def said(found: Kernels, name: str) -> str:
    """Run a line in a kernel and return what it prints."""
    client = found.get_kernel(name).client()
    client.start_channels()
    try:
        await client.wait_for_ready(timeout=90)
        texts: list[str] = []
        await client.execute_interactive(
            LOADED, timeout=60, output_hook=lambda m: texts.append(m["content"].get("text", ""))
        )
        return "".join(texts)
    finally:
        client.stop_channels()


def test_a_real_kernel_kept_ready_has_the_stages_loaded(tmp_path: Any) -> None:
    async def play() -> None:
        found = Kernels(root_dir=str(tmp_path))
        found.wish(Kind(found.default_kernel_name, ""), 0)
        await asyncio.sleep(0.05)
        await found.spare.stop()
        ready = found.spare.id
        assert ready is not None and found.list_kernels() == []
        try:
            assert await found.start_kernel(path="", env={}) == ready
            assert [k["id"] for k in found.list_kernels()] == [ready]
            assert await said(found, ready) == "\n"  # nothing is missing
        finally:
            await found.shutdown_all(now=True)
        assert list(found.list_kernel_ids()) == []

    asyncio.run(play())


def test_a_kernel_that_is_not_kept_ready_loads_nothing_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(ahead, "import_module", asked.append)
    monkeypatch.delenv(ahead.SPARE, raising=False)
    ahead.load_ipython_extension(None)
    assert asked == []


def test_what_cannot_be_loaded_ahead_is_left_to_the_cell(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(ahead, "import_module", broken)
    monkeypatch.setenv(ahead.SPARE, "1")
    ahead.load_ipython_extension(None)
