"""Bytes written by this version of the record stay readable, and any record comes back as it went in."""

from typing import Any

import orjson
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.traces import samples
from traces import packing
from traces.record import FunctionCall, Message, ToolCall, ToolResult, Trajectory

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)
ARGUMENTS = st.dictionaries(TEXT, JSON, max_size=4) | TEXT
CALL = st.builds(
    ToolCall, id=TEXT, function=st.builds(FunctionCall, name=TEXT, arguments=ARGUMENTS), error=st.none() | TEXT
)
RESULT = st.builds(
    ToolResult, started=st.floats(0, 9), duration=st.floats(0, 9), data=st.dictionaries(TEXT, JSON, max_size=3)
)
MESSAGE = st.builds(
    Message,
    role=st.sampled_from(["system", "user", "assistant", "tool"]),
    content=TEXT,
    origin=st.sampled_from(["sampled", "tool", "user", "system", "forced"]),
    tool_calls=st.lists(CALL, max_size=3).map(tuple),
    tool_call_id=st.none() | TEXT,
    reasoning=st.none() | TEXT,
    result=st.none() | RESULT,
    started=st.floats(0, 9),
    duration=st.floats(0, 9),
)


def through(trace: Trajectory) -> Trajectory:
    plain = packing.plain_of(trace)
    packed = packing.pack(plain, packing.part_of(plain.task))
    task, tools = packing.task_from(packed.task.body), packing.tools_from(packed.tools.body)
    return packing.unpack(packed.version, task, tools, packed.record, packed.verdicts, packed.times)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MESSAGE, max_size=5).map(tuple))
def test_any_messages_come_back(messages: tuple[Message, ...]) -> None:
    trace = samples.trace(messages=messages)
    assert repr(through(trace)) == repr(trace)


def squeezed(value: Any) -> bytes:
    return zstandard.compress(orjson.dumps(value))


def test_version_1_stays_readable() -> None:
    """A default that changes, or a new field without one, makes this fail: it needs a new schema version and a reader."""
    record = {
        "key": "a-1",
        "messages": [
            {"role": "user", "content": "Q", "origin": "user"},
            {
                "role": "assistant",
                "origin": "sampled",
                "tool_calls": [{"id": "c", "function": {"name": "f", "arguments": {}}}],
            },
            {"role": "tool", "origin": "tool", "tool_call_id": "c", "result": {}},
        ],
        "ending": {"kind": "turn_limit"},
        "decision": {"outcome": "reject"},
        "labels": [{"step": 0, "value": -1, "source": "fault"}],
        "lineage": {"task": "t", "attempt": 1, "seed": 2, "model": "m"},
    }
    verdicts = [{"grader": "g", "version": "1", "source": "program", "step": 0, "status": "pass"}]
    task = packing.task_from(squeezed({"family": "f", "query": "Q", "tools": ["f"]}))
    trace = packing.unpack(1, task, (), squeezed(record), squeezed(verdicts), squeezed([1.5, *([0.25] * 12)]))
    assert shown(trace.model_dump(mode="json"), EXPECTED) == EXPECTED


def shown(value: Any, like: Any) -> Any:
    """The value without the keys that `like` has not: fields that came later."""
    if isinstance(value, dict) and isinstance(like, dict):
        return {key: shown(value[key], inner) for key, inner in like.items() if key in value}
    if isinstance(value, list) and isinstance(like, list) and len(value) == len(like):
        return [shown(a, b) for a, b in zip(value, like, strict=True)]
    return value


def message(role: str, origin: str, content: str = "", **rest: Any) -> dict[str, Any]:
    blank: dict[str, Any] = {"tool_calls": [], "tool_call_id": None, "name": None, "reasoning": None, "result": None}
    return {"role": role, "content": content, "origin": origin, **blank, "started": 0.25, "duration": 0.25} | rest


RESULT_1: dict[str, Any] = {
    "status": "ok",
    "error": None,
    "started": 0.25,
    "duration": 0.25,
    "data": {},
    "artifacts": [],
    "untrusted": False,
}
CALL_1 = {"id": "c", "type": "function", "function": {"name": "f", "arguments": {}}, "error": None}
VERDICT_1 = {
    "grader": "g",
    "version": "1",
    "source": "program",
    "step": 0,
    "status": "pass",
    "code": None,
    "reason": "",
    "evidence": [],
    "first_error": False,
    "propagated_from": None,
    "recovered_by": None,
    "silent": None,
}
EXPECTED: dict[str, Any] = {
    "schema_version": 1,
    "key": "a-1",
    "task": {
        "family": "f",
        "query": "Q",
        "brief": None,
        "tools": ["f"],
        "oracle": None,
        "difficulty": 1,
        "knobs": {},
        "files": [],
        "world": "",
        "seed": 0,
        "index": 0,
    },
    "tools": [],
    "messages": [
        message("user", "user", "Q"),
        message("assistant", "sampled", tool_calls=[CALL_1]),
        message("tool", "tool", tool_call_id="c", result=RESULT_1),
    ],
    "ending": {"kind": "turn_limit", "detail": ""},
    "verdicts": [VERDICT_1],
    "decision": {"outcome": "reject", "reasons": [], "codes": [], "first_bad_step": None},
    "labels": [{"step": 0, "value": -1, "source": "fault", "code": None, "kind": "", "detail": ""}],
    "usage": {"model_calls": 0, "tool_calls": 0, "input_tokens": 0, "output_tokens": 0, "estimated": False},
    "lineage": {
        "task": "t",
        "attempt": 1,
        "seed": 2,
        "model": "m",
        "world": "",
        "repaired_from": None,
        "mutated_from": None,
        "graders": {},
    },
    "duration": 1.5,
}
