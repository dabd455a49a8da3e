"""A long run: attempts a second, and whether memory stays flat.

`python -m benchmarks.runs [ATTEMPTS] [SCENARIO]` carries out a scenario, the quickstart if none is named, with that many attempts (20,000
by default), two a task, and prints the resident memory of the run's process (its sandbox helpers not counted) against the attempts done.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from traces.ledger import Ledger, LedgerError

QUICKSTART = Path("scenarios/quickstart.yaml")


def main(attempts: int, scenario: Path) -> None:
    """Run, watch, print."""
    with tempfile.TemporaryDirectory() as folder:
        run = Path(folder) / "run"
        command = [sys.executable, "-m", "winnow", "run", str(scenario), "-o", str(run), "-n", str(attempts // 2)]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        samples = list(watch(process, run / "ledger.sqlite"))
        report(samples, attempts)


def watch(process: "subprocess.Popen[bytes]", ledger: Path) -> Iterator[tuple[float, int, float]]:
    """Yield (seconds, attempts done, resident MiB) every two seconds until the run ends."""
    born = time.monotonic()
    while process.poll() is None:
        time.sleep(2)
        done, memory = attempts_in(ledger), resident(process.pid)
        if done and memory:
            yield time.monotonic() - born, done, memory


def attempts_in(ledger: Path) -> int:
    """Attempts committed so far."""
    try:
        with Ledger.open(ledger, readonly=True) as opened:
            return opened.counts().attempts
    except LedgerError:
        return 0


def resident(pid: int) -> float:
    """Resident memory in MiB, 0 where the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS")), 0.0)


def report(samples: list[tuple[float, int, float]], attempts: int) -> None:
    """One row for about every tenth of the run."""
    print(f"{'attempts':>9} {'seconds':>8} {'per s':>6} {'MiB':>7}")
    shown = 0
    for seconds, done, memory in samples:
        if done >= shown:
            print(f"{done:>9} {seconds:>8.0f} {done / seconds:>6.0f} {memory:>7.0f}")
            shown += max(1, attempts // 10)
    early = [memory for _, done, memory in samples if done >= 2000]
    if early:
        print(f"growth after the first 2,000 attempts: {max(early) - early[0]:.0f} MiB")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, Path(sys.argv[2]) if len(sys.argv) > 2 else QUICKSTART)
