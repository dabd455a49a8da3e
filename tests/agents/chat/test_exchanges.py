# ruff: noqa: E501  (tables are data: their rows read best unbroken)
"""Exchanges in the shapes that single servers and gateways are known for, each with all that must be read of it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from agents.chat import EndpointError
from tests.agents.chat.loopback import closing_early, replaying
from tests.agents.chat.test_dialects import STREAM, drawn, model
from tests.agents.chat.test_oddities import delta, f, p, sse, streamed, whole

LONG = {"Content-Type": "text/event-stream", "Content-Security-Policy": "x" * 12_000}


@dataclass(frozen=True)
class Exchange:
    """What a server sends, and what it says. `extras` and `metadata` are among what is kept; `usage` is counted in, out, in all."""

    raw: bytes
    text: str = ""
    reasoning: str = ""
    calls: tuple[tuple[str, Any, str | None], ...] = ()
    broken: tuple[tuple[str, str], ...] = ()
    finish: Any = None
    usage: tuple[int, int, int] | None = None
    details: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    extras: Mapping[str, Any] = field(default_factory=dict)
    metadata: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=lambda: STREAM)


def chunk(said: dict[str, Any] | None = None, finish: Any = None, **beside: Any) -> dict[str, Any]:
    return {"id": "r", "choices": [{"index": 0, "delta": said or {}, "finish_reason": finish}], **beside}


def body(message: dict[str, Any], **beside: Any) -> bytes:
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    return json.dumps({"id": "r", "choices": [choice], **beside}).encode()


def probable(*tokens: Any) -> list[dict[str, Any]]:
    chunks = [chunk({"content": "ha"}), chunk({"content": "ha"}), chunk(finish="stop")]
    for one, logprobs in zip(chunks, tokens, strict=False):
        one["choices"][0]["logprobs"] = logprobs
    return chunks


def thought(kind: str, text: str, **beside: Any) -> dict[str, Any]:
    return {"type": kind, "text": text, **beside}


TOKEN = {"token": "ha", "logprob": 0.0, "top_logprobs": []}
COUNTS = {"prompt_tokens": 10, "completion_tokens": 5, "total_tokens": 15}
SIGNATURE = {"google": {"thought_signature": "c2ln"}}
F = (("f", {"a": 1}, "c"),)
FG = (("f", {"a": 1}, "c"), ("g", {"b": 2}, "d"))
ENDED: Any = {"finish": "stop"}
CALLED: Any = {"finish": "tool_calls"}

KEPT = {
    "openai: two tokens alike are two": Exchange(sse(*probable({"content": [TOKEN]}, {"content": [TOKEN]})), "haha", **ENDED, metadata={"logprobs": {"content": [TOKEN, TOKEN]}}),
    "together: tokens in lists": Exchange(sse(*probable(*[{"tokens": ["ha"], "token_logprobs": [-0.5]}] * 2)), "haha", **ENDED, metadata={"logprobs": {"tokens": ["ha", "ha"], "token_logprobs": [-0.5, -0.5]}}),
    "together: bare numbers": Exchange(sse(*probable(-0.5, -0.5)), "haha", **ENDED, metadata={"logprobs": [-0.5, -0.5]}),
    "openai: no more likely than nothing": Exchange(b'{"choices":[{"index":0,"finish_reason":"stop","message":{"content":"a"},"logprobs":{"content":[{"token":"a","logprob":-Infinity}]}}]}', "a", **ENDED, metadata={"logprobs": {"content": [{"token": "a", "logprob": float("-inf")}]}}),
    "openai: padding and nulls": Exchange(sse(chunk({"role": "assistant", "content": "", "refusal": None}, usage=None, obfuscation="x", service_tier="default", system_fingerprint="fp"), chunk({"content": "a"}, usage=None, obfuscation="xyz"), chunk(finish="stop"), {"id": "r", "choices": [], "usage": COUNTS}), "a", **ENDED, usage=(10, 5, 15), metadata={"system_fingerprint": "fp", "service_tier": "default"}),
    "openai: a refusal among the parts": Exchange(body({"content": [{"type": "refusal", "refusal": "I will not"}]}), **ENDED, extras={"refusal": "I will not"}),
    "openai: a refusal that repeats itself": Exchange(sse(chunk({"refusal": "no "}), chunk({"refusal": "no "}), chunk(finish="stop")), **ENDED, extras={"refusal": "no no "}),
    "openai: silence in sound": Exchange(sse(chunk({"audio": {"id": "a", "data": "AAAAAAAAAAAA"}}), chunk({"audio": {"data": "AAAAAAAAAAAA"}}), chunk(finish="stop")), **ENDED, extras={"audio": {"id": "a", "data": "A" * 24}}),
    "openai: citations in pieces": Exchange(sse(chunk({"content": "a"}), chunk({"annotations": [{"url": "u"}]}), chunk({"annotations": [{"url": "v"}]}, "stop")), "a", **ENDED, extras={"annotations": [{"url": "u"}, {"url": "v"}]}),
    "sglang: the same beside every chunk": Exchange(sse(*[chunk({"content": c}, metadata={"weight_version": "default"}) for c in "ab"], chunk(finish="stop")), "ab", **ENDED, metadata={"metadata": {"weight_version": "default"}}),
    "gpt-oss: a channel with every piece": Exchange(sse(*[chunk({"content": c, "channel": "final"}) for c in "ab"], chunk(finish="stop")), "ab", **ENDED, extras={"channel": "final"}),
    "openrouter: details without a place": Exchange(sse(*[chunk({"reasoning": r, "reasoning_details": [thought("reasoning.text", r)]}) for r in ("\n", "\n", "so")], chunk({"content": "a"}, "stop")), "a", "\n\nso", **ENDED, extras={"reasoning_details": [thought("reasoning.text", "\n\nso")]}),
    "openrouter: details once more, signed": Exchange(sse(*[chunk({"reasoning": r, "reasoning_details": [thought("reasoning.text", r, index=0)]}) for r in ("I think ", "so.")], chunk({"content": "a", "reasoning_details": [thought("reasoning.text", "I think so.", index=0, signature="s")]}, "stop")), "a", "I think so.", **ENDED, extras={"reasoning_details": [thought("reasoning.text", "I think so.", index=0, signature="s")]}),
    "minimax: details that grow": Exchange(sse(*[chunk({"reasoning_details": [thought("reasoning.text", r, id="t", index=0)]}) for r in ("The user", "The user asks", "The user asks.")], chunk({"content": "a"}, "stop")), "a", "The user asks.", **ENDED, extras={"reasoning_details": [thought("reasoning.text", "The user asks.", id="t", index=0)]}),
    "litellm: thoughts in blocks alone": Exchange(body({"content": "a", "thinking_blocks": [{"type": "thinking", "thinking": "r", "signature": "s"}]}), "a", "r", **ENDED),
    "litellm: blocks in pieces": Exchange(sse(*[chunk({"thinking_blocks": [{"type": "thinking", "thinking": r, "signature": s}]}) for r, s in (("r", None), ("s", None), ("", "sig"))], chunk({"content": "a"}, "stop")), "a", "rs", **ENDED, extras={"thinking_blocks": [{"type": "thinking", "thinking": "rs", "signature": "sig"}]}),
    "bedrock: a part of its own": Exchange(body({"content": [{"reasoningContent": {"reasoningText": {"text": "r", "signature": "s"}}}, {"text": "a"}]}), "a", "r", **ENDED),
    "databricks: summaries as parts": Exchange(sse(*[chunk({"role": "assistant", "content": [{"type": "reasoning", "summary": [{"type": "summary_text", "text": r, "signature": ""}]}]}) for r in ("r", "s")], chunk({"content": [{"type": "text", "text": "a"}]}), chunk({"content": "b"}, "stop")), "ab", "rs", **ENDED),
    "mistral: references among the parts": Exchange(sse(chunk({"content": [{"type": "text", "text": "a"}, {"type": "reference", "reference_ids": [1]}]}), chunk({"content": "b"}, "stop")), "ab", **ENDED, extras={"content_parts": [{"type": "reference", "reference_ids": [1]}]}),
    "mistral: fields of its own, empty": Exchange(sse(chunk({"role": "assistant", "content": "", "index": None, "tool_call_id": None, "metadata": None}, p="abc"), chunk({"content": "a"}, "stop", p="a")), "a", **ENDED),
    "anthropic: citations in a part": Exchange(body({"content": [{"type": "text", "text": "a", "citations": [{"url": "u"}]}]}), "a", **ENDED, extras={"content_parts": [{"type": "text", "text": "a", "citations": [{"url": "u"}]}]}),
    "cohere: a document is no answer": Exchange(body({"content": [{"type": "document", "content": "long"}, {"type": "text", "text": "a"}], "tool_plan": "I will"}), "a", **ENDED, extras={"tool_plan": "I will"}),
    "openai: both of one pair": Exchange(sse(chunk({"reasoning": "\ud83d"}), chunk({"reasoning": "\ude00"}), chunk({"content": "a"}, "stop")), "a", "😀", **ENDED),
    "groq: it broke in the middle, and says why": Exchange(sse(chunk({"content": "a"}), chunk(finish="stop", x_groq={"id": "q", "usage": COUNTS})), "a", **ENDED, usage=(10, 5, 15)),
    "counts in two halves": Exchange(sse(chunk({"content": "a"}, usage={"prompt_tokens": 10}), chunk(finish="stop", usage={"completion_tokens": 5})), "a", **ENDED, usage=(10, 5, 15)),
    "counts of the answer alone at its end": Exchange(sse(chunk({"content": "a"}, usage={"prompt_tokens": 10, "completion_tokens": 1, "total_tokens": 11}), chunk(finish="stop", usage={"prompt_tokens": 0, "completion_tokens": 5, "total_tokens": 5})), "a", **ENDED, usage=(10, 5, 15)),
    "counts in the message": Exchange(body({"content": "a", "usage": COUNTS}), "a", **ENDED, usage=(10, 5, 15)),
    "counts as text": Exchange(body({"content": "a"}, usage={"prompt_tokens": "10", "completion_tokens": "5"}), "a", **ENDED, usage=(10, 5, 15)),
    "counts that are none": Exchange(body({"content": "a"}, usage={"prompt_tokens": float("nan"), "completion_tokens": 5.0}), "a", **ENDED, usage=(0, 5, 5)),
    "google's counts": Exchange(body({"content": "a"}, usageMetadata={"promptTokenCount": 10, "candidatesTokenCount": 5, "totalTokenCount": 15}), "a", **ENDED, usage=(10, 5, 15)),
    "nought is said too": Exchange(body({"content": "a"}, usage={**COUNTS, "prompt_tokens_details": {"cached_tokens": 0}, "completion_tokens_details": {"reasoning_tokens": 0}}), "a", **ENDED, usage=(10, 5, 15), details={"input_token_details": {"cache_read": 0}, "output_token_details": {"reasoning": 0}}),
    "xai: reasoning counted apart": Exchange(body({"content": "a"}, usage={**COUNTS, "total_tokens": 95, "completion_tokens_details": {"reasoning_tokens": 80, "audio_tokens": 0}, "num_sources_used": 0}), "a", **ENDED, usage=(10, 5, 95), details={"output_token_details": {"reasoning": 80, "audio": 0}}),
    "litellm: tokens written to a cache": Exchange(body({"content": "a"}, usage={**COUNTS, "prompt_tokens_details": {"cached_tokens": 0, "cache_creation_tokens": 4}}), "a", **ENDED, usage=(10, 5, 15), details={"input_token_details": {"cache_read": 0, "cache_creation": 4}}),
    "an end of its own name": Exchange(sse(chunk({"content": "a"}), {"choices": [{"index": 0, "delta": {}, "stop_reason": "end_turn"}]}, end=""), "a", finish="end_turn"),
    "an end of its own name, whole": Exchange(b'{"choices":[{"index":0,"finish_reason":null,"stop_reason":"end_turn","message":{"content":"a"}}]}', "a", finish="end_turn"),
    "vllm: what it stopped at": Exchange(b'{"choices":[{"index":0,"finish_reason":"stop","stop_reason":"END","message":{"content":"a"}}]}', "a", **ENDED, metadata={"stop_reason": "END"}),
    "an empty error with every answer": Exchange(sse(chunk({"content": "a"}, error={"message": "", "code": None}), chunk(finish="stop")), "a", **ENDED),
    "success, said aloud": Exchange(sse({"code": 0, "message": "Success", "choices": []}, chunk({"content": "a"}, "stop", code=0, message="Success")), "a", **ENDED),
    "writer: a message beside each delta, and the same": Exchange(sse(*[{"id": "r", "choices": [{"index": 0, "message": d, "delta": d, "finish_reason": f}]} for d, f in (({"role": "assistant", "content": None, "sources": None}, None), ({"content": "ha"}, None), ({"content": "ha"}, None), ({"content": "."}, "stop"))], {"id": "r", "choices": [], "usage": COUNTS}, end=""), "haha.", **ENDED, usage=(10, 5, 15)),
    "azure: an end without a delta, twice": Exchange(sse(chunk({"content": "a"}), *[{"id": "r", "choices": [{"index": 0, "finish_reason": "stop"}]}] * 2), "a", **ENDED),
    "bedrock: a name in one word": Exchange(body({"content": "a", "reasoningContent": "r"}), "a", "r", **ENDED),
    "cloudflare's envelope": Exchange(b'{"success":true,"errors":[],"messages":[],"result":{"choices":[{"index":0,"finish_reason":"stop","message":{"content":"a"}}],"usage":{"prompt_tokens":10,"completion_tokens":5}}}', "a", **ENDED, usage=(10, 5, 15)),
    "an envelope with a word of success": Exchange(b'{"code":200,"msg":"success","data":{"choices":[{"index":0,"finish_reason":"stop","message":{"content":"a"}}]}}', "a", **ENDED),
    "a choice that stands alone": Exchange(b'{"choices":{"index":0,"message":{"content":"a"},"finish_reason":"stop"}}', "a", **ENDED),
    "the chunks as one list": Exchange(json.dumps([chunk({"content": "a"}), chunk(finish="stop")]).encode(), "a", **ENDED),
    "the prefix twice": Exchange(b"".join(b"data: data: " + json.dumps(c).encode() + b"\n\n" for c in (chunk({"content": "a"}), chunk(finish="stop"))), "a", **ENDED),
    "two events in one line": Exchange(b"data: " + json.dumps(chunk({"content": "a"})).encode() + b"data: " + json.dumps(chunk(finish="stop")).encode() + b"\n\n", "a", **ENDED),
    "indented, and the end in small letters": Exchange(b"  data: " + json.dumps(chunk({"content": "a"})).encode() + b"\n\n data: [done]\n\n", "a"),
    "chunks printed over many lines, no prefix": Exchange((json.dumps(chunk({"content": "a"}), indent=1) + "\n" + json.dumps(chunk(finish="stop"), indent=1)).encode(), "a", **ENDED),
    "breaks that are none": Exchange("data: {\"choices\":[{\"delta\":{\"content\":\"a\u2028b\x85c\"},\"finish_reason\":\"stop\"}]}\n\n".encode(), "a\u2028b\x85c", **ENDED),
    "a header of twelve thousand letters": Exchange(sse(chunk({"content": "a"}, "stop")), "a", **ENDED, headers=LONG),
    "fields in capitals, and a raw blank line in a text": Exchange(b'Event: message\nData: {"choices":[{"delta":{"content":"a\n\nid: b"}}]}\n\nData: {"choices":[{"delta":{"content":"\n\n"},"finish_reason":"stop"}]}\n\nDATA: [DONE]\n\n', "a\n\nid: b\n\n", **ENDED),
    "choices counted from one": Exchange(sse(*[{"choices": [{"index": 1, "delta": {"content": c}, "finish_reason": f}]} for c, f in (("a", None), ("b", None), ("", "stop"))]), "ab", **ENDED),
    "the second choice before the first": Exchange(sse(*[{"choices": [{"index": i, "delta": {"content": c}, "finish_reason": f}]} for i, c, f in ((1, "x", None), (0, "a", None), (1, "y", "length"), (0, "b", "stop"))]), "ab", **ENDED),
    "a refusal among the parts, in pieces": Exchange(sse(*[chunk({"content": [{"type": "refusal", "refusal": r}]}) for r in ("I can", "not")], chunk(finish="stop")), **ENDED, extras={"refusal": "I cannot"}),
    "a comment that a gateway took for data": Exchange(b"data: : OPENROUTER PROCESSING\n\n" + sse(chunk({"content": ": a"}), chunk({"content": ":"}, "stop")), ": a:", **ENDED),
    "fields that nobody asked for, and none": Exchange(b"seq: 1\n" + sse(chunk({"content": "seq: a"}), end="data\n\nevent\nseq: 2\n") + sse(chunk(finish="stop")), "seq: a", **ENDED),
    "cloudflare's plain form": Exchange(b'{"success":true,"result":{"response":"a","tool_calls":[],"usage":{"prompt_tokens":10,"completion_tokens":5}}}', "a", usage=(10, 5, 15)),
    "so, in a stream": Exchange(sse({"response": "a", "p": "x"}, {"response": "b"}, {"response": "", "usage": COUNTS}), "ab", usage=(10, 5, 15)),
    "two answers, no index: the first": Exchange(json.dumps({"choices": [{"finish_reason": "stop", "message": {"content": c}} for c in "ab"]}).encode(), "a", **ENDED),
    "cloudflare: the object that was asked for": Exchange(body({"content": {"name": "Ünal", "age": 40, "text": "t"}}), '{"name":"Ünal","age":40,"text":"t"}', **ENDED),
    "a part that stands alone": Exchange(body({"content": {"type": "text", "text": "a"}}), "a", **ENDED),
    "dashscope's own form: pieces are messages, and null is a word": Exchange(sse(*[{"output": {"choices": [{"message": {"role": "assistant", "content": c}, "finish_reason": f}]}, "usage": {"input_tokens": 10, "output_tokens": 5}} for c, f in (("How ", "null"), ("are ", "null"), ("you", "null"), ("", "stop"))], end=""), "How are you", **ENDED, usage=(10, 5, 15)),
    "so, all of it every time": Exchange(sse(*[{"output": {"choices": [{"message": {"content": c}, "finish_reason": f}]}} for c, f in (("How", "null"), ("How are", "null"), ("How are you", "null"), ("How are you", "stop"))], end=""), "How are you", **ENDED),
    "no content, by no": Exchange(sse(chunk({"content": "a"}), chunk({"content": False}, "stop")), "a", **ENDED),
}  # fmt: skip

CALLS = {
    "an empty object for no calls": Exchange(body({"content": "a", "tool_calls": {}}), "a", **ENDED),
    "calls that say nothing": Exchange(sse(chunk({"content": "a", "tool_calls": [{"index": 0}]}), chunk({"tool_calls": [{"index": 0, "id": None, "type": None, "function": {"name": None, "arguments": ""}}]}, "stop")), "a", **ENDED),
    "an empty call of the older form": Exchange(sse(chunk({"content": "a", "function_call": {"name": "", "arguments": ""}}), chunk(finish="stop")), "a", **ENDED),
    "both forms": Exchange(sse(chunk({"function_call": {"name": "f", "arguments": '{"a": 1}'}, "tool_calls": [p('{"a": 1}', name="f", id="c")]}, "tool_calls")), calls=F, **CALLED),
    "vllm: an id and the name with every piece": Exchange(streamed(p('{"a"', name="f", id="c"), p(": ", name="f", id="d"), p("1}", name="f", id="e")), calls=F, **CALLED),
    "vllm: so, with an object inside": Exchange(streamed(p('{"a":', name="f", id="c"), p('{"b"', name="f", id="d"), p(":{}}}", name="f", id="e")), calls=(("f", {"a": {"b": {}}}, "c"),), **CALLED),
    "two calls of nothing under one index": Exchange(streamed(p("", name="f", id="c"), p("", name="f", id="d")), calls=(("f", {}, "c"), ("f", {}, "d")), **CALLED),
    "two broken calls under one index": Exchange(streamed(p('{"a": 1', name="f", id="c"), p('{"a": 2', name="f", id="d")), broken=(("f", '{"a": 1'), ("f", '{"a": 2')), **CALLED),
    "once more at the end, spaced otherwise": Exchange(sse(*[chunk({"tool_calls": [one]}) for one in (p("", name="f", id="c"), p('{"a"'), p(": 1}"))], chunk({"tool_calls": [p('{"a":1}', name="f", id="c")]}, "tool_calls")), calls=F, **CALLED),
    "sglang: arguments before the name, no index": Exchange(streamed({"id": "c", "function": {"arguments": '{"a"'}}, {"id": "c", "function": {"arguments": ": 1}"}}, {"id": "c", "function": {"name": "f"}}), calls=F, **CALLED),
    "so, two calls in turn": Exchange(streamed(*[{"id": i, "function": {"arguments": a}} for i, a in (("c", '{"a"'), ("d", '{"b"'), ("c", ": 1}"), ("d", ": 2}"))], {"id": "c", "function": {"name": "f"}}, {"id": "d", "function": {"name": "g"}}), calls=FG, **CALLED),
    "arguments before the name, by index": Exchange(streamed({"index": 0, "function": {"arguments": '{"a": 1}'}}, {"index": 0, "id": "c", "function": {"name": "f"}}), calls=F, **CALLED),
    "null for an index, ids once": Exchange(streamed(*[{"index": None, "id": i, "function": {"name": n, "arguments": a}} for i, n, a in (("c", "f", ""), (None, None, '{"a": 1}'), ("d", "g", ""), (None, None, '{"b": 2}'))]), calls=FG, **CALLED),
    "one index, ids once": Exchange(streamed(p("", name="f", id="c"), p('{"a": 1}'), p("", name="g", id="d"), p('{"b": 2}')), calls=FG, **CALLED),
    "indexes with gaps, as fractions": Exchange(streamed(p('{"a"', name="f", id="c", index=1.0), p(": 1}", index=1.0), p('{"b": 2}', name="g", id="d", index=3.0)), calls=FG, **CALLED),
    "moonshot: two in a chunk, and so are their arguments": Exchange(sse(chunk({"tool_calls": [p("", name="f", id="c", index=None), p("", name="g", id="d", index=None)]}), *[chunk({"tool_calls": [p(a, index=None), p(b, index=None)]}) for a, b in (('{"a"', '{"b"'), (": 1}", ": 2}"))], chunk(finish="tool_calls")), calls=FG, **CALLED),
    "two pieces of the one call": Exchange(sse(chunk({"tool_calls": [p("", name="f", id="c", index=None)]}), chunk({"tool_calls": [p('{"a"', index=None), p(": 1}", index=None)]}, "tool_calls")), calls=F, **CALLED),
    "two pieces of the second call": Exchange(sse(chunk({"tool_calls": [p('{"a": 1}', name="f", id="c", index=None), p("", name="g", id="d", index=None)]}), chunk({"tool_calls": [p('{"b"', index=None), p(": 2}", index=None)]}, "tool_calls")), calls=FG, **CALLED),
    "moonshot: an index only later, and not in turn": Exchange(sse(chunk({"tool_calls": [p('{"a"', name="f", id="c", index=None), p('{"b"', name="g", id="d", index=None)]}), chunk({"tool_calls": [p(": 2}", index=1), p(": 1}")]}, "tool_calls")), calls=FG, **CALLED),
    "an index that counts the pieces of one call": Exchange(sse(chunk({"tool_calls": [p("", name="f", id="c", index=None)]}), *[chunk({"tool_calls": [p(a, index=n)]}) for n, a in enumerate(('{"a"', ": 1}"), 1)], chunk(finish="tool_calls")), calls=F, **CALLED),
    "the name in halves": Exchange(streamed(p("", name="get_", id="c"), p("", name="weather"), p('{"a": 1}')), calls=(("get_weather", {"a": 1}, "c"),), **CALLED),
    "an object that is empty first": Exchange(streamed(p({}, name="f", id="c"), p('{"a"'), p(": 1}")), calls=F, **CALLED),
    "null first": Exchange(streamed(p("null", name="f", id="c"), p('{"a": 1}')), calls=F, **CALLED),
    "zhipu: a search that the server ran": Exchange(body({"content": "a", "tool_calls": [{"id": "w", "type": "web_search", "web_search": {"outputs": []}}]}), "a", **ENDED, extras={"server_tool_calls": [{"id": "w", "type": "web_search", "web_search": {"outputs": []}}]}),
    "moonshot: a function of its own": Exchange(body({"content": "", "tool_calls": [{"id": "c", "type": "builtin_function", "function": {"name": "$web_search", "arguments": "{}"}}]}), calls=(("$web_search", {}, "c"),), **ENDED),
    "openai: a tool that takes text": Exchange(streamed({"index": 0, "id": "c", "type": "custom", "custom": {"name": "code", "input": "print"}}, {"index": 0, "custom": {"input": "(1)"}}), broken=(("code", "print(1)"),), **CALLED),
    "google: a signature in a stream": Exchange(streamed(p('{"a": 1}', name="f", id="c") | {"extra_content": SIGNATURE}), calls=F, **CALLED, extras={"tool_call_extras": {"c": {"extra_content": SIGNATURE}}}),
    "half a pair in an argument": Exchange(streamed(p('{"a": "\\ud83d"}', name="f", id="c")), calls=(("f", {"a": "\ufffd"}, "c"),), **CALLED),
    "a pair in an argument, cut": Exchange(streamed(p('{"a": "\ud83d', name="f", id="c"), p('\ude00"}')), calls=(("f", {"a": "😀"}, "c"),), **CALLED),
    "a number of thirty digits": Exchange(streamed(p('{"a": 123456789012345678901234567890}', name="f", id="c")), calls=(("f", {"a": 123456789012345678901234567890}, "c"),), **CALLED),
    "a number that JSON has not": Exchange(streamed(p('{"a": NaN}', name="f", id="c")), broken=(("f", '{"a": NaN}'),), **CALLED),
    "cloudflare's plain form, calling": Exchange(b'{"success":true,"result":{"response":null,"tool_calls":[{"name":"f","arguments":{"a":1}}]}}', calls=(("f", {"a": 1}, None),)),
    "copilot: a choice for the text and for each call": Exchange(json.dumps({"choices": [{"finish_reason": "tool_calls", "message": said} for said in ({"role": "assistant", "content": "a"}, {"content": None, "tool_calls": [f('{"a": 1}', id="c")]}, {"tool_calls": [f('{"b": 2}', id="d")]})]}).encode(), "a", calls=(("f", {"a": 1}, "c"), ("f", {"b": 2}, "d")), **CALLED),
    "two answers with calls, no index: the first": Exchange(json.dumps({"choices": [{"finish_reason": "tool_calls", "message": {"content": c, "tool_calls": [f('{"a": 1}', id=c)]}} for c in "ab"]}).encode(), "a", calls=(("f", {"a": 1}, "a"),), **CALLED),
    "the name outside the function": Exchange(whole({"content": None, "tool_calls": [{"id": "c", "type": "function", "name": "f", "function": {"arguments": '{"a": 1}'}}]}), calls=F, **ENDED),
    "a call's head under another's index, its arguments under its own": Exchange(streamed(p("", name="f", id="c"), p('{"a": 1}'), p("", name="g", id="d"), p('{"b"', index=1), p(": 2}", index=1)), calls=FG, **CALLED),
    "a list for no arguments": Exchange(whole({"content": None, "tool_calls": [f("[]")]}), broken=(("f", "[]"),), **ENDED),
}  # fmt: skip


def check(found: AIMessage, wanted: Exchange) -> None:
    assert found.text == wanted.text
    assert found.additional_kwargs.get("reasoning_content", "") == wanted.reasoning
    assert [(c["name"], c["args"]) for c in found.tool_calls] == [(name, args) for name, args, _ in wanted.calls]
    assert all(call["id"] == id for call, (*_, id) in zip(found.tool_calls, wanted.calls, strict=True) if id)
    assert [(c["name"], c["args"]) for c in found.invalid_tool_calls] == list(wanted.broken)
    assert found.response_metadata["finish_reason"] == wanted.finish
    usage: Any = found.usage_metadata
    counted = usage and (usage["input_tokens"], usage["output_tokens"], usage["total_tokens"])
    assert counted == wanted.usage
    assert {name: (usage or {}).get(name) for name in wanted.details} == wanted.details
    assert {name: found.additional_kwargs.get(name) for name in wanted.extras} == wanted.extras
    assert {name: found.response_metadata.get(name) for name in wanted.metadata} == wanted.metadata


@pytest.mark.parametrize("wanted", [pytest.param(each, id=name) for name, each in (KEPT | CALLS).items()])
async def test_all_is_read_as_it_was_sent(wanted: Exchange) -> None:
    async with replaying(wanted.raw, headers=wanted.headers, size=7) as (url, _):
        check(await drawn(url), wanted)
        check(await model(url).ainvoke("hello"), wanted)


ERRORS: dict[str, tuple[Any, int | None]] = {
    "groq, in its own corner": ({"choices": [{"index": 0, "delta": {}}], "x_groq": {"id": "q", "error": "told: over_capacity"}}, None),
    "mistral, in parts": ({"object": "error", "message": {"detail": [{"loc": ["body"], "msg": "told"}]}, "type": "invalid_request_error"}, 400),
    "nvidia": ({"type": "about:blank", "title": "Unauthorized", "status": 401, "detail": "told"}, 401),
    "aws": ({"__type": "ThrottlingException", "message": "told"}, 429),
    "dashscope": ({"code": "Throttling.RateQuota", "message": "told", "request_id": "x"}, 429),
    "databricks": ({"error_code": "REQUEST_LIMIT_EXCEEDED", "message": "told"}, 429),
    "words run together": ({"error": {"message": "told", "type": "RateLimitError", "code": None}}, 429),
    "a code before a type": ({"error": {"message": "told", "type": "invalid_request_error", "code": "rate_limit_exceeded"}}, 429),
    "no money left": ({"error": {"message": "told", "type": "insufficient_quota", "code": "insufficient_quota"}}, 429),
    "google": ({"error": {"message": "told", "status": "UNAUTHENTICATED"}}, 401),
    "anthropic": ({"type": "error", "error": {"type": "overloaded_error", "message": "told"}}, 503),
    "several": ({"error": ["told", "and again"]}, None),
    "minimax, too fast": ({"choices": None, "base_resp": {"status_code": 2045, "status_msg": "told"}}, 429),
    "groq, with the call that was none": ({"error": {"message": "See 'failed_generation'", "code": "tool_use_failed", "failed_generation": "<function=told>"}}, 400),
    "a field of its own, beside no choices": ({"id": "x", "choices": None, "error_type": "BadRequestError", "error_message": "told"}, 400),
    "a gateway's name for it": ({"error": {"message": "told", "code": "odd", "metadata": {"error_type": "provider_overloaded"}}}, 503),
    "mistral, the raw status": ({"object": "error", "message": "told", "code": "3051", "raw_status_code": 400}, 400),
    "a status passed on in words": ({"error": {"message": "told by OpenAIException - Error code: 429 - slow down", "code": None}}, 429),
    "a status in words alone": ({"error": "told: upstream answered with HTTP/1.1 502"}, 502),
    "a number that is no status": ({"error": "told: error at 404 of 512 tokens"}, None),
    "too long, in words": ({"error": {"message": "told: maximum context length is 4096 tokens", "code": None}}, 400),
    "no such model, in words": ({"error": 'told: model "m" not found, try pulling it first'}, 404),
    "a code of its own, and words": ({"error": {"code": "1302", "message": "told: rate limit of this key"}}, 429),
}  # fmt: skip


@pytest.mark.parametrize(("told", "status"), ERRORS.values(), ids=ERRORS)
async def test_an_error_is_no_answer(told: Any, status: int | None) -> None:
    for raw in (json.dumps(told).encode(), sse(chunk({"content": "a"}), told)):
        async with replaying(raw, headers=STREAM) as (url, _):
            for read in (drawn(url), model(url).ainvoke("hello")):
                with pytest.raises(EndpointError, match="told") as caught:
                    await read
                assert caught.value.status == status


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ({"retry_after": 12}, 12),
        ({"metadata": {"retry_after_seconds": 2.5}}, 2.5),
        ({"retry_after_ms": 1500}, 1.5),
        ({"retry_after": None}, None),
    ],
)
async def test_how_long_an_error_within_an_answer_asks_to_wait(asked: dict[str, Any], wait: float | None) -> None:
    told = {"error": {"code": 429, "message": "told", **asked}}
    for raw in (json.dumps(told).encode(), sse(chunk({"content": "a"}), told)):
        async with replaying(raw, headers=STREAM) as (url, _):
            for read in (drawn(url), model(url).ainvoke("hello")):
                with pytest.raises(EndpointError, match="told") as caught:
                    await read
                assert caught.value.retry_after == wait


async def test_a_connection_that_closes_early_ends_what_was_whole_and_breaks_what_was_not() -> None:
    whole_stream, half = sse(delta(content="a"), delta("stop"), end=""), sse(delta(content="a"), end="")
    for raw, good in (
        (whole_stream, True),
        (half, False),
        (body({"content": "a"}), True),
        (body({"content": "a"})[:-9], False),
    ):
        async with closing_early(raw) as url:
            for read in (drawn(url), model(url).ainvoke("hello")):
                if good:
                    assert (await read).text == "a"
                    continue
                with pytest.raises(EndpointError, match=r"broke off|no JSON"):
                    await read


def now(place: str) -> str:
    """The time at a place."""
    return place


@pytest.mark.parametrize(("choice", "sent"), [(True, "required"), ("any", "required"), ("none", "none"), ("now", {"type": "function", "function": {"name": "now"}}), (False, None), (None, None)])  # fmt: skip
async def test_what_a_caller_may_choose(choice: Any, sent: Any) -> None:
    async with replaying(body({"content": "a"})) as (url, seen):
        await model(url).bind_tools([now], tool_choice=choice, strict=True, parallel_tool_calls=False).ainvoke("hello")
    request = seen[0][1]
    assert request.get("tool_choice") == sent
    assert request["tools"][0]["function"]["strict"] is True
    assert request["parallel_tool_calls"] is False


async def test_thoughts_go_back_to_the_server_that_signed_them() -> None:
    blocks = [{"type": "thinking", "thinking": "r", "signature": "s"}]
    async with replaying(body({"content": None, "thinking_blocks": blocks, "tool_calls": [f("{}")]})) as (url, seen):
        said = await model(url).ainvoke("hello")
        await model(url).ainvoke([("user", "hello"), said])
    sent = seen[1][1]["messages"][1]
    assert sent["thinking_blocks"] == blocks
    assert sent["content"] is None


@pytest.mark.parametrize(
    ("said", "remedy"),
    [
        ("Missing `reasoning_content` field in the assistant message at message index 2", "set reasoning_as"),
        ("Extra inputs are not permitted: seed", "set seeded to false"),
    ],
)
async def test_a_refusal_that_has_a_remedy(said: str, remedy: str) -> None:
    async with replaying(json.dumps({"error": {"message": said}}).encode(), status=422) as (url, _):
        with pytest.raises(EndpointError, match=remedy):
            await model(url).ainvoke("hello", seed=7)


async def test_what_a_server_found_by_itself_is_none_of_the_models_words() -> None:
    found = {"role": "tool", "content": '[{"title": "Tides", "url": "https://tides.test"}]', "tool_call_id": "w1"}
    raw = sse(
        chunk(found, "stop"),
        chunk({"role": "assistant", "content": "High at "}),
        chunk({"content": "six."}),
        chunk({}, "stop"),
    )
    async with replaying(raw, headers=STREAM) as (url, _):
        for message in (await drawn(url), await model(url).ainvoke("hello")):
            assert message.text == "High at six."
            assert message.additional_kwargs["server_messages"] == [found]
    before = [{"role": "user", "content": "When?"}, {"role": "assistant", "content": ""}, found]
    listed = {
        "choices": [{"finish_reason": "stop", "messages": [*before, {"role": "assistant", "content": "At six."}]}]
    }
    async with replaying(json.dumps(listed).encode()) as (url, _):
        assert (await model(url).ainvoke("hello")).text == "At six."


async def test_an_error_within_an_answer_has_its_remedy_too() -> None:
    told = {"error": {"message": "maximum context length is 4096 tokens", "code": None}}
    for raw in (json.dumps(told).encode(), sse(chunk({"content": "a"}), told)):
        async with replaying(raw, headers=STREAM) as (url, _):
            for read in (drawn(url), model(url).ainvoke("hello")):
                with pytest.raises(
                    EndpointError, match=r"model 'm'.*http://127.* 4096 tokens\. .* lower limits\.turns"
                ):
                    await read
