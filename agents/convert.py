"""Between the record's messages and LangChain's. Nothing is lost either way: malformed calls stay as they came."""

from collections.abc import Collection, Sequence
from itertools import count
from typing import Any

from langchain_core.messages import AIMessage, AnyMessage, HumanMessage, SystemMessage, ToolMessage

from agents.chat.wire import CALL_EXTRAS, CALL_ORDER
from traces.record import FunctionCall, Message, ToolCall


def to_langchain(messages: Sequence[Message]) -> list[AnyMessage]:
    """The conversation as a LangChain model takes it."""
    return [_to_langchain(message) for message in messages]


def _to_langchain(message: Message) -> AnyMessage:
    match message.role:
        case "system":
            return SystemMessage(message.content)
        case "user":
            return HumanMessage(message.content)
        case "tool":
            failed = message.result is not None and message.result.status == "error"
            return ToolMessage(
                message.content,
                tool_call_id=message.tool_call_id or "",
                name=message.name,
                status="error" if failed else "success",
            )
        case "assistant":
            return AIMessage(
                message.content,
                tool_calls=[
                    {"name": c.name, "args": c.arguments, "id": c.id, "type": "tool_call"}
                    for c in message.tool_calls
                    if not c.malformed
                ],
                invalid_tool_calls=[
                    {
                        "name": c.name,
                        "args": str(c.function.arguments),
                        "id": c.id,
                        "error": c.error,
                        "type": "invalid_tool_call",
                    }
                    for c in message.tool_calls
                    if c.malformed
                ],
                additional_kwargs={"reasoning_content": message.reasoning} if message.reasoning else {},
                response_metadata={CALL_ORDER: [c.id for c in message.tool_calls]},
            )


def from_langchain(message: AIMessage, *, started: float, duration: float) -> Message:
    """What a model said, marked as sampled. Times in seconds from the attempt's start."""
    calls = [_call(c["id"], i, c["name"], dict(c["args"]), None) for i, c in enumerate(message.tool_calls)]
    broken = [
        _call(
            c.get("id"), len(calls) + i, c.get("name") or "", c.get("args") or "", c.get("error") or "not a JSON object"
        )
        for i, c in enumerate(message.invalid_tool_calls)
    ]
    order = {id: place for place, id in enumerate(message.response_metadata.get(CALL_ORDER, ()))}
    made = sorted((*calls, *broken), key=lambda call: order.get(call.id, len(order)))
    reasoning = message.additional_kwargs.get("reasoning_content")
    return Message(
        role="assistant",
        content=message.text,
        origin="sampled",
        tool_calls=tuple(made),
        reasoning=reasoning if isinstance(reasoning, str) and reasoning else None,
        started=started,
        duration=duration,
    )


def with_new_ids(reply: AIMessage, taken: Collection[str]) -> AIMessage:
    """The reply with other ids for calls whose id an earlier message has: some servers count from nought in every message."""
    ids = [c["id"] for c in (*reply.tool_calls, *reply.invalid_tool_calls) if c["id"] in taken]
    if not ids:
        return reply
    new = {id: next(name for n in count(1) if (name := f"{id}_{n}") not in taken) for id in ids}
    extras = dict(reply.additional_kwargs)
    if attached := extras.get(CALL_EXTRAS):
        extras[CALL_EXTRAS] = {new.get(id, id): value for id, value in attached.items()}
    metadata = dict(reply.response_metadata)
    if order := metadata.get(CALL_ORDER):
        metadata[CALL_ORDER] = [new.get(id, id) for id in order]
    return reply.model_copy(
        update={
            "tool_calls": [{**c, "id": new.get(str(c["id"]), c["id"])} for c in reply.tool_calls],
            "invalid_tool_calls": [{**c, "id": new.get(str(c["id"]), c["id"])} for c in reply.invalid_tool_calls],
            "additional_kwargs": extras,
            "response_metadata": metadata,
        }
    )


def _call(id: str | None, place: int, name: str, arguments: dict[str, Any] | str, error: str | None) -> ToolCall:
    return ToolCall(id=id or f"call{place:05d}", function=FunctionCall(name=name, arguments=arguments), error=error)
