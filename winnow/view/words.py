"""The words of a run's trajectories, what they spent, and which of them are disputed: an index beside the ledger (`view.sqlite`).

The ledger is never altered for it.
A thread fills it in the order of commit, from where the last viewer stopped, and goes on while the run does. Where the folder cannot be
written the index lies in a temporary folder and goes with the viewer. Each message counts up to `LONGEST` characters; attempts that ended
in an error before anything was said have no words.
"""

import re
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import orjson

from traces.ledger import Ledger, LedgerError
from traces.stored import Stored

LONGEST = 200_000
_BATCH = 200
_PAUSE = 2.0
_VERSION = 3
_SCHEMA = """
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(said, content='', tokenize='unicode61');
CREATE TABLE IF NOT EXISTS place(only INTEGER PRIMARY KEY CHECK (only = 1), id INTEGER NOT NULL, hash TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS disputed(id INTEGER PRIMARY KEY);
CREATE TABLE IF NOT EXISTS spent(id INTEGER PRIMARY KEY, input INTEGER NOT NULL, output INTEGER NOT NULL);
INSERT OR IGNORE INTO place VALUES (1, 0, '');
"""
_TERM = re.compile(r'"([^"]*)"|(\S+)')


def expression(asked: str) -> str | None:
    """What a person types as an FTS5 expression: all words, "phrases" together, a `*` at the end for the beginning of a word."""
    terms = [_quoted(phrase or word) for phrase, word in _TERM.findall(asked.replace("\x00", " "))]
    return " ".join(term for term in terms if term) or None


def _quoted(term: str) -> str:
    bare = term.rstrip("*").replace('"', " ")
    if not any(ch.isalnum() for ch in bare):
        return ""
    return f'"{bare}"{"*" if term.endswith("*") else ""}'.encode("utf-8", "replace").decode()


def words_of(stored: Stored) -> str:
    """The query, what was said and reasoned, the calls and the observations."""
    return "\n".join(_spoken(stored.messages)).encode("utf-8", "replace").decode()


def _spoken(messages: list[dict[str, Any]]) -> Iterator[str]:
    for message in messages:
        if message["role"] == "system":
            continue
        yield message.get("content", "")[:LONGEST]
        yield (message.get("reasoning") or "")[:LONGEST]
        for call in message.get("tool_calls", ()):
            yield call["function"]["name"]
            yield from _texts(call["function"]["arguments"])


def _texts(arguments: Any) -> Iterator[str]:
    """The values as they were meant: `\\n` of a code's JSON would stick to the word after it."""
    if isinstance(arguments, str):
        yield arguments[:LONGEST]
    elif isinstance(arguments, dict):
        for name, value in arguments.items():
            yield name
            yield value[:LONGEST] if isinstance(value, str) else orjson.dumps(value, default=str).decode()[:LONGEST]


def _tokens(stored: Stored) -> tuple[int, int]:
    usage = stored.plain.get("usage") or {}
    return usage.get("input_tokens", 0), usage.get("output_tokens", 0)


class Words:
    """The index of one run. `path` is where it lies."""

    def __init__(self, ledger: Path, place: Path) -> None:
        self._ledger = ledger
        self._temporary: tempfile.TemporaryDirectory[str] | None = None
        self._stop = threading.Event()
        self._filled = threading.Event()
        self.trouble = ""
        self.path = self._laid(place)
        self._thread = threading.Thread(target=self._fill, name="words", daemon=True)
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Until all that was committed is in the index."""
        return self._filled.wait(seconds)

    @property
    def done(self) -> bool:
        return self._filled.is_set()

    def close(self) -> None:
        self._stop.set()
        self._thread.join(10)
        if self._temporary:
            self._temporary.cleanup()

    def _laid(self, place: Path) -> Path:
        with suppress(sqlite3.Error):
            return _lay(place)
        with suppress(sqlite3.Error, OSError):  # an old or damaged index holds nothing that is not in the ledger
            for file in (place, Path(f"{place}-wal"), Path(f"{place}-shm")):
                file.unlink(missing_ok=True)
            return _lay(place)
        self._temporary = tempfile.TemporaryDirectory(prefix="winnow-view-")
        return _lay(Path(self._temporary.name) / "view.sqlite")

    def _fill(self) -> None:
        try:
            with Ledger.open(self._ledger, readonly=True) as ledger, closing(_connect(self.path)) as db:
                _checked(db, ledger)
                while not self._stop.is_set():
                    if not _batch(db, ledger):
                        self._filled.set()
                        self._stop.wait(_PAUSE)
        except (LedgerError, sqlite3.Error) as error:  # the pages say it; a viewer without search is still one
            self.trouble = str(error)
            self._filled.set()


def _lay(path: Path) -> Path:
    with closing(_connect(path)) as db:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version not in (0, _VERSION):
            raise sqlite3.DatabaseError("made by another version")
        db.executescript(_SCHEMA)
        db.execute(f"PRAGMA user_version={_VERSION}")
    return path


def _connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=10)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=OFF")  # lost words are found again in the ledger
    return db


def _checked(db: sqlite3.Connection, ledger: Ledger) -> None:
    """Begin anew where the index is of another ledger."""
    id, mark = db.execute("SELECT id, hash FROM place").fetchone()
    if id and ledger.last(id) != (id, mark):
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO words(words) VALUES ('delete-all')")
        db.execute("DELETE FROM disputed")
        db.execute("DELETE FROM spent")
        db.execute("UPDATE place SET id = 0, hash = ''")
        db.execute("COMMIT")


def _batch(db: sqlite3.Connection, ledger: Ledger) -> bool:
    """Take in some more; False where there is none. Two viewers may do it in turn: the place is read within the transaction."""
    db.execute("BEGIN IMMEDIATE")
    try:
        start: int = db.execute("SELECT id FROM place").fetchone()[0]
        end, mark = ledger.last()
        found = ledger.after(start, _BATCH) if end > start else []
        if len(found) == _BATCH:
            end, mark = ledger.last(found[-1][0])
        if end > start:
            spoken = [(id, words_of(stored)) for id, stored in found if id <= end]
            db.executemany("INSERT INTO words(rowid, said) VALUES (?, ?)", spoken)
            disputed = [(id,) for id, stored in found if id <= end and stored.disputed is not None]
            db.executemany("INSERT INTO disputed VALUES (?)", disputed)
            spent = [(id, *_tokens(stored)) for id, stored in found if id <= end]
            db.executemany("INSERT INTO spent VALUES (?, ?, ?)", spent)
            db.execute("UPDATE place SET id = ?, hash = ?", (end, mark))
        db.execute("COMMIT")
        return end > start
    finally:
        if db.in_transaction:
            db.execute("ROLLBACK")
