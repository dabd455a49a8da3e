# ruff: noqa: E501  (tables are data: their rows read best unbroken)
"""What servers send now and then: one odd exchange each, with what it says."""

import gzip
import json
from typing import Any

import pytest
from langchain_core.messages import AIMessage

from agents.chat import EndpointError
from tests.agents.chat.loopback import replaying
from tests.agents.chat.test_dialects import JSON, STREAM, drawn, model

OK = {"finish_reason": "stop", "index": 0}


def whole(message: Any, **choice: Any) -> bytes:
    return json.dumps({"id": "r", "model": "m", "choices": [{**OK, "message": message, **choice}]}).encode()


def delta(finish: Any = None, **said: Any) -> dict[str, Any]:
    return {"id": "r", "model": "m", "choices": [{"index": 0, "delta": said, "finish_reason": finish}]}


def sse(*events: Any, end: str = "data: [DONE]\n\n") -> bytes:
    return "".join(f"data: {json.dumps(e)}\n\n" for e in events).encode() + end.encode()


TEXTS = {
    "a reasoning tag in the text is left where it is": (whole({"content": "<think>hm</think>\n\nhi"}), "<think>hm</think>\n\nhi"),
    "blank lines at the start": (whole({"content": "\n\n hi \n"}), "\n\n hi \n"),
    "a byte order mark": (b"\xef\xbb\xbf" + whole({"content": "hi"}), "hi"),
    "blank space around": (b"\n\n  \n" + whole({"content": "hi"}) + b"\n", "hi"),
    "a raw line break in a string": (b'{"choices":[{"message":{"content":"a\nb"}}]}', "a\nb"),
    "an escaped pair": (b'{"choices":[{"message":{"content":"\\ud83d\\ude00"}}]}', "😀"),
    "half a pair": (b'{"choices":[{"message":{"content":"a\\ud83d"}}]}', "a\ufffd"),
    "parts of text": (whole({"content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]}), "ab"),
    "a reference among the parts": (whole({"content": [{"type": "text", "text": "a"}, {"type": "reference", "reference_ids": [1]}]}), "a"),
    "a part with a value": (whole({"content": [{"type": "text", "text": {"value": "a", "annotations": []}}]}), "a"),
    "the second choice first": (b'{"choices":[{"index":1,"message":{"content":"b"}},{"index":0,"message":{"content":"a"}}]}', "a"),
    "a choice of the older kind": (b'{"choices":[{"index":0,"text":"a","finish_reason":"stop"}]}', "a"),
    "ollama's own form": (b'{"model":"m","message":{"role":"assistant","content":"a"},"done":true,"done_reason":"stop"}', "a"),
    "dashscope's own form": (b'{"request_id":"r","output":{"choices":[{"finish_reason":"stop","message":{"content":"a"}}]}}', "a"),
    "no error, said aloud": (b'{"error":null,"code":null,"choices":[{"message":{"content":"a"}}]}', "a"),
    "one emoji over two pieces": (b'data: {"choices":[{"delta":{"content":"\\ud83d"}}]}\n\ndata: {"choices":[{"delta":{"content":"\\ude00!"},"finish_reason":"stop"}]}\n\n', "😀!"),
    "ticks that repeat": (sse(delta(content="-"), delta(content="--"), delta(content="----"), delta("stop")), "-------"),
    "words that repeat": (sse(delta(content="ha"), delta(content="ha"), delta(content="haha "), delta(content="ha"), delta("stop")), "hahahaha ha"),
    "a piece that begins as all before it": (sse(delta(content="The"), delta(content="There"), delta(content=" it is"), delta("stop")), "TheThere it is"),
    "all of it, every time": (sse(delta(content="The "), delta(content="The sea"), delta(content="The sea is"), delta("stop", content="The sea is")), "The sea is"),
    "all of it once more at the end": (sse(delta(content="The sea "), delta(content="is blue."), delta("stop", content="The sea is blue.")), "The sea is blue."),
    "a whole message at the end": (sse(delta(content="The sea "), {"choices": [{"index": 0, "finish_reason": "stop", "message": {"content": "The sea "}}]}), "The sea "),
    "empty finish reasons": (sse(delta("", content="a"), delta("", content="b"), delta("stop")), "ab"),
    "an empty finish reason to the end": (sse(delta("", content="a"), delta("")), "a"),
    "no finish reason, but an end": (sse(delta(content="a")), "a"),
    "no end, but a finish reason": (sse(delta(content="a"), delta("stop"), end=""), "a"),
    "only a count at the end": (sse(delta(content="a") | {"usage": {}}, delta(content="b") | {"usage": {"prompt_tokens": 1, "completion_tokens": 2}}, end=""), "ab"),
    "an end without a blank line": (sse(delta(content="a"), end="data: [DONE]"), "a"),
    "data without a space": (b'data:{"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}\n\ndata:[DONE]\n\n', "a"),
    "carriage returns": (b'data: {"choices":[{"delta":{"content":"a"},"finish_reason":"stop"}]}\r\rdata: [DONE]\r\r', "a"),
    "data over several lines": (b'data: {"choices":[{"delta":\ndata: {"content":"a"},\ndata: "finish_reason":"stop"}]}\n\n', "a"),
    "json printed over several lines": (b'data: {\n  "choices": [{"delta": {"content": "a"},\n  "finish_reason": "stop"}]\n}\n\ndata: [DONE]\n\n', "a"),
    "pings of all kinds": (b": ping\n\nevent: ping\ndata: ping\n\ndata: \n\ndata: {}\n\n: \n\n" + sse(delta("stop", content="a")), "a"),
    "null in every place": (sse({"choices": None}, {"choices": [None]}, {"choices": [{"delta": None}]}, delta(content=None, tool_calls=None), delta("stop", content="a")), "a"),
    "a second choice": (sse(delta(content="a"), {"choices": [{"index": 1, "delta": {"content": "z"}}]}, delta("stop", content="b")), "ab"),
    "parts in a stream": (sse(delta(content=[{"type": "text", "text": "a"}]), delta("stop", content="b")), "ab"),
    "ollama's lines": (b'{"message":{"content":"a"},"done":false}\n{"message":{"content":"b"},"done":false}\n{"message":{"content":""},"done":true,"done_reason":"stop","eval_count":2,"prompt_eval_count":1}\n', "ab"),
    "fields without data": (b"id: 1\nretry: 10\n\n" + sse(delta("stop", content="a")), "a"),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "text"), TEXTS.values(), ids=TEXTS)
async def test_text(raw: bytes, text: str) -> None:
    for headers in (STREAM, JSON, {"Content-Type": "text/plain"}, {}):
        async with replaying(raw, headers=headers) as (url, _):
            assert (await drawn(url)).text == text
            assert (await model(url).ainvoke("hello")).text == text


REASONINGS = {
    "reasoning_content": whole({"content": "a", "reasoning_content": "r"}),
    "reasoning": whole({"content": "a", "reasoning": "r"}),
    "both, the same": whole({"content": "a", "reasoning": "r", "reasoning_content": "r"}),
    "thinking": whole({"content": "a", "thinking": "r"}),
    "an object": whole({"content": "a", "reasoning": {"content": "r"}}),
    "a list": whole({"content": "a", "reasoning_content": [{"type": "text", "text": "r"}]}),
    "details alone": whole({"content": "a", "reasoning": None, "reasoning_details": [{"type": "reasoning.summary", "summary": "r", "index": 0}]}),
    "details of minimax": whole({"content": "a", "reasoning_details": [{"type": "reasoning.text", "id": "i", "format": "MiniMax-response-v1", "index": 0, "text": "r"}]}),
    "parts of mistral": whole({"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "r"}], "closed": True}, {"type": "text", "text": "a"}]}),
    "parts of anthropic": whole({"content": [{"type": "thinking", "thinking": "r", "signature": "s"}, {"type": "text", "text": "a"}]}),
    "thinking blocks": whole({"content": "a", "reasoning_content": "r", "thinking_blocks": [{"type": "thinking", "thinking": "r", "signature": "s"}]}),
    "google's part": whole({"content": [{"type": "text", "text": "r", "thought": True}, {"type": "text", "text": "a"}]}),
    "streamed under two names": sse(delta(reasoning="r", reasoning_content="r"), delta("stop", content="a")),
    "streamed, both null": sse(delta(reasoning_content="r", content=None), delta("stop", reasoning_content=None, content="a")),
    "streamed with its signature": sse(delta(reasoning="r", reasoning_details=[{"type": "reasoning.text", "text": "r", "index": 0}]), delta(reasoning_details=[{"type": "reasoning.text", "signature": "s", "index": 0}]), delta("stop", content="a")),
    "streamed under two names in turn": sse(*(delta(**{name: letter}) for letter in "r" for name in ("reasoning", "reasoning_content")), delta("stop", content="a")),
    "streamed, and all of it once more under another name": sse(delta(reasoning="r"), delta(content="a"), delta("stop", reasoning_content="r")),
    "streamed parts": sse(delta(content=[{"type": "thinking", "thinking": [{"type": "text", "text": "r"}]}]), delta("stop", content="a")),
}  # fmt: skip


@pytest.mark.parametrize("raw", REASONINGS.values(), ids=REASONINGS)
async def test_reasoning_stands_apart(raw: bytes) -> None:
    async with replaying(raw, headers=STREAM) as (url, _):
        for message in (await drawn(url), await model(url).ainvoke("hello")):
            assert message.text == "a"
            assert message.additional_kwargs["reasoning_content"] == "r"
            assert {"type": "reasoning", "reasoning": "r"} in message.content_blocks


def calling(*calls: Any, **message: Any) -> bytes:
    return whole({"content": None, "tool_calls": list(calls), **message}, finish_reason="tool_calls")


def f(arguments: Any, **call: Any) -> dict[str, Any]:
    return {"id": "c", "type": "function", "function": {"name": "f", "arguments": arguments}, **call}


def streamed(*pieces: Any) -> bytes:
    return sse(*(delta(tool_calls=[p]) for p in pieces), delta("tool_calls"))


def p(arguments: Any = None, *, name: Any = None, id: Any = None, index: Any = 0) -> dict[str, Any]:
    function = {k: v for k, v in (("name", name), ("arguments", arguments)) if v is not None}
    return {k: v for k, v in (("index", index), ("id", id)) if v is not None} | {"function": function}


F: Any = ("f", {"a": 1})
G: Any = ("g", {})
CALLS: dict[str, tuple[bytes, list[Any]]] = {
    "an object": (calling(f({"a": 1})), [F]),
    "encoded twice": (calling(f('"{\\"a\\": 1}"')), [F]),
    "blank space": (calling(f('\n {"a": 1} \n')), [F]),
    "no arguments": (calling(f(None), f("", id="d"), f("{}", id="e"), f("null", id="h")), [("f", {})] * 4),
    "arguments missing": (calling({"id": "c", "type": "function", "function": {"name": "f"}}), [("f", {})]),
    "parameters": (calling({"id": "c", "function": {"name": "f", "parameters": {"a": 1}}}), [F]),
    "no function around it": (calling({"id": "c", "name": "f", "arguments": {"a": 1}}), [F]),
    "a single call, no list": (whole({"content": None, "tool_calls": f({"a": 1})}), [F]),
    "a list as text": (whole({"content": None, "tool_calls": json.dumps([f({"a": 1})])}), [F]),
    "the older form": (whole({"content": None, "function_call": {"name": "f", "arguments": '{"a": 1}'}}), [F]),
    "anthropic's part": (whole({"content": [{"type": "tool_use", "id": "c", "name": "f", "input": {"a": 1}}]}), [F]),
    "numbers for ids": (calling(f({"a": 1}, id=0), f({"a": 1}, id=1)), [F, F]),
    "no ids": (calling(f({"a": 1}, id=None), f({"a": 1}, id="")), [F, F]),
    "one id for two": (calling(f({"a": 1}), f({"a": 1})), [F, F]),
    "stop with calls": (whole({"content": "", "tool_calls": [f({"a": 1})]}, finish_reason="stop"), [F]),
    "nulls among them": (calling(None, f({"a": 1})), [F]),
    "the last first": (streamed(p('{}', name="g", id="d", index=1), p('{"a": 1}', name="f", id="c")), [F, G]),
    "indexes from one": (streamed(p('{"a": 1}', name="f", id="c", index=1), p("{}", name="g", id="d", index=2)), [F, G]),
    "id alone first": (streamed(p(id="c"), p(name="f"), p('{"a": 1}')), [F]),
    "id last": (streamed(p(name="f"), p('{"a": 1}'), p(id="c")), [F]),
    "arguments as an object": (streamed(p({"a": 1}, name="f", id="c")), [F]),
    "no index, no id": (streamed(p('{"a"', name="f", index=None), p(": 1}", index=None), p("", name="g", index=None)), [F, G]),
    "no index, no id, the name with every piece": (streamed(p('{"a"', name="f", index=None), p(": ", name="f", index=None), p("1}", name="f", index=None), p("{}", name="g", index=None)), [F, G]),
    "no index, one id, the name with every piece, nothing around it": (streamed({"id": "c", "name": "f", "arguments": '{"a"'}, {"id": "", "name": "f", "arguments": ": 1}"}), [F]),
    "no index, no id, the same whole call twice": (streamed(*[p('{"a": 1}', name="f", index=None)] * 2), [F, F]),
    "no index, a new id with every piece": (streamed(p('{"a"', name="f", id="c", index=None), p(": 1}", id="d", index=None), p("{}", name="g", id="e", index=None)), [F, G]),
    "in pieces, and all of it twice more": (streamed(p("", name="f", id="c"), p('{"a"'), p(": 1}"), *[p('{"a": 1}')] * 2), [F]),
    "two without arguments under one index": (streamed(p("{}", name="g", id="c"), p("{}", name="g", id="d")), [G, G]),
    "one id, two indexes": (streamed(p("{}", name="g", id="c"), p("{}", name="g", id="c", index=1)), [G, G]),
    "two in one chunk": (sse(delta(tool_calls=[p('{"a": 1}', name="f", id="c"), p("{}", name="g", id="d", index=1)]), delta("tool_calls")), [F, G]),
    "the older form, streamed": (sse(delta(function_call={"name": "f", "arguments": ""}), delta(function_call={"arguments": '{"a"'}), delta("function_call", function_call={"arguments": ": 1}"})), [F]),
    "whole at the end only": (sse(delta(role="assistant"), {"choices": [{"index": 0, "finish_reason": "tool_calls", "message": {"content": "", "tool_calls": [f('{"a": 1}')]}}]}), [F]),
    "nested objects that look like a repeat": (streamed(p('{"a":', name="f", id="c"), p('{"a":'), p("2}}")), [("f", {"a": {"a": 2}})]),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "calls"), CALLS.values(), ids=CALLS)
async def test_calls(raw: bytes, calls: list[Any]) -> None:
    async with replaying(raw, headers=STREAM) as (url, _):
        for message in (await drawn(url), await model(url).ainvoke("hello")):
            assert [(c["name"], c["args"]) for c in message.tool_calls] == calls
            assert all(c["id"] for c in message.tool_calls)
            assert len({c["id"] for c in message.tool_calls}) == len(calls)
            assert message.invalid_tool_calls == []


@pytest.mark.parametrize("arguments", ['{"a": 1', "{'a': 1}", '{"a": 1}}', '{"a": 1}{"b": 2}', '[1]', "7", "a=1", '{"a": NULL}', "```json\n{}\n```"])  # fmt: skip
async def test_malformed_calls_stay_as_they_came(arguments: str) -> None:
    pieces = [p("", name="f", id="c"), *(p(letter) for letter in arguments)]
    for raw in (calling(f(arguments)), streamed(*pieces)):
        async with replaying(raw, headers=STREAM) as (url, _):
            for message in (await drawn(url), await model(url).ainvoke("hello")):
                [found] = message.invalid_tool_calls
                assert (found["name"], found["args"], found["id"]) == ("f", arguments, "c")
                assert message.tool_calls == []


async def test_good_and_malformed_calls_keep_their_order() -> None:
    raw = calling(f("{", id="x"), f({"a": 1}, id="y"), f("[", id="z"))
    async with replaying(raw, headers=JSON) as (url, _):
        message = await drawn(url)
    assert message.response_metadata["call_order"] == ["x", "y", "z"]


async def test_what_servers_attach_is_kept_and_goes_back() -> None:
    signature = {"google": {"thought_signature": "c2ln"}}
    raw = calling(
        f({"a": 1}, extra_content=signature), reasoning_details=[{"type": "reasoning.encrypted", "data": "x"}]
    )
    async with replaying(raw, headers=JSON) as (url, seen):
        message = await model(url).ainvoke("hello")
        await model(url, reasoning_as="reasoning_content").ainvoke([("user", "hello"), message])
    [sent] = [m for m in seen[1][1]["messages"] if m["role"] == "assistant"]
    assert sent["tool_calls"][0]["extra_content"] == signature
    assert sent["reasoning_details"] == [{"type": "reasoning.encrypted", "data": "x"}]


async def test_what_is_only_carried() -> None:
    message = {
        "content": None,
        "refusal": "no",
        "audio": {"id": "a", "transcript": "t"},
        "annotations": [{"type": "url_citation"}],
    }
    body = {"id": "r", "model": "m", "system_fingerprint": "fp", "citations": ["u"], "choices": [{**OK, "message": message, "logprobs": {"content": [{"token": "a"}]}}]}  # fmt: skip
    async with replaying(json.dumps(body).encode(), headers=JSON) as (url, _):
        for found in (await model(url).ainvoke("hello"), await drawn(url)):
            assert {k: found.additional_kwargs[k] for k in ("refusal", "audio", "annotations")} == {k: message[k] for k in ("refusal", "audio", "annotations")}  # fmt: skip
            metadata = found.response_metadata
            assert (metadata["system_fingerprint"], metadata["citations"]) == ("fp", ["u"])
            assert metadata["logprobs"] == {"content": [{"token": "a"}]}


async def test_sound_and_log_probabilities_in_a_stream() -> None:
    chunks = [
        delta(audio={"id": "a", "transcript": "he"}),
        delta(audio={"transcript": "llo"}),
        delta("stop", refusal="n"),
    ]
    for chunk, token in zip(chunks, "abc", strict=True):
        chunk["choices"][0]["logprobs"] = {"content": [{"token": token, "logprob": -1.0}], "refusal": None}
    async with replaying(sse(*chunks), headers=STREAM) as (url, _):
        found = await drawn(url)
    assert found.additional_kwargs["audio"] == {"id": "a", "transcript": "hello"}
    assert found.additional_kwargs["refusal"] == "n"
    assert [each["token"] for each in found.response_metadata["logprobs"]["content"]] == ["a", "b", "c"]
    assert found.response_metadata["logprobs"]["refusal"] is None


@pytest.mark.parametrize(
    ("usage", "cached", "thought"),
    [
        ({"prompt_tokens": 9, "completion_tokens": 4, "prompt_tokens_details": {"cached_tokens": 3}, "completion_tokens_details": {"reasoning_tokens": 2}}, 3, 2),
        ({"input_tokens": 9, "output_tokens": 4, "cache_read_input_tokens": 3, "reasoning_tokens": 2}, 3, 2),
        ({"prompt_tokens": 9, "completion_tokens": 4, "prompt_cache_hit_tokens": 3, "completion_tokens_details": {"reasoning_tokens": 2}, "prompt_tokens_details": None}, 3, 2),
        ({"prompt_tokens": 9, "completion_tokens": 4, "cached_tokens": 3, "reasoning_tokens": 2, "prompt_audio_seconds": {}}, 3, 2),
    ],
)  # fmt: skip
async def test_counts_in_detail(usage: dict[str, Any], cached: int, thought: int) -> None:
    body = json.loads(whole({"content": "a"})) | {"usage": {**usage, "total_tokens": 20}}
    async with replaying(json.dumps(body).encode(), headers=JSON) as (url, _):
        found = (await model(url).ainvoke("hello")).usage_metadata
    assert found is not None
    assert (found["input_tokens"], found["output_tokens"], found["total_tokens"]) == (9, 4, 20)
    assert found["input_token_details"]["cache_read"] == cached
    assert found["output_token_details"]["reasoning"] == thought


async def test_zipped() -> None:
    headers = {**JSON, "Content-Encoding": "gzip"}
    async with replaying(gzip.compress(whole({"content": "a"})), headers=headers, size=3) as (url, _):
        assert (await model(url).ainvoke("hello")).text == "a"


ERRORS: dict[str, tuple[Any, int | None, str]] = {
    "openrouter": ({"error": {"message": "no", "code": 502, "metadata": {"raw": "told"}}}, 502, "told"),
    "in a choice": ({"choices": [{"error": {"message": "told", "code": 502}, "finish_reason": "error", "message": {"content": ""}}]}, 502, "told"),
    "beside a choice": ({"error": {"message": "told", "code": "server_error"}, "choices": [{"delta": {"content": ""}, "finish_reason": "error"}]}, 500, "told"),
    "minimax": ({"choices": None, "base_resp": {"status_code": 1002, "status_msg": "told"}}, 429, "told"),
    "a list": ([{"error": {"code": 503, "message": "told", "status": "UNAVAILABLE"}}], 503, "told"),
    "text": ({"error": "told"}, None, "told"),
    "vllm": ({"object": "error", "message": "told", "type": "BadRequestError", "code": 400}, 400, "told"),
    "detail": ({"detail": "told"}, None, "told"),
    "fastapi": ({"detail": [{"loc": ["body"], "msg": "told"}]}, None, "told"),
    "groq": ({"error": {"message": "told", "type": "invalid_request_error", "code": "tool_use_failed", "status_code": 400}}, 400, "told"),
    "cerebras": ({"message": "told", "type": "too_many_requests_error", "param": "quota", "code": "request_quota_exceeded"}, 429, "told"),
    "xai": ({"code": "The service is currently unavailable", "error": "told"}, 503, "told"),
    "tgi": ({"error": "told", "error_type": "overloaded", "http_status_code": 429}, 429, "told"),
    "message alone": ({"message": "told"}, None, "told"),
    "zhipu": ({"error": {"code": "1113", "message": "told"}}, None, "told"),
    "dashscope": ({"error": {"message": "told", "type": "data_inspection_failed", "code": "data_inspection_failed"}}, 400, "told"),
    "cloudflare": ({"success": False, "errors": [{"code": 5007, "message": "told"}]}, None, "told"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "status", "words"), ERRORS.values(), ids=ERRORS)
async def test_an_error_raises_wherever_it_stands(body: Any, status: int | None, words: str) -> None:
    told = json.dumps(body).encode()
    for raw in (told, sse(delta(content="a"), body), b"event: error\n" + sse(body), sse(delta(content="a")).replace(b"data: [DONE]", b"error: " + told)):  # fmt: skip
        async with replaying(raw, headers=STREAM) as (url, _):
            for read in (drawn(url), model(url).ainvoke("hello")):
                with pytest.raises(EndpointError, match=words) as caught:
                    await read
                assert caught.value.status == status


@pytest.mark.parametrize("raw", [b"event: error\ndata: told you so\n\n", b'event: error\ndata: {"told": "you so"}\n\n', b"data: told you so\n\n", b"<html>told you so</html>", b'{"Response": {"Error": {"Message": "told you so"}}}', b""])  # fmt: skip
async def test_what_is_no_answer_raises(raw: bytes) -> None:
    async with replaying(raw, headers=STREAM) as (url, _):
        with pytest.raises(EndpointError, match="you so" if raw else r"without a message|no JSON"):
            await drawn(url)
        with pytest.raises(EndpointError):
            await model(url).ainvoke("hello")


@pytest.mark.parametrize(
    "raw", [sse(delta(content="half an answ"), end=""), streamed(p('{"a', name="f", id="c"))[:-40]]
)
async def test_a_stream_that_breaks_off_is_no_answer(raw: bytes) -> None:
    async with replaying(raw, headers=STREAM) as (url, _):
        with pytest.raises(EndpointError, match=r"broke off|no JSON"):
            await drawn(url)


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"Retry-After": "7"}, 7),
        ({"retry-after-ms": "1500", "Retry-After": "9"}, 1.5),
        ({"Retry-After": "0.25"}, 0.25),
        ({}, None),
    ],
)
async def test_how_long_to_wait(headers: dict[str, str], wait: float | None) -> None:
    async with replaying(b'{"error": {"message": "slow down"}}', status=429, headers=headers) as (url, _):
        with pytest.raises(EndpointError) as caught:
            await model(url).ainvoke("hello")
    assert caught.value.status == 429
    assert caught.value.retry_after == wait


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("Limit 30000, used 29000. Please try again in 7.66s. Visit", 7.66),
        ("Please try again in 1m30.5s.", 90.5),
        ("try again in 340ms", 0.34),
        ("Please wait 42 seconds before retrying.", 42),
        ("retry after 2 minutes", 120),
        ("Try again in 1h2m.", 3720),
        ("Wait for 3 messages, then try again.", None),
    ],
)
async def test_how_long_to_wait_in_words(said: str, wait: float | None) -> None:
    async with replaying(json.dumps({"error": {"message": said}}).encode(), status=429) as (url, _):
        with pytest.raises(EndpointError) as caught:
            await model(url).ainvoke("hello")
    assert caught.value.retry_after == wait


