"""A session on E2B: the same contract as a local one, kept even where its sandbox dies once.

What was done in a session is remembered. Where its sandbox is lost, all of it is done again in a new one, and only where every
result comes out equal does the session go on; otherwise, or at a second loss, it ends with a SandboxError. After a call
that could not be interrupted, or that ended the interpreter, the session is closed.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import NamedTuple, TypeVar

from tools.sandbox.e2b.box import Box
from tools.sandbox.e2b.errors import Lost
from tools.sandbox.inside.folder import parts
from tools.sandbox.local import CODE_CAP
from tools.sandbox.session import Limits, RunResult, SandboxError

T = TypeVar("T")
_READY = 25.0
"""Seconds that a new sandbox may take, beside the time of what is done again in it."""


class _Ran(NamedTuple):
    """A cell, and what came of it."""

    code: str
    seconds: float
    result: RunResult


class _Put(NamedTuple):
    name: str
    content: bytes


class E2BSession:
    """A running interpreter. One call at a time; a second one waits for the first."""

    def __init__(
        self, limits: Limits, make: Callable[[], Awaitable[Box]], end: Callable[[Box], Awaitable[None]]
    ) -> None:
        self._limits = limits
        self._make = make
        self._end = end
        self._box: Box | None = None
        self._done: list[_Ran | _Put] = []
        self._moved = False
        self._turn = asyncio.Lock()
        self.closed = False

    @property
    def holds_sandbox(self) -> bool:
        """True while there is something to end, also where a call has closed the session."""
        return self._box is not None

    async def start(self) -> None:
        """Raises SandboxUnavailable, SandboxError."""
        await self._in_turn(lambda box: asyncio.sleep(0))

    async def run(self, code: str, timeout: float | None = None) -> RunResult:
        """Execute one cell. Raises ValueError for code of more than a mebibyte, SandboxError where the session is closed."""
        if len(code.encode("utf-8", "surrogatepass")) > CODE_CAP:
            raise ValueError(f"the code has more than {CODE_CAP} bytes; write it shorter, or place data in a file")
        seconds = self._limits.time if timeout is None else timeout
        result = await self._in_turn(lambda box: box.run(code, seconds))
        self._done.append(_Ran(code, seconds, result))
        self.closed = self.closed or result.closed
        return result

    async def put(self, name: str, content: bytes) -> None:
        """Place a file in the work folder. Raises ValueError for a name that leaves it."""
        parts(name)
        await self._in_turn(lambda box: box.put(name, content))
        self._done.append(_Put(name, content))

    async def get(self, name: str) -> bytes:
        """A file of the work folder. Raises FileNotFoundError."""
        try:
            parts(name)
        except ValueError as error:
            raise FileNotFoundError(str(error)) from None
        return await self._in_turn(lambda box: box.get(name))

    async def close(self) -> None:
        """End the session and its sandbox."""
        self.closed = True
        box, self._box = self._box, None
        if box is not None:
            await self._end(box)

    async def _in_turn(self, action: Callable[[Box], Awaitable[T]]) -> T:
        async with self._turn:
            if self.closed:
                raise SandboxError("the session is closed: an earlier call ended it, or it was closed; open a new one")
            try:
                return await self._try(action)
            except FileNotFoundError:
                raise
            except BaseException:
                # Whatever happened, cancellation included, the far side may be in mid-call: nobody can use it any more.
                self.closed = True
                raise

    async def _try(self, action: Callable[[Box], Awaitable[T]]) -> T:
        try:
            return await action(self._box or await self._fresh())
        except Lost as lost:
            if self.closed:
                raise SandboxError("the session was closed during a call") from None
            if self._moved:
                raise SandboxError(f"a second E2B sandbox of this session was lost: {lost}") from None
        self._moved = True
        try:
            return await action(await self._fresh())
        except Lost as lost:
            raise SandboxError(f"the E2B sandbox was lost, and so was the one that replaced it: {lost}") from None

    async def _fresh(self) -> Box:
        """A new sandbox in which all has been done that was done so far."""
        box, self._box = self._box, None
        if box is not None:
            await self._end(box)
        seconds = _READY + 2 * sum(step.result.duration for step in self._done if isinstance(step, _Ran))
        try:
            async with asyncio.timeout(seconds):
                return await self._rebuilt()
        except TimeoutError:
            raise SandboxError(f"E2B gave no sandbox that was ready within {seconds:.0f} s") from None

    async def _rebuilt(self) -> Box:
        self._box = box = await self._make()
        if self.closed:
            await self.close()
            raise SandboxError("the session was closed while it was opened")
        await box.start()
        for number, step in enumerate(self._done, 1):
            if isinstance(step, _Put):
                await box.put(step.name, step.content)
            elif _unlike(await box.run(step.code, step.seconds), step.result):
                raise SandboxError(
                    f"the E2B sandbox was lost, and in a new one step {number} of the session came out differently, so "
                    "it cannot go on: its code depends on chance, time or the machine"
                )
        return box


def _unlike(one: RunResult, other: RunResult) -> bool:
    return replace(one, duration=0.0) != replace(other, duration=0.0)
