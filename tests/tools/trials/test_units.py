"""Tests taken apart into what they demand, and how many of it a solution meets."""

from collections.abc import AsyncIterator

import pytest

from tools.sandbox import LocalSessions
from tools.trials.units import joined, passing, units_of

CHECK = '''
import math

def check(f):
    """Border cases too."""
    assert f([]) == 0
    total = math.fsum([1, 2])
    assert f([1, 2]) == total
    for n in (3, 4):
        assert f([n]) == n

check(add)
'''


@pytest.fixture
async def sessions() -> AsyncIterator[LocalSessions]:
    source = LocalSessions()
    yield source
    await source.close()


def test_each_assert_stands_with_what_it_needs() -> None:
    first, second, third = units_of(CHECK)
    assert first.splitlines() == ["f = candidate", "assert f([]) == 0"]
    assert second.splitlines()[:3] == ["import math", "f = candidate", "total = math.fsum([1, 2])"]
    assert third.endswith("assert f([n]) == n")


@pytest.mark.parametrize(
    "test",
    [
        "assert add([]) == 0\nassert add([1]) == 1",
        "def test_none():\n    assert add([]) == 0\n\ndef test_one():\n    assert add([1]) == 1",
    ],
)
def test_bare_asserts_and_functions_are_units_too(test: str) -> None:
    assert units_of(test) == ("assert add([]) == 0", "assert add([1]) == 1")


async def test_one_run_tells_of_every_unit(sessions: LocalSessions) -> None:
    units = (*units_of(CHECK), "assert candidate([2, 2]) == 5")
    assert (await passing("add", units, "def add(xs):\n    return sum(xs)", sessions))[0] == (True, True, True, False)
    passed, trial = await passing("add", units, "def add(xs):\n    return xs[0]", sessions)
    assert passed == (False, False, True, False)
    assert not trial.passed
    assert (await passing("add", units, "def add(xs)", sessions))[0] == (False,) * 4


async def test_chosen_units_make_one_test(sessions: LocalSessions) -> None:
    test = joined(units_of(CHECK)[:2])
    assert all((await passing("add", (f"{test}check(candidate)",), "def add(xs):\n    return sum(xs)", sessions))[0])
    compile(test, "test", "exec")


async def test_what_is_not_installed_costs_only_the_units_that_use_it(sessions: LocalSessions) -> None:
    test = (
        "import nowhere\n\ndef check(candidate):\n    with nowhere.raises(ValueError):\n        candidate(None)\n"
        "    assert candidate([4]) == 4\n"
    )
    units = units_of(test)
    assert len(units) == 2
    assert (await passing("add", units, "def add(xs):\n    return sum(xs)", sessions))[0] == (False, True)
