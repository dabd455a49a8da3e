"""One answer of a model server as a LangChain message, whatever dialect it is in. Nothing the model said is dropped or mended.

Servers differ in where they put reasoning, how they shape calls, and where they count tokens; every shape known is read here. Calls
whose arguments are no JSON object become `invalid_tool_calls` with their text as it came.
"""

import json
import uuid
from collections.abc import Mapping
from typing import Any, NamedTuple

from langchain_core.messages import AIMessage, UsageMetadata

from agents.chat.wire import CALL_ORDER

REASONING = ("reasoning_content", "reasoning", "thinking", "reasoning_text", "thought")
KEPT = ("id", "model", "system_fingerprint", "service_tier", "created", "provider")
_THOUGHTS = ("thinking", "reasoning", "reasoning.text", "reasoning.summary", "thought", "summary_text")


class Parts(NamedTuple):
    """Text and reasoning of a message's content."""

    text: str
    reasoning: str


def message_of(body: Mapping[str, Any]) -> AIMessage:
    """The first choice of a chat completion. Raises ValueError where there is none."""
    choice = first_choice(body)
    said = choice.get("message") or choice.get("delta") or {}
    parts = content_parts(said.get("content"))
    reasoning = reasoning_of(said) or parts.reasoning
    good, broken, order = calls_of(said)
    extras: dict[str, Any] = {}
    if reasoning:
        extras["reasoning_content"] = reasoning
    if said.get("refusal"):
        extras["refusal"] = said["refusal"]
    return AIMessage(
        parts.text or (_text(choice.get("text")) if not said else ""),
        tool_calls=good,
        invalid_tool_calls=broken,
        additional_kwargs=extras,
        response_metadata=_metadata(body, choice) | ({CALL_ORDER: order} if broken else {}),
        usage_metadata=usage_of(body),
    )


