"""What was paid for and is not in the ledger yet: each model call and tool result of unfinished work, written down as it completes.

A run that died goes on from it: work that is begun again asks the same things, and what was answered before is taken from here, each
answer once, instead of being asked for again. An interpreter's state is rebuilt by running the cells whose results were taken. What is
asked otherwise than before is done anew, and what then stays unused is counted in `stale`. Finished work leaves nothing behind.

One SQLite file beside the ledger, in write-ahead mode: an entry that was written survives the death of the process.
"""

import json
import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import orjson

from agents.budget import Spent
from agents.halt import Halt
from traces.base import content_hash, json_bytes
from traces.record import ToolCall

_SCHEMA = """
CREATE TABLE IF NOT EXISTS entry(id INTEGER PRIMARY KEY, work TEXT NOT NULL, asked TEXT NOT NULL, body BLOB NOT NULL);
CREATE INDEX IF NOT EXISTS entry_work ON entry(work);
CREATE TABLE IF NOT EXISTS spent(role TEXT PRIMARY KEY, body BLOB NOT NULL);
"""
_TIME = ""
"""The row of `spent` that holds the seconds; no role has an empty name."""
_current: ContextVar["Work | None"] = ContextVar("work", default=None)


class Work:
    """One piece of work: an attempt, or the writing of a query. Entries of an earlier session are given out once each, in order."""

    def __init__(self, journal: "Journal", name: str, left: Mapping[str, deque[bytes]]) -> None:
        self._journal, self.name, self._left = journal, name, left
        self.to_rerun: list[tuple[ToolCall, int]] = []
        """Calls of the interpreter, numbered, whose results were taken from here: they are run before the next one."""
        self.halt: Halt | None = None
        """What the run must stop for, if this work met that."""

    def take(self, *asked: Any) -> Any:
        """The answer to this question from an earlier session, None where there is none left."""
        if not self._left:
            return None
        held = self._left.get(content_hash(asked))
        if not held:
            return None
        self._journal.taken += 1
        return json.loads(held.popleft())

    def keep(self, answer: Any, *asked: Any) -> None:
        """Write an answer down. It is not given out again before the process has died."""
        self._journal.write(self.name, content_hash(asked), json_bytes(answer))

    @property
    def stale(self) -> int:
        """How many answers of an earlier session nothing asked for."""
        return sum(map(len, self._left.values()))


def raise_halt() -> None:
    """Raise what this work met that the run must stop for, if anything."""
    work = _current.get()
    if work and work.halt:
        raise work.halt


def current() -> Work | None:
    """The work going on here; None where nothing is journaled."""
    return _current.get()


class Journal:
    """The journal of one run."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)
        self.taken = self.stale = 0
        """Entries of earlier sessions that this one used, finished or not what it used them for, and those it had no use for."""

    @contextmanager
    def work(self, name: str) -> Iterator[Work]:
        """The block is this work. Its entries stay until `done`."""
        left: defaultdict[str, deque[bytes]] = defaultdict(deque)
        for asked, body in self._db.execute("SELECT asked, body FROM entry WHERE work = ? ORDER BY id", (name,)):
            left[asked].append(body)
        work = Work(self, name, dict(left))
        token = _current.set(work)
        try:
            yield work
        finally:
            _current.reset(token)

    def write(self, work: str, asked: str, body: bytes) -> None:
        self._db.execute("INSERT INTO entry(work, asked, body) VALUES (?, ?, ?)", (work, asked, body))

    def done(self, work: Work) -> None:
        """The work is in the ledger: its entries are no longer needed."""
        self.stale += work.stale
        self._db.execute("DELETE FROM entry WHERE work = ?", (work.name,))

    def keep_spent(self, spent: Mapping[str, Spent], seconds: float) -> None:
        """Write down what the run has cost so far."""
        rows = [*((role, orjson.dumps(list(each))) for role, each in spent.items()), (_TIME, orjson.dumps([seconds]))]
        self._db.execute("BEGIN")
        self._db.executemany("INSERT OR REPLACE INTO spent VALUES (?, ?)", rows)
        self._db.execute("COMMIT")

    def spent(self) -> tuple[dict[str, Spent], float]:
        """What the run has cost, by role, and the seconds it took."""
        rows = {role: orjson.loads(body) for role, body in self._db.execute("SELECT role, body FROM spent")}
        seconds = rows.pop(_TIME, [0.0])[0]
        return {role: Spent(*numbers) for role, numbers in rows.items()}, seconds

    def close(self) -> None:
        self._db.close()
