"""The local back end: sessions of a confined interpreter on this machine.

Promised at level *full*: code cannot reach the network (loopback included), the host's files, environment or processes, nor another
session; time, CPU, memory, processes, disk and output are bounded; nothing outlives the session, however the host ends.
Not promised: kernel flaws unknown to the public, side channels (timing, caches), hostile multi-tenancy, kernel memory that only a
memory cgroup could count, and honest results: code can forge what its own session reports. So whatever decides about
correctness runs in a fresh session, with the expected values kept on the host. At level *reduced* (no namespaces) see `docs/sandbox.md`.

Equal code gives equal output: fixed hash seed, seeds, time zone and paths, and addresses of objects are shown as `0x0`.
"""

import asyncio
import socket
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from types import TracebackType
from typing import Any

from tools.sandbox import host, languages
from tools.sandbox.inside.frames import FrameError, FrameReader, pack
from tools.sandbox.result import read_result
from tools.sandbox.session import Limits, RunResult, SandboxError, SandboxUnavailable

_OPEN = 60.0
_MARGIN = 20.0
"""Seconds beyond a call's time after which the supervisor itself counts as stuck; a busy machine must not look like that."""
CODE_CAP = 1 << 20


class LocalSession:
    """A running interpreter on this machine. One call at a time; a second one waits for the first."""

    def __init__(self, channel: socket.socket, limits: Limits) -> None:
        self._channel = channel
        self._limits = limits
        self._reader = FrameReader(_frame_cap(limits))
        self._turn = asyncio.Lock()
        self._home = ""
        self.closed = False

    async def start(self) -> None:
        """Wait until it is ready. Raises SandboxError."""
        message = await self._receive(_OPEN)
        if "ready" not in message:
            raise SandboxError(f"a session could not be opened: {message.get('fatal', message)}")
        self._home = message["home"]

    async def run(self, code: str, timeout: float | None = None) -> RunResult:
        """Execute one cell. Raises ValueError for code of more than a mebibyte, SandboxError where the session is closed."""
        if len(code.encode("utf-8", "surrogatepass")) > CODE_CAP:
            raise ValueError(f"the code has more than {CODE_CAP} bytes; write it shorter, or place data in a file")
        seconds = self._limits.time if timeout is None else timeout
        return await self._call({"op": "run", "code": code, "timeout": seconds}, seconds)

    async def run_program(
        self, language: str, source: str, stdin: str = "", args: tuple[str, ...] = (), timeout: float | None = None
    ) -> RunResult:
        """Compile and run a program; needs the compile profile. An absent language is a result with error `LanguageAbsent`."""
        return await self._carry_out(languages.recipe(language, args), source, stdin, timeout)

    async def check_program(self, language: str, source: str, timeout: float | None = None) -> RunResult:
        """Have the language's parser or compiler read a program without running it: what it says is in `stdout` and `stderr`."""
        return await self._carry_out(languages.recipe(language, (), check=True), source, "", timeout)

    async def _carry_out(
        self, recipe: languages.Recipe | RunResult, source: str, stdin: str, timeout: float | None
    ) -> RunResult:
        if isinstance(recipe, RunResult):
            return recipe
        await self.put(recipe.source, source.encode("utf-8", "surrogateescape"))
        seconds = self._limits.time if timeout is None else timeout
        request = {"op": "program", "steps": recipe.steps, "stdin": stdin, "timeout": seconds}
        return await self._call(request, seconds)

    async def put(self, name: str, content: bytes) -> None:
        """Place a file in the work folder. Raises ValueError for a name that leaves it, SandboxError where it does not fit."""
        answer = await self._exchange(pack({"op": "put", "name": name, "size": len(content)}) + content, _OPEN)
        if answer.get("failed") == "ValueError":
            raise ValueError(answer["message"])
        if "failed" in answer:
            raise SandboxError(f"{name} could not be placed in the session: {answer['message']}")

    async def get(self, name: str) -> bytes:
        """A regular file of the work folder. Raises FileNotFoundError, also for a link or anything else that is no file."""
        async with self._turn:
            answer = await self._ask(pack({"op": "get", "name": name}), _OPEN)
            if "failed" in answer:
                raise FileNotFoundError(f"{name}: {answer['message']}")
            return await self._rest(answer["size"])

    async def close(self) -> None:
        """End the session; returns when nothing of it is left. A call that is running fails with SandboxError."""
        self._abandon()
        try:
            # The socket has one reader at a time: the session's end also ends the call that may be reading now.
            async with asyncio.timeout(_OPEN), self._turn:
                await self._see_the_end()
        except TimeoutError:
            self._channel.close()

    async def _see_the_end(self) -> None:
        deadline = time.monotonic() + _OPEN
        try:
            while self._channel.fileno() >= 0 and await self._read(deadline):
                continue
        except OSError:
            return
        finally:
            self._channel.close()

    async def _call(self, request: dict[str, Any], seconds: float) -> RunResult:
        began = time.monotonic()
        try:
            answer = await self._exchange(pack(request), seconds + _MARGIN)
        except TimeoutError:
            return RunResult(duration=time.monotonic() - began, limit="time", closed=True)
        self.closed = self.closed or answer["closed"]
        return read_result(answer, self._home)

    async def _exchange(self, data: bytes, seconds: float) -> dict[str, Any]:
        async with self._turn:
            return await self._ask(data, seconds)

    async def _ask(self, data: bytes, seconds: float) -> dict[str, Any]:
        if self.closed:
            raise SandboxError("the session is closed: an earlier call ended it, or it was closed; open a new one")
        with self._whole():
            await self._send(data)
            return await self._receive(seconds)

    @contextmanager
    def _whole(self) -> Iterator[None]:
        """Whatever happens, cancellation included, a call done by half leaves a session that nobody can use any more."""
        try:
            yield
        except BaseException:
            self._abandon()
            raise

    async def _send(self, data: bytes) -> None:
        try:
            await asyncio.get_running_loop().sock_sendall(self._channel, data)
        except OSError as error:
            raise SandboxError(f"the session broke off: {error}") from None

    def _abandon(self) -> None:
        self.closed = True
        try:
            self._channel.shutdown(socket.SHUT_WR)
        except OSError:
            return

    async def _receive(self, seconds: float) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        found = self._reader.feed(b"")
        try:
            while found is None:
                found = self._reader.feed(await self._some(deadline))
        except (FrameError, OSError) as error:
            if isinstance(error, TimeoutError):
                raise
            raise SandboxError(f"the session broke off: {error}") from None
        if "fatal" in found:
            raise SandboxError(f"the session failed: {found['fatal']}")
        return found

    async def _some(self, deadline: float) -> bytes:
        data = await self._read(deadline)
        if not data and self.closed:
            raise SandboxError("the session was closed while it was in use")
        if not data:
            raise SandboxError("the session ended unexpectedly (killed from outside, or the machine is out of memory)")
        return data

    async def _read(self, deadline: float) -> bytes:
        """What has come; b"" at the end. An event loop that was held up past the deadline still finds what came in time."""
        while True:
            await self._until_readable(deadline)
            try:
                return self._channel.recv(1 << 18)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    raise TimeoutError from None

    async def _until_readable(self, deadline: float) -> None:
        loop, fd = asyncio.get_running_loop(), self._channel.fileno()
        woken = loop.create_future()
        timer = loop.call_later(max(0.0, deadline - time.monotonic()), _wake, woken)
        loop.add_reader(fd, _wake, woken)
        try:
            await woken
        finally:
            timer.cancel()
            loop.remove_reader(fd)

    async def _rest(self, size: int) -> bytes:
        data = bytearray(self._reader.rest())
        deadline = time.monotonic() + _OPEN
        with self._whole():
            while len(data) < size:
                data += await self._some(deadline)
        return bytes(data)


