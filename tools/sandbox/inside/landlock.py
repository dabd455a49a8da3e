"""Landlock: which paths a process may read, run or write, from now on and for all it starts."""

import ctypes
import os
import stat
import struct
from collections.abc import Iterable

from . import linux

_FILE_RIGHTS = 0b1 | 0b10 | 0b100 | 1 << 14 | 1 << 15
_READ = 0b1101
"""Execute, read a file, list a folder."""
_DEVICE_NODES = 1 << 6 | 1 << 11
_BITS_OF_ABI = {1: 13, 2: 14, 3: 15, 4: 15}


def version() -> int:
    """The ABI this kernel speaks; 0 where Landlock is missing or switched off."""
    try:
        return linux._syscall("landlock_create_ruleset", None, 0, 1)
    except OSError:
        return 0


def restrict(readable: Iterable[str], writable: Iterable[str], *, run_written: bool = False) -> None:
    """Confine this process to these paths. Needs no_new_privs. `run_written` lets it execute files in the writable ones."""
    abi = version()
    everything = (1 << _BITS_OF_ABI.get(abi, 16)) - 1
    # From ABI 4 on TCP is refused too, from 6 on signals and abstract sockets stay among the confined processes.
    attributes = struct.pack("=QQQ", everything, 0b11, 0b11)[: 8 if abi < 4 else 16 if abi < 6 else 24]
    ruleset = linux._syscall("landlock_create_ruleset", attributes, len(attributes), 0)
    try:
        for path in readable:
            _allow(ruleset, path, _READ & everything)
        for path in writable:
            rights = everything & ~_DEVICE_NODES
            _allow(ruleset, path, rights if run_written else rights & ~0b1)
        linux._syscall("landlock_restrict_self", ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(fd).st_mode):
            rights &= _FILE_RIGHTS
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, fd), 12)
        linux._syscall("landlock_add_rule", ruleset, 1, rule, 0)
    finally:
        os.close(fd)
