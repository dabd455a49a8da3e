"""What a model server can answer instead of a message, in the shapes servers use."""

import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from time import time
from typing import Any, Literal

from agents.chat.remedies import no_credit, status_told


class EndpointError(Exception):
    """The server refused, broke off, or sent what is no chat completion.

    `status` is the HTTP status, the one an error inside a good answer or a stream names, or None where the connection itself failed.
    `body` is what was sent, as far as it could be read; it never holds a key of ours. `retry_after` is in seconds. `kind` tells the two
    failures that have no status and are mostly a wrong address: nobody listens there, or a web page came instead of an answer.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        body: Any = None,
        retry_after: float | None = None,
        kind: Literal["", "unreachable", "page"] = "",
    ) -> None:
        super().__init__(message)
        self.status = status
        self.body = body
        self.retry_after = retry_after
        self.kind = kind

    @property
    def broke(self) -> bool:
        """Whether the account has no credit left."""
        if self.body is None:
            return self.status == 402
        said = error_text(self.body) or str(self.body)
        return no_credit(self.status, said, names_told(self.body), waits=self.retry_after is not None)


def error_text(body: Any) -> str | None:
    """What an error body says, in any of the shapes servers use; None where the body is no error.

    Known shapes: `{"error": {"message"}}`, `{"error": "text"}`, `{"message": "text"}` and `{"msg"}`, `{"detail"}` (text or FastAPI's
    list), `{"error_message"}`, `{"errors": [...]}`, `[{"error": ...}]`, `{"base_resp": {"status_code", "status_msg"}}`, and an `error`
    within a choice or `x_groq`.
    """
    if isinstance(body, list) and body:
        return error_text(body[0])
    if not isinstance(body, dict):
        return None
    if _tells(body.get("error")):
        return _words(body["error"])
    groq = body.get("x_groq")
    if isinstance(groq, dict) and groq.get("error"):
        return _words(groq["error"])
    choices = body.get("choices")
    if isinstance(choices, list) and choices:
        for choice in choices:
            if isinstance(choice, dict) and _tells(choice.get("error")):
                return _words(choice["error"])
        return None
    held = body.get("base_resp")
    if isinstance(held, dict) and held.get("status_code"):
        return str(held.get("status_msg") or held["status_code"])
    if body.get("code") in _GOOD_CODES:
        return None
    for key in ("errors", "detail", "message", "msg", "Message", "error_msg", "error_message"):
        value = body.get(key)
        if value and (key in ("errors", "detail") or isinstance(value, str) or body.get("object") == "error"):
            return _words(value)
    return None


def _tells(error: Any) -> bool:
    """Whether an `error` is one: some gateways send an empty one with every answer."""
    return any(error.values()) if isinstance(error, dict) else bool(error)


_GOOD_CODES = (0, "0", 200, "200")
_STATUS_KEYS = (
    "status_code", "code", "status", "http_status", "http_status_code", "httpStatus", "statusCode", "raw_status_code",
)  # fmt: skip
_STATUS_OF = {
    "authentication": 401,
    "invalidapikey": 401,
    "unauthorized": 401,
    "unauthenticated": 401,
    "permission": 403,
    "forbidden": 403,
    "notfound": 404,
    "contextlength": 400,
    "contextsize": 400,
    "contentfilter": 400,
    "inspectionfailed": 400,
    "policyviolation": 400,
    "ratelimit": 429,
    "requestlimit": 429,
    "ratequota": 429,
    "throttling": 429,
    "toomanyrequests": 429,
    "queueexceeded": 429,
    "resourceexhausted": 429,
    "quota": 429,
    "overloaded": 503,
    "unavailable": 503,
    "capacity": 503,
    "timeout": 504,
    "deadlineexceeded": 504,
    "tooluse": 400,
    "badrequest": 400,
    "invalidrequest": 400,
    "invalidargument": 400,
    "invalidparameter": 400,
    "internal": 500,
    "servererror": 500,
}
"""Parts of the types and codes by which servers name an error in words, letters alone; of several the first counts."""
_PHRASES = {
    "rate limit": 429,
    "too many requests": 429,
    "overloaded": 503,
    "temporarily unavailable": 503,
    "timed out": 504,
}
"""What messages say of themselves where neither type nor code does."""
_IN_WORDS = re.compile(r"\b(?:error|status|http(?:/[\d.]+)?)(?:[ _]code)?[:= ]+([45]\d\d)\b", re.IGNORECASE)
"""A status in a message, as in "Error code: 429 - slow down" of a gateway that passes another's error on."""
_MINIMAX = {
    1000: 500,
    1001: 504,
    1002: 429,
    1004: 401,
    1008: 402,
    1024: 500,
    1026: 400,
    1027: 400,
    1033: 500,
    1039: 429,
    1041: 429,
    1042: 400,
    2013: 400,
    2045: 429,
    2049: 401,
    2056: 429,
}
"""The codes of its `base_resp`."""


