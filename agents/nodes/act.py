"""Runs the calls of the last message. Different tools run at once, calls of one tool in order, since an interpreter keeps state."""

import asyncio
from typing import Any

from langgraph.runtime import Runtime

from agents.calling import call_tool, refuse_call
from agents.context import AttemptContext
from agents.state import AttemptState
from traces.record import Message, ToolCall


async def act(state: AttemptState, runtime: Runtime[AttemptContext]) -> dict[str, Any]:
    """Answer every call with a tool message, in the order of the calls. Past a limit calls are refused, so the model must answer."""
    context = runtime.context
    calls = state["messages"][-1].tool_calls
    turns = sum(m.role == "assistant" for m in state["messages"])
    made = state["usage"].tool_calls - len(calls)
    if turns >= context.limits.turns + 1 or made >= context.limits.calls:
        return {"messages": [refuse_call(call, context) for call in calls]}
    lanes: dict[str, list[ToolCall]] = {}
    for call in calls:
        lanes.setdefault(call.name, []).append(call)
    answered = await asyncio.gather(*(_lane(lane, context) for lane in lanes.values()))
    by_call = {id(call): message for lane in answered for call, message in lane}
    return {"messages": [by_call[id(call)] for call in calls]}


async def _lane(calls: list[ToolCall], context: AttemptContext) -> list[tuple[ToolCall, Message]]:
    return [(call, await call_tool(call, context)) for call in calls]
