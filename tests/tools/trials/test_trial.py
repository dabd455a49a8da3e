"""A solution is judged by what it returns; it cannot see what is expected, and what it claims counts for nothing."""

import importlib.util
import marshal
from collections.abc import AsyncIterator
from typing import Any

import pytest

from tools.sandbox import LocalSessions
from tools.trials import CodeProblem, Trial, attempt, trial

LARGEST = CodeProblem(
    "Write a function that gives the largest number of a list.",
    "largest",
    "assert largest([3, 1]) == 3\nassert largest([2, 9, 4]) == 9\nassert largest([-5]) == -5",
)


@pytest.fixture
async def sessions() -> AsyncIterator[LocalSessions]:
    source = LocalSessions()
    yield source
    await source.close()


async def test_a_right_solution_passes_apart_from_its_tests(sessions: LocalSessions) -> None:
    assert await attempt(LARGEST, "def largest(xs):\n    return max(xs)", sessions) == Trial(True, calls=3)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("def largest(xs):\n    return xs[0]", "line 2 of the test: AssertionError"),
        ("def largest(xs) return 1", "no Python"),
        ("def smallest(xs):\n    return 1", "does not define largest"),
        ("def largest(xs):\n    '''Only a docstring.'''", "does not define largest"),
        ("def largest(xs):\n    while True: pass", "limit of time"),
        ("raise SystemExit(0)\ndef largest(xs):\n    return max(xs)", "SystemExit"),
        ("import os\ndef largest(xs):\n    os._exit(0)", "exit status 0"),
        ("class Any:\n    def __eq__(self, o): return True\ndef largest(xs):\n    return Any()", "what it equals"),
        ("class Any(int):\n    def __eq__(self, o): return True\ndef largest(xs):\n    return Any()", "what it equals"),
        (
            "import builtins, sys\ndef largest(xs):\n    builtins.compile = lambda *a, **k: 'pass'\n"
            "    sys.modules['__main__'].run_test = lambda *a: '{\"status\": \"passed\"}'\n    return 0",
            "AssertionError",
        ),
        (
            "import gc\nfound = [o for o in gc.get_objects() if isinstance(o, str) and 'largest([3' in o]\n"
            "def largest(xs):\n    return {2: 3, 3: 9, 1: -5}[len(xs)] if found else None",
            "AssertionError",
        ),
    ],
)
async def test_a_wrong_or_deceitful_one_does_not(sessions: LocalSessions, said: str, why: str) -> None:
    found = await attempt(LARGEST, said, sessions, seconds=2)
    assert not found.passed
    assert why in found.reason


async def test_a_fence_around_the_code_and_words_before_it_are_read(sessions: LocalSessions) -> None:
    said = "First a look:\n```bash\nls\n```\nHere it is:\n```python\ndef largest(xs):\n    return max(xs)\n```\nIt uses max."
    assert (await attempt(LARGEST, said, sessions)).passed


async def test_what_was_changed_in_place_is_seen_by_the_tests(sessions: LocalSessions) -> None:
    problem = CodeProblem(
        "", "halve", "x = [4, 2]\nhalve(x)\nassert x == [2, 1]\nd = {'a': 4}\nhalve(d)\nassert d['a'] == 2"
    )
    right = "def halve(x):\n    for k in (x if isinstance(x, dict) else range(len(x))):\n        x[k] //= 2"
    assert (await attempt(problem, right, sessions)) == Trial(True, calls=2)
    assert not (await attempt(problem, "def halve(x):\n    x = [v // 2 for v in x]", sessions)).passed


async def test_later_calls_may_depend_on_earlier_results(sessions: LocalSessions) -> None:
    problem = CodeProblem("", "step", "x = 0\nwhile x < 10:\n    x = step(x)\nassert x == 10")
    assert (await attempt(problem, "def step(x):\n    return x + 1", sessions)).passed
    assert not (await attempt(problem, "def step(x):\n    return x + 3", sessions)).passed


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("def largest(xs):\n    return min(xs)", "`largest([3, 1])` gives 1"),
        (
            "def largest(xs):\n    return [][3]",
            "`largest([3, 1])` raises IndexError: list index out of range (line 2 of the program)",
        ),
        ("def largest(xs)\n    return 1", "the solution is no Python: expected ':' (line 1)"),
        (
            "import nothing_such\ndef largest(xs):\n    return 1",
            "the solution raised ModuleNotFoundError: No module named 'nothing_such'",
        ),
    ],
)
async def test_what_a_wrong_solution_did_is_told_without_what_was_expected(
    said: str, told: str, sessions: LocalSessions
) -> None:
    assert (await attempt(LARGEST, said, sessions)).told == told


def test_an_interpreter_of_another_make_is_given_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "MAGIC_NUMBER", b"another")
    monkeypatch.setattr(marshal, "loads", lambda code: pytest.fail("compiled code of another make was loaded"))
    space: dict[str, Any] = {}
    exec(trial.inside_code(), space)
    assert callable(space["run_test"])
