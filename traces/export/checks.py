"""Level 0: what must hold of every row, whatever the trainer. Each rule says in words what is wrong; no word, no fault."""

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

import jsonschema_rs

from traces.export.control import TOOL_LIST, control_token
from traces.export.row import JSON, Row


class Fault(NamedTuple):
    """Why a row is refused."""

    rule: str
    detail: str


class _Tools(NamedTuple):
    """What is known of a set of tools: what is wrong with it, a validator for each, and control tokens in its texts."""

    offered: tuple[JSON, ...]
    faults: list[str]
    validators: dict[str, Any]
    tokens: list[str]


Rule = Callable[[Row], Iterator[str]]

_ID = re.compile(r"[A-Za-z0-9]{9}")
_NAME = re.compile(r"[A-Za-z0-9_-]{1,64}")
_CACHE: dict[int, "_Tools"] = {}
_CACHED = 256


def check(row: Row, rules: Mapping[str, Rule]) -> list[Fault]:
    """The faults of a row. A format's own rules, which come last, are asked only of rows that are sound: they may rely on it."""
    faults: list[Fault] = []
    for name, rule in rules.items():
        if faults and name not in ALWAYS:
            break
        faults += [Fault(name, detail) for detail in rule(row)]
    return faults


def sampled(row: Row) -> Iterator[str]:
    """Every assistant message was sampled from a model."""
    for place, (message, origin) in enumerate(zip(row.messages, row.origins, strict=True)):
        if message["role"] == "assistant" and origin != "sampled":
            yield f"message {place} is an assistant message that no model said (origin {origin})"


def order(row: Row) -> Iterator[str]:
    """System first if at all, then the user; each call answered once and in order; an answer at the end; no assistant twice running."""
    roles = [message["role"] for message in row.messages]
    start = 1 if roles[:1] == ["system"] else 0
    if roles[start : start + 1] != ["user"]:
        yield "the first message after the system's is not the user's"
    for place in range(1, len(roles)):
        before, now = roles[place - 1], roles[place]
        if now == "system" or (before == now and now in ("user", "assistant")):
            yield f"message {place} is a {now} message after a {before} message"
    yield from answered(row.messages)
    if roles[-1:] != ["assistant"] or "tool_calls" in row.messages[-1]:
        yield "the last message is no answer"


def answered(messages: tuple[JSON, ...]) -> Iterator[str]:
    """Each call has its result at once and in order."""
    waiting: list[str] = []
    for place, message in enumerate(messages):
        if message["role"] == "tool":
            expected = waiting.pop(0) if waiting else None
            if message.get("tool_call_id") != expected:
                yield f"message {place} answers call {message.get('tool_call_id')!r} where {expected!r} was expected"
            continue
        if waiting:
            yield f"calls without a result before message {place}: {', '.join(waiting)}"
        waiting = [call["id"] for call in message.get("tool_calls", ())]
    if waiting:
        yield f"calls without a result at the end: {', '.join(waiting)}"


def ids(row: Row) -> Iterator[str]:
    """Call ids are nine letters and digits and stand once; a result carries its function's name."""
    names: dict[str, str] = {}
    for place, message in enumerate(row.messages):
        for call in message.get("tool_calls", ()):
            if not _ID.fullmatch(call["id"]) or call["id"] in names:
                yield f"message {place} has the call id {call['id']!r}, twice or not of nine letters and digits"
            names[call["id"]] = call["function"]["name"]
        if message["role"] == "tool" and message.get("name") != names.get(message.get("tool_call_id", "")):
            yield f"message {place} is a result of {message.get('name')!r}, which is not what was called"


def strings(row: Row) -> Iterator[str]:
    """Content is text, no key of a message holds a null, a list of calls is not empty."""
    for place, message in enumerate(row.messages):
        if not isinstance(message.get("content"), str):
            yield f"the content of message {place} is no text"
        if None in message.values() or message.get("tool_calls") == []:
            yield f"message {place} has an empty key"


def arguments(row: Row) -> Iterator[str]:
    """Arguments are an object, for a function that was offered, and fit its schema."""
    validators = _of_tools(row.tools).validators
    for place, message in enumerate(row.messages):
        for call in message.get("tool_calls", ()):
            yield from (f"message {place}: {text}" for text in _call_faults(call["function"], validators))


UNREADABLE = "a wrong call has arguments that are no JSON object, which no chat template takes"
"""Why a row that holds a known mistake is left out. Where such a call is not known to be wrong, the row is refused."""


def unreadable(row: Row) -> frozenset[int]:
    """The messages with a call whose arguments are text, as a model sent them where they were no JSON object."""
    return frozenset(
        place
        for place, message in enumerate(row.messages)
        for call in message.get("tool_calls", ())
        if not isinstance(call["function"]["arguments"], dict)
    )


def _call_faults(function: JSON, validators: Mapping[str, Any]) -> Iterator[str]:
    name, given = function["name"], function["arguments"]
    if not isinstance(given, dict):
        yield f"the arguments of {name} are no JSON object"
    elif name not in validators:
        yield f"{name!r} was not offered"
    elif validators[name] is not None and (why := _misfit(validators[name], given)):
        yield f"{name}: {why}"


