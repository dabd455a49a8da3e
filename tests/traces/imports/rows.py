"""Rows as other tools write them, by hand."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from traces.imports import Raw, read
from traces.record import Message, Trajectory

JSON = dict[str, Any]

SEARCH = {
    "type": "function",
    "function": {
        "name": "search",
        "description": "Searches.",
        "parameters": {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]},
    },
}


def read_one(row: object, form: str = "auto") -> Trajectory:
    return read(Raw("rows.jsonl", 1, row), 0, form)


def written(path: Path, rows: Iterable[object]) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def call(name: str = "search", arguments: Any = '{"query": "Orlan"}', id: str | None = "c1") -> JSON:
    given = {"type": "function", "function": {"name": name, "arguments": arguments}}
    return given if id is None else {"id": id, **given}


def openai(*middle: JSON, **fields: Any) -> JSON:
    """A plain row: a question, what stands between, an answer."""
    messages = [
        {"role": "user", "content": "How high is Mount Orlan?"},
        *middle,
        {"role": "assistant", "content": "It is 2,481 metres high."},
    ]
    return {"messages": messages, **fields}


def searched(**fields: Any) -> JSON:
    """A row with one call and its result."""
    return openai(
        {"role": "assistant", "content": None, "tool_calls": [call()]},
        {"role": "tool", "tool_call_id": "c1", "content": "Mount Orlan is 2,481 metres high."},
        **fields,
    )


def shape(messages: Iterable[Message]) -> list[str]:
    """Roles in short, calls by name: `user`, `assistant>search`, `tool`."""
    return [">".join([m.role, *(c.name for c in m.tool_calls)]) for m in messages]
