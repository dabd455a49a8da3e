"""The ledger of a run: one SQLite file with every task, attempt, verdict and human note.

What a `put_*` has returned from is committed. Writing the same key again changes nothing, so a resumed run may repeat itself; only an
attempt that ended in an error gives way to another outcome, and the error is kept (`retried`).
One process writes (a lock keeps it so), any number read. Lists and counters never touch the packed bodies. Slots sort as text.
Reading while a run goes on is safe; each chunk sees what was committed when it was read.
"""

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, NamedTuple, Self

from traces import counts, finding, packing, puts, retried, rewards, rows
from traces.counts import Counts, Solved
from traces.database import LedgerError, WriterLock, connect, explained, quoted
from traces.finding import ANYTHING, Find
from traces.puts import Put, PutAttempt, PutDiscard, PutTask, Ready, attempt_key, slot_of
from traces.record import Message, Trajectory
from traces.retried import Retried
from traces.rewards import Continuation, StepReward
from traces.rows import EVERYTHING, Filters, Row
from traces.stored import COLUMNS, TABLES, Stored
from traces.task import Task

__all__ = [
    "Counts",
    "Discard",
    "Filters",
    "Ledger",
    "LedgerError",
    "Note",
    "PutAttempt",
    "PutDiscard",
    "PutTask",
    "Row",
    "Stored",
    "attempt_key",
    "slot_of",
]

_CHUNK = 100


class Discard(NamedTuple):
    """A task thrown away: at which stage of its making, and why."""

    slot: str
    stage: str
    reason: str


class Note(NamedTuple):
    """A human's remark on a trajectory or one of its steps. `written` is seconds since 1970."""

    id: int
    key: str
    step: int | None
    author: str
    kind: str
    text: str
    written: float


