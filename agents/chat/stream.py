"""A streamed answer: chunks into the body that the same server would have sent whole, so that one reader reads both.

What servers do to chunks and is handled here: chunks without choices, null in any place, text said anew and longer each time, a whole
message beside or at the end of its pieces, usage in a choice, in every chunk or in one of its own, an end without `[DONE]`.
How events are framed is `agents.chat.sse`, how calls are put together `agents.chat.pieces`.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from agents.chat.growing import Growing
from agents.chat.merging import extend, merge, renew
from agents.chat.pieces import Calls, Gathered
from agents.chat.reply import (
    OTHERS,
    READ,
    SERVER_CALLS,
    SERVER_MESSAGES,
    content_parts,
    finish_of,
    parted_calls,
    place_of,
    reasonings,
    refusal_of,
    says_something,
)
from agents.chat.thoughts import Thoughts
from agents.chat.usage import counted_on
from agents.chat.wire import DETAILS

_NOT_KEPT = frozenset({"choices", "message", "done", "object", "delta"})
_READ_OF_CHOICE = frozenset({"index", "delta", "message", "finish_reason", "usage", "logprobs", "text"})
_PLAIN = frozenset({"index", "delta", "finish_reason", "logprobs"})
_SAID = frozenset({"role", "content"})
_DETAILS = frozenset(DETAILS)
_LATEST = frozenset({"citations", "search_results", "time_info", "service_tier", "usage"})
"""Said anew and fuller in later chunks; of all else the first word counts."""


class News(NamedTuple):
    """What a chunk newly said."""

    text: str
    reasoning: str


class Assembly:
    """Gathers chunks into one body."""

    def __init__(self) -> None:
        self.finish: str | None = None
        self.done = False
        self._body: dict[str, Any] = {}
        self._choice: dict[str, Any] = {}
        self._text, self._reasoning = Growing(), Thoughts()
        self._calls = Calls()
        self._legacy: Gathered | None = None
        self._extras: dict[str, Any] = {}
        self._logprobs: dict[str, Any] = {}
        self._bare_logprobs: list[Any] = []
        self._others: dict[int, list[Mapping[str, Any]]] = {}
        self._named_reasoning = False
        self._in_deltas = False
        self._counted_last = False

    @property
    def empty(self) -> bool:
        """Whether no chunk so far held anything of a message."""
        said = self._text.text or self._reasoning.text or self._calls or self._legacy or self._extras
        return not (said or self.finish is not None)

    @property
    def ended(self) -> bool:
        """Whether the server said that this was all: by a finish reason, the end mark, or the count of tokens in the last chunk alone."""
        return self.done or bool(self.finish) or self._counted_last

    @property
    def body(self) -> dict[str, Any]:
        """What was sent beside the message."""
        return self._body

    def add(self, chunk: Mapping[str, Any]) -> News:
        """Take one chunk in."""
        if (text := self._only_text(chunk)) is not None:
            self._in_deltas, self._counted_last = True, False
            return News(self._text.add(text), "")
        self.done = self.done or bool(chunk.get("done"))
        counted_before = "usage" in self._body and any(self._body["usage"].values())
        self._keep(chunk)
        self._counted_last = not counted_before and any((self._body.get("usage") or {}).values())
        return _together([self._add_choice(choice) for choice in self._first(_choices(chunk))])

    def _only_text(self, chunk: Mapping[str, Any]) -> str | None:
        """The text of a chunk that brings nothing else, as nearly all are; None for any other."""
        choices = chunk.get("choices")
        if type(choices) is not list or len(choices) != 1 or type(choice := choices[0]) is not dict:
            return None
        delta = choice.get("delta")
        if type(delta) is not dict or not delta.keys() <= _SAID or type(text := delta.get("content")) is not str:
            return None
        plain = choice.keys() <= _PLAIN and choice.get("index") == 0 and delta.get("role") not in OTHERS
        if not plain or choice.get("finish_reason") is not None or choice.get("logprobs") is not None:
            return None
        return text if "done" not in chunk and all(map(self._knows, chunk.items())) else None

    def _knows(self, beside: tuple[str, Any]) -> bool:
        """Whether what stands beside the choices of a chunk is nothing to be kept: the first word counts."""
        key, value = beside
        said = key in _NOT_KEPT or value is None
        return said or (key not in _LATEST and not isinstance(value, dict) and bool(self._body.get(key)))

    def end(self) -> News:
        """What was held back until the end: the last piece of a text, or all of a choice that turns out to be the only one."""
        pieces = self._others.pop(min(self._others), []) if self._others and self.empty else []
        self._others.clear()
        return _together([*map(self._add_choice, pieces), News(self._text.end(), self._reasoning.end())])

    def whole(self) -> dict[str, Any]:
        """The body as if it had been sent at once."""
        self.end()
        message: dict[str, Any] = {"role": "assistant", "content": self._text.text, **self._extras}
        message |= {"reasoning_content": self._reasoning.text} if self._reasoning.text else {}
        message |= {"tool_calls": self._calls.bodies()} if self._calls else {}
        message |= {"function_call": self._legacy.body()["function"]} if self._legacy else {}
        choice = {**self._choice, "index": 0, "message": message, "finish_reason": self.finish}
        logprobs = self._logprobs or self._bare_logprobs
        choice |= {"logprobs": logprobs} if logprobs else {}
        return {**self._body, "choices": [choice]}

    def _first(self, choices: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """The pieces of the first choice. Those of others are set aside while it has said nothing: some servers count from one."""
        for choice in choices:
            if (place := place_of(choice)) and self.empty:
                self._others.setdefault(place, []).append(choice)
        return [choice for choice in choices if not place_of(choice)]

    def _keep(self, chunk: Mapping[str, Any]) -> None:
        for key, value in chunk.items():
            if key in _NOT_KEPT or value is None:
                continue
            if key == "usage":
                self._count(value)
            elif isinstance(value, dict) and isinstance(self._body.get(key), dict):
                renew(self._body[key], value)
            elif key in _LATEST or not self._body.get(key):
                self._body[key] = dict(value) if isinstance(value, dict) else value

    def _count(self, usage: Any) -> None:
        if isinstance(usage, dict) and (any(usage.values()) or "usage" not in self._body):
            self._body["usage"] = counted_on(self._body.get("usage") or {}, usage)

    def _add_choice(self, choice: Mapping[str, Any]) -> News:
        if (delta := _delta(choice)).get("role") in OTHERS:
            self._extras.setdefault(SERVER_MESSAGES, []).append(dict(delta))
            return News("", "")
        finish = finish_of(choice)
        if finish is not None and (finish or self.finish is None):
            self.finish = finish
        self._count(choice.get("usage"))
        self._choice |= {k: v for k, v in choice.items() if k not in _READ_OF_CHOICE and v is not None}
        self._take_logprobs(choice.get("logprobs"))
        self._in_deltas = self._in_deltas or bool(delta)
        message = choice.get("message") if isinstance(choice.get("message"), dict) else {}
        if message and not self._in_deltas:  # DashScope's own form calls its pieces messages
            return self._add_delta(message, last=bool(finish))
        news = self._add_delta(delta, last=bool(finish))
        if message and (finish or not delta):
            news = News(*map("".join, zip(news, self._add_missing(message), strict=True)))
        return news

    def _take_logprobs(self, logprobs: Any) -> None:
        if isinstance(logprobs, dict):
            extend(self._logprobs, logprobs)
        elif isinstance(logprobs, list):
            self._bare_logprobs += logprobs
        elif logprobs is not None:  # one bare number for each token
            self._bare_logprobs.append(logprobs)

    def _add_missing(self, message: Mapping[str, Any]) -> News:
        """A message sent whole, where pieces may have gone before: only what no piece said is taken."""
        said = {
            "content": bool(self._text.text),
            "tool_calls": bool(self._calls),
            "function_call": bool(self._legacy),
            **dict.fromkeys(READ - {"role", "content", "tool_calls", "function_call"}, bool(self._reasoning.text)),
        }
        return self._add_delta({k: v for k, v in message.items() if not said.get(k) and k not in self._extras})

    def _add_delta(self, delta: Mapping[str, Any], *, last: bool = False) -> News:
        if delta.keys() <= _SAID and isinstance(said := delta.get("content"), str):  # as nearly all pieces are
            return News(self._text.add(said, last=last), "")
        parts = content_parts(delta.get("content"))
        text = self._text.add(parts.text, last=last)
        thought = self._reasoning.add(self._reasonings_in(delta, parts.reasoning), last=last)
        ours, servers = parted_calls(delta)
        self._calls.add((*ours, *parts.calls))
        self._count(delta.get("usage"))
        if isinstance(delta.get("function_call"), dict) and says_something(delta["function_call"]):
            self._legacy = self._legacy or Gathered()
            self._legacy.extend(delta["function_call"])
        carried = {k: v for k, v in delta.items() if k not in READ and v not in (None, "", [], {})}
        if servers:
            carried[SERVER_CALLS] = servers
        if parts.others:
            carried |= {"content_parts": list(parts.others), **refusal_of(parts)}
        if carried:
            merge(self._extras, carried)
        return News(text, thought)

    def _reasonings_in(self, delta: Mapping[str, Any], in_parts: str) -> dict[str, str]:
        """Details are read only where reasoning stands nowhere else: some servers say it in both, and all of it once more at the end."""
        found = reasonings(delta) or ({"content": in_parts} if in_parts else {})
        named = not found.keys() <= _DETAILS
        self._named_reasoning = self._named_reasoning or named
        return found if named or not self._named_reasoning else {}


def _together(news: list[News]) -> News:
    if len(news) == 1:
        return news[0]
    return News("".join(n.text for n in news), "".join(n.reasoning for n in news))


def _choices(chunk: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The pieces of choices in a chunk; Ollama's own form and a bare delta count as one."""
    choices = chunk.get("choices")
    choices = [choices] if isinstance(choices, dict) else choices
    if isinstance(choices, list) and choices:
        return [c for c in choices if isinstance(c, dict)]
    for name in ("message", "delta"):
        if isinstance(chunk.get(name), dict):
            return [{"delta": chunk[name], "finish_reason": chunk.get("done_reason") or chunk.get("finish_reason")}]
    return []


def _delta(choice: Mapping[str, Any]) -> Mapping[str, Any]:
    if isinstance(choice.get("delta"), dict):
        return choice["delta"]  # type: ignore[no-any-return]
    return {"content": choice["text"]} if isinstance(choice.get("text"), str) else {}
