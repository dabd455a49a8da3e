"""Judges every step of the finished round by programs. A round that infrastructure broke is not judged."""

from typing import Any

from langgraph.runtime import Runtime

from agents.context import AttemptContext
from agents.rebuilding import rebuilt_from
from agents.state import AttemptState
from agents.trying import tried
from graders.base import Case, judge_all


async def grade(state: AttemptState, runtime: Runtime[AttemptContext]) -> dict[str, Any]:
    """What the programs of a task come to, and the verdicts of programs and oracle."""
    context, ending = runtime.context, state.get("ending")
    assert ending is not None, "only an ended round is graded"
    if ending.kind in ("model_error", "error"):
        return {"verdicts": (), "executions": ()}
    documents = context.task.oracle is not None and context.task.oracle.rebuilt is not None
    executions = await (rebuilt_from if documents else tried)(state["messages"], context)
    case = Case(tuple(state["messages"]), context.schemas, ending, context.task, executions)
    return {"verdicts": judge_all(case, context.graders), "executions": executions}
