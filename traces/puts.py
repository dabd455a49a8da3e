"""Writes to the ledger, and how each becomes rows. Everything here runs inside the caller's transaction."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from operator import add
from typing import Any, NamedTuple

from traces import packing, retried, rows
from traces.record import Message, Trajectory
from traces.rows import Facet
from traces.task import Task

_QUERY = 200
_ASKED = 500
"""Slots asked for at once."""
_APART = 9
"""So many fields of a facet set it apart; the others are counted."""
_COLUMNS = {"slot": 8, "slot_body": 4, "part": 2, "facet": 14, "attempt": 13, "body": 7}
_MARKS = {table: f"({', '.join('?' * columns)})" for table, columns in _COLUMNS.items()}


def attempt_key(slot: str, attempt: int, repair: int = 0) -> str:
    """The key of a trajectory: `lookup-0012-1`, or `lookup-0012-1r1` for its first repair."""
    return f"{slot}-{attempt}" + (f"r{repair}" if repair else "")


def slot_of(key: str) -> str:
    """The slot that a trajectory is an attempt at."""
    return key.rsplit("-", 1)[0]


class PutTask(NamedTuple):
    """A slot's task, the messages that worded it, and in a word how its query came to be, where that is counted."""

    slot: str
    task: Task
    wording: Sequence[Message] = ()
    stage: str = ""


class PutDiscard(NamedTuple):
    """A task thrown away: at which stage of its making, and why."""

    slot: str
    stage: str
    reason: str


class PutAttempt(NamedTuple):
    """An attempt: its trajectories in order, the last the final one, or the error that ended it."""

    slot: str
    attempt: int
    trajectories: Sequence[Trajectory] = ()
    error: str | None = None


Put = PutTask | PutDiscard | PutAttempt


Values = tuple[Any, ...]
"""The values of a row of a table, or of its last columns."""


class ReadyTask(NamedTuple):
    """A slot's task as its rows will hold it."""

    slot: str
    stage: str
    row: Values
    """Of `slot`."""
    task: packing.Part
    body: Values
    """Of `slot_body`."""


class Entry(NamedTuple):
    """A trajectory as its rows will hold it, or the error of an attempt that left none."""

    facet: Facet
    row: Values
    """Of `attempt`, without id and facet."""
    body: Values = ()
    """Of `body`, without id."""
    parts: tuple[packing.Part, ...] = ()


class ReadyAttempt(NamedTuple):
    """An attempt as its rows will hold it."""

    slot: str
    attempt: int
    entries: tuple[Entry, ...]


Ready = ReadyTask | PutDiscard | ReadyAttempt
"""A write whose costly part, packing, is done. It is cheap to send from one process to another."""


def ready(put: Put) -> Ready:
    """Do the part of a write that needs no database.

    Raises:
        ValueError: an attempt with neither trajectory nor error.
        TypeError: values that JSON cannot hold.
    """
    if isinstance(put, PutTask):
        plain = packing.plain_task(put.task)
        return _ready_task(put.slot, plain, packing.part_of(plain), put.wording, put.stage)
    if isinstance(put, PutDiscard):
        return put
    if not put.trajectories:
        return ReadyAttempt(put.slot, put.attempt, (_failure(put),))
    plains = [packing.plain_of(trace) for trace in put.trajectories]
    entries = (_entry(put, repair, plain, packing.part_of(plain.task)) for repair, plain in enumerate(plains))
    return ReadyAttempt(put.slot, put.attempt, tuple(entries))


def ready_plain(slot: str, trace: packing.Plain) -> tuple[ReadyTask, ReadyAttempt]:
    """A slot's task and the one attempt at it, of plain values. Raises TypeError as `ready` does."""
    task = packing.part_of(trace.task)
    attempt = ReadyAttempt(slot, 0, (_entry(PutAttempt(slot, 0), 0, trace, task),))
    return _ready_task(slot, trace.task, task), attempt


def _ready_task(
    slot: str, plain: dict[str, Any], task: packing.Part, wording: Sequence[Message] = (), stage: str = ""
) -> ReadyTask:
    said, times, mark = packing.pack_wording(wording)
    hash = packing.digest(task.hash.encode(), mark.encode())
    difficulty = plain.get("difficulty", rows.PLAIN_DIFFICULTY)
    row = (slot, "task", plain["family"], difficulty, plain["query"][:_QUERY], stage, "", hash)
    return ReadyTask(slot, stage, row, task, (slot, task.hash, said, times))


def _entry(put: PutAttempt, repair: int, trace: packing.Plain, task: packing.Part) -> Entry:
    final = repair >= len(put.trajectories) - 1
    error = put.error if final else None
    facet = rows.facet_of(trace, final=final, repair=repair, failed=error is not None)
    bad = (trace.record.get("decision") or {}).get("first_bad_step")
    strip, tokens = rows.strip(facet.steps, trace.verdicts), facet.input_tokens + facet.output_tokens
    packed = packing.pack(trace, task)
    place = (put.slot, put.attempt, repair, trace.record["key"], bad, facet.calls, tokens, strip, error)
    body = (packed.version, packed.task.hash, packed.tools.hash, packed.record, packed.verdicts, packed.times)
    return Entry(facet, (*place, packed.hash, trace.times[0]), body, (packed.task, packed.tools))


def _failure(put: PutAttempt) -> Entry:
    """An attempt that left nothing but its error. Family and difficulty are those of its slot, known when it is written."""
    if put.error is None:
        raise ValueError(f"attempt {put.attempt} has neither a trajectory nor an error")
    facet = Facet(True, False, "error", "", 0, ending="", steps=0, tools=(), codes=())
    key = attempt_key(put.slot, put.attempt)
    return Entry(facet, (put.slot, put.attempt, 0, key, None, 0, 0, "", put.error, "", 0.0))


