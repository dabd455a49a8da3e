"""What a worker process of an import does: read, judge and pack some rows. It imports graders only where it has to judge."""

import gc
import signal
from typing import NamedTuple

from traces.imports import Raw, RowError, read
from traces.imports.trace import slot_of
from traces.puts import PutAttempt, PutTask, Ready, ready


class Broken(NamedTuple):
    """A row that could not be read."""

    file: str
    line: int
    cause: str


class Numbered(NamedTuple):
    """A row with its number in the import."""

    number: int
    raw: Raw


class Chunk(NamedTuple):
    """What a worker is given. `graders` is None where nothing is to be judged."""

    rows: tuple[Numbered, ...]
    form: str
    graders: tuple[str, ...] | None


class Done(NamedTuple):
    """What a worker gives back: rows ready to be written, and those that broke."""

    ready: list[Ready]
    broken: list[Broken]
    rows: int


def work(chunk: Chunk) -> Done:
    """Read, judge and pack some rows. Anything that goes wrong with a row is that row's own."""
    prepared: list[Ready] = []
    broken: list[Broken] = []
    for row in chunk.rows:
        try:
            prepared += _prepared(row, chunk)
        except RowError as error:
            broken.append(Broken(row.raw.file, row.raw.line, str(error)))
        except Exception as error:  # the boundary of a row: hostile values break in ways nobody lists
            cause = f"cannot be stored ({type(error).__name__}: {str(error)[:300]})"
            broken.append(Broken(row.raw.file, row.raw.line, cause))
    return Done(prepared, broken, len(chunk.rows))


def _prepared(row: Numbered, chunk: Chunk) -> list[Ready]:
    trace = read(row.raw, row.number, chunk.form)
    if chunk.graders is not None:
        from winnow.judging import graders_named, judged

        trace = judged(trace, graders_named(chunk.graders))
    slot = slot_of(row.number)
    return [ready(PutTask(slot, trace.task)), ready(PutAttempt(slot, 0, [trace]))]


def start() -> None:
    """Ctrl-C is the parent's to answer. Rows make no cycles, so looking for them often is wasted."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)