async def test_an_error_line_that_is_all_there_is() -> None:
    async with replaying(b'error: {"code": 500, "message": "told"}\n\n', headers=STREAM) as (url, _):
        for read in (drawn(url), model(url).ainvoke("hello")):
            with pytest.raises(EndpointError, match="told") as caught:
                await read
            assert caught.value.status == 500


async def test_how_long_to_wait_by_a_date() -> None:
    async with replaying(b"{}", status=503, headers={"Retry-After": "Fri, 31 Dec 2100 23:59:59 GMT"}) as (url, _):
        with pytest.raises(EndpointError) as caught:
            await model(url).ainvoke("hello")
    assert caught.value.retry_after is not None
    assert caught.value.retry_after > 1e6


@pytest.mark.parametrize(
    ("status", "said", "remedy"),
    [
        (401, "bad key sk-canary-123", "api_key_env"),
        (404, "not found", "/v1"),
        (400, "This model's maximum context length is 4096 tokens", "longer context"),
        (400, '"auto" tool choice requires --enable-auto-tool-choice', "takes no tools"),
        (400, "registry.ollama.ai/m does not support tools", "takes no tools"),
        (413, "Request too large for model m on tokens per minute", "in a minute"),
    ],
)
async def test_a_refusal_says_what_to_do_and_holds_no_key(status: int, said: str, remedy: str) -> None:
    async with replaying(json.dumps({"error": {"message": said}}).encode(), status=status) as (url, _):
        with pytest.raises(EndpointError, match=remedy) as caught:
            await model(url).ainvoke("hello")
    assert "'m'" in str(caught.value)
    assert url in str(caught.value)
    assert "sk-canary" not in f"{caught.value} {caught.value.body}"


