"""Calls that stand in a model's text in some notation, because its server has no parser for it: found, named, and read.

Each notation is what a family of models was trained to write. Notations with marks of their own count whatever they name; bare JSON,
fences, Python calls and ReAct lines only where they name a tool that is offered, since an answer may show such things. Finding a call makes
none: that is for whoever declared a parser.
"""

import ast
import json
import re
from collections.abc import Callable, Collection, Iterator
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
    "fenced",
    "json",
    "pythonic",
    "react",
]
NOTATIONS: tuple[Notation, ...] = get_args(Notation)


class Written(NamedTuple):
    """One call in the text at `[start, end)`. `arguments` is an object, or the text that should be one, with what is wrong."""

    notation: Notation
    name: str
    arguments: dict[str, Any] | str
    error: str | None
    start: int
    end: int


def written_calls(text: str, offered: Collection[str], only: Notation | None = None) -> list[Written]:
    """The calls in a text, in order; those of the first notation that fits, for one text is in one notation."""
    if not any(mark in text for mark in "{[<(") and "Action:" not in text and ">>>" not in text:
        return []
    for notation, find in _FINDERS.items():
        if only is None or notation == only:
            found = [call for call in find(text, offered) if call.name]
            if found:
                return found
    return []


def without(text: str, calls: Collection[Written]) -> str:
    """The text that stands around the calls."""
    for call in sorted(calls, key=lambda call: -call.start):
        text = text[: call.start] + text[call.end :]
    return text.strip()


def _hermes(text: str, offered: Collection[str]) -> Iterator[Written]:
    for m in re.finditer(r"<(tool_calls?|function_call)>\s*(?=[{\[])(.*?)(?:</\1>|\Z)", text, re.DOTALL):
        yield from _objects("hermes", m[2], m.start(), m.end())


def _xml(text: str, offered: Collection[str]) -> Iterator[Written]:
    pattern = r"(?:<tool_call>\s*)?<function=([\w.-]+)>(.*?)(?:</function>|\Z)(?:\s*</tool_call>)?"
    for m in re.finditer(pattern, text, re.DOTALL):
        pairs = re.findall(r"<parameter=([\w.-]+)>\n?(.*?)\n?(?:</parameter>|\Z)", m[2], re.DOTALL)
        if pairs or not m[2].strip():
            yield Written("xml", m[1], {key: _value(value) for key, value in pairs}, None, m.start(), m.end())
        else:
            yield _call("xml", m[1], m[2], m.start(), m.end())


def _glm(text: str, offered: Collection[str]) -> Iterator[Written]:
    for m in re.finditer(r"<tool_call>\s*([\w.-]+)\s*(<arg_key>.*?)?(?:</tool_call>|\Z)", text, re.DOTALL):
        pairs = re.findall(r"<arg_key>(.*?)</arg_key>\s*<arg_value>(.*?)(?:</arg_value>|\Z)", m[2] or "", re.DOTALL)
        yield Written("glm", m[1], {key.strip(): _value(value) for key, value in pairs}, None, m.start(), m.end())


def _invoke(text: str, offered: Collection[str]) -> Iterator[Written]:
    mark = r"(?:antml:|｜DSML｜)?"
    pattern = rf"<{mark}invoke name=\"([\w.-]+)\"\s*>(.*?)(?:</{mark}invoke>|\Z)"
    around = [
        (m.start(), m.end()) for m in re.finditer(r"</?(?:[\w｜]+:)?[｜\w]*(?:function_calls|tool_calls?)>", text)
    ]
    for m in re.finditer(pattern, text, re.DOTALL):
        pairs = re.findall(rf"<{mark}parameter name=\"([\w.-]+)\"[^>]*>(.*?)(?:</{mark}parameter>|\Z)", m[2], re.DOTALL)
        start = max((a for a, b in around if b <= m.start() and not text[b : m.start()].strip()), default=m.start())
        end = next((b for a, b in around if a >= m.end() and not text[m.end() : a].strip()), m.end())
        yield Written("invoke", m[1], {key: _value(value) for key, value in pairs}, None, start, end)


def _mistral(text: str, offered: Collection[str]) -> Iterator[Written]:
    for m in re.finditer(r"\[TOOL_CALLS\]\s*(.*?)(?=\[TOOL_CALLS\]|</s>|\Z)", text, re.DOTALL):
        named = re.match(r"([\w.-]+)(?:\[CALL_ID\][\w-]+)?(?:\[ARGS\])?\s*(?=\{)", m[1])
        if named:
            yield _call("mistral", named[1], m[1][named.end() :], m.start(), m.end())
        else:
            yield from _objects("mistral", m[1], m.start(), m.end())


