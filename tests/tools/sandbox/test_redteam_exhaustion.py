"""Attacks that use up time, memory, processes, disk or output: each ends at a limit, in bounded time."""

import pytest

from tests.tools.sandbox.attacks import SMALL, Attack, run_attack
from tools.sandbox import LocalSandbox
from tools.sandbox.session import MIB

QUICK = [
    Attack("one_big_allocation", "bytearray(10 ** 9)", ("memory",)),
    Attack("list_until_memory_error", "x = []\nwhile True: x.append(bytearray(10 ** 7))", ("memory",)),
    Attack("numpy_allocation", "import numpy; numpy.ones((10 ** 5, 10 ** 5))", ("memory",), None),
    Attack("huge_repr", "class A:\n    def __repr__(self): return 'a' * 10 ** 9\nA()", ("memory",)),
    Attack("long_value", "'a' * 10 ** 6", ("output",)),
    Attack("long_error", "raise ValueError('a' * 10 ** 6)", (None, "output")),
    Attack("long_line", "print('a' * 10 ** 7)", ("output",)),
    Attack("many_lines", "for i in range(10 ** 5): print(i)", ("output",)),
    Attack("raw_writes", "for _ in range(500): os.write(1, b'x' * 65536); os.write(2, b'y' * 65536)", ("output",)),
    Attack("fill_the_disk", "open('big', 'wb').write(bytes(10 ** 8))", ("disk", "memory")),
    Attack("fill_by_parts", "for i in range(100): open(f'f{i}', 'wb').write(bytes(10 ** 6))", ("disk",)),
    Attack(
        "fill_tmp_and_shm",
        "for i in range(100): open(f'/tmp/f{i}', 'wb').write(bytes(10**5)); open(f'/dev/shm/f{i}', 'wb').write(bytes(10**5))",
        ("disk",),
    ),
    Attack("sparse_file", "file = open('big', 'wb'); file.seek(10 ** 12); file.write(b'x'); file.flush()", ("disk",)),
    Attack("truncate_up", "attempt('truncate', os.truncate, os.open('t', os.O_CREAT | os.O_RDWR), 10 ** 12)"),
    Attack("fallocate", "attempt('fallocate', os.posix_fallocate, os.open('t', os.O_CREAT | os.O_RDWR), 0, 10 ** 9)"),
    Attack("inodes", "for i in range(10 ** 4): open(f'i{i}', 'w').close()", ("disk",)),
    Attack("inodes_of_links", "for i in range(10 ** 4): os.symlink('x', f'i{i}')", ("disk",)),
    Attack(
        "deep_tree",
        """
        try:
            for _ in range(10 ** 4): os.mkdir('d'); os.chdir('d')
        except OSError as error: print(error.errno)
        """,
        then="__import__('os').chdir('/home/user')",
        shown=None,
    ),
    Attack(
        "threads",
        """
        def wait(): time.sleep(100)
        threading.stack_size(65536)
        try:
            for _ in range(1000): threading.Thread(target=wait, daemon=True).start()
        except RuntimeError as error: print('contained', error)
        else: print('ESCAPED')
        """,
    ),
    Attack(
        "descriptors",
        """
        held = []
        try:
            while True: held.append(os.open('/dev/null', os.O_RDONLY))
        except OSError as error: print('contained' if len(held) < 300 else 'ESCAPED', len(held))
        """,
    ),
    Attack("recursion", "sys.setrecursionlimit(10 ** 9)\ndef f(): f()\nf()", (None, "memory", "time"), None),
    Attack(
        "c_stack",
        "sys.setrecursionlimit(10 ** 9)\nx = []\nfor _ in range(10 ** 6): x = [x]\nrepr(x)",
        (None, "memory", "time"),
        None,
    ),
    Attack("mmap_shared_anonymous", "attempt('shared', mmap.mmap, -1, 10 ** 6)"),
    Attack(
        "mmap_huge_pages", "attempt('huge', mmap.mmap, -1, 1 << 22, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x40000)"
    ),
    Attack("lock_memory", "attempt('mlockall', lambda: libc.mlockall(3) and 1 / 0)"),
    Attack(
        "gifted_pages",
        """
        reader, writer = os.pipe()
        buffer = ctypes.create_string_buffer(4096)
        attempt('vmsplice', syscall, 'vmsplice', writer, struct.pack('PQ', ctypes.addressof(buffer), 4096), 1, 8)
        attempt('tee', syscall, 'tee', reader, writer, 10, 0)
        attempt('setxattr', os.setxattr, 'given.txt', 'user.x', b'x')
        """,
    ),
    Attack("core_dump", "os.abort()", (None,), True),
    Attack("segfault", "ctypes.string_at(0)", (None,), True),
    Attack(
        "fork_bomb",
        """
        pid = os.fork()
        while True:
            try: os.fork()
            except OSError: time.sleep(0.01)
        """,
        ("time", "processes"),
        None,
    ),
]
"""Those that end by themselves."""

