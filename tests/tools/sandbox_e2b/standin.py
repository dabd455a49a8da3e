"""A stand-in for E2B on a loopback port: the parts of its two services that the adapter asks, with the local sandbox behind them.

It knows the control plane (create, list, kill, set timeout) and a sandbox's own services (contexts, execute, files, health), tells
sandboxes apart by the header the SDK sends, and misbehaves when a test switches a fault on. What runs in a context runs in a session
of the local sandbox, so a test process is never the one that executes it. It proves the adapter against the SDK, not against E2B.
"""

import asyncio
import contextlib
import itertools
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, unquote

from aiohttp import web
from e2b import ApiParams

from tools.sandbox import Limits, LocalSession, LocalSessions, RunResult
from tools.sandbox.session import MIB

KEY = "e2b_canary0123456789abcdef"
HOME = "/home/user/"
_LIMITS = Limits(time=60.0, cpu=120.0, memory=768 * MIB, output=16 * MIB)


@dataclass
class Faults:
    """What goes wrong, and when."""

    create: int = 0
    """The status that creating a sandbox is refused with; 0 for none."""
    dies_after: int | None = None
    """Executions after which the next sandbox to be asked is gone; then the switch is off again."""
    dies_always: bool = False
    """Every sandbox dies at its first call after it was opened."""
    drop: bool = False
    """The next stream is cut in the middle of a line."""
    end_early: bool = False
    """The next stream ends, in good form, before the result is there."""
    hang: bool = False
    """The next execution never answers, while the sandbox stays healthy."""
    drip: float = 0.0
    """Seconds between the lines of a stream."""
    slow_create: float = 0.0
    """Seconds that creating a sandbox takes."""
    script: list[list[dict[str, Any]]] = field(default_factory=list)
    """Streams to answer the next executions with, in place of running anything."""
    shown: list[str] = field(default_factory=list)
    """Images that the next execution displays beside what it does."""


@dataclass
class Sandbox:
    """One sandbox: its context's session, and what it was made with."""

    id: str
    asked: dict[str, Any]
    started: datetime
    session: LocalSession | None = None
    executed: int = 0
    running: "asyncio.Task[Any] | None" = None
    timeouts: list[int] = field(default_factory=list)


