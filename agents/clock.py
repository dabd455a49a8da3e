"""An attempt's own time: what it waits for a place at a busy server, between two tries, or for a server that never answers, is the
server's doing and does not count. What an answer took does, once it is there.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass
class Clock:
    """`waited` is the time, in seconds, that an attempt has spent waiting so far."""

    waited: float = 0.0
    _deadline: asyncio.Timeout | None = None

    @asynccontextmanager
    async def within(self, seconds: float) -> AsyncIterator[None]:
        """As `asyncio.timeout`, but waiting within it does not count."""
        token = _clock.set(self)
        try:
            async with asyncio.timeout(max(0.001, seconds)) as self._deadline:
                yield
        finally:
            self._deadline = None
            _clock.reset(token)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """The clock stands still in the block."""
        deadline, started = self._deadline, asyncio.get_running_loop().time()
        left = deadline.when() if deadline and not deadline.expired() else None
        if deadline and left is not None:
            deadline.reschedule(None)
        try:
            yield
        finally:
            waited = asyncio.get_running_loop().time() - started
            self.waited += waited
            if deadline and left is not None and self._deadline is deadline:
                deadline.reschedule(left + waited)

    @contextmanager
    def answering(self) -> Iterator[None]:
        """The clock stands still in the block, and goes on by all it took where it ends well. The deadline at hand cuts nothing off."""
        before = self.waited
        with self.stopped():
            yield
        self.waited = before


_clock: ContextVar[Clock | None] = ContextVar("clock", default=None)


@contextmanager
def waiting() -> Iterator[None]:
    """The block waits for others: the clock of the attempt it belongs to, if any, stands still."""
    clock = _clock.get()
    if clock is None:
        yield
        return
    with clock.stopped():
        yield


@contextmanager
def answering() -> Iterator[None]:
    """The block asks a server: its time is the attempt's own only if an answer comes."""
    clock = _clock.get()
    with clock.answering() if clock else nullcontext():
        yield
