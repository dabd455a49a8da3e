"""Problems that a model poses, solves and tests; execution chooses, whatever the model claims."""

import json
from collections.abc import AsyncIterator

import pytest
from langchain_core.messages import AIMessage

from agents.instruct.graph import instruct, task_of
from agents.instruct.nodes.mend import wrong_tests
from agents.instruct.state import InstructContext, Topic
from agents.teacher import TeacherChatModel
from agents.teacher_author import understood
from scenarios.families.list_function import spec_of
from scenarios.instructing import is_seed, seed_task
from scenarios.programs import code_of
from tests.agents.scripted import ScriptedChatModel
from tools.sandbox import LocalSessions
from tools.trials import CodeProblem, attempt
from traces.task import Tests as Hidden

POSED = json.dumps(
    {"name": "half", "problem": "Write a Python function half(x) that gives half of a whole number, rounded down."}
)
RIGHT = "```python\ndef half(x):\n    return x // 2\n```"
WRONG = ("```python\ndef half(x):\n    return x / 3\n```", "```python\ndef half(x):\n    return x\n```")
CHECKS = "```python\ndef check(candidate):\n    assert candidate(7) == 3\n    assert candidate(-1) == -1\n    assert candidate(9) == 5\n```"


@pytest.fixture
async def sessions() -> AsyncIterator[LocalSessions]:
    source = LocalSessions()
    yield source
    await source.close()


def scripted(*said: str) -> ScriptedChatModel:
    return ScriptedChatModel(script=[AIMessage(one) for one in said], seen=[], offered=[])


def context(model: object, sessions: LocalSessions, **more: int) -> InstructContext:
    return InstructContext(model, sessions, **{"solutions": 3, "tests": 1, "seed": 5, **more})  # type: ignore[arg-type]


async def test_a_wrong_test_costs_a_right_solution_nothing(sessions: LocalSessions) -> None:
    outcome = await instruct(Topic("halves", 1), context(scripted(POSED, RIGHT, WRONG[0], RIGHT, CHECKS), sessions))
    found = outcome.instructed
    assert found, outcome.refused
    assert (found.agreeing, found.candidates, found.tests, found.dropped, found.mended) == (2, 3, 2, 1, 0)
    assert "candidate(9)" not in found.test
    task = task_of(found, seed_task(1, 0, None), "scripted")
    assert task.oracle
    assert isinstance(task.oracle.tests, Hidden)
    assert not is_seed(task)
    assert (await attempt(CodeProblem("", "half", task.oracle.tests.test), RIGHT, sessions)).passed
    assert not (await attempt(CodeProblem("", "half", task.oracle.tests.test), WRONG[1], sessions)).passed


async def test_what_failed_goes_back_and_is_mended(sessions: LocalSessions) -> None:
    said = f"{RIGHT}\nWrong tests: 3"
    model = scripted(POSED, *WRONG, RIGHT, CHECKS, said, WRONG[1], said)
    outcome = await instruct(Topic("halves", 1), context(model, sessions))
    assert outcome.instructed, outcome.refused
    assert (outcome.instructed.agreeing, outcome.instructed.mended, outcome.instructed.dropped) == (2, 1, 0)
    reports = [str(asked[-1].content) for asked in model.seen[5:8]]  # asked at once: any may be the first
    wrong = [report for report in reports if "Test 1:\nassert candidate(7) == 3" in report]
    assert len(wrong) == 2
    assert sorted("`half(9)` gives 3.0" in report for report in wrong) == [False, True]
    assert sorted("`half(9)` gives 9" in report for report in wrong) == [False, True]


async def test_a_problem_nobody_agrees_on_is_posed_anew_and_then_given_up(sessions: LocalSessions) -> None:
    third = "```python\ndef half(x):\n    return None\n```"
    model = scripted(POSED, *WRONG, third, CHECKS, POSED, *WRONG, third, CHECKS)
    outcome = await instruct(Topic("halves", 1), context(model, sessions, rounds=0))
    assert outcome.instructed is None
    assert outcome.refused
    assert outcome.refused[0] == "disagreement"
    assert len(outcome.messages) == 5  # brief and problem, the request to put it anew, and that


@pytest.mark.parametrize(
    ("said", "gate"),
    [
        (("nonsense", "still none"), "unreadable"),
        ((json.dumps({"name": "sum", "problem": "Write a function that adds numbers up."}),) * 2, "unreadable"),
        ((POSED, RIGHT, RIGHT, RIGHT, "no test"), "untested"),
        ((POSED, RIGHT, RIGHT, RIGHT, "def check(candidate):\n    assert candidate(0) == 0"), "weak_tests"),
    ],
)
async def test_what_is_not_fit_is_refused_by_name(said: tuple[str, ...], gate: str, sessions: LocalSessions) -> None:
    outcome = await instruct(Topic("halves", 1), context(scripted(*said), sessions))
    assert outcome.refused
    assert outcome.refused[0] == gate


async def test_the_teachers_wrong_solutions_and_tests_are_not_chosen(sessions: LocalSessions) -> None:
    teacher = TeacherChatModel(faults={"wrong_solution": 0.3, "wrong_test": 0.2})
    kept = 0
    for number, topic in enumerate(("sorting", "graphs", "dates", "change")):
        outcome = await instruct(Topic(topic, 1 + number % 3), InstructContext(teacher, sessions, seed=100 * number))
        if outcome.instructed is None:
            continue
        known = understood(outcome.instructed.posed.problem)
        assert known
        right = code_of(spec_of(known[1]["steps"]), outcome.instructed.posed.name)
        assert (
            await attempt(CodeProblem("", outcome.instructed.posed.name, outcome.instructed.test), right, sessions)
        ).passed
        kept += 1
    assert kept >= 2


def test_the_tests_that_a_reply_calls_wrong() -> None:
    assert wrong_tests(f"{RIGHT}\n\nWrong tests: 2, 5") == [2, 5]
    assert wrong_tests(f"{RIGHT}\n\n**Wrong tests:** none") == []
    assert wrong_tests(RIGHT) == []


def test_topics_come_round_at_other_levels() -> None:
    seeds = [seed_task(3, number, None) for number in range(150)]
    assert len({task.query for task in seeds}) == 150
    assert {task.difficulty for task in seeds} == {1, 3, 5}
