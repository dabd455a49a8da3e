"""The content of a message: text, parts, numbers or nothing, as others write it."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from traces.imports import jsontext
from traces.imports.calls import Call, read_call

_REASONING = ("thinking", "reasoning")
_CALLS = ("tool_use", "tool_call")


class Content(NamedTuple):
    """What a content field holds. `results` are tool results that stand inside it, `skipped` the kinds of part that are no text."""

    text: str = ""
    reasoning: str = ""
    calls: tuple[Call, ...] = ()
    results: tuple[Mapping[str, Any], ...] = ()
    skipped: tuple[str, ...] = ()


def read_content(value: Any) -> Content:
    """Content of any shape. Lists that are no parts, and other objects, become JSON text."""
    if isinstance(value, str):
        return Content(value)
    if jsontext.missing(value):
        return Content()
    if isinstance(value, dict) and _is_part(value):
        value = [value]
    if isinstance(value, list) and all(isinstance(part, str) or _is_part(part) for part in value):
        return _parts(value)
    return Content(jsontext.dump(value))


def _is_part(value: Any) -> bool:
    return isinstance(value, dict) and isinstance(value.get("type"), str) and len(value) > 1


def _parts(parts: list[Any]) -> Content:
    texts, thoughts, calls, results, skipped = [], [], [], [], []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
        elif part["type"] in _REASONING:
            thoughts += [said] if (said := _first_text(part, (*_REASONING, "text"))) else []
        elif part["type"] in _CALLS:
            calls.append(read_call(part))
        elif part["type"] == "tool_result":
            results.append(part)
        elif (text := _first_text(part, ("text", "refusal"))) is not None:
            texts.append(text)
        else:
            skipped.append(part["type"])
    return Content("\n".join(texts), "\n".join(thoughts), tuple(calls), tuple(results), tuple(skipped))


def _first_text(part: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    return next((part[key] for key in keys if isinstance(part.get(key), str)), None)
