"""Writes to the ledger, and how each becomes rows. Everything here runs inside the caller's transaction."""

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from traces import packing, rows
from traces.record import Message, Trajectory
from traces.rows import Facet
from traces.task import Task

_QUERY = 200
_MARKS = {n: f"({', '.join('?' * n)})" for n in (7, 13, 14)}


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


class Entry(NamedTuple):
    """A trajectory as its rows will hold it."""

    key: str
    facet: Facet
    bad: int | None
    strip: str
    duration: float
    packed: packing.Packed


class Ready(NamedTuple):
    """A write whose costly part, packing, is done. It is cheap to send from one process to another."""

    put: Put
    packed: tuple[Any, ...]


def ready(put: Put) -> Ready:
    """Do the part of a write that needs no database.

    Raises:
        ValueError: an attempt with neither trajectory nor error.
        TypeError: values that JSON cannot hold.
    """
    if isinstance(put, PutTask):
        return Ready(put, (packing.part_of(put.task), *packing.pack_wording(put.wording)))
    if isinstance(put, PutDiscard):
        return Ready(put, ())
    if not put.trajectories and put.error is None:
        raise ValueError(f"attempt {put.attempt} has neither a trajectory nor an error")
    last = len(put.trajectories) - 1
    entries = (_entry(put, repair, trace, repair == last) for repair, trace in enumerate(put.trajectories))
    return Ready(put._replace(trajectories=()), tuple(entries))


def _entry(put: PutAttempt, repair: int, trace: Trajectory, final: bool) -> Entry:
    facet = rows.facet_of(trace, final=final, repair=repair, failed=final and put.error is not None)
    bad = trace.decision.first_bad_step if trace.decision else None
    return Entry(trace.key, facet, bad, rows.strip_of(trace), trace.duration, packing.pack(trace))


def write(db: sqlite3.Connection, item: Ready) -> bool:
    """Make the rows of a write; False, and nothing changed, where its key was there before."""
    match item.put:
        case PutTask() as put:
            return _put_task(db, put, *item.packed)
        case PutDiscard() as put:
            return _put_discard(db, put)
        case PutAttempt() as put:
            return _put_attempt(db, put, item.packed)


def _put_task(
    db: sqlite3.Connection, put: PutTask, task: packing.Part, wording: bytes, times: bytes, mark: str
) -> bool:
    family, difficulty, query = put.task.family, put.task.difficulty, put.task.query[:_QUERY]
    new = db.execute(
        "INSERT OR IGNORE INTO slot VALUES (?, 'task', ?, ?, ?, ?, '', ?)",
        (put.slot, family, difficulty, query, put.stage, packing.digest(task.hash.encode(), mark.encode())),
    ).rowcount
    if new:
        _put_part(db, task)
        db.execute("INSERT INTO slot_body VALUES (?, ?, ?, ?)", (put.slot, task.hash, wording, times))
        _count_slot(db, "task", put.stage)
    return bool(new)


def _put_discard(db: sqlite3.Connection, put: PutDiscard) -> bool:
    new = db.execute(
        "INSERT OR IGNORE INTO slot VALUES (?, 'discard', '', 0, '', ?, ?, '')", (put.slot, put.stage, put.reason)
    ).rowcount
    if new:
        _count_slot(db, "discard", put.stage)
    return bool(new)


def _count_slot(db: sqlite3.Connection, kind: str, stage: str) -> None:
    db.execute("INSERT INTO slot_count VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1", (kind, stage))


def _put_attempt(db: sqlite3.Connection, put: PutAttempt, entries: Sequence[Entry]) -> bool:
    if db.execute("SELECT 1 FROM attempt WHERE slot = ? AND attempt = ?", (put.slot, put.attempt)).fetchone():
        return False
    if not entries:
        _put_failure(db, put)
    for repair, entry in enumerate(entries):
        _put_trajectory(db, put, repair, entry)
    return True


def _put_failure(db: sqlite3.Connection, put: PutAttempt) -> None:
    known = db.execute("SELECT family, difficulty FROM slot WHERE slot = ?", (put.slot,)).fetchone()
    family, difficulty = known or ("", 0)
    facet = Facet(True, False, "error", family, difficulty, ending="", steps=0, tools=(), codes=())
    key = attempt_key(put.slot, put.attempt)
    values = (None, count(db, facet), put.slot, put.attempt, 0, key, None, 0, 0, "", put.error, "", 0.0)
    db.execute(f"INSERT INTO attempt VALUES {_MARKS[13]}", values)


def _put_trajectory(db: sqlite3.Connection, put: PutAttempt, repair: int, entry: Entry) -> None:
    facet, pieces = entry.facet, entry.packed
    error = put.error if facet.final else None
    tokens = facet.input_tokens + facet.output_tokens
    place = (put.slot, put.attempt, repair, entry.key, entry.bad, facet.calls, tokens, entry.strip, error)
    new = db.execute(
        f"INSERT INTO attempt VALUES {_MARKS[13]}", (None, count(db, facet), *place, pieces.hash, entry.duration)
    ).lastrowid
    _put_part(db, pieces.task)
    _put_part(db, pieces.tools)
    body = (pieces.version, pieces.task.hash, pieces.tools.hash, pieces.record, pieces.verdicts, pieces.times)
    db.execute(f"INSERT INTO body VALUES {_MARKS[7]}", (new, *body))


def _put_part(db: sqlite3.Connection, part: packing.Part) -> None:
    db.execute("INSERT OR IGNORE INTO part VALUES (?, ?)", part)


def count(db: sqlite3.Connection, facet: Facet) -> int:
    """Add to the counters; gives the facet's id."""
    lists = (rows.listed(facet.tools), rows.listed(facet.codes))
    row = db.execute(
        f"INSERT INTO facet VALUES {_MARKS[14]} ON CONFLICT DO UPDATE SET n = n + excluded.n,"
        " calls = calls + excluded.calls, input_tokens = input_tokens + excluded.input_tokens,"
        " output_tokens = output_tokens + excluded.output_tokens RETURNING id",
        (None, *facet[:7], *lists, *facet[9:]),
    ).fetchone()
    return int(row[0])
