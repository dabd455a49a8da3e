"""The chat model over real HTTP, against a loopback server that answers what a test tells it to."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web
from langchain_core.messages import AIMessage, HumanMessage, SystemMessage, ToolMessage

from agents.chat import EndpointError, OpenAICompatibleChatModel
from agents.models import ModelError, chat_model
from tools.catalogue import catalogue

GOOD = {
    "model": "m",
    "choices": [{"index": 0, "message": {"content": "hi", "reasoning_content": "because"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 3, "completion_tokens": 4},
}
STREAM = (
    b'data: {"choices":[{"index":0,"delta":{"reasoning_content":"because"}}]}\n\n'
    b'data: {"choices":[{"index":0,"delta":{"content":"hi"}}]}\n\n'
    b'data: {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"i","function":{"name":"f","arguments":"{}"}}]}}]}\n\n'
    b'data: {"choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":3,"completion_tokens":4}}\n\n'
    b"data: [DONE]\n\n"
)


@asynccontextmanager
async def server(
    body: Any, status: int = 200, kind: str = "application/json", **headers: str
) -> AsyncIterator[tuple[str, list[Any]]]:
    seen: list[Any] = []

    async def answer(request: web.Request) -> web.Response:
        seen.append((dict(request.headers), await request.json()))
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return web.Response(body=raw, status=status, headers={"Content-Type": kind, **headers})

    app = web.Application()
    app.router.add_post("/v1/chat/completions", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        port = runner.addresses[0][1]
        yield f"http://127.0.0.1:{port}/v1", seen
    finally:
        await runner.cleanup()


def model(url: str, **settings: Any) -> OpenAICompatibleChatModel:
    made = chat_model("openai:m", base_url=url, api_key="sk-canary", **settings)
    assert isinstance(made, OpenAICompatibleChatModel)
    return made


async def test_a_whole_answer() -> None:
    async with server(GOOD) as (url, seen):
        message = await model(url, temperature=0.5).ainvoke("hello", seed=7)
    assert message.text == "hi"
    assert message.additional_kwargs["reasoning_content"] == "because"
    headers, request = seen[0]
    assert headers["Authorization"] == "Bearer sk-canary"
    assert request == {"model": "m", "messages": [{"role": "user", "content": "hello"}], "temperature": 0.5, "seed": 7}


async def test_settings_as_callers_of_other_models_give_them() -> None:
    nothing = dict.fromkeys(("timeout", "headers", "extra_body", "stop", "seed", "reasoning_as"))
    async with server(GOOD) as (url, seen):
        assert (await model(url, **nothing, max_retries=0).ainvoke("hello")).text == "hi"
        await model(url, stop="END", default_headers={"X-Team": "tides"}).ainvoke("hello")
    assert seen[0][1] == {"model": "m", "messages": [{"role": "user", "content": "hello"}]}
    assert seen[1][1]["stop"] == ["END"]
    assert seen[1][0]["X-Team"] == "tides"


@pytest.mark.parametrize(
    "kind", ["text/event-stream", "text/event-stream; charset=utf-8", "text/plain", "application/json"]
)
async def test_a_streamed_answer_to_one_who_waits(kind: str) -> None:
    async with server(STREAM, kind=kind) as (url, seen):
        message = await model(url, streaming=True).ainvoke("hello")
    assert message.text == "hi"
    assert message.tool_calls == [{"name": "f", "args": {}, "id": "i", "type": "tool_call"}]
    assert seen[0][1]["stream"] is True


async def test_streaming_chunk_by_chunk() -> None:
    async with server(STREAM, kind="text/event-stream") as (url, _):
        whole = None
        async for chunk in model(url).astream("hello"):
            whole = chunk if whole is None else whole + chunk
    assert isinstance(whole, AIMessage)
    assert whole.text == "hi"
    assert whole.additional_kwargs["reasoning_content"] == "because"
    assert [c["name"] for c in whole.tool_calls] == ["f"]
    assert whole.usage_metadata is not None
    assert whole.usage_metadata["total_tokens"] == 7


async def test_a_stream_that_was_asked_for_may_come_whole() -> None:
    async with server(GOOD) as (url, _):
        assert "".join([chunk.text async for chunk in model(url).astream("hello")]) == "hi"


async def test_the_conversation_is_sent_whole() -> None:
    said = AIMessage(
        "I look.",
        tool_calls=[{"name": "f", "args": {"a": "ü"}, "id": "i", "type": "tool_call"}],
        invalid_tool_calls=[{"name": "g", "args": '{"b":', "id": "j", "error": "cut", "type": "invalid_tool_call"}],
    )
    talk = [
        SystemMessage("s"),
        HumanMessage("u"),
        said,
        ToolMessage("t", tool_call_id="i"),
        ToolMessage("e", tool_call_id="j"),
    ]
    async with server(GOOD) as (url, seen):
        await model(url).bind_tools([catalogue()["calculator"]]).ainvoke(talk)
    request = seen[0][1]
    assert [m["role"] for m in request["messages"]] == ["system", "user", "assistant", "tool", "tool"]
    good, broken = request["messages"][2]["tool_calls"]
    assert json.loads(good["function"]["arguments"]) == {"a": "ü"}
    assert json.loads(broken["function"]["arguments"]) == {"malformed_arguments": '{"b":'}
    assert request["tools"][0]["function"]["name"] == "calculator"


@pytest.mark.parametrize("status", [400, 401, 403, 404, 422, 429, 500, 503])
@pytest.mark.parametrize(
    "body", [{"error": {"message": "told you"}}, b"told you", b"<html>told you</html>", {"detail": "told you"}]
)
async def test_an_http_error_has_its_status_and_words(status: int, body: Any) -> None:
    async with server(body, status, **{"Retry-After": "7"}) as (url, _):
        with pytest.raises(EndpointError, match="told you") as caught:
            await model(url).ainvoke("hello")
    assert caught.value.status == status
    assert caught.value.retry_after == 7
    assert "sk-canary" not in str(caught.value)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"{", b"<html>", {"choices": []}, {"error": {"message": "no"}}])
async def test_what_is_no_completion_raises(body: Any) -> None:
    async with server(body) as (url, _):
        with pytest.raises(EndpointError):
            await model(url).ainvoke("hello")


async def test_no_server_at_all() -> None:
    with pytest.raises(EndpointError, match="Cannot connect") as caught:
        await model("http://127.0.0.1:9/v1").ainvoke("hello")
    assert caught.value.status is None


@pytest.mark.parametrize("spec", ["gpt", "openai:", ":x", ""])
def test_a_spec_that_is_none(spec: str) -> None:
    with pytest.raises(ModelError, match="provider:name"):
        chat_model(spec)