def _wake(waiter: asyncio.Future[None]) -> None:
    if not waiter.done():
        waiter.set_result(None)


def _frame_cap(limits: Limits) -> int:
    """Room for stdout, stderr, value and error, each escaped, and for the names of all files."""
    return 40 * limits.output + limits.files * 4096 + (1 << 20)


class LocalSessions:
    """Opens sessions of one profile. Raises SandboxUnavailable on first use where this machine cannot confine code."""

    name = "local"

    def __init__(
        self, limits: Limits | None = None, profile: host.Profile = "python", *, level: host.Level = "full"
    ) -> None:
        self._limits = limits or (languages.LIMITS if profile == "compile" else Limits())
        self._profile: host.Profile = profile
        self._level: host.Level = level
        self._open: set[LocalSession] = set()

    async def open(self, limits: Limits | None = None, files: Mapping[str, bytes] | None = None) -> LocalSession:
        """A fresh session with these files in its work folder."""
        chosen = limits or self._limits
        await self._forget_ended()
        zygote = host.zygote_for(self._profile, self._level)
        started = zygote.started
        if started is None:
            started = await asyncio.to_thread(zygote.wait)
        if self._profile == "compile" and started.level != "full":
            raise SandboxUnavailable(f"programs need the full level of the sandbox: {started.missing}. {host.REMEDIES}")
        ours, theirs = socket.socketpair()
        ours.setblocking(False)
        session = LocalSession(ours, chosen)
        try:
            with theirs:
                await zygote.order({"limits": asdict(chosen), "frame_cap": 1 << 26}, theirs)
            await session.start()
            for name, content in (files or {}).items():
                await session.put(name, content)
        except BaseException:
            await session.close()
            raise
        self._open.add(session)
        return session

    async def _forget_ended(self) -> None:
        ended = {session for session in self._open if session.closed}
        self._open -= ended
        await _close_all(ended)

    async def close(self) -> None:
        """Close every session that is still open. The zygote stays for the process's other sources."""
        await _close_all(self._open)
        self._open.clear()


async def _close_all(sessions: Iterable[LocalSession]) -> None:
    await asyncio.gather(*(session.close() for session in sessions))


class LocalSandbox:
    """One session as a context: `async with LocalSandbox() as session: result = await session.run("1 + 1")`."""

    def __init__(
        self,
        limits: Limits | None = None,
        files: Mapping[str, bytes] | None = None,
        profile: host.Profile = "python",
        *,
        level: host.Level = "full",
    ) -> None:
        self._source = LocalSessions(limits, profile, level=level)
        self._files = files

    async def __aenter__(self) -> LocalSession:
        return await self._source.open(files=self._files)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._source.close()
