"""The tool `program`: a whole program in, what it prints out; errors are values."""

from collections.abc import AsyncIterator

import pytest

from tools.offered.program import program
from tools.results import ToolEnv, ToolOutput
from tools.sandbox import LocalSessions
from tools.trials.dialects import absent


@pytest.fixture
async def env() -> AsyncIterator[ToolEnv]:
    sessions = LocalSessions()
    yield ToolEnv(sessions=sessions)
    await sessions.close()


async def call(env: ToolEnv, language: str, source: str, stdin: str = "") -> ToolOutput:
    request = {"language": language, "source": source, "stdin": stdin, "env": env}
    message = await program.ainvoke({"type": "tool_call", "id": "c1", "name": "program", "args": request})
    output: ToolOutput = message.artifact
    assert message.content == output.content
    return output


async def test_a_program_reads_its_input_and_nothing_is_left_of_an_earlier_one(env: ToolEnv) -> None:
    code = "import os, sys\nprint(sys.stdin.read().upper(), os.path.exists('left'))\nopen('left', 'w').close()"
    assert (await call(env, "python", code, "abc")).content == "ABC False"
    assert (await call(env, "python", code, "abc")).content == "ABC False"


async def test_an_error_is_shown_to_the_model(env: ToolEnv) -> None:
    failing = await call(env, "sql", "SELECT a FROM nowhere;")
    assert failing.error == "execution_error"
    assert "no such table: nowhere" in failing.content


@pytest.mark.skipif(bool(absent("c")), reason="needs gcc")
async def test_what_does_not_compile_says_where(env: ToolEnv) -> None:
    failing = await call(env, "c", "int main() { return x; }")
    assert failing.error == "execution_error"
    assert "main.c:1" in failing.content


async def test_without_a_sandbox_and_on_a_hosted_one_it_says_so(env: ToolEnv) -> None:
    assert (await call(ToolEnv(), "c", "")).error == "sandbox_unavailable"
    assert env.sessions is not None
    env.sessions.name = "e2b"
    hosted = await call(env, "c", "")
    assert hosted.error == "sandbox_unavailable"
    assert "local sandbox alone" in hosted.content
