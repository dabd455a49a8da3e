"""What a session has of its own: namespaces and a size-capped work folder, or at the reduced level a folder of the host's."""

import math
import os
import resource
from typing import Any, NamedTuple

from . import linux
from .root import HOME

GIB = 1 << 30
_STACK = 64 << 20
_SAFE = linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC


class Space(NamedTuple):
    """Descriptors the supervisor works with, and the paths that the session's processes may use."""

    proc: int
    home: int
    path: str
    readable: tuple[str, ...]
    writable: tuple[str, ...]


def full(order: dict[str, Any]) -> Space:
    """New mount, network, ipc and uts namespaces; the caller is pid 1 of a new pid namespace already."""
    limits, outer = order["limits"], order["outer"]
    linux.unshare(linux.CLONE_NEWNS | linux.CLONE_NEWIPC | linux.CLONE_NEWUTS | linux.CLONE_NEWNET)
    proc = _private_proc()
    if order["toolchains"]:
        # Java and Rust read their own entries here; the settings below /proc/sys are left out.
        linux.mount("proc", "/proc", "proc", _SAFE | linux.MS_RDONLY, "subset=pid,hidepid=invisible")
    flags = linux.MS_NOSUID | linux.MS_NODEV | (0 if order["toolchains"] else linux.MS_NOEXEC)
    options = f"size={limits['disk']},nr_inodes={limits['files'] + 8},mode=755"
    linux.mount("tmpfs", "/home", "tmpfs", flags, options)
    for name in ("user", "tmp", "shm"):
        os.mkdir(f"/home/{name}", 0o755)
        os.chown(f"/home/{name}", outer, outer)
    linux.libc.sethostname(b"sandbox", 7)
    os.chdir(HOME)
    writable = (HOME, "/home/tmp", "/home/shm", "/dev/null")
    readable = (*order["readable"], "/etc", "/dev", *(["/proc"] if order["toolchains"] else []))
    return Space(proc, os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC), HOME, readable, writable)


def _private_proc() -> int:
    """The /proc of the new pid namespace, attached nowhere: no other process of the session can reach it."""
    options = {"subset": "pid", "hidepid": "invisible"}
    try:
        unseen = linux.mount_unseen("proc", _SAFE, options)
    except OSError:
        unseen = linux.mount_unseen("proc", _SAFE, {})
    return os.open(".", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC, dir_fd=unseen)


def reduced(order: dict[str, Any]) -> Space:
    """No namespaces: the zygote made the folder, everything else is left to Landlock."""
    path = order["folder"]
    for name in ("user", "tmp"):
        os.mkdir(f"{path}/{name}", 0o700)
        if order["outer"] is not None:
            os.chown(f"{path}/{name}", order["outer"], order["outer"])
    home, temporary = f"{path}/user", f"{path}/tmp"
    os.environ.update(HOME=home, TMPDIR=temporary, MPLCONFIGDIR=f"{temporary}/matplotlib")
    os.chdir(home)
    proc = os.open("/proc", os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    readable = (*order["readable"], "/dev/urandom", "/dev/random")
    folder = os.open(home, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    return Space(proc, folder, home, readable, (home, temporary, "/dev/null"))


def rlimits(order: dict[str, Any], address_space: int) -> tuple[tuple[int, int, int], ...]:
    """Limits of each process. `address_space` is what a process has mapped before it runs any code."""
    limits, toolchains = order["limits"], order["toolchains"]
    cpu = max(1, math.ceil(limits["cpu"]))
    memory = 64 * GIB if toolchains else address_space + limits["memory"]
    descriptors = 1024 if toolchains else 256
    found = [
        (resource.RLIMIT_AS, memory, memory),
        # Not 0: where cores are piped to a program of the host, only 1 keeps the kernel from starting it.
        (resource.RLIMIT_CORE, 1, 1),
        (resource.RLIMIT_CPU, cpu, cpu + 2),
        (resource.RLIMIT_FSIZE, limits["disk"], limits["disk"]),
        (resource.RLIMIT_MEMLOCK, 0, 0),
        (resource.RLIMIT_MSGQUEUE, 0, 0),
        (resource.RLIMIT_NICE, 0, 0),
        (resource.RLIMIT_NOFILE, descriptors, descriptors),
        (resource.RLIMIT_RTPRIO, 0, 0),
        (resource.RLIMIT_SIGPENDING, 256, 256),
        (resource.RLIMIT_STACK, 8 << 20, _STACK),
    ]
    if order["full"] or order["outer"] is not None:
        found.append((resource.RLIMIT_NPROC, limits["processes"], limits["processes"]))
    return tuple(found)
