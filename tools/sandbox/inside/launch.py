"""First stage of a zygote: try for namespaces and a root of its own, then start the interpreter anew inside them.

Runs in a fresh interpreter with a clean environment. Where namespaces cannot be had it says why and goes on without them.
"""

import json
import os
import socket
import sys
from typing import Any, NoReturn

from . import landlock, linux, root
from .syscalls import numbers

_NAMESPACES = linux.CLONE_NEWNS | linux.CLONE_NEWPID | linux.CLONE_NEWNET | linux.CLONE_NEWIPC | linux.CLONE_NEWUTS
_NEXT = "import sys; sys.path.insert(0, sys.argv[2]); from inside import zygote; zygote.main(int(sys.argv[1]))"
FIRST_OWN_UID = 0x60000000


def main(control: int) -> None:
    """Become the zygote, or the guardian of one in its own namespaces. `control` is the host's socket."""
    config = json.loads(socket.socket(fileno=os.dup(control)).recv(1 << 20, socket.MSG_PEEK))
    missing = _missing(config)
    if missing is None:
        missing = _enter(control, config)
    refusal = _refusal(config)
    if refusal is not None:
        _refuse(socket.socket(fileno=control), refusal)
    facts = {"level": "reduced", "missing": missing, "outer": _separate_uid(config["view"]["binds"])}
    _exec(sys.executable, control, config["package"], config, facts)


def _refuse(host: socket.socket, reason: str) -> NoReturn:
    """Say why, and end. The order is read first: an end that left it unread would reach the host as a reset, without the reason."""
    host.recv(1 << 20)
    host.send(json.dumps({"level": "refused", "missing": reason}).encode())
    os._exit(0)


def _refusal(config: dict[str, Any]) -> str | None:
    """What even the reduced level cannot do without."""
    if numbers() is None or not _filters():
        return "seccomp: this kernel or container lets no process filter its system calls"
    if landlock.version() == 0 or "landlock" in config["without"]:
        return "Landlock: this kernel has none, or it is switched off (lsm=), and there are no namespaces in its place"
    return None


def _filters() -> bool:
    """PR_GET_SECCOMP fails where the kernel was built without."""
    try:
        linux.prctl(21)
    except OSError:
        return False
    return True


def _missing(config: dict[str, Any]) -> str | None:
    if config["level"] == "reduced" or "namespaces" in config["without"]:
        return "namespaces: left out on request"
    if numbers() is None:
        return "seccomp: no system call table for this machine"
    if landlock.version() == 0 or "landlock" in config["without"]:
        return "Landlock: this kernel has none, or it is switched off (lsm=)"
    return None


def _enter(control: int, config: dict[str, Any]) -> str:
    """Start the zygote in new namespaces and guard it until it ends; returns only to say why that was not possible."""
    privileged = os.geteuid() == 0 and bool(linux.capabilities() >> linux.CAP_SYS_ADMIN & 1)
    ours, theirs = socket.socketpair()
    reader, writer = os.pipe()
    try:
        child = linux.clone(_NAMESPACES if privileged else _NAMESPACES | linux.CLONE_NEWUSER)
    except OSError as error:
        return f"namespaces: {error.strerror or error}"
    if child == 0:
        ours.close()
        _inside(control, config, privileged, theirs, writer)
    theirs.close()
    os.close(writer)
    try:
        if not privileged:
            _map(child)
        ours.sendall(b"+")
        failure = os.fdopen(reader, "rb").read().decode()
    except OSError as error:
        failure = f"mapping user ids: {error}"
        os.kill(child, 9)
    if failure:
        os.waitpid(child, 0)
        return f"namespaces: {failure}"
    os.closerange(0, 256)
    os._exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) & 0xFF)


def _map(child: int) -> None:
    """Give the child's namespace root, and where this is root one more id, so that no session counts as the host's root."""
    uid, gid = os.geteuid(), os.getegid()
    if uid == 0:
        own = _own_uids()
        maps = {"uid_map": f"0 0 1\n1 {own} 1\n", "gid_map": f"0 {gid} 1\n1 {own} 1\n"}
    else:
        maps = {"setgroups": "deny", "uid_map": f"0 {uid} 1\n", "gid_map": f"0 {gid} 1\n"}
    for name, text in maps.items():
        with open(f"/proc/{child}/{name}", "w") as file:
            file.write(text)


def _own_uids() -> int:
    """The first of a few thousand user ids that nobody else has, within what this user namespace knows."""
    with open("/proc/self/uid_map") as file:
        extents = [tuple(map(int, line.split())) for line in file]
    start, _, length = max(extents, key=lambda extent: extent[2])
    if start + length > FIRST_OWN_UID + (1 << 29):
        return FIRST_OWN_UID + (os.getpid() % (1 << 16)) * (1 << 12)
    if length < 8192:
        raise OSError(f"only {length} user ids are mapped here")
    return start + length - 5000


def _separate_uid(binds: list[list[str]]) -> int | None:
    """The first uid for sessions at the reduced level; None, to keep this one, where not root or another could not import."""
    if os.geteuid() != 0:
        return None
    child = os.fork()
    if child == 0:
        try:
            first = _own_uids()
            os.setgroups([])
            os.setresgid(first, first, first)
            os.setresuid(first, first, first)
            reached = all(
                os.access(source, os.R_OK) for source, _ in binds if "python" in source or source.startswith(sys.prefix)
            )
            os._exit(0 if reached else 1)
        except OSError:
            os._exit(1)
    return _own_uids() if os.waitpid(child, 0)[1] == 0 else None


def _inside(control: int, config: dict[str, Any], privileged: bool, gate: socket.socket, writer: int) -> None:
    try:
        linux.die_with_parent()
        if gate.recv(1) != b"+":
            os._exit(1)
        if not privileged:
            os.setresgid(0, 0, 0)
            os.setresuid(0, 0, 0)
        outer = _own_uids() if privileged else int(_two_ids())
        package = os.path.join(config["package"], "inside")
        root.build(config["view"], package)
        facts = {"level": "full", "missing": "", "outer": outer, "many": privileged}
        linux.fix_addresses()
        _exec(config["view"]["python"], control, "/opt", config, facts)
    except BaseException as error:
        os.write(writer, f"{type(error).__name__}: {error}".encode()[:4000])
    os._exit(1)


def _two_ids() -> bool:
    with open("/proc/self/uid_map") as file:
        return len(file.readlines()) > 1


def _exec(python: str, control: int, path: str, config: dict[str, Any], facts: dict[str, Any]) -> None:
    os.set_inheritable(control, True)
    environment = dict(config["environment"])
    if facts["level"] == "full":
        environment.update(config["view"]["environment"])
    arguments = [python, "-s", "-P", "-B", "-X", "utf8", "-c", _NEXT, str(control), path, json.dumps(facts)]
    os.execve(python, arguments, environment)
