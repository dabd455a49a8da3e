"""How a process of a session gives up everything it must not have, before any code of the user's runs.

Order matters: ids first (they need capabilities), then capabilities, limits, no_new_privs, Landlock, and the filter last.
"""

import os
import resource
import socket
from typing import NamedTuple

from . import filter as syscall_filter
from . import landlock, linux

UID = 1000
"""What a session's code sees as its own user and group id, whatever they are outside."""


class Confinement(NamedTuple):
    """What holds for every process of a session. `outer` is the uid outside its user namespace, None to keep the user's."""

    full: bool
    outer: int | None
    readable: tuple[str, ...]
    writable: tuple[str, ...]
    run_written: bool
    seccomp: bytes
    limits: tuple[tuple[int, int, int], ...]


def new_user_namespace(gate: socket.socket) -> None:
    """In the child: ask the parent, which has the privilege, to name this process's ids."""
    linux.unshare(linux.CLONE_NEWUSER)
    gate.sendall(b"?")
    if gate.recv(1) != b"+":
        raise OSError("the supervisor did not map the user ids")


def map_ids(gate: socket.socket, proc: int, pid: int, outer: int) -> None:
    """In the parent: answer `new_user_namespace`. `proc` is a folder descriptor of the session's /proc."""
    if gate.recv(1) != b"?":
        raise OSError("a process of the session ended before it was confined")
    for name in ("uid_map", "gid_map"):
        fd = os.open(f"{pid}/{name}", os.O_WRONLY | os.O_CLOEXEC, dir_fd=proc)
        try:
            os.write(fd, f"{UID} {outer} 1\n".encode())
        finally:
            os.close(fd)
    gate.sendall(b"+")


def confine(what: Confinement) -> None:
    """Give up, then check that it is gone. Raises OSError where anything is left."""
    _change_ids(what)
    if not what.full:
        # A change of ids forgets this, so it comes after; with namespaces the end of pid 1 does it.
        linux.die_with_parent()
    linux.drop_capabilities()
    for kind, soft, hard in what.limits:
        resource.setrlimit(kind, _lowered(kind, soft, hard))
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    landlock.restrict(what.readable, what.writable, run_written=what.run_written)
    code = what.seccomp or syscall_filter.program(os.getpid())
    syscall_filter.install(code)
    _verify(what)


def _change_ids(what: Confinement) -> None:
    wanted = UID if what.full else what.outer
    if wanted is None:
        return
    if not what.full:
        os.setgroups([])
    os.setresgid(wanted, wanted, wanted)
    os.setresuid(wanted, wanted, wanted)


def _lowered(kind: int, soft: int, hard: int) -> tuple[int, int]:
    ceiling = resource.getrlimit(kind)[1]
    if ceiling == resource.RLIM_INFINITY:
        return soft, hard
    return min(soft, ceiling), min(hard, ceiling)


def _verify(what: Confinement) -> None:
    gone = linux.capabilities() == 0 and linux.prctl(linux.PR_GET_NO_NEW_PRIVS) == 1
    filtered = linux.prctl(21) == 2
    renamed = not what.full or os.getresuid() == (UID, UID, UID)
    if not (gone and filtered and renamed):
        raise OSError("a process of the session could not be confined")
