"""The SQLite file under a ledger: its schema, how it is opened, the writer's lock, and every error in words.

WAL with `synchronous=NORMAL`: what was committed survives the death of the process at any moment; a power cut may take the last
commits but never damages the file. WAL needs shared memory, so network file systems are refused.
"""

import fcntl
import os
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

SCHEMA_VERSION = 1
APPLICATION_ID = 0x574E4F57
"""Marks the file as a ledger in SQLite's header ("WNOW")."""

Trouble = Literal[
    "missing", "exists", "locked", "damaged", "foreign", "newer", "older", "full", "readonly", "input", "io"
]

SCHEMA = """
CREATE TABLE slot(
  slot TEXT PRIMARY KEY, kind TEXT NOT NULL, family TEXT NOT NULL, difficulty INTEGER NOT NULL,
  query TEXT NOT NULL, stage TEXT NOT NULL, reason TEXT NOT NULL, hash TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE slot_body(slot TEXT PRIMARY KEY, task TEXT NOT NULL, wording BLOB NOT NULL, times BLOB NOT NULL);
CREATE TABLE part(hash TEXT PRIMARY KEY, body BLOB NOT NULL);
CREATE TABLE facet(
  id INTEGER PRIMARY KEY,
  final INTEGER NOT NULL, mended INTEGER NOT NULL, decision TEXT NOT NULL, family TEXT NOT NULL,
  difficulty INTEGER NOT NULL, ending TEXT NOT NULL, steps INTEGER NOT NULL, tools TEXT NOT NULL, codes TEXT NOT NULL,
  n INTEGER NOT NULL, calls INTEGER NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL,
  UNIQUE(family, decision, difficulty, steps, final, mended, ending, tools, codes)
);
CREATE TABLE attempt(
  id INTEGER PRIMARY KEY, facet INTEGER NOT NULL, slot TEXT NOT NULL, attempt INTEGER NOT NULL, repair INTEGER NOT NULL,
  key TEXT NOT NULL UNIQUE, first_bad_step INTEGER, calls INTEGER NOT NULL, tokens INTEGER NOT NULL,
  strip TEXT NOT NULL, error TEXT, hash TEXT NOT NULL, duration REAL NOT NULL
);
CREATE UNIQUE INDEX attempt_order ON attempt(slot, attempt, repair);
CREATE INDEX attempt_facet ON attempt(facet);
CREATE INDEX attempt_scan ON attempt(id, facet);
CREATE TABLE body(
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL, task TEXT NOT NULL, tools TEXT NOT NULL,
  record BLOB NOT NULL, verdicts BLOB NOT NULL, times BLOB NOT NULL
);
CREATE TABLE slot_count(kind TEXT NOT NULL, stage TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY(kind, stage));
CREATE TABLE note(
  id INTEGER PRIMARY KEY, key TEXT NOT NULL, step INTEGER, author TEXT NOT NULL, kind TEXT NOT NULL,
  text TEXT NOT NULL, written REAL NOT NULL
);
CREATE INDEX note_key ON note(key);
CREATE TRIGGER note_update BEFORE UPDATE ON note BEGIN SELECT RAISE(ABORT, 'notes are never changed'); END;
CREATE TRIGGER note_delete BEFORE DELETE ON note BEGIN SELECT RAISE(ABORT, 'notes are never deleted'); END;
"""


class LedgerError(Exception):
    """A ledger cannot be made, read or written: where, why, and what to do about it."""

    def __init__(self, place: Path | str, trouble: Trouble, cause: str, remedy: str) -> None:
        super().__init__(f"{place}: {cause}. {remedy}")
        self.place, self.trouble, self.cause, self.remedy = str(place), trouble, cause, remedy


_LOCK = "@hhqqi"
"""Linux's `struct flock`: type, whence, start, length, process."""
_OWN: set[str] = set()
"""Ledgers this process writes: the file lock below does not keep a process from itself."""


class WriterLock:
    """Held by the one writer of a ledger; a process that dies lets go of it."""

    def __init__(self, ledger: Path) -> None:
        self._ledger = ledger
        self._name = str(ledger.resolve())
        if self._name in _OWN:
            raise self._taken()
        try:
            self._file = open(f"{ledger}.lock", "w")  # noqa: SIM115 - held until `release`
        except OSError as error:
            raise LedgerError(
                ledger, "readonly", f"the folder cannot be written ({error.strerror})", WRITABLE
            ) from None
        try:
            fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            self._file.close()
            raise self._taken() from None
        _OWN.add(self._name)

    def _taken(self) -> LedgerError:
        return LedgerError(
            self._ledger,
            "locked",
            "another process is writing this ledger",
            "Wait for that run or stop it, then resume",
        )

    def release(self) -> None:
        if not self._file.closed:
            _OWN.discard(self._name)
            self._file.close()


