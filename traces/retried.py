"""Attempts that ended in an error are made again on resume, and the new outcome takes the place of the error: what is kept of it is here.

A table of its own, laid when it is first written: a ledger without it had no such attempt, and its digest is the same with it.
"""

import sqlite3
import time
from collections.abc import Collection, Iterable
from typing import NamedTuple

from traces import packing

UNWRITTEN = "writer_error"
"""The stage of a task that was thrown away because the model that was to write it failed: that is tried again on resume, too."""
_TABLE = """
CREATE TABLE IF NOT EXISTS retried(
  id INTEGER PRIMARY KEY, slot TEXT NOT NULL, attempt INTEGER NOT NULL, error TEXT NOT NULL, replaced REAL NOT NULL
)
"""
_UNCOUNT = "UPDATE facet SET n = n - 1, calls = calls - ?, input_tokens = input_tokens - ?, output_tokens = output_tokens - ? WHERE id = ?"
_ROUNDS = "SELECT a.id, a.facet, a.calls, b.record FROM attempt a LEFT JOIN body b ON b.id = a.id WHERE a.slot = ? AND a.attempt = ?"


class Retried(NamedTuple):
    """An error that an attempt once ended in, and when (seconds since 1970) another outcome took its place."""

    slot: str
    attempt: int
    error: str
    replaced: float


def errored(db: sqlite3.Connection) -> set[tuple[str, int]]:
    """The attempts that ended in an error."""
    return set(db.execute("SELECT slot, attempt FROM attempt WHERE error IS NOT NULL"))


def read(db: sqlite3.Connection) -> list[Retried]:
    """All of them, in the order of their replacement."""
    if not db.execute("SELECT 1 FROM sqlite_master WHERE name = 'retried'").fetchone():
        return []
    return [Retried(*row) for row in db.execute("SELECT slot, attempt, error, replaced FROM retried ORDER BY id")]


def withdraw(db: sqlite3.Connection, attempts: Iterable[tuple[str, int]]) -> None:
    """Take errored attempts out of the ledger and its counters, with all their rounds, and write down what they ended in."""
    for place in attempts:
        db.execute(_TABLE)
        db.execute(
            "INSERT INTO retried SELECT NULL, slot, attempt, error, ? FROM attempt"
            " WHERE slot = ? AND attempt = ? AND error IS NOT NULL",
            (time.time(), *place),
        )
        for id, facet, calls, record in db.execute(_ROUNDS, place).fetchall():
            usage = (packing.parse(record) if record else {}).get("usage") or {}
            db.execute(_UNCOUNT, (calls, usage.get("input_tokens", 0), usage.get("output_tokens", 0), facet))
            db.execute("DELETE FROM body WHERE id = ?", (id,))
            db.execute("DELETE FROM attempt WHERE id = ?", (id,))
    db.execute("DELETE FROM facet WHERE n = 0")


def withdraw_unwritten(db: sqlite3.Connection, slots: Collection[str]) -> None:
    """Take tasks that could not be written out of the ledger and its counters."""
    db.executemany("DELETE FROM slot WHERE slot = ?", [(slot,) for slot in slots])
    db.execute("UPDATE slot_count SET n = n - ? WHERE kind = 'discard' AND stage = ?", (len(slots), UNWRITTEN))
    db.execute("DELETE FROM slot_count WHERE n = 0")