def _llama(text: str, offered: Collection[str]) -> Iterator[Written]:
    for m in re.finditer(r"<\|python_tag\|>(.*?)(?=<\|python_tag\|>|<\|eo[mt]_id\|>|\Z)", text, re.DOTALL):
        inside = m[1].strip()
        if inside.startswith(("{", "[")):
            for piece in _split(inside):
                yield from _objects("llama", piece, m.start(), m.end())
        elif called := re.match(r"([\w-]+)\.call\((.*)\)\s*\Z", inside, re.DOTALL):
            read = _python("llama", f"{called[1]}({called[2]})", m.start(), m.end())
            yield read or _call("llama", called[1], called[2], m.start(), m.end())
        elif "python" in offered:
            yield Written("llama", "python", {"code": inside}, None, m.start(), m.end())


def _deepseek(text: str, offered: Collection[str]) -> Iterator[Written]:
    begin, sep, end = (rf"<[|｜]tool[▁_]{word}[|｜]>" for word in ("call[▁_]begin", "sep", "call[▁_]end"))
    around = r"(?:<[|｜]tool[▁_]calls[▁_](?:begin|end)[|｜]>)?"
    for m in re.finditer(
        rf"{around}{begin}(?:function{sep})?([\w.-]+)(?:{sep})?(.*?)(?:{end}|\Z){around}", text, re.DOTALL
    ):
        yield _call("deepseek", m[1], re.sub(r"^\s*```(?:json)?|```\s*$", "", m[2].strip()), m.start(), m.end())


def _kimi(text: str, offered: Collection[str]) -> Iterator[Written]:
    pattern = (
        r"(?:<\|tool_calls_section_begin\|>)?\s*<\|tool_call_begin\|>\s*(?:functions\.)?([\w.-]+?)(?::\d+)?\s*"
        r"<\|tool_call_argument_begin\|>(.*?)(?:<\|tool_call_end\|>|\Z)\s*(?:<\|tool_calls_section_end\|>)?"
    )
    return (_call("kimi", m[1], m[2], m.start(), m.end()) for m in re.finditer(pattern, text, re.DOTALL))


def _harmony(text: str, offered: Collection[str]) -> Iterator[Written]:
    pattern = (
        r"(?:<\|start\|>assistant)?(?:<\|channel\|>)?(?:commentary|analysis)?\s*to=(?:functions\.)?([\w-]+)(?:<\|channel\|>\w+)?\s*"
        r"(?:<\|constrain\|>)?\s*(?:json|code)?\s*(?:<\|message\|>)?\s*(?=\{)(.*?)(?:<\|call\|>|\Z)"
    )
    return (_call("harmony", m[1], m[2], m.start(), m.end()) for m in re.finditer(pattern, text, re.DOTALL))


def _granite(text: str, offered: Collection[str]) -> Iterator[Written]:
    for m in re.finditer(r"(?:<\|tool_call\|>|<tool_call>\s*(?=\[)|functools)\s*(\[.*\]|\{.*\})", text, re.DOTALL):
        yield from _objects("granite", m[1], m.start(), m.end())
    for m in re.finditer(r">>>(?!all\b)([\w-]+)\n(\{.*?\})(?=>>>|\s*\Z)", text, re.DOTALL):
        yield _call("granite", m[1], m[2], m.start(), m.end())


def _fenced(text: str, offered: Collection[str]) -> Iterator[Written]:
    for m in re.finditer(r"```([\w-]*)[ \t]*\n(.*?)(?:```|\Z)", text, re.DOTALL):
        inside = m[2].strip()
        if inside.startswith(("{", "[")):
            yield from (c for c in _objects("fenced", inside, m.start(), m.end(), whole=False) if c.name in offered)
        elif m[1] in ("tool_code", "tool_call", "tool_calls"):
            bare = inside.removeprefix("print(").removesuffix(")") if inside.startswith("print(") else inside
            called = _python("fenced", bare, m.start(), m.end())
            yield from [called] if called and called.name in offered else []


def _bare(text: str, offered: Collection[str]) -> Iterator[Written]:
    place = 0
    while (start := _next(text, place)) >= 0:
        end = _object_end(text, start)
        place = end or start + 1
        if end:
            yield from (c for c in _objects("json", text[start:end], start, end, whole=False) if c.name in offered)


