"""A model server that behaves as badly as real ones do: the teacher, and in front of it faults by rate, each drawn from the request's seed.

An attempt is hit or not by its seed, so that a run with faults can be held against one without. A hit attempt meets one kind of fault, at
one of its turns: refusals and broken connections come a few times and pass, answers gone wrong stand.
"""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from agents.serving import answer, completion, messages_of, refusal, streamed
from agents.teacher import TeacherChatModel

PASSING = ("429", "500", "disconnect", "drip", "truncated JSON", "empty content")
LASTING = (
    "malformed arguments",
    "unknown tool",
    "duplicate ids",
    "wrong finish reason",
    "calls in text",
    "reasoning only",
    "refusal",
    "too long",
    "two choices",
    "missing usage",
)
FAULTS = (*PASSING, *LASTING)
HARMLESS = frozenset({*PASSING, "two choices", "missing usage", "wrong finish reason"})
"""Faults after which the same is said as without them."""
ROUND = 1_000_003
"""What a repair adds to the seed of its attempt."""


class FaultyServer:
    """`rate` is the share of attempts that are hit; `met` counts by kind, `hit` has the seeds that were hit, with their kind."""

    def __init__(self, rate: float, faults: dict[str, float] | None = None) -> None:
        self.rate = rate
        self.teacher = TeacherChatModel(faults=faults or {})
        self.met: Counter[str] = Counter()
        self.hit: dict[int, str] = {}
        self.asked = 0
        self.said: set[str] = set()
        self._tries: Counter[Any] = Counter()
        self.app = Starlette(routes=[Route("/v1/chat/completions", self._completions, methods=["POST"])])

    def fault(self, asked: dict[str, Any]) -> str | None:
        """The kind of fault this request meets."""
        seed, turn = int(asked["seed"]), sum(m["role"] == "assistant" for m in asked["messages"])
        rng = random.Random(f"fault {seed}")
        if rng.random() >= self.rate:
            return None
        kind, place, times = rng.choice(FAULTS), rng.choice((0, 0, 1)), rng.choice((1, 1, 2))
        self._tries[seed, turn] += 1
        if turn != place or (kind in PASSING and self._tries[seed, turn] > times):
            return None
        self.hit[seed] = kind
        return kind

    async def _completions(self, request: Request) -> Response:
        asked = await request.json()
        self.asked += 1
        kind = self.fault(asked)
        self.met[kind or "none"] += 1
        if kind == "429":
            return refusal(429, "slow down", {"Retry-After": "0.02"})
        if kind == "500":
            return refusal(500, "it broke")
        if kind == "422":
            return refusal(422, "not like this")
        body = spoilt(completion(await answer(self.teacher, asked, messages_of(asked)), asked), kind)
        for choice in body["choices"]:
            self.said.add(choice["message"].get("content") or "")
        raw, media = bytes(JSONResponse(body).body), "application/json"
        if asked.get("stream"):
            raw, media = "".join([piece async for piece in streamed(body)]).encode(), "text/event-stream"
        if kind == "truncated JSON":
            return Response(raw[:-25], media_type=media)
        if kind in ("disconnect", "drip"):
            return StreamingResponse(_slowly(raw, broken=kind == "disconnect"), media_type=media)
        return Response(raw, media_type=media)


async def _slowly(raw: bytes, *, broken: bool) -> AsyncIterator[bytes]:
    for start in range(0, len(raw), 40):
        if broken and start > len(raw) // 2:
            raise ConnectionResetError("on purpose")
        yield raw[start : start + 40]
        await asyncio.sleep(0.002)


def spoilt(body: dict[str, Any], kind: str | None) -> dict[str, Any]:
    """A completion with what the fault makes of it."""
    choice = body["choices"][0]
    said = choice["message"]
    calls = said.get("tool_calls", [])
    if kind == "empty content":
        choice["message"] = {"role": "assistant", "content": ""}
    elif kind == "reasoning only":
        choice["message"] = {"role": "assistant", "content": "", "reasoning_content": "I wonder."}
    elif kind == "refusal":
        choice["message"] = {"role": "assistant", "content": None, "refusal": "I cannot help with that."}
    elif kind == "too long":
        said["content"] = (said["content"] or "") + " and so on" * 20_000
        choice["finish_reason"] = "length"
    elif kind == "wrong finish reason":
        choice["finish_reason"] = "stop" if calls else "tool_calls"
    elif kind == "two choices":
        body["choices"].append(
            {"index": 1, "message": {"role": "assistant", "content": "Another."}, "finish_reason": "stop"}
        )
    elif kind == "missing usage":
        del body["usage"]
    elif calls:
        _spoil_calls(said, calls, kind)
    return body


def _spoil_calls(said: dict[str, Any], calls: list[dict[str, Any]], kind: str | None) -> None:
    if kind == "malformed arguments":
        calls[0]["function"]["arguments"] = calls[0]["function"]["arguments"][:-1]
    elif kind == "unknown tool":
        calls[0]["function"]["name"] = "web_surf"
    elif kind == "duplicate ids":
        calls.append(calls[0])
    elif kind == "calls in text":
        function = calls[0]["function"]
        del said["tool_calls"]
        said["content"] = (
            f'<tool_call>{{"name": "{function["name"]}", "arguments": {function["arguments"]}}}</tool_call>'
        )


@asynccontextmanager
async def listening(app: Starlette) -> AsyncIterator[str]:
    """Serve an application on loopback; gives the base URL."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", lifespan="off"))
    server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    task = asyncio.create_task(server._serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers no event
        await asyncio.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}/v1"
    finally:
        server.should_exit = True
        await task
