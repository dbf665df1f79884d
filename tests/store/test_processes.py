"""Real processes: two that save at once, and one that is killed in the middle of saving."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from debtdesk.core.case import Case
from debtdesk.store import Store
from debtdesk.store.content import to_bytes

READ_CASE = """
import sys
from dataclasses import replace
from pathlib import Path
from debtdesk.store import Conflict, Store
from debtdesk.store.content import from_bytes
size = int.from_bytes(sys.stdin.buffer.read(4), "big")
case = from_bytes(sys.stdin.buffer.read(size))
store = Store(Path(sys.argv[1]), who=sys.argv[2])
"""

SAVE_ONCE = """
print("ready", flush=True)
sys.stdin.buffer.readline()
try:
    store.save(replace(case, note=sys.argv[2]), action="change note", base_version=1)
    print("saved", flush=True)
except Conflict as conflict:
    print("conflict", conflict.who, conflict.newer.note, flush=True)
"""

SAVE_AND_SAVE = """
import itertools
for n in itertools.count():
    mine = replace(case, note=f"{sys.argv[2]} {n}")
    version = store.open(case.reference).version
    try:
        print(store.save(mine, action="change note", base_version=version).version, mine.note, flush=True)
    except Conflict:
        pass
"""


ADD_AND_ADD = """
import itertools
from datetime import datetime
from debtdesk.core.bills import Bill, BillLine, Channel, Flow
for n in itertools.count():
    line = BillLine(row=n, when=datetime(2026, 5, 1), amount=n, flow=Flow.OUT, note="x" * 50_000)
    bill = Bill(channel=Channel.BANK, source=f"{sys.argv[2]} {n}", digest=f"{sys.argv[2]} {n}", lines=(line,))
    opened = store.open(case.reference)
    newer = replace(opened.case, bills=(*opened.case.bills[-3:], bill))
    print(store.save(newer, action="add bill", base_version=opened.version).version, bill.source, flush=True)
"""


@contextmanager
def running(script: str, file: Path, who: str, case: Case) -> Iterator[subprocess.Popen[bytes]]:
    """Run a script that is given a case; end it afterwards."""
    command = [sys.executable, "-W", "error", "-c", READ_CASE + script, str(file), who]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert process.stdin is not None and process.stdout is not None
    try:
        content = to_bytes(case)
        process.stdin.write(len(content).to_bytes(4, "big") + content)
        process.stdin.flush()
        yield process
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def test_of_two_that_save_at_once_one_wins_and_the_other_is_told(store: Store, case: Case, file: Path) -> None:
    store.create(case)
    with running(SAVE_ONCE, file, "one", case) as one, running(SAVE_ONCE, file, "two", case) as two:
        both = (one, two)
        assert [p.stdout.readline() for p in both if p.stdout] == [b"ready\n"] * 2
        for p in both:
            assert p.stdin is not None
            p.stdin.write(b"go\n")
            p.stdin.flush()
        said = [p.stdout.readline().decode().split() for p in both if p.stdout]
    winner = "one" if said[0] == ["saved"] else "two"
    assert sorted(said) == [["conflict", winner, winner], ["saved"]]
    assert store.open(case.reference).version == 2
    assert store.open(case.reference).case.note == winner
    assert [r.who for r in store.history(case.reference)] == ["counselor", winner]
    assert store.verify().broken is None


def test_nothing_is_lost_between_processes_that_save_and_save(store: Store, case: Case, file: Path) -> None:
    store.create(case)
    said: dict[int, str] = {}
    with running(SAVE_AND_SAVE, file, "one", case) as one, running(SAVE_AND_SAVE, file, "two", case) as two:
        for p in (one, two):
            for _ in range(15):
                assert p.stdout is not None
                version, note = p.stdout.readline().decode().split(" ", 1)
                assert int(version) not in said
                said[int(version)] = note.strip()
    assert len(said) == 30
    for version, note in said.items():
        assert store.at_version(case.reference, version).note == note
    versions = [r.version for r in store.history(case.reference)]
    assert versions == list(range(1, len(versions) + 1))
    assert store.verify().broken is None


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_killed_while_saving_leaves_all_that_was_said_to_be_saved(store: Store, case: Case, file: Path) -> None:
    store.create(case)
    for round_ in range(6):
        with running(SAVE_AND_SAVE, file, f"round {round_}", case) as process:
            assert process.stdout is not None
            last = process.stdout.readline()
            time.sleep(0.013 * round_)
            os.kill(process.pid, signal.SIGKILL)
            last = (process.stdout.read().splitlines() or [last])[-1]
        version, note = last.decode().strip().split(" ", 1)
        found = store.verify()
        assert found.broken is None
        assert store.at_version(case.reference, int(version)).note == note
        # at most the save that was under way is there beyond what was said
        assert store.open(case.reference).version in (int(version), int(version) + 1)
        assert found.entries == store.open(case.reference).version


@pytest.mark.skipif(sys.platform == "win32", reason="no such signal there")
def test_killed_while_adding_bills_leaves_each_bill_that_was_said_to_be_saved(
    store: Store, case: Case, file: Path
) -> None:
    store.create(case)
    for round_ in range(4):
        with running(ADD_AND_ADD, file, f"round {round_}", case) as process:
            assert process.stdout is not None
            last = process.stdout.readline()
            time.sleep(0.017 * round_)
            os.kill(process.pid, signal.SIGKILL)
            last = (process.stdout.read().splitlines() or [last])[-1]
        version, source = last.decode().strip().split(" ", 1)
        assert store.verify().broken is None
        assert store.at_version(case.reference, int(version)).bills[-1].source == source
