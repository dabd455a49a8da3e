"""Files of foreign traces into a run: rows are read, judged and packed in worker processes, and committed in their order here.

A row that cannot be read is listed in `broken.jsonl` with its place and cause, and stops nothing. What is committed stays so
if the import is interrupted; `origin.yaml` then says that it is not complete.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import orjson

from traces.imports import Raw, rows
from traces.ledger import Ledger
from winnow.folder import RunFolder
from winnow.import_worker import Broken, Chunk, Done, Numbered, seldom, start, work
from winnow.judging import graders_named
from winnow.origin import Origin

_ROWS = 64
"""Rows a worker is given at once."""
_BYTES = 4_000_000
"""Or fewer, where they are long: several chunks are held at a time."""
_TOLD = 10
"""So many things that could not be read are told one by one."""
_SMALL = 2_000_000
"""Up to so many bytes, starting workers costs more than they save."""
_MOST_WORKERS = 8


class ImportFailed(Exception):
    """The import cannot go on; the message says why and what to do."""


@dataclass
class Came:
    """What came of an import."""

    rows: int = 0
    broken: list[Broken] = field(default_factory=list)
    unread: list[Broken] = field(default_factory=list)
    """What could not be read in rows that were imported; no more than the first of many."""
    not_read: int = 0
    """How many there are of those."""
    share: float = 0.0
    """How much of the files was taken so far."""

    @property
    def imported(self) -> int:
        return self.rows - len(self.broken)

    def add(self, done: Done) -> None:
        self.rows += done.rows
        self.broken += done.broken
        self.not_read += len(done.unread)
        self.unread += done.unread[: _TOLD - len(self.unread)]


@dataclass
class Import:
    """One import into a new folder. `workers` None takes what the machine has where the files are worth it."""

    files: Sequence[Path]
    output: Path
    form: str = "auto"
    grade: bool = True
    workers: int | None = None
    tell: Callable[[Came], None] = lambda came: None

    def run(self) -> Came:
        """Do it.

        Raises:
            FolderError: the output is not a new or empty folder.
            SourceError: a file cannot be read; known before anything is written, where it is missing.
            ImportFailed: a worker died.
        """
        taken: dict[int, int] = {}
        opened = [(path, rows(path, partial(taken.__setitem__, n))) for n, path in enumerate(self.files)]
        first = [(path, next(found, None), found) for path, found in opened]
        graders = tuple(grader.name for grader in graders_named(None)) if self.grade else None
        origin = Origin(
            kind="import", name=self.output.name, sources=tuple(map(str, self.files)), form=self.form,
            graders={grader.name: grader.version for grader in graders_named(graders or ())},
        )  # fmt: skip
        folder = RunFolder.create_from(self.output, origin)
        came = Came()
        with Ledger.create(folder.ledger) as ledger, (folder.path / "broken.jsonl").open("wb") as list_, seldom():
            for done in self._done(chain.from_iterable(_whole(head, rest) for _, head, rest in first), graders):
                ledger.commit_ready(done.ready)
                list_.writelines(orjson.dumps(broken._asdict()) + b"\n" for broken in done.broken)
                came.add(done)
                came.share = sum(taken.values()) / max(self._size, 1)
                self.tell(came)
        folder.finish(origin.model_copy(update={"complete": True, "rows": came.rows, "broken": len(came.broken)}))
        return came

    def _done(self, found: Iterable[Raw], graders: tuple[str, ...] | None) -> Iterator[Done]:
        chunks = _chunks(found, self.form, graders)
        workers = self._workers()
        return map(work, chunks) if workers == 1 else _pooled(chunks, workers)

    @cached_property
    def _size(self) -> int:
        return sum(path.stat().st_size for path in self.files)

    def _workers(self) -> int:
        if self.workers is not None:
            return self.workers
        return 1 if self._size < _SMALL else min(_MOST_WORKERS, len(os.sched_getaffinity(0)))


def _whole(head: Raw | None, rest: Iterator[Raw]) -> Iterable[Raw]:
    return () if head is None else chain([head], rest)


def _chunks(found: Iterable[Raw], form: str, graders: tuple[str, ...] | None) -> Iterator[Chunk]:
    held: list[Numbered] = []
    size = 0
    for number, raw in enumerate(found):
        held.append(Numbered(number, raw))
        size += len(raw.value) if isinstance(raw.value, bytes) else 0
        if len(held) == _ROWS or size > _BYTES:
            yield Chunk(tuple(held), form, graders)
            held, size = [], 0
    if held:
        yield Chunk(tuple(held), form, graders)


def _pooled(chunks: Iterator[Chunk], workers: int) -> Iterator[Done]:
    """The chunks' results in order, a few ahead of who takes them."""
    waiting: deque[Future[Done]] = deque()
    context: Any = get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=start) as pool:
        try:
            for chunk in chunks:
                waiting.append(pool.submit(work, chunk))
                if len(waiting) > 2 * workers:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            raise ImportFailed("a worker process died, maybe for want of memory. Try again with --workers 1") from error
        except BaseException:  # whoever takes the results stopped: no more of them are wanted
            pool.shutdown(wait=False, cancel_futures=True)
            raise