def write(db: sqlite3.Connection, batch: Sequence[Ready]) -> list[bool]:
    """Make the rows of all writes, a table at a time; says of each whether its key is new. Where it is not, nothing is written for it.

    An attempt that ended in an error is new again, as is a task that could not be written, and what is written now takes its place.
    """
    named = [item.slot for item in batch if not isinstance(item, ReadyAttempt)]
    unwritten = _among(
        db, "SELECT slot, stage FROM slot", named, f"AND kind = 'discard' AND stage = '{retried.UNWRITTEN}'"
    )
    if failed := sorted({slot for slot, _ in unwritten}):
        retried.withdraw_unwritten(db, failed)
    tried = [item.slot for item in batch if isinstance(item, ReadyAttempt)]
    errored = set(_among(db, "SELECT slot, attempt FROM attempt", tried, "AND error IS NOT NULL"))
    again = {(item.slot, item.attempt) for item in batch if isinstance(item, ReadyAttempt)} & errored
    if again:
        retried.withdraw(db, sorted(again))
    new = _new(db, batch)
    items = [item for item, is_new in zip(batch, new, strict=True) if is_new]
    _write_slots(db, [item for item in items if not isinstance(item, ReadyAttempt)])
    _write_attempts(db, [entry for item in items if isinstance(item, ReadyAttempt) for entry in item.entries])
    return new


def _new(db: sqlite3.Connection, batch: Sequence[Ready]) -> list[bool]:
    """Of each write whether its key is neither stored nor that of one before it."""
    keys = [(item.slot, item.attempt if isinstance(item, ReadyAttempt) else None) for item in batch]
    slots = [slot for slot, attempt in keys if attempt is None]
    tried = [slot for slot, attempt in keys if attempt is not None]
    known = {*_among(db, "SELECT slot, NULL FROM slot", slots), *_among(db, "SELECT slot, attempt FROM attempt", tried)}
    new = []
    for key in keys:
        new.append(key not in known)
        known.add(key)
    return new


def _among(db: sqlite3.Connection, sql: str, slots: Sequence[str], more: str = "") -> Iterator[tuple[str, Any]]:
    """The rows of these slots."""
    for start in range(0, len(slots), _ASKED):
        some = slots[start : start + _ASKED]
        yield from db.execute(f"{sql} WHERE slot IN ({', '.join('?' * len(some))}) {more}", some)


def _write_slots(db: sqlite3.Connection, items: Sequence[ReadyTask | PutDiscard]) -> None:
    tasks = [item for item in items if isinstance(item, ReadyTask)]
    discards = [item for item in items if isinstance(item, PutDiscard)]
    _insert(db, "slot", [(d.slot, "discard", "", 0, "", d.stage, d.reason, "") for d in discards])
    _insert(db, "slot", [task.row for task in tasks])
    _insert(db, "part", {task.task for task in tasks}, "IGNORE")
    _insert(db, "slot_body", [task.body for task in tasks])
    counts = Counter(("task" if isinstance(item, ReadyTask) else "discard", item.stage) for item in items)
    for (kind, stage), n in counts.items():
        sql = "INSERT INTO slot_count VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET n = n + excluded.n"
        db.execute(sql, (kind, stage, n))


def _write_attempts(db: sqlite3.Connection, given: Sequence[Entry]) -> None:
    entries = [entry if entry.body else _placed(db, entry) for entry in given]
    facets = _counted(db, [entry.facet for entry in entries])
    first = db.execute("SELECT coalesce(max(id), 0) + 1 FROM attempt").fetchone()[0]
    _insert(db, "attempt", [(id, facets[e.facet[:_APART]], *e.row) for id, e in enumerate(entries, first)])
    _insert(db, "part", {part for entry in entries for part in entry.parts}, "IGNORE")
    _insert(db, "body", [(id, *entry.body) for id, entry in enumerate(entries, first) if entry.body])


def _placed(db: sqlite3.Connection, entry: Entry) -> Entry:
    """A failure with its slot's family and difficulty."""
    known = db.execute("SELECT family, difficulty FROM slot WHERE slot = ?", entry.row[:1]).fetchone()
    family, difficulty = known or ("", 0)
    return entry._replace(facet=entry.facet._replace(family=family, difficulty=difficulty))


def _counted(db: sqlite3.Connection, facets: Iterable[Facet]) -> dict[Values, int]:
    """Add to the counters; gives the ids of the facets, by what sets them apart."""
    sums: dict[Values, Values] = {}
    for facet in facets:
        apart, numbers = facet[:_APART], facet[_APART:]
        sums[apart] = tuple(map(add, sums[apart], numbers)) if apart in sums else numbers
    return {apart: _count(db, Facet(*apart, *numbers)) for apart, numbers in sums.items()}


def _count(db: sqlite3.Connection, facet: Facet) -> int:
    lists = (rows.listed(facet.tools), rows.listed(facet.codes))
    row = db.execute(
        f"INSERT INTO facet VALUES {_MARKS['facet']} ON CONFLICT DO UPDATE SET n = n + excluded.n,"
        " calls = calls + excluded.calls, input_tokens = input_tokens + excluded.input_tokens,"
        " output_tokens = output_tokens + excluded.output_tokens RETURNING id",
        (None, *facet[:7], *lists, *facet[_APART:]),
    ).fetchone()
    return int(row[0])


def _insert(db: sqlite3.Connection, table: str, values: Iterable[Values], known: str = "ABORT") -> None:
    db.executemany(f"INSERT OR {known} INTO {table} VALUES {_MARKS[table]}", values)