async def test_a_server_that_moved() -> None:
    async with replaying(b"", status=301, headers={"Location": "https://elsewhere.example/v1"}) as (url, _):
        with pytest.raises(EndpointError, match="elsewhere"):
            await model(url).ainvoke("hello")


@pytest.mark.parametrize("tail", ["", "/", "/chat/completions", "?api-version=2024-10-21"])
async def test_addresses_as_users_write_them(tail: str) -> None:
    async with replaying(whole({"content": "a"})) as (url, _):
        assert (await model(url + tail).ainvoke("hello")).text == "a"


async def test_without_async_also_inside_a_loop() -> None:
    async with replaying(sse(delta(content="a"), delta("stop", content="b")), headers=STREAM) as (url, _):
        import asyncio

        found = await asyncio.to_thread(model(url).invoke, "hello")
        pieces = await asyncio.to_thread(lambda: [chunk.text for chunk in model(url).stream("hello")])
    assert isinstance(found, AIMessage)
    assert found.text == "".join(pieces) == "ab"


async def test_structured_output() -> None:
    from pydantic import BaseModel

    class Point(BaseModel):
        """A point."""

        x: int

    raw = calling({"id": "c", "type": "function", "function": {"name": "Point", "arguments": '{"x": 3}'}})
    async with replaying(raw, headers=JSON) as (url, seen):
        assert await model(url).with_structured_output(Point).ainvoke("hello") == Point(x=3)
    assert set(seen[0][1]) == {"model", "messages", "tools", "tool_choice"}
