"""Streams as servers really send them, cut anywhere."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from agents.chat.errors import EndpointError
from agents.chat.reply import message_of
from agents.chat.sse import events
from agents.chat.stream import Assembly


def pieces(raw: bytes, size: int) -> Iterator[bytes]:
    for start in range(0, len(raw), size):
        yield raw[start : start + size]


def read(raw: bytes, size: int = 10_000) -> Assembly:
    assembly = Assembly()
    for event in events(pieces(raw, size)):
        assembly.add(event)
    return assembly


def sse(*chunks: Any, end: str = "\n\n", done: bool = True) -> bytes:
    sent = [f"data: {json.dumps(chunk, ensure_ascii=False)}{end}" for chunk in chunks]
    return "".join([*sent, f"data: [DONE]{end}" if done else ""]).encode()


def delta(finish: str | None = None, **said: Any) -> dict[str, Any]:
    return {"model": "m", "choices": [{"index": 0, "delta": said, "finish_reason": finish}]}


def piece(
    index: int | None = None, id: str | None = None, name: str | None = None, arguments: Any = None
) -> dict[str, Any]:
    function = {k: v for k, v in (("name", name), ("arguments", arguments)) if v is not None}
    return {k: v for k, v in (("index", index), ("id", id)) if v is not None} | {"function": function}


TALK = [delta(role="assistant", content=""), delta(content="Grüß "), delta(content="dich 👋"), delta("stop")]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 10_000])
@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n"])
@pytest.mark.parametrize("done", [True, False])
def test_text_however_it_is_cut(size: int, end: str, done: bool) -> None:
    message = message_of((read(sse(*TALK, end=end, done=done), size)).whole())
    assert message.text == "Grüß dich 👋"
    assert message.response_metadata["finish_reason"] == "stop"


def test_framing_that_strays_from_the_standard() -> None:
    raw = (
        b": keep-alive\n\nevent: message\nid: 7\nretry: 5\ndata:"
        + json.dumps(delta(content="hi")).encode()
        + b"\n\n:\n\ndata: \n\n"
    )
    assert message_of((read(raw)).whole()).text == "hi"


def test_bare_json_lines() -> None:
    raw = b"".join(json.dumps(chunk).encode() + b"\n" for chunk in TALK)
    assert message_of((read(raw)).whole()).text == "Grüß dich 👋"


def test_data_over_several_lines() -> None:
    raw = b'data: {"choices": [{"delta":\ndata: {"content": "hi"}}]}\n\n'
    assert message_of((read(raw)).whole()).text == "hi"


@pytest.mark.parametrize("name", ["reasoning_content", "reasoning", "thinking"])
def test_reasoning_is_gathered_apart(name: str) -> None:
    message = message_of((read(sse(delta(**{name: "be"}), delta(**{name: "cause"}), delta(content="hi")))).whole())
    assert message.additional_kwargs["reasoning_content"] == "because"
    assert message.text == "hi"


A, B = {"name": "f", "args": {"a": 1}}, {"name": "g", "args": {"b": [2]}}
STREAMED_CALLS = {
    "in order": [
        [piece(0, "i", "f", "")], [piece(0, None, None, '{"a"')], [piece(0, None, None, ": 1}")],
        [piece(1, "j", "g", '{"b"')], [piece(1, None, None, ": [2]}")],
    ],
    "interleaved": [
        [piece(0, "i", "f", '{"a"')], [piece(1, "j", "g", '{"b"')], [piece(0, None, None, ": 1}")], [piece(1, None, None, ": [2]}")],
    ],
    "both in one chunk": [[piece(0, "i", "f", '{"a": 1}'), piece(1, "j", "g", '{"b": [2]}')]],
    "no index": [[piece(None, "i", "f", '{"a"')], [piece(None, None, None, ": 1}")], [piece(None, "j", "g", '{"b": [2]}')]],
    "no index, id each time": [[piece(None, "i", "f", '{"a"')], [piece(None, "i", None, ": 1}")], [piece(None, "j", "g", '{"b": [2]}')]],
    "one index for all": [[piece(0, "i", "f", '{"a": 1}')], [piece(0, "j", "g", '{"b": [2]}')]],
    "name and id repeated": [[piece(0, "i", "f", '{"a"')], [piece(0, "i", "f", ": 1}")], [piece(1, "j", "g", '{"b": [2]}')]],
    "objects": [[piece(0, "i", "f", {"a": 1}), piece(1, "j", "g", {"b": [2]})]],
    "no ids": [[piece(0, None, "f", '{"a": 1}')], [piece(1, None, "g", '{"b": [2]}')]],
    "id late": [[piece(0, None, "f", '{"a"')], [piece(0, "i", None, ": 1}")], [piece(1, "j", "g", '{"b": [2]}')]],
    "name in halves": [[piece(0, "i", "", "")], [piece(0, None, "f", '{"a": 1}')], [piece(1, "j", "g", '{"b": [2]}')]],
    "no index, no ids": [[piece(None, None, "f", '{"a": 1}')], [piece(None, None, "g", '{"b": [2]}')]],
}  # fmt: skip


@pytest.mark.parametrize("chunks", STREAMED_CALLS.values(), ids=STREAMED_CALLS)
def test_calls_are_put_together(chunks: list[Any]) -> None:
    raw = sse(*(delta(tool_calls=chunk) for chunk in chunks), delta("tool_calls"))
    message = message_of((read(raw)).whole())
    assert [{"name": c["name"], "args": c["args"]} for c in message.tool_calls] == [A, B]
    assert len({c["id"] for c in message.tool_calls}) == 2


def test_a_call_cut_short_is_malformed_not_mended() -> None:
    message = message_of((read(sse(delta(tool_calls=[piece(0, "i", "f", '{"a": 1')]), delta("length")))).whole())
    assert message.tool_calls == []
    assert message.invalid_tool_calls[0]["args"] == '{"a": 1'


@pytest.mark.parametrize("where", ["own chunk", "last chunk", "choice", "every chunk"])
def test_usage_in_odd_places(where: str) -> None:
    usage = {"prompt_tokens": 3, "completion_tokens": 4}
    chunks = [*TALK]
    if where == "own chunk":
        chunks.append({"choices": [], "usage": usage})
    elif where == "last chunk":
        chunks[-1] = {**chunks[-1], "usage": usage}
    elif where == "choice":
        chunks[-1] = {"choices": [{**chunks[-1]["choices"][0], "usage": usage}]}
    else:
        chunks = [
            {**chunk, "usage": {"prompt_tokens": 3, "completion_tokens": n + 1}} for n, chunk in enumerate(chunks)
        ]
    found = message_of((read(sse(*chunks))).whole()).usage_metadata
    assert found is not None
    assert (found["input_tokens"], found["output_tokens"]) == (3, 4)


def test_a_whole_message_at_the_end_is_not_said_twice() -> None:
    final = {"choices": [{"index": 0, "message": {"content": "Grüß dich 👋"}, "finish_reason": "stop"}]}
    assert message_of((read(sse(*TALK, final))).whole()).text == "Grüß dich 👋"
    assert message_of((read(sse(final))).whole()).text == "Grüß dich 👋"


def test_nulls_everywhere() -> None:
    odd = [
        {"choices": None},
        {"choices": [{"delta": None}]},
        {"choices": [{"index": 0, "delta": {"content": None, "tool_calls": None}}]},
    ]
    assert message_of((read(sse(*odd, *TALK))).whole()).text == "Grüß dich 👋"


def test_a_second_choice_does_not_mix_in() -> None:
    other = {"choices": [{"index": 1, "delta": {"content": "other"}}]}
    assert message_of((read(sse(TALK[1], other, TALK[2]))).whole()).text == "Grüß dich 👋"


@pytest.mark.parametrize(
    "error", [{"error": {"message": "overloaded", "code": 503}}, {"error": "overloaded", "code": 503}]
)
def test_an_error_in_the_stream_raises(error: dict[str, Any]) -> None:
    with pytest.raises(EndpointError, match="overloaded") as caught:
        read(sse(TALK[1], error))
    assert caught.value.status == 503


def test_garbage_in_the_stream_raises() -> None:
    with pytest.raises(EndpointError, match="no JSON"):
        read(b'data: {"choices": [\n\n')
