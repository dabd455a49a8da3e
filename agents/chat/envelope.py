"""What some gateways put around an answer."""

from typing import Any

_ENVELOPES = ("data", "result", "response", "output")


def unwrapped(body: Any) -> Any:
    """The completion in a body, which is the body itself but for an envelope such as `{"success": true, "result": {...}}`."""
    if isinstance(body, dict) and not body.get("choices"):
        for name in _ENVELOPES:
            if isinstance(held := body.get(name), dict) and isinstance(held.get("choices"), list):
                beside = {key: body[key] for key in ("usage", "model", "id", "request_id") if body.get(key) is not None}
                return {**beside, **held}
    return body
