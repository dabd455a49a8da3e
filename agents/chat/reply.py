"""One answer of a model server as a LangChain message, whatever dialect it is in. Nothing the model said is dropped or mended.

Servers differ in where they put reasoning, how they shape calls, and where they count tokens; every shape known is read here. Calls
whose arguments are no JSON object become `invalid_tool_calls` with their text as it came. Fields that mean nothing to us stay: those of
the message in `additional_kwargs`, those of the answer in `response_metadata`.
"""

import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from langchain_core.messages import AIMessage

from agents.chat.growing import sound
from agents.chat.pieces import OWN, identity, name_and_arguments
from agents.chat.usage import raw_usage, usage_of
from agents.chat.wire import CALL_EXTRAS, CALL_ORDER, DETAILS

REASONING = (
    "reasoning_content",
    "reasoning",
    "thinking",
    "reasoning_text",
    "reasoningContent",
    "thinking_content",
    "thought",
    "thoughts",
)
READ = frozenset({"role", "content", "tool_calls", "function_call", "usage", *REASONING})
"""Fields of a message that are read here; all others are carried along."""
_REASONING = frozenset({*REASONING, *DETAILS})
SERVER_CALLS = "server_tool_calls"
"""Key of `additional_kwargs` for calls that are none of ours: searches and the like, which the server ran by itself."""
SERVER_MESSAGES = "server_messages"
"""Key of `additional_kwargs` for what others said within a stream: results of searches that the server ran, as MiniMax sends them."""
OTHERS = frozenset({"tool", "function"})
"""Roles whose words are none of the model's."""
_THOUGHTS = (
    "thinking",
    "reasoning",
    "reasoning.text",
    "reasoning.summary",
    "reasoning_content",
    "thought",
    "summary_text",
)
_TEXTS = ("text", "output_text", "input_text")
_OTHER_PARTS = ("tool_use", "refusal", "image_url", "reference")
_WORDS = (
    "text",
    "thinking",
    "reasoning",
    "reasoning_content",
    "reasoningContent",
    "reasoningText",
    "summary",
    "content",
    "thought",
)
"""Keys of a part under which its words stand, themselves or in parts again."""
_PLAIN = frozenset({"type", "text", "index", "id", "role"})
"""What a part of text consists of; one with more to it, such as citations, is kept whole beside its text."""
_SILENT = frozenset({"choices", "usage", "object", "message", "done", "output", "model_provider", "output_version"})
_READ_OF_CHOICE = frozenset({"index", "message", "delta", "finish_reason", "text", "usage"})


class Parts(NamedTuple):
    """A message's content: text, reasoning, calls that stand among the parts, and the parts that are none of these."""

    text: str
    reasoning: str = ""
    calls: tuple[Mapping[str, Any], ...] = ()
    others: tuple[Any, ...] = ()


class Read(NamedTuple):
    """Calls as LangChain shapes them, ids in order, and what servers attach to calls, by id."""

    good: list[Any]
    broken: list[Any]
    order: list[str]
    extras: dict[str, Any]


def message_of(body: Mapping[str, Any]) -> AIMessage:
    """The first choice of a chat completion. Raises ValueError where there is none."""
    choice = first_choice(body)
    said = choice.get("message") or choice.get("delta") or _last(choice.get("messages")) or {}
    parts = content_parts(said.get("content"))
    ours, run = parted_calls(said)
    calls = _read([*ours, *parts.calls] or _legacy_calls(said))
    usage = raw_usage(body)
    metadata = _metadata(body, choice, usage) | ({CALL_ORDER: calls.order} if calls.broken else {})
    return AIMessage(
        sound(parts.text or (_text(choice.get("text")) if not said else "")),
        tool_calls=calls.good,
        invalid_tool_calls=calls.broken,
        additional_kwargs=_extras(said, parts, calls, run),
        response_metadata=metadata,
        usage_metadata=usage_of(usage),
    )


