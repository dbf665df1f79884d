"""What `import debtdesk` costs over bare Python, each in a fresh process."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time

from bench.race import row, shown

STATEMENTS = {
    "import debtdesk": "import debtdesk",
    "import debtdesk; debtdesk.project": "import debtdesk; debtdesk.project",
    "import numpy": "import numpy",
    "import pandas": "import pandas",
}
LIMIT = 0.15  # over bare Python [s]


def seconds(statement: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", statement], check=True)
    return time.perf_counter() - start


def lines(rounds: int = 7) -> list[str]:
    """Return a line for each import: its time over bare Python, medians of rounds by turns."""
    statements = {"bare": "pass"} | STATEMENTS
    for statement in statements.values():
        seconds(statement)
    times: dict[str, list[float]] = {name: [] for name in statements}
    for _ in range(rounds):
        for name, statement in statements.items():
            times[name].append(seconds(statement))
    medians = {name: statistics.median(found) for name, found in times.items()}
    bare = medians.pop("bare")
    over = {name: max(0.0, found - bare) for name, found in medians.items()}
    limit = f"limit {shown(LIMIT)}"
    return [
        row(name, shown(found), "over bare Python, " + shown(bare), "", limit if "debtdesk" in name else "")
        for name, found in over.items()
    ]