class Standin:
    """The server. `sandboxes` are those alive, `made` and `killed` count over its life, `seen` are all requests."""

    def __init__(self) -> None:
        self.faults = Faults()
        self.sandboxes: dict[str, Sandbox] = {}
        self.made = 0
        self.killed: list[str] = []
        self.seen: list[tuple[str, dict[str, str]]] = []
        self.url = ""
        self._local = LocalSessions(_LIMITS)
        self._numbers = itertools.count(1)

    @property
    def connection(self) -> ApiParams:
        """What makes the SDK come here."""
        return {"api_url": self.url, "sandbox_url": self.url, "retries": 0}

    def leave(self, age: timedelta, **metadata: str) -> str:
        """A sandbox that somebody made this long ago."""
        made = Sandbox(f"left{next(self._numbers)}", {"metadata": metadata}, datetime.now(UTC) - age)
        self.sandboxes[made.id] = made
        return made.id

    @classmethod
    @contextlib.asynccontextmanager
    async def running(cls) -> AsyncIterator["Standin"]:
        """A server on a free port of this machine, for as long as the context lasts."""
        made = cls()
        runner = await made._serve()
        try:
            yield made
        finally:
            await made._local.close()
            await runner.cleanup()

    async def _serve(self) -> web.AppRunner:
        app = web.Application(middlewares=[self._guard], client_max_size=64 * MIB)
        app.add_routes(
            [
                web.post("/v2/sandboxes", self._create),
                web.get("/v2/sandboxes", self._list),
                web.delete("/sandboxes/{id}", self._kill),
                web.post("/sandboxes/{id}/timeout", self._timeout),
                web.get("/health", self._health),
                web.post("/contexts", self._context),
                web.post("/execute", self._execute),
                web.get("/files", self._read),
                web.post("/files", self._write),
            ]
        )
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        return runner

    @web.middleware
    async def _guard(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.seen.append((f"{request.method} {request.path}", dict(request.headers)))
        if "sandboxes" in request.path:
            if request.headers.get("X-API-KEY") != KEY:
                return _problem(401, f"Invalid API key {request.headers.get('X-API-KEY')}")
        elif request.headers.get("E2b-Sandbox-Id") not in self.sandboxes:
            return _problem(502, "The sandbox was not found")
        answer: web.StreamResponse = await handler(request)
        return answer

    def _of(self, request: web.Request) -> Sandbox:
        return self.sandboxes[request.headers["E2b-Sandbox-Id"]]

    async def _create(self, request: web.Request) -> web.Response:
        if self.faults.create:
            return _problem(self.faults.create, f"refused, with {KEY} in the text")
        await asyncio.sleep(self.faults.slow_create)
        made = Sandbox(f"sandbox{next(self._numbers)}", await request.json(), datetime.now(UTC))
        self.sandboxes[made.id] = made
        self.made += 1
        identity = {"templateID": "t", "sandboxID": made.id, "clientID": "c", "envdVersion": "0.6.0"}
        return web.json_response({**identity, "envdAccessToken": "token-of-the-sandbox"}, status=201)

    async def _list(self, request: web.Request) -> web.Response:
        query = parse_qs(unquote(request.query.get("metadata", "")))
        wanted = {name: values[0] for name, values in query.items()}
        return web.json_response(
            [_listed(one) for one in self.sandboxes.values() if wanted.items() <= one.asked["metadata"].items()]
        )

    async def _kill(self, request: web.Request) -> web.Response:
        if request.match_info["id"] not in self.sandboxes:
            return _problem(404, "no such sandbox")
        await self.end(self.sandboxes[request.match_info["id"]])
        return web.Response(status=204)

    async def end(self, sandbox: Sandbox) -> None:
        del self.sandboxes[sandbox.id]
        self.killed.append(sandbox.id)
        if sandbox.running is not None and sandbox.running is not asyncio.current_task():
            sandbox.running.cancel()  # a machine that is switched off drops its connections
            await asyncio.wait([sandbox.running])
        if sandbox.session is not None:
            await sandbox.session.close()

    async def _timeout(self, request: web.Request) -> web.Response:
        self.sandboxes[request.match_info["id"]].timeouts.append((await request.json())["timeout"])
        return web.Response(status=204)

    async def _health(self, request: web.Request) -> web.Response:
        return web.Response(status=204)

    async def _context(self, request: web.Request) -> web.Response:
        sandbox = self._of(request)
        sandbox.session = await self._local.open()
        return web.json_response({"id": f"context-{sandbox.id}", "language": "python", "cwd": HOME})

    async def _write(self, request: web.Request) -> web.Response:
        path = request.query["path"]
        part = (await request.post())["file"]
        assert isinstance(part, web.FileField)
        await self._session(request).put(path.removeprefix(HOME), part.file.read())
        return web.json_response([{"name": path.rpartition("/")[2], "path": path, "type": "file"}])

    async def _read(self, request: web.Request) -> web.Response:
        try:
            content = await self._session(request).get(request.query["path"].removeprefix(HOME))
        except FileNotFoundError as error:
            return _problem(404, str(error))
        return web.Response(body=content)

    def _session(self, request: web.Request) -> LocalSession:
        session = self._of(request).session
        assert session is not None
        return session

    async def _execute(self, request: web.Request) -> web.StreamResponse:
        sandbox, asked = self._of(request), await request.json()
        assert asked["context_id"] == f"context-{sandbox.id}", "a call names its context"
        if self._dies(sandbox):
            await self.end(sandbox)
            return _problem(502, "The sandbox was not found")
        if self.faults.hang and sandbox.executed:
            self.faults.hang = False
            await asyncio.sleep(3600)
        sandbox.executed += 1
        sandbox.running = asyncio.current_task()
        response = web.StreamResponse()
        await response.prepare(request)
        with contextlib.suppress(ConnectionResetError):
            async for line in self._lines(sandbox, asked["code"]):
                await response.write(line)
                await asyncio.sleep(self.faults.drip)
                if self.faults.drop and sandbox.executed > 1:
                    self.faults.drop = False
                    assert request.transport is not None
                    request.transport.abort()
        return response

    def _dies(self, sandbox: Sandbox) -> bool:
        if self.faults.dies_always and sandbox.executed:
            return True
        if self.faults.dies_after is not None and sandbox.executed > self.faults.dies_after:
            self.faults.dies_after = None
            return True
        return False

    async def _lines(self, sandbox: Sandbox, code: str) -> AsyncIterator[bytes]:
        yield _line(type="number_of_executions", execution_count=sandbox.executed)
        yield _line(type="keepalive")
        if self.faults.script and sandbox.executed > 1:
            for event in self.faults.script.pop(0):
                yield _line(**event)
            return
        assert sandbox.session is not None
        result = await sandbox.session.run(code)
        if self.faults.end_early and sandbox.executed > 1:
            self.faults.end_early = False
            return
        shown, self.faults.shown = self.faults.shown, []
        for event in [{"type": "result", "png": png} for png in shown] + _events(result):
            yield _line(**event)
        if result.closed:  # the service starts a fresh interpreter in the same context
            await sandbox.session.close()
            sandbox.session = await self._local.open()


def _events(result: RunResult) -> list[dict[str, Any]]:
    """A result as the service streams it: output in pieces, strings without their quotes."""
    found: list[dict[str, Any]] = []
    for kind, text in (("stdout", result.stdout), ("stderr", result.stderr)):
        pieces = [text[at : at + 1000] for at in range(0, len(text), 1000)]
        found += [{"type": kind, "text": piece, "timestamp": "2026-01-01T00:00:00Z"} for piece in pieces]
    if result.closed:
        found.append({"type": "error", "name": "ContextRestarting", "value": "Context was restarted", "traceback": ""})
    elif result.error is not None:
        found.append({"type": "error", "name": result.error.name, "value": result.error.message, "traceback": "t"})
    if result.value is not None:
        stripped = result.value[1:-1] if result.value[0] == result.value[-1] == "'" else result.value
        found.append({"type": "result", "text": stripped, "is_main_result": True})
    return found


def _line(**event: Any) -> bytes:
    return json.dumps(event).encode() + b"\n"


def _problem(status: int, message: str) -> web.Response:
    return web.json_response({"code": status, "message": message}, status=status)


def _listed(sandbox: Sandbox) -> dict[str, Any]:
    machine = {"cpuCount": 2, "memoryMB": 512, "diskSizeMB": 512, "envdVersion": "0.6.0", "state": "running"}
    names = {"templateID": "t", "sandboxID": sandbox.id, "clientID": "c", "metadata": sandbox.asked["metadata"]}
    started = sandbox.started.isoformat()
    return {**machine, **names, "startedAt": started, "endAt": started}
