"""What a model server can answer instead of a message, in the shapes servers use."""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import time
from typing import Any


class EndpointError(Exception):
    """The server refused, broke off, or sent what is no chat completion.

    `status` is the HTTP status, the one an error inside a good answer or a stream names, or None where the connection itself failed.
    `body` is what was sent, as far as it could be read; it never holds a key of ours. `retry_after` is in seconds.
    """

    def __init__(
        self, message: str, *, status: int | None = None, body: Any = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = body
        self.retry_after = retry_after


def error_text(body: Any) -> str | None:
    """What an error body says, in any of the shapes servers use; None where the body is no error.

    Known shapes: `{"error": {"message"}}`, `{"error": "text"}`, `{"message": "text"}` and `{"msg"}`, `{"detail"}` (text or FastAPI's
    list), `{"errors": [...]}`, `[{"error": ...}]`, `{"base_resp": {"status_code", "status_msg"}}`, and an `error` within a choice.
    """
    if isinstance(body, list) and body:
        return error_text(body[0])
    if not isinstance(body, dict):
        return None
    if body.get("error"):
        return _words(body["error"])
    choices = body.get("choices")
    if isinstance(choices, list) and choices:
        return next((_words(c["error"]) for c in choices if isinstance(c, dict) and c.get("error")), None)
    held = body.get("base_resp")
    if isinstance(held, dict) and held.get("status_code"):
        return str(held.get("status_msg") or held["status_code"])
    for key in ("errors", "detail", "message", "msg", "Message", "error_msg"):
        if body.get(key) and (key in ("errors", "detail") or isinstance(body[key], str)):
            return _words(body[key])
    return None


_STATUS_KEYS = ("status_code", "code", "status", "http_status", "http_status_code", "httpStatus", "statusCode")
_STATUS_OF = {
    "authentication": 401,
    "invalid_api_key": 401,
    "unauthorized": 401,
    "permission": 403,
    "not_found": 404,
    "context_length_exceeded": 400,
    "invalid_request": 400,
    "tool_use_failed": 400,
    "rate_limit": 429,
    "too_many_requests": 429,
    "queue_exceeded": 429,
    "resource_exhausted": 429,
    "server_error": 500,
    "internal": 500,
    "overloaded": 503,
    "unavailable": 503,
    "timeout": 504,
}
"""Parts of the types and codes by which servers name an error in words."""
_MINIMAX = {
    1000: 500,
    1001: 504,
    1002: 429,
    1004: 401,
    1008: 402,
    1024: 500,
    1033: 500,
    1039: 429,
    2013: 400,
    2049: 401,
}


def error_status(body: Any) -> int | None:
    """The status an error body names: as a number or digits under any of the usual keys, or by the words for its kind."""
    if isinstance(body, list) and body:
        return error_status(body[0])
    if not isinstance(body, dict):
        return None
    held = body.get("base_resp")
    if isinstance(held, dict) and isinstance(held.get("status_code"), int):
        return _MINIMAX.get(held["status_code"])
    inner = body["error"] if isinstance(body.get("error"), dict) else {}
    choices = body.get("choices")
    inners = (
        [c["error"] for c in choices if isinstance(c, dict) and isinstance(c.get("error"), dict)]
        if isinstance(choices, list)
        else []
    )
    places = [inner, *inners, body]
    return next((n for place in places if (n := _numbered(place))), None) or next(
        (n for place in places if (n := _named(place))), None
    )


def _numbered(place: Mapping[str, Any]) -> int | None:
    for key in _STATUS_KEYS:
        value = place.get(key)
        if isinstance(value, int | str) and str(value).isdecimal() and 400 <= int(value) < 600:
            return int(value)
    return None


def _named(place: Mapping[str, Any]) -> int | None:
    said = " ".join(str(place.get(key)).lower() for key in ("type", "code", "status", "error_type") if place.get(key))
    return next((status for part, status in _STATUS_OF.items() if part in said), None)


def retry_after(headers: Mapping[str, str], body: Any) -> float | None:
    """Seconds the server asks to wait: `retry-after-ms`, `Retry-After` (seconds or a date), or Google's `retryDelay`."""
    if (millis := _number(headers.get("retry-after-ms", ""))) is not None:
        return millis / 1000
    value = headers.get("Retry-After", "")
    if (seconds := _number(value)) is not None:
        return seconds
    if value:
        try:
            return max(0.0, parsedate_to_datetime(value).timestamp() - time())
        except ValueError:
            return None
    delay = re.search(r"'retryDelay': '([\d.]+)s'", str(body)) if body else None
    return float(delay[1]) if delay else None


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text.strip()) else None


def _words(found: Any) -> str:
    if isinstance(found, dict):
        for key in ("message", "msg", "detail", "error", "error_msg", "type", "code"):
            if found.get(key):
                return _words(found[key]) + _upstream(found)
    if isinstance(found, list) and found:
        return "; ".join(_words(each) for each in found)
    return str(found)


def _upstream(error: Mapping[str, Any]) -> str:
    """What a gateway says of the server behind it."""
    metadata = error.get("metadata")
    raw = metadata.get("raw") if isinstance(metadata, dict) else None
    return f" ({raw if isinstance(raw, str) else _words(raw)})" if raw else ""
