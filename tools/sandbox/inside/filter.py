"""The system calls that code in a session may make: a list of what is allowed; anything else fails with EPERM.

Refused on purpose, beside all that needs privileges: `socket` (so no network, not even loopback), new namespaces, ptrace and
reading another process's memory, io_uring, bpf, perf, keyrings, userfaultfd, pidfds, memory that no limit counts (memfd, System
V segments, shared anonymous maps, huge pages, gifted pipe pages, larger pipes, extended attributes), terminal ioctls, signals by
descriptor owner, and the other ABIs of the machine (x32, i386, 32-bit ARM), whose caller is killed.
"""

import ctypes
import errno
import platform
import struct
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from . import linux
from .syscalls import numbers

_ARCH = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000
_LOAD, _EQUAL, _AT_LEAST, _AND, _RETURN = 0x20, 0x15, 0x35, 0x54, 0x06
_WHOLE = 0xFFFFFFFF

_NEW_NAMESPACES = 0x7E020000
_CLONE_PTRACE, _CLONE_THREAD = 0x2000, 0x10000

ALLOWED = frozenset(
    """
    access alarm arch_prctl brk capget chdir chmod chown clock_getres clock_gettime clock_nanosleep close close_range
    copy_file_range creat dup dup2 dup3 epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd
    eventfd2 execve execveat exit exit_group faccessat faccessat2 fadvise64 fallocate fchdir fchmod fchmodat fchmodat2 fchown
    fchownat fdatasync fgetxattr flistxattr flock fork fstat fstatfs fsync ftruncate futex futex_requeue futex_wait
    futex_waitv futex_wake futimesat get_robust_list getcpu getcwd getdents getdents64 getegid geteuid getgid getgroups
    getitimer getpeername getpgid getpgrp getpid getppid getpriority getrandom getresgid getresuid getrlimit getrusage getsid
    getsockname getsockopt gettid gettimeofday getuid getxattr kill lchown lgetxattr link linkat listxattr llistxattr lseek
    lstat madvise membarrier mincore mkdir mkdirat mprotect mremap msync munmap nanosleep newfstatat open openat openat2 pause
    pipe pipe2 poll ppoll pread64 preadv preadv2 pselect6 pwrite64 pwritev pwritev2 read readlink readlinkat readv recvfrom
    recvmsg rename renameat renameat2 restart_syscall rmdir rseq rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo
    rt_sigreturn rt_sigsuspend rt_sigtimedwait rt_tgsigqueueinfo sched_get_priority_max sched_get_priority_min
    sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval sched_yield select sendfile
    sendmsg sendto set_robust_list set_tid_address setgid setitimer setpgid setregid setresgid setresuid setreuid setrlimit
    setsid setuid shutdown sigaltstack signalfd signalfd4 splice stat statfs statx symlink symlinkat sysinfo tgkill time
    timer_create timer_delete timer_getoverrun timer_gettime timer_settime timerfd_create timerfd_gettime timerfd_settime
    times tkill truncate umask uname unlink unlinkat utime utimensat utimes vfork wait4 waitid write writev
    """.split()  # noqa: SIM905
)


class Check(NamedTuple):
    """A call is allowed where its argument, under the mask, is one of these values; otherwise it fails with `error`."""

    argument: int
    values: tuple[int, ...]
    mask: int = _WHOLE
    error: int = errno.EPERM


