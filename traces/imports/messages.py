"""Messages of other tools: OpenAI's, ShareGPT's, Inspect's, LangChain's in its three spellings."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from traces.imports import jsontext
from traces.imports.calls import Call, call_id, read_call, read_calls, tagged, written
from traces.imports.content import Content, read_content
from traces.imports.errors import RowError
from traces.record import Role, ToolErrorKind

_ROLES: dict[str, tuple[str, ...]] = {
    "system": ("system", "developer"),
    "user": ("user", "human"),
    "assistant": ("assistant", "ai", "gpt", "chatgpt", "model", "bot"),
    "tool": (
        *("tool", "function", "observation", "environment", "ipython", "tool_response", "function_response"),
        *("tool_result", "function_call_output", "tool_output"),
    ),
    "call": ("function_call", "tool_call", "tool_calls", "function-call"),
}
_ROLE_OF = {name: role for role, names in _ROLES.items() for name in names}
_THOUGHTS = ("reasoning_content", "reasoning", "thinking")
_RESPONSE = re.compile(r"<tool_response>\s*(.*?)\s*</tool_response>", re.DOTALL)
_ERRORS: dict[str, ToolErrorKind] = {"timeout": "timeout", "limit": "limit", "parsing": "malformed_call"}


class Said(NamedTuple):
    """A message as read, `place` its index in the row. `failed` says that a result was marked as an error."""

    place: int
    role: Role
    content: str = ""
    calls: tuple[Call, ...] = ()
    answers: str | None = None
    """The id of the call that a tool message answers."""
    name: str | None = None
    reasoning: str | None = None
    failed: bool = False
    error: ToolErrorKind | None = None
    skipped: tuple[str, ...] = ()


def read_messages(values: Sequence[Any], *, hermes: bool = False) -> list[Said]:
    """Every message of a row. Calls in Hermes tags are read where `hermes` says so, or where a tool answers them.

    Raises:
        RowError: what stands in the place of a message is none, or its role is not known.
    """
    said = [one for place, value in enumerate(values) for one in _read(value, place)]
    for i, one in enumerate(said):
        if one.role == "assistant" and not one.calls and "<tool_call>" in one.content:
            answered = i + 1 < len(said) and said[i + 1].role == "tool"
            said[i] = _untagged(one) if hermes or answered else one
    return said


def _untagged(said: Said) -> Said:
    text, calls = tagged(said.content)
    return said._replace(content=text, calls=tuple(calls))


def _read(value: Any, place: int) -> list[Said]:
    message = value if isinstance(value, dict) and "role" in value else _plain(value, place)
    role = _role(message, place)
    if role == "call":
        return [_call_alone(message, place)]
    content = read_content(message.get("content", message.get("output") if role == "tool" else None))
    if content.results and role == "user":
        return _results(content, place)
    if role == "tool":
        return _observed(message, content, place)
    if role != "assistant":
        return [Said(place, role, content.text, name=_name(message), skipped=content.skipped)]
    return [_assistant(message, content, place)]


def _plain(value: Any, place: int) -> Mapping[str, Any]:
    """The message as one flat object with `role` or `type`, and `content`."""
    if isinstance(value, list | tuple) and len(value) == 2 and isinstance(value[0], str):
        return {"role": value[0], "content": value[1]}
    if not isinstance(value, dict):
        raise RowError(f"message {place} is no object")
    if "role" in value:
        return value
    if "from" in value:
        return {**value, "role": value["from"], "content": value.get("value", value.get("content"))}
    if isinstance(value.get("kwargs"), dict) and isinstance(value.get("id"), list):
        return {"type": str(value["id"][-1:] and value["id"][-1]), **value["kwargs"]}
    if isinstance(value.get("data"), dict):
        return {**value["data"], "type": value.get("type")}
    return value


def _role(message: Mapping[str, Any], place: int) -> Any:
    given = message.get("role") or message.get("type")
    if not isinstance(given, str):
        raise RowError(f"message {place} has no role")
    name = given
    if name not in _ROLE_OF:
        name = given.strip().casefold().removesuffix("chunk").removesuffix("message")
    if name not in _ROLE_OF:
        known = ", ".join(sorted(_ROLE_OF))
        raise RowError(f"message {place} has the role {jsontext.whole(given)[:60]!r}; known are {known}")
    return _ROLE_OF[name]


def _assistant(message: Mapping[str, Any], content: Content, place: int) -> Said:
    more = message.get("additional_kwargs")
    extra: Mapping[str, Any] = more if isinstance(more, dict) else {}
    calls = _calls(message) or list(content.calls) or _calls(extra)
    text = content.text or _string(message.get("refusal")) or ""
    thought = content.reasoning or _thought(message) or _thought(extra)
    if "</think>" in text:
        aloud, text = _thinking(text)
        thought = thought or aloud
    return Said(place, "assistant", text, tuple(calls), None, _name(message), thought, skipped=content.skipped)


def _thinking(text: str) -> tuple[str | None, str]:
    """The thought that a text opens with, in the tags of models that think aloud, and the rest. The first tag may stand in the prompt."""
    head, _, rest = text.partition("</think>")
    before, opened, thought = head.partition("<think>")
    if opened and before.strip():
        return None, text
    return (thought if opened else before).strip(), rest.lstrip()


def _thought(message: Mapping[str, Any]) -> str | None:
    for key in _THOUGHTS:
        if key in message and (text := _string(message[key])):
            return text
    return None


def _calls(message: Mapping[str, Any]) -> list[Call]:
    """The calls in the fields of a message, or the one call of the older `function_call` field."""
    found = []
    for key in ("tool_calls", "invalid_tool_calls"):
        if key in message:
            found += read_calls(message[key])
    older = None if found else jsontext.loose(message.get("function_call"))
    return [read_call(older)] if older else found


def _call_alone(message: Mapping[str, Any], place: int) -> Said:
    """A message that is nothing but calls, as ShareGPT's `function_call` or an item of OpenAI's responses."""
    content = message.get("content")
    if jsontext.missing(content):
        return Said(place, "assistant", calls=(read_call(message),))
    calls = written(content) if isinstance(content, str) else read_calls(content)
    return Said(place, "assistant", calls=tuple(calls))


def _results(content: Content, place: int) -> list[Said]:
    """Tool results inside a user message, then what the user says beside them."""
    found = []
    for part in content.results:
        inner = read_content(part.get("content"))
        failed = part.get("is_error") is True
        answers = part.get("tool_use_id")
        found.append(Said(place, "tool", inner.text, answers=_string(answers), failed=failed, skipped=inner.skipped))
    if content.text:
        found.append(Said(place, "user", content.text, skipped=content.skipped))
    return found


def _observed(message: Mapping[str, Any], content: Content, place: int) -> list[Said]:
    error = message.get("error")
    failed = bool(error) or message.get("status") == "error" or message.get("is_error") is True
    kind = _ERRORS.get(str(error.get("type"))) if isinstance(error, dict) else None
    text = content.text or (_string(error.get("message")) if isinstance(error, dict) else None) or ""
    id = call_id(message, ("tool_call_id", "call_id"))
    function = message.get("function")
    name = _name(message) or (function if isinstance(function, str) else None)
    parts = _RESPONSE.findall(text) if "<tool_response>" in text else [text]
    return [
        Said(place, "tool", part, answers=id, name=name, failed=failed, error=kind, skipped=content.skipped)
        for part in parts or [text]
    ]


def _name(message: Mapping[str, Any]) -> str | None:
    name = _string(message.get("name"))
    return jsontext.whole(name) if name else None


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) else None
