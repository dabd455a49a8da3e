"""Attacks on the harness: its protocol and descriptors, the interpreter around the code, what outlives a call, collected files."""

import asyncio
import os

import pytest

from tests.tools.sandbox.attacks import PRELUDE, SMALL, Attack, run_attack
from tools.sandbox import LocalSandbox, RunResult, SandboxError

FORGERY = """
import json
def frame(message):
    body = json.dumps(message).encode()
    return struct.pack('>I', len(body)) + body
"""

PROTOCOL = [
    Attack(
        "forged_frame", FORGERY + "os.write(3, frame({'id': 'x', 'value': 'forged'})); time.sleep(9)", (None,), True
    ),
    Attack("frame_of_gigabytes", "os.write(3, b'\\xff' * 100); time.sleep(9)", (None,), True),
    Attack("frame_of_garbage", "os.write(3, struct.pack('>I', 4) + b'\\xff{]x'); time.sleep(9)", (None,), True),
    Attack("frame_of_nesting", "os.write(3, struct.pack('>I', 40000) + b'[' * 40000); time.sleep(9)", (None,), True),
    Attack("frame_that_is_no_object", FORGERY + "os.write(3, frame([1, 2])); time.sleep(9)", (None,), True),
    Attack("half_a_frame", "os.write(3, b'\\x00\\x00')", (None,), True),
    Attack("flood_on_the_channel", "while True: os.write(3, b'\\x00' * 65536)", (None,), True),
    Attack(
        "reads_its_own_channel",
        """
        threading.Thread(target=lambda: os.read(3, 1 << 20), daemon=True).start()
        time.sleep(0.05)
        """,
        then="1 + 1",
        shown=None,
    ),
    Attack("closes_the_channel", "os.close(3)", (None,), True),
    Attack("closes_everything", "os.closerange(0, 4096)", (None,), True),
    Attack("replaces_the_channel", "os.dup2(os.pipe()[1], 3)", (None,), True),
    Attack("closes_its_output", "os.close(1); os.close(2); os.close(0)", then="print('back') or 2"),
    Attack("swaps_its_outputs", "os.dup2(2, 1); print('x')", then="print('back') or 2"),
    Attack("closes_sys_stdout", "sys.stdout.close(); sys.stderr.close()", (None,), None, then="1 + 1", shown="2"),
    Attack(
        "non_blocking_output",
        "os.set_blocking(1, False)\nfor _ in range(100): print('x' * 5000)",
        (None, "output"),
        None,
    ),
    Attack("no_stdin", "attempt('input', input)"),
    Attack(
        "result_that_is_no_text",
        """
        class S(str):
            def __len__(self): return -1
            def encode(self, *a): return 7
            def __getitem__(self, i): return 'ESCAPED'
        class A:
            def __repr__(self): return S('fine')
        A()
        """,
    ),
    Attack("lone_surrogates", "print('\\ud800'); raise ValueError('\\udcff')"),
    Attack("null_and_control_characters", "print('\\x00\\x1b[2J\\x07'); '\\x00'"),
]