def first_choice(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The choice of the lowest index, whole; a bare `message` beside no choices counts as one."""
    held = body.get("choices") or (body["output"].get("choices") if isinstance(body.get("output"), dict) else None)
    held = [held] if isinstance(held, dict) else held
    choices = [c for c in held if isinstance(c, dict)] if isinstance(held, list) else []
    if len(choices) == 1:
        return choices[0]
    if choices:
        first = min(choices, key=place_of)
        return _joined(first, [c for c in choices if c is not first and place_of(c) == place_of(first)])
    if isinstance(body.get("message"), dict):
        return {"message": body["message"], "finish_reason": body.get("done_reason") or body.get("finish_reason")}
    raise ValueError("the answer holds no choice")


def _last(messages: Any) -> Mapping[str, Any]:
    """The last message of the model's in a list that holds those before it too; empty where there is none."""
    held = messages if isinstance(messages, list) else []
    return next((one for one in reversed(held) if isinstance(one, dict) and one.get("role") == "assistant"), {})


def _joined(first: Mapping[str, Any], others: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    """A choice with the rest of its message: Copilot gives the text and each call of Claude a choice of its own, all under one index."""
    parts = [said for choice in (first, *others) if isinstance(said := choice.get("message"), dict)]
    calls = [call for part in parts for call in _calls(part)]
    if not calls or sum(bool(content_parts(part.get("content")).text) for part in parts) > 1:
        return first
    message = {key: value for part in parts for key, value in part.items() if value}
    return {**first, "message": message | {"tool_calls": calls}}


def content_parts(content: Any) -> Parts:
    """Content as text: a string, a list of parts, an object, or nothing. Parts that think are reasoning."""
    if isinstance(content, str):
        return Parts(content)
    if isinstance(content, dict):
        if not _is_part(content):  # Cloudflare sends what was asked for as JSON as the object it is
            return Parts(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
        content = [content]
    if not isinstance(content, list):
        return Parts(_text(content))
    texts: list[str] = []
    thoughts: list[str] = []
    calls: list[Mapping[str, Any]] = []
    others: list[Any] = []
    for part in content:
        kind = part.get("type") or "text" if isinstance(part, dict) else "text"
        if kind == "tool_use":
            calls.append({"id": part.get("id"), "name": part.get("name"), "arguments": part.get("input")})
        elif kind in _THOUGHTS or (
            isinstance(part, dict) and (part.get("thought") is True or "reasoningContent" in part)
        ):
            thoughts.append(_part_text(part))
        elif kind in _TEXTS or "text" in part:
            texts.append(_part_text(part))
            others += [part] if isinstance(part, dict) and not _is_plain(part) else []
        else:
            others.append(part)
    return Parts("".join(texts), "".join(thoughts), tuple(calls), tuple(others))


def refusal_of(parts: Parts) -> dict[str, str]:
    """A refusal that stands among the parts of a content, as the field it else is; empty where there is none."""
    refused = "".join(_text(part.get("refusal")) for part in parts.others if isinstance(part, dict))
    return {"refusal": refused} if refused else {}


def reasoning_of(said: Mapping[str, Any]) -> str:
    """Reasoning text, under any of the names servers give it; of several that repeat each other, the first."""
    return next(iter(reasonings(said).values()), "")


def reasonings(said: Mapping[str, Any]) -> dict[str, str]:
    """Reasoning text under each of the names that servers give it; the texts of details where there is nothing else."""
    if _REASONING.isdisjoint(said):
        return {}
    found = {name: text for name in REASONING if (text := _reasoning_in(said.get(name)))}
    return found or {name: text for name in DETAILS if (text := _details_in(said.get(name)))}


def _reasoning_in(value: Any) -> str:
    return value if isinstance(value, str) else _part_text(value) if isinstance(value, dict | list) else ""


def _details_in(value: Any) -> str:
    return "".join(map(_part_text, value)) if isinstance(value, list) else ""


def parted_calls(said: Mapping[str, Any]) -> tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]:
    """A message's calls as they came: a list, one alone, or a list as text. Those of tools that the server has and runs stand apart."""
    ours: list[Mapping[str, Any]] = []
    servers: list[Mapping[str, Any]] = []
    for call in _calls(said):
        (ours if _is_ours(call) else servers).append(call)
    return ours, servers


def says_something(call: Mapping[str, Any]) -> bool:
    """Whether a call, or a piece of one, holds anything."""
    name, arguments = name_and_arguments(call)
    return bool(identity(call.get("id")) or name or arguments not in (None, "") or any(key not in OWN for key in call))


def _calls(said: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    raw = said.get("tool_calls")
    if not raw:
        return []
    if isinstance(raw, str):
        try:
            raw = json.loads(raw)
        except ValueError:
            raw = None
    raw = [raw] if isinstance(raw, dict) else raw if isinstance(raw, list) else []
    return [call for call in raw if isinstance(call, dict) and says_something(call)]


def _is_ours(call: Mapping[str, Any]) -> bool:
    ours = call.get("type") in (None, "", "function", "custom")
    return ours or any(name in call for name in ("function", "custom", "name"))


def _legacy_calls(said: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The one call of the older form."""
    legacy = said.get("function_call")
    return [{"function": legacy}] if isinstance(legacy, dict) and says_something(legacy) else []


def _read(raw: Sequence[Mapping[str, Any]]) -> Read:
    """Calls of a message, with those that stood among its content. Missing or repeated ids are replaced."""
    found = Read([], [], [], {})
    for call in raw:
        id = identity(call.get("id"))
        id = id if id and id not in found.order else f"call_{uuid.uuid4().hex[:24]}"
        found.order.append(id)
        name, arguments = name_and_arguments(call)
        args, error = read_arguments(arguments)
        if error:
            found.broken.append({"name": name, "args": args, "id": id, "error": error, "type": "invalid_tool_call"})
        else:
            found.good.append({"name": name, "args": args, "id": id, "type": "tool_call"})
        if attached := dict(_attached(call)):
            found.extras[id] = attached
    return found


def read_arguments(value: Any) -> tuple[Any, str | None]:
    """Arguments as an object and None; or their text as it came, with what is wrong. Nothing at all stands for no arguments."""
    if isinstance(value, dict):
        return value, None
    if value is None or (isinstance(value, str) and not value.strip()):
        return {}, None
    if not isinstance(value, str):
        return json.dumps(value), f"a JSON {type(value).__name__}, not an object"
    value = sound(value)
    try:
        found = _ARGUMENTS.decode(value)
        if isinstance(found, str):  # encoded twice, as some servers do
            found = _ARGUMENTS.decode(found)
    except (ValueError, RecursionError) as error:
        return value, str(error)
    if found is None:
        return {}, None
    if not isinstance(found, dict):
        return value, f"a JSON {type(found).__name__}, not an object"
    return (_sound(found) if "\\u" in value else found), None


def place_of(choice: Mapping[str, Any]) -> int:
    """The index of a choice; nought where it has none."""
    index = choice.get("index")
    if type(index) is int:
        return max(index, 0)
    return int(index) if isinstance(index, int | str) and str(index).isdecimal() else 0


def finish_of(choice: Mapping[str, Any]) -> Any:
    """Why the model stopped, in the server's word; None where it gave none, or wrote `"null"` for it."""
    for name in ("finish_reason", "stop_reason", "finishReason"):
        if (word := choice.get(name)) is not None:
            return None if word == "null" else word
    return None


def _no_json(name: str) -> Any:
    raise ValueError(f"{name} is no JSON")


_ARGUMENTS = json.JSONDecoder(strict=False, parse_constant=_no_json)


def _sound(value: Any) -> Any:
    """A value in whose texts no lone surrogate is left: they can stand in it escaped."""
    if isinstance(value, str):
        return sound(value)
    if isinstance(value, dict):
        return {sound(key): _sound(each) for key, each in value.items()}
    return [_sound(each) for each in value] if isinstance(value, list) else value


def _attached(call: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """What a server attaches to a call and wants back with it, such as a thought's signature."""
    return ((key, value) for key, value in call.items() if key not in OWN and value is not None)


def _extras(said: Mapping[str, Any], parts: Parts, calls: Read, run: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    extras = {k: v for k, v in said.items() if k not in READ and v not in (None, "", [], {})}
    if reasoning := reasoning_of(said) or parts.reasoning:
        extras["reasoning_content"] = sound(reasoning)
    if (
        isinstance(said.get("function_call"), dict) and said["function_call"]
    ):  # the older form, beside the call that is made of it
        extras["function_call"] = said["function_call"]
    if parts.others:
        extras["content_parts"] = list(parts.others)
        extras |= refusal_of(parts)
    if run:
        extras[SERVER_CALLS] = list(run)
    if calls.extras:
        extras[CALL_EXTRAS] = calls.extras
    return extras


def _metadata(body: Mapping[str, Any], choice: Mapping[str, Any], usage: Mapping[str, Any] | None) -> dict[str, Any]:
    kept = {name: value for name, value in choice.items() if name not in _READ_OF_CHOICE and value is not None}
    kept |= {name: value for name, value in body.items() if name not in _SILENT and value is not None}
    kept |= {"model_name": body.get("model"), "finish_reason": finish_of(choice)}
    return kept | ({"token_usage": dict(usage)} if usage else {})


def _part_text(part: Any) -> str:
    """The text of a content part; parts may nest (a thought holds a list of text parts)."""
    if isinstance(part, str):
        return part
    if isinstance(part, list):
        return "".join(_part_text(each) for each in part)
    if isinstance(part, dict):
        for key in _WORDS:
            if isinstance(part.get(key), str | list):
                return _part_text(part[key])
            if isinstance(part.get(key), dict):
                return _part_text(part[key].get("value") or part[key])
    return ""


def _is_part(content: Mapping[str, Any]) -> bool:
    """Whether an object for a content is a part of one; else it is what the model was to write."""
    return content.get("type") in (*_TEXTS, *_THOUGHTS, *_OTHER_PARTS) or all(key in _PLAIN for key in content)


def _is_plain(part: Mapping[str, Any]) -> bool:
    return all(key in _PLAIN or not value for key, value in part.items())


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None or isinstance(value, bool) else json.dumps(value)
