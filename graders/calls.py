# ruff: noqa: E501, SIM905  (word lists and patterns are data: broken up they cannot be read)
"""What kind of tool a call goes to, and whether it failed: by name and argument where the trace is not ours."""

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Literal

import orjson

from traces.record import Message, ToolCall

ToolKind = Literal["search", "open", "calculator", "code", "other"]

_BY_NAME: tuple[tuple[ToolKind, re.Pattern[str]], ...] = (
    ("calculator", re.compile(r"calc|wolfram|arithmetic|math|evaluate_expr", re.I)),
    (
        "code",
        re.compile(r"python|code|interpreter|exec|jupyter|notebook|repl|bash|shell|sql|terminal|run_script", re.I),
    ),
    (
        "open",
        re.compile(
            r"(?:^|(?<!cancel)(?<!book)(?<!schedule)[._-]|web)(?:open|fetch|visit|browse)(?:$|[._-]?(?:url|uri|page|web|site|link|tab|html|document|doc|article|result|content|file)s?(?:$|[._-]|(?-i:(?<=[a-z])[A-Z])))"
            r"|(?:read|get|load|view)_?(?:page|url)|scrape|crawl",
            re.I,
        ),
    ),
    ("search", re.compile(r"search|retriev|look_?up|google|bing|wiki|duckduckgo|tavily|query_docs|find", re.I)),
)
_CODE_ARGUMENTS = frozenset(
    {"code", "script", "source", "program", "python", "command", "cmd", "sql", "cell", "input_code", "python_code"}
)
_FAILED = re.compile(
    r"\s*(?:\W{0,3}(?:Error|ERROR|Exception|Traceback|Failed|Failure|HTTP (?:4|5)\d\d|[45]\d\d (?:Bad|Unauthori[sz]ed|Payment|Forbidden|Not|Method|Proxy|Request|Conflict|Gone|Length|Precondition|Too|Un|Locked|Internal|Service|Gateway|Client|Server|Error)|Timeout|Invalid|Unknown (?:tool|function)|"
    r"Tool (?:not found|error)|Could not|Cannot|Unable to)\b|\{\s*\"?(?:error|exception)\"?\s*:(?!\s*(?:null|None|\"\"|''|false|False|0\s*[,}]|\[\]|\{\}))|\[?Error)|"
    r"\s*(?:HTTP/\d(?:\.\d)?\s+[45]\d\d\b|status(?:\s+code)?:\s*[45]\d\d\b|<html>.{0,80}<title>\s*[45]\d\d\b)",
    re.DOTALL,
)
_NOT_FOUND = re.compile(
    r"(?:(?:the|that|this|no\s+such)\s+)?[\w#'\"` .:@/-]{1,70}?\s(?:(?:was|were|is|are|could)\s*)?(?:not|n't)\s(?:be\s)?found(?:\s+in\s[\w ]{1,40})?[.!]?",
    re.IGNORECASE,
)
"""A report of one line that what was named is not there."""
_CODE_FAILED = re.compile(r"Traceback \(most recent call last\)|^\w*(?:Error|Exception): ", re.M)


@lru_cache(maxsize=1024)
def kind_of_name(name: str) -> ToolKind:
    """The kind a tool's name tells. To open is what gets a document by its address or id: not to open an account, or to fetch the weather."""
    return next((kind for kind, pattern in _BY_NAME if pattern.search(name)), "other")


def kind_of(call: ToolCall) -> ToolKind:
    """The kind of tool a call goes to; an argument that is code makes it a code tool."""
    kind = kind_of_name(call.name)
    return "code" if kind == "other" and _CODE_ARGUMENTS & call.arguments.keys() else kind


_ENVELOPE = frozenset(
    "status error errors code message msg detail details success ok reason statuscode status_code http_status type title hint path instance "
    "retry_after retry_after_seconds retryafter request_id requestid trace_id timestamp documentation_url error_code error_message".split()
)
"""What a report of failure says beside the failure; anything else with a value is a result."""
_NO_ERROR = (None, False, 0, "", "none", "None", "null", "ok", "OK")


def _body(content: str) -> dict[str, Any]:
    try:
        body = orjson.loads(content)
    except ValueError:
        try:
            body = ast.literal_eval(content.strip())
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            return {}
    return body if isinstance(body, dict) else {}


