"""From messages as read to messages as they are stored: calls without an id get one, results are matched to calls by id, else by order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from traces.imports.calls import Call
from traces.imports.messages import Said
from traces.record import Origin, Role

Plain = dict[str, Any]
"""A `Message` or `ToolCall` as it is stored: its fields in their order, without those that have their default value."""

_ORIGIN: dict[Role, Origin] = {"assistant": "sampled", "tool": "tool", "user": "user", "system": "system"}


@dataclass(slots=True)
class _Open:
    """A call, and whether something answered it."""

    id: str
    name: str
    answered: bool = False


def linked(said: Sequence[Said]) -> list[Plain]:
    """The messages, one for each that was read. A result that belongs to no call is kept as it is."""
    taken = {call.id for one in said for call in one.calls if call.id}
    every: dict[str, list[_Open]] = {}
    latest: list[_Open] = []
    messages = []
    for one in said:
        if one.role == "tool":
            messages.append(_result(one, every, latest))
            continue
        message = _message(one)
        if one.calls:
            message["tool_calls"] = calls = _calls(one, len(messages), taken)
            latest = [_Open(call["id"], call["function"]["name"]) for call in calls]
            for each in latest:
                every.setdefault(each.id, []).append(each)
        if one.name is not None:
            message["name"] = one.name
        if one.reasoning:
            message["reasoning"] = one.reasoning
        messages.append(message)
    return messages


def _message(said: Said) -> Plain:
    if said.content:
        return {"role": said.role, "content": said.content, "origin": _ORIGIN[said.role]}
    return {"role": said.role, "origin": _ORIGIN[said.role]}


def _calls(said: Said, index: int, taken: set[str]) -> list[Plain]:
    return [_call(call, call.id or _new_id(index, number, taken)) for number, call in enumerate(said.calls)]


def _call(call: Call, id: str) -> Plain:
    plain = {"id": id, "function": {"name": call.name, "arguments": call.arguments}}
    return plain if call.error is None else {**plain, "error": call.error}


def _new_id(index: int, number: int, taken: set[str]) -> str:
    id = f"call-{index}-{number}"
    while id in taken:
        id += "x"
    taken.add(id)
    return id


def _result(said: Said, every: dict[str, list[_Open]], latest: list[_Open]) -> Plain:
    found = _by_id(said, every) or _by_order(said, every, latest)
    message = _message(said)
    answers, name = said.answers, said.name
    if found:
        found.answered = True
        answers, name = found.id, name or found.name
    if answers is not None:
        message["tool_call_id"] = answers
    if name:
        message["name"] = name
    if said.failed:
        message["result"] = {"status": "error"} if said.error is None else {"status": "error", "error": said.error}
    return message


def _by_id(said: Said, every: dict[str, list[_Open]]) -> _Open | None:
    found = every.get(said.answers or "", ())
    return next((each for each in reversed(found) if not each.answered), None)


def _by_order(said: Said, every: dict[str, list[_Open]], latest: list[_Open]) -> _Open | None:
    """The next call of the last step that waits for a result, of the name that the result bears if one does."""
    if said.answers in every:
        return None
    waiting = [each for each in latest if not each.answered]
    named = [each for each in waiting if each.name == said.name]
    return next(iter(named or waiting), None)