BUSY = [
    Attack("endless_loop", "while True: pass", ("time",)),
    Attack("sleep", "time.sleep(1000)", ("time",)),
    Attack("endless_loop_in_c", "(10 ** 10 ** 8) ** 2", ("time", "memory"), None, shown=None),
    Attack("endless_iteration_in_c", "sum(iter(int, 1))", ("time",), None),
    Attack("catastrophic_pattern", "import re; re.match(r'(a+)+$', 'a' * 40 + 'b')", ("time",), None),
    Attack(
        "catches_everything",
        "while True:\n    try:\n        while True: time.sleep(0)\n    except BaseException: pass",
        ("time",),
        True,
    ),
    Attack("ignores_the_signal", "signal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass", ("time",), True),
    Attack(
        "blocks_the_signal", "signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True: pass", ("time",), True
    ),
    Attack("stops_itself", "os.kill(os.getpid(), signal.SIGSTOP)\ntime.sleep(9)", ("time",)),
    Attack("repr_that_loops", "class A:\n    def __repr__(self):\n        while True: pass\nA()", ("time",)),
    Attack(
        "str_of_error_that_loops",
        "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E",
        ("time",),
    ),
    Attack("flood_without_end", "while True: os.write(1, b'x' * 65536)", ("time",)),
    Attack("prints_without_end", "while True: print('x' * 1000)", ("time",)),
    Attack("forks_and_waits", "pid = os.fork() or time.sleep(1000)\nos.waitpid(pid, 0)", ("time",)),
    Attack(
        "memory_in_children",
        """
        for _ in range(10):
            if os.fork() == 0:
                held = bytearray(60 * 2 ** 20)
                while True: held[::4096] = b'x' * len(held[::4096]); time.sleep(0.01)
        time.sleep(20)
        """,
        ("memory",),
        True,
    ),
    Attack(
        "descriptors_in_children",
        """
        for _ in range(14):
            if os.fork() == 0:
                held = []
                try:
                    while True:
                        held.append(socket.socketpair())
                except OSError: pass
                time.sleep(20)
        time.sleep(20)
        """,
        ("memory",),
        True,
    ),
    Attack(
        "cpu_in_children",
        """
        while True:
            if os.fork() == 0:
                while True: pass
            if os.fork() == 0:
                while True: pass
            time.sleep(100)
        """,
        ("time", "cpu"),
        None,
    ),
    Attack(
        "zombies",
        """
        try:
            while True:
                if os.fork() == 0: os._exit(0)
        except OSError as error: print('contained', error.errno)
        """,
        (None,),
    ),
    Attack(
        "double_forks",
        """
        for _ in range(300):
            try:
                if os.fork() == 0:
                    os.setsid()
                    if os.fork() == 0: time.sleep(100)
                    os._exit(0)
            except OSError: break
        os.wait()
        """,
        (None, "processes"),
        None,
    ),
]
"""Those that a limit has to end."""


LONG = ("recursion", "c_stack", "fork_bomb")
FAST = ("fork_bomb", "endless_loop", "catches_everything", "stops_itself", "memory_in_children", "zombies")


@pytest.mark.parametrize(
    "attack", [attack for attack in QUICK if attack.name not in LONG], ids=lambda attack: attack.name
)
async def test_contained(attack: Attack) -> None:
    result = await run_attack(attack)
    assert len(result.stdout) <= SMALL.output
    assert len(result.stderr) <= SMALL.output


@pytest.mark.parametrize(
    "attack", [attack for attack in [*BUSY, *QUICK] if attack.name in FAST], ids=lambda attack: attack.name
)
async def test_busy_contained(attack: Attack) -> None:
    await run_attack(attack)


@pytest.mark.slow
@pytest.mark.parametrize(
    "attack",
    [attack for attack in [*BUSY, *(a for a in QUICK if a.name in LONG)] if attack.name not in FAST],
    ids=lambda attack: attack.name,
)
async def test_busy_contained_too(attack: Attack) -> None:
    await run_attack(attack)


async def test_cpu_of_the_whole_session_is_bounded() -> None:
    async with LocalSandbox(SMALL.__class__(cpu=1.0, time=1.0)) as session:
        results = [await session.run("while True: pass", timeout=0.8)]
        while not results[-1].closed and len(results) < 40:
            results.append(await session.run("while True: pass", timeout=0.8))
        assert results[-1].limit == "cpu"


async def test_output_beyond_the_limit_is_counted() -> None:
    async with LocalSandbox(SMALL) as session:
        result = await session.run("print('a' * 30_000, end='')")
        assert (len(result.stdout), result.omitted, result.limit) == (20_000, 10_000, "output")


async def test_memory_of_the_work_folder_does_not_outgrow_the_disk_limit() -> None:
    async with LocalSandbox(SMALL.__class__(disk=4 * MIB)) as session:
        result = await session.run("open('a', 'wb').write(bytes(5 * 2 ** 20))")
        assert result.limit == "disk"
        assert result.error is not None
        assert "Errno" in result.error.message
