"""Processes that share the work of a workbench. Results come in the order of the works, however many there are."""

import asyncio
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from multiprocessing.util import Finalize
from typing import Any

from winnow.workbench import Bench, Work, Workbench, Yield

_CHUNK = 16
"""Pieces of work handed over at once."""


class Crew:
    """Processes that share the work, or this one alone. Each opens its workbench once."""

    def __init__(self, bench: Bench, workers: int) -> None:
        context: Any = get_context("spawn")
        self._here = None if workers > 1 else _Post(bench)
        self._pool = (
            ProcessPoolExecutor(workers, mp_context=context, initializer=_open_post, initargs=(bench,))
            if workers > 1
            else None
        )

    def __enter__(self) -> "Crew":
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool:
            self._pool.shutdown(cancel_futures=True)
        if self._here:
            self._here.close()

    def do(self, works: Sequence[Work]) -> Iterator[list[Yield]]:
        """The works' yields in their order, some at a time."""
        parts = [works[at : at + _CHUNK] for at in range(0, len(works), _CHUNK)]
        if self._here:
            yield from map(self._here.do, parts)
        elif self._pool:
            yield from self._pool.map(_at_post, parts)


class _Post:
    """A workbench with the event loop it lives on."""

    def __init__(self, bench: Bench) -> None:
        self._runner, self._workbench = asyncio.Runner(), Workbench(bench)

    def do(self, works: Sequence[Work]) -> list[Yield]:
        return self._runner.run(self._workbench.do(works))

    def close(self) -> None:
        self._runner.run(self._workbench.close())
        self._runner.close()


_posts: list[_Post] = []
"""The one post of a worker process."""


def _open_post(bench: Bench) -> None:
    """Begin as a worker process. Ctrl-C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _posts.append(_Post(bench))
    Finalize(None, _posts[0].close, exitpriority=10)


def _at_post(works: Sequence[Work]) -> list[Yield]:
    return _posts[0].do(works)
