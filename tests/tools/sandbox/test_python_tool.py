"""The `python` tool: what the model sees, one session an attempt, errors as values."""

import base64
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tools.offered.python import python
from tools.results import ToolEnv, ToolOutput
from tools.sandbox import Limits, LocalSessions
from traces.task import TaskFile


@pytest.fixture
async def env() -> AsyncIterator[ToolEnv]:
    made = ToolEnv(sessions=LocalSessions(Limits(output=2000)), files=(TaskFile(name="data/a.csv", content="x\n1\n"),))
    yield made
    await made.close()


async def call(code: str, env: ToolEnv | None) -> ToolOutput:
    message: Any = await python.ainvoke(
        {"type": "tool_call", "id": "c", "name": "python", "args": {"code": code, "env": env}}
    )
    assert message.content == message.artifact.content
    output: ToolOutput = message.artifact
    return output


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("6 * 7", "42"),
        ("print('a'); 'b'", "a\n'b'"),
        ("import sys; print('e', file=sys.stderr); print('o')", "o\ne"),
        ("x = 1", "Done, without output."),
        ("_ = open('r.txt', 'w').write('hi')", "Done. Files written: r.txt (2 bytes)"),
        ("open('data/a.csv').read()", "'x\\n1\\n'"),
    ],
)
async def test_shows(code: str, shown: str, env: ToolEnv) -> None:
    output = await call(code, env)
    assert (output.content, output.error) == (shown, None)


async def test_state_stays_within_the_attempt(env: ToolEnv) -> None:
    await call("x = 20", env)
    assert (await call("x + 1", env)).content == "21"


async def test_two_attempts_do_not_meet(env: ToolEnv) -> None:
    other = ToolEnv(sessions=env.sessions)
    await call("x = 20", env)
    assert "NameError" in (await call("x", other)).content
    await other.close()


async def test_an_error_comes_with_its_traceback_and_the_output_before_it(env: ToolEnv) -> None:
    output = await call("print('before')\n1 / 0", env)
    assert output.error == "execution_error"
    assert output.content.startswith('before\nTraceback (most recent call last):\n  File "<cell 1>", line 2')
    assert output.content.endswith("ZeroDivisionError: division by zero")
    assert output.data["error"] == "ZeroDivisionError"


async def test_time_up_is_told_and_the_session_stays(env: ToolEnv) -> None:
    env.limits = {"python": 0.3}
    await call("x = 1", env)
    output = await call("while True: pass", env)
    assert output.error == "timeout"
    assert output.content == "Error (timeout): TimeoutError: the call took longer than its time limit"
    assert (await call("x", env)).content == "1"


async def test_after_the_session_ended_the_next_call_has_a_new_one_with_the_files(env: ToolEnv) -> None:
    output = await call("import os; os._exit(3)", env)
    assert output.error == "execution_error"
    assert "exit status 3" in output.content
    assert output.content.endswith("The next call starts a new one.]")
    assert (await call("open('data/a.csv').read()", env)).error is None


async def test_output_is_whole_up_to_the_limit_and_says_what_is_left_out(env: ToolEnv) -> None:
    whole = await call("print('a' * 1999)", env)
    assert whole.content == "a" * 1999
    cut = await call("print('a' * 2500)", env)
    assert cut.content == "a" * 2000 + "\n[The output limit was reached: 501 more bytes are not shown.]"
    assert cut.error is None


async def test_files_come_as_artifacts(env: ToolEnv) -> None:
    output = await call("open('t.txt', 'w').write('é'); open('p.png', 'wb').write(b'\\x89PNG')", env)
    binary, text = output.artifacts
    assert (text.name, text.media_type, text.size, text.content, text.encoding) == (
        "t.txt",
        "text/plain",
        2,
        "é",
        "utf-8",
    )
    assert (binary.name, binary.media_type, binary.encoding) == ("p.png", "image/png", "base64")
    assert base64.b64decode(binary.content or "") == b"\x89PNG"


async def test_without_a_source_the_sandbox_is_unavailable() -> None:
    output = await call("1", None)
    assert output.error == "sandbox_unavailable"
    assert "ToolEnv" in output.content


async def test_too_much_code_is_the_models_error(env: ToolEnv) -> None:
    output = await call("#" * (1 << 20) + "!", env)
    assert output.error == "invalid_input"


async def test_the_same_code_gives_the_same_observation(env: ToolEnv) -> None:
    code = "import random\nprint(object(), {'b', 'a', 'c'}, random.random(), hash('x'))\nclass A: pass\nA()"
    other = ToolEnv(sessions=env.sessions)
    assert await call(code, env) == await call(code, other)
    await other.close()
