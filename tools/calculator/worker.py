"""The parent's side of the worker: a few warm processes, each doing one job at a time, replaced when they fail.

A process imports sympy and pint once (about a second, not counted against a job) and forks for every job; see `jobs/__main__.py`.
It gets no environment but its import path. Safe to use from several threads, and after a fork of the caller.
"""

import atexit
import json
import os
import select
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic

from tools.calculator.plain import failure
from tools.calculator.result import CalculationError, Problem, Result

START_SECONDS = 60.0
GRACE_SECONDS = 5.0
"""How much longer than a job's own limit its process may stay silent before it is replaced."""
MOST = max(1, min(4, os.cpu_count() or 1))
_ROOT = Path(__file__).resolve().parents[2]


class _Lost(Exception):
    """A worker process that died or fell silent."""


class _Process:
    def __init__(self) -> None:
        path = os.pathsep.join([str(_ROOT), *(p for p in sys.path if p)])
        self.popen = subprocess.Popen(
            [sys.executable, "-m", "tools.calculator.jobs"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": path, "PYTHONHASHSEED": "0"},
            cwd="/",
        )
        self.buffer = b""
        try:
            if self.line(START_SECONDS) != "ready":
                raise _Lost
        except _Lost:
            self.stop()
            raise

    def ask(self, expression: str, seconds: float) -> Result:
        assert self.popen.stdin
        try:
            self.popen.stdin.write(json.dumps({"expression": expression, "seconds": seconds}).encode() + b"\n")
            self.popen.stdin.flush()
            exact, decimal, code, message = json.loads(self.line(seconds + GRACE_SECONDS))
        except (OSError, ValueError) as error:
            raise _Lost from error
        return Result(exact, decimal, Problem(code, message) if code else None)

    def line(self, seconds: float) -> str:
        assert self.popen.stdout
        out = self.popen.stdout.fileno()
        deadline = monotonic() + seconds
        while b"\n" not in self.buffer:
            left = deadline - monotonic()
            part = os.read(out, 65536) if left > 0 and select.select([out], [], [], left)[0] else b""
            if not part:
                raise _Lost
            self.buffer += part
        line, _, self.buffer = self.buffer.partition(b"\n")
        return line.decode()

    def stop(self) -> None:
        self.popen.kill()
        for pipe in (self.popen.stdin, self.popen.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue
        self.popen.wait()


class _Pool:
    """At most MOST processes; a caller beyond that waits for one."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.free = threading.BoundedSemaphore(MOST)
        self.lock = threading.Lock()
        self.idle: list[_Process] = []

    def run(self, expression: str, seconds: float) -> Result:
        with self.free:
            process = self.taken() or _Process()
            try:
                result = process.ask(expression, seconds)
            except BaseException:
                process.stop()
                raise
            with self.lock:
                self.idle.append(process)
            return result

    def taken(self) -> _Process | None:
        """An idle process that is still alive."""
        with self.lock:
            while self.idle:
                process = self.idle.pop()
                if process.popen.poll() is None:
                    return process
                process.stop()
        return None

    def stop(self) -> None:
        with self.lock:
            while self.idle and self.owner == os.getpid():
                self.idle.pop().stop()


_pool = _Pool()
atexit.register(lambda: _pool.stop())


def run(expression: str, seconds: float) -> Result:
    """The result of symbolic or unit work. Never raises; blocks for `seconds`, and at the first call for the start of the process."""
    global _pool
    if _pool.owner != os.getpid():
        _pool = _Pool()
    try:
        return _pool.run(expression, seconds)
    except _Lost:
        return failure(
            CalculationError("timeout", "The worker process for symbolic work and units was lost; try again.")
        )
    except OSError as error:
        return failure(
            CalculationError(
                "timeout", f"The worker process cannot be started ({error}); free some memory and try again."
            )
        )
