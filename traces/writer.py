"""Many workers, one writer: puts are queued and committed in groups, so that sixty-four workers do not each wait for the disk.

`await writer.put_attempt(...)` returns when its transaction is committed. A put that cannot be stored fails alone; where the disk
fails, every put of that group raises and none of it is stored.
"""

import asyncio
import queue
import threading
from collections.abc import Sequence
from concurrent.futures import Future
from types import TracebackType
from typing import NamedTuple, Self

from traces.ledger import Ledger, LedgerError
from traces.puts import Put, PutAttempt, PutDiscard, PutTask, Ready
from traces.record import Message, Trajectory
from traces.task import Task

_GROUP = 256
"""The most puts in one transaction."""


class _Asked(NamedTuple):
    put: Put
    answer: "Future[bool]"


class Writer:
    """An async context manager around an open ledger; leaving it writes what is queued. The ledger stays open.

    `depth` bounds the queue: workers wait when the disk is slower than they are, so memory stays flat.
    """

    def __init__(self, ledger: Ledger, *, depth: int = 1024) -> None:
        self.ledger = ledger
        self._room = asyncio.Semaphore(depth)
        self._queue: queue.SimpleQueue[_Asked | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="ledger-writer", daemon=True)
        self._closed = False

    async def __aenter__(self) -> Self:
        self._thread.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def close(self) -> None:
        """Write what is queued and stop the thread; closing again does nothing."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
            await asyncio.to_thread(self._thread.join)

    async def put_task(self, slot: str, task: Task, wording: Sequence[Message] = (), stage: str = "") -> bool:
        """See `Ledger.put_task`."""
        return await self._put(PutTask(slot, task, wording, stage))

    async def put_discard(self, slot: str, stage: str, reason: str) -> bool:
        """See `Ledger.put_discard`."""
        return await self._put(PutDiscard(slot, stage, reason))

    async def put_attempt(
        self, slot: str, attempt: int, trajectories: Sequence[Trajectory], error: str | None = None
    ) -> bool:
        """See `Ledger.put_attempt`."""
        return await self._put(PutAttempt(slot, attempt, tuple(trajectories), error))

    async def _put(self, put: Put) -> bool:
        async with self._room:
            if self._closed:
                raise RuntimeError("the ledger's writer is closed")
            asked = _Asked(put, Future())
            self._queue.put(asked)
            # A worker that is cancelled must not cancel what the thread is about to write.
            return await asyncio.shield(asyncio.wrap_future(asked.answer))

    def _work(self) -> None:
        going = True
        while going:
            group = [self._queue.get()]
            while len(group) < _GROUP and not self._queue.empty():
                group.append(self._queue.get())
            going = None not in group
            self._write([asked for asked in group if asked is not None])

    def _write(self, group: Sequence[_Asked]) -> None:
        prepared = [(asked, ready) for asked in group if (ready := self._ready(asked)) is not None]
        if not prepared:
            return
        try:
            new = self.ledger.commit_ready([ready for _, ready in prepared])
        except BaseException as error:  # the thread must outlive it: whoever asked is told
            self._failed([asked for asked, _ in prepared], error)
        else:
            for (asked, _), was_new in zip(prepared, new, strict=True):
                asked.answer.set_result(was_new)

    def _failed(self, group: Sequence[_Asked], error: BaseException) -> None:
        if len(group) > 1 and isinstance(error, LedgerError) and error.trouble == "input":
            for asked in group:
                self._write([asked])
            return
        for asked in group:
            asked.answer.set_exception(error)

    def _ready(self, asked: _Asked) -> Ready | None:
        try:
            return self.ledger.ready(asked.put)
        except BaseException as error:  # this put alone is at fault
            asked.answer.set_exception(error)
            return None
