"""Patience with a provider: a rate shared by the whole process, a deadline, retries with jitter, and a pause after repeated failure."""

import asyncio
import random
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from tools.search.provider import SearchUnavailable

T = TypeVar("T")


class TryAgain(SearchUnavailable):
    """A failure that may pass. `after` is how many seconds the provider asks to wait, where it does."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class TokenBucket:
    """Lets `rate` calls a second through, one at a time. Shared by threads and event loops."""

    def __init__(self, rate: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._interval = 1 / rate
        self._clock = clock
        self._free = clock()
        self._lock = threading.Lock()

    def reserve(self, longest: float) -> float | None:
        """Seconds to wait for one's turn, or None (and no turn is taken) where that is longer than `longest`."""
        with self._lock:
            now = self._clock()
            wait = max(0.0, self._free - now)
            if wait > longest:
                return None
            self._free = now + wait + self._interval
            return wait


class Breaker:
    """Opens after `threshold` failures in a row; then one trial is let through every `pause` seconds, until one succeeds."""

    def __init__(self, threshold: int, pause: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._threshold = threshold
        self._pause = pause
        self._clock = clock
        self._failures = 0
        self._closed_until = 0.0
        self._lock = threading.Lock()

    def seconds_left(self) -> float:
        """0 where a call may be made now; a trial's turn is taken by asking."""
        with self._lock:
            now = self._clock()
            if self._failures < self._threshold:
                return 0.0
            if now >= self._closed_until:
                self._closed_until = now + self._pause
                return 0.0
            return self._closed_until - now

    def note(self, success: bool) -> None:
        with self._lock:
            self._failures = 0 if success else self._failures + 1
            if self._failures == self._threshold:
                self._closed_until = self._clock() + self._pause


@cache
def shared_bucket(provider: str, rate: float) -> TokenBucket:
    """The one bucket of this process for a provider."""
    return TokenBucket(rate)


@cache
def shared_breaker(provider: str) -> Breaker:
    """The one breaker of this process for a provider."""
    return Breaker(threshold=5, pause=60.0)


@dataclass(frozen=True)
class Patience:
    """How a provider is called. Times in seconds; `longest_wait` is for one's turn, `deadline` for the call with its retries."""

    bucket: TokenBucket
    breaker: Breaker
    deadline: float = 20.0
    longest_wait: float = 120.0
    tries: int = 3
    backoff: float = 0.5
    chance: random.Random = field(default_factory=random.Random)

    async def call(self, provider: str, ask: Callable[[], Awaitable[T]]) -> T:
        """What `ask` returns. Raises SearchUnavailable, never anything else that belongs to the network."""
        if left := self.breaker.seconds_left():
            raise SearchUnavailable(f"{provider} failed repeatedly and is left alone for {left:.0f} more seconds")
        await self.turn(self.bucket, provider)
        try:
            async with asyncio.timeout(self.deadline):
                result = await self._persist(provider, ask)
        except TimeoutError as error:
            self.breaker.note(success=False)
            raise SearchUnavailable(f"{provider} did not answer within {self.deadline:g} seconds") from error
        except SearchUnavailable:
            self.breaker.note(success=False)
            raise
        self.breaker.note(success=True)
        return result

    async def _persist(self, provider: str, ask: Callable[[], Awaitable[T]]) -> T:
        for number in range(1, self.tries + 1):
            try:
                return await ask()
            except TryAgain as error:
                if number == self.tries:
                    raise
                pause = self.backoff * 2**number * self.chance.uniform(0.5, 1.0)
                await asyncio.sleep(max(pause, error.after or 0.0))
                await self.turn(self.bucket, provider)
        raise AssertionError("unreachable: the last try returns or raises")

    async def turn(self, bucket: TokenBucket, what: str) -> None:
        """Wait for one's turn. Raises SearchUnavailable where that would take longer than `longest_wait`."""
        wait = bucket.reserve(self.longest_wait)
        if wait is None:
            raise SearchUnavailable(f"too many requests wait for {what}; fewer workers or a higher rate would help")
        await asyncio.sleep(wait)
