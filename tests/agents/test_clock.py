"""An attempt's time: its own counts, that of a busy server does not."""

import asyncio

import pytest

from agents.clock import Clock, answering, waiting


async def test_its_own_time_counts() -> None:
    with pytest.raises(TimeoutError):
        async with Clock().within(0.05):
            await asyncio.sleep(5)


async def test_waiting_does_not() -> None:
    clock = Clock()
    async with clock.within(0.6):  # far more than a busy machine needs for the rest
        with waiting():
            await asyncio.sleep(0.7)
        await asyncio.sleep(0)
    assert clock.waited >= 0.65


async def test_what_is_left_after_waiting_is_as_before() -> None:
    with pytest.raises(TimeoutError):
        await slow_then_busy()


async def slow_then_busy() -> None:
    async with Clock().within(0.1):
        with waiting():
            await asyncio.sleep(0.2)
        await asyncio.sleep(5)


async def test_outside_of_an_attempt_nothing_is_counted() -> None:
    with waiting():
        await asyncio.sleep(0)


async def test_what_an_answer_took_counts_and_what_a_failure_took_does_not() -> None:
    clock = Clock()
    async with clock.within(0.01):
        with answering():
            await asyncio.sleep(0.05)
    assert clock.waited == 0.0
    with pytest.raises(ConnectionError):
        await dropped(clock)
    assert clock.waited >= 0.04


async def dropped(clock: Clock) -> None:
    async with clock.within(0.01):
        with answering():
            await asyncio.sleep(0.05)
            raise ConnectionError
