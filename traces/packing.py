"""Trajectories as bytes: the record without its times, the verdicts, and the times, each apart.

The times stand apart so that equal attempts give equal bytes (`Packed.hash`), the verdicts so that readers who need none skip them;
tasks and tool schemas are shared parts, stored once by content. Defaults are left out: a default of the record is
part of its schema version. Values JSON has no form for (NaN, lone surrogates in arguments) come back as they went in.
"""

import hashlib
import json
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
import zstandard
from pydantic import TypeAdapter

from traces.base import Frozen
from traces.database import LedgerError
from traces.record import SCHEMA_VERSION, Message, Trajectory, Verdict
from traces.task import Task

_MESSAGE_TIMES = {"started": True, "duration": True, "result": {"started": True, "duration": True}}
_RECORD = {
    "schema_version": True,
    "task": True,
    "tools": True,
    "verdicts": True,
    "duration": True,
    "messages": {"__all__": _MESSAGE_TIMES},
}
_VERDICTS = TypeAdapter(tuple[Verdict, ...])
_MESSAGES = TypeAdapter(tuple[Message, ...])
_TOOLS = TypeAdapter(tuple[dict[str, Any], ...])


class Part(NamedTuple):
    """A shared value: its hash and its compressed bytes."""

    hash: str
    body: bytes


class Packed(NamedTuple):
    """A trajectory in pieces. `hash` covers everything but the times."""

    version: int
    task: Part
    tools: Part
    record: bytes
    verdicts: bytes
    times: bytes
    hash: str


_SLOW = b"\n"
"""Begins what the standard library wrote and has to read: integers beyond 64 bits, NaN, lone surrogates."""


class _Codec(threading.local):
    """zstandard's objects are dear to make and must not be shared by threads."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=3)
        self.decompressor = zstandard.ZstdDecompressor()


_codec = _Codec()


def pack(trace: Trajectory) -> Packed:
    """Take a trajectory apart."""
    record = _json(trace, exclude=_RECORD)
    verdicts = _plain([_verdict(verdict) for verdict in trace.verdicts])
    task, tools = part_of(trace.task), _part(_plain(_TOOLS.dump_python(trace.tools)))
    version = SCHEMA_VERSION
    mark = digest(f"{version}".encode(), task.hash.encode(), tools.hash.encode(), record, verdicts)
    times = orjson.dumps([trace.duration, *_times(trace.messages)])
    return Packed(version, task, tools, _squeeze(record), _squeeze(verdicts), _squeeze(times), mark)


def unpack(
    version: int, task: Task, tools: Any, record: bytes, verdicts: bytes | None, times: bytes | None
) -> Trajectory:
    """Put a trajectory together again; without `verdicts` or `times` it has none, and reads faster."""
    value = parse(record)
    value |= {"schema_version": version, "task": task, "tools": tools}
    if verdicts is not None:
        value["verdicts"] = parse(verdicts)
    if times is not None:
        value["duration"], *stamps = parse(times)
        _set_times(value["messages"], stamps)
    return Trajectory.model_validate(value)


def pack_wording(wording: Sequence[Message]) -> tuple[bytes, bytes, str]:
    """Messages as bytes, their times, and the hash of all but the times."""
    body = b"[" + b",".join(_json(m, exclude=_MESSAGE_TIMES) for m in wording) + b"]"
    return _squeeze(body), _squeeze(orjson.dumps(_times(wording))), digest(body)


def unpack_wording(body: bytes, times: bytes) -> tuple[Message, ...]:
    messages = parse(body)
    _set_times(messages, parse(times))
    return _MESSAGES.validate_python(messages)


def part_of(task: Task) -> Part:
    """A task as a shared part."""
    return _part(_json(task))


@lru_cache(maxsize=4096)
def _part(value: bytes) -> Part:
    return Part(digest(value), _squeeze(value))


@lru_cache(maxsize=1024)
def task_from(body: bytes) -> Task:
    return Task.model_validate(parse(body))


@lru_cache(maxsize=256)
def tools_from(body: bytes) -> tuple[dict[str, Any], ...]:
    """Tool schemas; the dicts are shared between readers and must not be changed."""
    return tuple(parse(body))


def verdicts_from(body: bytes) -> tuple[Verdict, ...]:
    return _VERDICTS.validate_python(parse(body))


def digest(*pieces: bytes) -> str:
    """32 hex digits over the pieces and their borders."""
    state = hashlib.blake2b(digest_size=16)
    for piece in pieces:
        state.update(len(piece).to_bytes(8, "big"))
        state.update(piece)
    return state.hexdigest()


def chain(rows: Iterable[Sequence[object]]) -> str:
    """The digest of many rows, one after the other."""
    state = hashlib.blake2b(digest_size=16)
    for row in rows:
        state.update(orjson.dumps(row) + b"\n")
    return state.hexdigest()


def parse(body: bytes) -> Any:
    """The value of packed bytes."""
    try:
        text = _codec.decompressor.decompress(body)
        return json.loads(text) if text.startswith(_SLOW) else orjson.loads(text)
    except (zstandard.ZstdError, ValueError) as error:
        cause = f"a stored part cannot be read ({error})"
        raise LedgerError("ledger", "damaged", cause, "Restore the ledger from a copy") from error


def _squeeze(value: bytes) -> bytes:
    return _codec.compressor.compress(value)


def _json(value: Frozen, exclude: Any = None) -> bytes:
    return _plain(value.model_dump(exclude=exclude, exclude_defaults=True))


_PASSES: dict[int, tuple[Verdict, dict[str, Any]]] = {}
"""Passes by identity: most verdicts are passes, and graders give one object for equal ones. Each is held, so that its id stays its own."""
_MOST_PASSES = 4096


def _verdict(verdict: Verdict) -> dict[str, Any]:
    if (known := _PASSES.get(id(verdict))) is not None:
        return known[1]
    plain = verdict.model_dump(exclude_defaults=True)
    if verdict.status == "pass" and len(_PASSES) < _MOST_PASSES:
        _PASSES[id(verdict)] = verdict, plain
    return plain


def _plain(value: Any) -> bytes:
    """JSON bytes of plain values, keys in their own order. What orjson refuses or changes goes through `json`."""
    try:
        text = orjson.dumps(value)
    except (TypeError, orjson.JSONEncodeError):
        return _slow(value)
    return _slow(value) if b"null" in text and _has_odd_float(value) else text


def _slow(value: Any) -> bytes:
    """Marked, for orjson would read it with its numbers changed."""
    return _SLOW + json.dumps(value, separators=(",", ":")).encode()


def _has_odd_float(value: Any) -> bool:
    if isinstance(value, float):
        return value != value or value in (float("inf"), float("-inf"))
    if isinstance(value, dict):
        return any(_has_odd_float(v) for v in value.values())
    return isinstance(value, list | tuple) and any(_has_odd_float(v) for v in value)


def _times(messages: Sequence[Message]) -> list[float]:
    """Four numbers a message: started and duration, of the message and of its result."""
    return [
        number
        for m in messages
        for number in (
            m.started,
            m.duration,
            m.result.started if m.result else 0.0,
            m.result.duration if m.result else 0.0,
        )
    ]


def _set_times(messages: list[dict[str, Any]], stamps: Sequence[float]) -> None:
    for place, message in enumerate(messages):
        message["started"], message["duration"], started, duration = stamps[4 * place : 4 * place + 4]
        if message.get("result") is not None:
            message["result"] |= {"started": started, "duration": duration}