_NODE_KINDS = (0, 0o010000, 0o100000)
_IOCTLS = (0x5401, 0x540F, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
"""Is it a terminal and how wide, whose is it; bytes to read; non-blocking; close on exec."""
_FCNTLS = (*range(8), 9, 11, 12, 13, 14, 16, 36, 37, 38, 1030, 1032, 1034)
"""All but owners and signals of descriptors, leases, notifications and pipe sizes."""
_PRCTLS = (1, 2, 3, 15, 16, 21, 23, 27, 29, 30, 37, 38, 39, 41, 42, 0x53564D41)

CHECKS: Mapping[str, tuple[Check, ...]] = {
    "clone": (Check(0, (0,), _NEW_NAMESPACES | _CLONE_PTRACE),),
    "mmap": (Check(3, (0, 0x01, 0x20), 0x40021),),
    "socketpair": (Check(0, (1,)),),
    "ioctl": (Check(1, _IOCTLS, error=errno.ENOTTY),),
    "fcntl": (Check(1, _FCNTLS),),
    "prctl": (Check(0, _PRCTLS),),
    "personality": (Check(0, (0, _WHOLE)),),
    "mknod": (Check(1, _NODE_KINDS, 0o170000),),
    "mknodat": (Check(2, _NODE_KINDS, 0o170000),),
    "prlimit64": (Check(0, (0,)),),
    "setpriority": (Check(0, (0,)), Check(1, (0,))),
    "sched_setaffinity": (Check(0, (0,)),),
}

_WITHOUT_NAMESPACES = frozenset(
    """
    chmod chown execve execveat fchmodat fchmodat2 fchownat fork futimesat lchown rt_sigqueueinfo rt_tgsigqueueinfo setgid setregid
    setresgid setresuid setreuid setuid tkill truncate utime utimes vfork
    """.split()  # noqa: SIM905
)
"""Refused at the reduced level: other processes are in sight there, and what Landlock does not govern reaches host files."""


def program(own_pid: int | None = None) -> bytes:
    """The filter as BPF. With `own_pid`, that of the reduced level: no child processes, signals to oneself alone."""
    table = numbers()
    if table is None:
        raise OSError(errno.ENOSYS, f"no system call table for {platform.machine()}")
    allowed, checks = ALLOWED, dict(CHECKS)
    if own_pid is not None:
        allowed = ALLOWED - _WITHOUT_NAMESPACES - {"kill", "tgkill", "utimensat"}
        checks["clone"] = (Check(0, (_CLONE_THREAD,), _NEW_NAMESPACES | _CLONE_PTRACE | _CLONE_THREAD),)
        checks["kill"] = checks["tgkill"] = (Check(0, (own_pid,)),)
        checks["utimensat"] = (Check(1, (0,)),)
        checks["prctl"] = (Check(0, _PRCTLS[1:]),)
    return _assemble(table, allowed, checks)


def install(code: bytes) -> None:
    """Put the filter on this thread and all it starts, for good."""
    buffer = ctypes.create_string_buffer(code, len(code))
    header = struct.pack("HxxxxxxP", len(code) // 8, ctypes.addressof(buffer))
    holder = ctypes.create_string_buffer(header, len(header))
    linux.prctl(linux.PR_SET_SECCOMP, 2, ctypes.addressof(holder))


def _op(code: int, value: int, then: int = 0, otherwise: int = 0) -> bytes:
    return struct.pack("=HBBI", code, then, otherwise, value)


def _assemble(table: Mapping[str, int], allowed: Iterable[str], checks: Mapping[str, tuple[Check, ...]]) -> bytes:
    parts = [_op(_LOAD, 4), _op(_EQUAL, _ARCH[platform.machine()], 1, 0), _op(_RETURN, _KILL), _op(_LOAD, 0)]
    if platform.machine() == "x86_64":
        parts += [_op(_AT_LEAST, 0x40000000, 0, 1), _op(_RETURN, _KILL)]
    for name in sorted(name for name in allowed if name in table):
        parts += [_op(_EQUAL, table[name], 0, 1), _op(_RETURN, _ALLOW)]
    for name, wanted in checks.items():
        if name in table:
            body = b"".join(_check(check) for check in wanted) + _op(_RETURN, _ALLOW)
            parts += [_op(_EQUAL, table[name], 0, len(body) // 8), body]
    # Without clone3 the C library falls back to clone, whose flags a filter can see; unknown calls look like an old kernel.
    parts += [_op(_EQUAL, 435, 1, 0), _op(_AT_LEAST, 463, 0, 1), _op(_RETURN, _ERRNO | errno.ENOSYS)]
    parts += [_op(_RETURN, _ERRNO | errno.EPERM)]
    return b"".join(parts)


def _check(check: Check) -> bytes:
    count = len(check.values)
    tests = [_op(_EQUAL, value & check.mask, count - place, 0) for place, value in enumerate(check.values)]
    load = _op(_LOAD, 16 + 8 * check.argument) + _op(_AND, check.mask)
    return load + b"".join(tests) + _op(_RETURN, _ERRNO | check.error)