def _misfit(validator: Any, given: JSON) -> str | None:
    try:
        return None if validator.is_valid(given) else next(error.message for error in validator.iter_errors(given))
    except (ValueError, TypeError, OverflowError) as error:  # a value that JSON has no form for; `values` says which
        return str(error)


def tools(row: Row) -> Iterator[str]:
    """Tools are functions with names of their own and an object schema."""
    yield from _of_tools(row.tools).faults


def _of_tools(offered: tuple[JSON, ...]) -> _Tools:
    """Sets of tools are shared by many rows, so each is read once."""
    found = _CACHE.get(id(offered))
    if found is None or found.offered is not offered:
        if len(_CACHE) >= _CACHED:
            _CACHE.clear()
        found = _CACHE[id(offered)] = _Tools(offered, *_read_tools(offered), list(_tool_tokens(offered)))
    return found


def _read_tools(offered: tuple[JSON, ...]) -> tuple[list[str], dict[str, Any]]:
    faults, validators = [], {}
    for place, tool in enumerate(offered):
        function = tool.get("function") or {}
        name, parameters = function.get("name"), function.get("parameters")
        if tool.get("type") != "function" or not isinstance(name, str) or not _NAME.fullmatch(name):
            faults.append(f"tool {place} is no function with a plain name")
        elif name in validators:
            faults.append(f"two tools are called {name}")
        elif not isinstance(parameters, dict) or parameters.get("type") != "object":
            faults.append(f"the parameters of {name} are no object schema")
        validators[str(name)] = _validator(parameters, faults, name)
    faults += [f"the tools hold {what}" for what in _odd_values(list(offered))]
    return faults, validators


def _validator(parameters: Any, faults: list[str], name: Any) -> Any:
    if not isinstance(parameters, dict):
        return None
    try:
        return jsonschema_rs.validator_for(parameters)
    except (jsonschema_rs.ValidationError, ValueError) as error:
        faults.append(f"the schema of {name} is broken: {error}")
        return None


def values(row: Row) -> Iterator[str]:
    """No NaN, no infinity, no integer beyond 64 bits, no half of a surrogate pair."""
    if row.text is not None and "null" not in row.text:  # a null may have been a NaN
        return
    for place, message in enumerate(row.messages):
        for what in _odd_values(list(message.values())):
            yield f"message {place} holds {what}"


def _odd_values(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        if not value.isascii() and _torn(value):
            yield "half of a surrogate pair"
    elif isinstance(value, float):
        if not math.isfinite(value):
            yield f"the number {value}"
    elif isinstance(value, int):
        if not -(2**63) <= value < 2**63:
            yield f"the integer {value}, beyond 64 bits"
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _odd_values(key)
            yield from _odd_values(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _odd_values(inner)


def _torn(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def control(row: Row) -> Iterator[str]:
    """No control token of a known chat template inside any text, nor in what is said of the tools."""
    yield from _of_tools(row.tools).tokens
    if row.text is not None and control_token(row.text) is None:
        return
    for place, message in enumerate(row.messages):
        for text in _texts(message):
            if token := control_token(text):
                yield f"message {place} holds the control token {token}{_REMEDY if _lists_tools(row, message) else ''}"


_REMEDY = ", in a list of the tools; --transform drop_tool_prompt leaves that message out, as templates list them anew"


def _lists_tools(row: Row, message: JSON) -> bool:
    return message["role"] == "system" and bool(row.tools) and TOOL_LIST in message["content"]


def _tool_tokens(offered: tuple[JSON, ...]) -> Iterator[str]:
    for place, tool in enumerate(offered):
        for text in _leaves(tool):
            if token := control_token(text):
                yield f"tool {place} holds the control token {token}"


def _texts(message: JSON) -> Iterator[str]:
    yield message["content"]
    yield message.get("reasoning_content", "")
    yield message.get("name") or ""
    for call in message.get("tool_calls", ()):
        yield call["function"]["name"]
        yield from _leaves(call["function"]["arguments"])


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield key
            yield from _leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner)


def trained(row: Row) -> Iterator[str]:
    """Something is trained, and the answer is."""
    said = [place for place, message in enumerate(row.messages) if message["role"] == "assistant"]
    if not said:
        yield "no assistant message"
    elif said[-1] in row.wrong:
        yield "the answer failed a verdict, so it must not be trained"


def unmasked(row: Row) -> Iterator[str]:
    """For formats that cannot leave a message out of the loss: none needs to be."""
    if row.wrong:
        yield f"messages {sorted(row.wrong)} failed a verdict, and this format cannot mask them"


ALWAYS: Mapping[str, Rule] = {
    "sampled": sampled,
    "order": order,
    "ids": ids,
    "strings": strings,
    "arguments": arguments,
    "tools": tools,
    "values": values,
    "control": control,
    "trained": trained,
}
"""The rules of every format, by name."""
