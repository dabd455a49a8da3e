"""One E2B sandbox with one context in it: cells, files, and a deadline of our own. It knows no second try.

The SDK's own time limit takes twice as long as asked, and a call after one that timed out in the same context can hang; so the
interpreter inside ends a call that is late, and where that fails the deadline here gives the whole sandbox up.
"""

import asyncio
import math
import secrets
import time
from dataclasses import replace

from e2b.exceptions import FileNotFoundException as NoFile
from e2b_code_interpreter.code_interpreter_async import AsyncSandbox
from e2b_code_interpreter.models import Context, Execution, OutputMessage, Result

from tools.sandbox.e2b import cells, errors
from tools.sandbox.e2b.errors import Lost
from tools.sandbox.result import media_type
from tools.sandbox.session import CodeError, Limits, ProducedFile, RunResult

LIFETIME = 600
"""Seconds after which E2B ends a sandbox that nobody uses: the bound of every leak."""
GRACE = 5.0
"""Seconds beyond a call's time for the way there and back, and for code that swallows its interruption."""
_OPEN = 20.0
_FLOOD = 8
"""Times the output limit that a call may send before it is broken off."""


class _Flood(Exception):
    """More output than is worth carrying."""


class Box:
    """A sandbox in use. Raises Lost where it does not answer any more."""

    def __init__(self, sandbox: AsyncSandbox, limits: Limits, key: str) -> None:
        self.sandbox = sandbox
        self._limits = limits
        self._key = key
        self._context: Context | None = None
        self._home = ""
        self._until = time.monotonic() + LIFETIME

    async def start(self) -> None:
        """Bring the interpreter in."""
        nonce = secrets.token_hex(8)
        with errors.sandbox(self._key):
            try:
                async with asyncio.timeout(_OPEN):
                    self._context = await self.sandbox.create_code_context()
                    execution = await self._execute(cells.opening(nonce, self._limits))
            except TimeoutError:
                raise Lost(f"no context within {_OPEN:g} s") from None
        said = cells.report(execution, nonce)
        if said is None:
            raise Lost(f"the interpreter did not start: {execution.error}")
        self._home = str(said["home"])

    async def run(self, code: str, seconds: float) -> RunResult:
        """One cell. The session is gone where the result says so."""
        began, nonce = time.monotonic(), secrets.token_hex(8)
        with errors.sandbox(self._key):
            try:
                await self._keep_alive(seconds)
                async with asyncio.timeout(seconds + GRACE):
                    execution = await self._execute(cells.call(nonce, code, seconds))
            except TimeoutError:
                return await self._stuck(began)
            except _Flood:
                error = CodeError("OutputLimit", "the call wrote far more output than a session may", "")
                return RunResult(error=error, duration=time.monotonic() - began, limit="output", closed=True)
        said = cells.report(execution, nonce)
        if said is None and execution.error is None:
            raise Lost("the answer to a call broke off")
        result = cells.read_result(execution, said, self._home, self._limits, time.monotonic() - began)
        return await self._with_pictures(result, cells.pictures(execution))

    async def _stuck(self, began: float) -> RunResult:
        """Past the deadline: the code's doing where the sandbox still answers, the network's where it does not."""
        if not await self.sandbox.is_running(request_timeout=GRACE):
            raise Lost("the sandbox ended during a call")
        error = CodeError("TimeoutError", "the call took longer than its time limit", "")
        return RunResult(error=error, duration=time.monotonic() - began, limit="time", closed=True)

    async def put(self, name: str, content: bytes) -> None:
        with errors.sandbox(self._key):
            await self._keep_alive(0)
            await self.sandbox.files.write(f"{self._home}/{name}", content)

    async def get(self, name: str) -> bytes:
        with errors.sandbox(self._key):
            await self._keep_alive(0)
            try:
                return bytes(await self.sandbox.files.read(f"{self._home}/{name}", "bytes"))
            except NoFile:
                raise FileNotFoundError(f"{name}: no such file in the session") from None

    async def _execute(self, code: str) -> Execution:
        room = _FLOOD * self._limits.output + (1 << 16)

        def count(message: OutputMessage | Result) -> None:
            nonlocal room
            room -= len(message.line if isinstance(message, OutputMessage) else message.text or message.png or "")
            if room < 0:
                raise _Flood

        return await self.sandbox.run_code(
            code, context=self._context, timeout=0, on_stdout=count, on_stderr=count, on_result=count
        )

    async def _with_pictures(self, result: RunResult, pictures: list[bytes]) -> RunResult:
        """What was displayed lies in the work folder, as figures left open do. E2B's template also displays what is saved."""
        if result.closed or any(file.media_type.startswith("image/") for file in result.files):
            return result
        shown = []
        for number, picture in enumerate(pictures, 1):
            name = f"figure-{number}.png"
            await self.put(name, picture)
            shown.append(ProducedFile(name, len(picture), media_type(name)))
        return replace(result, files=(*result.files, *shown))

    async def _keep_alive(self, seconds: float) -> None:
        """Put the sandbox's end off where it comes near."""
        now, needed = time.monotonic(), max(LIFETIME, math.ceil(2 * seconds))
        if self._until - now < max(LIFETIME / 2, seconds + GRACE):
            await self.sandbox.set_timeout(needed)
            self._until = now + needed
