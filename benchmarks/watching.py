"""What a viewer that looks on costs a run that is being written: the same run in turns with and without one.

python -m benchmarks.watching [PAIRS] [TASKS] [SCENARIO]

The viewer is a process of its own that fills its index of words; one client follows the run's events as an open table does, another loads
the table and the trajectory on top of it every second. The CPU seconds of the run are compared, which other work on the
machine hardly changes; how long it took is told too, and means something on an idle machine alone.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from threading import Event, Thread
from typing import NamedTuple

import httpx

PORT = 7593
_WINNOW = (sys.executable, "-P", "-m", "winnow")


class Spent(NamedTuple):
    """Seconds of a run: on the clock, of its own CPU, and of the viewer's where there was one. `pages` were loaded meanwhile."""

    wall: float
    cpu: float
    viewer: float
    pages: int


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 6
    tasks = sys.argv[2] if len(sys.argv) > 2 else "80"
    scenario = sys.argv[3] if len(sys.argv) > 3 else "scenarios/quickstart.yaml"
    found: dict[bool, list[Spent]] = {False: [], True: []}
    for pair in range(pairs):
        for watched in (False, True) if pair % 2 == 0 else (True, False):
            spent = run(scenario, tasks, watched)
            found[watched].append(spent)
            looked = f", {spent.pages} pages, {spent.viewer:.1f} s CPU of the viewer" if watched else ""
            print(
                f"{'watched' if watched else 'alone  '} {spent.wall:6.1f} s, {spent.cpu:6.2f} s CPU{looked}", flush=True
            )
    print(_compared("CPU", found, lambda spent: spent.cpu))
    print(_compared("time", found, lambda spent: spent.wall))


def _compared(name: str, found: dict[bool, list[Spent]], of: Callable[[Spent], float]) -> str:
    ratios = [of(b) / of(a) - 1 for a, b in zip(found[False], found[True], strict=True)]
    whole = sum(map(of, found[True])) / sum(map(of, found[False])) - 1
    return f"{name}: {whole:+.1%} in all; of the pairs median {median(ratios):+.1%}, {min(ratios):+.1%} to {max(ratios):+.1%}"


def run(scenario: str, tasks: str, watched: bool) -> Spent:
    """Carry a scenario out, with or without a viewer on it."""
    with tempfile.TemporaryDirectory() as place:
        folder, began = Path(place) / "run", time.perf_counter()
        writer = _started("run", scenario, "-n", tasks, "-o", str(folder))
        while not (folder / "ledger.sqlite").exists() and writer.poll() is None:
            time.sleep(0.05)
        viewer = _started("view", str(folder), "--port", str(PORT)) if watched else None
        done, loaded = Event(), [0]
        clients = [Thread(target=look, args=(done, loaded)), Thread(target=follow, args=(done,))] if watched else []
        for client in clients:
            client.start()
        cpu = _cpu(writer)
        wall = time.perf_counter() - began
        done.set()
        for client in clients:
            client.join()
        if viewer:
            viewer.terminate()
        return Spent(wall, cpu, _cpu(viewer) if viewer else 0.0, loaded[0])


def look(done: Event, loaded: list[int]) -> None:
    """Load the table every second, and the trajectory that stands first in it."""
    with httpx.Client(base_url=f"http://127.0.0.1:{PORT}", timeout=30) as client:
        while not done.wait(1):
            try:
                text = client.get("/run/run?decision=keep").text
                if (at := text.find('data-open="')) >= 0:
                    client.get(text[at + 11 :].split('"', 1)[0])
                    loaded[0] += 2
            except httpx.TransportError:  # it has not begun to listen
                continue


def follow(done: Event) -> None:
    """Hold the stream of figures that an open table follows."""
    while not done.wait(0.5):
        try:
            with httpx.stream("GET", f"http://127.0.0.1:{PORT}/run/run/events", timeout=2) as stream:
                for _ in stream.iter_lines():
                    if done.is_set():
                        return
        except httpx.TransportError:
            continue


def _started(*words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([*_WINNOW, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _cpu(process: subprocess.Popen[bytes]) -> float:
    """Wait for its end: the CPU seconds of it and of its children. A run that failed is told."""
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode > 0:
        sys.exit(f"{process.args!r} ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
