"""A streamed answer: server-sent events into chunks, chunks into the body that the same server would have sent whole.

Assembling into one body keeps a single reader for both ways. What servers do to streams and is handled here: comments, keep-alives,
CRLF, events without a space after the colon, bare JSON lines, chunks without choices, pieces of calls without an index, with the same
index for several calls, out of order, with repeated ids and names, arguments as objects, a whole message at the end, errors in
mid-stream, no `[DONE]`.
"""

import json
from collections.abc import AsyncIterator, Mapping
from typing import Any

from agents.chat.errors import EndpointError, error_status, error_text
from agents.chat.reply import content_parts, reasoning_of

DONE = "[DONE]"


async def events(lines: AsyncIterator[bytes]) -> AsyncIterator[dict[str, Any]]:
    """The JSON objects of a stream. Raises EndpointError for an error the server sends in it, or for an event that is no JSON."""
    data: list[str] = []
    async for raw in _split(lines):
        line = raw.removeprefix("\ufeff")
        if line.startswith("data:"):
            data.append(line[5:].removeprefix(" "))
        elif line.startswith("{") and not data:  # bare JSON lines, without the framing of events
            yield _event(line)
        elif not line and data:
            text = "\n".join(data)
            data = []
            if text.strip() == DONE:
                return
            if text.strip():
                yield _event(text)
    if data and (text := "\n".join(data).strip()) and text != DONE:
        yield _event(text)


async def _split(chunks: AsyncIterator[bytes]) -> AsyncIterator[str]:
    """Lines, whole, ended by LF, CRLF or CR, however the bytes were cut on their way."""
    rest = b""
    async for chunk in chunks:
        rest += chunk
        *lines, rest = rest.replace(b"\r\n", b"\n").split(b"\n")
        for line in lines:
            for part in line.split(b"\r"):
                yield part.decode("utf-8", "replace")
    for part in rest.split(b"\r"):
        yield part.decode("utf-8", "replace")


def _event(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text, strict=False)
    except ValueError as error:
        raise EndpointError(f"an event of the stream is no JSON ({error}): {text[:200]!r}", body=text) from error
    if (said := error_text(found)) is not None:
        raise EndpointError(f"the server broke off with an error: {said}", status=error_status(found), body=found)
    return found if isinstance(found, dict) else {}


