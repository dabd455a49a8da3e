"""Calls read from what stands between the marks of a notation: JSON objects, Python calls, text that should be arguments."""

import ast
import json
import re
from collections.abc import Iterator
from typing import Any, Literal, NamedTuple, get_args

Notation = Literal[
    "hermes",
    "xml",
    "glm",
    "invoke",
    "mistral",
    "llama",
    "deepseek",
    "kimi",
    "harmony",
    "granite",
    "gemma",
    "fenced",
    "json",
    "pythonic",
    "react",
]
NOTATIONS: tuple[Notation, ...] = get_args(Notation)
_NAMES, _ARGUMENTS = (
    ("name", "function", "tool", "tool_name", "action", "recipient_name"),
    ("arguments", "parameters", "args", "input", "action_input"),
)
_DECODER = json.JSONDecoder(strict=False)
_SCHEMA = frozenset({"type", "properties", "required", "additionalProperties"})


class Written(NamedTuple):
    """One call in the text at `[start, end)`. `arguments` is an object, or the text that should be one, with what is wrong."""

    notation: Notation
    name: str
    arguments: dict[str, Any] | str
    error: str | None
    start: int
    end: int


def objects(notation: Notation, text: str, start: int, end: int, *, whole: bool = True) -> Iterator[Written]:
    """Calls of JSON objects, of lists of them, one after another. Where `whole`, what is no JSON is a malformed call; else it is none."""
    text = re.sub(r"\A\s*```(?:json)?\s*\n|\n?\s*```\s*\Z", "", text)
    try:
        found = list(_sequence(text))
    except (ValueError, RecursionError) as error:
        named = re.search(r"[\"'](?:name|function|tool|tool_name)[\"']\s*:\s*[\"']([\w.-]+)[\"']", text)
        if whole and named:
            yield Written(notation, named[1], text.strip(), str(error), start, end)
        return
    for each in found:
        call = _from_object(notation, each, start, end, whole) if isinstance(each, dict) else None
        if call and (whole or any(key in text for key in _ARGUMENTS)):
            yield call


def _sequence(text: str) -> Iterator[Any]:
    """JSON values in a row, with blanks, commas or semicolons between them; lists are opened. Raises ValueError for anything else."""
    at = 0
    while (at := re.compile(r"[\s;,]*").match(text, at).end()) < len(text):  # type: ignore[union-attr]  # it matches nothing, too
        found, at = _DECODER.raw_decode(text, at)
        calls = found.get("tool_calls") or found.get("tool_uses") if isinstance(found, dict) else found
        yield from calls if isinstance(calls, list) else [found]


def _from_object(notation: Notation, found: dict[str, Any], start: int, end: int, whole: bool) -> Written | None:
    inner = found["function"] if isinstance(found.get("function"), dict) else found
    name = next((inner[key] for key in _NAMES if isinstance(inner.get(key), str)), "").removeprefix("functions.")
    if whole and not name and len(found) == 1 and isinstance(held := next(iter(found.values())), dict):
        return Written(notation, next(iter(found)), held, None, start, end)
    given = [inner[key] for key in _ARGUMENTS if key in inner]
    if not name or not (given or set(inner) <= {"name", "id", "type"}):
        return None
    arguments = given[0] if given else {}
    if not whole and ("description" in inner or _is_schema(arguments)):
        return None  # a tool that is described, not called
    if isinstance(arguments, dict):
        return Written(notation, name, arguments, None, start, end)
    return arguments_of(notation, name, arguments if isinstance(arguments, str) else json.dumps(arguments), start, end)


def _is_schema(arguments: Any) -> bool:
    return isinstance(arguments, dict) and arguments.get("type") == "object" and set(arguments) <= _SCHEMA


def arguments_of(notation: Notation, name: str, arguments: str, start: int, end: int) -> Written:
    """A call whose arguments are a text that should be a JSON object."""
    text = re.sub(r"\A```(?:json)?|```\Z", "", arguments.strip()).strip()
    try:
        found = json.loads(text, strict=False) if text else {}
    except (ValueError, RecursionError) as error:
        return Written(notation, name, text, str(error), start, end)
    if isinstance(found, dict):
        return Written(notation, name, found, None, start, end)
    return Written(notation, name, text, f"a JSON {type(found).__name__}, not an object", start, end)


def python(notation: Notation, source: str, start: int, end: int) -> list[Written]:
    """Calls in Python: alone, in a list, printed, one in a line. None of them where anything else stands among them."""
    try:
        body = ast.parse(source.strip()).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    nodes: list[ast.expr] = []
    for statement in body:
        value = _printed(statement.value) if isinstance(statement, ast.Expr) else None
        if value is None:
            return []
        nodes += value.elts if isinstance(value, ast.List | ast.Tuple) else [value]
    calls = [_python_call(notation, node, start, end) for node in nodes]
    return [call for call in calls if call] if all(calls) else []


def _printed(value: ast.expr) -> ast.expr:
    printed = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "print"
    return value.args[0] if printed and isinstance(value, ast.Call) and len(value.args) == 1 else value


def _python_call(notation: Notation, node: ast.expr, start: int, end: int) -> Written | None:
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute) or node.args:
        return None
    try:
        arguments = {k.arg: ast.literal_eval(k.value) for k in node.keywords if k.arg}
    except (ValueError, RecursionError, MemoryError, TypeError):
        return None
    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
    return Written(notation, name, arguments, None, start, end)


def value(text: str) -> Any:
    """A parameter between tags: JSON where it is a number, a truth value, a list or an object, else text."""
    try:
        found = json.loads(text.strip(), strict=False)
    except (ValueError, RecursionError):
        return text
    return text if isinstance(found, str) else found


def object_end(text: str, start: int) -> int:
    """Where the JSON value that begins at a place ends; 0 where none does."""
    try:
        return _DECODER.raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        return 0


def run_end(text: str, start: int) -> int:
    """Where a run of JSON values that begins at a place ends; `start` where there is none."""
    end = start
    while (found := re.compile(r"[\s;,]*(?=[{\[])").match(text, end)) and (after := object_end(text, found.end())):
        end = after
    return end
