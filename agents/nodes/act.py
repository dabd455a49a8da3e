"""Runs the calls of the last message. Different tools run at once, calls of one tool in order, since an interpreter keeps state.

A tool that broke, or that could not run anything, ends the round as an infrastructure error: it is no mistake of the model, and
what the model would make of it is not worth judging.
"""

import asyncio
from typing import Any

from langgraph.runtime import Runtime

from agents.calling import call_tool, numbered, refuse_call
from agents.context import AttemptContext
from agents.journal import current
from agents.state import AttemptState
from traces.record import Ending, Message, ToolCall, ToolErrorKind

BROKEN: frozenset[ToolErrorKind] = frozenset({"sandbox_unavailable", "internal"})
"""Kinds of error that no call of a model can cause."""

INTERPRETER = "python"
"""The tool that keeps state from call to call; its earlier cells are run again before the first live one of a resumed attempt."""


async def act(state: AttemptState, runtime: Runtime[AttemptContext]) -> dict[str, Any]:
    """Answer every call with a tool message, in the order of the calls. Past a limit calls are refused, so the model must answer."""
    context = runtime.context
    calls = state["messages"][-1].tool_calls
    turns = sum(m.role == "assistant" for m in state["messages"])
    made = state["usage"].tool_calls - len(calls)
    if turns >= context.limits.turns + 1 or made >= context.limits.calls:
        return {"messages": [refuse_call(call, context) for call in calls]}
    lanes: dict[str, list[_Numbered]] = {}
    for one in numbered(calls, state["messages"][:-1]):
        lanes.setdefault(one[0].name, []).append(one)
    answered = await asyncio.gather(*(_lane(lane, context) for lane in lanes.values()))
    by_call = {id(call): message for lane in answered for call, message in lane}
    messages = [by_call[id(call)] for call in calls]
    return {"messages": messages, "ending": _ending(messages)}


def _ending(messages: list[Message]) -> Ending | None:
    broken = (said for said in messages if said.result is not None and said.result.error in BROKEN)
    first = next(broken, None)
    return Ending(kind="error", detail=f"{first.name}: {first.content}"[:2000]) if first else None


_Numbered = tuple[ToolCall, int]


async def _lane(calls: list[_Numbered], context: AttemptContext) -> list[tuple[ToolCall, Message]]:
    return [(call, await _answered(call, context, number)) for call, number in calls]


async def _answered(call: ToolCall, context: AttemptContext, number: int) -> Message:
    """The result of a call, from the journal of a session that died where it is in there."""
    work = current()
    if work is None:
        return await call_tool(call, context, number)
    asked = ("tool", call.name, call.function.arguments, call.id)
    if held := work.take(*asked):
        work.to_rerun += [(call, number)] if call.name == INTERPRETER else []
        return Message.model_validate(held)
    if call.name == INTERPRETER:
        while work.to_rerun:
            earlier, place = work.to_rerun.pop(0)
            await call_tool(earlier, context, place)
    message = await call_tool(call, context, number)
    if message.result is None or message.result.error not in BROKEN:  # what could not do its work is asked anew
        work.keep(message.model_dump(mode="json"), *asked)
    return message
