"""Rate, retries, deadline and pause, on a clock of our own."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tools.search.provider import SearchUnavailable
from tools.search.web.limits import Breaker, Patience, TokenBucket, TryAgain, shared_breaker, shared_bucket


class Clock:
    """Stands still until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def patience(clock: Clock | None = None, **settings: float) -> Patience:
    breaker = Breaker(threshold=3, pause=60.0, clock=clock or Clock())
    return Patience(TokenBucket(1e6), breaker, **{"backoff": 0.0, **settings})  # type: ignore[arg-type]


def failing(*errors: Exception) -> Callable[[], Awaitable[str]]:
    """Raises each error once, then answers."""
    left = list(errors)

    async def ask() -> str:
        if left:
            raise left.pop(0)
        return "answer"

    return ask


def test_the_bucket_gives_turns_at_its_rate() -> None:
    clock = Clock()
    bucket = TokenBucket(2.0, clock)
    assert [bucket.reserve(10) for _ in range(3)] == [0.0, 0.5, 1.0]
    clock.now += 10
    assert [bucket.reserve(10) for _ in range(2)] == [0.0, 0.5]


def test_a_turn_that_would_come_too_late_is_not_taken() -> None:
    bucket = TokenBucket(1.0, Clock())
    assert [bucket.reserve(1.5) for _ in range(4)] == [0.0, 1.0, None, None]
    assert bucket.reserve(2.0) == 2.0


def test_one_bucket_and_one_breaker_serve_the_whole_process() -> None:
    assert shared_bucket("x", 1.0) is shared_bucket("x", 1.0)
    assert shared_bucket("x", 1.0) is not shared_bucket("y", 1.0)
    assert shared_breaker("x") is shared_breaker("x")


def test_the_breaker_opens_tries_once_and_closes_again() -> None:
    clock = Clock()
    breaker = Breaker(threshold=2, pause=60.0, clock=clock)
    breaker.note(success=False)
    assert breaker.seconds_left() == 0
    breaker.note(success=False)
    assert breaker.seconds_left() == 60
    clock.now += 61
    assert breaker.seconds_left() == 0, "one trial is let through"
    assert breaker.seconds_left() == 60, "and only one"
    clock.now += 61
    assert breaker.seconds_left() == 0
    breaker.note(success=True)
    assert breaker.seconds_left() == 0


async def test_what_may_pass_is_tried_again() -> None:
    assert await patience().call("p", failing(TryAgain("429"), TryAgain("500"))) == "answer"


async def test_the_last_failure_is_told() -> None:
    with pytest.raises(SearchUnavailable, match="third"):
        await patience().call("p", failing(TryAgain("first"), TryAgain("second"), TryAgain("third")))


async def test_what_will_not_pass_is_not_tried_again() -> None:
    with pytest.raises(SearchUnavailable, match="key"):
        await patience().call("p", failing(SearchUnavailable("the key is wrong"), TryAgain("never reached")))


async def test_failures_in_a_row_open_the_breaker() -> None:
    clock = Clock()
    guarded = patience(clock)
    for _ in range(3):
        with pytest.raises(SearchUnavailable, match="down"):
            await guarded.call("p", failing(SearchUnavailable("down")))
    with pytest.raises(SearchUnavailable, match="left alone for 60"):
        await guarded.call("p", failing())
    clock.now += 61
    assert await guarded.call("p", failing()) == "answer"
    assert await guarded.call("p", failing()) == "answer"


async def test_the_deadline_covers_the_retries() -> None:
    async def hang() -> str:
        await asyncio.sleep(60)
        return "late"

    with pytest.raises(SearchUnavailable, match=r"within 0\.05 seconds"):
        await patience(deadline=0.05).call("p", hang)
    with pytest.raises(SearchUnavailable, match=r"within 0\.05 seconds"):
        await patience(deadline=0.05).call("p", failing(TryAgain("wait", after=60.0)))


async def test_a_queue_that_is_too_long_is_told() -> None:
    guarded = Patience(TokenBucket(0.001), Breaker(3, 60.0), longest_wait=1.0)
    assert await guarded.call("p", failing()) == "answer"
    with pytest.raises(SearchUnavailable, match="too many requests wait"):
        await guarded.call("p", failing())