@lru_cache(maxsize=512)
def told_as_failure(content: str) -> bool:
    """Whether an object given as content says itself that the call failed: by `success`, `ok`, `error`, or a status with no result beside it."""
    if len(content) > 2000 or not content.lstrip().startswith("{"):
        return False
    body = {str(key).lower(): value for key, value in _body(content).items()}
    if body.get("success") is False or body.get("ok") is False:
        return True
    told = body.get("error")
    if isinstance(told, str) and told not in _NO_ERROR and not any(isinstance(v, dict | list) for v in body.values()):
        return True
    if any(value not in (None, [], {}, "") for key, value in body.items() if key not in _ENVELOPE):
        return False
    status = str(body.get("status", "")).lower()
    errors = [body.get(key) for key in ("error", "errors", "error_code", "error_message")]
    codes = [body.get(key) for key in ("status", "code", "statuscode", "status_code", "http_status")]
    return (
        status in ("error", "failed", "failure", "fail", "erro", "erreur", "fehler", "fallido", "rejected", "denied")
        or any(error not in _NO_ERROR and error not in ([], {}) for error in errors)
        or any(re.fullmatch(r"[45]\d\d", str(code)) for code in codes)
    )


_NOTHING = re.compile(
    r"\s*(?:\[\s*\]|\{\s*\}|null|None|(?:no\s+(?:results?|matches|records|rows|data|items|emails|messages|events|customers|orders|files|entries|bookings|users|contacts|tasks|tickets|documents)(?:\s+(?:were\s+)?found)?|nothing\s+found|0\s+results?)\.?)?\s*",
    re.IGNORECASE,
)


def empty(observation: Message) -> bool:
    """Whether an observation found nothing: no content, an empty list, or an object with nothing but empty lists and zeros."""
    content = observation.content
    if observation.result is not None and observation.result.data:
        return False
    if len(content) > 300 or not content.lstrip().startswith("{"):
        return bool(_NOTHING.fullmatch(content[:300]))
    body = _body(content)
    return any(value == [] for value in body.values()) and all(
        value in ([], {}, 0, None, "") for value in body.values()
    )


def failed(observation: Message) -> bool:
    """Whether an observation reports a failure: by its record where it has one, else by how it begins."""
    if observation.result is not None and (observation.result.status == "error" or observation.result.error):
        return True
    if observation.result is not None and observation.result.data:
        return False
    return _reads_failed(observation.content)


@lru_cache(maxsize=512)
def _reads_failed(content: str) -> bool:
    if len(content) <= 120 and _NOT_FOUND.fullmatch(content.strip()):
        return True
    return bool(_FAILED.match(content) or _CODE_FAILED.search(content)) or told_as_failure(content)


def strings(value: Any) -> list[str]:
    """Every string inside an argument value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [s for v in value.values() for s in strings(v)]
    return [s for v in value for s in strings(v)] if isinstance(value, list | tuple) else []


def leaves(arguments: dict[str, Any]) -> Iterator[str]:
    """Every single value among arguments as text, numbers too, and the keys of objects within."""
    for value in arguments.values():
        yield from _leaves(value)


def _leaves(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield str(key)
            yield from _leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield str(value)


READS = re.compile(
    r"(?:^|[_.-]|(?-i:(?<=[a-z])(?=[A-Z])))(?:get|find|list|search|look\w*|check|fetch|read|show|view|query|calculate|calc|think|retrieve|verify|validate|describe|count|estimate|track|compare|browse|display|convert|compute|info|details|status|login|authenticate|visit|scrape|crawl|wiki|google|bing|open_?(?:page|url|link|file|doc))",
    re.IGNORECASE,
)
"""Names of tools that find out and change nothing."""


def only_reads(name: str) -> bool:
    """Whether a tool of that name changes nothing that lasts."""
    return bool(READS.search(name)) or kind_of_name(name) in ("calculator", "code")


_COMMENT = re.compile(r"#\s?([^\n]*)|(?:\"\"\"|''')(.*?)(?:\"\"\"|''')|\"([^\"\n]{4,})\"|'([^'\n]{4,})'", re.M | re.S)


@lru_cache(maxsize=512)
def prose_of_code(code: str) -> str:
    """The comments and texts of a program, one a line: where code makes claims in words."""
    return "\n".join(next(g for g in m.groups() if g is not None) for m in _COMMENT.finditer(code) if any(m.groups()))
