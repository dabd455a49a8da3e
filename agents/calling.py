"""One tool call: checked against its schema, run under a deadline, recorded. Whatever goes wrong is an observation, never an exception.

A call that an outage of the task hits is answered like one of a tool that really failed, and never run. Which call of its tool it is in
the round, the caller says: it is counted on the conversation (`numbered`), so that a resumed attempt and a re-execution count alike.
"""

import asyncio
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import jsonschema_rs
import orjson
from langchain_core.messages import ToolMessage
from langchain_core.tools import BaseTool

from agents.context import AttemptContext
from tools.catalogue import schema
from tools.results import ToolOutput, failed
from traces.record import Message, ToolCall, ToolResult


async def call_tool(call: ToolCall, context: AttemptContext, number: int = 1) -> Message:
    """Run one call, the `number`th of its tool in this round, and give the tool message that answers it."""
    started = context.now()
    output = _refusal(call, context) or _outage(call, context, number) or await _run(call, context)
    return _message(call, output, started, context)


def numbered(calls: Sequence[ToolCall], before: Iterable[Message]) -> list[tuple[ToolCall, int]]:
    """Calls of one message, each with its number among all calls of its tool in the round, whatever came of them."""
    made = Counter(call.name for message in before for call in message.tool_calls)
    found = []
    for call in calls:
        made[call.name] += 1
        found.append((call, made[call.name]))
    return found


def refuse_call(call: ToolCall, context: AttemptContext) -> Message:
    """The answer to a call past the limits: it is not run, and the model is told to answer."""
    output = failed("limit", "no further tool calls are allowed. Answer now with what you have.")
    return _message(call, output, context.now(), context)


def _message(call: ToolCall, output: ToolOutput, started: float, context: AttemptContext) -> Message:
    result = ToolResult(
        status="error" if output.error else "ok",
        error=output.error,
        started=started,
        duration=context.now() - started,
        data=dict(output.data),
        artifacts=output.artifacts,
        untrusted=output.untrusted,
    )
    return Message(
        role="tool",
        content=output.content,
        origin="tool",
        tool_call_id=call.id,
        name=call.name,
        result=result,
        started=started,
        duration=result.duration,
    )


def _refusal(call: ToolCall, context: AttemptContext) -> ToolOutput | None:
    if call.name not in context.tools:
        return failed("unknown_tool", f"there is no tool {call.name!r}. Tools: {', '.join(context.tools)}.")
    if call.malformed:
        return failed(
            "malformed_call", f"the arguments are not a JSON object ({call.error}). Send one, such as {{...}}."
        )
    problems = [_describe(error) for error in _validator(context.tools[call.name]).iter_errors(call.arguments)]
    if problems:
        return failed(
            "invalid_arguments", f"{'; '.join(problems)}. Arguments of {call.name}: {_usage(context, call.name)}."
        )
    return None


def _outage(call: ToolCall, context: AttemptContext, number: int) -> ToolOutput | None:
    hit = next((outage for outage in context.task.outages if outage.hits(call.name, number)), None)
    match hit.error if hit else None:
        case None:
            return None
        case "timeout":
            return _late(call.name, context)
        case "search_unavailable":
            return failed("search_unavailable", "the search service is busy. This does not mean that nothing exists.")
        case "out_of_service":
            return failed("out_of_service", f"{call.name} is switched off for maintenance and will not be back today.")


def _late(name: str, context: AttemptContext) -> ToolOutput:
    return failed("timeout", f"{name} did not answer within {context.limits.tool_time:g} s.")


async def _run(call: ToolCall, context: AttemptContext) -> ToolOutput:
    tool = context.tools[call.name]
    request = {"type": "tool_call", "id": call.id, "name": call.name, "args": {**call.arguments, "env": context.env}}
    try:
        async with asyncio.timeout(context.limits.tool_time):
            message = await tool.ainvoke(request)
    except TimeoutError:
        return _late(call.name, context)
    except Exception as error:  # the boundary of a tool: its bug is an observation with a kind of its own
        return failed("internal", f"{call.name} broke: {type(error).__name__}: {error}")
    if isinstance(message, ToolMessage) and isinstance(message.artifact, ToolOutput):
        return message.artifact
    return ToolOutput(message.text if isinstance(message, ToolMessage) else str(message))


def _describe(error: jsonschema_rs.ValidationError) -> str:
    place = "/".join(str(part) for part in error.instance_path)
    return f"{place}: {error.message}" if place else error.message


def _usage(context: AttemptContext, name: str) -> str:
    properties: dict[str, Any] = schema(context.tools[name])["function"]["parameters"]["properties"]
    return ", ".join(f"{key} ({value.get('type', 'any')})" for key, value in properties.items()) or "none"


def _validator(tool: BaseTool) -> jsonschema_rs.Validator:
    return _compiled(orjson.dumps(schema(tool)["function"]["parameters"]))


@lru_cache(maxsize=256)
def _compiled(parameters: bytes) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(orjson.loads(parameters), validate_formats=True)
