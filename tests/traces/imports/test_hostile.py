"""Rows of any shape: read or refused, never a crash; what is read can be stored and had back."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.traces.imports.rows import read_one, searched
from traces.imports import Raw, RowError
from traces.imports.form import all_forms
from traces.imports.trace import read_plain
from traces.ledger import Ledger, LedgerError, PutAttempt, PutTask
from traces.packing import whole
from traces.puts import ready, ready_plain
from traces.record import Trajectory

TEXT = st.text(max_size=30) | st.sampled_from(
    ["\ud800", "\x00", "<tool_call>{}</tool_call>", "<tool_response>x</tool_response>", "{", "[]"]
)
PLAIN = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
VALUE = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3), max_leaves=8
)
ROLE = st.sampled_from(
    [
        "user",
        "assistant",
        "tool",
        "system",
        "function",
        "developer",
        "gpt",
        "ai",
        "human",
        "function_call",
        "x",
        "",
        None,
        3,
    ]
)
ID = st.sampled_from(["a", "b", "", None, 3]) | VALUE
CALL = st.fixed_dictionaries(
    {},
    optional={
        "id": ID,
        "function": st.fixed_dictionaries({}, optional={"name": VALUE, "arguments": VALUE}) | VALUE,
        "name": VALUE,
        "args": VALUE,
        "arguments": VALUE,
        "error": VALUE,
    },
)
PART = st.fixed_dictionaries({"type": st.sampled_from(["text", "tool_use", "tool_result", "image_url", "thinking"])}, optional={
    "text": VALUE, "content": VALUE, "tool_use_id": ID, "input": VALUE, "name": VALUE, "is_error": VALUE})  # fmt: skip
MESSAGE = st.fixed_dictionaries(
    {"role": ROLE},
    optional={
        "content": VALUE | st.lists(PART, max_size=3),
        "tool_calls": st.lists(CALL | VALUE, max_size=3) | VALUE,
        "function_call": CALL | VALUE,
        "tool_call_id": ID,
        "name": VALUE,
        "reasoning": VALUE,
        "error": VALUE,
        "kwargs": VALUE,
        "data": VALUE,
        "additional_kwargs": VALUE,
    },
)
SHARED = {
    "id": VALUE,
    "tools": st.lists(VALUE, max_size=2) | VALUE,
    "metadata": VALUE,
    "reference": VALUE,
    "label": VALUE,
    "step_labels": VALUE | st.dictionaries(st.sampled_from(["0", "1", "2", "x"]), VALUE, max_size=3),
    "scores": VALUE,
    "events": VALUE,
    "target": VALUE,
    "extra": VALUE,
    "model": VALUE,
    "system": VALUE,
}
MESSAGES = st.lists(MESSAGE | VALUE, max_size=6)
GOOD = st.lists(MESSAGE, max_size=4).map(lambda some: [*some, {"role": "assistant", "content": "a"}])
ROW = st.fixed_dictionaries(
    {},
    optional={
        "messages": MESSAGES | GOOD,
        "conversations": MESSAGES,
        "inputs": VALUE | st.fixed_dictionaries({"messages": MESSAGES}),
        "outputs": VALUE | st.fixed_dictionaries({"messages": MESSAGES}),
        "prompt": VALUE,
        "completion": VALUE,
        **SHARED,
    },
)


@settings(deadline=None, max_examples=100)
@given(row=ROW | VALUE, form=st.sampled_from(["auto", "openai", "sharegpt", "inspect", "langsmith", "verifiers"]))
def test_any_row_is_read_or_refused(row: Any, form: str) -> None:
    try:
        trace = read_one(row, form)
    except RowError:
        return
    assert any(m.role == "assistant" for m in trace.messages)
    assert all(0 <= label.step < len(trace.steps) for label in trace.labels)


@settings(deadline=None, max_examples=100)
@given(messages=GOOD, fields=st.fixed_dictionaries({}, optional=SHARED))
def test_the_plain_values_of_a_row_are_those_of_its_trajectory(messages: list[Any], fields: dict[str, Any]) -> None:
    """Byte for byte, and with the hash that the task's own id is: nothing but this holds the short way to the long one."""
    try:
        plain = read_plain(Raw("rows.jsonl", 1, {**fields, "messages": messages}), 0, "openai")
        packed = ready_plain("row", plain)
    except (RowError, TypeError):
        return
    trace = whole(plain)
    assert trace.lineage.task == trace.task.id
    assert packed == (ready(PutTask("row", trace.task)), ready(PutAttempt("row", 0, [trace])))


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(messages=GOOD, fields=st.fixed_dictionaries({}, optional=SHARED))
def test_what_is_read_can_be_stored_and_had_back(tmp_path: Path, messages: list[Any], fields: dict[str, Any]) -> None:
    try:
        trace = read_one({**fields, "messages": messages}, "openai")
    except RowError:
        return
    assert stored(tmp_path, trace) in (repr(trace), "refused")


def stored(folder: Path, trace: Trajectory) -> str:
    """What comes back of a trace, or that the ledger said in words that it cannot hold it."""
    path = folder / "ledger.sqlite"
    path.unlink(missing_ok=True)
    with Ledger.create(path) as ledger:
        try:
            ledger.commit([PutTask("row", trace.task), PutAttempt("row", 0, [trace])])
        except LedgerError:
            return "refused"
        return repr(ledger.attempt(trace.key))


@pytest.mark.parametrize("form", ["openai", "sharegpt", "inspect", "langsmith", "verifiers"])
def test_every_form_refuses_an_empty_row_in_words(form: str) -> None:
    assert form in all_forms()
    with pytest.raises(RowError, match="messages"):
        read_one({}, form)


def test_a_megabyte_and_five_hundred_messages_are_no_matter() -> None:
    row = searched()
    row["messages"][2]["content"] = "Mount Orlan. " * 80_000
    turns = [{"role": r, "content": f"{r} {n}"} for n in range(250) for r in ("user", "assistant")]
    trace = read_one({"messages": [*row["messages"], *turns]})
    assert len(trace.messages) == 504
    assert len(trace.messages[2].content) > 1_000_000


def test_halves_of_surrogate_pairs_come_back_as_they_went_in(tmp_path: Path) -> None:
    row = json.loads(json.dumps(searched(id="\ud800")))
    row["messages"][0]["content"] = "q\ud800"
    row["messages"][1]["tool_calls"][0]["function"] = {"name": "s\udfff", "arguments": {"query": "\ud800"}}
    trace = read_one(row)
    assert trace.messages[0].content == "q\ud800"
    assert trace.task.query == "q\ufffd"
    assert stored(tmp_path, trace) == repr(trace)
