"""CPU for a call of our chat model beside langchain-openai's, both against one loopback server that replays a completion with a tool call.

langchain-openai is no dependency: give a Python that has it, and agents/ on its path, with `--python`. Prints CPU milliseconds a call
of the client process alone, whole and streamed. Usage: python -m benchmarks.chat [--calls 500] [--python PATH]
"""

import argparse
import asyncio
import json
import os
import subprocess
import sys
import time
from typing import Any

BODY = {
    "id": "r", "object": "chat.completion", "created": 1, "model": "m",
    "choices": [{"index": 0, "finish_reason": "tool_calls", "message": {"role": "assistant", "content": "I look it up.", "tool_calls": [
        {"id": "c", "type": "function", "function": {"name": "search", "arguments": '{"query": "harbour of Tarn"}'}}]}}],
    "usage": {"prompt_tokens": 900, "completion_tokens": 30, "total_tokens": 930},
}  # fmt: skip
TALK = [("system", "You solve tasks."), ("user", "Where is the harbour of Tarn? " * 20)]
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
    """Print the CPU of `calls` calls, after a warm-up."""
    if which == "ours":
        from agents.chat import OpenAICompatibleChatModel

        model: Any = OpenAICompatibleChatModel(model="m", base_url=url)
    else:
        from langchain_openai import ChatOpenAI  # type: ignore[import-not-found]

        model = ChatOpenAI(model="m", base_url=url, api_key="x")
    bound = model.bind_tools(TOOLS)
    for streamed in (False, True):
        for number in (20, calls):
            start = time.process_time()
            for _ in range(number):
                if streamed:
                    async for _ in bound.astream(TALK):
                        pass
                else:
                    await bound.ainvoke(TALK)
            spent = 1000 * (time.process_time() - start) / number
        print(f"{which:7} {'streamed' if streamed else 'whole':9} {spent:7.3f} ms CPU a call")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--calls", type=int, default=500)
    parser.add_argument("--python", default="")
    parser.add_argument("--one", default="")
    arguments = parser.parse_args()
    port = os.environ.setdefault("PORT", str(20_000 + os.getpid() % 20_000))
    if arguments.one == "serve":
        return serve()
    if arguments.one:
        return asyncio.run(measure(arguments.one, f"http://127.0.0.1:{port}/v1", arguments.calls))
    server = subprocess.Popen([sys.executable, "-m", "benchmarks.chat", "--one", "serve"])
    time.sleep(2)
    try:
        for which, python in (("ours", sys.executable), ("theirs", arguments.python)):
            if python:
                subprocess.run(
                    [python, "-m", "benchmarks.chat", "--one", which, "--calls", str(arguments.calls)], check=True
                )
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
