# ruff: noqa: E501  (programs are data: broken up they cannot be read)
"""Written tests are worth what they tell apart: a right program from wrong ones."""

from collections.abc import AsyncIterator

import pytest

from tools.sandbox import LocalSessions
from tools.trials.tests_tried import Suspects, attempt_tests

TOP = Suspects(
    "top",
    "def top(xs):\n    return max(xs, default=None)\n",
    (
        "def top(xs):\n    return min(xs, default=None)\n",
        "def top(xs):\n    return max(xs)\n",
        "def top(xs):\n    return xs[0] if xs else None\n",
        "def top(xs):\n    return xs[-1] if xs else None\n",
    ),
    0.8,
)
GOOD = "def check(candidate):\n    assert candidate([1, 3, 2]) == 3\n    assert candidate([]) is None\n"


@pytest.fixture
async def sessions() -> AsyncIterator[LocalSessions]:
    source = LocalSessions()
    yield source
    await source.close()


@pytest.mark.parametrize(
    ("test", "passed", "why"),
    [
        (GOOD, True, ""),
        (f"Here they are:\n\n```python\n{GOOD}```\n", True, ""),
        ("def top(xs):\n    return max(xs, default=None)\n\ndef test_top():\n    assert top([1, 3, 2]) == 3\n    assert top([]) is None\n", True, ""),
        ("import unittest\nclass T(unittest.TestCase):\n    def test_it(self):\n        self.assertEqual(top([1, 3, 2]), 3)\n"
         "        self.assertIsNone(top([]))\n", True, ""),
        ("def check(candidate):\n    assert candidate([3, 3]) == 3\n", False, "find out 0 of 4"),
        ("def check(candidate):\n    assert candidate([1, 3, 2]) == 3\n", False, "find out 3 of 4"),
        ("def check(candidate):\n    assert candidate([1, 3, 2]) == 2\n", False, "fail on a right program"),
        ("def check(candidate):\n    assert False\n", False, "fail on a right program"),
        ("def check(candidate):\n    candidate([1])\n", False, "asserts nothing"),
        ("I would test empty lists.", False, "no Python"),
    ],
)  # fmt: skip
async def test_tests_pass_on_the_right_program_and_kill_wrong_ones(
    test: str, passed: bool, why: str, sessions: LocalSessions
) -> None:
    found = await attempt_tests(TOP, test, sessions)
    assert found.passed == passed, found.reason
    assert why in found.reason
