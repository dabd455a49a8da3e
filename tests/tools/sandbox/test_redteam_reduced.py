"""What the reduced level contains: no namespaces, so Landlock, the system call filter, limits and the watcher do it alone."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.tools.sandbox.attacks import SMALL, Attack, run_attack
from tools.sandbox import LocalSessions

ATTACKS = [
    Attack(
        "host_files",
        """
        for path in ('/etc/shadow', '/etc/passwd', '/root/.bashrc', '/tmp/winnow-test-secret', '/var/tmp/winnow-test-secret',
                     '/root/winnow-test-secret', '/proc/1/environ', '/proc/self/environ', '/proc/self/mem', '/proc/self/fd/3'):
            attempt(path, read, path)
        for path in ('/', '/tmp', '/root', '/home', '/proc', '/etc', '..', '../..'):
            attempt(path, os.listdir, path)
        """,
    ),
    Attack("environment", "print(dict(os.environ))"),
    Attack(
        "write_outside",
        """
        for path in ('/tmp/x', '/var/tmp/x', '/dev/shm/x', '/home/x', '../x', '../../x', '/tmp/winnow-test-secret'):
            attempt(path, open, path, 'w')
        for path in ('/tmp/winnow-test-secret', os.__file__, '..'):
            attempt('chmod ' + path, os.chmod, path, 0o777)
            attempt('utime ' + path, os.utime, path, (1, 1))
            attempt('chown ' + path, os.chown, path, os.getuid(), os.getgid())
            attempt('unlink ' + path, os.unlink, path)
            attempt('truncate ' + path, os.truncate, path, 0)
            attempt('setxattr ' + path, os.setxattr, path, 'user.x', b'x')
            attempt('rename ' + path, os.rename, path, 'stolen')
            attempt('link ' + path, os.link, path, 'linked')
        """,
    ),
    Attack(
        "network",
        """
        for family in (1, 2, 10, 16, 17, 40):
            for kind in (1, 2, 3):
                attempt(f'{family} {kind}', socket.socket, family, kind)
        attempt('io_uring', syscall, 'io_uring_setup', 8, ctypes.create_string_buffer(120))
        """,
    ),
    Attack(
        "no_children",
        """
        attempt('fork', os.fork)
        attempt('vfork', lambda: subprocess.run(['/bin/true']))
        attempt('exec', os.execv, '/bin/true', ['true'])
        attempt('clone', syscall, 'clone', 17, 0, 0, 0, 0)
        import multiprocessing
        attempt('process', multiprocessing.Process(target=print).start)
        """,
    ),
    Attack(
        "signals_to_others",
        """
        attempt('parent', os.kill, os.getppid(), 9)
        attempt('zero', os.kill, os.getppid(), 0)
        attempt('all', os.kill, -1, 9)
        attempt('group', os.kill, 0, 9)
        attempt('init', os.kill, 1, 0)
        attempt('limits of the parent', resource.prlimit, os.getppid(), resource.RLIMIT_CPU, (0, 0))
        attempt('priority', os.setpriority, os.PRIO_PROCESS, os.getppid(), 19)
        attempt('ptrace', syscall, 'ptrace', 16, os.getppid(), 0, 0)
        attempt('read', syscall, 'process_vm_readv', os.getppid(), bytes(16), 1, bytes(16), 1, 0)
        attempt('pidfd', syscall, 'pidfd_open', os.getppid(), 0)
        attempt('stay after the parent', lambda: libc.prctl(1, 0) and 1 / 0)
        """,
    ),
    Attack(
        "no_capabilities",
        """
        header = struct.pack('=II', 0x20080522, 0); data = ctypes.create_string_buffer(24)
        libc.capget(header, data)
        print('ESCAPED' if any(data.raw) else 'none')
        attempt('setuid', os.setuid, 0)
        attempt('unshare', syscall, 'unshare', 0x10000000)
        attempt('mount', syscall, 'mount', b'tmpfs', b'/mnt', b'tmpfs', 0, 0)
        attempt('chroot', os.chroot, '.')
        """,
    ),
    Attack(
        "kernel_interfaces",
        """
        buffer = ctypes.create_string_buffer(256)
        for name, args in dict(bpf=(0, buffer, 120), perf_event_open=(buffer, 0, -1, -1, 0), userfaultfd=(0,), keyctl=(0, -3, 1),
                memfd_create=(b'x', 0), shmget=(1, 4096, 0o1666), msgget=(1, 0o1666), inotify_init1=(0,)).items():
            attempt(name, syscall, name, *args)
        """,
    ),
    Attack("memory", "x = []\nwhile True: x.append(bytearray(10 ** 7))", ("memory",), None),
    # The write fails at the limit; where the watcher looks between that and the report, it ends the session.
    Attack("one_big_file", "open('big', 'wb').write(bytes(10 ** 8))", ("disk", "memory"), None),
    Attack(
        "many_files", "for i in range(100): open(f'f{i}', 'wb').write(bytes(10 ** 6))\ntime.sleep(1)", ("disk",), True
    ),
    Attack(
        "threads",
        """
        threading.stack_size(65536)
        for _ in range(100): threading.Thread(target=time.sleep, args=(9,), daemon=True).start()
        time.sleep(9)
        """,
        (None, "processes"),
        None,
    ),
    Attack("stops_itself", "os.kill(os.getpid(), signal.SIGSTOP)\ntime.sleep(9)", ("time",)),
    Attack("ignores_the_signal", "signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass", ("time",), True),
    Attack(
        "deep_tree",
        """
        for _ in range(1100): os.mkdir('d'); os.chdir('d')
        """,
        then="1 + 1",
        shown=None,
    ),
    Attack("hard_exit", "os._exit(0)", (None,), True),
]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
async def test_contained(attack: Attack) -> None:
    await run_attack(attack, "reduced")


async def _deep_session(source: LocalSessions) -> Path:
    session = await source.open(SMALL)
    await session.run("import os\nfor _ in range(1100):\n    os.mkdir('d'); os.chdir('d')")
    return Path(session._home).parent


def test_the_work_folder_is_removed_however_deep() -> None:
    source = LocalSessions(level="reduced")
    folder = asyncio.run(_deep_session(source))
    assert folder.is_dir()
    asyncio.run(source.close())
    assert not folder.exists()


HOST = """
import asyncio, sys
from tools.sandbox import LocalSandbox
async def main():
    async with LocalSandbox(level="reduced") as session:
        print(session._home, flush=True)
        await session.run("while True: pass", timeout=100)
asyncio.run(main())
"""


def test_a_killed_host_leaves_no_process_and_no_folder() -> None:
    root = str(Path(__file__).parents[3])
    command = [sys.executable, "-c", HOST]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, env={"PATH": os.environ["PATH"], "PYTHONPATH": root}
    ) as host:
        assert host.stdout is not None
        folder = Path(host.stdout.readline().decode().strip()).parent
        assert folder.is_dir()
        host.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 15
    while folder.parent.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.parent.exists()