class Ledger:
    """Use `create` or `open`; both give a context manager. Methods may be called from any thread."""

    def __init__(self, path: Path, db: sqlite3.Connection, lock: WriterLock | None, mode: str) -> None:
        self.path = path
        self._db, self._lock, self._mode = db, lock, mode
        self._guard = threading.RLock()

    @classmethod
    def create(cls, path: Path | str) -> Self:
        """Make a new ledger and open it for writing.

        Raises:
            LedgerError: something is there already, or the place cannot be written.
        """
        path = Path(path)
        lock = WriterLock(path)
        try:
            return cls(path, connect(path, create=True), lock, "write")
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open(cls, path: Path | str, *, readonly: bool = False, annotate: bool = False) -> Self:
        """Open an existing ledger. `annotate` allows notes alone, also while a run is writing.

        Raises:
            LedgerError: missing, not a ledger, of another version, damaged, or written by another process.
        """
        path = Path(path)
        if readonly or annotate:
            return cls(path, connect(path, readonly=readonly), None, "read" if readonly else "annotate")
        if not path.exists():
            connect(path)  # raises in the right words, and leaves no lock file behind
        lock = WriterLock(path)
        try:
            return cls(path, connect(path), lock, "write")
        except BaseException:
            lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; closing again does nothing."""
        with self._guard:
            self._db.close()
            if self._lock:
                self._lock.release()

    # Writing

    def put_task(self, slot: str, task: Task, wording: Sequence[Message] = (), stage: str = "") -> bool:
        """Keep a slot's task, the messages that worded it, and in a word how. False where the slot was settled before."""
        return self.commit([PutTask(slot, task, wording, stage)])[0]

    def put_discard(self, slot: str, stage: str, reason: str) -> bool:
        """Note that a slot's task was thrown away. False where the slot was settled before."""
        return self.commit([PutDiscard(slot, stage, reason)])[0]

    def put_attempt(
        self, slot: str, attempt: int, trajectories: Sequence[Trajectory], error: str | None = None
    ) -> bool:
        """Keep an attempt: its trajectories in order, the last the final one, or the error that ended it.

        False where that attempt was there before, unless it had ended in an error: it is replaced.
        """
        return self.commit([PutAttempt(slot, attempt, trajectories, error)])[0]

    def commit(self, batch: Iterable[Put]) -> list[bool]:
        """Write everything in one transaction, or nothing. Says of each put whether it was new."""
        return self.commit_ready([self.ready(put) for put in batch])

    def ready(self, put: Put) -> Ready:
        """Do the part of a write that needs no database, in any thread.

        Raises:
            LedgerError: an attempt with neither trajectory nor error, or values that JSON cannot hold.
        """
        try:
            return puts.ready(put)
        except (TypeError, ValueError) as error:
            cause = f"{put.slot} cannot be stored ({error})"
            raise LedgerError(self.path, "input", cause, "Give a trajectory or an error, of JSON values") from error

    def commit_ready(self, batch: Sequence[Ready]) -> list[bool]:
        """`commit` for writes made ready before."""
        with self._transaction("write"):
            return puts.write(self._db, batch)

    def add_note(self, key: str, text: str, *, author: str = "", step: int | None = None, kind: str = "") -> None:
        """Append a human's remark; notes are never changed or deleted. `kind` may say good, bad or whatever is labelled."""
        with self._transaction("annotate", "write"):
            values = (None, key, step, author, kind, text, time.time())
            self._db.execute("INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, ?)", values)

    def put_continuations(self, made: Iterable[Continuation]) -> None:
        """Keep continuations from behind steps; one that is there already stays as it is. Allowed while a run is writing."""
        with self._transaction("annotate", "write"):
            rewards.put(self._db, made)

    @contextmanager
    def _transaction(self, *modes: str) -> Iterator[None]:
        """All or nothing; begun as a writer, so that it cannot fail half way for a lock."""
        if self._mode not in modes:
            cause = f"the ledger is open to {self._mode} only"
            raise LedgerError(self.path, "readonly", cause, "Open it for writing")
        with self._guard, explained(self.path):
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    # Reading

    def task(self, slot: str) -> Task | None:
        """The task of a slot."""
        found = self._one("SELECT p.body FROM slot_body b JOIN part p ON p.hash = b.task WHERE b.slot = ?", slot)
        return packing.task_from(found[0]) if found else None

    def wording(self, slot: str) -> tuple[Message, ...]:
        """The messages in which the slot's query was written; empty where there are none."""
        found = self._one("SELECT wording, times FROM slot_body WHERE slot = ?", slot)
        return packing.unpack_wording(*found) if found else ()

    def slots(self) -> Mapping[str, Literal["task", "discard"]]:
        """Every settled slot, and what became of it."""
        return dict(self._all("SELECT slot, kind FROM slot ORDER BY slot"))

    def stages(self) -> Mapping[str, str]:
        """Of each task in a word how its query came to be, where that is known."""
        return dict(self._all("SELECT slot, stage FROM slot WHERE kind = 'task' AND stage != '' ORDER BY slot"))

    def discards(self) -> list[Discard]:
        """Every task thrown away."""
        return [
            Discard(*row)
            for row in self._all("SELECT slot, stage, reason FROM slot WHERE kind='discard' ORDER BY slot")
        ]

    def done(self, slot: str) -> set[int]:
        """The attempts of a slot that are committed."""
        return {row[0] for row in self._all("SELECT attempt FROM attempt WHERE slot = ?", slot)}

    def finished(self) -> set[tuple[str, int]]:
        """Every committed attempt."""
        return set(self._all("SELECT slot, attempt FROM attempt WHERE repair = 0"))

    def errored(self) -> set[tuple[str, int]]:
        """Those of the committed attempts that ended in an error."""
        with self._reading():
            return retried.errored(self._db)

    def retried(self) -> list[Retried]:
        """The errors whose attempts were made again."""
        with self._reading():
            return retried.read(self._db)

    def counts(self) -> Counts:
        """The counters of the run."""
        with self._reading():
            return counts.read(self._db)

    def solved(self) -> Solved:
        """The tasks of the run by the share of their attempts that was kept."""
        with self._reading():
            return counts.solved(self._db)

    def page(self, filters: Filters = EVERYTHING, *, after: int = 0, limit: int = 100) -> list[Row]:
        """Rows in the order of commit; `after` is the `id` of the last row of the page before."""
        with self._reading():
            return rows.page(self._db, filters, after, limit)

    def count(self, filters: Filters = EVERYTHING) -> int:
        """How many trajectories a filter finds, exactly and at once."""
        with self._reading():
            return rows.total(self._db, filters)

    def find(self, find: Find, *, after: int = 0, limit: int = 100) -> list[Row]:
        """`page` by more than the facets."""
        with self._reading():
            return finding.page(self._db, find, after, limit)

    def found(self, find: Find) -> int:
        """How many trajectories `find` finds."""
        with self._reading():
            return finding.count(self._db, find)

    def attach(self, side: Path) -> None:
        """Read a side index too, which `finding` needs for words; attaching again does nothing."""
        with self._reading():
            if not finding.attached(self._db):
                self._db.execute("ATTACH ? AS side", (f"file:{quoted(side)}?mode=ro",))

    def after(self, id: int, limit: int) -> list[tuple[int, Stored]]:
        """Trajectories in the order of commit with their ids, those above `id`."""
        sql = f"SELECT {COLUMNS}, a.id FROM attempt a {TABLES} WHERE a.id > ? ORDER BY a.id LIMIT ?"
        return [(row[-1], self._stored(row[:-1])) for row in self._all(sql, id, limit)]

    def last(self, upto: int | None = None) -> tuple[int, str]:
        """The id and content hash of the trajectory committed last, or of the last one up to an id; (0, "") where there is none."""
        where, values = ("WHERE id <= ?", [upto]) if upto is not None else ("", [])
        return self._one(f"SELECT id, hash FROM attempt {where} ORDER BY id DESC LIMIT 1", *values) or (0, "")

    def state(self) -> int:
        """A number that changes whenever another process has committed something."""
        number: int = self._one("PRAGMA data_version")[0]
        return number

    def stored_one(self, key: str) -> Stored | None:
        """The trajectory of that key, not yet decoded."""
        found = self._one(f"SELECT {COLUMNS} FROM attempt a {TABLES} WHERE a.key = ?", key)
        return self._stored(found) if found else None

    def attempt(self, key: str) -> Trajectory | None:
        """The trajectory of that key."""
        found = self.stored_one(key)
        return found.trajectory() if found else None

    def place(self, key: str, find: Find = ANYTHING) -> tuple[str, str] | None:
        """The keys of what `find` finds just before and after this one, empty where there is none; None where it is not here."""
        here = self._one("SELECT id FROM attempt WHERE key = ?", key)
        if here is None:
            return None
        with self._reading():
            return finding.beside(self._db, find, here[0])

    def trajectories(
        self, filters: Filters = EVERYTHING, *, slot: str | None = None, verdicts: bool = True, times: bool = True
    ) -> Iterator[Trajectory]:
        """Stream trajectories by slot, attempt and repair. Without `verdicts` and `times` they come faster."""
        return (one.trajectory(verdicts=verdicts, times=times) for one in self.stored(filters, slot=slot))

    def stored(self, filters: Filters = EVERYTHING, *, slot: str | None = None) -> Iterator[Stored]:
        """`trajectories` not yet decoded, for readers who need only parts of each."""
        where, values = rows.condition(filters)
        sql = (
            f"SELECT {COLUMNS} FROM attempt a INDEXED BY attempt_order {TABLES} WHERE (a.slot, a.attempt, a.repair) > (?, ?, ?)"
            f" AND +a.facet IN (SELECT id FROM facet WHERE {where}) {'AND a.slot = ?' if slot is not None else ''}"
            f" ORDER BY a.slot, a.attempt, a.repair LIMIT {_CHUNK}"
        )
        last: tuple[Any, ...] = (slot or "", -1, -1)
        while found := self._all(sql, *last, *values, *([slot] if slot is not None else [])):
            yield from map(self._stored, found)
            last = found[-1][:3]

    def pass_rate(self, slot: str) -> float | None:
        """The share of a slot's judged attempts that were kept; None where none was judged."""
        kept, judged = self._one(
            "SELECT sum(decision = 'keep'), count(*) FROM attempt a JOIN facet f ON f.id = a.facet"
            " WHERE a.slot = ? AND f.final AND f.decision IN ('keep', 'reject', 'repair')",
            slot,
        )
        return kept / judged if judged else None

    def notes(self, key: str | None = None) -> list[Note]:
        """Human notes in the order they were written."""
        where, values = ("WHERE key = ?", [key]) if key is not None else ("", [])
        return [Note(*row) for row in self._all(f"SELECT * FROM note {where} ORDER BY id", *values)]

    def continued(self) -> set[tuple[str, int, int]]:
        """Which continuations are there: key, step and number."""
        with self._reading():
            return rewards.done(self._db)

    def rewarded(self) -> list[str]:
        """The keys of the trajectories whose steps have rewards."""
        with self._reading():
            return rewards.keys(self._db)

    def rewards(self, key: str) -> tuple[StepReward, ...]:
        """The rewards of a trajectory's steps; empty where none was sampled."""
        with self._reading():
            return rewards.of(self._db, key)

    def continuations(self, key: str, step: int) -> list[Continuation]:
        """The continuations from behind a step."""
        with self._reading():
            return rewards.said(self._db, key, step)

    def _stored(self, row: tuple[Any, ...]) -> Stored:
        return Stored(row, self)

    def digest(self) -> str:
        """A hash over everything but times and durations, whatever the order of commits: equal runs have equal digests."""
        tables = (
            "SELECT slot, kind, stage, reason, hash FROM slot ORDER BY slot",
            "SELECT slot, attempt, repair, key, error, hash FROM attempt ORDER BY slot, attempt, repair",
            "SELECT key, step, author, kind, text FROM note ORDER BY key, step, author, kind, text",
        )
        with self._reading():
            marks = [packing.chain(self._db.execute(sql)) for sql in tables]
        return packing.digest(*(mark.encode() for mark in marks))

    def verify(self) -> list[str]:
        """What is wrong with the file, in words; nothing where all is well. Reads everything but the bodies' insides."""
        with self._reading():
            said = [row[0] for row in self._db.execute("PRAGMA quick_check")]
            wrong = [f"SQLite: {text}" for text in said if text != "ok"]
            return wrong + [
                f"{what}: {n}" for what, sql in _SOUND.items() if (n := self._db.execute(sql).fetchone()[0])
            ]

    def _one(self, sql: str, *values: Any) -> Any:
        with self._reading():
            return self._db.execute(sql, values).fetchone()

    def _all(self, sql: str, *values: Any) -> list[Any]:
        with self._reading():
            return self._db.execute(sql, values).fetchall()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """The connection to oneself, errors in words."""
        with self._guard, explained(self.path):
            yield


_SOUND = {
    "trajectories not counted": "SELECT (SELECT count(*) FROM attempt) - (SELECT coalesce(sum(n), 0) FROM facet)",
    "facets with a wrong count": (
        "SELECT count(*) FROM facet f WHERE n != (SELECT count(*) FROM attempt a WHERE a.facet = f.id)"
    ),
    "wrong sum of calls": (
        "SELECT (SELECT coalesce(sum(calls), 0) FROM attempt) - (SELECT coalesce(sum(calls), 0) FROM facet)"
    ),
    "trajectories without a body": (
        "SELECT count(*) FROM attempt a WHERE hash != '' AND NOT EXISTS (SELECT 1 FROM body b WHERE b.id = a.id)"
    ),
    "bodies without a part": (
        "SELECT count(*) FROM body WHERE task NOT IN (SELECT hash FROM part) OR tools NOT IN (SELECT hash FROM part)"
    ),
    "attempts without their final trajectory": (
        "SELECT (SELECT count(*) FROM attempt WHERE repair = 0) - (SELECT coalesce(sum(n), 0) FROM facet WHERE final)"
    ),
    "slots not counted": "SELECT (SELECT count(*) FROM slot) - (SELECT coalesce(sum(n), 0) FROM slot_count)",
}
