"""Whole programs are tried as their authors ran them, however they read, write and end."""

import time
from collections.abc import AsyncIterator

import pytest

from tools import trials
from tools.sandbox import LocalSessions
from tools.trials import CodeProblem, Trial, attempt
from tools.trials.script import SCRIPT

TEST = "def check(candidate):\n    assert candidate('4 5\\n').split() == ['9']\n"


@pytest.fixture
async def sessions() -> AsyncIterator[LocalSessions]:
    source = LocalSessions()
    yield source
    await source.close()


async def tried(program: str, sessions: LocalSessions, test: str = TEST) -> Trial:
    return await attempt(CodeProblem("Add two numbers.", SCRIPT, test), program, sessions)


@pytest.mark.parametrize(
    "program",
    [
        "a, b = map(int, input().split())\nprint(a + b)",
        "print(sum(map(int, open(0).read().split())))",
        "import sys\nprint(sum(map(int, sys.stdin.buffer.read().split())))\nsys.exit()\n",
        "import threading\ndef main():\n    print(sum(map(int, input().split())))\nthreading.Thread(target=main).start()",
        "def main():\n    print(sum(map(int, input().split())))\nif __name__ == '__main__':\n    main()",
        "Here it is:\n```python\nprint(sum(map(int, input().split())))\n```",
    ],
)
async def test_a_right_program_passes(program: str, sessions: LocalSessions) -> None:
    assert (await tried(program, sessions)).passed


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("print(8)", "gives '8\\n'"),
        ("a = 1\nprint(int(input()))", "(line 2 of the program)"),
        ("def broken(:", "no Python"),
        ("", "empty"),
    ],
)
async def test_a_wrong_one_does_not_and_says_what_it_did(program: str, said: str, sessions: LocalSessions) -> None:
    trial = await tried(program, sessions)
    assert not trial.passed
    assert said in trial.told


async def test_more_than_a_call_may_hold_goes_in_a_file(sessions: LocalSessions) -> None:
    long = " ".join(map(str, range(150_000)))
    test = f"def check(candidate):\n    assert candidate({long!r}) == {long!r} * 2\n"
    assert (await tried("print(input() * 2, end='')", sessions, test)).passed
    assert not (await tried("print(input(), end='')", sessions, test)).passed


async def test_a_test_that_passes_any_program_tests_nothing(sessions: LocalSessions) -> None:
    assert await trials.tests_nothing(
        CodeProblem("", SCRIPT, "def check(candidate):\n    assert candidate('') or True\n"), sessions
    )
    assert not await trials.tests_nothing(CodeProblem("", SCRIPT, TEST), sessions)


async def test_a_program_that_does_not_end_is_tried_on_one_input_only(
    sessions: LocalSessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.trials.script._ONE", 2)
    endless = "number = int(input().split()[0])\nwhile number > 1: pass\nprint(3)"
    test = (
        "def check(candidate):\n    assert candidate('1 2').strip() == '3'\n"
        + "    assert candidate('4 5').strip() == '9'\n" * 30
    )
    started = time.monotonic()
    found = await tried(endless, sessions, test)
    assert not found.passed
    assert "does not end within 2 seconds" in found.reason
    assert time.monotonic() - started < 30
