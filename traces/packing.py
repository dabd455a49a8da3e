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


class Plain(NamedTuple):
    """A trajectory as it is packed: plain values, fields in their order, without what has its default value. `record` is without task,
    tools, verdicts and times; `times` has the duration, then four numbers a message.
    """

    task: dict[str, Any]
    tools: tuple[dict[str, Any], ...]
    record: dict[str, Any]
    verdicts: tuple[Verdict, ...]
    times: list[float]


_SLOW = b"\n"
"""Begins what the standard library wrote and has to read: integers beyond 64 bits, NaN, lone surrogates."""


class _Codec(threading.local):
    """zstandard's objects are dear to make and must not be shared by threads."""

    def __init__(self) -> None:
        self.compressor = zstandard.ZstdCompressor(level=3)
        self.decompressor = zstandard.ZstdDecompressor()


_codec = _Codec()


def plain_of(trace: Trajectory) -> Plain:
    """The plain values of a trajectory."""
    record = _dump(trace, exclude=_RECORD)
    return Plain(plain_task(trace.task), trace.tools, record, trace.verdicts, [trace.duration, *_times(trace.messages)])


def pack(trace: Plain, task: Part) -> Packed:
    """Take a trajectory apart; its task is packed already."""
    record, verdicts, times = _plain(trace.record), _verdicts(trace.verdicts), orjson.dumps(trace.times)
    tools, version = _part(_plain(trace.tools)), SCHEMA_VERSION
    mark = digest(f"{version}".encode(), task.hash.encode(), tools.hash.encode(), record, verdicts)
    judged = _squeeze(verdicts) if trace.verdicts else _squeezed(verdicts)
    timed = _squeeze(times) if any(trace.times) else _squeezed(times)
    return Packed(version, task, tools, _squeeze(record), judged, timed, mark)


def whole(trace: Plain) -> Trajectory:
    """The trajectory of plain values, without its times."""
    given = {"task": trace.task, "tools": trace.tools, "verdicts": trace.verdicts}
    return Trajectory.model_validate(trace.record | given)


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
    body = b"[" + b",".join(_plain(_dump(m, exclude=_MESSAGE_TIMES)) for m in wording) + b"]"
    squeeze = _squeeze if wording else _squeezed
    return squeeze(body), squeeze(orjson.dumps(_times(wording))), digest(body)


def unpack_wording(body: bytes, times: bytes) -> tuple[Message, ...]:
    messages = parse(body)
    _set_times(messages, parse(times))
    return _MESSAGES.validate_python(messages)


def plain_task(task: Task) -> dict[str, Any]:
    """The plain values of a task."""
    return _dump(task)


def part_of(task: dict[str, Any]) -> Part:
    """The plain values of a task as a shared part."""
    return _part(_plain(task))


def _part(value: bytes) -> Part:
    return _shared(value) if len(value) < _LONG else Part(digest(value), _squeeze(value))


_LONG = 50_000
"""Longer parts are not worth the memory of keeping them."""


@lru_cache(maxsize=1024)
def _shared(value: bytes) -> Part:
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


@lru_cache(maxsize=1024)
def _squeezed(value: bytes) -> bytes:
    """`_squeeze` for values that most traces have alike."""
    return _squeeze(value)


def _dump(value: Frozen, exclude: Any = None) -> dict[str, Any]:
    return value.model_dump(exclude=exclude, exclude_defaults=True)


def _verdicts(verdicts: Iterable[Verdict]) -> bytes:
    try:
        return b"[" + b",".join([_verdict(verdict) for verdict in verdicts]) + b"]"
    except TypeError:  # halves of surrogate pairs in a reason
        return _slow([_dump(verdict) for verdict in verdicts])


_SAID: dict[int, tuple[Verdict, bytes]] = {}
"""Verdicts that say nothing of their trace, by identity: most are of these, and graders give one object for equal ones. Each is held, so
that its id stays its own."""
_MOST_SAID = 8192


def _verdict(verdict: Verdict) -> bytes:
    if (known := _SAID.get(id(verdict))) is not None:
        return known[1]
    text = orjson.dumps(_dump(verdict))
    if verdict.status in ("pass", "unscored"):
        if len(_SAID) == _MOST_SAID:
            _SAID.clear()
        _SAID[id(verdict)] = verdict, text
    return text


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
