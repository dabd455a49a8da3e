"""The canonical row: OpenAI's message shapes, made plain for trainers.

`arguments` is a dict, `content` always a string, no key has a null, call ids are nine letters and digits (Mistral takes no other, and
servers that say `call_0` every turn are told apart), `reasoning_content` stands only where there is some. Writers read
this and nothing else; the reader of the stored record is here alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import orjson

from traces.rewards import Continuation
from traces.stored import Stored

JSON = dict[str, Any]


@dataclass(frozen=True)
class Row:
    """One trajectory. `origins` and `wrong` go with `messages`: who made each, and which assistant messages failed a verdict."""

    id: str
    messages: tuple[JSON, ...]
    tools: tuple[JSON, ...]
    origins: tuple[str, ...]
    wrong: frozenset[int]
    family: str
    difficulty: int
    attempt: int
    repaired: bool
    steps: int
    transforms: tuple[str, ...] = ()

    @cached_property
    def text(self) -> str | None:
        """All messages as JSON, for checks that need only look; None where JSON has no form for a value, or an integer passes 53 bits."""
        try:
            return orjson.dumps(self.messages, option=orjson.OPT_STRICT_INTEGER).decode()
        except (TypeError, orjson.JSONEncodeError):
            return None

    @property
    def hopeless(self) -> bool:
        """Whether every turn of the assistant failed a verdict."""
        return bool(self.wrong) and all(
            place in self.wrong for place, message in enumerate(self.messages) if message["role"] == "assistant"
        )

    @property
    def query(self) -> str:
        """What the user asked first."""
        return next((str(m["content"]) for m in self.messages if m["role"] == "user"), "")

    def changed(
        self, transform: str, messages: tuple[JSON, ...], origins: tuple[str, ...], wrong: frozenset[int]
    ) -> "Row":
        """The row with other messages, marked with what was done to it."""
        marks = (*self.transforms, transform)
        return replace(self, messages=messages, origins=origins, wrong=wrong, transforms=marks)


def canonical(stored: Stored) -> Row:
    """The row of a stored trajectory."""
    raw = stored.messages
    return Row(
        id=stored.key,
        messages=tuple(_messages(raw)),
        tools=stored.tools,
        origins=tuple(message["origin"] for message in raw),
        wrong=_wrong(stored),
        family=stored.family,
        difficulty=stored.difficulty,
        attempt=stored.attempt,
        repaired=stored.repair > 0,
        steps=stored.steps,
    )


def continued(stored: Stored, place: int, said: Continuation) -> Row:
    """The row of a trajectory's messages before a place, and of what a model went on with from there."""
    later = [message.model_dump(mode="json", exclude_defaults=True) for message in said.said]
    raw = [*stored.messages[:place], *later]
    origins = tuple(message["origin"] for message in raw)
    steps = sum(message["role"] == "assistant" for message in raw)
    row = replace(canonical(stored), messages=tuple(_messages(raw)), origins=origins, wrong=frozenset(), steps=steps)
    return replace(row, id=f"{stored.key}+{said.step}.{said.number}")


def _messages(raw: list[JSON]) -> Iterator[JSON]:
    count = 0
    open_calls: dict[str, tuple[str, str]] = {}
    for message in raw:
        out = {"role": message["role"], "content": message.get("content", "")}
        if message.get("reasoning"):
            out["reasoning_content"] = message["reasoning"]
        if message["role"] == "assistant":
            calls = message.get("tool_calls", ())
            ids = [f"c{count + n:08}" for n in range(1, len(calls) + 1)]
            count += len(ids)
            open_calls = {call["id"]: (id, call["function"]["name"]) for call, id in zip(calls, ids, strict=True)}
            if ids:
                out["tool_calls"] = [_call(call, id) for call, id in zip(calls, ids, strict=True)]
        elif message["role"] == "tool":
            id, name = open_calls.get(message.get("tool_call_id", ""), ("", ""))
            out |= {"tool_call_id": id, "name": message.get("name") or name}
        yield out


def _call(call: JSON, id: str) -> JSON:
    function = call["function"]
    return {"id": id, "type": "function", "function": {"name": function["name"], "arguments": function["arguments"]}}


def _wrong(stored: Stored) -> frozenset[int]:
    """Messages of steps that failed a verdict; a decision without codes has none."""
    if not stored.codes:
        return frozenset()
    failed = {verdict.step for verdict in stored.verdicts if verdict.status == "fail"}
    said = [place for place, message in enumerate(stored.messages) if message["role"] == "assistant"]
    return frozenset(said[step] for step in failed if step < len(said))
