"""A run under way: its counts whenever the ledger has changed, at most twice a second, as server-sent events."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from traces.ledger import LedgerError
from winnow.view.pages.table import book_of
from winnow.view.shelf import Book

BEAT = 0.5
"""Seconds between two looks at the ledger; a server that ends waits so long for its open pages."""


async def stream(request: Request) -> Response:
    """Events until the page goes away."""
    book = book_of(request)
    await run_in_threadpool(lambda: book.ledger)
    headers = {"cache-control": "no-store"}
    return StreamingResponse(_told(request, book), media_type="text/event-stream", headers=headers)


async def _told(request: Request, book: Book) -> AsyncIterator[str]:
    yield "retry: 5000\n\n"
    async for figures in changes(book):
        if request.app.state.shelf.closing or await request.is_disconnected():
            return
        yield f"data: {orjson.dumps(figures).decode()}\n\n" if figures else ": still here\n\n"


async def changes(book: Book, beat: float = BEAT) -> AsyncIterator[dict[str, int | str] | None]:
    """The figures after each change; None at each beat without one. It ends where the ledger can no longer be read."""
    seen: Any = None
    try:
        while True:
            state = await run_in_threadpool(lambda: book.ledger.state())
            yield None if state == seen else await run_in_threadpool(figures, book)
            seen = state
            await asyncio.sleep(beat)
    except LedgerError:
        return


def figures(book: Book) -> dict[str, int | str]:
    """What the head of the table says, by name."""
    counts = book.ledger.counts()
    total = counts.total
    return {
        "kept": total.kept,
        "repaired": total.repaired,
        "rejected": total.rejected,
        "errors": total.errors,
        "unjudged": total.unjudged,
        "percent": total.rate_told,
        "attempts": total.attempts,
        "tasks": counts.tasks,
        "steps": counts.steps,
    }
