"""LangChain messages as an OpenAI-compatible server takes them."""

import json
from collections.abc import Sequence
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, ChatMessage, HumanMessage, SystemMessage, ToolMessage

DETAILS = ("reasoning_details", "thinking_blocks")
"""Lists in which some servers give reasoning with its signatures, mostly beside its text under another name; they want them back."""
CALL_ORDER = "call_order"
"""Key of the response metadata that lists the ids of a message's calls as they came: LangChain parts good calls from malformed ones."""
CALL_EXTRAS = "tool_call_extras"
"""Key of `additional_kwargs` for what a server attached to its calls, by id; it goes back with them, as Google's signatures must."""


def to_wire(messages: Sequence[BaseMessage], reasoning_as: str | None = None) -> list[dict[str, Any]]:
    """The conversation as the `messages` of a request. `reasoning_as` names the field in which reasoning goes back; None keeps it.

    Raises TypeError for a kind of message that servers do not know.
    """
    return [_message(message, reasoning_as) for message in messages]


def _message(message: BaseMessage, reasoning_as: str | None) -> dict[str, Any]:
    match message:
        case SystemMessage():
            return {"role": "system", "content": message.content}
        case HumanMessage():
            return {"role": "user", "content": message.content}
        case ToolMessage():
            return {"role": "tool", "tool_call_id": message.tool_call_id, "content": message.text}
        case AIMessage():
            return _assistant(message, reasoning_as)
        case ChatMessage():
            return {"role": message.role, "content": message.content}
    raise TypeError(f"a {type(message).__name__} cannot be sent to a model server")


def _assistant(message: AIMessage, reasoning_as: str | None) -> dict[str, Any]:
    calls = [_call(c["id"], c["name"], c["args"]) for c in message.tool_calls]
    # Chat templates read earlier arguments as JSON objects and fail on anything else, so a malformed call goes back inside one.
    calls += [
        _call(c.get("id"), c.get("name"), {"malformed_arguments": c.get("args")}) for c in message.invalid_tool_calls
    ]
    order = {id: place for place, id in enumerate(message.response_metadata.get(CALL_ORDER, ()))}
    calls.sort(key=lambda call: order.get(call["id"], len(order)))
    extras = message.additional_kwargs.get(CALL_EXTRAS, {})
    # A call without words goes back with no content, as it came: some servers refuse an empty text.
    said: dict[str, Any] = {"role": "assistant", "content": message.text or (None if calls else "")}
    if calls:
        said["tool_calls"] = [{**call, **extras.get(call["id"], {})} for call in calls]
    if reasoning_as and (reasoning := message.additional_kwargs.get("reasoning_content")):
        said[reasoning_as] = reasoning
    return said | {name: details for name in DETAILS if (details := message.additional_kwargs.get(name))}


def _call(id: str | None, name: str | None, arguments: Any) -> dict[str, Any]:
    function = {"name": name or "", "arguments": json.dumps(arguments, ensure_ascii=False)}
    return {"id": id or "", "type": "function", "function": function}
