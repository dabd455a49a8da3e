"""The tools a row says were offered, in OpenAI's shape."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from traces.imports import jsontext

_KEPT = 200_000
"""Longer texts are not worth the memory of keeping them."""
_TAG = re.compile(r"<tools>\s*(.*?)\s*</tools>", re.DOTALL)


def read_tools(value: Any) -> tuple[dict[str, Any], ...] | None:
    """The schemas of a `tools` or `functions` field, a list or JSON text of one; None where any of them cannot be read.

    One that is left out would make its calls look like calls of a tool that is not there, so it is all or none.
    """
    text = value if isinstance(value, str) else jsontext.dump(value)
    return _read(text) if len(text) < _KEPT else _read.__wrapped__(text)


@lru_cache(maxsize=256)
def _read(text: str) -> tuple[dict[str, Any], ...] | None:
    """Many rows offer the same tools; what comes back is shared."""
    value = jsontext.loose(text)
    if isinstance(value, Mapping):
        value = list(value.values()) if all(isinstance(v, Mapping) for v in value.values()) else [value]
    if not isinstance(value, list):
        return None
    found = [_tool(jsontext.loose(each)) for each in value]
    return tuple(tool for tool in found if tool) if all(found) else None


def in_prompt(text: str) -> tuple[dict[str, Any], ...] | None:
    """The tools that a system message lists between `<tools>` tags; None where it lists none."""
    found = _TAG.search(text)
    if not found or not found[1]:
        return None
    return read_tools(found[1]) or read_tools(_lines(found[1].splitlines()))


def _lines(lines: Iterable[str]) -> list[Any]:
    return [jsontext.loose(line) for line in lines if line.strip()]


def _tool(value: Any) -> dict[str, Any] | None:
    if not isinstance(value, dict):
        return None
    inner = value.get("function", value)
    if not isinstance(inner, dict) or not isinstance(inner.get("name"), str) or not inner["name"]:
        return None
    parameters = next((inner[key] for key in ("parameters", "input_schema", "inputSchema") if inner.get(key)), None)
    function: dict[str, Any] = {"name": jsontext.whole(inner["name"])}
    if isinstance(inner.get("description"), str):
        function["description"] = inner["description"]
    if isinstance(loose := jsontext.loose(parameters), dict):
        function["parameters"] = loose
    if isinstance(inner.get("strict"), bool):
        function["strict"] = inner["strict"]
    return {"type": "function", "function": function}
