"""What every session does: state, values, errors, files, limits, and the same output for the same code."""

import asyncio

import pytest

from tools.sandbox import Limits, LocalSandbox, LocalSession, LocalSessions, Session, SessionSource
from tools.sandbox.host import Level

LEVELS: list[Level] = ["full", "reduced"]


@pytest.fixture(params=LEVELS)
def level(request: pytest.FixtureRequest) -> Level:
    found: Level = request.param
    return found


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("1 + 1", "2"),
        ("x = 1", None),
        ("None", None),
        ("", None),
        ("# only a comment", None),
        ("def f():\n    return 7\nf()", "7"),
        ("'é\\u4e2d'", "'é中'"),
        ("import asyncio\nawait asyncio.sleep(0, 'slept')", "'slept'"),
        ("import numpy as np; np.arange(3).sum()", "np.int64(3)"),
        ("import sympy; sympy.integrate('x**2')", "x**3/3"),
        ("__name__", "'__main__'"),
        ("import pickle\nclass A: pass\npickle.loads(pickle.dumps(A())).__class__ is A", "True"),
        ("import os; os.getuid(), os.getcwd()", None),
        ("[n for n in range(3)]; 5", "5"),
    ],
)
async def test_value(code: str, value: str | None) -> None:
    async with LocalSandbox() as session:
        result = await session.run(code)
        assert result.error is None, result.error
        if value is not None or "os." not in code:
            assert result.value == value


async def test_state_stays(level: Level) -> None:
    async with LocalSandbox(level=level) as session:
        await session.run("import math\nx = 1\ndef f(n): return n + x")
        await session.run("x = 41")
        assert (await session.run("f(1), math.pi > 3")).value == "(42, True)"


async def test_streams_are_apart(level: Level) -> None:
    async with LocalSandbox(level=level) as session:
        result = await session.run(
            "import sys\nprint('out')\nprint('err', file=sys.stderr)\nsys.stdout.write('no newline')\nNone"
        )
        assert (result.stdout, result.stderr) == ("out\nno newline", "err\n")


@pytest.mark.parametrize(
    ("code", "name", "message", "line"),
    [
        ("1 / 0", "ZeroDivisionError", "division by zero", 1),
        ("x = 1\nx.foo", "AttributeError", "'int' object has no attribute 'foo'", 2),
        (
            "import json\njson.loads('{')",
            "JSONDecodeError",
            "Expecting property name enclosed in double quotes: line 1 column 2 (char 1)",
            2,
        ),
        ("x = (", "SyntaxError", "'(' was never closed", 1),
        ("def f(:\n  pass", "SyntaxError", "invalid syntax", 1),
        ("assert False, 'no'", "AssertionError", "no", 1),
        ("raise KeyError('k')", "KeyError", "'k'", 1),
    ],
)
async def test_error(code: str, name: str, message: str, line: int) -> None:
    async with LocalSandbox() as session:
        error = (await session.run(code)).error
        assert error is not None
        assert (error.name, error.message) == (name, message)
        assert f'File "<cell 1>", line {line}' in error.traceback
        assert code.splitlines()[line - 1].strip() in error.traceback
        assert "worker" not in error.traceback


async def test_paths_in_tracebacks_do_not_depend_on_the_host() -> None:
    async with LocalSandbox() as session:
        error = (await session.run("import sympy; sympy.sympify('(')")).error
        assert error is not None
        places = {line.split('"')[1] for line in error.traceback.splitlines() if line.startswith("  File")}
        assert all(place.startswith(("<", "/opt/", "/usr/")) for place in places), places


async def test_equal_code_gives_equal_results(level: Level) -> None:
    code = (
        "import random, os, sys, time, tempfile, numpy\n"
        "print({'a', 'b', 'c', 'd'}, hash('x'), random.random(), numpy.random.rand(), object(), print)\n"
        "print(tempfile.gettempdir() and 0, time.tzname, sys.flags.hash_randomization, os.cpu_count() and 0)\n"
        "class A: pass\n"
        "raise ValueError(A())"
    )
    results = []
    for _ in range(2):
        async with LocalSandbox(level=level) as session:
            result = await session.run(code)
            results.append((result.stdout, result.stderr, result.value, result.error))
    assert results[0] == results[1]


