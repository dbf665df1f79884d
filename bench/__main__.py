"""Print the table: `python -m bench`, or `python -m bench card` for the workloads with that word."""

from __future__ import annotations

import sys

from bench import bills, growth, proposals, returns, risk, schedules, start, strategies
from bench.race import lines, row, run


def main(words: list[str]) -> None:
    print(row("workload", "ours", "peer", "theirs", "ratio", "reach"))
    rooms = (schedules, proposals, growth, returns, strategies, risk, bills)
    for race in [race for room in rooms for race in room.races()]:
        if all(word in race.workload for word in words):
            for line in lines(run(race)):
                print(line, flush=True)
    if not words or "import" in words:
        for line in start.lines():
            print(line, flush=True)
    print("Medians of rounds by turns in one run; ratios count, times depend on the machine.")


if __name__ == "__main__":
    main(sys.argv[1:])
