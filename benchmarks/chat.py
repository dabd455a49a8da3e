"""CPU for a call of our chat model beside langchain-openai's, both against one loopback server that replays a completion with a tool call.

langchain-openai is no dependency: give a Python that has it, and agents/ on its path, with `--python`. Prints CPU milliseconds a call of
the client process alone, the least of several rounds in turns: a whole answer, a stream of 65 chunks taken whole, and the same stream taken
piece by piece; one call at a time, and many at once as a run makes them. Nobody listens to the calls (no callbacks, no tracing).
Usage: python -m benchmarks.chat [--calls 200] [--python PATH]
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from typing import Any

BODY = {
    "id": "r", "object": "chat.completion", "created": 1, "model": "m",
    "choices": [{"index": 0, "finish_reason": "tool_calls", "message": {"role": "assistant", "content": "I look it up.", "tool_calls": [
        {"id": "c", "type": "function", "function": {"name": "search", "arguments": '{"query": "harbour of Tarn"}'}}]}}],
    "usage": {"prompt_tokens": 900, "completion_tokens": 30, "total_tokens": 930},
}  # fmt: skip
TALK = [("system", "You solve tasks."), ("user", "Where is the harbour of Tarn? " * 20)]
AT_ONCE, ROUNDS = 32, 3
PARAMETERS = {"type": "object", "properties": {"query": {"type": "string"}}}
TOOLS = [
    {"type": "function", "function": {"name": "search", "description": "Search.", "parameters": PARAMETERS}},
]


def serve() -> None:
    """Answer every request with the body, or its pieces where a stream is asked for."""
    from aiohttp import web

    deltas = [{"content": word + " "} for word in ("I look it up. " * 16).split()]
    chunks = [{**BODY, "choices": [{"index": 0, "delta": d, "finish_reason": None}], "usage": None} for d in deltas]
    chunks.append({**BODY, "choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    stream = "".join(f"data: {json.dumps(c)}\n\n" for c in chunks).encode() + b"data: [DONE]\n\n"

    async def answer(request: web.Request) -> web.Response:
        if (await request.json()).get("stream"):
            return web.Response(body=stream, content_type="text/event-stream")
        return web.json_response(BODY)

    app = web.Application()
    app.router.add_post("/v1/chat/completions", answer)
    web.run_app(app, host="127.0.0.1", port=int(os.environ["PORT"]), print=None)


async def measure(which: str, url: str, calls: int) -> None:
    """Print the CPU of a call, after a warm-up."""
    if which == "ours":
        from agents.chat import OpenAICompatibleChatModel

        make: Any = OpenAICompatibleChatModel
    else:
        from langchain_openai import ChatOpenAI  # type: ignore[import-not-found]

        make = ChatOpenAI
    plain, streaming = (
        make(model="m", base_url=url, api_key="none-needed", **more).bind_tools(TOOLS)
        for more in ({}, {"streaming": True})
    )

    async def pieces() -> None:
        async for _ in plain.astream(TALK):
            pass

    ways = {
        "whole": lambda: plain.ainvoke(TALK),
        "stream, taken whole": lambda: streaming.ainvoke(TALK),
        "stream": pieces,
    }
    for at_once in (1, AT_ONCE):
        for name, ask in ways.items():
            cost = min([await _cost(ask, calls if name == "whole" else calls // 4, at_once) for _ in range(3)])
            print(json.dumps([f"{name}, {at_once} at once", cost]), flush=True)


async def _cost(ask: Callable[[], Awaitable[Any]], calls: int, at_once: int) -> float:
    async def some() -> None:
        for _ in range(-(-calls // at_once)):
            await ask()

    start = time.process_time()
    await asyncio.gather(*(some() for _ in range(at_once)))
    return 1000 * (time.process_time() - start) / (-(-calls // at_once) * at_once)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=200)
    parser.add_argument("--python", default="")
    parser.add_argument("--one", default="")
    arguments = parser.parse_args()
    port = os.environ.setdefault("PORT", str(20_000 + os.getpid() % 20_000))
    if arguments.one == "serve":
        serve()
    elif arguments.one:
        asyncio.run(measure(arguments.one, f"http://127.0.0.1:{port}/v1", arguments.calls))
    else:
        compare(arguments.python, arguments.calls)


def compare(theirs: str, calls: int) -> None:
    """Print a line for each way of calling."""
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.chat", "--one", "serve"])
    time.sleep(2)
    try:
        found = _compared({"ours": sys.executable, "theirs": theirs}, calls)
    finally:
        server.terminate()
    for name, row in found.items():
        ratio = f", theirs {row['theirs']:7.3f} ms, {row['theirs'] / row['ours']:4.1f} times" if "theirs" in row else ""
        print(f"{name:32} ours {row['ours']:7.3f} ms CPU a call{ratio}")


def _compared(pythons: dict[str, str], calls: int) -> dict[str, dict[str, float]]:
    """The least cost of each way of calling, of each client, in rounds that take turns."""
    found: dict[str, dict[str, float]] = {}
    for which, python in [*pythons.items()] * ROUNDS:
        if not python:
            continue
        command = [python, "-m", "benchmarks.chat", "--one", which, "--calls", str(calls)]
        for line in subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines():
            name, cost = json.loads(line)
            row = found.setdefault(name, {})
            row[which] = min(cost, row.get(which, cost))
    return found


if __name__ == "__main__":
    main()
