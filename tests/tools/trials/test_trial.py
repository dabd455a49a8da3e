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


@pytest.mark.parametrize(
    ("prompt", "said", "why"),
    [
        ("Add one.", "def f(x):\n    return x + 1", "the solution does not define g, but f"),
        ("def f(x):\n    '''Add one.'''\n", "    return x + 1", "the solution does not define g, but f"),
        ("def g(x):\n    '''Add one.'''\n", "    y = (1\n    return x + y", "'(' was never closed (line 1)"),
        ("Add one.", "    return x + 1", "only a body"),
    ],
)
async def test_why_no_program_can_be_made_is_told_of_the_solution_as_it_was_given(
    sessions: LocalSessions, prompt: str, said: str, why: str
) -> None:
    found = await attempt(CodeProblem(prompt, "g", "assert g(1) == 2"), said, sessions)
    assert not found.passed
    assert why in found.reason


MODULE = "from solution import {names}\n\ndef test_it():\n    assert f(1) == 2\n"


async def test_tests_may_import_the_solution_as_a_module(sessions: LocalSessions) -> None:
    whole = "class Box:\n    n = 1\n\ndef f(x):\n    return x + Box.n"
    apart = await attempt(CodeProblem("", "f", MODULE.format(names="f")), whole, sessions)
    assert (apart.passed, apart.together) == (True, False)
    beside = await attempt(
        CodeProblem("", "f", MODULE.format(names="f, Box") + "    assert Box.n == 1"), whole, sessions
    )
    assert (beside.passed, beside.together) == (True, True)
    for names in ("f", "f, Box"):
        wrong = await attempt(CodeProblem("", "f", MODULE.format(names=names)), whole.replace("+", "-"), sessions)
        assert "line 4 of the test: AssertionError" in wrong.reason


async def test_a_failing_test_case_is_told_by_name_and_line(sessions: LocalSessions) -> None:
    test = (
        "import unittest\n\nclass T(unittest.TestCase):\n    def test_one(self):\n        self.assertEqual(f(1), 2)\n"
    )
    found = await attempt(CodeProblem("", "f", test), "def f(x):\n    return x", sessions)
    assert found.reason == "AssertionError: 1 != 2 (test_one, line 5)"


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