def _pythonic(text: str, offered: Collection[str]) -> Iterator[Written]:
    bare = text.strip().removeprefix("<|python_start|>").removesuffix("<|python_end|>").strip()
    if not (bare.startswith("[") and bare.endswith("]")) and not re.fullmatch(r"[\w.]+\(.*\)", bare, re.DOTALL):
        return
    try:
        tree = ast.parse(bare, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    nodes = tree.elts if isinstance(tree, ast.List) else [tree]
    calls = [_python("pythonic", ast.get_source_segment(bare, node) or "", 0, len(text)) for node in nodes]
    if all(call is not None and call.name in offered for call in calls):
        yield from (call for call in calls if call)


def _react(text: str, offered: Collection[str]) -> Iterator[Written]:
    for m in re.finditer(
        r"^Action:[ \t]*([\w.-]+)\s*\nAction Input:[ \t]*(.*?)(?=\nObservation:|\nThought:|\Z)", text, re.M | re.DOTALL
    ):
        if m[1] in offered:
            yield _call("react", m[1], m[2], m.start(), m.end())


_FINDERS: dict[Notation, Callable[[str, Collection[str]], Iterator[Written]]] = {
    "hermes": _hermes,
    "xml": _xml,
    "glm": _glm,
    "invoke": _invoke,
    "mistral": _mistral,
    "llama": _llama,
    "kimi": _kimi,
    "deepseek": _deepseek,
    "harmony": _harmony,
    "granite": _granite,
    "fenced": _fenced,
    "json": _bare,
    "pythonic": _pythonic,
    "react": _react,
}
_NAMES, _ARGUMENTS = (
    ("name", "function", "tool", "tool_name", "action"),
    ("arguments", "parameters", "args", "input", "action_input"),
)


def _objects(notation: Notation, text: str, start: int, end: int, *, whole: bool = True) -> Iterator[Written]:
    """Calls of a JSON object or list of them. Where `whole`, what is no JSON is a malformed call; else it is none."""
    try:
        found = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        named = re.search(r"\"(?:name|function|tool)\"\s*:\s*\"([\w.-]+)\"", text)
        if whole and named:
            yield Written(notation, named[1], text.strip(), str(error), start, end)
        return
    for each in found if isinstance(found, list) else [found]:
        call = _from_object(notation, each, start, end) if isinstance(each, dict) else None
        if call and (whole or any(key in text for key in _ARGUMENTS)):
            yield call


def _from_object(notation: Notation, found: dict[str, Any], start: int, end: int) -> Written | None:
    inner = found["function"] if isinstance(found.get("function"), dict) else found
    name = next((inner[key] for key in _NAMES if isinstance(inner.get(key), str)), "")
    given = [inner[key] for key in _ARGUMENTS if key in inner]
    if not name or not (given or set(inner) <= {"name", "id", "type"}):
        return None
    arguments = given[0] if given else {}
    if isinstance(arguments, dict):
        return Written(notation, name, arguments, None, start, end)
    return _call(notation, name, arguments if isinstance(arguments, str) else json.dumps(arguments), start, end)


def _call(notation: Notation, name: str, arguments: str, start: int, end: int) -> Written:
    text = arguments.strip()
    try:
        found = json.loads(text, strict=False) if text else {}
    except (ValueError, RecursionError) as error:
        return Written(notation, name, text, str(error), start, end)
    if isinstance(found, dict):
        return Written(notation, name, found, None, start, end)
    return Written(notation, name, text, f"a JSON {type(found).__name__}, not an object", start, end)


def _python(notation: Notation, source: str, start: int, end: int) -> Written | None:
    try:
        node = ast.parse(source.strip(), mode="eval").body
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name | ast.Attribute) or node.args:
            return None
        arguments = {k.arg: ast.literal_eval(k.value) for k in node.keywords if k.arg}
    except (SyntaxError, ValueError, RecursionError, MemoryError, TypeError):
        return None
    name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
    return Written(notation, name, arguments, None, start, end)


def _value(text: str) -> Any:
    """A parameter between tags: JSON where it is a number, a truth value, a list or an object, else text."""
    try:
        found = json.loads(text.strip(), strict=False)
    except (ValueError, RecursionError):
        return text
    return text if isinstance(found, str) else found


def _split(text: str) -> Iterator[str]:
    """Objects in a row, with semicolons between them."""
    return iter([text] if _object_end(text, 0) == len(text) else re.split(r"(?<=\})\s*;\s*(?=\{)", text))


def _next(text: str, place: int) -> int:
    found = re.compile(r"[{\[]\s*(?:\{\s*)?\"(?:name|function|tool|tool_name|action|id|type)\"").search(text, place)
    return found.start() if found else -1


def _object_end(text: str, start: int) -> int:
    try:
        return json.JSONDecoder(strict=False).raw_decode(text, start)[1]
    except (ValueError, RecursionError):
        return 0