async def test_files_in_and_out(level: Level) -> None:
    async with LocalSandbox(files={"in/data.csv": b"a,b\n1,2\n"}, level=level) as session:
        result = await session.run(
            "import os\nos.mkdir('out')\nopen('out/x.json', 'w').write(open('in/data.csv').read())\nNone"
        )
        assert [(file.name, file.size, file.media_type) for file in result.files] == [
            ("out/x.json", 8, "application/json")
        ]
        assert await session.get("out/x.json") == b"a,b\n1,2\n"
        assert (await session.run("1")).files == ()
        again = await session.run("open('out/x.json', 'a').write('more')")
        assert [file.size for file in again.files] == [12]


async def test_large_files() -> None:
    content = bytes(range(256)) * 40_000
    async with LocalSandbox(files={"big": content}) as session:
        assert (await session.run("len(open('big', 'rb').read())")).value == str(len(content))
        assert await session.get("big") == content


async def test_a_placed_file_is_the_codes_own(level: Level) -> None:
    async with LocalSandbox(files={"a.txt": b"1"}, level=level) as session:
        result = await session.run("open('a.txt', 'a').write('2'); import os; os.remove('a.txt')")
        assert result.error is None


async def test_time_up_keeps_the_session(level: Level) -> None:
    async with LocalSandbox(level=level) as session:
        await session.run("x = 5")
        result = await session.run("print('so far')\nwhile True: pass", timeout=0.3)
        assert (result.limit, result.closed, result.stdout) == ("time", False, "so far\n")
        assert result.error is not None
        assert result.error.name == "TimeoutError"
        assert (await session.run("x")).value == "5"


async def test_a_forked_copy_that_comes_to_the_end_answers_nothing() -> None:
    code = "import os\nchild = os.fork()\nif child: os.waitpid(child, 0)\nprint('parent' if child else 'child')"
    async with LocalSandbox() as session:
        first = await session.run(code)
        assert first.error is None
        assert sorted(first.stdout.split()) == ["child", "parent"]
        assert (await session.run("1 + 1")).value == "2"


async def test_two_calls_at_once_take_turns() -> None:
    async with LocalSandbox() as session:
        await session.run("log = []")
        code = "import time\nlog.append('in')\ntime.sleep(0.1)\nlog.append('out')"
        await asyncio.gather(session.run(code), session.run(code))
        assert (await session.run("log")).value == "['in', 'out', 'in', 'out']"


async def test_sessions_do_not_share(level: Level) -> None:
    source = LocalSessions(level=level)
    one, two = await source.open(), await source.open()
    await one.run("import math; math.pi = 3; open('x', 'w').write('1')")
    assert (await two.run("import os, math; os.listdir('.'), math.pi > 3.1")).value == "([], True)"
    await source.close()


async def test_an_open_figure_becomes_a_picture() -> None:
    pytest.importorskip("matplotlib")
    async with LocalSandbox(Limits(time=60)) as session:
        result = await session.run("import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()", timeout=60)
        assert result.error is None, result.error
        assert [(file.name, file.media_type) for file in result.files] == [("figure-1.png", "image/png")]
        assert (await session.get("figure-1.png")).startswith(b"\x89PNG")


async def test_pandas_is_usable() -> None:
    pytest.importorskip("pandas")
    async with LocalSandbox(Limits(time=60), {"a.csv": b"x,y\n1,2\n3,4\n"}) as session:
        result = await session.run("import pandas as pd\npd.read_csv('a.csv')['y'].sum()", timeout=60)
        assert result.value == "np.int64(6)"


async def test_a_session_is_a_session() -> None:
    source: SessionSource = LocalSessions()
    session: Session = await source.open(Limits(time=5), {"a": b"1"})
    assert isinstance(session, LocalSession)
    assert not session.closed
    await session.close()
    assert session.closed
    await session.close()
