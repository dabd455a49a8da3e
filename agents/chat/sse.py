"""Server-sent events as servers really send them: bytes, cut anywhere, into the JSON objects of a stream.

Read here: comments and keep-alives, LF, CRLF and CR, a byte order mark, field names in any case, any space or none around the colon, a
prefix said twice, data over several lines, raw line breaks within its strings, events without a blank line between them or in one line,
bare JSON lines, objects in the envelope of a gateway, `error:` lines, and errors of any shape, which raise. The end mark is given as
`{"done": True}`, so that a stream that was cut off can be told from one that ended.
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from agents.chat.envelope import unwrapped
from agents.chat.errors import EndpointError, error_status, error_text, retry_after
from agents.chat.reading import read_json

END: dict[str, Any] = {"done": True}
_DONE = "[done]"
_DECODER = json.JSONDecoder(strict=False)
_USUAL = "data: {"
_BETWEEN = re.compile(r"(?:\s|data:)*", re.IGNORECASE)
_PREFIX = re.compile(r"(?:\s*data:)+", re.IGNORECASE)
_FIELD = re.compile(r"(event|error|id|retry|(?-i:(?!data:)[a-z_-]+)|):|(?:data|event|id|retry)\s*$", re.IGNORECASE)
"""Unknown fields, comments, and a field without a colon say nothing."""
_QUOTE = re.compile(r'\\.|(")')
_HEARTBEATS = frozenset({"ping", "pong", "heartbeat", "keep-alive", "keepalive"})


class Events:
    """Takes bytes, cut anywhere, and gives the JSON objects that they complete; `done` once the end mark came, after which nothing counts.

    Raises EndpointError for an error that the server sends in a stream, or for an event that is no JSON.
    """

    def __init__(self) -> None:
        self.done = False
        self._rest = b""
        self._frame = _Frame()

    def take(self, raw: bytes) -> Iterator[dict[str, Any]]:
        """Take some bytes in."""
        self._rest += raw
        if b"\n" in raw:
            whole, _, self._rest = self._rest.replace(b"\r\n", b"\n").rpartition(b"\n")
            yield from self._read(whole)

    def end(self) -> Iterator[dict[str, Any]]:
        """What was still waiting for its end, once nothing more comes."""
        yield from self._read(self._rest)
        if not self.done:
            yield from self._frame.end()

    def _read(self, raw: bytes) -> Iterator[dict[str, Any]]:
        for line in _lines(raw):
            for chunk in () if self.done else self._frame.take(line):
                self.done = chunk is END
                yield chunk


def events(pieces: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """The JSON objects of a stream that is there already."""
    found = Events()
    for piece in pieces:
        yield from found.take(piece)
    yield from found.end()


class _Frame:
    """One event so far: its name, and its data line by line. What follows an open string belongs to it, blank lines too."""

    def __init__(self) -> None:
        self._name, self._data, self._open = "", list[str](), False

    def take(self, line: str) -> list[dict[str, Any]]:
        """Take a line in; gives the objects that it completes."""
        if not self._open and not self._data:  # by far the commonest lines, without another look
            if not line:
                self._name = ""
                return []
            if line.startswith(_USUAL) and (one := _json(said := line[len(_USUAL) - 1 :])) is not None:
                return [_checked(one, said, self._name)]
        prefix = _PREFIX.match(line)
        if self._open and not prefix:
            return self._add(line)
        if field := _FIELD.match(line):
            self._set((field[1] or "").lower(), line[field.end() :])
            return []
        if not line.strip():
            return self.end()
        said = line[prefix.end() :] if prefix else line  # bare JSON, or the rest of some, is kept as it is
        if not self._data and said.lstrip().startswith(":"):  # a comment that a gateway took for data
            return []
        if self._open and (_json(said) is not None or _is_done(said)):
            return [*self.end(), *self._add(said)]
        return self._add(said)

    def end(self) -> list[dict[str, Any]]:
        """The objects of the event, now that it is over."""
        found = _parsed(self._data, self._name)
        self._name, self._data, self._open = "", [], False
        return found

    def _set(self, field: str, said: str) -> None:
        if field == "event":
            self._name = said.strip()
        elif field == "error":  # llama.cpp's framing of an error
            self._name, self._data = "error", [said]

    def _add(self, said: str) -> list[dict[str, Any]]:
        self._data.append(said)
        if (
            len(self._data) == 1 and (one := _json(said)) is not None
        ):  # whole in itself, whether or not a blank line follows
            self._data = []
            return [_checked(one, said, self._name)]
        if self._data[0].lstrip().startswith(("{", "[")) and not _is_done(said):
            self._open ^= len([quote for quote in _QUOTE.findall(said) if quote]) % 2 == 1
        return []


def _parsed(data: list[str], event: str) -> list[dict[str, Any]]:
    text = "\n".join(data).strip()
    if not text or text.lower() in _HEARTBEATS:
        return []
    if _is_done(text):
        return [END]
    if (found := _json(text)) is not None:
        return [_checked(found, text, event)]
    if several := _several(text):  # no blank line stood between them, or not even a line break
        return [one if one is END else _checked(one, text, event) for one in several]
    if event == "error":
        raise EndpointError(f"the server broke off with an error: {text[:500]}", body=text)
    raise EndpointError(f"an event of the stream is no JSON: {text[:200]!r}", body=text)


def _several(text: str) -> list[Any]:
    """The JSON values that a text is made of, one after another; none where there is anything else in it."""
    found: list[Any] = []
    at = 0
    while (at := _BETWEEN.match(text, at).end()) < len(text):  # type: ignore[union-attr]  # it matches nothing, too
        if _is_done(text[at:]):
            return [*found, END]
        try:
            one, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return []
        found.append(one)
    return found


def _is_done(text: str) -> bool:
    return text.strip().casefold() == _DONE


def _checked(found: Any, text: str, event: str) -> dict[str, Any]:
    found = unwrapped(found)
    said = error_text(found)
    if said is not None or event == "error":
        status, wait = error_status(found), retry_after({}, found)
        why = f"the server broke off with an error: {said or text[:500]}"
        raise EndpointError(why, status=status, body=found, retry_after=wait)
    return found if isinstance(found, dict) else {}


def _json(text: str) -> Any:
    try:
        return read_json(text)
    except (ValueError, RecursionError):
        return None


def _lines(raw: bytes) -> list[str]:
    """Lines, whole, ended by LF, CRLF or CR."""
    text = raw.decode("utf-8", "replace").replace("\r", "\n")
    return [line.removeprefix("\ufeff") for line in text.split("\n")]
