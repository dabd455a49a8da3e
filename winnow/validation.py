"""The self-check of a scenario: for each family a faultless solution must be kept, and the same with a wrong answer must be refused."""

import tempfile
from pathlib import Path
from typing import NamedTuple

from agents.attempt import run_attempt
from agents.context import AttemptContext, AttemptLimits
from agents.teacher import TeacherChatModel
from graders.base import Case, Grader, all_graders, judge_all
from graders.keep import decide
from scenarios.family import all_families
from scenarios.need import task_of
from scenarios.scenario import Scenario
from tools.catalogue import catalogue
from tools.results import ToolEnv
from traces.record import Trajectory
from traces.task import Answer, Task
from winnow.folder import RunFolder
from winnow.machine import Machine, machine
from winnow.plan import seed_of


class Finding(NamedTuple):
    """One family's result. `problem` names the first task that went wrong, and why."""

    family: str
    tasks: int
    kept: int
    refused: int
    problem: str = ""

    @property
    def ok(self) -> bool:
        return not self.problem


async def validate(scenario: Scenario, count: int) -> list[Finding]:
    """Check every family of the scenario on `count` tasks each. Raises MachineError."""
    with tempfile.TemporaryDirectory() as folder:
        async with machine(scenario, RunFolder(Path(folder))) as parts:
            return [await _family(name, scenario, parts, count) for name in scenario.tasks.families]


async def _family(name: str, scenario: Scenario, parts: Machine, count: int) -> Finding:
    graders = [all_graders()[grader] for grader in scenario.graders]
    kept = refused = 0
    problem = ""
    for index in range(count):
        try:
            task = task_of(all_families()[name], parts.world, scenario.seed, index)
            trace = await _solve(task, scenario, parts, graders)
        except Exception as error:  # the boundary of a family
            return Finding(name, count, kept, refused, f"task {index}: {type(error).__name__}: {error}")
        right, wrong = _reasons(trace, graders), _reasons(with_wrong_answer(trace), graders)
        kept += not right
        refused += bool(wrong)
        problem = problem or (f"task {index}: a right solution was refused: {right}" if right else "")
        problem = problem or ("" if wrong else f"task {index}: a wrong answer was accepted")
    return Finding(name, count, kept, refused, problem)


async def _solve(task: Task, scenario: Scenario, parts: Machine, graders: list[Grader]) -> Trajectory:
    env = ToolEnv(search=parts.search, sessions=parts.sessions, files=task.files)
    context = AttemptContext(
        key="validate",
        task=task,
        attempt=0,
        model_name="teacher",
        model=TeacherChatModel(),
        tools={tool: catalogue()[tool] for tool in scenario.offered(task.tools)},
        env=env,
        graders=graders,
        limits=AttemptLimits(repairs=0),
        seed=seed_of("validate", task.family, task.index),
    )
    try:
        return (await run_attempt(context))[-1]
    finally:
        await env.close()


def _reasons(trace: Trajectory, graders: list[Grader]) -> str:
    """Why the trace would not be kept; empty where it would."""
    decision = decide(judge_all(Case.of(trace), graders), trace.ending, can_repair=False)
    return "" if decision.outcome == "keep" else "; ".join(decision.reasons) or decision.outcome


def with_wrong_answer(trace: Trajectory) -> Trajectory:
    """The same trace with an answer that the oracle must refuse."""
    answer = trace.task.oracle.answer if trace.task.oracle else Answer(kind="free")
    last = trace.messages[-1].model_copy(update={"content": _wrong(answer)})
    return trace.model_copy(update={"messages": (*trace.messages[:-1], last)})


def _wrong(answer: Answer) -> str:
    match answer.kind:
        case "number":
            return f"The answer is 987654321 {answer.unit}.".replace(" .", ".")
        case "date":
            return "The answer is 1 January 1801."
        case "boolean":
            return "The answer is no." if answer.value == "yes" else "The answer is yes."
        case "free":
            return ""
        case _:
            return "The answer is Zzyzx Qwortleby, with 987654321."
