"""Adds up what the processes of a session use, from /proc: memory, CPU time, tasks, descriptors.

Resource limits bind single processes; this binds the tree. Memory is the proportional share (PSS), so pages shared with the
zygote or among children count once; it is read only when the cheaper resident sizes could exceed the limit.
"""

import os
import time
from collections.abc import Callable
from typing import Any

DESCRIPTORS = 1024
"""Open descriptors of a whole session: each can hold kernel memory that no other limit sees."""
_TICK = os.sysconf("SC_CLK_TCK")
_PAGE = os.sysconf("SC_PAGESIZE")
_INTERVAL = 0.05


class Watch:
    """The watcher of one session. `alone` is the worker's pid where no other process can exist (the reduced level)."""

    def __init__(
        self, proc: int, limits: dict[str, Any], alone: int | None = None, disk: Callable[[], int] | None = None
    ) -> None:
        self._proc = proc
        self._limits = limits
        self._alone = alone
        self._disk = disk
        self._due = 0.0
        # What a session starts with belongs to the zygote and comes on top of the limit.
        self._ceiling = limits["memory"] + self._resident(int(os.readlink("self", dir_fd=proc)))

    def start(self) -> None:
        self._due = time.monotonic() + _INTERVAL / 2

    def wait(self) -> float:
        """Seconds until the next look."""
        return max(0.0, self._due - time.monotonic())

    def look(self) -> str | None:
        """The limit that is exceeded, if one is. The next look comes later where this one took long."""
        began = time.monotonic()
        pids = self.processes()
        found = self._exceeded(pids)
        took = time.monotonic() - began
        self._due = began + took + max(_INTERVAL, 4 * took)
        return found

    def processes(self) -> list[int]:
        """All processes of the session but the supervisor."""
        if self._alone is not None:
            return [self._alone]
        own = os.getpid()
        return [int(name) for name in os.listdir(self._proc) if name.isdigit() and int(name) != own]

    def cpu(self) -> float:
        """Seconds of CPU time of the living and of those that were waited for."""
        ended = os.times()
        return ended.children_user + ended.children_system + sum(self._stat(pid)[0] for pid in self.processes())

    def address_space(self, pid: int) -> int:
        return int((self._read(f"{pid}/statm") or b"0").split()[0]) * _PAGE

    def _exceeded(self, pids: list[int]) -> str | None:
        tasks = sum(self._stat(pid)[1] for pid in pids)
        if tasks > self._limits["processes"] + 4:
            return "processes"
        if self.cpu() > self._limits["cpu"]:
            return "cpu"
        if sum(map(self._resident, pids)) > self._ceiling and sum(map(self._share, pids)) > self._ceiling:
            return "memory"
        if sum(self._descriptors(pid) for pid in pids) > DESCRIPTORS:
            return "memory"
        return "disk" if self._disk is not None and self._disk() > self._limits["disk"] else None

    def _read(self, name: str) -> bytes:
        try:
            fd = os.open(name, os.O_RDONLY | os.O_CLOEXEC, dir_fd=self._proc)
        except OSError:
            return b""
        try:
            return os.read(fd, 4096)
        except OSError:
            return b""
        finally:
            os.close(fd)

    def _stat(self, pid: int) -> tuple[float, int]:
        """CPU seconds and number of threads."""
        fields = self._read(f"{pid}/stat").rpartition(b")")[2].split()
        if len(fields) < 18:
            return 0.0, 0
        return sum(map(int, fields[11:15])) / _TICK, int(fields[17])

    def _resident(self, pid: int) -> int:
        fields = self._read(f"{pid}/statm").split()
        return int(fields[1]) * _PAGE if len(fields) > 1 else 0

    def _share(self, pid: int) -> int:
        lines = self._read(f"{pid}/smaps_rollup").splitlines()
        wanted = [line for line in lines if line.startswith((b"Pss:", b"SwapPss:"))]
        return sum(int(line.split()[1]) for line in wanted) * 1024

    def _descriptors(self, pid: int) -> int:
        try:
            fd = os.open(f"{pid}/fd", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=self._proc)
        except OSError:
            return 0
        try:
            return len(os.listdir(fd))
        except OSError:  # the process ended in between
            return 0
        finally:
            os.close(fd)
