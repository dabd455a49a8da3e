"""What some gateways put around an answer."""

from collections.abc import Mapping
from typing import Any

_ENVELOPES = ("data", "result", "response", "output")
_BESIDE = ("usage", "model", "id", "request_id")


def unwrapped(body: Any) -> Any:
    """The completion in a body, which is the body itself but for an envelope such as `{"success": true, "result": {...}}`.

    An answer that is only a `response` and its calls, as Cloudflare's and Ollama's plain forms are, is given a choice to stand in.
    """
    if isinstance(body, dict) and not body.get("choices"):
        beside = {key: body[key] for key in _BESIDE if body.get(key) is not None}
        for name in _ENVELOPES:
            if isinstance(held := body.get(name), dict) and isinstance(held.get("choices"), list):
                return {**beside, **held}
        for held in (body.get("result"), body):
            if isinstance(held, dict) and (said := _plain(held)):
                rest = {key: value for key, value in held.items() if key not in ("response", "tool_calls")}
                return {**beside, **rest, "choices": [{"index": 0, "delta": said}]}
    return body


def _plain(body: Mapping[str, Any]) -> dict[str, Any]:
    """The message of an answer that has neither choices nor a message; empty where there is none."""
    said = {"content": body.get("response"), "tool_calls": body.get("tool_calls")}
    return said if isinstance(said["content"], str) or (said["tool_calls"] and "response" in body) else {}
