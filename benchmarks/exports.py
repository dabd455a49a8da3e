"""How many rows a second each format writes, and whether memory stays flat.

python -m benchmarks.exports [ROWS] [FORMAT ...]
"""

import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Literal

from tests.traces import samples
from traces.export import all_formats, export
from traces.ledger import Ledger, PutAttempt


def fill(ledger: Ledger, rows: int) -> None:
    for start in range(0, rows, 500):
        ledger.commit(attempt(n) for n in range(start, min(start + 500, rows)))


def attempt(n: int) -> PutAttempt:
    """Three steps, four calls and some 3 KB, as a task of medium difficulty comes to; every tenth was repaired."""
    slot, page = f"compare-{n:07}", f"Page {n}. " + "The mountain stands in the north of the country. " * 8
    messages = (
        samples.user(f"How much higher is Mount Orlan than peak {n}?"),
        *samples.ORDINARY[1:2],
        samples.saw("call_1", "search", page),
        samples.saw("call_2", "search", page),
        *samples.ORDINARY[4:],
    )
    task = samples.task(f"Question {n}?", index=n)
    mended = n % 10 == 0
    tried = (*messages[:4], *samples.wrong()[4:]) if mended else messages
    outcome: Literal["keep", "repair"] = "repair" if mended else "keep"
    first = samples.trace(f"{slot}-1", tried, of=task, outcome=outcome, bad=1 if mended else None)
    last = samples.trace(f"{slot}-1r1", messages, of=task, repaired_from=first.key)
    return PutAttempt(slot, 1, [first, last] if mended else [first])


def main() -> None:
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    with tempfile.TemporaryDirectory() as folder, Ledger.create(Path(folder) / "ledger.sqlite") as ledger:
        fill(ledger, rows)
        print(
            f"{rows:,} attempts\n{'format':14} {'lines':>8} {'lines/s':>8} {'per CPU-s':>9} {'MiB':>6} {'peak MiB':>8}"
        )
        for name in sys.argv[2:] or all_formats():
            began, before = time.perf_counter(), time.process_time()
            report = export(ledger, name, Path(folder) / name)
            spent, cpu = time.perf_counter() - began, time.process_time() - before
            size = sum(path.stat().st_size for path in (Path(folder) / name).rglob("*.jsonl")) / 2**20
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            print(
                f"{name:14} {report.rows:8,} {report.rows / spent:8,.0f} {report.rows / cpu:9,.0f} {size:6.1f} {peak:8.0f}"
            )


if __name__ == "__main__":
    main()