def first_choice(body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The choice of the lowest index; a bare `message` beside no choices counts as one."""
    choices = [c for c in body.get("choices") or [] if isinstance(c, dict)]
    if choices:
        return min(choices, key=lambda choice: choice.get("index") or 0)
    if isinstance(body.get("message"), dict):
        return {"message": body["message"], "finish_reason": body.get("done_reason") or body.get("finish_reason")}
    raise ValueError("the answer holds no choice")


def content_parts(content: Any) -> Parts:
    """Content as text: a string, a list of parts, or nothing. Parts that think are reasoning."""
    if isinstance(content, dict):
        content = [content]
    if not isinstance(content, list):
        return Parts(_text(content), "")
    texts: list[str] = []
    thoughts: list[str] = []
    for part in content:
        kind = part.get("type", "text") if isinstance(part, dict) else "text"
        (thoughts if kind in _THOUGHTS else texts).append(_part_text(part))
    return Parts("".join(texts), "".join(thoughts))


def reasoning_of(said: Mapping[str, Any]) -> str:
    """Reasoning text, under any of the names servers give it; of several that repeat each other, the first."""
    for name in REASONING:
        value = said.get(name)
        found = value if isinstance(value, str) else _part_text(value) if isinstance(value, dict | list) else ""
        if found:
            return found
    details = said.get("reasoning_details")
    return "".join(_part_text(detail) for detail in details) if isinstance(details, list) else ""


def calls_of(said: Mapping[str, Any]) -> tuple[list[Any], list[Any], list[str]]:
    """Well-formed and malformed calls as LangChain shapes them, and the ids of all in order. Missing or repeated ids are replaced."""
    raw = said.get("tool_calls")
    raw = [raw] if isinstance(raw, dict) else raw if isinstance(raw, list) else []
    if not raw and isinstance(said.get("function_call"), dict):
        raw = [{"function": said["function_call"]}]
    good, broken = [], []
    used: dict[str, None] = {}
    for call in (c for c in raw if isinstance(c, dict)):
        id = call.get("id") if isinstance(call.get("id"), str) else None
        id = id if id and id not in used else f"call_{uuid.uuid4().hex[:24]}"
        used[id] = None
        function = call["function"] if isinstance(call.get("function"), dict) else call
        name = function.get("name") if isinstance(function.get("name"), str) else ""
        arguments, error = read_arguments(function.get("arguments", function.get("parameters")))
        if error:
            broken.append({"name": name, "args": arguments, "id": id, "error": error, "type": "invalid_tool_call"})
        else:
            good.append({"name": name, "args": arguments, "id": id, "type": "tool_call"})
    return good, broken, list(used)


def read_arguments(value: Any) -> tuple[Any, str | None]:
    """Arguments as an object and None; or their text as it came, with what is wrong. Nothing at all stands for no arguments."""
    if isinstance(value, dict):
        return value, None
    if value is None or (isinstance(value, str) and not value.strip()):
        return {}, None
    if not isinstance(value, str):
        return json.dumps(value), f"a JSON {type(value).__name__}, not an object"
    try:
        found = json.loads(value, strict=False)
        if isinstance(found, str):  # encoded twice, as some servers do
            found = json.loads(found, strict=False)
    except (ValueError, RecursionError) as error:
        return value, str(error)
    if found is None:
        return {}, None
    return (found, None) if isinstance(found, dict) else (value, f"a JSON {type(found).__name__}, not an object")


def usage_of(body: Mapping[str, Any]) -> UsageMetadata | None:
    """Token counts, wherever the server put them; None where it gave none."""
    for holder in (body, *(c for c in body.get("choices") or [] if isinstance(c, dict)), body.get("x_groq")):
        usage = holder.get("usage") if isinstance(holder, dict) else None
        if isinstance(usage, dict) and usage:
            return _usage(usage)
    if "prompt_eval_count" in body or "eval_count" in body:
        return _usage({"prompt_tokens": body.get("prompt_eval_count"), "completion_tokens": body.get("eval_count")})
    return None


def _usage(usage: Mapping[str, Any]) -> UsageMetadata:
    read = _count(usage, "prompt_tokens", "input_tokens", "promptTokens")
    wrote = _count(usage, "completion_tokens", "output_tokens", "completionTokens")
    found = UsageMetadata(
        input_tokens=read, output_tokens=wrote, total_tokens=_count(usage, "total_tokens") or read + wrote
    )
    cached = _count(_mapping(usage, "prompt_tokens_details", "input_tokens_details"), "cached_tokens")
    thought = _count(_mapping(usage, "completion_tokens_details", "output_tokens_details"), "reasoning_tokens")
    thought = thought or _count(usage, "reasoning_tokens")
    if cached:
        found["input_token_details"] = {"cache_read": cached}
    if thought:
        found["output_token_details"] = {"reasoning": thought}
    return found


def _metadata(body: Mapping[str, Any], choice: Mapping[str, Any]) -> dict[str, Any]:
    kept = {name: body[name] for name in KEPT if body.get(name) is not None}
    finish = choice.get("finish_reason", choice.get("stop_reason"))
    found = {**kept, "model_name": body.get("model"), "finish_reason": finish}
    if choice.get("native_finish_reason") is not None:
        found["native_finish_reason"] = choice["native_finish_reason"]
    if choice.get("logprobs") is not None:
        found["logprobs"] = choice["logprobs"]
    return found


def _part_text(part: Any) -> str:
    """The text of a content part; parts may nest (a thought holds a list of text parts)."""
    if isinstance(part, str):
        return part
    if isinstance(part, list):
        return "".join(_part_text(each) for each in part)
    if isinstance(part, dict):
        for key in ("text", "thinking", "reasoning", "summary", "content", "thought"):
            if isinstance(part.get(key), str | list):
                return _part_text(part[key])
    return ""


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)


def _count(usage: Mapping[str, Any], *names: str) -> int:
    return next((int(usage[n]) for n in names if isinstance(usage.get(n), int | float)), 0)


def _mapping(usage: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    return next((usage[n] for n in names if isinstance(usage.get(n), dict)), {})
