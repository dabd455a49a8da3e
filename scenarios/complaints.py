"""Puts pydantic's errors about a scenario into words: what was found, what is allowed there, and the nearest match.

What is allowed is read off the JSON Schema, so the words follow the model.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from scenarios.marks import Path
from scenarios.parts.base import repeated
from scenarios.parts.models import ROLES, TEACHER, misfit
from scenarios.problems import nearest, shown
from scenarios.scenario import schema

Node = Mapping[str, Any]
_SECRET = "api_key_env"


class Complaint(NamedTuple):
    """One error in words. `on_key` is true where the key is wrong rather than its value."""

    path: Path
    what: str
    allowed: str = ""
    nearest: str = ""
    on_key: bool = False


def complaints(error: ValidationError, data: Any) -> list[Complaint]:
    """The errors in words; with those about values that do not go together, which pydantic leaves for when all else is right."""
    # A list whose items were all refused counts as too short as well, which is not what is wrong with it.
    told = [item for item in error.errors(include_url=False) if item["type"] != "too_short" or not item["input"]]
    said = [complaint(item) for item in told]
    paths = {one.path for one in said}
    return said + [one for one in _misfits(data) if one.path not in paths]


def _misfits(data: Mapping[str, Any]) -> Iterator[Complaint]:
    models = data.get("models")
    for role in ROLES:
        part = models.get(role) if isinstance(models, dict) else None
        if isinstance(part, dict) and (
            what := misfit(part.get("model", TEACHER), {k for k, v in part.items() if v not in (None, {})})
        ):
            yield Complaint(("models", role), what)
    for name in ("tools", "graders"):
        part = data.get(name)
        if isinstance(part, list) and (what := repeated(part)):
            yield Complaint((name,), what)


def complaint(error: ErrorDetails) -> Complaint:
    """One error in words."""
    on_key = error["loc"][-1:] == ("[key]",)
    path = error["loc"][:-1] if on_key else error["loc"]
    match error["type"]:
        case "extra_forbidden":
            known = sorted(_properties(_node(path[:-1])))
            return Complaint(path, f"unknown key {str(path[-1])!r}", ", ".join(known), nearest(path[-1], known), True)
        case "missing":
            return Complaint(path, "missing", describe(_node(path)))
        case "unknown_name":
            return _unknown(path, error["ctx"], on_key)
        case "rule":
            return Complaint(path, error["msg"])
        case "literal_error" if path == ("winnow",):
            return Complaint(path, f"version {shown(error['input'])}", "1, the version this Winnow reads")
    return Complaint(path, _found(path, error["input"]), describe(_node(path)), _nearest_model(path, error["input"]))


def _unknown(path: Path, ctx: Mapping[str, Any], on_key: bool) -> Complaint:
    known = ctx["known"]
    what = f"unknown {ctx['kind']} {ctx['found']!r}"
    return Complaint(
        path, what, ", ".join(known) or f"no {ctx['kind']} is installed", nearest(ctx["found"], known), on_key
    )


def _found(path: Path, value: object) -> str:
    # Whoever puts the key itself there should not see it in a log.
    return "found something else" if path[-1:] == (_SECRET,) else f"found {shown(value)}"


def _nearest_model(path: Path, value: object) -> str:
    return nearest(value, [TEACHER]) if path[-1:] == ("model",) else ""


@cache
def _schema() -> Node:
    return schema()


def _node(path: Path) -> Node:
    """The part of the schema that a path leads to; empty where it leads nowhere."""
    node = _resolved(_schema())
    for key in path:
        node = _resolved(_child(node, key))
    return node


def _child(node: Node, key: str | int) -> Node:
    for branch in (node, *(_resolved(part) for part in node.get("anyOf", ()))):
        if key in _properties(branch):
            return _properties(branch)[str(key)]
        held = branch.get("items") if isinstance(key, int) else branch.get("additionalProperties")
        if isinstance(held, Mapping):
            return held
    return {}


def _properties(node: Node) -> dict[str, Node]:
    return {
        name: child
        for branch in (node, *node.get("anyOf", ()))
        for name, child in _resolved(branch).get("properties", {}).items()
    }


def _resolved(node: Node) -> Node:
    if "$ref" not in node:
        return node
    target: Node = _schema()["$defs"][node["$ref"].rsplit("/", 1)[1]]
    return {**target, **{key: value for key, value in node.items() if key != "$ref"}}


def describe(node: Node) -> str:
    """What a part of the schema allows, in words: `a whole number from 1 to 64`."""
    node = _resolved(node)
    if "anyOf" in node:
        branches = [_resolved(branch) for branch in node["anyOf"] if branch.get("type") != "null"]
        said = {"description": node.get("description", "")} if len(branches) == 1 else {}
        return " or ".join(describe({**branch, **said}) for branch in branches)
    if "const" in node:
        return f"{node['const']}"
    match node.get("type"):
        case "integer":
            return "a whole number" + _range(node)
        case "number":
            return "a number" + _range(node)
        case "object" if "properties" in node:
            return f"a mapping with {', '.join(node['properties'])}"
        case "object":
            held = node.get("additionalProperties")
            return "a mapping of names to " + (
                describe(held).replace("a number", "numbers") if isinstance(held, Mapping) else "values"
            )
        case "array":
            return "a list of names" + (", at least one" if node.get("minItems") else "")
        case "string":
            return _text(node)
    return ""


def _text(node: Node) -> str:
    described = " ".join(str(node.get("description", "")).split())
    return described[:1].lower() + described[1:].rstrip(".") or ", ".join(node.get("enum", ())) or "a name"


def _range(node: Node) -> str:
    low, high = node.get("minimum"), node.get("maximum")
    if low is None and "exclusiveMinimum" in node:
        return f" above {_number(node['exclusiveMinimum'])} and at most {_number(high)}"
    return f" from {_number(low)} to {_number(high)}" if low is not None and high is not None else ""


def _number(value: Any) -> str:
    return f"{int(value):,}" if value == int(value) else f"{value:,}"