def being_written(ledger: Path) -> bool | None:
    """Whether a process is writing this ledger now, by its lock; None where that cannot be told. Nothing is locked by asking."""
    if str(ledger.resolve()) in _OWN:
        return True  # and to open and close the lock's file here would let go of it
    try:
        with open(f"{ledger}.lock", "rb") as file:
            asked = struct.pack(_LOCK, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
            holder, *_ = struct.unpack(_LOCK, fcntl.fcntl(file, fcntl.F_GETLK, asked))
    except OSError:
        return None
    return bool(holder != fcntl.F_UNLCK)


WRITABLE = "Give the run a folder that can be written, or open the ledger read-only"
_AGAIN = "Start the run again in a new folder"
_ROOM = "Free some space and resume: everything committed is safe"


def connect(path: Path, *, create: bool = False, readonly: bool = False) -> sqlite3.Connection:
    """Open the file and make sure that it is a ledger of this version; `create` lays a new one where there is none."""
    if not create and not path.exists():
        raise LedgerError(path, "missing", "there is no ledger here", "Check the path of the run folder")
    with explained(path):
        return _prepared(_opened(path, readonly), path, create, readonly)


def _opened(path: Path, readonly: bool) -> sqlite3.Connection:
    mode = "rwc" if not readonly else "ro"
    if readonly and not _writable(path.parent) and not Path(f"{path}-wal").exists():
        mode = "ro&immutable=1"  # no place for WAL's shared memory, and nobody can be writing
    uri = f"file:{quoted(path)}?mode={mode}"
    return sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=False, timeout=10, cached_statements=256
    )


def _writable(folder: Path) -> bool:
    return os.access(folder, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def quoted(path: Path) -> str:
    """A path as it stands in a URI of SQLite."""
    return str(path.absolute()).replace("%", "%25").replace("?", "%3f").replace("#", "%23")


def _prepared(db: sqlite3.Connection, path: Path, create: bool, readonly: bool) -> sqlite3.Connection:
    try:
        if create:
            _lay(db, path)
        _identify(db, path)
        if not readonly:
            _tune(db, path)
    except BaseException:
        db.close()
        raise
    return db


def _lay(db: sqlite3.Connection, path: Path) -> None:
    """Write the schema in one transaction, so that a file without it was never a ledger and may be taken over."""
    db.execute("BEGIN IMMEDIATE")
    if db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        db.execute("ROLLBACK")
        raise LedgerError(path, "exists", "a database is already here", "Resume that run, or choose another folder")
    for statement in _statements(SCHEMA):
        db.execute(statement)
    db.execute(f"PRAGMA application_id={APPLICATION_ID}")
    db.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
    db.execute("COMMIT")


def _statements(script: str) -> Iterator[str]:
    statement = ""
    for line in script.strip().splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _identify(db: sqlite3.Connection, path: Path) -> None:
    mark = db.execute("PRAGMA application_id").fetchone()[0]
    version = db.execute("PRAGMA user_version").fetchone()[0]
    if mark != APPLICATION_ID:
        if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            raise LedgerError(path, "damaged", "the file is empty: the run stopped before its ledger was made", _AGAIN)
        raise LedgerError(path, "foreign", "this SQLite file is not a ledger", "Check the path of the run folder")
    if version > SCHEMA_VERSION:
        cause = f"the ledger has schema version {version}, this program reads up to {SCHEMA_VERSION}"
        raise LedgerError(path, "newer", cause, "Install the newer version that wrote it")
    if version < SCHEMA_VERSION:
        cause = f"the ledger has schema version {version}, this program writes {SCHEMA_VERSION}"
        raise LedgerError(path, "older", cause, "Export it with the version that wrote it, and run again")


def _tune(db: sqlite3.Connection, path: Path) -> None:
    mode = db.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode != "wal":
        cause = f"the file system does not allow write-ahead logging (journal mode is {mode})"
        raise LedgerError(path, "io", cause, "Use a folder on a local disk, not a network share")
    db.execute("PRAGMA synchronous=NORMAL")
    db.execute("PRAGMA cache_size=-16384")
    db.execute("PRAGMA journal_size_limit=67108864")


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into `LedgerError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise _explain(path, error) from error


def _explain(path: Path, error: sqlite3.Error) -> LedgerError:
    name = getattr(error, "sqlite_errorname", "") or ""
    trouble, cause, remedy = next((rest for prefix, *rest in _KNOWN if name.startswith(prefix)), _UNKNOWN)
    return LedgerError(path, trouble, f"{cause} ({error})", remedy)  # type: ignore[arg-type]


_UNKNOWN = ["io", "the ledger cannot be used", "Check the disk and the folder, then resume"]
_KNOWN = (
    ("SQLITE_FULL", "full", "the disk is full", _ROOM),
    ("SQLITE_IOERR", "io", "the disk does not answer as it should", "Check the disk and its free space, then resume"),
    ("SQLITE_READONLY", "readonly", "the ledger cannot be written", WRITABLE),
    (
        "SQLITE_CANTOPEN",
        "readonly",
        "the ledger cannot be opened",
        "Check that the file and its folder may be read and written",
    ),
    ("SQLITE_BUSY", "locked", "another process holds the ledger", "Wait for it or stop it, then try again"),
    ("SQLITE_LOCKED", "locked", "another connection holds the ledger", "Wait for it or stop it, then try again"),
    ("SQLITE_CONSTRAINT", "input", "two trajectories have the same key", "Give each trajectory a key of its own"),
    ("SQLITE_NOTADB", "foreign", "this file is not a ledger", "Check the path of the run folder"),
    (
        "SQLITE_CORRUPT",
        "damaged",
        "the ledger is damaged",
        "Restore it from a copy, or save what is left with sqlite3's .recover",
    ),
)
