"""Decides on the finished round, from the verdicts of programs and critics, and makes the record."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import AttemptContext
from agents.state import AttemptState
from graders.base import placed
from graders.critics.vote import GRADER
from graders.keep import decide
from traces.record import Lineage, Trajectory, Usage


async def conclude(state: AttemptState, runtime: Runtime[AttemptContext]) -> dict[str, Any]:
    """Decision and trajectory of this round. A round that infrastructure broke is recorded without a judgement."""
    context, ending = runtime.context, state.get("ending")
    assert ending is not None, "only an ended round is concluded"
    rounds = len(state.get("trajectories", []))
    critics = sorted(state.get("criticism", []), key=lambda verdict: verdict.step)
    verdicts = placed((*state["verdicts"], *critics))
    broken = ending.kind in ("model_error", "error")
    can_repair = rounds < context.limits.repairs
    decision = None if broken else decide(verdicts, ending, can_repair=can_repair, policy=context.keep)
    trajectory = Trajectory(
        key=f"{context.key}r{rounds}" if rounds else context.key,
        task=context.task,
        tools=context.schemas,
        messages=tuple(state["messages"]),
        ending=ending,
        executions=state.get("executions", ()),
        corrected=_corrected(state),
        verdicts=verdicts,
        decision=decision,
        labels=tuple(state.get("labels", [])),
        usage=state.get("usage", Usage()),
        lineage=_lineage(state, context, rounds),
        duration=context.now(),
    )
    return {"verdicts": verdicts, "decision": decision, "trajectories": [trajectory]}


def _corrected(state: AttemptState) -> bool:
    """Whether the last program is right after one before it was wrong."""
    tried = [one for earlier in state.get("trajectories", []) for one in earlier.executions]
    tried += state.get("executions", ())
    return bool(tried) and tried[-1].passed and not all(one.passed for one in tried)


def _lineage(state: AttemptState, context: AttemptContext, rounds: int) -> Lineage:
    critics = {GRADER: context.committee.version} if context.committee else {}
    return Lineage(
        task=context.task.id,
        attempt=context.attempt,
        seed=context.seed,
        model=context.model_name,
        world=context.task.world,
        repaired_from=state["trajectories"][-1].key if rounds else None,
        graders={grader.name: grader.version for grader in context.graders} | critics,
    )
