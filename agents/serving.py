"""The teacher behind an OpenAI-compatible endpoint, so that the whole way over HTTP runs without a model: in tests, demos, other programs.

It speaks chat completions, whole and streamed, for any model name, and takes any key. It is no server for the open network.
"""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage, ToolMessage
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from agents.chat.wire import CALL_ORDER
from agents.recalling import Recall
from agents.teacher import TeacherChatModel
from traces.base import content_hash

_PIECE = 16
"""Characters in a piece of a stream."""


def serve_teacher(faults: Mapping[str, float]) -> Starlette:
    """The application. `faults` is the teacher's fault profile."""
    model, recall = TeacherChatModel(faults=dict(faults)), Recall()

    async def completions(request: Request) -> Response:
        try:
            asked = await request.json()
            teacher = model.model_copy(update={"past": recall.past(asked)})
            said = await answer(teacher, asked, messages_of(asked))
        except Exception as error:  # the boundary of a server: a caller would try a crash again
            why = f"this is no chat completion request that the teacher can answer: {type(error).__name__}: {error}"
            return refusal(400, why)
        body = completion(said, asked)
        if not asked.get("stream"):
            return JSONResponse(body)
        return StreamingResponse(streamed(body), media_type="text/event-stream")

    async def models(request: Request) -> Response:
        return JSONResponse({"object": "list", "data": [{"id": "teacher", "object": "model", "owned_by": "winnow"}]})

    routes = [
        Route("/v1/chat/completions", completions, methods=["POST"]),
        Route("/v1/models", models),
    ]
    return Starlette(routes=routes)


def refusal(status: int, message: str, headers: Mapping[str, str] | None = None) -> Response:
    """An error as OpenAI shapes it."""
    return JSONResponse({"error": {"message": message, "type": "error", "code": status}}, status, headers)


async def answer(model: TeacherChatModel, asked: Mapping[str, Any], messages: list[BaseMessage]) -> AIMessage:
    """What the teacher says to a request."""
    found = await model._agenerate(messages, tools=asked.get("tools") or (), seed=asked.get("seed"))
    said = found.generations[0].message
    assert isinstance(said, AIMessage), "the teacher answers with an assistant message"
    return said


def messages_of(asked: Mapping[str, Any]) -> list[BaseMessage]:
    """The conversation of a request."""
    return [_message(said) for said in asked["messages"]]


def completion(said: AIMessage, asked: Mapping[str, Any]) -> dict[str, Any]:
    """A message as a chat completion."""
    order = {id: place for place, id in enumerate(said.response_metadata.get(CALL_ORDER, ()))}
    calls = [_call(c["id"], c["name"], json.dumps(c["args"], ensure_ascii=False)) for c in said.tool_calls]
    calls += [_call(c["id"], c["name"], c["args"]) for c in said.invalid_tool_calls]
    calls.sort(key=lambda call: order.get(call["id"], len(order)))
    message = {"role": "assistant", "content": said.text, **({"tool_calls": calls} if calls else {})}
    usage = said.usage_metadata or {"input_tokens": 0, "output_tokens": 0, "total_tokens": 0}
    return {
        "id": f"teacher-{content_hash([asked.get('messages'), asked.get('seed')], 12)}",
        "object": "chat.completion",
        "created": 0,
        "model": str(asked.get("model") or "teacher"),
        "choices": [{"index": 0, "message": message, "finish_reason": "tool_calls" if calls else "stop"}],
        "usage": {
            "prompt_tokens": usage["input_tokens"],
            "completion_tokens": usage["output_tokens"],
            "total_tokens": usage["total_tokens"],
        },
    }


async def streamed(body: Mapping[str, Any]) -> AsyncIterator[str]:
    """The first choice of a completion in the pieces of a stream."""
    choice = body["choices"][0]
    head = {**body, "object": "chat.completion.chunk", "usage": None}
    for delta in _deltas(choice["message"]):
        yield _event({**head, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    yield _event({**head, "choices": [{"index": 0, "delta": {}, "finish_reason": choice["finish_reason"]}]})
    if "usage" in body:
        yield _event({**head, "choices": [], "usage": body["usage"]})
    yield "data: [DONE]\n\n"


def _deltas(message: Mapping[str, Any]) -> Sequence[dict[str, Any]]:
    text = message["content"] or ""
    more = {name: value for name, value in message.items() if name not in ("role", "content", "tool_calls")}
    made: list[dict[str, Any]] = [{"role": "assistant", "content": "", **more}]
    made += [{"content": text[at : at + _PIECE]} for at in range(0, len(text), _PIECE)]
    for index, call in enumerate(message.get("tool_calls", ())):
        arguments = call["function"]["arguments"]
        made.append(
            {"tool_calls": [{"index": index, **call, "function": {"name": call["function"]["name"], "arguments": ""}}]}
        )
        pieces = [arguments[at : at + _PIECE] for at in range(0, len(arguments), _PIECE)]
        made += [{"tool_calls": [{"index": index, "function": {"arguments": piece}}]} for piece in pieces]
    return made


def _event(value: Any) -> str:
    return f"data: {json.dumps(value, ensure_ascii=False)}\n\n"


def _call(id: str | None, name: str | None, arguments: str | None) -> dict[str, Any]:
    return {"id": id or "", "type": "function", "function": {"name": name or "", "arguments": arguments or ""}}


def _message(said: Mapping[str, Any]) -> BaseMessage:
    content = said.get("content") or ""
    match said["role"]:
        case "system":
            return SystemMessage(content)
        case "tool":
            failed = str(content).startswith("Error (")  # on the wire a failed call shows by its text alone
            return ToolMessage(content, tool_call_id=said["tool_call_id"], status="error" if failed else "success")
        case "assistant":
            calls = [
                {
                    "name": c["function"]["name"],
                    "args": json.loads(c["function"]["arguments"]),
                    "id": c["id"],
                    "type": "tool_call",
                }
                for c in said.get("tool_calls") or ()
            ]
            return AIMessage(content, tool_calls=calls)
    return HumanMessage(content)
