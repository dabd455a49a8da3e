"""The Linux calls that Python does not wrap, by ctypes. Each raises OSError naming the call."""

import ctypes
import os
import platform
import struct

CLONE_NEWNS = 0x00020000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_BIND, MS_MOVE, MS_REC, MS_PRIVATE = 4096, 8192, 16384, 1 << 18
MNT_DETACH = 2

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_READ, PR_CAPBSET_DROP = 1, 4, 22, 23, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS, PR_GET_NO_NEW_PRIVS, PR_CAP_AMBIENT = 36, 38, 39, 47
PR_CAP_AMBIENT_CLEAR_ALL = 4

CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER, CAP_KILL = 0, 1, 2, 3, 5
CAP_SETGID, CAP_SETUID, CAP_SETPCAP, CAP_SYS_PTRACE, CAP_SYS_ADMIN, CAP_SETFCAP = 6, 7, 8, 19, 21, 31
LAST_CAP = 63

ADDR_NO_RANDOMIZE = 0x0040000
AT_FDCWD = -100
AT_RECURSIVE = 0x8000

_CALLS = {
    "x86_64": {"clone": 56, "capget": 125, "capset": 126, "pivot_root": 155},
    "aarch64": {"clone": 220, "capget": 90, "capset": 91, "pivot_root": 41},
}
_SAME = {
    "fsopen": 430,
    "fsconfig": 431,
    "fsmount": 432,
    "mount_setattr": 442,
    "landlock_create_ruleset": 444,
    "landlock_add_rule": 445,
    "landlock_restrict_self": 446,
}

libc = ctypes.CDLL(None, use_errno=True)


def _checked(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def _syscall(name: str, *args: object) -> int:
    number = _SAME.get(name) or _CALLS[platform.machine()][name]
    wide = [ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args]
    return _checked(libc.syscall(ctypes.c_long(number), *wide), name)


def clone(flags: int) -> int:
    """Fork into new namespaces; 0 in the child, which must exec soon: the C library knows nothing of this child."""
    return _syscall("clone", flags | 17, None, None, None, None)


def unshare(flags: int) -> None:
    _checked(libc.unshare(ctypes.c_int(flags)), "unshare")


def setns(fd: int, kind: int) -> None:
    _checked(libc.setns(fd, kind), "setns")


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    args = [os.fsencode(text) if text else None for text in (source, target, kind)]
    data = os.fsencode(options) if options else None
    _checked(libc.mount(*args, ctypes.c_ulong(flags), data), f"mount {source} on {target}")


def umount(target: str) -> None:
    """Take a mount out of sight at once; what holds it open keeps it alive."""
    _checked(libc.umount2(os.fsencode(target), MNT_DETACH), f"umount {target}")


def mount_unseen(kind: str, flags: int, options: dict[str, str]) -> int:
    """A descriptor of a new mount that is attached nowhere, so that only who holds it can reach it."""
    context = _syscall("fsopen", kind.encode(), 1)
    try:
        for key, value in options.items():
            _syscall("fsconfig", context, 1, key.encode(), value.encode(), 0)
        _syscall("fsconfig", context, 6, None, None, 0)
        return _syscall("fsmount", context, 1, flags)
    finally:
        os.close(context)


def set_mount_flags(target: str, flags: int, *, recursive: bool) -> None:
    """Add MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC to a mount; unlike a remount it never clears a locked flag."""
    attributes = struct.pack("=QQQQ", flags, 0, 0, 0)
    where = AT_RECURSIVE if recursive else 0
    _syscall("mount_setattr", AT_FDCWD, os.fsencode(target), where, attributes, len(attributes))


def pivot_root(new: str, old: str) -> None:
    _syscall("pivot_root", os.fsencode(new), os.fsencode(old))


def prctl(option: int, first: int = 0, second: int = 0) -> int:
    args = [ctypes.c_ulong(arg) for arg in (first, second, 0, 0)]
    return _checked(libc.prctl(ctypes.c_int(option), *args), f"prctl {option}")


def die_with_parent() -> None:
    prctl(PR_SET_PDEATHSIG, 9)


def fix_addresses() -> bool:
    """Ask for the same memory layout at the next exec, so that equal runs see equal addresses; refused in some containers."""
    current: int = libc.personality(ctypes.c_ulong(0xFFFFFFFF))
    return current >= 0 and libc.personality(ctypes.c_ulong(current | ADDR_NO_RANDOMIZE)) >= 0


def capabilities() -> int:
    """The effective set, as a bit mask."""
    header, data = ctypes.create_string_buffer(struct.pack("=II", 0x20080522, 0)), ctypes.create_string_buffer(24)
    _syscall("capget", header, data)
    low, _, _, high, _, _ = struct.unpack("=6I", data.raw)
    return int(low | high << 32)


def set_capabilities(keep: int) -> None:
    """Make the effective and permitted sets `keep`, with nothing to inherit."""
    low, high = keep & 0xFFFFFFFF, keep >> 32
    header = struct.pack("=II", 0x20080522, 0)
    _syscall("capset", header, struct.pack("=6I", low, low, 0, high, high, 0))


def drop_capabilities(keep: int = 0) -> None:
    """Give up all capabilities but `keep`, for this process and whatever it starts."""
    drop_bounding_set()
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL)
    set_capabilities(keep)


def drop_bounding_set() -> None:
    """See to it that no program can give back a capability. What is in no bounding set already is left alone: each drop is dear."""
    for number in range(LAST_CAP + 1) if capabilities() & (1 << CAP_SETPCAP) else ():
        try:
            if prctl(PR_CAPBSET_READ, number):
                prctl(PR_CAPBSET_DROP, number)
        except OSError:
            break
