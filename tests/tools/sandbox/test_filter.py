"""The system call filter as bytes: for both machines, by interpreting it."""

import platform
import struct
from collections.abc import Mapping

import pytest

from tools.sandbox.inside import filter as syscall_filter
from tools.sandbox.inside.frames import FrameError, FrameReader, pack
from tools.sandbox.inside.syscalls import MACHINES

ALLOW, KILL, EPERM, ENOSYS, ENOTTY = 0x7FFF0000, 0x80000000, 0x50001, 0x50026, 0x50019
ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}


@pytest.fixture(params=sorted(MACHINES))
def table(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Mapping[str, int]:
    monkeypatch.setattr(platform, "machine", lambda: request.param)
    return MACHINES[request.param]


def verdict(code: bytes, number: int, *args: int, arch: int | None = None) -> int:
    """What the kernel would say, by running the program on a call."""
    words = [*args, *[0] * (6 - len(args))]
    data = struct.pack("=IIQ6Q", number, ARCH[platform.machine()] if arch is None else arch, 0, *words)
    place = accumulator = 0
    while True:
        op, then, otherwise, value = struct.unpack_from("=HBBI", code, place * 8)
        place += 1
        if op == 0x20:
            (accumulator,) = struct.unpack_from("=I", data, value)
        elif op == 0x54:
            accumulator &= value
        elif op == 0x06:
            return int(value)
        else:
            met = accumulator == value if op == 0x15 else accumulator >= value
            place += then if met else otherwise


def test_ordinary_calls_pass(table: Mapping[str, int]) -> None:
    code = syscall_filter.program()
    for name in ("read", "write", "openat", "futex", "execve", "exit_group", "kill", "newfstatat", "getrandom"):
        assert verdict(code, table[name]) == ALLOW


def test_arguments_decide(table: Mapping[str, int]) -> None:
    code = syscall_filter.program()
    assert verdict(code, table["clone"], 17) == ALLOW
    assert verdict(code, table["clone"], 0x3D0F00) == ALLOW
    assert verdict(code, table["clone"], 0x10000000 | 17) == EPERM
    assert verdict(code, table["mmap"], 0, 4096, 3, 0x22) == ALLOW
    assert verdict(code, table["mmap"], 0, 4096, 3, 0x21) == EPERM
    assert verdict(code, table["mmap"], 0, 4096, 3, 0x40022) == EPERM
    assert verdict(code, table["socketpair"], 1) == ALLOW
    assert verdict(code, table["socketpair"], 2) == EPERM
    assert verdict(code, table["ioctl"], 0, 0x5412) == ENOTTY
    assert verdict(code, table["fcntl"], 0, 1030) == ALLOW
    assert verdict(code, table["fcntl"], 0, 1031) == EPERM
    assert verdict(code, table["prlimit64"], 1) == EPERM
    assert verdict(code, table["setpriority"], 0, 1) == EPERM
    assert verdict(code, table["mknodat"], 0, 0, 0o020666) == EPERM
    assert verdict(code, table["mknodat"], 0, 0, 0o010666) == ALLOW


def test_unlisted_calls_fail(table: Mapping[str, int]) -> None:
    code = syscall_filter.program()
    assert verdict(code, table["clone3"]) == ENOSYS
    assert verdict(code, 10_000) == ENOSYS
    listed = {table[name] for name in {*syscall_filter.ALLOWED, *syscall_filter.CHECKS} if name in table}
    for number in set(range(463)) - listed - {table["clone3"]}:
        assert verdict(code, number) == EPERM


def test_other_abis_are_killed(table: Mapping[str, int]) -> None:
    code = syscall_filter.program()
    assert verdict(code, table["read"], arch=0x40000003) == KILL
    assert verdict(code, table["read"], arch=0x40000028) == KILL
    if table is MACHINES["x86_64"]:
        assert verdict(code, 0x40000000 | table["read"]) == KILL


def test_the_reduced_level_allows_no_children_and_no_signals_to_others(table: Mapping[str, int]) -> None:
    code = syscall_filter.program(own_pid=77)
    assert verdict(code, table["clone"], 17) == EPERM
    assert verdict(code, table["clone"], 0x3D0F00) == ALLOW
    assert verdict(code, table["kill"], 77) == ALLOW
    for pid in (0, 1, 78, 0xFFFFFFFF):
        assert verdict(code, table["kill"], pid) == EPERM
    for name in ("execve", "fchmodat", "truncate", "tkill", "setuid"):
        assert verdict(code, table[name]) == EPERM


def test_both_machines_have_what_the_interpreter_needs() -> None:
    modern = {name for name in syscall_filter.ALLOWED if name in MACHINES["x86_64"]} - set(MACHINES["aarch64"])
    replaced = "access alarm arch_prctl chmod chown creat dup2 epoll_create epoll_wait eventfd fork futimesat getdents getpgrp lchown link"
    replaced += " lstat mkdir open pause pipe poll readlink rename rmdir select signalfd stat symlink time unlink utime utimes vfork"
    assert modern == set(replaced.split())


@pytest.mark.parametrize("data", [b"\xff\xff\xff\xff", b"\0\0\0\x02[]", b"\0\0\0\x01{", b"\0\0\0\x01\xff"])
def test_frames_of_another_form_are_refused(data: bytes) -> None:
    with pytest.raises(FrameError):
        FrameReader(100).feed(data)


def test_frames_come_whole_however_they_arrive() -> None:
    reader, data = FrameReader(1000), pack({"a": "é"}) + pack({"b": 2}) + b"end"
    found = [message for byte in data if (message := reader.feed(bytes([byte]))) is not None]
    assert found == [{"a": "é"}, {"b": 2}]
    assert reader.rest() == b"end"
