"""Judges every step of the finished round, decides, and makes the record."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import AttemptContext
from agents.state import AttemptState
from agents.trying import tried
from graders.base import Case, judge_all
from graders.keep import decide
from traces.record import Decision, Execution, Lineage, Trajectory, Usage, Verdict


async def grade(state: AttemptState, runtime: Runtime[AttemptContext]) -> dict[str, Any]:
    """Verdicts, decision and trajectory of this round. A round that infrastructure broke is recorded without a judgement."""
    context, ending = runtime.context, state.get("ending")
    assert ending is not None, "only an ended round is graded"
    verdicts: tuple[Verdict, ...] = ()
    decision: Decision | None = None
    executions: tuple[Execution, ...] = ()
    rounds = len(state.get("trajectories", []))
    if ending.kind not in ("model_error", "error"):
        executions = await tried(state["messages"], context)
        case = Case(tuple(state["messages"]), context.schemas, ending, context.task, executions)
        verdicts = judge_all(case, context.graders)
        decision = decide(verdicts, ending, can_repair=rounds < context.limits.repairs)
    trajectory = Trajectory(
        key=f"{context.key}r{rounds}" if rounds else context.key,
        task=context.task,
        tools=context.schemas,
        messages=tuple(state["messages"]),
        ending=ending,
        executions=executions,
        verdicts=verdicts,
        decision=decision,
        labels=tuple(state.get("labels", [])),
        usage=state.get("usage", Usage()),
        lineage=_lineage(state, context, rounds),
        duration=context.now(),
    )
    return {"verdicts": verdicts, "decision": decision, "trajectories": [trajectory]}


def _lineage(state: AttemptState, context: AttemptContext, rounds: int) -> Lineage:
    return Lineage(
        task=context.task.id,
        attempt=context.attempt,
        seed=context.seed,
        model=context.model_name,
        world=context.task.world,
        repaired_from=state["trajectories"][-1].key if rounds else None,
        graders={grader.name: grader.version for grader in context.graders},
    )
