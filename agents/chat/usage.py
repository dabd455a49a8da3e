"""Token counts, wherever a server puts them and whatever it calls them."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from langchain_core.messages import UsageMetadata

_READ = ("prompt_tokens", "input_tokens", "promptTokens", "inputTokens", "promptTokenCount", "inputTokenCount")
_WROTE = ("completion_tokens", "output_tokens", "completionTokens", "outputTokens", "candidatesTokenCount", "outputTokenCount")  # fmt: skip
_TOTAL = ("total_tokens", "totalTokens", "totalTokenCount")
_TOLD = frozenset((*_READ, *_WROTE, *_TOTAL))
_CACHED = ("cached_tokens", "prompt_cache_hit_tokens", "num_cached_tokens", "cache_read_input_tokens")
_PLACES = ("usage", "usageMetadata", "usage_metadata")


def usage_of(raw: Mapping[str, Any] | None) -> UsageMetadata | None:
    """Token counts from those a server gave; None where it counted neither what it read nor what it wrote."""
    usage = {**_mapping(raw, "tokens"), **raw} if raw else {}
    counts = _counts(usage)
    return None if _TOLD.isdisjoint(counts) else _usage(usage, counts)


def raw_usage(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The counts as the server gave them."""
    for holder in _holders(body):
        for place in _PLACES:
            if isinstance(usage := holder.get(place), dict) and usage:
                return usage
    if "prompt_eval_count" in body or "eval_count" in body:
        return {"prompt_tokens": body.get("prompt_eval_count"), "completion_tokens": body.get("eval_count")}
    return None


def counted_on(held: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    """Counts of a stream so far, with those of another chunk: what it does not count stays, and then its total is of no use."""
    found = {**held, **{name: count for name, count in new.items() if count or name not in held}}
    partial = any(held.get(name) and not new.get(name) for name in (*_READ, *_WROTE))
    return {name: count for name, count in found.items() if not (partial and name in _TOTAL)}


def _holders(body: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    choices = body.get("choices")
    found = [c for c in choices if isinstance(c, dict)] if isinstance(choices, list) else []
    messages = [c.get("message") for c in found]
    yield from (h for h in (body, *found, *messages, body.get("x_groq"), body.get("metadata")) if isinstance(h, dict))


def _usage(usage: Mapping[str, Any], counts: Mapping[str, int]) -> UsageMetadata:
    read, wrote = _count(counts, *_READ) or 0, _count(counts, *_WROTE) or 0
    found = UsageMetadata(input_tokens=read, output_tokens=wrote, total_tokens=_count(counts, *_TOTAL) or read + wrote)
    inward = _counts(_mapping(usage, "prompt_tokens_details", "input_tokens_details"))
    outward = _counts(_mapping(usage, "completion_tokens_details", "output_tokens_details"))
    read_details = {
        "cache_read": _either(_count(inward, "cached_tokens"), _count(counts, *_CACHED)),
        "cache_creation": _either(
            _count(counts, "cache_creation_input_tokens"), _count(inward, "cache_write_tokens", "cache_creation_tokens")
        ),
        "audio": _count(inward, "audio_tokens"),
    }
    write_details = {
        "reasoning": _either(_count(outward, "reasoning_tokens"), _count(counts, "reasoning_tokens", "thoughtsTokenCount")),
        "audio": _count(outward, "audio_tokens"),
    }  # fmt: skip
    for name, details in (("input_token_details", read_details), ("output_token_details", write_details)):
        if said := {kind: count for kind, count in details.items() if count is not None}:
            found[name] = said  # type: ignore[literal-required]
    return found


def _either(first: int | None, second: int | None) -> int | None:
    """The count that says more; None where neither was given."""
    return second if first is None or (not first and second) else first


def _counts(usage: Mapping[str, Any]) -> dict[str, int]:
    """Those entries that are counts."""
    return {name: count for name, value in usage.items() if (count := _number(value)) is not None}


def _count(counts: Mapping[str, int], *names: str) -> int | None:
    """The first count under any of these names that is not nought; nought where all given are; None where none is."""
    held = None
    for name in names:
        if name in counts:
            if counts[name]:
                return counts[name]
            held = 0
    return held


def _number(value: Any) -> int | None:
    if type(value) is int:
        return value
    if isinstance(value, str) and value.isdecimal():
        return int(value)
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return int(value) if good else None


def _mapping(usage: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    return next((usage[n] for n in names if isinstance(usage.get(n), dict)), {})
