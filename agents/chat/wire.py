"""LangChain messages as an OpenAI-compatible server takes them."""

import json
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, ChatMessage, HumanMessage, SystemMessage, ToolMessage

CALL_ORDER = "call_order"
"""Key of the response metadata that lists the ids of a message's calls as they came: LangChain parts good calls from malformed ones."""


def to_wire(messages: Sequence[BaseMessage]) -> list[dict[str, Any]]:
    """The conversation as the `messages` of a request. Raises TypeError for a kind of message that servers do not know."""
    return [_message(message) for message in messages]


def _message(message: BaseMessage) -> dict[str, Any]:
    match message:
        case SystemMessage():
            return {"role": "system", "content": message.content}
        case HumanMessage():
            return {"role": "user", "content": message.content}
        case ToolMessage():
            return {"role": "tool", "tool_call_id": message.tool_call_id, "content": message.text}
        case AIMessage():
            return _assistant(message)
        case ChatMessage():
            return {"role": message.role, "content": message.content}
    raise TypeError(f"a {type(message).__name__} cannot be sent to a model server")


def _assistant(message: AIMessage) -> dict[str, Any]:
    calls = [_call(c["id"], c["name"], c["args"]) for c in message.tool_calls]
    # Chat templates read earlier arguments as JSON objects and fail on anything else, so a malformed call goes back inside one.
    calls += [
        _call(c.get("id"), c.get("name"), {"malformed_arguments": c.get("args")}) for c in message.invalid_tool_calls
    ]
    order = {id: place for place, id in enumerate(message.response_metadata.get(CALL_ORDER, ()))}
    calls.sort(key=lambda call: order.get(call["id"], len(order)))
    said: dict[str, Any] = {"role": "assistant", "content": message.text}
    return {**said, "tool_calls": calls} if calls else said


def _call(id: str | None, name: str | None, arguments: Any) -> dict[str, Any]:
    function = {"name": name or "", "arguments": json.dumps(arguments, ensure_ascii=False)}
    return {"id": id or "", "type": "function", "function": function}