INTERPRETER = [
    Attack(
        "poisoned_modules",
        """
        for name in list(sys.modules): sys.modules[name] = None
        """,
        shown="2",
    ),
    Attack(
        "poisoned_builtins",
        """
        for name in ('print', 'len', 'isinstance', 'compile', 'eval', 'exec', 'repr', 'str', 'open', '__import__', 'range', 'zip'):
            setattr(builtins, name, None)
        """,
        (None,),
        None,
        then="1 + 1",
        shown=None,
    ),
    Attack(
        "poisoned_functions",
        "import json, ast; os.write = os.read = json.dumps = json.loads = struct.pack = ast.Expr = None",
        (None,),
        None,
        shown=None,
    ),
    Attack("cleared_namespace", "globals().clear()"),
    Attack("trace_function", "sys.settrace(lambda *a: 1 / 0)", (None,), None, shown=None),
    Attack(
        "audit_hook",
        "sys.addaudithook(lambda *a: time.sleep(0) if a[0] != 'compile' else 1 / 0)",
        (None,),
        None,
        shown=None,
    ),
    Attack("excepthooks", "sys.excepthook = sys.unraisablehook = threading.excepthook = None; raise ValueError"),
    Attack("exit", "sys.exit(3)"),
    Attack("hard_exit", "os._exit(0)", (None,), True),
    Attack("at_exit", "import atexit; atexit.register(time.sleep, 100); sys.exit()"),
    Attack("quit_by_signal", "os.kill(os.getpid(), signal.SIGKILL)", (None,), True),
    Attack(
        "finalizer_that_hangs",
        """
        class A:
            def __del__(self): time.sleep(100)
        a = A(); del a
        """,
        ("time",),
    ),
    Attack(
        "error_that_cannot_be_shown",
        """
        class E(Exception):
            def __str__(self): raise self
            __repr__ = __str__
        raise E
        """,
    ),
    Attack(
        "error_with_a_false_name",
        "type('E', (Exception,), {'__name__': 7, '__module__': 8})()\nraise type('\\ud800', (Exception,), {})",
    ),
    Attack(
        "error_chain_without_end",
        """
        a, b = ValueError(), ValueError()
        a.__cause__, b.__cause__ = b, a
        raise a
        """,
    ),
    Attack("base_exception", "raise BaseException('x')"),
    Attack("keyboard_interrupt", "raise KeyboardInterrupt"),
    Attack("generator_exit", "raise GeneratorExit"),
    Attack(
        "timers",
        "signal.setitimer(signal.ITIMER_REAL, 0.2, 0.2)",
        (None,),
        None,
        then="__import__('time').sleep(0.5)",
        shown=None,
    ),
    Attack("interrupts_itself", "signal.raise_signal(signal.SIGINT)", ("time",)),
    Attack(
        "frames_of_the_harness",
        """
        frame = sys._getframe()
        while frame:
            print(frame.f_code.co_name, sorted(name for name in frame.f_globals if 'secret' in name.lower()))
            frame = frame.f_back
        """,
    ),
    Attack(
        "collected_objects",
        """
        import gc
        for thing in gc.get_objects():
            if isinstance(thing, (str, bytes)) and ('swordfish' in str(thing)): print('ESCAPED')
        """,
    ),
]

AFTERWARDS = [
    Attack(
        "child_that_stays",
        """
        if os.fork() == 0:
            os.setsid(); time.sleep(1000); os._exit(0)
        print('left')
        """,
        then="import os\ntry:\n    os.waitpid(-1, 0)\nexcept ChildProcessError:\n    pass\n1 + 1",
    ),
    Attack(
        "daemon",
        """
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                for fd in range(256):
                    try: os.close(fd)
                    except OSError: pass
                while True: time.sleep(1)
            os._exit(0)
        os.wait()
        """,
    ),
    Attack(
        "child_that_keeps_printing",
        """
        if os.fork() == 0:
            while True: os.write(1, b'late '); time.sleep(0.001)
        """,
        then="1 + 1",
    ),
    Attack(
        "thread_that_keeps_working",
        """
        counter = [0]
        def work():
            while True: counter[0] += 1; time.sleep(0.0001)
        threading.Thread(target=work, daemon=True).start()
        """,
        then="1 + 1",
    ),
    Attack(
        "children_on_every_signal",
        """
        for number in range(1, 65):
            try: signal.signal(number, lambda *a: os.fork())
            except (OSError, ValueError): pass
        """,
        (None,),
        None,
        shown=None,
    ),
]


@pytest.mark.parametrize("attack", [*PROTOCOL, *INTERPRETER, *AFTERWARDS], ids=lambda attack: attack.name)
async def test_contained(attack: Attack) -> None:
    await run_attack(attack)


async def _both(first: str, second: str) -> tuple[RunResult, RunResult]:
    async with LocalSandbox(SMALL) as session:
        await session.run(PRELUDE)
        return await session.run(first), await session.run(second)


async def test_output_of_a_killed_child_does_not_reach_the_next_call() -> None:
    loud = "if os.fork() == 0:\n    while True: os.write(1, b'late ')\ntime.sleep(0.1)"
    _, second = await _both(loud, "print('mine')")
    assert second.stdout == "mine\n"


