"""Tool calls as others write them: OpenAI's, the older `function_call`, LangChain's, Inspect's, Anthropic's, and Hermes tags in text."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from traces.imports import jsontext

_TAGGED = re.compile(r"<tool_call>\s*(.*?)\s*</tool_call>", re.DOTALL)
_NAME = re.compile(r"[\"']name[\"']\s*:\s*[\"']([^\"']{1,200})[\"']")
_ARGUMENTS = ("arguments", "args", "input", "parameters")


class Call(NamedTuple):
    """A call as read. `arguments` is text where that is no JSON object, and `error` says why."""

    name: str
    arguments: dict[str, Any] | str
    error: str | None = None
    id: str | None = None


def read_calls(value: Any) -> list[Call]:
    """The calls of a `tool_calls` field, which may be a list, one call, or JSON text of either."""
    value = value if isinstance(value, list) else jsontext.loose(value)
    if value is None or value == "":
        return []
    return [read_call(each) for each in (value if isinstance(value, list) else [value])]


def read_call(value: Any) -> Call:
    """One call, or JSON text of one. What is no call at all is kept as a malformed one."""
    if isinstance(value, str) and isinstance(spelt := jsontext.loose(value), dict):
        value = spelt
    if not isinstance(value, dict):
        text = value if isinstance(value, str) else jsontext.dump(value)
        return Call("", text, "no call object")
    function = value.get("function")
    inner = function if isinstance(function, dict) else value
    name = function if isinstance(function, str) else inner.get("name")
    arguments, error = read_arguments(_first(inner, _ARGUMENTS))
    if isinstance(arguments, str) and (stated := value.get("parse_error") or value.get("error")):
        error = str(stated)
    return Call(_text(name), arguments, error, call_id(value))


def _first(value: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    for key in keys:
        if key in value:
            return value[key]
    return None


def call_id(value: Mapping[str, Any], keys: tuple[str, ...] = ("id", "tool_call_id", "call_id")) -> str | None:
    """The id a call or a result names, if any."""
    for key in keys:
        found = value.get(key)
        if isinstance(found, str | int) and found != "" and not isinstance(found, bool):
            return jsontext.whole(str(found))
    return None


def read_arguments(value: Any) -> tuple[dict[str, Any] | str, str | None]:
    """Arguments as an object, or as text with what is wrong. Nothing at all means no arguments; JSON within JSON is read through."""
    for _ in range(2):
        if isinstance(value, dict):
            return value, None
        if not isinstance(value, str):
            if jsontext.missing(value):
                return {}, None
            return jsontext.dump(value), f"the arguments are no object but {_kind(value)}"
        if not value or value.isspace():
            return {}, None
        text = value
        try:
            value = jsontext.strict(text)
        except ValueError as error:
            return text, f"not JSON: {error}"
        if value is None or isinstance(value, dict):
            return value or {}, None
        if not isinstance(value, str):
            return text, f"the arguments are no object but {_kind(value)}"
    return text, "the arguments are no object but a string"


def tagged(text: str) -> tuple[str, list[Call]]:
    """What a text says outside `<tool_call>` tags, and the calls inside."""
    calls = [call for found in _TAGGED.finditer(text) for call in written(found[1])]
    return (_TAGGED.sub("", text).strip(), calls) if calls else (text, [])


def written(text: str) -> list[Call]:
    """The calls that a text spells out as JSON; a malformed one where it is none."""
    try:
        value = jsontext.strict(text)
    except ValueError as error:
        return [Call(_guessed(text), text, f"not JSON: {error}")]
    found = value if isinstance(value, list) else [value]
    return list(_written(found, text))


def _written(values: list[Any], text: str) -> Iterator[Call]:
    for value in values:
        yield read_call(value) if isinstance(value, dict) else Call("", text, "no call object")


def _guessed(text: str) -> str:
    found = _NAME.search(text)
    return jsontext.whole(found[1]) if found else ""


def _text(name: Any) -> str:
    if isinstance(name, str):
        return jsontext.whole(name)
    return "" if jsontext.missing(name) else jsontext.whole(str(name))


def _kind(value: Any) -> str:
    return {bool: "true or false", int: "a number", float: "a number", list: "a list"}.get(type(value), "null")
