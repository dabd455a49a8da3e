"""Token counts, wherever a server puts them and whatever it calls them."""

from collections.abc import Mapping
from typing import Any

from langchain_core.messages import UsageMetadata


def usage_of(body: Mapping[str, Any]) -> UsageMetadata | None:
    """Token counts of an answer; None where the server gave none."""
    raw = raw_usage(body)
    return _usage(raw) if raw else None


def raw_usage(body: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """The counts as the server gave them."""
    for holder in (body, *(c for c in body.get("choices") or [] if isinstance(c, dict)), body.get("x_groq")):
        usage = holder.get("usage") if isinstance(holder, dict) else None
        if isinstance(usage, dict) and usage:
            return usage
    if "prompt_eval_count" in body or "eval_count" in body:
        return {"prompt_tokens": body.get("prompt_eval_count"), "completion_tokens": body.get("eval_count")}
    return None


def _usage(usage: Mapping[str, Any]) -> UsageMetadata:
    read = _count(usage, "prompt_tokens", "input_tokens", "promptTokens", "inputTokens")
    wrote = _count(usage, "completion_tokens", "output_tokens", "completionTokens", "outputTokens")
    total = _count(usage, "total_tokens", "totalTokens") or read + wrote
    found = UsageMetadata(input_tokens=read, output_tokens=wrote, total_tokens=total)
    inward = _mapping(usage, "prompt_tokens_details", "input_tokens_details")
    outward = _mapping(usage, "completion_tokens_details", "output_tokens_details")
    cached = _count(inward, "cached_tokens") or _count(
        usage, "cached_tokens", "prompt_cache_hit_tokens", "num_cached_tokens", "cache_read_input_tokens"
    )
    written = _count(usage, "cache_creation_input_tokens") or _count(inward, "cache_write_tokens")
    read_details = {"cache_read": cached, "cache_creation": written, "audio": _count(inward, "audio_tokens")}
    thought = _count(outward, "reasoning_tokens") or _count(usage, "reasoning_tokens")
    write_details = {"reasoning": thought, "audio": _count(outward, "audio_tokens")}
    if any(read_details.values()):
        found["input_token_details"] = {k: v for k, v in read_details.items() if v}  # type: ignore[typeddict-item]
    if any(write_details.values()):
        found["output_token_details"] = {k: v for k, v in write_details.items() if v}  # type: ignore[typeddict-item]
    return found


def _count(usage: Mapping[str, Any], *names: str) -> int:
    return next((int(usage[n]) for n in names if isinstance(usage.get(n), int | float) and usage[n]), 0)


def _mapping(usage: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    return next((usage[n] for n in names if isinstance(usage.get(n), dict)), {})
