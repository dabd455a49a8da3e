# ruff: noqa: E501  (a table is data: its rows read best unbroken)
"""How the servers of the field say the same thing: each dialect makes the bytes its server would send, whole and streamed.

Written from what the servers' own sources, documentation and recorded answers show; one entry a dialect, told by how it strays from the plain one.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

Place = Literal["own", "last", "choice", "groq", "every", "none"]


class Called(NamedTuple):
    """A call of a saying."""

    name: str
    args: dict[str, Any]
    id: str


class Saying(NamedTuple):
    """What a model says."""

    text: str = ""
    reasoning: str = ""
    calls: tuple[Called, ...] = ()


A = Called("search", {"query": 'Fjörð 🏔 "quoted" \\ back'}, "call_a1")
B = Called("open_page", {"id": "d7", "range": [1, 20], "opts": {"deep": None}}, "call_b2")
NONE = Called("now", {}, "call_c3")
SAYINGS = {
    "text": Saying("The answer is 42.\n\n  – naïve café, 東京 👋🏽"),
    "thought": Saying("It is 12.", "First, 3 × 4.\nThat is 12 – sure."),
    "call": Saying(calls=(A,)),
    "calls": Saying(calls=(A, B)),
    "thought and calls": Saying("I look it up.", "I need a page.", (B, NONE)),
    "same twice": Saying(calls=(A, A._replace(id="call_a9"))),
}
USAGE = {"prompt_tokens": 31, "completion_tokens": 17, "total_tokens": 48}


def plain_call(place: int, call: Called) -> dict[str, Any]:
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": dumps(call.args)}}


def plain_pieces(place: int, call: Called) -> list[dict[str, Any]]:
    opening = {"index": place, "id": call.id, "type": "function", "function": {"name": call.name, "arguments": ""}}
    return [opening, *({"index": place, "function": {"arguments": part}} for part in cut(dumps(call.args)))]


def at_once(place: int, call: Called) -> list[dict[str, Any]]:
    return [{"index": place, **plain_call(place, call)}]


def cut(text: str, size: int = 5) -> list[str]:
    return [text[i : i + size] for i in range(0, len(text), size)]


def dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def data(event: str) -> str:
    return f"data: {event}\n\n"


@dataclass(frozen=True)
class Dialect:
    """The ways of one server. `call` shapes a call whole, `pieces` streamed; `reasoning` is the key of reasoning, or `parts`, or `details`."""

    name: str
    base: dict[str, Any] = field(default_factory=dict)
    reasoning: str = "reasoning_content"
    call: Callable[[int, Called], dict[str, Any]] = plain_call
    pieces: Callable[[int, Called], list[dict[str, Any]]] = plain_pieces
    usage: Place = "own"
    frame: Callable[[str], str] = data
    before: str = ""
    end: str = "data: [DONE]\n\n"
    no_text: Any = None
    ids: bool = True
    called: Any = "tool_calls"
    stopped: Any = "stop"
    choice: dict[str, Any] = field(default_factory=dict)
    delta: dict[str, Any] = field(default_factory=dict)
    chunks: Callable[[list[Any]], list[Any]] = lambda chunks: chunks
    text_parts: Callable[[str], Any] = lambda text: text
    head: dict[str, Any] = field(default_factory=lambda: {"role": "assistant", "content": ""})
    size: int = 5

    def finish(self, said: Saying) -> Any:
        return self.called if said.calls else self.stopped

    def whole(self, said: Saying) -> bytes:
        message: dict[str, Any] = {
            "role": "assistant",
            "content": self.text_parts(said.text) if said.text else self.no_text,
        }
        if said.reasoning:
            message |= self._thought(said.reasoning, message)
        if said.calls:
            message["tool_calls"] = [self.call(i, c) for i, c in enumerate(said.calls)]
        choice = {"index": 0, "message": message, "finish_reason": self.finish(said), **self.choice}
        body = {
            "id": "resp-1",
            "object": "chat.completion",
            "created": 1,
            "model": "m-1",
            **self.base,
            "choices": [choice],
        }
        if self.usage == "groq":
            body["x_groq"] = {"id": "req_1", "usage": USAGE}
        elif self.usage == "choice":
            choice["usage"] = USAGE
        elif self.usage != "none":
            body["usage"] = USAGE
        return dumps(body).encode()

    def stream(self, said: Saying) -> bytes:
        deltas: list[dict[str, Any]] = [self.head] if self.head else []
        deltas += [self._thought(part, {}) for part in cut(said.reasoning, self.size)]
        deltas += [{"content": part} for part in cut(said.text, self.size)]
        deltas += [{"tool_calls": [piece]} for i, call in enumerate(said.calls) for piece in self.pieces(i, call)]
        chunks = [self._chunk({**self.delta, **delta}, None) for delta in deltas]
        chunks += self._end(self.finish(said))
        if self.usage == "every":
            chunks = [{**c, "usage": USAGE | {"completion_tokens": min(17, n)}} for n, c in enumerate(chunks)]
            chunks[-1]["usage"] = USAGE
        return (self.before + "".join(self.frame(dumps(c)) for c in self.chunks(chunks)) + self.end).encode()

    def _thought(self, text: str, message: dict[str, Any]) -> dict[str, Any]:
        if self.reasoning == "parts":
            said = message.get("content")
            part = {"type": "thinking", "thinking": [{"type": "text", "text": text}]}
            return {"content": [part, *([{"type": "text", "text": said}] if said else [])]}
        if self.reasoning == "details":
            return {
                "reasoning": text,
                "reasoning_details": [{"type": "reasoning.text", "text": text, "format": "unknown", "index": 0}],
            }
        return {self.reasoning: text}

    def _chunk(self, delta: dict[str, Any], finish: Any) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "finish_reason": finish, **self.choice}
        return {
            "id": "resp-1",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": "m-1",
            **self.base,
            "choices": [choice],
        }

    def _end(self, finish: Any) -> list[dict[str, Any]]:
        last = self._chunk({}, finish)
        if self.usage == "last":
            last["usage"] = USAGE
        elif self.usage == "choice":
            last["choices"][0]["usage"] = USAGE
        elif self.usage == "groq":
            last["x_groq"] = {"id": "req_1", "usage": USAGE}
        elif self.usage == "own":
            return [last, {"id": "resp-1", "model": "m-1", "choices": [], "usage": USAGE}]
        return [last]


def objects(place: int, call: Called) -> dict[str, Any]:
    return {"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.args}}


def without_index(place: int, call: Called) -> list[dict[str, Any]]:
    return [plain_call(place, call)]


def all_zero(place: int, call: Called) -> list[dict[str, Any]]:
    return [{"index": 0, **plain_call(place, call)}]


def all_zero_without_id(place: int, call: Called) -> list[dict[str, Any]]:
    return [{"index": 0, "id": "", "type": "function", "function": {"name": call.name, "arguments": dumps(call.args)}}]


def name_in_each(place: int, call: Called) -> list[dict[str, Any]]:
    return [
        {"index": place, "id": call.id, "type": "function", "function": {"name": call.name, "arguments": p}}
        for p in cut(dumps(call.args))
    ]


def empty_id_later(place: int, call: Called) -> list[dict[str, Any]]:
    first, *rest = plain_pieces(place, call)
    return [
        first,
        *(
            {
                "index": place,
                "id": "",
                "type": "function",
                "function": {"name": None, "arguments": r["function"]["arguments"]},
            }
            for r in rest
        ),
    ]


def null_arguments(place: int, call: Called) -> list[dict[str, Any]]:
    first, *rest = plain_pieces(place, call)
    return (
        [{**first, "function": {"name": call.name, "arguments": None}}, *rest]
        if call.args
        else [{**first, "function": {"name": call.name}}]
    )


def growing_arguments(place: int, call: Called) -> list[dict[str, Any]]:
    text = dumps(call.args)
    steps = [text[:n] for n in range(1, len(text), 7)] + [text]
    return [{"index": place, "id": call.id, "function": {"name": call.name, "arguments": step}} for step in steps]


def said_again(place: int, call: Called) -> list[dict[str, Any]]:
    return [*plain_pieces(place, call), {"index": place, "function": {"arguments": dumps(call.args)}}]


def empty_object_first(place: int, call: Called) -> list[dict[str, Any]]:
    first, *rest = plain_pieces(place, call)
    return [{**first, "function": {"name": call.name, "arguments": "{}"}}, *(rest if call.args else [])]


def new_id_each(place: int, call: Called) -> list[dict[str, Any]]:
    first, *rest = plain_pieces(place, call)
    return [first, *({**r, "id": f"chatcmpl-tool-{n}{place}"} for n, r in enumerate(rest))]


def growing_index(place: int, call: Called) -> list[dict[str, Any]]:
    return [{**piece, "index": 10 * place + n, "id": call.id} for n, piece in enumerate(plain_pieces(place, call))]


def text_index(place: int, call: Called) -> list[dict[str, Any]]:
    return [{**piece, "index": str(place)} for piece in plain_pieces(place, call)]


def signed(place: int, call: Called) -> dict[str, Any]:
    return {**plain_call(place, call), "extra_content": {"google": {"thought_signature": "c2lnbmF0dXJl"}}}


def minimax_end(chunks: list[Any]) -> list[Any]:
    """All there is so far in every chunk, and the whole message at the end."""
    text, thought, calls, made = "", "", [], []
    for chunk in chunks:
        for choice in chunk["choices"]:
            delta = choice["delta"]
            text += delta.get("content") or ""
            thought += delta.get("reasoning_content") or ""
            calls += delta.get("tool_calls", [])
            grown = {k: v for k, v in (("content", text), ("reasoning_content", thought)) if k in delta and v}
            made.append({**chunk, "choices": [{**choice, "delta": {**delta, **grown}}]})
    message = {"role": "assistant", "content": text, **({"reasoning_content": thought} if thought else {})}
    final = {
        "id": "resp-1",
        "model": "m-1",
        "object": "chat.completion",
        "choices": [{"index": 0, "finish_reason": made[-1]["choices"][0]["finish_reason"], "message": message}],
    }
    return [*made, {**final, "usage": USAGE, "base_resp": {"status_code": 0, "status_msg": ""}}]


def perplexity(chunks: list[Any]) -> list[Any]:
    """Each choice holds the new piece and, beside it, the whole message so far."""
    text, made = "", []
    for chunk in chunks:
        choice = chunk["choices"][0]
        text += choice["delta"].get("content") or ""
        delta = {"role": "assistant", "content": "", **choice["delta"]}
        made.append(
            {
                **chunk,
                "object": "chat.completion.done" if choice["finish_reason"] else "chat.completion.chunk",
                "choices": [{**choice, "delta": delta, "message": {"role": "assistant", "content": text}}],
            }
        )
    return made


def interleaved(chunks: list[Any]) -> list[Any]:
    """The pieces of parallel calls, taken in turn, the later call first."""
    calls = [c for c in chunks if c["choices"] and c["choices"][0]["delta"].get("tool_calls")]
    lanes: dict[int, list[Any]] = {}
    for chunk in calls:
        lanes.setdefault(chunk["choices"][0]["delta"]["tool_calls"][0]["index"], []).append(chunk)
    order: list[Any] = []
    while any(lanes.values()):
        order += [lane.pop(0) for _, lane in sorted(lanes.items(), reverse=True) if lane]
    place = chunks.index(calls[0]) if calls else 0
    rest = [c for c in chunks if c not in calls]
    return [*rest[:place], *order, *rest[place:]]


def azure(chunks: list[Any]) -> list[Any]:
    first = {
        "choices": [],
        "created": 0,
        "id": "",
        "model": "",
        "object": "",
        "prompt_filter_results": [{"prompt_index": 0, "content_filter_results": {}}],
    }
    last = {
        "choices": [
            {
                "content_filter_offsets": {"check_offset": 9},
                "content_filter_results": {},
                "finish_reason": None,
                "index": 0,
            }
        ],
        "created": 0,
        "id": "",
        "model": "",
        "object": "",
    }
    return [first, *chunks[:-2], last, *chunks[-2:]]


DIALECTS = (
    Dialect("openai", {"system_fingerprint": "fp_1", "service_tier": "default"}, choice={"logprobs": None}, head={"role": "assistant", "content": "", "refusal": None}),
    Dialect("azure", {"system_fingerprint": "fp_1"}, choice={"content_filter_results": {}}, chunks=azure),
    Dialect("vllm", {"prompt_logprobs": None}, choice={"stop_reason": None, "logprobs": None}, usage="every"),
    Dialect("vllm with new ids", pieces=new_id_each),
    Dialect("sglang", {"metadata": {"weight_version": "default"}}, choice={"matched_stop": None}, pieces=empty_id_later, delta={"content": None, "reasoning_content": None, "tool_calls": None}, head={"role": "assistant", "content": "", "reasoning_content": None}),
    Dialect("llama.cpp", {"timings": {"prompt_n": 1}}, usage="last", frame=lambda e: f"data: {e}\n\n", head={"role": "assistant", "content": None}, pieces=empty_object_first),
    Dialect("ollama", {"system_fingerprint": "fp_ollama"}, reasoning="reasoning", no_text="", pieces=at_once, head={}, delta={"role": "assistant", "content": ""}),
    Dialect("ollama before", no_text="", pieces=all_zero, called="stop", head={}, delta={"role": "assistant", "content": ""}, usage="none"),
    Dialect("lm studio", {"stats": {}, "system_fingerprint": "m-1"}, usage="last", pieces=plain_pieces, before=": ping\n\n"),
    Dialect("tgi", {"system_fingerprint": "3.0-sha"}, call=objects, pieces=at_once, no_text=None, called="stop", stopped="eos_token", usage="last", frame=lambda e: f"data:{e}\n\n", end="", head={}),
    Dialect("deepseek", {"system_fingerprint": "fp_x"}, usage="last", no_text="", delta={"content": None}, head={"role": "assistant", "content": None, "reasoning_content": ""}, before=": keep-alive\n\n: keep-alive\n\n"),
    Dialect("mistral", reasoning="parts", no_text="", pieces=at_once, usage="last", choice={}),
    Dialect("groq", {"system_fingerprint": "fp_g"}, reasoning="reasoning", usage="groq", pieces=at_once, head={"role": "assistant", "content": None}),
    Dialect("together", {"prompt": []}, reasoning="reasoning", usage="last", choice={"seed": 7, "logprobs": None, "text": ""}, pieces=name_in_each, stopped="eos"),
    Dialect("fireworks", {"perf_metrics": None}, usage="last", no_text="", pieces=null_arguments),
    Dialect("openrouter", {"provider": "P"}, reasoning="details", choice={"native_finish_reason": "STOP", "logprobs": None}, delta={"role": "assistant", "content": ""}, before=": OPENROUTER PROCESSING\n\n: OPENROUTER PROCESSING\n\n", no_text=""),
    Dialect("cerebras", {"time_info": {"total_time": 0.1}}, reasoning="reasoning", usage="last", pieces=at_once),
    Dialect("xai", {"system_fingerprint": "fp_x"}, pieces=at_once, usage="every", no_text=""),
    Dialect("moonshot", usage="choice", no_text="", pieces=plain_pieces),
    Dialect("zhipu", {"request_id": "r"}, pieces=at_once, usage="last", head={}, delta={"role": "assistant"}, frame=lambda e: f"data: {e}\r\n\r\n", end="data: [DONE]\r\n\r\n", no_text=""),
    Dialect("dashscope", {"system_fingerprint": None}, pieces=empty_id_later, delta={"content": None}, no_text="", chunks=lambda c: [*c[:-1], {**c[-1], "choices": None}]),
    Dialect("minimax", {"base_resp": {"status_code": 0, "status_msg": ""}}, pieces=at_once, usage="last", chunks=minimax_end, end="", size=12, head={}),
    Dialect("perplexity", {"citations": ["https://a.example"], "search_results": []}, reasoning="reasoning", usage="every", chunks=perplexity, end=""),
    Dialect("gemini", pieces=all_zero, call=signed, usage="last", head={}, delta={"role": "assistant"}),
    Dialect("gemini without ids", pieces=all_zero_without_id, call=lambda i, c: {"function": {"name": c.name, "arguments": dumps(c.args)}, "id": "", "type": "function"}, ids=False, usage="last", head={}, stopped="stop", called="stop"),
    Dialect("cohere", usage="last", pieces=empty_object_first, no_text=None),
    Dialect("anthropic", reasoning="reasoning_content", usage="own", stopped="end_turn", called="tool_use", pieces=said_again),
    Dialect("litellm over bedrock", usage="last", pieces=empty_object_first, delta={"provider_specific_fields": None}, head={"role": "assistant", "content": "", "refusal": None, "function_call": None}),
    Dialect("nim", usage="last", frame=lambda e: f"event: message\nid: 3\nretry: 100\ndata: {e}\n\n", stopped="stop", head={"role": "assistant", "content": None}),
    Dialect("baseten", pieces=text_index, frame=lambda e: f"data:  {e}\n\n"),
    Dialect("sambanova", reasoning="reasoning", usage="own", pieces=growing_arguments, end="data: [DONE]\n\n"),
    Dialect("hyperbolic", usage="last", before="\ufeff", end=""),
    Dialect("nebius", usage="own", pieces=plain_pieces, chunks=interleaved),
    Dialect("deepinfra", usage="last", pieces=growing_index, ids=True, no_text=""),
    Dialect("newlines only", pieces=without_index, usage="last", frame=lambda e: f"data: {e}\n", end="data: [DONE]\n"),
    Dialect("json lines", pieces=at_once, usage="last", frame=lambda e: f"{e}\n", end=""),
)  # fmt: skip
