"""A server on loopback that replays bytes as they are, cut into pieces of any size."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web


@asynccontextmanager
async def replaying(
    raw: bytes, *, status: int = 200, headers: Mapping[str, str] | None = None, size: int | None = None
) -> AsyncIterator[tuple[str, list[Any]]]:
    """The server's base URL, and the requests it has seen (headers, body)."""
    seen: list[Any] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append((dict(request.headers), await request.json()))
        response = web.StreamResponse(status=status, headers=headers)
        await response.prepare(request)
        step = size or max(1, len(raw))
        for start in range(0, len(raw), step):
            await response.write(raw[start : start + step])
            if step > 1:
                await asyncio.sleep(0)
        await response.write_eof()
        return response

    app = web.Application()
    app.router.add_post("/v1/chat/completions", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/v1", seen
    finally:
        await runner.cleanup()


@asynccontextmanager
async def closing_early(raw: bytes) -> AsyncIterator[str]:
    """The base URL of a server that promises more bytes than it sends, and then closes the connection."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % (len(raw) + 50) + raw)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
