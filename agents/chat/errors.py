"""What a model server can answer instead of a message."""

from typing import Any


class EndpointError(Exception):
    """The server refused, broke off, or sent what is no chat completion.

    `status` is the HTTP status, the code an error inside a stream names, or None where the connection itself failed. `body` is what was
    sent, as far as it could be read; it never holds a key of ours.
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

    Known shapes: `{"error": {"message"}}`, `{"error": "text"}`, `{"message", "type" or "code" or "object": "error"}`, `{"detail"}` (text
    or FastAPI's list), `{"errors": [...]}`, `[{"error": ...}]`.
    """
    if isinstance(body, list) and body:
        return error_text(body[0])
    if not isinstance(body, dict) or body.get("choices"):
        return None
    for key in ("error", "errors", "detail"):
        if body.get(key):
            return _words(body[key])
    if isinstance(body.get("message"), str) and (
        {"code", "type", "status", "request_id"} & body.keys() or body.get("object") == "error"
    ):
        return str(body["message"])
    return None


def error_status(body: Any) -> int | None:
    """The status an error body names: in `code`, `status`, `status_code` or `http_status`, as a number or as digits."""
    if isinstance(body, list) and body:
        return error_status(body[0])
    if not isinstance(body, dict):
        return None
    inner = body["error"] if isinstance(body.get("error"), dict) else body
    for key in ("status_code", "code", "status", "http_status"):
        value = inner.get(key)
        if isinstance(value, int | str) and str(value).isdigit() and 400 <= int(value) < 600:
            return int(value)
    return None


def _words(found: Any) -> str:
    if isinstance(found, dict):
        for key in ("message", "msg", "detail", "error"):
            if found.get(key):
                return _words(found[key])
    if isinstance(found, list) and found:
        return "; ".join(_words(each) for each in found)
    return str(found)
