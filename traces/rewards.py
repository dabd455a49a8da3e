"""Monte-Carlo rewards of steps: how continuations of a recorded beginning ended, beside the trajectories of a ledger.

A table of its own, laid when it is first written: a ledger without it has no rewards, and its digest is the same with them.
"""

import sqlite3
import zlib
from collections.abc import Iterable
from typing import Any, NamedTuple, Protocol

from pydantic import TypeAdapter

from traces.record import Message

_MESSAGES: TypeAdapter[tuple[Message, ...]] = TypeAdapter(tuple[Message, ...])

_TABLE = """
CREATE TABLE IF NOT EXISTS continuation(
  key TEXT NOT NULL, step INTEGER NOT NULL, number INTEGER NOT NULL, right INTEGER NOT NULL, ending TEXT NOT NULL,
  tokens INTEGER NOT NULL, model TEXT NOT NULL, clean INTEGER NOT NULL, said BLOB NOT NULL, PRIMARY KEY(key, step, number)
) WITHOUT ROWID
"""


class Continuation(NamedTuple):
    """How the `number`-th continuation from behind a step of the trajectory `key` ended."""

    key: str
    step: int
    number: int
    right: bool
    ending: str
    tokens: int
    model: str
    clean: bool = False
    """Whether no grader failed any of its own steps."""
    said: tuple[Message, ...] = ()
    """What was said and observed behind the step."""


class StepReward(NamedTuple):
    """Of `n` continuations from behind a step, `right` came to the right answer."""

    step: int
    n: int
    right: int

    @property
    def value(self) -> float:
        return self.right / self.n


class Rewarded(Protocol):
    """Where rewards are read from."""

    def rewards(self, key: str) -> tuple[StepReward, ...]:
        """The rewards of a trajectory's steps; empty where none was sampled."""
        ...

    def continuations(self, key: str, step: int) -> list[Continuation]:
        """The continuations from behind a step."""
        ...


def put(db: sqlite3.Connection, made: Iterable[Continuation]) -> None:
    """Keep continuations; one that is there already stays as it is."""
    db.execute(_TABLE)
    rows = [(*one[:-1], _packed(one.said)) for one in made]
    db.executemany("INSERT OR IGNORE INTO continuation VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)


def done(db: sqlite3.Connection) -> set[tuple[str, int, int]]:
    """Which continuations are there: key, step and number."""
    return set(db.execute("SELECT key, step, number FROM continuation")) if _laid(db) else set()


def of(db: sqlite3.Connection, key: str) -> tuple[StepReward, ...]:
    """The rewards of a trajectory's steps, in order; empty where none was sampled."""
    if not _laid(db):
        return ()
    sql = "SELECT step, count(*), sum(right) FROM continuation WHERE key = ? GROUP BY step ORDER BY step"
    return tuple(StepReward(*row) for row in db.execute(sql, (key,)))


def keys(db: sqlite3.Connection) -> list[str]:
    """The trajectories that have rewards."""
    sql = "SELECT DISTINCT key FROM continuation ORDER BY key"
    return [row[0] for row in db.execute(sql)] if _laid(db) else []


def said(db: sqlite3.Connection, key: str, step: int) -> list[Continuation]:
    """The continuations from behind a step."""
    if not _laid(db):
        return []
    sql = "SELECT * FROM continuation WHERE key = ? AND step = ? ORDER BY number"
    return [_unpacked(row) for row in db.execute(sql, (key, step))]


def _unpacked(row: tuple[Any, ...]) -> Continuation:
    key, step, number, right, ending, tokens, model, clean, body = row
    messages = _MESSAGES.validate_json(zlib.decompress(body))
    return Continuation(key, step, number, bool(right), ending, tokens, model, bool(clean), messages)


def _packed(messages: tuple[Message, ...]) -> bytes:
    return zlib.compress(_MESSAGES.dump_json(messages, exclude_defaults=True))


def _laid(db: sqlite3.Connection) -> bool:
    return db.execute("SELECT 1 FROM sqlite_master WHERE name = 'continuation'").fetchone() is not None
