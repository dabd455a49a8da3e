"""The hidden tests of procedural problems find out at least four fifths of the mutants that anything tells apart, shown by running them."""

import random
from typing import Any

import pytest

from scenarios.families.list_function import KILLED, spec_of
from scenarios.family import TruthError, all_families
from scenarios.programs import Spec, code_of, evaluate, inputs, mutants
from scenarios.world import World, build_world
from traces.task import Calls, Task
from traces.task import Tests as Hidden

COUNT = 25


@pytest.fixture(scope="module")
def world() -> World:
    return build_world(3, 100)


def tasks(family: str, world: World) -> list[Task]:
    found = []
    for index in range(COUNT):
        try:
            found.append(all_families()[family].item(world, 77, index))
        except TruthError:
            continue
    assert len(found) > COUNT // 2
    return found


def real(spec: Spec) -> list[Spec]:
    """The mutants that some input of many tells from the right function; the others are equivalent."""
    many = inputs(random.Random(901), 400)
    return [m for _, m in mutants(spec) if any(evaluate(m, xs) != evaluate(spec, xs) for xs in many)]


def passes(tests: Hidden, code: str) -> bool:
    """Whether our own code, made from a specification, passes: run right here."""
    space: dict[str, Any] = {}
    exec(code, space)
    exec(tests.test, space)
    try:
        space["check"](space[tests.entry_point])
    except AssertionError:
        return False
    return True


@pytest.mark.parametrize("family", ["list_function", "fix_function"])
def test_hidden_tests_pass_the_reference_and_kill_mutants(family: str, world: World) -> None:
    for task in tasks(family, world):
        assert task.brief
        assert task.oracle
        assert isinstance(task.oracle.tests, Hidden)
        spec, name = spec_of(task.brief.ask["steps"]), task.brief.ask["name"]
        assert passes(task.oracle.tests, code_of(spec, name))
        wrong = real(spec)
        killed = sum(not passes(task.oracle.tests, code_of(mutant, name)) for mutant in wrong)
        assert killed >= KILLED * len(wrong), f"{killed} of {len(wrong)} in {task.query}"


def test_a_translation_is_tried_on_more_than_fifty_inputs(world: World) -> None:
    for task in tasks("translation", world):
        assert task.oracle
        assert isinstance(task.oracle.tests, Calls)
        assert len({case.given for case in task.oracle.tests.cases}) >= 50
