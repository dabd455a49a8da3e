"""Waits for one thing to end while its output is collected, its time counted and its session watched."""

import os
import select
import signal
import time

_CHUNK = 1 << 16


class Capture:
    """Bytes of one stream: the first `cap` are kept, the rest counted."""

    def __init__(self, fd: int, cap: int) -> None:
        self.fd = fd
        self.cap = cap
        self.kept = bytearray()
        self.seen = 0
        os.set_blocking(fd, False)

    def take(self) -> int:
        """Read what is there, a chunk at most; how many bytes that was."""
        try:
            data = os.read(self.fd, _CHUNK)
        except BlockingIOError:
            return 0
        self.seen += len(data)
        self.kept += data[: max(0, self.cap - len(self.kept))]
        return len(data)

    def drain(self, most: int = 1 << 26) -> None:
        """Read until nothing is left; what is written by stopped processes is bounded by their pipes."""
        while most > 0 and (size := self.take()):
            most -= size

    def reset(self) -> None:
        self.kept = bytearray()
        self.seen = 0

    @property
    def dropped(self) -> int:
        return self.seen - len(self.kept)

    def text(self) -> str:
        return self.kept.decode("utf-8", "replace")


def poller(fds: dict[int, int]) -> select.poll:
    """Watches these descriptors, each for its events."""
    made = select.poll()
    for fd, events in fds.items():
        made.register(fd, events)
    return made


def poll(watching: select.poll, seconds: float) -> set[int]:
    """The descriptors that have input or hung up, within at most so long; rounded up, so that no wait is too short."""
    return {fd for fd, _ in watching.poll(max(0.0, seconds) * 1000 + 0.5)}


def wait(fds: dict[int, int], seconds: float) -> set[int]:
    """The same for descriptors that are waited for once."""
    return poll(poller(fds), seconds)


def signal_quietly(pid: int, number: int) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return


def reap() -> dict[int, int]:
    """Collect every child that has ended: pid to wait status."""
    ended: dict[int, int] = {}
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return ended
        if pid == 0:
            return ended
        ended[pid] = status


def how_it_ended(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"exit status {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"


def now() -> float:
    return time.monotonic()
