"""Server-sent events as servers really send them: bytes, cut anywhere, into the JSON objects of a stream.

Read here: comments and keep-alives, LF, CRLF and CR, a byte order mark, no space after the colon, data over several lines, events
without a blank line between them, bare JSON lines, `error:` lines, and errors of any shape, which raise. The end mark is given as
`{"done": True}`, so that a stream that was cut off can be told from one that ended.
"""

import json
from collections.abc import AsyncIterator
from typing import Any

from agents.chat.errors import EndpointError, error_status, error_text

END: dict[str, Any] = {"done": True}
_DONE = "[DONE]"
_FIELDS = ("id:", "retry:", ":")
_HEARTBEATS = frozenset({"ping", "pong", "heartbeat", "keep-alive", "keepalive"})


async def events(chunks: AsyncIterator[bytes]) -> AsyncIterator[dict[str, Any]]:
    """The JSON objects of a stream. Raises EndpointError for an error the server sends in it, or for an event that is no JSON."""
    event, data = "", list[str]()
    async for line in _lines(chunks):
        if line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))
        elif line.startswith("event:"):
            event = line[6:].strip()
        elif line.startswith("error:"):  # llama.cpp's framing of an error
            event, data = "error", [line[6:]]
        elif line.startswith(_FIELDS):
            continue
        elif line.strip():
            data.append(line)
            if len(data) == 1 and _json(line) is not None:  # a bare line of JSON is an event of its own
                yield _checked(_json(line), line, event)
                data = []
        else:
            for found in _parsed(data, event):
                yield found
                if found is END:
                    return
            event, data = "", []
    for found in _parsed(data, event):
        yield found


def _parsed(data: list[str], event: str) -> list[dict[str, Any]]:
    text = "\n".join(data).strip()
    if not text or text.lower() in _HEARTBEATS:
        return []
    if text == _DONE:
        return [END]
    if (found := _json(text)) is not None:
        return [_checked(found, text, event)]
    if len(data) > 1 and all(line.strip() == _DONE or _json(line) is not None for line in data):
        return [found for line in data for found in _parsed([line], event)]  # no blank line stood between them
    if event == "error":
        raise EndpointError(f"the server broke off with an error: {text[:500]}", body=text)
    raise EndpointError(f"an event of the stream is no JSON: {text[:200]!r}", body=text)


def _checked(found: Any, text: str, event: str) -> dict[str, Any]:
    said = error_text(found)
    if said is not None or event == "error":
        status = error_status(found)
        raise EndpointError(f"the server broke off with an error: {said or text[:500]}", status=status, body=found)
    return found if isinstance(found, dict) else {}


def _json(text: str) -> Any:
    try:
        return json.loads(text, strict=False)
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
