"""What every back end of the interpreter keeps to: the same code gives the same result, whoever runs it."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack

import pytest

from tests.tools.sandbox_e2b.standin import KEY, Standin
from tools.sandbox import CodeError, Limits, LocalSessions, ProducedFile, SandboxError, Session, SessionSource
from tools.sandbox.e2b import E2BSessions

BACKENDS = ("local", "e2b")


@pytest.fixture(params=BACKENDS)
async def source(request: pytest.FixtureRequest) -> AsyncIterator[SessionSource]:
    async with AsyncExitStack() as stack:
        made: SessionSource = LocalSessions()
        if request.param == "e2b":
            standin = await stack.enter_async_context(Standin.running())
            made = E2BSessions(KEY, connection=standin.connection)
        assert made.name == request.param
        stack.push_async_callback(made.close)
        yield made


@pytest.fixture
async def session(source: SessionSource) -> Session:
    return await source.open()


async def value(session: Session, code: str) -> str | None:
    result = await session.run(code)
    assert result.error is None, result.error
    return result.value


VALUES: list[tuple[str, str | None]] = [
    ("1 + 1", "2"),
    ("'42'", "'42'"),
    ("42", "42"),
    ('"it\'s"', '"it\'s"'),
    ("\"'a'\"", "\"'a'\""),
    ("''", "''"),
    ("x = 1", None),
    ("None", None),
    ("", None),
    ("list(range(400))", str(list(range(400)))),
    ("{'b': 1, 'a': (2, 'é\\n')}", "{'b': 1, 'a': (2, 'é\\n')}"),
    ("object()", "<object object at 0x0>"),
    ("'\\ud800'", "'\\ud800'"),
    ("__name__", "'__main__'"),
    ("import asyncio\nasync def f(): return 7\nasyncio.run(f())", "7"),
    ("async def f(): return 8\nawait f()", "8"),
    ("import random; random.random()", "0.8444218515250481"),
    ("import os; os.getcwd()", "'/home/user'"),
    ("import os; os.environ.get('E2B_API_KEY')", None),
]


async def test_a_value_is_the_repr_of_the_last_expression(session: Session) -> None:
    found = [(code, await value(session, code)) for code, _ in VALUES]
    assert found == VALUES


async def test_output_comes_apart_and_whole(session: Session) -> None:
    result = await session.run("import sys\nprint('o' * 3000)\nprint('é', file=sys.stderr)\nprint('p')\n3")
    assert (result.stdout, result.stderr, result.value) == ("o" * 3000 + "\np\n", "é\n", "3")
    assert (result.limit, result.omitted, result.closed) == (None, 0, False)
    assert result.duration > 0


async def test_variables_imports_and_files_stay(session: Session) -> None:
    await session.run("import math\nx = 20\nopen('f.txt', 'w').write('kept')")
    assert await value(session, "x + math.floor(1.5), open('f.txt').read()") == "(21, 'kept')"


async def test_an_error_shows_the_code_and_no_frame_of_ours(session: Session) -> None:
    await session.run("def f():\n    return 1 / 0")
    result = await session.run("print('before')\nf()")
    assert result.stdout == "before\n"
    assert result.error is not None
    assert result.error[:2] == ("ZeroDivisionError", "division by zero")
    assert [line for line in result.error.traceback.splitlines() if set(line) - set(" ~^")] == [
        "Traceback (most recent call last):",
        '  File "<cell 2>", line 2, in <module>',
        "    f()",
        '  File "<cell 1>", line 2, in f',
        "    return 1 / 0",
        "ZeroDivisionError: division by zero",
    ]
    assert not result.closed


ERRORS = [
    ("x = = 1", "SyntaxError", "invalid syntax"),
    ("raise ValueError", "ValueError", ""),
    ("import sys; sys.exit(3)", "SystemExit", "3"),
    ("raise KeyboardInterrupt", "KeyboardInterrupt", ""),
    ("undefined", "NameError", "name 'undefined' is not defined"),
    ("[].pop()", "IndexError", "pop from empty list"),
]


async def test_errors_of_code_are_values(session: Session) -> None:
    for code, name, message in ERRORS:
        result = await session.run(code)
        assert result.error is not None
        assert result.error[:2] == (name, message)
    assert await value(session, "5") == "5"


async def test_a_call_that_is_late_is_told_and_the_session_stays(session: Session) -> None:
    await session.run("x = 3")
    result = await session.run("print('started', flush=True)\nwhile True: pass", timeout=0.3)
    assert result.limit == "time"
    assert result.error == CodeError("TimeoutError", "the call took longer than its time limit", "")
    assert (result.stdout, result.value, result.closed) == ("started\n", None, False)
    assert await value(session, "x") == "3"


async def test_code_that_swallows_its_interruption_is_late_all_the_same(session: Session) -> None:
    result = await session.run("try:\n    while True: pass\nexcept BaseException: pass\n'done'", timeout=0.3)
    assert (result.limit, result.value) == ("time", None)
    assert result.closed or await value(session, "4") == "4"


async def test_code_that_ends_the_interpreter_ends_the_session(source: SessionSource) -> None:
    session = await source.open()
    result = await session.run("import os; os._exit(3)")
    assert result.closed
    assert session.closed
    assert result.error is not None
    assert result.error.name == "InterpreterEnded"
    with pytest.raises(SandboxError, match="the session is closed"):
        await session.run("1")
    await session.close()
    assert await value(await source.open(), "6") == "6"


async def test_output_is_capped_and_the_rest_counted(source: SessionSource) -> None:
    session = await source.open(Limits(output=1000))
    result = await session.run("print('x' * 2999)")
    assert (result.stdout, result.omitted, result.limit) == ("x" * 1000, 2000, "output")
    result = await session.run("'y' * 1998")
    assert (result.value, result.omitted, result.limit) == ("'" + "y" * 999, 1000, "output")
    assert await value(session, "1") == "1"


async def test_files_go_in_and_come_out(source: SessionSource) -> None:
    session = await source.open(files={"data/a.csv": b"x\n1\n", "b.bin": bytes(range(256))})
    assert await value(session, "open('data/a.csv').read()") == "'x\\n1\\n'"
    await session.put("b.bin", b"new")
    assert await value(session, "open('b.bin', 'rb').read()") == "b'new'"
    result = await session.run("import os\nos.makedirs('out')\n_ = open('out/r.txt', 'wb').write(bytes(range(256)))")
    assert result.files == (ProducedFile("out/r.txt", 256, "text/plain"),)
    assert await session.get("out/r.txt") == bytes(range(256))
    assert (await session.run("1")).files == ()


LEAVING = ["../up", "/etc/passwd", "", "a/../../b", "a\0b"]


async def test_a_name_that_leaves_the_folder_is_refused(session: Session) -> None:
    for name in LEAVING:
        with pytest.raises(ValueError, match=r"work folder|null"):
            await session.put(name, b"x")
        with pytest.raises(FileNotFoundError):
            await session.get(name)
    assert await value(session, "1") == "1"


async def test_a_missing_file_is_told(session: Session) -> None:
    with pytest.raises(FileNotFoundError, match=r"none\.txt"):
        await session.get("none.txt")
    assert await value(session, "1") == "1"


async def test_a_placed_module_can_be_imported(source: SessionSource) -> None:
    session = await source.open(files={"helper.py": b"answer = 42\n"})
    assert await value(session, "from helper import answer\nanswer") == "42"


async def test_too_much_code_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="more than 1048576 bytes"):
        await session.run("#" * (1 << 20) + "\n")
    assert await value(session, "1") == "1"


async def test_sessions_do_not_meet(source: SessionSource) -> None:
    one, other = await source.open(), await source.open()
    await one.run("x = 1\nopen('f', 'w').write('1')")
    result = await other.run("import os\nprint(os.listdir('.'))\nx")
    assert result.stdout == "[]\n"
    assert result.error is not None
    assert result.error.name == "NameError"


async def test_a_figure_left_open_becomes_a_png(session: Session) -> None:
    pytest.importorskip("matplotlib")
    result = await session.run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nNone", timeout=60)
    assert result.error is None
    assert [(file.name, file.media_type) for file in result.files if file.name.endswith("png")] == [
        ("figure-1.png", "image/png")
    ]
    assert (await session.get("figure-1.png")).startswith(b"\x89PNG")


async def test_a_closed_session_says_so(source: SessionSource) -> None:
    session = await source.open()
    await session.close()
    assert session.closed
    await session.close()
    with pytest.raises(SandboxError, match="the session is closed"):
        await session.run("1")


async def test_closing_the_source_closes_its_sessions(source: SessionSource) -> None:
    sessions = [await source.open(), await source.open()]
    await source.close()
    assert all(session.closed for session in sessions)