def error_status(body: Any) -> int | None:
    """The status an error body names: as a number or digits under any of the usual keys, by the words for its kind, or in its message."""
    if isinstance(body, list) and body:
        return error_status(body[0])
    if not isinstance(body, dict):
        return None
    held = body.get("base_resp")
    if isinstance(held, dict) and isinstance(held.get("status_code"), int):
        return _MINIMAX.get(held["status_code"])
    places = _places(body)
    told = (n for read in (_numbered, _named) for place in places if (n := read(place)))
    return next(told, None) or _phrased(error_text(body) or "")


def names_told(body: Any) -> list[str]:
    """The codes and types by which an error body names its kind, letters alone."""
    if isinstance(body, list) and body:
        return names_told(body[0])
    places = _places(body) if isinstance(body, dict) else []
    return [name for place in places for name in _names(place)]


def _names(place: Mapping[str, Any]) -> list[str]:
    """Its code before its type: `rate_limit_exceeded` among `invalid_request_error`s is the former."""
    keys = ("code", "error_code", "status", "error_type", "type", "__type")
    return ["".join(c for c in str(place.get(key) or "").lower() if c.isalpha()) for key in keys]


def _places(body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Where an error body may tell its kind: its errors, what a gateway adds to them, and itself."""
    choices = body.get("choices")
    held = [body, *(choices if isinstance(choices, list) else [])]
    errors = [found for one in held if isinstance(one, dict) and isinstance(found := one.get("error"), dict)]
    return [*errors, *(found for error in errors if isinstance(found := error.get("metadata"), dict)), body]


def _numbered(place: Mapping[str, Any]) -> int | None:
    for key in _STATUS_KEYS:
        value = place.get(key)
        if isinstance(value, int | str) and str(value).isdecimal() and 400 <= int(value) < 600:
            return int(value)
    return None


def _named(place: Mapping[str, Any]) -> int | None:
    found = (status for name in _names(place) for part, status in _STATUS_OF.items() if part in name)
    return next(found, None)


def _phrased(said: str) -> int | None:
    if found := _IN_WORDS.search(said):
        return int(found[1])
    return next((status for words, status in _PHRASES.items() if words in said.lower()), None) or status_told(said)


_WAIT = re.compile(
    r"\b(?:again|retry(?:ing)?|wait)(?: in| after| for)? "
    r"(?:(?P<h>\d+)h)?(?:(?P<m>\d+)m(?![a-z]))?(?:(?P<number>\d+(?:\.\d+)?) ?(?P<unit>ms|s|m)(?:ec|in|\b)[a-z]*)?",
    re.IGNORECASE,
)
_SECONDS = {"ms": 0.001, "s": 1.0, "m": 60.0}
_DELAY = re.compile(r"'(?:retryDelay|retry_after(?:_(?:seconds|(ms)))?)': '?(\d+(?:\.\d+)?)s?\b")
"""A field of an error body, as Python shows the body."""


def retry_after(headers: Mapping[str, str], body: Any) -> float | None:
    """Seconds the server asks to wait: `retry-after-ms`, `Retry-After` (seconds or a date), a field such as `retryDelay`, or in words."""
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
    return _asked_in_body(str(body)) if body else None


def _asked_in_body(text: str) -> float | None:
    if found := _DELAY.search(text):
        return float(found[2]) * (0.001 if found[1] else 1.0)
    return _asked_in_words(text)


def _asked_in_words(text: str) -> float | None:
    """As in "try again in 1m30.5s" or "wait 42 seconds"; None where nothing is said of it."""
    for found in _WAIT.finditer(text):
        hours, minutes, number, unit = found.groups()
        if hours or minutes or number:
            rest = float(number) * _SECONDS[unit.lower()] if number else 0.0
            return 3600 * int(hours or 0) + 60 * int(minutes or 0) + rest
    return None


def _number(text: str) -> float | None:
    return float(text) if re.fullmatch(r"\d+(\.\d+)?", text.strip()) else None


def _words(found: Any) -> str:
    if isinstance(found, dict):
        place = [str(one) for one in found["loc"] if one != "body"] if isinstance(found.get("loc"), list) else []
        if place and found.get("msg"):  # which field of the request is meant
            return f"{'.'.join(place)}: {found['msg']}"
        for key in ("message", "msg", "detail", "error", "error_msg", "type", "code"):
            if found.get(key):
                return _words(found[key]) + _upstream(found)
    if isinstance(found, list) and found:
        return "; ".join(_words(each) for each in found)
    return str(found)


def _upstream(error: Mapping[str, Any]) -> str:
    """What a gateway says of the server behind it, or Groq of the call that it could not read."""
    metadata = error.get("metadata")
    raw = metadata.get("raw") if isinstance(metadata, dict) else error.get("failed_generation")
    return f" ({raw if isinstance(raw, str) else _words(raw)})" if raw else ""
