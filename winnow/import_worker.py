"""What a worker process of an import does: read, judge and pack some rows. It imports graders only where it has to judge."""

import gc
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from traces.imports import Raw, RowError
from traces.imports.trace import read_plain, slot_of, with_verdicts
from traces.packing import Plain, whole
from traces.puts import Ready, ready_plain


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
    unread: Sequence[Broken] = ()
    """What in rows that were read could not be."""


def work(chunk: Chunk) -> Done:
    """Read, judge and pack some rows. Anything that goes wrong with a row is that row's own."""
    prepared: list[Ready] = []
    broken: list[Broken] = []
    unread: list[Broken] = []
    for row in chunk.rows:
        try:
            ready, plain = _prepared(row, chunk)
            prepared += ready
            unread += [Broken(row.raw.file, row.raw.line, what) for what in _unread(plain)]
        except RowError as error:
            broken.append(Broken(row.raw.file, row.raw.line, str(error)))
        except Exception as error:  # the boundary of a row: hostile values break in ways nobody lists
            cause = f"cannot be stored ({type(error).__name__}: {str(error)[:300]})"
            broken.append(Broken(row.raw.file, row.raw.line, cause))
    return Done(prepared, broken, len(chunk.rows), unread)


def _prepared(row: Numbered, chunk: Chunk) -> tuple[tuple[Ready, Ready], Plain]:
    slot, plain = slot_of(row.number), read_plain(row.raw, row.number, chunk.form)
    if chunk.graders is not None:
        from winnow.judging import graders_named, judged

        plain = with_verdicts(plain, judged(whole(plain), graders_named(chunk.graders)))
    return ready_plain(slot, plain), plain


def _unread(plain: Plain) -> list[str]:
    """What a row holds and nobody could read: of what it does not hold at all, tools or a reference, nothing is said."""
    return [
        what for what in plain.record["lineage"]["imported"].get("missing", ()) if what not in ("tools", "reference")
    ]


def start() -> None:
    """Ctrl-C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _look_seldom()


def _look_seldom() -> None:
    """Garbage is looked for seldom: rows make no cycles, and looking for them as often as usual costs a third of the time."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@contextmanager
def seldom() -> Iterator[None]:
    """Garbage is looked for seldom meanwhile, as workers do for all their life."""
    usual = gc.get_threshold()
    _look_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()