async def test_a_thread_stands_still_between_calls() -> None:
    start = (
        "n = 0\ndef work():\n    global n\n    while True: n += 1; time.sleep(0.0005)\n"
        "threading.Thread(target=work, daemon=True).start()\ntime.sleep(0.1)\nn"
    )
    async with LocalSandbox(SMALL) as session:
        await session.run(PRELUDE)
        first = await session.run(start)
        await asyncio.sleep(0.5)
        second = await session.run("n")
    assert int(second.value or 0) - int(first.value or 0) < 200


async def test_a_frame_forged_with_the_right_id_ends_the_session_at_the_real_one() -> None:
    code = FORGERY + (
        "frame_ = sys._getframe()\n"
        "while 'request' not in frame_.f_locals: frame_ = frame_.f_back\n"
        "os.write(3, frame({'id': frame_.f_locals['request']['id'], 'value': 'forged'}))"
    )
    async with LocalSandbox(SMALL) as session:
        await session.run(PRELUDE)
        first = await session.run(code)
        if not first.closed:
            second = await session.run("1 + 1")
            assert second.closed
            assert second.error is not None
            with pytest.raises(SandboxError, match="closed"):
                await session.run("1 + 1")


FILES = {
    "symlink": "os.symlink('/etc/passwd', 'link.txt')",
    "folder_link": "os.symlink('/usr/lib', 'link')",
    "fifo": "os.mkfifo('pipe')",
    "socket": "os.mknod('node', 0o100600)",
    "long_names": "for i in range(100): open('n' * 200 + str(i), 'w').close()",
    "strange_names": "open(b'\\xff\\xfe', 'w').close(); open('a\\nb', 'w').close(); open('\\x1b[2J', 'w').close(); open('ok', 'w').close()",
    "deep": "for _ in range(60): os.mkdir('d'); os.chdir('d')\nopen('x', 'w').close(); os.chdir('/home/user')",
    "unreadable": "open('u', 'w').write('x'); os.chmod('u', 0)",
    "unlistable": "os.mkdir('f'); open('f/x', 'w').close(); os.chmod('f', 0)",
}


@pytest.mark.parametrize("kind", FILES)
async def test_collected_files_are_regular_files_with_plain_names(kind: str) -> None:
    async with LocalSandbox(SMALL) as session:
        await session.run(PRELUDE)
        result = await session.run(FILES[kind])
        assert result.error is None, result.error
        for file in result.files:
            assert file.name.isprintable()
            assert len(await session.get(file.name)) == file.size
        assert (await session.run("1 + 1")).value == "2"


@pytest.mark.parametrize("code", ["os.symlink('/etc/passwd', 'x')", "os.mkfifo('x')", "os.mkdir('x')", "pass"])
async def test_only_regular_files_can_be_fetched(code: str) -> None:
    async with LocalSandbox(SMALL) as session:
        await session.run(PRELUDE)
        await session.run(code)
        with pytest.raises(FileNotFoundError):
            await session.get("x")


@pytest.mark.parametrize("name", ["../x", "/etc/passwd", "a/../../x", "", "a//b", "a\0b", ".", "a/.."])
async def test_names_that_leave_the_work_folder_are_refused(name: str) -> None:
    async with LocalSandbox(SMALL) as session:
        with pytest.raises(ValueError, match="work folder"):
            await session.put(name, b"x")
        with pytest.raises(FileNotFoundError):
            await session.get(name)


async def test_a_link_in_the_way_is_not_followed_when_placing_a_file() -> None:
    async with LocalSandbox(SMALL) as session:
        await session.run("import os; os.symlink('/tmp', 'way'); os.symlink('/tmp/target', 'name')")
        with pytest.raises(SandboxError):
            await session.put("way/x", b"x")
        await session.put("name", b"x")
        assert (await session.run("os.path.exists('/tmp/target'), open('name').read()")).value == "(False, 'x')"


def test_the_host_is_untouched() -> None:
    assert not os.path.exists("/home/user/given.txt")
