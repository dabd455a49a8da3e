"""Server-sent events as servers really send them: bytes, cut anywhere, into the JSON objects of a stream.

Read here: comments and keep-alives, LF, CRLF and CR, a byte order mark, any space or none around the colon, a prefix said twice, data
over several lines, events without a blank line between them or in one line, bare JSON lines, objects in the envelope of a gateway,
`error:` lines, and errors of any shape, which raise. The end mark is given as `{"done": True}`, so that a stream that was cut off can be
told from one that ended.
"""

import json
import re
from collections.abc import AsyncIterator
from typing import Any

from agents.chat.envelope import unwrapped
from agents.chat.errors import EndpointError, error_status, error_text

END: dict[str, Any] = {"done": True}
_DONE = "[done]"
_DECODER = json.JSONDecoder(strict=False)
_BETWEEN = re.compile(r"(?:\s|data:)*")
_FIELDS = ("id:", "retry:", ":")
_HEARTBEATS = frozenset({"ping", "pong", "heartbeat", "keep-alive", "keepalive"})


async def events(chunks: AsyncIterator[bytes]) -> AsyncIterator[dict[str, Any]]:
    """The JSON objects of a stream. Raises EndpointError for an error the server sends in it, or for an event that is no JSON."""
    event, data = "", list[str]()
    async for line in _lines(chunks):
        found = list[dict[str, Any]]()
        if line.startswith("event:"):
            event = line[6:].strip()
        elif line.startswith("error:"):  # llama.cpp's framing of an error
            event, data = "error", [line[6:]]
        elif line.startswith(_FIELDS):
            continue
        elif line.strip():
            data.append(_payload(line))
            if (
                len(data) == 1 and (one := _json(data[0])) is not None
            ):  # whole in itself, whether or not a blank line follows
                found, data = [_checked(one, data[0], event)], []
        else:
            found = _parsed(data, event)
            event, data = "", []
        for chunk in found:
            yield chunk
            if chunk is END:
                return
    for chunk in _parsed(data, event):
        yield chunk


def _parsed(data: list[str], event: str) -> list[dict[str, Any]]:
    text = "\n".join(data).strip()
    if not text or text.lower() in _HEARTBEATS:
        return []
    if text.casefold() == _DONE:
        return [END]
    if (found := _json(text)) is not None:
        return [_checked(found, text, event)]
    if several := _several(text):  # no blank line stood between them, or not even a line break
        return [one if one is END else _checked(one, text, event) for one in several]
    if event == "error":
        raise EndpointError(f"the server broke off with an error: {text[:500]}", body=text)
    raise EndpointError(f"an event of the stream is no JSON: {text[:200]!r}", body=text)


def _payload(line: str) -> str:
    """What an event's line holds; a line that is bare JSON, or the rest of some, is kept as it is."""
    while (said := line.lstrip()).startswith("data:"):
        line = said[5:]
    return line


def _several(text: str) -> list[Any]:
    """The JSON values that a text is made of, one after another; none where there is anything else in it."""
    found: list[Any] = []
    at = 0
    while (at := _BETWEEN.match(text, at).end()) < len(text):  # type: ignore[union-attr]  # it matches nothing, too
        if text[at:].strip().casefold() == _DONE:
            return [*found, END]
        try:
            one, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return []
        found.append(one)
    return found


def _checked(found: Any, text: str, event: str) -> dict[str, Any]:
    found = unwrapped(found)
    said = error_text(found)
    if said is not None or event == "error":
        status = error_status(found)
        raise EndpointError(f"the server broke off with an error: {said or text[:500]}", status=status, body=found)
    return found if isinstance(found, dict) else {}


def _json(text: str) -> Any:
    try:
        return _DECODER.decode(text)
    except (ValueError, RecursionError):
        return None


async def _lines(chunks: AsyncIterator[bytes]) -> AsyncIterator[str]:
    """Lines, whole, ended by LF, CRLF or CR, however the bytes were cut on their way."""
    rest = b""
    async for chunk in chunks:
        rest += chunk
        if b"\n" not in chunk:
            continue
        *lines, rest = rest.replace(b"\r\n", b"\n").split(b"\n")
        for line in lines:
            for part in line.split(b"\r"):
                yield _text(part)
    for part in rest.split(b"\r"):
        yield _text(part)


def _text(line: bytes) -> str:
    return line.decode("utf-8", "replace").removeprefix("\ufeff")
