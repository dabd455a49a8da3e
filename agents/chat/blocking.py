"""The synchronous face of the chat model: one event loop in a thread of its own, so that it works inside a running loop too."""

import asyncio
import atexit
import threading
from collections.abc import AsyncIterator, Coroutine, Iterator
from functools import cache
from typing import Any, TypeVar

T = TypeVar("T")


def wait_for(work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end, from any thread."""
    return asyncio.run_coroutine_threadsafe(work, _loop()).result()


def drawn(source: AsyncIterator[T]) -> Iterator[T]:
    """An async iterator, drawn one item at a time."""
    try:
        while True:
            try:
                yield wait_for(_next(source))
            except StopAsyncIteration:
                return
    finally:
        if hasattr(source, "aclose"):
            wait_for(source.aclose())


async def _next(source: AsyncIterator[T]) -> T:
    return await anext(source)


@cache
def _loop() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=_serve, args=(loop,), name="chat-model", daemon=True)
    thread.start()
    atexit.register(_close, loop, thread)
    return loop


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    loop.run_forever()
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()


def _close(loop: asyncio.AbstractEventLoop, thread: threading.Thread) -> None:
    loop.call_soon_threadsafe(loop.stop)
    thread.join(5)
