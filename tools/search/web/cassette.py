"""Cassettes: every answer of the web kept on disk with provider, time and parameters, so that a run can be repeated without it.

`record`: what the cassette holds is used again, anything else is asked for and kept. `replay`: the network is never touched; what the
cassette does not hold is unavailable. `live`: everything is asked for anew, and kept. A refusal or a failure is kept too,
until an answer takes its place, so a replay repeats it; a query that failed and then succeeded replays as the success.
A folder may be shared by processes: each entry is one file, written whole or not at all, and the first answer stays.
"""

import os
from asyncio import Lock
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal
from uuid import uuid4

import orjson
from pydantic import ValidationError

from tools.search.provider import Hit, Page, PageRefused, SearchUnavailable
from traces.base import Frozen, content_hash

CacheMode = Literal["record", "replay", "live"]


class Question(Frozen):
    """What was asked of the web: a query with what decides its answer, or an address."""

    kind: Literal["search", "page"]
    text: str
    provider: str = ""
    parameters: dict[str, str] = {}
    limit: int = 0


class Outcome(Frozen):
    """What came back: hits, a page (`missing` where there is none), or why nothing did."""

    hits: tuple[Hit, ...] | None = None
    page: Page | None = None
    missing: bool = False
    unavailable: str | None = None
    refused: str | None = None

    @property
    def failed(self) -> bool:
        return self.unavailable is not None

    def raised(self) -> "Outcome":
        """Itself, unless it is a failure: then what was raised when it was recorded."""
        if self.unavailable is not None:
            raise SearchUnavailable(self.unavailable)
        if self.refused is not None:
            raise PageRefused(self.refused)
        return self


class Entry(Frozen):
    """One file of a cassette."""

    version: Literal[1] = 1
    question: Question
    time: str
    outcome: Outcome


@dataclass
class Cassette:
    """Answers on disk, in files named by the hash of the question. Without a folder nothing is kept, which only `live` allows."""

    folder: Path | None
    mode: CacheMode = "record"
    _asking: dict[str, tuple[Lock, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.folder is None and self.mode != "live":
            raise ValueError(f"cache mode {self.mode!r} needs a folder for the cassette")

    async def answer(self, question: Question, ask: Callable[[], Awaitable[Outcome]]) -> Outcome:
        """The outcome, from the cassette or from `ask`. Raises what a failure raised, then or now."""
        key = content_hash(question, 32)
        async with self._alone(key):
            held = self._read(key) if self.mode != "live" else None
            if held is not None and (self.mode == "replay" or not held.failed):
                return held.raised()
            if self.mode == "replay":
                raise SearchUnavailable(f"the cassette holds no answer to {question.text!r}, and a replay asks nobody")
            return self._keep(key, question, await _caught(ask)).raised()

    def _alone(self, key: str) -> "_Turn":
        """One asker a question: the others wait, and find the answer kept."""
        return _Turn(self._asking, key)

    def _read(self, key: str) -> Outcome | None:
        path = self._path(key)
        try:
            return Entry.model_validate_json(path.read_bytes()).outcome if path else None
        except FileNotFoundError:
            return None
        except ValidationError as error:
            raise SearchUnavailable(f"{path} is no entry of a cassette; remove it, or choose another folder") from error

    def _keep(self, key: str, question: Question, outcome: Outcome) -> Outcome:
        """Write the outcome; where another process was first in `record` mode, its answer is returned instead."""
        path = self._path(key)
        if path is None:
            return outcome
        entry = Entry(question=question, time=datetime.now(UTC).isoformat(timespec="seconds"), outcome=outcome)
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(f".{uuid4().hex}")
        temporary.write_bytes(orjson.dumps(entry.model_dump(mode="json"), option=orjson.OPT_INDENT_2))
        other = self._read(key) if self.mode == "record" else None
        if other is not None and not other.failed:
            temporary.unlink()
            return other
        os.replace(temporary, path)
        return outcome

    def _path(self, key: str) -> Path | None:
        return self.folder / key[:2] / f"{key[2:]}.json" if self.folder else None


@dataclass
class _Turn:
    """A lock for one question, forgotten when nobody waits for it any more."""

    held: dict[str, tuple[Lock, int]]
    key: str

    async def __aenter__(self) -> None:
        lock, waiting = self.held.get(self.key, (Lock(), 0))
        self.held[self.key] = lock, waiting + 1
        await lock.acquire()

    async def __aexit__(self, *_: Any) -> None:
        lock, waiting = self.held[self.key]
        lock.release()
        if waiting == 1:
            del self.held[self.key]
        else:
            self.held[self.key] = lock, waiting - 1


async def _caught(ask: Callable[[], Awaitable[Outcome]]) -> Outcome:
    try:
        return await ask()
    except SearchUnavailable as error:
        return Outcome(unavailable=str(error))
    except PageRefused as error:
        return Outcome(refused=str(error))
