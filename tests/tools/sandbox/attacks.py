"""What an attack is, and how it is run and judged.

An attack is a snippet that calls `attempt(what, action, ...)` for each thing it must not be able to do; anything that works
is printed with ESCAPED. Whatever it does, the session must be usable or closed afterwards, and the next one unharmed.
"""

import textwrap
from typing import NamedTuple

from tools.sandbox import Limits, LocalSandbox, RunResult
from tools.sandbox.host import Level
from tools.sandbox.session import MIB, LimitName

PRELUDE = r"""
import builtins, ctypes, errno, mmap, os, platform, resource, signal, socket, struct, subprocess, sys, threading, time
libc = ctypes.CDLL(None, use_errno=True)
NUMBERS = dict(add_key=(248, 217), bpf=(321, 280), chroot=(161, 51), clock_settime=(227, 112), clone=(56, 220),
    delete_module=(176, 106), fanotify_init=(300, 262), finit_module=(313, 273), init_module=(175, 105), inotify_init1=(294, 26),
    io_setup=(206, 0), kexec_load=(246, 104), keyctl=(250, 219), kcmp=(312, 272), memfd_create=(319, 279), mount=(165, 40),
    mq_open=(240, 180), msgget=(68, 186), name_to_handle_at=(303, 264), open_by_handle_at=(304, 265), perf_event_open=(298, 241),
    pivot_root=(155, 41), pidfd_open=(434, 434), pidfd_getfd=(438, 438), process_vm_readv=(310, 270), process_vm_writev=(311, 271),
    ptrace=(101, 117), quotactl=(179, 60), reboot=(169, 142), request_key=(249, 218), seccomp=(317, 277), semget=(64, 190),
    sethostname=(170, 161), setns=(308, 268), setxattr=(188, 5), settimeofday=(164, 170), shmget=(29, 194), socket=(41, 198),
    swapon=(167, 224), syslog=(103, 116), umount2=(166, 39), unshare=(272, 97), userfaultfd=(323, 282), vmsplice=(278, 75),
    io_uring_setup=(425, 425), open_tree=(428, 428), fsopen=(430, 430), clone3=(435, 435), mount_setattr=(442, 442),
    landlock_create_ruleset=(444, 444), memfd_secret=(447, 447), personality=(135, 92), tee=(276, 77), acct=(163, 89))

def syscall(name, *args):
    number = NUMBERS[name][platform.machine() == 'aarch64']
    result = libc.syscall(ctypes.c_long(number), *[ctypes.c_long(a) if isinstance(a, int) else a for a in args])
    if result < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
    return result

def attempt(what, action, *args, **more):
    try:
        result = action(*args, **more)
    except BaseException as error:
        print('contained', what, type(error).__name__)
    else:
        print('ESCAPED', what, repr(result)[:200])

def read(path):
    with open(path, 'rb') as file:
        return file.read(200)
"""
PATIENT = 60.0
"""Seconds for what ends by itself: a busy machine must not look like a limit."""
SMALL = Limits(time=2.0, cpu=10.0, memory=160 * MIB, processes=16, disk=8 * MIB, files=200, output=20_000)


class Attack(NamedTuple):
    """What is tried, and how the call must end. `limit` may be several, of which any is right; `closed` None: either way."""

    name: str
    code: str
    limit: tuple[LimitName | None, ...] = (None,)
    closed: bool | None = False
    then: str = "1 + 1"
    shown: str | None = "2"
    """The value of `then`, in the same session where it survived; None where it does not matter."""


async def run_attack(attack: Attack, level: Level = "full") -> RunResult:
    async with LocalSandbox(SMALL, {"given.txt": b"given"}, level=level) as session:
        prepared = await session.run(PRELUDE, PATIENT)
        assert prepared.error is None, prepared.error
        result = await session.run(textwrap.dedent(attack.code), 1.5 if "time" in attack.limit else PATIENT)
        told = "\n".join([result.stdout, result.stderr, result.value or "", *(result.error or ())])
        assert "ESCAPED" not in result.stdout + result.stderr + (result.value or ""), told
        assert "swordfish" not in told
        assert result.limit in attack.limit, result
        assert attack.closed is None or result.closed == attack.closed, result
        if not result.closed:
            after = await session.run(attack.then, 1.5 if attack.shown is None else PATIENT)
            assert attack.shown is None or after.value == attack.shown, after
    async with LocalSandbox(level=level) as fresh:
        assert (await fresh.run("sum(range(10))", PATIENT)).value == "45"
    return result
