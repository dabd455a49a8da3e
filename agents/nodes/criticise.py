"""Asks the critics about one step. One of these runs for each step, side by side."""

from typing import Any, TypedDict

from langgraph.runtime import Runtime

from agents.context import AttemptContext
from graders.base import Case
from traces.record import Step


class StepState(TypedDict):
    """What is sent: the round as the graders see it, the step, and the seed of the question."""

    case: Case
    step: Step
    seed: int


async def criticise(state: StepState, runtime: Runtime[AttemptContext]) -> dict[str, Any]:
    """The committee's verdict on the step."""
    committee = runtime.context.committee
    assert committee is not None, "only sent where there are critics"
    return {"criticism": [await committee.judge(state["case"], state["step"], state["seed"])]}
