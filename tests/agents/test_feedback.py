"""What came of a program goes back to the agent that wrote it, and a program mended so is marked."""

from dataclasses import replace

import pytest
from langchain_core.messages import AIMessage

from agents.attempt import run_attempt
from agents.context import AttemptContext, AttemptLimits
from graders.base import all_graders
from scenarios.parts.judging import RepairPart
from tests.agents.scripted import ScriptedChatModel
from tools.results import ToolEnv
from tools.sandbox import LocalSessions
from traces import task as tasks
from traces.record import Trajectory
from traces.task import Answer, Oracle, Task

TWICE = Task(
    family="scripted",
    query="Write a Python function twice(x).",
    tools=(),
    oracle=Oracle(
        answer=Answer(kind="program", value="twice"),
        tests=tasks.Tests(entry_point="twice", test="def check(candidate):\n    assert candidate(21) == 42\n"),
        calls="optional",
    ),
)
WRONG = "Here it is:\n\n```python\ndef twice(x):\n    spare = 1\n    return x * 3\n```"
RIGHT = "Here it is:\n\n```python\ndef twice(x):\n    return 2 * x\n```"


async def rounds(*said: str) -> tuple[tuple[Trajectory, ...], ScriptedChatModel]:
    model = ScriptedChatModel(script=[AIMessage(one) for one in said], seen=[], offered=[])
    sessions = LocalSessions()
    context = AttemptContext(
        "t-0", TWICE, 0, "scripted", model, {}, ToolEnv(sessions=sessions), tuple(all_graders().values())
    )
    try:
        return await run_attempt(replace(context, limits=AttemptLimits(repairs=len(said) - 1))), model
    finally:
        await sessions.close()


async def test_the_failing_call_static_analysis_and_the_program_go_back_without_what_was_expected() -> None:
    traces, model = await rounds(WRONG, RIGHT)
    note = str(model.seen[1][0].content)
    assert "`twice(21)` gives 63" in note
    assert "`spare = 1`: F841" in note or traces[0].executions[0].analysis == ()
    assert "return x * 3" in note
    assert "42" not in note


async def test_first_wrong_then_right_is_marked() -> None:
    (first, second), _ = await rounds(WRONG, RIGHT)
    assert first.decision
    assert second.decision
    assert (first.corrected, first.decision.outcome) == (False, "repair")
    assert (second.corrected, second.decision.outcome) == (True, "keep")


async def test_right_at_once_is_not_marked() -> None:
    ((only,), _) = await rounds(RIGHT)
    assert not only.corrected


@pytest.mark.parametrize(
    ("rounds_", "hard", "difficulty", "expected"), [(1, None, 9, 1), (1, 3, 3, 1), (1, 3, 4, 3), (0, 3, 9, 0)]
)
def test_hard_tasks_are_revised_more_often(rounds_: int, hard: int | None, difficulty: int, expected: int) -> None:
    assert RepairPart(rounds=rounds_, hard_rounds=hard).rounds_for(difficulty) == expected
