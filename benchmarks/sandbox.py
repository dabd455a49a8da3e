"""What a sandbox session costs: opening, a warm call, private memory, sessions a second. Prints a table.

Run: `python -m benchmarks.sandbox` from the repository's root. Figures are medians, with the best run beside them: on a busy machine
the best is closer to what the code needs. Memory is what the kernel counts as private to the session's two processes.
"""

import asyncio
import os
import statistics
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from tools.sandbox import LocalSandbox, LocalSession, sandbox_report

OPENINGS, CALLS, SESSIONS = 30, 300, 60
TARGETS = {"open": 60.0, "warm call": 0.3, "private memory": 6.0, "sessions": 20.0}


async def _timed(action: Callable[[], Awaitable[object]]) -> float:
    began = time.perf_counter()
    await action()
    return (time.perf_counter() - began) * 1000


async def _openings() -> list[float]:
    found = []
    for _ in range(OPENINGS):
        sandbox = LocalSandbox()
        found.append(await _timed(sandbox.__aenter__))
        await sandbox.__aexit__(None, None, None)
    return found


async def _calls() -> list[float]:
    async with LocalSandbox() as session:
        await session.run("1 + 1")
        return [await _timed(lambda: session.run("1 + 1")) for _ in range(CALLS)]


async def _three_steps() -> None:
    async with LocalSandbox() as session:
        for code in ("x = [n ** 2 for n in range(100)]", "print(sum(x))", "import math; math.sqrt(x[-1])"):
            await session.run(code)


async def _throughput(at_once: int) -> float:
    slots = asyncio.Semaphore(at_once)

    async def one() -> None:
        async with slots:
            await _three_steps()

    began = time.perf_counter()
    await asyncio.gather(*(one() for _ in range(SESSIONS)))
    return SESSIONS / (time.perf_counter() - began)


def _children(pid: int) -> set[int]:
    return {
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    }


def _below(pid: int) -> set[int]:
    found = _children(pid)
    return found.union(*map(_below, found))


def _private(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith("Private_")) * 1024


async def _memory() -> list[float]:
    async with LocalSandbox() as neighbour:
        await neighbour.run("1")
        before = _below(os.getpid())
        sessions: list[LocalSandbox] = [LocalSandbox() for _ in range(8)]
        opened: list[LocalSession] = [await sandbox.__aenter__() for sandbox in sessions]
        for session in opened:
            await session.run("x = [n ** 2 for n in range(100)]\nprint(sum(x))")
        total = sum(map(_private, _below(os.getpid()) - before))
        for sandbox in sessions:
            await sandbox.__aexit__(None, None, None)
        return [total / len(sessions) / (1 << 20)]


def _row(name: str, unit: str, values: list[float], target: str) -> None:
    print(f"{name:28}{statistics.median(values):10.2f}{min(values):10.2f}  {unit:12}{target}")


async def main() -> None:
    print(f"{sandbox_report().level} level, {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}\n")
    print(f"{'':28}{'median':>10}{'best':>10}")
    _row("open a session", "ms", await _openings(), f"under {TARGETS['open']:g}")
    _row("warm call", "ms", await _calls(), f"under {TARGETS['warm call']:g}")
    _row("private memory a session", "MiB", await _memory(), f"under {TARGETS['private memory']:g}")
    for at_once in (1, 8):
        _row(
            f"sessions of 3, {at_once} at once",
            "a second",
            [await _throughput(at_once)],
            f"over {TARGETS['sessions']:g}",
        )


if __name__ == "__main__":
    asyncio.run(main())
