"""A run that is killed at random moments and resumed loses nothing it was told is stored, and ends equal to one left alone."""

import asyncio
import random
import subprocess
import sys
import time
from pathlib import Path

from tests.traces import child
from traces.ledger import Ledger

ROOT = Path(__file__).parents[2]
KILLS = 8


def start(path: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.traces.child", str(path)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def told(text: str) -> set[tuple[str, int]]:
    """The attempts named in what a killed child printed; the last line may be torn."""
    return {
        (slot, int(n)) for line in text.splitlines(keepends=True) if line.endswith("\n") for slot, n in [line.split()]
    }


def run_and_kill(path: Path, after: float) -> set[tuple[str, int]]:
    """Let a child store something, kill it a little later, and say what it was told is stored."""
    process = start(path)
    assert process.stdout is not None
    first = process.stdout.readline()
    time.sleep(after)
    process.kill()
    return told(first + process.communicate()[0])


def test_kill_9_loses_nothing(tmp_path: Path) -> None:
    path, alone = tmp_path / "killed.sqlite", tmp_path / "alone.sqlite"
    Ledger.create(path).close()
    Ledger.create(alone).close()
    draw = random.Random(5)
    stored: set[tuple[str, int]] = set()
    for _ in range(KILLS):
        stored |= run_and_kill(path, draw.uniform(0.0, 0.05))
        with Ledger.open(path) as ledger:
            assert stored <= ledger.finished()
            assert ledger.verify() == []
    assert 0 < len(stored) < len(child.SLOTS) * len(child.ATTEMPTS)
    asyncio.run(child.main(path))
    asyncio.run(child.main(alone))
    with Ledger.open(path) as ledger, Ledger.open(alone) as other:
        assert ledger.finished() == {(slot, n) for slot in child.SLOTS for n in child.ATTEMPTS}
        assert ledger.digest() == other.digest()
        assert ledger.counts() == other.counts()
        assert ledger.verify() == []
