"""Schemas of tools as other people write them, read as JSON Schema.

Types by Python's names ("dict", "float", "str, optional") or in capitals ("STRING"), properties without the object around them,
`required` as a mark on each property, the choices of a list's items on the list, null where that is the default, a default that is
none of the choices. A type that is no known name is left open.
"""

import re
from functools import lru_cache
from typing import Any

import orjson

_JSON = frozenset({"object", "array", "string", "number", "integer", "boolean", "null"})
_NAMED = {
    "dict": "object",
    "dictionary": "object",
    "float": "number",
    "double": "number",
    "int": "integer",
    "str": "string",
    "bool": "boolean",
    "list": "array",
    "tuple": "array",
}
_OPTIONAL = re.compile(r",?\s*\boptional\b|^optional\[(.*)\]$", re.IGNORECASE)
_KEYWORDS = frozenset({"type", "properties", "required", "anyOf", "oneOf", "allOf", "items", "additionalProperties"})
"""What tells a schema from a bare list of properties."""


def as_json_schema(parameters: dict[str, Any]) -> dict[str, Any]:
    """The schema of a tool's parameters; what is given already where it needs no reading."""
    try:
        return _read(orjson.dumps(parameters))
    except (orjson.JSONEncodeError, RecursionError):
        return parameters


@lru_cache(maxsize=1024)
def _read(text: bytes) -> dict[str, Any]:
    """Many traces offer the same tools; what comes back is shared."""
    given: dict[str, Any] = orjson.loads(text)
    read: dict[str, Any] = _schema(_wrapped(given))
    return given if orjson.dumps(read) == text else read


def _wrapped(given: dict[str, Any]) -> dict[str, Any]:
    """Bare properties with the object around them: each is then an object that tells its type.

    Those without a default are required, unless each has a mark of its own, or nothing tells that some may be left out and types have
    JSON's names.
    """
    bare = given and not given.keys() & _KEYWORDS and all(isinstance(v, dict) and "type" in v for v in given.values())
    if not bare:
        return given
    marked = any("required" in held for held in given.values())
    types = [str(held["type"]) for held in given.values() if not isinstance(held["type"], list)]
    told = any("default" in v for v in given.values()) or any(t not in _JSON or _OPTIONAL.search(t) for t in types)
    owed = [name for name, v in given.items() if "default" not in v and not _OPTIONAL.search(str(v["type"]))]
    if marked or not told:
        return {"type": "object", "properties": given}
    return {"type": "object", "properties": given, "required": owed}


def _schema(value: Any) -> Any:
    if isinstance(value, list):
        return [_schema(each) for each in value]
    if not isinstance(value, dict):
        return value
    read = {
        key: {name: _schema(inner) for name, inner in held.items()}
        if key in ("properties", "$defs") and isinstance(held, dict)
        else _schema(held)
        if key in ("items", "anyOf", "oneOf", "allOf")
        else held
        for key, held in value.items()
    }
    _set_type(read)
    _lift(read)
    if (
        read.get("type") == "array"
        and "enum" in read
        and not any(isinstance(each, list) for each in read["enum"] or ())
    ):
        items = read.get("items")
        read["items"] = {**(items if isinstance(items, dict) else {}), "enum": read.pop("enum")}
    if "default" in read and read["default"] in (None, "null", "None") and isinstance(read.get("type"), str):
        read["type"] = [read["type"], "null"]
        if isinstance(read.get("enum"), list):
            read["enum"] = [*read["enum"], None]
    if "default" in read and isinstance(read.get("enum"), list) and read["default"] not in read["enum"]:
        read["enum"] = [*read["enum"], read["default"]]
    return read


def _set_type(read: dict[str, Any]) -> None:
    given = read.get("type")
    if isinstance(given, str) and given not in _JSON:
        bare = _OPTIONAL.sub(lambda m: m[1] or "", given).strip().lower()
        named = bare.split("[")[0].strip()
        kind = _NAMED.get(named, named)
        if kind in _JSON:
            read["type"] = kind
        else:
            del read["type"]


def _lift(read: dict[str, Any]) -> None:
    """`required` as a mark on each property becomes the list of the object around them."""
    properties = read.get("properties")
    if not isinstance(properties, dict):
        return
    marked = {name: p for name, p in properties.items() if isinstance(p, dict) and isinstance(p.get("required"), bool)}
    if marked:
        bare = {name: {k: v for k, v in held.items() if k != "required"} for name, held in marked.items()}
        read["properties"] = {**properties, **bare}
        read.setdefault("required", [name for name, held in marked.items() if held["required"]])
