"""Makes the calls that a server left in the text, where the user declared that it does so; otherwise the text stays what it is."""

import hashlib
from collections.abc import Collection
from typing import Any, Literal

from langchain_core.messages import AIMessage

from agents.chat.wire import CALL_ORDER
from tools.written_calls import Notation, Written, without, written_calls

Parser = Literal["auto"] | Notation


def made(reply: AIMessage, parser: Parser | None, offered: Collection[str]) -> AIMessage:
    """The message with its written calls made, as the server's own parser would have done. What cannot be read is a malformed call."""
    if parser is None or reply.tool_calls or reply.invalid_tool_calls:
        return reply
    text = reply.text
    found = written_calls(text, offered, None if parser == "auto" else parser)
    if not found:
        return reply
    calls = [(call, _id(text, place)) for place, call in enumerate(found)]
    return reply.model_copy(
        update={
            "content": without(text, found),
            "tool_calls": [_good(call, id) for call, id in calls if call.error is None],
            "invalid_tool_calls": [_broken(call, id) for call, id in calls if call.error is not None],
            "response_metadata": {**reply.response_metadata, CALL_ORDER: [id for _, id in calls]},
        }
    )


def _good(call: Written, id: str) -> dict[str, Any]:
    return {"name": call.name, "args": call.arguments, "id": id, "type": "tool_call"}


def _broken(call: Written, id: str) -> dict[str, Any]:
    return {"name": call.name, "args": call.arguments, "id": id, "error": call.error, "type": "invalid_tool_call"}


def _id(text: str, place: int) -> str:
    return hashlib.sha256(f"{place} {text}".encode("utf-8", "replace")).hexdigest()[:9]
