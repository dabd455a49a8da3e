"""What becomes of connections and generators: streams are drawn to their end, and nothing is left for the loop to close."""

import asyncio
import sys
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from aiohttp import web

from agents.chat import transport
from tests.agents.chat.test_dialects import STREAM, drawn, model
from tests.agents.chat.test_oddities import delta, sse, whole

RAW = sse(delta(content="High at "), delta(content="six."), delta("stop"))


@asynccontextmanager
async def answering(raw: bytes, *, closes: bool = True) -> AsyncIterator[tuple[str, set[int]]]:
    """A server whose answers end some time after their last byte, or never; the set has the port of each connection."""
    ports: set[int] = set()

    async def answer(request: web.Request) -> web.StreamResponse:
        assert request.transport
        ports.add(request.transport.get_extra_info("peername")[1])
        response = web.StreamResponse(headers=STREAM)
        await response.prepare(request)
        for piece in (raw[:60], raw[60:]):
            await response.write(piece)
            await asyncio.sleep(0.01)
        await asyncio.sleep(0 if closes else 3600)
        return response

    app = web.Application()
    app.router.add_post("/v1/chat/completions", answer)
    runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.01)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1", ports
    finally:
        await runner.cleanup()


async def waited(url: str) -> str:
    return (await model(url, streaming=True).ainvoke("hello")).text


async def in_pieces(url: str) -> str:
    return (await drawn(url)).text


Ask = Callable[[str], Awaitable[str]]
WAYS = pytest.mark.parametrize("ask", [waited, in_pieces])


@WAYS
async def test_a_connection_is_used_again_after_a_stream(ask: Ask) -> None:
    async with answering(RAW) as (url, ports):
        assert [await ask(url) for _ in range(3)] == ["High at six."] * 3
    assert len(ports) == 1


@WAYS
async def test_a_server_that_keeps_an_answer_open_is_not_waited_for(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "_LINGER", 0.01)
    async with answering(RAW, closes=False) as (url, _):
        assert await ask(url) == "High at six."


@WAYS
@pytest.mark.parametrize("raw", [RAW, whole({"content": "High at six."})], ids=["streamed", "whole"])
async def test_no_generator_is_left_to_be_closed_by_the_loop(ask: Ask, raw: bytes) -> None:
    left: list[AsyncGenerator[Any, Any]] = []
    async with answering(raw) as (url, _):
        await ask(url)  # the pool of connections is opened
        before = sys.get_asyncgen_hooks()
        sys.set_asyncgen_hooks(finalizer=left.append)
        try:
            assert await ask(url) == "High at six."
        finally:
            sys.set_asyncgen_hooks(*before)
    assert left == []


async def test_pieces_share_nothing() -> None:
    async with answering(RAW) as (url, _):
        first, second, *_ = [piece async for piece in model(url).astream("hello")]
    for name in ("tool_calls", "invalid_tool_calls", "additional_kwargs", "response_metadata"):
        assert getattr(first, name) is not getattr(second, name)
