"""How many calls a model server gets at once: found by trying, as networks do.

Each good answer raises the limit a little, each refusal for want of capacity halves it, once for all calls that were in flight. A server
that asks for a pause gets it, from everyone. One that has refused everything for `patience` seconds is given up, with the reason.
"""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from agents.clock import waiting
from agents.halt import Halt
from agents.retry import may_pass, status_of

_BUSY = frozenset({429, 503, 529})
_LEAST_FAILURES = 10
"""So few failures in a row say nothing of a server yet."""


class Gate:
    """The gate before one server, for one role. `most` is the largest limit, `limit` the present one."""

    def __init__(self, name: str, most: int, *, patience: float = 120.0) -> None:
        self.name, self.most, self.patience = name, most, patience
        self.limit = float(min(most, 4))
        self._steep = True
        self._inside = 0
        self._waiting = asyncio.Condition()
        self._halved = 0.0
        self._closed_until = 0.0
        self._failures = 0
        self._since = 0.0
        self._last = ""

    @asynccontextmanager
    async def passage(self) -> AsyncIterator[None]:
        """Wait for a place; what the block raises tells how the server does. Raises Halt once the server is given up."""
        self._judge()
        with waiting():
            await self._enter()
        try:
            with waiting():
                await self._pause()
            started = time.monotonic()
            yield
            self._succeeded()
        except Exception as error:
            self._failed(error, started)
            raise
        finally:
            self._inside -= 1
            async with self._waiting:
                self._waiting.notify(2)  # one place is free, and the limit may have risen by one

    async def _enter(self) -> None:
        async with self._waiting:
            await self._waiting.wait_for(lambda: self._inside < int(self.limit))
            self._inside += 1

    async def _pause(self) -> None:
        if (wait := self._closed_until - time.monotonic()) > 0:
            await asyncio.sleep(wait)

    def _succeeded(self) -> None:
        self._failures = 0
        self.limit = min(self.most, self.limit + (1.0 if self._steep else 1.0 / self.limit))

    def _failed(self, error: Exception, started: float) -> None:
        if not may_pass(error):
            self._failures = 0  # it answers: what was asked is at fault
            return
        self._since = self._since if self._failures else started
        self._failures, self._last = self._failures + 1, str(error)
        if status_of(error) in _BUSY:
            if started >= self._halved:
                self.limit, self._steep, self._halved = max(1.0, self.limit / 2), False, time.monotonic()
            if wait := getattr(error, "retry_after", None):
                self._closed_until = max(self._closed_until, time.monotonic() + min(wait, self.patience))
        self._judge()

    def _judge(self) -> None:
        silent = time.monotonic() - self._since
        if self._failures >= _LEAST_FAILURES and silent >= self.patience:
            raise Halt(
                "endpoint",
                f"{self.name} gave no answer for {silent:.0f} s, {self._failures} failures in a row; the last: {self._last.rstrip('.?')}."
                " Go on with --resume when it does again.",
            )