class Assembly:
    """Gathers chunks into one body. `add` gives what a chunk newly said: (text, reasoning)."""

    def __init__(self) -> None:
        self.body: dict[str, Any] = {}
        self.finish: str | None = None
        self._choice: dict[str, Any] = {}
        self._text: list[str] = []
        self._reasoning: list[str] = []
        self._refusal: list[str] = []
        self._logprobs: list[Any] = []
        self._calls: list[dict[str, Any]] = []
        self._by_index: dict[int, dict[str, Any]] = {}
        self._legacy: dict[str, Any] | None = None

    @property
    def empty(self) -> bool:
        """Whether no chunk so far held anything of a message."""
        return not (self._text or self._reasoning or self._calls or self._legacy or self._refusal or self.finish)

    def add(self, chunk: Mapping[str, Any]) -> tuple[str, str]:
        """Take one chunk in."""
        self.body.update({k: v for k, v in chunk.items() if k not in ("choices", "message") and v is not None})
        choices = [c for c in chunk.get("choices") or [] if isinstance(c, dict) and not c.get("index")]
        if not choices and isinstance(chunk.get("message"), dict):
            choices = [{"delta": chunk["message"], "finish_reason": chunk.get("done_reason")}]
        said = [self._add_choice(choice) for choice in choices]
        return "".join(text for text, _ in said), "".join(thought for _, thought in said)

    def whole(self) -> dict[str, Any]:
        """The body as if it had been sent at once."""
        message: dict[str, Any] = {"role": "assistant", "content": "".join(self._text)}
        message |= {"reasoning_content": "".join(self._reasoning)} if self._reasoning else {}
        message |= {"refusal": "".join(self._refusal)} if self._refusal else {}
        message |= {"tool_calls": self._calls} if self._calls else {}
        message |= {"function_call": self._legacy} if self._legacy else {}
        choice = {**self._choice, "index": 0, "message": message, "finish_reason": self.finish}
        if self._logprobs:
            choice["logprobs"] = {"content": self._logprobs}
        return {**self.body, "choices": [choice]}

    def _add_choice(self, choice: Mapping[str, Any]) -> tuple[str, str]:
        self.finish = choice.get("finish_reason") or self.finish
        if isinstance(choice.get("usage"), dict):
            self.body["usage"] = choice["usage"]
        if choice.get("native_finish_reason"):
            self._choice["native_finish_reason"] = choice["native_finish_reason"]
        logprobs = choice.get("logprobs")
        if isinstance(logprobs, dict) and isinstance(logprobs.get("content"), list):
            self._logprobs += logprobs["content"]
        delta = choice.get("delta")
        if not delta and isinstance(choice.get("message"), dict) and not (self._text or self._calls or self._reasoning):
            delta = choice["message"]  # some servers send the message whole; where it was streamed too, it only repeats
        if not isinstance(delta, dict):
            delta = {"content": choice["text"]} if isinstance(choice.get("text"), str) else {}
        return self._add_delta(delta)

    def _add_delta(self, delta: Mapping[str, Any]) -> tuple[str, str]:
        parts = content_parts(delta.get("content"))
        thought = reasoning_of(delta) or parts.reasoning
        self._text += [parts.text] if parts.text else []
        self._reasoning += [thought] if thought else []
        self._refusal += [delta["refusal"]] if isinstance(delta.get("refusal"), str) else []
        pieces = delta.get("tool_calls")
        for piece in [pieces] if isinstance(pieces, dict) else pieces if isinstance(pieces, list) else []:
            if isinstance(piece, dict):
                self._add_piece(piece)
        if isinstance(delta.get("function_call"), dict):
            self._legacy = self._legacy or {"name": "", "arguments": ""}
            _extend(self._legacy, delta["function_call"])
        return parts.text, thought

    def _add_piece(self, piece: Mapping[str, Any]) -> None:
        call = self._find(piece)
        if call is None:
            call = {"id": piece.get("id") or None, "type": "function", "function": {"name": "", "arguments": ""}}
            self._calls.append(call)
        if isinstance(piece.get("index"), int):
            self._by_index[piece["index"]] = call
        call["id"] = call["id"] or piece.get("id") or None
        function = piece["function"] if isinstance(piece.get("function"), dict) else piece
        _extend(call["function"], function)

    def _find(self, piece: Mapping[str, Any]) -> dict[str, Any] | None:
        """The call a piece goes on with, None where it opens another."""
        id, index = piece.get("id") or None, piece.get("index")
        held = self._by_index.get(index) if isinstance(index, int) else None
        if held is not None:  # one index for several calls: another id opens another call
            return held if not id or not held["id"] or held["id"] == id else self._of_id(id)
        if isinstance(index, int):
            return None
        if id:
            return self._of_id(id)
        function = piece["function"] if isinstance(piece.get("function"), dict) else piece
        return None if function.get("name") or not self._calls else self._calls[-1]

    def _of_id(self, id: str) -> dict[str, Any] | None:
        return next((call for call in self._calls if call["id"] == id), None)


def _extend(held: dict[str, Any], piece: Mapping[str, Any]) -> None:
    name, arguments = piece.get("name"), piece.get("arguments", piece.get("parameters"))
    if isinstance(name, str) and name != held["name"]:
        held["name"] += name
    if isinstance(arguments, dict | list):
        held["arguments"] = arguments
    elif isinstance(arguments, str):
        held["arguments"] = held["arguments"] + arguments if isinstance(held["arguments"], str) else held["arguments"]
